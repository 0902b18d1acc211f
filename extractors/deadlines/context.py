"""Context: what makes a time expression no deadline.

"Nghị quyết số 36a/NQ-CP ngày 14/10/2015" dates a resolution, "Quy hoạch … đến năm 2030" names a plan, "ngân sách hằng
năm" describes a budget. Strong words ("trước ngày", "trong quý", "đến hết") need an exclusion to be dropped; a bare
year or date is dropped unless its place speaks for it, since texts are full of years that bind nobody.
"""

from __future__ import annotations

import re
from datetime import date

from extractors.deadlines.compose import Phrase


def is_deadline(text: str, phrase: Phrase, *, issued: date | None) -> bool:
    """True when the words around *phrase* leave it a deadline."""
    around = _Around(text, phrase)
    if phrase.kind == "ongoing":
        return not _STANDING_NOUN.search(around.before) and not _DESCRIBED.search(around.clause) and _continual(around, phrase)
    if phrase.kind == "recurring":
        return _recurs(around, phrase)
    if phrase.kind in {"relative", "conditional"}:
        return not _NOT_AWAITED.search(around.before)
    if _past(around, phrase, issued) or any(pattern.search(around.before) for pattern in _BEFORE):
        return False
    if any(pattern.match(around.after) for pattern in _AFTER):
        return False
    return _binds(text, around, phrase, issued)


def stands_in_cell(text: str, phrase: Phrase) -> bool:
    """True unless the cell speaks of something else: "Theo kế hoạch bồi dưỡng hằng năm", "chi thường xuyên"."""
    around = _Around(text, phrase)
    if phrase.kind == "ongoing":
        return not _SPENDING.search(around.before)
    if phrase.kind == "recurring" and phrase.rule not in _ALWAYS_RECUR:
        return not _PLANNED.search(around.clause)
    return True


class _Around:
    """The line around a phrase: `before` and `after` it, and `clause`, what stands before it since the last stop."""

    __slots__ = ("after", "before", "clause")

    def __init__(self, text: str, phrase: Phrase) -> None:
        begin = max(text.rfind("\n", 0, phrase.start) + 1, phrase.start - _REACH)
        end = text.find("\n", phrase.end, phrase.end + _REACH)
        self.before = text[begin : phrase.start]
        self.after = text[phrase.end : end if end >= 0 else phrase.end + _REACH]
        self.clause = _CLAUSE.split(self.before)[-1]


def _binds(text: str, around: _Around, phrase: Phrase, issued: date | None) -> bool:
    """True for a strong lead, or for a weak one in a place that speaks for it."""
    moment, lead = phrase.moment, phrase.lead
    assert moment
    opens = _OPENS.fullmatch(around.clause) is not None
    if phrase.kind == "from" and not _FIRST_WORD.match(lead) and not phrase.rule.startswith("open"):
        return opens
    if phrase.rule == "open-end" and "nay" in lead:
        return opens
    if _FIVE_YEARS.match(text, phrase.start):
        return False
    names_plan = _PLAN_NOUN.search(around.clause) is not None
    if moment.unit == "year":
        if phrase.kind == "by" and ("hết" in lead or "trước" in lead or "nhất" in lead or "cuối" in lead):
            return True
        if phrase.kind == "during" and ("trong" in lead or "vào" in lead):
            return True
        if moment.last_year is None and not lead and phrase.kind == "during":
            return (opens and _YEAR_OPENS.match(around.after) is not None) or _VERB.search(around.before) is not None
        if opens:
            return True
        return not names_plan
    if moment.unit == "day":
        if phrase.kind == "during" and not lead:
            return bool(issued and phrase.first and phrase.first > issued and not _DOCUMENT.search(around.before))
        return True
    if moment.unit in {"month", "half"} and not lead:
        return opens or _VERB.search(around.before) is not None
    if moment.unit == "quarter" and not lead and moment.year is None:
        return opens
    return True


def _past(around: _Around, phrase: Phrase, issued: date | None) -> bool:
    if issued and phrase.last and phrase.last < issued and phrase.kind in {"by", "during"}:
        return True
    return bool(_DONE_AFTER.match(around.after) or _DONE_BEFORE.search(around.before))


def _continual(around: _Around, phrase: Phrase) -> bool:
    return phrase.rule != "ongoing" or not _ADJECTIVE_AFTER.match(around.after)


def _recurs(around: _Around, phrase: Phrase) -> bool:
    """An adverb ("hằng năm tổ chức …") recurs; an adjective ("kế hoạch hằng năm") only describes."""
    if phrase.rule in _ALWAYS_RECUR or (phrase.periodic and phrase.recurrence):
        return True
    if phrase.lead == "thường xuyên" and not _STANDING_NOUN.search(around.before):
        return True
    if re.match(r" [0-9]", around.after):
        return False
    if _OPENS.fullmatch(around.clause):
        return True
    if _GOODS.search(around.before) or _DESCRIBING.match(around.after):
        return False
    if noun := _last(_YEARLY_NOUN, around.clause):
        return _ACT.search(around.clause, noun.end()) is not None
    return True


def _last(pattern: re.Pattern[str], text: str) -> re.Match[str] | None:
    found = None
    for found in pattern.finditer(text):
        pass
    return found


# --- tables ---------------------------------------------------------------------------------------------------------

_ALWAYS_RECUR = frozenset(
    {"narrowed", "bounded", "day-of-month", "weekday", "every-so-often", "times-a-period", "times-per-period",
     "periodic-count", "periodic-unit"}
)  # fmt: skip
_REACH = 200
_CLAUSE = re.compile(r"[.;:|](?= |$)|[(\t]")
_OPENS = re.compile(
    r"\W*(?:(?:\d+|[a-zđ])[.)] *)?(?:(?:phấn đấu|mục tiêu|cụ thể|trong đó|riêng|trước mắt|và|từ nay|thời gian|hoàn thành|thực hiện|xong)[ ,:]*)*",
    re.IGNORECASE,
)
_FIRST_WORD = re.compile(r"(?:ngay )?(?:kể |bắt đầu )?từ")
_FIVE_YEARS = re.compile(r"(?:0?5|năm) năm [12]", re.IGNORECASE)
_YEAR_OPENS = re.compile(r" ?[,:.;)|]|$| (?:và|hoàn thành|tổ chức|triển khai|thực hiện|phấn đấu)")
_VERB = re.compile(
    r"(?:hoàn thành|thực hiện|triển khai|xong|ban hành|tổ chức|khởi công|nghiệm thu|tiến hành|thời gian|diễn ra|dự kiến|bắt đầu)[:,]? $",
    re.IGNORECASE,
)
_PLAN_NOUN = re.compile(
    r"\b(?:kế hoạch|quy hoạch|chiến lược|chương trình|đề án|dự án|nghị quyết|quyết định|chỉ thị|nghị định|thông tư|kết luận"
    r"|luật|phương án|dự toán|kinh phí|ngân sách|nguồn vốn|nhiệm kỳ|đại hội|báo cáo|danh mục|hướng dẫn)\b",
    re.IGNORECASE,
)
_DOCUMENT = re.compile(
    r"(?:\b(?:số|luật|nghị quyết|quyết định|chỉ thị|nghị định|thông tư|công văn|kế hoạch|kết luận|thông báo|tờ trình|công điện|văn bản)\b"
    r"[^.;]{0,60},? $|(?:ký|ban hành|căn cứ) $|[A-ZĐ]{2,}[0-9]*,? $)",
    re.IGNORECASE,
)
_BEFORE = (
    re.compile(r"(?:tầm nhìn|định hướng) $", re.IGNORECASE),
    re.compile(r"(?:hiệu lực(?: thi hành)?|tính|tính từ|thời điểm|cùng kỳ|so với|bằng|hơn|khóa|niên độ) (?:kể )?$", re.IGNORECASE),
    re.compile(r"(?:sơ kết|tổng kết|kết quả|số liệu|tình hình|đánh giá|thành tựu|kế hoạch|quyết toán) $", re.IGNORECASE),
    re.compile(r"(?:thực hiện|các) mục tiêu $", re.IGNORECASE),
    re.compile(r"\b(?:được|đã) (?:giao|phê duyệt|ban hành|thông qua|ký kết) $", re.IGNORECASE),
    re.compile(
        r"(?:\b(?:luật|nghị quyết|quyết định|chỉ thị|nghị định|thông tư|công văn|kế hoạch|kết luận|thông báo|tờ trình|công điện) (?:số )?[0-9]"
        r"[^ ;]{0,30}(?: [A-ZĐ&\-]{2,20})?,? )$",
        re.IGNORECASE,
    ),
)
_AFTER = (
    re.compile(r":? [0-9.,]+ ?(?:đ|đồng|tỷ|triệu)\b", re.IGNORECASE),
    re.compile(r" vào (?:năm|cuối|quý|tháng)", re.IGNORECASE),
    re.compile(r",? (?:và )?(?:tầm nhìn|định hướng)\b", re.IGNORECASE),
    re.compile(r" (?:của (?:chính phủ|thủ tướng|bộ|ubnd|ủy ban|hđnd|quốc hội|ban bí|bộ chính))", re.IGNORECASE),
)
_DONE_AFTER = re.compile(r",? (?:[^.;,|]{0,40} )?đã ", re.IGNORECASE)
_DONE_BEFORE = re.compile(
    r"\bđã (?:được )?(?:cơ bản )?(?:hoàn thành|ban hành|triển khai|thực hiện|tổ chức|đạt|phê duyệt|giao|đề ra|xác định)[^.;]{0,60}$",
    re.IGNORECASE,
)
_NOT_AWAITED = re.compile(r"(?:liên tiếp|trong suốt|hình thành|chủ rừng) $", re.IGNORECASE)
_STANDING_NOUN = re.compile(
    r"(?:\bchi|kinh phí(?: chi)?|phong trào|ngân sách(?: chi)?|giáo dục|đào tạo|bồi dưỡng|dự toán|nguồn(?: vốn)?|vốn"
    r"|công việc|không|hoạt động|trực tiếp,|tự động,?|lao động|nơi|nhu cầu|cơ quan|bảo dưỡng|sửa chữa|cảm ứng|liên lạc|quan trắc"
    r"|bảo trì|lực lượng|cư trú|sinh sống|công tác|lĩnh vực|định mức|\bkhoản)[ ,]*$",
    re.IGNORECASE,
)
_DESCRIBED = re.compile(r"\b(?:những người|người|nơi|hộ|xã|khu vực|hộp thư điện tử|thân nhân|đối tượng) (?:[^,;]{0,20} )?(?:và |mà )?$", re.IGNORECASE)
_ADJECTIVE_AFTER = re.compile(
    r" (?:sử dụng trong|sinh sống|cư trú|xảy ra|phát sinh|ảnh hưởng|bị |của |bộ máy|ngân sách|hoạt động (?:để|trong)|tại việt)",
    re.IGNORECASE,
)
_SPENDING = re.compile(r"\b(?:chi|kinh phí|ngân sách) $", re.IGNORECASE)
_PLANNED = re.compile(r"\b(?:theo|kế hoạch|chương trình) ", re.IGNORECASE)
_GOODS = re.compile(r"\b(?:mặt|cửa|khách|gian|đơn|bán|nhập|xuất|ngân|kiện|lô|giao|mua|chở|kho) $", re.IGNORECASE)
_DESCRIBING = re.compile(r" (?:của (?:các )?(?:sở|đơn vị|ngành|tỉnh|địa phương|cơ quan|bộ)|đã |còn )", re.IGNORECASE)
_YEARLY_NOUN = re.compile(
    r"\b(?:kế hoạch|dự toán|ngân sách|kinh phí|chương trình|nguồn vốn|vốn|trung hạn|chế độ|nhiệm vụ|trợ cấp|lương|doanh thu|tốc độ"
    r"|tăng trưởng|năng suất|quyết toán|công tác|báo cáo(?= $)|bình quân|số liệu|bảng giá|giá đất|chi thường xuyên|danh mục)\b",
    re.IGNORECASE,
)
_ACT = re.compile(
    r"\b(?:bố trí|duy trì|nâng cao|đánh giá|xếp hạng|tổ chức|thay thế|bổ sung|gửi|ban hành|rà soát|kiểm tra|trình|tổng hợp"
    r"|báo cáo|cập nhật|công bố|kiện toàn|sơ kết|tổng kết|xây dựng|thẩm định)\b",
    re.IGNORECASE,
)
