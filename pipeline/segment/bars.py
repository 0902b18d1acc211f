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

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.outline import Cell
from pipeline.segment.grids import Numbering, follows, is_column_numbers, row_number

WIDEST = 40
SAMPLE = 400  # cells that tell the width


@dataclass(frozen=True, slots=True)
class BarTable:
    """The heads and rows read, and how many of the cells given were used."""

    heads: list[list[Cell]]
    rows: list[list[Cell]]
    width: int
    used: int


def read_with_gaps(cells: Sequence[Cell], start: int) -> BarTable | None:
    """A table from the cells at *start*, after its first bar; an empty cell stands between any two rows."""
    first = _gap(cells, start)
    if first < 1 or (first > WIDEST and start + first < len(cells)):
        return None
    width = _width_with_gaps(cells, start, first)
    heads: list[list[Cell]] = []
    rows: list[list[Cell]] = []
    position = start
    number: Numbering | None = None
    while position < len(cells):
        header = not rows and not (position > start and row_number(cells[position].text))
        length, final = _row_length(cells, position, width, number, header=header)
        if length == 0:
            break
        row = list(cells[position : position + length])
        position += length
        if _is_head(row, heads, rows, width):
            heads.append(row)
        elif rows or not is_column_numbers(row):
            rows.append(row)
            number = row_number(row[0].text) or number
        if final or (position < len(cells) and cells[position].text):
            break
        position += 1  # the gap
    return BarTable(heads, rows, width, min(position, len(cells)) - start) if rows else None


def read_without_gaps(cells: Sequence[Cell]) -> BarTable | None:
    """A table from its cells, a single bar between any two of them."""
    numbers = [row_number(cell.text) for cell in cells]
    starts = _numbered_starts(numbers)
    if len(starts) < 2:
        return _read_figures(cells)
    steps = Counter(after - before for before, after in zip(starts, starts[1:], strict=False))
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
        for cell in cells[start + width : stop]:
            if cell.text:
                rows.append([*row[:-1], cell] if spanning else [cell])
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
        if number.value == last.value + 1 and (not usual or distance >= min(usual, starts[0])) or (
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
    return BarTable([list(cells[:width])], rows, width, len(cells) - len(cells) % width)


def _is_figure(text: str) -> bool:
    digits = sum(character.isdigit() for character in text)
    return bool(digits) and digits * 2 >= len(text.replace(" ", "")) or text in {"-", "–"}


def _gap(cells: Sequence[Cell], start: int) -> int:
    """The distance to the next empty cell."""
    for at in range(start, min(len(cells), start + WIDEST + 1)):
        if not cells[at].text:
            return at - start
    return min(len(cells) - start, WIDEST + 1)


def _width_with_gaps(cells: Sequence[Cell], start: int, first: int) -> int:
    """The width of a row: mostly the distance between consecutive row numbers, else that of the first row."""
    starts = [
        (position, number)
        for position in range(start, min(len(cells), start + SAMPLE))
        if (position == start or not cells[position - 1].text) and (number := row_number(cells[position].text))
    ]
    steps: Counter[int] = Counter()
    for (before, one), (after, two) in zip(starts, starts[1:], strict=False):
        if two.style == one.style and two.value == one.value + 1 and 3 <= after - before <= WIDEST:
            steps[after - before - 1] += 1
    return max(steps.most_common(1)[0][0] if steps else first, 2)


def _row_length(
    cells: Sequence[Cell], position: int, width: int, number: Numbering | None, *, header: bool
) -> tuple[int, bool]:
    """How many cells the row at *position* has, and whether the table ends with it."""
    left = len(cells) - position
    if left <= 0:
        return 0, True
    gap = _gap(cells, position)
    if header and 0 < gap <= width:
        return gap, gap == left
    for length in range(1, min(width, left)):
        after = position + length
        if cells[after].text or after + 1 >= len(cells):
            continue
        following = row_number(cells[after + 1].text)
        fits = after + 1 + width >= len(cells) or not cells[after + 1 + width].text
        if following and fits and follows(number, following) and length < width and not (
            position + width < len(cells) and not cells[position + width].text
            and position + width + 1 < len(cells) and row_number(cells[position + width + 1].text)
        ):  # fmt: skip
            return length, False
    if left <= width:
        return left, True
    if not cells[position + width].text:
        return width, False
    if gap >= width:
        return width, True
    return (gap, False) if gap else (width, False)


def _is_head(row: Sequence[Cell], heads: Sequence[Sequence[Cell]], rows: Sequence[Sequence[Cell]], width: int) -> bool:
    if rows:
        return False
    if not heads:
        return True
    if row_number(row[0].text) or is_column_numbers(row):
        return False
    above = heads[-1]
    return len(above) < width and len(above) + len([cell for cell in row if cell.text]) > width - 1 and len(row) < width + 1
