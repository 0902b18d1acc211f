"""Restore single words from their neighbours: "phối hp với" → "hợp", "nền tàng số" → "tảng".

A word is suspect when neither its pairs nor its triples are known; what it may have been comes from `candidates`, and
the likelihood of the whole window decides. How much evidence is needed depends on how the word looks: `tnh` can be no
word at all, `huyn` might be a name, `tàng` is a word and must be all but impossible where it stands.
"""

from __future__ import annotations

from functools import partial

import numpy as np

from pipeline.repair.candidates import MARKS, Candidate, candidates
from pipeline.repair.evidence import CLOSE, FIRM, FREE, Weighed, weigh
from pipeline.repair.looks import (
    Look,
    is_among_marks,
    is_among_names,
    is_of_a_set,
    is_set_in_capitals,
    is_written_like_a_word,
    look_of,
    may_be_a_label,
)
from pipeline.repair.ngrams import UNKNOWN, Floats, Ids, Ngrams
from pipeline.repair.pairs import restore_pairs
from pipeline.repair.tokens import REACH, Bools, Tokens


def restore_words(tokens: Tokens, table: Ngrams) -> dict[int, Candidate]:
    """What the words of *tokens* should read, by number, where context leaves no doubt.

    A restored word helps to restore its neighbours ("kết nôi mạng quôc gia"), so the search goes on around it.
    """
    reading = _Reading(tokens, table)
    everywhere = np.arange(len(tokens.words))
    reading.restore_around(everywhere)
    twos = restore_pairs(tokens, reading.stream, table, reading.suspects(everywhere))
    if twos:
        reading.restore_around(reading.put(twos))
    return reading.restored


class _Reading:
    """The ids of a text while words are restored in it, with the counts of its pairs and of the triples asked for."""

    def __init__(self, tokens: Tokens, table: Ngrams) -> None:
        self.tokens, self.table = tokens, table
        self.stream = stream = tokens.stream.copy()
        self.counts = table.log_counts(stream)
        self.pairs = table.log_counts(stream[:-1], stream[1:])
        self.triples = np.full(len(stream) - 2, NOT_COUNTED, dtype=np.float32)
        self.mute = stream <= UNKNOWN
        self.open = np.ones(len(tokens.words), dtype=bool)
        self.restored: dict[int, Candidate] = {}

    def restore_around(self, near: Ids) -> None:
        """Restore single words among *near*, then around what was restored, until nothing more is found."""
        offers = partial(_offers, self.tokens, self.table)
        for _ in range(ROUNDS):
            best = weigh(self.tokens, self.stream, self.table, self.suspects(near), offers)
            fresh = {one.at: one.candidate for one in best if self._is_beyond_doubt(one)}
            if not fresh:
                break
            near = self.put(fresh)

    def _is_beyond_doubt(self, one: Weighed) -> bool:
        place = self.tokens.places[one.at]
        beside = [at for at in (place - 1, place) if not (self.mute[at] or self.mute[at + 1])]
        alone = not any(self.pairs[at] > WEAK_PAIR for at in beside)
        least = _least_gain(one, self.tokens, self.table, alone=alone)
        return one.fits and one.margin >= LEAST_MARGIN and one.gain >= least

    def suspects(self, near: Ids) -> Ids:
        """Words of *near* that no pair and no triple knows better than chance, though they have a neighbour."""
        near = near[self.open[near]]
        at, mute = self.tokens.places[near], self.mute
        weak = ~self._known(at - 1) & ~self._known(at) & ~(mute[at - 1] & mute[at + 1])
        near, at = near[weak], at[weak]
        triples = self._counted(at[:, None] + np.arange(-2, 1))
        one = self.counts[at] - self.table.total + OVER_CHANCE
        chance = np.stack([self.pairs[at - 2] + one, np.zeros_like(one), self.pairs[at + 1] + one], axis=1)
        suspects: Ids = near[(triples <= np.maximum(chance, 0)).all(axis=1)]
        return suspects

    def _known(self, at: Ids) -> Bools:
        """Whether the words at *at* and the next stand together, and more often than chance would have it."""
        chance = self.counts[at] + self.counts[at + 1] - self.table.total + OVER_CHANCE
        known: Bools = (self.pairs[at] > np.maximum(chance, WEAK_PAIR)) & ~(self.mute[at] | self.mute[at + 1])
        return known  # any word may stand beside a comma

    def _counted(self, at: Ids) -> Floats:
        """The counts of the triples *at*; few are ever asked for, since pairs vouch for most words."""
        new = _distinct(at[self.triples[at] == NOT_COUNTED])
        self.triples[new] = self._triples(new)
        found: Floats = self.triples[at]
        return found

    def _triples(self, at: Ids) -> Floats:
        stream = self.stream
        return self.table.log_counts(stream[at], stream[at + 1], stream[at + 2])

    def put(self, fresh: dict[int, Candidate]) -> Ids:
        """Put restored words into the text; the result is the words around them."""
        self.restored |= fresh
        numbers = np.array(list(fresh), dtype=np.int64)
        self.open[numbers] = False
        places, stream = self.tokens.places[numbers], self.stream
        stream[places] = [candidate.id for candidate in fresh.values()]
        self.mute[places] = False
        touched = _distinct(places[:, None] + np.arange(-2, 1))
        self.counts[places] = self.table.log_counts(stream[places])
        self.pairs[touched] = self.table.log_counts(stream[touched], stream[touched + 1])
        self.triples[touched] = self._triples(touched)
        around = _distinct(numbers[:, None] + np.arange(-REACH, REACH + 1))
        inside: Ids = around[(around >= 0) & (around < len(self.open))]
        return inside


def _distinct(places: Ids) -> Ids:
    """*places* in order, each once; `np.unique` would load the masked arrays of numpy for it, which takes its time."""
    ordered = np.sort(places, axis=None)
    distinct: Ids = ordered[np.append(True, ordered[1:] != ordered[:-1])[: len(ordered)]]
    return distinct


def _offers(tokens: Tokens, table: Ngrams, at: int) -> list[Candidate]:
    """What word number *at* may have been."""
    word = tokens.words[at]
    if not (is_written_like_a_word(tokens, at) or is_set_in_capitals(tokens, at)) or is_of_a_set(tokens, at):
        return []
    look = look_of(word, table)
    some = candidates(word.lower(), ill_formed=look == "ill-formed")
    if len(word) == 1:
        return [] if may_be_a_label(tokens, at) else [one for one in some if one.rule == "dropped-letter"]
    if word.isascii() and not is_among_marks(tokens, at):
        some = tuple(one for one in some if one.rule != "wrong-mark")
    if word[0].isupper() and look == "ill-formed":
        return [one for one in some if one.cost >= MARKS]
    return list(some)


def _least_gain(one: Weighed, tokens: Tokens, table: Ngrams, *, alone: bool) -> float:
    """By how much likelier than the print the reading must make the row; no neighbour knows a print that is *alone*."""
    word, rule = tokens.words[one.at], one.candidate.rule
    if len(word) == 1:
        return LEAST_GAIN_LETTER
    look = look_of(word, table)
    if alone and (bound := _least_gain_bound(one, look, tokens)) is not None:
        return bound
    if word.isupper():
        return NEVER
    least = LEAST_GAIN[look] + SURCHARGE[rule]
    if not alone and one.bond != FIRM:
        least += CHANCE_SURCHARGE[rule]
    if rule == "wrong-letter" and word.isascii():
        least += FOREIGN_SURCHARGE
    if word[0].isupper():
        named = is_among_names(tokens, one.at)
        if (word.isascii() and rule == "wrong-mark") or (look != "ill-formed" and named):
            return NEVER  # "Make in Viet Nam", "xã Hoằng Tiến"
        least += CAPITAL_SURCHARGE
    return least


def _least_gain_bound(one: Weighed, look: Look, tokens: Tokens) -> float | None:
    """The same for what a neighbour hardly stands without: "ly" after "xử" needs no more than that; None for others."""
    word, rule = tokens.words[one.at], one.candidate.rule
    if one.bond == FREE or rule not in {"wrong-mark", "wrong-letter"}:
        return None
    if word[0].isupper() and not word.isupper() and is_among_names(tokens, one.at):
        return None
    if rule == "wrong-letter":
        return None if word.isupper() or one.bond != FIRM else LEAST_GAIN[look] + SURCHARGE[rule] / 2
    return min(LEAST_GAIN[look], LEAST_GAIN_BOUND[one.bond])


ROUNDS = 4
WEAK_PAIR = np.log(3)
OVER_CHANCE = np.float32(np.log(2))  # so much more often than chance stands what is known beside a word
LEAST_MARGIN = 2.0
LEAST_GAIN: dict[Look, float] = {"ill-formed": 4.0, "unknown": 8.0, "sound": 11.2}
LEAST_GAIN_LETTER = 10.0
LEAST_GAIN_BOUND = {CLOSE: 7.0, FIRM: 5.0}
SURCHARGE = {"dropped-letter": 0.0, "wrong-mark": 0.0, "wrong-letter": 6.0, "extra-letter": 5.0}
CAPITAL_SURCHARGE = 3.0
# Of a print that may stand beside its neighbour, if seldom: "người thu mua".
CHANCE_SURCHARGE = {"dropped-letter": 5.0, "wrong-mark": 3.0, "wrong-letter": 0.0, "extra-letter": 3.0}
FOREIGN_SURCHARGE = 4.0
NEVER = float("inf")
NOT_COUNTED = np.float32(-1)
