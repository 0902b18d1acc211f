"""The rows of the register: each task with its document, its agencies, its term and its place in the source.

    facts = facts_of(result)
    register_rows(facts, as_of=date(2016, 12, 1)) -> [RegisterRow(number="1242/KH-UBND", …)]

`TaskFacts` is all that a row needs to know, so that rows can be made from documents or from the tables of the dataset.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import NamedTuple

from pipeline.register.term import Bound, Term, term
from pipeline.results import Result
from schemas import PlanDocument, SourceSpan


class TaskFacts(NamedTuple):
    """What is known of one task; the same `DocumentFacts` for all tasks of a document."""

    document: DocumentFacts
    position: int
    text: str
    leads: tuple[str, ...]
    partners: tuple[str, ...]
    deadlines: Sequence[Bound]
    condition: str | None
    confidence: float | None
    line: int | None
    page: int | None


class DocumentFacts(NamedTuple):
    """What is known of one document; `issuer_id` tells its province."""

    document_id: str
    path: str
    reviewed: bool
    number: str | None
    issued_on: date | None
    issuer: str | None
    issuer_id: str | None
    title: str | None


class RegisterRow(NamedTuple):
    """One row of the register, before it is put into words and cells."""

    facts: TaskFacts
    term: Term


def facts_of(result: Result) -> Iterator[TaskFacts]:
    """The facts of each task of a document."""
    document = result.document
    about = _document_facts(document, reviewed=result.reviewed)
    deadlines = {deadline.id: deadline for deadline in document.deadlines}
    for position, task in enumerate(document.tasks, 1):
        place = task.source_spans[0] if task.source_spans else SourceSpan(start=0, end=0)
        yield TaskFacts(
            document=about,
            position=position,
            text=task.text,
            leads=_names(agency.name for agency in task.leads),
            partners=_names(agency.name for agency in task.partners),
            deadlines=tuple(deadlines[name] for name in task.deadline_ids if name in deadlines),
            condition=task.condition,
            confidence=task.confidence,
            line=place.line,
            page=place.page,
        )


def register_rows(facts: Iterable[TaskFacts], *, as_of: date) -> list[RegisterRow]:
    """The rows in the order of a register: documents by date and number, their tasks as they stand there."""
    rows = [RegisterRow(found, term(found.deadlines, issued=found.document.issued_on, as_of=as_of)) for found in facts]
    return sorted(rows, key=_order)


def _document_facts(document: PlanDocument, *, reviewed: bool) -> DocumentFacts:
    metadata = document.metadata
    return DocumentFacts(
        document_id=document.id,
        path=document.source.path,
        reviewed=reviewed,
        number=metadata.number,
        issued_on=metadata.issued_on,
        issuer=metadata.issuer.name if metadata.issuer else None,
        issuer_id=metadata.issuer.id if metadata.issuer else None,
        title=metadata.title or metadata.annexed_title,
    )


def _names(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(names))


def _order(row: RegisterRow) -> tuple[date, str, str, int]:
    about = row.facts.document
    return about.issued_on or date.max, about.number or "", about.path, row.facts.position
