"""Read the figures of a text: `từ 30 đến 40%`, `8/11 huyện`, `1.200 công trình`; each with its unit and its bound.

One pass finds the digits (plain `re`, which skips to the next digit faster than the wrapper of re2), and the words
beside each decide what it is (`phrases`). Only figures that count or measure something come out: dates, labels,
durations, ages and figures in brackets do not.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

import re2
import regex

from extractors.targets.asides import Asides
from extractors.targets.bounds import Bound, bound_after, bound_before
from extractors.targets.relations import Figure, related
from extractors.targets.units import NO_UNIT, Unit, begins_name, unit_after
from schemas import Span


def find_figures(text: str) -> list[Figure]:
    """Every figure of *text* that counts or measures something, in reading order; NULs in *text* hide dates.

    >>> [(f.value, f.unit, f.comparator) for f in find_figures("tối thiểu 1 trạm 5G cho trẻ 5 tuổi ở mức độ 3")]
    [(1.0, 'trạm 5G', '>=')]
    """
    figures: list[Figure] = []
    asides = Asides(text)
    label_end = -1
    for match in _numbers(text):
        if figures and match.start() < figures[-1].span.end:
            continue  # the 100 of `30 máy / 100 dân`
        start, end = _written(text, match)
        bound = bound_before(text, start)
        counted = match["percent"] or match["percent_low"] or _is_extent(text, start, end) or _is_aimed_at(text, match)
        is_label = bound.label and not counted
        if is_label or _continues_label(text, label_end, match):
            label_end = end
            continue
        if bound.counts and not asides.hide(start) and _stands_alone(text, start, end):
            before = figures[-1] if figures else None
            if before is not None and _goes_on(text, before, start, end):
                bound = replace(bound, result=True, soft_label=False)
            listed = before is not None and text[before.span.end : bound.start] in _LIST_JOINTS
            figure = _read(text, match, Span(start, end), bound, listed=listed)
            figures += [figure] if figure and not asides.tell_the_present(start) else []
    spelled = list(_spelled(text))
    if spelled:
        figures = sorted([*figures, *spelled], key=lambda figure: figure.number)
    return related(text, figures, asides)


def parse_number(text: str) -> float:
    """The value of a Vietnamese number: `.` before three digits groups thousands, `,` is the decimal mark.

    >>> parse_number("1.200"), parse_number("99,5"), parse_number("02"), parse_number("2.5")
    (1200.0, 99.5, 2.0, 2.5)
    """
    whole, _, fraction = text.partition(",")
    if not fraction and not _GROUPED.fullmatch(whole):
        return float(whole)
    return float(f"{whole.replace('.', '')}.{fraction or '0'}")


def _numbers(text: str) -> Iterator[re.Match[str]]:
    """The numbers of *text*; the digit of `m2` opens none, so that `2.000m2 - 3.000m2` has two."""
    position = 0
    while match := _NUMBER.search(text, position):
        inside_word = match.start() > 0 and text[match.start() - 1].isalpha()
        apart = inside_word or _is_told_for(match)
        position = match.end("low") if apart else match.end()
        if not apart:
            yield match


def _is_told_for(match: re.Match[str]) -> bool:
    """Whether a year stands before what is told for it, and opens no range: `2027 - 40%, 2028 - 55%`."""
    low, high = match["low"], match["high"]
    return bool(high and _YEAR.fullmatch(low)) and parse_number(high) < parse_number(low)


def _written(text: str, match: re.Match[str]) -> tuple[int, int]:
    """Where a number begins and ends with what is written around it: `phát thải ròng bằng “0”`, `đạt ít nhất -40 tấn`.

    A dash is a minus where the words before it lead to a figure.
    """
    start, end = match.span()
    if text[start - 1 : start] in _OPENING_QUOTES and text[end : end + 1] in _CLOSING_QUOTES:
        return start - 1, end + 1
    if text[max(0, start - 2) : start] in _MINUS:
        before = bound_before(text, start - 1)
        return start - (before.counts and (before.result or before.comparator is not None)), end
    return start, end


def _read(text: str, match: re.Match[str], written: Span, bound: Bound, *, listed: bool) -> Figure | None:
    """The figure at *match*, or None when what it counts makes it something else."""
    start, end = written
    percent = bool(match["percent"] or match["percent_low"])
    if _GRADE.match(text, end) if percent else _is_rate_base(text, match):
        return None
    unit = unit_after(text, end, percent=percent)
    if (unit is NO_UNIT or unit.kind == "told") and (
        taken := _RANKED.match(text, end) or (match["under"] and _OF_ALL.match(text, end))
    ):
        unit = Unit(taken["unit"], taken.end("unit"), "count")
    if unit is NO_UNIT or (unit.kind == "duration" and not _is_result_time(text, start, unit, bound)):
        return None
    if not percent and _counts_nothing(match, unit, bound):
        return None
    high, under = match["high"], match["under"]
    if unit.kind == "count" and unit.text and begins_name(unit.text) and _RANK.search(text, max(0, start - 12), start):
        unit = Unit(None, end, "bare")  # `thuộc tốp 5 Đông Nam Bộ` says where
    told = unit.kind == "told" and not (listed or bound.result or bound.comparator)
    if bound.comparator == ">=" and _ON.search(text, bound.start, start) and _MEDIUM.match(text, end):
        return None
    if (told and not _is_reached(text, bound.start, unit.end)) or _CONDITION.match(text, unit.end):
        return None
    trailing, unit_end = bound_after(text, unit.end)
    if trailing and _BOUND_TO.match(text, unit_end):
        return None
    value = parse_number(match["low"])
    return Figure(
        span=Span(bound.start, unit_end),
        number=Span(start, end),
        value=-value if text[start] in _DASHES else value,
        value_max=parse_number(high) if high else None,
        denominator=parse_number(under) if under else None,
        unit=unit.text,
        comparator=trailing or bound.comparator or (">=" if bound.starts_from and not high else "="),
        starts_from=bound.starts_from and not trailing,
        rule="range" if high else "fraction" if under else "count" if unit.kind == "told" else unit.kind,
    )


def _is_reached(text: str, start: int, end: int) -> bool:
    """Whether a verb makes a goal of what is counted from *start* to *end*: `12 tỉnh có trung tâm`, `mở ra 9 tỉnh`."""
    return bool(_HAS.match(text, end) or _MADE.search(text, max(0, start - _NEAR), start))


def _spelled(text: str) -> Iterator[Figure]:
    """Numbers in words count only behind a bound, since `một` is mostly an article: `ít nhất một cơ sở`."""
    for match in _SPELLED_NUMBER.finditer(text):
        start, end = match.span(1)
        unit, bound = unit_after(text, end, percent=False), bound_before(text, start)
        if unit.kind == "count" and bound.comparator and not _NO_NUMBER.match(text, end):
            yield Figure(
                span=Span(bound.start, unit.end),
                number=Span(start, end),
                value=_SPELLED[match[1]],
                value_max=None,
                denominator=None,
                unit=unit.text,
                comparator=bound.comparator,
                starts_from=False,
                rule="spelled",
            )


def _counts_nothing(match: re.Match[str], unit: Unit, bound: Bound) -> bool:
    """True for years, dates, labels and bare numbers that no word makes a result."""
    low, high, under = match["low"], match["high"], match["under"]
    told = bound.result or bound.comparator is not None
    if _DOTTED_LABEL.fullmatch(low) and unit.kind != "measure" and not told:
        return True
    if _YEAR.fullmatch(low) and not (unit.text and bound.comparator):
        return True
    if under:
        total = parse_number(under)
        if total in _RATES:
            return False
        return bool(_YEAR.fullmatch(under)) or (unit.text is None and not told) or parse_number(low) > total
    if len(low) >= _PHONE_DIGITS and low.isdigit():
        return True
    if bound.soft_label:
        short = len(low) == 1 and unit.kind != "measure"
        return unit.text is None or (short and not high and not _RANKED.match(match.string, match.end()))
    return unit.text is None and not told


def _is_rate_base(text: str, match: re.Match[str]) -> bool:
    """True for the 10.000 of `12 bác sĩ trên 10.000 dân` and the 1 of `giá trị sản xuất trên 1 ha đất`."""
    if not _ROUND.fullmatch(match["low"]) or match["high"] or match["under"]:
        return False
    base = _BASE.match(text, match.end())
    if base and _EACH.search(text, max(0, match.start() - _NEAR), match.start()):
        return text.startswith(" có ", base.end())  # `trung bình 10.000 dân có 30 giường bệnh`
    return bool(base and _PER.search(text, max(0, match.start() - _NEAR), match.start()))


def _is_result_time(text: str, start: int, unit: Unit, bound: Bound) -> bool:
    """True for a time that is itself the result: `tuổi thọ bình quân đạt 75 tuổi`, `trực ít nhất 2 ngày/tuần`."""
    told = bound.result or bound.comparator is not None
    rated = unit.text is not None and "/" in unit.text
    return told and (rated or bool(_TIME_INDICATOR.search(text[max(0, start - _CLAUSE) : start])))


def _goes_on(text: str, before: Figure, start: int, end: int) -> bool:
    """Whether a number says the result *before* it once more: for another time, another thing, a part of the whole.

    `xuống 12,5 vào năm 2026 và 10 vào năm 2030`, `còn 24 giờ và 36 giờ`, `500 học viên, trong đó nữ 300, nam 200`
    """
    if before.rule == "duration":
        return _AND.search(text, max(before.span.end, start - 6), start) is not None
    if not _ENDS_BARE.match(text, end):
        return False
    if before.unit is None:
        again = _AGAIN.fullmatch(text, before.span.end, start)
        return again is not None or _NEXT_PART.fullmatch(text, before.span.end, start) is not None
    return _FIRST_PART.fullmatch(text, before.span.end, start) is not None


def _is_extent(text: str, start: int, end: int) -> bool:
    """True for a length or an area behind a word that else a number names: `mở đường 5 km`, `giao kế hoạch 25 ha`.

    Nor is a time numbered by thousands: `gieo trồng cả năm 42.000 ha`.
    """
    before = max(0, start - 12)
    if _LAID_OUT.search(text, before, start):
        return _EXTENT.match(text, end) is not None
    counted = _EXTENT.match(text, end) or _THOUSANDS.fullmatch(text, start, end)
    return counted is not None and _TIME_BEFORE.search(text, before, start) is not None


def _is_aimed_at(text: str, match: re.Match[str]) -> bool:
    """True for a large number behind a goal: `đạt mục tiêu 1.200 trạm`, `hoàn thành chỉ tiêu 450 hộ`."""
    large = len(match["low"]) > _LABEL_DIGITS and not _YEAR.fullmatch(match["low"])
    return large and _AIMED.search(text, max(0, match.start() - _NEAR), match.start()) is not None


def _stands_alone(text: str, start: int, end: int) -> bool:
    """False for digits inside a name or a date: `PM2.5`, `COVID-19`, `12/KH-UBND`, `5G`, `30/6/2026`."""
    before, after = text[max(0, start - 2) : start], text[end : end + 2]
    if before.endswith(" ") and before[0].isdigit():
        return False  # two numbers side by side stand in two cells or two rows
    if before and (before[-1].isalnum() or before[-1] == "/" or (before[-1] in "-.,:_" and before[:1].isalnum())):
        return False
    if not after or not (after[0].isalnum() or after[0] in "/-."):
        return True
    if after[0].isalpha():
        return text[end - 1] == "%" or bool(_ATTACHED_UNIT.match(text, end))  # `16%GDP`
    return not after[1:].isdigit() and not (after[1:].isupper() or (after[0] == "-" and after[1:].isalpha()))


def _continues_label(text: str, label_end: int, match: re.Match[str]) -> bool:
    """True for the second number of `mức độ 3, 4` or `tiêu chí 17 và 18`."""
    if label_end < 0 or match.start() - label_end > 5 or match["percent"] or match["percent_low"]:
        return False
    if _YEAR.fullmatch(text, label_end - 4, label_end):  # `12 m2 năm 2027 và 15 m2 năm 2030`
        return False
    return text[label_end : match.start()].strip() in _LABEL_JOINTS and len(match["low"]) <= 2


_NUMERAL = r"(?:[0-9]{1,3}(?:\.[0-9]{3}){1,5}|[0-9]{1,15})(?:[,.][0-9]{1,6})?"
_NUMBER = re.compile(
    rf"(?P<low>{_NUMERAL})(?P<percent_low> ?%)?(?: ?(?:-|–|đến|tới) ?(?P<high>{_NUMERAL}))?(?P<percent> ?%)?"
    rf"(?:/(?P<under>{_NUMERAL}))?"
)
_SPELLED_NUMBER = re2.compile(
    r"(?:[ÍíIi]t nhất|[Tt]ối thiểu|[Tt]ối đa|[Kk]hông (?:quá|dưới|ít hơn)) (?:có )?"
    r"(một|hai|ba|bốn|sáu|bảy|tám|chín|mười) \p{L}"
)
_SPELLED = {
    "một": 1.0,
    "hai": 2.0,
    "ba": 3.0,
    "bốn": 4.0,
    "sáu": 6.0,
    "bảy": 7.0,
    "tám": 8.0,
    "chín": 9.0,
    "mười": 10.0,
}
_OPENING_QUOTES, _CLOSING_QUOTES = frozenset("“\"‘'"), frozenset("”\"’'")
_DASHES = frozenset("-−–")
_MINUS = frozenset({" -", " −", " –"})
_GROUPED = regex.compile(r"\d{1,3}(?:\.\d{3})+|\d+")
_YEAR = regex.compile(r"(?:19|20)\d\d")
_DOTTED_LABEL = regex.compile(r"\d+\.\d{1,2}")
# A place among others: `nhóm 3 nước dẫn đầu khu vực`, `tốp 15 tỉnh, thành phố có chỉ số cao nhất`.
_RANKED = regex.compile(
    r" (?P<unit>\p{L}+)(?:,? \p{L}+){0,7}? (?:dẫn đầu|đứng đầu|hàng đầu|(?:tốt|cao|thấp) nhất)(?!\p{L})"
)
_RANK = regex.compile(r"(?i)(?<!\p{L})(?:top|tốp|thứ hạng|vị trí) $")
_OF_ALL = regex.compile(r" (?P<unit>tỉnh)(?!\p{L})")
# What a rate is counted on, behind a thing that is counted: `giường bệnh trên 10.000 dân`.
_PER = regex.compile(r"(?<!(?:^|\W|có|đạt|cho|được|là|khoảng|đến|phủ|bảo đảm|đảm bảo|phấn đấu) ?)(?<=\p{L}) trên $")
_EACH = regex.compile(r"(?i)(?:bình quân|trung bình|cứ|mỗi|tính trên) $")
_ROUND = regex.compile(r"0?10{0,2}(?:\.?000){0,2}")
_BASE = regex.compile(
    r" (?:(?:nghìn|ngàn|vạn|triệu) )?(?:dân|người dân|phương tiện|ha|km2|km²|phụ nữ|trẻ|đơn vị diện tích)(?!\p{L})"
)
_TIME_INDICATOR = regex.compile(r"(?i)thời gian|thời hạn|tuổi thọ|số giờ|số ngày|số năm|độ tuổi")
_LAID_OUT = regex.compile(r"(?i)(?<!\p{L})(?:đường|kế hoạch) $")
_EXTENT = regex.compile(r" ?(?:km[2²]?|ha|héc-? ?ta|m[23²³]|mét(?: khối| vuông)?|tấn|[MG]W)(?![\p{L}\d])")
_TIME_BEFORE = regex.compile(r"(?i)(?<!\p{L})(?:năm|tháng|quý|tuần|vụ|kỳ|đợt) $")
_THOUSANDS = regex.compile(r"[0-9]{1,3}(?:\.[0-9]{3})+")
_AND = regex.compile(r"(?:,|và) $")
_ENDS_BARE = regex.compile(r" ?(?:\0|[,;)](?!\d)|\.(?!\d)|$)| (?:vào )?năm 20\d\d(?!\d)")
_AGAIN = regex.compile(r" (?:\0+|(?:vào )?năm 20\d\d) và ")
_FIRST_PART = regex.compile(r"[^,;.:()\d]{0,40}[,(;] ?trong đó,?:? (?:số )?(?:\p{L}+ ){1,4}(?:là |có )?")
_NEXT_PART = regex.compile(r"[,;] (?:và )?(?:\p{L}+ ){1,4}(?:là |có )?")
_LABEL_DIGITS = 2
# What somebody else's goal is helped by is none of its own: `góp phần hoàn thành mục tiêu 3.200 km`.
_AIMED = regex.compile(
    r"(?i)(?<!\p{L})(?<!góp phần )(?:đạt|hoàn thành|vượt|giao|đề ra) (?:được )?(?:mục tiêu|chỉ tiêu|kế hoạch) $"
)
# The grade of an ore: `quặng 20-25% Cu`, `hàm lượng 15% P2O5`; no share of what is written in capitals (`30% GRDP`).
_GRADE = regex.compile(r" ?(?=\p{Lu}*[a-z\d])(?:[A-Z][a-z]?\d?){1,4}(?![\p{L}\d])")
# Where something appears: `đăng tải trên 4 loại hình báo chí`, but `có trên 4 kênh`.
_ON = regex.compile(r"(?<!(?:có|đạt|được|mở|thêm|xây dựng|phát triển|hình thành) )(?i:trên) $")
_MEDIUM = regex.compile(r" (?:loại hình báo chí|kênh|nền tảng|sàn|trang|báo|phương tiện)(?!\p{L})")
_ATTACHED_UNIT = regex.compile(
    r"(?:km2?|ha|[cmdn]?m[23²³]?|[mkµμ]?g|[MGkK]?[Ww](?:h|p|att)?|TWh|[kM]?VA|[MGT]bp?s?|[MGT]B|tấn|tạ|lít|ml|dB|đ|tr)(?!\p{L})"
)
# What stands between two counts of one list; what makes a goal of things that a text else only tells of.
_LIST_JOINTS = frozenset({", ", " và ", ", và ", "; "})
_MADE = regex.compile(
    r"(?i)(?<!\p{L})(?:xây dựng|giải quyết|nghiệm thu|ban hành|phê duyệt|kết nối|ký kết|hợp tác|liên kết|mở"
    r"|mở rộng|vươn|phủ sóng|khám|phẫu thuật|điều trị|phát hiện|xử lý|giám sát|thêm|mới)"
    r"(?: (?:được|thêm|mới|cho|với|ra|đến|tới|tại))* $"
)
_HAS = regex.compile(r"(?:,? \p{L}+){0,6}? (?:đạt|được|có|không còn|hoàn thành|áp dụng|tham gia|thành lập)(?!\p{L})")
_RATES = frozenset({100.0, 1_000.0, 10_000.0, 100_000.0})
# Whom a duty binds by a size of theirs: `cơ sở dùng từ 400 tấn trở lên phải kiểm kê`.
_BOUND_TO = regex.compile(r",? (?:phải|buộc phải|bắt buộc|có trách nhiệm|thì|có thể)(?!\p{L})")
_CONDITION = regex.compile(r" (?:thì|có thể|được phép)(?!\p{L})")
_NO_NUMBER = regex.compile(r" (?:số|phần|trong|cách|bước|mức|nửa|vài)(?!\p{L})")
_LABEL_JOINTS = frozenset({",", "và", "-", "–", "/", "hoặc"})
_PHONE_DIGITS = 7
_NEAR = 40
_CLAUSE = 80
