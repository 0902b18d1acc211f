"""Restore the words of a text that a poor scanner misread in every line: "thúc đây chuyên đôi sô" → "đẩy chuyển đổi số".

`words` repairs what is beyond doubt; where that alone shows that a text is damaged, each word that its neighbours do
not vouch for is read anew. The rate of the damage is part of the reckoning: where one word in ten is misread, a word
that does not fit is more likely misread than where one in a hundred is. In a sound text nothing is read anew.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from pipeline.repair.candidates import Candidate
from pipeline.repair.lattice import Lattice, best_path
from pipeline.repair.looks import is_among_marks, is_among_names, look_of
from pipeline.repair.misreadings import readings
from pipeline.repair.ngrams import BREAK, COMMA, FIGURE, UNKNOWN, Floats, Ids, Ngrams, edge_of
from pipeline.repair.tokens import REACH, Tokens

Restored = dict[int, Candidate]
Bools = npt.NDArray[np.bool_]


def damage_of(tokens: Tokens, restored: Restored) -> float:
    """The rate at which words are misread, judged by those *restored* beyond doubt; 0 where it may be authors' slips."""
    marks = [(tokens.words[at].lower(), one.word) for at, one in restored.items() if one.rule == "wrong-mark"]
    share = len(marks) / max(len(tokens.words), 1)
    return min(UNSEEN * share, MOST) if len(set(marks)) >= LEAST_KINDS and share >= LEAST_SHARE else 0.0


def reread(tokens: Tokens, table: Ngrams, restored: Restored, rate: float) -> Restored:
    """*restored* and the other words of *tokens* that were misread at *rate*, by number."""
    stream = tokens.stream.copy()
    for at, one in restored.items():
        stream[tokens.places[at]] = one.id
    offers = {at: some for at in _doubtful(tokens, stream, table, restored) if (some := _offers(tokens, table, at))}
    if not offers:
        return restored
    numbers = np.array(list(offers), dtype=np.int64)
    lattice, doubts = _lattice(tokens, table, numbers, list(offers.values()), math.log(rate))
    chosen = best_path(tokens.stream, lattice, table)
    sure = _sure(tokens, stream, table, numbers, lattice, chosen, doubts[chosen])
    fresh = {
        at: offers[at][chosen[row] - lattice.firsts[row] - 1]
        for row, at in enumerate(numbers.tolist())
        if sure[row] and chosen[row] != lattice.firsts[row]
    }
    return {**restored, **fresh}


def _doubtful(tokens: Tokens, stream: Ids, table: Ngrams, restored: Restored) -> list[int]:
    """Words that stand in no row of three that is well known."""
    triples = table.log_counts(stream[:-2], stream[1:-1], stream[2:])
    at = tokens.places
    doubtful = np.maximum(np.maximum(triples[at], triples[at - 1]), triples[at - 2]) < WELL_KNOWN
    doubtful[list(restored)] = True
    return [int(number) for number in np.flatnonzero(doubtful)]


def _offers(tokens: Tokens, table: Ngrams, at: int) -> tuple[Candidate, ...]:
    word = tokens.words[at]
    if not 1 < len(word) <= LONGEST or not _is_printed_as_a_word(tokens, at):
        return ()
    if word.isascii() and not is_among_marks(tokens, at):
        return ()
    return readings(word.lower(), ill_formed=look_of(word, table) == "ill-formed")


def _is_printed_as_a_word(tokens: Tokens, at: int) -> bool:
    """Not `HĐND`, `IoT`, `QĐ-TTg`, `1ô`."""
    word, before, after = tokens.words[at], tokens.gaps[at][-1:], tokens.gaps[at + 1][:1]
    if before in BOUND or after in BOUND or before.isdigit() or after.isdigit():
        return False
    return (word.isupper() and not word.isascii()) or word[1:].islower()


def _lattice(
    tokens: Tokens, table: Ngrams, numbers: Ids, offers: Sequence[tuple[Candidate, ...]], prior: float
) -> tuple[Lattice, Floats]:
    places = tokens.places[numbers]
    sizes = np.array([len(some) + 1 for some in offers])
    firsts = np.concatenate([[0], np.cumsum(sizes)])
    ids = np.empty(firsts[-1], dtype=np.int64)
    costs = np.zeros(firsts[-1], dtype=np.float32)
    others = np.ones(firsts[-1], dtype=bool)
    others[firsts[:-1]] = False
    ids[~others] = tokens.stream[places]
    ids[others] = [one.id for some in offers for one in some]
    costs[others] = [one.cost + prior for some in offers for one in some]
    doubts = np.zeros(firsts[-1], dtype=np.float32)
    doubts[others] = [0 if one.rule == "misread" else OTHER_SURCHARGE for some in offers for one in some]
    edges = [_edges(tokens, numbers, side) for side in (0, 1)]
    for side, kinds in enumerate(edges):
        kind_of = np.repeat(kinds, sizes)
        edged = np.flatnonzero(kind_of >= 0)
        costs[edged] += table.edges[side, kind_of[edged], ids[edged]]
    return Lattice(places, firsts, ids, costs), doubts


def _edges(tokens: Tokens, numbers: Ids, side: int) -> Ids:
    """What breaks the row before (side 0) or after (1) each of the words *numbers*; -1 where it goes on."""
    broken = tokens.stream[tokens.places[numbers] + 2 * side - 1] == BREAK
    kinds = np.full(len(numbers), -1, dtype=np.int64)
    kinds[broken] = [edge_of(tokens.gaps[at + side], side) for at in numbers[broken].tolist()]
    return kinds


def _sure(
    tokens: Tokens, stream: Ids, table: Ngrams, numbers: Ids, lattice: Lattice, chosen: Ids, doubts: Floats
) -> Bools:
    """Which of the readings *chosen* stand clear of the print and of every other, the rest being read as chosen."""
    least = np.array([_least_gain(tokens, table, at) for at in numbers.tolist()], dtype=np.float32)
    least += NOISE_SURCHARGE * (_noise(tokens)[numbers] >= NOISY) + doubts
    sure: Bools = chosen != lattice.firsts[:-1]
    while True:
        rows = np.flatnonzero(sure)
        if not len(rows):
            return sure
        read = stream.copy()
        read[lattice.places[rows]] = lattice.ids[chosen[rows]]
        gain, margin = _weigh(read, table, lattice, rows, chosen)
        weak = (gain < least[rows]) | (margin < LEAST_MARGIN) | ~_vouched(tokens, numbers[rows], read, table)
        if not weak.any():
            return sure
        sure[rows[weak]] = False


def _weigh(read: Ids, table: Ngrams, lattice: Lattice, rows: Ids, chosen: Ids) -> tuple[Floats, Floats]:
    """By how much the reading of each of *rows* is likelier than the print, and than the best other reading."""
    sizes = lattice.firsts[rows + 1] - lattice.firsts[rows]
    starts = np.cumsum(sizes) - sizes
    at = np.arange(sizes.sum()) + np.repeat(lattice.firsts[rows] - starts, sizes)
    windows = np.repeat(read[lattice.places[rows][:, None] + np.arange(-REACH, REACH + 1)], sizes, axis=0)
    windows[:, REACH] = lattice.ids[at]
    scores = table.log_likelihood(windows, REACH, 2 * REACH) + lattice.costs[at]
    own = scores[starts + chosen[rows] - lattice.firsts[rows]]
    prints = scores[starts]
    scores[starts + chosen[rows] - lattice.firsts[rows]] = -np.inf
    scores[starts] = -np.inf
    return own - prints, own - np.maximum.reduceat(scores, starts)


def _vouched(tokens: Tokens, numbers: Ids, read: Ids, table: Ngrams) -> Bools:
    """Whether a neighbour knows the word as it is read now, be it a figure: "Điều 3", "30 tỷ"."""
    at = tokens.places[numbers]
    before, word, after = read[at - 1], read[at], read[at + 1]
    left = np.where(before > COMMA, table.log_counts(before, word), 0)
    right = np.where(after > COMMA, table.log_counts(word, after), 0)
    figured = np.zeros(len(numbers), dtype=bool)
    for side in (0, 1):
        kinds = _edges(tokens, numbers, side)
        figured |= (kinds == FIGURE) & (table.edges[side, FIGURE, word] >= LEAST_FIGURED)
    vouched: Bools = (np.maximum(left, right) >= LEAST_PAIR) | figured
    return vouched


def _noise(tokens: Tokens) -> Ids:
    """For each word, how many of the words around it are no words: seals and signatures are read as such."""
    wrecks = (tokens.stream[tokens.places] == UNKNOWN) | (np.array([len(word) for word in tokens.words]) == 1)
    return np.convolve(wrecks, np.ones(2 * NEAR + 1, dtype=np.int64), mode="same")


def _least_gain(tokens: Tokens, table: Ngrams, at: int) -> float:
    word = tokens.words[at]
    least = LEAST_GAIN[look_of(word, table)]
    if word.isascii():
        least += ASCII_SURCHARGE
    if word[0].isupper() and not word.isupper():
        least += NAME_SURCHARGE if is_among_names(tokens, at) else CAPITAL_SURCHARGE
    return least


LEAST_KINDS = 4
LEAST_SHARE = 0.0025
UNSEEN = 2.5  # so many words are misread for each one that is so beyond doubt
MOST = 0.25
WELL_KNOWN = np.log(30)
LEAST_GAIN = {"ill-formed": 0.5, "unknown": 1.5, "sound": 2.5}
LEAST_MARGIN = 0.7
LEAST_PAIR, LEAST_FIGURED = np.log(2) - 0.05, np.log(0.1)
ASCII_SURCHARGE = 2.0
CAPITAL_SURCHARGE = 1.0
NAME_SURCHARGE = 3.5
OTHER_SURCHARGE = 2.0  # a lost or an additional letter is not what scanners are known for
NOISE_SURCHARGE = 4.0
NEAR, NOISY = 4, 3
LONGEST = 8
BOUND = frozenset("-/&@")
