"""Find the sums that a list of funding statements adds up to: "1. Tổng: 9 tỷ đồng", "a) Tỉnh: 5 tỷ", "b) Xã: 4 tỷ".

A sum is believed only where the figures prove it, since a list does not say which of its lines add up; then its parts
are no totals, and the sum is told with a check for each way that it is broken down (by source, then by year). What is
itself the sum of others is a total, also where it is a part. Parts may stand behind their sum in its own line, too.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from extractors.budgets.labels import MARK
from schemas import Budget, BudgetCheck


@dataclass(frozen=True, slots=True)
class Listed:
    """The statement that opens a line: its place among the budgets, the form of the line's mark, and its list.

    `behind` is the number of statements that follow it in its line.
    """

    budget: int
    form: str
    run: int
    behind: int


def mark_form(text: str, start: int, end: int) -> str:
    """What kind of mark the line from *start* to *end* begins with: `1`, `1.1`, `a`, `I`, the mark itself, or nothing.

    >>> mark_form("b) Xã", 0, 5), mark_form("12. Tỉnh", 0, 8), mark_form("+ Xã", 0, 4), mark_form("Xã", 0, 2)
    ('a', '1', '+', '')
    >>> mark_form("2.3 - Xã", 0, 8), mark_form("b. 1. Xã", 0, 8)
    ('1.1', 'a.1')
    """
    match = MARK.match(text, start, end)
    if match is None:
        return ""
    mark = match[0].lstrip(" \t(")
    first = mark[:1]
    kind = "1" if first.isdigit() else first if not first.isalpha() else "I" if first.isupper() else "a"
    return kind + ".1" * len(_LOWER_LEVEL.findall(mark))


def with_parts(budgets: Sequence[Budget], listed: Sequence[Listed]) -> list[Budget]:
    """*budgets*, where what adds up to another statement of its list is a part, and that one a checked sum."""
    ways: dict[int, int] = {}
    parts: set[int] = set()
    for place, whole in enumerate(listed):
        inner = [budgets[n].lines[0] for n in range(whole.budget + 1, whole.budget + 1 + whole.behind)]
        adds_up = sum(line.amount_vnd for line in inner) == _amount(budgets, whole)
        if len(inner) > 1 and adds_up and not any(line.is_total for line in inner):
            ways[whole.budget] = 1
        following = listed[place + 1 : place + 1 + _MOST_LINES]
        while members := _members(budgets, whole, following):
            ways[whole.budget] = ways.get(whole.budget, 0) + 1
            parts.update(member.budget for member in members)
            following = _below(budgets, members[-1], following)
    return [_settled(budget, ways.get(n, 0), is_part=n in parts) for n, budget in enumerate(budgets)]


def _below(budgets: Sequence[Budget], last: Listed, lines: Sequence[Listed]) -> Sequence[Listed]:
    """Those of *lines* that stand below *last* and are no parts of it."""
    rest = lines[lines.index(last) + 1 :]
    own = _members(budgets, last, rest)
    return rest[rest.index(own[-1]) + 1 :] if own else rest


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


def _settled(budget: Budget, ways: int, *, is_part: bool) -> Budget:
    """*budget* as a total with a check for each of the *ways* that it is broken down, or as a part."""
    if not ways and not is_part:
        return budget
    line = budget.lines[0]
    total = line.amount_vnd
    check = BudgetCheck(relation="column_sum", label=line.label, ok=True, expected=total, found=total)
    lines = (line.model_copy(update={"is_total": ways > 0}),)
    return budget.model_copy(update={"lines": lines, "checks": (*budget.checks, *[check] * ways)})


_MOST_LINES = 40
_LOWER_LEVEL = re.compile(r"\. ?[0-9]")
