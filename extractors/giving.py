"""Words before agencies that give them something to do: `Giao …`, `Từ năm 2026, giao cho …`, `Đồng ý giao …`.

What somebody who acts gives or asks on the way (`Sở Y tế kiểm tra, đề nghị các cơ sở …`) is part of the act. Each
question is asked of the words of the clause up to the chain of agencies.
"""

from __future__ import annotations

import regex as re

from extractors.acting import RESOLVED
from extractors.agencies.learnt_verbs import is_learnt_verb
from extractors.agencies.words import Line


def gives(before: str) -> bool:
    """Whether *before* is nothing but somebody's giving or asking.

    >>> gives("Từ năm 2026, giao "), gives("Sở Y tế kiểm tra, đề nghị ")
    (True, False)
    """
    return _ASSIGNED.fullmatch(before) is not None


def has_other_subject(before: str) -> bool:
    """Whether a verb in *before* has somebody else for its subject: `nếu không đạt, phải hướng dẫn, yêu cầu …`."""
    return _OTHER_VERB.search(before) is not None


def falls_to(before: str) -> bool:
    """Whether *before* says to whom a duty falls: `Trách nhiệm đôn đốc thuộc về …`."""
    return _FALLS_TO.match(before) is not None


def gives_in_passing(before: str, *, parallel: bool, several: bool) -> bool:
    """Whether the words up to a chain end in giving it something: `Xây dựng đề án, giao …`, `Đồng ý giao …`.

    What somebody who acts gives or asks on the way (`Sở Y tế kiểm tra, đề nghị các cơ sở …`) is part of the act, and so
    is what a group gets (`Kiện toàn Ban Chỉ đạo, phân công nhiệm vụ cho các thành viên`), unless a body resolves it.
    """
    found = _GIVES_IN_PASSING.search(before)
    if found is None:
        return False
    if _RESOLVES_SOMEWHERE.search(before, 0, found.end()):
        return True
    if found["asks"] and not parallel and _states(before):
        return True
    return not (found["asks"] or parallel or several)


def _states(before: str) -> bool:
    """Whether *before* says how things are, and nobody's act, before it asks: `Giá thép đã tăng, đề nghị Sở Y tế …`."""
    return _STATES.match(before) is not None and not is_learnt_verb(Line(before.lstrip(_MARKS)), 0)


def requires_besides(before: str) -> bool:
    """Whether *before* is a bare `yêu cầu`: behind a semicolon, who checks also requires, and nobody else is told."""
    return _REQUIRES_BESIDES.fullmatch(before) is not None


def requires_too(before: str) -> bool:
    """Whether *before* is `đồng thời yêu cầu`."""
    return _REQUIRES_TOO.fullmatch(before) is not None


# What stands between the start of a clause and those to whom something is given.
_GIVES = r"(?:giao nhiệm vụ(?: cho)?|giao trách nhiệm cho|giao cho|giao|phân công|ủy quyền cho)"
_SPEAKS = (
    r"(?:Trên đây là|Ủy ban nhân dân|UBND|Chủ tịch|Thủ tướng|Chính phủ|Bộ trưởng|Ban Chỉ đạo|Tỉnh ủy|Thành ủy|"
    r"Ban Thường vụ|Ban Bí thư|Bộ Chính trị|Quốc hội|Ủy ban Thường vụ Quốc hội|Hội đồng nhân dân|HĐND|"
    r"Kế hoạch|Nghị quyết|Quyết định|Chỉ thị|Nhận được)\b[^.;:]{0,160}?"
)
_HINDERS = (
    r"(?:Trong quá trình|Nếu|Quá trình|Khi|Trường hợp)\b[^.;:]{0,120}?"
    r"(?:khó khăn|vướng mắc|phát sinh|vấn đề|bất cập|nội dung)[^.;:]{0,80}?"
)
# What stands before the order and ends in a comma: `Từ năm 2026, giao cho …`, `Để bảo đảm tiến độ, yêu cầu …`.
_CIRCUMSTANCE = (
    r"(?:Từ|Đến|Trước|Sau|Trong|Để|Nhằm|Căn cứ|Theo|Trên cơ sở|Với|Đối với|Qua|Riêng|Hằng năm|Hàng năm|Định kỳ)\b"
    r"[^.;:]{0,200}?,\s*(?:nay\s+)?"
)
_ASSIGNED = re.compile(
    r"[\s\-–+*•]*(?:(?:Ngoài ra|Đồng thời|Bên cạnh đó|Mặt khác|Trước mắt)\s*,?\s*)?"
    rf"(?:(?:{_SPEAKS}|{_HINDERS})?\s*(?:{_GIVES}|yêu cầu|đề nghị|chỉ thị)|"
    rf"{_CIRCUMSTANCE}(?:{_GIVES}|yêu cầu|đề nghị)|"
    rf"(?:Nếu|Khi|Trường hợp)\b[^.;:]{{0,200}}?\s{_GIVES})\s*:?\s*",
    re.IGNORECASE,
)
# `Kiểm tra việc chấp hành; yêu cầu các đơn vị khắc phục`: who checks also requires, and nobody else is told.
_REQUIRES_BESIDES = re.compile(r"\s*(?:đồng thời,?\s+)?yêu cầu\s+", re.IGNORECASE)
_REQUIRES_TOO = re.compile(r"[\s\-–+*•]*đồng thời,?\s+yêu cầu\s+", re.IGNORECASE)
# `nếu không đạt, phải hướng dẫn, yêu cầu các đơn vị …`: the subject is somebody else.
_OTHER_VERB = re.compile(
    r",\s*(?:thì\s+)?(?:phải|hướng dẫn|kiểm tra|đôn đốc|rà soát|xử lý|chủ động|kịp thời)\b|\bngười\s", re.IGNORECASE
)
# `Trách nhiệm đôn đốc thuộc về Sở Y tế`, `Nhiệm vụ này được giao cho Viện Quy hoạch`.
_FALLS_TO = re.compile(
    r"[\s\-–+*•]*(?:(?:trách nhiệm|thẩm quyền|nhiệm vụ)\b[^.;:]{0,120}?\sthuộc về"
    r"|(?:việc|nhiệm vụ|công việc|nội dung|trách nhiệm)\b[^.;:,]{0,120}?\sđược (?:giao|phân công|ủy quyền)(?: cho)?)"
    r"\s+$",
    re.IGNORECASE,
)
_MARKS = " -–+*•\n\t"
# How things stand, behind which somebody is asked: `Giá thép đã tăng, đề nghị Sở Y tế …`.
_STATES = re.compile(
    r"[\s\-–+*•]*(?:(?:việc|tình hình|tiến độ|kết quả|công tác|giá|hiện(?: nay| tại)?,?|đến nay,?|đây là|thực tế)\b"
    r"|[^,;:.]{3,120}?\s(?:đã|chưa|đang|còn)\s)[^;:.]{3,200}?,\s*(?:đề nghị|yêu cầu)",
    re.IGNORECASE,
)
_RESOLVES_SOMEWHERE = re.compile(rf"(?:^|\s){RESOLVED}", re.IGNORECASE)
_GIVES_IN_PASSING = re.compile(
    r"(?:,|\b(?:thống nhất|đồng ý|nhất trí|tiếp tục|trước mắt)|^[\s\-–+*•]*)\s*(?:nay |đồng thời,? )?"
    r"(?:(?:giao|phân công|ủy quyền|chỉ định)(?: (?:nhiệm vụ|trách nhiệm))?|(?P<asks>đề nghị|yêu cầu))(?: cho)?"
    r"\s*:?\s*$",
    re.IGNORECASE,
)
