"""Tables of cases: a text, what must be found in it, and why, one case a line.

    # issued: 2025-01-15
    trước ngày 30/6/2025                      by ../2025-06-29
    Nghị định số 30/2020/NĐ-CP ngày 05/3/2020 -            the date of a decree
    các mặt hàng năm 2025                     ! -          known failure: reads "hàng năm"

Columns are set apart by a tab or at least two spaces. `# key: value` sets the context of the cases below it, a lone
`#` line is a remark, `-` finds nothing, `|` separates several finds, and `!` marks a strict expected failure.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path

import pytest

HERE = Path(__file__).parent / "cases"


@dataclass(frozen=True)
class Case:
    """One line of a table."""

    text: str
    expected: tuple[str, ...]
    note: str = ""
    known_failure: bool = False
    context: dict[str, str] = field(default_factory=dict)


def read_cases(name: str) -> list[Case]:
    """The cases of `tests/cases/<name>.tsv`, in order."""
    cases: list[Case] = []
    context: dict[str, str] = {}
    for number, line in enumerate((HERE / f"{name}.tsv").read_text(encoding="utf-8").splitlines(), 1):
        if not line.strip():
            continue
        if line.startswith("#"):
            if setting := re.fullmatch(r"#\s*([a-z_]+):\s*(.*)", line):
                context = {**context, setting[1]: setting[2].strip()}
            continue
        columns = re.split(r"\t+|\s{2,}", line.rstrip(), maxsplit=2)
        if len(columns) < 2:
            raise ValueError(f"{name}.tsv line {number} has no second column: {line!r}")
        expected, known_failure = columns[1].strip(), False
        if expected.startswith("!"):
            expected, known_failure = expected[1:].strip(), True
        finds = () if expected == "-" else tuple(part.strip() for part in expected.split(" | "))
        cases.append(Case(columns[0].strip(), finds, columns[2] if len(columns) > 2 else "", known_failure, context))
    return cases


def parametrize(name: str) -> pytest.MarkDecorator:
    """`@parametrize("deadlines")` runs a test once for each case of the table, as the argument `case`."""
    marked = [
        pytest.param(case, id=case.text[:60], marks=[pytest.mark.xfail(strict=True)] if case.known_failure else [])
        for case in read_cases(name)
    ]
    return pytest.mark.parametrize("case", marked)
