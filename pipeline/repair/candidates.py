"""What a spoiled word may have been: "hp" hợp, hạp, họp …; "kêt" kết; "glan" gian.

Each candidate comes with the cost of the damage that would explain it, as a natural logarithm: a lost letter with a
diacritic (`hp`, `dng`, `tnh`) is what fonts and scanners do, a wrong plain letter is rare.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import NamedTuple

from pipeline.repair.ngrams import FIRST_ID, ngrams
from pipeline.repair.syllables import TONES, bare, well_formed


class Candidate(NamedTuple):
    """A word that could have been meant, by its id."""

    word: str
    id: int
    cost: float
    rule: str


@lru_cache(maxsize=16384)
def candidates(word: str, *, ill_formed: bool) -> tuple[Candidate, ...]:
    """What *word* (in small letters) may have been.

    What is *ill_formed* may have lost more; what is well formed is no repair where people confuse the two.

    >>> [one.word for one in candidates("kêt", ill_formed=True) if one.rule == "wrong-mark"]
    ['két', 'kẹt', 'kết']
    """
    found: dict[str, tuple[float, str]] = {}
    for other, cost, rule in _damages(word, ill_formed):
        if other != word and found.get(other, (IMPOSSIBLE, ""))[0] < cost:
            found[other] = (cost, rule)
    ids = ngrams().ids
    return tuple(
        Candidate(other, ids[other], cost, rule)
        for other, (cost, rule) in sorted(found.items())
        if not _is_style(word, other) and (ill_formed or not is_slip(word, other))
    )


def _damages(word: str, ill_formed: bool) -> Iterator[tuple[str, float, str]]:
    """Each word that some damage turns into *word*, with the cost of that damage and its name."""
    index = _index()
    if (alike := word.translate(LOOKALIKES)) in index.words:
        yield alike, LOOKALIKE, "wrong-mark"
    for other in index.shorter.get(word, ()):
        yield other, DROPPED_PLAIN if _lost(other, word) in ASCII else DROPPED_MARKED, "dropped-letter"
    for other in index.bare.get(bare(word), ()):
        yield other, MARKS if other.count("đ") == word.count("đ") else BARRED, "wrong-mark"
    if _is_two(word, index.words) or (len(word) < 3 and not ill_formed):
        return
    for at in range(len(word)):
        if (without := word[:at] + word[at + 1 :]) in index.words:
            yield without, EXTRA_LETTER, "extra-letter"
        for other in index.holes.get(word[:at] + "?" + word[at + 1 :], ()):
            yield other, OTHER_LETTER, "wrong-letter"
    plain = bare(word)
    for at in range(len(plain) if ill_formed and len(word) > 2 else 0):
        for other in index.bare_holes.get(plain[:at] + "?" + plain[at + 1 :], ()):
            yield other, OTHER_LETTER + MARKS, "wrong-letter"


def _is_two(word: str, words: set[str]) -> bool:
    """Whether only a space is missing: "chủở"."""
    return any(word[:at] in words and word[at:] in words for at in range(1, len(word)))


def _is_style(word: str, other: str) -> bool:
    """Whether only the tone mark sits on another vowel: `qũy` for `quỹ`."""
    return sorted(unicodedata.normalize("NFD", word)) == sorted(unicodedata.normalize("NFD", other))


def is_slip(word: str, other: str) -> bool:
    """Whether people, not machines, confuse the two: `hổ trợ` for `hỗ trợ`, `súc tiến` for `xúc tiến`.

    >>> is_slip("hổ", "hỗ"), is_slip("súc", "xúc"), is_slip("giầu", "giàu"), is_slip("tàng", "tảng")
    (True, True, True, False)
    """
    return _spoken(word) == _spoken(other) or {word, other} in VARIANTS


@lru_cache(maxsize=16384)
def _spoken(word: str) -> tuple[str, str]:
    """*word* and its tone, with the sounds that dialects merge written alike."""
    letters = unicodedata.normalize("NFD", word)
    tone = next((letter for letter in letters if letter in TONES[1:]), "")
    plain = unicodedata.normalize("NFC", letters.replace(tone, "", 1) if tone else letters)
    for written, heard in MERGED_ONSETS:
        if plain.startswith(written):
            plain = heard + plain[len(written) :]
            break
    for written, heard in MERGED_ENDS:
        if plain.endswith(written):
            plain = plain[: -len(written)] + heard
            break
    return plain, NGA if tone == HOI else tone


def words_in_use() -> set[str]:
    """Well-formed words that the table has often enough to be meant."""
    return _index().words


def words_by_bare_letters(plain: str) -> list[str]:
    """Words in common use that are *plain* without their diacritics."""
    return _index().bare.get(plain, [])


@cache
def words_from(onset: str) -> tuple[str, ...]:
    """Words in common use that begin with *onset*."""
    return tuple(sorted(word for word in _index().words if word.startswith(onset)))


class _Index(NamedTuple):
    words: set[str]
    shorter: dict[str, list[str]]
    bare: dict[str, list[str]]
    holes: dict[str, list[str]]
    bare_holes: dict[str, list[str]]


@cache
def _index() -> _Index:
    """Words in use by what remains of them when a letter is lost, marks are lost, or a letter is unreadable."""
    table = ngrams()
    counts = dict(zip(table.keys[1].tolist(), table.logs[1].tolist(), strict=True))
    made = _Index(set(), {}, {}, {}, {})
    for at, word in enumerate(table.words):
        if word not in well_formed() or counts.get(FIRST_ID + at, 0.0) < LEAST_UNIGRAM:
            continue
        made.words.add(word)
        plain = bare(word)
        made.bare.setdefault(plain, []).append(word)
        for place in range(len(word)):
            made.shorter.setdefault(word[:place] + word[place + 1 :], []).append(word)
            made.holes.setdefault(word[:place] + "?" + word[place + 1 :], []).append(word)
            made.bare_holes.setdefault(plain[:place] + "?" + plain[place + 1 :], []).append(word)
    return made


def _lost(whole: str, rest: str) -> str:
    at = next((at for at in range(len(rest)) if whole[at] != rest[at]), len(rest))
    return whole[at]


LEAST_UNIGRAM = 3.0  # natural logarithm of the count; about twenty
IMPOSSIBLE = float("-inf")
ASCII = frozenset("abcdefghijklmnopqrstuvwxyz")
DROPPED_MARKED, MARKS, BARRED, DROPPED_PLAIN, EXTRA_LETTER, OTHER_LETTER = -1.0, -2.0, -4.0, -4.0, -4.0, -5.0
LOOKALIKES = str.maketrans("ǜǚǘǔ", "ũủúủ")
LOOKALIKE = 3.0
VARIANTS = (
    {"hàng", "hằng"},
    {"ngưng", "ngừng"},
    {"nồng", "nòng"},
    {"thực", "thật"},
    {"chính", "chánh"},
    {"chip", "chíp"},
)
HOI, NGA = "\u0309", "\u0303"
MERGED_ONSETS = (("tr", "ch"), ("s", "x"), ("gi", "d"), ("r", "d"), ("n", "l"))
MERGED_ENDS = (("nh", "n"), ("ng", "n"), ("ch", "t"), ("c", "t"), ("ây", "ai"), ("ay", "ai"), ("y", "i"), ("âu", "au"))
