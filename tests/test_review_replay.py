"""Replay: what each decision makes of the machine's reading, also of a later one, and that undoing undoes all."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.review.decisions import Decision, live
from pipeline.review.replay import reviewed
from pipeline.store import encode
from schemas import PlanDocument, Task
from tests.reviews import about, anchor, changed_plan, decide, edit, plan

HEALTH = {"id": "vn.thai-binh.so-y-te", "name": "Sở Y tế tỉnh Thái Bình"}
FINANCE_TASK = "Bố trí kinh phí thực hiện Kế hoạch trước ngày 30/6/2018."


def task(document: PlanDocument, task_id: str) -> Task:
    return next(each for each in document.tasks if each.id == task_id)


def deadlines(document: PlanDocument, task_id: str) -> list[str]:
    own = task(document, task_id).deadline_ids
    found = {each.id: each for each in document.deadlines}
    return [f"{each}: {found[each]}" for each in own]


def test_without_decisions_the_document_is_the_machines_own() -> None:
    assert reviewed(plan(), []).document == plan()


def test_an_accepted_record_stays_as_it_is_and_says_who_and_when() -> None:
    decision = about("accept", "task-1", by="Bình")
    result = reviewed(plan(), [decision])
    assert result.document == plan()
    state = result.states["task-1"]
    assert (state.verdict, state.by, state.at, state.decision) == ("accepted", "Bình", decision.at, decision.id)


def test_a_rejected_record_goes_and_nothing_points_to_it() -> None:
    result = reviewed(
        plan(), [about("reject", "deadline-2"), about("reject", "target-1"), about("reject", "citation-1")]
    )
    document = result.document
    assert [each.id for each in document.deadlines] == ["deadline-1", "deadline-3", "deadline-4"]
    assert task(document, "task-1").deadline_ids == ()
    assert (document.targets, document.citations, document.metadata.legal_bases) == ((), (), ())
    assert result.states["target-1"].verdict == "rejected"


def test_a_rejected_section_gives_what_it_holds_to_the_one_above() -> None:
    document = reviewed(plan(), [about("reject", "section-2")]).document
    assert [(each.path, each.level, each.parent_id) for each in document.sections] == [
        (("I",), 1, None), (("1",), 1, None), (("2",), 1, None), (("3",), 1, None),
    ]  # fmt: skip
    inner = reviewed(plan(), [about("reject", "section-3")]).document
    assert task(inner, "task-1").section_id == "section-2"


def test_accepting_what_was_rejected_brings_it_back() -> None:
    assert reviewed(plan(), [about("reject", "task-1"), about("accept", "task-1")]).document == plan()


def test_agencies_are_edited_and_those_already_known_keep_their_place() -> None:
    finance = {"id": "vn.thai-binh.so-tai-chinh", "name": "Sở Tài chính tỉnh Thái Bình"}
    document = reviewed(plan(), [edit("task-1", leads=[HEALTH, finance], partners=[])]).document
    health, other = task(document, "task-1").leads
    assert health == plan().tasks[0].partners[0]
    assert (other.id, other.name, other.level, other.rule, other.span) == (
        *finance.values(),
        "province",
        "reviewer",
        None,
    )
    assert task(document, "task-1").partners == ()
    assert task(document, "task-1").confidence is None


def test_a_deadline_typed_as_a_phrase_takes_the_place_of_the_one_that_it_corrects() -> None:
    chosen = {"phrase": "Quý II/2018", "value": "during 2018-04-01/2018-06-30"}
    typed = {"phrase": "trong Quý II/2018", "value": "during 2018-04-01/2018-06-30"}
    other = {"phrase": "30/6/2018", "value": "by ../2018-06-30"}
    assert deadlines(reviewed(plan(), [edit("task-1", deadlines=[typed])]).document, "task-1") == [
        "deadline-2: during 2018-04-01/2018-06-30"
    ]
    assert deadlines(reviewed(plan(), [edit("task-1", deadlines=[chosen])]).document, "task-1") == [
        "deadline-2: during 2018-04-01/2018-06-30"
    ]
    result = reviewed(
        plan(), [edit("task-3", deadlines=[{"phrase": "đến hết ngày 30/6/2018", "value": other["value"]}])]
    )
    assert deadlines(result.document, "task-3") == ["deadline-r1: by ../2018-06-30"]
    assert "deadline-4" not in {each.id for each in result.document.deadlines}
    assert result.states["deadline-4"].verdict == "superseded"


def test_a_deadline_that_is_read_otherwise_now_is_told_and_not_applied() -> None:
    decision = edit(
        "task-3", condition="có nguồn", deadlines=[{"phrase": "trước ngày 30/6/2018", "value": "by ../2018-06-30"}]
    )
    result = reviewed(plan(), [decision])
    assert result.document.tasks == plan().tasks
    assert [(each.decision, each.reason) for each in result.unfit] == [
        (decision, "“trước ngày 30/6/2018” is read as by ../2018-06-29 now, no longer as by ../2018-06-30")
    ]
    remark = result.document.diagnostics[-1]
    assert (remark.id, remark.code) == ("diagnostic-r1", "decision-unfit")
    assert remark.message.startswith("The decision to edit by An no longer fits: “trước")


def test_a_deadline_itself_is_edited_and_keeps_its_id_and_its_tasks() -> None:
    new = {"phrase": "hằng năm", "value": "recurring FREQ=YEARLY"}
    document = reviewed(plan(), [edit("deadline-4", deadline=new)]).document
    assert deadlines(document, "task-3") == ["deadline-4: recurring FREQ=YEARLY"]


def test_a_span_a_condition_and_a_section_are_edited() -> None:
    words = anchor("Bố trí kinh phí thực hiện Kế hoạch").model_dump()
    document = reviewed(plan(), [edit("task-3", span=words, condition="có nguồn", section=["II", "1"])]).document
    changed = task(document, "task-3")
    assert (changed.text, changed.condition, changed.section_id) == (words["exact"], "có nguồn", "section-3")
    assert document.text[slice(*changed.span)] == changed.text
    assert changed.source_spans


def test_a_missed_task_is_added_where_it_stands_with_all_it_needs() -> None:
    new = {
        "anchor": anchor("Hoàn thành trong Quý II/2018."),
        "leads": [HEALTH],
        "deadlines": [{"phrase": "trong Quý II/2018", "value": "during 2018-04-01/2018-06-30"}],
    }
    result = reviewed(plan(), [decide("add", task=new)])
    assert [each.id for each in result.document.tasks] == ["task-1", "task-r1", "task-2", "task-3", "task-4"]
    added = task(result.document, "task-r1")
    assert (added.text, added.section_id, added.deadline_ids, added.rule) == (
        "Hoàn thành trong Quý II/2018.", "section-3", ("deadline-2",), "reviewer"
    )  # fmt: skip
    assert [each.name for each in added.leads] == ["Sở Y tế tỉnh Thái Bình"]
    assert result.states["task-r1"].verdict == "added"


def test_a_split_task_leaves_to_each_part_what_stands_in_it() -> None:
    parts = [anchor("Chủ trì, phối hợp với Sở Y tế kiểm tra chất lượng nước"), anchor("Hoàn thành trong Quý II/2018.")]
    document = reviewed(plan(), [about("split", "task-1", parts=parts)]).document
    first, second = document.tasks[:2]
    assert (first.id, second.id) == ("task-1", "task-r2")
    assert (first.text, second.text) == tuple(part.exact for part in parts)
    assert (first.deadline_ids, second.deadline_ids) == ((), ("deadline-2",))
    assert (len(first.partners), len(second.partners)) == (1, 0)
    assert first.leads == second.leads == plan().tasks[0].leads  # from the heading, outside of both


def test_merged_tasks_become_the_first_with_what_all_of_them_have() -> None:
    decision = about("merge", "task-2", others=[about("accept", "task-1").record])
    result = reviewed(plan(), [decision])
    assert [each.id for each in result.document.tasks] == ["task-2", "task-3", "task-4"]
    merged = task(result.document, "task-2")
    assert merged.span == (473, 642)
    assert merged.deadline_ids == ("deadline-3", "deadline-2")
    assert [each.id for each in merged.leads] == ["vn.thai-binh.so-nong-nghiep-va-phat-trien-nong-thon"]
    assert (result.states["task-1"].verdict, result.unfit) == ("merged", ())


def test_ids_of_added_tasks_stay_when_an_earlier_addition_is_undone() -> None:
    first = decide("add", task={"anchor": anchor("Hoàn thành trong Quý II/2018.")})
    second = decide("add", task={"anchor": anchor("Nơi nhận")})
    on_it = about("accept", "task-1").model_copy(
        update={"record": about("accept", "task-1").record.model_copy(update={"id": "task-r2"})}  # type: ignore[union-attr]
    )
    result = reviewed(plan(), [first, second, on_it, decide("undo", of=first.id)])
    assert [each.id for each in result.document.tasks if "-r" in each.id] == ["task-r2"]
    assert result.states["task-r2"].verdict == "accepted"
    undone = reviewed(plan(), [first, second, on_it, decide("undo", of=second.id)])
    assert [each.reason for each in undone.unfit] == ["task-r2 was added by a decision that does not hold"]


def test_decisions_follow_their_records_into_a_new_reading() -> None:
    now = changed_plan(
        ("II. NHIỆM VỤ\n", "II. NHIỆM VỤ\n\nRà soát đơn giá nước sinh hoạt.\n"),
        ("Bố trí kinh phí thực hiện", "Bố trí đủ kinh phí thực hiện"),
    )
    result = reviewed(now, [about("reject", "task-2"), edit("task-3", condition="có nguồn")])
    assert result.unfit == ()
    texts = [each.text for each in result.document.tasks]
    assert not any(text.startswith("Định kỳ") for text in texts)
    assert [each.condition for each in result.document.tasks if "đủ kinh phí" in each.text] == ["có nguồn"]


def test_a_decision_about_words_that_are_gone_is_kept_and_told() -> None:
    now = changed_plan((FINANCE_TASK, "Cân đối ngân sách."))
    decisions = [about("accept", "task-3"), about("reject", "task-2")]
    result = reviewed(now, decisions)
    assert [each.decision for each in result.unfit] == decisions[:1]
    assert result.unfit[0].reason == f"the words of task-3 are no longer there: “{FINANCE_TASK}”"
    assert result.applied == (decisions[1],)


def test_an_added_task_that_the_machine_has_learnt_to_read_is_there_once() -> None:
    missed = decide("add", task={"anchor": anchor(FINANCE_TASK), "leads": [HEALTH]})
    result = reviewed(plan(), [missed])
    assert [each.id for each in result.document.tasks if each.text == FINANCE_TASK] == ["task-r1"]
    assert result.states["task-3"].verdict == "superseded"


def test_an_undo_of_nothing_is_told() -> None:
    result = reviewed(plan(), [decide("undo", of=about("accept", "task-1").id)])
    assert [each.reason for each in result.unfit] == ["it is about a decision that is not in the log"]


def pool() -> list[Decision]:
    new: dict[str, Any] = {"anchor": anchor("Hoàn thành trong Quý II/2018."), "leads": [HEALTH]}
    return [
        about("accept", "task-1"),
        about("reject", "task-1"),
        about("reject", "section-3"),
        about("reject", "deadline-4"),
        about("merge", "task-1", others=[about("accept", "task-2").record]),
        about("split", "task-1", parts=[anchor("Chủ trì, phối hợp"), anchor("Hoàn thành trong")]),
        edit("task-3", span=anchor("Bố trí kinh phí").model_dump(), condition="x"),
        edit("task-3", deadlines=[{"phrase": "hằng năm", "value": "recurring FREQ=YEARLY"}]),
        edit("task-3", deadlines=[{"phrase": "hằng năm", "value": "ongoing"}]),  # never fits
        edit("deadline-2", deadline={"phrase": "thường xuyên", "value": "ongoing"}),
        edit("section-1", title="MỤC ĐÍCH"),
        decide("add", task={**new, "deadlines": [{"phrase": "hằng năm", "value": "recurring FREQ=YEARLY"}]}),
        decide("comment", comment="Xem lại"),
    ]


POOL = pool()
steps = st.lists(st.tuples(st.sampled_from(["do", "undo", "redo"]), st.integers(0, len(POOL) - 1)), max_size=14)


def log_of(chosen: list[tuple[str, int]]) -> list[Decision]:
    """A log of fresh decisions, undos and redos of any of those before."""
    log: list[Decision] = []
    done: list[Decision] = []
    for what, at in chosen:
        if what == "do":
            fresh = decide("comment", comment="x").id
            done.append(POOL[at].model_copy(update={"id": fresh}))
            log.append(done[-1])
        elif done:
            log.append(decide(what, of=done[at % len(done)].id))
    return log


@given(steps)
def test_undoing_all_gives_the_machines_reading_and_redoing_all_what_was_there(chosen: list[tuple[str, int]]) -> None:
    log = log_of(chosen)
    undone = [*log, *(decide("undo", of=each.id) for each in reversed(live(log)))]
    assert encode(reviewed(plan(), undone).document) == encode(plan())
    again = [*undone, *(decide("redo", of=each.id) for each in live(log))]
    assert encode(reviewed(plan(), again).document) == encode(reviewed(plan(), log).document)


@given(steps)
def test_any_decisions_give_a_document_that_holds_together(chosen: list[tuple[str, int]]) -> None:
    log = log_of(chosen)
    result = reviewed(plan(), log)
    document = PlanDocument.model_validate_json(encode(result.document))
    assert encode(reviewed(plan(), log).document) == encode(document)  # once more, the same
    ids = [each.id for kind in (document.tasks, document.deadlines, document.sections) for each in kind]
    assert len(ids) == len(set(ids))
    for each in document.tasks:
        assert each.text == document.text[slice(*each.span)]
        assert {*each.deadline_ids, *filter(None, [each.section_id])} <= set(ids)
    assert {each.parent_id for each in document.sections} <= {None, *ids}
    assert len(result.applied) + len(result.unfit) == len(live(log))


@pytest.mark.parametrize("decision", POOL[:1])
def test_a_decision_written_twice_counts_once(decision: Decision) -> None:
    assert reviewed(plan(), [decision, decision]).applied == (decision,)


def test_the_metadata_can_be_corrected_and_what_follows_is_read_with_it() -> None:
    issuer = {"id": "vn.ha-nam.uy-ban-nhan-dan", "name": "Ủy ban nhân dân tỉnh Hà Nam"}
    changes = [{"field": "number", "new": "13/KH-UBND"}, {"field": "issuer", "new": issuer}]
    corrected = decide("edit", changes=[*changes, {"field": "issued_on", "new": "2018-02-06"}])
    result = reviewed(plan(), [corrected])
    metadata = result.document.metadata
    assert (metadata.number, str(metadata.issued_on), str(metadata.issuer)) == (
        *("13/KH-UBND", "2018-02-06"),
        "Ủy ban nhân dân tỉnh Hà Nam",
    )
    assert result.states["metadata"].verdict == "edited"
    assert reviewed(plan(), [corrected, decide("undo", of=corrected.id)]).document == plan()
    accepted = reviewed(plan(), [decide("accept")])
    assert (accepted.document, accepted.states["metadata"].verdict) == (plan(), "accepted")


def test_an_edit_of_the_metadata_that_does_not_fit_changes_nothing() -> None:
    with pytest.raises(ValueError, match="metadata has no field color"):
        decide("edit", changes=[{"field": "color", "new": "red"}])


def test_hidden_records_are_told_apart() -> None:
    merged = about("merge", "task-2", others=[about("accept", "task-3").record])
    result = reviewed(plan(), [about("reject", "task-1"), merged])
    verdicts = {each.id: result.states[each.id].verdict for each in result.hidden}
    assert verdicts == {"task-1": "rejected", "task-3": "merged"}


def test_a_deadline_that_the_machine_read_with_help_of_its_table_stays_as_it_is() -> None:
    document = plan()
    odd = tuple(
        each.model_copy(update={"end": each.end and each.end.replace(year=2031)}) if each.id == "deadline-4" else each
        for each in document.deadlines
    )
    document = document.model_copy(update={"deadlines": odd})
    choices = [
        {"phrase": odd[3].surface, "value": str(odd[3])},
        {"phrase": "trong năm 2019", "value": "during 2019-01-01/2019-12-31"},
    ]
    result = reviewed(document, [edit("task-3", deadlines=choices)])
    assert result.unfit == ()
    assert deadlines(result.document, "task-3") == [
        f"deadline-4: {odd[3]}",
        "deadline-r2: during 2019-01-01/2019-12-31",
    ]
