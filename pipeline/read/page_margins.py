"""Find how wide the text of each page is, and how far apart its lines are.

A page with enough lines tells for itself (scans shift from page to page by some points); one with few takes what the
other pages of its width have.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Sequence
from itertools import pairwise
from statistics import median
from typing import NamedTuple

from pipeline.read.page_lines import Line
from pipeline.read.pages import Page


class Margins(NamedTuple):
    """The left and right end of a column of text, in points; the distance of its lines in font sizes."""

    left: float
    right: float
    pitch: float | None = None


def margins_of(pages: Sequence[tuple[Page, Sequence[Line]]]) -> list[Margins]:
    """The margins of the text of each page, from its lines."""
    alike: dict[int, list[Line]] = defaultdict(list)
    for page, lines in pages:
        alike[round(page.width)] += lines
    shared = {width: _margins(lines) for width, lines in alike.items()}
    return [_own(lines, shared[round(page.width)], page) for page, lines in pages]


def usual_pitch(lines: Sequence[Line], right: float) -> float | None:
    """The distance of lines within a paragraph as a multiple of the font size, from lines that are full."""
    found = [
        (below.middle - line.middle) / max(line.size, 4.0)
        for line, below in pairwise(lines)
        if line.right > right - line.size and abs(below.size - line.size) < 1
    ]
    likely = [pitch for pitch in found if 0.8 < pitch < 2.6]
    return median(likely) if likely else None


def _margins(lines: Sequence[Line]) -> Margins:
    if not lines:
        return Margins(0.0, 0.0)
    right = -_outermost([-line.right for line in lines])
    return Margins(_outermost([line.left for line in lines]), right, usual_pitch(lines, right))


def _own(lines: Sequence[Line], shared: Margins, page: Page) -> Margins:
    if not lines:
        return Margins(shared.left, shared.right or page.width, shared.pitch)
    own = _margins(lines)
    left = own.left if sum(abs(line.left - own.left) < _ALIKE for line in lines) > _ENOUGH else shared.left
    right = own.right if sum(abs(line.right - own.right) < _ALIKE for line in lines) > _ENOUGH else shared.right
    return Margins(min(left, shared.left + 20), max(right, shared.right - 20), own.pitch or shared.pitch)


def _outermost(values: Sequence[float]) -> float:
    """The least value that is not alone: a few lines begin (or end) there."""
    ordered = sorted(values)
    enough = min(3, max(1, len(ordered) // 4))
    for value in ordered:
        if bisect_right(ordered, value + _ALIKE) - bisect_left(ordered, value) >= enough:
            return value
    return ordered[0]


_ALIKE = 2.0
_ENOUGH = 4
