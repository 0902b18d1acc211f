"""Tables of which only the cells are left, one a line: no bars, and blank lines between them or none.

TT          The heads run up to the first row number, and so tell the width; a row runs from its number to the
Đơn vị      next one. Without two rows in sequence it is no table.
1
Sở Y tế
"""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.cell_kinds import column_kind, reads_as
from pipeline.outline import Cell
from pipeline.segment.bars import BarTable
from pipeline.segment.cells import Numbering, cell_of, is_column_numbers, row_number
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
    kinds = [column_kind(cell.text) for cell in heads[0]]
    rows = []
    at = first
    numbered = 0
    while at < len(lines) and (number := row_number(lines[at].text)):
        stop, last = _row_end(lines, at, number, heads[0])
        rows.append(_cells(lines[at:stop], kinds))
        numbered += 1
        at = stop
        while at < len(lines) and _repeats_heads(lines, at, heads[0]):
            at += width
        if last:
            break
    if numbered < 2:
        return None
    return BarTable(heads, rows, width, at - position)


def _repeats_heads(lines: Sequence[Line], at: int, heads: Sequence[Cell]) -> bool:
    """Whether the heads stand again at *at*, as at the top of a page."""
    return (
        len(heads) > 2
        and lines[at].text == heads[0].text
        and [line.text for line in lines[at : at + len(heads)]] == [cell.text for cell in heads]
    )


def _row_end(lines: Sequence[Line], start: int, number: Numbering, heads: Sequence[Cell]) -> tuple[int, bool]:
    """The line after the row, and whether it is the last one."""
    exact = start + len(heads)
    if exact < len(lines) and (_comes_next(number, lines[exact].text) or _repeats_heads(lines, exact, heads)):
        return exact, False
    for at in range(start + 2, min(len(lines), start + LONGEST_ROW)):
        if _comes_next(number, lines[at].text) or _repeats_heads(lines, at, heads):
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


def _cells(row: Sequence[Line], kinds: Sequence[str]) -> list[Cell]:
    """The cells of a row; lines to spare go where they read best: agencies below agencies, the rest to the matter."""
    if len(row) <= len(kinds):
        return [cell_of([line]) for line in row]
    misfits = [[_misfit(line.text, kind) for kind in kinds] for line in row]
    more = [0.0 if at == 1 else 0.05 if kind == "partners" else 0.1 for at, kind in enumerate(kinds)]
    # costs[column]: the least misfit of the lines so far when the last of them stands in *column*, and the way there.
    costs: list[tuple[float, tuple[int, ...]]] = [(misfits[0][0], (0,)), *((_NEVER, ()) for _ in kinds[1:])]
    for line in misfits[1:]:
        stays = [(cost + line[at] + more[at], (*way, at)) for at, (cost, way) in enumerate(costs)]
        steps = [(_NEVER, ()), *((cost + line[at + 1], (*way, at + 1)) for at, (cost, way) in enumerate(costs[:-1]))]
        costs = [min(pair) for pair in zip(stays, steps, strict=True)]
        costs[0] = (_NEVER, ())  # the number has one line
    places = costs[-1][1]
    return [
        cell_of([line for line, at in zip(row, places, strict=True) if at == column]) for column in range(len(kinds))
    ]


def _misfit(text: str, kind: str) -> float:
    """How badly a line fits into a column of a *kind*."""
    kind = "agency" if kind == "partners" else kind
    reads = reads_as(text)
    if kind == reads:
        return 0.0
    return 0.3 if kind == "agency" and text[:1].islower() else 1.0


_NEVER = 1e9
