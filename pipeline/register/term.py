"""When a task must be done, and how it stands on a day: "Quý II/2017" is not yet to be begun on 1 December 2016.

    Term(start=date(2017, 4, 1), due=date(2017, 6, 30), state="pending")

| state | Vietnamese | when |
|---|---|---|
| `pending` | chưa đến hạn | the time for it begins after the day |
| `running` | trong hạn | it has begun and the last day is not past |
| `overdue` | quá hạn | the last day is past; whether it was done in time the texts do not say |
| `open` | không thời hạn | no day can be told (`thường xuyên`, an event that has no date, nothing at all) |

Where a deadline names no first day, the time begins with the issue of the document. Of several deadlines the nearest
that is not past counts, so that a task is late only when all are past. A recurring one counts with its next day.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Literal, NamedTuple, Protocol

from pipeline.register.recurrence import next_day

State = Literal["pending", "running", "overdue", "open"]
STATES: tuple[State, ...] = ("overdue", "running", "pending", "open")


class Bound(Protocol):
    """What a deadline must tell: `schemas.Deadline` and a row of the dataset both do."""

    @property
    def surface(self) -> str: ...
    @property
    def kind(self) -> str: ...
    @property
    def start(self) -> date | None: ...
    @property
    def end(self) -> date | None: ...
    @property
    def due(self) -> date | None: ...
    @property
    def recurrence(self) -> str | None: ...


class Term(NamedTuple):
    """First and last day of a task, both inclusive, and its state."""

    start: date | None
    due: date | None
    state: State


def term(deadlines: Sequence[Bound], *, issued: date | None, as_of: date) -> Term:
    """The term of a task that *deadlines* bind, as it stands on *as_of*; *issued* is the day of its document.

    >>> from schemas import Deadline, Span
    >>> quarter = Deadline(span=Span(0, 1), surface="Quý II/2017", kind="during",
    ...                    start=date(2017, 4, 1), end=date(2017, 6, 30))
    >>> term([quarter], issued=None, as_of=date(2016, 12, 1)).state
    'pending'
    """
    due = _due(deadlines, issued=issued, as_of=as_of)
    start = min((day for day in (_start(found, issued) for found in deadlines) if day), default=None)
    return Term(start, due, _state(start, due, as_of))


def _state(start: date | None, due: date | None, as_of: date) -> State:
    if due and due < as_of:
        return "overdue"
    if start and as_of < start:
        return "pending"
    return "running" if due else "open"


def _due(deadlines: Sequence[Bound], *, issued: date | None, as_of: date) -> date | None:
    days = [day for found in deadlines if (day := _day(found, deadlines, issued, as_of))]
    return min((day for day in days if day >= as_of), default=max(days, default=None))


def _day(found: Bound, deadlines: Sequence[Bound], issued: date | None, as_of: date) -> date | None:
    if found.kind != "recurring":
        return found.due or found.end
    # "hằng năm, giai đoạn 2021-2025": the period ends the recurrence.
    last = found.end or max((other.end for other in deadlines if other.kind == "during" and other.end), default=None)
    begin = found.start or issued
    day = next_day(found.recurrence, on_or_after=max(as_of, begin) if begin else as_of, begin=begin)
    return last if last and (day is None or day > last) else day


def _start(found: Bound, issued: date | None) -> date | None:
    """The first day on which the task may be done; a deadline that says no day at all gives none."""
    return found.start or (issued if found.end or found.due or found.recurrence else None)
