"""Lines of a table that a converter left one cell a line: their pieces between bars, and the marks that begin rows.

`1`, `a)`, `II`, `2.1` and `B` begin a row where they come next after the marks of their kind so far; the figure of
`2 lớp tập huấn` is none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import NamedTuple

from pipeline.clean.flat_rows import Piece
from schemas.record import Span


class Line(NamedTuple):
    """A line that is not blank: its pieces between bars, their places, and how many cells there are with empty ones.

    Without bars it is one piece, and `width` is 0. A lone bar has no piece.
    """

    start: int
    cells: tuple[Piece, ...]
    places: tuple[int, ...]
    width: int

    @property
    def barred(self) -> bool:
        return self.width > 0


class Mark(NamedTuple):
    """The number or letter of a row."""

    style: str
    value: int
    piece: Piece
    rest: Piece | None  # of its line, where the matter follows the mark directly


def lines_of(text: str) -> Iterator[Line]:
    """The lines of *text* that are not blank."""
    for match in _LINE.finditer(text):
        raw, shift = match[0], match.start()
        found = list(islice(_CELL.finditer(raw), _MOST_CELLS))
        bars, opened = raw.count("|"), raw.lstrip().startswith("|")
        if found or bars == 1:
            yield Line(
                shift,
                tuple(Piece(cell[0], Span(shift + cell.start(), shift + cell.end())) for cell in found),
                tuple(raw.count("|", 0, cell.start()) - opened for cell in found),
                bars + 1 - opened - raw.rstrip().endswith("|") if bars else 0,
            )


def any_mark(line: Line) -> Mark | None:
    """The mark that *line* begins with, whatever stood before it and follows."""
    found = _mark(line)
    return Mark(found[1], found[2], line.cells[0], None) if found is not None else None


def next_mark(line: Line, last: Sequence[Mark]) -> Mark | None:
    """The mark that *line* begins with, where it comes next after the *last* ones."""
    found = _mark(line)
    if found is None:
        return None
    match, style, value = found
    piece, rest = line.cells[0], None
    if match.end() < len(piece.text):
        if match["dot"] is None and style != "dotted":
            return None  # "2 lớp tập huấn"
        place = len(piece.text) - len(piece.text[match.end() :].lstrip())
        rest = Piece(piece.text[place:], Span(piece.span.start + place, piece.span.end))
        piece = Piece(match[0].rstrip(), Span(piece.span.start, piece.span.start + len(match[0].rstrip())))
    before = next((one for one in reversed(last) if one.style == style), None)
    goes_on = before is not None and value == before.value + 1
    opens = value == 1 and (not last or last[-1].style != style or style == "dotted")
    return Mark(style, value, piece, rest) if goes_on or opens else None


def _mark(line: Line) -> tuple[re.Match[str], str, int] | None:
    """What *line* begins with, its style and its number."""
    match = _MARK.match(line.cells[0].text) if line.cells else None
    if match is None:
        return None
    style = next(name for name in _STYLES if match[name])
    return match, style, _value(style, match[style])


def _value(style: str, printed: str) -> int:
    if style == "letter":
        return _LETTERS.index(printed) + 1
    if style == "roman":
        return _NUMERALS.index(printed) + 1 if printed in _NUMERALS else 0
    if style == "upper":
        return ord(printed) - ord("A") + 1
    return int(printed.rpartition(".")[2])


_MOST_CELLS = 60
_STYLES = ("dotted", "arabic", "roman", "upper", "letter")
_LETTERS = "abcdđeghiklmnopqrstuvxy"
_NUMERALS = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII", "XIII", "XIV", "XV")
_LINE = re.compile(r"[^\n]+")
_CELL = re.compile(r"[^\s|](?:[^\n|]*[^\s|])?")
_MARK = re.compile(
    r"(?:\(?(?:(?P<dotted>\d{1,2}(?:\.\d{1,2}){1,3})|(?P<arabic>\d{1,3})|(?P<roman>[IVX]{1,5})|(?P<upper>[A-H])"
    r"|(?P<letter>[abcdđeghiklmnopqrstuvxy](?=[.)])))(?P<dot>[.)/:](?!\d))?)(?=\s|$)"
)
