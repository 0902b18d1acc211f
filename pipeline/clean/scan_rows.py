"""Tell the rows and cells of a table that a scanner read line by line, across all its columns.

    Điều phối việc mở chợ phiên ở các xã vùng cao | Bộ Công
    2 | và hỗ trợ các hộ bán hàng                   Thương   2021-2025

Nothing says where a row begins or a column ends, but much hints at it: a row has one time, at its middle; its activity
begins with a capital; the pieces in the column of agencies make up names of agencies. The reading that goes against
the fewest hints is taken. It is sought twice: the widths of the columns, which the first reading shows, are hints for
the second, and rows in doubt are read once more with the cells that recur in the others. Lines that fit into no row
make no row, for a wrong lead is worse than none.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import groupby, pairwise
from operator import itemgetter
from typing import NamedTuple

from pipeline.clean.agency_pieces import COLLECTIVE, NEXT, START, State, bare_letters, goes_on, is_whole
from pipeline.clean.scan_cells import ScanRow, group_row, read, row_of, settle
from pipeline.clean.scan_costs import ending_cost, opening_cost, shape_cost
from pipeline.clean.scan_cuts import Columns, Cut, Trial, Widths, cuts_of, room_left
from pipeline.clean.scan_lines import ScanLine
from pipeline.clean.scan_recurring import FIRST, RecurringCells, recurring_cells


def read_rows(lines: Sequence[ScanLine], agency_columns: int) -> list[ScanRow]:
    """The rows of a table with one or two columns of agencies, in order; every line belongs to one of them."""
    some = lines[:_ENOUGH_LINES]
    sample = _Reader(some, agency_columns, [], _cuts(some, agency_columns, None)).rows()
    cuts = _cuts(lines, agency_columns, _widths(some, sample))
    reader = _Reader(lines, agency_columns, _names(sample), cuts)
    found = reader.rows()
    cells = [recurring_cells(column) for column in _cells(lines, found, agency_columns)]
    if any(cells):
        groups = [(doubtful, list(rows)) for doubtful, rows in groupby(found, _is_doubtful)]
        found = [row for doubtful, rows in groups for row in (reader.again(cells, rows) if doubtful else rows)]
    rows = []
    for first, stop, cost, trial in found:
        some = lines[first:stop]
        rows.append(row_of(some, first, trial, cost) if trial else group_row(some, first, agency_columns))
    return settle(rows)


def has_partners(lines: Sequence[ScanLine]) -> bool:
    """Whether a table whose heads are lost has two columns of agencies: one more goes against few hints."""
    some = lines[:_ENOUGH_LINES]
    readers = [_Reader(some, columns, [], _cuts(some, columns, None)) for columns in (1, 2)]
    one, two = (sum(row.cost for row in reader.rows()) for reader in readers)
    return two - one < _ONE_MORE_COLUMN * len(some)


class _Found(NamedTuple):
    """The lines `first` to `stop`, what it costs to take them as one row, and how; a group where there is no trial."""

    first: int
    stop: int
    cost: float
    trial: Trial | None


class _Step(NamedTuple):
    """A way to part one more line, and what the columns hold then."""

    cost: float
    columns: Columns
    cut: Cut
    skipped: tuple[bool, ...]


class _Reader:
    """The search for the best reading of one table."""

    def __init__(
        self,
        lines: Sequence[ScanLine],
        agency_columns: int,
        names: Sequence[Counter[State]],
        cuts: Sequence[list[Cut]],
        cells: Sequence[Sequence[tuple[str, ...]]] = (),
    ) -> None:
        self.lines = lines
        self.agency_columns = agency_columns
        self.names = names
        self.cuts = cuts
        self.recurring = [RecurringCells(cells[at] if cells else ()) for at in range(agency_columns)]
        self.known_steps: list[dict[Columns, list[_Step]]] = [{} for _ in lines]
        self.known: dict[tuple[tuple[State, ...], tuple[bool, ...]], Columns] = {}
        self.start = self.columns((START,) * agency_columns, (False,) * agency_columns)

    def rows(self) -> list[_Found]:
        """The rows that together go against the fewest hints."""
        costs = [0.0, *(_NEVER for _ in self.lines)]
        best: list[_Found | None] = [None for _ in costs]
        for first in range(len(self.lines)):
            for found in (*_groups(self.lines, first), *self.rows_from(first)):
                if costs[first] + found.cost < costs[found.stop]:
                    costs[found.stop] = costs[first] + found.cost
                    best[found.stop] = found
        rows: list[_Found] = []
        stop = len(self.lines)
        while last := best[stop]:
            rows.append(last)
            stop = last.first
        return rows[::-1]

    def again(self, cells: Sequence[Sequence[tuple[str, ...]]], doubtful: Sequence[_Found]) -> list[_Found]:
        """The rows of the lines of *doubtful* ones, read with the help of the cells that recur in each column."""
        first, stop = doubtful[0].first, doubtful[-1].stop
        reader = _Reader(self.lines[first:stop], self.agency_columns, self.names, self.cuts[first:stop], cells)
        return [_Found(first + row.first, first + row.stop, row.cost, row.trial) for row in reader.rows()]

    def columns(self, states: tuple[State, ...], junk: tuple[bool, ...]) -> Columns:
        """The one object for columns that hold this."""
        if (known := self.known.get((states, junk))) is None:
            known = self.known[states, junk] = Columns(states, junk)
        return known

    def rows_from(self, first: int) -> Iterator[_Found]:
        """Every row that may begin with line *first*: it opens with a capital and has one time at most."""
        lines = self.lines
        if not lines[first].words or lines[first].words[0].text[:1].islower():
            return
        trials = [Trial(0.0, self.start)]
        times: list[int] = []
        numbers: list[int] = []
        for stop in range(first + 1, min(first + _LONGEST_ROW, len(lines)) + 1):
            line = lines[stop - 1]
            if line.time_kind in {"whole", "open", "misread"} and not _ends_time(lines, stop - 1):
                times.append(stop - 1)
            if line.number:
                numbers.append(stop - 1)
            if len(times) > 1 or line.heads_group:
                return
            trials = self.extended(trials, stop - 1)
            if not trials:
                return
            if trials[0].cost > _TOO_MUCH:
                return
            cost, trial = min(
                ((one.cost + ending_cost(one, self.names, self.recurring), one) for one in trials),
                key=lambda one: one[0],
            )
            if any(cut[0] for cut in trial.cuts):
                cost += shape_cost(first, stop, times, numbers) + opening_cost(lines, first, trial)
                yield _Found(first, stop, cost, trial)

    def extended(self, trials: Sequence[Trial], at: int) -> list[Trial]:
        """The best trials with line *at* more."""
        found: dict[Columns, tuple[float, Trial, _Step]] = {}
        for trial in trials:
            for step in self.steps(trial.columns, at):
                cost = trial.cost + step.cost
                if trial.room > step.cut.opening > 0:
                    cost += room_left(trial.room, step.cut.opening)
                if step.columns not in found or cost < found[step.columns][0]:
                    found[step.columns] = (cost, trial, step)
        best = sorted(found.values(), key=lambda one: one[0])[:_TRIALS]
        return [
            Trial(
                cost,
                step.columns,
                (*trial.cuts, step.cut.places),
                (*trial.skipped, step.skipped),
                (*trial.filled, step.cut.filled),
                trial.ignored + step.cut.ignored,
                step.cut.room if step.cut.opening else trial.room,
            )
            for cost, trial, step in best
        ]

    def steps(self, now: Columns, at: int) -> list[_Step]:
        """The best ways to go on with line *at*; rows that begin elsewhere come to it with the same columns."""
        if (known := self.known_steps[at].get(now)) is None:
            found: dict[tuple[Columns, bool], tuple[float, Columns, Cut, tuple[bool, ...]]] = {}
            least = _NEVER
            for cut in self.cuts[at]:
                if cut.cost > least + _MOST_WORSE:
                    break
                opens = cut.opening > 0
                for cost, columns, skipped in self.ways(now, cut):
                    least = min(least, cost)
                    known_way = found.get((columns, opens))
                    if known_way is None or cost < known_way[0]:
                        found[columns, opens] = (cost, columns, cut, skipped)
            best = sorted(found.values(), key=itemgetter(0))[:_STEPS]
            known = self.known_steps[at][now] = [_Step(*step) for step in best]
        return known

    def ways(self, now: Columns, cut: Cut) -> Iterator[tuple[float, Columns, tuple[bool, ...]]]:
        """What each column may hold after *cut*, at what cost, and in which of them the piece is skipped."""
        leads = self.column_steps(0, now, cut)
        if len(self.recurring) == 1:
            for more, state, skips in leads:
                if cut.cost + more < _MOST_A_LINE:
                    yield cut.cost + more, self.columns((state,), (now.junk[0] or skips,)), (skips,)
            return
        partners = self.column_steps(1, now, cut) if leads else ()
        for more, lead, skips_lead in leads:
            spent = cut.cost + more
            if spent >= _MOST_A_LINE:
                continue
            for more_still, partner, skips in partners:
                if spent + more_still < _MOST_A_LINE:
                    junk = (now.junk[0] or skips_lead, now.junk[1] or skips)
                    yield spent + more_still, self.columns((lead, partner), junk), (skips_lead, skips)

    def column_steps(self, column: int, now: Columns, cut: Cut) -> tuple[tuple[float, State, bool], ...]:
        """What `_column_steps` tells, and the ways that go on in a cell that recurs in the *column*."""
        state, words, junk, at_bar = now.states[column], cut.pieces[column], now.junk[column], cut.at_bar[column]
        recurring = self.recurring[column]
        steps = () if state <= FIRST and words else _column_steps(state, words, junk, at_bar)
        if not recurring.cells or state > START or FIRST < state < START:
            return steps
        if not words:
            return ((0.0, state, False),) if recurring.is_whole(state) else steps
        if at_bar and state <= FIRST:
            steps = ((_MORE_JUNK if junk else _JUNK, state, True),)
        return (*steps, *((cost - _PIECE_READ, after, False) for after, cost in recurring.after(state, words)))


def _is_doubtful(row: _Found) -> bool:
    """Whether a row is worth a second reading: it is none, a cell of it is torn, or much goes against it."""
    return row.trial is None or any(row.trial.columns.junk) or row.cost > _LITTLE


def _ends_time(lines: Sequence[ScanLine], at: int) -> bool:
    """Whether the year of a line is the second half of a time that opens above: `2026 -` + `2030`."""
    return any(line.time_kind == "open" for line in lines[max(0, at - 2) : at])


def _cuts(lines: Sequence[ScanLine], agency_columns: int, widths: Widths | None) -> list[list[Cut]]:
    """The ways to part each line, the cheapest first."""
    return [sorted(cuts_of(line, agency_columns, widths), key=lambda cut: cut.cost) for line in lines]


def _widths(lines: Sequence[ScanLine], found: Sequence[_Found]) -> Widths | None:
    """The widths that a first reading shows; None where it shows too little."""
    full: list[int] = []
    pieces: list[list[int]] = []
    for first, _, _, trial in found:
        if trial is None:
            continue
        lengths = [
            [sum(len(word.text) + 1 for word in line.words[start:stop]) for start, stop in pairwise((0, *cut, None))]
            for line, cut in zip(lines[first:], trial.cuts, strict=False)
        ]
        full += [one[0] for one, after in pairwise(lengths) if one[0] and after[0]]
        pieces += [one[1:] for one in lengths]
    if len(full) < _FEWEST_FULL:
        return None
    wide = [sorted(one for one in column if one) for column in zip(*pieces, strict=True)]
    return Widths(sorted(full)[len(full) // 2], tuple(one[len(one) * 9 // 10] if one else 0 for one in wide))


def _cells(lines: Sequence[ScanLine], found: Sequence[_Found], agency_columns: int) -> list[list[list[str]]]:
    """For each column of agencies the words of the cells that were read whole."""
    columns: list[list[list[str]]] = [[] for _ in range(agency_columns)]
    for first, _, _, trial in found:
        for at, cells in enumerate(columns):
            if trial is None or trial.columns.junk[at] or not is_whole(trial.columns.states[at]):
                continue
            parts = ((*cut, len(line.words)) for line, cut in zip(lines[first:], trial.cuts, strict=False))
            rows = zip(lines[first:], parts, strict=False)
            cells.append([word.text for line, part in rows for word in line.words[part[at] : part[at + 1]]])
    return columns


def _names(found: Sequence[_Found]) -> list[Counter[State]]:
    """For each column of agencies how often which of them end a cell in a first reading."""
    cells = [trial.columns.states for _, _, _, trial in found if trial]
    return [
        Counter(max(state, COLLECTIVE) for state in column if is_whole(state)) for column in zip(*cells, strict=True)
    ]


def _groups(lines: Sequence[ScanLine], first: int) -> Iterator[_Found]:
    """The line as a heading over the full width or as one that fits nowhere, and two or three such lines."""
    cost = 0.0
    for stop in range(first + 1, min(first + 3, len(lines)) + 1):
        line = lines[stop - 1]
        heading = line.heads_group or (stop == first + 1 and bool(line.words) and line.words[0].text[:1].isupper())
        cost += 0.5 if line.heads_group else _HEADING_LINE if heading and not line.time else _STRAY_LINE
        cost += 3.0 if line.time_kind == "whole" else 0.0
        yield _Found(first, stop, cost, None)


@lru_cache(maxsize=65536)
def _column_steps(
    state: State, words: tuple[str, ...], junk: bool, at_bar: bool, /
) -> tuple[tuple[float, State, bool], ...]:
    """What it costs to go on from *state* with *words* in the next line of a column; whether they are skipped."""
    if not words:
        return ((0.0 if state == START or is_whole(state) or junk else _GAP_IN_NAME, state, False),)
    stays_whole = is_whole(state) and state != NEXT and not at_bar and bare_letters(words[0]) not in _NEVER_ALONE
    steps = [
        (
            cost + (_PIECE_READ if stays_whole and not (state > START and goes_on(state, after)) else -_PIECE_READ),
            after,
            False,
        )
        for after, cost in read(state, words)
    ]
    if at_bar:
        steps.append((_MORE_JUNK if junk else _JUNK, state, True))
    return tuple(steps)


_NEVER = 1e9
_LONGEST_ROW = 20
_TRIALS, _STEPS = 6, 8
_MOST_A_LINE, _MOST_WORSE = 5.0, 2.5
_TOO_MUCH = 11.0
_LITTLE = 1.5
_HEADING_LINE, _STRAY_LINE = 1.6, 2.2
_JUNK, _MORE_JUNK = 2.0, 0.6
_PIECE_READ, _GAP_IN_NAME = 0.4, 0.6
_ONE_MORE_COLUMN = 0.25  # a line
_FEWEST_FULL = 12
_ENOUGH_LINES = 100  # show how wide the columns are, and how many
_NEVER_ALONE = frozenset({"truc", "trung"})  # "các thành phố" + "trực thuộc" + "trung ương"
