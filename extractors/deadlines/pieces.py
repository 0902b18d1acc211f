"""Pieces: the single time expressions of a text, each with the prepositions before it.

"chậm nhất là ngày 30/9/2020" is one piece, "từ năm 2013 đến năm 2015" two, "hằng năm" one. One RE2 pass over the whole
text finds their places; only what it finds is read more closely.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal

from extractors.deadlines.events import find_event, opens_clause
from extractors.deadlines.moments import BARE_PATTERNS, Moment, read_moment
from extractors.deadlines.numerals import read_number
from extractors.deadlines.recurrences import read_recurrence
from extractors.deadlines.rules import (
    ANOTHER_DAY,
    ANOTHER_PERIOD,
    ANOTHER_RECURRENCE,
    CELL_RULES,
    LEAD_WORDS,
    PERIOD_BEHIND_ACT,
    RULES,
    places_in_cell,
    places_in_text,
)
from extractors.whole_text import find_spans

PieceKind = Literal["moment", "recurring", "ongoing", "relative", "conditional"]


@dataclass(frozen=True, slots=True)
class Piece:
    """One expression at `[start, end)`; `lead` is its prepositions in lower case, `core` where it begins after them.

    `recurrence` is an RRULE, or None where no interval is said; `periodic` says that "định kỳ" stands in it.
    """

    kind: PieceKind
    start: int
    end: int
    core: int
    rule: str
    lead: str = ""
    moment: Moment | None = None
    recurrence: str | None = None
    offset: str | None = None
    working_days: bool = False
    periodic: bool = False


def find_pieces(text: str) -> Iterator[Piece]:
    """The pieces of running text, in order."""
    return _pieces(text, places_in_text(), bare=False)


def find_cell_pieces(text: str) -> Iterator[Piece]:
    """The pieces of a time column's cell, where a bare `2013` or `6 tháng` counts too."""
    return _pieces(text, places_in_cell(), bare=True)


def _pieces(text: str, places: Any, *, bare: bool) -> Iterator[Piece]:
    position = 0
    for start, end in find_spans(places, text):
        while start < end and _inside_word(text, start, end):
            start = text.find(" ", start, end) + 1 or end
        if start < position or start == end:
            continue
        if (day := _day_of_report(text, start, end)) is not None:
            start, end = next(_places_from(text, day, places), (end, end))
        for piece in _read(text, start, end, bare=bare):
            yield piece
            position = piece.end


def _day_of_report(text: str, start: int, end: int) -> int | None:
    """Where the time begins behind the name of a report: `báo cáo 6 tháng trước ngày 08/6` counts no months."""
    if not text.endswith(_BEFORE_DAY, start, end) or not _REPORTS.search(text, max(0, start - _LONGEST_REPORT), start):
        return None
    return end - len(_BEFORE_DAY) + 1


def _places_from(text: str, start: int, places: Any) -> Iterator[tuple[int, int]]:
    """The place that begins at *start*, if one does."""
    for first, last in find_spans(places, text[start : start + _LONGEST_DAY]):
        if not first:
            yield start, start + last
        return


def _inside_word(text: str, start: int, end: int) -> bool:
    """True when a letter or digit touches the place on either side, or a number goes on before it: `12/01/2017`."""
    before, first, last, after = text[start - 1 : start], text[start], text[end - 1], text[end : end + 1]
    if before.isalnum() or (last.isalnum() and after.isalnum()):
        return True
    return before in {"/", "."} and first.isdigit() and text[start - 2 : start - 1].isdigit()


def _read(text: str, start: int, end: int, *, bare: bool) -> Iterator[Piece]:
    for name, kind, pattern in _COMPILED:
        if match := pattern.fullmatch(text, start, end):
            yield from _READERS[kind](text, match, name)
            return
    yield from _moments(text, start, end, bare=bare)


def _moments(text: str, start: int, end: int, *, bare: bool) -> Iterator[Piece]:
    """The moment at the place, without the words that lead to it, and days that follow it in a list."""
    if (closing := _CLOSING.match(text, start, end)) and (closing["own"] or not opens_clause(text, start)):
        start = closing.end("closes")
    core = start
    while not (moment := read_moment(text[core:end])):
        word = _LEAD_WORD.match(text, core, end)
        if not word:
            return
        core = word.end()
    if core == start and not bare and _BARE.fullmatch(text, start, end):
        return
    yield Piece("moment", start, end, core, "moment", lead=text[start:core].lower(), moment=moment)
    while moment and moment.unit == "day" and (more := ANOTHER_DAY.match(text, end)):
        start, end = more.span("one")
        moment = read_moment(more["one"])
        if moment:
            yield Piece("moment", start, end, start, "moment", moment=moment)


def _recurring(text: str, match: re.Match[str], rule: str) -> Iterator[Piece]:
    start, end = match.span()
    periodic = "định kỳ" in match[0].lower()
    if rule == "periodic" and (behind := PERIOD_BEHIND_ACT.match(text, end)):
        match, rule, end = behind, "periodic-count", behind.end()
    yield Piece("recurring", start, end, start, rule, recurrence=read_recurrence(match.groupdict()), periodic=periodic)
    while more := (ANOTHER_RECURRENCE.match(text, end) or (periodic and ANOTHER_PERIOD.match(text, end))):
        start, end = more.span("one")
        recurrence = read_recurrence(more.groupdict())
        yield Piece("recurring", start, end, start, "recurrence-list", recurrence=recurrence, periodic=periodic)


def _ongoing(text: str, match: re.Match[str], rule: str) -> Iterator[Piece]:
    yield Piece("ongoing", match.start(), match.end(), match.start(), rule)


def _relative(text: str, match: re.Match[str], rule: str) -> Iterator[Piece]:
    found = match.groupdict()
    offset = "P0D"
    if unit := (found.get("unit") or "").lower():
        sign = "-" if "trước" in (found.get("link") or "").lower() else ""
        count = found["count"] or "0"
        offset = f"{sign}P{_DURATIONS[unit].format(count.replace(',', '.') if ',' in count else read_number(count))}"
    working_days = found.get("working") is not None
    yield Piece("relative", match.start(), match.end(), match.start(), rule, offset=offset, working_days=working_days)


def _conditional(text: str, match: re.Match[str], rule: str) -> Iterator[Piece]:
    start, core = match.start(), match.start() + match[0].lower().rindex("khi ") + len("khi ")
    if text[max(0, start - len(_BEFORE)) : start].lower() == _BEFORE:
        return  # `trước khi có …`: nobody waits for that, and other times may stand in it
    if event := find_event(text, core, after=text[start:core].lower()):
        yield Piece("conditional", start, event.end, core, event.rule)


_READERS = {"recurring": _recurring, "ongoing": _ongoing, "relative": _relative, "conditional": _conditional}
_DURATIONS = {"ngày": "{}D", "tuần": "{}W", "tháng": "{}M", "năm": "{}Y", "giờ": "T{}H"}
_COMPILED = tuple((rule.name, rule.kind, re.compile(rule.pattern, re.IGNORECASE)) for rule in RULES + CELL_RULES)
_BEFORE = "trước "
_BEFORE_DAY = " trước ngày"
_REPORTS = re.compile(r"\b(?:báo cáo|sơ kết|tổng kết|số liệu) $", re.IGNORECASE)
_LONGEST_REPORT = 12
_LONGEST_DAY = 40
_LEAD_WORD = re.compile(rf"{LEAD_WORDS},? ", re.IGNORECASE)
# `Kết thúc năm 2027, các xã tổng kết` is until then; `Hội thi kết thúc trong tháng 6` is within it.
_CLOSING = re.compile("(?P<closes>kết thúc )(?P<own>trong |vào |trước |năm học )?", re.IGNORECASE)
_BARE = re.compile("|".join(re.sub(r"[?]P<\w+>", "?:", pattern) for _, pattern in BARE_PATTERNS))
