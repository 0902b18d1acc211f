"""Years that stand beside a figure and bind nothing but it: "diện tích năm 2027 đạt 300 ha".

A bare year is no deadline, since texts are full of years that bind nobody; beside the figure of a target it says when
that figure must hold. It counts only within the same stretch between marks, and not where it dates a plan or a level
of comparison: "tăng 20% so với năm 2024", "từ 8% năm 2024 xuống 6%".
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from datetime import date

import regex

from schemas import Deadline, Span


def years_beside(text: str, figures: Sequence[Span], deadlines: Sequence[Deadline]) -> list[Deadline | None]:
    """The year beside each of *figures* (in order), or None; a stretch that has one of *deadlines* needs none.

    >>> text = "diện tích năm 2027 đạt 300 ha"
    >>> [str(year) for year in years_beside(text, [Span(23, 26)], ())]
    ['during 2027-01-01/2027-12-31']
    """
    years = [match for match in _YEARS.finditer(text) if _is_free(text, match, deadlines)]
    if not years:
        return [None] * len(figures)
    edges = [0, *(match.end() for match in _EDGE.finditer(text)), len(text)]
    dates = sorted(deadline.span.start for deadline in deadlines if deadline.start or deadline.end)
    dated = {bisect_right(edges, date) for date in dates}
    found: list[Deadline | None] = []
    for index, figure in enumerate(figures):
        year = (
            None if bisect_right(edges, figure.start) in dated else _beside(text, figures, index, years, edges, dates)
        )
        part = index and _PART_OF.fullmatch(text, figures[index - 1].end, figure.start)
        found.append(found[-1] if year is None and part else year)
    return found


def tells_the_level(text: str, deadline: Deadline) -> bool:
    """Whether a time only names what a figure is compared with: `gấp 1,5 lần năm 2021`, `so với cùng kỳ năm 2020`."""
    start = deadline.span.start
    bare = deadline.surface.lower().startswith(("năm", "cùng kỳ"))  # but `còn 1,7 lần vào năm 2025`
    return bare and _LEVEL.search(text, max(0, start - _NEAR), start) is not None


def _is_free(text: str, match: regex.Match[str], deadlines: Sequence[Deadline]) -> bool:
    """Whether a year is no part of a deadline, of a plan's name or of a level of comparison."""
    start, end = match.span()
    taken = any(deadline.span.start < end and start < deadline.span.end for deadline in deadlines)
    return not taken and not _NAMES.search(text, max(0, start - _NEAR), start)


def _beside(
    text: str,
    figures: Sequence[Span],
    index: int,
    years: Sequence[regex.Match[str]],
    edges: Sequence[int],
    dates: Sequence[int],
) -> Deadline | None:
    figure = figures[index]
    start = max(edges[bisect_right(edges, figure.start) - 1], figures[index - 1].end if index else 0)
    following = [figures[index + 1].start] if index + 1 < len(figures) else []
    following += dates[bisect_left(dates, figure.end) :][:1]
    at = bisect_left(years, figure.start, key=regex.Match.start)
    after = years[at] if at < len(years) and years[at].end() <= min([*following, figure.end + _REACH]) else None
    if after and not _PARTS.search(text, figure.end, after.start()) and _CLOSES.match(text, after.end()):
        return _period(after)
    before = years[at - 1] if at and years[at - 1].start() >= start else None
    if before and not any(map(str.isdigit, text[before.end() : figure.start] + text[start : before.start()])):
        return _period(before)
    return None


def _period(match: regex.Match[str]) -> Deadline | None:
    first, last = int(match["first"]), int(match["last"] or match["first"])
    if first > last:
        return None
    bounds = date(first, 1, 1), date(last, 12, 31)
    return Deadline(span=Span(*match.span()), surface=match[0], kind="during", start=bounds[0], end=bounds[1])


_NEAR, _REACH = 30, 80
_YEARS = regex.compile(
    r"(?i)(?<!\p{L})(?:(?:giai đoạn|thời kỳ|(?:0?[35]|ba|năm) năm)(?: từ)? (?:năm )?|năm )"
    r"(?P<first>20\d\d)(?: ?(?:[-–]|đến(?: năm)?) ?(?P<last>20\d\d))?(?![\d/])"
)
_EDGE = regex.compile(r"[;:()\n]|[,.](?=\s)")
_PARTS = regex.compile(r"[;:()\n]|\.(?=\s)")
_PART_OF = regex.compile(r"[^.;\d]{0,60}[,(] ?(?:trong đó|riêng)(?!\p{L})[^.;\d]{0,80}")
_CLOSES = regex.compile(r"\s*(?:[;,.)\n]|và(?!\p{L})|$)")
_LEVEL = regex.compile(r"(?i)(?:so với|lần|cùng kỳ)(?: cả| các| trong| của| với)? $")
_NAMES = regex.compile(
    r"(?i)(?:so với|bằng|hơn|gấp|lần|cùng kỳ|mức|của|từ|đến|trước|sau|tính"
    r"|kế hoạch|quy hoạch|chương trình|chiến lược"
    r"|nghị quyết|quyết định|đề án|dự án|dự toán|ngân sách|thời điểm)(?: cả| các| trong| của)? $"
    r"|so với [^,;.\d]{0,25} $"
)
