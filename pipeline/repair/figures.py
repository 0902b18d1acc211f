"""Restore figures in which a scan put letters or marks for digits: "5l triệu đồng" → "51", "tháng I1 năm 2019" → "11".

A figure is known by what stands beside it, a unit, a percent sign or the words of a date, and by a digit of its own;
letters alone stay, since `tháng II` is a Roman month. A day or month that the calendar does not hold was spoiled
otherwise and stays (`ngày 4S tháng 6`), as do `quy trình 5S` and `10l xăng`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import re2

from pipeline.lookout import lookout
from schemas.record import Span


def find_figures(text: str) -> list[tuple[Span, str]]:
    """The spoiled figures of *text*, in order, each with what belongs there.

    >>> find_figures("thu nhập 5l triệu đồng, đạt 1O%; ngày 22 tháng l1 năm 2019")
    [(Span(start=9, end=11), '51'), (Span(start=28, end=30), '10'), (Span(start=47, end=49), '11')]
    """
    if _ANY.search(text) is None:
        return []
    found = dict(_measured(text)) | dict(_dated(text)) | dict(_torn(text))
    return sorted(found.items())


def _measured(text: str) -> Iterator[tuple[Span, str]]:
    """Figures before a unit: `5l triệu`, `tối đa 1Š tỷ`, `6, Ï tỷ`, `S4%`."""
    for match in _MEASURED.finditer(text):
        after = _as_digits(match[1].replace(", ", ","))
        if after != match[1] and _NUMERAL.fullmatch(after) and _has_digit(match[1]) and _counts(text, match):
            yield Span(*match.span(1)), after


def _counts(text: str, match: re.Match[str]) -> bool:
    """Whether what may be a figure stands alone, before a unit that is whole: not `3, I tỷ lệ`, `S4 xã`."""
    start, unit = match.start(1), match[2]
    if _is_inside(text, start) or _OF_DATE.search(text, max(0, start - _LONGEST_WORD), start):
        return False
    if unit == "%":
        return True
    whole = not text[match.end() : match.end() + 1].isalpha() and not _RATE.match(text, match.start(2))
    return whole and match[1][0] not in _LIKE_FIVE + _LIKE_TWO


def _dated(text: str) -> Iterator[tuple[Span, str]]:
    """Days, months and years beside the words of a date: `ngày 0] tháng 01`, `tháng 0 6 năm 2019`, `3l/12/2025`."""
    for pattern, most in ((_DAY, 31), (_MONTH, 12), (_MONTH_OF_DAY, 12)):
        for match in pattern.finditer(text):
            after = _as_digits(match[1].replace(" ", ""))
            if after != match[1] and after.isdigit() and _has_digit(match[1]) and 1 <= int(after) <= most:
                yield Span(*match.span(1)), after
    for match in _YEAR.finditer(text):
        after = _as_digits(match[1])
        if after != match[1] and not text[match.end() : match.end() + 1].isalnum():
            yield Span(*match.span(1)), after


def _torn(text: str) -> Iterator[tuple[Span, str]]:
    """A hundred and some in the hundred that was torn from the rest: `đạt 1 12%`."""
    for match in _TORN.finditer(text):
        yield Span(*match.span(1)), match[1].replace(" ", "")


def _is_inside(text: str, start: int) -> bool:
    """Whether what starts at *start* is the end of something longer: `COVID-1O%`, `12/3l`."""
    before = text[start - 1 : start] if start else ""
    return before.isalnum() or before in {"/", "-", ".", ",", "_"}


def _has_digit(word: str) -> bool:
    return any(letter.isdigit() for letter in word)


def _as_digits(word: str) -> str:
    return word.translate(_DIGITS)


_LIKE_ONE, _LIKE_ZERO, _LIKE_FIVE, _LIKE_TWO = "lIÏïíÍìÌ", "OoÔØ", "SŠš", "Z"
_LIKE = _LIKE_ONE + _LIKE_ZERO + _LIKE_FIVE + _LIKE_TWO
_DIGITS = str.maketrans(
    dict.fromkeys(_LIKE_ONE + "L]!|", "1")
    | dict.fromkeys(_LIKE_ZERO, "0")
    | dict.fromkeys(_LIKE_FIVE, "5")
    | dict.fromkeys(_LIKE_TWO, "2")
)
_NUMERAL = re.compile(r"(?:[0-9]{1,3}(?:\.[0-9]{3})+|[0-9]{1,4})(?:,[0-9]{1,3})?")
# What follows a figure and no letter: units that leave no doubt that a number stands before them.
_UNITS = (
    "triệu|tỷ|tỉ|nghìn|ngàn|đồng|USD|ha|km|km2|m2|tấn|tạ|kg|MW|người|hộ|xã|phường|thôn|chỉ tiêu|tiêu chí|nhiệm vụ|cụm"
    "|mô hình|lớp|công trình|dự án|lao động|học sinh|giường|bác sĩ|bác sỹ|căn hộ|doanh nghiệp|hợp tác xã|đơn vị|trường"
    "|trạm|cơ sở|lượt|ngày|tháng|năm|tuổi"
)
_MEASURED = re2.compile(
    rf"((?:[0-9][0-9.,]*[{_LIKE}]|[lIÍSŠ][0-9]|[lI][0Oo]{{2}}|[0-9]+, [ÏïlIŠ])[0-9.,{_LIKE}]*) ?(%|(?:{_UNITS}))"
)
_RATE = re.compile(r"t[ỷỉ] (?:lệ|trọng|suất|số)")
_LONGEST_WORD = 6
_OF_DATE = re.compile(r"(?i:ngày|tháng) $")
# Of two or three signs, at least one of which is no digit.
_SPOILED = rf"[0-9{_LIKE}]?[{_LIKE}L\]!][0-9]?|[0-9][{_LIKE}\]!]"
_DAY = re2.compile(rf"(?i:ngày):? ?({_SPOILED}|[0-3] [0-9])(?: tháng |/[0-9{_LIKE}]{{1,2}}/(?:19|20)[0-9]{{2}})")
_MONTH = re2.compile(rf"(?i:tháng) ({_SPOILED}|[01] [0-9]) năm (?:[12]|\|)")
_MONTH_OF_DAY = re2.compile(rf"(?i:ngày) [0-9{_LIKE}]{{1,2}}/({_SPOILED})/(?:19|20)[0-9]{{2}}")
_YEAR = re2.compile(r"(?:[Nn]ăm|/[0-9]{1,2}/) ?(2[Oo][0-9lIOo]{2}|(?:19|20)[lIOo][0-9lIOo]|(?:19|20)[0-9][lIOo])")
_TORN = re2.compile(r"(?:đạt|bằng|tăng|lên|là) (1 [0-4][0-9])(?:,[0-9]{1,2})? ?%")
_ANY = lookout(_MEASURED, _DAY, _MONTH, _MONTH_OF_DAY, _YEAR, _TORN)
