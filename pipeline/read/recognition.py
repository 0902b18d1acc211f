"""Recognise the words and lines of a page's picture: the body of the page as a whole, each cell of a table by itself.

A program that looks for columns on its own reads the figures of a ruled table as one line of text and loses single
ones; the drawn lines say where the cells are. So the cells are cut out, read one by one in one run, and put back.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from typing import NamedTuple

import numpy as np
from PIL import Image, ImageDraw

from pipeline.read.blocks import Box
from pipeline.read.cleaned_picture import CleanedPicture, cleaned, dark_share
from pipeline.read.pages import Page, Word
from pipeline.read.rendering import POINTS, PagePicture
from pipeline.read.ruled_cells import ruled_tables
from pipeline.read.tesseract import Limits, Seen, Tesseract, quarter_turn, read_pictures
from pipeline.read.text_layer import valid_share


def recognise(source: PagePicture, number: int, tesseract: Tesseract, *, limits: Limits | None = None) -> Page:
    """Recognise page *number*; raises `RecognitionError`.

    A page that comes out unreadable is tried again as tesseract thinks that it must be turned.
    """
    picture = Image.open(io.BytesIO(source.png))
    picture.load()
    upright = _recognise(picture, source, number, 0, tesseract, limits)
    if _is_readable(upright) or dark_share(picture) < BARE:
        return upright
    turn = quarter_turn(tesseract, picture, limits=limits)
    if not turn:
        return upright
    turned = _recognise(picture.transpose(_TURNS[turn]), source, number, turn, tesseract, limits)
    return max(upright, turned, key=_worth)


def mean_confidence(words: Iterable[Word]) -> float:
    """The mean confidence of *words*, long ones counting for more; 1 for none."""
    weights = [(len(word.text), 1.0 if word.confidence is None else word.confidence) for word in words]
    letters = sum(length for length, _ in weights)
    return sum(length * confidence for length, confidence in weights) / letters if letters else 1.0


def _recognise(
    picture: Image.Image, source: PagePicture, number: int, turn: int, tesseract: Tesseract, limits: Limits | None
) -> Page:
    width, height = (source.height, source.width) if turn in (90, 270) else (source.width, source.height)
    points = width / picture.width  # for a dot
    clean = cleaned(picture, dots_an_inch=POINTS / points)
    lines = _read(clean, POINTS / points, tesseract, limits)
    words = [_word(seen, points) for line in lines for seen in _without_noise(line)]
    rules = tuple(_scaled(rule, points) for rule in clean.rules)
    return Page(number, width, height, tuple(words), rules, "ocr", turned=turn - clean.skew)


class _Cell(NamedTuple):
    """A cell cut out of the picture; `left` and `top` say where its own corner was."""

    picture: Image.Image
    left: int
    top: int


def _read(clean: CleanedPicture, dots_an_inch: float, tesseract: Tesseract, limits: Limits | None) -> list[list[Seen]]:
    """The lines of the page, the cells of tables where the tables stand."""
    tables = ruled_tables(clean.rules, close=CLOSE * dots_an_inch)
    body = clean.picture.copy()
    for table in tables:
        for cell in table:
            ImageDraw.Draw(body).rectangle(cell, fill=255)
    dots = round(dots_an_inch)
    read = read_pictures(tesseract, [body], layout=COLUMNS, dots_an_inch=dots, limits=limits)
    lines = _lines(read[0])
    cells = [[cut for cell in table if (cut := _cut(clean.picture, cell, dots_an_inch))] for table in tables]
    flat = [cut for table in cells for cut in table]
    found = iter(
        read_pictures(tesseract, [cut.picture for cut in flat], layout=BLOCK, dots_an_inch=dots, limits=limits)
    )
    for table, box in sorted(zip(cells, tables, strict=True), key=lambda pair: -pair[1][0][1]):
        inside = [_moved(line, cut) for cut in table for line in _lines(next(found))]
        at = next((at for at, line in enumerate(lines) if line[0].top > box[0][1]), len(lines))
        lines[at:at] = inside
    return lines


def _cut(picture: Image.Image, cell: Box, dots_an_inch: float) -> _Cell | None:
    """The cell on white paper, None when it is empty."""
    edge = round(EDGE * dots_an_inch)
    left, top, right, bottom = (
        round(cell[0]) + edge,
        round(cell[1]) + edge,
        round(cell[2]) - edge,
        round(cell[3]) - edge,
    )
    if right - left < 4 * edge or bottom - top < 4 * edge:
        return None
    inside = picture.crop((left, top, right, bottom))
    if int((np.asarray(inside) < INK).sum()) < LEAST_INK * dots_an_inch**2:
        return None
    margin = round(MARGIN * dots_an_inch)
    sheet = Image.new("L", (inside.width + 2 * margin, inside.height + 2 * margin), 255)
    sheet.paste(inside, (margin, margin))
    return _Cell(sheet, left - margin, top - margin)


def _moved(line: Sequence[Seen], cell: _Cell) -> list[Seen]:
    return [
        seen._replace(
            left=seen.left + cell.left,
            right=seen.right + cell.left,
            top=seen.top + cell.top,
            bottom=seen.bottom + cell.top,
        )
        for seen in line
    ]


def _lines(words: Sequence[Seen]) -> list[list[Seen]]:
    lines: dict[tuple[int, int, int], list[Seen]] = {}
    for word in words:
        lines.setdefault(word.line, []).append(word)
    return list(lines.values())


def _without_noise(line: Sequence[Seen]) -> list[Seen]:
    """The line without specks that were taken for signs; nothing of it when all of it is doubtful."""
    kept = [seen for at, seen in enumerate(line) if _is_text(seen, opens=at == 0)]
    sure = max((seen.confidence for seen in kept), default=0.0)
    return kept if sure >= LEAST_SURE else []


def _is_text(seen: Seen, *, opens: bool) -> bool:
    if any(letter.isalnum() for letter in seen.text):
        return seen.confidence >= LEAST_CONFIDENCE
    return seen.confidence >= (LEAST_SURE if opens and seen.text in BULLETS else LEAST_SIGN)


def _word(seen: Seen, points: float) -> Word:
    box = _scaled((seen.left, seen.top, seen.right, seen.bottom), points)
    return Word(seen.text, *box, round(seen.line_height * points * SIZE, 1), round(seen.confidence, 3))


def _scaled(box: Box, points: float) -> Box:
    return (
        round(box[0] * points, 2),
        round(box[1] * points, 2),
        round(box[2] * points, 2),
        round(box[3] * points, 2),
    )


def _is_readable(page: Page) -> bool:
    return len(page.words) >= FEW_WORDS and _worth(page) >= UNREADABLE * len(page.words)


def _worth(page: Page) -> float:
    """About how many words were read well."""
    text = " ".join(word.text for word in page.words)
    return len(page.words) * mean_confidence(page.words) * valid_share(text)


VERSION = "1"  # goes up with every change of what comes out, so that older pages in a cache are done again
COLUMNS, BLOCK = 3, 6  # page segmentation modes
CLOSE = 0.04  # inches
EDGE = 0.007
MARGIN = 0.07
LEAST_INK = 0.0003  # square inches
INK = 160
BARE = 0.004
SIZE = 0.9  # of the height of a line with ascenders and descenders
FEW_WORDS = 10
UNREADABLE = 0.5
LEAST_CONFIDENCE = 0.05
LEAST_SURE = 0.3
LEAST_SIGN = 0.6
BULLETS = frozenset("-–—+•*")
_TURNS = {
    90: Image.Transpose.ROTATE_270,
    180: Image.Transpose.ROTATE_180,
    270: Image.Transpose.ROTATE_90,
}
