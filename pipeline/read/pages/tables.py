"""The tables of a page, from its drawn lines: a grid, cells that go over several rows or columns, their text.

    lines that touch → the grid of their places → squares without a line between them are one cell → words by position

pdfplumber's `intersections_to_cells` gives boxes without spans, compares all crossings with each other, and loses a
cell of which one corner was not drawn; here a missing line only joins two squares, and open sides are closed. One
column, or one cell with all text, is a box around paragraphs and no table.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

import numpy as np

from pipeline.read.blocks import Box
from pipeline.read.pages.lines import lines_of
from pipeline.read.pages.margins import Margins
from pipeline.read.pages.page import Page, Word
from pipeline.read.pages.paragraphs import TextLine, text_lines


class GridCell(NamedTuple):
    """A cell: the row and column of its upper left corner, how many it covers, its lines."""

    row: int
    column: int
    row_span: int
    column_span: int
    lines: tuple[TextLine, ...]

    @property
    def text(self) -> str:
        """Its lines with spaces between them."""
        return " ".join(line.text for line in self.lines)


@dataclass(frozen=True, slots=True)
class GridTable:
    """A table of one page; `xs` and `ys` are the places of the lines between its columns and rows."""

    page: int
    xs: tuple[float, ...]
    ys: tuple[float, ...]
    cells: tuple[GridCell, ...]

    @property
    def box(self) -> Box:
        """What it covers."""
        return self.xs[0], self.ys[0], self.xs[-1], self.ys[-1]


def tables_on(page: Page) -> tuple[list[GridTable], list[Word]]:
    """The ruled tables of *page* from top to bottom, and the words that are in none of them."""
    tables: list[GridTable] = []
    rest = list(page.words)
    for group in _connected(_merged(page.rules)):
        grid = _Grid.of(group)
        table = grid and grid.table(page, [word for word in rest if _inside(grid.box, word)])
        if grid and table:
            tables.append(table)
            rest = [word for word in rest if not _inside(grid.box, word)]
    return sorted(tables, key=lambda table: table.box[1]), rest


class _Rule(NamedTuple):
    upright: bool
    at: float
    start: float
    end: float


def _merged(rules: Sequence[Box]) -> list[_Rule]:
    """Lines along one another put together to long ones, those that are drawn twice or in pieces included."""
    found = sorted(_rule(box) for box in rules)
    merged: list[_Rule] = []
    for upright, at, group in _strips(found):
        start, end = group[0][0], group[0][1]
        for first, last in group[1:]:
            if first > end + _NEAR:
                merged.append(_Rule(upright, at, start, end))
                start, end = first, last
            end = max(end, last)
        merged.append(_Rule(upright, at, start, end))
    return [rule for rule in merged if rule.end - rule.start > _SHORTEST]


def _rule(box: Box) -> _Rule:
    left, top, right, bottom = box
    if bottom - top > right - left:
        return _Rule(True, (left + right) / 2, top, bottom)
    return _Rule(False, (top + bottom) / 2, left, right)


def _strips(rules: Sequence[_Rule]) -> Iterator[tuple[bool, float, list[tuple[float, float]]]]:
    """Lines of one direction that are at nearly the same place: where that is, and their ends in order."""
    group: list[_Rule] = []
    for rule in rules:
        if group and (rule.upright != group[0].upright or rule.at > group[0].at + _NEAR):
            yield group[0].upright, _middle(group), sorted((one.start, one.end) for one in group)
            group = []
        group.append(rule)
    if group:
        yield group[0].upright, _middle(group), sorted((one.start, one.end) for one in group)


def _middle(group: Sequence[_Rule]) -> float:
    return sum(rule.at for rule in group) / len(group)


def _connected(rules: Sequence[_Rule]) -> Iterator[list[_Rule]]:
    """Groups of lines that touch one another, as the lines of a table do."""
    upright = [rule for rule in rules if rule.upright]
    level = [rule for rule in rules if not rule.upright]
    if len(upright) < 2 or len(level) < 2 or max(len(upright), len(level)) > _MOST_RULES:
        return
    touching = _touching(upright, level)
    waiting = set(range(len(upright)))
    while waiting:
        ups, levels, new = set[int](), set[int](), {waiting.pop()}
        while new:
            ups |= new
            reached = set(np.flatnonzero(touching[sorted(new)].any(axis=0)).tolist()) - levels
            levels |= reached
            new = set(np.flatnonzero(touching[:, sorted(reached)].any(axis=1)).tolist()) - ups if reached else set()
        waiting -= ups
        if len(ups) > 1 and len(levels) > 1:
            yield [*(upright[index] for index in ups), *(level[index] for index in levels)]


def _touching(upright: Sequence[_Rule], level: Sequence[_Rule]) -> np.ndarray[tuple[int, int], np.dtype[np.bool_]]:
    up, flat = np.array([rule[1:] for rule in upright]), np.array([rule[1:] for rule in level])
    at, start, end = (up[:, None, column] for column in range(3))
    met: np.ndarray[tuple[int, int], np.dtype[np.bool_]] = (
        (start <= flat[None, :, 0] + _NEAR)
        & (end >= flat[None, :, 0] - _NEAR)
        & (flat[None, :, 1] <= at + _NEAR)
        & (flat[None, :, 2] >= at - _NEAR)
    )
    return met


@dataclass(slots=True)
class _Grid:
    """The squares between all lines of a table; `right` and `below` tell where a line ends a square."""

    xs: list[float]
    ys: list[float]
    right: list[list[bool]]
    below: list[list[bool]]

    @classmethod
    def of(cls, rules: Sequence[_Rule]) -> _Grid | None:
        xs = _places([rule.at for rule in rules if rule.upright])
        ys = _places([rule.at for rule in rules if not rule.upright])
        xs = _closed(xs, [(rule.start, rule.end) for rule in rules if not rule.upright])
        ys = _closed(ys, [(rule.start, rule.end) for rule in rules if rule.upright])
        height, width = len(ys) - 1, len(xs) - 1
        if height < 1 or width < 2 or height * width > _MOST_SQUARES:
            return None
        right = [[column == width - 1 for column in range(width)] for _ in range(height)]
        below = [[row == height - 1] * width for row in range(height)]
        for rule in rules:
            along, across = (ys, xs) if rule.upright else (xs, ys)
            line = _nearest(across, rule.at) - 1
            if not 0 <= line < len(across) - 1:
                continue
            for square in _covered(along, rule):
                if rule.upright:
                    right[square][line] = True
                else:
                    below[line][square] = True
        return cls(xs, ys, right, below)

    @property
    def box(self) -> Box:
        return self.xs[0], self.ys[0], self.xs[-1], self.ys[-1]

    def table(self, page: Page, words: Sequence[Word]) -> GridTable | None:
        """The table with its *words*, None when it is only a box around text."""
        spans = self._spans()
        held: dict[tuple[int, int], list[Word]] = {}
        owner = {square: span[:2] for span in spans for square in _squares(span)}
        for word in words:
            held.setdefault(owner[self._square(word)], []).append(word)
        if len(held) < 2 or len({column for _, column in held}) < 2 or self._frames(page, held):
            return None
        cells = tuple(GridCell(*span, tuple(self._lines(page.number, span, held.get(span[:2], [])))) for span in spans)
        return GridTable(page.number, tuple(self.xs), tuple(self.ys), cells)

    def _square(self, word: Word) -> tuple[int, int]:
        x, y = (word.left + word.right) / 2, (word.top + word.bottom) / 2
        row = min(max(bisect_right(self.ys, y) - 1, 0), len(self.ys) - 2)
        return row, min(max(bisect_right(self.xs, x) - 1, 0), len(self.xs) - 2)

    def _frames(self, page: Page, held: dict[tuple[int, int], list[Word]]) -> bool:
        """Whether it is a frame around the whole page: one square holds nearly all of its words."""
        most = max(map(len, held.values()))
        return most > 0.8 * len(page.words) and len(page.words) > 30 and len(held) < 4

    def _spans(self) -> list[tuple[int, int, int, int]]:
        """Row, column, row span and column span of each cell: squares that no line parts."""
        taken: set[tuple[int, int]] = set()
        spans = []
        for row in range(len(self.ys) - 1):
            for column in range(len(self.xs) - 1):
                if (row, column) not in taken:
                    span = row, column, *self._extent(row, column, taken)
                    taken.update(_squares(span))
                    spans.append(span)
        return spans

    def _extent(self, row: int, column: int, taken: set[tuple[int, int]]) -> tuple[int, int]:
        across = column
        while not self.right[row][across] and (row, across + 1) not in taken:
            across += 1
        down = row
        while not any(self.below[down][column : across + 1]) and self._open(down + 1, column, across, taken):
            down += 1
        return down - row + 1, across - column + 1

    def _open(self, row: int, first: int, last: int, taken: set[tuple[int, int]]) -> bool:
        """Whether no line parts the squares of *row* from *first* to *last*."""
        return not any(self.right[row][first:last]) and all(
            (row, column) not in taken for column in range(first, last + 1)
        )

    def _lines(self, page: int, span: tuple[int, int, int, int], words: Sequence[Word]) -> list[TextLine]:
        left, right = self.xs[span[1]], self.xs[span[1] + span[3]]
        padding = min([_PADDING, *(max(word.left - left, 0) for word in words)])
        return text_lines(lines_of(words), page, Margins(left + padding, right - padding), setting="cell")


def _squares(span: tuple[int, int, int, int]) -> Iterator[tuple[int, int]]:
    row, column, height, width = span
    return ((row + down, column + across) for down in range(height) for across in range(width))


def _places(values: Sequence[float]) -> list[float]:
    """The places of lines in order, those that are nearly the same as one."""
    places: list[float] = []
    for value in sorted(values):
        if not places or value > places[-1] + _NEAR:
            places.append(value)
    return places


def _nearest(places: Sequence[float], value: float) -> int:
    after = bisect_left(places, value)
    near = [index for index in (after - 1, after) if 0 <= index < len(places)]
    return min(near, key=lambda index: abs(places[index] - value))


def _closed(places: list[float], crossing: Sequence[tuple[float, float]]) -> list[float]:
    """*places* with an outer side where at least three lines go out over the last one: a table without side lines."""
    before = sorted(start for start, _ in crossing if start < places[0] - _OPEN)
    after = sorted(end for _, end in crossing if end > places[-1] + _OPEN)
    first = [before[0]] if len(before) > 2 else []
    return [*first, *places, *([after[-1]] if len(after) > 2 else [])]


def _covered(places: Sequence[float], rule: _Rule) -> range:
    """The squares along a line of which it covers the middle."""
    middles = [(one + two) / 2 for one, two in pairwise(places)]
    return range(bisect_left(middles, rule.start - _NEAR), bisect_right(middles, rule.end + _NEAR))


def _inside(box: Box, word: Word) -> bool:
    x, y = (word.left + word.right) / 2, (word.top + word.bottom) / 2
    return box[0] - _NEAR <= x <= box[2] + _NEAR and box[1] - _NEAR <= y <= box[3] + _NEAR


# Lines that are this near are one, and meet; Word's cells are padded by 5.4 points.
_NEAR = 3.0
_SHORTEST = 6.0
_OPEN = 12.0
_PADDING = 5.4
_MOST_RULES = 1500
_MOST_SQUARES = 50_000
