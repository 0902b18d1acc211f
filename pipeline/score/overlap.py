"""How much of the time named in the gold is named in the export: a soft measure beside the exact one.

A deadline `by ../2025-06-30` in the gold and `by ../2025-06-29` in the export are one miss and one invention to the
exact measure; issued on 1 January, they share 180 of 181 days, and that is their credit here. Kinds and recurrences do
not count: the exact measure tells those apart.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from pipeline.errors import UsageError
from pipeline.score.comparable import Row
from pipeline.score.tally import Tally


class Bounds(NamedTuple):
    """The bounds of a deadline, at least one of them a day; both are inclusive."""

    start: date | None
    end: date | None


class Days(NamedTuple):
    """All days from *first* to *last*."""

    first: date
    last: date


def deadline_overlap(gold: Row, export: Row) -> Tally:
    """The credits of the bounded deadlines of two documents as a tally in parts of rows, without a list of misses.

    Each deadline of the gold that has a bound is paired with the one of the export that shares most with it; each is
    used once, the best pair of the document first, of equal ones the nearest in the order of the text. The credit of a
    pair is the days in common divided by the days in either. An open start is closed at the day on which the document
    was issued (unknown: at the earliest bound of the gold), an open end at the latest bound of the gold; a deadline
    that would then end before it starts is its one bound alone. Precision is the sum of credits divided by the
    bounded deadlines of the export, recall by those of the gold.
    """
    wanted, found = _bounded(gold), _bounded(export)
    days = [day for bounds in wanted for day in bounds if day]
    if not days:
        return Tally(extra=len(found))
    issued = _issued(gold) or _issued(export) or min(days)
    closed = ([_closed(bounds, issued, max(days)) for bounds in side] for side in (wanted, found))
    credit = sum(_best_credits(*closed))
    return Tally(hit=credit, extra=len(found) - credit, missed=len(wanted) - credit)


def shared(first: Days, second: Days) -> float:
    """The days in common divided by the days in either.

    >>> shared(Days(date(2025, 1, 1), date(2025, 1, 4)), Days(date(2025, 1, 3), date(2025, 1, 5)))
    0.4
    """
    common = (min(first.last, second.last) - max(first.first, second.first)).days + 1
    if common <= 0:
        return 0.0
    return common / (_count(first) + _count(second) - common)


def _best_credits(gold: list[Days], found: list[Days]) -> Iterable[float]:
    scored = sorted(
        (
            (shared(want, got), -abs(i / len(gold) - j / len(found)), i, j)
            for i, want in enumerate(gold)
            for j, got in enumerate(found)
        ),
        reverse=True,
    )
    used_gold: set[int] = set()
    used_found: set[int] = set()
    for credit, _, i, j in scored:
        if credit and i not in used_gold and j not in used_found:
            used_gold.add(i)
            used_found.add(j)
            yield credit


def _bounded(document: Row) -> list[Bounds]:
    rows = document.get("deadlines") or ()
    bounds = (Bounds(_day(row.get("start")), _day(row.get("end"))) for row in rows)
    return [each for each in bounds if any(each)]


def _issued(document: Row) -> date | None:
    return _day((document.get("metadata") or {}).get("issued_on"))


def _closed(bounds: Bounds, issued: date, latest: date) -> Days:
    start, end = bounds
    if start and end:
        return Days(min(start, end), max(start, end))
    if end:
        return Days(min(issued, end), end)
    assert start
    return Days(start, max(latest, start))


def _count(days: Days) -> int:
    return (days.last - days.first).days + 1


def _day(value: object) -> date | None:
    """The day that ISO 8601 text says, raises `UsageError` for other text."""
    if not value:
        return None
    try:
        return date.fromisoformat(str(value))
    except ValueError as error:
        raise UsageError(
            f"The gold or the export says {value!r} where a day should stand; write it as 2025-06-30."
        ) from error
