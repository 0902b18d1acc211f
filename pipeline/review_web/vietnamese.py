"""Values of the contract in Vietnamese as an official reads them: "đến hết 31/12/2016", "15 ngày sau khi: …".

The English ones are in `pipeline.plain_words`.
"""

from __future__ import annotations

import calendar
import re
from datetime import date

from pipeline.plain_words import figure_and_unit, grouped
from pipeline.register.words import vietnamese_recurrence
from schemas import BudgetCheck, Deadline, Measure


def deadline_in_vietnamese(deadline: Deadline) -> str:
    """When, without the words of the text.

    >>> from schemas import Span
    >>> deadline_in_vietnamese(Deadline(span=Span(0, 1), surface="…", kind="by", end=date(2016, 12, 31)))
    'đến hết 31/12/2016'
    """
    period = period_in_vietnamese(deadline.start, deadline.end)
    match deadline.kind:
        case "by" | "during" | "from":
            return period or "không rõ ngày"
        case "recurring":
            return ", ".join(filter(None, (vietnamese_recurrence(deadline.recurrence), period)))
        case "relative":
            days = " làm việc" if deadline.working_days else ""
            due = f" (đến hết {vietnamese_day(deadline.due)})" if deadline.due else ""
            return f"{_offset(deadline.offset)}{days} sau: {deadline.anchor or 'không rõ mốc'}{due}"
        case "conditional":
            return f"khi: {deadline.anchor or 'không rõ mốc'}"
        case "ongoing":
            return "thường xuyên"


def period_in_vietnamese(start: date | None, end: date | None) -> str:
    """An interval of whole days, as short as it can be said.

    >>> period_in_vietnamese(date(2027, 4, 1), date(2027, 6, 30)), period_in_vietnamese(date(2026, 7, 1), None)
    ('trong quý II/2027', 'từ 01/7/2026')
    """
    if start is None or end is None:
        return f"đến hết {vietnamese_day(end)}" if end else f"từ {vietnamese_day(start)}" if start else ""
    if start == end:
        return f"ngày {vietnamese_day(start)}"
    if start.day == 1 and end.day == calendar.monthrange(end.year, end.month)[1]:
        return _whole_months(start, end)
    return f"từ {vietnamese_day(start)} đến hết {vietnamese_day(end)}"


def vietnamese_day(day: date) -> str:
    """As decrees write it: a zero before days below 10 and before January and February.

    >>> vietnamese_day(date(2026, 7, 5)), vietnamese_day(date(2026, 2, 5))
    ('05/7/2026', '05/02/2026')
    """
    month = f"{day.month:02}" if day.month < 3 else f"{day.month}"
    return f"{day.day:02}/{month}/{day.year}"


def measure_in_vietnamese(measure: Measure) -> str:
    """The figure, its unit and its period.

    >>> measure_in_vietnamese(Measure(value=40, value_max=50, unit="%", comparator="~", raw="…"))
    '≈ 40-50 %'
    """
    return ", ".join(filter(None, (figure_and_unit(measure), period_in_vietnamese(measure.start, measure.end))))


def check_in_vietnamese(check: BudgetCheck) -> str:
    """Which sum of a budget, what is printed and what is expected.

    >>> check_in_vietnamese(BudgetCheck(relation="row_sum", label="Tổng", ok=False, expected=2000, found=1000))
    'tổng của hàng Tổng: in 1.000 đồng, tính ra 2.000 đồng'
    """
    where = f"{RELATION[check.relation]} {check.label}" + (f", {check.period}" if check.period else "")
    return f"{where}: in {grouped(check.found)} đồng, tính ra {grouped(check.expected)} đồng"


def _whole_months(start: date, end: date) -> str:
    if start.month == 1 and end.month == 12:
        return f"trong năm {start.year}" if start.year == end.year else f"từ năm {start.year} đến hết năm {end.year}"
    if start.year == end.year:
        if start.month == end.month:
            return f"trong tháng {start.month}/{start.year}"
        if end.month - start.month == 2 and start.month % 3 == 1:
            return f"trong quý {QUARTER[end.month // 3 - 1]}/{start.year}"
    return f"từ tháng {start.month}/{start.year} đến hết tháng {end.month}/{end.year}"


def _offset(offset: str | None) -> str:
    found = re.fullmatch(r"P(\d+)([DWMY])", offset or "")
    return f"{found[1]} {UNIT[found[2]]}" if found else offset or "một thời gian"


RELATION = {"row_sum": "tổng của hàng", "column_sum": "tổng của cột", "figure_in_words": "số tiền bằng chữ của"}
UNIT = {"D": "ngày", "W": "tuần", "M": "tháng", "Y": "năm"}
QUARTER = ("I", "II", "III", "IV")
