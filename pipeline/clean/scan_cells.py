"""The cells of a row of a scanned table, once it is told how its lines are parted.

    (0, 10), (0, 9), …    →    3 | Điều phối việc mở chợ phiên … | Bộ Thông tin và Truyền thông | 2021-2025

A column whose pieces break off gives the names that are whole. What is given at all is told by how much went against
the reading of the row: where that is much, the cells of the agencies are empty or the row is none.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from pipeline.clean.agency_pieces import AND, NEXT, START, State, Step, after_word, bare_letters
from pipeline.clean.scan_cuts import Trial
from pipeline.clean.scan_lines import ScanLine, Word, is_certain_time, is_garbled, is_speck, opens_with_capital
from pipeline.clean.scan_names import (
    SPECK,
    guessed,
    passing_cost,
    phrases,
    recurring_cell,
    settled,
    usual_cells,
    usual_phrases,
    without_strays,
)


@dataclass(frozen=True, slots=True)
class ScanRow:
    """Lines `first` to `stop` of a table as one row; `cells` are number, activity, the agencies and the time, as words.

    A cell that is in doubt is empty. A `group` has all its words in the activity's cell; it is a heading or a row whose
    cells cannot be told apart. `seen` are all words of the columns of agencies, those that were skipped among them.
    """

    first: int
    stop: int
    cells: tuple[tuple[Word, ...], ...]
    group: bool = False
    seen: tuple[tuple[Word, ...], ...] = ()


def group_row(lines: Sequence[ScanLine], first: int, agency_columns: int) -> ScanRow:
    """*lines* as a heading or as a row whose cells cannot be told apart."""
    parts = [(*((line.number,) if line.number else ()), *line.words, line.time) for line in lines]
    words = tuple(word for part in parts for word in part if word)
    return ScanRow(first, first + len(lines), ((), words, *(((),) * agency_columns), ()), group=True)


def row_of(lines: Sequence[ScanLine], first: int, trial: Trial, cost: float) -> ScanRow:
    """*lines* as a row parted as *trial* says, which went against hints worth *cost*."""
    columns: list[list[Word]] = [[] for _ in range(len(trial.columns.states) + 1)]
    seen: list[list[Word]] = [[] for _ in trial.columns.states]
    for line, cut, skipped in zip(lines, trial.cuts, trial.skipped, strict=True):
        edges = (0, *cut, len(line.words))
        for column, words in enumerate(columns):
            piece = line.words[edges[column] : edges[column + 1]]
            if column == 0:
                words += piece
                continue
            seen[column - 1] += [word for word in piece if bare_letters(word.text)]
            if not skipped[column - 1]:
                words += [_bared(word) for word in piece if not is_speck(word.text)]
    time = _certain([line.time for line in lines if line.time])
    number = next(((line.number,) for line in lines if line.number), ())
    activity = _without_garble(columns[0])
    opens = bool(activity) and opens_with_capital(activity[0])
    if not opens or cost > _DOUBTFUL + _DOUBTFUL_LINE * len(lines):
        return group_row(lines, first, len(trial.columns.states))
    agencies = [tuple(words) if cost <= _UNSURE else () for words in columns[1:]]
    return ScanRow(first, first + len(lines), (number, activity, *agencies, time), seen=tuple(map(tuple, seen)))


def settle(rows: Sequence[ScanRow]) -> list[ScanRow]:
    """The *rows* of a table with only those agencies that are whole or near to one that recurs in the table."""
    cells = [tuple(word.text for word in cell) for row in rows for cell in row.cells[2:-1]]
    usual, whole = usual_phrases(cells), usual_cells(cells)
    return [
        row
        if row.group
        else replace(
            row, cells=(*row.cells[:2], *(_settled(*cell, usual, whole) for cell in _agencies(row)), row.cells[-1])
        )
        for row in rows
    ]


def _agencies(row: ScanRow) -> Iterator[tuple[tuple[Word, ...], tuple[Word, ...]]]:
    yield from zip(row.cells[2:-1], row.seen, strict=True)


def _settled(
    cell: tuple[Word, ...],
    seen: tuple[Word, ...],
    usual: Counter[tuple[str, ...]],
    whole: Sequence[tuple[str, ...]],
) -> tuple[Word, ...]:
    words = tuple(word.text for word in cell)
    if recurring_cell(words, whole):
        return cell
    found = phrases(words)
    kept = tuple(cell[at] for phrase in found if settled(phrase, usual) for at in phrase.places)
    if kept:
        return kept
    if guessed([word.text for word in seen], usual):
        return seen
    rest = [cell[at] for at in without_strays(words)]
    return _settled(tuple(rest), tuple(rest), usual, whole) if 0 < len(rest) < len(cell) else ()


def _bared(word: Word) -> Word:
    """A word of an agency without the specks behind it: `Xã.`, `an:`."""
    text = word.text.rstrip(_SPECKS_BEHIND)
    return Word(word.start, word.start + len(text), text)


@lru_cache(maxsize=16384)
def read(state: State, words: tuple[str, ...]) -> tuple[tuple[State, float], ...]:
    """The states that *words* lead to, each with the least cost."""
    small = not words[0][:1].isupper() and not is_speck(words[0])
    now = {state: _SMALL_NAMES.get(state, 0.0) if small else 0.0}
    for at, word in enumerate(words):
        after: dict[State, float] = {}
        passes = passing_cost(word) if at else SPECK if is_speck(word) else None
        last = 0 < at == len(words) - 1  # a piece of the time or of the next column
        for one, spent in now.items():
            passed = [Step(one, _AT_THE_EDGE if passes is None else passes)] if passes is not None or last else []
            for step in (*after_word(one, word), *passed):
                cost = spent + step.cost
                if cost < after.get(step.state, _NEVER):
                    after[step.state] = cost
        now = after
    return tuple(now.items())


def _without_garble(words: Sequence[Word]) -> tuple[Word, ...]:
    """The words of an activity without the letters that a scanner saw between two lines: `R H R`, `Ấ QUA Tà`."""
    garbled = [is_garbled(word.text) for word in words]
    kept = []
    for at, word in enumerate(words):
        around = garbled[max(0, at - 2) : at + 3]
        beside = any(garbled[max(0, at - 1) : at]) or any(garbled[at + 1 : at + 2])
        torn = garbled[at] and (beside or len(bare_letters(word.text)) < 2 or not word.text.islower())
        among = beside and sum(around) > 1 and len(word.text) <= 3 and not word.text.islower()
        if not torn and not among:
            kept.append(word)
    return tuple(kept)


def _certain(times: Sequence[Word]) -> tuple[Word, ...]:
    """The pieces of a time that are beyond doubt, together or one of them alone."""
    if is_certain_time(" ".join(word.text for word in times)):
        return tuple(times)
    if any(word.text.split()[0] in _BOUNDS for word in times):
        return ()
    return next(((word,) for word in times if is_certain_time(word.text)), ())


_NEVER = 1e9
_AT_THE_EDGE = 1.3
_SMALL_NAMES = {START: 2.5, NEXT: 0.8, AND: 0.0}
_SPECKS_BEHIND = ".:'`\"”“!-_*|"
_BOUNDS = frozenset({"Trước", "Từ", "Đến", "Hết"})  # without which the rest says something else
_UNSURE = 10.0
_DOUBTFUL, _DOUBTFUL_LINE = 9.0, 1.0
