"""A text as rows of syllable ids: "phối hợp, báo cáo" → phối hợp COMMA báo cáo, with the place of each word.

Words are found in arrays of code points, and what is known of a word is looked up once for the life of a process: the
same few thousand syllables make up every law.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache, lru_cache

import numpy as np
import numpy.typing as npt

from pipeline.repair.candidates import Candidate
from pipeline.repair.ngrams import BREAK, COMMA, UNKNOWN, Ids, Ngrams
from pipeline.repair.syllables import house_style, is_fragment

REACH = 3  # ids on either side of a word that a row of four can hold
Bools = npt.NDArray[np.bool_]
Codes = npt.NDArray[np.uint32]


@dataclass(frozen=True, slots=True)
class Gaps:
    """What stands before each word of `text`, cut out when it is asked for; the last is what follows the last word."""

    text: str
    starts: Ids
    ends: Ids

    def __getitem__(self, at: int) -> str:
        before = int(self.ends[at - 1]) if at else 0
        return self.text[before : int(self.starts[at]) if at < len(self.starts) else len(self.text)]


@dataclass(frozen=True, slots=True, eq=False)
class Tokens:
    """`words[k]` stands for `text[starts[k]:ends[k]]` and at `places[k]` of `stream`; `gaps[k]` is what precedes it.

    `codes` are the code points of the text; `fragments` tells which words are none (`is_fragment`).
    """

    text: str
    codes: Codes
    words: list[str]
    starts: Ids
    ends: Ids
    fragments: Bools
    stream: Ids
    places: Ids
    gaps: Gaps = field(repr=False)


def tokenize(text: str, table: Ngrams) -> Tokens:
    """Split *text* into words and what stands between them."""
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype="<u4")
    letters = _are_letters(codes)
    edges = np.flatnonzero(np.diff(letters, prepend=False, append=False))
    words = np.where(letters, codes, ord(" ")).astype("<u4").tobytes().decode("utf-32-le").split()
    return arrange(text, codes, words, edges[::2], edges[1::2], table)


def arrange(text: str, codes: Codes, words: list[str], starts: Ids, ends: Ids, table: Ngrams) -> Tokens:
    """Look up *words* and set breaks and commas between them."""
    known = np.fromiter(map(_known_words(table).__getitem__, words), dtype=np.int64, count=len(words))
    marks = _marks(codes, starts, ends)
    marked: Bools = marks >= 0
    places = REACH + np.arange(len(words)) + np.cumsum(marked) - marked
    stream = np.full(2 * REACH + len(words) + int(marked.sum()), BREAK, dtype=np.int64)
    stream[places] = known >> 1
    stream[places[marked] + 1] = marks[marked]
    gaps = Gaps(text, starts, ends)
    return Tokens(text, codes, words, starts, ends, (known & 1).astype(bool), stream, places, gaps)


def as_restored(tokens: Tokens, restored: dict[int, Candidate]) -> Ids:
    """The ids of *tokens* with those of the *restored* words, by number, in their places."""
    stream = tokens.stream.copy()
    numbers = np.fromiter(restored, dtype=np.int64, count=len(restored))
    stream[tokens.places[numbers]] = [one.id for one in restored.values()]
    return stream


def _marks(codes: Codes, starts: Ids, ends: Ids) -> Ids:
    """The id of what follows each word: -1 for a mere space, `COMMA` for a comma and a space, else `BREAK`."""
    sizes = np.append(starts[1:], len(codes)) - ends
    marks = np.full(len(ends), BREAK, dtype=np.int64)
    single, double = np.flatnonzero(sizes == 1), np.flatnonzero(sizes == 2)
    marks[single[codes[ends[single]] == ord(" ")]] = -1
    marks[double[(codes[ends[double]] == ord(",")) & (codes[ends[double] + 1] == ord(" "))]] = COMMA
    return marks


def _are_letters(codes: Codes) -> Bools:
    flags: Bools = _letters()[np.minimum(codes, LAST_LATIN)]
    others = np.flatnonzero(codes > LAST_LATIN)
    rare = codes[others].tolist()
    known = {code: _is_letter(chr(code)) for code in set(rare)}
    flags[others] = [known[code] for code in rare]
    return flags


@cache
def _letters() -> Bools:
    """For each code point up to the last letter that Vietnamese is written with, whether it is part of a word."""
    return np.fromiter((_is_letter(chr(code)) for code in range(LAST_LATIN + 1)), dtype=bool)


def _is_letter(character: str) -> bool:
    return character.isalnum() and not character.isdecimal()


class _KnownWords(dict[str, int]):
    """Twice the id of a word, and one more where it is a fragment."""

    def __init__(self, table: Ngrams) -> None:
        self._ids = table.ids

    def __missing__(self, word: str) -> int:
        if len(self) >= MOST_KNOWN:
            self.clear()
        number = self._ids.get(house_style(word.lower()), UNKNOWN)
        self[word] = found = 2 * number + is_fragment(word)
        return found


@lru_cache(maxsize=2)
def _known_words(table: Ngrams) -> _KnownWords:
    return _KnownWords(table)


LAST_LATIN = 0x1EFF
MOST_KNOWN = 1 << 16
