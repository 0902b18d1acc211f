"""Press articles about a plan: assignments and promises are clauses, since there are no items to go by."""

from __future__ import annotations

from dataclasses import replace

from extractors.conditions import find_condition
from extractors.press import find_assignments, find_promises
from pipeline.assemble.drafts import TargetDraft, TaskDraft
from pipeline.assemble.reading import Reading
from pipeline.assemble.targets import target_at


def press_tasks(reading: Reading) -> list[TaskDraft]:
    """One draft for each clause that reports an assignment; a clause may inherit the lead of the clause before it."""
    drafts: list[TaskDraft] = []
    for assignment in find_assignments(reading.text):
        roles = reading.roles(assignment.span)
        deadlines = tuple(reading.deadlines.within(assignment.span))
        condition = find_condition(reading.slice(assignment.span), deadlines)
        draft = TaskDraft(assignment.span, None, "press-clause", roles.leads, roles.partners, deadlines, condition)
        if assignment.inherits_lead and drafts and not draft.leads:
            draft = replace(draft, leads=drafts[-1].leads)
        drafts.append(draft)
    return drafts


def press_targets(reading: Reading) -> list[TargetDraft]:
    """One target for each promise, with the period that an earlier clause of its sentence gives."""
    return [
        target_at(reading, promise.span, None, period=promise.period, rule="press-promise")
        for promise in find_promises(reading.text, deadlines=list(reading.deadlines))
    ]
