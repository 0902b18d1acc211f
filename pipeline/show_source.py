"""One input as its reader saw it, for a person who looks for a fault: each line with its place, each table as a grid.

p. 3  72,101–523,114   Sở Y tế chủ trì, phối hợp với Sở Tài chính …
"""

from __future__ import annotations

from collections.abc import Iterator

import orjson
from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from pipeline.read.source import SourceDocument, SourceTable
from schemas import SourceSpan


def render_source(source: SourceDocument) -> Iterator[RenderableType]:
    """The head (format, size, remarks), then line by line the text, and each table in its place."""
    yield _head(source)
    for label, value in source.properties:
        yield Text.assemble(("property  ", "dim"), f"{label}: {value}")
    for remark in source.diagnostics:
        yield Text.assemble((f"{remark.severity}  ", "yellow"), f"{remark.message} [{remark.code}]")
    tables = iter(source.tables)
    table = next(tables, None)
    end = 0
    for start, line in _lines(source.decoded):
        if start < end or not line.strip():
            continue
        if table is not None and start >= table.start:
            yield from _grid(source, table)
            end, table = table.end, next(tables, None)
            continue
        yield Text.assemble((f"{_place(source, start, start + len(line))}  ", "dim"), line)


def encode_source(source: SourceDocument) -> bytes:
    """The same as JSON: `text`, `lines` with their places, `tables` with the text of each cell."""
    content = {
        "media_type": source.media_type,
        "encoding": source.encoding,
        "sha256": source.sha256,
        "bytes": source.size,
        "properties": [list(pair) for pair in source.properties],
        "diagnostics": [remark.model_dump(mode="json") for remark in source.diagnostics],
        "text": source.decoded,
        "lines": [
            [place.model_dump(mode="json") for place in source.anchors.source_spans(start, start + len(line))]
            for start, line in _lines(source.decoded)
            if line.strip()
        ],
        "tables": [
            {
                "start": table.start,
                "end": table.end,
                "height": table.height,
                "width": table.width,
                "head_rows": table.head_rows,
                "cells": [
                    {
                        "row": cell.row,
                        "column": cell.column,
                        "row_span": cell.row_span,
                        "column_span": cell.column_span,
                        "text": source.decoded[cell.start : cell.end].strip(),
                    }
                    for cell in table.cells
                ],
            }
            for table in source.tables
        ],
    }
    return orjson.dumps(content, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)


def _head(source: SourceDocument) -> Text:
    facts = [source.media_type, source.encoding or "", f"{source.size:,} bytes", f"{len(source.decoded):,} characters"]
    pages = {anchor.place.page for anchor in source.anchors.anchors if anchor.place.page is not None}
    facts += [f"{len(pages):,} pages with text"] if pages else []
    facts += [f"{len(source.tables):,} tables"] if source.tables else []
    return Text(", ".join(fact for fact in facts if fact), style="bold")


def _grid(source: SourceDocument, table: SourceTable) -> Iterator[RenderableType]:
    """A grid in which a cell over several rows or columns stands once, and `^` or `<` leads to it."""
    rows = [[""] * table.width for _ in range(table.height)]
    for cell in table.cells:
        for row in range(cell.row, min(cell.row + cell.row_span, table.height)):
            for column in range(cell.column, min(cell.column + cell.column_span, table.width)):
                rows[row][column] = "<" if column > cell.column else "^"
        rows[cell.row][cell.column] = source.decoded[cell.start : cell.end].strip()
    title = f"{_place(source, table.start, table.end)}  table of {table.height} × {table.width}"
    shown = Table(show_header=False, show_lines=True, title=title, title_justify="left", title_style="dim")
    for _ in range(table.width):
        shown.add_column()
    for row_texts in rows:
        shown.add_row(*(Text(text) for text in row_texts))
    yield shown


def _lines(text: str) -> Iterator[tuple[int, str]]:
    start = 0
    for line in text.splitlines(keepends=True):
        yield start, line.rstrip("\r\n")
        start += len(line)


def _place(source: SourceDocument, start: int, end: int) -> str:
    return "; ".join(_in_words(place) for place in source.anchors.source_spans(start, end))


def _in_words(place: SourceSpan) -> str:
    if place.page is not None:
        left, top, right, bottom = place.box or (0, 0, 0, 0)
        return f"p. {place.page} {left:.0f},{top:.0f}–{right:.0f},{bottom:.0f}"
    return place.element or (f"line {place.line}" if place.line else f"{place.start}–{place.end}")
