"""Bring an item's label to the start of its line: `1. Trồng chè 1.1.⏎Làm đất` → `1. Trồng chè⏎1.1. Làm đất`.

Sentence splitters take `1.1.` for the end of a sentence. A label is moved only when it is the one that must come next:
the first child of the line's own label, or the successor of a label seen a little before.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterator

import re2

from pipeline.clean.marks import UPPER, at_line_starts
from pipeline.mapped_text import Edit, MappedText


def move_labels(mapped: MappedText) -> MappedText:
    """Exchange the space before a label at a line's end with the line break after it.

    >>> print(move_labels(MappedText.of("II. Nhiệm vụ 1.\\nRà soát quy hoạch.\\n2. Cấp phép.")).text)
    II. Nhiệm vụ
    1. Rà soát quy hoạch.
    2. Cấp phép.
    """
    return mapped.edited(_moves(mapped.text)) if _ANY_TORN.search(mapped.text) else mapped


def _moves(text: str) -> Iterator[Edit]:
    seen: deque[str] = deque(maxlen=8)
    read = 0
    for match in _TORN.finditer(text):
        seen.extend(own[0].rstrip(".)") for own in at_line_starts(_OWN, text, read, match.start()))
        read = match.start("next")
        label = match["torn"].rstrip(".")
        if _expected(label, seen) and not _REFERENCE.search(text, max(0, match.start() - 12), match.start()):
            yield Edit(match.start("gap"), match.end("gap"), "\n")
            yield Edit(match.start("next"), match.end("next"), " ")
            seen.append(label)


def _expected(label: str, seen: deque[str]) -> bool:
    if not seen:
        return False
    head, _, tail = label.rpartition(".")
    if tail == "1":
        return seen[-1] == head or (not head and not seen[-1][0].isdigit())
    return (f"{head}." if head else "") + str(int(tail) - 1) in seen


_ANY_TORN = re2.compile(r"[^\s.] \d{1,2}(?:\.\d{1,2}){0,3}\.\n\p{Lu}")
_OWN = re.compile(r"(?:\d{1,2}(?:\.\d{1,2}){0,3}\.|[IVX]{1,5}\.|[a-zđ]\))(?=\s)")
_TORN = re.compile(rf"(?P<gap> )(?<=[^\s.] )(?P<torn>\d{{1,2}}(?:\.\d{{1,2}}){{0,3}}\.)(?P<next>\n)(?=[{UPPER}])")
_REFERENCE = re.compile(r"(?:Điều|điều|khoản|Khoản|điểm|năm|số|lục|độ|quý|Quý|tháng|nhóm|mục|Mục|và|,)\Z")
