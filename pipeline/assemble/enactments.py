"""Enactments: what a decision or resolution does itself (`Phê duyệt Đề án …`), so that nobody has to do it."""

from __future__ import annotations

import re


def is_enactment(text: str) -> bool:
    """Whether *text*, an article of a decision or resolution, enacts what the document is about rather than orders it.

    >>> is_enactment("Phê duyệt Đề án cấp nước"), is_enactment("Phê duyệt và chỉ đạo thực hiện quy hoạch")
    (True, False)
    """
    return _ENACTMENT.match(text) is not None


def enacts(text: str, *, below: str) -> bool:
    """Whether *text*, an item *below* a sentence that announces an enactment, begins with the act of the body itself.

    >>> below = "Hội đồng nhân dân tỉnh thống nhất một số nội dung sau:"
    >>> enacts("Điều chỉnh danh mục dự án", below=below), enacts("Sắp xếp lại các trạm bơm", below=below)
    (True, False)

    Where the sentence says which act the body decides on, its items carry that out and nobody else does.

    >>> enacts("Nhập xã An Hạ vào xã An Thượng.", below="Ủy ban quyết định sắp xếp các xã như sau:")
    True
    """
    return _ACT.match(text) is not None or (_DECIDES.search(below) is not None and _DECIDED.match(text) is not None)


def announces_enactment(text: str) -> bool:
    """Whether *text* leads in what a body enacts or stresses, not what somebody has to do.

    >>> announces_enactment("Hội đồng nhân dân tỉnh nhấn mạnh một số nội dung sau đây:")
    True

    Whoever agrees may give orders in the same breath: `… thống nhất với báo cáo và yêu cầu các sở thực hiện như sau:`.
    """
    enacting = _ENACTING.search(text) or _DECIDES.search(text)
    return enacting is not None and _ORDERS.search(text, enacting.end(1)) is None


_ENACTMENT = re.compile(
    r"(?:Nay )?(?i:phê duyệt|thông qua|ban hành|công bố|điều chỉnh|bổ sung|sửa đổi|thành lập|kiện toàn)"
    r"(?:, (?i:bổ sung|điều chỉnh))? (?:[Cc]hỉ tiêu|[Dd]ự toán|[Kk]inh phí|[Kk]èm theo|[Đđ]iều|[Mm]ột số|[\"“”A-ZĐ])"
)
_ACT = re.compile(r"(?i)(?:nay )?(?:điều chỉnh|bổ sung|sửa đổi|phê duyệt|thay thế|bãi bỏ|thông qua)\b")
# What is done by the decision that says so, and by nothing else.
_BY_DECISION = (
    r"sắp xếp|sáp nhập|hợp nhất|nhập|chia|tách|thành lập|giải thể|đổi tên|đặt tên|điều chỉnh|công nhận|phê chuẩn"
    r"|bổ nhiệm|miễn nhiệm|bãi nhiệm"
)
_DECIDED = re.compile(rf"(?i)(?:nay )?(?:{_BY_DECISION})\b")
_DECIDES = re.compile(
    rf"(?i)\b(quyết định|quyết nghị)(?: việc)? (?:{_BY_DECISION})\b[^:;]{{0,300}}(?:như sau|sau đây|sau)\s*:?$"
)
_ENACTING = re.compile(
    r"(?i)(nhấn mạnh|thông qua|phê duyệt|quyết nghị|thống nhất|nhất trí|ban hành)\b[^:;]{0,300}"
    r"(?:nội dung[^:;]{0,40}|như sau|sau đây|sau)\s*:?$"
)
_ORDERS = re.compile(
    r"(?i)(?<!theo )(?<!được )(?<!bản )\b(?:yêu cầu|đề nghị|giao)(?: cho)?\s+(?:(?-i:[A-ZĐÀ-Ỹ])|các\b)"
)
