"""Budgets: funding tables and statements, in integer đồng, with the arithmetic that they imply."""

from __future__ import annotations

from typing import Literal

from schemas.record import Record, Span, Value


class BudgetLine(Value):
    """One amount: the row's label, the column's year or period, the figure as printed and in đồng."""

    label: str
    period: str | None
    amount_raw: str
    amount_vnd: int
    is_total: bool = False
    span: Span | None = None


class BudgetCheck(Value):
    """One arithmetic relation that the table implies; amounts in đồng."""

    relation: Literal["row_sum", "column_sum", "figure_in_words"]
    label: str
    period: str | None = None
    ok: bool
    expected: int
    found: int


class Budget(Record):
    """A budget table or one funding statement; `multiplier` turns a printed figure into đồng."""

    caption: str | None
    unit: str | None
    multiplier: int
    section_id: str | None = None
    lines: tuple[BudgetLine, ...] = ()
    checks: tuple[BudgetCheck, ...] = ()
