"""Budgets of a document: its budget tables and the sentences that state an amount of funding."""

from __future__ import annotations

from dataclasses import dataclass

from extractors.budgets import find_funding_statements, read_budget_table
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
    """The budget tables among the grids, and the funding statements of the blocks of the body."""
    tables = tuple((grid, budget) for grid in reading.outline.grids if (budget := _table_budget(grid)) is not None)
    statements: list[tuple[Budget, int | None]] = []
    for block in reading.outline.blocks:
        if block.zone != "body":
            continue
        found = find_funding_statements(reading.slice(block.span))
        statements += [(_shifted(budget, block.span.start), block.section) for budget in found]
    return FoundBudgets(tables, tuple(statements))


def _table_budget(grid: Grid) -> Budget | None:
    table = read_budget_table(
        [cell.text for cell in grid.header],
        [[cell.text for cell in row] for row in grid.rows],
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


def _shifted(budget: Budget, by: int) -> Budget:
    lines = tuple(
        line.model_copy(update={"span": Span(line.span.start + by, line.span.end + by)}) if line.span else line
        for line in budget.lines
    )
    return budget.model_copy(update={"span": Span(budget.span.start + by, budget.span.end + by), "lines": lines})
