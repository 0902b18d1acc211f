"""Targets in the result column of a task table: `Chỉ tiêu đạt được | - 100% cơ sở hoàn thành di dời`.

The row is a task, and what such a cell promises in figures is a target, one a bullet, with the row's time as its
period. Only a head that speaks of targets makes them: a column of products or results lists what the task yields
(`Sản phẩm | 02 báo cáo`, `Kết quả | Ít nhất 10 lớp được mở`), which belongs to the task.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from pipeline.assemble.attribute_values import stated_deadlines
from pipeline.assemble.drafts import TargetDraft
from pipeline.assemble.reading import Reading
from pipeline.assemble.targets import target_at
from pipeline.assemble.task_tables import TaskColumns
from pipeline.outline import Cell, Grid
from schemas import Deadline, Span


def result_targets(reading: Reading, grid: Grid, columns: TaskColumns) -> Iterator[TargetDraft]:
    """The targets of the cells of *grid* that say what its activities shall reach."""
    heads = [" ".join(cell.text.lower().split()) for cell in grid.header]
    results = [i for i, head in enumerate(heads) if i != columns.activity and _RESULTS.match(head)]
    seen: set[int] = set()
    for row in grid.rows if results else ():
        period = _time_of(reading, row, columns)
        for column in results:
            if id(row[column]) in seen:
                continue
            seen.add(id(row[column]))
            for span in _bullets(reading, row[column]):
                target = target_at(reading, span, grid.section, period=period, rule="result-cell")
                if any(measure.rule not in {"bare", "duration"} for measure in target.measures):
                    yield target


def _time_of(reading: Reading, row: Sequence[Cell], columns: TaskColumns) -> Deadline | None:
    """The first bounded time of the row's cells for it."""
    cells = (
        (row[column], column in columns.due) for column in (*columns.times, *columns.periods) if row[column].paragraphs
    )
    places = ((Span(cell.paragraphs[0].start, cell.paragraphs[-1].end), due) for cell, due in cells)
    times = (deadline for span, due in places for deadline in stated_deadlines(reading, span, due=due))
    return next((time for time in times if time.kind in {"by", "during"}), None)


def _bullets(reading: Reading, cell: Cell) -> Iterator[Span]:
    """The bullets of *cell* without their marks, or its sentences that fill paragraphs of their own."""
    start: int | None = None
    for paragraph, following in zip(cell.paragraphs, [*cell.paragraphs[1:], None], strict=False):
        start = paragraph.start if start is None else start
        ends = following is None or _BULLET.match(reading.slice(following)) is not None
        if ends or reading.slice(paragraph).endswith((".", ";")):
            mark = _BULLET.match(reading.slice(Span(start, paragraph.end)))
            yield Span(start + (mark.end() if mark else 0), paragraph.end)
            start = None


_RESULTS = re.compile(r"(?:các )?(?:chỉ tiêu|mục tiêu)\b(?!.*\b(?:thực hiện năm|đã đạt)\b)")
_BULLET = re.compile(r"[-–+•*] ?(?=\w)")
