"""Decide by when a figure must hold: "tối thiểu 5% trong năm 2026. Đến hết năm 2027 đạt 10%" has one date for each.

The date in the figure's own clause wins, then a date that opens the sentence, then that of the sentence before, then
the period of the heading. A date that closes another clause of the sentence belongs to that clause alone.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence

import regex

from schemas import Deadline, Span


def period_of_each(
    text: str, figures: Sequence[Span], deadlines: Sequence[Deadline], period: Deadline | None
) -> list[Deadline | None]:
    """The deadline that binds each of *figures* (spans in *text*, in order), or None.

    Only deadlines with a bound count: `hằng năm` says how often, not by when.
    """
    dated = sorted((d for d in deadlines if d.start or d.end), key=lambda d: d.span)
    if not dated:
        bounded = period if period and (period.start or period.end) else None
        return [bounded] * len(figures)
    heading = period if period and (period.start or period.end) else None
    return _Reading(text, figures, dated, heading).periods()


class _Reading:
    """The clauses and sentences of one text with the dates in them."""

    def __init__(
        self, text: str, figures: Sequence[Span], deadlines: Sequence[Deadline], heading: Deadline | None
    ) -> None:
        self.text, self.figures, self.heading = text, figures, heading
        self.sentence_starts = [0, *(m.end() for m in _SENTENCE_END.finditer(text))]
        self.clause_starts = sorted({*self.sentence_starts, *(m.end() for m in _CLAUSE_END.finditer(text))})
        self.by_clause = _grouped(deadlines, self.clause_starts)
        self.by_sentence = _grouped(deadlines, self.sentence_starts)
        self.deadlines = deadlines

    def periods(self) -> list[Deadline | None]:
        found: list[Deadline | None] = []
        earlier: Deadline | None = None
        earlier_sentence = -1
        for index, figure in enumerate(self.figures):
            sentence = bisect_right(self.sentence_starts, figure.start) - 1
            before = self._openers(earlier_sentence, sentence)
            earlier = before[-1] if before else earlier
            earlier_sentence = sentence
            found.append(self._in_clause(index) or self._opening(sentence, figure) or earlier or self.heading)
        return found

    def _openers(self, after: int, until: int) -> list[Deadline | None]:
        """The dates of the sentences from *after* up to but not including *until*; several in one hold for none."""
        dated = [self.by_sentence[s] for s in range(max(after, 0), until) if self.by_sentence.get(s)]
        return [dates[-1] if len({date.end for date in dates}) == 1 else None for dates in dated]

    def _in_clause(self, index: int) -> Deadline | None:
        figure = self.figures[index]
        clause = self.by_clause.get(bisect_right(self.clause_starts, figure.start) - 1)
        if not clause:
            return None
        following = self.figures[index + 1].start if index + 1 < len(self.figures) else len(self.text)
        next_date = bisect_left(clause, figure.end, key=_start)
        date_start = clause[next_date].span.start if next_date < len(clause) else following
        if date_start < following:
            apart = next_date and _BREAK.search(self.text, clause[next_date - 1].span.end, figure.start)
            closes = apart and _CLOSES.match(self.text, clause[next_date].span.end)
            between = self.text[figure.end : date_start]
            parts = between.count("(") > between.count(")") and not self.text.startswith(
                ")", clause[next_date].span.end
            )
            if closes or not (parts or _BREAK.search(between)):
                return clause[next_date]
            if parts and not next_date:
                return None
        return clause[next_date - 1] if next_date else clause[0]

    def _opening(self, sentence: int, figure: Span) -> Deadline | None:
        """The date that opens the sentence, before the figure."""
        dates = self.by_sentence.get(sentence)
        if not dates or dates[0].span.start > figure.start:
            return None
        if len({date.end for date in dates if date.span.start < figure.start}) > 1:
            return None
        opening = self.text[self.sentence_starts[sentence] : dates[0].span.start]
        closes = _CLOSES.match(self.text, dates[0].span.end)  # `… trong Quý I; mỗi xã có 01 mô hình`
        return dates[0] if _OPENS.fullmatch(opening) and not closes else None


def _start(deadline: Deadline) -> int:
    return deadline.span.start


def _grouped(deadlines: Sequence[Deadline], starts: Sequence[int]) -> dict[int, list[Deadline]]:
    groups: dict[int, list[Deadline]] = {}
    for deadline in deadlines:
        groups.setdefault(bisect_right(starts, deadline.span.start) - 1, []).append(deadline)
    return groups


_SENTENCE_END = regex.compile(r"[.!?…](?:\s+(?=[\p{Lu}\d“\"]))|\n+")
_CLAUSE_END = regex.compile(r";")
_BREAK = regex.compile(r"[,;:]|(?<!\p{L})và(?!\p{L})")
_CLOSES = regex.compile(r"\s*(?:[.;]|$)")
_OPENS = regex.compile(r"[^,;:\d]{0,60}")
