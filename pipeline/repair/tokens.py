"""A text as rows of syllable ids: "phối hợp, báo cáo" → phối hợp COMMA báo cáo, with the place of each word."""

from __future__ import annotations

import re
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from pipeline.repair.ngrams import BREAK, COMMA, UNKNOWN, Ids, Ngrams
from pipeline.repair.syllables import house_style

REACH = 3  # ids on either side of a word that a row of four can hold
_WORD = re.compile(r"([^\W\d_]+)")


@dataclass(frozen=True, slots=True, eq=False)
class Tokens:
    """`words[k]` stands for `text[starts[k]:ends[k]]` and at `places[k]` of `stream`; `gaps[k]` is what precedes it.

    `gaps` has one more element than `words`: what follows the last word.
    """

    words: list[str]
    gaps: list[str]
    starts: Ids
    ends: Ids
    stream: Ids
    places: Ids


def tokenize(text: str, table: Ngrams) -> Tokens:
    """Split *text* into words and what stands between them."""
    parts = _WORD.split(text)
    lengths = np.fromiter(map(len, parts), dtype=np.int64, count=len(parts))
    ends = np.cumsum(lengths)[1::2]
    return arrange(parts[1::2], parts[0::2], ends - lengths[1::2], ends, table)


def arrange(words: list[str], gaps: list[str], starts: Ids, ends: Ids, table: Ngrams) -> Tokens:
    """Look up *words* and set breaks and commas between them."""
    known = {word: table.ids.get(house_style(word.lower()), UNKNOWN) for word in set(words)}
    ids = np.fromiter(map(known.__getitem__, words), dtype=np.int64, count=len(words))
    marks = np.fromiter(map(_MARKS.__getitem__, gaps[1:]), dtype=np.int64, count=len(words))
    marked: npt.NDArray[np.bool_] = marks >= 0
    places = REACH + np.arange(len(words)) + np.cumsum(marked) - marked
    stream = np.full(2 * REACH + len(words) + int(marked.sum()), BREAK, dtype=np.int64)
    stream[places] = ids
    stream[places[marked] + 1] = marks[marked]
    return Tokens(words, gaps, starts, ends, stream, places)


class _Marks(dict[str, int]):
    """The id of what stands between two words; -1 for a mere space."""

    def __missing__(self, gap: str) -> int:
        return BREAK


_MARKS = _Marks({" ": -1, ", ": COMMA})
