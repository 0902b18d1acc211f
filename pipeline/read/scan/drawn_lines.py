"""Find the straight lines drawn on a scanned page, such as those of its tables, and take them out of the picture.

A row of dots belongs to a line when a long stretch of it is dark all but a few dots: no letter is that long. What is as
thick as a blot (a black edge of the scan) is taken out but is no line of a table.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from pipeline.read.blocks import Box
from pipeline.read.scan.straightening import Dark


@dataclass(frozen=True, slots=True)
class DrawnLines:
    """The lines of a picture as thin boxes in dots of it, and `mask`, True at the dots that make them up."""

    boxes: tuple[Box, ...]
    mask: Dark


def drawn_lines(dark: Dark, *, per_inch: float) -> DrawnLines:
    """The horizontal and vertical lines of a straight picture of *per_inch* dots an inch (about 150 is enough)."""
    mask = np.zeros_like(dark)
    across = list(_lines_across(dark, mask, per_inch))
    down = [line.turned() for line in _lines_across(dark.T, mask.T, per_inch)]
    return DrawnLines(tuple(_box(line) for line in across + down), mask)


def _lines_across(dark: Dark, mask: Dark, per_inch: float) -> Iterator[_Line]:
    """The horizontal lines; their dots are set in *mask*."""
    runs = _long_runs(dark, round(SHORTEST * per_inch))
    thickest = max(round(THICKEST * per_inch), 2)
    for line in _touching(runs):
        if line.bottom - line.top <= thickest + SLANT * (line.right - line.left) and _stands_alone(line, dark):
            within = (slice(line.top, line.bottom), slice(line.left, line.right))
            mask[within] |= runs[within]
            yield line


class _Line(NamedTuple):
    """A stretch of dots `[left, right)` by `[top, bottom)`."""

    top: int
    bottom: int
    left: int
    right: int

    def turned(self) -> _Line:
        return _Line(self.left, self.right, self.top, self.bottom)


def _long_runs(dark: Dark, shortest: int) -> Dark:
    """The dots of *dark* in a stretch of a row that is dark over *shortest* dots, but for `GAPS` of them."""
    height, width = dark.shape
    if width < shortest or not height:
        return np.zeros_like(dark)
    sums = np.zeros((height, width + 1), dtype=np.int32)
    np.cumsum(dark, axis=1, out=sums[:, 1:])
    full = sums[:, shortest:] - sums[:, :-shortest] >= shortest * (1 - GAPS)
    starts = np.zeros((height, width + 1), dtype=np.int32)
    starts[:, : full.shape[1]] += full
    starts[:, shortest:] -= full[:, : width + 1 - shortest]
    covered: Dark = np.cumsum(starts, axis=1)[:, :width] > 0
    return covered & dark


def _touching(mask: Dark) -> Iterator[_Line]:
    """The lines that the rows of *mask* make: runs that touch, also across a small gap, are one."""
    open_lines: list[_Line] = []
    for row, left, right in _runs(mask):
        still: list[_Line] = []
        grown = _Line(row, row + 1, left, right)
        for line in open_lines:
            if line.bottom < row - APART:
                yield line
            elif line.left <= grown.right + APART and grown.left <= line.right + APART:
                grown = _Line(
                    min(line.top, grown.top), row + 1, min(line.left, grown.left), max(line.right, grown.right)
                )
            else:
                still.append(line)
        open_lines = [*still, grown]
    yield from open_lines


def _runs(mask: Dark) -> Iterator[tuple[int, int, int]]:
    """Row, left and right of each run of True."""
    padded = np.zeros((mask.shape[0], mask.shape[1] + 2), dtype=np.int8)
    padded[:, 1:-1] = mask
    changes = np.diff(padded, axis=1)
    rows, lefts = np.nonzero(changes == 1)
    rights = np.nonzero(changes == -1)[1]
    yield from zip(rows.tolist(), lefts.tolist(), rights.tolist(), strict=True)


def _stands_alone(line: _Line, dark: Dark) -> bool:
    """Whether it is light above and below: not in a row of bold letters, nor in a blot."""
    above = dark[max(line.top - BESIDE, 0) : max(line.top - BESIDE + 1, 1), line.left : line.right]
    below = dark[line.bottom + BESIDE - 1 : line.bottom + BESIDE, line.left : line.right]
    return all(not beside.size or float(beside.mean()) <= DARK_BESIDE for beside in (above, below))


def _box(line: _Line) -> Box:
    return (float(line.left), float(line.top), float(line.right), float(line.bottom))


SHORTEST = 0.4  # inches: longer than the stroke of a letter in a title, shorter than a column of numbers is wide
THICKEST = 0.06  # inches
SLANT = 0.01  # of its length by which a line may climb: sheets go through a scanner a little sheared
GAPS = 0.04
APART = 2  # dots
BESIDE = 3  # dots
DARK_BESIDE = 0.25
