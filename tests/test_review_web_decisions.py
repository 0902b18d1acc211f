"""Each kind of decision through the application: what it writes, what the page is told, what is refused."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from pipeline.store import encode
from schemas import Task
from tests.review_pages import Page, results_with
from tests.reviews import NAME, changed_plan, plan

HEALTH = {"id": "vn.thai-binh.so-y-te", "name": "Sở Y tế tỉnh Thái Bình"}


@pytest.fixture
def page(tmp_path: Path) -> Page:
    return Page(results_with(tmp_path))


def task(page: Page, task_id: str) -> Task:
    return next(each for each in page.document.tasks if each.id == task_id)


def span(words: str) -> list[int]:
    at = plan().text.index(words)
    return [at, at + len(words)]


def test_accepting_is_on_the_disk_with_who_and_when_before_the_page_says_saved(page: Page) -> None:
    told = page.decide("accept", "task-1")
    (decision,) = page.log.read().decisions
    assert (told["saved"], told["version"], told["decided"]) == (True, 1, 1)
    assert (decision.by, decision.action, decision.at.tzinfo is not None) == ("An", "accept", True)
    assert list(told["cards"]) == ["task-1"]
    assert "v-accepted" in told["cards"]["task-1"][1]
    assert told["lines"] == {}


def test_a_rejected_record_is_gone_from_the_document_and_still_on_the_page(page: Page) -> None:
    told = page.decide("reject", "task-2", comment="chỉ là báo cáo")
    assert [each.id for each in page.document.tasks] == ["task-1", "task-3", "task-4"]
    assert "v-rejected" in told["cards"]["task-2"][1]
    assert "chỉ là báo cáo" in told["cards"]["task-2"][1]
    assert any("m-gone" in line for line in told["lines"].values())
    page.decide("accept", "task-2")
    assert len(page.document.tasks) == 4


def test_editing_agencies_a_condition_and_the_words(page: Page) -> None:
    shorter = "Bố trí kinh phí thực hiện Kế hoạch"
    page.decide(
        "edit",
        "task-3",
        changes={"leads": [HEALTH], "condition": "khi có ngân sách", "span": span(shorter), "section": ["II"]},
    )
    edited = task(page, "task-3")
    assert [each.name for each in edited.leads] == ["Sở Y tế tỉnh Thái Bình"]
    assert (edited.condition, edited.text, edited.rule) == ("khi có ngân sách", shorter, "reviewer")
    (decision,) = page.log.read().decisions
    old = {change.field: change.old for change in decision.changes}
    assert old["leads"] == [{"id": "vn.thai-binh.so-tai-chinh", "name": "Sở Tài chính tỉnh Thái Bình"}]
    assert old["condition"] is None


def test_a_deadline_is_typed_previewed_and_saved(page: Page) -> None:
    (reading,) = page.client.get(f"/phrase/{NAME}", params={"q": "trước ngày 01/01/2019"}).json()
    assert (reading["value"], reading["words"]) == ("by ../2018-12-31", "đến hết 31/12/2018")
    told = page.decide("edit", "task-3", changes={"deadlines": [{k: reading[k] for k in ("phrase", "value")}]})
    bound = {each.id: each for each in page.document.deadlines}
    assert [str(bound[each]) for each in task(page, "task-3").deadline_ids] == ["by ../2018-12-31"]
    assert "đến hết 31/12/2018" in told["cards"]["task-3"][1]


def test_what_is_no_deadline_has_no_preview(page: Page) -> None:
    assert page.client.get(f"/phrase/{NAME}", params={"q": "càng đẹp càng tốt"}).json() == []
    answer = page.ask("edit", "task-3", changes={"deadlines": [{"phrase": "càng tốt", "value": "by ../2018-12-31"}]})
    assert answer.status_code == 422
    assert page.log.read().version == 0


def test_a_deadline_that_the_machine_read_from_its_table_need_not_be_read_again(page: Page) -> None:
    values = page.client.get(f"/values/task-1/{NAME}").json()["values"]
    kept = [{key: each[key] for key in ("phrase", "value", "span")} for each in values["deadlines"]]
    page.decide("edit", "task-1", changes={"leads": [HEALTH], "deadlines": kept})
    assert [change.field for change in page.log.read().decisions[0].changes] == ["leads"]


@pytest.mark.parametrize(
    ("record", "changes", "where", "expected"),
    [
        ("deadline-4", {"deadline": {"phrase": "trong năm 2018", "value": "during 2018-01-01/2018-12-31"}},
         "deadlines", "during 2018-01-01/2018-12-31"),
        ("target-1", {"indicator": "hộ dân dùng nước sạch"}, "targets", "hộ dân dùng nước sạch"),
        ("section-1", {"title": "Mục tiêu chung"}, "sections", "Mục tiêu chung"),
        ("citation-1", {"number": "17/2012/QH13"}, "citations", "17/2012/QH13"),
    ],
)  # fmt: skip
def test_every_kind_of_record_can_be_edited(
    page: Page, record: str, changes: dict[str, Any], where: str, expected: str
) -> None:
    page.decide("edit", record, changes=changes)
    edited = next(each for each in getattr(page.document, where) if each.id == record)
    assert expected in (str(edited), *(str(getattr(edited, each, None)) for each in ("indicator", "title", "number")))


def test_measures_are_edited_as_a_whole(page: Page) -> None:
    measures = page.client.get(f"/values/target-1/{NAME}").json()["values"]["measures"]
    page.decide("edit", "target-1", changes={"measures": [{**measures[0], "value": 95, "raw": "95%"}]})
    assert [str(each) for each in page.document.targets[0].measures] == [">= 95 % ../2018-12-31"]


def test_the_documents_own_metadata_can_be_edited_and_accepted(page: Page) -> None:
    page.decide("edit", "metadata", changes={"number": "13/KH-UBND", "issued_on": "2018-02-06", "issuer": HEALTH})
    metadata = page.document.metadata
    assert (metadata.number, str(metadata.issued_on)) == ("13/KH-UBND", "2018-02-06")
    assert metadata.issuer
    assert (metadata.issuer.name, metadata.issuer.level) == ("Sở Y tế tỉnh Thái Bình", "province")
    told = page.decide("accept", "metadata")
    assert "v-accepted" in told["cards"]["metadata"][1]
    page.decide("undo")
    page.decide("undo")
    assert page.document == plan()


def test_a_missed_task_is_added_from_a_selection_with_what_stands_in_it(page: Page) -> None:
    start, end = span("Định kỳ hàng quý báo cáo Ủy ban nhân dân tỉnh")
    suggested = page.client.get(f"/suggestions/{start}/{end}/{NAME}").json()
    assert [each["value"] for each in suggested["values"]["deadlines"]] == ["recurring FREQ=MONTHLY;INTERVAL=3"]
    deadlines = [{key: each[key] for key in ("phrase", "value", "span")} for each in suggested["values"]["deadlines"]]
    told = page.decide("add", span=[start, end], changes={"leads": [HEALTH], "deadlines": deadlines})
    added = task(page, "task-r1")
    assert (added.text, [each.name for each in added.leads]) == (plan().text[start:end], [HEALTH["name"]])
    assert "task-r1" in told["cards"]
    assert "task-r1" in told["order"]["task"]


def test_a_task_is_split_where_its_lines_are_broken(page: Page) -> None:
    first, second = task(page, "task-1").text.split(". ", 1)
    told = page.decide("split", "task-1", parts=[first + ".", "", second])
    assert [each.text for each in page.document.tasks[:2]] == [first + ".", second]
    assert told["order"]["task"][:2] == ["task-1", "task-r2"]


@pytest.mark.parametrize(
    ("parts", "why"),
    [
        (["Chủ trì"], "at least two parts"),
        (["Chủ trì,", "phối hợp với Sở"], "must have all words"),
        (["Chủ tọa, phối hợp", "với Sở Y tế"], "do not change its words"),
    ],
)
def test_a_split_that_loses_or_changes_words_is_refused(page: Page, parts: list[str], why: str) -> None:
    page.client.cookies.set("kehoach_language", "en")
    answer = page.ask("split", "task-1", parts=parts)
    assert (answer.status_code, why in answer.json()["message"]) == (422, True)
    assert page.log.read().version == 0


def test_tasks_are_merged_in_the_order_of_the_text(page: Page) -> None:
    near = page.client.get(f"/values/task-2/{NAME}").json()["near"]
    assert [(each["key"], each["next"]) for each in near] == [("task-1", False), ("task-3", True), ("task-4", False)]
    told = page.decide("merge", "task-2", "task-1")
    assert [each.id for each in page.document.tasks] == ["task-1", "task-3", "task-4"]
    assert told["gone"] == ["task-2"]


def test_a_comment_is_kept_with_its_record(page: Page) -> None:
    told = page.decide("comment", "task-1", comment="Hỏi lại Sở Y tế")
    assert "Hỏi lại Sở Y tế" in told["cards"]["task-1"][1]
    assert told["decided"] == 0


def test_many_are_accepted_at_once_and_undone_at_once(page: Page) -> None:
    told = page.decide("accept", "task-1", "task-2", "task-4")
    assert (told["version"], told["decided"]) == (3, 3)
    assert len({each.batch for each in page.log.read().decisions}) == 1
    assert page.decide("undo")["decided"] == 0
    assert page.decide("redo")["decided"] == 3
    assert page.decide("undo")["version"] == 12


def test_undo_takes_back_ones_own_last_decision_alone(page: Page, tmp_path: Path) -> None:
    page.decide("reject", "task-1")
    other = Page(tmp_path, reviewer="Bình")
    other.decide("reject", "task-2")
    page.load()
    page.decide("undo")
    assert [each.id for each in page.document.tasks] == ["task-1", "task-3", "task-4"]
    assert page.ask("undo").status_code == 422
    assert page.decide("redo")["saved"]


def test_two_windows_do_not_overwrite_each_other(page: Page, tmp_path: Path) -> None:
    other = Page(tmp_path, reviewer="Bình")
    page.decide("accept", "task-1")
    answer = other.ask("reject", "task-1")
    assert answer.status_code == 409
    assert answer.json()["meanwhile"] == ["An: accept task-1"]
    assert page.log.read().version == 1
    other.load()
    other.decide("reject", "task-1")
    assert [each.by for each in page.log.read().decisions] == ["An", "Bình"]


def test_a_page_of_another_reading_must_be_loaded_again(page: Page) -> None:
    target = page.out / "documents" / NAME
    target.write_bytes(encode(changed_plan(("2. Sở Tài chính", "2. Sở Xây dựng"))))
    assert page.ask("accept", "task-1").status_code == 409
    assert page.log.read().version == 0


def test_a_decision_sent_again_is_written_once(page: Page) -> None:
    own = {"id": str(uuid4()), "version": 0}
    assert page.decide("accept", "task-1", **own)["version"] == 1
    assert page.decide("accept", "task-1", **own)["version"] == 1
    assert page.log.read().version == 1


@pytest.mark.parametrize(
    ("action", "records", "more"),
    [
        ("accept", [], {}),
        ("accept", ["task-99"], {}),
        ("edit", ["task-1"], {"changes": {}}),
        ("edit", ["task-1"], {"changes": {"text": "khác"}}),
        ("edit", ["task-1"], {"changes": {"leads": "Sở Y tế"}}),
        ("edit", ["task-1"], {"changes": {"span": [5, 5]}}),
        ("edit", ["task-1"], {"changes": {"span": [0, 10_000_000]}}),
        ("edit", ["task-1"], {"changes": {"span": ["a", "b"]}}),
        ("edit", ["task-1"], {"changes": {"section": ["XX"]}}),
        ("edit", ["task-1", "task-2"], {"changes": {"condition": "x"}}),
        ("edit", ["metadata"], {"changes": {"issued_on": "hôm qua"}}),
        ("add", [], {}),
        ("add", [], {"span": [-1, 5]}),
        ("add", [], {"span": [0, 5], "changes": {"color": "red"}}),
        ("split", ["target-1"], {"parts": ["a", "b"]}),
        ("merge", ["task-1"], {}),
        ("merge", ["task-1", "target-1"], {}),
        ("undo", [], {}),
        ("redo", [], {}),
        ("comment", ["task-1"], {}),
        ("fly", ["task-1"], {}),
    ],
)
def test_what_makes_no_sense_is_refused_in_words_and_not_written(
    page: Page, action: str, records: list[str], more: dict[str, Any]
) -> None:
    answer = page.ask(action, *records, **more)
    assert (answer.status_code, bool(answer.json()["message"])) == (422, True)
    assert page.log.read().version == 0


def test_agencies_are_found_without_diacritics_those_of_the_document_first(page: Page) -> None:
    found = page.client.get(f"/agencies/{NAME}", params={"q": "tai chinh"}).json()
    assert found[0] == {"id": "vn.thai-binh.so-tai-chinh", "name": "Sở Tài chính tỉnh Thái Bình"}
    assert {"id": "vn.bo-tai-chinh", "name": "Bộ Tài chính"} in found
    unknown = page.client.get(f"/agencies/{NAME}", params={"q": "Câu lạc bộ Bơi"}).json()
    assert [each["name"] for each in unknown] == ["Câu lạc bộ Bơi"]


def test_the_log_of_a_document_says_what_was_done_and_undone(page: Page) -> None:
    page.decide("accept", "task-1")
    page.decide("undo")
    told = " ".join(page.client.get(f"/history/{NAME}").text.split())
    assert "hoàn tác duyệt task-1" in told
    assert "<i>đã hoàn tác</i>" in told
