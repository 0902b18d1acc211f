"""Recurrences as RFC 5545 rules: "hàng quý" is FREQ=MONTHLY;INTERVAL=3, "thứ Sáu hằng tuần" FREQ=WEEKLY;BYDAY=FR."""

from __future__ import annotations

import re
from collections.abc import Mapping

from extractors.deadlines.numerals import read_number


def read_recurrence(found: Mapping[str, str | None]) -> str | None:
    """The RRULE of the groups `unit`, `count` (6 tháng), `times` (2 lần/năm), `weekday`, `day` and `quarterly`.

    None when no interval is said ("định kỳ") or none can be computed ("5 lần/năm").

    >>> read_recurrence({"unit": "tháng", "count": "6"}), read_recurrence({"unit": "năm", "times": "hai"})
    ('FREQ=MONTHLY;INTERVAL=6', 'FREQ=MONTHLY;INTERVAL=6')
    """
    if day := found.get("day"):
        months = "FREQ=YEARLY;BYMONTH=3,6,9,12" if found.get("quarterly") else "FREQ=MONTHLY"
        return f"{months};BYMONTHDAY={int(day)}"
    if weekday := found.get("weekday"):
        days = [_WEEKDAYS[day] for day in _WEEKDAY.findall(weekday.lower())]
        return f"FREQ=WEEKLY;BYDAY={','.join(days)}"
    unit = (found.get("unit") or "").lower().replace("quí", "quý").removeprefix("cả ").removeprefix("cuối ")
    times = read_number(found.get("times") or "1")
    if not unit or times != 1:
        return _SEVERAL_TIMES.get((unit, times))
    frequency, months_each = _FREQUENCIES[unit]
    interval = read_number(found.get("count") or "1") * months_each
    if frequency == "MONTHLY" and interval and interval % 12 == 0:
        frequency, interval = "YEARLY", interval // 12
    return f"FREQ={frequency}" + (f";INTERVAL={interval}" if interval > 1 else "")


_WEEKDAY = re.compile(r"thứ (?:hai|ba|tư|năm|sáu|bảy|[2-7])|chủ nhật")
_FREQUENCIES = {
    "ngày": ("DAILY", 1), "tuần": ("WEEKLY", 1), "tháng": ("MONTHLY", 1), "quý": ("MONTHLY", 3), "năm": ("YEARLY", 1),
}  # fmt: skip
_SEVERAL_TIMES = {
    ("ngày", 2): "FREQ=DAILY",  # no calendar has a finer one
    ("ngày", 3): "FREQ=DAILY",
    ("năm", 2): "FREQ=MONTHLY;INTERVAL=6",
    ("năm", 3): "FREQ=MONTHLY;INTERVAL=4",
    ("năm", 4): "FREQ=MONTHLY;INTERVAL=3",
    ("năm", 6): "FREQ=MONTHLY;INTERVAL=2",
    ("năm", 12): "FREQ=MONTHLY",
    ("quý", 3): "FREQ=MONTHLY",
    ("tháng", 2): "FREQ=WEEKLY;INTERVAL=2",
    ("tháng", 4): "FREQ=WEEKLY",
}
_WEEKDAYS = {
    "thứ hai": "MO", "thứ 2": "MO", "thứ ba": "TU", "thứ 3": "TU", "thứ tư": "WE", "thứ 4": "WE", "thứ năm": "TH",
    "thứ 5": "TH", "thứ sáu": "FR", "thứ 6": "FR", "thứ bảy": "SA", "thứ 7": "SA", "chủ nhật": "SU",
}  # fmt: skip
