"""Tables that the input itself draws (HTML, Word, ruled PDF): nothing is guessed but which rows are heads.

A cell over several rows is repeated in each; a cell over several columns stands in the first of them, in a head in all
of them, so that `Kế hoạch 2026` stands before both `Lượng` and `Giá trị`. A title in a row of its own above the heads
is left among the paragraphs. Cells are found again by the way that their characters came through cleaning.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from pipeline.mapped_text import MappedText
from pipeline.outline import Cell
from pipeline.read.source import SourceCell, SourceTable
from pipeline.segment.cells import EMPTY, is_column_numbers, is_ordinal_head, row_number
from pipeline.segment.grids import RawGrid
from schemas.record import Span

Matrix = list[list[Cell]]


def drawn_grids(text: MappedText, tables: Sequence[SourceTable]) -> list[RawGrid]:
    """The *tables* of the input as grids over the cleaned *text*, in order; one that cleaning took away is left out."""
    grids = (_grid(text, table) for table in tables)
    return sorted((grid for grid in grids if grid is not None), key=lambda grid: grid.span)


def _grid(text: MappedText, table: SourceTable) -> RawGrid | None:
    cells = {cell: _cell(text, _clean_span(text, cell.start, cell.end)) for cell in table.cells}
    titles = _title_rows(table, cells)
    heads = _head_rows(table, cells, titles)
    header = tuple(_head(column) for column in _columns(_matrix(table, cells, spread=True)[titles:heads], table.width))
    body = _matrix(table, cells, spread=False)
    rows = tuple(tuple(row) for row in _body_rows(body[heads:], body[titles:heads]))
    first = min((cell.start for cell in table.cells if cell.row >= titles), default=table.start)
    span = _clean_span(text, table.start if not titles else first, table.end)
    if not rows or table.width < 2 or span is None:
        return None
    return RawGrid(_with_bars(text.text, span), None, header, rows)


def _clean_span(text: MappedText, start: int, end: int) -> Span | None:
    """The stretch of the clean text that came from `[start, end)` of the input; None when nothing is left of it."""
    if text.in_order:
        first, last = (int(at) for at in np.searchsorted(text.starts, (start, end)))
        return Span(first, last) if first < last else None
    (places,) = np.nonzero((text.starts >= start) & (text.starts < end))
    return Span(int(places[0]), int(places[-1]) + 1) if len(places) else None


def _with_bars(text: str, span: Span) -> Span:
    """*span* without white space at its ends, with the bar before its first cell."""
    start, end = span
    while start > 0 and text[start - 1] in "|\n ":
        start -= 1
    while start < end and text[start] in "\n ":
        start += 1
    while end > start and text[end - 1] in "\n ":
        end -= 1
    return Span(start, end)


def _cell(text: MappedText, span: Span | None) -> Cell:
    """The cell at *span*, each of its lines a paragraph."""
    if span is None:
        return EMPTY
    paragraphs: list[Span] = []
    position = span.start
    for line in text.text[span.start : span.end].split("\n"):
        stripped = line.strip(" |")
        if stripped:
            start = position + line.index(stripped)
            paragraphs.append(Span(start, start + len(stripped)))
        position += len(line) + 1
    return Cell(" ".join(text.text[start:end] for start, end in paragraphs), tuple(paragraphs)) if paragraphs else EMPTY


def _matrix(table: SourceTable, cells: dict[SourceCell, Cell], *, spread: bool) -> Matrix:
    """Rows of cells; a cell over several columns stands in all of them when *spread*, else in the first."""
    matrix = [[EMPTY] * table.width for _ in range(table.height)]
    for place, cell in cells.items():
        columns = place.column_span if spread else 1
        for row in matrix[place.row : place.row + place.row_span]:
            row[place.column : place.column + columns] = [cell] * len(row[place.column : place.column + columns])
    return matrix


def _title_rows(table: SourceTable, cells: dict[SourceCell, Cell]) -> int:
    """How many rows at the top hold one cell over the full width: titles, not heads."""
    titles = 0
    for row in range(min(3, table.height - 2)):
        filled = [place for place, cell in cells.items() if place.row == row and cell.text]
        if len(filled) > 1 or (filled and filled[0].column_span < table.width):
            break
        titles += 1
    return titles


def _head_rows(table: SourceTable, cells: dict[SourceCell, Cell], first: int) -> int:
    """Where the body begins: below the rows that the input marks as head, else below the first row and its parts."""
    if first < table.head_rows < table.height:
        return table.head_rows
    top = [place for place in cells if place.row == first]
    numbered = next((cells[place].text for place in top if place.column == 0), "")
    if (number := row_number(numbered)) and number.style == "arabic" and number.value == 1:
        return first
    below = max((place.row + place.row_span for place in top), default=first + 1)
    if any(1 < place.column_span < table.width for place in top):
        below = max(below, first + 2)
    return min(below, table.height - 1) if below < table.height else first + 1


def _columns(rows: Matrix, width: int) -> Iterator[list[Cell]]:
    for column in range(width):
        yield [row[column] for row in rows]


def _head(levels: Sequence[Cell]) -> Cell:
    """One head from its levels, each different one once, from top to bottom."""
    distinct: list[Cell] = []
    for cell in levels:
        if cell.text and not any(cell is other or cell.text == other.text for other in distinct):
            distinct.append(cell)
    if len(distinct) < 2:
        return distinct[0] if distinct else EMPTY
    return Cell(" ".join(cell.text for cell in distinct), tuple(span for cell in distinct for span in cell.paragraphs))


def _body_rows(rows: Matrix, heads: Matrix) -> Iterator[list[Cell]]:
    """The rows below the heads without empty ones, the numbers of the columns, and heads repeated on a new page."""
    repeated = {tuple(cell.text for cell in row) for row in heads}
    for index, row in enumerate(rows):
        texts = tuple(cell.text for cell in row)
        if not any(texts) or (index == 0 and is_column_numbers(row)):
            continue
        if texts in repeated and (is_ordinal_head(texts[0]) or len([text for text in texts if text]) > 1):
            continue
        yield row
