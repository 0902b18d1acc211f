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
from pipeline.repair.evidence import FREE, bonds_of, shares_of
from pipeline.repair.habits import habits_of, in_habit
from pipeline.repair.lattice import Lattice, best_path
from pipeline.repair.looks import Look, is_among_names, look_of
from pipeline.repair.misreadings import MISREAD, Readings
from pipeline.repair.ngrams import BITS, BREAK, COMMA, FIGURE, UNKNOWN, Floats, Ids, Ngrams, edge_of
from pipeline.repair.offers import Offers, vouched_offers
from pipeline.repair.syllables import bare
from pipeline.repair.tokens import REACH, Tokens, as_restored

Restored = dict[int, Candidate]
Bools = npt.NDArray[np.bool_]


def damage_of(tokens: Tokens, restored: Restored) -> float:
    """The rate at which words are misread, by those *restored* beyond doubt; 0 where these may be slips of authors."""
    marks = [(tokens.words[at].lower(), one.word) for at, one in restored.items() if one.rule == "wrong-mark"]
    share = len(marks) / (len(tokens.words) + SOUND)
    kinds = len(set(marks))
    damaged = (kinds >= LEAST_KINDS and share >= LEAST_SHARE) or (kinds >= LEAST_KINDS_SHORT and share >= SHORT_SHARE)
    return min(UNSEEN * share, MOST) if damaged else 0.0


def reread(tokens: Tokens, table: Ngrams, restored: Restored, rate: float) -> Restored:
    """*restored* and the other words of *tokens* that were misread at *rate*, by number.

    What is found tells what this scanner misreads again and again; with that the words that still look strange are
    read once more.
    """
    stream = as_restored(tokens, restored)
    offers = Offers(tokens, table)
    doubtful = {at: offers[at] for at in _doubtful(tokens, stream, table, restored)}
    found = restored | _sure(doubtful, tokens, stream, table, rate)
    words = [word.lower() for word in tokens.words]
    habits = habits_of([(words[at], one.word) for at, one in found.items()], words, rate)
    stream = as_restored(tokens, found)
    strange = [at for at in np.flatnonzero(_strangers(tokens, stream, table)).tolist() if at not in found]
    some = in_habit({at: offers[at] for at in strange}, words, habits)
    return found | _sure(some, tokens, stream, table, rate)


def _sure(some: dict[int, Readings], tokens: Tokens, stream: Ids, table: Ngrams, rate: float) -> Restored:
    offers = vouched_offers(some, tokens, stream, table)
    return _Rereading(tokens, table, stream, offers, math.log(rate)).sure() if offers else {}


def _doubtful(tokens: Tokens, stream: Ids, table: Ngrams, restored: Restored) -> list[int]:
    """Words that stand in no row of three that is well known, or beside a wreck, and words that were restored already.

    What a wreck was may have said more of its neighbour: "bảo đảm thông nhât" is no "bảo đảm thông suốt". Nor does a
    well-known row vouch for a word that is a stranger to its other neighbour: "thiết" + "kê, xây".
    """
    triples = table.log_counts(stream[:-2], stream[1:-1], stream[2:])
    at = tokens.places
    doubtful = np.maximum(np.maximum(triples[at], triples[at - 1]), triples[at - 2]) < WELL_KNOWN
    doubtful |= _strangers(tokens, stream, table)
    doubtful[list(restored)] = True
    return [int(number) for number in np.flatnonzero(doubtful)]


def _strangers(tokens: Tokens, stream: Ids, table: Ngrams) -> Bools:
    """Whether each word stands beside a wreck, or beside a word that it meets no more often than by chance."""
    counts = table.log_counts(stream)
    chance = np.maximum(counts[:-1] + counts[1:] - table.total, 0)
    words = stream > COMMA
    strange = (table.log_counts(stream[:-1], stream[1:]) <= chance) & words[:-1] & words[1:]
    at = tokens.places
    strangers: Bools = strange[at - 1] | strange[at]
    return strangers


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
        self.chosen = best_path(stream, self.lattice, table)
        self._choose_by_usage()

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

    def _choose_by_usage(self) -> None:
        """Of readings that are about as likely prefer the one that the text has elsewhere: in one on taxes "thuế"."""
        rows = np.flatnonzero(self.chosen != self.lattice.firsts[:-1])
        if not len(rows):
            return
        scores, starts = self._scores(self._as_read(rows), rows)
        scores[starts] = -np.inf
        row_of = np.repeat(np.arange(len(rows)), np.diff(starts, append=len(scores)))
        best = np.lexsort((-scores, row_of))[starts]
        self.chosen[rows] = self.lattice.firsts[rows] + best - starts

    def _as_read(self, rows: Ids) -> Ids:
        """The text with *rows* as chosen."""
        read = self.stream.copy()
        read[self.lattice.places[rows]] = self.lattice.ids[self.chosen[rows]]
        return read

    def sure(self) -> Restored:
        """The readings that stand clear of the print and of every other, the rest being read as chosen."""
        rows = np.flatnonzero(self.chosen != self.lattice.firsts[:-1])
        least, marked = self._least_gains(rows), self._marked(rows)
        while len(rows):
            read = self._as_read(rows)
            gain, margin = self._weigh(read, rows)
            gain += np.where(marked, ALLOWANCES[self._bonds(read, rows)], ALLOWANCES[FREE])
            sure = (gain >= least) & (margin >= LEAST_MARGIN) & self._vouched(read, rows)
            if sure.all():
                break
            rows, least, marked = rows[sure], least[sure], marked[sure]
        found = ((int(self.numbers[row]), self.readings[self.chosen[row]]) for row in rows.tolist())
        return {at: reading for at, reading in found if reading is not None}

    def _weigh(self, read: Ids, rows: Ids) -> tuple[Floats, Floats]:
        """By how much the reading of each of *rows* is likelier than the print, and than the best other reading."""
        scores, starts = self._scores(read, rows)
        own = starts + self.chosen[rows] - self.lattice.firsts[rows]
        best, prints = scores[own], scores[starts]
        scores[own] = scores[starts] = -np.inf
        return best - prints, best - np.maximum.reduceat(scores, starts)

    def _scores(self, read: Ids, rows: Ids) -> tuple[Floats, Ids]:
        """How likely each reading of *rows* is, the print first, and where those of each row start."""
        firsts, table = self.lattice.firsts, self.table
        sizes = firsts[rows + 1] - firsts[rows]
        starts = np.cumsum(sizes) - sizes
        at = np.arange(sizes.sum()) + np.repeat(firsts[rows] - starts, sizes)
        windows = np.repeat(read[self.lattice.places[rows][:, None] + np.arange(-REACH, REACH + 1)], sizes, axis=0)
        chosen, windows[:, REACH] = windows[:, REACH].copy(), self.lattice.ids[at]
        scores = table.log_likelihood(windows, REACH, 2 * REACH) + self.lattice.costs[at]
        pairs = np.unique((read[:-1] << BITS) | read[1:], return_counts=True)
        times = _times(pairs, windows[:, REACH - 1 : REACH + 1]) + _times(pairs, windows[:, REACH : REACH + 2])
        used = np.maximum(times - 2 * (chosen == windows[:, REACH]), 0)  # here is not elsewhere
        used[starts] = 0
        scores += USAGE * np.log1p(np.minimum(used, OFTEN)).astype(np.float32)
        return scores, starts

    def _bonds(self, read: Ids, rows: Ids) -> Ids:
        """How firmly the neighbours of each of *rows* are bound to the word as it is read now."""
        at = self.lattice.places[rows]
        before, word, after = read[at - 1], read[at], read[at + 1]
        left, right = self.table.log_counts(before, word), self.table.log_counts(word, after)
        return bonds_of(self.table, word, np.maximum(*shares_of(self.table, before, left, after, right)))

    def _vouched(self, read: Ids, rows: Ids) -> Bools:
        """Whether a neighbour knows the word as it is read now, be it a figure: "Điều 3", "30 tỷ"."""
        at = self.lattice.places[rows]
        before, word, after = read[at - 1], read[at], read[at + 1]
        left = np.where(before > COMMA, self.table.log_counts(before, word), 0)
        right = np.where(after > COMMA, self.table.log_counts(word, after), 0)
        vouched: Bools = np.maximum(left, right) > 0
        for side, kinds in enumerate(self.edges):
            vouched |= (kinds[rows] == FIGURE) & (self.table.edges[side, FIGURE, word] >= LEAST_FIGURED)
        return vouched & ~self._held_by_comma(read, left, right, rows)

    def _held_by_comma(self, read: Ids, left: Floats, right: Floats, rows: Ids) -> Bools:
        """Whether a comma stands on one side, and the word on the other knows the print as well as the reading.

        *left* and *right* are what the neighbours know of the reading. "kinh nghiệm, năng lực" is no reason to doubt
        "chưa nghiêm, năng lực"; yet "ngành, nghề" is one phrase.
        """
        at, table = self.lattice.places[rows], self.table
        before, printed, after = read[at - 1], self.lattice.ids[self.lattice.firsts[rows]], read[at + 1]
        by_left, by_right = table.log_counts(before, printed), table.log_counts(printed, after)
        ends = (after == COMMA) & (before > COMMA) & (by_left > 0) & (by_left >= left)
        opens = (before == COMMA) & (after > COMMA) & (by_right > 0) & (by_right >= right)
        ends &= table.log_counts(read[at], after, read[at + 2]) < WELL_KNOWN
        opens &= table.log_counts(read[at - 2], before, read[at]) < WELL_KNOWN
        held: Bools = ends | opens
        return held

    def _least_gains(self, rows: Ids) -> Floats:
        """How much likelier than the print the chosen reading of each of *rows* must be."""
        numbers = self.numbers[rows]
        least = np.array([_least_gain(self.tokens, self.table, at) for at in numbers.tolist()], dtype=np.float32)
        chosen = (self.readings[at] for at in self.chosen[rows].tolist())
        least += np.array([0 if one is None or one.rule == MISREAD else OTHER_SURCHARGE for one in chosen])
        least += NOISE_SURCHARGE * (_wrecks_around(self.tokens)[numbers] >= NOISY)
        return least

    def _marked(self, rows: Ids) -> Bools:
        """Whether each of *rows* is read as a word with the same letters but for their marks."""
        words = (self.tokens.words[at].lower() for at in self.numbers[rows].tolist())
        read = (self.readings[at] for at in self.chosen[rows].tolist())
        same = [one is not None and bare(one.word) == bare(word) for word, one in zip(words, read, strict=True)]
        return np.array(same, dtype=bool)


def _times(counted: tuple[Ids, Ids], pairs: Ids) -> Ids:
    """How often each of *pairs* stands in a text of which the keys and the numbers of all pairs are *counted*."""
    keys, counts = counted
    wanted = (pairs[:, 0] << BITS) | pairs[:, 1]
    at = np.minimum(keys.searchsorted(wanted), len(keys) - 1)
    times: Ids = np.where((keys[at] == wanted) & (pairs > COMMA).all(axis=1), counts[at], 0)
    return times


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
    """Whether a word opens a line, an item or a sentence, where a capital is no name's: "- Ra soát các quy định"."""
    before = tokens.gaps[at].rpartition("\n")
    rest = before[2].strip(OPENERS)
    return not rest if before[1] or at == 0 else rest == "."


LEAST_KINDS, LEAST_SHARE = 4, 0.0024
SOUND = 100  # words that are taken as seen and sound before a text begins, lest a short one seem worse than it is
LEAST_KINDS_SHORT, SHORT_SHARE = 2, 0.008  # of a text too short for more
UNSEEN = 2.5  # so many words are misread for each one that is so beyond doubt
MOST = 0.25
WELL_KNOWN = np.log(30)
LEAST_GAIN: dict[Look, float] = {"ill-formed": 0.5, "unknown": 1.5, "sound": 2.5}
LEAST_MARGIN = 0.7
# For words that differ in marks alone, by how firmly a neighbour is bound to the reading.
ALLOWANCES = np.array([-0.5, 1.0, 2.0], dtype=np.float32)
USAGE = 1.0  # for each factor e in how often the text has the word beside the same neighbours elsewhere
OFTEN = 5  # more often than this says no more
LEAST_FIGURED = np.log(0.1)
ASCII_SURCHARGE = 2.0
OPENING_SURCHARGE = 0.6  # of a word in plain letters that opens a line
OPENERS = " -–+•*_"
CAPITAL_SURCHARGE = 1.0
NAME_SURCHARGE = 3.5
OTHER_SURCHARGE = 2.0  # a lost or an additional letter is not what scanners are known for
NOISE_SURCHARGE = 4.0
NEAR, NOISY = 4, 3
