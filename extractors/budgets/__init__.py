"""Budgets: money that a document provides for its own work, in funding tables and in statements of running text.

A fine, a price, a fee, a wage, a rate per household or a threshold is money too, but no budget: `statements` and
`tables` each say what they require of a place.
"""

from extractors.budgets.statements import find_funding_statements
from extractors.budgets.tables import BudgetTable, read_budget_table

__all__ = ["BudgetTable", "find_funding_statements", "read_budget_table"]
