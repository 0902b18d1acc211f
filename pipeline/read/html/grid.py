"""The rows of a table as a grid: `<td rowspan=2>` keeps its column busy in the next row, as browsers lay tables out.

This is the table model of the HTML standard, with one difference: where it lets two cells overlap, the later one ends
where it would run into the other. Numbers in cells stay text.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from pipeline.read.blocks import Block, TableBlock, TableCell
from pipeline.read.html.page import Element


@dataclass(slots=True)
class RawCell:
    """A cell as it stands in the source; `row_span` is 0 when it runs to the end of its group."""

    element: Element
    blocks: list[Block] = field(default_factory=list)

    @property
    def column_span(self) -> int:
        """How many columns the cell asks for."""
        return _span(self.element.get("colspan"), MOST_COLUMNS, 1) or 1

    @property
    def row_span(self) -> int:
        """How many rows the cell asks for."""
        return _span(self.element.get("rowspan"), MOST_ROWS, 1)


@dataclass(slots=True)
class RawRow:
    """A row, and the `thead`, `tbody` or `tfoot` that it stands in; `group` tells groups apart."""

    part: str
    group: int
    cells: list[RawCell] = field(default_factory=list)

    @property
    def is_head(self) -> bool:
        """Whether the page marks the row as head."""
        return self.part == "thead" or (bool(self.cells) and all(cell.element.tag == "th" for cell in self.cells))


def table_block(element: Element, rows: Sequence[RawRow]) -> TableBlock | None:
    """The table that *rows* make; None when nothing stands in it."""
    ordered = sorted(rows, key=lambda row: _PARTS.get(row.part, 1))
    cells = _without_empty_columns(_place(ordered))
    if not any(cell.blocks for cell in cells):
        return None
    head = next((index for index, row in enumerate(ordered) if not row.is_head), 0)
    return TableBlock(tuple(cells), head_rows=head, ruled=_is_ruled(element, rows))


def _place(rows: Sequence[RawRow]) -> list[TableCell]:
    """Each cell in the first free column of its row."""
    cells: list[TableCell] = []
    busy: dict[int, int] = {}  # column -> the first row in which it is free again
    ends = _group_ends(rows)
    for index, row in enumerate(rows):
        column = 0
        for raw in row.cells:
            while busy.get(column, 0) > index:
                column += 1
            width = _free_width(busy, index, column, raw.column_span)
            height = min(raw.row_span or MOST_ROWS, ends[index] - index) if column < WIDEST else 1
            if height > 1:
                width = min(width, WIDEST - column)
                busy.update(dict.fromkeys(range(column, column + width), index + height))
            cells.append(TableCell(index, column, tuple(raw.blocks), height, width))
            column += width
    return cells


def _without_empty_columns(cells: list[TableCell]) -> list[TableCell]:
    """The cells, without the columns in which none begins: `colspan=10` in a table of four columns draws four."""
    columns = sorted({cell.column for cell in cells})
    if not columns or columns[-1] == len(columns) - 1 == max(cell.column + cell.column_span for cell in cells) - 1:
        return cells
    placed = []
    for cell in cells:
        first = bisect_left(columns, cell.column)
        width = bisect_left(columns, cell.column + cell.column_span) - first
        placed.append(replace(cell, column=first, column_span=width))
    return placed


def _free_width(busy: dict[int, int], row: int, column: int, wanted: int) -> int:
    """How many columns, at most *wanted*, are free in *row* from *column* on."""
    for busy_column in range(column + 1, min(column + wanted, WIDEST)):
        if busy.get(busy_column, 0) > row:
            return busy_column - column
    return wanted


def _group_ends(rows: Sequence[RawRow]) -> list[int]:
    """For each row the first one after its group, which no cell spans."""
    ends = [len(rows)] * len(rows)
    for index in range(len(rows) - 2, -1, -1):
        ends[index] = ends[index + 1] if rows[index].group == rows[index + 1].group else index + 1
    return ends


def _span(value: str | None, most: int, default: int) -> int:
    match = _NUMBER.match(value) if value else None
    return min(int(match[1]), most) if match else default


def _is_ruled(table: Element, rows: Sequence[RawRow]) -> bool | None:
    """Whether lines are drawn between the cells: by their own styles, else by the table's `border` or `rules`."""
    cells = [raw.element.get("style") or "" for row in rows for raw in row.cells if raw.blocks]
    if 2 * sum(bool(_LINE.search(style)) for style in cells) >= max(len(cells), 1):
        return True
    if (table.get("rules") or "none").lower() != "none":
        return True
    border = table.get("border")
    if border is None:
        return None
    return not re.match(r"\s*(?:0|none\b)", border, re.IGNORECASE)


MOST_COLUMNS = 1000  # as the standard has it
MOST_ROWS = 65534
WIDEST = 256  # beyond this column no cell reaches into the next row, so that time stays linear
_PARTS = {"thead": 0, "tfoot": 2}
_NUMBER = re.compile(r"\s*\+?(\d{1,12})")
_LINE = re.compile(
    r"(?i)border(?:-(?:top|right|bottom|left))?(?:-style)?\s*:[^;]*\b"
    r"(?:solid|double|dashed|dotted|groove|ridge|inset|outset)\b"
)
