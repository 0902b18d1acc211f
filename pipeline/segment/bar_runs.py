"""Lines of a table that has one cell a line between bars that stand alone, as far as such a table goes.

    |
    TT
    |
    Tên dự án
    |

gives the runs `TT` and `Tên dự án`, each a cell. Lines between two bars may also be text between two tables: a
heading, a unit line, a long list of items.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from pipeline.outline import Cell
from pipeline.segment.beside_tables import begins_with_unit, is_layout, unit_in
from pipeline.segment.cells import is_ordinal_head, row_number
from pipeline.segment.labels import find_mark
from pipeline.segment.lines import Line

LONGEST_CELL = 60  # lines


def runs_between_bars(lines: Sequence[Line], position: int) -> tuple[list[list[Line]], list[int]]:
    """The runs of lines between bars from *position* on, and the places of the bars (one more, unless cut off)."""
    runs: list[list[Line]] = []
    bars = [position]
    run: list[Line] = []
    tight = 0  # cells that touch their bars
    for at in range(position + 1, len(lines)):
        line = lines[at]
        if line.text == "|":
            if _breaks(run) or (len(runs) > 2 and _heads_table(lines, run, at)):
                break
            if run and _stands_apart(lines, run, bars[-1], at):
                if tight > 2:
                    break
            elif run:
                tight += 1
            runs.append(run)
            bars.append(at)
            run = []
        else:
            run.append(line)
            if len(run) > LONGEST_CELL:
                break
    else:
        below = bool(run) and tight > 2 and run[0].start - lines[bars[-1]].end > 1  # a note under the table
        if run and len(run) <= 3 and len(runs) > 2 and not (below or _breaks(run)):
            runs.append(run)
            bars.append(len(lines) - 1)
    return runs, bars


def layout_runs(runs: Sequence[Sequence[Line]]) -> int:
    """How many cells at the beginning belong to a letterhead or a closing."""
    last = -1
    for index, run in enumerate(runs[:10]):
        if any(is_layout(line.text) for line in run[:60]):
            last = index
    return last + 1


def lack_gaps(before: Sequence[Line], runs: Sequence[Sequence[Line]]) -> bool:
    """Whether the first cell of a table stands before its first bar, and single bars between its rows."""
    if runs[0] and is_ordinal_head(runs[0][0].text):
        return False
    if before and is_ordinal_head(before[-1].text):
        return True
    if not runs[0]:
        return False
    texts = [" ".join(line.text for line in run) for run in runs]
    gapped = sum(1 for left, right in pairwise(texts) if not left and row_number(right))
    ungapped = sum(1 for left, right in pairwise(texts) if left and row_number(right))
    if gapped:
        return gapped * 3 < ungapped
    return "" not in texts and first_cell(before) > 0


def first_cell(before: Sequence[Line]) -> int:
    """How many lines before the first bar belong to the first cell."""
    if before and is_ordinal_head(before[-1].text):
        return 1
    count = 0
    for line in reversed(before[-2:]):
        if (
            line.grid >= 0
            or len(line.text) > 40
            or line.text[-1] in ":.;)"
            or unit_in(line.text) is not None
            or find_mark(line.text)
        ):
            break
        count += 1
    return count


def stands_above(cells: Sequence[Cell], at: int) -> bool:
    """Whether a cell is text above a table rather than its first head."""
    following = cells[at + 1].text if at + 1 < len(cells) else ""
    return is_ordinal_head(following) and not is_ordinal_head(cells[at].text)


def _breaks(run: Sequence[Line]) -> bool:
    """Whether lines between two bars are text between two tables rather than a cell."""
    if len(run) > 1 and any(is_ordinal_head(line.text) for line in run[1:]):
        return True
    if any(_BETWEEN.match(line.text) or (len(run) > 1 and begins_with_unit(line.text)) for line in run):
        return True
    labelled = sum(bool(_UNIT_LABEL.match(line.text)) for line in run)
    return labelled >= 1 and (len(run) > 20 or (len(run) >= 3 and run[0].text[0] in "-+" and len(run) - labelled >= 2))


def _stands_apart(lines: Sequence[Line], run: Sequence[Line], bar: int, next_bar: int) -> bool:
    """Whether blank lines set a run off from the bars before and after it, as text between two tables."""
    return run[0].start - lines[bar].end > 1 and lines[next_bar].start - run[-1].end > 1


def _heads_table(lines: Sequence[Line], run: Sequence[Line], bar: int) -> bool:
    """Whether a run is a heading (`II. PHÂN CÔNG NHIỆM VỤ`) with the first head of a new table below it."""
    below = [line.text for line in lines[bar + 1 : bar + 3]]
    return 0 < len(run) <= 3 and len(below) == 2 and below[1] == "|" and is_ordinal_head(below[0])


_BETWEEN = re.compile(
    r"(?:PHỤ LỤC|Phụ lục [IVX\d]+$|Điều \d+\. |KẾ HOẠCH$|QUYẾT ĐỊNH$|QUYẾT ĐỊNH ?:|NGHỊ QUYẾT$|CHỈ THỊ$"
    r"|CHƯƠNG TRÌNH$|THÔNG BÁO$"
    r"|CÔNG ĐIỆN$|BÁO CÁO$|TỜ TRÌNH$|QUY CHẾ$|QUY ĐỊNH$|ĐỀ ÁN$|Nơi nhận ?:)"
)
_UNIT_LABEL = re.compile(r"(?:[a-zđ]\)|\d{1,2}\.|[IVX]+\.) .*:$")
