"""Corrected documents as gold for scores, and as rows for tables of cases.

    export_gold(Path("output"), Path("gold"))   →  gold/kh-1242.json for each reviewed document
    kehoach score --gold gold/ --out output/

A reviewed document becomes gold as a whole: export those that were reviewed to the end, and publish none whose text is
not yours to publish, since gold quotes its tasks in full.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import Any

import orjson

from pipeline.errors import UsageError
from pipeline.results import read_results
from pipeline.review.decisions import live
from pipeline.review.log import DecisionLog
from pipeline.review.replay import reviewed
from pipeline.store import document_file, read_document, write_whole
from schemas import Agency, Deadline, PlanDocument, Task

DEADLINE_FIELDS = ("surface", "kind", "start", "end", "recurrence", "offset", "anchor")
CORRECTED = frozenset({"added", "edited", "split", "merged"})


def export_gold(out: Path, to: Path) -> list[str]:
    """Write the gold of every reviewed document of *out* below *to*, and `deadlines.tsv` with cases; the gold's names.

    Raises `UsageError` when nothing is reviewed, or when two documents would have one name: scores go by the stem.
    """
    found = [result for result in read_results(out) if result.reviewed]
    if not found:
        raise UsageError(f"Nothing below {out} is reviewed, so there is no gold. Make decisions, then: review-apply.")
    stems = Counter(PurePosixPath(result.name).stem for result in found)
    if twice := [stem for stem, count in stems.items() if count > 1]:
        raise UsageError(
            f"Several reviewed documents are named {twice[0]}.json; gold is told apart by that name alone."
        )
    for result in found:
        content = orjson.dumps(gold_of(result.document, result.name), option=orjson.OPT_INDENT_2)
        write_whole(to / PurePosixPath(result.name).name, content + b"\n")
    rows = [row for result in found for row in cases_of_result(out, result.name)]
    if rows:
        write_whole(to / "deadlines.tsv", ("\n".join(rows) + "\n").encode())
    return [result.name for result in found]


def gold_of(document: PlanDocument, name: str) -> dict[str, Any]:
    """*document* in the form of gold: no ids and no spans, deadlines within their tasks, agencies by name."""
    paths = {section.id: list(section.path) for section in document.sections}
    deadlines = {deadline.id: _deadline(deadline) for deadline in document.deadlines}
    return {
        "doc": PurePosixPath(name).stem,
        "body": [],
        "repairs": [{"before": each.before, "after": each.after} for each in document.repairs],
        "metadata": _metadata(document),
        "sections": [{"path": list(each.path), "title": each.title} for each in document.sections],
        "tasks": [
            {
                "text": each.text,
                "path": paths.get(each.section_id or "", []),
                "leads": [agency.name for agency in each.leads],
                "partners": [agency.name for agency in each.partners],
                "deadlines": [deadlines[found] for found in each.deadline_ids if found in deadlines],
                "condition": each.condition,
            }
            for each in document.tasks
        ],
        "targets": [
            {
                "text": each.text,
                "path": paths.get(each.section_id or "", []),
                "indicator": each.indicator,
                "measures": [measure.model_dump(mode="json", exclude={"span", "rule"}) for measure in each.measures],
            }
            for each in document.targets
        ],
        "deadlines": list(deadlines.values()),
        "budgets": [
            each.model_dump(mode="json", include={"caption", "unit", "multiplier", "lines", "checks"})
            for each in document.budgets
        ],
        "tables": [each.model_dump(mode="json", include={"caption", "header", "rows"}) for each in document.tables],
        "citations": [
            {
                **each.model_dump(mode="json", include={"doc_type", "number", "issued_on", "title"}),
                "issuer": _name(each.issuer),
            }
            for each in document.citations
        ],
        "notes": "From a review in kehoach.",
    }


def cases_of_result(out: Path, name: str) -> Iterator[str]:
    """Rows for the table of deadlines: each corrected task with the deadlines that a person gave it.

    A row may well be one that no extractor can know (a deadline from another block): a person still chooses among them.
    """
    decisions = DecisionLog(out, name).read().decisions
    if not live(decisions) or not document_file(out, name).is_file():
        return
    result = reviewed(read_document(document_file(out, name)), decisions)
    tasks = [
        task
        for task in result.document.tasks
        if (state := result.states.get(task.id)) is not None and state.verdict in CORRECTED
    ]
    if tasks:
        issued = result.document.metadata.issued_on
        yield f"# issued: {issued or '-'}"
    for task in tasks:
        yield f"{_one_line(task.text)}\t{_normal_forms(result.document, task)}\treviewed"


def _normal_forms(document: PlanDocument, task: Task) -> str:
    own = [each for each in document.deadlines if each.id in task.deadline_ids]
    return " | ".join(str(each) for each in own) or "-"


def _metadata(document: PlanDocument) -> dict[str, Any]:
    about = document.metadata
    named = about.model_dump(
        mode="json", include={"doc_type", "number", "title", "annexed_title", "place", "issued_on", "effective_on"}
    )
    signers = [{"name": each.name, "position": each.position} for each in about.signers]
    return {**named, "issuer": _name(about.issuer), "signers": signers}


def _deadline(deadline: Deadline) -> dict[str, Any]:
    return deadline.model_dump(mode="json", include=set(DEADLINE_FIELDS))


def _name(agency: Agency | None) -> str | None:
    return agency.name if agency else None


def _one_line(text: str) -> str:
    """The text as one cell of a table of cases, which a `#` at the start would make a remark."""
    return " ".join(text.split()).lstrip("# ")
