"""Rebuild task tables of which a converter left the cells one a line, as one row a line between bars.

    | TT | Nội dung | Chủ trì |        the head may be a row between bars, without its last column, or one head a line
    Thời gian
    1                                  becomes `| 1 | Chọn giống quýt |  |  |`, for nobody does a heading
    Chọn giống quýt
    a)                                 becomes `| a) | Lập vườn ươm | Trạm Khuyến nông | Quý I |`
    Lập vườn ươm
    Trạm Khuyến nông
    Quý I

Done before page numbers are looked for and lines are joined, for both would take the row numbers and run cells
together. Only tables with heads for who and when are rebuilt: they alone show which line belongs to which column, so
that a row may lack a cell, hold a cell of several lines, or be cut by a page break. Rows of another table stay.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import re2

from pipeline.cell_kinds import ORDINAL, column_kind
from pipeline.clean.flat_lines import Line, Mark, any_mark, lines_of, next_mark
from pipeline.clean.flat_rows import Piece, Row, place_cells
from pipeline.mapped_text import MappedText
from schemas.record import Span


def rebuild_flat_tables(mapped: MappedText) -> MappedText:
    """The text with each such table as rows between bars.

    >>> table = "TT\\nViệc\\nChủ trì\\nHạn chót\\n1\\nTập huấn\\nSở Y tế\\nQuý I\\n2\\nTổng kết\\nSở Y tế\\nQuý II"
    >>> print(rebuild_flat_tables(MappedText.of(table)).text)
    | TT | Việc | Chủ trì | Hạn chót |
    | 1 | Tập huấn | Sở Y tế | Quý I |
    | 2 | Tổng kết | Sở Y tế | Quý II |
    <BLANKLINE>
    """
    text = mapped.text
    pieces: list[Span | str] = []
    at = 0
    lines: list[Line] = []
    for head in _HEAD.finditer(text):
        if head.start() < at or not _ASSIGNS.search(text[head.start() : head.start() + _HEAD_REACH].lower()):
            continue
        if text[head.end() : head.end() + 3].strip() == "|":
            continue  # a bar stands between any two cells
        lines = lines or list(lines_of(text))
        table = _read(lines, bisect_left(lines, head.start(), key=lambda line: line.start))
        if table is not None:
            pieces += [Span(at, head.start()), *_written(table)]
            rest = _ROW_REST.match(text, table.end)
            at = rest.end() if rest else table.end
    return mapped.rearranged([*pieces, Span(at, len(text))]) if pieces else mapped


class _Table(NamedTuple):
    heads: Sequence[Sequence[Piece]]
    rows: Sequence[Row]
    end: int


def _read(lines: Sequence[Line], start: int) -> _Table | None:
    heads, first = _heads(lines[start : start + _MOST_HEADS + 1])
    lines = lines[start : start + _LONGEST_TABLE] if first else ()
    kinds = [column_kind(" ".join(piece.text for piece in head)) for head in heads]
    if len(heads) < _FEWEST_HEADS or not _assigns(heads):
        return None
    if _is_ordinary(lines, first, len(heads)):
        return None
    rows = list(_rows(lines, first, heads, kinds))
    fits = sum(row.fits for row in rows)
    flat = any(not line.barred for line in lines[:first]) or any(row.flat for row in rows[:-1])
    return _Table(heads, rows, rows[-1].end) if flat and len(rows) >= _FEWEST_ROWS and fits * 2 >= len(rows) else None


def _assigns(heads: Sequence[Sequence[Piece]]) -> bool:
    """Whether a table says who does what; steps of an administrative procedure are given to somebody, too."""
    names = [" ".join(piece.text.lower() for piece in head) for head in heads]
    return any(map(_ASSIGNS.search, names)) and not any(map(_PROCEDURE.search, names))


def _is_ordinary(lines: Sequence[Line], first: int, width: int) -> bool:
    """Whether all rows stand between bars and are whole, as far as can be seen from the first run of them."""
    if not all(line.barred for line in lines[: first + 1]):
        return False
    stop = next((at for at in range(first, min(len(lines), first + _LONGEST_RUN)) if not _in_bars(lines[at])), -1)
    if stop < 0:
        return True
    last = [mark for line in lines[first:stop] if (mark := any_mark(line)) is not None]
    return all(line.width >= width for line in lines[first:stop]) and next_mark(lines[stop], last) is None


def _in_bars(line: Line) -> bool:
    return line.barred and line.cells != ()


def _rows(lines: Sequence[Line], at: int, heads: Sequence[Sequence[Piece]], kinds: Sequence[str]) -> Iterator[Row]:
    """The rows from the line at *at* on, each from its mark to the next one in sequence."""
    last: list[Mark] = []
    more = True
    for _ in range(_MOST_ROWS):
        at = _past_heads(lines, at, heads)
        mark = next_mark(lines[at], last) if more and at < len(lines) else None
        if mark is None:
            return
        last = [*(one for one in last if one.style != mark.style), mark]
        stop, more = _row_stop(lines, at + 1, last, heads)
        row = _row(lines[at:stop], mark, kinds, last_of_all=not more)
        if row is None:
            return
        yield row
        at = stop


def _heads(lines: Sequence[Line]) -> tuple[list[list[Piece]], int]:
    """The heads up to the first row, a head of two lines as one; and the place of the first row."""
    heads: list[list[Piece]] = []
    for at, line in enumerate(lines):
        if at and ((mark := next_mark(line, [])) is not None and mark.value == 1):
            return heads, _past_numbers(lines, at, len(heads))
        if not line.cells:
            return [], 0  # a bar stands between any two cells: another layout
        for piece in line.cells:
            if len(piece.text) > _LONGEST_HEAD:
                return [], 0
            if heads and not line.barred and piece.text[0].islower():
                heads[-1].append(piece)
            else:
                heads.append([piece])
    return [], 0


def _past_numbers(lines: Sequence[Line], at: int, width: int) -> int:
    """The line after the numbers of the columns, where these stand one a line below the heads."""
    numbers = [line.cells[0].text.strip("() ") for line in lines[at : at + width] if line.cells]
    return (
        at + width if numbers == [str(number) for number in range(1, width + 1)] and width > _FEWEST_HEADS - 1 else at
    )


def _past_heads(lines: Sequence[Line], at: int, heads: Sequence[Sequence[Piece]]) -> int:
    """The line after the heads that stand again at *at*, as at the top of a page; *at* when they do not."""
    wanted = [piece.text for head in heads for piece in head]
    found: list[str] = []
    stop = at
    while stop < len(lines) and len(found) < len(wanted):
        found += [piece.text for piece in lines[stop].cells]
        if found != wanted[: len(found)]:
            return at
        stop += 1
    return stop if found == wanted else at


def _row_stop(
    lines: Sequence[Line], at: int, last: Sequence[Mark], heads: Sequence[Sequence[Piece]]
) -> tuple[int, bool]:
    """The line after the row, and whether another row follows."""
    reach = min(len(lines), at + _LONGEST_ROW)
    for stop in range(at, reach):
        if next_mark(lines[stop], last) is not None or _past_heads(lines, stop, heads) > stop:
            return stop, True
        if not lines[stop].cells or _ENDS.match(lines[stop].cells[0].text):
            return stop, False
    return reach, False


def _row(lines: Sequence[Line], mark: Mark, kinds: Sequence[str], *, last_of_all: bool) -> Row | None:
    if lines[0].width == len(kinds) and (len(lines) == 1 or last_of_all):
        cells: list[tuple[Piece, ...]] = [()] * len(kinds)
        for piece, place in zip(lines[0].cells, lines[0].places, strict=True):
            cells[place] = (piece,)
        return Row(tuple(cells), fits=True, flat=False, end=lines[0].cells[-1].span.end)
    pieces = [piece for line in lines for piece in line.cells][1:]
    if mark.rest is not None:
        pieces.insert(0, mark.rest)
    if not pieces:
        return None
    return place_cells(mark.piece, pieces, kinds, flat=not all(line.barred for line in lines), may_be_less=last_of_all)


def _written(table: _Table) -> Iterator[Span | str]:
    yield from _row_written(table.heads)
    for row in table.rows:
        yield from _row_written(row.cells)


def _row_written(cells: Sequence[Sequence[Piece]]) -> Iterator[Span | str]:
    yield "|"
    for cell in cells:
        yield " "
        for place, piece in enumerate(cell):
            if place:
                yield " "
            yield piece.span
        yield " |" if cell else "|"
    yield "\n"


_FEWEST_HEADS = 3
_MOST_HEADS = 14
_LONGEST_HEAD = 70
_HEAD_REACH = 1_000  # characters
_FEWEST_ROWS = 2
_MOST_ROWS = 400
_LONGEST_ROW = 30  # lines
_LONGEST_RUN = 100  # rows between bars, after which no others are looked for
_LONGEST_TABLE = 3_000  # lines
_HEAD = re2.compile(rf"(?m)^(?:\| ?)?{ORDINAL} ?(?:$|\|)")
_ASSIGNS = re.compile(
    r"chủ trì|phối hợp|phân công|đầu mối|tham mưu|(?:cơ quan|đơn vị|bộ phận) (?:thực hiện|chịu|tham gia)"
)
_PROCEDURE = re.compile(r"\bbước\b|trình tự|hồ sơ|biểu mẫu|thủ tục|\bphí\b|căn cứ|cách thức|giải quyết|\bmã\b")
_ROW_REST = re.compile(r"[ |]*\n?")
_ENDS = re.compile(
    r"(?:[IVX]{1,5}|[A-H])\.\s+\S|(?i:nơi nhận|ghi chú\s*:|phụ lục)|(?:TM|KT|TL|TUQ)\. ?[A-ZĐỦ]{2}"
    r"|(?:Điều \d+\.|CỘNG H)|(?:S ?TT|TT)\b"
)
