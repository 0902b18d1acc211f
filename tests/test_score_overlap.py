"""The soft measure of deadlines: days in common, each deadline used once, open sides closed."""

from __future__ import annotations

from typing import Any

import pytest

from pipeline.errors import UsageError
from pipeline.score.overlap import deadline_overlap


def _document(deadlines: str, issued: str | None = "2025-01-01") -> dict[str, Any]:
    """`"2025-01-01/2025-01-10 ../2025-06-30"` as a document; `-` is a deadline without bounds."""
    rows = []
    for written in deadlines.split():
        start, _, end = written.replace("..", "").partition("/")
        rows.append({"start": start or None, "end": end or None} if written != "-" else {"kind": "ongoing"})
    return {"deadlines": rows, "metadata": {"issued_on": issued}}


@pytest.mark.parametrize(
    ("gold", "found", "credit", "precision", "recall"),
    [
        ("2025-03-01/2025-03-31", "2025-03-01/2025-03-31", 1, 1, 1),
        ("2025-03-01/2025-03-04", "2025-03-03/2025-03-05", 2 / 5, 2 / 5, 2 / 5),
        ("2025-03-01/2025-03-04", "2025-03-05/2025-03-06", 0, 0, 0),
        # an open start is closed at the day of issue, 1 January: 10 days and 5 days
        ("../2025-01-10", "../2025-01-05", 1 / 2, 1 / 2, 1 / 2),
        ("../2025-01-10", "2025-01-01/2025-01-10", 1, 1, 1),
        # due before the day of issue: that day alone
        ("../2024-12-31", "2024-12-31/2024-12-31", 1, 1, 1),
        # an open end is closed at the latest bound of the gold, 10 January, also for what the export found
        ("2025-01-01/.. 2025-01-10/2025-01-10", "2025-01-06/.. 2025-01-10/2025-01-10", 1.5, 3 / 4, 3 / 4),
        ("2025-01-01/2025-01-10", "2025-02-01/..", 0, 0, 0),
        # each is used once, and the best pair comes first
        ("2025-01-01/2025-01-10 2025-01-01/2025-01-05", "2025-01-01/2025-01-05", 1, 1, 1 / 2),
        ("2025-01-01/2025-01-10", "2025-01-01/2025-01-10 2025-01-01/2025-01-10", 1, 1 / 2, 1),
        # what has no bound is left out on both sides
        ("- 2025-01-01/2025-01-10", "- - 2025-01-01/2025-01-10", 1, 1, 1),
        ("-", "-", 0, 1, 1),
        ("", "2025-01-01/2025-01-10", 0, 0, 1),
        ("2025-01-01/2025-01-10", "", 0, 1, 0),
        # bounds that stand the wrong way round still name their days
        ("2025-01-10/2025-01-01", "2025-01-01/2025-01-10", 1, 1, 1),
    ],
)
def test_credit_is_days_in_common(gold: str, found: str, credit: float, precision: float, recall: float) -> None:
    tally = deadline_overlap(_document(gold), _document(found))
    assert tally.hit == pytest.approx(credit)
    assert tally.figures()[:2] == pytest.approx((precision, recall))


def test_without_a_day_of_issue_the_earliest_bound_closes_an_open_start() -> None:
    gold = _document("2025-01-01/2025-01-02 ../2025-01-10", issued=None)
    found = _document("2025-01-01/2025-01-02 2025-01-01/2025-01-10", issued=None)
    assert deadline_overlap(gold, found).hit == pytest.approx(2)


def test_the_exports_day_of_issue_serves_where_the_gold_has_none() -> None:
    gold = _document("../2025-01-10 2024-01-01/2024-01-01", issued=None)
    found = _document("2025-01-01/2025-01-10")
    assert deadline_overlap(gold, found).hit == pytest.approx(1)


def test_what_is_no_day_is_told() -> None:
    with pytest.raises(UsageError, match="'2025-13-01'"):
        deadline_overlap(_document("../2025-13-01"), _document(""))
