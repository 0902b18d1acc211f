"""What the neighbours say for each candidate: how much likelier the words around become with it.

All suspects of a text are weighed at once, in arrays with one row for each pair of suspect and candidate.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from pipeline.repair.candidates import Candidate
from pipeline.repair.looks import look_of, precedes_a_name
from pipeline.repair.ngrams import COMMA, UNKNOWN, Floats, Ids, Ngrams
from pipeline.repair.tokens import REACH, Tokens

Bools = npt.NDArray[np.bool_]


class Weighed(NamedTuple):
    """The best candidate for word number `at`.

    `gain` is the rise in log likelihood, `margin` the lead over the second best; `fits` says that no neighbour speaks
    against it; `bond` is how firmly a neighbour is bound to it, as `bonds_of` has it: "duyệt" is to "phê".
    """

    at: int
    candidate: Candidate
    gain: float
    margin: float
    fits: bool
    bond: int


def weigh(
    tokens: Tokens, stream: Ids, table: Ngrams, suspects: Ids, offers: Callable[[int], list[Candidate]]
) -> Iterator[Weighed]:
    """The best candidate for each of the words *suspects*, among what *offers* names for it."""
    rows: list[int] = []
    offered: list[Candidate] = []
    for row, at in enumerate(suspects.tolist()):
        some = offers(at)
        rows += [row] * len(some)
        offered += some
    windows = stream[tokens.places[suspects][:, None] + np.arange(-REACH, REACH + 1)]
    row_of, ids = np.array(rows, dtype=np.int64), np.array([one.id for one in offered], dtype=np.int64)
    left, right = table.log_counts(windows[row_of, REACH - 1], ids), table.log_counts(ids, windows[row_of, REACH + 1])
    keep = np.flatnonzero(np.maximum(left, right) >= LEAST_PAIR)
    row_of, left, right = row_of[keep], left[keep], right[keep]
    filled = windows[row_of]
    filled[:, REACH] = ids[keep]
    gains = table.log_likelihood(filled, REACH, 2 * REACH)
    gains -= table.log_likelihood(windows, REACH, 2 * REACH)[row_of]
    gains += np.array([offered[at].cost for at in keep.tolist()], dtype=np.float32)
    words = [tokens.words[at] for at in suspects.tolist()]
    looks = [look_of(word, table) for word in words]
    whole = np.array([look != "ill-formed" for look in looks], dtype=bool)[row_of]
    unknown = np.array(
        [look == "unknown" and word.islower() for look, word in zip(looks, words, strict=True)], dtype=bool
    )[row_of]
    names = np.array([precedes_a_name(tokens, at) for at in suspects.tolist()], dtype=bool)[row_of]
    by_left, by_right = shares_of(table, filled[:, REACH - 1], left, filled[:, REACH + 1], right)
    share = np.maximum(by_left, by_right)
    gains += np.where(share >= BOUND, BOUND_BONUS, np.where(whole & _half_known(filled), -HALF_KNOWN_COST, 0))
    marked = np.array([offered[at].rule == "wrong-mark" for at in keep.tolist()], dtype=bool)
    told = np.where(names, by_left, share)
    bonds = bonds_of(table, ids[keep], told)
    fits = _fits(filled, left, right, names) | ((share >= FIRMLY_BOUND) & ~whole)
    fits |= marked & ((unknown & (bonds != FREE)) | ((bonds == FIRM) & (told >= ALL_BOUND)))
    fits &= _goes_with_commas(table, filled)
    order = np.lexsort((-gains, row_of)).tolist()
    for place, best in enumerate(order):
        if place and row_of[order[place - 1]] == row_of[best]:
            continue
        rival = order[place + 1] if place + 1 < len(order) and row_of[order[place + 1]] == row_of[best] else None
        margin = NO_RIVAL if rival is None else float(gains[best] - gains[rival])
        at = int(suspects[row_of[best]])
        yield Weighed(at, offered[keep[best]], float(gains[best]), margin, bool(fits[best]), int(bonds[best]))


def _fits(filled: Ids, left: Floats, right: Floats, names: Bools) -> Bools:
    """Whether each neighbour that could know the candidate does, and one of them well; a name knows nothing."""
    before, after = filled[:, REACH - 1], filled[:, REACH + 1]
    mute_after = (after <= UNKNOWN) | (names & (left >= NAMED_PAIR))
    well = ((before > COMMA) & (left >= LEAST_PAIR)) | ((after > COMMA) & (right >= LEAST_PAIR))
    fits: Bools = ((left > 0) | (before <= UNKNOWN)) & ((right > 0) | mute_after) & well
    return fits


def _goes_with_commas(table: Ngrams, filled: Ids) -> Bools:
    """Whether pair and comma go together where one stands beside the candidate: "bằng văn" goes on before a comma."""
    before, this, after = filled[:, REACH - 1], filled[:, REACH], filled[:, REACH + 1]
    open_before = (before == COMMA) & (after > UNKNOWN)
    open_after = (after == COMMA) & (before > UNKNOWN)
    goes: Bools = ~(open_before | open_after) | (table.log_counts(before, this, after) > 0)
    return goes


def _half_known(filled: Ids) -> Bools:
    """Whether only one neighbour is a word that can speak for the candidate."""
    half: Bools = (filled[:, REACH - 1] <= UNKNOWN) | (filled[:, REACH + 1] <= UNKNOWN)
    return half


def shares_of(table: Ngrams, before: Ids, left: Floats, after: Ids, right: Floats) -> tuple[Floats, Floats]:
    """How seldom each neighbour stands without a word, as a logarithm: "nền" before "tảng", "lệ" after "tỷ".

    *left* and *right* are the log counts of the pairs that the word makes with them.
    """
    by_left = np.where((left > 0) & (before > COMMA), left - table.log_counts(before), -NO_RIVAL)
    by_right = np.where((right > 0) & (after > COMMA), right - table.log_counts(after), -NO_RIVAL)
    return by_left, by_right


def bonds_of(table: Ngrams, ids: Ids, shares: Floats) -> Ids:
    """How firmly the neighbours of the words *ids* are bound to them: `FREE`, `CLOSE` or `FIRM`."""
    affinity = shares - table.log_counts(ids) + table.total
    close = (shares >= BOUND) & (affinity >= LEAST_AFFINITY)
    firm = close & ((shares >= FIRMLY_BOUND) | (affinity >= FIRM_AFFINITY))
    bonds: Ids = close.astype(np.int64) + firm
    return bonds


FREE, CLOSE, FIRM = 0, 1, 2
LEAST_PAIR, NAMED_PAIR = np.log(5), np.log(20)
BOUND, FIRMLY_BOUND, ALL_BOUND = np.log(0.1), np.log(0.3), np.log(0.6)
# So many times as often beside the neighbour as anywhere, lest "quá" bind the common word "trong".
LEAST_AFFINITY, FIRM_AFFINITY = np.log(80), np.log(400)
BOUND_BONUS, HALF_KNOWN_COST = np.float32(1.5), np.float32(2.0)
NO_RIVAL = 99.0
