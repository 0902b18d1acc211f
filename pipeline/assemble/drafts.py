"""Tasks, targets and deadlines while they are put together: values that still point at each other, not at ids."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TypeVar

from schemas import Agency, Deadline, Measure, Span

Mention = TypeVar("Mention", Agency, Deadline)


@dataclass(frozen=True, slots=True)
class TaskDraft:
    """A task whose deadlines are the deadlines themselves; `section` is an index into the outline's sections.

    `names_actor` tells that its own words say who acts.
    """

    span: Span
    section: int | None
    rule: str
    leads: tuple[Agency, ...] = ()
    partners: tuple[Agency, ...] = ()
    deadlines: tuple[Deadline, ...] = ()
    condition: str | None = None
    names_actor: bool = False


@dataclass(frozen=True, slots=True)
class TargetDraft:
    """A target; `section` is an index into the outline's sections."""

    span: Span
    section: int | None
    rule: str
    indicator: str | None
    measures: tuple[Measure, ...] = ()


@dataclass(frozen=True, slots=True)
class Attributes:
    """What attribute lines, a row's cells or a heading give to the activities that they bind."""

    leads: tuple[Agency, ...] = ()
    partners: tuple[Agency, ...] = ()
    deadlines: tuple[Deadline, ...] = ()

    def merged(self, other: Attributes) -> Attributes:
        """Both together, each agency and deadline once."""
        return Attributes(
            union(self.leads, other.leads), union(self.partners, other.partners), union(self.deadlines, other.deadlines)
        )


def bound(draft: TaskDraft, given: Attributes) -> TaskDraft:
    """*draft* with what attribute lines give: their leads against those of the sentence, their partners beside them."""
    deadlines = bind_deadlines(draft.deadlines, given.deadlines)
    condition = draft.condition or next((d.anchor for d in given.deadlines if d.kind == "conditional"), None)
    return replace(
        draft,
        leads=union((), given.leads) or draft.leads,
        partners=union(draft.partners, given.partners),
        deadlines=deadlines,
        condition=condition,
    )


def bind_deadlines(own: tuple[Deadline, ...], given: tuple[Deadline, ...]) -> tuple[Deadline, ...]:
    """A date of the activity's own replaces the time that is given to it; a recurrence of its own adds to that time.

    What only says less of the same recurrence is left out: `định kỳ` above `trước ngày 15/12 hằng năm`.
    """
    if any(deadline.kind in {"by", "during", "from", "relative"} for deadline in own):
        return own
    return union(own, tuple(coarse for coarse in given if not any(_narrows(fine, coarse) for fine in own)))


def _narrows(fine: Deadline, coarse: Deadline) -> bool:
    if coarse.kind != "recurring" or fine.recurrence is None:
        return False
    return coarse.recurrence is None or fine.recurrence.startswith(f"{coarse.recurrence};BY")


def union(first: tuple[Mention, ...], second: tuple[Mention, ...]) -> tuple[Mention, ...]:
    """Both, in order, each agency and each deadline of a place once."""
    distinct: dict[object, Mention] = {}
    for item in first + second:
        distinct.setdefault(_identity(item), item)
    return tuple(distinct.values())


def _identity(item: Agency | Deadline) -> object:
    return item.name if isinstance(item, Agency) else (item.span, str(item))
