"""The rows of one document, and the types of their columns."""

from __future__ import annotations

from datetime import date
from typing import Any

import polars as pl
import pytest

from pipeline.dataset.agencies import aggregate
from pipeline.dataset.frames import frame_of, schema_of
from pipeline.dataset.records import rows_of
from pipeline.dataset.rows import TABLES
from tests.dataset_texts import a_plan, a_task


def rows(**changes: object) -> dict[str, list[Any]]:
    return dict(rows_of(a_plan(**changes), result="a/ke-hoach-1.json", reviewed=False))


def test_every_table_but_agencies_has_its_rows_in_the_order_of_its_columns() -> None:
    found = rows()
    assert {*found} == {*TABLES} - {"agencies"}
    for table, values in found.items():
        frame = frame_of(table, values)
        assert frame.schema == schema_of(table)
        assert len(frame) == len(values)


def test_a_document_says_what_it_holds() -> None:
    (document,) = rows()["documents"]
    assert (document.number, document.year, document.result) == ("12/KH-UBND", 2016, "a/ke-hoach-1.json")
    assert (document.province, document.province_now, document.issuer_level) == ("quang-nam", "da-nang", "province")
    assert (document.tasks, document.budgets, document.failed_checks, document.lowest_confidence) == (1, 1, 1, 0.9)


def test_a_task_carries_its_people_its_last_day_and_its_place() -> None:
    (task,) = rows()["tasks"]
    assert (task.due_on, task.recurrence, task.section_path) == (date(2016, 6, 30), "FREQ=YEARLY", ["II"])
    assert (task.source_line, task.source_page) == (7, None)
    assert task.leads == ["Sở Y tế tỉnh Quảng Nam"]
    assert task.words is None


def test_agencies_of_a_task_lead_to_who_does_the_work_today() -> None:
    found = [(row.role, row.position, row.agency_now_id) for row in rows()["task_agencies"]]
    assert found == [
        ("lead", 1, "vn.da-nang.so-y-te"),
        ("partner", 1, "vn.da-nang.so-khoa-hoc-va-cong-nghe"),
        ("partner", 2, "vn.da-nang.uy-ban-nhan-dan-cac-xa"),
    ]


def test_targets_are_segmented_where_the_tasks_were() -> None:
    assert rows()["targets"][0].words is None
    segmented = rows(tasks=(a_task("Triển khai chữ ký số", search_text="triển_khai chữ_ký số"),))
    assert segmented["targets"][0].words is not None
    assert "dịch_vụ" in segmented["targets"][0].words


def test_money_dates_and_lists_keep_their_types() -> None:
    found = rows()
    lines = frame_of("budget_lines", found["budget_lines"])
    assert lines["amount_vnd"].to_list()[0] == 5_000_000_000_000
    assert lines["year"].to_list() == [2016, None, 2016]
    assert frame_of("deadlines", found["deadlines"])["due"].dtype == pl.Date
    assert frame_of("tables", []).schema["cells"] == pl.List(pl.List(pl.String))


def test_a_value_of_another_type_is_an_error() -> None:
    (line, *_) = rows()["budget_lines"]
    with pytest.raises(TypeError):
        frame_of("budget_lines", [line._replace(amount_vnd="5.000")])


def test_agencies_take_their_most_frequent_name() -> None:
    mentions = pl.LazyFrame(
        {
            "agency_id": ["vn.bo-y-te"] * 3 + ["vn.quang-nam.so-noi-vu"],
            "name": ["Bộ Y tế", "Bộ Y Tế", "Bộ Y tế", "Sở Nội vụ tỉnh Quảng Nam"],
            "level": ["central"] * 3 + ["province"],
            "collective": [False] * 4,
        }
    )
    ministry, department = aggregate(mentions)
    assert (ministry.name, ministry.known, ministry.valid_to, ministry.name_now) == ("Bộ Y tế", True, None, "Bộ Y tế")
    assert (department.valid_to, department.agency_now_id) == (date(2025, 6, 30), "vn.da-nang.so-noi-vu")
    assert department.name_now == "Sở Nội vụ thành phố Đà Nẵng"
