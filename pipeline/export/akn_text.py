"""The text of a document as Akoma Ntoso blocks: a paragraph for each line, references where it cites, tables as tables.

    <p>Căn cứ <ref href="/akn/vn/doc/nd/…">Nghị định số 40/2020/NĐ-CP</ref> …;</p>

A table is rebuilt from its record where the document has one there, else from rows between bars; all other text stands
in the order of the document, every character but white space once.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TypeAlias

from lxml import etree

from pipeline.cell_text import allowed
from pipeline.export.akn_names import work_cited
from schemas import PlanDocument, Table

NAMESPACE = "http://docs.oasis-open.org/legaldocml/ns/akn/3.0"
Element: TypeAlias = etree._Element


def tag(name: str) -> str:
    """The qualified name of an element of Akoma Ntoso."""
    return f"{{{NAMESPACE}}}{name}"


class TextBlocks:
    """Makes elements of stretches of one document's text."""

    def __init__(self, document: PlanDocument) -> None:
        self._text = document.text
        self._tables = sorted(document.tables, key=lambda table: table.span)
        self._references = sorted(
            (span.start, span.end, work_cited(citation))
            for citation in document.citations
            for span in citation.spans or (citation.span,)
        )

    def blocks(self, start: int, end: int) -> list[Element]:
        """The blocks of `text[start:end]`; none where it is white space."""
        found: list[Element] = []
        for table in self._tables:
            if start <= table.span.start < table.span.end <= end and table.header:
                found += self._lines(start, table.span.start)
                found.append(_rebuilt(table))
                start = table.span.end
        return found + list(self._lines(start, end))

    def fill(self, element: Element, start: int, end: int) -> Element:
        """Put `text[start:end]` into *element*, with its references."""
        at = start
        for first, last, href in self._references:
            if at <= first < last <= end:
                _append(element, self._text[at:first])
                reference = etree.SubElement(element, tag("ref"), href=href)
                reference.text = _plain(self._text[first:last])
                at = last
        _append(element, self._text[at:end])
        return element

    def _lines(self, start: int, end: int) -> Iterator[Element]:
        """A paragraph for each line that is not empty, a table for each run of rows between bars."""
        rows: list[str] = []
        for match in _LINE.finditer(self._text, start, end):
            if _BARRED.fullmatch(match[0]):
                rows.append(match[0])
                continue
            if rows:
                yield _barred(rows)
                rows = []
            yield self.fill(etree.Element(tag("p")), match.start(), match.end())
        if rows:
            yield _barred(rows)


def _rebuilt(table: Table) -> Element:
    made = etree.Element(tag("table"))
    if table.caption:
        etree.SubElement(made, tag("caption")).text = _plain(table.caption)
    _row(made, table.header, "th")
    for row in table.rows:
        _row(made, row, "td")
    return made


def _barred(rows: Sequence[str]) -> Element:
    made = etree.Element(tag("table"))
    for row in rows:
        _row(made, row.strip().removeprefix("|").removesuffix("|").split("|"), "td")
    return made


def _row(table: Element, cells: Sequence[str], kind: str) -> None:
    row = etree.SubElement(table, tag("tr"))
    for cell in cells:
        etree.SubElement(etree.SubElement(row, tag(kind)), tag("p")).text = _plain(cell.strip())


def _append(element: Element, text: str) -> None:
    """Add *text* at the end of *element*, behind its last child if it has one."""
    clean = _plain(text)
    if len(element):
        element[-1].tail = (element[-1].tail or "") + clean
    else:
        element.text = (element.text or "") + clean


def _plain(text: str) -> str:
    return re.sub(r"\s+", " ", allowed(text))


_LINE = re.compile(r"[^\s][^\n]*")
_BARRED = re.compile(r"\|[^\n]*\|\s*")
