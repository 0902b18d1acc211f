"""The stretches of a document's text that say something, each with its kind, for annotation tools and for training.

    marks(document)  →  Mark("tasks", 120, 180, "task", "…", "task-1"), Mark("leads", 131, 141, "province", "Sở Y tế …")

One record may have several stretches (a citation named twice). Order: by place, the longer first.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from schemas import PlanDocument, Span, Task


class Mark(NamedTuple):
    """One stretch: the group it belongs to, its label there, its normal form, the record that it is of."""

    group: str
    start: int
    end: int
    label: str
    normal_form: str
    record_id: str
    confidence: float | None = None
    of_record: str | None = None


def marks(document: PlanDocument) -> list[Mark]:
    """Every stretch of *document*; those that do not lie in its text, or are empty, are left out."""
    size = len(document.text)
    found = [mark for mark in _all(document) if 0 <= mark.start < mark.end <= size]
    order = {group: place for place, group in enumerate(GROUPS)}
    return sorted(found, key=lambda mark: (mark.start, -mark.end, order[mark.group], mark.record_id))


def _all(document: PlanDocument) -> Iterator[Mark]:
    for task in document.tasks:
        yield Mark("tasks", *task.span, "task", task.id, task.id, task.confidence)
        yield from _agencies(task)
    for section in document.sections:
        yield Mark("sections", *section.span, section.label, " / ".join(section.path), section.id, section.confidence)
    for deadline in document.deadlines:
        yield Mark("deadlines", *deadline.span, deadline.kind, str(deadline), deadline.id, deadline.confidence)
    for target in document.targets:
        yield Mark("targets", *target.span, "target", target.indicator or "", target.id, target.confidence)
        for number, measure in enumerate(target.measures, 1):
            if measure.span:
                name = f"{target.id}-measure-{number}"
                yield Mark("measures", *measure.span, measure.comparator, str(measure), name, None, target.id)
    yield from _money_and_citations(document)


def _agencies(task: Task) -> Iterator[Mark]:
    for group, agencies in (("leads", task.leads), ("partners", task.partners)):
        for number, agency in enumerate(agencies, 1):
            if agency.span:
                name = f"{task.id}-{group.removesuffix('s')}-{number}"
                yield Mark(group, *agency.span, agency.level, agency.name, name, agency.confidence, task.id)


def _money_and_citations(document: PlanDocument) -> Iterator[Mark]:
    for budget in document.budgets:
        for number, line in enumerate(budget.lines, 1):
            if line.span:
                name = f"{budget.id}-line-{number}"
                yield Mark(
                    "budgets", *line.span, "amount", f"{line.amount_vnd} VND", name, budget.confidence, budget.id
                )
    for citation in document.citations:
        places: tuple[Span, ...] = citation.spans or (citation.span,)
        for number, span in enumerate(places, 1):
            name = citation.id if number == 1 else f"{citation.id}-{number}"
            form = citation.number or citation.title or ""
            yield Mark("citations", *span, citation.doc_type, form, name, citation.confidence, citation.id)


GROUPS = ("sections", "tasks", "targets", "leads", "partners", "deadlines", "measures", "budgets", "citations")
