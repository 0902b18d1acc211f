"""What a task waits for: "… khi có hướng dẫn của Bộ Tài chính", "Khi dịch bệnh bùng phát, …".

The anchor of a conditional deadline says it, and so do cases that are no times (`nếu có vướng mắc`). What only
prepares, permits or teaches (`hướng dẫn người dân che chắn khi có bão`) waits for nothing.
"""

from __future__ import annotations

from collections.abc import Sequence

import regex as re

from schemas import Deadline


def find_condition(text: str, deadlines: Sequence[Deadline]) -> str | None:
    """The event that the task in *text* waits for: `có hướng dẫn của Bộ Tài chính`, or None.

    A condition of an extra report (`đột xuất khi có yêu cầu`), of a later sentence or of what a later clause orders
    does not bind the task; a sentence that only says what the document is (`Trên đây là Kế hoạch …`) is none of it.
    """
    position = 0
    for deadline in deadlines:
        if deadline.kind != "conditional" or deadline.anchor is None:
            continue
        at = text.find(deadline.surface, position)  # its span is one of the document; -1 where another block gives it
        position = max(position, at)
        if not (_ends_a_stop(text, at, deadline) or _in_side_case(text, at)):
            return deadline.anchor
    if not _EVENT_WORD.search(text):
        return None
    first = next((sentence for sentence in _SENTENCE_END.split(text) if not _ANNOUNCES.match(sentence)), "")
    if not _EVENT_WORD.search(first):
        return None
    for pattern in (_CONDITION, _OCCURRENCE, _OPENING_EVENT):
        match = pattern.search(first)
        if match is None or _in_brackets(first, match.start()) or _ONLY.search(first[: match.start()]):
            continue
        if _is_taught(first[: match.start()], match["event"]):
            continue
        if not _OF_OWN_CLAUSE.search(first[: match.start()]):
            return str(match["event"]).strip(" ,.;/")
    in_brackets = _BRACKETED_CONDITION.search(first)
    return str(in_brackets["event"]).strip(" ,.;/") if in_brackets is not None else None


def _ends_a_stop(text: str, at: int, deadline: Deadline) -> bool:
    """`tạm dừng … cho đến khi có chỉ đạo` ends a stop; the task does not wait for the *deadline* found *at* a place."""
    before = text[max(0, at - _NEAR) : max(0, at)].rstrip()
    return before.endswith("đến") or deadline.surface.lower().startswith(("cho đến", "đến khi"))


def _in_side_case(text: str, at: int) -> bool:
    """`Tổ chức thực hiện Đề án. Trường hợp cần sửa đổi, … sau khi có ý kiến` binds what is to be done in that case."""
    if at <= 0:
        return False
    begun = max((match.end() for match in _SENTENCE_END.finditer(text, max(0, at - _LONGEST_SENTENCE), at)), default=0)
    return begun > 0 and _SIDE_CASE.match(text, begun, at) is not None


def _is_taught(before: str, event: str) -> bool:
    """Whether people are told what to do then: `Hướng dẫn hộ nuôi cá che chắn lồng bè khi có gió mạnh`."""
    if _TEACHES.search(before) is None or _OF_OFFICES.search(event) is not None:
        return False
    return _OWN_ACT.match(before[max(before.rfind(","), before.rfind(" và ")) + 1 :]) is None


def _in_brackets(text: str, index: int) -> bool:
    return text.count("(", 0, index) > text.count(")", 0, index)


_NEAR, _LONGEST_SENTENCE = 16, 600
# What goes on with the list of what may come about: `khi có khiếu nại, tố cáo`, `khi xảy ra ngập, sạt lở`.
_LISTED = (
    r"(?:khó khăn|vướng mắc|phát sinh|bất cập|bổ sung|điều chỉnh|thay đổi|khiếu nại|tố cáo|kiến nghị của|tranh chấp"
    r"|sai sót|sự cố|tai nạn|ngộ độc|cháy|nổ|ngập|sạt lở|thiên tai|dịch bệnh|thảm họa|mưa|gió|lũ|bão|giông|lốc)\b"
)
_EVENT_WORD = re.compile("(?i)khi|nếu|trường hợp")
_SENTENCE_END = re.compile(r"[.!?]\s+(?=\p{Lu})")
# What closes a plan before it says what is to be done: `Trên đây là Kế hoạch … năm 2026.`
_ANNOUNCES = re.compile(r"\W*Trên đây là\b(?!.*[,;]\s(?:đề nghị|yêu cầu|giao)\s)", re.IGNORECASE | re.DOTALL)
# An order of its own behind another one: `Trình dự thảo đúng hạn; khi có thay đổi phải báo cáo Sở Y tế`.
_OF_OWN_CLAUSE = re.compile(r";\s*(?:trong quá trình [^.;:,]{3,60},?\s*)?(?:và |đồng thời,? )?$", re.IGNORECASE)
_CONDITION = re.compile(
    r"(?<!đột xuất )(?<!hoặc )(?<!đến )(?:(?<=\s)|^)(?:nếu|khi)\s+(?P<event>"
    r"(?:có|(?:(?:xét )?thấy )?cần(?= sửa| điều| bổ| thay)|gặp|phát sinh)\s+"
    r"(?!(?:thể|đối với|của|cho|tại|trên)\b)(?:(?:những|các|sự)\s+)?"
    r"[^,.;:()]{2,60}?"
    rf"(?:,\s*{_LISTED}[^,.;:()]{{0,120}}?)*)"
    r"(?=\s*(?:[,.;:()]|$|\s(?:thì|đề nghị|kịp thời|các |Sở |UBND|Ủy ban)|(?<!cần)\s(?:và )?phải\s))",
    re.IGNORECASE,
)
# `chỉ xem xét khi có đủ hồ sơ` permits, `sẵn sàng ứng phó khi có bão` and `lập phương án khi có dịch` prepare, `nhằm
# giữ an toàn khi có lũ` says what for, `chịu trách nhiệm nếu xảy ra cháy` who answers: none waits for anything.
_ONLY = re.compile(
    r"\bchỉ (?!đạo\b|thị\b|tiêu\b|huy\b|định\b|số\b)[^.;:]*$"
    r"|\b(?:sẵn sàng|sẵn|dự phòng|phương án|kịch bản|năng lực|khả năng|kỹ năng|rủi ro)\b[^.;:,]*$"
    r"|\b(?:chịu|phân công|phân định|quy định|làm rõ) trách nhiệm\b[^.;:,]*$"
    r"|\bnhằm\b[^.;:]*[^.;:,\s]\s*$",
    re.IGNORECASE,
)
# What people are taught to do; what an office does of its own, and what only offices wait for.
_TEACHES = re.compile(
    r"(?:^\W*|[.;,]\s|\bvà )(?:tăng cường |đẩy mạnh )?(?:hướng dẫn|tuyên truyền|khuyến cáo|vận động|truyền thông"
    r"|phổ biến|giáo dục|tập huấn|nhắc nhở)\b[^.;]*$",
    re.IGNORECASE,
)
_OWN_ACT = re.compile(
    r"\s*(?:và )?(?:kịp thời |kiên quyết |chủ động )?(?:xử lý|báo cáo|kiểm tra|tổ chức|phối hợp|lập|đình chỉ|thu hồi"
    r"|hỗ trợ|chuyển|tham mưu|huy động|triển khai|cung cấp|giải quyết|can thiệp|chấn chỉnh)\b",
    re.IGNORECASE,
)
_OF_OFFICES = re.compile(
    r"\b(?:yêu cầu|đề nghị|chỉ đạo|hướng dẫn|quyết định|văn bản|khó khăn|vướng mắc|thay đổi|phát sinh|điều chỉnh"
    r"|sửa đổi|bổ sung|nhu cầu|phản ánh|kiến nghị|phê duyệt|cho phép|chấp thuận|ban hành)\b",
    re.IGNORECASE,
)
_SIDE_CASE = re.compile(r"(?:(?:trong|đối với|với) )?(?:(?:các|những|mọi) )?(?:trường hợp|nếu)\b", re.IGNORECASE)
# `Cấp giống cho các hộ (khi hợp tác xã yêu cầu)`; `(khi cần thiết)` names no event.
_BRACKETED_CONDITION = re.compile(r"(?<!đột xuất )\(khi\s+(?P<event>(?!cần\b)[^()\s]+\s[^()]{4,80})\)", re.IGNORECASE)
# What comes about of itself: `khi dịch bệnh bùng phát`, `khi mực nước vượt báo động 2`.
_HAPPENS = (
    r"(?:dịch|bệnh|bão|áp thấp|lũ|mưa|thiên tai|hạn hán|hạn mặn|ngập|sạt lở|mực nước|nước|triều cường|xâm nhập mặn"
    r"|độ mặn|sự cố|tai nạn|cháy|nắng nóng|rét|sâu bệnh|tình hình|thời tiết|nguy cơ|giá|đơn giá|thị trường"
    r"|(?:số )?ca (?:bệnh|mắc)|(?:chất lượng )?không khí)\b[^,.;:()]{0,50}?"
    r"\s(?:bùng phát|bùng lên|lan (?:rộng|nhanh|ra)|lây lan|xảy ra|xuất hiện|phát sinh|diễn biến|gia tăng|tăng|vượt"
    r"|biến động|dâng|đổ bộ|kéo dài|tiếp diễn|phức tạp|trở nên|quay trở lại|bất lợi|xấu đi)\b"
)
# What happens (`khi xảy ra ngộ độc`), and what somebody else must give first (`sau khi được … cho phép`).
_OCCURRENCE = re.compile(
    r"(?<!trước )(?<!đến )(?<!hoặc )(?<!trong )(?:(?<=\s)|^)"
    r"(?:(?:khi|nếu|trong trường hợp)\s+(?P<event>(?:(?:(?:có thể|có nguy cơ) )?xảy ra|xuất hiện|bùng phát|dự báo"
    r"|phát hiện|thiếu hụt|(?:các )?điều kiện(?= [^,.;:()]{3,30} cho phép))"
    r"\s(?:(?!\s(?:thì|có trách nhiệm)\s)[^,.;:()]){2,90}"
    rf"(?:,\s*{_LISTED}[^,.;:()]{{0,40}})*|{_HAPPENS}[^,.;:()]{{0,60}}?)|"
    r"(?:sau\s+)?khi\s+(?P<event>được\s+[^,.;:()]{0,70}?(?:phê duyệt|cho phép|chấp thuận|thông qua|đồng ý|ban hành|"
    r"bố trí|phân bổ|giao vốn|đề nghị|yêu cầu|mời|huy động)(?:\s[^,.;:()]{1,50}?)?))"
    r"(?=\s*(?:[,.;:()]|$|\s(?:thì|phải|có trách nhiệm)\b))",
    re.IGNORECASE,
)
# What somebody else does, at the head of the order: `Khi chủ đê báo nguy, các xã cử lực lượng`. Who is busy himself
# (`Khi cấp phát gạo, …`, `Khi các xã tổ chức hội thi, …`) waits for nothing.
_OPENING_EVENT = re.compile(
    r"^\W*khi\s+(?P<event>(?:(?:các|những|một|mọi|cả) )?"
    r"(?:người|cơ quan|đơn vị|tổ chức|cá nhân|doanh nghiệp|nhà (?:nước|đầu tư|thầu)|chủ|hộ|ủy ban|ubnd|sở|bộ|cục|ban"
    r"|hội|tòa án|công an|học sinh|bệnh nhân|khách hàng|bên|phóng viên|đơn giá|giá|số|mức|tỷ lệ)\s"
    r"(?:(?!\s(?:thực hiện|tiến hành|triển khai|tổ chức|xây dựng|lập|tham gia|xem xét|đánh giá)\s)[^,.;:()]){0,90}?"
    r"\s(?:có|bị|được|báo|gửi|nộp|xin|yêu cầu|đề nghị|đăng ký|chấm dứt|ngừng|biến động|tăng|giảm|vượt|đạt|phát hiện"
    r"|thay đổi|quyết định|thu hồi|mời|chuyển|rời|trả|đến|vi phạm|không|chưa|đã|hết|gặp|mắc|từ chối|kết thúc|công bố)\b"
    r"[^,.;:()]{0,100})"
    r"(?=,\s|\s(?:thì|phải)\s)",
    re.IGNORECASE,
)
