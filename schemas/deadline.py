"""Deadlines: mentions that bound when something must happen."""

from __future__ import annotations

from datetime import date
from typing import Literal

from schemas.record import Record

DeadlineKind = Literal["by", "during", "from", "recurring", "relative", "conditional", "ongoing"]


class Deadline(Record):
    """One mention in its normal form; both bounds are inclusive days.

    `recurrence` is an RFC 5545 RRULE, `offset` an ISO 8601 duration, `anchor` the text of the event that is waited
    for, `edtf` the same value in Extended Date/Time Format level 1 where that can say it, `due` the last day for
    sorting and calendars.
    """

    surface: str
    kind: DeadlineKind
    start: date | None = None
    end: date | None = None
    recurrence: str | None = None
    offset: str | None = None
    working_days: bool = False
    anchor: str | None = None
    edtf: str | None = None
    due: date | None = None

    def __str__(self) -> str:
        """The normal form of tests, exports and review: `by ../2016-12-31`, `recurring FREQ=YEARLY`."""
        interval = f"{self.start or '..'}/{self.end or '..'}" if self.start or self.end else ""
        if self.kind in {"during", "from", "by"} and not interval:
            interval = "?"
        parts = [self.kind, interval, self.recurrence or "", self.offset or "", self.anchor or ""]
        return " ".join(part for part in parts if part)
