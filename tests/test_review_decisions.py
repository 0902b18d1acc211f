"""Decisions: JSON and back, what is refused and how, what undo and redo mean."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest
from pydantic import ValidationError

from pipeline.review.decisions import (
    DecisionError,
    check_name,
    encode_decision,
    live,
    next_redo,
    next_undo,
    parse_decision,
)
from tests.reviews import about, anchor, decide, edit

LEAD = [{"id": "vn.thai-binh.so-y-te", "name": "Sở Y tế tỉnh Thái Bình"}]


def one_of_each() -> list[Any]:
    task = {"anchor": anchor("Bố trí kinh phí"), "leads": LEAD, "condition": "có nguồn"}
    other = about("accept", "task-2").record
    return [
        about("accept", "task-1"),
        about("reject", "target-1", comment="Không phải chỉ tiêu"),
        edit(
            "task-1", leads=LEAD, condition=None, deadlines=[{"phrase": "hằng năm", "value": "recurring FREQ=YEARLY"}]
        ),
        decide("add", task=task),
        about("split", "task-1", parts=[anchor("Chủ trì, phối hợp"), anchor("Hoàn thành trong")]),
        about("merge", "task-1", others=[other]),
        decide("comment", comment="“Xong”\n\\ \x00 𝓚"),
        decide("undo", of=decide("comment", comment="x").id),
        decide("redo", of=decide("comment", comment="x").id),
    ]


@pytest.mark.parametrize("decision", one_of_each(), ids=lambda each: each.action)
def test_a_decision_is_one_line_of_json_and_comes_back_whole(decision: Any) -> None:
    line = encode_decision(decision)
    assert line.count(b"\n") == 1
    assert parse_decision(line) == decision


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"action": "approve"}, "Input should be 'accept', 'reject'"),
        ({"action": "reject"}, "the action reject needs record"),
        ({"action": "comment"}, "needs comment"),
        ({"action": "comment", "comment": "  "}, "should match pattern"),
        ({"action": "undo"}, "needs of"),
        ({"action": "comment", "comment": "a", "of": "00000000-0000-0000-0000-000000000001"}, "takes no of"),
        ({"action": "comment", "comment": "a", "mood": 1}, "Extra inputs are not permitted"),
        ({"action": "comment", "comment": "a", "at": datetime(2026, 1, 1)}, "timezone"),
        ({"action": "comment", "comment": "a", "by": ""}, "at least 1 character"),
    ],
)
def test_what_is_no_decision_is_refused(fields: dict[str, Any], told: str) -> None:
    with pytest.raises(ValidationError, match=told):
        decide(**fields)


@pytest.mark.parametrize(
    ("record", "changes", "told"),
    [
        ("task-1", {"colour": "red"}, r"a task has no field colour .*there are: span, section, leads"),
        ("task-1", {"leads": ["Sở Y tế"]}, "leads of a task"),
        ("task-1", {"deadlines": [{"phrase": "hằng năm"}]}, "deadlines of a task: Field required"),
        ("deadline-1", {"leads": LEAD}, "a deadline has no field leads"),
    ],
)
def test_an_edit_of_what_cannot_be_edited_is_refused(record: str, changes: dict[str, Any], told: str) -> None:
    with pytest.raises(ValidationError, match=told):
        edit(record, **changes)


def test_only_tasks_are_split_or_merged() -> None:
    with pytest.raises(ValidationError, match="only tasks can be merged"):
        about("merge", "target-1", others=[about("accept", "task-1").record])
    with pytest.raises(ValidationError, match="two parts"):
        about("split", "task-1", parts=[anchor("Chủ trì")])


@pytest.mark.parametrize(
    "name", ["../x.json", "/etc/x.json", "a/../../x.json", "a//x.json", "x.txt", "a\\x.json", "a\nb.json", ".json", ""]
)
def test_no_document_outside_of_the_results_can_be_named(name: str) -> None:
    with pytest.raises(ValueError, match="is no name of a document"):
        check_name(name)


def test_a_line_that_is_no_decision_is_told_in_one_sentence() -> None:
    with pytest.raises(DecisionError, match=r"^This is no decision \(action: Input should be"):
        parse_decision(encode_decision(about("accept", "task-1")).replace(b'"accept"', b'"approve"'))
    with pytest.raises(DecisionError, match=r"^This is no decision \(the whole"):
        parse_decision(b'{"at"')


def test_undo_takes_back_ones_own_last_decision_and_redo_brings_it_back() -> None:
    first, second = about("accept", "task-1"), about("reject", "task-2")
    other = about("accept", "task-3", by="Bình")
    log = [first, second, other]
    assert next_undo(log, by="An") == second
    log.append(decide("undo", of=second.id))
    assert live(log) == [first, other]
    assert next_undo(log, by="An") == first
    assert next_redo(log, by="An") == second
    assert next_redo(log, by="Bình") is None
    log.append(decide("redo", of=second.id))
    assert live(log) == [first, second, other]
    assert next_redo(log, by="An") is None


def test_a_new_decision_ends_what_can_be_redone() -> None:
    first = about("accept", "task-1")
    log = [first, decide("undo", of=first.id), about("reject", "task-1")]
    assert next_redo(log, by="An") is None
    assert next_undo(log, by="An") == log[-1]
