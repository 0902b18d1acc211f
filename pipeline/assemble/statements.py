"""Words that tell instead of ordering: reports, descriptions, captions, sums, details of what stands elsewhere.

`Tuy nhiên, việc cấp nước còn hạn chế.`, `Sở Y tế là cơ quan đầu mối.`, `Hình thức: Trực tuyến.` Such a block is no task
wherever it stands, though a word of duty in it (`phải`, `tập trung`) often makes it one after all.
"""

from __future__ import annotations

import re

from pipeline.assemble.directive_verbs import names_directive_verb, starts_with_directive_verb


def tells(text: str) -> bool:
    """Whether *text* states sums or counts, or describes: words that name nobody and are no order.

    >>> tells("Kinh phí do ngân sách tỉnh bảo đảm."), tells("Tổng số 12 trạm bơm."), tells("Bơm nước.")
    (True, True, False)
    """
    return _STATEMENT.match(text) is not None or _COUNT.match(text) is not None or _describes(text)


def is_fragment(text: str) -> bool:
    """Whether *text* defines or names things, gives a detail or goes on in mid-sentence."""
    return _DEFINITION.match(text) is not None or is_detail(text) or _is_remnant(text) or _names_things(text)


def is_state(text: str) -> bool:
    """Whether *text* only says what somebody is, has or consists of.

    >>> is_state("Ban Giám đốc gồm Giám đốc và 02 Phó Giám đốc."), is_state("Sở Y tế là cơ quan đầu mối.")
    (True, False)
    """
    return _STATE.match(text) is not None and _DUTY.search(text) is None and _ROLE.search(text) is None


def is_status(text: str) -> bool:
    """Whether *text* says what a body is in law or by which rules it works, whatever words of work follow.

    >>> is_status("Nhà máy nước hoạt động theo Luật Doanh nghiệp."), is_status("Kiểm tra cơ sở hoạt động theo Luật.")
    (True, False)
    """
    if " là " not in text and " theo " not in text and " hình thành " not in text:  # a look-out
        return False
    status = None if _CIRCUMSTANCE.match(text) or text.startswith("Về ") else _STATUS.match(text)
    return status is not None and _MUST.search(text) is None and not names_directive_verb(status["subject"])


def is_detail(text: str) -> bool:
    """Whether *text* only says how, where, for whom or how much of an activity that stands elsewhere.

    >>> is_detail("Hình thức: Trực tuyến."), is_detail("Địa điểm: Tổ chức tại 03 xã.")
    (True, False)
    """
    label = _DETAIL.match(text)
    return label is not None and not starts_with_directive_verb(text[label.end() :]) and _DATED.search(text) is None


def labels_detail(text: str) -> bool:
    """Whether *text* begins with a label that asks how, where, for whom or how much: `Hình thức: …`."""
    return _DETAIL.match(text) is not None


def is_due(text: str) -> bool:
    """Whether *text* only says what somebody gets: a benefit, a right or a penalty.

    >>> is_due("Hộ có giếng khoan được hỗ trợ 02 triệu đồng."), is_due("Sở Y tế lập danh sách hộ được hỗ trợ.")
    (True, False)
    """
    if "được " not in text and "bị " not in text and "có quyền " not in text:  # a look-out
        return False
    due = _DUE.match(text)
    if due is None or _ACTING.search(due["subject"]) or _BOUND.search(text):
        return False
    return _BODIES.match(text) is not None or not starts_with_directive_verb(text)


def is_amount(text: str) -> bool:
    """Whether *text* is a label with an amount of money alone.

    >>> is_amount("Hộ gia đình: 1,5 triệu đồng/hộ."), is_amount("Sở Tài chính: cấp 2 tỷ đồng.")
    (True, False)
    """
    return "đồng" in text and _AMOUNT.fullmatch(text) is not None


def lays_duty(text: str) -> bool:
    """Whether a word of duty stands in *text*: `phải`, `yêu cầu`, `tập trung`."""
    return _DUTY.search(text) is not None


def _describes(text: str) -> bool:
    """Whether *text* reports, describes or captions instead of telling anybody to do something.

    >>> _describes("Tuy nhiên, việc cấp nước còn hạn chế."), _describes("Về giá và lệ phí."), _describes("Bơm nước.")
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
    return passing is not None and not names_directive_verb(passing["subject"])


def _is_remnant(text: str) -> bool:
    """Whether *text* goes on in the middle of a sentence, as where a page or a scanned line was cut.

    >>> _is_remnant("_ dịch vụ của mình trên mạng."), _is_remnant("Dịch vụ của mình trên mạng.")
    (True, False)
    """
    specks = _SPECKS.match(text)
    if specks is None or not text[specks.end()].islower():
        return False
    return not starts_with_directive_verb(text[specks.end() :])


def _names_things(text: str) -> bool:
    """Whether *text* only names things, as in a list of places or of laws to be passed.

    Verbs are too many to be known, so that only words which no verb can follow tell: `Các điểm mỏ …`.

    >>> _names_things("Các vườn ươm xã Ba Tơ."), _names_things("Các vườn ươm xã Ba Tơ: mở rộng 02 ha.")
    (True, False)
    """
    if _LAW.fullmatch(text):
        return True
    return _THINGS.fullmatch(text) is not None and not names_directive_verb(text)


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
# What comes to somebody, in one sentence: an active verb before these words makes it an order after all.
_DUE = re.compile(
    r"(?i)(?P<subject>[^;:.]{3,200}?)(?<!,) "
    r"(?:được (?:hưởng|miễn|giảm|hỗ trợ|vay|cộng|bồi thường|trợ cấp|xét miễn|xét giảm)|có quyền"
    r"|(?:phải |sẽ )?bị (?:xử lý|xử phạt|phạt|kỷ luật|truy tố|truy cứu|tịch thu|đình chỉ|thu hồi))\b"
    r"(?:(?!\.\s+\w).)*$"
)
_ACTING = re.compile(
    r"(?i)\b(?:chủ trì|phối hợp|thực hiện|lập|rà soát|xem xét|xét|bảo đảm|đảm bảo|hướng dẫn|tổng hợp|quyết định|duyệt"
    r"|triển khai|xây dựng|kiểm tra|theo dõi|chi trả|thông báo|báo cáo|đề nghị|yêu cầu|tổ chức (?!,|và|hoặc|cá nhân|có"
    r"|tham gia|được|không)|để|cho(?! dù)|nhằm)\b"
)
_BODIES = re.compile(r"(?i)(?:các |những )?tổ chức(?:,| và| hoặc) ")
_BOUND = re.compile(
    r"(?i)\b(?:phải(?! bị)|cần|(?:có|chịu) trách nhiệm|yêu cầu|đề nghị|giao|chủ trì|phối hợp|nghiêm cấm"
    r"|không được(?! hỗ trợ| hưởng| miễn)|thì(?! được| không| bị| phải bị))\b"
)
_AMOUNT = re.compile(
    r"[^:;]{2,120}:\s*(?:[Kk]hoảng |[Tt]ối đa )?\d[\d.,]* ?(?:(?:nghìn|ngàn|triệu|tỷ|tỉ) )?đồng"
    r"(?: ?/ ?\d{0,3} ?\w+(?: \w+){0,3})*[.;]?"
)
_STATEMENT = re.compile(
    r"(?i)(?:dự kiến |ước )?(?:nguồn )?(?:kinh phí|vốn|tổng kinh phí|tổng mức|nguồn lực)\b[^.;]{0,160}?"
    r"(?:được|do|từ|lấy|thực hiện theo|đảm bảo|bảo đảm|bố trí|:)"
    r"|hiện nay,|trong (?:thời gian|những năm) qua"
    r"|ngân sách (?:nhà nước|trung ương|tỉnh|thành phố|địa phương|các cấp) (?:đảm bảo|bảo đảm|hỗ trợ|cấp)"
    r"|(?:dự kiến |ước )?tổng (?:số|diện tích|công suất|nhu cầu|chiều dài|mức|quy mô|sản lượng|vốn|khối lượng)"
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
# What bodies are in law, and by which rules they work: words of work may follow, which none is told to do.
_STATUS = re.compile(
    r"(?i)(?P<subject>[^,;:.]{3,160}?)\s(?:là (?:một )?(?:doanh nghiệp|công ty|tổ chức (?:kinh tế|chính trị|xã hội)"
    r"|(?:cơ quan|đơn vị) (?:sự nghiệp|hạch toán|thành viên|trực thuộc|phụ thuộc|hành chính|chuyên môn))"
    r"|được hình thành (?:từ|trên|bởi)|(?<!chấm dứt )(?:(?:tổ chức (?:và )?)?hoạt động|làm việc) theo (?:quy định"
    r"|quy chế|điều lệ|luật|nghị định|nguyên tắc|chế độ|hình thức|loại hình|mô hình|cơ chế))\b"
)
_MUST = re.compile(
    r"(?i)\b(?:phải|cần|(?:có|chịu) trách nhiệm|có nhiệm vụ|đầu mối|thường trực|chủ trì|yêu cầu|đề nghị|giao)\b"
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
