"""Restore the type of a document that stands alone in its line, in capitals: "CHÍ THỊ" → `CHỈ`, "QUYÉT ĐỊNH" → `QUYẾT`.

Such a line has no neighbours that could vouch for it, but there are few types, and no two have the same letters. People
who write without marks leave out all of them, so a line without any stays.
"""

from __future__ import annotations

from functools import cache

import re2

from extractors.document_types import document_types
from pipeline.repair.syllables import bare, house_style
from schemas.record import Span


def find_types(text: str) -> list[tuple[Span, str]]:
    """The spoiled words of *text* in lines that hold a type and nothing else, in order, each with what belongs there.

    >>> find_types("Số 12-CT/TU\\n: CHÍ THỊ\\nVề công tác dân vận")
    [(Span(start=14, end=17), 'CHỈ')]
    """
    found = []
    for line in _LINE.finditer(text):
        printed = line[1]
        meant = _types().get(bare(printed.lower()))
        if meant is None or printed.isascii() or not printed.isupper():
            continue
        start = line.start(1)
        for word, right in zip(printed.split(" "), meant, strict=True):
            if house_style(word.lower()) != right:
                found.append((Span(start, start + len(word)), right.upper()))
            start += len(word) + 1
    return found


@cache
def _types() -> dict[str, tuple[str, ...]]:
    """Names of two words and more in small letters, by the same without marks."""
    names = [name.lower() for row in document_types() for name in (row.name, *row.aliases)]
    return {bare(name): tuple(map(house_style, name.split(" "))) for name in names if " " in name}


_CAPITALS = "[A-ZÀ-ÝĂĐĨŨƠƯẠ-Ỹ]+"
_MARKS = "[ :;.,*_|~–-]{0,4}"
_LINE = re2.compile(rf"(?m)^{_MARKS}({_CAPITALS}(?: {_CAPITALS}){{1,3}}){_MARKS}$")
