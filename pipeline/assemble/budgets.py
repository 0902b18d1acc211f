"""Budgets of a document: its budget tables and the sentences that state an amount of funding."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass

from extractors.budgets import find_funding_statements, read_budget_table
from extractors.numbers import parse_amount
from pipeline.assemble.reading import Reading
from pipeline.outline import Grid
from schemas import Budget, Span


@dataclass(frozen=True, slots=True)
class FoundBudgets:
    """Budgets from tables, each beside its grid, and budgets from running text; `section` indexes are not yet ids."""

    of_grids: tuple[tuple[Grid, Budget], ...]
    statements: tuple[tuple[Budget, int | None], ...]

    def all(self) -> list[tuple[Budget, int | None]]:
        """Every budget with the index of its section, in document order."""
        found = [(budget, grid.section) for grid, budget in self.of_grids] + list(self.statements)
        return sorted(found, key=lambda pair: pair[0].span)


def find_budgets(reading: Reading) -> FoundBudgets:
    """The budget tables among the grids, and the funding statements of the body that stand in no table."""
    tables = tuple((grid, budget) for grid in reading.outline.grids if (budget := _table_budget(grid)) is not None)
    body = [block for block in reading.outline.blocks if block.zone == "body"]
    starts = [block.span.start for block in body]
    statements = []
    for budget in find_funding_statements(reading.text):
        at = bisect_right(starts, budget.span.start) - 1
        if at >= 0 and budget.span.start < body[at].span.end:
            statements.append((budget, body[at].section))
    return FoundBudgets(tables, tuple(statements))


def _table_budget(grid: Grid) -> Budget | None:
    table = read_budget_table(
        [cell.text for cell in grid.header],
        _texts(grid),
        unit=grid.unit,
        caption=grid.caption,
    )
    if table is None:
        return None
    lines = []
    for row, column, line in table.lines:
        paragraphs = grid.rows[row][column].paragraphs
        place = Span(paragraphs[0].start, paragraphs[-1].end) if paragraphs else None
        lines.append(line.model_copy(update={"span": place}))
    return Budget(
        span=grid.span,
        rule="budget-table",
        caption=grid.caption,
        unit=table.unit,
        multiplier=table.multiplier,
        lines=tuple(lines),
        checks=tuple(table.checks),
    )


def _texts(grid: Grid) -> list[list[str]]:
    """The cells' texts; a cell that spans rows counts in the first of them only, lest its amount count twice."""
    seen: set[int] = set()
    rows = []
    for row in grid.rows:
        rows.append(["" if id(cell) in seen and parse_amount(cell.text) is not None else cell.text for cell in row])
        seen |= {id(cell) for cell in row}
    return rows
