"""How far two reviewers agree on the same documents: F1 and Cohen's kappa, field by field.

    agreement([(as_an_reads_it, as_binh_reads_it), …])  →  [FieldAgreement("task", …), FieldAgreement("leads", …), …]

Tasks are paired by their place. F1 is symmetric: what both have, against what either has. Kappa is
`(observed - expected) / (1 - expected)` over the paired tasks, each reviewer's value of a field being one label; it is
not defined when chance alone would make them agree always.

Source: J. Cohen, "A Coefficient of Agreement for Nominal Scales", 1960.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from pipeline.review.anchoring import LEAST_OVERLAP, overlap
from pipeline.review.replay import ReviewedDocument
from schemas import PlanDocument, Task

FIELDS = ("leads", "partners", "deadlines", "condition", "section")


class FieldAgreement(NamedTuple):
    """`judged` counts what both judged, `same` where they said the same; `kappa` is None where it is not defined."""

    field: str
    judged: int
    same: int
    f1: float | None
    kappa: float | None


def cohen_kappa(labels: Sequence[tuple[Hashable, Hashable]]) -> float | None:
    """Cohen's kappa of pairs of labels; None for none, or when both only ever say one and the same.

    >>> cohen_kappa([("yes", "yes")] * 20 + [("yes", "no")] * 5 + [("no", "yes")] * 10 + [("no", "no")] * 15)
    0.4
    """
    total = len(labels)
    same = sum(first == second for first, second in labels)
    firsts, seconds = (Counter(pair[side] for pair in labels) for side in (0, 1))
    chance = sum(count * seconds[label] for label, count in firsts.items())  # of total²
    if total * total == chance:
        return None
    return (same * total - chance) / (total * total - chance)


def f1(first: Iterable[Hashable], second: Iterable[Hashable]) -> float | None:
    """F1 of two bags, the same whichever is first; None for two empty ones.

    >>> f1(["a", "b", "c"], ["b", "c", "d"])
    0.6666666666666666
    """
    one, other = Counter(first), Counter(second)
    total = one.total() + other.total()
    return 2 * (one & other).total() / total if total else None


def agreement(documents: Iterable[tuple[PlanDocument, PlanDocument]]) -> list[FieldAgreement]:
    """The agreement of two reviewers over pairs of corrected documents: which tasks there are, and each field."""
    numbered = list(enumerate(documents))
    counts = [(len(first.tasks), len(second.tasks)) for _, (first, second) in numbered]
    pairs = [(n, *pair, one, other) for n, pair in numbered for one, other in paired(*pair)]
    either = sum(map(sum, counts))
    found = [FieldAgreement("task", either - len(pairs), len(pairs), 2 * len(pairs) / either if either else None, None)]
    for field in FIELDS:
        values = [
            (tuple(sorted(_values(first, one, field))), tuple(sorted(_values(second, other, field))))
            for _, first, second, one, other in pairs
        ]
        bags = [[(at, each) for at, pair in enumerate(values) for each in pair[side]] for side in (0, 1)]
        same = sum(one == other for one, other in values)
        found.append(FieldAgreement(field, len(values), same, f1(*bags), cohen_kappa(values)))
    return found


def verdict_agreement(reviews: Iterable[tuple[ReviewedDocument, ReviewedDocument]]) -> FieldAgreement:
    """How far two reviewers decided alike (accepted, rejected, edited, …) about records on which both decided."""
    labels: list[tuple[str, str]] = []
    for first, second in reviews:
        both = sorted(_machine_states(first).keys() & _machine_states(second).keys())
        labels += [(first.states[each].verdict, second.states[each].verdict) for each in both]
    same = sum(one == other for one, other in labels)
    return FieldAgreement("verdict", len(labels), same, same / len(labels) if labels else None, cohen_kappa(labels))


def paired(first: PlanDocument, second: PlanDocument) -> Iterator[tuple[Task, Task]]:
    """The tasks of both that stand at the same place, each once, those that overlap most first; in document order."""
    others = sorted(second.tasks, key=lambda task: task.span)
    candidates = sorted(
        (
            (-overlap(one.span, other.span), at, one.id, other.id)
            for at, one in enumerate(first.tasks)
            for other in others
            if overlap(one.span, other.span) >= LEAST_OVERLAP
        ),
    )
    taken: dict[str, str] = {}
    for _, _, one_id, other_id in candidates:
        if one_id not in taken and other_id not in taken.values():
            taken[one_id] = other_id
    by_id: Mapping[str, Task] = {task.id: task for task in second.tasks}
    return ((task, by_id[taken[task.id]]) for task in first.tasks if task.id in taken)


def _values(document: PlanDocument, task: Task, field: str) -> list[str]:
    """What a task says in one field, in normal form."""
    match field:
        case "leads" | "partners":
            return [agency.id for agency in getattr(task, field)]
        case "deadlines":
            return [str(each) for each in document.deadlines if each.id in task.deadline_ids]
        case "section":
            return [" / ".join(each.path) for each in document.sections if each.id == task.section_id]
        case _:
            return [" ".join(task.condition.split())] if task.condition else []


def _machine_states(review: ReviewedDocument) -> dict[str, str]:
    return {key: state.verdict for key, state in review.states.items() if state.verdict not in ("added", "superseded")}
