"""Label Studio: documents as tasks that are already annotated, and the labelling configuration that shows them.

    {"data": {"text": …}, "predictions": [{"result": [{"type": "labels", "value": {"start": 12, "end": 20, …}}]}]}

Offsets are code points, as Label Studio itself stores them (it converts to JavaScript's code units on the page), so a
letter outside of the basic plane shifts nothing. Sections are left out: they lie over whole pages and hide the rest.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from importlib.metadata import version
from itertools import islice
from pathlib import Path
from typing import Any

import orjson
from lxml import etree

from pipeline.export.account import Account
from pipeline.export.options import Options
from pipeline.export.spans import Mark, marks
from pipeline.results import Result

IN_ONE_FILE = 200  # documents; an upload is limited to some hundred megabytes
CONFIG = "labelling-config.xml"


def write(documents: Iterable[Result], directory: Path, options: Options, account: Account) -> None:
    """Write `tasks-0001.json` and further ones of at most `IN_ONE_FILE` documents, and the configuration."""
    (directory / CONFIG).write_bytes(configuration())
    rest = iter(documents)
    number = 0
    while chunk := [_task(each, account) for each in islice(rest, IN_ONE_FILE)]:
        number += 1
        (directory / f"tasks-{number:04}.json").write_bytes(orjson.dumps(chunk, option=orjson.OPT_INDENT_2))
        account.wrote("tasks", len(chunk))


def configuration() -> bytes:
    """The labelling configuration: a label for each kind of record, relations from a task to what belongs to it."""
    view = etree.Element("View")
    relations = etree.SubElement(view, "Relations")
    for name in dict.fromkeys(RELATIONS.values()):
        etree.SubElement(relations, "Relation", value=name)
    labels = etree.SubElement(view, "Labels", name="label", toName="text")
    for label, colour in LABELS.values():
        etree.SubElement(labels, "Label", value=label, background=colour)
    etree.SubElement(view, "Header", value="$title")
    etree.SubElement(view, "Text", name="text", value="$text", valueType="text")
    content: bytes = etree.tostring(view, encoding="utf-8", pretty_print=True)
    return content


def _task(each: Result, account: Account) -> dict[str, Any]:
    document = each.document
    found = [mark for mark in marks(document) if mark.group in LABELS]
    result = [_region(mark, document.text) for mark in found]
    relations = list(_relations(found, each))
    account.wrote("regions", len(result))
    account.wrote("relations", len(relations))
    metadata = document.metadata
    data = {
        "text": document.text,
        "title": " ".join(filter(None, (metadata.doc_type, metadata.number, metadata.title))) or each.stem,
        "document_id": document.id,
        "path": document.source.path,
        "reviewed": each.reviewed,
    }
    prediction = {
        "model_version": f"kehoach {version('kehoach')}",
        "score": _mean([mark.confidence for mark in found if mark.confidence is not None]),
        "result": result + relations,
    }
    return {"data": data, "predictions": [prediction]}


def _region(mark: Mark, text: str) -> dict[str, Any]:
    region: dict[str, Any] = {
        "id": mark.record_id,
        "from_name": "label",
        "to_name": "text",
        "type": "labels",
        "value": {
            "start": mark.start,
            "end": mark.end,
            "text": text[mark.start : mark.end],
            "labels": [LABELS[mark.group][0]],
        },
    }
    if mark.normal_form and mark.normal_form != mark.record_id:
        region["meta"] = {"text": [mark.normal_form]}
    if mark.confidence is not None:
        region["score"] = mark.confidence
    return region


def _relations(found: Sequence[Mark], each: Result) -> Iterator[dict[str, Any]]:
    """From each task to its agencies and deadlines, from each target to its figures."""
    present = {mark.record_id: mark for mark in found}
    pairs = [(mark.of_record, mark.record_id, RELATIONS[mark.group]) for mark in found if mark.group in RELATIONS]
    pairs += [(task.id, i, "deadline") for task in each.document.tasks for i in task.deadline_ids]
    for first, second, name in pairs:
        if first in present and second in present:
            yield {"type": "relation", "from_id": first, "to_id": second, "direction": "right", "labels": [name]}


def _mean(values: Sequence[float]) -> float:
    return round(sum(values) / len(values), 4) if values else 0.0


LABELS = {
    "tasks": ("Task", "#1f77b4"),
    "leads": ("Lead", "#2ca02c"),
    "partners": ("Partner", "#98df8a"),
    "deadlines": ("Deadline", "#d62728"),
    "targets": ("Target", "#9467bd"),
    "measures": ("Measure", "#c5b0d5"),
    "budgets": ("Amount", "#ff7f0e"),
    "citations": ("Citation", "#7f7f7f"),
}
RELATIONS = {"leads": "lead", "partners": "partner", "measures": "measure", "deadlines": "deadline"}
