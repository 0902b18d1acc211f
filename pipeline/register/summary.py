"""The register in figures: how many tasks in which state, for each lead agency, due in which month.

    summarise(rows, as_of=date(2016, 12, 1)).states["overdue"] -> 12

A task with two lead agencies counts once for each of them, and once in the totals.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from pipeline.register.order import vietnamese_order
from pipeline.register.rows import RegisterRow
from pipeline.register.term import STATES, State

MONTHS_BEFORE, MONTHS_AFTER = 6, 12


class AgencyCount(NamedTuple):
    """The tasks of one lead agency; `name` is None for tasks that name nobody."""

    name: str | None
    rows: list[int]
    states: Counter[State]


class Summary(NamedTuple):
    """All figures; `months` are consecutive, `before` and `after` count what is due outside of them."""

    states: dict[State, int]
    agencies: list[AgencyCount]
    months: list[tuple[date, int]]
    before: int
    after: int
    documents: int
    reviewed: int


def summarise(rows: Sequence[RegisterRow], *, as_of: date) -> Summary:
    """The figures of *rows*; agencies in the order of the alphabet, tasks without one last."""
    states = Counter(row.term.state for row in rows)
    months = _months(as_of)
    due = Counter(row.term.due.replace(day=1) for row in rows if row.term.due)
    documents = {row.facts.document.document_id: row.facts.document.reviewed for row in rows}
    return Summary(
        states={state: states[state] for state in STATES},
        agencies=_agencies(rows),
        months=[(month, due[month]) for month in months],
        before=sum(count for month, count in due.items() if month < months[0]),
        after=sum(count for month, count in due.items() if month > months[-1]),
        documents=len(documents),
        reviewed=sum(documents.values()),
    )


def _agencies(rows: Sequence[RegisterRow]) -> list[AgencyCount]:
    found: dict[str | None, AgencyCount] = {}
    for index, row in enumerate(rows):
        for name in row.facts.leads or (None,):
            count = found.setdefault(name, AgencyCount(name, [], Counter()))
            count.rows.append(index)
            count.states[row.term.state] += 1
    return sorted(found.values(), key=lambda count: (count.name is None, vietnamese_order(count.name or "")))


def _months(as_of: date) -> list[date]:
    """The first days of the months around *as_of*."""
    here = as_of.year * 12 + as_of.month - 1
    first, last = max(here - MONTHS_BEFORE, 12), min(here + MONTHS_AFTER, 9999 * 12 + 11)
    return [date(month // 12, month % 12 + 1, 1) for month in range(first, last + 1)]
