"""Set text on pages for tests of layout: words of even letters, lines from left to right, drawn lines of tables.

A letter is 6 points wide and a space 3, at a size of 12; lines are 14 points apart.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise

from pipeline.read.blocks import Block, Box, Paragraph
from pipeline.read.pages.page import Page, Word

LETTER, SPACE, SIZE, PITCH = 6.0, 3.0, 12.0, 14.0
LEFT, RIGHT, TOP = 80.0, 530.0, 80.0


def line(text: str, *, left: float = LEFT, top: float, size: float = SIZE) -> list[Word]:
    """The words of *text*, set from *left* on."""
    words = []
    for part in text.split(" "):
        width = LETTER * len(part) * size / SIZE
        if part:
            words.append(Word(part, left, top, left + width, top + size, size))
        left += width + SPACE * size / SIZE
    return words


def width_of(text: str, size: float = SIZE) -> float:
    """How wide *text* is set."""
    words = line(text, left=0, top=0, size=size)
    return words[-1].right


def centred(text: str, *, top: float, middle: float = (LEFT + RIGHT) / 2, size: float = SIZE) -> list[Word]:
    """The words of *text*, set around *middle*."""
    return line(text, left=middle - width_of(text, size) / 2, top=top, size=size)


def wrapped(
    text: str,
    *,
    top: float,
    left: float = LEFT,
    right: float = RIGHT,
    indent: float = 30,
    size: float = SIZE,
    justify: bool = True,
) -> list[Word]:
    """The words of a paragraph, broken into lines where they are full; *indent* is that of the first line."""
    lines: list[tuple[float, list[str]]] = [(left + indent, [])]
    for part in text.split(" "):
        start, parts = lines[-1]
        if parts and start + width_of(" ".join([*parts, part]), size) > right:
            lines.append((left, [part]))
        else:
            parts.append(part)
    words: list[Word] = []
    for number, (start, parts) in enumerate(lines):
        row = line(" ".join(parts), left=start, top=top + number * PITCH * size / SIZE, size=size)
        if justify and number < len(lines) - 1 and len(row) > 1:
            more = (right - row[-1].right) / (len(row) - 1)
            row = [word._replace(left=word.left + k * more, right=word.right + k * more) for k, word in enumerate(row)]
        words += row
    return words


def bottom_of(words: Sequence[Word]) -> float:
    """Where the next line of a paragraph after *words* begins."""
    return max(word.top for word in words) + PITCH


def flowing(paragraphs: Iterable[str], *, top: float = TOP, indent: float = 30, gap: float = 0) -> list[Word]:
    """The words of *paragraphs* one below the other, *gap* points between them."""
    words: list[Word] = []
    for text in paragraphs:
        words += wrapped(text, top=top, indent=indent)
        top = bottom_of(words) + gap
    return words


def page(*words: Iterable[Word], number: int = 1, rules: Iterable[Box] = (), width: float = 600) -> Page:
    """A page of 600 × 800 points."""
    return Page(number, width, 800, tuple(word for part in words for word in part), tuple(rules))


def grid(xs: Sequence[float], ys: Sequence[float], *, without: Iterable[tuple[str, int, int]] = ()) -> list[Box]:
    """The lines of a table, a piece for each side of a square.

    *without* names pieces that are missing: ("right", row, column) or ("below", row, column).
    """
    gone = set(without)
    rules = []
    for row, (top, bottom) in enumerate(pairwise(ys)):
        rules.append((xs[0], top, xs[0], bottom))
        rules += [(x, top, x, bottom) for column, x in enumerate(xs[1:]) if ("right", row, column) not in gone]
    for column, (left, right) in enumerate(pairwise(xs)):
        rules.append((left, ys[0], right, ys[0]))
        rules += [(left, y, right, y) for row, y in enumerate(ys[1:]) if ("below", row, column) not in gone]
    return rules


def texts(blocks: Sequence[Block]) -> list[str]:
    """The text of each paragraph; of a table its cells in order."""
    found = []
    for block in blocks:
        if isinstance(block, Paragraph):
            found.append(block.text)
        else:
            cells = sorted(block.cells, key=lambda cell: (cell.row, cell.column))
            found.append(" | ".join(cell.text.replace("\n", " / ") for cell in cells))
    return found
