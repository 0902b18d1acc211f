"""Candidates for sections, labels at the start of lines, and the open levels that they may go on.

`3.` behind `2.` is one step away from the level that `1.` began, `e)` behind `d)` is one, too: lists leave `đ` out.
"""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.segment.labels import LETTER, UPPER, Mark, Reading


@dataclass(frozen=True, slots=True)
class Candidate:
    """A label at the start of line `line`; `capitals`: its text is in capitals, `led`: a colon stands before it,
    `field`: it gives an attribute of what stands above (`a) Cơ quan chủ trì: …`).
    """

    line: int
    mark: Mark
    capitals: bool
    led: bool
    root: bool
    field: bool = False


@dataclass(slots=True)
class Level:
    """A list that is still open: its style, and the number of its last label and of the node that this one began."""

    style: str
    value: float
    node: int
    depth: int  # of dots, for dotted labels
    field: bool  # its first label gives an attribute
    stop: str  # the mark behind its labels: `.` or `)`
    capitals: bool  # what stands behind the last of them


def distance(last: float, reading: Reading) -> int:
    """How far a label is from the last one of its level; letters that Vietnamese lists leave out do not count."""
    if reading.value != int(reading.value) or last != int(last):  # `1a` after `1`, `2` after `1a`
        return 1 if 0 < reading.value - last <= 1 else int(reading.value - last)
    step = int(reading.value) - int(last)
    if step > 1 and reading.style in (LETTER, UPPER):
        step -= sum(1 for letter in _SKIPPED if last < letter < reading.value)
    return step


_SKIPPED = (5, 7, 11, 24, 27)  # đ, f, j, w, z in pipeline.segment.labels.LETTERS
