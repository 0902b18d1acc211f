"""Restore two words in a row that lost their marks together: "chuyên đôi số" → "chuyển đổi".

Each hides what would restore the other, so both are replaced at once, by a common pair with the same bare letters.
"""

from __future__ import annotations

import numpy as np

from pipeline.repair.candidates import Candidate, candidates
from pipeline.repair.looks import is_among_marks, is_written_like_a_word
from pipeline.repair.ngrams import Ids, Ngrams
from pipeline.repair.tokens import REACH, Tokens


def restore_pairs(tokens: Tokens, stream: Ids, table: Ngrams, suspects: Ids) -> dict[int, Candidate]:
    """What both words of suspect pairs should read, by number, where context leaves no doubt."""
    restored: dict[int, Candidate] = {}
    for at in suspects[np.flatnonzero(np.diff(suspects) == 1)].tolist():
        if tokens.gaps[at + 1] == " " and at not in restored:
            restored |= _best_pair(tokens, stream, table, at)
    return restored


def _best_pair(tokens: Tokens, stream: Ids, table: Ngrams, at: int) -> dict[int, Candidate]:
    firsts, seconds = _same_letters(tokens, at), _same_letters(tokens, at + 1)
    if not firsts or not seconds or not tokens.words[at + 1].islower():
        return {}
    one = np.repeat(np.array([first.id for first in firsts]), len(seconds))
    two = np.tile(np.array([second.id for second in seconds]), len(firsts))
    common = np.flatnonzero(table.log_counts(one, two) >= LEAST_PAIR)
    if not len(common):
        return {}
    place = int(tokens.places[at])
    window = np.tile(stream[place - REACH : place + REACH + 2], (len(common) + 1, 1))
    window[1:, REACH], window[1:, REACH + 1] = one[common], two[common]
    likelihoods = table.log_likelihood(window, REACH, 2 * REACH + 1)
    gains = likelihoods[1:] - likelihoods[0]
    order = np.argsort(-gains)
    margin = float(gains[order[0]] - gains[order[1]]) if len(order) > 1 else LEAST_MARGIN
    if gains[order[0]] < LEAST_GAIN or margin < LEAST_MARGIN:
        return {}
    first, second = divmod(int(common[order[0]]), len(seconds))
    return {at: firsts[first], at + 1: seconds[second]}


def _same_letters(tokens: Tokens, at: int) -> list[Candidate]:
    word = tokens.words[at]
    if len(word) < 2 or not is_written_like_a_word(tokens, at) or not is_among_marks(tokens, at):
        return []
    return [one for one in candidates(word.lower(), ill_formed=False) if one.rule == "wrong-mark"]


LEAST_PAIR = np.log(100)
LEAST_GAIN = 21.0
LEAST_MARGIN = 3.0
