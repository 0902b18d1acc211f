"""Agreement of two reviewers, against examples worked out by hand."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.cli import OK, WRONG_USAGE, run
from pipeline.review.agreement import agreement, cohen_kappa, f1, verdict_agreement
from pipeline.review.replay import reviewed
from tests.reviews import about, anchor, decide, edit, plan
from tests.test_review_results import reviewed_output

HEALTH = [{"id": "vn.thai-binh.so-y-te", "name": "Sở Y tế tỉnh Thái Bình"}]


@pytest.mark.parametrize(
    ("counts", "expected"),
    [
        # Two readers of 50 grant proposals: observed 0.7, chance 0.5 * 0.6 + 0.5 * 0.4 = 0.5.
        ({("yes", "yes"): 20, ("yes", "no"): 5, ("no", "yes"): 10, ("no", "no"): 15}, 0.4),
        # Observed 0.6 in both; chance 0.6 * 0.7 + 0.4 * 0.3 = 0.54, and 0.6 * 0.3 + 0.4 * 0.7 = 0.46.
        ({("y", "y"): 45, ("y", "n"): 15, ("n", "y"): 25, ("n", "n"): 15}, 0.06 / 0.46),
        ({("y", "y"): 25, ("y", "n"): 35, ("n", "y"): 5, ("n", "n"): 35}, 0.14 / 0.54),
        # Three labels, half of them alike: observed 4/8; chance (4*4 + 2*2 + 2*2) / 64 = 3/8.
        ({"aa": 2, "ab": 1, "ac": 1, "bb": 1, "ba": 1, "cc": 1, "ca": 1}, 0.2),
        ({("y", "n"): 5, ("n", "y"): 5}, -1.0),
        ({("y", "y"): 5}, None),
        ({}, None),
    ],
)  # fmt: skip
def test_cohens_kappa_as_worked_out_by_hand(counts: dict[Any, int], expected: float | None) -> None:
    pairs = [tuple(pair) for pair, count in counts.items() for _ in range(count)]
    found = cohen_kappa(pairs)
    assert found == (None if expected is None else pytest.approx(expected))


@given(st.lists(st.sampled_from("abc")), st.lists(st.sampled_from("abc")))
def test_f1_is_the_same_whoever_is_first(first: list[str], second: list[str]) -> None:
    assert f1(first, second) == f1(second, first)
    assert f1(first, first) == (1.0 if first else None)


def test_agreement_field_by_field() -> None:
    an = reviewed(plan(), [about("reject", "task-4"), edit("task-3", leads=HEALTH, condition="có nguồn")]).document
    binh = reviewed(plan(), [decide("add", task={"anchor": anchor("Hoàn thành trong Quý II/2018.")})]).document
    found = {each.field: each for each in agreement([(an, binh)])}
    # An has tasks 1 to 3, Bình 1 to 4 and one more: three in common, 2 * 3 / (3 + 5).
    assert found["task"][1:4] == (5, 3, 0.75)
    # Leads of the three: alike in two, another one in the third: 2 * 2 / (3 + 3); labels N N Y against N N F.
    assert found["leads"][1:4] == (3, 2, pytest.approx(2 / 3))
    assert found["leads"].kappa == pytest.approx((2 / 3 - 4 / 9) / (1 - 4 / 9))
    assert found["condition"][1:] == (3, 2, 0.0, 0.0)
    assert found["deadlines"][1:4] == (3, 3, 1.0)


def test_two_reviewers_of_the_same_mind_agree_wholly() -> None:
    found = agreement([(plan(), plan())])
    assert {each.f1 for each in found} <= {1.0, None}
    assert {each.kappa for each in found if each.field != "task"} <= {1.0, None}


def test_verdicts_on_the_records_that_both_judged() -> None:
    an = reviewed(plan(), [about("accept", "task-1"), about("reject", "task-2"), about("accept", "task-3")])
    binh = reviewed(plan(), [about("accept", "task-1"), about("accept", "task-2"), about("reject", "task-4")])
    found = verdict_agreement([(an, binh)])
    assert (found.judged, found.same) == (2, 1)
    assert found.kappa == 0.0  # observed 1/2, chance 1/2 * 1


def test_the_command_prints_a_table_of_two_reviewers(tmp_path: Path, capsys: Any) -> None:
    mine = [about("accept", "task-1"), edit("task-3", leads=HEALTH)]
    out = reviewed_output(tmp_path, *mine, about("accept", "task-1", by="Bình"), about("reject", "task-2", by="Bình"))
    assert run(["review-agreement", str(out), "--first", "An", "--second", "Bình"]) == OK
    lines = [line.split() for line in capsys.readouterr().out.splitlines()]
    assert lines[0] == ["field", "judged", "same", "F1", "kappa"]
    assert lines[1] == ["verdict", "1", "1", "1.000", "-"]
    assert lines[2] == ["task", "4", "3", "0.857", "-"]
    assert run(["review-agreement", str(out), "--first", "An", "--second", "Cúc"]) == WRONG_USAGE
    assert "Those who have reviewed: An, Bình." in capsys.readouterr().err
