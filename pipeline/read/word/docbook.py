"""Read the DocBook that antiword makes of a .doc: its paragraphs, list items and tables, without their places.

antiword gives each run of rows with the same columns a group of its own, so that the grid of a table is found again
from the widths of columns: rows of other groups whose edges are the same share columns.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from itertools import accumulate

from lxml import etree

from pipeline.errors import UnreadableInputError
from pipeline.read.blocks import Block, Paragraph, Place, TableBlock, TableCell


def read_docbook(book: bytes) -> tuple[Block, ...]:
    """The blocks of a DocBook file as antiword writes it."""
    # antiword leaves control characters in, with which the XML is not well-formed.
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, recover=True)
    root = etree.fromstring(book.translate(None, _CONTROLS), parser)
    blocks = tuple(_blocks(root)) if root is not None else ()
    if not blocks:
        raise UnreadableInputError("empty", "is a Word file without text: nothing to read")
    return blocks


def _blocks(root: etree._Element) -> Iterator[Block]:
    for element in root.iter("para", "title", "informaltable"):
        if next(element.iterancestors("informaltable", "bookinfo"), None) is not None:
            continue
        if element.tag == "informaltable":
            if table := _table(element):
                yield table
        elif element.find(".//informaltable") is None and (text := _text(element)):
            yield Paragraph.of(_bullet(element) + text, Place())


def _bullet(element: etree._Element) -> str:
    """The mark of an item; the number of a numbered one is not known."""
    item = element.getparent()
    listed = item is not None and item.tag == "listitem" and item.getparent().tag == "itemizedlist"
    return "- " if listed else ""


def _table(element: etree._Element) -> TableBlock | None:
    rows = [(_edges(group), row) for group in element.iterchildren("tgroup") for row in group.iter("row")]
    lines = _lines(edge for edges, _ in rows for edge in edges)
    cells: list[TableCell] = []
    for at, (edges, row) in enumerate(rows):
        for entry, left, right in zip(row.iterchildren("entry"), edges, edges[1:], strict=False):
            first, end = (bisect_right(lines, edge) - 1 for edge in (left, right))
            text = _text(entry)
            cells.append(TableCell(at, first, (Paragraph.of(text, Place()),) if text else (), 1, max(end - first, 1)))
    return TableBlock(tuple(cells)) if cells else None


def _edges(group: etree._Element) -> list[float]:
    """The edges of the columns in points."""
    widths = [float((each.get("colwidth") or "36").removesuffix("pt") or 36) for each in group.iterchildren("colspec")]
    return [0, *accumulate(max(width, 1 + _SAME) for width in widths)]


def _lines(edges: Iterable[float]) -> list[float]:
    """The lines of the grid: edges of different rows that are nearly the same are one line, at the first of them."""
    lines: list[float] = []
    for edge in sorted(edges):
        if not lines or edge > lines[-1] + _SAME:
            lines.append(edge)
    return lines


def _text(element: etree._Element) -> str:
    lines = (line.strip() for line in "".join(element.itertext()).split("\n"))
    return "\n".join(line for line in lines if line)


_SAME = 6.0  # points, by which Word's own widths differ from row to row
_CONTROLS = bytes(code for code in range(0x20) if code not in b"\t\n\r")
