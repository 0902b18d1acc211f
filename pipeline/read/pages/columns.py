"""Find where a page is set in two columns without lines: the letterhead, the closing, text in two columns.

    BỘ XÂY DỰNG            CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
    Số: 12/QĐ-BXD          Hà Nội, ngày 05 tháng 3 năm 2025

A gap that goes through several lines at the same place parts them; whether the parts are columns, or cells of a table
without lines that must be read row by row, is told by what stands there: a motto, a signature, "Nơi nhận:".
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from statistics import median
from typing import Literal, NamedTuple

from pipeline.read.pages.lines import Line, lines_of
from pipeline.read.pages.page import Word


class Columns(NamedTuple):
    """Two columns: the lines of the left one and of the right one; `setting` tells a letterhead from running text."""

    left: tuple[Line, ...]
    right: tuple[Line, ...]
    setting: Literal["flow", "frame"]
    page: int = 0


class _Gap(NamedTuple):
    left: float
    right: float


def columns_of(lines: Sequence[Line], left: float, right: float) -> list[Line | Columns]:
    """The *lines* of a page whose text reaches from *left* to *right*, those in two columns taken together."""
    found: list[Line | Columns] = []
    position = free = 0
    while position < len(lines):
        gap = _middle_gap(lines[position], left, right)
        region = gap and _Region.around(lines, position, free, gap)
        if region and region.are_columns(right - left):
            del found[len(found) - (position - region.start) :]
            found.append(region.columns())
            position = free = region.end
        else:
            found.append(lines[position])
            position += 1
    return found


def _middle_gap(line: Line, left: float, right: float) -> _Gap | None:
    """The widest gap in the middle of *line*, when it is far wider than those between its words."""
    gaps = [_Gap(*gap) for gap in line.gaps()]
    first, last = left + 0.12 * (right - left), right - 0.2 * (right - left)
    middle = [gap for gap in gaps if gap.right > first and gap.left < last]
    widest = max(middle, key=lambda gap: gap.right - gap.left, default=None)
    if widest is None:
        return None
    usual = median(gap.right - gap.left for gap in gaps) if len(gaps) > 2 else 0.25 * line.size
    return widest if widest.right - widest.left > max(0.9 * line.size, 2.2 * usual) else None


class _Region:
    """Lines on both sides of a gap that goes through all of them; grows line by line."""

    def __init__(self, lines: Sequence[Line], start: int, gap: _Gap) -> None:
        self.lines = lines
        self.start = start
        self.end = start + 1
        self.gap = gap
        self.sides: tuple[list[Line], list[Line]] = ([], [])
        self._add(lines[start], gap)

    @classmethod
    def around(cls, lines: Sequence[Line], position: int, free: int, gap: _Gap) -> _Region:
        """The region of *gap* through the line at *position*; it reaches up to the line *free* at most."""
        region = cls(lines, position, gap)
        while region.end < min(len(lines), position + _LONGEST) and region._takes(lines[region.end], below=True):
            region.end += 1
        while region.start > free and region._takes(lines[region.start - 1], below=False):
            region.start -= 1
        return region

    def columns(self) -> Columns:
        """The lines of each side, put together anew: those of one side need not be as high as those of the other."""
        left, right = (
            tuple(line for line in lines_of([word for line in side for word in line.words]) if not line.is_typed_rule)
            for side in self.sides
        )
        return Columns(left, right, "frame" if self._is_frame() else "flow")

    def are_columns(self, width: float) -> bool:
        """Whether this is a letterhead, a closing, or text in two columns of a page of *width*."""
        return self._is_frame() or all(_is_text(side, width) for side in self.sides)

    def _is_frame(self) -> bool:
        return _FRAME.search("\n".join(line.text for side in self.sides for line in side)) is not None

    def _takes(self, line: Line, *, below: bool) -> bool:
        gap = _narrowed(line, self.gap)
        if gap is None:
            return False
        left, right = _parted(line, gap)
        if left and right:
            fits = below and line.top - self.lines[self.end - 1].bottom < 5 * line.size
        else:
            fits = self._aligned(line, on_right=bool(right), below=below)
        if fits:
            self._add(line, gap)
        return fits

    def _add(self, line: Line, gap: _Gap) -> None:
        self.gap = gap
        parts = _parted(line, gap)
        for side, words in zip(self.sides, parts, strict=True):
            if words:
                side.append(Line.of(words))

    def _aligned(self, line: Line, *, on_right: bool, below: bool) -> bool:
        """Whether a line on one side alone goes on the column there."""
        side = self.sides[on_right]
        if not below:
            near = self.lines[self.start].middle - line.middle
            return near < 0.9 * line.size or (
                near < 1.7 * line.size
                and (_OPENS.match(line.text) is not None or (on_right and _same_middle(line, side)))
            )
        distance = line.middle - max(other.middle for other in side)
        if on_right and _same_middle(line, side):
            return distance < _SIGNATURE
        starts = any(abs(line.left - other.left) < 8 for other in side) or _same_middle(line, side)
        recipient = _ITEM.match(line.text) and any(_RECIPIENTS.match(other.text) for other in side)
        return starts and distance < (_FAR if recipient else _NEAR) * line.size


def _same_middle(line: Line, side: Sequence[Line]) -> bool:
    middle = median(other.left + other.right for other in side) / 2
    return abs((line.left + line.right) / 2 - middle) < 12


def _narrowed(line: Line, gap: _Gap) -> _Gap | None:
    """What *line* leaves free of *gap*, None when it goes through it."""
    if line.right < gap.right - _NARROWEST:
        return _Gap(max(gap.left, line.right), gap.right)
    if line.left > gap.left + _NARROWEST:
        return _Gap(gap.left, min(gap.right, line.left))
    shared = [_Gap(max(gap.left, left), min(gap.right, right)) for left, right in line.gaps()]
    widest = max(shared, key=lambda gap: gap.right - gap.left, default=gap)
    return widest if shared and widest.right - widest.left > _NARROWEST else None


def _parted(line: Line, gap: _Gap) -> tuple[tuple[Word, ...], tuple[Word, ...]]:
    """The words left and right of *gap*."""
    left = tuple(word for word in line.words if word.left + word.right < gap.left + gap.right)
    return left, line.words[len(left) :]


def _is_text(side: Sequence[Line], width: float) -> bool:
    """Whether *side* is a column of running text: most of its lines are full."""
    right = max(line.right for line in side)
    full = sum(line.right > right - 2 * line.size for line in side)
    return len(side) > 14 and full > 0.7 * len(side) and right - min(line.left for line in side) > 0.3 * width


# Lines of a column are at most this many font sizes apart.
_NEAR = 1.9
_FAR = 3.0  # the recipients below "Nơi nhận:" are paragraphs, with room between them
_LONGEST = 100
_NARROWEST = 5.0
# The room that is left for a signature, between the office of who signs and the name.
_SIGNATURE = 190.0
_RECIPIENTS = re.compile(r"(?i)\W*Nơi nh[ậâ]n")
_ITEM = re.compile(r"[-–+•]")
_OPENS = re.compile(r"(?i)Nơi nhận|(?:TM|KT|TL|TUQ|Q)\.")
_FRAME = re.compile(
    r"(?mi:^\W*Nơi nh[ậâ]n)|CỘNG H|(?i:Độc lập\s*[-–]\s*Tự do)|ĐẢNG CỘNG SẢN|^(?:TM|KT|TL|TUQ|Q)\. ?[A-ZĐỦ]{2}"
    r"|^Số ?:.{0,40}/|Lưu: ?V[TP]|^(?:NGƯỜI LẬP|THỦ TRƯỞNG|GIÁM ĐỐC|CHỦ TỊCH|ĐẠI DIỆN|XÁC NHẬN)",
    re.MULTILINE,
)
