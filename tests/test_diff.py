"""Differences between two runs: what was gained, lost and changed, and nothing that only moved."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from pipeline.cli import OK, WRONG_USAGE, run
from pipeline.diff import KINDS, Diff, diff_directories, diff_documents
from pipeline.extract import extract_document
from pipeline.store import document_file, encode, write_whole
from tests.conftest import ROOT

SMALL_PLAN = ROOT / "tests" / "texts" / "small-plan.txt"


@pytest.fixture(scope="module")
def plan() -> dict[str, Any]:
    document = json.loads(encode(extract_document(SMALL_PLAN.read_bytes(), path="plan.txt")))
    assert len(document["tasks"]) > 3
    assert document["deadlines"]
    assert isinstance(document, dict)
    return document


def _copy(document: dict[str, Any]) -> Any:
    return json.loads(json.dumps(document))


def _diff(old: dict[str, Any], new: dict[str, Any]) -> Diff:
    found = Diff()
    diff_documents("plan.json", old, new, into=found)
    return found


def test_the_same_reading_has_no_changes(plan: dict[str, Any]) -> None:
    found = _diff(plan, plan)
    assert not found.changes
    assert found.counts["tasks"] == {"=": len(plan["tasks"])}


def test_a_lost_task_is_lost_and_the_others_are_the_same(plan: dict[str, Any]) -> None:
    less = _copy(plan)
    gone = less["tasks"].pop(1)
    assert [(c.sign, c.kind, c.text) for c in _diff(plan, less).changes] == [("-", "tasks", gone["text"])]
    assert [(c.sign, c.kind, c.text) for c in _diff(less, plan).changes] == [("+", "tasks", gone["text"])]


def test_another_lead_is_one_change_of_one_field(plan: dict[str, Any]) -> None:
    other = _copy(plan)
    other["tasks"][2]["leads"] = [{**plan["metadata"]["issuer"], "name": "Sở Y tế tỉnh Sơn La"}]
    (change,) = _diff(plan, other).changes
    assert (change.sign, change.kind) == ("~", "tasks")
    ((name, _, after),) = change.fields
    assert (name, after) == ("leads", "Sở Y tế tỉnh Sơn La")


def test_a_text_said_otherwise_is_a_change_and_another_text_is_not(plan: dict[str, Any]) -> None:
    longer, another = _copy(plan), _copy(plan)
    longer["tasks"][0]["text"] += " Báo cáo kết quả."
    another["tasks"][0]["text"] = "Xây trường mầm non."
    assert [change.sign for change in _diff(plan, longer).changes] == ["~"]
    assert sorted(change.sign for change in _diff(plan, another).changes) == ["+", "-"]


def test_ids_places_rules_and_order_do_not_count(plan: dict[str, Any]) -> None:
    other = _copy(plan)
    other["tasks"].reverse()
    for task in other["tasks"]:
        task.update(id=f"other-{task['id']}", rule="another", span=[0, 1])
    assert not _diff(plan, other).changes


def test_every_kind_of_record_is_compared(plan: dict[str, Any]) -> None:
    empty = {"metadata": {}, "text": plan["text"]}
    kinds = {change.kind for change in _diff(empty, plan).changes}
    assert kinds == {kind for kind in KINDS if plan[kind]}


def test_documents_of_one_side_only_are_listed(plan: dict[str, Any], tmp_path: Path) -> None:
    content = json.dumps(plan).encode()
    for place in ("old/documents/a.json", "old/documents/b/c.json", "new/documents/a.json", "new/documents/d.json"):
        write_whole(tmp_path / place, content)
    found = diff_directories(tmp_path / "old", tmp_path / "new")
    assert [(change.sign, change.kind, change.document) for change in found.changes] == [
        ("-", "documents", "b/c.json"),
        ("+", "documents", "d.json"),
    ]
    assert found.counts["tasks"] == {"=": len(plan["tasks"])}


def test_the_command_shows_what_changed(
    plan: dict[str, Any], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    other = _copy(plan)
    other["deadlines"][0]["end"] = "2031-12-31"
    for name, document in (("old", plan), ("new", other)):
        write_whole(document_file(tmp_path / name, "a.json"), json.dumps(document).encode())
    assert run(["diff", str(tmp_path / "old"), str(tmp_path / "new")]) == OK
    assert "2031-12-31" in capsys.readouterr().out
    assert run(["diff", str(tmp_path / "old"), str(tmp_path / "new"), "--kind", "sections"]) == OK
    assert "2031-12-31" not in capsys.readouterr().out
    assert run(["diff", str(tmp_path / "old"), str(tmp_path / "new"), "--json"]) == OK
    found = json.loads(capsys.readouterr().out)
    assert found["counts"]["deadlines"]["~"] == 1
    assert "2031-12-31" in next(c for c in found["changes"] if c["kind"] == "deadlines")["fields"][0]["after"]


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["diff", "none", "none"], "no documents below none"),
        (["diff", str(ROOT / "tests/gold"), str(ROOT / "tests/gold"), "--kind", "tsks"], "no kind tsks"),
    ],
)
def test_errors_say_what_to_do(arguments: list[str], says: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(arguments) == WRONG_USAGE
    assert says in capsys.readouterr().err
