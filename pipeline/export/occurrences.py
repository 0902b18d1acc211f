"""When a deadline stands in a calendar: its first day, its last day, and the rule by which it comes again.

    occurrence(hằng năm, issued=date(2016, 5, 3))  →  Occurrence(2016-12-31, 2016-12-31, "FREQ=YEARLY;BYMONTH=12;…")

An interval stands on its last day, since that is the day to be reminded of; one of a week or less is shown as it is. A
recurrence that names no day stands on the last day of each of its periods: "hằng quý" on the last day of each quarter.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from dateutil.rrule import rrulestr

from schemas import Deadline

SHOWN_WHOLE = 7  # days; a quarter or a year across the whole calendar would hide everything else


class Occurrence(NamedTuple):
    """Both days inclusive; `rule` is an RRULE whose first date is `first`."""

    first: date
    last: date
    rule: str | None = None


class NoDay(NamedTuple):
    """Why a deadline has no place in a calendar."""

    why: str


def occurrence(deadline: Deadline, *, issued: date | None) -> Occurrence | NoDay:
    """When *deadline* falls; a recurrence without a start begins with the document's own date, *issued*."""
    match deadline.kind:
        case "recurring":
            return _recurring(deadline, issued)
        case "ongoing" | "conditional":
            return NoDay(deadline.kind)
        case "relative":
            return Occurrence(deadline.due, deadline.due) if deadline.due else NoDay("relative to an undated event")
    start, end = deadline.start, deadline.end
    if start and end and timedelta() <= end - start < timedelta(SHOWN_WHOLE):
        return Occurrence(start, end)
    day = end or deadline.due or start
    return Occurrence(day, day) if day else NoDay("without a year")


def _recurring(deadline: Deadline, issued: date | None) -> Occurrence | NoDay:
    if deadline.recurrence is None:
        return NoDay("recurring at no said interval")
    start = deadline.start or issued
    if start is None:
        return NoDay("recurring, in a document without a date")
    parts = dict(part.partition("=")[::2] for part in deadline.recurrence.split(";"))
    if parts.get("FREQ") not in {"YEARLY", "MONTHLY", "WEEKLY"}:
        return NoDay("recurring every day")
    rule = ";".join(f"{name}={value}" for name, value in _with_days(parts).items())
    first = _first(rule, _phase(parts, start))
    if first is None or (deadline.end and first > deadline.end):
        return NoDay("recurring, without a day within its bounds")
    if deadline.end:
        rule += f";UNTIL={deadline.end:%Y%m%d}"
    return Occurrence(first, first, rule)


def _with_days(parts: dict[str, str]) -> dict[str, str]:
    """The rule with the days that it leaves open: the last day of the month, of the year, Friday of the week."""
    if any(name in parts for name in ("BYMONTHDAY", "BYDAY", "BYYEARDAY", "BYWEEKNO", "BYSETPOS")):
        return parts
    if parts["FREQ"] == "WEEKLY":
        return {**parts, "BYDAY": "FR"}
    if parts["FREQ"] == "MONTHLY":
        return {**parts, "BYMONTHDAY": "-1"}
    months = [int(month) for month in parts.get("BYMONTH", "12").split(",")]
    ends = [month for month in months if month % 12 + 1 not in months] or [12]
    return {**parts, "BYMONTH": ",".join(map(str, ends)), "BYMONTHDAY": "-1"}


def _phase(parts: dict[str, str], start: date) -> date:
    """Where counting begins, so that every third month ends a quarter and every sixth a half-year."""
    interval = int(parts.get("INTERVAL", "1"))
    if parts["FREQ"] != "MONTHLY" or "BYMONTHDAY" in parts or "BYMONTH" in parts or 12 % interval:
        return start
    month = -(-start.month // interval) * interval
    return date(start.year, month, 1) if month > start.month else start


def _first(rule: str, start: date) -> date | None:
    """The first date of *rule* from *start* on; none where the rule cannot be read or never falls within its years."""
    try:
        found = rrulestr(rule, dtstart=datetime.combine(start, time()))
        day = found.after(datetime.combine(start, time()), inc=True)
    except (ValueError, OverflowError, KeyError):
        return None
    return day.date() if day else None
