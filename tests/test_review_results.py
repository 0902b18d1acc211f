"""What comes of decisions: `reviewed/`, what the commands say, gold and cases."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from pipeline.cli import OK, WRONG_USAGE, run
from pipeline.results import read_results
from pipeline.review.decisions import Decision
from pipeline.review.log import DecisionLog
from pipeline.review.results import write_reviewed
from pipeline.score import score_directories
from pipeline.store import document_file, encode, read_document, write_whole
from schemas import PlanDocument
from tests.case_table import read_cases
from tests.reviews import NAME, about, changed_plan, decide, edit, plan

YEARLY = [{"phrase": "hằng năm", "value": "recurring FREQ=YEARLY"}]


def reviewed_output(out: Path, *decisions: Decision, document: PlanDocument | None = None) -> Path:
    """A results directory with the plan and these decisions about it."""
    write_whole(document_file(out, NAME), encode(document or plan()))
    log = DecisionLog(out, NAME)
    for decision in decisions:
        log.append(decision, expected_version=log.read().version)
    return out


def test_the_corrected_document_stands_at_the_same_path_and_goes_first(tmp_path: Path) -> None:
    out = reviewed_output(tmp_path, about("reject", "task-2"))
    write_reviewed(out)
    (found,) = read_results(out)
    assert (found.name, found.reviewed, len(found.document.tasks)) == (NAME, True, 3)
    assert read_document(document_file(out, NAME)) == plan()  # the machine's reading stays


def test_the_same_decisions_give_the_same_bytes_and_an_unchanged_file_is_not_touched(tmp_path: Path) -> None:
    out = reviewed_output(tmp_path, edit("task-3", deadlines=YEARLY), about("accept", "task-1"))
    write_reviewed(out)
    file = out / "reviewed" / NAME
    before, written = file.read_bytes(), file.stat().st_mtime_ns
    write_reviewed(out)
    assert (file.read_bytes(), file.stat().st_mtime_ns) == (before, written)
    file.unlink()
    write_reviewed(out)
    assert file.read_bytes() == before


def test_a_document_whose_decisions_are_all_undone_is_no_longer_reviewed(tmp_path: Path) -> None:
    decision = about("reject", "task-2")
    out = reviewed_output(tmp_path, decision)
    write_reviewed(out)
    assert (out / "reviewed" / NAME).is_file()
    DecisionLog(out, NAME).append(decide("undo", of=decision.id), expected_version=1)
    write_reviewed(out)
    assert not (out / "reviewed" / NAME).exists()


def test_one_document_without_a_reading_does_not_stop_the_others(tmp_path: Path) -> None:
    out = reviewed_output(tmp_path, about("accept", "task-1"))
    gone = about("accept", "task-1").model_copy(update={"document": "a/gone.json"})
    DecisionLog(out, "a/gone.json").append(gone, expected_version=0)
    broken = gone.model_copy(update={"document": "b.json"})
    DecisionLog(out, "b.json").append(broken, expected_version=0)
    write_whole(document_file(out, "b.json"), b"{}")
    first, second, third = write_reviewed(out)
    assert (first.name, first.problem) == ("a/gone.json", "the machine's reading is gone; read its input again")
    assert (second.name, second.applied, second.problem) == (NAME, 1, None)
    assert third.problem is not None
    assert "is not a document of kehoach" in third.problem


def test_review_apply_says_what_was_applied_and_what_no_longer_fits(tmp_path: Path, capsys: Any) -> None:
    words = "Bố trí kinh phí thực hiện Kế hoạch trước ngày 30/6/2018."
    now = changed_plan((words, "Cân đối ngân sách."))
    decisions = about("accept", "task-1"), edit("task-3", condition="có nguồn")
    out = reviewed_output(tmp_path, *decisions, document=now)
    assert run(["review-apply", str(out)]) == OK
    assert capsys.readouterr().out.splitlines() == [
        "a/small-plan.json: 1 decision applied, 1 no longer fit",
        f"  no longer fits: An: edit task-3 (condition): the words of task-3 are no longer there: “{words}”",
        "Reviewed: 1 document, 1 decision applied, 1 no longer fit",
    ]
    (found,) = read_results(out)
    assert found.document.diagnostics[-1].code == "decision-unfit"


@pytest.mark.slow
def test_a_run_over_changed_inputs_applies_the_decisions_before_the_dataset(tmp_path: Path, capsys: Any) -> None:
    source = (Path(__file__).parent / "texts" / "small-plan.txt").read_text(encoding="utf-8")
    (tmp_path / "in" / "a").mkdir(parents=True)
    changed = source.replace("II. NHIỆM VỤ\n", "II. NHIỆM VỤ\n\nRà soát đơn giá nước sinh hoạt.\n")
    (tmp_path / "in" / "a" / "small-plan.txt").write_text(changed, encoding="utf-8")
    out = reviewed_output(tmp_path / "out", about("reject", "task-2"))
    assert run(["run", str(tmp_path / "in"), "--out", str(out), "--workers", "1"]) == OK
    assert "a/small-plan.json: 1 decision applied\n" in capsys.readouterr().out
    sql = "SELECT d.reviewed, t.text FROM tasks t JOIN documents d USING (document_id)"
    assert run(["query", str(out), sql, "--format", "json", "--to", str(tmp_path / "tasks.json")]) == OK
    rows = json.loads((tmp_path / "tasks.json").read_text(encoding="utf-8"))
    assert {row["reviewed"] for row in rows} == {True}
    assert not any(row["text"].startswith("Định kỳ hàng quý") for row in rows)
    assert any(row["text"].startswith("Rà soát đơn giá") for row in rows)


def test_gold_of_a_review_scores_the_review_in_full_and_finds_the_machines_faults(tmp_path: Path) -> None:
    health = [{"id": "vn.thai-binh.so-y-te", "name": "Sở Y tế tỉnh Thái Bình"}]
    out = reviewed_output(tmp_path / "out", edit("task-3", leads=health, deadlines=YEARLY), about("reject", "task-2"))
    write_reviewed(out)
    assert run(["review-gold", str(out), "--to", str(tmp_path / "gold")]) == OK
    same = score_directories(tmp_path / "gold", out / "reviewed")["small-plan"]
    assert {name: (each.missed, each.extra) for name, each in same.items() if each.missed or each.extra} == {}
    assert same["tasks"].hit == 3
    machine = score_directories(tmp_path / "gold", out / "documents")["small-plan"]
    assert (machine["tasks"].missed, machine["tasks"].extra) == (0, 1)
    assert (machine["leads"].missed, machine["task_deadlines"].missed) == (1, 1)


def test_corrected_tasks_become_rows_of_the_table_of_deadlines(tmp_path: Path, monkeypatch: Any) -> None:
    out = reviewed_output(tmp_path / "out", edit("task-3", deadlines=YEARLY), about("accept", "task-1"))
    write_reviewed(out)
    run(["review-gold", str(out), "--to", str(tmp_path / "gold")])
    monkeypatch.setattr("tests.case_table.HERE", tmp_path / "gold")
    (case,) = read_cases("deadlines")
    assert case.text == "Bố trí kinh phí thực hiện Kế hoạch trước ngày 30/6/2018."
    assert (case.expected, case.note) == (("recurring FREQ=YEARLY",), "reviewed")
    assert case.context == {"issued": "2018-02-05"}


def test_without_reviews_there_is_no_gold(tmp_path: Path, capsys: Any) -> None:
    out = reviewed_output(tmp_path / "out")
    assert run(["review-gold", str(out), "--to", str(tmp_path / "gold")]) == WRONG_USAGE
    assert "is reviewed, so there is no gold" in capsys.readouterr().err


def test_gold_of_two_documents_of_one_name_is_refused(tmp_path: Path, capsys: Any) -> None:
    out = reviewed_output(tmp_path / "out", about("accept", "task-1"))
    write_reviewed(out)
    write_whole(out / "reviewed" / "b" / "small-plan.json", encode(plan().model_copy(update={"id": "kh-other"})))
    assert run(["review-gold", str(out), "--to", str(tmp_path / "gold")]) == WRONG_USAGE
    assert "Several reviewed documents are named small-plan.json" in capsys.readouterr().err
