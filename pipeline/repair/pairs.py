"""Restore two words in a row that lost their marks together: "chuyên đôi số" → "chuyển đổi".

Each hides what would restore the other, so both are replaced at once, by a common pair with the same bare letters.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise

import numpy as np

from pipeline.repair.candidates import Candidate, candidates
from pipeline.repair.looks import is_among_marks, is_written_like_a_word
from pipeline.repair.ngrams import Ids, Ngrams
from pipeline.repair.tokens import REACH, Tokens


def restore_pairs(tokens: Tokens, stream: Ids, table: Ngrams, suspects: Ids) -> dict[int, Candidate]:
    """What both words of suspect pairs should read, by number, where context leaves no doubt."""
    restored: dict[int, Candidate] = {}
    for at, first, second in _best_pairs(tokens, stream, table, suspects[np.flatnonzero(np.diff(suspects) == 1)]):
        if at not in restored:
            restored |= {at: first, at + 1: second}
    return restored


def _best_pairs(tokens: Tokens, stream: Ids, table: Ngrams, firsts: Ids) -> Iterator[tuple[int, Candidate, Candidate]]:
    """Each word of *firsts* that makes a common pair with the next one, and what both should read, in order."""
    offered = [
        (at, *pair)
        for at in firsts.tolist()
        if tokens.gaps[at + 1] == " " and tokens.words[at + 1].islower()
        if _may_lack_marks(tokens, at) and _may_lack_marks(tokens, at + 1)
        for pair in _common_pairs(tokens.words[at].lower(), tokens.words[at + 1], table)
    ]
    if not offered:
        return
    places = tokens.places[[at for at, _, _ in offered]]
    printed = stream[places[:, None] + np.arange(-REACH, REACH + 2)]
    read = printed.copy()
    read[:, REACH : REACH + 2] = [(first.id, second.id) for _, first, second in offered]
    gains = table.log_likelihood(read, REACH, 2 * REACH + 1) - table.log_likelihood(printed, REACH, 2 * REACH + 1)
    edges = np.flatnonzero(np.diff(places, prepend=-1, append=-1)).tolist()
    for start, stop in pairwise(edges):
        order = np.argsort(-gains[start:stop], kind="stable")
        gain = gains[start + order[0]]
        margin = float(gain - gains[start + order[1]]) if len(order) > 1 else LEAST_MARGIN
        if gain >= LEAST_GAIN and margin >= LEAST_MARGIN:
            yield offered[start + order[0]]


def _may_lack_marks(tokens: Tokens, at: int) -> bool:
    return len(tokens.words[at]) > 1 and is_written_like_a_word(tokens, at) and is_among_marks(tokens, at)


@lru_cache(maxsize=1 << 14)
def _common_pairs(word: str, other: str, table: Ngrams) -> tuple[tuple[Candidate, Candidate], ...]:
    """What two words in a row, in small letters, may both have been: pairs in use that have the same bare letters."""
    firsts, seconds = _same_letters(word), _same_letters(other)
    one = np.repeat(np.array([first.id for first in firsts], dtype=np.int64), len(seconds))
    two = np.tile(np.array([second.id for second in seconds], dtype=np.int64), len(firsts))
    common = np.flatnonzero(table.log_counts(one, two) >= LEAST_PAIR).tolist()
    return tuple((firsts[at // len(seconds)], seconds[at % len(seconds)]) for at in common)


def _same_letters(word: str) -> list[Candidate]:
    return [one for one in candidates(word, ill_formed=False) if one.rule == "wrong-mark"]


LEAST_PAIR = np.log(100)
LEAST_GAIN = 21.0
LEAST_MARGIN = 3.0
