"""Extended Date/Time Format (ISO 8601-2, level 1): "../2016-12-31", "2017", "2016-04-01/2016-06-30"."""

from __future__ import annotations

from calendar import monthrange
from datetime import date


def to_edtf(start: date | None, end: date | None) -> str | None:
    """The interval in EDTF, as coarse as it can be said; None without bounds.

    >>> to_edtf(date(2017, 1, 1), date(2017, 12, 31)), to_edtf(None, date(2016, 12, 31))
    ('2017', '../2016-12-31')
    """
    if start is None:
        return f"../{end}" if end else None
    if end is None:
        return f"{start}/.."
    if start == end:
        return str(start)
    if (start.month, start.day, end.month, end.day) == (1, 1, 12, 31):
        return f"{start.year:04}" if start.year == end.year else f"{start.year:04}/{end.year:04}"
    if start.day == 1 and (start.year, start.month) == (end.year, end.month) and end.day == _last_day(end):
        return f"{start:%Y-%m}"
    return f"{start}/{end}"


def _last_day(day: date) -> int:
    return monthrange(day.year, day.month)[1]
