"""Find the sums that a list of funding statements adds up to: "1. Tổng: 9 tỷ đồng", "a) Tỉnh: 5 tỷ", "b) Xã: 4 tỷ".

A sum is believed only where the figures prove it, since a list does not say which of its lines add up; then its parts
are no totals, and the sum is told with its check. What is itself the sum of others stays a total.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from extractors.budgets.labels import MARK
from schemas import Budget, BudgetCheck


@dataclass(frozen=True, slots=True)
class Listed:
    """The statement that opens a line: its place among the budgets, the form of the line's mark, and its list."""

    budget: int
    form: str
    run: int


def mark_form(text: str, start: int, end: int) -> str:
    """What kind of mark the line from *start* to *end* begins with: `1`, `a`, `I`, the mark itself, or nothing.

    >>> mark_form("b) Xã", 0, 5), mark_form("12. Tỉnh", 0, 8), mark_form("+ Xã", 0, 4), mark_form("Xã", 0, 2)
    ('a', '1', '+', '')
    """
    match = MARK.match(text, start, end)
    if match is None:
        return ""
    first = match[0].lstrip(" \t(")[:1]
    return "1" if first.isdigit() else first if not first.isalpha() else "I" if first.isupper() else "a"


def with_parts(budgets: Sequence[Budget], listed: Sequence[Listed]) -> list[Budget]:
    """*budgets*, where what adds up to another statement of its list is a part, and that one a checked sum."""
    sums: dict[int, int] = {}
    parts: set[int] = set()
    for place, whole in enumerate(listed):
        members = _members(budgets, whole, listed[place + 1 : place + 1 + _MOST_LINES])
        if members:
            sums[whole.budget] = _amount(budgets, whole)
            parts.update(member.budget for member in members)
    return [_settled(budget, sums.get(n), is_part=n in parts and n not in sums) for n, budget in enumerate(budgets)]


def _members(budgets: Sequence[Budget], whole: Listed, following: Sequence[Listed]) -> list[Listed]:
    """The lines of one form right below *whole* whose amounts add up to its own; none if they do not."""
    members: list[Listed] = []
    left = _amount(budgets, whole)
    for line in following:
        if line.run != whole.run or (members and line.form == whole.form != members[0].form):
            break
        if members and line.form != members[0].form:
            continue  # a part of a part
        members.append(line)
        left -= _amount(budgets, line)
        if left <= 0:
            break
    return members if left == 0 and len(members) > 1 else []


def _amount(budgets: Sequence[Budget], listed: Listed) -> int:
    return budgets[listed.budget].lines[0].amount_vnd


def _settled(budget: Budget, total: int | None, *, is_part: bool) -> Budget:
    line = budget.lines[0]
    if total is not None:
        check = BudgetCheck(relation="column_sum", label=line.label, ok=True, expected=total, found=total)
        return budget.model_copy(update={"checks": (*budget.checks, check)})
    return budget.model_copy(update={"lines": (line.model_copy(update={"is_total": False}),)}) if is_part else budget


_MOST_LINES = 40
