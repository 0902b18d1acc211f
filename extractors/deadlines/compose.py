"""Phrases: what neighbouring pieces say together.

"từ năm 2013 đến năm 2015" is one interval, "ngày 30/6 và ngày 31/12 hằng năm" two yearly days, "hằng năm (trước ngày
15/11)" one of them, "thường xuyên hằng năm" one recurrence. Each rule has a name, which travels with the deadline.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from extractors.deadlines.moments import Moment
from extractors.deadlines.pieces import Piece
from extractors.deadlines.prepositions import bound
from schemas.deadline import DeadlineKind


@dataclass(frozen=True, slots=True)
class Phrase:
    """One mention before its context has been looked at; `moment` is as the text says it, the last of a range."""

    kind: DeadlineKind
    start: int
    end: int
    rule: str
    lead: str = ""
    first: date | None = None
    last: date | None = None
    moment: Moment | None = None
    recurrence: str | None = None
    offset: str | None = None
    working_days: bool = False
    anchor: tuple[int, int] | None = None
    periodic: bool = False


def compose(text: str, pieces: Sequence[Piece], *, plan_year: int | None) -> list[Phrase]:
    """The phrases that the pieces of one line make up, in order."""
    phrases: list[Phrase] = []
    position = 0
    while position < len(pieces):
        size, made = _phrase_at(text, pieces, position, plan_year)
        phrases += made
        position += size
    return phrases


def _phrase_at(text: str, pieces: Sequence[Piece], at: int, plan_year: int | None) -> tuple[int, list[Phrase]]:
    piece = pieces[at]
    if piece.moment:
        return _moments(text, pieces, at, plan_year)
    if piece.kind == "recurring":
        return _recurrence(text, pieces, at)
    if piece.kind == "relative":
        return 1, [_plain(piece, "relative")]
    if piece.kind == "conditional":
        return 1, [_plain(piece, "conditional", anchor=(piece.core, piece.end))]
    return _ongoing(text, pieces, at)


def _ongoing(text: str, pieces: Sequence[Piece], at: int) -> tuple[int, list[Phrase]]:
    """ "Thường xuyên", alone or as one with the recurrence behind it; "thường xuyên, hằng năm" are two."""
    piece, following = pieces[at], pieces[at + 1] if at + 1 < len(pieces) else None
    if following and following.recurrence and text[piece.end : following.start] in {" ", " và "}:
        recurring = _plain(following, "recurring")
        return 2, [replace(recurring, start=piece.start, lead="thường xuyên", rule="ongoing-recurrence")]
    return 1, [_plain(piece, "ongoing")]


def _plain(piece: Piece, kind: DeadlineKind, anchor: tuple[int, int] | None = None) -> Phrase:
    return Phrase(
        kind,
        piece.start,
        piece.end,
        piece.rule,
        lead=piece.lead,
        recurrence=piece.recurrence,
        offset=piece.offset,
        working_days=piece.working_days,
        anchor=anchor,
        periodic=piece.periodic,
    )


# --- moments: intervals and lists -----------------------------------------------------------------------------------


def _moments(text: str, pieces: Sequence[Piece], at: int, plan_year: int | None) -> tuple[int, list[Phrase]]:
    """The moment at *at* with those joined to it by "đến", "và" or a comma, and a recurrence that closes the list."""
    group = [pieces[at]]
    while at + len(group) < len(pieces):
        following = pieces[at + len(group)]
        if not following.moment or not _joined(text, group[-1], following):
            break
        group.append(following)
    size, end = len(group), group[-1].end
    closing = pieces[at + size] if at + size < len(pieces) else None
    if _yearless(group):
        if closing and closing.recurrence and _CLOSES.fullmatch(text, end, closing.start):
            return size + 1, _narrowed(text, group, closing, group[0].start, closing.end)
        if other_year := _OTHER_YEAR.match(text, end):
            return size, [replace(phrase, end=other_year.end()) for phrase in _intervals(text, group, None)]
    return size, list(_intervals(text, group, plan_year))


def _yearless(group: Sequence[Piece]) -> bool:
    return all(piece.moment and piece.moment.year is None for piece in group)


def _joined(text: str, left: Piece, right: Piece) -> bool:
    gap = text[left.end : right.start]
    if bound(right.lead) == "until" and bound(left.lead) != "before" and gap in {" ", " cho "}:
        return not _only_named(left, right)
    if right.lead and bound(right.lead) != bound(left.lead):
        return False
    return bool(_JOINT.fullmatch(gap))


def _only_named(left: Piece, right: Piece) -> bool:
    """Whether a bare year before a day is that of a plan: `giải ngân kế hoạch vốn năm 2026 đến hết ngày 31/01/2027`."""
    if not (left.moment and right.moment) or left.lead:
        return False
    return left.moment.unit == "year" and right.moment.unit == "day"


def _intervals(text: str, group: Sequence[Piece], plan_year: int | None) -> Iterator[Phrase]:
    """The intervals of a list such as "Quý IV/2013, Quý I/2014" or of a range such as "Quý IV/2025 - Quý II/2026"."""
    years = [piece.moment.year for piece in group if piece.moment and piece.moment.year]
    named = years[0] if years else None
    position = 0
    while position < len(group):
        piece = group[position]
        following = group[position + 1] if position + 1 < len(group) else None
        if following and _is_range(text, piece, following):
            yield from _range(text, piece, following, named or plan_year)
            position += 2
            continue
        own = piece if piece.lead or not position else replace(piece, lead=group[0].lead)
        yield from _interval(text, own, named, plan_year)
        position += 1


def _is_range(text: str, left: Piece, right: Piece) -> bool:
    if _DASH.fullmatch(text, left.end, right.start) or _over_new_year(left, right):
        return True
    return bound(left.lead) in {"from", "in"} and bound(right.lead) == "until" and "nhất" not in right.lead


def _over_new_year(left: Piece, right: Piece) -> bool:
    """`cuối năm 2026 và đầu năm 2027` is one stretch of time."""
    if not (left.moment and right.moment and left.moment.year and right.moment.year):
        return False
    ends, begins = left.lead.endswith("cuối "), right.lead.endswith("đầu ")
    return ends and begins and right.moment.year == left.moment.year + 1


def _range(text: str, left: Piece, right: Piece, year: int | None) -> Iterator[Phrase]:
    if not (left.moment and right.moment):
        return
    last = right.moment.in_year(year)
    first = left.moment.in_year(right.moment.year or year).bounds()
    bounds = last.bounds()
    if first and bounds and first[0] > bounds[1] and left.moment.year is None and left.moment.months:
        first = left.moment.in_year(bounds[1].year - 1).bounds()  # over the new year: "từ 15/10 đến 31/01/2027"
    start = left.start
    if first and left.moment.unit == "year" and _AFTERWARDS.match(text, left.start - len("sau ")):
        start, first = start - len("sau "), (first[1] + timedelta(days=1), first[1])
    ordered = not (first and bounds) or first[0] <= bounds[1]
    opening = first[0] if first and ordered else None
    closing = bounds[1] if bounds and ordered else None
    spanning = last if year else replace(last, months=_months_between(left.moment, right.moment))
    end = right.end
    if tail := _OPEN_END.match(text, end):
        yield Phrase("from", start, tail.end(), "open-range", left.lead, opening, None, last)
    else:
        yield Phrase("during", start, end, "range", left.lead, opening, closing, spanning)


def _months_between(left: Moment, right: Moment) -> tuple[int, ...]:
    """All months from *left* to *right*, over the new year if need be: "từ tháng 10 đến tháng 4 năm sau"."""
    if not (left.months and right.months):
        return right.months
    first, last = left.months[0], right.months[-1]
    return tuple(range(first, last + 1)) if first <= last else (*range(first, 13), *range(1, last + 1))


def _interval(text: str, piece: Piece, named: int | None, plan_year: int | None) -> Iterator[Phrase]:
    if not piece.moment:
        return
    reading = bound(piece.lead)
    if reading == "from" and (piece.moment.last_year or piece.moment.last_day):
        reading = "in"
    tail = _OPEN_END.match(text, piece.end)
    after = not piece.lead and _AFTERWARDS.match(text, piece.start - len("sau ")) is not None
    for part in piece.moment.parts():
        moment = part.in_year(named)
        first, last = moment.in_year(plan_year).bounds() or (None, None)
        if after and first and last:
            yield _afterwards(piece, moment, first, last)
        elif tail and reading in {"until", "before"}:
            yield Phrase("by", piece.start, tail.end(), "open-end", piece.lead, None, last, moment)
        elif tail:
            yield Phrase("from", piece.start, tail.end(), "open-end", piece.lead, first, None, moment)
        elif reading == "before":
            before = first - timedelta(days=1) if first and first > date.min else None
            yield Phrase("by", piece.start, piece.end, "before", piece.lead, None, before, moment)
        elif reading == "until":
            yield Phrase("by", piece.start, piece.end, "until", piece.lead, None, last, moment)
        elif reading == "from":
            yield Phrase("from", piece.start, piece.end, "from", piece.lead, first, None, moment)
        else:
            yield Phrase("during", piece.start, piece.end, f"in-{moment.unit}", piece.lead, first, last, moment)


def _afterwards(piece: Piece, moment: Moment, first: date, last: date) -> Phrase:
    """`sau năm 2030` begins with the next year, and so does `sau năm 2030 đến năm 2045`."""
    start = piece.start - len("sau ")
    if moment.last_year:
        return Phrase("during", start, piece.end, "range", "", first.replace(year=first.year + 1), last, moment)
    return Phrase("from", start, piece.end, AFTER, "", last + timedelta(days=1), None, moment)


# --- recurrences ----------------------------------------------------------------------------------------------------


def _recurrence(text: str, pieces: Sequence[Piece], at: int) -> tuple[int, list[Phrase]]:
    """A recurrence, with the days, months or years behind it that narrow it: "hằng năm (trước ngày 15/11)"."""
    piece, recurring = pieces[at], _plain(pieces[at], "recurring")
    closer = pieces[at + 1] if at + 1 < len(pieces) else None
    if closer and closer.rule == "day-of-month" and _NARROWS.fullmatch(text, piece.end, closer.start):
        end = _past_bracket(text, piece.start, closer.end)
        return 2, [replace(_plain(closer, "recurring"), start=piece.start, end=end)]
    group = _narrowing(text, pieces, at)
    size = 1 + len(group)
    if group and _yearless(group):
        end = group[-1].end
        closing = pieces[at + size] if at + size < len(pieces) else None
        if closing and closing.kind == "recurring" and _CLOSES.fullmatch(text, end, closing.start):
            size, end = size + 1, closing.end
        return size, _narrowed(text, group, piece, piece.start, end)
    bounds = list(_intervals(text, group, None))
    if len(bounds) == 1 and bounds[0].kind in {"during", "from"} and piece.recurrence:
        end = _past_bracket(text, piece.start, bounds[0].end)
        return size, [replace(recurring, end=end, first=bounds[0].first, last=bounds[0].last, rule="bounded")]
    return 1, [recurring]


def _narrowing(text: str, pieces: Sequence[Piece], at: int) -> list[Piece]:
    """The moments that follow the recurrence at *at* at once, or in brackets."""
    group: list[Piece] = []
    for position in range(at + 1, len(pieces)):
        following = pieces[position]
        gap = text[pieces[position - 1].end : following.start]
        joined = _JOINT.fullmatch(gap) or gap == " " if group else _NARROWS.fullmatch(gap)
        if not following.moment or not joined:
            break
        group.append(following)
    return group


def _past_bracket(text: str, start: int, end: int) -> int:
    """*end*, or the place behind the bracket that closes one opened since *start*."""
    open_bracket = text.count("(", start, end) > text.count(")", start, end)
    return end + (open_bracket and text[end : end + 1] == ")")


def _narrowed(text: str, group: Sequence[Piece], recurring: Piece, start: int, end: int) -> list[Phrase]:
    """One yearly phrase for each day of *group*, or one for its months."""
    end = _past_bracket(text, start, end)
    rules = yearly_rules([(piece.lead, piece.moment) for piece in group if piece.moment])
    made = [Phrase("recurring", start, end, "narrowed", group[0].lead, recurrence=rule) for rule in rules]
    return made or [_plain(recurring, "recurring")]


def yearly_rules(moments: Sequence[tuple[str, Moment]]) -> list[str]:
    """The yearly RRULEs of moments without year, each with its prepositions; days stay as written.

    All months share a rule: "tháng 01 và tháng 7 hàng năm" is one, while two days of two months need two.
    """
    days = [moment for _, moment in moments if moment.day is not None]
    spans = len(moments) == 2 and bound(moments[1][0]) == "until" and bound(moments[0][0]) == "from"
    if days and not spans:
        return [f"FREQ=YEARLY;BYMONTH={moment.months[0]};BYMONTHDAY={moment.day}" for moment in days]
    months = {month for _, moment in moments for month in moment.months}
    if len(moments) == 2 and bound(moments[1][0]) == "until" and bound(moments[0][0]) != "until":
        months = set(_months_between(moments[0][1], moments[1][1]))
    return [f"FREQ=YEARLY;BYMONTH={','.join(map(str, sorted(months)))}"] if months else []


AFTER = "after"
_AFTERWARDS = re.compile(r"sau (?=\w)", re.IGNORECASE)
_DASH = re.compile(r" ?[-–—~] ?| đến | tới ")
_JOINT = re.compile(r"(?: \([^()\n]{1,60}\))?(?: ?[-–—~] ?|, ?(?:và )?| và | hoặc | đến | tới | ?; )")
_CLOSES = re.compile(r"(?: \([^()\n]{1,60}\))? (?:của )?|, | ?\(| là ")
_NARROWS = re.compile(r" |, (?:vào |là |báo cáo )?| ?\(|: | vào ")
_OPEN_END = re.compile(
    "(?:,| và)? (?:(?:các|những) năm (?:tiếp theo|sau|tới|kế tiếp)|(?:năm |giai đoạn )?tiếp theo|trở đi|về sau)",
    re.IGNORECASE,
)
_OTHER_YEAR = re.compile(r" (?:của )?năm (?:trước|sau|liền kề|kế tiếp)(?: (?:năm )?kế hoạch)?", re.IGNORECASE)
