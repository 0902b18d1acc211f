"""Lists of annexes: `Phụ lục I - Đề án …`, `Phụ lục II - Đề án …`, one a line, name the annexes and begin none.

An annex has a body, so where several of its labels follow one another with nothing labelled between them and hardly a
line, they are a table of contents.
"""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.segment.labels import ANNEX, Mark
from pipeline.segment.lines import Line


def without_annex_lists(lines: Sequence[Line], marks: Sequence[Mark | None]) -> list[Mark | None]:
    """*marks* without those of the annexes that a list only names."""
    found = list(marks)
    run: list[int] = []
    for index, mark in enumerate(marks):
        if lines[index].grid >= 0 or (mark is not None and mark.readings[0].style != ANNEX):
            _drop(found, run)
            run = []
        elif mark is not None:
            if run and index - run[-1] > _FARTHEST:
                _drop(found, run)
                run = []
            if mark.content < len(lines[index].text):  # a label alone heads a page
                run.append(index)
            else:
                _drop(found, run)
                run = []
    _drop(found, run)
    return found


def _drop(marks: list[Mark | None], run: Sequence[int]) -> None:
    if len(run) >= _FEWEST:
        for index in run:
            marks[index] = None


_FEWEST = 3  # of labels that make a list
_FARTHEST = 2  # lines from one to the next, since a title may be wrapped
