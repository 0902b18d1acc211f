"""What every reader makes: the text of one input, with the way back to it, and the tables that the format itself knows.

The text is in Unicode normal form C, so that `ế` is one character everywhere; the map leads to code points of the
decoded input as it was, also where one letter was written as three. For a format that is no text (PDF, Word) and for
HTML the decoded input is the text that the reader made, as `kehoach read` prints it; `anchors` lead on from there to
the element or to the page and box.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from pipeline.mapped_text import MappedText
from pipeline.read.anchors import Anchors
from schemas import Diagnostic


@dataclass(frozen=True, slots=True)
class SourceCell:
    """One cell of a table: `[start, end)` in the decoded input; row and column count from 0."""

    start: int
    end: int
    row: int
    column: int
    row_span: int = 1
    column_span: int = 1


@dataclass(frozen=True, slots=True)
class SourceTable:
    """A table that the format itself draws: `[start, end)` holds all its cells and the bars between them.

    `head_rows` is how many rows the input marks as head, 0 when it marks none.
    """

    start: int
    end: int
    height: int
    width: int
    cells: tuple[SourceCell, ...]
    head_rows: int = 0


@dataclass(frozen=True, slots=True)
class SourceDocument:
    """One input, read; `decoded` is what `source_spans` count in, `sha256` and `size` are of the bytes.

    `encoding` says how the bytes were decoded, None for a format that is no text. `properties` are the labels and
    values of the box in which a site describes the document, as printed.
    """

    text: MappedText
    decoded: str
    encoding: str | None
    media_type: str
    sha256: str
    size: int
    diagnostics: tuple[Diagnostic, ...] = ()
    anchors: Anchors = field(default_factory=Anchors)
    tables: tuple[SourceTable, ...] = ()
    properties: tuple[tuple[str, str], ...] = ()
