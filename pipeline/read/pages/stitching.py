"""Put the parts of a table that goes over pages together to one table.

Parts belong together when nothing stands between them and their columns have the same shares of the width (scans
shift a page by some points). A head that is printed again on each page is kept once; a row that a page end cut in two
is one row again when its rest does not look like a row of its own.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import NamedTuple

from pipeline.read.blocks import Paragraph, TableBlock, TableCell
from pipeline.read.pages.paragraphs import TextLine, goes_on, paragraph, paragraphs_of_lines, starts_anew
from pipeline.read.pages.tables import GridCell, GridTable


def belong_together(above: GridTable, below: GridTable) -> bool:
    """Whether *below*, first on its page, goes on *above*, last on the page before."""
    if below.page != above.page + 1 or len(above.xs) != len(below.xs):
        return False
    return all(abs(one - two) < _SHIFT for one, two in zip(_shares(above), _shares(below), strict=True))


def table_block(parts: Sequence[GridTable]) -> TableBlock:
    """One table of the *parts* on consecutive pages."""
    same = [_same_rows(parts[0], part) for part in parts[1:]]
    # More rows may be alike on one page by chance, not on all of them.
    head = min((count for count in same if count), default=0)
    rows, numbered = _rows(parts[0]), _numbered(parts)
    for part, count in zip(parts[1:], same, strict=True):
        _append(rows, _rows(part)[head if count else 0 :], numbered=numbered)
    cells = [
        TableCell(row, cell.column, _blocks(cell.lines), cell.row_span, cell.column_span)
        for row, cells in enumerate(rows)
        for cell in cells
    ]
    return TableBlock(tuple(cells), head_rows=head, ruled=True)


def _shares(table: GridTable) -> list[float]:
    left, width = table.xs[0], table.xs[-1] - table.xs[0]
    return [(x - left) / width for x in table.xs]


def _rows(table: GridTable) -> list[list[GridCell]]:
    """The cells that begin in each row."""
    rows: list[list[GridCell]] = [[] for _ in range(len(table.ys) - 1)]
    for cell in table.cells:
        rows[cell.row].append(cell)
    return rows


def _same_rows(first: GridTable, later: GridTable) -> int:
    """How many rows at the top of *later* repeat those of *first*: its head; whole rows, spans not cut."""
    same = 0
    for one, two in zip(_rows(first), _rows(later), strict=False):
        if [(cell.column, cell.column_span, cell.text) for cell in one] != [
            (cell.column, cell.column_span, cell.text) for cell in two
        ] or same == _TALLEST_HEAD:
            break
        same += 1
    rows = _rows(later)[:same]
    while rows and (
        any(row + cell.row_span > len(rows) for row, cells in enumerate(rows) for cell in cells)
        or not any(cell.lines for cell in rows[-1])
    ):
        rows.pop()
    return len(rows)


def _numbered(parts: Sequence[GridTable]) -> bool:
    """Whether nearly every row has something in its first column, so that one without it is the rest of a row."""
    first = [bool(cell.lines) for part in parts for cell in part.cells if cell.column == 0]
    return first.count(False) < len(parts) and first.count(True) > 2 * first.count(False)


def _append(rows: list[list[GridCell]], more: list[list[GridCell]], *, numbered: bool) -> None:
    """Add the rows *more* of the next page to *rows*."""
    if rows and more and _is_rest(rows, more[0], numbered=numbered):
        rest, *more = more
        _close(rows, rest)
    elif rows and more:
        more[0] = [cell for cell in more[0] if not _prolongs(rows, cell)]
    rows.extend(more)


def _is_rest(rows: list[list[GridCell]], row: list[GridCell], *, numbered: bool) -> bool:
    """Whether *row*, first on its page, is the rest of the last row before."""
    pairs = [(above.cell, cell) for cell in row if cell.lines if (above := _above(rows, cell))]
    first = next((cell for cell in row if cell.column == 0), None)
    if not pairs or len(pairs) < sum(bool(cell.lines) for cell in row):
        return False
    if any(cell.row_span > 1 for cell in row) or (first and first.lines):
        return False
    if any(not above.lines and cell.column_span > 1 for above, cell in pairs):
        return False
    goes = [bool(above.lines) and _text_goes_on(above.lines, cell.lines) for above, cell in pairs]
    return any(goes) or (numbered and first is not None)


def _text_goes_on(above: Sequence[TextLine], below: Sequence[TextLine]) -> bool:
    return not starts_anew(below[0]) and below[0].text[:1].islower() and not above[-1].text.endswith((".", ";"))


class _Spot(NamedTuple):
    """A cell among rows of cells."""

    row: int
    place: int
    cell: GridCell


def _above(rows: list[list[GridCell]], cell: GridCell) -> _Spot | None:
    """The cell of the same columns in which the rows end."""
    for row in range(len(rows) - 1, max(len(rows) - 1 - _MOST_ROWS, -1), -1):
        for index, other in enumerate(rows[row]):
            if (other.column, other.column_span) == (cell.column, cell.column_span):
                return _Spot(row, index, other) if row + other.row_span >= len(rows) else None
    return None


def _close(rows: list[list[GridCell]], rest: Sequence[GridCell]) -> None:
    """Add the text of *rest* to the cells that it goes on."""
    for cell in rest:
        above = _above(rows, cell)
        if above and cell.lines:
            rows[above.row][above.place] = above.cell._replace(lines=(*above.cell.lines, *cell.lines))


def _prolongs(rows: list[list[GridCell]], cell: GridCell) -> bool:
    """Let the cell above go on over the rows of an empty *cell* that covers several; tell whether it does."""
    above = _above(rows, cell)
    if cell.row_span < 2 or cell.lines or not above or not above.cell.lines:
        return False
    rows[above.row][above.place] = above.cell._replace(row_span=above.cell.row_span + cell.row_span)
    return True


def _blocks(lines: Sequence[TextLine]) -> tuple[Paragraph, ...]:
    """The paragraphs of a cell; its lines on two pages are joined where the text goes on."""
    found: list[list[TextLine]] = []
    for _, group in groupby(lines, key=lambda line: line.page):
        first, *more = paragraphs_of_lines(list(group))
        if found and (goes_on(found[-1], first[0]) or _text_goes_on(found[-1], first)):
            found[-1] += first
        else:
            found.append(first)
        found += more
    return tuple(paragraph(lines) for lines in found)


_SHIFT = 0.025
_TALLEST_HEAD = 6
# A merged cell is looked for this many rows back.
_MOST_ROWS = 200
