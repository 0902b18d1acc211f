"""The changes of an edit, field by field.

A change writes to the record (or the metadata) alone, apart from deadlines, which are records of their own: a new one
is added, and the mention that it corrects goes when no other task needs it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from pipeline.review.anchoring import find_anchor
from pipeline.review.decisions import DeadlineChoice, Decision
from pipeline.review.values import DoesNotFitError, chosen_agency, chosen_deadline, places
from pipeline.review.working import Slot, Working
from schemas import Deadline, Span


def apply_change(working: Working, slot: Slot, field: str, value: Any, decision: Decision, number: int) -> None:
    """Give *field* of the record its new value; new deadlines are numbered from *number*.

    Raises `DoesNotFitError` when that is not possible in this reading.
    """
    record, document = slot.record, working.document
    match field:
        case "span":
            span = find_anchor(document.text, value)
            if span is None:
                raise DoesNotFitError(f"the new words of {record.id} are no longer there")
            slot.update(span=span, text=document.text[slice(*span)], source_spans=places(document, span))
            if slot.kind == "task":
                slot.update(search_text=None)
        case "leads" | "partners":
            known = (*record.leads, *record.partners)
            slot.update(**{field: tuple(chosen_agency(each, document, known, within=record.span) for each in value)})
        case "deadlines":
            bind_deadlines(working, slot, value, decision, number)
        case "deadline":
            chosen = chosen_deadline(value, document, within=record.span)
            slot.update(**{name: getattr(chosen, name) for name in type(chosen).model_fields if name != "id"})
        case "section":
            slot.update(section_id=None if value is None else section_at(working, value, record.span))
        case _:
            slot.update(**{field: value})


def change_metadata(working: Working, field: str, value: Any) -> None:
    """Give *field* of the document's metadata its new value; what is read later is read with it."""
    document = working.document
    if field == "issuer" and value is not None:
        known = [document.metadata.issuer] if document.metadata.issuer else []
        value = chosen_agency(value, document, known, within=Span(0, len(document.text)))
    metadata = document.metadata.model_copy(update={field: value})
    working.document = document.model_copy(update={"metadata": metadata})


def bind_deadlines(
    working: Working, slot: Slot, choices: Sequence[DeadlineChoice], decision: Decision, number: int
) -> None:
    """Bind exactly the chosen deadlines to a task: those of the document where they are the same, else new ones."""
    task = slot.record
    chosen = [chosen_deadline(each, working.document, within=task.span) for each in choices]  # all, or the edit fails
    bound: list[str] = []
    for at, deadline in enumerate(chosen):
        known = next((each for each in working.slots["deadline"] if _same(each.record, deadline, task)), None)
        if known is None:
            known = working.add("deadline", deadline.model_copy(update={"id": f"deadline-r{number + at}"}))
            known.decided("added", decision)
        elif known.hidden:
            known.decided("accepted", decision)
        bound.append(known.record.id)
    slot.update(deadline_ids=tuple(dict.fromkeys(bound)))
    _drop_corrected(working, slot, task.deadline_ids, [each.span for each in chosen], decision)


def section_at(working: Working, path: tuple[str, ...], span: Span) -> str:
    """The id of the section with this path, of several the one nearest to *span*; raises `DoesNotFitError`."""
    found = [slot.record for slot in working.shown("section") if slot.record.path == path]
    if not found:
        raise DoesNotFitError(f"there is no section {' / '.join(path)} any more")
    nearest: str = min(found, key=lambda each: max(each.span.start - span.start, span.start - each.span.end, 0)).id
    return nearest


def innermost_section(working: Working, span: Span) -> str | None:
    """The id of the smallest section in which *span* begins."""
    around = [
        slot.record for slot in working.shown("section") if slot.record.span.start <= span.start < slot.record.span.end
    ]
    return min(around, key=lambda each: (each.span.end - each.span.start, -each.level)).id if around else None


def _same(known: Deadline, deadline: Deadline, task: Any) -> bool:
    """Whether both are one mention: the same value at the same place, or one that the task has already."""
    if str(known) != str(deadline):
        return False
    touching = known.span.overlaps(deadline.span)
    return touching or (known.id in task.deadline_ids and known.surface == deadline.surface)


def _drop_corrected(
    working: Working, slot: Slot, before: Sequence[str], chosen: Sequence[Span], decision: Decision
) -> None:
    """Hide what a chosen deadline stands in the place of, when neither this task nor another one has it any more."""
    needed = {each for other in working.shown("task") for each in other.record.deadline_ids}
    needed |= set(slot.record.deadline_ids)
    for old in working.shown("deadline"):
        span = old.record.span
        corrected = any(span.overlaps(each) for each in chosen)
        if old.record.id in before and old.record.id not in needed and corrected:
            old.decided("superseded", decision, hidden=True)
