"""What a reader of a laid-out format (HTML, Word, PDF) finds: paragraphs and tables, each with its place in the input.

A reader only says what stands there. Whether a table is one, or two columns of a letterhead, is decided where the
blocks are written out as text, once for all formats (`pipeline.read.writing`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from schemas import Diagnostic

Box = tuple[float, float, float, float]


class Place(NamedTuple):
    """Where something stands in the input.

    `line` counts the lines of a text from 1. `element` is the XPath of an element of an HTML page, or of a Word
    document's body. `page` counts from 1; `box` is (left, top, right, bottom) in points (1/72 inch) from the upper left
    corner of the page as a reader sees it.
    """

    line: int | None = None
    element: str | None = None
    page: int | None = None
    box: Box | None = None


class Piece(NamedTuple):
    """A stretch of a paragraph that stands at one place: a line of a PDF, a paragraph of a web page."""

    text: str
    place: Place


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph, heading, list item; its text is that of its pieces put together as they are.

    A reader puts the space between two words that were on two lines at the end of the first piece. A `\\n` in a piece
    is a line break that the author made.
    """

    pieces: tuple[Piece, ...]

    @property
    def text(self) -> str:
        """The whole text."""
        return "".join(piece.text for piece in self.pieces)

    @classmethod
    def of(cls, text: str, place: Place) -> Paragraph:
        """A paragraph at one place."""
        return cls((Piece(text, place),))


@dataclass(frozen=True, slots=True)
class TableCell:
    """One cell: the row and column of its upper left corner, counted from 0, and how many of each it covers."""

    row: int
    column: int
    blocks: tuple[Block, ...] = ()
    row_span: int = 1
    column_span: int = 1

    @property
    def text(self) -> str:
        """The text of the cell, its paragraphs on lines of their own, what is nested in it included."""
        return "\n".join(paragraph.text for paragraph in paragraphs_of(self.blocks))


@dataclass(frozen=True, slots=True)
class TableBlock:
    """A table as the input draws it; cells never overlap, and need not cover the whole of it.

    `head_rows` is how many rows the input itself marks as head (`thead`, a repeated heading row), 0 when it marks none.
    `ruled` tells whether lines are drawn between its cells, None when the input does not say.
    """

    cells: tuple[TableCell, ...]
    head_rows: int = 0
    ruled: bool | None = None


Block = Paragraph | TableBlock


def paragraphs_of(blocks: Sequence[Block]) -> list[Paragraph]:
    """All paragraphs in reading order, those inside of tables included."""
    found: list[Paragraph] = []
    for block in blocks:
        if isinstance(block, Paragraph):
            found.append(block)
        else:
            for cell in sorted(block.cells, key=lambda cell: (cell.row, cell.column)):
                found.extend(paragraphs_of(cell.blocks))
    return found


@dataclass(frozen=True, slots=True)
class BlockDocument:
    """What a reader of a laid-out format gives: its blocks in reading order, without what is not the document's own.

    `encoding` is how bytes were decoded, None for a format that is no text; `properties` are the labels and values of
    the box in which a site describes the document, as printed.
    """

    blocks: tuple[Block, ...]
    encoding: str | None = None
    diagnostics: tuple[Diagnostic, ...] = ()
    properties: tuple[tuple[str, str], ...] = ()
