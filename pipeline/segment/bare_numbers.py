"""Numbers that have lost their full stop: `1 Đổi mới công tác …` above `2. Tăng cường …` is an item as well.

A number alone tells nothing ("15 xã đạt chuẩn" begins with one, too), so its neighbours must: it is the one before the
next printed label, the one after the last, and what stands above it has ended. A number that is lost altogether
(`"- Đối với các hộ`) is known where the letters below it begin anew and just one is missing.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.segment.blocks import is_torn
from pipeline.segment.labels import ARABIC, DOTTED, LETTER, Mark, Reading
from pipeline.segment.lines import CAPITAL, Line, is_capitals


def with_bare_numbers(lines: Sequence[Line], marks: Sequence[Mark | None]) -> list[Mark | None]:
    """*marks* and those of the lines that begin with a number without its stop where a label is due."""
    found = list(marks)
    following = 0  # the number due above the next label below, 0 when that tells none
    below = [0] * len(lines)
    for index in range(len(lines) - 1, -1, -1):
        below[index] = following
        if (mark := found[index]) is not None:
            following = _due_above(mark)
    last = 0  # the last arabic label above
    for index, line in enumerate(lines):
        if (mark := found[index]) is None and below[index] > 0 and line.grid < 0 and (bare := _BARE.match(line.text)):
            number = int(bare["number"])
            due = number == below[index] and (number == 1 or last == number - 1)
            ended = due and index > 0 and _has_ended(lines[index - 1], marks[index - 1])
            if ended and not is_torn(lines[index - 1].text, line.text, close=True):
                found[index] = mark = Mark(bare["number"], bare.end(), (Reading(ARABIC, number, str(number)),))
        if mark is not None and (value := _arabic(mark)):
            last = value
    return found


def with_lost_numbers(lines: Sequence[Line], marks: Sequence[Mark | None]) -> list[Mark | None]:
    """*marks* and those of lines between `1.` and `3.` right above a second `a)`, whatever stands for their `2.`."""
    found = list(marks)
    number, lettered = 0, False  # the last number above, and whether letters stand below it
    for index, mark in enumerate(marks):
        if mark is None:
            continue
        reading = mark.readings[0]
        if value := _arabic(mark):
            number, lettered = value, False
        elif reading.style != LETTER or mark.printed[-1] != ")":
            number = 0
        else:
            begins_anew = lettered and number > 0 and reading.value == 1 and marks[index - 1] is None
            if (
                begins_anew
                and (lost := _LOST.match(lines[index - 1].text))
                and _next_number(marks, index) == number + 2
            ):
                number += 1
                spoiled = str(number) not in lost["mark"]
                readings = (Reading(ARABIC, number, str(number), spoiled=spoiled),)
                found[index - 1] = Mark(lost["mark"], lost.end(), readings)
            lettered = True
    return found


def _next_number(marks: Sequence[Mark | None], index: int) -> int:
    """The next number below the letters that begin at *index*, 0 where they end otherwise."""
    for mark in marks[index + 1 : index + _REACH]:
        if mark is not None and mark.readings[0].style != LETTER:
            return _arabic(mark)
    return 0


def _arabic(mark: Mark) -> int:
    """The number of a label like `3.` or `3)`, 0 for any other."""
    reading = mark.readings[0]
    return int(reading.value) if reading.style == ARABIC and mark.printed[-1] in ".)" else 0


def _due_above(mark: Mark) -> int:
    """The number of the label that comes right before *mark*: 2 before `3.` and `2.1.`, 0 where none is known."""
    reading = mark.readings[0]
    if reading.style == DOTTED:
        return reading.prefix[0] if reading.value == 1 and len(reading.prefix) == 1 else 0
    return max(_arabic(mark) - 1, 0)


def _has_ended(line: Line, mark: Mark | None) -> bool:
    """Whether a line goes on no further: a heading, or its sentence is at its end."""
    if line.grid >= 0:
        return True
    heading = mark is not None and line.text.count(" ") < _LONGEST_HEADING and line.text[-1] != ","
    return line.text[-1] in ".;:" or is_capitals(line.text) or heading


_LONGEST_HEADING = 15  # words
_REACH = 60  # lines
_LOST = re.compile(
    rf"(?P<mark>[^\w\s“(]{{1,3}}|[^\w\s“(]{{0,2}} ?\d{{1,2}}[^\s\w]?(?:\[\d{{1,3}}\])?) ?(?=[{CAPITAL}])"
)
_BARE = re.compile(
    rf"(?P<number>[1-9]\d?) (?:[-–] )?(?=[{CAPITAL}][^\W\d_])(?!Điều|Phụ lục|Chương|Mục|Nghị (?:định|quyết)|Luật)"
)
