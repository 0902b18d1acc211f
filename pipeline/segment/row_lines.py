"""Rows of a table that stand one a line, between bars (`| 1 | Tập huấn |`) or tabs.

A new head directly below (`| TT | Tên |`) begins another table; a scan's strokes make rows of any width and no table.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from pipeline.outline import Cell
from pipeline.segment.cells import is_column_numbers, is_ordinal_head
from pipeline.segment.lines import Line


def parted(rows: Sequence[Sequence[Line]]) -> Iterator[Sequence[Sequence[Line]]]:
    """The rows of each table, where one follows another directly: a new head (`TT | …`) opens it."""
    first = 0
    for at, row in enumerate(rows):
        opens = at > first and len(row) > 2 and is_ordinal_head(row[0].text)
        if (
            opens
            and not is_ordinal_head(rows[at - 1][0].text)
            and [line.text for line in row] != [line.text for line in rows[first]]
        ):
            yield rows[first:at]
            first = at
    yield rows[first:]


def is_regular(rows: Sequence[Sequence[Line]]) -> bool:
    """Whether rows are of a kind; the strokes that a scan reads into its text make rows of any width."""
    widths = Counter(len(row) for row in rows)
    most = widths.most_common(1)[0][1]
    return len(rows) < 2 or (most * 2 >= len(rows) and (most > 1 or max(widths) <= _WIDEST_APART))


def rows_of_lines(lines: Sequence[Line], mark: str) -> list[list[Line]]:
    """The rows of `| a | b |` or `a | b`, a line each, as cells with their places.

    A bar at the end of a line frames the row; but where most lines have none there, it shows that the first or the last
    cell is empty, provided that the row is no wider with it than those others.
    """
    whole = [_cells(line, mark) for line in lines]
    framed = [mark == "|" and (line.text.startswith("|") or line.text.endswith("|")) for line in lines]
    bare = [len(row) for row, frame in zip(whole, framed, strict=True) if not frame]
    width = max(bare) if len(bare) * 2 > len(lines) else 0
    return [_unframed(row) if frame and len(row) > width else row for row, frame in zip(whole, framed, strict=True)]


def _cells(line: Line, mark: str) -> list[Line]:
    cells: list[Line] = []
    start = 0
    for part in line.text.split(mark):
        stripped = part.strip()
        at = line.start + start + (part.index(stripped) if stripped else 0)
        cells.append(Line(at, at + len(stripped), stripped))
        start += len(part) + len(mark)
    return cells


def _unframed(row: list[Line]) -> list[Line]:
    """*row* without the nothing before its first bar and behind its last one."""
    first = 0 if row[0].text else 1
    return row[first:] if row[-1].text or len(row) == first else row[first:-1]


def continues_head(above: Sequence[Cell], row: Sequence[Cell]) -> bool:
    """Whether a row is a lower level of the header: it repeats or leaves out the first head."""
    if is_column_numbers(row) or not above:
        return False
    same = sum(1 for one, two in zip(above, row, strict=False) if one.text and one.text == two.text)
    if same >= 1 and row[0].text == above[0].text:
        return True
    missing = not row[0].text and (len(row) < 2 or not row[1].text)
    gaps = sum(not cell.text for cell in above[1:]) + max(0, len(row) - len(above))
    return missing and gaps >= 1 and not any(_FIGURE.fullmatch(cell.text) for cell in row if cell.text)


_FIGURE = re.compile(r"[\d.,%]+")
_WIDEST_APART = 12  # columns, of two rows that are not equally wide
