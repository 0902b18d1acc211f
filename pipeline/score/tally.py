"""Counting: what two lists of rows share, what one lacks and the other invents."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from pipeline.score.comparable import Row, likeness, words
from pipeline.score.excerpts import NOTHING, Excerpt


class Figures(NamedTuple):
    """Precision, recall and their harmonic mean, each in [0, 1]."""

    precision: float
    recall: float
    f1: float


class Entry(NamedTuple):
    """A row to be counted: `key` is what is compared, `shown` is what a person reads.

    It stands at `line` of the input where that is known (from 1), else at `where`: a task's text, a field's name.
    """

    key: Hashable
    shown: str
    where: str = ""
    line: int | None = None
    excerpt: Callable[[], Excerpt] = lambda: NOTHING


class Miss(NamedTuple):
    """A row that was missed (`-`) or invented (`+`): its document, its place and its words in their text."""

    sign: str
    document: str
    where: str
    row: Hashable
    shown: str
    line: int | None
    excerpt: Excerpt


@dataclass(slots=True)
class Tally:
    """True positives, false positives and false negatives of one kind of row; soft measures count parts of rows."""

    hit: float = 0
    extra: float = 0
    missed: float = 0
    misses: list[Miss] = field(default_factory=list)

    def compare(self, document: str, gold: Sequence[Entry], found: Sequence[Entry]) -> None:
        """Count *found* against *gold*."""
        missed, extra = unmatched(gold, found)
        self.hit += len(gold) - len(missed)
        self.missed += len(missed)
        self.extra += len(extra)
        for sign, entries in (("-", missed), ("+", extra)):
            for entry in entries:
                self.note(sign, document, entry)

    def note(self, sign: str, document: str, entry: Entry) -> None:
        """List *entry* among the misses without counting it."""
        miss = Miss(sign, document, entry.where, entry.key, entry.shown, entry.line, entry.excerpt())
        self.misses.append(miss)

    def add(self, other: Tally) -> None:
        """Count what *other* has counted too."""
        self.hit += other.hit
        self.extra += other.extra
        self.missed += other.missed
        self.misses += other.misses

    def gold_rows(self) -> int:
        """How many rows the gold has."""
        return round(self.hit + self.missed)

    def figures(self) -> Figures:
        """Precision, recall and F1; what is neither there nor expected is right."""
        precision = self.hit / (self.hit + self.extra) if self.hit + self.extra else 1.0
        recall = self.hit / (self.hit + self.missed) if self.hit + self.missed else 1.0
        return Figures(precision, recall, 2 * precision * recall / (precision + recall) if precision + recall else 0.0)


def unmatched(gold: Sequence[Entry], found: Sequence[Entry]) -> tuple[list[Entry], list[Entry]]:
    """The entries of each side that have no counterpart with the same key.

    Of equal ones, those in the same place belong together; the rest is taken in order.
    """
    missed, extra = _without_pairs(gold, found, key=lambda entry: (entry.key, entry.line or entry.where))
    return _without_pairs(missed, extra, key=lambda entry: entry.key)


def _without_pairs(
    gold: Sequence[Entry], found: Sequence[Entry], *, key: Callable[[Entry], Hashable]
) -> tuple[list[Entry], list[Entry]]:
    both = Counter(map(key, gold)) & Counter(map(key, found))
    return _rest(gold, Counter(both), key), _rest(found, Counter(both), key)


def _rest(entries: Sequence[Entry], taken: Counter[Hashable], key: Callable[[Entry], Hashable]) -> list[Entry]:
    rest = []
    for entry in entries:
        if taken[key(entry)] > 0:
            taken[key(entry)] -= 1
        else:
            rest.append(entry)
    return rest


class Pairing(NamedTuple):
    """Rows of gold and export that speak of the same block, and those that have no partner."""

    pairs: list[tuple[Row, Row]]
    missed: list[Row]
    extra: list[Row]


def pair_up(gold: Sequence[Row], found: Sequence[Row], *, least: float) -> Pairing:
    """Pair rows by their texts, the likest first, nearer ones before farther ones; a pair is at least *least* alike."""
    gold_words, found_words = [words(row.get("text")) for row in gold], [words(row.get("text")) for row in found]
    scored = sorted(
        (
            (likeness(a, b), -abs(i / max(len(gold), 1) - j / max(len(found), 1)), i, j)
            for i, a in enumerate(gold_words)
            for j, b in enumerate(found_words)
        ),
        reverse=True,
    )
    pairs: list[tuple[Row, Row]] = []
    used_gold: set[int] = set()
    used_found: set[int] = set()
    for alike, _, i, j in scored:
        if alike < least:
            break
        if i not in used_gold and j not in used_found:
            used_gold.add(i)
            used_found.add(j)
            pairs.append((gold[i], found[j]))
    return Pairing(
        pairs,
        [row for i, row in enumerate(gold) if i not in used_gold],
        [row for j, row in enumerate(found) if j not in used_found],
    )
