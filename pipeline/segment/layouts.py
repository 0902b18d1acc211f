"""Divide a flattened table into rows as a whole, where each row ends in an empty cell and cells may be empty, too.

    |TT|Nội dung|Đơn vị|Định mức|  |Đô thị|Còn lại|  |1|Mầm non|đồng|5|6|  |2|Tiểu học||7|8|

The width is the one at which the whole table divides with the fewest oddities: short rows, long rows, rows that do not
begin with a number where others do. Reading row by row cannot tell, since a row may be cut at any of its empty cells.
Where every width leaves too many oddities there is no answer, and a more careful reader has to take over.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from pipeline.outline import Cell
from pipeline.segment.cells import (
    are_alike,
    is_column_numbers,
    is_figure,
    is_ordinal_head,
    is_row_mark,
    is_total,
    row_number,
)

WIDEST = 40
SAMPLE = 240  # cells that tell the width
MOST_HEADS = 3
ODD = 0.55  # oddities for each row that a table may have


@dataclass(frozen=True, slots=True)
class Division:
    """The rows of the header and of the body, the width, and how odd the division is on the whole."""

    heads: list[list[Cell]]
    rows: list[list[Cell]]
    width: int
    cost: float


def divide(cells: Sequence[Cell], start: int) -> Division | None:
    """The rows of the table that takes up all cells from *start* on, or None when it cannot be told."""
    table = list(cells[start:])
    while table and not table[-1].text:
        table.pop()
    first = _gap(table)
    if first < 2 or first > WIDEST or first >= len(table):
        return None
    sample = table[: _sample_end(table)]
    divided = [one for width in _widths(sample, first) if (one := _Divider(sample, first, width).best()) is not None]
    if not divided:
        return None
    best = min(divided, key=lambda one: one.cost)
    if len(sample) < len(table):
        whole = _Divider(table, first, best.width).best()
        if whole is None:
            return None
        best = whole
    if not best.rows or best.cost > ODD * len(best.rows):
        return None
    last = best.rows[-1]  # empty cells at the end of a table are those of its last row
    after = start + len(table)
    last += cells[after : after + max(0, best.width - len(last))]
    return best


def _gap(table: Sequence[Cell]) -> int:
    return next((at for at, cell in enumerate(table[: WIDEST + 2]) if not cell.text), len(table))


def _sample_end(table: Sequence[Cell]) -> int:
    if len(table) <= SAMPLE:
        return len(table)
    return next((at for at in range(SAMPLE, len(table)) if not table[at].text), len(table))


def _widths(table: Sequence[Cell], first: int) -> list[int]:
    """The widths worth trying: of the header, of numbers of columns, between row numbers, of runs of full cells."""
    gaps = [at for at, cell in enumerate(table) if not cell.text]
    runs = Counter(after - before - 1 for before, after in pairwise([-1, *gaps, len(table)]))
    numbers = [at + 1 for at in gaps if at + 1 < len(table) and row_number(table[at + 1].text)]
    steps = Counter(after - before - 1 for before, after in pairwise(numbers))
    second = next((after - before - 1 for before, after in pairwise(gaps) if after - before > 2), 0)
    proposed = [
        first,
        *(first - spanning + second for spanning in (1, 2, 3)),
        *(width for width, _ in runs.most_common(6)),
        *(width for width, _ in steps.most_common(5)),
    ]
    return [width for width in dict.fromkeys(proposed) if first <= width <= WIDEST]


class _Divider:
    """All ways to divide a table into rows of one width; the cheapest is taken."""

    def __init__(self, table: Sequence[Cell], first: int, width: int) -> None:
        self.table, self.first, self.width = table, first, width
        self.gaps = [at for at, cell in enumerate(table) if not cell.text]
        self.ordinal = is_ordinal_head(table[0].text)
        self.numbers = [row_number(cell.text) for cell in table]
        self.leads = [is_row_mark(cell.text) for cell in table]
        self.starts_row = [
            lead and at + 1 < len(table) and _is_words(table[at + 1].text) for at, lead in enumerate(self.leads)
        ]
        # How long rows are that end before a number, so that no empty cell can be their last.
        self.whole = {
            after - before - 1
            for before, after in pairwise(self.gaps)
            if after + 1 < len(table) and self.starts_row[after + 1]
        }

    def best(self) -> Division | None:
        costs, lengths = self._costs()
        position = self.first + 1
        heads = [list(self.table[: self.first])]
        used = len(heads[0])
        total = 0.3 if self.first < self.width else 0.0
        while self.first < self.width and len(heads) < MOST_HEADS:
            length = self._head_length(position, used, len(heads[-1]) if len(heads) > 1 else 0)
            if not length:
                break
            heads.append(list(self.table[position : position + length]))
            used = min(used - 1 + length, self.width)
            position += length + 1
            while position + 1 < len(self.table) and not self.table[position].text and self.leads[position + 1]:
                position += 1  # an empty cell at the end of the head
        rows: list[list[Cell]] = []
        if position > len(self.table) or (position < len(self.table) and position not in costs):
            return None
        total += costs.get(position, 0.0)
        while position < len(self.table):
            length = lengths[position]
            row = list(self.table[position : position + length])
            if rows or not is_column_numbers(row):
                rows.append(row)
            position += length + 1
        if used < self.width:  # no heads make up the width: rows were taken together
            total += 1.5 + len(rows) / 2
        return Division(heads, [row for row in rows if row], self.width, total)

    def _head_length(self, position: int, used: int, above: int) -> int:
        """How long the next level of the header is, 0 when a row of the body stands there.

        Heads that make up the width may have one more below each of them: as many as in the lower level *above*.
        """
        at = bisect_left(self.gaps, position)
        stop = self.gaps[at] if at < len(self.gaps) else len(self.table)
        row = self.table[position:stop]
        if not 1 < len(row) < self.width or (used >= self.width and not (self.ordinal and len(row) == above)):
            return 0
        if is_column_numbers(row) or (self.ordinal and self.starts_row[position]):
            return 0
        figures = sum(is_figure(cell.text) for cell in row)
        return 0 if figures or any(len(cell.text) > 160 for cell in row) else len(row)

    def _costs(self) -> tuple[dict[int, float], dict[int, int]]:
        """For each place where a row may begin, the least cost of all from there on, and the length of its row."""
        size = len(self.table)
        costs: dict[int, float] = {size: 0.0, size + 1: 0.0}
        lengths: dict[int, int] = {}
        for gap in reversed(range(len(self.gaps))):
            begin = self.gaps[gap] + 1
            best: tuple[float, int] | None = None
            ends = self.gaps[gap + 1 : gap + self.width + 3]
            for end in [*ends, size] if len(ends) < self.width + 2 else ends:
                length = end - begin
                if length > self.width + 2 or begin >= size:
                    break
                if end + 1 not in costs and end != size:
                    continue
                cost = self._row_cost(begin, length) + costs.get(end + 1, 0.0)
                if best is None or cost < best[0]:
                    best = (cost, length)
            if best is not None:
                costs[begin], lengths[begin] = best
        return costs, lengths

    def _row_cost(self, begin: int, length: int) -> float:
        if not length:  # one empty cell too many
            return 1.2
        cost = self._length_cost(begin, length, self.width - length) + self._cost_of_the_next(begin, begin + length)
        first = self.table[begin].text
        if self.ordinal and length > 1:
            if self.starts_row[begin]:
                cost -= 0.3
            elif length == self.width and not is_total(first):
                cost += 1.5 if self._halves(begin, length) else 0.6 if _is_words(first) else 0.25
        inner = range(begin if self.ordinal else begin + 1, begin + length - 1)
        return cost + sum(
            self._break_cost(begin, at + 1) for at in inner if not self.table[at].text and self.starts_row[at + 1]
        )

    def _cost_of_the_next(self, begin: int, end: int) -> float:
        """The cost of a short row that takes the first cell of the total below it, when others are as long without."""
        total = end + 1 < len(self.table) and is_total(self.table[end + 1].text)
        short = 2 < end - begin < self.width and end - begin - 1 in self.whole
        return 1.5 if total and short and not self.table[end - 1].text else 0.0

    def _halves(self, begin: int, length: int) -> bool:
        """Whether an empty cell parts a row into two equally long ones: rows of a group whose first cells span them.

        Where they begin with no words, as points with their coordinates do, each cell must be like its counterpart.
        """
        middle = length // 2
        texts = [cell.text for cell in self.table[begin : begin + length]]
        if length % 2 == 0 or length < 5 or [at for at, text in enumerate(texts) if not text] != [middle]:
            return False
        return _is_words(texts[0]) or all(map(are_alike, texts[:middle], texts[middle + 1 :]))

    def _like_its_neighbour(self, begin: int, length: int) -> bool:
        """Whether the row before or after is as long, so that both lack the cells that span them."""
        end = begin + length
        at = bisect_left(self.gaps, begin - 1)
        before = begin - 2 - self.gaps[at - 1] if at else 0
        after = self.gaps[at + 2] - end - 1 if at + 2 < len(self.gaps) and self.gaps[at + 1] == end else 0
        return length > 1 and length in (before, after)

    def _break_cost(self, begin: int, at: int) -> float:
        """The cost of not beginning a row at the number that stands after an empty cell."""
        own, number = self.numbers[begin], self.numbers[at]
        return 2.0 if own and number and number.value == own.value + 1 and number.style == own.style else 0.9

    def _length_cost(self, begin: int, length: int, missing: int) -> float:
        first = self.table[begin].text
        if not missing:
            return 0.0 if any(cell.text for cell in self.table[begin : begin + length]) else 3.0
        if missing < 0:
            return 4.0 - missing
        if length == 1:
            return 3.0 if not first else 0.6 if len(first) > 3 else 2.0
        if length == 2 and self.starts_row[begin]:
            return 0.8
        if is_total(first or self.table[begin + 1].text):
            return 0.5
        if self.starts_row[begin]:
            tail = [cell.text for cell in self.table[begin + 2 : begin + length] if cell.text]
            return 0.6 if missing > 2 and tail and all(map(is_figure, tail)) else 1.0 + 0.05 * missing
        item = _is_words(first) or (length > 2 and is_figure(self.table[begin + 1].text))
        if self.ordinal and missing > 1 and item and self._like_its_neighbour(begin, length):
            return 0.5
        return 0.25 if missing == 1 and _is_words(first) else 0.8 + 0.08 * missing


def _is_words(text: str) -> bool:
    return len(text) > 3 and not is_figure(text) and any(character.isalpha() for character in text)
