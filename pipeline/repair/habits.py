"""What one scanner does again and again: a text whose "thể" became "thé" has "dé" for "để", too.

The costs of `misreadings` are those of all scanners. What a text was restored to beyond doubt shows its own: how often
each letter of it was printed as which other, and how often a word lost its marks altogether.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from math import inf, log
from typing import NamedTuple

import numpy as np

from pipeline.repair.candidates import Candidate
from pipeline.repair.misreadings import Readings
from pipeline.repair.syllables import bare


class Habits(NamedTuple):
    """What misreadings cost in one text, as natural logarithms on top of the rate at which its words are misread.

    `letters` has the cost of reading the second letter where the first is printed; `marks_lost` that of any word with
    marks where the print has none.
    """

    letters: dict[tuple[str, str], float]
    marks_lost: float


def habits_of(restored: Iterable[tuple[str, str]], words: list[str], rate: float) -> Habits:
    """What is misread as what in *words*, by pairs of what is printed and what was meant, all in small letters.

    *rate* is the share of words that are misread, which each reading of a word pays already.
    """
    letters = Counter("".join(words))
    marked = sum(not word.isascii() for word in words)
    misread: Counter[tuple[str, str]] = Counter()
    lost = 0
    for printed, word in restored:
        letters.update(word)
        letters.subtract(printed)
        if printed.isascii():
            lost += printed == bare(word)
        elif len(printed) == len(word):
            misread.update((one, other) for one, other in zip(printed, word, strict=True) if one != other)
    costs = {pair: _cost(times, letters[pair[1]], rate) for pair, times in misread.items() if times >= LEAST_TIMES}
    return Habits(costs, _cost(lost, marked, rate) if lost >= LEAST_TIMES else -inf)


def _cost(times: int, of: int, rate: float) -> float:
    return log(times / max(of, times)) - log(rate)


def in_habit(some: dict[int, Readings], words: list[str], habits: Habits) -> dict[int, Readings]:
    """The readings of *some* of the *words* (in small letters) that the *habits* of their text make likelier."""
    misread = {printed for printed, _ in habits.letters}
    known: dict[tuple[str, int], Readings] = {}  # the same word has the same readings again and again
    found: dict[int, Readings] = {}
    for at, one in some.items():
        word = words[at]
        if habits.marks_lost == -inf if word.isascii() else misread.isdisjoint(word):
            continue
        key = word, id(one)
        if key not in known:
            known[key] = Readings(tuple(_cheaper(word, (*one.likely, *one.others), habits)), (), NONE)
        found[at] = known[key]
    return {at: one for at, one in found.items() if one.likely}


def _cheaper(word: str, some: Iterable[Candidate], habits: Habits) -> Iterator[Candidate]:
    for one in some:
        cost = min(_cost_of(word, one.word, habits), DEAREST)
        if cost > one.cost:
            yield one._replace(cost=cost)


def _cost_of(printed: str, meant: str, habits: Habits) -> float:
    if printed.isascii():
        return habits.marks_lost if printed == bare(meant) else -inf
    if len(printed) != len(meant):
        return -inf
    pairs = zip(printed, meant, strict=True)
    return sum(habits.letters.get((one, other), -inf) for one, other in pairs if one != other)


NONE = np.array([], dtype=np.int64)
LEAST_TIMES = 3
DEAREST = 0.0
