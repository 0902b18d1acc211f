"""Context: what makes a time expression no deadline.

"Nghị quyết số 15/NQ-CP ngày 05/3/2020" dates a resolution, "Quy hoạch … đến năm 2030" names a plan, "ngân sách hằng
năm" describes a budget. Strong words ("trước ngày", "trong quý", "đến hết") need an exclusion to be dropped; a bare
year or date is dropped unless its place speaks for it, since texts are full of years that bind nobody.
"""

from __future__ import annotations

import re
from datetime import date

from extractors.deadlines.compose import Phrase
from extractors.deadlines.wording import one_of


def is_deadline(text: str, phrase: Phrase, *, issued: date | None) -> bool:
    """True when the words around *phrase*, a find in running text, leave it a deadline."""
    around = _Around(text, phrase)
    if phrase.kind in {"ongoing", "recurring"}:
        manner = _goes_on if phrase.kind == "ongoing" else _recurs
        return manner(around, phrase) and not _PAPER_TITLE.search(around.before)
    if phrase.kind == "conditional":
        return not _NOT_AWAITED.search(around.before)
    if phrase.kind == "relative":
        return not (_NOT_AWAITED.search(around.before) or _VALID.search(around.before))
    if any(pattern.search(around.before) for pattern in _BEFORE):
        return False
    if phrase.kind == "during" and (_GIVEN if phrase.lead else _SUMMED_UP).search(around.before):
        return False
    if any(pattern.match(around.after) for pattern in _AFTER):
        return False
    return not _is_past(around, phrase, issued) and _binds(around, phrase, issued)


def stands_in_cell(text: str, phrase: Phrase) -> bool:
    """True unless the cell speaks of something else: "Theo kế hoạch bồi dưỡng hằng năm", "chi thường xuyên"."""
    around = _Around(text, phrase)
    if phrase.kind == "ongoing":
        return not _SPENDING.search(around.before)
    if phrase.kind == "recurring" and phrase.rule not in _ALWAYS_RECUR:
        return not _BY_A_PLAN.search(around.clause)
    return True


class _Around:
    """The line around a phrase: `before` and `after` it, `clause` what stands before it since the last stop.

    `surface` is the phrase itself, `line` its line up to its end.
    """

    __slots__ = ("after", "before", "clause", "line", "surface")

    def __init__(self, text: str, phrase: Phrase) -> None:
        begin = text.rfind("\n", max(0, phrase.start - _REACH), phrase.start) + 1 or max(0, phrase.start - _REACH)
        end = text.find("\n", phrase.end, phrase.end + _REACH)
        self.surface = text[phrase.start : phrase.end]
        self.before = text[begin : phrase.start]
        self.after = text[phrase.end : end if end >= 0 else phrase.end + _REACH]
        self.clause = _CLAUSE_START.split(self.before)[-1]
        self.line = self.before + self.surface

    def opens(self) -> bool:
        """True when the phrase stands at the head of its clause, behind no more than "phấn đấu" or a label."""
        return _HEAD_OF_CLAUSE.fullmatch(self.clause) is not None


# --- intervals ------------------------------------------------------------------------------------------------------


def _binds(around: _Around, phrase: Phrase, issued: date | None) -> bool:
    """True for a strong preposition, and for a weak one in a place that speaks for it."""
    moment = phrase.moment
    if moment is None:
        return False
    if phrase.kind == "from" and _IN_FORCE.search(around.before):
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


def _year_binds(around: _Around, phrase: Phrase) -> bool:
    """Years need most: they name plans, budgets and horizons more often than they bind."""
    if phrase.moment and phrase.moment.year is None:
        return phrase.kind == "by" and not _SOME_YEAR.match(around.after)
    if _annex_title(around.line) or _FIVE_YEARS.match(around.surface):
        return False
    if phrase.rule == "open-end" and "nay" in phrase.lead:
        return around.opens()
    if phrase.kind == "by" and _DUE.search(phrase.lead):
        return True
    if phrase.kind == "during" and _INSIDE.search(phrase.lead):
        return True
    single = phrase.moment is not None and phrase.moment.last_year is None
    if single and not phrase.lead and phrase.kind == "during":
        if _DIRECTIVE.search(around.before) or (around.opens() and _GOES_ON.match(around.after)):
            return True
        reaches = (_GROWS if around.opens() else _REACHES).match(around.after)
        return reaches is not None and not _PLAN_NOUN.search(around.clause)
    return around.opens() or _SAYS.search(around.clause) is not None or not _PLAN_NOUN.search(around.clause)


def _annex_title(line: str) -> bool:
    """True in a line of capitals without label: the title of the plan or of an annex, unless it heads the goals."""
    return line.isupper() and not _LABELLED.match(line) and "MỤC TIÊU" not in line


def _is_past(around: _Around, phrase: Phrase, issued: date | None) -> bool:
    if issued and phrase.kind == "from" and phrase.first and phrase.first.year < issued.year:
        return True
    if issued and phrase.kind in {"by", "during"} and phrase.last and phrase.last < issued:
        return True
    return bool(_DONE_AFTER.match(around.after) or _DONE_BEFORE.search(around.before))


# --- adverbs of time ------------------------------------------------------------------------------------------------


def _goes_on(around: _Around, phrase: Phrase) -> bool:
    """An adverb ("thường xuyên kiểm tra") goes on; an adjective ("chi thường xuyên") or a result only describes."""
    if _DIRECTS.match(around.after) and not _NO_ACTOR.search(around.clause):
        return True
    if _STANDING_NOUN.search(around.clause) or _RESULT.search(around.clause):
        return False
    if _DESCRIBED.search(around.clause) and not _ENDS.match(around.after):
        return False
    if around.surface.lower() == "liên tục":
        return _CARRIED_ON.search(around.before) is not None
    if not around.opens() and _MANNER.match(around.after):
        return False
    return not _DESCRIBES_AFTER.match(around.after)


def _recurs(around: _Around, phrase: Phrase) -> bool:
    """An adverb ("hằng năm tổ chức …") recurs; an adjective ("kế hoạch hằng năm") only describes."""
    if phrase.rule in _ALWAYS_RECUR or (phrase.periodic and phrase.recurrence):
        return True
    if phrase.lead == "thường xuyên" and not _STANDING_NOUN.search(around.clause):
        return True
    if phrase.rule == "ongoing-yearly" and _STANDING_NOUN.search(around.clause):
        return False
    if _NUMBER_FOLLOWS.match(around.after):
        return False
    if around.opens():
        return True
    if _GOODS.search(around.before) or _OWNED.match(around.after):
        return False
    if phrase.rule == "periodic" and _BY_CUSTOM.search(around.before):
        return False
    if _FUNDED.search(around.clause) and _ENDS.match(around.after):
        return True
    if around.clause.endswith(", ") and _DIRECTS.match(around.after):
        return True
    if noun := _last_noun(around.clause):
        act = _ACT.search(around.clause, noun.end())
        return act is not None and (act[0] != "xây dựng" or act.start() > noun.end() + 1)
    return True


def _last_noun(clause: str) -> re.Match[str] | None:
    nouns = list(_YEARLY_NOUN.finditer(clause))
    return nouns[-1] if nouns else None


# --- tables ---------------------------------------------------------------------------------------------------------

_REACH = 200
_ALWAYS_RECUR = frozenset({
    "narrowed", "bounded", "day-of-month", "weekday", "every-so-often", "times-a-period", "times-per-period",
    "periodic-count", "periodic-unit",
})  # fmt: skip


def _words(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


# Where a clause begins, and what may stand before a time at its head.
_CLAUSE_START = re.compile(r"[.;:|](?= |$)|[(\t]")
_LEADING_IN = one_of(
    "phấn đấu, mục tiêu, cụ thể, trong đó, riêng, trước mắt, và, từ nay, thời gian, hoàn thành, thực hiện, xong"
)
_HEAD_OF_CLAUSE = _words(rf"\W*(?:(?:\d+|[a-zđ])[.)] *)?(?:{_LEADING_IN}[ ,:]*)*")
_LABELLED = re.compile(
    r"\W*(?:(?:[0-9]{1,2}|[IVX]{1,5}|[A-ZĐ]|PHẦN [^ ]+|MỤC [^ ]+)[.):]|ĐẾN |TỪ |GIAI |TRONG |NĂM |CHỈ TIÊU CHỦ YẾU)"
)

# What speaks for a time.
_IN_FORCE = _words("(?:hiệu lực(?: thi hành)?|giai đoạn) $")
_STARTING = _words(r"(?:ngay )?(?:kể |bắt đầu )?từ")
_SOME_YEAR = _words(" (?:học|kế hoạch|tài chính|ngân sách|trước|sau|[0-9])")
_REACHES = _words(" (?:phấn đấu )?(?:đạt|còn|là|chiếm)(?: [^ ,;.0-9]+){0,4} [0-9]")
_GROWS = _words(" (?:phấn đấu )?(?:đạt|còn|là|chiếm|có|tăng|giảm)(?: [^ ,;.0-9]+){0,4} [0-9]")
_SAYS = _words(
    r"(?:\btheo (?:[^,;]{2,60}), |\bđặt (?:ra )?(?:các )?mục tiêu |\b(?:nêu rõ|xác định|đề ra|dự kiến|phấn đấu),? )$"
)
_DUE = _words(r"hết|trước|nhất|cuối|không")
_INSIDE = _words(r"trong|vào")
_GOES_ON = _words(r" ?[,:.;)|]|$| (?:và|hoàn thành|tổ chức|triển khai|thực hiện|phấn đấu)")
_DIRECTIVE = _words(
    one_of("""
    hoàn thành, thực hiện, triển khai, xong, ban hành, tổ chức, khởi công, nghiệm thu, tiến hành, thời gian, diễn ra
    dự kiến, bắt đầu, sử dụng, vận hành, khánh thành, khai mạc, kỳ họp
    """)
    + "[:,]? $"
)

# What a time only names.
_PLAN_NOUN = _words(
    r"\b"
    + one_of("""
    kế hoạch, quy hoạch, chiến lược, chương trình, đề án, dự án, nghị quyết, quyết định, chỉ thị, nghị định, thông tư
    kết luận, luật, phương án, dự toán, kinh phí, ngân sách, nguồn vốn, nhiệm kỳ, đại hội, báo cáo, danh mục, hướng dẫn
    định hướng
    """)
    + r"\b"
)
_PAPER = one_of("""
    luật, nghị quyết, quyết định, chỉ thị, nghị định, thông tư, công văn, kế hoạch, kết luận, thông báo, tờ trình
    công điện, văn bản
""")
_DOCUMENT = _words(rf"(?:\b(?:số|{_PAPER})\b[^.;]{{0,60}},? $|(?:ký|ban hành|căn cứ) $|[A-ZĐ]{{2,}}[0-9]*,? $)")
_FIVE_YEARS = _words("(?:0?5|năm) năm [12]")
_BEFORE = (
    _words("(?:tầm nhìn|định hướng) $"),
    _words("(?:tính từ ngày|(?:chốt|lấy) số liệu)[^.;]{0,80}$"),
    _words("(?:tính|tính từ|lũy kế|thời điểm|cùng kỳ|so với|bằng|hơn|khóa|niên độ) (?:kể )?$"),
    _words("(?:thực hiện|các|thắng lợi|thành công) mục tiêu $"),
    _words(rf"\b{_PAPER} (?:số )?[0-9][^ ;]{{0,30}}(?: [A-ZĐ&\-]{{2,20}})?,? $"),
)
_SUMMED_UP = _words(
    "(?:sơ kết|tổng kết|kết quả|số liệu|tình hình|đánh giá|thành tựu|kế hoạch|quyết toán|số liệu thực hiện) $"
)
_GIVEN = _words(r"(?<!phải )\b(?:được|đã) (?:giao|phê duyệt|ban hành|thông qua|ký kết) $")
_AFTER = (
    _words(" (?:đến nay|trở về trước|trở lại đây)\\b"),
    _words(r":? [0-9.,]+ ?(?:đ|đồng|tỷ|triệu)\b"),
    _words(" vào (?:năm|cuối|quý|tháng)"),
    _words(r",? (?:và )?(?:tầm nhìn|định hướng)\b"),
    _words(" của (?:chính phủ|thủ tướng|bộ|ubnd|ủy ban|hđnd|quốc hội|ban bí|bộ chính)"),
)
_DONE_AFTER = _words(",? (?:đã |(?:[^.;,|]{0,40} )?(?:đã (?!đề ra|nêu|xác định|giao|được giao|được phê)|ghi nhận ))")
_DONE_BEFORE = _words(
    r"\bđã (?:được )?(?:cơ bản )?"
    + one_of("hoàn thành, ban hành, triển khai, thực hiện, tổ chức, đạt, phê duyệt, giao, đề ra, xác định")
    + "[^.;]{0,60}$"
)
_NOT_AWAITED = _words("(?:tiếp diễn|liên tiếp|trong suốt|hình thành|chủ rừng|trước) $")
_VALID = _words(
    r"(?:hiệu lực(?: thi hành)?(?: [^ .;,]+){0,3}|thời hạn (?:hoạt động|sử dụng|hiệu lực)[^.;,]{0,30}) \(?$"
)
_PAPER_TITLE = _words(
    rf"\b{_PAPER} số [^ ;]+ [^;]{{0,80}}?\b(?:hướng dẫn|quy định|về|phê duyệt|ban hành)\b"
    "(?: (?!để|nhằm|và|tổ)[^ ,;.]+){1,12} $"
)

# What "thường xuyên" and "hằng năm" only describe.
_STANDING_NOUN = _words(
    r"\b"
    + one_of("""
    ch[iỉ], kinh phí, giám sát môi trường, ngân sách, giáo dục, đào tạo, (?:các|những|mọi|ngoài) nhiệm vụ, dạy nghề
    bồi dưỡng, dự toán, nguồn, vốn, công việc, không, hoạt động, trực tiếp, tự động, lao động, nơi, nhu cầu, cơ quan
    bảo dưỡng, sửa chữa, liên lạc, quan trắc, bảo trì, lực lượng, cư trú, sinh sống, công tác, lĩnh vực, định mức, khoản
    """)
    + r"[ ,]*$|\b(?:chương trình|phong trào|việc làm|hành động)(?: [^ ,]+){0,5},? $|phối hợp chặt chẽ, $"
)
_DESCRIBED = _words(
    r"\b(?:người|nơi|hộ|xã|khu vực|vùng|hộp thư điện tử|thân nhân|đối tượng) (?:[^,;]{0,20} )?(?:và |mà )?$"
)
_RESULT = _words("(?<!phải )(?<!cần )được (?:[^,;]{0,40}, )?(?:[^ ,;]+ ){1,3}$")
_CARRIED_ON = _words("(?:thực hiện|triển khai|duy trì|cập nhật|tổ chức|tiến hành|vận hành) $")
_DESCRIBES_AFTER = _words(
    " "
    + one_of("""
    sử dụng trong, sinh sống, cư trú, xảy ra, phát sinh, ảnh hưởng, bị, của, bộ máy, ngân sách, hoạt động (?:để|trong)
    tại việt, đi qua, được
    """)
    + r"\b"
)
_MANNER = _words(", (?:lâu dài|sâu rộng|hiệu quả|chặt chẽ|kịp thời)")
_DIRECTS = _words(
    " "
    + one_of("""
    kiểm tra, giám sát, rà soát, theo dõi, cập nhật, đôn đốc, tổng hợp, báo cáo, tuyên truyền, phối hợp, nắm
    """)
    + r"\b(?! (?:thuế|nhà nước))"
)
_NO_ACTOR = _words(r"\b(?:ch[iỉ]|kinh phí|giáo dục|được|nơi|công tác|nhiệm vụ|hoạt động)[ ,]*$|phối hợp chặt chẽ, $")
_ENDS = re.compile(r" ?(?:[.;,)|]|$|\n)")
_FUNDED = _words("\\bbố trí (?:đủ |đầy đủ )?(?:nguồn )?(?:vốn|kinh phí|ngân sách|dự toán) $")
_SPENDING = _words(r"\b(?:chi|kinh phí|ngân sách) $")
_BY_A_PLAN = _words(r"\b(?:theo|kế hoạch|chương trình) ")
_BY_CUSTOM = _words("(?:theo|chế độ|chế độ (?:thông tin, )?báo cáo) $")
_NUMBER_FOLLOWS = re.compile(" [0-9]")
_GOODS = _words(
    r"\b(?:sinh hoạt|đời sống|cuộc sống|nhu cầu"
    r"|mặt|cây|cây trồng|cửa|khách|gian|đơn|bán|nhập|xuất|ngân|kiện|lô|giao|mua|chở|kho) $"
)
_OWNED = _words(" (?:của (?:các )?(?:sở|đơn vị|ngành|tỉnh|địa phương|cơ quan|bộ|hội đồng)|đã |còn )")
_YEARLY_NOUN = _words(
    r"\b"
    + one_of("""
    kế hoạch, nghị quyết, dự toán, ngân sách, kinh phí, chương trình, nguồn vốn, vốn, trung hạn, chế độ, nhiệm vụ
    trợ cấp, lương, doanh thu, tốc độ, tăng trưởng, năng suất, quyết toán, công tác, báo cáo(?= $), bình quân, số liệu
    bảng giá, giá đất, chi thường xuyên, danh mục
    """)
    + r"\b"
)
_ACT = _words(
    r"\b"
    + one_of("""
    bố trí, duy trì, nâng cao, đánh giá, xếp hạng, tổ chức, thay thế, bổ sung, gửi, ban hành, rà soát, kiểm tra, trình
    tổng hợp, báo cáo, cập nhật, công bố, kiện toàn, sơ kết, tổng kết, xây dựng, thẩm định
    """)
    + r"\b"
)
