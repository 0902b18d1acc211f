"""Is a block a directive? The last question before a block becomes a task.

In a section of tasks every block is one unless its words say otherwise (`Chi tiết tại Phụ lục 1`, `Kinh phí … được bố
trí từ ngân sách`). Where the headings do not tell, a block must name who acts or begin with a verb of administration
(`Rà soát, …`, `Tổ chức …`); in laws and decrees it must name who acts.
"""

from __future__ import annotations

import re

from extractors.roles import Roles
from pipeline.assemble.directive_verbs import starts_with_directive_verb
from pipeline.assemble.section_kinds import TASKLESS, SectionKind, kind_of_heading
from pipeline.assemble.statements import (
    is_amount,
    is_detail,
    is_due,
    is_fragment,
    is_state,
    is_status,
    labels_detail,
    lays_duty,
    tells,
)
from pipeline.attribute_labels import field_kind

FEWEST_WORDS = 4
# `Chánh Văn phòng, Giám đốc các sở … chịu trách nhiệm thi hành Quyết định này.`
ENFORCES, LONGEST_ENFORCEMENT = "chịu trách nhiệm thi hành", 900


def may_be_directive(text: str, *, kind: SectionKind, normative: bool) -> bool:
    """Whether *text* can be a directive at all, before anybody looks for the agencies that it names."""
    if kind in TASKLESS and (kind != "scope" or normative or _CHARGES.search(text) is None):
        return False
    if len(text.split(maxsplit=FEWEST_WORDS)) < FEWEST_WORDS or _rules_itself_out(text):
        return False
    if _is_in_capitals(text) or _is_label(text) or is_form_field(text):
        return False
    if kind == "unknown" and _LEGAL_BASIS.match(text):
        return False
    if kind == "situation" and not _orders_in_report(text):
        return False
    return not normative or kind == "assignment" or _assigns(text)


def is_directive(text: str, *, kind: SectionKind, normative: bool, roles: Roles) -> bool:
    """Whether *text*, which may be a directive and stands in a section of *kind*, tells somebody to do something.

    *normative* documents (laws, decrees, circulars, regulations) state rules; a task of theirs must assign a duty.
    """
    if is_status(text):
        return False
    if roles.names_actor and (is_state(text) or (is_detail(text) and not lays_duty(text))):
        return False
    if is_due(text) or is_amount(text):
        return False
    if (normative and kind != "assignment") or kind in _NAMED_ONLY:
        return roles.names_actor or (not normative and _IS_DUE_WITH.search(text) is not None)
    if kind == "unknown" and not roles.names_actor and _TARIFF.search(text):
        return False
    if kind == "situation" and not (roles.names_actor or _REQUESTS.search(text)):
        return False  # `Tổ chức 45 lớp tập huấn` among results was done
    if not roles.names_actor and tells(text):
        return False
    if roles.names_actor or starts_with_directive_verb(text) or _SCHEDULED.match(text):
        return True
    if is_fragment(text):
        return False
    return not normative and (kind in {"tasks", "assignment"} or _acts_in_case(text) or gives_order_on_topic(text))


def gives_order_on_topic(text: str) -> bool:
    """Whether *text* names a topic and orders something about it.

    >>> gives_order_on_topic("Vùng đất phèn: Xây dựng 02 trạm bơm."), gives_order_on_topic("Kinh phí: Xây dựng sau.")
    (True, False)
    """
    topic = _TOPIC.match(text)
    if topic is None or labels_detail(text) or not starts_with_directive_verb(text[topic.end() :]):
        return False
    return kind_of_heading(topic["label"]) == "unknown" and field_kind(topic["label"]) is None


def is_form_field(text: str) -> bool:
    """Whether *text* is a line of a form to be filled in: `Họ và tên: ……………`."""
    dotted = ".." in text or "…" in text or "__" in text  # a look-out: the pattern itself is far slower
    return dotted and _FORM_FIELD.search(text) is not None


def _orders_in_report(text: str) -> bool:
    """Whether *text*, in a section that tells how things stand, gives an order all the same."""
    if _REQUESTS.search(text) is not None and _DONE_BEFORE.search(text) is None:
        return True
    return starts_with_directive_verb(text) and _REPORTS.search(text) is None


def _is_in_capitals(text: str) -> bool:
    """Whether *text* is a title in capitals, whatever stands behind it in brackets.

    >>> _is_in_capitals("CẤP NƯỚC CHO VÙNG CAO (Kèm theo Quyết định số 9)"), _is_in_capitals("UBND (Sở Y tế) lập")
    (True, False)
    """
    title = text.partition("(")[0]
    return title.isupper() and (title == text or len(title.split()) >= FEWEST_WORDS)


def _is_label(text: str) -> bool:
    """Whether *text* is a label of a few words alone: `Cơ quan chủ trì:`."""
    label = text[:-1].rstrip()
    if text[-1:] != ":" or not _PHRASE.fullmatch(label):
        return False
    _, *further = label.split(" ")
    return sum(word.strip(",") != "" for word in further[:-1]) + bool(further) < LONGEST_LABEL


def _rules_itself_out(text: str) -> bool:
    """Whether the words at the beginning of *text* show that it orders nothing."""
    if _NEVER.match(text):
        return True
    low = text.lower()
    if 0 <= low.find(ENFORCES) <= LONGEST_ENFORCEMENT:
        return True
    return "u lực" in low[:LONGEST_LEAD] and _COMES_INTO_FORCE.match(text) is not None


def _acts_in_case(text: str) -> bool:
    """Whether an order follows the case or the time that *text* begins with: `Đối với X, rà soát …`, `Để X, phải …`."""
    case = _CASE.match(text)
    if case is not None and starts_with_directive_verb(text[case.end() :]):
        return True
    return _MUST_IN_CASE.match(text) is not None


def _assigns(text: str) -> bool:
    low = text.lower()
    return any(words in low for words in _ASSIGNING) or ("giao" in low and _GIVES.search(text) is not None)


# Sections that say what there is and what it must be like, where a task names who acts.
_NAMED_ONLY: frozenset[SectionKind] = frozenset({"funding", "requirements", "scope"})
# Words that charge a body with something even where the headings speak of whom, where or which papers.
_CHARGES = re.compile(
    r"(?i)\b(?:(?:có|chịu) trách nhiệm|chủ trì|phối hợp với|phải thực hiện|(?:gửi|nộp) (?:về|đến|tới|cho|qua))\b"
)
# Papers are sent to somebody by a day, whoever sends them.
_IS_DUE_WITH = re.compile(
    r"(?i)\b(?:gửi|nộp) (?:về|đến|tới|cho|qua) [^.;]{3,160} (?:trước|chậm nhất|muộn nhất)(?: vào| là)?:? (?:ngày|\d)"
)
LONGEST_LEAD = 400
LONGEST_LABEL = 5  # words; commas between spaces are none
_NEVER = re.compile(
    r"(?i)\(|\[\d|chi tiết (?:tại|theo|như)|(?:có )?(?:phụ lục|biểu|danh mục)[^.;]{0,60}(?:kèm theo|đính kèm)"
    r"|ban hành kèm theo|phê duyệt kèm theo"
    r"|(?:quyết định|nghị quyết|chỉ thị|kế hoạch|thông báo) này"
    r" (?:có hiệu lực|thay thế|được phổ biến|đã được|được thông qua|được [^.;]{0,120}thông qua)"
    r"|(?:trong quá trình[^.;,]{0,40}, ?)?(?:quyết định|nghị quyết|chỉ thị|kế hoạch|đề án) này"
    r" (?:phổ biến đến|(?:sẽ |có thể )?(?:tiếp tục )?được (?:tiếp tục )?(?:điều chỉnh|bổ sung|sửa đổi))"
    r"|(?:kết luận|nghị quyết|chỉ thị|quyết định|thông tư|nghị định|thông báo|công văn|kế hoạch)"
    r" (?:số\s*:?\s*\d|\d+(?:[-/]|\s*[-–]\s*(?:19|20)\d\d\s*$))"
    r"|số\s*:\s*\d|trong đó,\s"
    r"|trình tự, thủ tục\b"
    r"|(?:cơ quan|đơn vị|cấp) (?:tổ chức )?(?:lập|quản lý|thẩm định|phê duyệt|ban hành|trình|quyết định|chủ quản)\b"
    r"[^:;.]{0,60}:"
    r"|thời gian lập\b|tiến độ\b[^:;.]{0,110}:"
    r"|đánh giá cao|(?:ghi nhận|biểu dương|hoan nghênh)\b[^.;]{0,200}\bđã\b"
    r"|danh mục [^.;]{0,200}(?:phụ lục|kèm theo)|số lượng\s*:"
    r"|(?:phê duyệt|đồng ý|nhất trí|chấp thuận|thống nhất) về (?:mặt )?(?:nguyên tắc|chủ trương)\b"
    r"|(?:chủ đầu tư|nhà đầu tư|chủ dự án|tên (?:dự án|đề án|công trình|gói thầu|đơn vị)[^:;.]{0,20}|địa điểm"
    r"|tổng mức đầu tư|diện tích)\s*:"
    r"|văn phòng [^.;]{0,60}thông báo (?:để|đến|tới|ý kiến|nội dung|kết luận)[^.;]{0,200}(?:biết|thực hiện)[.\s/]*$"
    r"|trên đây là [^;]{0,300}thông báo (?:để|đến|tới|cho) [^.;]{0,120}\b(?:biết|thực hiện)[.\s/]*$"
    r"|trên đây là (?![^\n]*(?:yêu cầu|đề nghị|giao|nếu|các (?:sở|cơ quan|đơn vị|địa phương)))"
    r"|nơi nhận|kính gửi|thay thế (?:quyết định|nghị quyết)"
    r"|bãi bỏ (?:quyết định|các quyết định|nghị quyết|thông tư|(?:điều|khoản|điểm|mục|chương) \w{1,4}\b)"
)
_COMES_INTO_FORCE = re.compile(r"(?i).{0,80}có hiệu lực (?:thi hành )?(?:kể )?từ")
_PHRASE = re.compile(r"[^\s:.;]+(?: +[^\s:.;]+)*")
_FORM_FIELD = re.compile(r"\.{6}|…{3}|_{6}|(?:\.\.\s){3}")
_LEGAL_BASIS = re.compile(r"(?i)(?:căn cứ|thực hiện|xét|theo đề nghị)\b[^\n]*;$")
_REPORTS = re.compile(r"(?i)\b(?:đã|được|đạt|còn|chưa)\b")
_REQUESTS = re.compile(
    r"(?i)\b(?:giao|yêu cầu|đề nghị|khẩn trương|chủ trì|phối hợp|(?:có|chịu) trách nhiệm|phải|cần|tiếp tục"
    r"|nghiêm túc)\b"
)
_DONE_BEFORE = re.compile(r"(?i)\bđã\b")
# What is to be paid for each of something: `mức thu 700.000 đồng/báo cáo`.
_TARIFF = re.compile(r"(?i)\bmức (?:thu|phí|hỗ trợ|đóng góp|trợ cấp)\b[^.;]{0,60}\d|\d ?(?:đồng|đ) ?/ ?\d{0,2} ?\w")
_SCHEDULED = re.compile(
    r"(?i)(?:từ |trong |đến )?(?:đầu |giữa |cuối |hết )?(?:ngày|tháng|quý|tuần)\s+[\dIVX][^:.;]{0,40}:\s*\w"
)
_CASE = re.compile(
    r"(?i)(?:đối với|khi|trong|trước|sau|đến|từ|vào|đầu|giữa|cuối|hết|theo|trên cơ sở|giai đoạn|năm)\s"
    r"[^,:;.]{3,160}[,:]\s+"
)
_MUST_IN_CASE = re.compile(
    r"(?i)(?:riêng )?(?:đối với|khi|trong|trước|sau|theo|trên cơ sở|để|trường hợp)\s[^:;.]{3,300}, (?:thì )?"
    r"(?:phải|cần) (?!được|có|là|bị)"
)
# What is done about it as somebody else lays down is no order: `Lệ phí: Thực hiện theo quy định`.
_TOPIC = re.compile(r"(?P<label>[^\W\d_][^:.;\n]{2,60}?) ?: +(?![Tt]hực hiện|[Ss]ử dụng)")
_ASSIGNING = ("chủ trì", "có trách nhiệm", "chịu trách nhiệm", "phối hợp")
_GIVES = re.compile(r"(?i)giao\b")
