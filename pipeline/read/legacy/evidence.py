"""What the words of a line say for an old encoding: "cña" is no word and "của" is one, so "cña" speaks for TCVN3.

A word speaks for an encoding when no Vietnamese spelling allows it as it stands and one allows what it reads as; it
speaks against when it was a word before, or is none either way, as "für" and "où" are. So neither proper Vietnamese
nor French or German is ever taken for an old encoding, and no list of words is needed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from pipeline.read.legacy.codes import codes
from pipeline.read.legacy.tcvn3 import is_syllable, with_lost_horn


class Evidence(NamedTuple):
    """How many different words an encoding mends, spoils, or reads as no better than before.

    `foreign` counts words of plain letters that no Vietnamese spelling allows, in whatever encoding.
    """

    encoding: str
    mended: int = 0
    spoiled: int = 0
    wrong: int = 0
    foreign: int = 0

    @property
    def margin(self) -> float:
        """What speaks for the encoding less what speaks against it."""
        return self.mended - 2 * self.spoiled - self.wrong - 0.5 * self.foreign

    @property
    def is_certain(self) -> bool:
        """Whether this alone is enough."""
        return self.mended >= 2 and self.margin >= 2

    @property
    def is_possible(self) -> bool:
        """Whether this is no hindrance where the encoding is known from elsewhere; "§¾k L¾k" is no spelling at all."""
        return self.mended >= 2 * self.spoiled


def evidences(text: str, encodings: Iterable[str]) -> list[Evidence]:
    """The evidence of *text* of bytes for each of *encodings*.

    >>> evidences("Bé trëng", ["tcvn3", "vni"])
    [Evidence(encoding='tcvn3', mended=1, spoiled=0, wrong=0, foreign=0), \
Evidence(encoding='vni', mended=0, spoiled=0, wrong=1, foreign=0)]
    """
    return [_evidence(text, encoding) for encoding in encodings]


def word_core(word: str, encoding: str) -> str:
    """*word* without what is no letter of it: a lone sign ("÷"), or quotes that are letters in VISCII ("“Cµng”")."""
    if len(word) == 1:
        return word if (word.isalpha() and word not in "ªµº") or word in _LONE.get(encoding, "") else ""
    if encoding != "viscii" or is_syllable(codes(encoding).decoded(word)):
        return word
    return word.strip(_QUOTES)


@lru_cache(maxsize=1 << 12)
def _evidence(text: str, encoding: str) -> Evidence:
    found = [_judged(word, encoding) for word in set(codes(encoding).word.findall(text))]
    return Evidence(encoding, *(found.count(kind) for kind in ("mended", "spoiled", "wrong", "foreign")))


@lru_cache(maxsize=1 << 16)
def _judged(word: str, encoding: str) -> str:
    """What *word*, of bytes, is when it is read in *encoding*: a field of `Evidence`, or nothing."""
    word = word_core(word, encoding)
    if len(word) < 2:
        return ""
    read = codes(encoding).decoded(word)
    if read == word and word.isascii():
        return "" if word.isupper() or is_syllable(word) else "foreign"
    if encoding == "tcvn3":
        read = with_lost_horn(read) or read
    good = is_syllable(read) and _is_cased(read, encoding)
    if is_syllable(word.translate(_EDH)):
        return "" if good else "spoiled"
    if good:
        return "mended"
    return "" if read.isupper() and len(read) <= _ABBREVIATION else "wrong"


def _is_cased(word: str, encoding: str) -> bool:
    """Whether capitals stand where they may: "CộNG" is of TCVN3 alone, "sỢ" is a quote taken for a letter."""
    if word.isupper() or word[1:] == word[1:].lower():
        return True
    return encoding == "tcvn3" and not _CAPITAL_INSIDE.search(word)


_ABBREVIATION = 6  # "QĐ", "HĐND"
_EDH = str.maketrans("Ðð", "Đđ")
_CAPITAL_INSIDE = re.compile("[a-z].*[A-ZÀ-ÖØ-ÞĂĐĨŨƠƯẠẢẤẦẨẪẬẮẰẲẴẶẸẺẼẾỀỂỄỆỈỊỌỎỐỒỔỖỘỚỜỞỠỢỤỦỨỪỬỮỰỲỴỶỸ]")
_LONE = {"tcvn3": "§®«¤", "viscii": "·"}  # Đ and đ, the labels of points, ô and Ô; ở
_QUOTES = "\x84\x85\x91\x92\x93\x94\x95\x96\x97\xa0"
