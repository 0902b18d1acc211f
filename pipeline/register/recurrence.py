"""The next day of a recurrence: "định kỳ hàng quý" on 1 December 2016 is due on 31 December 2016.

A report "hàng quý" is due when the quarter ends: a rule that names a period and no day means the last day of it. Where
a rule does not say in which year or week it begins (every five years), it counts from the first day of the task;
without one there is no next day.
"""

from __future__ import annotations

import re
from datetime import date, datetime, time
from functools import lru_cache

from dateutil.rrule import rrulestr

LONGEST_INTERVAL = 100
MONTHS = 12


@lru_cache(maxsize=4096)
def next_day(rule: str | None, *, on_or_after: date, begin: date | None = None) -> date | None:
    """The first day of *rule* (RFC 5545) that is not before *on_or_after*; None for a rule that names no day.

    *begin* is where a rule with an interval begins to count.

    >>> next_day("FREQ=MONTHLY;INTERVAL=3", on_or_after=date(2016, 12, 1))
    datetime.date(2016, 12, 31)
    >>> next_day("FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=15", on_or_after=date(2016, 12, 16))
    datetime.date(2017, 12, 15)
    """
    parts = _parts(rule)
    if parts is None:
        return None
    dated = _with_day(parts)
    counted = int(dated.get("INTERVAL", "1")) > 1
    if counted and begin is None:
        return None
    first = begin if counted and begin else _year_before(on_or_after)
    try:
        found = rrulestr(
            ";".join(f"{name}={value}" for name, value in dated.items()), dtstart=datetime.combine(first, time())
        ).after(datetime.combine(on_or_after, time()), inc=True)
    except (ValueError, OverflowError):
        return None
    return found.date() if found else None


def _parts(rule: str | None) -> dict[str, str] | None:
    """The parts of a rule that this module knows how to follow, else None: rules may come from hands."""
    if not rule or not RULE.fullmatch(rule):
        return None
    parts = dict(part.split("=") for part in rule.split(";"))
    return parts if 1 <= int(parts.get("INTERVAL", "1")) <= LONGEST_INTERVAL else None


def _with_day(parts: dict[str, str]) -> dict[str, str]:
    """The rule with the last day of the period where it names none; months that divide a year count from January."""
    if parts["FREQ"] == "HOURLY":
        return {"FREQ": "DAILY"}
    parts = _by_month(parts)
    if parts["FREQ"] == "DAILY" or "BYMONTHDAY" in parts or "BYDAY" in parts:
        return parts
    if parts["FREQ"] == "WEEKLY":
        return {**parts, "BYDAY": "SU"}
    if parts["FREQ"] == "MONTHLY":
        return {**parts, "BYMONTHDAY": "-1"}
    return {**parts, "BYMONTH": _last_months(parts.get("BYMONTH", str(MONTHS))), "BYMONTHDAY": "-1"}


def _by_month(parts: dict[str, str]) -> dict[str, str]:
    """`FREQ=MONTHLY;INTERVAL=3` as the months of each year: quarters are those of the calendar."""
    interval = int(parts.get("INTERVAL", "1"))
    if parts["FREQ"] != "MONTHLY" or MONTHS % interval or "BYMONTH" in parts:
        return parts
    months = ",".join(str(month) for month in range(interval, MONTHS + 1, interval))
    rest = {name: value for name, value in parts.items() if name != "INTERVAL"}
    day = {} if "BYMONTHDAY" in parts or "BYDAY" in parts else {"BYMONTHDAY": "-1"}
    return {**rest, **day, "FREQ": "YEARLY", "BYMONTH": months}


def _last_months(months: str) -> str:
    """The last month of each run: `10,11,12` is a quarter, due at its end; a run may pass the new year."""
    named = {int(month) for month in months.split(",")}
    last = [month for month in sorted(named) if month % MONTHS + 1 not in named]
    return ",".join(map(str, last or [MONTHS]))


def _year_before(day: date) -> date:
    return date(max(day.year - 1, date.min.year), 1, 1)


_NUMBERS = r"-?[1-9]\d?(?:,-?[1-9]\d?)*"
_MONTH = r"(?:[1-9]|1[0-2])"
RULE = re.compile(
    r"FREQ=(?:YEARLY|MONTHLY|WEEKLY|DAILY|HOURLY)"
    rf"(?:;(?:INTERVAL=\d{{1,3}}|BYMONTH={_MONTH}(?:,{_MONTH})*|BYMONTHDAY={_NUMBERS}|BYDAY=[A-Z0-9,+-]{{2,40}}))*"
)
