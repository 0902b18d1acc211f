"""What a reading of a row goes against once all its lines are told: its shape, its opening, what its cells hold.

    Bộ Công          a cell that begins below the middle of its row, a name that is torn, a line within the row
    an; Bộ Y tế      that opens like another one (`Xây dựng …`): each costs something, and the cheapest reading is taken

The figures were found by trial on made tables; none of them decides alone.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from pipeline.clean.agency_pieces import NEXT, START, State, bare_letters, is_whole
from pipeline.clean.scan_cuts import Trial
from pipeline.clean.scan_lines import ScanLine, opens_with_capital
from pipeline.clean.scan_recurring import RecurringCells


def ending_cost(trial: Trial, names: Sequence[Counter[State]], recurring: Sequence[RecurringCells]) -> float:
    """What speaks against the cells of agencies when the row ends: torn, empty, or not in its middle."""
    cost = 0.0
    size = len(trial.cuts)
    for column, (state, junk) in enumerate(zip(trial.columns.states, trial.columns.junk, strict=True)):
        if not junk and state == START:
            cost += _NO_LEAD if column == 0 else _NO_PARTNER
        elif recurring[column].is_whole(state):
            cost -= _USUAL_CELL
        elif not junk and (state == NEXT or not is_whole(state)):
            cost += _TORN_NAME
        elif names and state > START:
            own = names[column][state]
            cost += 0.0 if own == 1 else -_USUAL_NAME if own else _USUAL_NAME
        if places := [at for at, filled in enumerate(trial.filled) if filled[column]]:
            middle = (places[0] + places[-1]) / 2
            cost += _OFF_MIDDLE * max(0.0, abs(middle - (size - 1) / 2) - 0.5)
            cost += _GAP * (places[-1] - places[0] + 1 - len(places))
            cost += _BELOW_MIDDLE * max(0.0, places[0] - size / 2)
    return cost


def shape_cost(first: int, stop: int, times: Sequence[int], numbers: Sequence[int]) -> float:
    """What the places of the time and of the number, which stand at the middle of their row, say to its extent."""
    middle = (first + stop - 1) / 2
    cost = _NO_TIME if not times else _OFF_MIDDLE * max(0.0, abs(times[0] - middle) - 0.5)
    if numbers:
        cost += _OFF_MIDDLE * max(0.0, abs(numbers[0] - middle) - 0.5) + 2.0 * (len(numbers) - 1)
    return cost


def opening_cost(lines: Sequence[ScanLine], first: int, trial: Trial) -> float:
    """What speaks against the opening of a row, and what in a line within it looks like another one."""
    cost = 0.0
    last = ""
    for line, cut in zip(lines[first:], trial.cuts, strict=False):
        words = line.words[: cut[0]]
        if not words:
            continue
        opens = opens_with_capital(words[0])
        if not last:
            cost += 0.0 if opens else _SMALL_OPENING
        elif opens and last[-1:] not in ".;,":
            pair = tuple(bare_letters(word.text) for word in words[:2])
            cost += _OPENING_INSIDE if " ".join(pair) in _OPENINGS else 0.0 if pair[0] in _NAMING else _CAPITAL_INSIDE
        last = words[-1].text
    return cost


_GAP = 0.5
_BELOW_MIDDLE = 1.4  # a line, where a cell begins; at the top or in the middle it would begin above
_USUAL_NAME, _USUAL_CELL = 0.5, 0.8
_NO_LEAD, _NO_PARTNER, _TORN_NAME = 2.5, 1.6, 2.5
_NO_TIME, _OFF_MIDDLE = 2.0, 0.45
_SMALL_OPENING, _CAPITAL_INSIDE, _OPENING_INSIDE = 4.0, 1.2, 3.0
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
