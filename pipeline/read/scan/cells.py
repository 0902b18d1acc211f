"""Recognise the cells of ruled tables one by one, all in one run: a lone `7` is read there, in a page often not.

Where most cells of a column hold a figure, they are read a second time from the sharp picture, and the surer reading
counts; those that came out as no figure (`l6`, `§`, `— 2.343.000`) a third time as nothing but figures. What stands in
such a column and is a word (`Không`) stays.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from PIL import Image

from pipeline.read.blocks import Box
from pipeline.read.scan.line_reader import Line, LineReader, without_noise
from pipeline.repair.syllables import house_style, well_formed


def read_cells(picture: Image.Image, cells: Sequence[Box], reader: LineReader) -> list[list[Line]]:
    """The lines of each of *cells*, boxes in dots of *picture*; none for an empty one."""
    cuts = {at: cut for at, cell in enumerate(cells) if (cut := _cut(picture, cell, reader.dots_an_inch))}
    read = reader.blocks([cut.picture for cut in cuts.values()])
    lines = {at: _kept(found) for at, found in zip(cuts, read, strict=True)}
    _read_figures_again(cells, cuts, lines, reader)
    return [[_moved(line, cuts[at]) for line in lines[at]] if at in cuts else [] for at in range(len(cells))]


def read_figure(picture: Image.Image, box: Box, reader: LineReader) -> list[Line]:
    """What stands in *box* of *picture* as a figure; nothing when it is none."""
    cut = _cut(picture, box, reader.dots_an_inch)
    if cut is None:
        return []
    found = _as_figures([cut], reader, only=ARABIC)[0]
    return [_moved(line, cut) for line in found]


class _Cut(NamedTuple):
    """A cell cut out of the picture; `left` and `top` say where its own corner was."""

    picture: Image.Image
    left: int
    top: int


def _cut(picture: Image.Image, cell: Box, dots_an_inch: float) -> _Cut | None:
    """The cell on white paper, None when it is empty."""
    edge, margin = round(EDGE * dots_an_inch), round(MARGIN * dots_an_inch)
    left, top, right, bottom = (
        round(cell[0]) + edge,
        round(cell[1]) + edge,
        round(cell[2]) - edge,
        round(cell[3]) - edge,
    )
    if min(right - left, bottom - top) < margin:
        return None
    inside = picture.crop((left, top, right, bottom))
    if int((np.asarray(inside) < INK).sum()) < LEAST_INK * dots_an_inch**2:
        return None
    sheet = Image.new("L", (inside.width + 2 * margin, inside.height + 2 * margin), 255)
    sheet.paste(inside, (margin, margin))
    return _Cut(sheet, left - margin, top - margin)


def _moved(line: Line, cut: _Cut) -> Line:
    return [
        seen._replace(
            left=seen.left + cut.left,
            right=seen.right + cut.left,
            top=seen.top + cut.top,
            bottom=seen.bottom + cut.top,
        )
        for seen in line
    ]


def _kept(lines: Sequence[Line]) -> list[Line]:
    return [kept for line in lines if (kept := without_noise(line))]


def _columns(cells: Sequence[Box], cuts: dict[int, _Cut], dots_an_inch: float) -> list[list[int]]:
    """The numbers of the cells that stand below one another and are equally wide."""
    columns: defaultdict[tuple[int, int], list[int]] = defaultdict(list)
    close = CLOSE * dots_an_inch
    for at in cuts:
        columns[round(cells[at][0] / close), round(cells[at][2] / close)].append(at)
    return list(columns.values())


def _read_figures_again(
    cells: Sequence[Box], cuts: dict[int, _Cut], lines: dict[int, list[Line]], reader: LineReader
) -> None:
    """Put surer readings of the cells in columns of figures into *lines*."""
    columns = [column for column in _columns(cells, cuts, reader.dots_an_inch) if _is_of_figures(column, lines)]
    wanted = [at for column in columns for at in column if not _is_of_words(lines[at])]
    for at, found in zip(wanted, reader.sharp_blocks([cuts[at].picture for at in wanted]), strict=True):
        if _FIGURE.fullmatch(_text(found)) and _sureness(found) > _sureness(lines[at]):
            lines[at] = found
    spoiled = [at for at in wanted if not _FIGURE.fullmatch(_text(lines[at])) and _may_be_figure(_text(lines[at]))]
    again = _as_figures([cuts[at] for at in spoiled], reader, only=ARABIC + ROMAN)
    lines |= {at: found for at, found in zip(spoiled, again, strict=True) if found}


def _as_figures(cuts: Sequence[_Cut], reader: LineReader, *, only: str) -> list[list[Line]]:
    """Each of *cuts* read as a figure made of *only*, nothing where that gives none."""
    pictures = [cut.picture for cut in cuts]
    both = zip(reader.blocks(pictures, only=only), reader.sharp_blocks(pictures, only=only), strict=True)
    return [next((lines for lines in pair if _FIGURE.fullmatch(_text(lines))), []) for pair in both]


def _is_of_figures(column: Sequence[int], lines: dict[int, list[Line]]) -> bool:
    figures = sum(1 for at in column if _FIGURE.fullmatch(_text(lines[at])))
    return figures >= max(LEAST_FIGURES, len(column) / 2)


def _is_of_words(lines: Sequence[Line]) -> bool:
    """Whether a Vietnamese word was read for sure: not `lãi`, which is often an 11."""
    sure = [seen.text for line in lines for seen in line if seen.confidence >= SURE]
    words = re.findall(r"[^\W\d_]{2,}", " ".join(sure))
    return any(word not in LIKE_FIGURES and house_style(word.lower()) in well_formed() for word in words)


def _may_be_figure(text: str) -> bool:
    if len(text) > 1 and text.isalpha() and text.isupper():  # "TT" over a column of figures
        return False
    return len(text) <= SHORT or bool(_SPOILED_FIGURE.fullmatch(text))


def _sureness(lines: Sequence[Line]) -> float:
    """The confidence of the doubtful word among them; 0 where no figure was read."""
    if not _FIGURE.fullmatch(_text(lines)):
        return 0.0
    return min(seen.confidence for line in lines for seen in line)


def _text(lines: Sequence[Line]) -> str:
    return " ".join(seen.text for line in lines for seen in line)


EDGE = 0.007  # inches
MARGIN = 0.07
LEAST_INK = 0.0003  # square inches
INK = 160
CLOSE = 0.08
LEAST_FIGURES = 3
SHORT = 3
SURE = 0.6
ARABIC, ROMAN = "0123456789.,%", "IVX"
LIKE_FIGURES = frozenset({"lãi", "là", "lội", "li", "lồ", "ll", "lI"})
_FIGURE = re.compile(r"(?:\d+(?:[.,]\d+)*[.,]?%?|[IVX]+)")
_SPOILED_FIGURE = re.compile(r"\W*\d[\d.,]*%?\W*")
