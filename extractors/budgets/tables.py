"""Read a budget table into lines and into the sums that it implies.

    | TT | Nội dung | 2026 | 2027 | Tổng cộng |        ->  label `Vốn đầu tư`, period `2026`, 500000000 đồng
    | 1  | Vốn đầu tư | 500 | 700 | 1.200     |            500 + 700 = 1.200, and so for each row and column

What sums up to what is read from the labels alone (A, I, 1, 1.1, a, -, `Tổng cộng`), never from which figures happen to
fit: a reading chosen because it fits would hide the very mistakes that the checks are for.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from extractors.budgets.columns import (
    AmountColumn,
    Layout,
    MoneyUnit,
    find_money_unit,
    read_cell,
    read_layout,
    speaks_of_funds,
)
from extractors.budgets.rows import TOTAL, BudgetRow, has_rows_below, read_rows
from extractors.budgets.sums import check_column_sums, check_row_sums
from extractors.numbers import money_multiplier, parse_amount
from schemas import BudgetCheck, BudgetLine


@dataclass(frozen=True, slots=True)
class BudgetTable:
    """What a budget table says; each line comes with the row and the column of its cell."""

    unit: str | None
    multiplier: int
    lines: tuple[tuple[int, int, BudgetLine], ...]
    checks: tuple[BudgetCheck, ...]


def read_budget_table(
    header: Sequence[str], rows: Sequence[Sequence[str]], *, unit: str | None, caption: str | None
) -> BudgetTable | None:
    """The amounts of a table whose rows are as long as *header*, or None if it is no budget table.

    *unit* is the unit line above the table. A cell that spans rows must stand in the first of them only, or its amount
    is counted again in each.

    >>> table = read_budget_table(["Nội dung", "Kinh phí"], [["Tập huấn", "40"]], unit="triệu đồng", caption=None)
    >>> [(line.label, line.amount_vnd) for _, _, line in table.lines]
    [('Tập huấn', 40000000)]
    """
    if _OTHER_MONEY.search(caption or ""):
        return None
    money = _unit_of_table(unit, caption)
    body = [(i, row) for i, row in enumerate(rows) if not _numbers_columns(row)]
    funds = speaks_of_funds(caption or "") or any(speaks_of_funds(cell) for row in (header, *rows) for cell in row[:2])
    layout = read_layout(header, [row for _, row in body], unit=money, about_funds=funds)
    if layout is None:
        return None
    cells = [(i, _realigned(row, layout)) for i, row in body]
    labelled = read_rows([(i, *_number_and_label(row, layout)) for i, row in cells])
    lines = _lines(dict(cells), labelled, layout)
    if not lines:
        return None
    amounts = {(row, column): line.amount_vnd for row, column, line in lines}
    checks = check_row_sums(labelled, layout.amounts, amounts) + check_column_sums(labelled, layout.amounts, amounts)
    common = money or next((column.unit for column in layout.amounts if column.unit), None)
    return BudgetTable(
        unit=common.surface if common else None,
        multiplier=common.multiplier if common else 1,
        lines=tuple(lines),
        checks=tuple(checks),
    )


def _unit_of_table(unit: str | None, caption: str | None) -> MoneyUnit | None:
    if unit and (multiplier := money_multiplier(unit)) is not None:
        return MoneyUnit(unit.strip(), multiplier)
    return find_money_unit(unit or "") or find_money_unit(caption or "")


def _numbers_columns(row: Sequence[str]) -> bool:
    """Whether the row only numbers the columns: `A | B | 1 | 2 | 3=1+2`."""
    filled = [cell.strip() for cell in row if cell.strip()]
    return len(filled) > 1 and all(len(cell) < 20 and _COLUMN_NUMBER.fullmatch(cell) for cell in filled)


def _realigned(row: Sequence[str], layout: Layout) -> Sequence[str]:
    """The row with its only figure in the only amount column, if a merged group row has pushed it to the left.

    `I | Đào tạo | 12.000.000 |  |  ` stands under `Số lượng` when the cells between were merged away.
    """
    if len(layout.amounts) != 1 or row[layout.amounts[0].index].strip():
        return row
    right = [i for i in range(layout.label + 1, len(row)) if row[i].strip()]
    if len(right) != 1 or not _GROUPED_FIGURE.fullmatch(row[right[0]].strip()):
        return row
    moved = list(row)
    moved[layout.amounts[0].index], moved[right[0]] = row[right[0]], ""
    return moved


def _number_and_label(row: Sequence[str], layout: Layout) -> tuple[str, str]:
    number = row[layout.number].strip() if layout.number is not None else ""
    label = row[layout.label].strip()
    if not label and len(number) > 1 and any(character.isalpha() for character in number):
        return "", number  # a group row has its text in the first cell
    return number, label


def _lines(cells: dict[int, Sequence[str]], rows: list[BudgetRow], layout: Layout) -> list[tuple[int, int, BudgetLine]]:
    sums = {row.index for i, row in enumerate(rows) if row.level == TOTAL or has_rows_below(rows, i)}
    return [
        (row.index, column.index, line)
        for row in rows
        for column in layout.amounts
        if (line := _line(cells[row.index][column.index], row.label, column, is_sum=row.index in sums))
    ]


def _line(cell: str, label: str, column: AmountColumn, *, is_sum: bool) -> BudgetLine | None:
    read = read_cell(cell)
    amount = parse_amount(read[0]) if read else None
    if read is None or amount is None:
        return None
    raw, own_unit = read
    unit = own_unit or column.unit
    return BudgetLine(
        label=label,
        period=column.period,
        amount_raw=raw,
        amount_vnd=round(amount * (unit.multiplier if unit else 1)),
        is_total=is_sum or column.is_total,
    )


_OTHER_MONEY = re.compile(
    r"(?i)bảng giá|giá đất|đơn giá|biểu giá|mức thu|mức giá|mức lương|bảng lương|lệ phí|mức phạt|học phí|"
    r"giá trị sản xuất|doanh thu|mức hỗ trợ|mức chi|mức đóng|định mức|biểu thuế"
)
_COLUMN_NUMBER = re.compile(r"\(?(?:[A-ZĐa-zđ]|\d{1,2})\)?|\(?\d{1,2}\)?\s*=\s*[\d\s()+\-x/:,]+")
_GROUPED_FIGURE = re.compile(r"\d{1,3}(?:[.,]\d{3})+")
