"""Settling: which phrases of a line stay, once each knows its context and its neighbours.

"Định kỳ báo cáo … hằng năm" is one recurrence, and in "Hằng năm …, hoàn thành trong Quý IV" the quarter recurs too.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace

from extractors.deadlines.compose import Phrase, compose, yearly_rules
from extractors.deadlines.events import event_end, opens_clause
from extractors.deadlines.pieces import Piece


def settle(
    text: str, pieces: Sequence[Piece], plan_year: int | None, *, keep: Callable[[Phrase], bool]
) -> list[Phrase]:
    """The phrases that the *pieces* of one line make up and that *keep* lets stay; only twins share a place."""
    kept: list[Phrase] = []
    for phrase in compose(text, pieces, plan_year=plan_year):
        twin = bool(kept) and (kept[-1].start, kept[-1].end) == (phrase.start, phrase.end)
        if (twin or not kept or phrase.start >= kept[-1].end) and keep(phrase):
            kept.append(_with_event(text, phrase) if phrase.kind == "relative" else phrase)
    periodic = any(phrase.rule == "periodic" for phrase in kept)
    settled = list(_recurring_parts(text, _closest(text, kept), recurs=periodic, one_year=plan_year is not None))
    if plan_year is None:
        settled = [_with_year(text, phrase, settled[at + 1 : at + 2], pieces) for at, phrase in enumerate(settled)]
    settled = [_with_season(text, phrase, settled[at + 1 : at + 4]) for at, phrase in enumerate(settled)]
    return list(_without_coarse(text, [_with_day(text, phrase) for phrase in settled]))


def _with_event(text: str, phrase: Phrase) -> Phrase:
    """A relative phrase with the words of the event that it counts from."""
    if phrase.rule in {"within", "duration"}:
        return phrase
    start = phrase.end + (text[phrase.end : phrase.end + 1] == " ")
    if same_time := _SAME_TIME.match(text, phrase.start):
        start = same_time.end()
    end = event_end(text, start, opening=opens_clause(text, phrase.start))
    return replace(phrase, end=max(end, phrase.end), anchor=(start, end) if end > start else None)


def _closest(text: str, phrases: Sequence[Phrase]) -> Iterator[Phrase]:
    """Leave out what the sentence soon says closer: "Định kỳ … hằng năm", "năm 2020 hoàn thành trong quý II/2020"."""
    for position, phrase in enumerate(phrases):
        later = [other for other in phrases[position + 1 : position + 4] if other.start - phrase.end < _SOON]
        within = [other for other in later if not _STOP.search(text, phrase.end, other.start)]
        if not (within and _is_part(within[0], phrase)) and not any(_says_when(other, phrase) for other in within):
            yield phrase


def _is_part(closer: Phrase, phrase: Phrase) -> bool:
    """True when *phrase* is a whole year and *closer* a part of the same year."""
    year, part = phrase.moment, closer.moment
    if not (year and part) or phrase.rule != "in-year" or year.last_year or closer.kind not in {"by", "during"}:
        return False
    return part.year == year.year and part.unit != "year"


def _says_when(closer: Phrase, phrase: Phrase) -> bool:
    """True when *phrase* is a bare "định kỳ", and *closer* a recurrence or a day of every year."""
    return phrase.rule == "periodic" and (closer.recurrence is not None or _any_year(closer))


def _any_year(phrase: Phrase) -> bool:
    return phrase.kind in {"by", "during"} and phrase.moment is not None and phrase.moment.year is None


def _recurring_parts(text: str, phrases: Iterable[Phrase], *, recurs: bool, one_year: bool) -> Iterator[Phrase]:
    """Make an interval without year a part of the recurrence said before it: "hằng năm …, trước ngày 15/12".

    *recurs* says that a "định kỳ" stands in the line, *one_year* that the document holds for one year.
    """
    for phrase in phrases:
        rules: list[str] = []
        again = recurs or "định kỳ" in phrase.lead
        if phrase.moment and _any_year(phrase) and (again or (not one_year and _of_report(text, phrase))):
            rules = yearly_rules([(phrase.lead, phrase.moment)])
        if rules:
            yield replace(phrase, kind="recurring", recurrence=rules[0], first=None, last=None, rule="narrowed-later")
        else:
            yield phrase
        recurs = recurs or (phrase.recurrence or "").startswith(("FREQ=YEARLY", "FREQ=MONTHLY;INTERVAL"))


def _of_report(text: str, phrase: Phrase) -> bool:
    """Whether *phrase* is the day of a report that is made each year: "báo cáo 6 tháng … trước ngày 08/6"."""
    if phrase.moment is None or phrase.moment.unit != "day":
        return False
    if _FOR_REPORT.match(text, phrase.end):
        return True
    begin = max(0, phrase.start - _SOON)
    begin = max(text.rfind("\n", begin, phrase.start), text.rfind(". ", begin, phrase.start), begin)
    return _REPORT.search(text, begin, phrase.start) is not None


def _with_year(text: str, phrase: Phrase, later: Sequence[Phrase], pieces: Sequence[Piece]) -> Phrase:
    """An interval without year that shares the year of the next one: "đợt 1 trước 15/6, đợt 2 trước 15/11/2026"."""
    for following in later:
        own, other = phrase.moment, following.moment
        if not (own and other) or not _any_year(phrase) or following.kind != phrase.kind or other.unit != own.unit:
            return phrase
        if other.year is None or following.start - phrase.end > _SOON // 3:
            return phrase
        place = (phrase.start, phrase.end)
        made = [one for one in compose(text, pieces, plan_year=other.year) if (one.start, one.end) == place]
        return made[0] if len(made) == 1 else phrase
    return phrase


def _with_day(text: str, phrase: Phrase) -> Phrase:
    """A monthly recurrence with the day that its sentence says: "hàng tháng báo cáo Sở trước ngày 25"."""
    if phrase.recurrence != "FREQ=MONTHLY":
        return phrase
    day = _DAY_OF_MONTH.match(text, phrase.end, phrase.end + _SOON)
    return replace(phrase, recurrence=f"FREQ=MONTHLY;BYMONTHDAY={int(day['day'])}") if day else phrase


def _with_season(text: str, phrase: Phrase, later: Sequence[Phrase]) -> Phrase:
    """How often something is done, with the months in which its sentence says that it is: `tần suất 02 lần/năm; thời
    gian lấy mẫu vào tháng 3 và tháng 9 năm 2026`, `2 lần/tháng; thời gian lấy mẫu từ tháng 3 đến tháng 9 năm 2026`.
    """
    if phrase.rule != "times-per-period" or not phrase.recurrence:
        return phrase
    said = [other for other in later if _OF_ITS_TIME.fullmatch(text, phrase.end, other.start)]
    if not said or said[0].kind != "during" or not said[0].moment or not said[0].moment.months:
        return phrase
    if said[0].rule == "range" and said[0].first and said[0].last:
        return replace(phrase, first=said[0].first, last=said[0].last)
    group = [
        other.moment for other in later if other.moment and (other.start, other.end) == (said[0].start, said[0].end)
    ]
    months = sorted({month for moment in group for month in moment.months})
    if phrase.recurrence != f"FREQ=MONTHLY;INTERVAL={12 // len(months)}" or 12 % len(months):
        return phrase
    return replace(phrase, recurrence=f"FREQ=YEARLY;BYMONTH={','.join(map(str, months))}")


def _without_coarse(text: str, phrases: Sequence[Phrase]) -> Iterator[Phrase]:
    """Leave out a recurrence whose day the same sentence says later: "định kỳ hàng năm báo cáo … trước ngày 15/12"."""
    for position, phrase in enumerate(phrases):
        later = [other for other in phrases[position + 1 : position + 4] if other.start - phrase.end < _SOON]
        act = phrase.end + text.startswith(",", phrase.end)
        if not any(_narrows(phrase, other) and not _NEXT_ACT.search(text, act, other.start) for other in later):
            yield phrase


def _narrows(phrase: Phrase, closer: Phrase) -> bool:
    fine, coarse = closer.recurrence or "", phrase.recurrence or ""
    if "BY" not in fine or "BY" in coarse or not coarse:
        return False
    quarterly = fine.startswith("FREQ=YEARLY;BYMONTH=3,6,9,12")
    return coarse == ("FREQ=MONTHLY;INTERVAL=3" if quarterly else fine.partition(";")[0])


_SOON = 300
_REPORTED = (
    r"báo cáo (?:(?:0?6|sáu) tháng|(?:cả )?năm|qu[ýí])(?! ?[0-9]| [ivx]+\b| (?:học|nay|sau|đầu|cuối|hành|tài chính)\b"
    r"| trước(?! ngày))(?![^\W\d_])"
)
_REPORT = re.compile(rf"\b{_REPORTED}", re.IGNORECASE)
_FOR_REPORT = re.compile(rf" ?\(?(?:đối với|với|cho|là)? ?{_REPORTED}", re.IGNORECASE)
_DAY_OF_MONTH = re.compile(
    r"(?:,? ?\(?)?[^.;,()]{0,160}?(?:trước|vào|chậm nhất(?: là)?|đến) ngày (?P<day>3[01]|[12][0-9]|0?[1-9])"
    r"(?![0-9/\-]| ?(?:tháng|/|-))"
)
_OF_ITS_TIME = re.compile(r"[;,] (?:vào |(?:với )?thời (?:gian|điểm)(?: [^ .;:,]+){0,4}:? )", re.IGNORECASE)
# Where the act that recurs ends; a comma right behind the recurrence only sets it apart ("Hằng năm, các đơn vị …").
_NEXT_ACT = re.compile(r"[.;,](?= |$)")
_STOP = re.compile(r"[.;](?= |$)")
_SAME_TIME = re.compile("cùng thời (?:gian|điểm)(?: với)?(?: việc)? ", re.IGNORECASE)
