"""W3C Web Annotations: each record as an annotation of the text, and of its place in the input, as JSON-LD.

    a/kh-1242.txt     the cleaned text, which the annotations quote and count
    a/kh-1242.jsonld  an AnnotationCollection with one page of annotations

Positions are code points, as the recommendation wants them. A record longer than `LONGEST_QUOTE` is not quoted, only
located: sections lie within sections, and their text would stand in the file eight times.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from importlib.metadata import version
from pathlib import Path
from typing import Any
from urllib.parse import quote

import orjson

from pipeline.export.account import Account
from pipeline.export.options import Options
from pipeline.results import Result
from schemas import Citation, Diagnostic, PlanDocument, Record, SourceSpan, Span

CONTEXT = 32  # characters before and after a quote
LONGEST_QUOTE = 1_000
KINDS = ("sections", "tasks", "targets", "deadlines", "budgets", "tables", "citations", "repairs", "diagnostics")


def write(documents: Iterable[Result], directory: Path, options: Options, account: Account) -> None:
    """Write for each document its cleaned text and its collection of annotations."""
    for each in documents:
        target = directory / f"{each.stem}.jsonld"
        target.parent.mkdir(parents=True, exist_ok=True)
        target.with_name(f"{target.stem}.txt").write_bytes(each.document.text.encode())
        content = collection(each, account)
        target.write_bytes(orjson.dumps(content, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE))
        account.wrote("collections")


def collection(each: Result, account: Account) -> dict[str, Any]:
    """The AnnotationCollection of one document with all its annotations on one page."""
    document = each.document
    items = list(_annotations(document, text_file=quote(f"{each.stem.rsplit('/', 1)[-1]}.txt"), account=account))
    account.wrote("annotations", len(items))
    iri = f"urn:kehoach:{document.id}"
    return {
        "@context": "http://www.w3.org/ns/anno.jsonld",
        "id": f"{iri}:annotations",
        "type": "AnnotationCollection",
        "label": " ".join(filter(None, (document.metadata.doc_type, document.metadata.number))) or each.stem,
        "summary": "reviewed by a person" if each.reviewed else "read by a machine, not reviewed",
        "generator": {
            "id": f"urn:kehoach:software:{version('kehoach')}",
            "type": "Software",
            "name": f"kehoach {version('kehoach')}",
        },
        "total": len(items),
        "first": {
            "id": f"{iri}:annotations:1",
            "type": "AnnotationPage",
            "partOf": f"{iri}:annotations",
            "startIndex": 0,
            "items": items,
        },
    }


def _annotations(document: PlanDocument, *, text_file: str, account: Account) -> Iterator[dict[str, Any]]:
    for kind in KINDS:
        for record in getattr(document, kind):
            if record.span is None:
                account.left_out("diagnostics of a whole document")
                continue
            yield {
                "id": f"urn:kehoach:{document.id}:{record.id}",
                "type": "Annotation",
                "motivation": "classifying",
                "body": _body(kind, record),
                "target": [
                    *(_in_text(document.text, span, text_file) for span in _spans(record)),
                    *(_in_source(place, document) for place in record.source_spans),
                ],
            }


def _spans(record: Record | Diagnostic) -> tuple[Span, ...]:
    if isinstance(record, Citation) and record.spans:
        return record.spans
    return (record.span,) if record.span else ()


def _body(kind: str, record: Record | Diagnostic) -> list[dict[str, Any]]:
    """What kind of record it is, and the record itself without the places, which the target gives."""
    said = record.model_dump(mode="json", exclude={"span", "spans", "source_spans"})
    return [
        {"type": "TextualBody", "purpose": "classifying", "value": kind.removesuffix("s")},
        {
            "type": "TextualBody",
            "purpose": "describing",
            "format": "application/json",
            "value": orjson.dumps(said).decode(),
        },
    ]


def _in_text(text: str, span: Span, text_file: str) -> dict[str, Any]:
    start, end = span
    selectors: list[dict[str, Any]] = [{"type": "TextPositionSelector", "start": start, "end": end}]
    if end - start <= LONGEST_QUOTE:
        quoted = {
            "type": "TextQuoteSelector",
            "exact": text[start:end],
            "prefix": text[max(0, start - CONTEXT) : start],
            "suffix": text[end : end + CONTEXT],
        }
        selectors.insert(0, quoted)
    return {"source": text_file, "selector": selectors}


def _in_source(place: SourceSpan, document: PlanDocument) -> dict[str, Any]:
    """Where it stands in the input: page and box, element, or line, and the offsets in the decoded text."""
    selectors: list[dict[str, Any]] = []
    if place.page is not None:
        value = f"page={place.page}"
        if place.box:
            left, top, right, bottom = place.box
            value += f"&xywh={left:g},{top:g},{right - left:g},{bottom - top:g}"
        selectors.append(
            {"type": "FragmentSelector", "conformsTo": "http://www.w3.org/TR/media-frags/", "value": value}
        )
    elif place.element is not None:
        selectors.append({"type": "XPathSelector", "value": place.element})
    elif place.line is not None:
        fragment = f"line={place.line - 1}"
        selectors.append(
            {"type": "FragmentSelector", "conformsTo": "http://tools.ietf.org/rfc/rfc5147", "value": fragment}
        )
    if place.element is None and place.page is None:
        selectors.append({"type": "TextPositionSelector", "start": place.start, "end": place.end})
    source = {"id": f"urn:sha256:{document.source.sha256}", "format": document.source.media_type}
    return {"source": source, "selector": selectors}
