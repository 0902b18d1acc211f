"""Decide by when a figure must hold: "đạt 40% xã và 30% thôn vào năm 2027 và 60% xã và 50% thôn vào năm 2030".

A time that closes binds the figures since the last one that did, a time that opens those up to the next; a figure whose
clause has no time takes that which opens its sentence, then that of the sentence before, then that of the heading.
Whether a time opens or closes is read from the words and marks on its two sides alone, as a reader does.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import regex

from schemas import Deadline, Span


def period_of_each(
    text: str,
    figures: Sequence[Span],
    deadlines: Sequence[Deadline],
    period: Deadline | None,
    years: Sequence[Deadline] = (),
) -> list[Deadline | None]:
    """The deadline that binds each of *figures* (spans in *text*, in order), or None.

    Only deadlines with a bound count: `hằng năm` says how often, not by when. *years* are the bare years of the text,
    which bind no further than their own stretch between two marks, or their clause where they open it.
    """
    dated = sorted((d for d in deadlines if d.start or d.end), key=_span)
    heading = period if period and (period.start or period.end) else None
    if not dated and not years:
        return [heading] * len(figures)
    return _Reading(text, figures, dated, years, heading).periods()


@dataclass(slots=True)
class _Open:
    """The time that opens what is being read, how far it reaches, and the figures that no time has closed."""

    time: Deadline | None
    until: int
    waiting: list[int]
    closed: Deadline | None = None


class _Reading:
    """The clauses and sentences of one text with the times in them."""

    def __init__(
        self,
        text: str,
        figures: Sequence[Span],
        deadlines: Sequence[Deadline],
        years: Sequence[Deadline],
        heading: Deadline | None,
    ) -> None:
        self.text, self.figures, self.heading = text, figures, heading
        self.brackets = [match.span() for match in _BRACKET.finditer(text)] if "(" in text else []
        self.sentence_starts = [0, *(m.end() for m in _SENTENCE_END.finditer(text))]
        self.times = sorted([*deadlines, *years], key=_span)
        self.bare = {year.span for year in years}
        self.by_sentence = _grouped(deadlines, self.sentence_starts)
        self.found: list[Deadline | None] = [None] * len(figures)

    def periods(self) -> list[Deadline | None]:
        for start, end in self._clauses():
            self._read_clause(start, end)
        earlier: Deadline | None = None
        earlier_sentence = -1
        for index, figure in enumerate(self.figures):
            sentence = bisect_right(self.sentence_starts, figure.start) - 1
            before = self._openers(earlier_sentence, sentence)
            earlier = before[-1] if before else earlier
            earlier_sentence = sentence
            if self.found[index] is None:
                alike = self._told_alike(index)
                self.found[index] = alike or self._opening(sentence, figure.start) or earlier or self.heading
        return self.found

    def _told_alike(self, index: int) -> Deadline | None:
        """The time of the clause before, where both say the same of two things: `đến năm 2027 là 40%; xã là 25%`."""
        time = self.found[index - 1] if index else None
        if time is None or time is self.heading or time.span in self.bare:
            return None
        said = _SAID.match(self.text, time.span.end, self.figures[index - 1].start)
        gap = _ALIKE.fullmatch(self.text, self.figures[index - 1].end, self.figures[index].start)
        return time if said and gap and said["verb"] == gap["verb"] else None

    def _clauses(self) -> list[tuple[int, int]]:
        """The clauses, and after each the brackets of it that say times and figures of their own, which it skips."""
        marks = [] if _LISTED.match(self.text) else _CLAUSE_END.finditer(self.text)
        cuts = [m.end() for m in marks if not self._inside_own(m.start())]
        edges = sorted({*self.sentence_starts, *cuts, len(self.text)})
        clauses = list(pairwise(edges))
        for start, end in self.brackets:
            if self._is_own(start, end):
                inner = [start + 1, *(m.end() for m in _CLAUSE_END.finditer(self.text, start + 1, end - 1)), end - 1]
                clauses += pairwise(inner)
        return clauses

    def _is_own(self, start: int, end: int) -> bool:
        """Whether the bracket says when something of its own holds: `(năm 2027 trồng 100 ha; năm 2028: 200 ha)`."""
        return _any_in(self.times, start, end) and _any_in_spans(self.figures, start, end)

    def _inside_own(self, position: int) -> tuple[int, int] | None:
        at = bisect_left(self.brackets, (position,)) - 1
        if at < 0 or self.brackets[at][1] <= position:
            return None
        return self.brackets[at] if self._is_own(*self.brackets[at]) else None

    def _read_clause(self, start: int, end: int) -> None:
        """Give each figure between *start* and *end* its time, reading figures and times in their order."""
        times = [time for time in _between(self.times, start, end) if self._belongs(time.span.start, start)]
        if not times:
            return
        reading = _Open(None, start, [])
        indexes = range(bisect_left(self.figures, start, key=_first), bisect_left(self.figures, end, key=_first))
        mine = [index for index in indexes if self._belongs(self.figures[index].start, start)]
        for time in times:
            while mine and self.figures[mine[0]].start < time.span.start:
                self._take(reading, mine.pop(0))
            self._turn(reading, time, self.figures[mine[0]].start if mine else None, end)
        for index in mine:
            self._take(reading, index)
        self._settle(reading)

    def _belongs(self, position: int, start: int) -> bool:
        """Whether *position* stands in the clause from *start* itself, not in a bracket of times of its own."""
        own = self._inside_own(position)
        return own is None or own[0] < start

    def _take(self, reading: _Open, index: int) -> None:
        part = index and _PART_OF.fullmatch(self.text, self.figures[index - 1].end, self.figures[index].start)
        if self.figures[index].start >= reading.until and reading.time is not None and not part:
            self._settle(reading)
            reading.time = None
        if part and not reading.waiting and reading.time is None:
            self.found[index] = self.found[index - 1]
            return
        reading.waiting.append(index)

    def _turn(self, reading: _Open, time: Deadline, following: int | None, end: int) -> None:
        """Let *time* close the figures that wait for one, or open those behind it."""
        figure_end = self.figures[reading.waiting[-1]].end if reading.waiting else time.span.start
        if self._explains(figure_end, time):
            return
        if reading.waiting and self._closes(figure_end, time, following, opened=reading.time is not None):
            closed = self._closed_by(reading, time)
            for index in closed:
                self.found[index] = time
            open_ended = reading.time is None and time.span not in self.bare
            reading.waiting = [] if open_ended else [index for index in reading.waiting if index not in closed]
            reading.closed = time if time.span not in self.bare else None
            return
        if following is None and (reading.waiting or reading.closed):
            return
        self._settle(reading)
        reading.time, reading.closed = time, None
        reading.until = end if time.span not in self.bare or self._at_start(time) else self._stretch_end(time)

    def _closed_by(self, reading: _Open, time: Deadline) -> list[int]:
        """Which of the waiting figures a time closes: all up to a step beyond them, or below an opening time, and for
        a bare year, the last.
        """
        every = reading.time is None and time.span not in self.bare
        parts = _STEP if every else _PARTS if reading.time is None else _BREAK
        closed = reading.waiting[-1:]
        for index in reversed(reading.waiting[:-1]):
            if parts.search(self.text, self.figures[index].end, self.figures[closed[0]].start):
                break
            closed.insert(0, index)
        return closed

    def _settle(self, reading: _Open) -> None:
        """Give the figures that nothing closed the time that opens them, or that which closed those before them."""
        for index in reading.waiting:
            self.found[index] = reading.time or reading.closed
        reading.waiting = []

    def _explains(self, figure_end: int, time: Deadline) -> bool:
        """Whether *time* stands in a bracket behind the figure that says more than a time: `(giá của năm 2024 là)`."""
        gap = self.text[figure_end : time.span.start]
        return gap.count("(") > gap.count(")") and not self.text.startswith(")", time.span.end)

    def _closes(self, figure_end: int, time: Deadline, following: int | None, *, opened: bool) -> bool:
        """Whether *time*, which stands behind a figure, belongs to it rather than to one behind *time*."""
        gap = self.text[figure_end : time.span.start]
        if gap.strip() == "(":
            return True
        if time.span in self.bare and (len(gap) > _REACH or _OTHER.search(gap)):
            return False
        if _LEADS.search(gap):  # `đạt 40%, đến năm 2030 đạt 60%`
            return following is None and not opened
        if following is None or _CLOSES.match(self.text, time.span.end):
            return True
        if time.span in self.bare:
            return _GOES_ON.match(self.text, time.span.end) is not None
        return _GOES_ON.match(self.text, time.span.end) is not None or not _BREAK.search(gap)

    def _at_start(self, time: Deadline) -> bool:
        """Whether a bare year opens its sentence or clause: `Năm 2027 trồng 40 ha, nuôi 90 con`."""
        return _AT_START.search(self.text, max(0, time.span.start - _NEAR), time.span.start) is not None

    def _stretch_end(self, time: Deadline) -> int:
        colon = self.text.startswith(":", time.span.end)  # `năm 2027: 40%, năm 2028: 55%`
        mark = _MARK.search(self.text, time.span.end + colon)
        return mark.start() if mark else len(self.text)

    def _openers(self, after: int, until: int) -> list[Deadline | None]:
        """The dates of the sentences from *after* up to but not including *until*; several hold only by the first."""
        dated = [s for s in range(max(after, 0), until) if self.by_sentence.get(s)]
        return [self._lasting(sentence) for sentence in dated]

    def _lasting(self, sentence: int) -> Deadline | None:
        """The date of a sentence that holds for those behind it: its only one, or that which opens it unrivalled."""
        dates = self.by_sentence[sentence]
        return dates[-1] if len({date.end for date in dates}) == 1 else self._opening(sentence, len(self.text))

    def _opening(self, sentence: int, before: int) -> Deadline | None:
        """The date that opens the sentence, *before* a place in it."""
        dates = self.by_sentence.get(sentence)
        if not dates or dates[0].span.start > before:
            return None
        if any(self._rivals(dates[0], date) for date in dates[1:] if date.span.start < before):
            return None
        opening = self.text[self.sentence_starts[sentence] : dates[0].span.start]
        closes = _CLOSES.match(self.text, dates[0].span.end)  # `… trong Quý I; mỗi xã có 01 mô hình`
        return dates[0] if _OPENS.fullmatch(opening) and not closes else None

    def _rivals(self, opening: Deadline, date: Deadline) -> bool:
        """Whether *date* takes the place of the opening one: it opens a clause, or is no step on the way to it."""
        if date.end == opening.end:
            return False
        later = opening.end is None or date.end is None or date.end > opening.end
        return later or self._at_start(date)


def _first(span: Span) -> int:
    return span.start


def _span(deadline: Deadline) -> Span:
    return deadline.span


def _start(deadline: Deadline) -> int:
    return deadline.span.start


def _between(times: Sequence[Deadline], start: int, end: int) -> Sequence[Deadline]:
    return times[bisect_left(times, start, key=_start) : bisect_left(times, end, key=_start)]


def _any_in(times: Sequence[Deadline], start: int, end: int) -> bool:
    at = bisect_left(times, start, key=_start)
    return at < len(times) and times[at].span.start < end


def _any_in_spans(spans: Sequence[Span], start: int, end: int) -> bool:
    at = bisect_left(spans, start, key=_first)
    return at < len(spans) and spans[at].start < end


def _grouped(deadlines: Sequence[Deadline], starts: Sequence[int]) -> dict[int, list[Deadline]]:
    groups: dict[int, list[Deadline]] = {}
    for deadline in deadlines:
        groups.setdefault(bisect_right(starts, deadline.span.start) - 1, []).append(deadline)
    return groups


_NEAR, _REACH = 30, 80
_SENTENCE_END = regex.compile(r"[.!?…](?:\s+(?=[\p{Lu}\d“\"]))|\n+")
# No clause of its own is what only goes on with the one before: `; 75% ở xã`, `; trong đó chè 40 ha`.
_CLAUSE_END = regex.compile(
    r";(?!\s*(?:(?:\p{L}+ ){0,2}\d[\d.,]* ?%? (?:đối với|ở|tại|với|cho)|(?:bao )?gồm|trong đó|riêng)(?!\p{L}))"
)
# One indicator told for each group, whose time closes them all: `Tỷ lệ hộ dùng điện: xã 90%; phường 95% vào năm 2027`.
_LISTED = regex.compile(r"\W*(?:Tỷ|Tỉ) (?:lệ|trọng|suất|số)(?!\p{L})[^:;.\d]{0,120}: ?\p{Ll}")
_BRACKET = regex.compile(r"\([^()\n]{1,600}\)")
_BREAK = regex.compile(r"[,;:]|(?<!\p{L})và(?!\p{L})")
_PARTS = regex.compile(r"[,;:]")
# What leads on from the figure that is reached first: `đạt 80%, phấn đấu đạt 100% vào năm 2027`
_STEP = regex.compile(r"[,;] (?:và )?(?:phấn đấu|tiến tới|hướng tới)(?: (?:đạt|có|là|đến|lên|tăng lên|nâng lên))? ?$")
_SAID = regex.compile(r" (?P<verb>là|đạt|còn|chiếm|tăng|giảm)(?: \p{L}+){0,2} ?$")
_ALIKE = regex.compile(
    r"[^.;:\n]{0,30};(?! \p{Lu})[^.;:\d\n]{2,80} (?P<verb>là|đạt|còn|chiếm|tăng|giảm)(?: \p{L}+){0,2} "
)
_PART_OF = regex.compile(r"[^.;\d]{0,60}[,(] ?(?:trong đó|riêng)(?!\p{L})[^.;\d]{0,80}")
_MARK = regex.compile(r"[;:()\n]|[,.](?=\s)")
_OTHER = regex.compile(r"[;:()\n]|\.(?=\s)")
# What leads in a time that belongs to the figure behind it.
_LEADS = regex.compile(
    r"(?:[,;:]|(?<!\p{L})và)\s*(?:(?:tiếp tục|phấn đấu|dự kiến|định hướng|tầm nhìn|riêng|duy trì|ổn định"
    r"|trong đó|trong)\s)*$"
)
_CLOSES = regex.compile(r"\s*(?:[.;)]|$)")
_GOES_ON = regex.compile(r"\s*(?:,|và(?!\p{L}))")
_AT_START = regex.compile(r"(?:^|[;\n(]|\.\s)[\s\-+*•]*(?:và |trong |riêng )?$")
_OPENS = regex.compile(r"(?:[^;:\d]{0,80}: ?)?[^,;:\d]{0,60}")
