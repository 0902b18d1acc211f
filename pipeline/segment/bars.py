"""Tables flattened to one cell a line between lines that are exactly `|`.

Two manners are known. With gaps, each row stands between its own bars, so that two bars meet between rows:

    |            |
    STT          1
    |            |
    Nhiệm vụ     Rà soát
    |            |

Without gaps, a single bar stands between any two cells, and rows must be told by the numbers in the first column. An
empty cell is two bars meeting, too, so the width of a row comes from the distance between consecutive row numbers.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from pipeline.outline import Cell
from pipeline.segment.cells import Numbering, follows, is_column_numbers, is_figure, is_ordinal_head, row_number
from pipeline.segment.layouts import divide

WIDEST = 40
SAMPLE = 400  # cells that tell the width
REACH = 4  # rows ahead that a doubtful row is weighed with


@dataclass(frozen=True, slots=True)
class BarTable:
    """The heads and rows read, and how many of the cells given were used."""

    heads: list[list[Cell]]
    rows: list[list[Cell]]
    width: int
    used: int


def read_with_gaps(cells: Sequence[Cell], start: int, *, whole: bool = False) -> BarTable | None:
    """A table from the cells at *start*, after its first bar; an empty cell stands between any two rows.

    *whole*: the cells may all belong to it, and are divided at once where that can be told.
    """
    if whole and (division := divide(cells, start)):
        return BarTable(division.heads, division.rows, division.width, len(cells) - start)
    first = _gap(cells, start)
    if first < 1 or (first > WIDEST and start + first < len(cells)):
        return None
    width = _width_with_gaps(cells, start, first)
    heads: list[list[Cell]] = [list(cells[start : start + first])]
    rows: list[list[Cell]] = []
    position = start + first + 1
    number: Numbering | None = None
    ended = start + first >= len(cells)
    while position < len(cells) and not ended:
        length, ended = _row_length(cells, position, width, number)
        row = list(cells[position : position + length])
        position += length
        if not rows and _is_head(row, heads, width):
            heads.append(row)
        elif rows or not is_column_numbers(row):
            rows.append(row)
            number = row_number(row[0].text) or number
        if not ended:
            position += 1  # the gap
    return BarTable(heads, rows, width, min(position, len(cells)) - start) if rows else None


def read_without_gaps(cells: Sequence[Cell]) -> BarTable | None:
    """A table from its cells, a single bar between any two of them."""
    numbers = [row_number(cell.text) for cell in cells]
    starts = _numbered_starts(numbers)
    if len(starts) < 2:
        return _read_figures(cells)
    steps = Counter(after - before for before, after in pairwise(starts))
    head = starts[0]
    width, times = steps.most_common(1)[0]
    spanning = times <= len(starts) / 3 or width < 2 or width > head
    if spanning:  # each number stands for several rows
        width = head
    rows: list[list[Cell]] = [[cell] for cell in cells[width:head]]
    used = head
    for index, start in enumerate(starts):
        stop = starts[index + 1] if index + 1 < len(starts) else min(len(cells), start + width)
        if spanning and index + 1 == len(starts):
            stop = len(cells)
        row = cells[start : min(start + width, stop)]
        rows.append(list(row))
        rows.extend([*row[:-1], cell] if spanning else [cell] for cell in cells[start + width : stop] if cell.text)
        used = max(used, stop)
    return BarTable([list(cells[:width])], rows, width, used)


def _numbered_starts(numbers: Sequence[Numbering | None]) -> list[int]:
    """Positions of the row numbers 1, 2, 3 … of a first column, which may begin again at 1."""
    starts: list[int] = []
    last: Numbering | None = None
    gaps: Counter[int] = Counter()
    for position, number in enumerate(numbers):
        if number is None or number.style != "arabic" or number.value > 400:
            continue
        if last is None:
            if number.value == 1:
                starts.append(position)
                last = number
            continue
        distance = position - starts[-1]
        if distance < 2:
            continue
        usual = gaps.most_common(1)[0][0] if gaps else 0
        if (number.value == last.value + 1 and (not usual or distance >= min(usual, starts[0]))) or (
            number.value == 1 and usual and distance in (usual, usual + 1)
        ):  # fmt: skip
            starts.append(position)
            gaps[distance] += 1
            last = number
    return starts


def _read_figures(cells: Sequence[Cell]) -> BarTable | None:
    """A table without row numbers: the width at which the first column has words and the others have figures."""
    best: tuple[float, int] = (0.0, 0)
    for width in range(2, min(WIDEST, len(cells) // 2) + 1):
        rows = [cells[at : at + width] for at in range(width, len(cells) - width + 1, width)]
        if not rows:
            continue
        words = sum(not _is_figure(row[0].text) and bool(row[0].text) for row in rows)
        figures = sum(all(_is_figure(cell.text) or not cell.text for cell in row[1:]) for row in rows)
        score = (words + figures) / (2 * len(rows)) - (0.3 if len(cells) % width else 0.0)
        if score > best[0] + 1e-9:
            best = (score, width)
    if best[0] < 0.8:
        return None
    width = best[1]
    rows = [list(cells[at : at + width]) for at in range(width, len(cells) - width + 1, width)]
    return BarTable([list(cells[:width])], [list(row) for row in rows], width, len(cells) - len(cells) % width)


def _is_figure(text: str) -> bool:
    digits = sum(character.isdigit() for character in text)
    return (bool(digits) and digits * 2 >= len(text.replace(" ", ""))) or text in {"-", "–"}


def _gap(cells: Sequence[Cell], start: int) -> int:
    """The distance to the next empty cell."""
    for at in range(start, min(len(cells), start + WIDEST + 1)):
        if not cells[at].text:
            return at - start
    return min(len(cells) - start, WIDEST + 1)


def _width_with_gaps(cells: Sequence[Cell], start: int, first: int) -> int:
    """The width at which rows end in a gap: told by row numbers, else by the first row, else by full rows."""
    stop = min(len(cells), start + SAMPLE)
    empty = [position for position in range(start, stop) if not cells[position].text]
    gaps = set(empty)
    numbers = [(at + 1, number) for at in empty if at + 1 < stop and (number := row_number(cells[at + 1].text))]
    steps = Counter(
        after - before - 1
        for (before, one), (after, two) in pairwise(numbers)
        if two.style == one.style and two.value == one.value + 1 and 3 <= after - before <= WIDEST
    )
    runs = Counter(after - before - 1 for before, after in pairwise(empty) if after - before > 2)
    proposed = [width for width, times in steps.most_common(2) if times > 1]
    if numbers and numbers[0][0] > start + first + 1:  # a header of several levels: its first row is too short
        proposed += [*steps]
    proposed += [first, *sorted(width for width, _ in runs.most_common(4)), *steps]
    counts = {
        width: sum(at + width + 1 in gaps and at + 1 not in gaps for at in empty) for width in proposed if width > 1
    }
    most = max(counts.values(), default=0)
    return next((width for width in proposed if width > 1 and counts[width] >= 0.6 * most), max(first, 2))


def _row_length(cells: Sequence[Cell], position: int, width: int, number: Numbering | None) -> tuple[int, bool]:
    """How many cells the row at *position* has, and whether the table ends with it."""
    after = position + width
    if after + 1 < len(cells) and not cells[after].text:
        if all(cell.text for cell in cells[position:after]):
            return width, False
        following = row_number(cells[after + 1].text)
        if following and (own := row_number(cells[position].text)) and follows(own, following):
            return width, False
    costs = _costs(cells, position, width)
    length = costs[position][1]
    return length, position + length >= len(cells) or bool(cells[position + length].text)


def _costs(cells: Sequence[Cell], position: int, width: int) -> dict[int, tuple[float, int]]:
    """For each place of a row within reach the least cost of dividing what follows, and the length of its row."""
    end = min(len(cells), position + REACH * (width + 1))
    longest = 2 * width + 1
    gaps = [at for at in range(position, min(len(cells), end + longest)) if not cells[at].text]
    costs: dict[int, tuple[float, int]] = {}
    for at in range(end - 1, position - 1, -1):
        if at != position and cells[at - 1].text:
            continue  # no gap stands before it
        best = (100.0, min(width, len(cells) - at))
        for after in gaps[bisect_right(gaps, at) :]:
            if after - at > longest:
                break
            rest = costs[after + 1][0] if after + 1 in costs else 0.0
            cost = _row_cost(cells, at, after - at, width) + rest
            if cost < best[0]:
                best = (cost, after - at)
        for length in {min(width, len(cells) - at), len(cells) - at}:
            after = at + length
            if length <= longest and (after == len(cells) or cells[after].text):
                cost = _row_cost(cells, at, length, width) + (0.0 if after == len(cells) else _ending(cells, after))
                if cost < best[0]:
                    best = (cost, length)
        costs[at] = best
    return costs


def _ending(cells: Sequence[Cell], after: int) -> float:
    """The cost of ending a table before the text at *after*: low where the heads of the next one follow it."""
    ordinal = any(is_ordinal_head(cell.text) for cell in cells[after : after + 3])
    return 0.5 if ordinal else 8.0


def _row_cost(cells: Sequence[Cell], at: int, length: int, width: int) -> float:
    text = cells[at].text
    numbered = row_number(text) is not None
    if length == width:
        cost = 0.0
    elif length > width:
        cost = 3.0 + 0.1 * (length - width)
    elif length == 1:
        cost = 0.6 if len(text) > 3 else 2.0
    elif length == 2 and numbered and len(cells[at + 1].text) > 3:
        cost = 0.8
    else:
        cost = 1.0 + 0.1 * (width - length)
    for inner in range(at + 1, at + length - 1):
        if not cells[inner].text and (number := row_number(cells[inner + 1].text)) and number.style != "arabic":
            cost += 1.5
    return cost + (0.4 if not text else -0.3 if numbered or text in {"-", "+"} else 0.0)


def _is_head(row: Sequence[Cell], heads: Sequence[Sequence[Cell]], width: int) -> bool:
    """Whether a row is a lower level of the header: it fills what the heads over several columns leave open."""
    number = row_number(row[0].text)
    if (number and (number.style == "arabic" or number.value == 1)) or is_column_numbers(row):
        return False
    filled = [cell for cell in row if cell.text]
    if any(is_figure(cell.text) for cell in filled):
        return False
    above = heads[-1]
    return 1 < len(filled) < width and len(above) < width <= len(above) - 1 + len(filled)
