"""Tell whether a block outside a goals section promises a measured result: "Xây dựng 05 mô hình điểm trong năm 2026".

A figure that sets a condition, a price, a share of costs or the size of what exists promises nothing; nor does a number
far behind the act ("Thành lập phường … trên cơ sở toàn bộ 1.200 ha"). What a text has of each kind of word is looked up
once, so that a text of nothing but figures costs no more than another.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from datetime import date

import regex

from schemas import Deadline, Measure, Span


def is_measured_promise(text: str, measures: Sequence[Measure], deadlines: Sequence[Deadline]) -> bool:
    """True when a figure of *text* is the result of an act that the text promises.

    *measures* and *deadlines* are those found in *text*.

    >>> is_measured_promise("Kinh phí gồm 30% ngân sách", [Measure(value=30, unit="%", raw="30%", span=(13, 16))], [])
    False
    """
    said = _Said(text)
    dated = {said.clause(deadline.span.start) for deadline in deadlines if deadline.start or deadline.end}
    return any(said.promises(m, m.span, dated=said.clause(m.span.start) in dated) for m in measures if m.span)


def is_pledge(text: str, measures: Sequence[Measure]) -> bool:
    """True when *text*, which need be no task, pledges one of its *measures* in so many words.

    >>> is_pledge("Bảo đảm 50% xã có chợ", [Measure(value=50, unit="%", raw="50%", span=(8, 11))])
    True
    """
    said = _Said(text)
    return any(said.pledges(measure, measure.span) for measure in measures if measure.span)


def is_allotment(text: str, measures: Sequence[Measure]) -> bool:
    """True when *text*, though it speaks of money alone, says what share at least is to be set aside.

    >>> is_allotment("Bố trí 5% chi", [Measure(value=5, unit="%", raw="5%", span=(7, 9))])
    False
    """
    said = _Said(text)
    return any(said.allots(measure, measure.span) for measure in measures if measure.span)


def is_forecast(text: str, measures: Sequence[Measure], *, after: date | None) -> bool:
    """True when *text*, which need be no task, says what something comes to *after* a day: `Năm 2030, … đạt 2.270 MW`.

    >>> is_forecast("Xã có chợ đạt 50%", [Measure(value=50, unit="%", raw="50%", span=(14, 17))], after=None)
    False
    """
    said = _Said(text)
    to_come = [m for m in measures if after is not None and m.end is not None and m.end > after]
    return any(said.reaches(measure.span) for measure in to_come if measure.span)


class _Said:
    """The words of one text that make a promise of a figure, or none, each kind found once and looked up by place."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.starts = [0, *(match.end() for match in _CLAUSE_END.finditer(text))]
        self._other = _Places(_NO_PROMISE, text)
        self._costs = _Places(_COSTS, text)
        self._allots = _Places(_ALLOTS, text)
        self._aims = _Places(_AIM, text)
        self._pledges = _Places(_PLEDGE, text)
        self._strives = _Places(_STRIVE, text)
        self._acts = _Places(_PRODUCES, text)

    def clause(self, position: int) -> int:
        """The number of the clause that *position* stands in."""
        return bisect_right(self.starts, position) - 1

    def promises(self, measure: Measure, place: Span, *, dated: bool) -> bool:
        """True when the words before the figure at *place* promise it; a share with a date promises itself."""
        if (dated or measure.end) and self.reaches(place):
            return True
        if measure.rule in {"duration", "bare"} or _MONEY.search(measure.unit or ""):
            return False
        start, end = self._bounds(place)
        if self._other.any(start, end) or _KEPT.search(self.text, start, place.start):
            return False
        if self._costs.any(start, end):
            return self._allotted(measure, place, start)
        if _is_share(measure):
            return dated or self._aims.any(start, place.start) or self._covers(place)
        return self._counts(measure, place, start)

    def pledges(self, measure: Measure, place: Span) -> bool:
        """True when words such as `phấn đấu` stand before the figure at *place*, in its sentence."""
        if measure.rule in {"duration", "bare"}:
            return False
        start = max(self.starts[self.clause(place.start)], place.start - _PLEDGE_REACH)
        if self._other.any(start, place.start):
            return False
        if self._costs.any(start, place.start):
            return self._allotted(measure, place, start)
        if measure.comparator == ">=" or _is_share(measure):
            return self._pledges.any(start, place.start)
        strives = self._strives.any(start, place.start) and not _MONEY.search(measure.unit or "")
        return strives and self._produced(measure, place, start)

    def allots(self, measure: Measure, place: Span) -> bool:
        """True when at least the share at *place* is to be set aside: `Bố trí tối thiểu 3% chi ngân sách cho y tế`."""
        return self._allotted(measure, place, max(self.starts[self.clause(place.start)], place.start - _PLEDGE_REACH))

    def _allotted(self, measure: Measure, place: Span, start: int) -> bool:
        return _is_share(measure) and measure.comparator == ">=" and self._allots.any(start, place.start)

    def reaches(self, place: Span) -> bool:
        """True when the figure at *place* is what something comes to, whatever it is: `công suất đạt 2.270 MW`."""
        return _COMES_TO.search(self.text, max(0, place.start - _NEAR), place.start) is not None

    def _bounds(self, place: Span) -> tuple[int, int]:
        """Where the words begin and end that speak of the figure: its clause, up to the next comma behind it."""
        number = self.clause(place.start)
        stop = self.starts[number + 1] if number + 1 < len(self.starts) else len(self.text)
        end = min(stop, place.start + _REACH)
        comma = self.text.find(",", place.end, end)
        return max(self.starts[number], place.start - _REACH), comma if comma > 0 else end

    def _covers(self, place: Span) -> bool:
        """True for a share that opens its clause, or for all of something that an act is done to (`số hóa 100% …`)."""
        before = self.text[max(0, place.start - _NEAR) : place.start]
        if _OPENS_CLAUSE.search(before):
            return True
        return self.text.startswith("100", place.start) and not _HAS_SHARE.search(before) and len(before.split()) > 1

    def _counts(self, measure: Measure, place: Span, start: int) -> bool:
        before = self.text[start : place.start]
        pledged = self._pledges.any(max(start, place.start - _PLEDGE_REACH), place.start)
        if (measure.raw.lower().startswith("từ ") and not pledged) or _NAME.match(measure.unit or ""):
            return False
        if measure.comparator == "<=" or before.endswith("đối với "):
            return False
        if (pledged and measure.comparator != "=") or (_NAMED_AMOUNT.fullmatch(before) and measure.rule == "count"):
            return True
        return self._produced(measure, place, start)

    def _produced(self, measure: Measure, place: Span, start: int) -> bool:
        """True when what is counted is the object of an act that brings something about, a few words before it."""
        act = self._acts.last(start, place.start)
        if act is None:
            return False
        between = self.text[act : place.start]
        near = _reach(measure) if not _WHERE.search(between) else _WIDEST
        if len(between.split()) > near or _ELSEWHERE.search(between) or _OF_WHOM.search(between):
            return False
        return not (between.endswith("có ") and _LISTS.search(self.text[max(start, place.start - _NEAR) : place.start]))


class _Places:
    """Where a pattern matches in a text, looked for when somebody first asks."""

    def __init__(self, pattern: regex.Pattern[str], text: str) -> None:
        self._pattern, self._text = pattern, text
        self._found: tuple[list[int], list[int]] | None = None

    def any(self, start: int, end: int) -> bool:
        """Whether a match stands wholly between *start* and *end*."""
        starts, ends = self._bounds()
        at = bisect_left(starts, start)
        return at < len(ends) and ends[at] <= end

    def last(self, start: int, end: int) -> int | None:
        """Where the last match between *start* and *end* ends."""
        starts, ends = self._bounds()
        at = bisect_right(ends, end) - 1
        return ends[at] if at >= 0 and starts[at] >= start else None

    def _bounds(self) -> tuple[list[int], list[int]]:
        if self._found is None:
            spans = [match.span() for match in self._pattern.finditer(self._text)]
            self._found = [start for start, _ in spans], [end for _, end in spans]
        return self._found


def _is_share(measure: Measure) -> bool:
    return (measure.unit or "").startswith("%")


def _reach(measure: Measure) -> int:
    """How many words may stand between an act and the figure: few before a digit alone, which a scan may have lost."""
    if measure.comparator != "=":
        return _WIDEST
    alone = measure.raw[:2].rstrip().isdigit() and measure.value < _TWO_DIGITS and measure.raw[0] != "0"
    return _NEXT if alone else _NEARBY


# Further away than this, words of the same clause say nothing about a figure any more.
_REACH = 600
_PLEDGE_REACH = 120
_NEAR = 80
_TWO_DIGITS = 10
_NEXT, _NEARBY, _WIDEST = 3, 7, 25  # words between an act and the figure that it brings about
_WHERE = regex.compile(r"(?<!\p{L})(?:của|tại|cho) $")
_CLAUSE_END = regex.compile(r"[.;](?=\s)|\n")
_NAME = regex.compile(r"\p{Lu}\p{Ll}")
_COMES_TO = regex.compile(
    r"(?i)(?<!(?:đã|mới|chưa|không|ước|hiện|để|nếu|nào|khi|yêu cầu|điều kiện) )"
    r"(?<!\p{L})(?:đạt(?: được)?|tăng lên|lên đến|giảm còn|xuống còn) $"
)
_MONEY = regex.compile(r"(?i)đồng|usd|triệu$|tỷ$")
_COSTS = regex.compile(r"(?i)(?<!giải ngân (?:kế hoạch )?)(?:kinh phí|vốn)|chi phí|ngân sách")
_ALLOTS = regex.compile(r"(?i)(?<!\p{L})(?:bố trí|dành|phân bổ)(?!\p{L})")
_NO_PROMISE = regex.compile(
    r"(?i)mức (?:hỗ trợ|thu|phạt|lương)|tiền (?!gửi)"
    r"|trường hợp|nếu |tổng điểm|điểm số|căn cứ|thuế suất|(?:miễn|giảm) thuế|giá trị hợp đồng|quy mô"
    r"|công suất|bộ hồ sơ|bản chính|bản sao|độ cồn|bảo vệ 0?\d lớp|đánh giá cao|trong bối cảnh"
    r"|(?:(?<=[.;\n])|^)\s?khi "
    r"|(?<!\p{L})thì(?!\p{L})"
    r"|(?<!\p{L})(?:hiện có|hiện nay|hiện tại|đến nay|ước|cùng kỳ|ghi nhận)(?!\p{L})"
    r"|(?<!\p{L})đã (?:có|đạt|được|hoàn thành)(?!\p{L})"
)
# What is kept, up to the next comma: `giữ nguyên 12 bến, nâng cấp 15 bến` promises the 15.
_KEPT = regex.compile(r"(?i)(?<!\p{L})giữ nguyên(?!\p{L})[^,]*$")
_AIM = regex.compile(
    r"(?i)(?<!\p{L})(?:phấn đấu|bảo đảm|đảm bảo|hoàn thành|đạt|nâng|tăng|giảm|duy trì|cung cấp|triển khai|thực hiện"
    r"|số hóa|xử lý|giải quyết|yêu cầu|diễn tập|kiểm tra)(?!\p{L})"
)
_PLEDGE = regex.compile(r"(?i)(?<!\p{L})(?:phấn đấu|bảo đảm|đảm bảo|(?:mục|chỉ) tiêu(?! quốc gia))(?!\p{L})")
_STRIVE = regex.compile(r"(?i)(?<!\p{L})phấn đấu(?!\p{L})")
# A share that stands first: `100% các trạm y tế có …`, `- Trên 90% …`.
_OPENS_CLAUSE = regex.compile(r"(?:^|[.;\n])\W*$")
# All of something that is said to be somebody's or to be paid: `sử dụng 100% vốn …`, `hỗ trợ 100% lãi suất`.
_HAS_SHARE = regex.compile(
    r"(?i)(?<!\p{L})(?:sử dụng|hỗ trợ|hưởng|nắm giữ|góp|có|bằng|miễn|giảm|tính|chịu|thanh toán|tài trợ|tỷ lệ|tổ chức"
    r"|doanh nghiệp|công ty|quy đổi|thu|trả|chi|thưởng|mức|là|đến|với|gồm|của) $"
)
# `Bến loại 1: 30 bến`, after the mark and label of its line
_NAMED_AMOUNT = regex.compile(r"\p{Lu}(?!ố lượng)[^:;.,]{3,100}: (?:khoảng |trên |ít nhất |tối thiểu )?")
_LISTS = regex.compile(r"(?i)(?<!\p{L})(?:danh sách|đối với|những|thống kê|rà soát)(?!\p{L})")
# What parts an act from a figure behind it, so that the figure is not what it brings about.
_ELSEWHERE = regex.compile(
    r"[\d:;,]|(?<!\p{L})(?:trên cơ sở|quy định|nêu|không|danh sách|đối với|bình chọn|bình xét)(?!\p{L})"
)
# Whose grievance it is: `giải quyết kiến nghị của 30 tiểu thương` brings no trader about.
_OF_WHOM = regex.compile(r"(?<!\p{L})(?:khiếu nại|tố cáo|kiến nghị|phản ánh|đơn thư|vướng mắc)(?!\p{L})[^.;]* của $")
_PRODUCES = regex.compile(
    r"(?i)(?<!\p{L})(?:(?:triển khai|thực hiện|tổ chức)(?! quan trắc| lấy mẫu| giám sát)"
    r"|xây dựng|hoàn thành|hoàn thiện|di dời|khởi công|khánh thành|thu hút|thông xe|bàn giao"
    r"|đào tạo|bồi dưỡng|tập huấn|lắp đặt|thành lập|mở"
    r"|phát triển|hình thành|nhân rộng|nâng cấp|cung cấp|phấn đấu|trồng|giải quyết|tuyển chọn|sản xuất|phát sóng"
    r"|thí điểm|đạt|có ít nhất|có tối thiểu|trang bị|sửa chữa|cải tạo|công nhận"
    r"|thiết kế|biên soạn|cử tuyển|tuyển sinh|kết nạp)(?!\p{L})"
)
