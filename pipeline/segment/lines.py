"""The lines of a cleaned text: one paragraph, item, heading or cell each, with its place.

A dump may have run several units together: "2. Nâng cao năng lực 2.1." ends with the label of the next line, and
"… năm 2020, QUYẾT ĐỊNH:" carries the formula of a decision. Such lines are cut here, so that later steps may trust
that a label stands at the start of a line. A cut needs a sign beside the label itself (the same leading number, a
heading in capitals, the end of a sentence): "theo Điều 3." must stay whole.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

import re2

CAPITAL = "A-ZÀ-ÃÈ-ÊÌÍÒ-ÕÙÚÝĂĐĨŨƠƯẠẢẤẦẨẪẬẮẰẲẴẶẸẺẼẾỀỂỄỆỈỊỌỎỐỒỔỖỘỚỜỞỠỢỤỦỨỪỬỮỰỲỴỶỸ"
SMALL = "a-zà-ãè-êìíò-õùúýăđĩũơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ"


class Line(NamedTuple):
    """A line that is not blank; `text` is `source[start:end]` without spaces around it.

    A table stands among the lines as one line of `grid` >= 0 (its index) and no text.
    """

    start: int
    end: int
    text: str
    grid: int = -1


def split_lines(source: str) -> list[Line]:
    """The lines of *source* that are not blank, cut where several units share one.

    >>> [line.text for line in split_lines("1. Nâng cao năng lực 1.1.\\nRà soát.")]
    ['1. Nâng cao năng lực', '1.1.', 'Rà soát.']
    """
    lines: list[Line] = []
    position = 0
    for raw in source.split("\n"):
        text = raw.strip()
        if text:
            start = position + raw.index(text[0])
            if len(text) > 5 and _may_hold_several(text):
                lines.extend(_cut(Line(start, start + len(text), text)))
            else:
                lines.append(Line(start, start + len(text), text))
        position += len(raw) + 1
    return lines


def _may_hold_several(text: str) -> bool:
    """Whether *text* is worth a closer look; most lines are not."""
    if text[-2:-1].isdigit() or text.endswith("TT"):
        return _HINT.search(text) is not None
    return any(words in text for words in _HINTS) and _HINT.search(text) is not None


def is_spaced(lines: Sequence[Line]) -> bool:
    """Whether blank lines set the paragraphs apart, so that a line without one above it goes on from the last."""
    gaps = [
        after.start - before.end
        for before, after in pairwise(lines)
        if after.grid < 0 and len(before.text) > _SENTENCE  # short lines of the letterhead and the closing do not tell
    ]
    blank = sum(gap > 1 for gap in gaps)
    return blank >= 10 and blank >= 3 * (len(gaps) - blank)


def is_capitals(text: str) -> bool:
    """Whether *text* is a heading in capitals; a few small letters (`5G, IoT`, `và`) do not matter.

    >>> is_capitals("PHỤ LỤC I"), is_capitals("Phụ lục I")
    (True, False)
    """
    if text[1:9].islower():
        return False
    head = text[:400]
    large = len(_CAPITALS.findall(head))
    return large >= 2 and large >= 4 * len(_SMALLS.findall(head))


def _cut(line: Line) -> list[Line]:
    places = {match.start("cut") for match in _INNER.finditer(line.text)}
    if trailing := _TRAILING.search(line.text):
        number, before = trailing["label"], line.text[: trailing.start("cut")]
        if "." in number or (is_capitals(before) and _LED.match(before)):
            places.add(trailing.start("cut"))
    if led := _ARABIC_LED.match(line.text):
        nested = re.compile(rf"(?<=\S) (?P<cut>{led[1]}\.1\. ?)(?=[{CAPITAL}])")
        if match := nested.search(line.text):
            places.add(match.start("cut"))
    pieces: list[Line] = []
    start = 0
    for place in [*sorted(places), len(line.text)]:
        piece = line.text[start:place].strip()
        if piece:
            at = line.start + line.text.index(piece, start)
            pieces.append(Line(at, at + len(piece), piece))
        start = place
    return pieces


_SENTENCE = 80
# Any of these makes a line worth a closer look; each match that is not at the end has one of the words.
_HINTS = (" Điều ", " QUYẾT ", ".1. ", " [")
_HINT = re2.compile(r"\d\.$| Điều \d| QUYẾT (?:ĐỊNH|NGHỊ) ?:| \d\.1\. | S?TT$| \[\d")
_INNER = re.compile(
    rf"(?<=[.:;”/,]) (?P<cut>QUYẾT (?:ĐỊNH|NGHỊ) ?:$|QUYẾT (?:ĐỊNH|NGHỊ) ?: Điều 1[.:]|Điều \d+\. (?=[{CAPITAL}])"
    rf"|S?TT$|\[\d{{1,3}}\] (?=[{CAPITAL}{SMALL}]))"
)
_TRAILING = re.compile(r"(?<=\S) (?P<cut>(?P<label>\d{1,2}(?:\.\d{1,2}){0,3})\.)$")
_LED = re.compile(r"(?:[IVX]+|[A-Z]|\d{1,2})[./)]")
_ARABIC_LED = re.compile(r"(\d{1,2})\. ")
_CAPITALS = re.compile(f"[{CAPITAL}]")
_SMALLS = re.compile(f"[{SMALL}]")
