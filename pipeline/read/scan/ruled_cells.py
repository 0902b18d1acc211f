"""Find the cells of ruled tables on a page from its lines alone: three lines down and two across make two cells.

Each table is laid over the grid of all its lines; fields of the grid with no line between them are one cell. A frame
around a page or a stamp is no table. Tables may be open at the sides: the ends of their lines close
them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from pipeline.read.blocks import Box


def ruled_tables(rules: Sequence[Box], *, close: float) -> list[list[Box]]:
    """The cells of each table that *rules* draw, from the top; lines nearer than *close* to each other touch."""
    tables: list[list[Box]] = []
    for cells in sorted((_cells(group, close) for group in _groups(rules, close)), key=len, reverse=True):
        if _is_table(cells) and not any(_overlap(_hull(cells), _hull(other)) for other in tables):
            tables.append(cells)
    return sorted(tables, key=lambda cells: cells[0][1])


def _groups(rules: Sequence[Box], close: float) -> list[list[Box]]:
    """The lines that touch one another, straight away or through others."""
    groups: list[list[Box]] = []
    for rule in rules[:MOST_RULES]:
        touched = [group for group in groups if any(_touch(rule, each, close) for each in group)]
        groups = [group for group in groups if group not in touched]
        groups.append([rule, *(each for group in touched for each in group)])
    return [group for group in groups if sum(map(_is_across, group)) > 1 and not all(map(_is_across, group))]


def _touch(one: Box, other: Box, close: float) -> bool:
    return (
        one[0] - close <= other[2]
        and other[0] - close <= one[2]
        and one[1] - close <= other[3]
        and other[1] - close <= one[3]
    )


def _cells(group: list[Box], close: float) -> list[Box]:
    across = [rule for rule in group if _is_across(rule)]
    down = [rule for rule in group if not _is_across(rule)]
    edges_x = _steps([(rule[0] + rule[2]) / 2 for rule in down] + [_least(group, 0), _greatest(group, 2)], close)
    edges_y = _steps([(rule[1] + rule[3]) / 2 for rule in across] + [_least(group, 1), _greatest(group, 3)], close)
    columns, rows = len(edges_x) - 1, len(edges_y) - 1
    if columns < 1 or rows < 1 or columns * rows > MOST_FIELDS:
        return []
    one = list(range(columns * rows))  # the field that each field is one with
    for row in range(rows):
        for column in range(columns):
            here, top, bottom = row * columns + column, edges_y[row], edges_y[row + 1]
            left, right = edges_x[column], edges_x[column + 1]
            if column and not _is_drawn(
                ((rule[1], rule[3]) for rule in down if _near(rule, 0, left, close)), top, bottom
            ):
                _unite(one, here - 1, here)
            if row and not _is_drawn(
                ((rule[0], rule[2]) for rule in across if _near(rule, 1, top, close)), left, right
            ):
                _unite(one, here - columns, here)
    parts: dict[int, list[Box]] = {}
    for field in range(columns * rows):
        row, column = divmod(field, columns)
        box = (edges_x[column], edges_y[row], edges_x[column + 1], edges_y[row + 1])
        parts.setdefault(_root(one, field), []).append(box)
    return sorted((_hull(part) for part in parts.values() if _is_full(part)), key=lambda cell: (cell[1], cell[0]))


def _is_full(fields: Sequence[Box]) -> bool:
    """Whether fields make up a rectangle; what winds around others is no cell."""
    return sum(map(_area, fields)) > 0.99 * _area(_hull(fields))


def _is_table(cells: Sequence[Box]) -> bool:
    """Whether there is more than the one cell of a frame, which may be drawn with two lines."""
    areas = [_area(cell) for cell in cells]
    return len(cells) > 1 and max(areas) < FRAME * sum(areas)


def _overlap(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def _hull(cells: Sequence[Box]) -> Box:
    hull = cells[0]
    for cell in cells:
        hull = _around(hull, cell)
    return hull


def _area(box: Box) -> float:
    return (box[2] - box[0]) * (box[3] - box[1])


def _is_across(rule: Box) -> bool:
    return rule[2] - rule[0] >= rule[3] - rule[1]


def _near(rule: Box, side: int, at: float, close: float) -> bool:
    return abs((rule[side] + rule[side + 2]) / 2 - at) <= close


def _is_drawn(stretches: Iterable[tuple[float, float]], start: float, end: float) -> bool:
    """Whether *stretches* of lines cover most of the way from *start* to *end*."""
    covered = sum(max(min(end, right) - max(start, left), 0) for left, right in stretches)
    return covered > 0.5 * (end - start)


def _steps(places: list[float], close: float) -> list[float]:
    """The places at which the grid has an edge: those near to one another are one."""
    steps: list[list[float]] = []
    for place in sorted(places):
        if steps and place - steps[-1][-1] <= close:
            steps[-1].append(place)
        else:
            steps.append([place])
    return [sum(step) / len(step) for step in steps]


def _root(one: list[int], field: int) -> int:
    while one[field] != field:
        one[field] = field = one[one[field]]
    return field


def _unite(one: list[int], first: int, second: int) -> None:
    one[_root(one, second)] = _root(one, first)


def _around(one: Box, other: Box) -> Box:
    return (min(one[0], other[0]), min(one[1], other[1]), max(one[2], other[2]), max(one[3], other[3]))


def _least(group: list[Box], side: int) -> float:
    return min(rule[side] for rule in group)


def _greatest(group: list[Box], side: int) -> float:
    return max(rule[side] for rule in group)


FRAME = 0.9  # of the area
MOST_RULES = 500
MOST_FIELDS = 5000
