"""What each word of a damaged text may have been before it was scanned, as far as its print and its place tell."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from pipeline.repair.candidates import Candidate
from pipeline.repair.looks import is_among_capitals, is_among_marks, is_among_names, look_of
from pipeline.repair.misreadings import Readings, in_capitals, readings
from pipeline.repair.ngrams import COMMA, Ids, Ngrams
from pipeline.repair.tokens import Tokens

Bools = npt.NDArray[np.bool_]


class Offers(dict[int, Readings]):
    """The readings of each word that they are asked of, by number; none for what is not printed as a word."""

    def __init__(self, tokens: Tokens, table: Ngrams) -> None:
        super().__init__()
        self._tokens, self._table = tokens, table
        touching = _touching(tokens)
        self._is_bound: Bools = np.logical_or(*np.isin(touching, BOUND))
        self._is_figured: Bools = np.logical_or(*_are_figures(touching))

    def __missing__(self, at: int) -> Readings:
        self[at] = found = self._offers(at)
        return found

    def _offers(self, at: int) -> Readings:
        word, tokens = self._tokens.words[at], self._tokens
        if not 1 < len(word) <= LONGEST or self._is_bound[at]:
            return NONE
        if word.isascii() and word.isupper():
            return in_capitals(word.lower()) if is_among_capitals(tokens, at) else NONE
        if self._is_figured[at] or not (word.isupper() or word[1:].islower()):
            return NONE  # `HĐND`, `IoT`, `QĐ-TTg`, `1ô`
        if word.isascii() and not (_is_near_marks(tokens, at) if word.islower() else is_among_marks(tokens, at)):
            return NONE  # "Make in Viet Nam"
        named = word[0].isupper() and not word.isupper() and is_among_names(tokens, at)
        ill_formed = look_of(word, self._table) == "ill-formed" and not named  # "Đắk Lắk"
        return readings(word.lower(), ill_formed=ill_formed)


def _touching(tokens: Tokens) -> Ids:
    """The code points right before (row 0) and right after (row 1) each word; a space at the ends of the text."""
    codes = np.concatenate([[ord(" ")], tokens.codes, [ord(" ")]]).astype(np.int64)
    return np.stack([codes[tokens.starts], codes[tokens.ends + 1]])


def _are_figures(codes: Ids) -> Bools:
    kinds, of = np.unique(codes, return_inverse=True)
    figures = np.array([chr(code).isdigit() for code in kinds.tolist()], dtype=bool)
    found: Bools = figures[of.reshape(codes.shape)]
    return found


def _is_near_marks(tokens: Tokens, at: int) -> bool:
    """Whether some word near number *at* in its line has diacritics: the line is no address and no foreign name."""
    near = range(max(at - WIDE, 0), min(at + WIDE + 1, len(tokens.words)))
    return any(
        not tokens.words[other].isascii() and "\n" not in tokens.text[_between(tokens, at, other)] for other in near
    )


def _between(tokens: Tokens, one: int, other: int) -> slice:
    first, last = min(one, other), max(one, other)
    return slice(int(tokens.ends[first]), int(tokens.starts[last]))


def vouched_offers(
    offers: dict[int, Readings], tokens: Tokens, stream: Ids, table: Ngrams
) -> dict[int, tuple[Candidate, ...]]:
    """The likely readings of each word, and others that a word beside it knows: "bổ" for the `bé` of "bé sung"."""
    numbers = np.array(list(offers), dtype=np.int64)
    sizes = np.array([len(some.others) for some in offers.values()], dtype=np.int64)
    row_of = np.repeat(np.arange(len(numbers)), sizes)
    ids = np.concatenate([NONE.ids, *(some.ids for some in offers.values())])
    places = tokens.places[numbers[row_of]]
    before, after = stream[places - 1], stream[places + 1]
    left = np.where(before > COMMA, table.log_counts(before, ids), 0)
    right = np.where(after > COMMA, table.log_counts(ids, after), 0)
    known = np.flatnonzero(np.maximum(left, right) >= LEAST_PAIR)
    within = known - (np.cumsum(sizes) - sizes)[row_of[known]]
    found = {at: some.likely for at, some in offers.items()}
    for at, which in zip(numbers[row_of[known]].tolist(), within.tolist(), strict=True):
        found[at] += (offers[at].others[which],)
    return {at: some for at, some in found.items() if some}


NONE = Readings((), (), np.array([], dtype=np.int64))
LEAST_PAIR = np.log(20)  # of a reading that would not be thought of without its neighbour
LONGEST = 8
WIDE = 3
BOUND = np.array([ord(one) for one in "-/&@"])
