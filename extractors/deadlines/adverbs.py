"""Adverbs of time: "thường xuyên kiểm tra" goes on and "hằng năm tổ chức …" recurs, while "chi thường xuyên" and
"kế hoạch hằng năm" only describe.

The words before tell the noun that is described, the words behind the act that is ordered; where neither speaks, the
adverb counts.
"""

from __future__ import annotations

import re

from extractors.deadlines.around import Around
from extractors.deadlines.compose import Phrase
from extractors.deadlines.wording import one_of, words


def goes_on(around: Around, phrase: Phrase) -> bool:
    """An adverb ("thường xuyên kiểm tra") goes on; an adjective ("chi thường xuyên") or a result only describes."""
    if _names_class(around) or _OF_A_MODE.search(around.clause):
        return False
    if _DIRECTS.match(around.after) and not _NO_ACTOR.search(around.clause):
        return True
    if _STANDING_NOUN.search(around.clause) or _STANDING_TASK.search(around.clause) or _RESULT.search(around.clause):
        return False
    if around.ends() and _BODY.search(around.clause):
        return False
    if _DESCRIBED.search(around.clause) and not (around.ends() or _TOLD.search(around.before)):
        return False
    if around.surface.lower() == "liên tục":
        return _CARRIED_ON.search(around.before) is not None
    if not around.opens() and _MANNER.match(around.after):
        return _TOLD.search(around.before) is not None or _TOLD_ACT.search(around.clause) is not None
    return not _DESCRIBES_AFTER.match(around.after)


def recurs(around: Around, phrase: Phrase) -> bool:
    """An adverb ("hằng năm tổ chức …") recurs; an adjective ("kế hoạch hằng năm") only describes."""
    if _describes(around, phrase) or _OF_PERIOD.search(around.before):
        return False
    if phrase.rule in ALWAYS_RECUR or (phrase.periodic and phrase.recurrence):
        return True
    if phrase.rule == "periodic" and _ISSUE.search(around.before):
        return False
    if phrase.lead == "thường xuyên" and not _STANDING_NOUN.search(around.clause):
        return True
    if phrase.rule == "ongoing-yearly" and _STANDING_NOUN.search(around.clause):
        return False
    if _NUMBER_FOLLOWS.match(around.after):
        return False
    if around.opens():
        return True
    if _GOODS.search(around.before) or _OF_OTHERS.search(around.before) or _OWNED.match(around.after):
        return False
    if phrase.rule == "periodic" and _BY_CUSTOM.search(around.before):
        return _BOTH_WAYS.match(around.after) is not None and _KIND_OF_INSPECTION.search(around.clause) is None
    if _two_ways_to_inspect(around, phrase):
        return False
    if _SHARE_OF_FUNDS.search(around.clause) or (_FUNDED.search(around.clause) and around.ends()):
        return True
    if around.clause.endswith(", ") and (_DIRECTS.match(around.after) or _ACT_FOLLOWS.match(around.after)):
        return True
    if phrase.rule == "periodic" and _JOINED.search(around.clause) and _ACT_FOLLOWS.match(around.after):
        return True
    if phrase.rule == "periodic" and _OF_A_MODE.search(around.clause):
        return False
    if _SUBJECT.search(around.clause) and _ACT_OF_BODY.match(around.after):
        return True
    if _ALSO_REPORTS.search(around.clause) or _reports(around):
        return True
    if noun := _last_noun(around.clause):
        act = _ACT.search(around.clause, noun.end())
        return act is not None and (act[0] != "xây dựng" or act.start() > noun.end() + 1)
    return True


def _reports(around: Around) -> bool:
    """Whether somebody is to report so often: `Theo dõi ca bệnh và báo cáo hằng ngày`, not `lập báo cáo hằng ngày`."""
    if not around.clause.lower().endswith("báo cáo "):
        return False
    said = around.clause[: -len("báo cáo ")]
    if _HEAD_OF_CLAUSE.fullmatch(said):
        names = said == around.before[: -len("báo cáo ")] and not around.after.strip(" .;")
        return not names and _KIND_OF_REPORT.match(around.after) is None
    if _TOLD_TO_REPORT.search(said):
        return True
    if _JOINED.search(said):
        return _ACT_BEFORE_REPORT.search(said) is not None and _PAPERS.search(said) is None
    return _SUBJECT.search(said) is not None and _GETS_REPORT.search(said) is None


def _two_ways_to_inspect(around: Around, phrase: Phrase) -> bool:
    """Whether a noun has both: `kế hoạch kiểm tra định kỳ và đột xuất`; `Kiểm tra định kỳ hoặc đột xuất` orders."""
    if phrase.rule != "periodic" or not _BOTH_WAYS.match(around.after) or not _INSPECTION.search(around.before):
        return False
    return _KIND_OF_INSPECTION.search(around.clause) is not None


def _describes(around: Around, phrase: Phrase) -> bool:
    """Whether the recurrence belongs to a thing: to what a report covers, what is measured, how people live."""
    if _OF_A_REPORT.match(around.after) or _names_class(around):
        return True
    if _OF_A_NAME.search(around.clause) or _GRADED.search(around.clause):
        return True
    if _MEASURED.match(around.after) and (_QUANTITY.search(around.before) or _INDICATOR.match(around.clause)):
        return True
    if phrase.rule == "every" and _RATED.match(around.after) and _RATE.search(around.clause):
        return True
    if phrase.rule == "periodic" and _CHECK_UP.search(around.before):
        return True
    if phrase.recurrence == "FREQ=DAILY" and _HABIT.search(around.clause) and not _ACT.search(around.clause):
        return True
    return _REACHED.search(around.clause) is not None


def _names_class(around: Around) -> bool:
    """Whether a line only names a class of tasks: `3. Nhiệm vụ thường xuyên`, `Các hoạt động hằng năm, lâu dài`."""
    if not _CLASS_ENDS.match(around.after):
        return False
    return _CLASS.fullmatch(around.before) is not None or _KIND_OF_WORK.fullmatch(around.before) is not None


def _last_noun(clause: str) -> re.Match[str] | None:
    nouns = list(_YEARLY_NOUN.finditer(clause))
    return nouns[-1] if nouns else None


ALWAYS_RECUR = frozenset({
    "narrowed", "bounded", "day-of-month", "hour-of-day", "weekday", "every-so-often", "times-a-period",
    "times-per-period", "periodic-count", "periodic-unit",
})  # fmt: skip

# A class of tasks that a heading names; `Thực hiện nhiệm vụ thường xuyên` orders something and is none.
# What is fixed for a period and each year of it: `hạn ngạch cho giai đoạn đến năm 2030 và hằng năm`.
_OF_PERIOD = words(r"(?<!trong )\bgiai đoạn [^,.;:]{2,30} và $")
_CLASS = words(
    r"\W*(?:(?:[0-9]+(?:\.[0-9]+)*|[ivx]+|[a-zđ])[.)/] *)?(?:về |các |những |nhóm |một số )*"
    r"(?:nhiệm vụ|công việc|hoạt động|giải pháp|nội dung|công tác|phần việc|việc)"
    r"(?: (?!phải|cần|được|thực hiện)[^ .;:,0-9]+){0,6}(?:, (?:[^ .;:,0-9]+ ?){1,3}){0,2},? "
)
# A heading that names a kind of work: `3. Quan trắc thường xuyên`, `Điều 7. Mua sắm thường xuyên`.
_KIND_OF_WORK = words(
    r"(?:(?:điều|mục|chương|phần) )?(?:[0-9]+(?:\.[0-9]+)*|[ivx]+)[.)/:] *"
    r"(?:giám sát|kiểm tra|thanh tra|quan trắc|bảo trì|bảo dưỡng|sửa chữa|mua sắm|báo cáo|công khai|thông tin)"
    r"(?: [^ .;:,0-9]+){0,4} "
)
_CLASS_ENDS = words(
    r"(?:,? (?:và |hoặc )?(?:lâu dài|đột xuất|khác|trọng tâm|hằng năm|hàng năm|định kỳ|thường xuyên))*"
    r"(?: (?:theo|của) [^.;:]{0,60})?[\s:.]*$"
)
# What "thường xuyên" and "hằng năm" only describe.
_STANDING_NOUN = words(
    r"\b"
    + one_of("""
    ch[iỉ], kinh phí, giám sát môi trường, ngân sách, giáo dục, đào tạo, (?:các|những|mọi|ngoài) nhiệm vụ, dạy nghề
    bồi dưỡng, dự toán, nguồn, vốn, công việc, không, hoạt động, trực tiếp, tự động, lao động, nơi, nhu cầu, cơ quan
    bảo dưỡng, sửa chữa(?: nhỏ| lớn)?, lịch, mua sắm, liên lạc, quan trắc, bảo trì, lực lượng, cư trú, sinh sống
    công tác, lĩnh vực, định mức, khoản
    """)
    + r"[ ,]*$|\b(?:chương trình|phong trào|việc làm|hành động)(?: [^ ,]+){0,5},? $|phối hợp chặt chẽ, $"
    + r"|\bcông tác(?: [^ ,]+){1,4} $"
)
# A body of people or a source that is there at all times: `Xây dựng lực lượng tuần tra thường xuyên.`
_BODY = words(r"\b(?:lực lượng|đội ngũ|nguồn|mức)(?: (?!phải|cần|sẽ)[^ ,]+){1,3} $")
_DOES = "(?:được|phải|cần|tiến hành|thực hiện|diễn ra|duy trì|tổ chức) "
# In which manner something is done: `chế độ báo cáo thường xuyên, định kỳ`, `hình thức quan trắc tự động, định kỳ`.
_OF_A_MODE = words(
    rf"\b(?:công tác(?: (?!và |{_DOES})[^ .;:,()]+){{1,6}}"
    rf"|(?:chế độ|hình thức|phương thức)(?:,? (?!và |{_DOES})[^ .;:,()]+){{1,8}}),? "
    r"(?:(?:thường xuyên|liên tục|định kỳ|đột xuất)(?:,| và| hoặc) )+$"
    rf"|^\W*(?:[a-zđ]\) *|[0-9]+[.)] *)?(?:chế độ|hình thức|phương thức)(?:,? (?!{_DOES})[^ .;:,()]+){{1,8}} $"
)
# `Xác định đây là nhiệm vụ trọng tâm, thường xuyên`.
_STANDING_TASK = words(
    r"(?<=[\w,] )(?:nhiệm vụ|việc làm)(?: (?:trọng tâm|quan trọng|chính trị|hàng đầu|cấp bách|cơ bản|cần thiết))*,? $"
)
_DESCRIBED = words(
    r"\b(?:người|nơi|hộ|xã|khu vực|vùng|hộp thư điện tử|thân nhân|đối tượng) (?:[^,;]{0,20} )?(?:và |mà )?$"
)
_RESULT = words("(?<!phải )(?<!cần )được (?:[^,;]{0,40}, )?(?:[^ ,;]+ ){1,3}$")
_CARRIED_ON = words("(?:thực hiện|triển khai|duy trì|cập nhật|tổ chức|tiến hành|vận hành) $")
_DESCRIBES_AFTER = words(
    " "
    + one_of("""
    quan hệ, tiếp xúc
    sử dụng trong, sinh sống, cư trú, xảy ra, phát sinh, ảnh hưởng, bị, của, bộ máy, ngân sách, hoạt động (?:để|trong)
    tại việt, đi qua, được, (?:hoặc|hay|và) (?:lâm thời|tạm thời|thời vụ|một lần|sử dụng một lần)
    """)
    + r"\b"
)
_MANNER = words(", (?:lâu dài|sâu rộng|hiệu quả|chặt chẽ|kịp thời)")
# Somebody is told to act in this manner: `có trách nhiệm thường xuyên, kịp thời cung cấp thông tin`.
_TOLD = words(r"\b(?:trách nhiệm|nhiệm vụ là|phải|cần|tiếp tục) $")
# … or told an act: `phải kiểm tra thường xuyên, chặt chẽ`.
_TOLD_ACT = words(r"\b(?:phải|cần) (?:được )?(?!bảo đảm|đảm bảo|phối hợp)(?:[^ .,;:]+ ){1,3}$")
_DIRECTS = words(
    " (?:có |tiến hành )?"
    + one_of("""
    kiểm tra, giám sát, rà soát, theo dõi, cập nhật, đôn đốc, tổng hợp, báo cáo, tuyên truyền, phối hợp, nắm
    """)
    + r"\b(?! (?:thuế|nhà nước))"
)
_NO_ACTOR = words(r"\b(?:ch[iỉ]|kinh phí|giáo dục|được|nơi|công tác|nhiệm vụ|hoạt động)[ ,]*$|phối hợp chặt chẽ, $")
_FUNDED = words("\\bbố trí (?:đủ |đầy đủ )?(?:nguồn )?(?:vốn|kinh phí|ngân sách|dự toán) $")
# `… và định kỳ báo cáo`: an act of its own begins.
_JOINED = words(r"(?:^|,|;| và| phải| trách nhiệm) $")
_BY_CUSTOM = words("(?:theo|chế độ|chế độ (?:thông tin, )?báo cáo) $")
_KIND_OF_INSPECTION = words(
    r"\b(?:chế độ|công tác|kế hoạch|hình thức|phương thức|kết quả|hoạt động|quy trình|(?:các|những) (?:cuộc|đợt))\b"
)
# Two ways to inspect: `kế hoạch thanh tra, kiểm tra định kỳ và đột xuất`.
_BOTH_WAYS = words(" (?:và|hoặc|hay) đột xuất")
_INSPECTION = words(r"\b(?:kiểm tra|thanh tra|giám sát|khảo sát|hậu kiểm) $")
# The period that a report covers: `Thời gian báo cáo định kỳ hằng năm tính từ ngày 15/12 năm trước …`.
_OF_A_REPORT = words(" (?:được )?tính từ ")
# Leave, forms of papers, plans for a year beside those for more: `được nghỉ hằng năm`, `kế hoạch 5 năm và hằng năm`.
_OF_A_NAME = words(
    r"\b(?:nghỉ(?: phép)?|(?:biểu )?mẫu(?: biểu)? báo cáo"
    r"|(?:phương án|nghị quyết|chương trình|kế hoạch)(?: [^ .;:,]+){0,14} (?:0?5|năm|mười|10) năm(?:,| và)) $"
)
# What a work is graded by: `là tiêu chí đánh giá, xếp loại thi đua hằng năm`.
_GRADED = words(
    r"\b(?:tiêu chí|căn cứ|cơ sở|gắn (?:liền )?với)(?: (?:để|trong|quan trọng|việc|công tác|bình|một))*"
    r" (?:đánh giá|xếp loại|bình xét|phân loại|thi đua|xếp hạng)\b(?:,? [^ .;:,()]+){0,12} (?<! và )$"
)
# A share of the budget that is to be given each year: `dành tối thiểu 1% chi ngân sách hằng năm cho …`.
_SHARE_OF_FUNDS = words(
    r"\b(?:bố trí|dành|cân đối|phân bổ|chi)\b[^.;,]{0,40}[0-9] ?%[^.;,]{0,60}\b(?:ngân sách|chi)(?: [^ .;,]+){0,3} $"
)
# An examination, not a time: `người cao tuổi được khám sức khỏe định kỳ`, `ấn phẩm định kỳ`.
_CHECK_UP = words(
    r"\b(?:khám(?: (?:sức khỏe|sức khoẻ|bệnh|thai|sàng lọc|mắt|răng|tổng quát))+|kiểm tra sức kh(?:ỏe|oẻ)"
    r"|ấn phẩm|tạp chí|lương) $"
)
# How people live: `ăn rau hằng ngày`, `khẩu phần ăn hàng ngày của trẻ`.
_HABIT = words(
    r"\b(?:ăn|uống|bữa ăn|khẩu phần|thực đơn|tiêu thụ|tiêu dùng|sử dụng|dùng|rau quả|sữa|muối|gia vị|tập luyện"
    r"|luyện tập|vận động thể lực|hoạt động thể lực|đi lại|sinh hoạt|lao động|sản xuất|công việc)(?: [^ .;:,]+){0,6} $"
)
# What a share counts: `Tỷ lệ hộ dùng nước sạch hằng ngày đạt 90%`.
_INDICATOR = words(
    r"\W*(?:(?:[0-9]+(?:\.[0-9]+)*|[a-zđ])[.)] *)?(?:(?:đến|trong|phấn đấu|năm|hết|[0-9]{4}),? )*"
    r"(?:t[ỷỉ] (?:lệ|trọng|suất)|số(?! hóa)|mức|tổng|lượng|bình quân|[0-9.,]+ ?%)\b"
)
# What has come about already: `đến nay 100% hồ chứa đã được kết nối, cung cấp dữ liệu hằng ngày`.
_REACHED = words(r"\b(?:đến nay|hiện nay|thời gian qua)[^.;]{0,160} (?:đã|được) ")
# A rate, not a time: `khối lượng mỗi tháng tăng ít nhất 20%`.
_MEASURED = words(" (?:đạt|tăng|giảm|không (?:quá|dưới)|còn) ")
_QUANTITY = words(r"\b(?:sản lượng|doanh thu|giá trị|số lượng|tỷ lệ|khối lượng|năng suất|công suất|mức|thu nhập) $")
# How much of something there is each year: `các lò có lượng tro hằng năm từ 300 tấn trở lên`.
_RATE = words(
    r"\b(?:mức|lượng|khối lượng|sản lượng|công suất|quy mô|doanh thu|lưu lượng|thu nhập|tiêu thụ|phát thải|phát sinh)"
    r"(?: (?!và )[^ .;:,]+){0,6} $"
)
_RATED = words(r" (?:từ|trên|dưới|hơn|khoảng|bình quân|trung bình)(?: khoảng)? [0-9][0-9.,]* ")
# Papers and systems that come out or run at intervals, without anybody's being told to see to it.
_ISSUE = words(r"\b(?:bản tin|chuyên mục|chuyên trang|ấn phẩm|quy trình(?: [^ ,;]+){0,3}|tự động,? liên tục và) $")
_NUMBER_FOLLOWS = re.compile(" [0-9]")
_GOODS = words(
    r"\b(?:sinh hoạt|đời sống|cuộc sống|nhu cầu"
    r"|mặt|cây|cây trồng|cửa|khách|gian|đơn|bán|nhập|xuất|ngân|kiện|lô|giao|mua|chở|kho) $"
)
_OF_OTHERS = words(
    r"(?:(?:\bdo|\b(?:theo|bằng) [^.;]{3,80} được) [^,;]{3,60} (?:công bố|ban hành|quy định|thông báo)"
    r"|\bphát sinh|\bvăn bản hướng dẫn) $"
)
_OWNED = words(" (?:của (?:các )?(?:sở|đơn vị|ngành|tỉnh|địa phương|cơ quan|bộ|hội đồng)|đã |còn )")
_YEARLY_NOUN = words(
    r"\b"
    + one_of("""
    kế hoạch, nghị quyết, dự toán, ngân sách, nhu cầu, kinh phí, chương trình, nguồn vốn, vốn, trung hạn, chế độ
    nhiệm vụ, lộ trình, đánh giá thi đua, chi phí
    trợ cấp, lương, phụ cấp, học bổng, thù lao, tiền (?:ăn|công|thuê|trực), trả tiền
    tăng thu, tiết kiệm chi
    doanh thu, tốc độ, tăng trưởng, năng suất, quyết toán, công tác, báo cáo(?= $), bình quân, số liệu
    bảng giá, giá đất, chi thường xuyên, danh mục
    """)
    + r"\b"
)
_ACT = words(
    r"\b"
    + one_of("""
    bố trí, duy trì, nâng cao, đánh giá, xếp hạng, tổ chức, thay thế, bổ sung, gửi, ban hành, rà soát, kiểm tra, trình
    tổng hợp, báo cáo, cập nhật, công bố, kiện toàn, sơ kết, tổng kết, xây dựng, thẩm định
    """)
    + r"\b"
)
# One act more: `Kiểm tra, đánh giá và báo cáo hằng năm`.
_ALSO_REPORTS = words(r"\b(?:đánh giá|kiểm tra|giám sát|theo dõi|rà soát|tổng hợp|thống kê) và báo cáo $")
# What stands before `báo cáo` where that is an act: nothing, an order, acts beside it; and where it is a paper.
_HEAD_OF_CLAUSE = words(r"\W*(?:(?:[0-9]+(?:\.[0-9]+)*|[a-zđ])[.)/] *)?(?:(?:và|đồng thời),? )?")
_KIND_OF_REPORT = words(r" ?[:(]|,? (?:của|đối với|được|gồm|bao gồm|là|và báo cáo)\b")
_TOLD_TO_REPORT = words(r"\b(?:phải|cần|trách nhiệm|nhiệm vụ) $")
_ACT_BEFORE_REPORT = words(
    r"\b"
    + one_of("""
    giám sát, theo dõi, thống kê, đôn đốc, kiểm tra, rà soát, tổng hợp, cập nhật, đánh giá, tổ chức, thực hiện, quản lý
    nắm, phân tích, xử lý, hướng dẫn, chỉ đạo, triển khai, điều tra, thu thập, kiểm soát, quan trắc, tiếp nhận, phối hợp
    khắc phục, ứng phó, phòng chống, thông tin, tham mưu, thanh tra, đối chiếu, lấy mẫu, trực, kiểm đếm
    """)
    + r"\b"
)
_PAPERS = words(
    r"\b(?:chế độ|lập|xây dựng|soạn thảo|gửi|nộp|trình|hoàn thành|hoàn thiện|mẫu|công tác|công khai|hệ thống|nội dung"
    r"|(?:các|những|mọi) (?:kế hoạch|số liệu|thông tin|dữ liệu|văn bản|hồ sơ|biểu mẫu|loại|báo cáo))"
    r"(?:,? (?!tại |ở )[^ .;:,()]+){0,4}(?:,| và) $|\b(?:kế hoạch|số liệu|hồ sơ|sổ sách|biểu mẫu)(?:,| và) $"
)
_GETS_REPORT = words(
    r"\b(?:gửi|nộp|trình|cho|với|của|về|tới|đến|theo|trong)(?: các)? "
    r"(?:(?:sở|bộ|ủy ban|uỷ ban|ubnd|hđnd|hội|ban|phòng|cục|chi cục|công an|viện|trung tâm)\b)(?: [^ .;:,()]+){1,7} $"
)
# Between a body and its verb it is an adverb, whatever stands before: `… kế hoạch, cùng Sở Y tế hằng năm bố trí vốn`.
_SUBJECT = re.compile(
    r"(?<!của )(?<!do )(?<!tại )(?<!\w)(?:Sở|Bộ|Ủy ban|Uỷ ban|UBND|HĐND|Hội|Ban|Phòng|Cục|Chi cục|Công an|Viện"
    r"|Trung tâm)(?: [^ .;:,()]+){1,7} $"
)
_ACT_OF_BODY = words(
    " (?:"
    + one_of("""
    bố trí, lập, xây dựng, phê duyệt, phân bổ, cân đối, tham mưu, xem xét, rà soát, tổ chức, báo cáo, tổng hợp
    kiểm tra, đánh giá, công bố, ban hành, cập nhật
    """)
    + r")\b"
)
_ACT_FOLLOWS = words(
    " (?:"
    + one_of("""
    tổ chức, gửi, ban hành, rà soát, kiểm tra, trình, tổng hợp, báo cáo, cập nhật, công bố, sơ kết, tổng kết, thẩm định
    đánh giá, đo lường, theo dõi, đôn đốc, giám sát, thống kê, thông báo, tham mưu, đo, khảo sát
    """)
    + r")\b"
)
