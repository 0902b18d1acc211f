"""Drop lines that hold nothing but specks of a scan: `¬`, `` ` ` . ``, `— ~`, and those around the head of an annex.

Rules (`-----`), table marks and dots that stand for a blank are no specks, nor is the `%` or `✓` that fills a cell.
"""

from __future__ import annotations

from collections.abc import Iterator

import re2

from pipeline.mapped_text import Edit, MappedText


def drop_specks(mapped: MappedText) -> MappedText:
    """The text without speck lines.

    >>> drop_specks(MappedText.of("Hộ nghèo\\n|\\n≥\\n|")).text
    'Hộ nghèo\\n|\\n≥\\n|'

    >>> drop_specks(MappedText.of("[Hi #»ù Phụlục —-\\nxem Phụ lục")).text
    '\\nPhụ lục\\n\\nxem Phụ lục'

    >>> drop_specks(MappedText.of("Điều 1\\n¬ `\\n-----\\n|")).text
    'Điều 1\\n-----\\n|'
    """
    mapped = mapped.edited(_speck_edits(mapped.text))
    return mapped.edited(_annex_edits(mapped.text))


def _speck_edits(text: str) -> Iterator[Edit]:
    for match in _SPECKS.finditer(text):
        start, end = match.span()
        if not (text.endswith("|\n", 0, start) and text.startswith("|", end)):
            yield Edit(start, end, "")


def _annex_edits(text: str) -> Iterator[Edit]:
    """A seal is often printed over the head of an annex: `[Hi # A»ù Phụ lục` → `Phụ lục`, a paragraph of its own."""
    for match in _ANNEX.finditer(text):
        if len(_SEAL.findall(match["seal"])) > 1:
            yield Edit(match.start(), match.end(), "\nPhụ lục\n")


_ANNEX = re2.compile(r"(?m)^(?P<seal>[^\n|]{2,24}?)(?:[Pp]hụ ?lục|PHỤ ?LỤC)[^\pL\pN\n|]*$")
_SEAL = re2.compile(r"[#\\»«/{}<>~^*_=\[\]$€£¥§°@]|\d")
_SPECKS = re2.compile(r"(?m)^[^\pL\pN\n|]{0,6}[^\pL\pN\n|\s_=*.…+•/(),;:\"'“”%\p{Pd}][^\pL\pN\n|]{0,6}\n")
