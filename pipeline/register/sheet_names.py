"""Names of sheets that Excel takes: 31 characters, none of `[]:*?/\\`, no two alike.

    sheet_names(["Ủy ban nhân dân tỉnh Quảng Ngãi"]) -> ["UBND tỉnh Quảng Ngãi"]

What does not fit is cut with `…`; the sheet itself begins with the whole name.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from pipeline.cell_text import cut_to_cell

LONGEST_NAME = 31  # UTF-16 units
NOT_ALLOWED = re.compile(r"[\[\]:*?/\\\n\r\t]+")
RESERVED = {"history"}
SHORTER = (
    ("Ủy ban nhân dân", "UBND"),
    ("Hội đồng nhân dân", "HĐND"),
    ("Phát triển nông thôn", "PTNT"),
    ("trực thuộc Trung ương", "trực thuộc TW"),
)


def sheet_names(names: Iterable[str], *, taken: Iterable[str] = ()) -> list[str]:
    """A sheet name for each of *names*, in their order, different from one another and from those *taken*.

    >>> sheet_names(["Sở Y tế", "Sở: Y tế", "[]"])
    ['Sở Y tế', 'Sở Y tế (2)', 'Sheet']
    """
    used = {name.casefold() for name in taken} | RESERVED
    found = []
    for name in names:
        unique = _unique(_allowed(name), used)
        used.add(unique.casefold())
        found.append(unique)
    return found


def _allowed(name: str) -> str:
    for long, short in SHORTER:
        name = name.replace(long, short)
    clean = " ".join(NOT_ALLOWED.sub(" ", cut_to_cell(name)).split())
    return _cut(clean.strip("' "), LONGEST_NAME) or "Sheet"


def _unique(name: str, used: set[str]) -> str:
    number, unique = 1, name
    while unique.casefold() in used:
        number += 1
        mark = f" ({number})"
        unique = _cut(name, LONGEST_NAME - len(mark)) + mark
    return unique


def _cut(name: str, longest: int) -> str:
    units = name.encode("utf-16-le")
    if len(units) <= 2 * longest:
        return name
    return units[: 2 * (longest - 1)].decode("utf-16-le", "ignore").rstrip("' ") + "…"
