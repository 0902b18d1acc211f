"""Walk an element into blocks: `<p>Di<b>ện</b> tích<br>2 m<sup>2</sup></p>` gives `Diện tích` and `2 m2`.

A block element, and each `<br>`, begins a new paragraph; its place is the XPath of the block element that holds it.
The walk goes from element to element without recursion, so that depth costs nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass, field

from lxml import etree

from pipeline.read.blocks import Block, Paragraph, Piece, Place
from pipeline.read.html.grid import RawCell, RawRow, table_block
from pipeline.read.html.lists import OpenList, has_label
from pipeline.read.html.looks import font_of, is_block, is_hidden, keeps_lines
from pipeline.read.html.page import Element
from pipeline.read.html.paths import OpenElement

RunText = Callable[[str, str | None], str]


def as_is(text: str, font: str | None) -> str:
    """The text of a run in *font*, unchanged: what pages in Unicode need."""
    return text


def blocks_of(body: Element, *, drop: Collection[Element] = (), run_text: RunText = as_is) -> list[Block]:
    """What stands in *body*, but for the elements of *drop* and what is not drawn; *body* itself may be hidden."""
    walker = _Walker(run_text)
    walk = etree.iterwalk(body, events=("start", "end"))
    unseen: Element | None = None
    for event, element in walk:
        if event == "start":
            if element is not body and (element in drop or is_hidden(element)):
                unseen = element
                walker.pass_by(element)
                walk.skip_subtree()
            else:
                walker.enter(element)
            continue
        if element is unseen:
            unseen = None
        else:
            walker.leave(element)
        if element is not body and element.tail:
            walker.text(element.tail)
    walker.flush()
    return walker.blocks


@dataclass(slots=True)
class _Line:
    """What is inherited: the block element that holds a text, its font, whether line ends count."""

    at: OpenElement
    holder: OpenElement
    font: str | None = None
    preformatted: bool = False


@dataclass(slots=True)
class _Table:
    element: Element
    rows: list[RawRow] = field(default_factory=list)
    part: str = "tbody"
    group: int = 0
    row: RawRow | None = None


@dataclass(slots=True)
class _Walker:
    run_text: RunText
    blocks: list[Block] = field(default_factory=list)
    sinks: list[list[Block]] = field(default_factory=list)  # those of the cells around the current one
    tables: list[_Table | None] = field(default_factory=list)  # None for an open cell: what follows is inside of it
    lists: list[OpenList] = field(default_factory=list)
    lines: list[_Line] = field(default_factory=list)
    parts: list[str] = field(default_factory=list)
    mark: tuple[str, OpenElement] | None = None

    def enter(self, element: Element) -> None:
        at = self.lines[-1].at.child(element) if self.lines else OpenElement(element)
        block = not self.lines or is_block(element)
        if block or element.tag == "br":
            self.flush()
        above = self.lines[-1] if self.lines else _Line(at, at)
        keeps = keeps_lines(element)
        self.lines.append(
            _Line(
                at,
                at if block else above.holder,
                font_of(element) or above.font,
                above.preformatted if keeps is None else keeps,
            )
        )
        self._open(element, at)
        if element.text:
            self.text(element.text)

    def leave(self, element: Element) -> None:
        line = self.lines[-1]
        if line.holder is line.at:
            self.flush()
        self._close(element)
        self.lines.pop()

    def pass_by(self, element: Element) -> None:
        """Count an element that is not walked into; drawn or not, a block element ends the line before it."""
        self.lines[-1].at.child(element)

    def text(self, text: str) -> None:
        line = self.lines[-1]
        text = self.run_text(text, line.font)
        if not line.preformatted:
            self.parts.append(text)
            return
        first, *others = text.split("\n")
        self.parts.append(first)
        for other in others:
            self.flush()
            self.parts.append(other)

    def flush(self) -> None:
        """End the paragraph."""
        if not self.parts:
            return
        text = " ".join("".join(self.parts).split())
        self.parts.clear()
        if not text:
            return
        place = Place(element=self.lines[-1].holder.path)
        pieces: tuple[Piece, ...] = (Piece(text, place),)
        if self.mark and not has_label(text):
            mark, item = self.mark
            pieces = (Piece(mark, Place(element=item.path)), *pieces)
        self.mark = None
        self.blocks.append(Paragraph(pieces))

    def _open(self, element: Element, at: OpenElement) -> None:
        tag = element.tag
        table = self.tables[-1] if self.tables else None
        if tag in _LISTS:
            self.lists.append(OpenList.of(element))
        elif tag == "li":
            mark = self.lists[-1].mark(element) if self.lists else "- "
            self.mark = (mark, at) if mark else None
        elif tag == "table":
            self.tables.append(_Table(element))
        elif table and tag in _PARTS:
            table.part, table.group = tag, table.group + 1
        elif table and tag == "tr":
            table.row = RawRow(table.part, table.group)
            table.rows.append(table.row)
        elif table and tag in _CELLS:
            self._open_cell(table, element)

    def _open_cell(self, table: _Table, element: Element) -> None:
        if table.row is None:
            table.row = RawRow(table.part, table.group)
            table.rows.append(table.row)
        cell = RawCell(element)
        table.row.cells.append(cell)
        self.sinks.append(self.blocks)
        self.tables.append(None)
        self.blocks, self.mark = cell.blocks, None

    def _close(self, element: Element) -> None:
        tag = element.tag
        if tag in _LISTS and self.lists:
            self.lists.pop()
        elif tag == "li":
            self.mark = None
        elif tag == "table" and self.tables:
            table = self.tables.pop()
            if table and (block := table_block(element, table.rows)):
                self.blocks.append(block)
        elif tag in _CELLS and len(self.tables) > 1 and self.tables[-1] is None and self._cell() is element:
            self.tables.pop()
            self.blocks = self.sinks.pop()
        elif self.tables and (open_table := self.tables[-1]):
            if tag == "tr":
                open_table.row = None
            elif tag in _PARTS:
                open_table.part, open_table.group = "tbody", open_table.group + 1

    def _cell(self) -> Element:
        """The innermost open cell."""
        table = self.tables[-2]
        return table.row.cells[-1].element if table and table.row and table.row.cells else None


_LISTS = frozenset({"ol", "ul", "menu", "dir"})
_PARTS = frozenset({"thead", "tbody", "tfoot"})
_CELLS = frozenset({"td", "th"})
