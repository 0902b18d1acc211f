"""Context: what makes a time expression no deadline.

"Nghị quyết số 15/NQ-CP ngày 05/3/2020" dates a resolution, "Quy hoạch … đến năm 2030" names a plan, "ngân sách hằng
năm" describes a budget. Strong words ("trước ngày", "trong quý", "đến hết") need an exclusion to be dropped; a bare
year or date is dropped unless its place speaks for it, since texts are full of years that bind nobody.
"""

from __future__ import annotations

import re
from datetime import date, timedelta

from extractors.deadlines.adverbs import ALWAYS_RECUR, goes_on, recurs
from extractors.deadlines.around import Around
from extractors.deadlines.compose import AFTER, Phrase
from extractors.deadlines.matters import DUE, INSIDE, PAPER, is_of_matter, stands_in_condition
from extractors.deadlines.wording import one_of, words


def is_deadline(text: str, phrase: Phrase, *, issued: date | None) -> bool:
    """True when the words around *phrase*, a find in running text, leave it a deadline."""
    around = Around(text, phrase)
    if phrase.kind in {"ongoing", "recurring"}:
        if phrase.rule == "narrowed" and _NOT_YET.match(around.after):
            return False
        manner = goes_on if phrase.kind == "ongoing" else recurs
        if _PAPER_TITLE.search(around.before) or stands_in_condition(around):
            return False
        return manner(around, phrase)
    if phrase.kind == "conditional":
        return not (_NOT_AWAITED.search(around.before) or _UNTIL_NOW.search(around.surface))
    if phrase.kind == "relative":
        granted = phrase.rule == "within" and "vòng" not in around.surface and _GRANTED.search(around.clause)
        return not (granted or _NOT_AWAITED.search(around.before) or _VALID.search(around.before))
    if is_of_matter(around, phrase) or stands_in_condition(around) or _NAMES_PLAN.match(around.before):
        return False
    if not phrase.lead and around.before.endswith("(") and _NAMED_DAY.search(around.before):
        return False
    return not _is_past(around, phrase, issued) and _binds(around, phrase, issued)


def stands_in_cell(text: str, phrase: Phrase) -> bool:
    """True unless the cell speaks of something else: "Theo kế hoạch bồi dưỡng hằng năm", "chi thường xuyên"."""
    around = Around(text, phrase)
    if phrase.kind == "ongoing":
        return not _SPENDING.search(around.before)
    if phrase.rule == "duration" and around.after.startswith("/"):
        return False
    if phrase.kind == "recurring" and phrase.rule not in ALWAYS_RECUR:
        return not _BY_A_PLAN.search(around.clause)
    return True


def _binds(around: Around, phrase: Phrase, issued: date | None) -> bool:
    """True for a strong preposition, and for a weak one in a place that speaks for it."""
    moment = phrase.moment
    if moment is None or phrase.rule == AFTER:
        return False
    if "trước" not in phrase.lead and _IN_FORCE.search(around.before):
        return phrase.kind == "by" and _SINCE_IN_FORCE.search(around.before) is not None
    if phrase.kind == "from" and _PERIOD_NAMED.search(around.before):
        return False
    if phrase.kind == "during" and "thời điểm" in phrase.lead:
        return False
    if phrase.kind == "from" and not _STARTING.match(phrase.lead) and not phrase.rule.startswith("open"):
        return around.opens()
    if moment.unit == "year":
        return _year_binds(around, phrase)
    if phrase.lead or phrase.kind != "during":
        return True
    if moment.unit == "day":
        return bool(issued and phrase.first and phrase.first > issued and not _DOCUMENT.search(around.before))
    if moment.unit == "quarter" and moment.year:
        return True
    return around.opens() or (moment.unit != "quarter" and _DIRECTIVE.search(around.before) is not None)


def _year_binds(around: Around, phrase: Phrase) -> bool:
    """Years need most: they name plans, budgets and horizons more often than they bind."""
    if phrase.moment and phrase.moment.year is None:
        months = phrase.kind == "during" and INSIDE.search(phrase.lead) and "tháng" in phrase.lead
        return (phrase.kind == "by" or bool(months)) and not _SOME_YEAR.match(around.after)
    if _TOWARDS.search(around.clause) or (_SCHOOL_YEAR.match(around.surface) and not around.opens()):
        return False
    if not phrase.lead and _BESIDE_YEAR.search(around.clause):
        return False
    if _annex_title(around.line) or _ANNEX_LINE.match(around.line) or _of_many_years(around, phrase):
        return False
    if phrase.rule == "open-end" and "nay" in phrase.lead:
        return around.opens()
    if phrase.kind == "by" and (DUE.search(phrase.lead) or _KEPT.search(around.clause)):
        return True
    if phrase.kind == "by" and _STRIVES.search(around.before) and _REACHES.match(around.after):
        return True
    if phrase.kind in {"during", "from"} and (INSIDE.search(phrase.lead) or _AT_MEETING.search(around.before)):
        return True
    if "trở đi" in around.surface or _acts_anew(around.clause):
        return True
    single = phrase.moment is not None and phrase.moment.last_year is None and phrase.rule != "range"
    if single and not phrase.lead and phrase.kind == "during":
        if _DIRECTIVE.search(around.before) or (around.opens() and _GOES_ON.match(around.after)):
            return True
        if around.ends() and _COMPLETED.search(around.clause) and not _ALLOTTED.search(around.clause):
            return True
        if _SHARE_BEFORE.search(around.clause) and around.ends():
            return True
        if _FIGURE_BEFORE.search(around.before) and not _MONEY_NOUN.search(around.clause) and _ENDS.match(around.after):
            return True
        if around.opens() and _MADE.match(around.after):
            return True
        reaches = (_GROWS if around.opens() else _REACHES).match(around.after)
        return reaches is not None and not _PLAN_NOUN.search(around.clause)
    return around.opens() or _SAYS.search(around.clause) is not None or not _PLAN_NOUN.search(around.clause)


def _of_many_years(around: Around, phrase: Phrase) -> bool:
    """Whether the years tell how long a plan is: `kế hoạch 5 năm 2026-2030`, `Chiến lược 10 năm 2021-2030`."""
    if _FIVE_YEARS.match(around.surface):
        return True
    return (
        not phrase.lead and _IS_RANGE.match(around.surface) is not None and _COUNTED.search(around.before) is not None
    )


def _acts_anew(clause: str) -> bool:
    """Whether an act of its own stands between a plan's name and the year: `Xây dựng kế hoạch và thực hiện từ …`."""
    last = _TURN.split(clause)[-1]
    return last != clause and _DIRECTIVE.search(last) is not None and _PLAN_NOUN.search(last) is None


def _annex_title(line: str) -> bool:
    """True in a line of capitals without label: the title of the plan or of an annex, unless it heads the goals."""
    return line.isupper() and not _LABELLED.match(line) and "MỤC TIÊU" not in line


def _is_past(around: Around, phrase: Phrase, issued: date | None) -> bool:
    if issued and phrase.kind == "from" and phrase.first and phrase.first.year < issued.year:
        return True
    if issued and phrase.kind in {"by", "during"} and phrase.last and phrase.last < issued:
        ordered = phrase.kind == "by" and "trước" in phrase.lead and phrase.last >= issued - LATE_NOTICE
        return not ordered or bool(_DONE_AFTER.match(around.after) or _DONE_BEFORE.search(around.before))
    return bool(_DONE_AFTER.match(around.after) or _DONE_BEFORE.search(around.before))


# A notice of conclusions is issued days after the meeting whose deadlines it repeats.
LATE_NOTICE = timedelta(days=30)
_LABELLED = re.compile(
    r"\W*(?:(?:[0-9]{1,2}|[IVX]{1,5}|[A-ZĐ]|PHẦN [^ ]+|MỤC [^ ]+)[.):]|ĐẾN |TỪ |GIAI |TRONG |NĂM |CHỈ TIÊU CHỦ YẾU)"
)
# The line that names an annex, as lists of annexes do; a scan spoils its marks: `Phu lục I: Đề án … đến năm 2030`.
_ANNEX_LINE = re.compile(r"\W*[Pp]h[ụu] l[ụu]c (?:số )?[IVXLC0-9]+ ?[:.\-–] ?[^\W0-9_]")

# The line that says what a plan is called: `1. Tên đề án: Trồng rừng ngập mặn giai đoạn 2026 - 2030`.
_NAMES_PLAN = words(
    r"\W*(?:(?:[0-9]+(?:\.[0-9]+)*|[ivx]+|[a-zđ])[.)/] *)?tên (?:gọi )?(?:của )?"
    r"(?:đề án|dự án|chương trình|kế hoạch|đồ án|quy hoạch|nhiệm vụ|công trình|gói thầu|mô hình|chiến lược)"
    r"[^:.;]{0,40}:"
)
# The day of a day that has a name: `hưởng ứng Ngày Môi trường thế giới (ngày 05/6)`.
_NAMED_DAY = words(
    r"\b(?:kỷ niệm|ngày (?:hội|lễ|quốc tế|thế giới|thành lập|truyền thống|giải phóng|môi trường|đại dương))"
    r"[^.;()]{0,80}\($"
)
# A period beside a year that is that of a task or a mark: `hoàn thành nhiệm vụ năm 2026 và giai đoạn 2026 - 2030`.
_BESIDE_YEAR = words(
    r"\b(?:nhiệm vụ|chỉ tiêu|mục tiêu|kế hoạch|dự toán|chương trình)\b[^.;:,]{0,80} năm [0-9]{4}(?:,| và) $"
    r"|\b(?:kết quả|số liệu|tình hình|thực hiện|ước)\b[^.;:,]{0,80} năm [0-9]{4}(?:,| và) dự kiến $"
)

# What speaks for a time.
_IN_FORCE = words(r"hiệu lực(?: thi hành)?:? \(?$")
_SINCE_IN_FORCE = words(r"\btừ (?:khi|ngày|thời điểm) [^.;:,()]{0,60}hiệu lực(?: thi hành)? $")
_PERIOD_NAMED = words(r"giai đoạn \(?$")
_STARTING = words(r"(?:ngay )?(?:kể |bắt đầu )?từ")
_SOME_YEAR = words(" (?:học|kế hoạch|tài chính|ngân sách|trước|sau|[0-9])")
_REACHES = words(" (?:phấn đấu )?(?:đạt|còn|là|chiếm)(?: [^ ,;.0-9]+){0,4} [0-9]")
# What is striven for, though it speaks of a budget: `tỷ trọng thu … phấn đấu đến năm 2028 đạt 80%`.
_STRIVES = words(r"\bphấn đấu $")
_SHARE_BEFORE = words(r"\b(?:phấn đấu|đạt|bảo đảm|đảm bảo)\b[^.;,]{0,40}[0-9] ?%[^.;,0-9]{0,80} $")
# A promised figure and its year: `đạt 14 % năm 2027; 16 % năm 2028`.
_FIGURE_BEFORE = words(
    r"\b(?:đạt|tăng|giảm|còn|chiếm|thu hút|lên|xuống|khoảng|trên|[;,]) (?:[^ ,;.0-9]+ ){0,4}[0-9][0-9.,]*"
    r"(?: ?[-–] ?[0-9][0-9.,]*)?(?: ?%| [^ ,;.()0-9]+)(?: [^ ,;.()0-9]+){0,3} $"
)
_ENDS = words(r" ?(?:[,.;)]|$| và | lên | tăng )")
_MONEY_NOUN = words(r"\b(?:kinh phí|dự toán|ngân sách|nguồn vốn|vốn|thu nhập|kế hoạch|so với|bằng)\b")
_GROWS = words(" (?:phấn đấu )?(?:đạt|còn|là|chiếm|có|tăng|giảm)(?: [^ ,;.0-9]+){0,4} [0-9]")
# What a year of a list brings: `(năm 2011 trồng mới 3.000 ha; năm 2012 …)`.
_MADE = words(
    r" (?:trồng|làm|xây|mở|tổ chức|đào tạo|hoàn thành|cải tạo|nâng cấp|đầu tư|phấn đấu|lắp đặt|bồi dưỡng|tập huấn"
    r"|sửa chữa)"
    r"(?: [^ ,;.()0-9]+){0,4} [0-9][0-9.,]* (?!đồng|triệu|tỷ|nghìn)[^ \d]"
)
_SAYS = words(
    r"(?:\btheo (?:[^,;]{2,60}), |\bđặt (?:ra )?(?:các )?mục tiêu |\b(?:nêu rõ|xác định|đề ra|dự kiến|phấn đấu),? )$"
)
# What is reached and then kept: `có kế hoạch cấp nước và duy trì đến năm 2030`.
_KEPT = words(r"\bduy trì (?:(?!kế hoạch|đề án|chương trình)[^ ,.;]+ ){0,6}$")
_AT_MEETING = words(r"\b(?:vào|tại|trong) (?:các )?kỳ họp(?: [^ .;:,()]+){0,3} $")
_GOES_ON = words(r" ?[,:.;)|]|$| (?:và|hoàn thành|tổ chức|triển khai|thực hiện|phấn đấu)")
_DIRECTIVE = words(
    one_of("""
    hoàn thành, thực hiện, triển khai, xong, ban hành, tổ chức, khởi công, nghiệm thu, tiến hành, thời gian, diễn ra
    dự kiến, bắt đầu, sử dụng, vận hành
    vào hoạt động, vào khai thác, thông xe(?: kỹ thuật)?, đưa vào khai thác, bàn giao, khánh thành, khai mạc
    kỳ họp
    """)
    + "[:,]? $"
)

# A work that is to be there by the year behind it: `Hoàn thành xây dựng trạm bơm năm 2027`; a plan or a share of one
# only has the year in its name: `Hoàn thành chỉ tiêu năm 2027`.
_COMPLETED = words(
    r"(?:^|[,;] |\b(?:và|để|phấn đấu|bảo đảm|đảm bảo|cơ bản|sớm|dự kiến) )\W*(?:(?:[0-9]+|[a-zđ])[.)] *)?(?:"
    r"(?:hoàn thành|khởi công|khánh thành|nghiệm thu|bàn giao|thông xe)(?: việc)?(?: (?:các|những|[0-9]+))? "
    + one_of("""
    xây dựng, xây mới, đầu tư, thi công, lắp đặt, nâng cấp, cải tạo, mở rộng, sửa chữa, nạo vét, đo đạc, cắm mốc
    số hóa, giải phóng mặt bằng, di dời, nhà máy, nhà, trạm, cầu, đường, tuyến, toàn tuyến, trường, bệnh viện, hồ, đập
    kè, cảng, khu, cụm, chợ, công trình, hạng mục
    """)
    + r"\b(?: [^ .;:,()]+){0,16} $"
    r"|đưa(?: [^ .;:,()]+){1,16} vào (?:hoạt động|sử dụng|khai thác|vận hành) $)"
)
_ALLOTTED = words(
    r"\b(?:chỉ tiêu|mục tiêu|nhiệm vụ|kế hoạch|vốn|danh mục|dự toán|công tác|so với|bằng|luật|quy chuẩn)\b"
)

_TURN = words(r", | và ")

# What a time only names.
_PLAN_NOUN = words(
    r"\b(?:xác định|dự báo|tính toán|tổng hợp|đề xuất|đăng ký|giao|phân bổ|tổng)(?: về| các)?"
    r" (?:nhu cầu|chỉ tiêu)\b"
    r"|\b"
    + one_of("""
    kế hoạch, quy hoạch, chiến lược, chương trình, đề án, dự án, nghị quyết, quyết định, chỉ thị, nghị định, thông tư
    kết luận, luật, phương án, dự toán, kinh phí, ngân sách, nguồn vốn, nhiệm kỳ, đại hội, báo cáo, danh mục, danh sách
    hướng dẫn, định hướng, chi (?:thường xuyên|đầu tư)
    """)
    + r"\b"
)
# The year of a goal that something serves: `phù hợp với mục tiêu giảm một nửa khí thải vào năm 2040`.
_TOWARDS = words(
    r"\b(?:theo|phù hợp với|hướng (?:tới|đến)|tiến tới|hiện thực hóa|đóng góp (?:vào|cho)|góp phần|gắn với|đáp ứng|vì"
    r"|kế hoạch,|chương trình,)(?: (?:thực hiện|hoàn thành|đạt|hiện thực hóa|việc|các|những))*"
    r" (?:mục tiêu|cam kết|lộ trình) (?:[^ .;:,()]+ ){0,12}"
    r"(?:đạt|giảm|tăng|xóa|loại bỏ|chấm dứt|trở thành|trung hòa|phát thải|chuyển đổi)\b"
    r"(?:(?! (?:hoàn thành|xong|trình|ban hành) )[^.;:,]){0,80}$"
)
_SCHOOL_YEAR = words("năm học ")
# The day of a paper, or that beside the place of its stamp: `Phú Thọ, ngày 05/3/2027`.
_DOCUMENT = words(
    rf"(?:\b(?:số|{PAPER})\b[^.;]{{0,60}},? $|(?:ký|ban hành|căn cứ) $|(?-i:[A-ZĐ]{{2,}})[0-9]*,? $"
    r"|^\W*(?:[^\W\d_]+ ?){1,4}, $)"
)
_FIVE_YEARS = words("(?:0?[35]|ba|năm) năm [12]")
_IS_RANGE = words(r"năm [0-9]{4} ?[-–]")
_COUNTED = words(r"\b(?:10|15|20|mười|mười lăm|hai mươi) $")
_NOT_YET = words(" (?:mà |vẫn |còn )?chưa\\b")
_DONE_AFTER = words(
    ",? (?:(?:còn|bị|gặp|vướng mắc)\\b|(?:vừa|thời gian) qua|đã |được sự (?:quan tâm|chỉ đạo|lãnh đạo)"
    "|(?:[^.;,|]{0,40} )?(?:đã (?!đề ra|nêu|xác định|giao|được giao|được phê)|ghi nhận ))"
)
_DONE_BEFORE = words(
    r"\bđã (?:được )?(?:cơ bản )?"
    + one_of("hoàn thành, ban hành, triển khai, thực hiện, tổ chức, đạt, phê duyệt, giao, đề ra, xác định")
    + "[^.;]{0,60}$"
)
_NOT_AWAITED = words("(?:tiếp diễn|được hỗ trợ|liên tiếp|trong suốt|hình thành|chủ rừng|trước) $")
# What has come about: `từ sau khi có văn bản nhắc nhở đến nay, chủ bến vẫn không …`.
_UNTIL_NOW = words(r" đến nay\b")
_VALID = words(r"(?:hiệu lực(?: thi hành)?(?: [^ .;,]+){0,3}|thời hạn (?:hoạt động|sử dụng|hiệu lực)[^.;,]{0,30}) \(?$")
# How long somebody enjoys something: `được hỗ trợ lãi suất trong thời gian 3 tháng`.
_GRANTED = words(r"\b(?:hỗ trợ|hưởng|gia hạn|miễn|giảm|trợ cấp|cho vay|được vay|thuê|ưu đãi)\b[^.;,]{0,60}$")
_PAPER_TITLE = words(
    rf"\b{PAPER} số [^ ;]+ [^;]{{0,80}}?\b(?:hướng dẫn|quy định|về|phê duyệt|ban hành)\b"
    "(?: (?!để|nhằm|và|tổ)[^ ,;.]+){1,12} $"
)

# What a cell speaks of instead.
_SPENDING = words(r"\b(?:chi|kinh phí|ngân sách) $")
_BY_A_PLAN = words(r"\b(?:theo|kế hoạch|chương trình) ")
