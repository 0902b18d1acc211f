"""Restore what a scanned text itself writes rightly elsewhere: "miễn núi" where it has "miền núi" again and again.

Terms of a trade are rare in the table of syllables, yet a plan repeats its own in every section, and a scanner misreads
only some of them. A pair that the table hardly knows gives way to one that the text has several times, where the two
differ in the marks of one word, provided that the words on its other side agree.
"""

from __future__ import annotations

from math import log

import numpy as np

from pipeline.repair.candidates import Candidate, is_slip
from pipeline.repair.misreadings import MISREAD
from pipeline.repair.ngrams import BITS, FIRST_ID, Ids, Ngrams
from pipeline.repair.syllables import bare
from pipeline.repair.tokens import REACH, Tokens, as_restored

Restored = dict[int, Candidate]


def by_usage(tokens: Tokens, table: Ngrams, restored: Restored) -> Restored:
    """*restored* and the words of a damaged text that differ from its own usage, by number."""
    stream = as_restored(tokens, restored)
    keys = (stream[:-1] << BITS) | stream[1:]
    counted = _counted(keys)
    meant = [_usual(*counted, table, side) for side in (0, 1)]
    beside = [np.isin(keys, np.array(list(some), dtype=np.int64)) for some in meant]
    found: Restored = {}
    for at in np.flatnonzero(beside[0][tokens.places] | beside[1][tokens.places - 1]).tolist():
        if at in restored or tokens.words[at].isascii() or not tokens.words[at].islower():
            continue
        place = int(tokens.places[at])
        usual = meant[0].get(int(keys[place])) or meant[1].get(int(keys[place - 1]))
        if usual is not None and _gain(stream, place, usual, table) >= LEAST_GAIN:
            found[at] = Candidate(table.words[usual - FIRST_ID], usual, 0.0, MISREAD)
    return restored | found


def _gain(stream: Ids, place: int, usual: int, table: Ngrams) -> float:
    """By how much likelier the words around *place* become with the *usual* one."""
    windows = np.repeat(stream[None, place - REACH : place + REACH + 1], 2, axis=0)
    windows[1, REACH] = usual
    scores = table.log_likelihood(windows, REACH, 2 * REACH)
    return float(scores[1] - scores[0])


def _counted(keys: Ids) -> tuple[Ids, Ids]:
    """The pairs of two words among *keys*, one a row, and how often each is there."""
    distinct, counts = np.unique(keys, return_counts=True)
    pairs = np.column_stack([distinct >> BITS, distinct & ((1 << BITS) - 1)])
    words = (pairs >= FIRST_ID).all(axis=1)
    return pairs[words], counts[words]


def _usual(pairs: Ids, counts: Ids, table: Ngrams, side: int) -> dict[int, int]:
    """For the key of each doubtful pair the id that stands in place of its first (*side* 0) or second word (1)."""
    meant: dict[int, int] = {}
    for rows in _rivals(pairs, table, side):
        known = {
            (one, other): count for (one, other), count in zip(pairs[rows].tolist(), counts[rows].tolist(), strict=True)
        }
        best = max(known, key=lambda pair: (known[pair], pair))
        for pair in known:
            if pair != best and _gives_way(pair, best, known, table, side):
                meant[(pair[0] << BITS) | pair[1]] = best[side]
    return meant


def _rivals(pairs: Ids, table: Ngrams, side: int) -> list[Ids]:
    """The rows of *pairs* that differ in nothing but the marks of the word on *side*, where there are several."""
    ids, word_of = np.unique(pairs[:, side], return_inverse=True)
    kinds: dict[str, int] = {}
    kind_of = [kinds.setdefault(bare(table.words[one - FIRST_ID]), one) for one in ids.tolist()]
    alike = (np.array(kind_of, dtype=np.int64)[word_of] << BITS) | pairs[:, 1 - side]
    order = np.argsort(alike, kind="stable")
    edges = np.flatnonzero(np.diff(alike[order], prepend=-1, append=-1))
    several = np.flatnonzero(np.diff(edges) > 1).tolist()
    return [order[edges[one] : edges[one + 1]] for one in several]


def _gives_way(
    pair: tuple[int, int], best: tuple[int, int], known: dict[tuple[int, int], int], table: Ngrams, side: int
) -> bool:
    one, other = (table.words[word[side] - FIRST_ID] for word in (pair, best))
    weight, rival = (_log_count(table, word) for word in (pair, best))
    often = known[best] >= (LEAST_UNKNOWN if weight == 0 else LEAST) and known[best] >= TIMES * known[pair]
    return often and weight <= HARDLY_KNOWN and rival >= weight and not is_slip(one, other)


def _log_count(table: Ngrams, pair: tuple[int, int]) -> float:
    first: Ids = np.array([pair[0]], dtype=np.int64)
    return float(table.log_counts(first, np.array([pair[1]], dtype=np.int64))[0])


LEAST, LEAST_UNKNOWN = 4, 2  # times that a text must have the pair, and where the table does not know the other at all
TIMES = 2  # so many times as often as the other
HARDLY_KNOWN = log(4)
LEAST_GAIN = 7.0  # of the row of words around it, lest "sử dụng nền" give way to "dựng nền"
