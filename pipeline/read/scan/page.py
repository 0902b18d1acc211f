"""Recognise the words and lines of a page's picture: the body of the page as a whole, each cell of a table by itself.

A program that looks for columns on its own reads the figures of a ruled table as one line of text and loses single
ones; the drawn lines say where the cells are. So the cells are cut out, read one by one, and put back.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence

from PIL import Image, ImageDraw

from pipeline.read.blocks import Box
from pipeline.read.pages.page import Page, Word
from pipeline.read.pages.text_layer import valid_share
from pipeline.read.scan.cells import read_cells, read_figure
from pipeline.read.scan.cleaned_picture import CleanedPicture, cleaned, dark_share
from pipeline.read.scan.line_reader import Line, LineReader, is_word, levelled, without_noise
from pipeline.read.scan.rendering import POINTS, PagePicture
from pipeline.read.scan.ruled_cells import ruled_tables
from pipeline.read.scan.tesseract import Limits, Seen, Tesseract, quarter_turn


def recognise(source: PagePicture, number: int, tesseract: Tesseract, *, limits: Limits | None = None) -> Page:
    """Recognise page *number*; raises `RecognitionError`.

    A page that comes out unreadable, or with words on end, is tried again as tesseract thinks that it must be
    turned.
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
    lines = _read(clean, LineReader(tesseract, POINTS / points, limits))
    words = tuple(_word(seen, points) for line in lines for seen in levelled(line))
    rules = tuple(_scaled(rule, points) for rule in clean.rules)
    return Page(number, width, height, words, rules, "ocr", turned=turn - clean.skew)


def _read(clean: CleanedPicture, reader: LineReader) -> list[Line]:
    """The lines of the page, the cells of tables where the tables stand."""
    tables = ruled_tables(clean.rules, close=CLOSE * reader.dots_an_inch)
    body = _without(clean.picture, [cell for table in tables for cell in table])
    lines = [kept for line in reader.columns(body) if (kept := without_noise(line))]
    lines = _second_look(body, _page_number(body, lines, reader), reader)
    for table in reversed(tables):
        cells = [line for cell in read_cells(clean.picture, table, reader) for line in cell]
        at = next((at for at, line in enumerate(lines) if line[0].top > table[0][1]), len(lines))
        lines[at:at] = cells
    return lines


def _second_look(body: Image.Image, lines: list[Line], reader: LineReader) -> list[Line]:
    """*lines* and those that tesseract passed over because a seal lies on them, when there is much ink unread."""
    margin = AROUND * reader.dots_an_inch
    read = [(word.left - margin, word.top - margin, word.right + margin, word.bottom + margin) for word in _all(lines)]
    rest = _without(body, read)
    if dark_share(rest) * rest.width * rest.height < UNREAD_INK * reader.dots_an_inch**2:
        return lines
    found = [line for each in reader.scattered(rest) if (line := _sure_stretch(_apart(each, read)))]
    if len(_all(found)) > MOST_FOUND:  # no seal covers so much: these are shreds of what was read
        return lines
    for line in found:
        at = next((at for at, other in enumerate(lines) if other[0].top > line[0].top), len(lines))
        lines.insert(at, line)
    return lines


def _apart(line: Line, boxes: Sequence[Box]) -> Line:
    """The words of *line* whose middle lies in none of *boxes*."""
    middles = [((seen.left + seen.right) / 2, (seen.top + seen.bottom) / 2) for seen in line]
    return [
        seen
        for seen, (x, y) in zip(line, middles, strict=True)
        if not any(left < x < right and top < y < bottom for left, top, right, bottom in boxes)
    ]


def _page_number(body: Image.Image, lines: list[Line], reader: LineReader) -> list[Line]:
    """*lines* with a page number that was taken for letters (`lãi` for 11) read as one."""
    if not lines or len(lines[0]) > 1 or len(lines[0][0].text) > SHORT or lines[0][0].text.isdigit():
        return lines
    word, around = lines[0][0], AROUND * reader.dots_an_inch
    if word.bottom > HEAD * body.height or abs(word.left + word.right - body.width) > 0.2 * body.width:
        return lines
    box = (word.left - around, word.top - around, word.right + around, word.bottom + around)
    figure = read_figure(body, box, reader)
    return [*figure, *lines[1:]] if figure else lines


def _sure_stretch(line: Line) -> Line:
    """What is left of a line when doubtful words are taken off its ends; nothing unless two long words are sure."""
    sure = [at for at, seen in enumerate(line) if seen.confidence >= SURE and len(seen.text) > 1 and is_word(seen)]
    return line[sure[0] : sure[-1] + 1] if len(sure) >= SURE_WORDS else []


def _without(picture: Image.Image, boxes: Sequence[Box]) -> Image.Image:
    blanked = picture.copy()
    draw = ImageDraw.Draw(blanked)
    for box in boxes:
        draw.rectangle(box, fill=255)
    return blanked


def _all(lines: Sequence[Line]) -> list[Seen]:
    return [seen for line in lines for seen in line]


def _word(seen: Seen, points: float) -> Word:
    box = _scaled((seen.left, seen.top, seen.right, seen.bottom), points)
    return Word(seen.text, *box, round(seen.line_height * points * SIZE, 1), round(seen.confidence, 3))


def _scaled(box: Box, points: float) -> Box:
    left, top, right, bottom = (round(side * points, 2) for side in box)
    return (left, top, right, bottom)


def _is_readable(page: Page) -> bool:
    return len(page.words) >= FEW_WORDS and _worth(page) >= READABLE * len(page.words)


def _worth(page: Page) -> float:
    """About how many words were read well, and level."""
    text = " ".join(word.text for word in page.words)
    return _level_share(page.words) * len(page.words) * mean_confidence(page.words) * valid_share(text)


def _level_share(words: Iterable[Word]) -> float:
    """How many of the longer words are wider than high; 1 when there are none."""
    level = [word.right - word.left > word.bottom - word.top for word in words if len(word.text) >= LONG]
    return sum(level) / len(level) if level else 1.0


VERSION = "8"  # goes up with every change of what comes out, so that older pages in a cache are done again
CLOSE = 0.04  # inches
AROUND = 0.03
UNREAD_INK = 0.15  # square inches: a seal with some words under it
SHORT = 3
HEAD = 0.12
SURE = 0.6
SURE_WORDS = 2
MOST_FOUND = 80  # words
BARE = 0.004
SIZE = 1.1  # for the height of a tall word, as "lập" is
FEW_WORDS = 10
READABLE = 0.5
LONG = 4
_TURNS = {
    90: Image.Transpose.ROTATE_270,
    180: Image.Transpose.ROTATE_180,
    270: Image.Transpose.ROTATE_90,
}
