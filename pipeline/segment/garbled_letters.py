"""Letters of items that a scan spoiled beyond what any table of misreadings holds: `D8) Lập sổ` between `c)` and `đ)`.

What stands before the bracket tells little; the labels on both sides tell what it must be, and only where they leave
room for one letter is the line an item. A speck before a letter that is due (`— d) …`) is taken for what it is.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.segment.candidates import distance
from pipeline.segment.labels import ARABIC, LETTER, LETTERS, LIKE_LETTERS, UPPER, Mark, Reading
from pipeline.segment.lines import CAPITAL, Line


def with_garbled_letters(lines: Sequence[Line], marks: Sequence[Mark | None]) -> list[Mark | None]:
    """*marks* and those of the lines whose letter the labels above and below tell."""
    found = list(marks)
    last: Mark | None = None
    for index, line in enumerate(lines):
        if line.grid < 0 and ")" in line.text[1:_LONGEST] and _may_be_spoiled(found[index]):
            match = _GARBLED.match(line.text)
            if match and (letter := _letter_between(last, _next_mark(found, index), match["letter"])):
                found[index] = Mark(match["mark"], match.end(), (letter,))
        last = found[index] or last
    return found


def _may_be_spoiled(mark: Mark | None) -> bool:
    """Whether a line has no label, or a figure or a capital before its bracket (`8)`, `B)`)."""
    return mark is None or (mark.printed[-1] == ")" and mark.readings[0].style in (ARABIC, UPPER))


def _next_mark(marks: Sequence[Mark | None], index: int) -> Mark | None:
    for mark in marks[index + 1 : index + _REACH]:
        if mark is not None:
            return mark
    return None


def _letter_between(before: Mark | None, after: Mark | None, printed: str) -> Reading | None:
    """The letter that is missing between two labels, None where they leave no room for exactly one."""
    last = 0.0
    if before is not None and before.printed[-1] == ")":
        if before.readings[0].style != LETTER:
            return None  # `7) … 8) …`
        last = before.readings[0].value
    for place in range(int(last) + 1, min(int(last) + _MOST_LEFT_OUT, len(LETTERS)) + 1):
        letter = Reading(LETTER, place, LETTERS[place - 1], spoiled=printed != LETTERS[place - 1])
        if distance(last, letter) == 1 and (
            _goes_on(last, letter, after) or (last and (printed == letter.label or _resembles(printed, letter.label)))
        ):
            return letter
    return None


def _goes_on(last: float, letter: Reading, after: Mark | None) -> bool:
    """Whether the label below is the next letter, and cannot be the one that is missing (`g)` behind `e)`)."""
    if after is None or after.printed[-1] != ")":
        return False
    return any(
        one.style == LETTER and distance(letter.value, one) == 1 and distance(last, one) == 2 for one in after.readings
    )


def _resembles(printed: str, letter: str) -> bool:
    """Whether two marks stand where one letter should, the first of which is known for it: `8ø)` for `g)`."""
    return len(printed) == 2 and letter in LIKE_LETTERS.get(printed[0], "")


_MOST_LEFT_OUT = 3
_REACH = 30  # lines
_LONGEST = 8  # characters
_GARBLED = re.compile(rf"[-–—_.,'` ]{{0,3}}(?P<mark>(?P<letter>[^\s()]{{1,3}})\){{1,2}}) ?(?=[{CAPITAL}])")
