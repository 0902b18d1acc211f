"""Confidence: every record and every value of a task has one, and what makes a record doubtful lowers it."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.cli import OK, run
from pipeline.confidence import Features, with_confidence
from pipeline.confidence.model import probability, weights
from pipeline.extract import extract_document
from pipeline.store import document_file, encode, write_whole
from schemas import PlanDocument
from tests.conftest import ROOT
from tests.growth import assert_linear

TEXTS = sorted(file for file in (ROOT / "corpus").rglob("*") if file.suffix == ".txt")
NAMES = st.lists(st.sampled_from(["rule:a", "rule:b", "lead:own", "words:few"]))


@pytest.fixture(scope="module")
def documents() -> list[PlanDocument]:
    return [extract_document(file.read_bytes(), path=file.name) for file in TEXTS]


def test_every_record_and_every_value_of_a_task_has_a_confidence_and_a_rule(documents: list[PlanDocument]) -> None:
    kinds = ("sections", "tasks", "targets", "deadlines", "budgets", "tables", "citations", "repairs")
    records = [record for document in documents for kind in kinds for record in getattr(document, kind)]
    agencies = [agency for document in documents for task in document.tasks for agency in (*task.leads, *task.partners)]
    assert {type(record).__name__ for record in records} >= {"Section", "Task", "Target", "Deadline", "Budget", "Table"}
    assert agencies
    for found in (*records, *agencies):
        assert found.confidence is not None
        assert 0 < found.confidence < 1
        assert found.rule


def test_the_confidence_is_the_sum_of_the_weights() -> None:
    fitted = {"bias": 1.0, "rule:a": -1.0, "rule:b": 2.0}
    assert probability(fitted, []) == 0.73
    assert probability(fitted, ["rule:a"]) == 0.5
    assert probability(fitted, ["rule:a", "rule:a", "unheard"]) == 0.5
    assert probability({}, ["rule:a"]) == 0.5


@given(NAMES, NAMES)
def test_the_order_of_features_does_not_count(first: list[str], second: list[str]) -> None:
    fitted = {"rule:a": 0.1, "rule:b": 0.2, "lead:own": 0.3, "words:few": -0.7}
    assert probability(fitted, [*first, *second]) == probability(fitted, [*second, *first])


def test_extreme_weights_stay_within_the_scale() -> None:
    assert probability({"bias": 900.0}, []) == 0.99
    assert probability({"bias": -900.0}, []) == 0.01


def test_other_weights_give_other_confidences(documents: list[PlanDocument]) -> None:
    document = with_confidence(documents[0], {"tasks": {"bias": -3.0}})
    assert {task.confidence for task in document.tasks} == {0.05}


def test_what_cannot_be_read_is_a_feature() -> None:
    text = "KẾ HOẠCH\nII. NHIỆM VỤ\n- Phối hợp rà soát các trạm bơm khi cần, báo cáo trong 19h00 ngày 5 hằng tuần.\n"
    document = extract_document(text.encode(), path="a.txt")
    (task,) = document.tasks
    names = set(Features(document).of_task(task))
    assert {"partners:unread", "condition:unread", "lead:none", "rule:bullet-in-tasks"} <= names


def test_the_weights_speak_of_every_fitted_kind() -> None:
    assert {"tasks", "leads", "partners", "deadlines", "targets", "sections", "citations"} <= weights().keys()
    assert all("bias" in of_kind for kind, of_kind in weights().items() if of_kind)


def test_the_least_certain_tasks_are_shown_first(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    document = extract_document(TEXTS[0].read_bytes(), path="a.txt")
    file = document_file(tmp_path, "a.txt")
    write_whole(file, encode(document))
    assert run(["show", str(file), "--doubtful"]) == OK
    printed = capsys.readouterr().out
    shown = [float(line.split()[1]) for line in printed.splitlines() if line.split()[:1] == ["sure"]]
    assert len(shown) == len(document.tasks) > 2
    assert shown == sorted(shown)
    assert "Outline" not in printed


def test_time_grows_with_the_document() -> None:
    head = "KẾ HOẠCH\nII. NHIỆM VỤ\n"
    line = "- Sở Y tế phối hợp với Sở Tài chính rà soát 12 trạm bơm, hoàn thành trong năm 2027.\n"
    whole = {times: extract_document((head + line * times).encode(), path="a.txt") for times in (50, 200, 800)}
    assert_linear(lambda text: with_confidence(whole[text.count("x")]), "x", times=200)


def test_only_the_sure_come_up_to_nine_tenths() -> None:
    weights = {"bias": 2.0, "sure": 3.5, "a": 1.0, "b": 0.5}
    assert probability(weights, ["a"]) == 0.89  # by its sum alone 0.95
    assert probability(weights, ["a", "b"]) == 0.97
