"""Years that stand beside a figure and bind nothing but it: "diện tích năm 2027 đạt 300 ha".

A bare year is no deadline, since texts are full of years that bind nobody; beside the figure of a target it says when
that figure must hold. It counts only within the same stretch between marks, and not where it dates a plan or a level
of comparison: "tăng 20% so với năm 2024", "từ 8% năm 2024 xuống 6%".
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from datetime import date

import regex

from schemas import Deadline, Span


def bare_years(text: str, deadlines: Sequence[Deadline]) -> list[Deadline]:
    """The years of *text* that are no part of one of *deadlines*, of a plan's name or of a level of comparison.

    >>> [str(year) for year in bare_years("diện tích năm 2027 đạt 300 ha, tăng 5% so với năm 2024", ())]
    ['during 2027-01-01/2027-12-31']
    """
    years = (_period(match) for match in _YEARS.finditer(text) if _is_free(text, match, deadlines))
    found = [year for year in years if year]
    return [*found, *_without_their_word(text, [*deadlines, *found])]


def _without_their_word(text: str, told: Sequence[Deadline]) -> Iterator[Deadline]:
    """The years that go on with a series in which the first says what they are: `năm 2027 đạt 40%, 2028 đạt 55%`."""
    if not told:
        return
    times = sorted(told, key=_end)
    ends = [time.span.end for time in times]
    for match in _NAKED.finditer(text):
        at = bisect_right(ends, match.start()) - 1
        if at < 0 or (at + 1 < len(times) and times[at + 1].span.start < match.end()):
            continue
        near = match.start() - ends[at] < _SERIES and not _SENTENCE_END.search(text, ends[at], match.start())
        year = _period(match) if near else None
        if year and times[at].kind in {"by", "during"}:
            yield year.model_copy(update={"kind": "by", "start": None}) if times[at].kind == "by" else year


def parted(text: str, deadline: Deadline, figures: Sequence[Span]) -> list[Deadline]:
    """The two years of one *deadline* where a figure stands before it and another takes up the second year.

    >>> late = Deadline(span=Span(8, 29), surface="năm 2027 và năm 2030", kind="during")
    >>> text = "đạt 40% năm 2027 và năm 2030 đạt 60%"
    >>> [str(part) for part in parted(text, late, [Span(4, 7), Span(33, 36)])]
    ['during 2027-01-01/2027-12-31', 'during 2030-01-01/2030-12-31']
    """
    two = _TWO.fullmatch(deadline.surface)
    at = bisect_left(figures, deadline.span.end, key=_first)
    if two is None or not 0 < at < len(figures):
        return [deadline]
    if _OTHER.search(text, figures[at - 1].end, deadline.span.start):
        return [deadline]
    if _OTHER.search(text, deadline.span.end, figures[at].start):
        return [deadline]
    start, cut = deadline.span.start, two.start("joint")
    spans = Span(start, start + cut), Span(start + two.end("joint"), deadline.span.end)
    years = date(int(two["first"]), 1, 1), date(int(two["last"]), 1, 1)
    return [
        Deadline(span=span, surface=text[slice(*span)], kind="during", start=year, end=date(year.year, 12, 31))
        for span, year in zip(spans, years, strict=True)
    ]


def told_in_turn(text: str, figures: Sequence[Span]) -> dict[int, Deadline]:
    """The year of each of *figures* that is told in turn with its years: `năm 2027, 2030 lần lượt đạt 40% và 60%`.

    There must be one list of years in the sentence, and as many figures behind it, or before it.

    >>> text = "đến năm 2027 và 2030 lần lượt đạt 40% và 60%"
    >>> [str(year) for year in told_in_turn(text, [Span(34, 37), Span(41, 44)]).values()]
    ['by ../2027-12-31', 'by ../2030-12-31']
    """
    found: dict[int, Deadline] = {}
    for match in _IN_TURN.finditer(text):
        window = max(0, match.start() - _REACH)
        opens = max((end.end() for end in _STATEMENT_END.finditer(text, window, match.start())), default=window)
        closing = _STATEMENT_END.search(text, match.end(), match.end() + _REACH)
        closes = closing.start() if closing else match.end() + _REACH
        lists = list(_LIST_OF_YEARS.finditer(text, opens, closes))
        indexes = range(bisect_left(figures, opens, key=_first), bisect_left(figures, closes, key=_first))
        if len(lists) == 1:
            years = list(_EACH_YEAR.finditer(lists[0][0]))
            behind = [index for index in indexes if figures[index].start > lists[0].end()]
            told = behind or list(indexes)
            if len(told) == len(years):
                by = lists[0]["by"] is not None
                found |= {i: _year(lists[0], int(year[0]), by=by) for i, year in zip(told, years, strict=True)}
    return found


def _year(match: regex.Match[str], year: int, *, by: bool) -> Deadline:
    start = None if by else date(year, 1, 1)
    kind = "by" if by else "during"
    return Deadline(span=Span(*match.span()), surface=match[0], kind=kind, start=start, end=date(year, 12, 31))


def tells_the_level(text: str, deadline: Deadline) -> bool:
    """Whether a time only names what a figure is compared with: `gấp 1,5 lần năm 2021`, `so với cùng kỳ năm 2020`."""
    start = deadline.span.start
    bare = deadline.surface.lower().startswith(("năm", "cùng kỳ"))  # but `còn 1,7 lần vào năm 2025`
    return bare and _LEVEL.search(text, max(0, start - _NEAR), start) is not None


def _is_free(text: str, match: regex.Match[str], deadlines: Sequence[Deadline]) -> bool:
    """Whether a year is no part of a deadline, of a plan's name or of a level of comparison."""
    start, end = match.span()
    taken = any(deadline.span.start < end and start < deadline.span.end for deadline in deadlines)
    before = max(0, start - _NEAR)
    left_behind = _LEFT.search(text, before, start) and _LEFT_FOR.match(text, end)
    longest = max(0, start - _LONGEST_NAME)
    named = _NAMES.search(text, before, start) or _STANDARD.search(text, longest, start)
    named = named or _SOURCE.search(text, longest, start)
    return not taken and not left_behind and not named


def _first(span: Span) -> int:
    return span.start


def _end(time: Deadline) -> int:
    return time.span.end


def _period(match: regex.Match[str]) -> Deadline | None:
    first, last = int(match["first"]), int(match["last"] or match["first"])
    if first > last:
        return None
    bounds = date(first, 1, 1), date(last, 12, 31)
    return Deadline(span=Span(*match.span()), surface=match[0], kind="during", start=bounds[0], end=bounds[1])


_NEAR = 30
_SERIES, _REACH = 160, 300
_LONGEST_NAME = 90
_YEARS = regex.compile(
    r"(?i)(?<!\p{L})(?:(?:giai đoạn|thời kỳ|(?:0?[35]|ba|năm) năm)(?: từ)? (?:năm )?|năm )"
    r"(?P<first>20\d\d)(?: ?(?:[-–]|đến(?: năm)?) ?(?P<last>20\d\d))?(?![\d/])"
)
# `; 2029 - 2031: tăng 8%`, `, 2029 đạt 60%`
_NAKED = regex.compile(
    r"(?:(?<=[;,] )|(?<=(?<!\p{L})và ))(?P<first>20\d\d)(?: ?[-–] ?(?P<last>20\d\d))?"
    r"(?=: ?\S| (?:đạt|là|có|tăng|giảm|còn|khoảng|trên|dưới)(?!\p{L})| ?[-–] ?\d[\d.,]* ?%)"
)
_TWO = regex.compile(r"(?i)(?:(?:vào|trong) )?năm (?P<first>20\d\d)(?P<joint>,? (?:và )?)(?:vào )?năm (?P<last>20\d\d)")
_IN_TURN = regex.compile(r"(?i)(?<!\p{L})(?:lần lượt|tương ứng)(?!\p{L})")
_SENTENCE_END = regex.compile(r"\n|\.(?=\s)")
_STATEMENT_END = regex.compile(r"[;\n]|\.(?=\s)")
_LIST_OF_YEARS = regex.compile(
    r"(?i)(?<!\p{L})(?P<by>(?:đến|tới) )?(?:các )?năm 20\d\d(?:(?:,| và|, và)(?: đến)?(?: năm)? 20\d\d)+(?![\d/])"
)
_EACH_YEAR = regex.compile(r"20\d\d")
_OTHER = regex.compile(r"[;:,()\n]|\.(?=\s)")
_LEVEL = regex.compile(r"(?i)(?:so với|lần|cùng kỳ|như)(?: cả| các| trong| của| với)? $")
# The level that is left, `từ 8% năm 2024 xuống 6%`, `từ mức 30 xã (năm 2024) lên 45 xã`
_LEFT = regex.compile(r"(?i)từ (?:\p{L}+ ){0,2}\d[\d.,]*(?: ?%| \p{L}+){0,3} ?[(]?(?:vào |trong |của |ở )?$")
_LEFT_FOR = regex.compile(r"\)?(?: \p{L}+){0,2}? (?:lên|xuống|còn|tới|đến)(?!\p{L})")
_NAMES = regex.compile(
    r"(?i)(?:so với|như|bằng|hơn|gấp|lần|cùng kỳ|mức|của|từ|đến|trước|sau|tính"
    r"|kế hoạch|quy hoạch|chương trình|chiến lược"
    r"|nghị quyết|quyết định|đề án|dự án|dự toán|ngân sách|thời điểm)(?: cả| các| trong| của)? $"
    r"|so với [^,;.\d]{0,25} $"
)
# Out of whose money: `bổ sung 30 tỷ đồng từ nguồn tăng thu ngân sách năm 2026`
_SOURCE = regex.compile(r"(?i)(?<!\p{L})(?:từ|bằng) (?:nguồn|kinh phí|vốn|ngân sách)(?: (?!đạt|là|có)\p{L}+,?){0,12} $")
# A standard that its years tell from another: `theo chuẩn nghèo đa chiều giai đoạn 2026-2030`.
_STANDARD = regex.compile(
    r"(?i)(?<!\p{L})(?:chuẩn (?:hộ )?(?:cận )?nghèo|(?:theo|áp dụng)(?: các| những)?(?: bộ)?"
    r" (?:tiêu chí|tiêu chuẩn|quy chuẩn|chuẩn|định mức))(?: \p{L}+){0,8} $"
)
