"""Find the hierarchy of a budget table's rows from their labels.

    TỔNG SỐ / A / I / 1 / 1.1 / a / - / +      each stands below the one before it

A row without a mark of its own is a group when it is in capitals and others are not. Where only some rows have a mark,
one without may stand beside or below its neighbours: its level stays open, and no sum is drawn from it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from extractors.budgets.columns import is_total_label

TOTAL = 0


@dataclass(frozen=True, slots=True)
class BudgetRow:
    """One row of a table: its place, its label, and its level (0 for a total, 1 for `A`, …; None if unclear)."""

    index: int
    label: str
    level: int | None


def read_rows(rows: Sequence[tuple[int, str, str]]) -> list[BudgetRow]:
    """The rows with their levels, from (place, number cell, label cell).

    >>> [row.level for row in read_rows([(0, "", "Tổng số"), (1, "I", "Sở Y tế"), (2, "1", "Mua máy")])]
    [0, 2, 3]
    """
    letters = any(number.strip(" .)") in ("A", "B") for _, number, _ in rows)
    styles = [_style(number, label, letters=letters) for _, number, label in rows]
    has_marks = any(style not in (None, TOTAL) for style in styles)
    mixed_case = any(not label.isupper() for _, _, label in rows)
    levels: list[int | None] = []
    for (_, _, label), style in zip(rows, styles, strict=True):
        if style is None and label.isupper() and mixed_case:
            style = _CAPITALS
        elif style is None and not has_marks:
            style = _ARABIC
        levels.append(style)
    return [BudgetRow(place, label, level) for (place, _, label), level in zip(rows, levels, strict=True)]


def has_rows_below(rows: Sequence[BudgetRow], position: int) -> bool:
    """Whether the row after *position* stands below it."""
    if position + 1 >= len(rows):
        return False
    level, following = rows[position].level, rows[position + 1].level
    return level is not None and following is not None and following > level and following != TOTAL


def rows_below(rows: Sequence[BudgetRow], position: int) -> list[int]:
    """Positions of the rows that `rows[position]` sums up, or [] if the labels leave that open.

    A run of dashes before the first numbered row (`TỔNG SỐ`, `- Ngân sách tỉnh`, `- Ngân sách xã`, `I`, …) is another
    breakdown of the same sum and is passed over.
    """
    level = rows[position].level
    if level is None:
        return []
    end = position + 1
    while end < len(rows) and (rows[end].level is None or rows[end].level > level):  # type: ignore[operator]
        end += 1
    return _topmost(rows, position + 1, end)


def rows_above(rows: Sequence[BudgetRow], position: int) -> list[int]:
    """Positions of the rows that a closing total at *position* sums up, or [] if the labels leave that open."""
    return _topmost(rows, 0, position)


def _topmost(rows: Sequence[BudgetRow], start: int, end: int) -> list[int]:
    """The rows of the highest level between *start* and *end*."""
    levels = [row.level for row in rows[start:end] if row.level is not None]
    if not levels or TOTAL in levels:
        return []
    top = min(levels)
    chosen = [i for i in range(start, end) if rows[i].level == top]
    before, after = rows[start : chosen[0]], rows[chosen[0] : end]
    if any(row.level is None for row in after) or any(row.level is not None and row.level < _LETTER for row in before):
        return []
    if any(_OTHER_BREAKDOWN.match(_bare(rows[i].label)) for i in range(start, end)):
        return []
    # A lone dash names a part worth telling (`- Vốn địa phương`), a lone number is all there is of its group.
    return chosen if len(chosen) > 1 or top < _DASH else []


def _style(number: str, label: str, *, letters: bool) -> int | None:
    """The level that the row's own mark gives, TOTAL for a total, None without a mark."""
    if is_total_label(_bare(label)):
        return TOTAL
    found = _LEADING_MARK.match(label)
    mark = number.strip(" .)(") or (found["mark"] if found else "")
    if not mark:
        return None
    if letters and re.fullmatch(r"[A-H]", mark):
        return _CAPITAL_LETTER
    if re.fullmatch(r"[IVXLC]+", mark):
        return _ROMAN
    if re.fullmatch(r"\d{1,3}(?:\.\d{1,3}){0,3}", mark):
        return _ARABIC + mark.count(".")
    if re.fullmatch(r"[a-zđ](?:\.?\d{1,2})?", mark):
        return _LETTER
    return {"-": _DASH, "–": _DASH, "*": _DASH, "+": _DASH + 1}.get(mark)


def _bare(label: str) -> str:
    found = _LEADING_MARK.match(label)
    return label[found.end() :].strip() if found else label.strip()


_CAPITAL_LETTER, _ROMAN, _ARABIC, _LETTER, _DASH = 1, 2, 3, 7, 8
_CAPITALS = _ROMAN
_LEADING_MARK = re.compile(r"\s*(?P<mark>[-–+*]|(?:[IVXLC]+|[A-H]|\d{1,2}(?:\.\d{1,2}){0,3}|[a-zđ])(?=[.)]\s))[.)]?\s*")
_OTHER_BREAKDOWN = re.compile(r"(?i)trong đó|(?:phân |chia )?theo (?:nguồn|nội dung|ngành|lĩnh vực|đơn vị)|chia ra")
