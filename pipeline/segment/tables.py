"""Find tables in every layout that dumps leave them in, and lift each out of the lines as one grid.

A letterhead (issuer beside the national motto) and a closing (recipients beside the signature) are laid out in two
columns with the same bars; they are no tables, and their cells become lines of their own.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from pipeline.outline import Cell
from pipeline.segment.bars import BarTable, read_with_gaps, read_without_gaps
from pipeline.segment.cells import begins_list, cell_of, is_column_numbers, row_number
from pipeline.segment.columns import read_column
from pipeline.segment.grids import RawGrid, build_grid
from pipeline.segment.labels import find_mark
from pipeline.segment.lines import Line
from schemas.record import Span

LONGEST_CELL = 60  # lines


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
            elif _ORDINAL_LINE.fullmatch(text):
                position = self._column(position)
            else:
                self.kept.append(self.lines[position])
                position += 1

    # one cell a line between bars ------------------------------------------------------------------------------

    def _bars(self, position: int) -> int:
        tokens, bars = self._tokens(position)
        end = bars[-1] + 1
        if not tokens:
            return end
        cells = [cell_of(token) for token in tokens]
        at = _layout_cells(tokens)
        for token in tokens[:at]:
            self.kept.extend(token)
        if not at and _without_gaps(self.kept, tokens):
            first = self.kept[len(self.kept) - _first_cell(self.kept) :]
            table = read_without_gaps([cell_of(first), *cells])
            if table and self._add(table, first[0].start if first else self.lines[bars[0]].start, bars[table.used - 1]):
                at = table.used - 1
        tried = False
        while at < len(tokens):
            table = None
            if tokens[at] and not _stands_above(cells, at):
                table = read_with_gaps(cells, at, whole=not tried)
                tried = True
            if table and begins_list(table.heads[0]):
                self.kept.extend(line for token in tokens[at : at + table.used] for line in token)
                at += table.used
            elif table and self._add(table, self.lines[bars[at]].start, bars[at + table.used]):
                at += table.used
            else:
                self.kept.extend(tokens[at])
                at += 1
        return end

    def _tokens(self, position: int) -> tuple[list[list[Line]], list[int]]:
        """The runs of lines between bars from *position* on, and the places of the bars (one more, unless cut off)."""
        tokens: list[list[Line]] = []
        bars = [position]
        run: list[Line] = []
        tight = 0  # cells that touch their bars
        for at in range(position + 1, len(self.lines)):
            line = self.lines[at]
            if line.text == "|":
                if self._breaks(run) or (len(tokens) > 2 and self._heads_table(run, at)):
                    break
                if run and self._stands_apart(run, bars[-1], at):
                    if tight > 2:
                        break
                elif run:
                    tight += 1
                tokens.append(run)
                bars.append(at)
                run = []
            else:
                run.append(line)
                if len(run) > LONGEST_CELL:
                    break
        else:
            if run and len(run) <= 3 and len(tokens) > 2 and not self._breaks(run):
                tokens.append(run)
                bars.append(len(self.lines) - 1)
        return tokens, bars

    def _breaks(self, run: Sequence[Line]) -> bool:
        """Whether lines between two bars are text between two tables rather than a cell."""
        if len(run) > 1 and any(_ORDINAL_LINE.fullmatch(line.text) for line in run[1:]):
            return True
        if any(_BETWEEN.match(line.text) or (len(run) > 1 and _UNIT.match(line.text)) for line in run):
            return True
        labelled = sum(bool(_UNIT_LABEL.match(line.text)) for line in run)
        return labelled >= 1 and (
            len(run) > 20 or (len(run) >= 3 and run[0].text[0] in "-+" and len(run) - labelled >= 2)
        )

    def _stands_apart(self, run: Sequence[Line], bar: int, next_bar: int) -> bool:
        """Whether blank lines set a run off from the bars before and after it, as text between two tables."""
        return run[0].start - self.lines[bar].end > 1 and self.lines[next_bar].start - run[-1].end > 1

    def _heads_table(self, run: Sequence[Line], bar: int) -> bool:
        """Whether a run is a heading (`II. PHÂN CÔNG NHIỆM VỤ`) with the first head of a new table below it."""
        below = [line.text for line in self.lines[bar + 1 : bar + 3]]
        return 0 < len(run) <= 3 and len(below) == 2 and below[1] == "|" and bool(_ORDINAL_LINE.fullmatch(below[0]))

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
            if match := _UNIT.search(line.text):
                return match[1].strip(" .()*")
        return None

    # one row a line -----------------------------------------------------------------------------------------------

    def _rows(self, position: int, mark: str) -> int:
        stop = position
        while stop < len(self.lines) and mark in self.lines[stop].text and self.lines[stop].text != mark:
            stop += 1
        rows = [_cells_of_row(line, mark) for line in self.lines[position:stop]]
        layout = [any(_LAYOUT.search(line.text) for line in row) for row in rows]
        first = 0
        while first < len(rows) and any(layout[first : first + 4] if first < 4 else layout[first : first + 1]):
            first += 1
        for row in rows[:first]:
            self.kept.extend(line for line in row if line.text)
        body = rows[first:]
        if not body:
            return stop
        if mark == "|" and not _is_regular(body):
            self.kept.extend(self.lines[position + first : stop])
            return stop
        at = position + first
        for part in _parted(body):
            self._row_table(part, Span(self.lines[at].start, self.lines[at + len(part) - 1].end))
            at += len(part)
        return stop

    def _row_table(self, body: Sequence[Sequence[Line]], span: Span) -> None:
        """One table from its rows; what is none goes back to the lines."""
        width = max(len(row) for row in body)
        cells = [[cell_of([line] if line.text else []) for line in row] for row in body]
        heads = 1
        while heads < min(3, len(cells) - 1) and _continues_head(cells[heads - 1], cells[heads]):
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


def _parted(rows: Sequence[Sequence[Line]]) -> Iterator[Sequence[Sequence[Line]]]:
    """The rows of each table, where one follows another directly: a new head (`TT | …`) opens it."""
    first = 0
    for at, row in enumerate(rows):
        opens = at > first and len(row) > 2 and _ORDINAL_LINE.fullmatch(row[0].text)
        if (
            opens
            and not _ORDINAL_LINE.fullmatch(rows[at - 1][0].text)
            and [line.text for line in row] != [line.text for line in rows[first]]
        ):
            yield rows[first:at]
            first = at
    yield rows[first:]


def _is_regular(rows: Sequence[Sequence[Line]]) -> bool:
    """Whether rows are of a kind; the strokes that a scan reads into its text make rows of any width."""
    widths = Counter(len(row) for row in rows)
    most = widths.most_common(1)[0][1]
    return len(rows) < 2 or (most * 2 >= len(rows) and (most > 1 or max(widths) <= _WIDEST_APART))


def _layout_cells(tokens: Sequence[Sequence[Line]]) -> int:
    """How many cells at the beginning belong to a letterhead or a closing."""
    last = -1
    for index, token in enumerate(tokens[:10]):
        if any(_LAYOUT.search(line.text) for line in token[:60]):
            last = index
    return last + 1


def _stands_above(cells: Sequence[Cell], at: int) -> bool:
    """Whether a cell is text above a table rather than its first head."""
    following = cells[at + 1].text if at + 1 < len(cells) else ""
    return bool(_ORDINAL_LINE.fullmatch(following)) and not _ORDINAL_LINE.fullmatch(cells[at].text)


def _without_gaps(before: Sequence[Line], tokens: Sequence[Sequence[Line]]) -> bool:
    """Whether the first cell of a table stands before its first bar, and single bars between its rows."""
    if tokens[0] and _ORDINAL_LINE.fullmatch(tokens[0][0].text):
        return False
    if before and _ORDINAL_LINE.fullmatch(before[-1].text):
        return True
    if not tokens[0]:
        return False
    texts = [" ".join(line.text for line in token) for token in tokens]
    gapped = sum(1 for left, right in pairwise(texts) if not left and row_number(right))
    ungapped = sum(1 for left, right in pairwise(texts) if left and row_number(right))
    if gapped:
        return gapped * 3 < ungapped
    return "" not in texts and _first_cell(before) > 0


def _first_cell(before: Sequence[Line]) -> int:
    """How many lines before the first bar belong to the first cell."""
    if before and _ORDINAL_LINE.fullmatch(before[-1].text):
        return 1
    count = 0
    for line in reversed(before[-2:]):
        if (
            line.grid >= 0
            or len(line.text) > 40
            or line.text[-1] in ":.;)"
            or _UNIT.search(line.text)
            or find_mark(line.text)
        ):
            break
        count += 1
    return count


def _cells_of_row(line: Line, mark: str) -> list[Line]:
    """The cells of `| a | b |` or `a | b`, each with its place."""
    cells: list[Line] = []
    start = 0
    parts = line.text.split(mark)
    for part in parts:
        stripped = part.strip()
        at = line.start + start + (part.index(stripped) if stripped else 0)
        cells.append(Line(at, at + len(stripped), stripped))
        start += len(part) + len(mark)
    if mark == "|":
        if cells and not cells[0].text and line.text.startswith("|"):
            cells = cells[1:]
        if cells and not cells[-1].text and line.text.endswith("|"):
            cells = cells[:-1]
    return cells


def _continues_head(above: Sequence[Cell], row: Sequence[Cell]) -> bool:
    """Whether a row is a lower level of the header: it repeats or leaves out the first head."""
    if is_column_numbers(row) or not above:
        return False
    same = sum(1 for one, two in zip(above, row, strict=False) if one.text and one.text == two.text)
    if same >= 1 and row[0].text == above[0].text:
        return True
    missing = not row[0].text and (len(row) < 2 or not row[1].text)
    gaps = sum(not cell.text for cell in above[1:])
    return missing and gaps >= 1 and not any(_FIGURE.fullmatch(cell.text) for cell in row if cell.text)


_ORDINAL = r"(?:S ?TT|TT|Stt|Số TT|SỐ TT|Số thứ tự|T\.T)\.?"
_ORDINAL_LINE = re.compile(_ORDINAL)
_ORDINAL_HEAD = re.compile(rf"(?m)^{_ORDINAL}$")
_LAYOUT = re.compile(
    r"CỘNG H[ÒO]A X[ÃA] HỘI|Độc lập - Tự do|^\s*Nơi nhận|(?:^|[ .])(?:TM|KT|TL|TUQ)\. ?[A-ZĐỦ]{2}"
    r"|^\s*Số ?:.{0,40}/|Lưu: ?VT"
    r"|ĐẢNG CỘNG SẢN VIỆT NAM"
)
_BETWEEN = re.compile(
    r"(?:PHỤ LỤC|Phụ lục [IVX\d]+$|Điều \d+\. |KẾ HOẠCH$|QUYẾT ĐỊNH$|QUYẾT ĐỊNH ?:|NGHỊ QUYẾT$|CHỈ THỊ$"
    r"|CHƯƠNG TRÌNH$|THÔNG BÁO$"
    r"|CÔNG ĐIỆN$|BÁO CÁO$|TỜ TRÌNH$|QUY CHẾ$|QUY ĐỊNH$|ĐỀ ÁN$|Nơi nhận ?:)"
)
_UNIT_LABEL = re.compile(r"(?:[a-zđ]\)|\d{1,2}\.|[IVX]+\.) .*:$")
_UNIT = re.compile(r"(?:ĐVT|Đvt|Đơn vị tính|ĐƠN VỊ TÍNH|Đơn vị|ĐƠN VỊ)\s*:\s*([^\n]{2,40}?)\)?\.?$")
_FIGURE = re.compile(r"[\d.,%]+")
_WIDEST_APART = 12  # columns, of two rows that are not equally wide
