"""Counting: what two lists of comparable rows share, what one lacks and the other invents."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from pipeline.score.comparable import Row, likeness, words


class Figures(NamedTuple):
    """Precision, recall and their harmonic mean, each in [0, 1]."""

    precision: float
    recall: float
    f1: float


class Miss(NamedTuple):
    """One row that was missed (`-`) or invented (`+`), with the document and the text that it belongs to."""

    sign: str
    document: str
    where: str
    row: Hashable


@dataclass(slots=True)
class Tally:
    """True positives, false positives and false negatives of one kind of row."""

    hit: int = 0
    extra: int = 0
    missed: int = 0
    misses: list[Miss] = field(default_factory=list)

    def compare(self, document: str, gold: Counter[Hashable], found: Counter[Hashable], where: str = "") -> None:
        """Count *found* against *gold*."""
        self.hit += (gold & found).total()
        for sign, rows in (("-", gold - found), ("+", found - gold)):
            for row, times in rows.items():
                self.misses += [Miss(sign, document, where, row)] * times
                if sign == "-":
                    self.missed += times
                else:
                    self.extra += times

    def figures(self) -> Figures:
        """Precision, recall and F1; what is neither there nor expected is right."""
        precision = self.hit / (self.hit + self.extra) if self.hit + self.extra else 1.0
        recall = self.hit / (self.hit + self.missed) if self.hit + self.missed else 1.0
        return Figures(precision, recall, 2 * precision * recall / (precision + recall) if precision + recall else 0.0)


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
