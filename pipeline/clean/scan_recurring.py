"""Cells of agencies that recur in a scanned table, as ways to go on where a reading by names alone loses the thread.

    Văn phòng | Chính phủ và | cáo bộ. | ngành, địa | phương liên | quan

Many rows of a table name the same partners in the same words. Once some of them are read whole, a piece that is spoiled
(`cáo bộ.`) or could stand in the column beside it (`ngành, địa`) is known for what comes next in such a cell. A state
below `FIRST` tells which cell it is and how many of its words have been read.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from difflib import SequenceMatcher
from functools import lru_cache

from pipeline.clean.agency_pieces import START, State, bare_letters

FIRST: State = -1000


def recurring_cells(cells: Iterable[Sequence[str]]) -> tuple[tuple[str, ...], ...]:
    """The bare words of the cells that recur, the commonest first; short ones are left to the names in them.

    >>> recurring_cells(["Sở Y tế và các sở, ngành".split()] * 3)
    (('so', 'y', 'te', 'va', 'cac', 'so', 'nganh'),)
    """
    bare = (tuple(letters for word in cell if (letters := bare_letters(word))) for cell in cells)
    counted = Counter(cell for cell in bare if _FEWEST_WORDS <= len(cell) < _STRIDE)
    common = sorted((-times, cell) for cell, times in counted.items() if times >= _RECURS)
    return tuple(cell for _, cell in common[:_MOST_CELLS])


def nearest_cell(words: Sequence[str], cells: Sequence[tuple[str, ...]]) -> tuple[str, ...] | None:
    """The one of the recurring *cells* that a cell of spoiled *words* is near to, None where none or two are.

    >>> nearest_cell("Sở Ytế vài các sở; ngành".split(), [("so", "y", "te", "va", "cac", "so", "nganh")])
    ('so', 'y', 'te', 'va', 'cac', 'so', 'nganh')
    """
    read = "".join(map(bare_letters, words))
    scores = sorted(((_likeness(read, "".join(cell)), cell) for cell in cells), reverse=True)
    near = [cell for score, cell in scores if score >= _NEAR]
    return near[0] if near and (len(scores) == 1 or scores[0][0] - scores[1][0] >= _CLEARLY) else None


class RecurringCells:
    """The states of the recurring cells of one column."""

    def __init__(self, cells: Sequence[tuple[str, ...]]) -> None:
        self.cells = cells
        self.known: dict[tuple[State, tuple[str, ...]], tuple[tuple[State, float], ...]] = {}

    def is_whole(self, state: State) -> bool:
        """Whether all words of the cell have been read."""
        cell, place = divmod(FIRST - state, _STRIDE)
        return state <= FIRST and place == len(self.cells[cell])

    def after(self, state: State, words: tuple[str, ...]) -> tuple[tuple[State, float], ...]:
        """Where *words* lead from *state*, which is `START` or one of a recurring cell, and at what cost."""
        if (known := self.known.get((state, words))) is None:
            known = self.known[state, words] = tuple(self._after(state, words))
        return known

    def _after(self, state: State, words: tuple[str, ...]) -> Iterator[tuple[State, float]]:
        begun = [divmod(FIRST - state, _STRIDE)] if state <= FIRST else [(at, 0) for at in range(len(self.cells))]
        read = tuple(letters for word in words if (letters := bare_letters(word)))
        for cell, place in begun if read and state in (START, min(state, FIRST)) else ():
            cost = _cost(read, self.cells[cell][place : place + len(read)])
            cost += _SMALL_OPENING if state == START and words[0][:1].islower() else 0.0
            if cost <= _MOST_A_PIECE:
                yield FIRST - cell * _STRIDE - place - len(read), cost


@lru_cache(maxsize=16384)
def _cost(read: tuple[str, ...], told: tuple[str, ...]) -> float:
    """What it costs to take the words *read* for those *told*; too much where they are others."""
    if len(read) != len(told):
        return _MOST_A_PIECE + 1
    like = [_likeness(one, other) for one, other in zip(read, told, strict=True)]
    letters = sum(map(len, told))
    whole = sum(one * len(word) for one, word in zip(like, told, strict=True)) / letters
    return _MOST_A_PIECE + 1 if whole < _LIKE else _UNLIKE * sum(1 - one for one in like)


def _likeness(one: str, other: str) -> float:
    return SequenceMatcher(None, one, other, autojunk=False).ratio()


_NEAR, _CLEARLY = 0.8, 0.05
_RECURS, _FEWEST_WORDS, _MOST_CELLS = 3, 4, 4
_STRIDE = 64
_LIKE = 0.6
_UNLIKE, _MOST_A_PIECE = 1.2, 3.0
_SMALL_OPENING = 2.5
