"""Replay decisions over the machine's reading: the corrected document, who decided what, and what no longer fits.

    result = reviewed(document, log.read().decisions)
    result.document, result.states["task-3"].by, [each.reason for each in result.unfit]

Decisions are applied in the order of the log to whatever the machine reads today; one that no longer fits changes
nothing and is told, each time, until a person decides anew. Ids of added records count the decisions of the whole log,
undone ones too, so that `task-r2` stays `task-r2` when the first addition is undone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import pairwise
from uuid import UUID

from pipeline.review.anchoring import find_anchor, overlap
from pipeline.review.changes import apply_change, bind_deadlines, change_metadata, innermost_section, section_at
from pipeline.review.decisions import METADATA, Action, Anchor, Decision, live, new_value
from pipeline.review.values import BY_REVIEWER, DoesNotFitError, chosen_agency, places
from pipeline.review.working import RecordState, Slot, Working
from schemas import Diagnostic, PlanDocument, Record, Span, Task

SAME_TASK = 0.9  # an addition that covers a task of the machine so far is that task


@dataclass(frozen=True, slots=True)
class Unfit:
    """A decision that could not be applied, and why."""

    decision: Decision
    reason: str


@dataclass(frozen=True, slots=True)
class ReviewedDocument:
    """The corrected document; `states` by record id, hidden records too, and those are in `hidden`; `applied` and
    `unfit` in the log's order."""

    document: PlanDocument
    states: dict[str, RecordState]
    hidden: tuple[Record, ...]
    applied: tuple[Decision, ...]
    unfit: tuple[Unfit, ...]


def reviewed(document: PlanDocument, decisions: Iterable[Decision]) -> ReviewedDocument:
    """Apply *decisions* to the machine's reading; without any that hold, the document is the machine's own."""
    decisions = tuple(decisions)
    numbers = _numbers(decisions)
    working = Working(document)
    applied: list[Decision] = []
    unfit = _aimless(decisions)
    for decision in live(decisions):
        before = working.saved() if decision.action in _CHANGING else None
        try:
            _APPLY[decision.action](working, decision, numbers[decision.id])
            applied.append(decision)
        except DoesNotFitError as error:
            if before is not None:
                working.restore(before)
            unfit.append(Unfit(decision, str(error)))
    order = {decision.id: at for at, decision in enumerate(decisions)}
    unfit.sort(key=lambda each: order[each.decision.id])
    states = {slot.state.record_id: slot.state for slots in working.slots.values() for slot in slots if slot.state}
    if working.metadata_state:
        states[METADATA] = working.metadata_state
    hidden = tuple(slot.record for slots in working.slots.values() for slot in slots if slot.hidden)
    return ReviewedDocument(_told(working.finished(), unfit), states, hidden, tuple(applied), tuple(unfit))


def _aimless(decisions: Iterable[Decision]) -> list[Unfit]:
    """Undos and redos of what is not in the log, or of an undo."""
    known: set[UUID] = set()
    found = []
    for decision in decisions:
        if decision.of is not None and decision.of not in known:
            found.append(Unfit(decision, "it is about a decision that is not in the log"))
        if decision.of is None:
            known.add(decision.id)
    return found


def _numbers(decisions: Iterable[Decision]) -> dict[UUID, int]:
    """The first number that each decision has for records that it adds."""
    numbers: dict[UUID, int] = {}
    used = 0
    for decision in decisions:
        if decision.id not in numbers:
            numbers[decision.id] = used + 1
            used += _may_add(decision)
    return numbers


def _may_add(decision: Decision) -> int:
    choices = len(decision.task.deadlines) if decision.task else 0
    for change in decision.changes:
        if change.field == "deadlines" and isinstance(change.new, list):
            choices += len(change.new)
    return max(choices, len(decision.parts), 1 if decision.action == "add" else 0)


def _told(document: PlanDocument, unfit: Iterable[Unfit]) -> PlanDocument:
    """*document* with a diagnostic for each decision that does not fit."""
    remarks = tuple(
        Diagnostic(
            id=f"diagnostic-r{number}",
            code="decision-unfit",
            severity="warning",
            message=f"The decision to {each.decision.action} by {each.decision.by} no longer fits: {each.reason}.",
        )
        for number, each in enumerate(unfit, 1)
    )
    return document.model_copy(update={"diagnostics": document.diagnostics + remarks}) if remarks else document


def _accept(working: Working, decision: Decision, number: int) -> None:
    if decision.record is None:
        working.metadata_decided("accepted", decision)
    else:
        _about(working, decision).decided("accepted", decision)


def _reject(working: Working, decision: Decision, number: int) -> None:
    _about(working, decision).decided("rejected", decision, hidden=True)


def _edit(working: Working, decision: Decision, number: int) -> None:
    if decision.record is None:
        for change in decision.changes:
            change_metadata(working, change.field, new_value(METADATA, change))
        working.metadata_decided("edited", decision)
        return
    slot = _about(working, decision)
    before = slot.record.span
    for change in sorted(decision.changes, key=lambda each: each.field != "span"):  # the rest lies within it
        apply_change(working, slot, change.field, new_value(slot.kind, change), decision, number)
    if slot.record.span != before:
        working.moved.add(slot.kind)
    slot.update(rule=BY_REVIEWER, confidence=None)
    slot.decided("edited", decision)


def _add(working: Working, decision: Decision, number: int) -> None:
    new = decision.task
    assert new is not None
    document = working.document
    span = _place(document, new.anchor)
    section = innermost_section(working, span) if new.section is None else section_at(working, new.section, span)
    same = [slot for slot in working.shown("task") if overlap(slot.record.span, span) >= SAME_TASK]
    slot = working.add("task", _task(document, f"task-r{number}", span, section))
    bind_deadlines(working, slot, new.deadlines, decision, number)
    slot.update(
        leads=tuple(chosen_agency(each, document, (), within=span) for each in new.leads),
        partners=tuple(chosen_agency(each, document, (), within=span) for each in new.partners),
        condition=new.condition,
    )
    slot.decided("added", decision)
    for other in same:  # the machine has learnt to read it since: the person's reading goes first
        other.decided("superseded", decision, hidden=True)


def _split(working: Working, decision: Decision, number: int) -> None:
    """The first part keeps the task's id, the others get new ones; each keeps what stands in it or outside of all."""
    slot = _about(working, decision)
    whole: Task = slot.record
    spans = [_place(working.document, part) for part in decision.parts]
    if any(later.start < earlier.end for earlier, later in pairwise(spans)):
        raise DoesNotFitError("its parts overlap or stand in another order now")
    slots = [slot]
    slots += [
        working.add("task", whole.model_copy(update={"id": f"task-r{number + at}"})) for at in range(1, len(spans))
    ]
    for part, span in zip(slots, spans, strict=True):
        bound = [working.record("deadline", each) for each in whole.deadline_ids]
        text = working.document.text[slice(*span)]
        elsewhere = whole.condition and not any(whole.condition in working.document.text[slice(*s)] for s in spans)
        part.update(
            span=span,
            source_spans=places(working.document, span),
            text=text,
            search_text=None,
            rule=BY_REVIEWER,
            confidence=None,
            deadline_ids=tuple(each.id for each in bound if each and _belongs(each.span, span, spans)),
            leads=tuple(each for each in whole.leads if each.span is None or _belongs(each.span, span, spans)),
            partners=tuple(each for each in whole.partners if each.span is None or _belongs(each.span, span, spans)),
            condition=whole.condition if whole.condition and (elsewhere or whole.condition in text) else None,
        )
        part.decided("split", decision)
    working.moved.add("task")


def _merge(working: Working, decision: Decision, number: int) -> None:
    """The first task takes the place, the agencies and the deadlines of all; the others are gone."""
    slot = _about(working, decision)
    others = [working.find(each) for each in decision.others]
    if any(each.hidden for each in (slot, *others)) or slot in others:
        raise DoesNotFitError("not all of the tasks are there any more")
    tasks: list[Task] = [slot.record, *(each.record for each in others)]
    span = Span(min(each.span.start for each in tasks), max(each.span.end for each in tasks))
    slot.update(
        span=span,
        source_spans=tuple(dict.fromkeys(place for each in tasks for place in each.source_spans)),
        text=working.document.text[slice(*span)],
        search_text=None,
        rule=BY_REVIEWER,
        confidence=None,
        leads=tuple({agency.id: agency for each in reversed(tasks) for agency in reversed(each.leads)}.values())[::-1],
        partners=tuple({agency.id: agency for each in reversed(tasks) for agency in reversed(each.partners)}.values())[
            ::-1
        ],
        deadline_ids=tuple(dict.fromkeys(found for each in tasks for found in each.deadline_ids)),
        condition=next((each.condition for each in tasks if each.condition), None),
    )
    slot.decided("merged", decision)
    for each in others:
        each.decided("merged", decision, hidden=True)
    working.moved.add("task")


def _comment(working: Working, decision: Decision, number: int) -> None:
    if decision.record is not None:
        working.find(decision.record)


def _about(working: Working, decision: Decision) -> Slot:
    assert decision.record is not None
    return working.find(decision.record)


def _place(document: PlanDocument, anchor: Anchor) -> Span:
    span = find_anchor(document.text, anchor)
    if span is None:
        raise DoesNotFitError(f"its words are no longer there: “{anchor.exact[:60]}”")
    return span


def _task(document: PlanDocument, task_id: str, span: Span, section_id: str | None) -> Task:
    return Task(
        id=task_id,
        span=span,
        source_spans=places(document, span),
        rule=BY_REVIEWER,
        text=document.text[slice(*span)],
        section_id=section_id,
    )


def _belongs(place: Span, part: Span, parts: list[Span]) -> bool:
    """Whether something at *place* goes to *part*: it stands there, or in none of the parts."""
    inside = [each for each in parts if each.overlaps(place)]
    return part in inside or not inside


_CHANGING = frozenset({"edit", "add", "split", "merge"})  # what may stop half-way
_APPLY: dict[Action, Callable[[Working, Decision, int], None]] = {
    "accept": _accept,
    "reject": _reject,
    "edit": _edit,
    "add": _add,
    "split": _split,
    "merge": _merge,
    "comment": _comment,
}
