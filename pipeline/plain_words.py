"""Values of the contract in words that a reviewer reads at once: "by 2016-12-31", "every year on 15 December".

The JSON says `FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=15` because programs read it; here a whole year is "2027", a whole
month "2027-03", and what has no simple words stays as the JSON has it.
"""

from __future__ import annotations

import calendar
import re
from datetime import date

from schemas import BudgetCheck, Deadline, Measure


def deadline_in_words(deadline: Deadline) -> str:
    """When, without the words of the text.

    >>> from schemas import Span
    >>> rule = "FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=15"
    >>> deadline_in_words(Deadline(span=Span(0, 1), surface="…", kind="recurring", recurrence=rule))
    'every year on 15 December'
    """
    period = period_in_words(deadline.start, deadline.end)
    match deadline.kind:
        case "by" | "during" | "from":
            return period or "day not said"
        case "recurring":
            return ", ".join(filter(None, (recurrence_in_words(deadline.recurrence), period)))
        case "relative":
            days = " (working days)" if deadline.working_days else ""
            due = f" = by {deadline.due}" if deadline.due else ""
            return f"{_offset(deadline.offset)}{days} after: {deadline.anchor or 'event not said'}{due}"
        case "conditional":
            return f"once: {deadline.anchor or 'event not said'}"
        case "ongoing":
            return "at all times"


def measure_in_words(measure: Measure) -> str:
    """The figure, its unit and its period.

    >>> measure_in_words(Measure(value=40, value_max=50, unit="%", comparator="~", end=date(2020, 12, 31), raw="…"))
    '≈ 40-50 %, by 2020-12-31'
    """
    return ", ".join(filter(None, (figure_and_unit(measure), period_in_words(measure.start, measure.end))))


def figure_and_unit(measure: Measure) -> str:
    """The figure and its unit, alike in every language.

    >>> figure_and_unit(Measure(value=1200, unit="ha", comparator=">=", raw="…"))
    '≥ 1.200 ha'
    """
    number = _figure(measure.value) + (f"-{_figure(measure.value_max)}" if measure.value_max is not None else "")
    number += f"/{_figure(measure.denominator)}" if measure.denominator is not None else ""
    return " ".join(filter(None, (COMPARATOR[measure.comparator], number, measure.unit)))


def period_in_words(start: date | None, end: date | None) -> str:
    """An interval of whole days, as short as it can be said.

    >>> period_in_words(date(2027, 1, 1), date(2027, 12, 31)), period_in_words(date(2026, 4, 1), date(2026, 6, 30))
    ('2027', '2026-04 to 2026-06')
    """
    if start is None or end is None:
        return f"by {end}" if end else f"from {start}" if start else ""
    if start == end:
        return str(start)
    if start.day == 1 and end.day == calendar.monthrange(end.year, end.month)[1]:
        whole_years = start.month == 1 and end.month == 12
        first, last = (f"{day.year}" if whole_years else f"{day:%Y-%m}" for day in (start, end))
        return first if first == last else f"{first} to {last}"
    return f"{start} to {end}"


def recurrence_in_words(rule: str | None) -> str:
    """A recurrence rule of RFC 5545 in words; a rule with parts that these words do not cover is given as it is.

    >>> recurrence_in_words("FREQ=MONTHLY;INTERVAL=3"), recurrence_in_words("FREQ=YEARLY;BYMONTH=10,11,12")
    ('every 3 months', 'every year in October, November, December')
    """
    if rule is None:
        return "again and again"
    parts = dict(part.partition("=")[::2] for part in rule.split(";"))
    unit = UNIT.get(parts.get("FREQ", ""))
    months = parts.get("BYMONTH", "")
    days = parts.get("BYMONTHDAY", "")
    known = parts.keys() <= {"FREQ", "INTERVAL", "BYMONTH", "BYMONTHDAY"}
    if unit is None or not known or not re.fullmatch(r"(?:(?:[1-9]|1[0-2])(?:,|$))*", months):
        return rule
    interval = parts.get("INTERVAL", "1")
    words = f"every {unit}" if interval == "1" else f"every {interval} {unit}s"
    names = ", ".join(calendar.month_name[int(month)] for month in months.split(",") if month)
    if days == "-1":
        return f"{words} on the last day" + (f" of {names}" if names else "")
    if days:
        return f"{words} on {days} {names}" if names else f"{words} on day {days}"
    return f"{words} in {names}" if names else words


RELATION = {"row_sum": "sum of the row", "column_sum": "sum of the column", "figure_in_words": "amount in words of"}


def check_in_words(check: BudgetCheck) -> str:
    """Which sum of a budget, what is printed and what is expected.

    >>> check_in_words(BudgetCheck(relation="row_sum", label="Tổng", ok=False, expected=2000, found=1000))
    'sum of the row Tổng: 1.000 đồng printed, 2.000 đồng expected'
    """
    where = f"{RELATION[check.relation]} {check.label}" + (f", {check.period}" if check.period else "")
    return f"{where}: {grouped(check.found)} đồng printed, {grouped(check.expected)} đồng expected"


def grouped(amount: int) -> str:
    """A whole number as Vietnamese texts print it.

    >>> grouped(35250000)
    '35.250.000'
    """
    return f"{amount:,}".replace(",", ".")


def _offset(offset: str | None) -> str:
    """`P15D` as "15 days"."""
    found = re.fullmatch(r"P(\d+)([DWMY])", offset or "")
    if not found:
        return offset or "some time"
    unit = {"D": "day", "W": "week", "M": "month", "Y": "year"}[found[2]]
    return f"{found[1]} {unit}" if found[1] == "1" else f"{found[1]} {unit}s"


def _figure(value: float) -> str:
    return grouped(int(value)) if value.is_integer() else str(value).replace(".", ",")


COMPARATOR = {"=": "", ">=": "≥", "<=": "≤", "~": "≈"}
UNIT = {"YEARLY": "year", "MONTHLY": "month", "WEEKLY": "week", "DAILY": "day", "HOURLY": "hour"}
