"""Is a block a directive? The last question before a block becomes a task.

In a section of tasks every block is one unless its words say otherwise (`Chi tiết tại Phụ lục 1`, `Kinh phí … được bố
trí từ ngân sách`). Where the headings do not tell, a block must name who acts or begin with a verb of administration
(`Rà soát, …`, `Tổ chức …`); in laws and decrees it must name who acts.
"""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files
from typing import Literal

from extractors.roles import Roles

SectionKind = Literal["goals", "purpose", "scope", "situation", "funding", "effect", "tasks", "assignment", "unknown"]

TASKLESS: frozenset[SectionKind] = frozenset({"goals", "purpose", "scope", "effect"})
FEWEST_WORDS = 4
# `Chánh Văn phòng, Giám đốc các sở … chịu trách nhiệm thi hành Quyết định này.`
ENFORCES, LONGEST_ENFORCEMENT = "chịu trách nhiệm thi hành", 900


def may_be_directive(text: str, *, kind: SectionKind, normative: bool) -> bool:
    """Whether *text* can be a directive at all, before anybody looks for the agencies that it names."""
    if kind in TASKLESS or len(text.split(maxsplit=FEWEST_WORDS)) < FEWEST_WORDS or _rules_itself_out(text):
        return False
    if is_set_in_capitals(text) or _is_label(text) or is_form_field(text):
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
    if roles.names_actor and (is_state(text) or (is_detail(text) and _DUTY.search(text) is None)):
        return False
    if (normative and kind != "assignment") or kind == "funding":
        return roles.names_actor
    if kind == "unknown" and not roles.names_actor and _TARIFF.search(text):
        return False
    if kind == "situation" and not (roles.names_actor or _REQUESTS.search(text)):
        return False  # `Tổ chức 45 lớp tập huấn` among results was done
    if not roles.names_actor and (_STATEMENT.match(text) or _COUNT.match(text) or describes(text)):
        return False
    if roles.names_actor or starts_with_directive_verb(text) or _SCHEDULED.match(text):
        return True
    if any(holds(text) for holds in (_DEFINITION.match, is_detail, is_remnant, names_things)):
        return False
    return not normative and (kind in {"tasks", "assignment"} or _acts_in_case(text))


def _orders_in_report(text: str) -> bool:
    """Whether *text*, in a section that tells how things stand, gives an order all the same."""
    if _REQUESTS.search(text) is not None and _DONE_BEFORE.search(text) is None:
        return True
    return starts_with_directive_verb(text) and _REPORTS.search(text) is None


def is_set_in_capitals(text: str) -> bool:
    """Whether *text* is a title in capitals, whatever stands behind it in brackets.

    >>> is_set_in_capitals("CẤP NƯỚC CHO VÙNG CAO (Kèm theo Quyết định số 9)"), is_set_in_capitals("UBND (Sở Y tế) lập")
    (True, False)
    """
    title = text.partition("(")[0]
    return title.isupper() and (title == text or len(title.split()) >= FEWEST_WORDS)


def is_enactment(text: str) -> bool:
    """Whether *text*, an article of a decision or resolution, enacts what the document is about rather than orders it.

    >>> is_enactment("Phê duyệt Đề án cấp nước"), is_enactment("Phê duyệt và chỉ đạo thực hiện quy hoạch")
    (True, False)
    """
    return _ENACTMENT.match(text) is not None


def is_form_field(text: str) -> bool:
    """Whether *text* is a line of a form to be filled in: `Họ và tên: ……………`."""
    dotted = ".." in text or "…" in text or "__" in text  # a look-out: the pattern itself is far slower
    return dotted and _FORM_FIELD.search(text) is not None


def enacts(text: str) -> bool:
    """Whether *text*, an item below a sentence that announces an enactment, begins with the act of the decision itself.

    >>> enacts("Điều chỉnh danh mục dự án"), enacts("Điều tra hiện trạng nguồn nước")
    (True, False)
    """
    return _ACT.match(text) is not None


def announces_enactment(text: str) -> bool:
    """Whether *text* leads in what a body enacts or stresses, not what somebody has to do.

    >>> announces_enactment("Hội đồng nhân dân tỉnh nhấn mạnh một số nội dung sau đây:")
    True
    """
    return _ENACTING.search(text) is not None


def describes(text: str) -> bool:
    """Whether *text* reports, describes or captions instead of telling anybody to do something.

    >>> describes("Tuy nhiên, việc cấp nước còn hạn chế."), describes("Về giá và lệ phí."), describes("Cấp nước sạch.")
    (True, True, False)
    """
    if _REPORT.match(text) or _CAPTION.fullmatch(text) or _THING.match(text):
        return True
    if _CIRCUMSTANCE.match(text):
        return False
    if _DONE.match(text):
        return _DUTY.search(text.replace("tổ chức", "").replace("triển khai", "")) is None
    if _DUTY.search(text):
        return False
    if _MEMBERS.match(text):
        return not text.endswith(":")
    passing = _PASSING.match(text)
    return passing is not None and _any_directive_verb().search(passing["subject"].lower()) is None


def is_state(text: str) -> bool:
    """Whether *text* only says what somebody is, has or consists of.

    >>> is_state("Ban Giám đốc gồm Giám đốc và 02 Phó Giám đốc."), is_state("Sở Y tế là cơ quan đầu mối.")
    (True, False)
    """
    return _STATE.match(text) is not None and _DUTY.search(text) is None and _ROLE.search(text) is None


def is_detail(text: str) -> bool:
    """Whether *text* only says how, where, for whom or how much of an activity that stands elsewhere.

    >>> is_detail("Hình thức: Trực tuyến."), is_detail("Địa điểm: Tổ chức tại 03 xã.")
    (True, False)
    """
    label = _DETAIL.match(text)
    return label is not None and not starts_with_directive_verb(text[label.end() :]) and _DATED.search(text) is None


def is_remnant(text: str) -> bool:
    """Whether *text* goes on in the middle of a sentence, as where a page or a scanned line was cut.

    >>> is_remnant("_ dịch vụ của mình trên mạng."), is_remnant("Dịch vụ của mình trên mạng.")
    (True, False)
    """
    specks = _SPECKS.match(text)
    if specks is None or not text[specks.end()].islower():
        return False
    return not starts_with_directive_verb(text[specks.end() :])


def names_things(text: str) -> bool:
    """Whether *text* only names things, as in a list of places or of laws to be passed.

    Verbs are too many to be known, so that only words which no verb can follow tell: `Các điểm mỏ …`.

    >>> names_things("Các vườn ươm xã Ba Tơ."), names_things("Các vườn ươm xã Ba Tơ: mở rộng 02 ha.")
    (True, False)
    """
    if _LAW.fullmatch(text):
        return True
    return _THINGS.fullmatch(text) is not None and _any_directive_verb().search(text.lower()) is None


def starts_with_directive_verb(text: str) -> bool:
    """Whether *text* begins with a verb that plans use to give orders.

    >>> starts_with_directive_verb("Đẩy mạnh tuyên truyền"), starts_with_directive_verb("Nông nghiệp công nghệ cao")
    (True, False)
    """
    return _directive_verb().match(text.lower()) is not None


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
    """Whether a verb of administration follows the case or the time that *text* begins with: `Đối với X, rà soát …`."""
    case = _CASE.match(text)
    return case is not None and starts_with_directive_verb(text[case.end() :])


def _assigns(text: str) -> bool:
    low = text.lower()
    return any(words in low for words in _ASSIGNING) or ("giao" in low and _GIVES.search(text) is not None)


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
    r"|(?:chủ đầu tư|nhà đầu tư|chủ dự án|tên (?:dự án|đề án|công trình|gói thầu|đơn vị)[^:;.]{0,20}|địa điểm"
    r"|tổng mức đầu tư|diện tích)\s*:"
    r"|văn phòng [^.;]{0,60}thông báo (?:để|đến|tới|ý kiến|nội dung|kết luận)[^.;]{0,200}(?:biết|thực hiện)[.\s/]*$"
    r"|trên đây là (?![^\n]*(?:yêu cầu|đề nghị|giao|nếu|các (?:sở|cơ quan|đơn vị|địa phương)))"
    r"|nơi nhận|kính gửi|thay thế (?:quyết định|nghị quyết)"
    r"|bãi bỏ (?:quyết định|các quyết định|nghị quyết|thông tư|(?:điều|khoản|điểm|mục|chương) \w{1,4}\b)"
)
_COMES_INTO_FORCE = re.compile(r"(?i).{0,80}có hiệu lực (?:thi hành )?(?:kể )?từ")
_PHRASE = re.compile(r"[^\s:.;]+(?: +[^\s:.;]+)*")
_FORM_FIELD = re.compile(r"\.{6}|…{3}|_{6}|(?:\.\.\s){3}")
_LEGAL_BASIS = re.compile(r"(?i)(?:căn cứ|thực hiện|xét|theo đề nghị)\b[^\n]*;$")
_ENACTMENT = re.compile(
    r"(?:Nay )?(?i:phê duyệt|thông qua|ban hành|công bố|điều chỉnh|bổ sung|sửa đổi|thành lập|kiện toàn)"
    r"(?:, (?i:bổ sung|điều chỉnh))? (?:[Cc]hỉ tiêu|[Dd]ự toán|[Kk]inh phí|[Kk]èm theo|[Đđ]iều|[Mm]ột số|[\"“”A-ZĐ])"
)
_ACT = re.compile(r"(?i)(?:nay )?(?:điều chỉnh|bổ sung|sửa đổi|phê duyệt|thay thế|bãi bỏ|thông qua)\b")
_ENACTING = re.compile(
    r"(?i)(?:nhấn mạnh|thông qua|phê duyệt|quyết nghị|thống nhất|nhất trí|ban hành)\b[^:;]{0,300}"
    r"(?:nội dung[^:;]{0,40}|như sau|sau đây|sau)\s*:?$"
)
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
_DETAIL = re.compile(
    r"(?i)(?:các |về )?(?:hình thức|phương thức|cách thức|phương pháp|thông số|tần suất|quy mô|thời lượng|số lượng"
    r"|thành phần|đối tượng|địa điểm|địa bàn|vị trí|điểm|tài liệu|giảng viên|kết quả)\b[^:.;]{0,60}:\s*"
)
# What may stand before the first word of a scanned line; a single letter is a label (`đ) Rà soát …`).
_SPECKS = re.compile(r"[\W_]{0,6}(?=[^\W\d_]{2})")
# A law among laws that are to be passed.
_LAW = re.compile(r"(?:Dự án )?(?:Bộ luật|Luật|Pháp lệnh)\b[^:;]{3,200}")
_DATED = re.compile(r"(?i)\b(?:ngày|tháng|quý|tuần|năm)\s+[\dIVX]|\b\d{1,2}/\d")
_THINGS = re.compile(r"(?:Các|Những|Nhóm|Hệ thống|Mạng lưới|Toàn bộ|Hướng|Tuyến) [^:;]{3,300};?")
_CASE = re.compile(
    r"(?i)(?:đối với|khi|trong|trước|sau|đến|từ|vào|đầu|giữa|cuối|hết|theo|trên cơ sở|giai đoạn|năm)\s"
    r"[^,:;.]{3,160}[,:]\s+"
)
_STATEMENT = re.compile(
    r"(?i)(?:nguồn )?(?:kinh phí|vốn|tổng kinh phí|tổng mức|nguồn lực)\b[^.;]{0,160}?"
    r"(?:được|do|từ|lấy|thực hiện theo|đảm bảo|bảo đảm|bố trí|:)"
    r"|hiện nay,|trong (?:thời gian|những năm) qua"
    r"|ngân sách (?:nhà nước|trung ương|tỉnh|thành phố|địa phương|các cấp) (?:đảm bảo|bảo đảm|hỗ trợ|cấp)"
    r"|tổng (?:số|diện tích|công suất|nhu cầu|chiều dài|mức|quy mô|sản lượng|vốn|khối lượng)"
    r"|đối với nội dung|các (?:chỉ tiêu|mục tiêu|nội dung) khác"
    r"|[^:.;]{0,80}:\s*\d[\d.,]*\s+(?:đồng|(?:nghìn|ngàn|triệu|tỷ|tỉ)(?: đồng)?)(?:/năm)?[.;]?$"
)
_DEFINITION = re.compile(
    r"(?i)[^,;.:]{1,90} (?:là (?:một |những |các )?(?:yếu tố|điều kiện|lực lượng|nền tảng|định hướng|năm|hoạt động"
    r"|xã hội|quá trình|động lực|khâu|\d)|được xây dựng (?:trên cơ sở|trong bối cảnh))"
)
# What happened so far, and what is the matter.
_REPORT = re.compile(
    r"(?i)(?:tuy nhiên|nhìn chung|mặc dù|nguyên nhân)\b(?!.*\b(?:phải|cần|yêu cầu|đề nghị)\b)"
    r"|sau (?:hơn |gần )?\d+ năm (?:thực hiện|triển khai|thi hành)\b.*\b(?:đã|đạt|còn)\b"
)
# `Về giá và lệ phí.` is what follows, not what to do.
_CAPTION = re.compile(
    r"(?i)(?:\d+\s*[-–]\s*)?"
    r"(?:về (?!nước|đích)[^;:.]{3,90}|(?:giải pháp|loại việc|nhóm việc|vấn đề)\s[^;:,.]{3,80})[.:]?"
)
# Whom or what a plan lists: beneficiaries, plots, projects with their cost.
_THING = re.compile(
    r"(?i)(?:là (?:người|hộ|thành viên)\b"
    r"|(?:các )?hộ gia đình (?:có|là|thuộc|mà|người|bị|nghèo|cận nghèo)\b|nhà ở (?:bị|có|thuộc)\b"
    r"|người (?:có công|thuộc|bị|là)\b|(?:diện tích )?đất (?:chưa|đang|của|thuộc|thu hồi|do)\b)"
    r"(?!.*\b(?:trách nhiệm|thực hiện|tự)\b)"
    r"|(?:vùng|loại|nhóm) [IVX\d]+\s*:"
    r"|dự án (?!\d)[^;]{5,200}?(?:\d[\d.,]*\s*(?:tỷ|triệu) đồng|diện tích:? \d)"
)
# A subject with an adverb of the past or the present; what is done by itself.
_PASSING = re.compile(r"(?i)(?P<subject>[^,;:.]{3,80}?)\s(?:đã|đang|vẫn còn)\s")
_DONE = re.compile(
    r"(?i)[^,;:.]{3,80}?\sđược (?:thực hiện|triển khai|tổ chức|áp dụng)(?: thực hiện)?"
    r" (?:theo|từ|trên cơ sở|tại|bằng)\b"
)
_MEMBERS = re.compile(
    r"(?i)(?:các|những|hệ thống|hạ tầng|nhóm|danh mục|thành phần)\b[^;.:]{0,100}?\s(?:bao gồm|gồm có|gồm)\b"
)
# What bodies are or have; a verb between subject and these words makes another sentence of it.
_STATE = re.compile(
    r"(?i)[^,;:.]{3,80}?\s(?:là (?:đơn vị|doanh nghiệp|tổ chức|cơ quan|một|công ty|khu)|(?:bao )?gồm(?: có)?"
    r"|có (?:con dấu|tài khoản|trụ sở|tư cách|diện tích|chức năng|vị trí)|(?:tiếp )?giáp"
    r"|nằm (?:ở|tại|trong|trên|dọc))\b"
)
_ROLE = re.compile(r"(?i)\b(?:đầu mối|thường trực|chủ trì|phối hợp|trách nhiệm|nhiệm vụ|thực hiện|lập|xây dựng|giúp)\b")
_DUTY = re.compile(
    r"(?i)\b(?:phải|cần|tiếp tục|khẩn trương|tập trung|nghiêm|yêu cầu|đề nghị|giao|thì|không được|tổ chức|triển khai"
    r"|chủ động|kịp thời|bảo đảm|đảm bảo|tăng cường|rà soát|ưu tiên|đẩy mạnh|đề xuất|báo cáo|xem xét|sẽ|chỉ)\b"
)
_CIRCUMSTANCE = re.compile(
    r"(?i)(?:khi|nếu|đối với|trường hợp|sau|căn cứ|theo|với|trên cơ sở|trong|từ|qua|tại|hằng|hàng|không|có)\b"
)
_COUNT = re.compile(r"\d[\d.,]*\s+\w|[^.;:]{0,80}\(\d+ (?:bản|bộ|chiếc|cái)\)")
_ASSIGNING = ("chủ trì", "có trách nhiệm", "chịu trách nhiệm", "phối hợp")
_GIVES = re.compile(r"(?i)giao\b")


@cache
def _directive_verb() -> re.Pattern[str]:
    """`tiếp tục, chủ động rà soát`: adverbs, then a verb; both lists are data files beside this module."""
    adverbs, verbs = (_words(name) for name in ("directive_adverbs.txt", "directive_verbs.txt"))
    return re.compile(rf"(?:(?:{adverbs}),? )*(?:{verbs})\b")


@cache
def _any_directive_verb() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{_words('directive_verbs.txt')})\b")


def _words(name: str) -> str:
    lines = (files("pipeline.assemble") / name).read_text(encoding="utf-8").splitlines()
    words = [line.strip() for line in lines if line.strip() and not line.startswith("#")]
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))
