"""The likeliest way through words that may each be read in several ways, by a beam search over rows of four.

"Chuyên đồi sô quôc gia": each word hides what would restore its neighbours, so they are read together. Stretches of
open words far from each other are searched side by side, one column of arrays after another, which keeps it fast.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from pipeline.repair.ngrams import BITS, BREAK, Floats, Ids, Ngrams
from pipeline.repair.tokens import REACH


@dataclass(frozen=True, slots=True, eq=False)
class Lattice:
    """The readings of the open words of a stream.

    The word at `places[k]` may be read as `ids[firsts[k]:firsts[k + 1]]`, the print first, each at its cost.
    """

    places: Ids
    firsts: Ids
    ids: Ids
    costs: Floats


class _Stretch(NamedTuple):
    """Places [first, stop) of a stream that are read together."""

    first: int
    stop: int


def best_path(stream: Ids, lattice: Lattice, table: Ngrams) -> Ids:
    """For each open word, where in `lattice.ids` the reading stands that *stream* goes best with."""
    chosen = lattice.firsts[:-1].copy()
    stretches = sorted(_stretches(stream, lattice.places), key=lambda one: one.first - one.stop)
    column_of = np.full(len(stream), -1, dtype=np.int64)
    column_of[lattice.places] = np.arange(len(lattice.places))
    for start in range(0, len(stretches), BATCH):
        _search(stream, stretches[start : start + BATCH], lattice, column_of, table, chosen)
    return chosen


def _stretches(stream: Ids, places: Ids) -> list[_Stretch]:
    """Runs of open words, with the words between them and after them that a row of four reaches.

    One endless line is cut into pieces, so that it does not slow all others.
    """
    breaks = np.append(np.flatnonzero(stream == BREAK), len(stream))
    ends = np.minimum(breaks[np.searchsorted(breaks, places)], places + 1 + REACH)
    opens = np.flatnonzero(np.append(True, places[1:] >= ends[:-1]))
    closes = np.append(opens[1:], len(places)) - 1
    return [
        _Stretch(at, min(at + LONGEST, stop))
        for first, stop in zip(places[opens].tolist(), ends[closes].tolist(), strict=True)
        for at in range(first, stop, LONGEST)
    ]


def _search(
    stream: Ids, stretches: list[_Stretch], lattice: Lattice, column_of: Ids, table: Ngrams, chosen: Ids
) -> None:
    """Set *chosen* for the open words of *stretches*, which come longest first."""
    firsts = np.array([one.first for one in stretches])
    lengths = np.array([one.stop - one.first for one in stretches])
    history = stream[firsts[:, None, None] + np.arange(-REACH, 0)]  # stretch, hypothesis, three ids
    scores = np.zeros((len(stretches), 1), dtype=np.float32)
    steps: list[tuple[Ids, Ids]] = []
    for step in range(int(lengths[0])):
        active = int(np.searchsorted(-lengths, -step, side="left"))
        at, ids, costs = _column(stream, firsts[:active] + step, lattice, column_of)
        reached = _reached(history[:active], scores[:active], ids, costs, table)
        parent, number, scores = _best(history[:active], reached, ids)
        rows = np.arange(active)[:, None]
        history = np.concatenate([history[rows, parent, 1:], ids[rows, number][:, :, None]], axis=2)
        steps.append((parent, at[rows, number]))
    _trace(firsts, lengths, steps, lattice, column_of, chosen)


def _column(stream: Ids, places: Ids, lattice: Lattice, column_of: Ids) -> tuple[Ids, Ids, Floats]:
    """Where the readings at each of *places* stand in the lattice, their ids and costs; a settled word has itself."""
    column = column_of[places]
    is_open = column >= 0
    sizes = np.where(is_open, lattice.firsts[column + 1] - lattice.firsts[column], 1)
    offsets = np.arange(int(sizes.max()))
    at = np.minimum(lattice.firsts[column][:, None] + offsets, len(lattice.ids) - 1)
    ids = np.where(is_open[:, None], lattice.ids[at], stream[places][:, None])
    costs = np.where(is_open[:, None], lattice.costs[at], np.float32(0))
    return at, ids, np.where(offsets < sizes[:, None], costs, IMPOSSIBLE)


def _reached(history: Ids, scores: Floats, ids: Ids, costs: Floats, table: Ngrams) -> Floats:
    """Score of each reading after each hypothesis of its stretch that is not far behind."""
    near = np.where(scores >= scores.max(axis=1, keepdims=True) - FARTHEST, scores, IMPOSSIBLE)
    reached: Floats = near[:, :, None] + costs[:, None, :]
    stretch, hypothesis, reading = np.nonzero(np.isfinite(reached))
    rows = np.column_stack([history[stretch, hypothesis], ids[stretch, reading]])
    reached[stretch, hypothesis, reading] += table.log_conditional(rows)
    return reached


def _best(history: Ids, reached: Floats, ids: Ids) -> tuple[Ids, Ids, Floats]:
    """Parent, reading and score of the best hypotheses of each stretch; of those that end alike only the better."""
    count, _, width = reached.shape
    flat = reached.reshape(count, -1)
    order = np.argsort(-flat, axis=1, kind="stable")[:, : 2 * BEAM]
    rows = np.arange(count)[:, None]
    scores = flat[rows, order]
    parent, number = np.divmod(order, width)
    ends = (history[rows, parent, 1] << 2 * BITS) | (history[rows, parent, 2] << BITS) | ids[rows, number]
    again = ((ends[:, :, None] == ends[:, None, :]) & np.tri(ends.shape[1], k=-1, dtype=bool)).any(axis=2)
    scores = np.where(again, IMPOSSIBLE, scores)
    best = np.argsort(-scores, axis=1, kind="stable")[:, :BEAM]
    return parent[rows, best], number[rows, best], scores[rows, best]


def _trace(
    firsts: Ids, lengths: Ids, steps: list[tuple[Ids, Ids]], lattice: Lattice, column_of: Ids, chosen: Ids
) -> None:
    """Follow the best hypothesis of each stretch back to its beginning."""
    hypothesis = np.zeros(len(firsts), dtype=np.int64)
    for step in range(len(steps) - 1, -1, -1):
        parent, at = steps[step]
        rows = np.arange(len(parent))
        column = column_of[firsts[: len(parent)] + step]
        is_open = column >= 0
        chosen[column[is_open]] = at[rows, hypothesis[: len(parent)]][is_open]
        hypothesis[: len(parent)] = parent[rows, hypothesis[: len(parent)]]


BEAM = 8
FARTHEST = np.float32(12.0)  # below the best hypothesis, from where none has been seen to win
BATCH = 4096  # stretches; bounds the memory
LONGEST = 200
IMPOSSIBLE = np.float32(-np.inf)
