"""Dates as documents write them: "ngày 14/10/2015", "ngày 15 tháng 5 năm 2013", "ngày 21-02-2018".

It is shared notation, not an extractor: it says which day is written, not whether that day matters. A day that the
calendar does not have (`31/4/2020`) and a date with a blank (`ngày   tháng 5 năm 2026`) are no dates.
"""

from __future__ import annotations

import re
from datetime import date

DATE = (
    r"(?:(?P<day>\d{1,2})(?P<separator> ?[/.\-–] ?)(?P<month>\d{1,2})(?: ?[/.\-–] ?| (?:năm|NĂM) )(?P<year>\d{4})(?!\d)"
    r"|(?P<day_in_words>\d{1,2}) ?(?:tháng|Tháng|THÁNG) ?(?P<month_in_words>\d{1,2}) ?(?:năm|NĂM|,|/"
    r"|-) ?(?P<year_in_words>\d{4})(?!\d))"
)


def date_of(match: re.Match[str]) -> date | None:
    """The day that a match of a pattern with `DATE` in it names.

    >>> date_of(re.search("ngày " + DATE, "Quyết định ngày 05 tháng 3 năm 2020"))
    datetime.date(2020, 3, 5)
    """
    group = match.groupdict()
    day, month, year = (group.get(name) or group.get(f"{name}_in_words") for name in ("day", "month", "year"))
    if not (day and month and year):
        return None
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None
