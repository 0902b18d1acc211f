"""Restore what a scanned text itself writes rightly elsewhere: "miễn núi" where it has "miền núi" again and again.

Terms of a trade are rare in the table of syllables, yet a plan repeats its own in every section, and a scanner misreads
only some of them. A pair that the table hardly knows gives way to one that the text has several times, where the two
differ in the marks of one word, provided that the words on its other side agree.
"""

from __future__ import annotations

from collections import Counter
from math import log

import numpy as np

from pipeline.repair.candidates import Candidate, is_slip
from pipeline.repair.misreadings import MISREAD
from pipeline.repair.ngrams import FIRST_ID, Ids, Ngrams
from pipeline.repair.syllables import bare
from pipeline.repair.tokens import REACH, Tokens

Restored = dict[int, Candidate]


def by_usage(tokens: Tokens, table: Ngrams, restored: Restored) -> Restored:
    """*restored* and the words of a damaged text that differ from its own usage, by number."""
    stream = tokens.stream.copy()
    for at, one in restored.items():
        stream[tokens.places[at]] = one.id
    pairs = Counter(zip(stream[:-1].tolist(), stream[1:].tolist(), strict=True))
    meant = [_usual(pairs, table, side) for side in (0, 1)]
    found: Restored = {}
    for at, place in enumerate(tokens.places.tolist()):
        if at in restored or tokens.words[at].isascii() or not tokens.words[at].islower():
            continue
        before, word, after = (int(one) for one in stream[place - 1 : place + 2])
        usual = meant[0].get((word, after)) or meant[1].get((before, word))
        if usual is not None and _gain(stream, place, usual, table) >= LEAST_GAIN:
            found[at] = Candidate(table.words[usual - FIRST_ID], usual, 0.0, MISREAD)
    return restored | found


def _gain(stream: Ids, place: int, usual: int, table: Ngrams) -> float:
    """By how much likelier the words around *place* become with the *usual* one."""
    windows = np.repeat(stream[None, place - REACH : place + REACH + 1], 2, axis=0)
    windows[1, REACH] = usual
    scores = table.log_likelihood(windows, REACH, 2 * REACH)
    return float(scores[1] - scores[0])


def _usual(pairs: Counter[tuple[int, int]], table: Ngrams, side: int) -> dict[tuple[int, int], int]:
    """For each doubtful pair the id that stands in the place of its first (*side* 0) or second word (1)."""
    known = {pair: count for pair, count in pairs.items() if min(pair) >= FIRST_ID}
    kinds: dict[tuple[str, int], list[tuple[int, int]]] = {}
    for pair in known:
        kinds.setdefault((bare(table.words[pair[side] - FIRST_ID]), pair[1 - side]), []).append(pair)
    meant: dict[tuple[int, int], int] = {}
    for rivals in kinds.values():
        if len(rivals) < 2:
            continue
        best = max(rivals, key=lambda pair: (known[pair], pair))
        for pair in rivals:
            if pair != best and _gives_way(pair, best, known, table, side):
                meant[pair] = best[side]
    return meant


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
