"""What each kind of record says, field by field, for comparing two readings of one document.

A task says its text, its section's path, its agencies' names and its deadlines in normal form; ids, spans, rules and
confidence are left out. Documents are plain JSON, so that the outputs of an older version can be compared too.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from pipeline.score.comparable import folded

Document = Mapping[str, Any]
NONE = "-"
CONTEXT = 70


class Row(NamedTuple):
    """A record for comparing: what identifies it, what to show of it, and what it says."""

    key: str
    text: str
    says: dict[str, str]


def _tasks(document: Document) -> Iterator[Row]:
    paths, deadlines = _paths(document), {row["id"]: row for row in document.get("deadlines", ())}
    for task in document.get("tasks", ()):
        bound = [deadlines[i] for i in task.get("deadline_ids", ()) if i in deadlines]
        yield Row(
            folded(task["text"]),
            task["text"],
            {
                "text": task["text"],
                "section": paths.get(task.get("section_id"), NONE),
                "leads": _names(task.get("leads", ())),
                "partners": _names(task.get("partners", ())),
                "deadlines": "; ".join(f"{row['surface']} ({_deadline(row)})" for row in bound) or NONE,
                "condition": task.get("condition") or NONE,
            },
        )


def _targets(document: Document) -> Iterator[Row]:
    paths = _paths(document)
    for target in document.get("targets", ()):
        measures = "; ".join(
            _said(m, "comparator value value_max denominator unit start end") for m in target["measures"]
        )
        yield Row(
            folded(target["text"]),
            target["text"],
            {
                "text": target["text"],
                "section": paths.get(target.get("section_id"), NONE),
                "indicator": target.get("indicator") or NONE,
                "measures": measures or NONE,
            },
        )


def _sections(document: Document) -> Iterator[Row]:
    for section in document.get("sections", ()):
        path = " / ".join(section["path"])
        yield Row(path, f"{path} {section.get('title') or ''}".strip(), {"title": section.get("title") or NONE})


def _deadlines(document: Document) -> Iterator[Row]:
    for row in document.get("deadlines", ()):
        yield Row(folded(row["surface"]), _around(document, row["span"]), {"normal form": _deadline(row)})


def _budgets(document: Document) -> Iterator[Row]:
    for budget in document.get("budgets", ()):
        for line in budget["lines"]:
            said = _said(line, "label period amount_raw")
            amount = {"amount_vnd": str(line["amount_vnd"]), "is_total": str(line.get("is_total"))}
            yield Row(folded(said), said, amount)


def _tables(document: Document) -> Iterator[Row]:
    for table in document.get("tables", ()):
        head = " | ".join(table["header"])
        text = f"{table.get('caption') or ''} {head}".strip()
        yield Row(folded(text), text, {"rows": " / ".join(" | ".join(row) for row in table["rows"])})


def _citations(document: Document) -> Iterator[Row]:
    for row in document.get("citations", ()):
        known = _said(row, "doc_type number title issued_on")
        issuer = _names([row["issuer"]] if row.get("issuer") else [])
        said = {"document": known, "issuer": issuer}
        yield Row(folded(row.get("number") or row.get("title")), _around(document, row["span"]), said)


def _repairs(document: Document) -> Iterator[Row]:
    for row in document.get("repairs", ()):
        said = f"{row['before']} → {row['after']}"
        yield Row(said, f"{said}   {_around(document, row['span'])}", {})


def _diagnostics(document: Document) -> Iterator[Row]:
    for row in document.get("diagnostics", ()):
        yield Row(f"{row['code']} {row['message']}", f"{row['code']}: {row['message']}", {})


def _metadata(document: Document) -> Iterator[Row]:
    known = document.get("metadata", {})
    for name in sorted(known):
        if name not in {"legal_bases", "replaces"} and known[name]:
            yield Row(name, name, {name: _value(known[name])})


KINDS: dict[str, Callable[[Document], Iterator[Row]]] = {
    "metadata": _metadata,
    "sections": _sections,
    "tasks": _tasks,
    "targets": _targets,
    "deadlines": _deadlines,
    "budgets": _budgets,
    "tables": _tables,
    "citations": _citations,
    "repairs": _repairs,
    "diagnostics": _diagnostics,
}


def _paths(document: Document) -> dict[str | None, str]:
    return {row["id"]: " / ".join(row["path"]) for row in document.get("sections", ())}


def _names(agencies: Sequence[Mapping[str, Any]]) -> str:
    return "; ".join(agency["name"] for agency in agencies) or NONE


def _deadline(row: Mapping[str, Any]) -> str:
    return _said(row, "kind start end recurrence offset anchor")


def _said(row: Mapping[str, Any], names: str) -> str:
    return " ".join(str(row[name]) for name in names.split() if row.get(name) is not None)


def _value(value: object) -> str:
    if isinstance(value, Mapping):
        return str(value.get("name"))
    if isinstance(value, list):
        return "; ".join(_value(item) for item in value)
    return str(value)


def _around(document: Document, span: Sequence[int]) -> str:
    """The words around *span*, cut at the ends of its line."""
    text: str = document["text"]
    start = max(text.rfind("\n", 0, span[0]) + 1, span[0] - CONTEXT)
    end = text.find("\n", span[1])
    end = min(end if end >= 0 else len(text), span[1] + CONTEXT)
    return text[start:end]
