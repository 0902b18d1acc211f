"""What reading the codes of TCVN3 leaves to mend: "CéNG HOµ" → "CỘNG HOÀ", "®îc" → "được".

TCVN3 has no capitals with a tone; a font shows the small ones as capitals, and in a bare text they stand small among
capitals. Its `ư` is the byte of the soft hyphen, which web pages and copying lose; it is put back only where a word
without it cannot be Vietnamese: "trờng", not "ngời".
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from pipeline.mapped_text import Edit
from pipeline.repair.syllables import house_style, well_formed


@lru_cache(maxsize=1 << 16)
def is_syllable(word: str) -> bool:
    """Whether the spelling of Vietnamese allows *word*, whatever its case and wherever it has its tone mark.

    >>> is_syllable("hoà"), is_syllable("CộNG"), is_syllable("cña")
    (True, True, False)
    """
    return house_style(word.lower()) in well_formed()


def small_among_capitals(text: str, offset: int = 0) -> Iterator[Edit]:
    """Capitals for the small letters of words in capitals; a word of doubt goes with its neighbours.

    >>> [edit.replacement for edit in small_among_capitals("Hoà Bình, CộNG HOà Xã HộI")]
    ['CỘNG', 'HOÀ', 'XÃ', 'HỘI']
    """
    words = list(_WORD.finditer(text))
    loud = [_is_loud(match[0]) for match in words]
    if True not in loud:
        return
    for at, match in enumerate(words):
        if loud[at] or (loud[at] is None and _among_loud(loud, at)):
            capitals = match[0].upper()
            if capitals != match[0] and len(capitals) == len(match[0]):
                yield Edit(match.start() + offset, match.end() + offset, capitals)


@lru_cache(maxsize=1 << 16)
def with_lost_horn(word: str) -> str | None:
    """*word* with the `ư` that it must have lost, None when it lost none or may be right without it.

    >>> with_lost_horn("đợc"), with_lost_horn("trờng"), with_lost_horn("ngời"), with_lost_horn("hợp")
    ('được', 'trường', None, None)
    """
    vowel = _HORN.search(word)
    if not vowel or is_syllable(word):
        return None
    horn = "Ư" if word.isupper() else "ư"
    mended = word[: vowel.start()] + horn + word[vowel.start() :]
    return mended if is_syllable(mended) else None


def lost_horns(text: str, offset: int = 0) -> Iterator[Edit]:
    """What puts back every `ư` that *text* must have lost; the vowel after it is replaced by both."""
    for match in _WORD.finditer(text):
        if mended := with_lost_horn(match[0]):
            at = next(_HORN.finditer(match[0])).start()
            yield Edit(match.start() + at + offset, match.start() + at + 1 + offset, mended[at : at + 2])


@lru_cache(maxsize=1 << 16)
def _is_loud(word: str) -> bool | None:
    """Whether *word* is written in capitals; None when it does not show."""
    plain = [letter for letter in word if letter.isascii()]
    if any(letter.islower() for letter in plain):
        return False
    return True if len(plain) > 1 and is_syllable(word) else None


def _among_loud(loud: Sequence[bool | None], at: int) -> bool:
    """Whether the nearest words that show their case, before and after, all are in capitals."""
    before = next((loud[near] for near in range(at - 1, max(at - _NEAR, -1), -1) if loud[near] is not None), None)
    after = next((loud[near] for near in range(at + 1, min(at + _NEAR, len(loud))) if loud[near] is not None), None)
    return False not in (before, after) and True in (before, after)


_NEAR = 6
_WORD = re.compile(r"[^\W\d_]{1,32}")
_HORN = re.compile("[ơờớởỡợƠỜỚỞỠỢ]")
