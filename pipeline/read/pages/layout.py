"""From pages of words and rules to paragraphs and tables in reading order: `blocks_of(pages)`.

    words → page numbers out → tables → lines → letterhead and closing in columns → footnotes apart → paragraphs

A paragraph or table that goes over a page end is one block, with a place for each of its lines. The page decides what
is a line, the whole document how wide its text is: the last page may have no full line.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from pipeline.read.blocks import Block, TableBlock, TableCell
from pipeline.read.pages.columns import Columns, columns_of
from pipeline.read.pages.footnotes import notes_of, without_footnotes
from pipeline.read.pages.furniture import without_furniture
from pipeline.read.pages.lines import Line, lines_of
from pipeline.read.pages.margins import Content, Margins, margins_of
from pipeline.read.pages.page import Page
from pipeline.read.pages.paragraphs import TextLine, goes_on, paragraph, paragraphs_of_lines, text_lines
from pipeline.read.pages.stitching import belong_together, table_block
from pipeline.read.pages.tables import GridTable, tables_on


def blocks_of(pages: Sequence[Page]) -> tuple[Block, ...]:
    """The blocks of all *pages* in reading order."""
    kept = without_furniture(pages)
    laid = [_Laid.of(replace(page, words=words)) for page, words in zip(pages, kept, strict=True)]
    flow = _Flow()
    for one, margins in zip(laid, margins_of([one.content for one in laid]), strict=True):
        lines, notes = without_footnotes(one.page, one.lines, margins)
        for item in _items(one, lines, margins):
            flow.add(item)
        flow.notes += text_lines(notes, one.page.number, margins)
    flow.end()
    return tuple(flow.blocks)


class _Laid(NamedTuple):
    """A page, its ruled tables, and the lines outside of them."""

    page: Page
    tables: list[GridTable]
    lines: list[Line]

    @classmethod
    def of(cls, page: Page) -> _Laid:
        tables, rest = tables_on(page)
        return cls(page, tables, [line for line in lines_of(rest) if not line.is_typed_rule])

    @property
    def content(self) -> Content:
        return Content(self.page.width, self.lines, [table.box for table in self.tables])


_Item = TextLine | Columns | GridTable


def _items(laid: _Laid, lines: Sequence[Line], margins: Margins) -> Iterator[_Item]:
    """What stands on a page, from top to bottom."""
    rest = list(lines)
    for table in laid.tables:
        above = [line for line in rest if line.middle < table.box[1]]
        rest = rest[len(above) :]
        yield from _between(above, laid.page.number, margins)
        yield table
    yield from _between(rest, laid.page.number, margins)


def _between(lines: Sequence[Line], page: int, margins: Margins) -> Iterator[TextLine | Columns]:
    """The lines between two tables, those in columns taken together."""
    for item in columns_of(lines, margins.left, margins.right):
        if isinstance(item, Columns):
            yield item._replace(page=page)
        else:
            yield from text_lines([item], page, margins)


@dataclass(slots=True)
class _Flow:
    """The blocks so far, and the paragraph or table that may go on with what comes next."""

    blocks: list[Block] = field(default_factory=list)
    lines: list[TextLine] = field(default_factory=list)
    tables: list[GridTable] = field(default_factory=list)
    notes: list[TextLine] = field(default_factory=list)

    def add(self, item: _Item) -> None:
        """Add what comes next on the page."""
        if isinstance(item, TextLine):
            if not (self.lines and goes_on(self.lines, item)):
                self.end()
            self.lines.append(item)
        elif isinstance(item, GridTable):
            if not (self.tables and belong_together(self.tables[-1], item)):
                self.end()
            self.tables.append(item)
        else:
            self.end()
            self.blocks.append(_layout_table(item))

    def end(self) -> None:
        """End what is open; footnotes of its pages come after it."""
        if self.lines:
            self.blocks.append(paragraph(self.lines))
        if self.tables:
            self.blocks.append(table_block(self.tables))
        self.blocks.extend(paragraph(lines) for lines in notes_of(self.notes))
        self.lines, self.tables, self.notes = [], [], []


def _layout_table(columns: Columns) -> TableBlock:
    cells = []
    for number, lines in enumerate((columns.left, columns.right)):
        margins = Margins(min(line.left for line in lines), max(line.right for line in lines))
        paragraphs = paragraphs_of_lines(text_lines(lines, columns.page, margins, setting=columns.setting))
        cells.append(TableCell(0, number, tuple(paragraph(lines) for lines in paragraphs)))
    return TableBlock(tuple(cells), ruled=False)
