"""Moments: days, months, quarters, half-years and years as the calendar sees them.

"ngày 01/01/2017", "tháng 11, 12/2013", "Quý II.2016", "6 tháng đầu năm 2018", "giai đoạn 2016-2020", "năm 2020". What
the text leaves out stays open: without a year a moment has no bounds, since "trước ngày 15/11" is no date before a year
or a recurrence is added to it.
"""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass, replace
from datetime import date

_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4}


@dataclass(frozen=True, slots=True)
class Moment:
    """A day of a month, one or more months, or one or more years; `year` is None where the text gives none.

    `unit` is the smallest part named: `day`, `month`, `quarter`, `half` or `year`. `years` are those that a list names
    one by one: "các năm 2026, 2030".
    """

    unit: str
    year: int | None = None
    last_year: int | None = None
    months: tuple[int, ...] = ()
    day: int | None = None
    last_day: int | None = None
    years: tuple[int, ...] = ()

    def in_year(self, year: int | None) -> Moment:
        """The same moment, with *year* where it has none of its own."""
        return self if self.year or not year else replace(self, year=year)

    def bounds(self) -> tuple[date, date] | None:
        """First and last day, or None when the year is missing."""
        if self.year is None:
            return None
        last_year = self.last_year or self.year
        if not self.months:
            return date(self.year, 1, 1), date(last_year, 12, 31)
        if self.day is not None:
            month = self.months[0]
            length = monthrange(self.year, month)[1]
            first_day, last_day = min(self.day, length), min(self.last_day or self.day, length)
            return date(self.year, month, first_day), date(self.year, month, last_day)
        month, last_month = min(self.months), max(self.months)
        return date(self.year, month, 1), date(last_year, last_month, monthrange(last_year, last_month)[1])

    def parts(self) -> tuple[Moment, ...]:
        """One moment for each run of consecutive months or years: "tháng 6 và tháng 12" are two, "tháng 11, 12" is one.

        "năm 2026 và năm 2030" are two years, while "năm 2026 và năm 2027" are one stretch.
        """
        if self.years:
            runs = _runs(self.years)
            spans = [(run[0], run[-1] if len(run) > 1 else None) for run in runs]
            return tuple(replace(self, year=first, last_year=last, years=()) for first, last in spans)
        runs = _runs(self.months)
        return tuple(replace(self, months=tuple(run)) for run in runs) if len(runs) > 1 else (self,)


def _runs(numbers: tuple[int, ...]) -> list[list[int]]:
    runs: list[list[int]] = []
    for number in sorted(set(numbers)):
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return runs


def read_moment(text: str) -> Moment | None:
    """The moment that *text* spells out, without preposition; None when it is none, such as the 31st of April.

    >>> read_moment("Quý II/2016").bounds()
    (datetime.date(2016, 4, 1), datetime.date(2016, 6, 30))
    """
    for unit, pattern in _COMPILED:
        if match := pattern.fullmatch(text):
            moment = _READERS[unit](match.groupdict())
            return moment if _exists(moment) else None
    return None


def _exists(moment: Moment) -> bool:
    if any(not 1 <= month <= 12 for month in moment.months):
        return False
    if moment.day is not None:
        return (
            1 <= moment.day <= (moment.last_day or moment.day) <= monthrange(moment.year or 2024, moment.months[0])[1]
        )
    if list(moment.years) != sorted(moment.years):
        return False
    return moment.last_year is None or moment.year is None or moment.year <= moment.last_year


def _year(found: dict[str, str | None]) -> int | None:
    return int(year) if (year := found.get("year")) else None


def _day(found: dict[str, str | None]) -> Moment:
    last_day = found.get("last")
    return Moment(
        "day",
        _year(found),
        months=(int(found["month"] or 0),),
        day=int(found["day"] or 0),
        last_day=int(last_day) if last_day else None,
    )


def _months(found: dict[str, str | None]) -> Moment:
    months = _numbers(found["months"] or "", r"\d{1,2}", int)
    return Moment("month", _year(found), months=months)


def _month_span(found: dict[str, str | None]) -> Moment:
    """`3-4/2026`; `12-1/2026` is no span of one year."""
    first, last = (int(found[name] or 0) for name in ("first", "last"))
    return Moment("month", _year(found), months=tuple(range(first, last + 1)) if first < last else (0,))


def _quarters(found: dict[str, str | None]) -> Moment:
    quarters = _numbers(found["quarters"] or "", r"(?i)\b(?:iv|i{1,3}|[1-4])\b", _quarter_number)
    months = tuple(month for quarter in quarters for month in range(3 * quarter - 2, 3 * quarter + 1))
    return Moment("quarter", _year(found), months=months)


def _quarter_number(text: str) -> int:
    return _ROMAN.get(text.lower()) or int(text)


def _numbers(text: str, pattern: str, read: type[int] | object) -> tuple[int, ...]:
    """The numbers of a list; a dash between two of them stands for all in between."""
    numbers: list[int] = []
    position = 0
    for match in re.finditer(pattern, text):
        number = read(match[0])  # type: ignore[operator]
        if numbers and re.search(r"[-–—]|đến|tới", text[position : match.start()]):
            numbers.extend(range(numbers[-1] + 1, number))
        numbers.append(number)
        position = match.end()
    return tuple(numbers)


def _half(found: dict[str, str | None]) -> Moment:
    count = {"sáu": 6, "ba": 3, "chín": 9}.get((found["count"] or "").lower()) or int(found["count"] or 6)
    first_half = (found["half"] or "").lower() == "đầu"
    return Moment("half", _year(found), months=tuple(range(1, count + 1) if first_half else range(13 - count, 13)))


def _years(found: dict[str, str | None]) -> Moment:
    last = found["last"]
    return Moment("year", _year(found), last_year=int(last) if last else None)


def _listed_years(found: dict[str, str | None]) -> Moment:
    years = _numbers(found["years"] or "", Y, int)
    return Moment("year", years[0], last_year=years[-1], years=years)


def _one_year(found: dict[str, str | None]) -> Moment:
    return Moment("year", _year(found))


Y = r"(?:19|20)[0-9][0-9]"
D = r"(?:3[01]|[12][0-9]|0?[1-9])"
M = r"(?:1[0-2]|0?[1-9])"
Q = r"(?:iv|i{1,3}|[1-4])"
_OF_YEAR = rf"(?: ?[/.\-–] ?|,? (?:của )?năm )(?P<year>{Y})\b"

# The order matters: the longest reading of a place comes first. All must be readable by RE2.
MOMENT_PATTERNS: tuple[tuple[str, str], ...] = (
    (
        "days",
        rf"(?:các )?ngày (?P<day>{D})(?: ?[-–] ?| (?:đến|tới)(?: hết)? )(?:ngày )?(?P<last>{D})"
        rf"(?:/| tháng )(?P<month>{M})(?:{_OF_YEAR})?",
    ),
    ("month-span", rf"(?P<first>{M}) ?[-–] ?(?P<last>{M}) ?/ ?(?P<year>{Y})\b"),
    ("day-span", rf"(?P<day>{D}) ?[-–] ?(?P<last>{D}) ?/ ?(?P<month>{M}) ?/ ?(?P<year>{Y})\b"),
    ("date", rf"(?:ngày )?(?P<day>{D})(?: ?[/.\-] ?| tháng )(?P<month>{M}){_OF_YEAR}"),
    ("day", rf"(?:ngày )?(?P<day>{D}) tháng (?P<month>{M})\b"),
    ("numeric-day", rf"ngày (?P<day>{D}) ?[/\-] ?(?P<month>{M})\b"),
    (
        "months",
        rf"(?:các )?tháng (?P<months>{M}(?:(?:, ?| và | ?[-–] ?)(?:tháng )?{M}\b)*)(?:{_OF_YEAR})",
    ),
    ("bare-months", rf"(?:các )?tháng (?P<months>{M}(?:(?:, ?| và | ?[-–] ?)(?:tháng )?{M}\b)*)\b"),
    (
        "quarters",
        rf"(?:các )?qu[ýí] (?P<quarters>{Q}(?:(?:, ?| và | ?[-–+] ?)(?:qu[ýí] )?{Q}\b)*)"
        rf"(?: ?[/.\-–] ?|,? (?:của )?năm | )(?P<year>{Y})\b",
    ),
    ("bare-quarters", rf"(?:các )?qu[ýí] (?P<quarters>{Q}(?:(?:, ?| và | ?[-–+] ?)(?:qu[ýí] )?{Q}\b)*)\b"),
    (
        "half",
        rf"(?P<count>0?[369]|ba|sáu|chín) tháng (?P<half>đầu|cuối) năm(?: (?P<year>{Y})\b)?",
    ),
    (
        "years",
        r"(?:(?:các |những )?(?:giai đoạn(?: triển khai| thực hiện)*|thời kỳ"
        r"|(?:(?:0?[2-9]|hai|ba|bốn) )?năm(?: học)?) )"
        rf"(?:năm |từ năm |từ )?(?P<year>{Y})(?: ?[-–—] ?| (?:đến|tới) )(?:năm )?(?P<last>{Y})\b",
    ),
    (
        "listed-years",
        r"(?:(?:các |những )?(?:giai đoạn|thời kỳ|(?:(?:0?[2-9]|hai|ba|bốn) )?năm(?: học)?) )"
        rf"(?P<years>{Y}(?:(?:, ?| và | ?[-–—] ?)(?:năm )?{Y})+)\b",
    ),
    ("phase", rf"giai đoạn (?:iv|i{{1,3}}|[1-4]) ?\((?:từ )?(?:năm )?(?P<year>{Y}) ?[-–—] ?(?:năm )?(?P<last>{Y})\)"),
    ("year", rf"(?:các )?năm (?P<year>{Y})\b"),
    ("end-of-year", "(?:hết|cuối) năm"),
)

# What a column or a bracket may also hold, since its place already says that it is a time.
BARE_PATTERNS: tuple[tuple[str, str], ...] = (
    ("short-month", rf"t ?(?P<months>{M}) ?[/.\-] ?(?P<year>{Y})\b"),
    ("bare-years", rf"(?P<year>{Y}) ?[-–—] ?(?:năm )?(?P<last>{Y})\b"),
    ("month-of-year", rf"(?P<months>{M}) ?[/\-] ?(?P<year>{Y})\b"),
    ("bare-day-span", rf"(?P<day>{D}) ?[-–] ?(?P<last>{D}) ?/ ?(?P<month>{M})\b"),
    ("bare-day", rf"(?P<day>{D}) ?/ ?(?P<month>{M})\b"),
    ("whole-year", "(?:trong|cả) năm(?: nay)?"),
    ("bare-year", rf"(?P<year>{Y})\b"),
)

_READERS = {
    "days": _day,
    "day-span": _day,
    "bare-day-span": _day,
    "date": _day,
    "day": _day,
    "numeric-day": _day,
    "bare-day": _day,
    "months": _months,
    "month-span": _month_span,
    "bare-months": _months,
    "month-of-year": _months,
    "short-month": _months,
    "quarters": _quarters,
    "bare-quarters": _quarters,
    "half": _half,
    "years": _years,
    "listed-years": _listed_years,
    "phase": _years,
    "bare-years": _years,
    "year": _one_year,
    "end-of-year": _one_year,
    "whole-year": _one_year,
    "bare-year": _one_year,
}
_COMPILED = tuple((name, re.compile(pattern, re.IGNORECASE)) for name, pattern in MOMENT_PATTERNS + BARE_PATTERNS)
