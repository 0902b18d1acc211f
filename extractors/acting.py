"""Words behind agencies that say what they do: `… có trách nhiệm lập`, `… chủ trì`, or that they only order or resolve.

Each question is asked of the words from the end of a chain of agencies on; what stands before the chain decides which
of them counts (`extractors.leading`).
"""

from __future__ import annotations

import regex as re

from extractors.agencies.predicates import begins_predicate, is_verb
from extractors.agencies.words import Line


def acts(after: str) -> bool:
    """Whether *after* lets a subject act: nearly anything but `của`, `được`, `đã` does."""
    if " bị " in after and _SUFFERS.match(after):
        return False
    return _ACTS.match(after) is not None or _ACTS_BEHIND.match(after) is not None


def does(after: str) -> bool:
    """Whether *after* begins with a verb that plans use of those who act.

    >>> does(" chủ trì lập đề án"), does(" cùng lập đề án")
    (True, False)
    """
    return _DOES.match(after) is not None


def may_act(after: str) -> bool:
    """Whether *after* leaves it to those before it: `cơ quan chủ trì vận hành | có thể mở cống …`."""
    return _MAY.match(after) is not None


def does_surely(after: str) -> bool:
    """Whether a known predicate begins *after*."""
    return does(after) or begins_predicate(Line(after), 0)


def leads_surely(after: str) -> bool:
    """Whether *after* begins with a predicate that only a lead has: `có trách nhiệm`, `chủ trì`."""
    return _LEADS_SURELY.match(after) is not None


def goes_on_to_act(after: str, *, several: bool, closed: bool) -> bool:
    """Whether *after* begins what somebody does, whom a lead-in and its comma stand before.

    The name of one body is known to its end, so that any verb may follow; a group may go on unless its words are
    *closed*, so its verb must be known.
    """
    if not _GOES_ON_TO.match(after):
        return False
    return not several or closed or _AND_ALSO.match(after) is not None or begins_predicate(Line(after), 0)


def acts_below_heading(after: str) -> bool | None:
    """Whether an order follows the full stop of a heading that runs into its text; None where there is no full stop.

    `5. Các hội, đoàn thể. Vận động hội viên …` tells them to do so.
    """
    heading = _RUN_IN.match(after)
    if heading is None:
        return None
    words = after[heading.end() :]
    return does(words) or is_verb(Line(words[:80]), 0)


def chairs(after: str) -> bool:
    """Whether *after* begins with words for doing or leading the work that was named before."""
    return _CHAIRS.match(after) is not None


def chairs_itself(after: str) -> bool:
    """Whether `chủ trì` follows at once."""
    return _CHAIRS_ITSELF.match(after) is not None


def heads_work(after: str) -> bool:
    """Whether *after* says that those before it head the work: `các sở | làm đầu mối`."""
    return _HEADS_WORK.match(after) is not None


def carries_out(after: str) -> bool:
    """Whether those before *after* put something into practice: `hướng dẫn các xã | triển khai thực hiện …`."""
    return _CARRIES_OUT.match(after) is not None


def makes(after: str) -> bool:
    """Whether *after* says that a thing is made: `Hồ sơ do UBND xã | lập, gửi …`."""
    return _MAKES.match(after) is not None


def does_alone(after: str) -> bool:
    """Whether *after* is a verb of doing and nothing else: `Việc kiểm tra do Sở Y tế | thực hiện.`"""
    return _DOES_ALONE.match(after) is not None


def tells_others(after: str, *, several: bool) -> bool:
    """Whether those before *after* resolve, issue, or give orders to others; of *several*, some may share out work."""
    if _RESOLVES.match(after) or (_ORDERS.match(after) and not (several and _SHARES_OUT.match(after))):
        return True
    return not several and _ISSUES.match(after) is not None


def speaks_to(after: str) -> bool:
    """Whether *after*, behind those whom a clause is about, tells them to do it: `Đối với UBND các xã | : Chủ động …`.

    >>> speaks_to(", yêu cầu báo cáo tiến độ"), speaks_to(", yêu cầu Sở Y tế kiểm tra")
    (True, False)
    """
    turns = _SPEAKS_TO.match(after)
    if turns is None:
        return False
    words = after[turns.end() :]
    return turns["must"] is not None or does(words) or is_verb(Line(words[:80]), 0)


def lists_on(after: str) -> bool:
    """Whether further names stand in *after* and no verb in their sentence: `Sở Y tế | , Trường Chính trị tỉnh;`.

    >>> lists_on(", Lưu trữ lịch sử."), lists_on(", Lưu trữ lịch sử phải mở cửa.")
    (True, False)
    """
    names = _NAMES.fullmatch(after)
    if names is None or _BOUND.search(names["names"]):
        return False
    line = Line(names["names"])
    return not any(begins_predicate(line, index) for index in range(len(line)))


def ends(text: str, at: int = 0) -> bool:
    """Whether nothing but a full stop follows from *at* on."""
    return _ENDS.match(text, at) is not None


_SPEAKS_TO = re.compile(
    r"\s*:\s*(?:thì )?(?P<must>(?:cần|phải|có trách nhiệm)\s(?=\p{Ll}))?"
    r"|[^,.;:]{0,80},\s*(?:yêu cầu|đề nghị)\s+(?=\p{Ll})"
    r"|\s+(?P<must>(?:cần|phải|có trách nhiệm)\s(?=\p{Ll}))",
    re.IGNORECASE,
)
_CHAIRS = re.compile(
    r"\s+(?:là (?:cơ quan|đơn vị) )?(?:chủ trì|chịu trách nhiệm|thực hiện|làm đầu mối|phụ trách|chỉ đạo|tham mưu"
    r"|đảm nhiệm)\b",
    re.IGNORECASE,
)
_CHAIRS_ITSELF = re.compile(r"\s+chủ trì\b")
_CARRIES_OUT = re.compile(r"\s+(?:tổ chức|triển khai|thực hiện|chấp hành)\b")
_HEADS_WORK = re.compile(r"\s+(?:chủ trì|(?:là|làm) (?:cơ quan |đơn vị )?đầu mối)\b")
# What somebody does with the work that the sentence is about: `Hồ sơ do UBND xã lập, gửi …`.
_MAKES = re.compile(r"\s+(?:lập|xây dựng|soạn thảo|biên soạn)(?: và [^,.;]{2,20})?\s*[,.;]")
# A heading that runs into its text: `5. Các hội, đoàn thể. Vận động hội viên …`.
_RUN_IN = re.compile(r"\.\s+(?=\p{Lu})")
_DOES_ALONE = re.compile(r"\s*(?:hướng dẫn thực hiện|hướng dẫn|thực hiện|chịu trách nhiệm|đảm nhiệm)\s*(?:[.;]|/\.|$)")
# Who orders somebody else is no lead; `UBND các xã phân công cán bộ trực` orders nobody else.
_ORDERS = re.compile(
    r"\s*,?\s*(?:(?:cũng|còn|vừa|tiếp tục|đồng thời)\s+){0,2}"
    r"(?:(?i:giao|yêu cầu|đề nghị)\b|(?i:phân công)\s+(?:cho\s+)?(?:(?i:các)\s|nhiệm vụ cho\s|\p{Lu}))"
)
_SHARES_OUT = re.compile(r"\s*phân công\b", re.IGNORECASE)
# Who agrees, praises or appeals is told nothing.
RESOLVED = (
    r"(?:tán thành|thống nhất (?!quản|thực|triển|tổ|nội dung|với (?!nội|báo|các nội|đề|đánh|tờ|dự))|nhất trí|đồng ý"
    r"|biểu dương|ghi nhận|hoan nghênh|đánh giá cao|kêu gọi|quyết nghị)"
)
_RESOLVES = re.compile(rf"\s*,?\s*(?:cơ bản |trân trọng |đã )?{RESOLVED}", re.IGNORECASE)
_ISSUES = re.compile(r"\s*,?\s*ban hành (?:kế hoạch|quyết định|chỉ thị)\b", re.IGNORECASE)
_NAMES = re.compile(r"\s*(?P<names>,\s*\p{Lu}[^.;:]*)(?:[.;].*)?", re.DOTALL)
_BOUND = re.compile(r"\b(?:trách nhiệm|phải|cần|sẽ|có thể|được|cùng)\b")
_ENDS = re.compile(r"\s*(?:$|\.\s*$)")
# Words after a subject that say that it is none: `của`, `được`, `đã`; a colon lets it stand (`Sở Y tế: Chủ trì …`).
_ACTS = re.compile(
    r"\s*(?:,\s*)?(?!của\b"
    r"|được (?!(?:giao|phân công) (?:nhiệm vụ|trách nhiệm|chủ trì|thực hiện|phụ trách|chỉ đạo|tổ chức))"
    r"|đã\b|đang\b|thuộc\b|gồm\b|bao gồm\b|do\b|bị\b|tại\b|ở\b|là (?!cơ quan|đơn vị|đầu mối)"
    r"|(?:[^\s,;:.()]+ ){0,8}?dự kiến (?:được )?(?:đầu tư|xây|khởi công|hoàn thành|đặt))"
    r"(?::\s*\S|\p{L})|\s*\([^)]{1,80}\)\s+\p{L}",
    re.IGNORECASE,
)
# What befalls those who did wrong is no duty of theirs: `Tổ chức, cá nhân vi phạm | phải bị xử lý`.
_SUFFERS = re.compile(
    r"(?:(?!\s(?:phải (?!bị)|cần\s|có trách nhiệm|chịu trách nhiệm|chủ trì))[^.;:]){0,140}?"
    r"\s(?:phải|sẽ|đều|thì|có thể|còn)\s+bị\s",
    re.IGNORECASE,
)
# Words between a subject and what it has to do: whose or which ones they are, or what they are besides.
_ACTS_BEHIND = re.compile(
    r"\s*(?:(?:của|thuộc|tại|ở|nơi)\s[^,;:.]{2,80}?(?<! được)(?<! đã)(?<! chưa)"
    r"\s(?:có trách nhiệm|có nhiệm vụ|chịu trách nhiệm|phải|cần|chủ trì|chủ động"
    r"|khẩn trương|triển khai|giám sát|rà soát|phối hợp|tăng cường|tiếp tục|tuyên truyền|vận động)\b"
    r"|(?:được|đã|đang)\s[^,;:.]{2,80}?\s(?:có trách nhiệm|chịu trách nhiệm|phải|cần)\s"
    r"|\s?[-–]\s*(?:là )?(?:cơ quan|đơn vị|thường trực)[^-–,;:.]{2,60}[-–,]\s*\p{L})",
    re.IGNORECASE,
)
_DOES = re.compile(
    r"\s*(?:còn )?(?:có trách nhiệm|có nhiệm vụ|chịu trách nhiệm|chủ trì|chủ động|phải|cần|xây dựng|tổ chức|triển khai|"
    r"thực hiện|phối hợp|tăng cường|tiếp tục|báo cáo|tổng hợp|gửi|rà soát|căn cứ|tham mưu|kịp thời|phản ánh|thông tin|"
    r"đề xuất|nghiêm túc|khẩn trương|tập trung|hướng dẫn|chỉ đạo|kiểm tra|theo dõi|bố trí|lập|ban hành|đẩy mạnh|"
    r"quán triệt|nghiên cứu|trình|cử|thường xuyên|theo chức năng|trong phạm vi|hoàn thành|là cơ quan|làm đầu mối|"
    r"đảm bảo|bảo đảm|sẽ|sớm|nhanh chóng|thẩm định|thẩm tra|cân đối|phân bổ|phê duyệt|quyết định|đánh giá|giám sát|"
    r"phân công|quy định|công bố|giải quyết|tiếp nhận|cung cấp|hoàn thiện|tuyên truyền|vận động|đôn đốc|đề nghị|"
    r"tích cực|nâng cao|phát huy|quan tâm|nêu cao|đề cao|huy động|phổ biến)\b",
    re.IGNORECASE,
)
_MAY = re.compile(r"\s+(?:chỉ )?có thể\s(?!bị\b|được\b)", re.IGNORECASE)
# Behind a lead-in and its comma a body that nothing else claims acts, whatever the verb: none of these words goes on
# with a list, says whose or which one the body is, or denies that the sentence is an order.
_GOES_ON_TO = re.compile(
    r"\s+(?!(?:và|hoặc|hay|cùng|với|của|thuộc|trực thuộc|tại|ở|nơi|trong|ngoài|trên|dưới|giữa|từ|đến|cho|về|bằng|qua|"
    r"như|theo|để|nhằm|khi|nếu|mà|vì|do|bởi|được|bị|đã|đang|chưa|không|là|gồm|bao gồm|có|này|đó|nêu|nói|"
    r"trước|sau|liên quan|khác|nào|số|thì|nhưng|vẫn|mới|nay|điện tử)\b)\p{Ll}",
)
_AND_ALSO = re.compile(r"\s+(?:còn|cũng|sẽ)\s")
# A predicate that needs no lead-in known to us: whoever has it behind a comma is its subject.
_LEADS_SURELY = re.compile(
    r"\s+(?:(?:phải |cần )?(?:có|chịu) trách nhiệm|có nhiệm vụ|(?:phải|cần) (?!được|có|là\b)\p{Ll}+|chủ trì|"
    r"phối hợp(?: chặt chẽ)? (?:với|cùng)|làm đầu mối|"
    r"là (?:cơ quan|đơn vị|đầu mối))\b",
    re.IGNORECASE,
)
