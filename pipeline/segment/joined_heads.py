"""One header from the levels of a table's head: `Kế hoạch 2031` above `Lượng | Giá` makes two heads of three words.

Which head spans several columns is told by its words and by the body: figures stand under it. Where the levels do not
make up the width, the heads that cannot be placed are left out, so that no value stands under a wrong one.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import reduce
from itertools import groupby

from pipeline.outline import Cell
from pipeline.segment.cells import EMPTY, Row, is_figure
from pipeline.segment.header_levels import place_heads


def join_heads(heads: Sequence[Row], width: int, body: Sequence[Row] = ()) -> tuple[Cell, ...]:
    """The header of *width* columns above *body*; a head over several columns stands before each head below it."""
    if not heads:
        return (EMPTY,) * width
    levels = [list(head) for head in heads]
    if len(levels) == 3 and len(levels[1]) == len(levels[2]) and len(levels[0]) - 1 + len(levels[1]) >= width:
        levels[1:] = [[_joined(head, cell) for head, cell in zip(levels[1], levels[2], strict=True)]]  # one below each
    if len(levels) == 2 and (placed := _over_gaps(levels[0], levels[1], width)):
        return tuple(placed)
    if len(levels) > 1 and (columns := place_heads(levels, _figure_shares(body, width))):
        return tuple(reduce(_joined, column) for column in columns)
    return tuple(_spread(levels[0], levels[1:], width, figure_columns(body, width)))


def _over_gaps(top: list[Cell], below: list[Cell], width: int) -> list[Cell] | None:
    """The header where the lower level has all its columns and is empty under each head that stands alone.

    `Thời gian | Nội dung | Thực hiện` above ` | | Chủ trì | Phối hợp`: the last head spans two columns.
    """
    if len(below) != width or len(top) >= width or not all(cell.text for cell in top):
        return None
    runs: list[list[Cell]] = []
    for filled, group in groupby(below, key=lambda cell: bool(cell.text)):
        cells = list(group)
        runs += [cells] if filled else [[cell] for cell in cells]  # empty cells stand under a head each
    if len(runs) != len(top):
        return None
    return [_joined(head, cell) for head, run in zip(top, runs, strict=True) for cell in run]


def _spread(top: list[Cell], below: list[list[Cell]], width: int, figures: frozenset[int]) -> list[Cell]:
    if len(top) < width and not below:
        return _certain(top, width)
    if len(top) >= width:
        joined = [*top, *([EMPTY] * (width - len(top)))][:width]
        for level in below:
            if len(level) == width:
                joined = [_joined(cell, under) for cell, under in zip(joined, level, strict=True)]
        return joined
    children = [cell for cell in below[0] if cell.text]
    parents = len(top) + len(children) - width
    if parents <= 0:
        return _certain(top, width)
    spanning = set(_spanning(top, parents, len(children), figures))
    share, extra = divmod(len(children), len(spanning))
    joined = []
    taken = 0
    order = sorted(spanning)
    for index, cell in enumerate(top):
        if index not in spanning:
            joined.append(cell)
            continue
        count = share + (1 if order.index(index) >= len(order) - extra else 0)
        joined.extend(_joined(cell, child) for child in children[taken : taken + count])
        taken += count
    if len(below) > 1:
        return _spread(joined, below[1:], width, figures)
    return [*joined, *([EMPTY] * width)][:width]


def _certain(top: list[Cell], width: int) -> list[Cell]:
    """The heads at both ends of a header whose middle cannot be told: numbers and names first, remarks last."""
    first = [cell if index == 0 or _NARROW.match(cell.text) else EMPTY for index, cell in enumerate(top[:2])]
    last = [top[-1]] if len(top) > 2 and _REMARKS.match(top[-1].text) else []
    return [*first, *([EMPTY] * (width - len(first) - len(last))), *last]


def _spanning(top: Sequence[Cell], count: int, below: int, figures: frozenset[int]) -> list[int]:
    """Which *count* heads of the first level span several columns; *below* heads stand under them."""
    likely = [index for index, cell in enumerate(top) if not _NARROW.match(cell.text)]
    named = [index for index in likely if _WIDE.search(cell_text := top[index].text) and cell_text]
    later = [index for index in likely if index > 1]  # the first columns number and name the rows
    ranked = [*named, *later, *likely, *range(len(top))]
    unique = list(dict.fromkeys(ranked))
    if count == 1:
        unique.sort(key=lambda index: not figures.issuperset(range(index, index + below)))
    return unique[: max(1, min(count, len(top)))]


def _joined(above: Cell, below: Cell) -> Cell:
    if not below.text or below.text == above.text:
        return above
    if not above.text:
        return below
    return Cell(f"{above.text} {below.text}", (*above.paragraphs, *below.paragraphs))


def figure_columns(body: Sequence[Row], width: int) -> frozenset[int]:
    """The columns in which the full rows hold figures."""
    return frozenset(column for column, share in enumerate(_figure_shares(body, width)) if share >= 0.6)


def _figure_shares(body: Sequence[Row], width: int) -> list[float]:
    """How much of each column is figures, in the full rows."""
    full = [row for row in body if len(row) == width]
    columns = [[row[column].text for row in full if row[column].text] for column in range(width)]
    return [sum(map(is_figure, filled)) / len(filled) if filled else 0.0 for filled in columns]


_NARROW = re.compile(
    r"(?i)(?:s ?tt|tt|số tt|nội dung|tên|đơn vị(?: tính)?|đvt|ghi chú|chỉ tiêu|danh mục|nhiệm vụ|mã|loại|kiểu"
    r"|mô tả)\b"
)
_REMARKS = re.compile(r"(?i)ghi chú")
_WIDE = re.compile(
    r"(?i)\b(?:trong đó|kế hoạch|năm|vị trí|tọa độ|kinh phí|vốn|nguồn|dự toán|thời gian|phân kỳ|chia|giai đoạn|ước)\b"
)
