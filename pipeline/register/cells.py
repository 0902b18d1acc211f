r"""Text as a cell may hold it: "=cmd|'/c calc'!A1" stays text, "\x07" goes, 32,767 characters are the most.

Excel evaluates a cell of a CSV that begins with `=`, `+`, `-` or `@`, so that such a text gets an apostrophe there; in
a workbook the type of a cell says that it is text, and nothing is added.
"""

from __future__ import annotations

import re

LONGEST_CELL = 32_767  # UTF-16 units
FORMULA = ("=", "+", "-", "@", "\t", "\r")
FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def cell_text(text: str) -> str:
    r"""*text* without characters that XML forbids, cut to what a cell can hold.

    >>> cell_text("Sở\x07 Y tế")
    'Sở Y tế'
    """
    clean = FORBIDDEN.sub("", text)
    units = clean.encode("utf-16-le")
    if len(units) <= 2 * LONGEST_CELL:
        return clean
    return units[: 2 * (LONGEST_CELL - 1)].decode("utf-16-le", "ignore") + "…"


def csv_text(text: str) -> str:
    """*text* as a cell of a CSV that a spreadsheet does not take for a formula.

    >>> csv_text("=1+1"), csv_text("Sở Y tế")
    ("'=1+1", 'Sở Y tế')
    """
    clean = cell_text(text)
    return f"'{clean}" if clean.lstrip(" \n").startswith(FORMULA) or clean.startswith(FORMULA) else clean
