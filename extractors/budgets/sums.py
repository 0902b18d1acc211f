"""Check the sums that a budget table implies, in đồng.

    Tổng cộng = 2026 + 2027        TỔNG SỐ = I + II        I = 1 + 2

Columns under `Trong đó` name only some of what their sum holds, so they imply no sum; nor do columns of different
kinds (what was planned, what was spent, what is left).
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Literal

from extractors.budgets.columns import AmountColumn, total_prefix
from extractors.budgets.rows import TOTAL, BudgetRow, rows_above, rows_below
from schemas import BudgetCheck

Amounts = Mapping[tuple[int, int], int]  # (row, column) of a cell -> đồng


def check_row_sums(rows: Sequence[BudgetRow], columns: Sequence[AmountColumn], amounts: Amounts) -> list[BudgetCheck]:
    """Each total column against the columns beside it, row by row."""
    checks = []
    for total, parts in _column_sums(columns):
        for row in rows:
            found = amounts.get((row.index, total.index))
            terms = [amounts[row.index, part.index] for part in parts if (row.index, part.index) in amounts]
            if found is not None and terms:
                checks.append(_check("row_sum", row.label, total.period, sum(terms), found))
    return checks


def check_column_sums(
    rows: Sequence[BudgetRow], columns: Sequence[AmountColumn], amounts: Amounts
) -> list[BudgetCheck]:
    """Each total row and each group against the rows that it sums up, column by column."""
    checks = []
    for position, row in enumerate(rows):
        parts = [rows[i] for i in _parts_of(rows, position)]
        if not parts or not all(any((part.index, column.index) in amounts for column in columns) for part in parts):
            continue  # a part without any figure: the table does not break the sum down
        for column in columns:
            found = amounts.get((row.index, column.index))
            terms = [amounts[part.index, column.index] for part in parts if (part.index, column.index) in amounts]
            if found is not None and terms:
                checks.append(_check("column_sum", row.label, column.period, sum(terms), found))
    return checks


def _parts_of(rows: Sequence[BudgetRow], position: int) -> list[int]:
    if rows[position].level != TOTAL:
        return rows_below(rows, position)
    totals = [i for i, row in enumerate(rows) if row.level == TOTAL]
    if len(totals) > 1:
        return []  # which rows each of them sums up is not said
    if position == len(rows) - 1:
        return rows_above(rows, position)
    return rows_below(rows, position) if position == 0 else []


def _column_sums(columns: Sequence[AmountColumn]) -> list[tuple[AmountColumn, list[AmountColumn]]]:
    """Each column that sums up others, with those others."""
    sums = []
    for total in columns:
        parts = _parts_of_span(total, columns) if not total.is_total else _parts_of_total(total, columns)
        if len(parts) > 1:
            sums.append((total, parts))
    return sums


def _parts_of_total(total: AmountColumn, columns: Sequence[AmountColumn]) -> list[AmountColumn]:
    prefix = total_prefix(total.head)
    parts = [column for column in columns if column is not total and column.head.startswith(prefix)]
    inner = {total_prefix(column.head) for column in parts if column.is_total}
    # Below several heads, the inner totals stand for their own columns.
    parts = [c for c in parts if c.is_total or not any(p and c.head.startswith(p) for p in inner)]
    if "" in inner or not (_all_disjoint_years(parts) or _all_sources(parts, len(prefix))):
        return []
    return parts


def _parts_of_span(total: AmountColumn, columns: Sequence[AmountColumn]) -> list[AmountColumn]:
    """The years of `2026-2030`, if the table has a column for each of them."""
    years = _years(total)
    by_year = {column.period: column for column in columns if column.period and len(column.period) == 4}
    if len(years) < 2 or not all(str(year) in by_year for year in years):
        return []
    return [by_year[str(year)] for year in years]


def _all_disjoint_years(columns: Sequence[AmountColumn]) -> bool:
    years = [year for column in columns for year in _years(column)]
    return all(_years(column) for column in columns) and len(years) == len(set(years))


def _all_sources(columns: Sequence[AmountColumn], prefix: int) -> bool:
    return not any(_years(column) or _OTHER_KIND.search(column.head, prefix) for column in columns)


def _years(column: AmountColumn) -> range:
    match = re.fullmatch(r"(\d{4})(?:-(\d{4}))?", column.period or "")
    return range(int(match[1]), int(match[2] or match[1]) + 1) if match else range(0)


def _check(
    relation: Literal["row_sum", "column_sum"], label: str, period: str | None, expected: int, found: int
) -> BudgetCheck:
    ok = expected == found
    return BudgetCheck(relation=relation, label=label, period=period, ok=ok, expected=expected, found=found)


_OTHER_KIND = re.compile(
    r"(?i)trong đó|đã |còn |lũy kế|thực hiện|giải ngân|đề nghị|nhu cầu|kế hoạch|ước|năm trước|dự kiến|"
    r"quyết định|được duyệt|tổng mức|điều chỉnh|tăng|giảm|bổ sung|trước|sau"
)
