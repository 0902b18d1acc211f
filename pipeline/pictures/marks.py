"""Marks: what a chart draws, each with its figure and the records behind it.

    marks.add(("Sở Y tế", "2016-10-01"), record)

A mark keeps the first `MOST_KEPT` of its records and counts all. How many of them the page can hold is settled at the
end (`page_share`), when all marks are known.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

MOST_KEPT = 50
MOST_LISTED = 6_000  # records in one page: some 4 MB
SHARES = (MOST_KEPT, 25, 10, 5, 3, 1)

Key = tuple[str, ...]


class Shown(NamedTuple):
    """One record as the page lists it; `document` is a number in the page's list of documents."""

    kind: str
    document: int
    text: str
    who: str
    when: str
    place: str


class Mark:
    """The records of one mark; `amount` is for charts that add up rather than count."""

    __slots__ = ("amount", "count", "records")

    def __init__(self) -> None:
        self.count = 0
        self.amount = 0.0
        self.records: list[Shown] = []


class Marks(dict[Key, Mark]):
    """The marks of one chart, by what they stand for."""

    def __init__(self, most: int = MOST_KEPT) -> None:
        super().__init__()
        self.most = most

    def add(self, key: Key, record: Shown, *, amount: float = 0) -> None:
        """Count *record* to the mark *key*, and keep it if there is room."""
        mark = self.setdefault(key, Mark())
        mark.count += 1
        mark.amount += amount
        if len(mark.records) < self.most:
            mark.records.append(record)


def page_share(marks: Iterable[Mark]) -> int:
    """How many records of each mark the page can list."""
    found = list(marks)
    for share in SHARES:
        if len({record for mark in found for record in mark.records[:share]}) <= MOST_LISTED:
            return share
    return 1
