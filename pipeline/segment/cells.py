"""Cells of tables, and what one says by itself: a row number, a figure, the head of a column of numbers, a total."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from pipeline.cell_kinds import ORDINAL
from pipeline.outline import Cell
from pipeline.segment.lines import Line
from schemas.record import Span

EMPTY = Cell("")
Row = Sequence[Cell]


class Numbering(NamedTuple):
    """The number of a row as its first cell prints it: style and value."""

    style: str
    value: int


def cell_of(lines: Sequence[Line]) -> Cell:
    """The cell made of some lines, each a paragraph."""
    if not lines:
        return EMPTY
    return Cell(" ".join(line.text for line in lines), tuple(Span(line.start, line.end) for line in lines))


@lru_cache(maxsize=8192)
def row_number(text: str) -> Numbering | None:
    """`7`, `07.`, `(7)` → arabic 7, `IV` → Roman 4, `B` → letter 2, `1.2` → dotted 2.

    >>> row_number("IV"), row_number("2:"), row_number("100%")
    (Numbering(style='roman', value=4), Numbering(style='arabic', value=2), None)
    """
    if len(text) > 8:
        return None
    match = _NUMBER.fullmatch(text)
    if not match:
        return None
    if match["arabic"]:
        return Numbering("arabic", int(match["arabic"]))
    if match["dotted"]:
        return Numbering("dotted", int(match["dotted"].rpartition(".")[2]))
    if match["roman"]:
        return Numbering("roman", _ROMAN_VALUES.get(match["roman"], 0))
    return Numbering("upper", ord(match["upper"]) - 64)


def follows(before: Numbering | None, after: Numbering) -> bool:
    """Whether a row number may come after another one: the next of its kind, or the first of a new run."""
    if before is None or after.value == 1:
        return True
    return after.style != before.style or after.value == before.value + 1


def is_figure(text: str) -> bool:
    """Whether a cell holds a figure and nothing else; a bare year may be a head, and is none.

    >>> is_figure("1.200"), is_figure("95.000.000"), is_figure("2026"), is_figure("Quý I")
    (True, True, False, False)
    """
    return bool(_AMOUNT.fullmatch(text)) and not _YEAR.fullmatch(text)


def are_alike(one: str, other: str) -> bool:
    """Whether two cells may stand in one column of figures or codes: nearly as long, and alike but for their digits.

    >>> are_alike("9", "10"), are_alike("A1", "A2"), are_alike("1.120", "3,5"), are_alike("A1", "5")
    (True, True, False, False)
    """
    return abs(len(one) - len(other)) < 2 and _DIGITS.sub("", one) == _DIGITS.sub("", other) != one


def is_ordinal_head(text: str) -> bool:
    """Whether a head stands above row numbers: `TT`, `STT`."""
    return bool(_ORDINAL.fullmatch(text))


def is_row_mark(text: str) -> bool:
    """Whether a first cell marks a row: a number, a letter, a dash."""
    return bool(row_number(text)) or text in ("-", "–", "+", "*") or bool(_LETTER.fullmatch(text))


def is_total(text: str) -> bool:
    """Whether a row sums up others: `Tổng cộng`."""
    return bool(_TOTAL.match(text))


def begins_list(head: Row) -> bool:
    """Whether the first row is no head but the first of a list in two columns, as of recipients: `- Bộ trưởng | …`."""
    return head[0].text.startswith(("- ", "+ "))


def is_column_numbers(row: Row) -> bool:
    """Whether a row only numbers the columns: `A B 1 2 3=1+2`."""
    texts = [cell.text for cell in row if cell.text]
    return len(texts) >= 2 and len(texts) == len(row) and all(_COLUMN_NUMBER.fullmatch(text) for text in texts) and (
        [text.strip("()[] ") for text in texts[:2]] in (["1", "2"], ["A", "B"], ["a", "b"], ["A", "1"])
    )  # fmt: skip


_ROMAN_NUMERALS = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII", "XIII", "XIV", "XV", "XVI",
                   "XVII", "XVIII", "XIX", "XX", "XXI", "XXII", "XXIII", "XXIV", "XXV")  # fmt: skip
_ROMAN_VALUES = {numeral: value for value, numeral in enumerate(_ROMAN_NUMERALS, 1)}
_NUMBER = re.compile(
    r"\(?(?:(?P<dotted>\d{1,2}(?:\.\d{1,2}){1,3})|(?P<arabic>\d{1,3})|(?P<roman>[IVX]{1,5})|(?P<upper>[A-H]))[.:)/]?"
)
_COLUMN_NUMBER = re.compile(r"[(\[]?(?:\d{1,2}|[A-Ea-e])[)\]]?(?:\s?=.{1,20})?")
_AMOUNT = re.compile(r"[≥≤<>~+-]? ?\(?\d[\d.,%÷/ ×x=+–-]*\)?")
_YEAR = re.compile(r"(?:19|20)\d\d(?: ?[-–] ?(?:19|20)\d\d)?")
_ORDINAL = re.compile(ORDINAL)
_DIGITS = re.compile(r"\d+")
_TOTAL = re.compile(r"(?i)(?:tổng|cộng|toàn)")
_LETTER = re.compile(r"[^\W\d_][.)/]?")
