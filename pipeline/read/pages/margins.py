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

from pipeline.read.blocks import Box
from pipeline.read.pages.lines import Line


class Margins(NamedTuple):
    """The left and right end of a column of text, in points; the distance of its lines in font sizes."""

    left: float
    right: float
    pitch: float | None = None


class Content(NamedTuple):
    """What tells the margins of a page: its lines outside of tables, and the boxes of its tables."""

    width: float
    lines: Sequence[Line]
    tables: Sequence[Box] = ()


def margins_of(pages: Sequence[Content]) -> list[Margins]:
    """The margins of the text of each page."""
    alike: dict[int, list[Line]] = defaultdict(list)
    for page in pages:
        alike[round(page.width)] += page.lines
    shared = {width: _margins(lines) for width, lines in alike.items()}
    return [_own(page, shared[round(page.width)]) for page in pages]


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


def _own(page: Content, shared: Margins) -> Margins:
    own = _margins(page.lines)
    left = own.left if sum(abs(line.left - own.left) < _ALIKE for line in page.lines) > _ENOUGH else shared.left
    right = own.right if sum(abs(line.right - own.right) < _ALIKE for line in page.lines) > _ENOUGH else shared.right
    left, right = min(left, shared.left + _FAR), max(right, shared.right - _FAR)
    # A table is as wide as the text, or wider; a page of a heading over a table has no other sign.
    left = min([left, *(box[0] + _PADDING for box in page.tables)])
    right = max([right, *(box[2] - _PADDING for box in page.tables)])
    return Margins(left, right, own.pitch or shared.pitch)


def _outermost(values: Sequence[float]) -> float:
    """The least value that is not alone: a few lines begin (or end) there."""
    ordered = sorted(values)
    enough = min(3, max(1, len(ordered) // 4))
    # Few lines stand out over the text; when many do, the lines are centred and none of them tells.
    for value in ordered[: len(ordered) // 8 + 1]:
        if bisect_right(ordered, value + _ALIKE) - bisect_left(ordered, value) >= enough:
            return value
    return ordered[0]


_ALIKE = 2.0
_ENOUGH = 4
_FAR = 20.0
_PADDING = 5.4
