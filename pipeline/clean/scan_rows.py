"""Tell the rows and cells of a table that a scanner read line by line, across all its columns.

    Điều phối việc mở chợ phiên ở các xã vùng cao | Bộ Công
    2 | và hỗ trợ các hộ bán hàng                   Thương   2021-2025

Nothing says where a row begins or a column ends, but much hints at it: a row has one time, at its middle; its activity
begins with a capital; the pieces in the column of agencies make up names of agencies. The reading that goes against
the fewest hints is taken. Lines that fit into no row make no row, for a wrong lead is worse than none.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from pipeline.clean.agency_pieces import START, State, after_word, bare_letters, is_whole
from pipeline.clean.scan_lines import ScanLine, Word, is_certain_time, is_garbled


@dataclass(frozen=True, slots=True)
class ScanRow:
    """Lines `first` to `stop` of a table as one row; `cells` are number, activity, the agencies and the time, as words.

    A cell that is in doubt is empty. A `group` has all its words in the activity's cell; it is a heading or a row whose
    cells cannot be told apart.
    """

    first: int
    stop: int
    cells: tuple[tuple[Word, ...], ...]
    group: bool = False


def read_rows(lines: Sequence[ScanLine], agency_columns: int) -> list[ScanRow]:
    """The rows of a table with one or two columns of agencies, in order; every line belongs to one of them."""
    best: list[tuple[float, ScanRow | None]] = [(0.0, None), *((_NEVER, None) for _ in lines)]
    for first in range(len(lines)):
        before = best[first][0]
        for cost, row in (*_groups(lines, first, agency_columns), *_rows(lines, first, agency_columns)):
            if before + cost < best[row.stop][0]:
                best[row.stop] = (before + cost, row)
    rows: list[ScanRow] = []
    at = len(lines)
    while at and (last := best[at][1]):
        rows.append(last)
        at = last.first
    return rows[::-1]


def _groups(lines: Sequence[ScanLine], first: int, agency_columns: int) -> Iterator[tuple[float, ScanRow]]:
    """The line as a heading over the full width or as one that fits nowhere, and two or three such lines."""
    cost = 0.0
    for stop in range(first + 1, min(first + 3, len(lines)) + 1):
        line = lines[stop - 1]
        heading = line.roman or (stop == first + 1 and bool(line.words) and line.words[0].text[:1].isupper())
        cost += 0.5 if line.roman else _HEADING_LINE if heading and not line.time else _STRAY_LINE
        cost += 3.0 if line.time_kind == "whole" else 0.0
        yield cost, ScanRow(first, stop, _group_cells(lines[first:stop], agency_columns), group=True)


def _group_cells(lines: Sequence[ScanLine], agency_columns: int) -> tuple[tuple[Word, ...], ...]:
    """All words of *lines* in the cell of the activity."""
    parts = [(*((line.number,) if line.number else ()), *line.words, line.time) for line in lines]
    words = tuple(word for part in parts for word in part if word)
    return ((), words, *(((),) * agency_columns), ())


class _Trial(NamedTuple):
    """One way to cut the lines of a row so far.

    `junk` tells the columns that hold what is no agency, `ignored` how many bars stand where nothing is cut.
    """

    cost: float
    states: tuple[State, ...]
    cuts: tuple[tuple[int, ...], ...]
    junk: tuple[bool, ...]
    ignored: int = 0


def _rows(lines: Sequence[ScanLine], first: int, agency_columns: int) -> Iterator[tuple[float, ScanRow]]:
    """Every row that may begin with line *first*, with its cost."""
    trials = [_Trial(0.0, (START,) * agency_columns, (), (False,) * agency_columns)]
    wholes: list[int] = []
    numbers: list[int] = []
    for stop in range(first + 1, min(first + _LONGEST_ROW, len(lines)) + 1):
        line = lines[stop - 1]
        if line.time_kind in {"whole", "misread"}:
            wholes.append(stop - 1)
        if line.number and not line.roman:
            numbers.append(stop - 1)
        if len(wholes) > 1 or line.roman:
            return
        trials = _extended(trials, line, agency_columns)
        if trials[0].cost > _TOO_MUCH:
            return
        shape = _shape_cost(lines, first, stop, wholes, numbers)
        ended = min(((trial.cost + _ending_cost(trial), trial) for trial in trials), key=lambda one: one[0])
        if any(cut[0] for cut in ended[1].cuts):
            cost = shape + _opening_cost(lines, first, ended[1]) + ended[0]
            yield cost, _row(lines, first, stop, ended[1], cost)


def _extended(trials: Sequence[_Trial], line: ScanLine, agency_columns: int) -> list[_Trial]:
    """The best trials with one more line."""
    found: dict[tuple[object, ...], _Trial] = {}
    cuts = list(_cuts(line, agency_columns))
    for trial in trials:
        for cut, spent in cuts:
            for one in _cut_so(trial, line, cut, spent):
                key = (one.states, one.junk)
                if key not in found or one.cost < found[key].cost:
                    found[key] = one
    return sorted(found.values(), key=lambda one: one.cost)[:_TRIALS]


def _cuts(line: ScanLine, agency_columns: int) -> Iterator[tuple[tuple[int, ...], float]]:
    """The ways to part the words of a line: where each column of agencies begins; and what the bars say to it."""
    size = len(line.words)
    least = max(0, size - _WIDEST_PIECE * agency_columns)
    inner = {bar for bar in line.bars if 0 < bar < size}
    for lead in range(least, size + 1):
        for partner in range(lead, size + 1) if agency_columns > 1 else (size,):
            if (lead < partner and partner - lead > _WIDEST_PIECE) or size - partner > _WIDEST_PIECE:
                continue
            places = {place for place in (lead, partner) if 0 < place < size}
            cost = _BAR_IGNORED * len(inner - places)
            cost += sum(_CUT_BESIDE_BAR if inner else _CUT_WITHOUT_BAR for place in places - inner)
            yield ((lead, partner) if agency_columns > 1 else (lead,)), cost


def _cut_so(trial: _Trial, line: ScanLine, cut: tuple[int, ...], spent: float) -> Iterator[_Trial]:
    stops = (*cut[1:], len(line.words))
    ways: list[tuple[float, tuple[State, ...], tuple[bool, ...]]] = [(trial.cost + spent, (), ())]
    for column, (start, stop) in enumerate(zip(cut, stops, strict=True)):
        pieces = line.words[start:stop]
        at_bar = start == 0 or start in line.bars
        options = list(_column_steps(trial.states[column], pieces, junk=trial.junk[column], at_bar=at_bar))
        if at_bar and pieces:
            options.append((_JUNK if not trial.junk[column] else _MORE_JUNK, trial.states[column], True))
        ways = [
            (cost + more, (*states, state), (*junk, is_junk))
            for cost, states, junk in ways
            for more, state, is_junk in options
        ]
    for cost, states, junk in ways:
        ignored = len({bar for bar in line.bars if 0 < bar < len(line.words)}.difference(cut))
        yield _Trial(cost, states, (*trial.cuts, cut), junk, trial.ignored + ignored)


def _column_steps(
    state: State, pieces: Sequence[Word], *, junk: bool, at_bar: bool
) -> Iterator[tuple[float, State, bool]]:
    """What it costs to go on from *state* with *pieces* in the next line of a column of agencies."""
    if not pieces:
        yield (0.0 if state == START or is_whole(state) or junk else _GAP_IN_NAME), state, junk
        return
    goes_on = is_whole(state) and not at_bar and bare_letters(pieces[0].text) not in _NEVER_ALONE
    for after, cost in _read(state, tuple(piece.text for piece in pieces)):
        yield cost + (_PIECE_READ if goes_on else -_PIECE_READ), after, junk


@lru_cache(maxsize=16384)
def _read(state: State, words: tuple[str, ...]) -> tuple[tuple[State, float], ...]:
    """The states that *words* lead to, each with the least cost."""
    now = {state: _SMALL_NAME if state == START and not words[0][:1].isupper() else 0.0}
    for word in words:
        after: dict[State, float] = {}
        for one, spent in now.items():
            for step in after_word(one, word):
                cost = spent + step.cost
                if cost < after.get(step.state, _NEVER):
                    after[step.state] = cost
        now = after
    return tuple(now.items())


def _ending_cost(trial: _Trial) -> float:
    cost = 0.0
    for column, (state, junk) in enumerate(zip(trial.states, trial.junk, strict=True)):
        if not junk and state == START:
            cost += _NO_LEAD if column == 0 else _NO_PARTNER
        elif not junk and not is_whole(state):
            cost += _TORN_NAME
    return cost


def _shape_cost(
    lines: Sequence[ScanLine], first: int, stop: int, times: Sequence[int], numbers: Sequence[int]
) -> float:
    """What the places of the time and of the number, which stand at the middle of their row, say to its extent."""
    middle = (first + stop - 1) / 2
    cost = _NO_TIME if not times else _OFF_MIDDLE * max(0.0, abs(times[0] - middle) - 0.5)
    if numbers:
        cost += _OFF_MIDDLE * max(0.0, abs(numbers[0] - middle) - 0.5) + 2.0 * (len(numbers) - 1)
    return cost


def _opening_cost(lines: Sequence[ScanLine], first: int, trial: _Trial) -> float:
    """A row opens with a capital, and no line within it looks like the opening of another one."""
    cost = 0.0
    last = ""
    for line, cut in zip(lines[first:], trial.cuts, strict=False):
        words = line.words[: cut[0]]
        if not words:
            continue
        opens = words[0].text.lstrip("“\"'‘(")[:1].isupper()
        if not last:
            cost += 0.0 if opens else _SMALL_OPENING
        elif opens and last[-1:] not in ".;,":
            pair = tuple(bare_letters(word.text) for word in words[:2])
            cost += _OPENING_INSIDE if " ".join(pair) in _OPENINGS else 0.0 if pair[0] in _NAMING else _CAPITAL_INSIDE
        last = words[-1].text
    return cost


def _row(lines: Sequence[ScanLine], first: int, stop: int, trial: _Trial, cost: float) -> ScanRow:
    columns: list[list[Word]] = [[] for _ in range(len(trial.states) + 1)]
    times: list[Word] = []
    number: tuple[Word, ...] = ()
    for line, cut in zip(lines[first:stop], trial.cuts, strict=True):
        edges = (0, *cut, len(line.words))
        for column, words in enumerate(columns):
            words += line.words[edges[column] : edges[column + 1]]
        times += [line.time] if line.time else []
        number = number or ((line.number,) if line.number else ())
    sure = [
        not junk and (state == START or is_whole(state)) and not _waits(words)
        for state, junk, words in zip(trial.states, trial.junk, columns[1:], strict=True)
    ]
    cells = [number, _without_garble(columns[0])]
    cells += [tuple(words) if ok else () for words, ok in zip(columns[1:], sure, strict=True)]
    mixed = len(trial.states) > 1 and (trial.ignored > 0 or not sure[0] or not columns[1])
    opens = bool(cells[1]) and cells[1][0].text.lstrip("“\"'‘(")[:1].isupper()
    if mixed or not opens or cost > _DOUBTFUL + _DOUBTFUL_LINE * (stop - first):
        return ScanRow(first, stop, _group_cells(lines[first:stop], len(trial.states)), group=True)
    return ScanRow(first, stop, (*cells, _certain(times)))


def _waits(words: Sequence[Word]) -> bool:
    """Whether a cell ends with a comma or with `và`, so that a name of it is missing."""
    return bool(words) and (words[-1].text.endswith(",") or words[-1].text == "và")


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
    return next(((word,) for word in times if is_certain_time(word.text)), ())


_NEVER = 1e9
_SMALL_NAME = 2.5
_LONGEST_ROW = 20
_TRIALS = 6
_WIDEST_PIECE = 5
_TOO_MUCH = 14.0
_HEADING_LINE, _STRAY_LINE = 1.6, 2.2
_BAR_IGNORED, _CUT_BESIDE_BAR, _CUT_WITHOUT_BAR = 0.8, 1.0, 0.3
_JUNK, _MORE_JUNK = 2.0, 0.6
_PIECE_READ, _GAP_IN_NAME = 0.3, 0.6
_NO_LEAD, _NO_PARTNER, _TORN_NAME = 2.5, 0.9, 2.5
_DOUBTFUL, _DOUBTFUL_LINE = 3.0, 0.5
_NO_TIME, _OFF_MIDDLE = 2.0, 0.45
_SMALL_OPENING, _CAPITAL_INSIDE, _OPENING_INSIDE = 4.0, 1.2, 3.0
_NEVER_ALONE = frozenset({"truc", "trung"})  # "các thành phố" + "trực thuộc" + "trung ương"
_NAMING = frozenset({"chinh", "viet", "bo", "uy", "quoc", "nha", "trung", "so", "nam", "thu"})
_OPENINGS = frozenset(
    {
        "xay dung", "phat trien", "nghien cuu", "to chuc", "trien khai", "ra soat", "hoan thien", "ban hanh",
        "thuc hien", "day manh", "ho tro", "tang cuong", "duy tri", "tuyen truyen", "uu tien", "khuyen khich",
        "trinh chinh", "ket noi", "cung cap", "tham muu", "kien toan", "boi duong", "dao tao", "thuc day",
        "quan ly", "danh gia", "giam sat", "kiem tra", "lap ke", "chi dao", "huong dan", "phoi hop", "nang cao",
        "mo rong", "dau tu", "cai tao", "thanh lap", "bo tri", "de xuat", "tong ket", "so ket",
    }
)  # fmt: skip
