"""The ways to part a line of a scanned table into an activity and pieces of the columns of agencies.

    và hỗ trợ các hộ bán hàng qua mạng| và Truyền    →    và hỗ trợ … qua mạng ¦ và Truyền

Nothing but a bar here and there says where a column begins, so every place is tried where a piece of an agency may
begin. What the other rows of the table show of the widths of its columns speaks for some places and against others: a
line of the activity is full unless it is the last one, and no piece is wider than its column.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise
from typing import NamedTuple

from pipeline.clean.agency_pieces import State, bare_letters, begins_or_goes_on, go_together
from pipeline.clean.scan_lines import ScanLine, is_garbled


@dataclass(frozen=True, slots=True)
class Widths:
    """How many letters a full line of the activity has, and the widest pieces of each column of agencies."""

    activity: int
    agencies: tuple[int, ...]


class Cut(NamedTuple):
    """One way to part a line: where each column of agencies begins, what stands in it, and what the bars say to it.

    `room` is what is left of the line of the activity behind its words, `opening` the length of its first word.
    """

    places: tuple[int, ...]
    pieces: tuple[tuple[str, ...], ...]
    at_bar: tuple[bool, ...]
    cost: float
    ignored: int
    opening: int
    room: int
    filled: tuple[bool, ...]


class Columns:
    """What the columns of agencies hold so far: a state each, and whether there was junk. One object for equal ones."""

    __slots__ = ("junk", "states")

    def __init__(self, states: tuple[State, ...], junk: tuple[bool, ...]) -> None:
        self.states = states
        self.junk = junk


class Trial(NamedTuple):
    """One way to cut the lines of a row so far.

    `junk` tells the columns that hold what is no agency, `skipped` in which lines; `ignored` how many bars stand where
    nothing is cut. `room` is what was left of the last line of the activity.
    """

    cost: float
    columns: Columns
    cuts: tuple[tuple[int, ...], ...] = ()
    skipped: tuple[tuple[bool, ...], ...] = ()
    filled: tuple[tuple[bool, ...], ...] = ()
    ignored: int = 0
    room: int = 0


def cuts_of(line: ScanLine, agency_columns: int, widths: Widths | None) -> Iterator[Cut]:
    """The ways to part the words of *line*."""
    texts = tuple(word.text for word in line.words)
    size = len(texts)
    ends = (0, *accumulate(len(text) + 1 for text in texts))
    garbled = (0, *accumulate(_is_noise(text) for text in texts))
    inner = {bar for bar in line.bars if 0 < bar < size}
    told = inner | _full_at(ends, widths) | _garble_ends(garbled)
    is_inner = [at in inner for at in range(size + 1)]
    is_told = [at in told for at in range(size + 1)]
    may_begin = [at == 0 or is_told[at] or begins_or_goes_on(text) for at, text in enumerate(texts)]
    may_begin.append(True)  # an empty piece at the end
    together = {at for at in range(1, size) if not is_inner[at] and go_together(texts[at - 1], texts[at])}
    cost_of_cut = _CUT_BESIDE_BAR if inner else _CUT_WITHOUT_BAR
    for bounds in _bounds(size, agency_columns):
        lead, second = bounds[:2]
        parts = [*pairwise(bounds)]
        lead_told = is_told[lead]
        if not (lead_told or all(start == stop or may_begin[start] for start, stop in parts)):
            continue
        ignored, untold, last = len(inner), 0, 0
        for place in bounds[:-1]:
            if last < place < size:
                ignored -= is_inner[place]
                untold += not is_told[place]
            last = place
        cost = _BAR_IGNORED * ignored + cost_of_cut * untold
        if lead < second < size and second in together:
            cost += _CUT_IN_PHRASE
        if widths:
            cost += _too_wide([ends[lead], *[ends[stop] - ends[start] for start, stop in parts]], widths)
        read = lead > 0 and garbled[lead] < 0.4 * lead
        yield Cut(
            bounds[:-1],
            tuple([texts[start:stop] for start, stop in parts]),
            tuple([lead_told or start == 0 or is_told[start] for start, _ in parts]),
            cost,
            ignored,
            len(texts[0]) if read else 0,
            widths.activity - ends[lead] if widths and read else 0,
            tuple([start < stop for start, stop in parts]),
        )


def _full_at(ends: Sequence[int], widths: Widths | None) -> set[int]:
    """The words before which the activity is about as wide as its column, in a line that goes on."""
    if widths is None or ends[-1] <= widths.activity + _SLACK:
        return set()
    return {at for at, end in enumerate(ends[:-1]) if at and abs(end - widths.activity) <= _SLACK}


def _garble_ends(garbled: Sequence[int]) -> set[int]:
    """The word behind the letters that a scanner saw between two lines of the activity: `LẠ Ÿ CÀ HẠ | các bộ,`."""
    ends = [at for at in range(2, len(garbled)) if garbled[at] > garbled[at - 1] and 2 * garbled[at] > at]
    return {ends[-1]} if ends else set()


def _is_noise(word: str) -> bool:
    return is_garbled(word) or (len(bare_letters(word)) <= 2 and not word.islower() and not word.isdigit())


def _bounds(size: int, agency_columns: int) -> Iterator[tuple[int, ...]]:
    """Where the columns may begin and end in a line of *size* words."""
    for lead in range(max(0, size - _WIDEST_PIECE * agency_columns), size + 1):
        for partner in range(lead, size + 1) if agency_columns > 1 else (size,):
            if partner - lead <= _WIDEST_PIECE and size - partner <= _WIDEST_PIECE:
                yield (lead, partner, size)[: agency_columns + 1]


def _too_wide(lengths: Sequence[int], widths: Widths) -> float:
    """What it costs that a piece is wider than its column."""
    over = max(0, lengths[0] - widths.activity - _SLACK)
    for length, most in zip(lengths[1:], widths.agencies, strict=True):
        over += max(0, length - most - 2)
    return min(_MOST_FOR_WIDTH, _LETTER_TOO_MUCH * over)


def room_left(room: int, opening: int) -> float:
    """What it costs to go on in the next line with a word of *opening* letters where *room* was left for it."""
    return min(_MOST_FOR_WIDTH, _LETTER_LEFT * max(0, room - opening - _SLACK)) if opening else 0.0


_WIDEST_PIECE = 5
_BAR_IGNORED, _CUT_BESIDE_BAR, _CUT_WITHOUT_BAR = 0.8, 0.7, 0.1
_CUT_IN_PHRASE = 0.8
_SLACK = 4
_LETTER_TOO_MUCH, _LETTER_LEFT, _MOST_FOR_WIDTH = 0.4, 0.2, 3.0
