"""The road from a text to its deadlines: pieces, phrases, context, records."""

from __future__ import annotations

import calendar
import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta

import re2

from extractors.deadlines.compose import Phrase
from extractors.deadlines.context import is_deadline, stands_in_cell
from extractors.deadlines.edtf import to_edtf
from extractors.deadlines.moments import read_moment
from extractors.deadlines.pieces import Piece, find_cell_pieces, find_pieces
from extractors.deadlines.settle import settle
from schemas.deadline import Deadline
from schemas.record import Span


def find_deadlines(text: str, *, issued: date | None = None, plan_year: int | None = None) -> list[Deadline]:
    """Every deadline of running text, in reading order.

    *issued* is the document's own date: what ends before it is past, and "kể từ ngày ký" counts from it. *plan_year*
    is the year of a one-year plan; without it an interval that leaves its year out has no bounds.

    >>> [str(deadline) for deadline in find_deadlines("Hoàn thành trước ngày 01/01/2017; hằng năm sơ kết.")]
    ['by ../2016-12-31', 'recurring FREQ=YEARLY']
    """
    attributes = list(_attributes(text))
    deadlines: list[Deadline] = []
    for pieces in _lines(text, find_pieces(text)):
        if not _within(attributes, pieces[0].start):
            phrases = settle(text, pieces, plan_year, keep=lambda phrase: is_deadline(text, phrase, issued=issued))
            deadlines += [_record(text, phrase, issued) for phrase in phrases]
    for start, end in attributes:
        label = text[text.rfind("\n", 0, start) + 1 : start]
        read = read_deadline_cell(text[start:end], issued=issued, plan_year=plan_year, due=says_until_when(label))
        deadlines += _shifted(read, start)
    return sorted(deadlines, key=lambda deadline: deadline.span.start) if attributes else deadlines


def read_deadline_cell(
    text: str, *, issued: date | None = None, plan_year: int | None = None, due: bool = False
) -> list[Deadline]:
    """The deadlines of a time column's cell or of an attribute line after its colon, where a bare year counts too.

    Where the column says until when (`Thời hạn hoàn thành`), a bare day is the last one: *due*.

    >>> [str(deadline) for deadline in read_deadline_cell("Quý IV/2025- Quý II/2026")]
    ['during 2025-10-01/2026-06-30']
    >>> [str(deadline) for deadline in read_deadline_cell("30/6/2026", due=True)]
    ['by ../2026-06-30']
    """
    if _BY_OTHER_PLAN.match(text):
        return []
    phrases: list[Phrase] = []
    for pieces in _lines(text, find_cell_pieces(text)):
        phrases += settle(text, pieces, plan_year, keep=lambda phrase: stands_in_cell(text, phrase))
    timed = [phrase for phrase in phrases if phrase.rule != "duration"]
    return [_record(text, _due(phrase) if due else phrase, issued) for phrase in timed or phrases]


def says_until_when(label: str) -> bool:
    """Whether the head of a column or the label of a line asks for the last day, not for the time of an event.

    >>> says_until_when("Thời hạn hoàn thành"), says_until_when("Thời gian thực hiện")
    (True, False)
    """
    return _UNTIL_WHEN.search(label) is not None


def _due(phrase: Phrase) -> Phrase:
    """A day of a column of due dates is the last day of its work."""
    if phrase.kind != "during" or phrase.first is None or phrase.first != phrase.last:
        return phrase
    return replace(phrase, kind="by", first=None, rule="due-day")


def read_year_bracket(text: str) -> list[Deadline]:
    """The deadlines in brackets at an activity: "Xây dựng cơ sở dữ liệu (2013-2015)".

    A bracket counts only when times are all that it holds, and not behind the name of a day or of a term of office:
    "Ngày Môi trường thế giới (05/6)", "kế hoạch 5 năm (2006-2010)".

    >>> [(deadline.surface, str(deadline)) for deadline in read_year_bracket("Mở rộng hệ thống (2013-2015)")]
    [('2013-2015', 'during 2013-01-01/2015-12-31')]
    """
    found: list[Deadline] = []
    for bracket in _BRACKET.finditer(text):
        start, inside = bracket.start(1), bracket[1]
        if _NAMED_TIME.search(text, max(0, start - _NAME_REACH), start):
            continue
        deadlines = read_deadline_cell(inside)
        left_over = _without(inside, deadlines)
        if deadlines and len(left_over.split()) <= _FEW and not _OTHER_MATTER.search(left_over):
            found += _shifted(deadlines, start)
    return found


def _attributes(text: str) -> Iterator[tuple[int, int]]:
    """What stands behind the colon of lines such as "Thời gian thực hiện: Tháng 12/2025."."""
    for match in _ATTRIBUTE.finditer(text):
        start = match.end()
        end = text.find("\n", start)
        end = len(text) if end < 0 else end
        if end - start <= _LONGEST_CELL and "|" not in text[start:end]:
            yield start, end


def _within(spans: Sequence[tuple[int, int]], position: int) -> bool:
    at = bisect_right(spans, position, key=lambda span: span[0]) - 1
    return at >= 0 and position < spans[at][1]


# --- lines -------------------------------------------------------------------------------------------------------


def _lines(text: str, pieces: Iterable[Piece]) -> Iterator[list[Piece]]:
    """The pieces of each line that has any."""
    line: list[Piece] = []
    end = -1
    for piece in pieces:
        if piece.start >= end:
            if line:
                yield line
            line = []
            end = text.find("\n", piece.start)
            end = len(text) if end < 0 else end
        line.append(piece)
    if line:
        yield line


# --- records --------------------------------------------------------------------------------------------------------


def _record(text: str, phrase: Phrase, issued: date | None) -> Deadline:
    anchor = text[slice(*phrase.anchor)] if phrase.anchor else None
    due = phrase.last
    if anchor and phrase.offset and not phrase.working_days:
        counted_from = _anchor_day(anchor, issued)
        due = _after(counted_from, phrase.offset) if counted_from else None
    interval = phrase.kind in {"by", "during", "from"}
    return Deadline(
        span=Span(phrase.start, phrase.end),
        surface=text[phrase.start : phrase.end],
        kind=phrase.kind,
        start=phrase.first,
        end=phrase.last,
        recurrence=phrase.recurrence,
        offset=phrase.offset,
        working_days=phrase.working_days,
        anchor=anchor,
        edtf=to_edtf(phrase.first, phrase.last) if interval else None,
        due=due,
        rule=phrase.rule,
    )


def _shifted(deadlines: Iterable[Deadline], by: int) -> list[Deadline]:
    return [
        deadline.model_copy(update={"span": Span(deadline.span.start + by, deadline.span.end + by)})
        for deadline in deadlines
    ]


def _anchor_day(anchor: str, issued: date | None) -> date | None:
    """The day that a relative deadline counts from, where the document dates it: "ký", "01/7/2026"."""
    if _SIGNING.match(anchor):
        return issued
    moment = read_moment(anchor)
    bounds = moment.bounds() if moment and moment.day else None
    return bounds[0] if bounds else None


def _after(day: date, offset: str) -> date | None:
    """*day* plus an ISO 8601 duration of one unit; None for hours and for what the calendar does not hold."""
    match = re.fullmatch(r"P(\d+)([DWMY])", offset)
    if not match:
        return None
    count, unit = int(match[1]), match[2]
    try:
        if unit in "DW":
            return day + timedelta(days=count * (7 if unit == "W" else 1))
        year, month = divmod(day.year * 12 + day.month - 1 + count * (12 if unit == "Y" else 1), 12)
        return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))
    except (OverflowError, ValueError):
        return None


def _without(text: str, deadlines: Iterable[Deadline]) -> str:
    kept, position = [], 0
    for deadline in deadlines:
        kept.append(text[position : deadline.span.start])
        position = max(position, deadline.span.end)
    return "".join(kept) + text[position:]


_ATTRIBUTE = re2.compile(
    r"(?im)^[ *+–\-•]*(?:(?:[0-9]{1,2}|[a-zđ])[.)] ?)?(?:thời (?:gian|hạn|điểm)|tiến độ|lộ trình)"
    r"(?: (?:dự kiến|thực hiện|hoàn thành|triển khai|tổ chức|báo cáo|trình|ban hành))*: "
)
_LONGEST_CELL = 160
_UNTIL_WHEN = re.compile(r"thời hạn|hoàn thành|\bhạn\b", re.IGNORECASE)
_BY_OTHER_PLAN = re.compile(r"\W*theo (?:kế hoạch|chương trình|tiến độ|lộ trình|quy định|hướng dẫn)", re.IGNORECASE)
_BRACKET = re.compile(r"\(([^()\n]{4,120})\)")
_NAMED_TIME = re.compile(
    r"(?:\b(?:[Kk]ỷ niệm|[Nn]hiệm kỳ|[Đđ]ại hội|[Nn]gày (?:hội|lễ|thành lập|truyền thống)|Ngày [^\W\d_a-zà-ỹđ])"
    r"[^.;()\n]{0,80}|\b(?:[5-9]|10|năm) năm) ?\($"
)
_NAME_REACH = 120
_OTHER_MATTER = re.compile(
    r"[0-9]|nhiệm kỳ|khóa|kế hoạch|chương trình|đề án|quyết định|nghị quyết|nếu có", re.IGNORECASE
)
_FEW = 5
_SIGNING = re.compile(r"(?:ký|ban hành)\b(?! (?:hợp đồng|kết|hồ))", re.IGNORECASE)
