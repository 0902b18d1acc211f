"""Times of matters: "công trình dự kiến khởi công năm 2027", "hồ sơ nhận trước ngày 01/7/2026 thì …".

What is reported, listed, described or set as a condition has its time too, and none of them says when the task is to
be done. The words before the time decide, for a condition those behind it as well.
"""

from __future__ import annotations

from extractors.deadlines.around import Around
from extractors.deadlines.compose import Phrase
from extractors.deadlines.wording import any_of, ends_in, one_of, words


def is_of_matter(around: Around, phrase: Phrase) -> bool:
    """True when the time is that of a paper, of what is reported, listed, measured or owned, not that of an act."""
    if any(ends_in(pattern, around.before, reach) for pattern, reach in _BEFORE) or _in_bracket(around):
        return True
    if ends_in(_DESCRIBES, around.clause, _LONGEST_STATE) or _tells_which(around, phrase):
        return True
    if phrase.kind == "during" and _is_covered(around, phrase):
        return True
    if phrase.rule != "range" and ends_in(_NUMBERED, around.before, _LONGEST_NUMBER) and not DUE.search(phrase.lead):
        return True
    return _AFTER.match(around.after) is not None


def _is_covered(around: Around, phrase: Phrase) -> bool:
    """Whether the period is that of a report, of a list, of a standard or of what was given."""
    if phrase.rule == "range" and _REPORTED.search(around.clause):
        return True
    if "vào" not in phrase.lead and (_COVERED.search(around.clause) or _COLLECTED.search(around.clause)):
        return True
    if not INSIDE.search(phrase.lead) and _STANDARD.search(around.before):
        return True
    bare = not phrase.lead or phrase.lead.strip() == "cả"
    return (_SUMMED_UP if bare else _GIVEN).search(around.before) is not None


def _tells_which(around: Around, phrase: Phrase) -> bool:
    """Whether the time picks things out; "xong trước ngày …" rather says when they are to be dealt with."""
    if around.clause.endswith(" hoàn thành ") and DUE.search(phrase.lead):
        return False
    return ends_in(_PICKS_OUT, around.clause, _LONGEST_STATE) and _WHICH.search(around.clause) is not None


def _in_bracket(around: Around) -> bool:
    """Whether a bracket tells when the things were or are made that it describes."""
    return "(" in around.before and _BRACKETED.search(around.before) is not None


def stands_in_condition(around: Around) -> bool:
    """Whether the time belongs to a condition: `Trường hợp chưa xong trong năm 2026 thì …`, `Khi xong năm 2026, …`."""
    if " thì " in around.after and _THEN.match(around.after):
        return _SUPPOSED.search(around.clause) is not None
    condition = _CONDITION.search(around.clause) if _COMMA.match(around.after) else None
    return condition is not None and _ORDERED.search(around.clause, condition.start()) is None


INSIDE = words(r"trong|vào")
DUE = words(r"hết|trước|nhất|cuối|không|kết thúc")
PAPER = one_of("""
    luật, nghị quyết, quyết định, chỉ thị, nghị định, thông tư, công văn, kế hoạch, kết luận, thông báo, tờ trình
    công điện, văn bản
""")
# Each with more characters than it can take in, so that it is looked for no further back.
_BEFORE = (
    (
        words(
            r"(?:(?:tầm nhìn(?: dài hạn)?|định hướng|có (?:xét|tính)|xem xét) "
            r"|(?:tính|tính từ|lũy kế|thời điểm|cùng kỳ|so với|bằng|hơn|khóa|niên độ) (?:kể )?"
            r"|(?:thực hiện|các|thắng lợi|thành công) mục tiêu (?:(?:đã )?đề ra )?)$"
        ),
        44,
    ),
    (
        words(
            r"\b(?:quán triệt|cụ thể hóa|tuyên truyền|bám sát)(?: về)?(?: các)? (?:mục tiêu|nhiệm vụ|chỉ tiêu)"
            r"(?:(?:,| và) (?:mục tiêu|nhiệm vụ|chỉ tiêu|giải pháp)){0,3} $"
        ),
        80,
    ),
    # What is set out already, and what praise speaks of: `Ghi nhận kết quả của các xã …`.
    (words(r"\b(?:trong|trước) bối cảnh\b[^.;:]{0,120}$"), 140),
    (
        words(
            r"^\W*(?:(?:[0-9]+(?:\.[0-9]+)*|[a-zđ])[.)] *)?(?:đánh giá cao|biểu dương|ghi nhận|hoan nghênh)\b"
            r"(?:(?! (?:đề nghị|yêu cầu|giao|phải|cần|tiếp tục) )[^.;])*$"
        ),
        400,
    ),
    (words("(?:tính từ ngày|(?:chốt|lấy) số liệu)[^.;]{0,80}$"), 100),
    (words(r"\b(?:dự báo|nguồn lực|kinh phí|vốn|nhu cầu|dự toán)\b[^.;,]{0,40} cho (?:cả )?$"), 70),
)
# The number of a paper, whose date follows: `Kế hoạch 12/KH-UBND ngày …`, but not `… Kế hoạch 12/KH-UBND trước ngày …`.
_LONGEST_NUMBER = 80
_NUMBERED = words(rf"\b{PAPER} (?:số )?[0-9][^ ;]{{0,30}}(?: [A-ZĐ&\-]{{2,20}})?,? $")
_SUMMED_UP = words(
    r"(?:gdp|grdp|tăng trưởng(?: kinh tế)?|cpi|kịch bản"
    r"|sơ kết|tổng kết|kết quả|số liệu|tình hình|đánh giá|thành tựu|kế hoạch|quyết toán|số liệu thực hiện) $"
)
_GIVEN = words(r"(?<!phải )\b(?:được|đã) (?:giao|cấp|phân bổ|phê duyệt|ban hành|thông qua|ký kết) $")
_AFTER = any_of(
    " (?:đến nay|trở về trước|trở lại đây)\\b",
    r":? [0-9.,]+ ?(?:đ|đồng|tỷ|triệu)\b",
    " vào (?:năm|cuối|quý|tháng)",
    r",? (?:và |với )?(?:tầm nhìn|định hướng|có (?:xét|tính)(?: tới)? đến)\b",
    " (?:chỉ )?còn (?:khoảng |gần |hơn |không )?[0-9]",
    (
        r" (?:(?:đã )?được (?:[^,.;]{3,40} )?(?:phê duyệt|ban hành|thông qua) tại"
        r"|tại (?:các )?(?:quyết định|nghị quyết) số|(?:ban hành )?kèm theo|theo (?:các )?quyết định số)"
    ),
    " (?:mà |vẫn |còn )?chưa\\b",
    r",? (?:(?:của )?(?:năm )?(?:trước )?kỳ báo cáo|năm trước kỳ)",
    " của (?:chính phủ|thủ tướng|bộ|ubnd|ủy ban|hđnd|quốc hội|ban bí|bộ chính)",
)
# When the things are or were made that a bracket describes: `(hộ dự kiến di dời trong năm 2027)`.
_BRACKETED = words(
    r"\((?:(?:bao )?gồm )?(?:cả )?(?:các |những )?(?:dự án|công trình|hạng mục|gói thầu|nhiệm vụ|chức danh|đối tượng"
    r"|người|trường hợp|hộ|hồ sơ|tài sản|cơ sở|khoản|đơn vị|diện tích)(?: [^ .;:,()]+){0,2}?"
    r" (?:dự kiến|khi|đã|đang|chưa|phát sinh|chuyển tiếp|nghỉ"
    r"|(?:được|có) (?:giao|cấp|công nhận|phê duyệt|quyết định))\b"
    r"(?:(?!\b(?:hoàn thành|phải|xong|phấn đấu|báo cáo|gửi|nộp|trình)\b)[^()])*$"
)
# The time of what is reported or listed: `báo cáo kết quả thực hiện trong năm 2026`, `danh mục dự án … trong năm`.
_COVERED = words(
    r"\b(?:báo cáo|tổng hợp)(?: về)? (?:kết quả|tình hình|số liệu)"
    r"(?: (?!(?:trình|gửi|vào|tại|kỳ họp)\b)[^ ,;.:()]+){0,12} $"
    r"|\bdanh mục(?: [^ ;.:()]+){2,16} (?:triển khai|thực hiện|đầu tư|cần|ưu tiên|khởi công) $"
)
# `báo cáo kết quả phòng, chống dịch từ ngày … đến ngày …`: from when to when the report tells.
_REPORTED = words(
    r"\bbáo cáo(?: về)? (?:kết quả|tình hình|số liệu)\b(?:(?! (?:gửi|về|trình|hoàn thành|tổ chức) )[^.;:]){0,160} $"
)
_COLLECTED = words(
    r"^\W*(?:các )?(?:dữ liệu|số liệu|mẫu)\b[^.;,]{0,60}được (?:thu thập|lấy|thống kê|tổng hợp|ghi nhận|khảo sát) $"
)
_STANDARD = words(
    r"\b(?:chuẩn (?:hộ )?(?:cận )?nghèo|(?:theo|áp dụng)(?: các| những)?(?: bộ)?"
    r" (?:tiêu chí|tiêu chuẩn|quy chuẩn|chuẩn|định mức))(?: [^ ,.;:()0-9]+){0,8} $"
)
# What nobody is told to do, it only tells things and people apart: `nợ đọng phát sinh trước ngày 01/01/2027`.
_DESCRIBES = words(
    r"\w (?:"
    + one_of("""
    (?<!không )(?<!để )phát sinh, nghỉ hưu, nghỉ việc, thôi việc, xuất ngũ, hết hiệu lực:?
    tham gia bảo hiểm(?: xã hội| y tế)?
    """)
    + r") $"
)
# Things that a time picks out of all: `rà soát các công trình dự kiến khởi công trong năm 2027`.
_WHICH = words(
    r"\b(?:"
    + one_of("""
    rà soát, kiểm tra, thanh tra, kiểm toán, giám sát, quyết toán, thanh toán, danh mục, danh sách, đối với
    nghiệm thu, tháo gỡ, khắc phục, áp dụng cho
    áp dụng với, tổng hợp, thống kê, lựa chọn, thẩm định, của, công bố, theo dõi
    """)
    + r") (?:các|những|số|toàn bộ|một số) (?:"
    + one_of("""
    dự án, công trình, hạng mục, đề án, chương trình, văn bản, hồ sơ, hợp đồng, gói thầu, khoản, thửa đất, phương tiện
    tài sản, giấy phép, mô hình, hoạt động, nhiệm vụ
    """)
    + r")(?: (?!(?:phải|cần|sẽ|và|để|nhằm) )[^ .;:,()]+){0,8} (?:(?!(?:phải|cần|sẽ|và|để|nhằm) )[^ .;:,()]+ ){1,2}$"
    r"|\btiến độ(?: thi công| thực hiện)? các (?:dự án|công trình|hạng mục)(?: [^ .;:,()]+){0,6}"
    r" (?:có kế hoạch|dự kiến|đăng ký) (?:[^ .;:,()]+ ){1,2}$"
)
_PICKS_OUT = words(r" (?:hoàn thành|khởi công|triển khai|thực hiện|phê duyệt|ký kết|ban hành|tiếp nhận) $")
_LONGEST_STATE = 34

# Where a condition begins, and what shows that it is over: `Khi …, các xã …`, `Đối với … thì …`.
_BEGINS = r"(?:^\W*(?:(?:[0-9]+(?:\.[0-9]+)*|[a-zđ])[.)] *)?|, )(?:và )?"
_CONDITION = words(
    rf"{_BEGINS}(?:(?:trong|đối với|với) )?(?:(?:các|những|mọi) )?(?:trường hợp|nếu|khi)(?: (?!thì\b)[^ ,)]+)+ $"
)
_SUPPOSED = words(
    rf"{_BEGINS}(?:(?:trong|với) )?(?:(?:các|những|mọi) )?(?:trường hợp|nếu|khi|đối với)\b(?:(?! thì )[^)])*$"
)
_THEN = words(r"(?:(?! (?:trường hợp|nếu|khi) )[^.;:,()]){0,120},? thì ")
_COMMA = words(r"[^.;:,()]{0,100},")
_ORDERED = words(
    r"\b(?:phải|cần|có trách nhiệm|yêu cầu|đề nghị|báo cáo|gửi|nộp|trình|hoàn thành|xong|chậm nhất|tổ chức|ban hành)\b"
)
