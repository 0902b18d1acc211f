"""Put the lines of one row into its columns: agencies below agencies, times below times, the rest to the matter.

A row may lack cells that were empty, hold cells of several lines, and go on below its last cell with the rest of the
first ones, where a page break cut it (`… các trạm, Chi` / `Quý I` / `cục Thủy lợi`). The cheapest way of reading all
lines in order is taken.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from pipeline.cell_kinds import reads_as
from schemas.record import Span


class Piece(NamedTuple):
    """A line, or what stands between two bars of one."""

    text: str
    span: Span


@dataclass(frozen=True, slots=True)
class Row:
    """The pieces of each cell; agencies and times below their heads if it `fits`, lines without bars if `flat`."""

    cells: tuple[tuple[Piece, ...], ...]
    fits: bool
    flat: bool
    end: int


def place_cells(
    mark: Piece, pieces: Sequence[Piece], kinds: Sequence[str], *, flat: bool, may_be_less: bool
) -> Row | None:
    """The row of *mark* over columns of such *kinds*; where it *may be less*, lines that do not fit stay out of it."""
    if may_be_less:
        pieces = pieces[: _cheapest_count(pieces, kinds)]
    found = _cheapest(pieces, kinds)
    if found is None:
        return None
    cells: list[list[Piece]] = [[] for _ in kinds]
    cells[0].append(mark)
    fits = True
    for piece, (_, column) in zip(pieces, found[1], strict=True):
        fits = fits and (bool(cells[column]) or _misfit(piece.text, kinds[column]) < _BAD)
        cells[column].append(piece)
    end = max(piece.span.end for piece in (mark, *pieces))
    return Row(tuple(tuple(cell) for cell in cells), fits, flat, end)


def _cheapest_count(pieces: Sequence[Piece], kinds: Sequence[str]) -> int:
    """How many of the first *pieces* belong to the last row of a table, which nothing ends."""
    most = len(kinds) - 1
    costs = []
    for count in range(1, min(len(pieces), _MOST_LINES) + 1):
        found = _cheapest(pieces[:count], kinds)
        costs.append(found[0] + _LEFT * max(0, min(most, len(pieces)) - count) if found else _NEVER)
    return max(range(len(costs)), key=lambda place: (-costs[place], place)) + 1


def _cheapest(pieces: Sequence[Piece], kinds: Sequence[str]) -> tuple[float, list[tuple[int, int]]] | None:
    """The least cost, and for each piece whether it stands below a page break, and its column."""
    states: dict[tuple[int, int], tuple[float, list[tuple[int, int]], dict[int, str]]] = {}
    for place, piece in enumerate(pieces):
        before, states = states, {}
        for column in range(1, len(kinds)):
            if not place:
                if column == _matter(kinds) or column == 1:
                    cost = _misfit(piece.text, kinds[column]) + _SKIP * (column - 1)
                    states[0, column] = (cost, [(0, column)], {column: piece.text})
                continue
            options = [
                (cost + _step(piece.text, kinds, (part, column), last, texts), last, way, texts, part)
                for last, (cost, way, texts) in before.items()
                for part in (0, 1)
            ]
            for cost, _, way, texts, part in sorted(options, key=lambda option: option[0]):
                if cost < _NEVER and ((part, column) not in states or cost < states[part, column][0]):
                    states[part, column] = (cost, [*way, (part, column)], {**texts, column: piece.text})
    ends = [(cost + _left_out(last, len(kinds)), way) for last, (cost, way, _) in states.items()]
    return min(ends) if ends else None


def _step(text: str, kinds: Sequence[str], to: tuple[int, int], last: tuple[int, int], texts: dict[int, str]) -> float:
    """The cost of putting *text* there after what stands in *last*."""
    part, column = to
    if part == last[0]:
        if column < last[1]:
            return _NEVER
        if column == last[1]:
            return _stay(text, kinds[column], texts[column])
        if part:
            return _after_break(text, kinds[column], texts.get(column, "."))
        return _misfit(text, kinds[column]) + _SKIP * (column - last[1] - 1)
    if part < last[0] or column > last[1] or (column == last[1] and kinds[column] == ""):
        return _NEVER
    return _BREAK + _after_break(text, kinds[column], texts.get(column, "."))


def _after_break(text: str, kind: str, above: str) -> float:
    """Below a page break a cell goes on that was open; any other does not."""
    if kind == "time" and reads_as(text) != kind:
        return 1.0
    return 0.0 if is_open(above) else 1.0 + _misfit(text, kind)


def _stay(text: str, kind: str, above: str) -> float:
    """The cost of a further line of one cell."""
    if kind == "time" and reads_as(text) != kind:
        return 0.4 if len(text) < _SHORT_NAME else 1.0
    if text[0].islower() or is_open(above):
        return 0.05
    reads = reads_as(text)
    if reads == ("agency" if kind == "partners" else kind) or (not kind and not reads):
        return 0.2
    return 1.0


def is_open(text: str) -> bool:
    """Whether a cell must go on: it ends in a comma, a linking word or the first word of a name.

    >>> is_open("Trạm Khuyến nông, Chi"), is_open("Rà soát, lập bản đồ"), is_open("Quý I/2031")
    (True, True, False)
    """
    if not text or text[-1] in ".;:!?…)" or reads_as(text) == "time":
        return False
    name = text[max(text.rfind(","), text.rfind(";")) + 1 :].strip()
    return not name or name in _NAME_BEGINNINGS or name.rpartition(" ")[2] in _OPEN_WORDS or not reads_as(text)


def _misfit(text: str, kind: str) -> float:
    kind = "agency" if kind == "partners" else kind
    reads = reads_as(text)
    if kind == reads:
        return 0.0
    if not kind:
        return 0.9 if reads == "time" else 0.1
    return 0.5 if kind == "agency" and not reads and len(text) < _SHORT_NAME else 1.0


def _left_out(last: tuple[int, int], width: int) -> float:
    part, column = last
    return 0.0 if part else _SKIP * (width - 1 - column)


def _matter(kinds: Sequence[str]) -> int:
    return next((column for column, kind in enumerate(kinds) if column and not kind), 1)


_NEVER = 1e9
_SKIP = 0.35
_BREAK = 0.4
_BAD = 0.9
_LEFT = 0.5
_MOST_LINES = 14
_SHORT_NAME = 30
_OPEN_WORDS = frozenset(
    {
        "và",
        "của",
        "các",
        "với",
        "Sở",
        "Cục",
        "Chi",
        "Bộ",
        "Ban",
        "Ủy",
        "Uỷ",
        "Phòng",
        "Vụ",
        "Viện",
        "UBND",
        "Công",
        "Hội",
    }
)
_NAME_BEGINNINGS = frozenset(
    {
        "Trung tâm",
        "Chi cục",
        "Tổng cục",
        "Ủy ban",
        "Uỷ ban",
        "Ban quản lý",
        "Văn phòng",
        "Ngân hàng",
        "Thanh tra",
        "Trạm",
    }
    | {"Trường", "Trường Đại học", "Liên đoàn", "Bảo hiểm", "Kho bạc", "Mặt trận", "Đoàn", "Đài"}
)
