"""Find tables in every layout that dumps leave them in, and lift each out of the lines as one grid.

A letterhead (issuer beside the national motto) and a closing (recipients beside the signature) are laid out in two
columns with the same bars; they are no tables, and their cells become lines of their own.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace

from pipeline.cell_kinds import ORDINAL
from pipeline.segment.bar_runs import first_cell, lack_gaps, layout_runs, runs_between_bars, stands_above
from pipeline.segment.bars import BarTable, read_with_gaps, read_without_gaps
from pipeline.segment.beside_tables import is_layout, unit_in
from pipeline.segment.cells import begins_list, cell_of, is_column_numbers, is_ordinal_head
from pipeline.segment.columns import read_column
from pipeline.segment.grids import RawGrid, build_grid
from pipeline.segment.lines import Line
from pipeline.segment.row_lines import continues_head, is_regular, parted, rows_of_lines
from schemas.record import Span


def lift_tables(text: str, lines: Sequence[Line], drawn: Sequence[RawGrid] = ()) -> tuple[list[Line], list[RawGrid]]:
    """The lines with each table as one line, and the tables in order; those *drawn* by the input are known already."""
    lift = _Lift()
    if not drawn and not ("|" in text or "\t" in text or _ORDINAL_HEAD.search(text)):
        return list(lines), []
    position = 0
    for grid in drawn:
        first = bisect_left(lines, grid.span.start, lo=position, key=lambda line: line.start)
        lift.run(lines[position:first])
        lift.add_drawn(grid)
        position = bisect_left(lines, grid.span.end, lo=first, key=lambda line: line.start)
    lift.run(lines[position:])
    return lift.kept, lift.grids


class _Lift:
    def __init__(self) -> None:
        self.lines: Sequence[Line] = ()
        self.kept: list[Line] = []
        self.grids: list[RawGrid] = []

    def add_drawn(self, grid: RawGrid) -> None:
        self._keep(replace(grid, unit=self._unit()))

    def run(self, lines: Sequence[Line]) -> None:
        self.lines = lines
        position = 0
        while position < len(self.lines):
            text = self.lines[position].text
            if text == "|":
                position = self._bars(position)
            elif "|" in text:
                position = self._rows(position, "|")
            elif "\t" in text:
                position = self._rows(position, "\t")
            elif is_ordinal_head(text):
                position = self._column(position)
            else:
                self.kept.append(self.lines[position])
                position += 1

    # one cell a line between bars ------------------------------------------------------------------------------

    def _bars(self, position: int) -> int:
        runs, bars = runs_between_bars(self.lines, position)
        end = bars[-1] + 1
        if not runs:
            return end
        cells = [cell_of(run) for run in runs]
        at = layout_runs(runs)
        for run in runs[:at]:
            self.kept.extend(run)
        if not at and lack_gaps(self.kept, runs):
            first = self.kept[len(self.kept) - first_cell(self.kept) :]
            table = read_without_gaps([cell_of(first), *cells])
            if table and self._add(table, first[0].start if first else self.lines[bars[0]].start, bars[table.used - 1]):
                at = table.used - 1
        tried = False
        while at < len(runs):
            table = None
            if runs[at] and not stands_above(cells, at):
                table = read_with_gaps(cells, at, whole=not tried)
                tried = True
            if table and begins_list(table.heads[0]):
                self.kept.extend(line for run in runs[at : at + table.used] for line in run)
                at += table.used
            elif table and self._add(table, self.lines[bars[at]].start, bars[at + table.used]):
                at += table.used
            else:
                self.kept.extend(runs[at])
                at += 1
        return end

    def _add(self, table: BarTable, start: int, last_bar: int) -> bool:
        while self.kept and self.kept[-1].start >= start:  # the first cell, which stood before the first bar
            self.kept.pop()
        if self.kept and self.kept[-1].grid >= 0:  # one bar may close a table and open the next
            start = max(start, self.kept[-1].end)
        grid = build_grid(table.heads, table.rows, table.width, Span(start, self.lines[last_bar].end), self._unit())
        if grid is not None:
            self._keep(grid)
        return grid is not None

    def _keep(self, grid: RawGrid) -> None:
        self.kept.append(Line(grid.span.start, grid.span.end, "", len(self.grids)))
        self.grids.append(grid)

    def _unit(self) -> str | None:
        """The unit line above a table: `ĐVT: triệu đồng`."""
        for line in reversed(self.kept[-4:]):
            if line.grid >= 0:
                return None
            if (unit := unit_in(line.text)) is not None:
                return unit
        return None

    # one row a line -----------------------------------------------------------------------------------------------

    def _rows(self, position: int, mark: str) -> int:
        stop = position
        while stop < len(self.lines) and mark in self.lines[stop].text and self.lines[stop].text != mark:
            stop += 1
        rows = rows_of_lines(self.lines[position:stop], mark)
        layout = [any(is_layout(line.text) for line in row) for row in rows]
        first = 0
        while first < len(rows) and any(layout[first : first + 4] if first < 4 else layout[first : first + 1]):
            first += 1
        for row in rows[:first]:
            self.kept.extend(line for line in row if line.text)
        body = rows[first:]
        if not body:
            return stop
        if mark == "|" and not is_regular(body):
            self.kept.extend(self.lines[position + first : stop])
            return stop
        at = position + first
        for part in parted(body):
            self._row_table(part, Span(self.lines[at].start, self.lines[at + len(part) - 1].end))
            at += len(part)
        return stop

    def _row_table(self, body: Sequence[Sequence[Line]], span: Span) -> None:
        """One table from its rows; what is none goes back to the lines."""
        width = max(len(row) for row in body)
        cells = [[cell_of([line] if line.text else []) for line in row] for row in body]
        heads = 1
        while heads < min(3, len(cells) - 1) and continues_head(cells[heads - 1], cells[heads]):
            heads += 1
        after = heads + (1 if len(cells) > heads + 1 and is_column_numbers(cells[heads]) else 0)
        grid = None
        if len(body) > 1 and width > 1:
            grid = build_grid(cells[:heads], cells[after:], width, span, self._unit())
        if grid is None:
            self.kept.extend(line for row in body for line in row if line.text)
        else:
            self._keep(grid)

    # one cell a line, no bars -------------------------------------------------------------------------------------

    def _column(self, position: int) -> int:
        table = read_column(self.lines, position)
        if table:
            span = Span(self.lines[position].start, self.lines[position + table.used - 1].end)
            grid = build_grid(table.heads, table.rows, table.width, span, self._unit())
            if grid:
                self._keep(grid)
                return position + table.used
        self.kept.append(self.lines[position])
        return position + 1


_ORDINAL_HEAD = re.compile(rf"(?m)^{ORDINAL}$")
