"""Place the heads of several levels over the columns: which head spans which of the heads below it.

    TT | Tên mỏ | Trữ lượng | Công suất         Trữ lượng stands over two heads of the third level, since its cell
    Đến 2030 | Sau 2030                         takes up two levels, and Công suất over both of the second
    Quặng | Tinh | Quặng | Tinh | Quặng | Tinh

A flattened table says only how many heads each level has. Every way to place them that makes up the width is weighed
by words ("Trong đó" spans others, "Ghi chú" does not) and by the figures that stand in the columns below.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import combinations
from math import comb

from pipeline.outline import Cell

Column = tuple[Cell, ...]  # the heads over one column, from top to bottom


def place_heads(levels: Sequence[Sequence[Cell]], figures: Sequence[float]) -> list[Column] | None:
    """The heads over each column, or None where no way makes up the width.

    *figures* is the share of figures in each column; as many columns are wanted as it is long.
    """
    if len(levels) > _MOST_LEVELS or sum(map(len, levels)) > _MOST_HEADS or len(levels[0]) >= len(figures):
        return None
    ways = sorted(_ways(levels, len(figures)), key=lambda columns: _cost(columns, figures))
    if not ways or (len(ways) > 1 and _cost(ways[1], figures) - _cost(ways[0], figures) < _CLEAR):
        return None
    return ways[0]


def _ways(levels: Sequence[Sequence[Cell]], width: int) -> Iterator[list[Column]]:
    """All ways to hang each level below heads of those above it, groups of one level equally wide."""
    yield from _below([(cell,) for cell in levels[0]], levels[1:], width)


def _below(slots: list[Column], levels: Sequence[Sequence[Cell]], width: int) -> Iterator[list[Column]]:
    if not levels:
        if len(slots) == width:
            yield slots
        return
    cells = list(levels[0])
    for size in _group_sizes(cells):
        groups = [cells[at : at + size] for at in range(0, len(cells), size)]
        grown = len(slots) + len(cells) - len(groups)
        impossible = grown > width or len(groups) > len(slots) or (len(levels) == 1 and grown != width)
        if impossible or comb(len(slots), len(groups)) > _MOST_WAYS:
            continue
        for parents in combinations(range(len(slots)), len(groups)):
            placed: list[Column] = []
            following = iter(groups)
            for at, heads in enumerate(slots):
                placed += [(*heads, cell) for cell in next(following)] if at in parents else [heads]
            yield from _below(placed, levels[1:], width)


def _group_sizes(cells: Sequence[Cell]) -> list[int]:
    """How many heads may stand under one: those that repeat tell it, else any even share."""
    texts = [cell.text.lower() for cell in cells]
    shares = [size for size in range(1, len(cells) + 1) if len(cells) % size == 0]
    repeating = [size for size in shares if size < len(cells) and texts == texts[:size] * (len(cells) // size)]
    return repeating[:1] or [size for size in shares if size > 1] or [1]


def _cost(columns: Sequence[Column], figures: Sequence[float]) -> float:
    cost = 0.0
    for at, (heads, share) in enumerate(zip(columns, figures, strict=True)):
        if len(heads) == 1:
            cost += share * (1.0 if _NARROW.match(heads[0].text) else 0.2)
        else:
            cost += 1.0 - share + (1.5 if at < 2 else 0.0)
            cost += sum(1.5 for head in heads[:-1] if _NARROW.match(head.text))
            cost -= 0.5 if any(_WIDE.search(head.text) for head in heads[:-1]) else 0.0
    return cost


_MOST_LEVELS, _MOST_HEADS = 3, 40
_MOST_WAYS = 500
_CLEAR = 0.2  # how much better the best way must be
_NARROW = re.compile(
    r"(?i)(?:s ?tt|tt|số tt|nội dung|tên|đơn vị(?: tính)?|đvt|ghi chú|chỉ tiêu|danh mục|nhiệm vụ|mã|loại|kiểu|dự án"
    r"|mô tả|địa điểm|địa bàn|cơ quan|chủ đầu tư|tổng (?:cộng|số)|diện tích)\b"
)
_WIDE = re.compile(
    r"(?i)\b(?:trong đó|kế hoạch|năm|vị trí|tọa độ|kinh phí|vốn|nguồn|dự toán|phân kỳ|chia|giai đoạn|ước|quy mô"
    r"|công suất|đối tượng|mục tiêu)\b"
)
