"""Drop lines that hold nothing but specks of a scan: `¬`, `` ` ` . ``, `— ~`.

Rules (`-----`), table marks and dots that stand for a blank are no specks.
"""

from __future__ import annotations

import re2

from pipeline.mapped_text import Edit, MappedText


def drop_specks(mapped: MappedText) -> MappedText:
    """The text without speck lines.

    >>> drop_specks(MappedText.of("Điều 1\\n¬ `\\n-----\\n|")).text
    'Điều 1\\n-----\\n|'
    """
    return mapped.edited(Edit(match.start(), match.end(), "") for match in _SPECKS.finditer(mapped.text))


_SPECKS = re2.compile(r"(?m)^[^\pL\pN\n|]{0,6}[^\pL\pN\n|\s_=*.…+•/(),;:\"'“”\p{Pd}][^\pL\pN\n|]{0,6}\n")
