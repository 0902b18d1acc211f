"""What a poor scanner makes of a word: "tổ" becomes "tô", "chuyển" "chuyền", "dữ" "đữ", "hệ" "bệ".

Each reading comes with the cost of the misreading that would explain it, as a natural logarithm, on top of the rate at
which the text is misread at all. The costs were counted in scanned texts: a hat swallows the tone above it (`ổ` as `ô`)
in every line, `d` gains a bar, other marks change now and then, another letter is rare.
"""

from __future__ import annotations

import unicodedata
from functools import cache, lru_cache
from typing import NamedTuple

import numpy as np

from pipeline.repair.candidates import VARIANTS, Candidate, candidates, words_by_bare_letters
from pipeline.repair.ngrams import Ids, ngrams
from pipeline.repair.syllables import TONES, bare, house_style


class Readings(NamedTuple):
    """What a word may have been: the `likely` whatever stands around it, `others` where a neighbour speaks for them."""

    likely: tuple[Candidate, ...]
    others: tuple[Candidate, ...]
    ids: Ids  # of the others


@lru_cache(maxsize=16384)
def readings(word: str, *, ill_formed: bool) -> Readings:
    """What *word* (in small letters) may have been before it was scanned, likeliest first, were there no context.

    >>> [one.word for one in readings("tô", ill_formed=False).likely][:2]
    ['tổ', 'tố']
    """
    word = house_style(word)
    table = ngrams()
    ids = table.ids
    found = {one.word: one._replace(cost=one.cost + RARE) for one in candidates(word, ill_formed=ill_formed)}
    for other, cost in _look_alikes(word):
        if other not in found or found[other].cost < cost or found[other].rule == "wrong-mark":
            found[other] = Candidate(other, ids[other], cost, MISREAD)
    some = [one for one in found.values() if one.word != word and {one.word, word} not in VARIANTS]
    counts = table.log_counts(np.array([one.id for one in some], dtype=np.int64)).tolist()
    ranked = sorted(zip(some, counts, strict=True), key=lambda one: (-one[0].cost - one[1], one[0].word))
    ordered = tuple(one for one, _ in ranked)
    return _parted_readings(ordered[:MOST], ordered[MOST:])


@lru_cache(maxsize=4096)
def in_capitals(word: str) -> Readings:
    """What *word* (in small letters) may have been in a heading in capitals, whose marks scanners lose all at once.

    >>> [one.word for one in in_capitals("phap").likely]
    ['pháp', 'phập']
    """
    table = ngrams()
    some = [other for other in words_by_bare_letters(bare(word)) if other != word]
    found = [Candidate(other, table.ids[other], BARE_CAPITALS, MISREAD) for other in some]
    counts = table.log_counts(np.array([one.id for one in found], dtype=np.int64)).tolist()
    ranked = sorted(zip(found, counts, strict=True), key=lambda one: (-one[1], one[0].word))
    return _parted_readings(tuple(one for one, _ in ranked[:MOST]), ())


def _parted_readings(likely: tuple[Candidate, ...], others: tuple[Candidate, ...]) -> Readings:
    return Readings(likely, others, np.array([one.id for one in others], dtype=np.int64))


def _look_alikes(word: str) -> list[tuple[str, float]]:
    """Words of as many letters that differ in marks, and at most in one letter that looks alike."""
    plain = bare(word)
    found = [(other, cost_of(word, other)) for other in words_by_bare_letters(plain) if len(other) == len(word)]
    for at, letter in enumerate(plain):
        for other_letter in ALIKE.get(letter, ""):
            bent = unicodedata.normalize("NFC", unicodedata.normalize("NFD", word[at]).replace(letter, other_letter))
            if len(bent) != 1 or word[at] == "đ":
                continue
            printed = word[:at] + bent + word[at + 1 :]
            others = words_by_bare_letters(plain[:at] + other_letter + plain[at + 1 :])
            found += [(other, cost_of(printed, other) + LIKE_LETTER) for other in others]
    return found


def cost_of(printed: str, meant: str) -> float:
    """Cost of reading *meant* as *printed*, which differ in marks alone.

    >>> cost_of("tô", "tổ") > cost_of("tồ", "tổ") > cost_of("tó", "tổ")
    True
    """
    cost = sum(_letter_cost(one, other) for one, other in zip(printed, meant, strict=True) if one != other)
    return max(cost, ALL_LOST) if printed.isascii() else cost


@lru_cache(maxsize=4096)
def _letter_cost(printed: str, meant: str) -> float:
    (shape, tone), (meant_shape, meant_tone) = _parted(printed), _parted(meant)
    if shape == meant_shape:
        if not meant_tone:
            return ADDED_TONE
        return (OTHER_TONE if tone else LOST_TONE)[shape in HATTED]
    if shape == "đ":
        return ADDED_BAR
    if tone == meant_tone != "" and meant_shape in HATTED:
        return LOST_HAT
    return OTHER_SHAPE


@cache
def _parted(letter: str) -> tuple[str, str]:
    """A letter without its tone mark, and the tone mark."""
    decomposed = unicodedata.normalize("NFD", letter)
    tone = next((mark for mark in decomposed if mark in TONES[1:]), "")
    return unicodedata.normalize("NFC", decomposed.replace(tone, "") if tone else decomposed), tone


MISREAD = "misread"
MOST = 8
HATTED = frozenset("âêôă")
LOST_TONE, OTHER_TONE = (-4.5, 1.0), (-3.7, -1.7)  # of a plain letter, and of one with a hat
ADDED_TONE = -4.0
ADDED_BAR = -0.5
LOST_HAT = -2.7
OTHER_SHAPE = -4.7
ALL_LOST = -5.5  # what loses its marks loses all of them: "dat" for "đạt"
LIKE_LETTER = -4.5
BARE_CAPITALS = -1.0
RARE = -2.5
# By the letter that is printed: what it may have been.
ALIKE = {"b": "h", "h": "b", "t": "l", "l": "it", "i": "lt", "e": "oc", "o": "e", "n": "mru", "u": "n", "c": "e"}
