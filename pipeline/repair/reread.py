"""Restore what a poor scanner misread in every line: "thúc đây chuyên đôi sô" → "đẩy chuyển đổi số".

`words` repairs what is beyond doubt; where that alone shows that a text is damaged, each word that its neighbours do
not vouch for is read anew. The rate of the damage is part of the reckoning: where one word in ten is misread, a word
that does not fit is more likely misread than where one in a hundred is. In a sound text nothing is read anew.
"""

from __future__ import annotations

import math

import numpy as np
import numpy.typing as npt

from pipeline.repair.candidates import Candidate
from pipeline.repair.lattice import Lattice, best_path
from pipeline.repair.looks import Look, is_among_capitals, is_among_marks, is_among_names, look_of
from pipeline.repair.misreadings import MISREAD, in_capitals, readings
from pipeline.repair.ngrams import BREAK, COMMA, FIGURE, UNKNOWN, Floats, Ids, Ngrams, edge_of
from pipeline.repair.tokens import REACH, Tokens

Restored = dict[int, Candidate]
Bools = npt.NDArray[np.bool_]


def damage_of(tokens: Tokens, restored: Restored) -> float:
    """The rate at which words are misread, by those *restored* beyond doubt; 0 where these may be slips of authors."""
    marks = [(tokens.words[at].lower(), one.word) for at, one in restored.items() if one.rule == "wrong-mark"]
    share = len(marks) / max(len(tokens.words), 1)
    return min(UNSEEN * share, MOST) if len(set(marks)) >= LEAST_KINDS and share >= LEAST_SHARE else 0.0


def reread(tokens: Tokens, table: Ngrams, restored: Restored, rate: float) -> Restored:
    """*restored* and the other words of *tokens* that were misread at *rate*, by number."""
    stream = tokens.stream.copy()
    for at, one in restored.items():
        stream[tokens.places[at]] = one.id
    doubtful = _doubtful(tokens, stream, table, restored)
    offers = {at: some for at in doubtful if (some := _offers(tokens, table, at))}
    return restored | _Rereading(tokens, table, stream, offers, math.log(rate)).sure() if offers else restored


def _doubtful(tokens: Tokens, stream: Ids, table: Ngrams, restored: Restored) -> list[int]:
    """Words that stand in no row of three that is well known, and words that were restored already."""
    triples = table.log_counts(stream[:-2], stream[1:-1], stream[2:])
    at = tokens.places
    doubtful = np.maximum(np.maximum(triples[at], triples[at - 1]), triples[at - 2]) < WELL_KNOWN
    doubtful[list(restored)] = True
    return [int(number) for number in np.flatnonzero(doubtful)]


def _offers(tokens: Tokens, table: Ngrams, at: int) -> tuple[Candidate, ...]:
    word = tokens.words[at]
    if 1 < len(word) <= LONGEST and word.isascii() and word.isupper():
        return in_capitals(word.lower()) if is_among_capitals(tokens, at) else ()
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


class _Rereading:
    """What the doubtful words of a text read best as, and of which of these readings there is no doubt."""

    def __init__(
        self, tokens: Tokens, table: Ngrams, stream: Ids, offers: dict[int, tuple[Candidate, ...]], prior: float
    ) -> None:
        self.tokens, self.table, self.stream = tokens, table, stream
        self.numbers = np.array(list(offers), dtype=np.int64)
        self.readings = [reading for some in offers.values() for reading in (None, *some)]  # None is the print
        sizes = np.array([len(some) + 1 for some in offers.values()])
        self.edges = [_edges(tokens, self.numbers, side) for side in (0, 1)]
        self.lattice = self._lattice(sizes, prior)
        self.chosen = best_path(tokens.stream, self.lattice, table)

    def _lattice(self, sizes: Ids, prior: float) -> Lattice:
        firsts = np.concatenate([[0], np.cumsum(sizes)])
        prints = iter(self.tokens.stream[self.tokens.places[self.numbers]].tolist())
        ids = np.array([next(prints) if one is None else one.id for one in self.readings], dtype=np.int64)
        costs = np.array([0 if one is None else one.cost + prior for one in self.readings], dtype=np.float32)
        for side, kinds in enumerate(self.edges):
            kind_of = np.repeat(kinds, sizes)
            edged = np.flatnonzero(kind_of >= 0)
            costs[edged] += self.table.edges[side, kind_of[edged], ids[edged]]
        return Lattice(self.tokens.places[self.numbers], firsts, ids, costs)

    def sure(self) -> Restored:
        """The readings that stand clear of the print and of every other, the rest being read as chosen."""
        least = self._least_gains()
        rows = np.flatnonzero(self.chosen != self.lattice.firsts[:-1])
        while len(rows):
            read = self.stream.copy()
            read[self.lattice.places[rows]] = self.lattice.ids[self.chosen[rows]]
            gain, margin = self._weigh(read, rows)
            sure = (gain >= least[rows]) & (margin >= LEAST_MARGIN) & self._vouched(read, rows)
            if sure.all():
                break
            rows = rows[sure]
        found = ((int(self.numbers[row]), self.readings[self.chosen[row]]) for row in rows.tolist())
        return {at: reading for at, reading in found if reading is not None}

    def _weigh(self, read: Ids, rows: Ids) -> tuple[Floats, Floats]:
        """By how much the reading of each of *rows* is likelier than the print, and than the best other reading."""
        firsts = self.lattice.firsts
        sizes = firsts[rows + 1] - firsts[rows]
        starts = np.cumsum(sizes) - sizes
        at = np.arange(sizes.sum()) + np.repeat(firsts[rows] - starts, sizes)
        windows = np.repeat(read[self.lattice.places[rows][:, None] + np.arange(-REACH, REACH + 1)], sizes, axis=0)
        windows[:, REACH] = self.lattice.ids[at]
        scores = self.table.log_likelihood(windows, REACH, 2 * REACH) + self.lattice.costs[at]
        own = starts + self.chosen[rows] - firsts[rows]
        best, prints = scores[own], scores[starts]
        scores[own] = scores[starts] = -np.inf
        return best - prints, best - np.maximum.reduceat(scores, starts)

    def _vouched(self, read: Ids, rows: Ids) -> Bools:
        """Whether a neighbour knows the word as it is read now, be it a figure: "Điều 3", "30 tỷ"."""
        at = self.lattice.places[rows]
        before, word, after = read[at - 1], read[at], read[at + 1]
        left = np.where(before > COMMA, self.table.log_counts(before, word), 0)
        right = np.where(after > COMMA, self.table.log_counts(word, after), 0)
        vouched: Bools = np.maximum(left, right) > 0
        for side, kinds in enumerate(self.edges):
            vouched |= (kinds[rows] == FIGURE) & (self.table.edges[side, FIGURE, word] >= LEAST_FIGURED)
        return vouched

    def _least_gains(self) -> Floats:
        """How much likelier than the print each chosen reading must be."""
        least = np.array([_least_gain(self.tokens, self.table, at) for at in self.numbers.tolist()], dtype=np.float32)
        chosen = (self.readings[at] for at in self.chosen.tolist())
        least += [0 if one is None or one.rule == MISREAD else OTHER_SURCHARGE for one in chosen]
        least += NOISE_SURCHARGE * (_wrecks_around(self.tokens)[self.numbers] >= NOISY)
        return least


def _edges(tokens: Tokens, numbers: Ids, side: int) -> Ids:
    """What breaks the row before (side 0) or after (1) each of the words *numbers*; -1 where it goes on."""
    broken = tokens.stream[tokens.places[numbers] + 2 * side - 1] == BREAK
    kinds = np.full(len(numbers), -1, dtype=np.int64)
    kinds[broken] = [edge_of(tokens.gaps[at + side], side) for at in numbers[broken].tolist()]
    return kinds


def _wrecks_around(tokens: Tokens) -> Ids:
    """For each word, how many of those around it are no words: seals and signatures are read as such."""
    wrecks = (tokens.stream[tokens.places] == UNKNOWN) | (np.array([len(word) for word in tokens.words]) == 1)
    return np.convolve(wrecks, np.ones(2 * NEAR + 1, dtype=np.int64), mode="full")[NEAR:-NEAR]


def _least_gain(tokens: Tokens, table: Ngrams, at: int) -> float:
    word = tokens.words[at]
    least = LEAST_GAIN[look_of(word, table)]
    if word.isascii() and word.isupper():
        return least
    if word.isascii() and word[0].isupper() and _opens(tokens, at) and not is_among_names(tokens, at):
        return least + OPENING_SURCHARGE
    if word.isascii():
        least += ASCII_SURCHARGE
    if word[0].isupper() and not word.isupper():
        least += NAME_SURCHARGE if is_among_names(tokens, at) else CAPITAL_SURCHARGE
    return least


def _opens(tokens: Tokens, at: int) -> bool:
    """Whether a word opens a line or an item, where a capital says nothing of a name: "- Ra soát các quy định"."""
    before = tokens.gaps[at].rpartition("\n")
    return (bool(before[1]) or at == 0) and not before[2].strip(OPENERS)


LEAST_KINDS = 4
LEAST_SHARE = 0.0025
UNSEEN = 2.5  # so many words are misread for each one that is so beyond doubt
MOST = 0.25
WELL_KNOWN = np.log(30)
LEAST_GAIN: dict[Look, float] = {"ill-formed": 0.5, "unknown": 1.5, "sound": 2.5}
LEAST_MARGIN = 0.7
LEAST_FIGURED = np.log(0.1)
ASCII_SURCHARGE = 2.0
OPENING_SURCHARGE = 0.6  # of a word in plain letters that opens a line
OPENERS = " -–+•*_"
CAPITAL_SURCHARGE = 1.0
NAME_SURCHARGE = 3.5
OTHER_SURCHARGE = 2.0  # a lost or an additional letter is not what scanners are known for
NOISE_SURCHARGE = 4.0
NEAR, NOISY = 4, 3
LONGEST = 8
BOUND = frozenset("-/&@")
