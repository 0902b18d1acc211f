"""The outline of a document: a tree of sections, the blocks of text in them, and the tables rebuilt as grids.

All offsets point into the cleaned text. `pipeline.segment` makes an `Outline`, `pipeline.assemble` reads it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from schemas.record import Span

Zone = Literal["header", "preamble", "body", "closing"]
BlockKind = Literal["heading", "item", "bullet", "paragraph"]


@dataclass(frozen=True, slots=True)
class OutlineSection:
    """One labelled unit.

    `parent` is an index into `Outline.sections`; `head` is the whole label and heading line; `title_span` is the title
    alone, or None when the unit is a plain item; `extent` runs from the label to the end of the last subsection.
    """

    label: str
    path: tuple[str, ...]
    level: int
    parent: int | None
    head: Span
    title: str | None
    title_span: Span | None
    extent: Span


@dataclass(frozen=True, slots=True)
class Block:
    """One heading, labelled item, bullet or paragraph.

    `span` is the content without label or bullet mark; `marker` is the mark as printed (`-`, `+`, `a)`, `1.2.`) or
    None; `section` is an index into `Outline.sections`: for a heading or an item, its own section. `introduces` is true
    when the block only leads in what follows it (`… như sau:` before sub-items or bullets). `depth` counts nested
    bullets from 1 (`+` below `-` is 2), 0 for everything else.
    """

    kind: BlockKind
    zone: Zone
    span: Span
    marker: str | None
    section: int | None
    introduces: bool = False
    depth: int = 0


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell; `paragraphs` are the spans of its paragraphs, in order (empty for an empty cell)."""

    text: str
    paragraphs: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Grid:
    """A rebuilt table: all rows are as long as `header`; a cell that spans rows is the same object in each of them.

    A full-width group row has its text in the first cell and empty cells after it. `unit` is the unit line above the
    table (`ĐVT: triệu đồng`) as printed, without its label.
    """

    span: Span
    section: int | None
    caption: str | None
    unit: str | None
    header: tuple[Cell, ...]
    rows: tuple[tuple[Cell, ...], ...]


@dataclass(frozen=True, slots=True)
class Outline:
    """Sections, blocks and grids, each in document order; `recovered` lists labels repaired from their neighbours."""

    sections: tuple[OutlineSection, ...]
    blocks: tuple[Block, ...]
    grids: tuple[Grid, ...]
    recovered: tuple[tuple[Span, str], ...] = ()
