"""Tell the rows and cells of a table that a scanner read line by line, across all its columns.

    Điều phối việc mở chợ phiên ở các xã vùng cao | Bộ Công
    2 | và hỗ trợ các hộ bán hàng                   Thương   2021-2025

Nothing says where a row begins or a column ends, but much hints at it: a row has one time, at its middle; its activity
begins with a capital; the pieces in the column of agencies make up names of agencies. The reading that goes against
the fewest hints is taken. Lines that fit into no row make no row, for a wrong lead is worse than none.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from pipeline.clean.agency_pieces import START, State, Step, after_word, bare_letters, begins_or_goes_on, is_whole
from pipeline.clean.scan_lines import ScanLine, Word, is_certain_time, is_garbled, is_speck


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
    cuts = [tuple(_cuts(line, agency_columns)) for line in lines]
    best = [_Best(0.0, 0, None), *(_Best(_NEVER, 0, None) for _ in lines)]
    for first in range(len(lines)):
        before = best[first].cost
        for stop, cost, trial in (*_groups(lines, first), *_rows(lines, cuts, first, agency_columns)):
            if before + cost < best[stop].cost:
                best[stop] = _Best(before + cost, first, trial)
    rows: list[ScanRow] = []
    stop = len(lines)
    while stop:
        cost, first, trial = best[stop]
        rows.append(_row(lines, first, stop, trial, cost - best[first].cost, agency_columns))
        stop = first
    return rows[::-1]


@dataclass(frozen=True, slots=True, eq=False)
class _Cut:
    """One way to part a line: where each column of agencies begins, what stands in it, and what the bars say to it.

    `ways` remembers where it leads to: the rows that begin at different lines come to it with the same few columns.
    """

    places: tuple[int, ...]
    pieces: tuple[tuple[str, ...], ...]
    at_bar: tuple[bool, ...]
    cost: float
    ignored: int
    ways: dict[_Columns, list[tuple[_Columns, tuple[float, ...]]]] = field(default_factory=dict)


class _Trial(NamedTuple):
    """One way to cut the lines of a row so far.

    `junk` tells the columns that hold what is no agency, `ignored` how many bars stand where nothing is cut.
    """

    cost: float
    states: tuple[State, ...]
    cuts: tuple[tuple[int, ...], ...]
    junk: tuple[bool, ...]
    ignored: int = 0


class _Best(NamedTuple):
    """The least cost of the lines so far, and the row that ends there: a group where there is no trial."""

    cost: float
    first: int
    trial: _Trial | None


_Found = tuple[int, float, _Trial | None]
# The states of the columns, and which of them hold junk.
_Columns = tuple[tuple[State, ...], tuple[bool, ...]]


def _groups(lines: Sequence[ScanLine], first: int) -> Iterator[_Found]:
    """The line as a heading over the full width or as one that fits nowhere, and two or three such lines."""
    cost = 0.0
    for stop in range(first + 1, min(first + 3, len(lines)) + 1):
        line = lines[stop - 1]
        heading = line.heads_group or (stop == first + 1 and bool(line.words) and line.words[0].text[:1].isupper())
        cost += 0.5 if line.heads_group else _HEADING_LINE if heading and not line.time else _STRAY_LINE
        cost += 3.0 if line.time_kind == "whole" else 0.0
        yield stop, cost, None


def _group_cells(lines: Sequence[ScanLine], agency_columns: int) -> tuple[tuple[Word, ...], ...]:
    """All words of *lines* in the cell of the activity."""
    parts = [(*((line.number,) if line.number else ()), *line.words, line.time) for line in lines]
    words = tuple(word for part in parts for word in part if word)
    return ((), words, *(((),) * agency_columns), ())


def _rows(
    lines: Sequence[ScanLine], cuts: Sequence[Sequence[_Cut]], first: int, agency_columns: int
) -> Iterator[_Found]:
    """Every row that may begin with line *first*: it opens with a capital and has one time at most."""
    if not lines[first].words or lines[first].words[0].text[:1].islower():
        return
    trials = [_Trial(0.0, (START,) * agency_columns, (), (False,) * agency_columns)]
    times: list[int] = []
    numbers: list[int] = []
    for stop in range(first + 1, min(first + _LONGEST_ROW, len(lines)) + 1):
        line = lines[stop - 1]
        if line.time_kind in {"whole", "misread"}:
            times.append(stop - 1)
        if line.number:
            numbers.append(stop - 1)
        if len(times) > 1 or line.heads_group:
            return
        trials = _extended(trials, cuts[stop - 1])
        if trials[0].cost > _TOO_MUCH:
            return
        cost, trial = min(((trial.cost + _ending_cost(trial), trial) for trial in trials), key=lambda one: one[0])
        if any(cut[0] for cut in trial.cuts):
            yield stop, cost + _shape_cost(first, stop, times, numbers) + _opening_cost(lines, first, trial), trial


def _extended(trials: Sequence[_Trial], cuts: Sequence[_Cut]) -> list[_Trial]:
    """The best trials with one more line."""
    found: dict[_Columns, tuple[float, _Trial, _Cut]] = {}
    for trial in trials:
        now = (trial.states, trial.junk)
        for cut in cuts:
            start = trial.cost + cut.cost
            for columns, costs in _ways(now, cut):
                cost = start
                for more in costs:
                    cost += more
                if columns not in found or cost < found[columns][0]:
                    found[columns] = (cost, trial, cut)
    best = sorted(found.items(), key=lambda one: one[1][0])[:_TRIALS]
    return [
        _Trial(cost, states, (*trial.cuts, cut.places), junk, trial.ignored + cut.ignored)
        for (states, junk), (cost, trial, cut) in best
    ]


def _cuts(line: ScanLine, agency_columns: int) -> Iterator[_Cut]:
    """The ways to part the words of a line."""
    texts = tuple(word.text for word in line.words)
    size = len(texts)
    inner = {bar for bar in line.bars if 0 < bar < size}
    may_begin = [at == 0 or at in inner or begins_or_goes_on(text) for at, text in enumerate(texts)]
    may_begin.append(True)  # an empty piece at the end
    for lead in range(max(0, size - _WIDEST_PIECE * agency_columns), size + 1):
        for partner in range(lead, size + 1) if agency_columns > 1 else (size,):
            if partner - lead > _WIDEST_PIECE or size - partner > _WIDEST_PIECE:
                continue
            bounds = (lead, partner, size)[: agency_columns + 1]
            if not all(start == stop or may_begin[start] for start, stop in pairwise(bounds)):
                continue
            places = {place for place in bounds if 0 < place < size}
            cost = _BAR_IGNORED * len(inner - places)
            cost += sum(_CUT_BESIDE_BAR if inner else _CUT_WITHOUT_BAR for _ in places - inner)
            pieces = tuple(texts[start:stop] for start, stop in pairwise(bounds))
            at_bar = tuple(start == 0 or start in inner for start in bounds[:-1])
            yield _Cut(bounds[:-1], pieces, at_bar, cost, len(inner - places))


def _ways(now: _Columns, cut: _Cut) -> list[tuple[_Columns, tuple[float, ...]]]:
    """What each column may hold after *cut*, and at what cost each."""
    if (known := cut.ways.get(now)) is not None:
        return known
    ways: list[tuple[_Columns, tuple[float, ...]]] = [(((), ()), ())]
    for state, junk, words, at_bar in zip(*now, cut.pieces, cut.at_bar, strict=True):
        steps = _column_steps(state, words, junk=junk, at_bar=at_bar)
        ways = [
            (((*states, one), (*kinds, kind)), (*costs, more))
            for (states, kinds), costs in ways
            for more, one, kind in steps
        ]
    cut.ways[now] = ways
    return ways


@lru_cache(maxsize=65536)
def _column_steps(
    state: State, words: tuple[str, ...], *, junk: bool, at_bar: bool
) -> tuple[tuple[float, State, bool], ...]:
    """What it costs to go on from *state* with *words* in the next line of a column of agencies."""
    if not words:
        return ((0.0 if state == START or is_whole(state) or junk else _GAP_IN_NAME, state, junk),)
    goes_on = is_whole(state) and not at_bar and bare_letters(words[0]) not in _NEVER_ALONE
    steps = [(cost + (_PIECE_READ if goes_on else -_PIECE_READ), after, junk) for after, cost in _read(state, words)]
    if at_bar:
        steps.append((_MORE_JUNK if junk else _JUNK, state, True))
    return tuple(steps)


@lru_cache(maxsize=16384)
def _read(state: State, words: tuple[str, ...]) -> tuple[tuple[State, float], ...]:
    """The states that *words* lead to, each with the least cost."""
    small = state == START and not words[0][:1].isupper() and not is_speck(words[0])
    now = {state: _SMALL_NAME if small else 0.0}
    for word in words:
        after: dict[State, float] = {}
        for one, spent in now.items():
            passed = [Step(one, _SPECK)] if is_speck(word) else []
            for step in (*after_word(one, word), *passed):
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


def _shape_cost(first: int, stop: int, times: Sequence[int], numbers: Sequence[int]) -> float:
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


def _row(
    lines: Sequence[ScanLine], first: int, stop: int, trial: _Trial | None, cost: float, agency_columns: int
) -> ScanRow:
    if trial is None:
        return ScanRow(first, stop, _group_cells(lines[first:stop], agency_columns), group=True)
    columns: list[list[Word]] = [[] for _ in range(len(trial.states) + 1)]
    times: list[Word] = []
    number: tuple[Word, ...] = ()
    for line, cut in zip(lines[first:stop], trial.cuts, strict=True):
        edges = (0, *cut, len(line.words))
        for column, words in enumerate(columns):
            piece = line.words[edges[column] : edges[column + 1]]
            words += piece if column == 0 else [word for word in piece if not is_speck(word.text)]
        times += [line.time] if line.time else []
        number = number or ((line.number,) if line.number else ())
    sure = [
        not junk and (state == START or is_whole(state)) and not _waits(words)
        for state, junk, words in zip(trial.states, trial.junk, columns[1:], strict=True)
    ]
    time = _certain(times)
    cells = [number, _without_garble(columns[0])]
    cells += [tuple(words) if ok else _sure_names(words) for words, ok in zip(columns[1:], sure, strict=True)]
    mixed = agency_columns > 1 and (trial.ignored > 0 or not all(sure) or not columns[1] or not (columns[2] or time))
    opens = bool(cells[1]) and cells[1][0].text.lstrip("“\"'‘(")[:1].isupper()
    if not opens or cost > _DOUBTFUL + _DOUBTFUL_LINE * (stop - first) or (mixed and not (time and len(cells[1]) > 3)):
        return ScanRow(first, stop, _group_cells(lines[first:stop], agency_columns), group=True)
    if mixed:  # the activity and its time stand, who does it is not told
        cells[2:] = [_beyond_doubt(columns, sure, trial), *(() for _ in columns[2:])]
    return ScanRow(first, stop, (*cells, time))


def _beyond_doubt(columns: Sequence[Sequence[Word]], sure: Sequence[bool], trial: _Trial) -> tuple[Word, ...]:
    """The lead of a row whose partners are in doubt: one ministry, whole, and no bar passed over."""
    lead = tuple(columns[1])
    one = bool(lead) and sure[0] and trial.ignored == 0 and trial.states[0] > START and not _opens_collective(lead[0])
    return lead if one else ()


def _opens_collective(word: Word) -> bool:
    return bare_letters(word.text) == "cac" or word.text.endswith(",")


def _sure_names(words: Sequence[Word]) -> tuple[Word, ...]:
    """The names before a semicolon that are whole, where those after it are torn."""
    for stop in range(len(words), 0, -1):
        if words[stop - 1].text.endswith(";"):
            told = any(state == START for state, _ in _read(START, tuple(word.text for word in words[:stop])))
            return tuple(words[:stop]) if told else ()
    return ()


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
_PIECE_READ, _GAP_IN_NAME, _SPECK = 0.3, 0.6, 0.4
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
