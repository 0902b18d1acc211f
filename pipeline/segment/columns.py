"""Tables of which only the cells are left, one a line: no bars, and blank lines between them or none.

TT          The heads run up to the first row number, and so tell the width; a row runs from its number to the
Đơn vị      next one. Without two rows in sequence it is no table.
1
Sở Y tế
"""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.outline import Cell
from pipeline.segment.bars import BarTable
from pipeline.segment.grids import Numbering, cell_of, is_column_numbers, row_number
from pipeline.segment.labels import find_mark
from pipeline.segment.lines import Line

MOST_HEADS = 12
LONGEST_ROW = 40


def read_column(lines: Sequence[Line], position: int) -> BarTable | None:
    """The table whose heads begin with the line at *position* (`TT`), or None."""
    first = position + 1
    while first < min(len(lines), position + MOST_HEADS + 1):
        number = row_number(lines[first].text)
        if number and number.value == 1:
            break
        if len(lines[first].text) > 150 or "|" in lines[first].text:
            return None
        first += 1
    else:
        return None
    width = first - position
    if width < 2 or first >= len(lines):
        return None
    heads = [[cell_of([line]) for line in lines[position:first]]]
    numbering = [cell_of([line]) for line in lines[first : first + width]]
    if width > 2 and is_column_numbers(numbering):
        first += width
    rows = []
    at = first
    numbered = 0
    while at < len(lines) and (number := row_number(lines[at].text)):
        stop, last = _row_end(lines, at, number, width)
        rows.append(_cells(lines[at:stop], width))
        numbered += 1
        at = stop
        if last:
            break
    if numbered < 2:
        return None
    return BarTable(heads, rows, width, at - position)


def _row_end(lines: Sequence[Line], start: int, number: Numbering, width: int) -> tuple[int, bool]:
    """The line after the row, and whether it is the last one."""
    exact = start + width
    if exact < len(lines) and _comes_next(number, lines[exact].text):
        return exact, False
    for at in range(start + 2, min(len(lines), start + LONGEST_ROW)):
        if at != start + 1 and _comes_next(number, lines[at].text):
            return at, False
        if find_mark(lines[at].text) and len(lines[at].text) > 8 and at >= exact:
            break
    stop = min(exact, len(lines))
    for at in range(start + 1, stop):
        if len(lines[at].text) > 8 and _ends_table(lines[at].text):
            return at, True
    return stop, True


def _comes_next(number: Numbering, text: str) -> bool:
    following = row_number(text)
    if following is None:
        return False
    if following.style == number.style:
        return following.value == number.value + 1
    return following.value == 1 or following.style in ("roman", "upper")


def _ends_table(text: str) -> bool:
    mark = find_mark(text)
    return mark is not None and mark.readings[0].style not in ("arabic", "letter")


def _cells(row: Sequence[Line], width: int) -> list[Cell]:
    """The cells of a row; lines to spare belong to its second cell, which holds the matter."""
    spare = len(row) - width
    if spare <= 0:
        return [cell_of([line]) for line in row]
    return [cell_of(row[:1]), cell_of(row[1 : 2 + spare]), *(cell_of([line]) for line in row[2 + spare :])]
