"""Ready questions and search hits for the terminal and as JSON; every hit leads to its document and place."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict

import orjson
from rich.console import Group, RenderableType
from rich.text import Text

from pipeline.dataset.questions import Question
from pipeline.dataset.search import Hit


def render_questions(found: Sequence[Question]) -> Iterator[RenderableType]:
    """The ready questions: name, titles, parameters with their defaults."""
    for question in found:
        yield Text.assemble((question.name, "bold"))
        yield Text(f"  {question.vi}")
        yield Text(f"  {question.en}", style="dim")
        for name, default, about in question.parameters:
            yield Text.assemble("  ", (f"--set {name}={default or '…'}", "cyan"), f"  {about}")


def render_hits(hits: Sequence[Hit]) -> Iterator[RenderableType]:
    """Hits one below the other: snippet, who and when, document and place."""
    for number, hit in enumerate(hits, 1):
        snippet = Text.assemble(
            f"{number}. ", *((piece, "bold yellow" if found else "") for piece, found in hit.snippet())
        )
        who = " · ".join(filter(None, (hit.kind, hit.agencies, f"due {hit.due_on}" if hit.due_on else "")))
        yield Group(snippet, Text(f"   {who}", style="cyan"), Text(f"   {_source(hit)}", style="dim"))


def encode_hits(hits: Sequence[Hit]) -> bytes:
    """The hits as JSON, the words found in each snippet between « and »."""
    rows = []
    for hit in hits:
        row = {name: value for name, value in asdict(hit).items() if name != "wanted"}
        row["snippet"] = "".join(f"«{piece}»" if found else piece for piece, found in hit.snippet())
        rows.append(row)
    return orjson.dumps(rows, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)


def _source(hit: Hit) -> str:
    page = f"page {hit.source_page}" if hit.source_page else ""
    place = page or (f"line {hit.source_line}" if hit.source_line else hit.source_element or "")
    named = " ".join(filter(None, (hit.doc_type, hit.number)))
    section = f"mục {hit.section}" if hit.section else ""
    return " · ".join(
        filter(
            None,
            (
                named,
                hit.issued_on,
                section,
                f"{hit.path}{f', {place}' if place else ''}",
                hit.record_id,
                hit.document_id,
            ),
        )
    )
