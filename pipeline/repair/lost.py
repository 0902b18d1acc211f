"""Restore what was swallowed whole: "điện ttrên toàn tỉnh" → "tử trên", "người sử lao động" → "sử dụng".

A syllable is put in only where the two before it hardly ever go on in another way, and where the row with it is well
known and without it unknown.
"""

from __future__ import annotations

from functools import cache, lru_cache
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from pipeline.repair.candidates import ASCII, words_from
from pipeline.repair.ngrams import BITS, COMMA, FIRST_ID, UNKNOWN, Ngrams, ngrams
from pipeline.repair.syllables import well_formed
from pipeline.repair.tokens import REACH, Tokens


class Completed(NamedTuple):
    """Word number `at` should read `after`."""

    at: int
    after: str
    rule: str


def restore_lost(tokens: Tokens, table: Ngrams) -> list[Completed]:
    """The words of *tokens* that swallowed another, in order."""
    return sorted(_fused(tokens, table) + _omitted(tokens, table))


def _fused(tokens: Tokens, table: Ngrams) -> list[Completed]:
    """ "ttrên": the onset that is left of one word, and the next word."""
    found = []
    for at in np.flatnonzero(tokens.stream[tokens.places] == UNKNOWN).tolist():
        word = tokens.words[at]
        if at == 0 or tokens.gaps[at] != " " or not 2 < len(word) <= LONGEST:
            continue
        place = int(tokens.places[at])
        left = tokens.stream[place - REACH : place]
        right = int(tokens.stream[place + 1])
        best = sorted(
            (
                (_log_likelihood(table, [*left, first, second, right]), f"{head} {tail}")
                for head, first, tail, second in _splits(word)
                if table.log_counts(left[-1:], np.array([first]))[0] >= LEAST_PAIR
            ),
            reverse=True,
        )
        if best and best[0][0] >= LEAST_LIKELIHOOD and (len(best) == 1 or best[0][0] - best[1][0] >= LEAST_MARGIN):
            found.append(Completed(at, best[0][1], "swallowed-syllable"))
    return found


@lru_cache(maxsize=4096)
def _splits(word: str) -> list[tuple[str, int, str, int]]:
    table = ngrams()
    if not word.islower() or word in well_formed():
        return []
    splits = []
    for cut in (1, 2):
        onset, tail = word[:cut], word[cut:]
        if set(onset) <= CONSONANTS and len(tail) > 1 and tail in table.ids and tail in well_formed():
            splits += [
                (head, table.ids[head], tail, table.ids[tail])
                for head in words_from(onset)
                if len(head) <= cut + 2 and ASCII.isdisjoint(head[cut:])
            ]
    return splits


def _log_likelihood(table: Ngrams, row: list[int]) -> float:
    return float(table.log_likelihood(np.array([row], dtype=np.int64), REACH, len(row) - 1)[0])


def _omitted(tokens: Tokens, table: Ngrams) -> list[Completed]:
    """ "người sử lao động": "người sử" goes on with "dụng" and hardly with anything else."""
    stream, places = tokens.stream, tokens.places
    this, left, after = stream[places], stream[places - 1], stream[places + 1]
    spoken = _bound_words()[this] & (left > UNKNOWN) & (after > UNKNOWN)
    open_pairs = np.flatnonzero(spoken)
    open_pairs = open_pairs[table.log_counts(this[open_pairs], after[open_pairs]) == 0]
    found = []
    for at in open_pairs.tolist():
        successor = _only_successor(table, int(left[at]), int(this[at]))
        if successor is None:
            continue
        row = [np.array([value]) for value in (left[at], this[at], successor, after[at])]
        if table.log_counts(*row)[0] >= LEAST_ROW and tokens.words[at].islower() and tokens.words[at + 1].islower():
            found.append(Completed(at, f"{tokens.words[at]} {table.words[successor - FIRST_ID]}", "lost-syllable"))
    return found


def _only_successor(table: Ngrams, first: int, second: int) -> int | None:
    """What follows the two nearly always, if anything does."""
    keys, logs = table.keys[3], table.logs[3]
    row = (first << BITS | second) << BITS
    start, stop = np.searchsorted(keys, [row, row + (1 << BITS)])
    if start == stop:
        return None
    counts = np.exp(logs[start:stop])
    best = int(np.argmax(counts))
    successor = int(keys[start + best] - row)
    return successor if successor > COMMA and counts[best] >= LEAST_SHARE * counts.sum() else None


@cache
def _bound_words() -> npt.NDArray[np.bool_]:
    """For each id, whether one word follows it so often that it hardly stands alone: "sử" (dụng), "thẩm" (định)."""
    table = ngrams()
    first, second = table.keys[2] >> BITS, table.keys[2] & ((1 << BITS) - 1)
    share = table.logs[2] - table.log_counts(first)
    bound = np.zeros(1 << BITS, dtype=bool)
    bound[first[(share >= LEAST_BOUND) & (second > COMMA)]] = True
    return bound


LONGEST = 9
LEAST_PAIR = np.log(10)
LEAST_MARGIN = 2.0
LEAST_LIKELIHOOD = -24.0
LEAST_ROW = np.log(40)
LEAST_BOUND = np.log(0.4)
LEAST_SHARE = 0.97
CONSONANTS = frozenset("bcdđghklmnpqrstvx")
