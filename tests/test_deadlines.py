"""Deadlines: tables of cases, oracles for the machine-readable fields, and what must hold on any text."""

from __future__ import annotations

from datetime import date

import pytest
from dateutil.rrule import rrulestr
from edtf import parse_edtf
from hypothesis import given, settings
from hypothesis import strategies as st

from extractors.deadlines import find_deadlines, read_deadline_cell, read_year_bracket
from schemas import Deadline
from tests.case_table import Case, parametrize, read_cases
from tests.growth import assert_linear


def _context(case: Case) -> dict[str, date | int | None]:
    issued, plan_year = case.context.get("issued"), case.context.get("plan_year")
    return {
        "issued": date.fromisoformat(issued) if issued else None,
        "plan_year": int(plan_year) if plan_year else None,
    }


def _normal_forms(deadlines: list[Deadline]) -> tuple[str, ...]:
    return tuple(str(deadline) for deadline in deadlines)


@parametrize("deadlines")
def test_running_text(case: Case) -> None:
    assert _normal_forms(find_deadlines(case.text, **_context(case))) == case.expected


@parametrize("deadline_cells")
def test_cell(case: Case) -> None:
    assert _normal_forms(read_deadline_cell(case.text, **_context(case))) == case.expected


@parametrize("year_brackets")
def test_bracket(case: Case) -> None:
    assert _normal_forms(read_year_bracket(case.text)) == case.expected


# --- fields ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "surface"),
    [
        ("Hoàn thành trong Quý II/2016.", "trong Quý II/2016"),
        ("Thực hiện hoàn thành trước ngày 01/01/2017.", "trước ngày 01/01/2017"),
        ("Thực hiện sau khi có hướng dẫn của Bộ Nội vụ.", "sau khi có hướng dẫn của Bộ Nội vụ"),
        ("gửi chậm nhất là 12 ngày sau khi nhận biểu mẫu", "chậm nhất là 12 ngày sau khi nhận biểu mẫu"),
        ("báo cáo hằng năm (trước ngày 15/11) về sở", "hằng năm (trước ngày 15/11)"),
        ("tháng một lần (vào tháng 01 và tháng 7 hàng năm).", "vào tháng 01 và tháng 7 hàng năm"),
        ("thực hiện thường xuyên hằng năm", "thường xuyên hằng năm"),
    ],
)
def test_surface_begins_at_the_preposition(text: str, surface: str) -> None:
    (deadline,) = find_deadlines(text)
    assert deadline.surface == surface == text[slice(*deadline.span)]


def test_two_days_of_a_year_share_their_surface() -> None:
    june, november = find_deadlines("định kỳ trước ngày 01/6 và 15/11 hằng năm báo cáo")
    assert june.span == november.span
    assert june.recurrence != november.recurrence


def test_working_days_stay_working_days() -> None:
    (deadline,) = find_deadlines("trong thời hạn 05 ngày làm việc kể từ ngày ký", issued=date(2026, 1, 15))
    assert deadline.offset == "P5D"
    assert deadline.working_days
    assert deadline.due is None


@pytest.mark.parametrize(
    ("text", "due"),
    [
        ("trong vòng 30 ngày kể từ ngày ký Kế hoạch này", date(2026, 2, 14)),
        ("sau 03 tháng kể từ ngày ban hành", date(2026, 4, 15)),
        ("trong thời hạn 10 ngày kể từ ngày 01/7/2026", date(2026, 7, 11)),
        ("trong vòng 30 ngày kể từ ngày nhận hồ sơ", None),
        ("trước ngày 01/01/2027", date(2026, 12, 31)),
        ("từ ngày 01/01/2027", None),
    ],
)
def test_due_day(text: str, due: date | None) -> None:
    (deadline,) = find_deadlines(text, issued=date(2026, 1, 15))
    assert deadline.due == due


@pytest.mark.parametrize(
    ("text", "edtf"),
    [
        ("trước ngày 01/01/2017", "../2016-12-31"),
        ("trong năm 2017", "2017"),
        ("trong tháng 3/2017", "2017-03"),
        ("trong Quý II/2016", "2016-04-01/2016-06-30"),
        ("trong giai đoạn 2016-2020", "2016/2020"),
        ("từ ngày 01/7/2016", "2016-07-01/.."),
        ("vào ngày 20/11/2016", "2016-11-20"),
        ("hằng năm", None),
        ("trước ngày 15/12", None),
    ],
)
def test_edtf(text: str, edtf: str | None) -> None:
    assert [deadline.edtf for deadline in find_deadlines(text)] == [edtf]


def _all_found() -> list[Deadline]:
    found = [d for case in read_cases("deadlines") for d in find_deadlines(case.text, **_context(case))]
    return found + [d for case in read_cases("deadline_cells") for d in read_deadline_cell(case.text, **_context(case))]


def test_every_edtf_value_parses() -> None:
    values = [deadline.edtf for deadline in _all_found() if deadline.edtf]
    assert values
    for value in values:
        assert str(parse_edtf(value)) == value


def test_every_recurrence_parses() -> None:
    rules = {deadline.recurrence for deadline in _all_found() if deadline.recurrence}
    assert rules
    for rule in rules:
        assert rrulestr(rule, dtstart=date(2026, 1, 1))[0]


def test_every_kind_and_its_fields() -> None:
    for deadline in _all_found():
        assert deadline.rule
        assert (deadline.offset is not None) == (deadline.kind == "relative")
        assert deadline.kind == "recurring" or deadline.recurrence is None
        assert deadline.kind != "conditional" or deadline.anchor
        assert deadline.kind != "by" or deadline.start is None
        assert deadline.kind != "from" or deadline.end is None


# --- any text -------------------------------------------------------------------------------------------------------

WORDS = """
    trước ngày quý III II/2026 tháng 12 năm 2026 2030 - đến hết từ nay 15/6 30/6/2026 hằng hàng thường xuyên định kỳ 6
    sau khi có hướng dẫn được trong vòng 5 làm việc kể ( ) , . ; : | và một lần lần/năm giai đoạn các tiếp theo chậm
    nhất là cuối đầu 31/4/2026 29/02/2025 0h00 Kế hoạch Thời gian thực hiện: cùng thời gửi
"""


@settings(max_examples=300, deadline=None)
@given(st.lists(st.sampled_from([*WORDS.split(), "\n"]) | st.text(max_size=4), max_size=40), st.dates(), st.booleans())
def test_spans_lead_back_in_any_text(words: list[str], issued: date, dated: bool) -> None:
    text = " ".join(words)
    found = find_deadlines(text, issued=issued if dated else None, plan_year=2026 if dated else None)
    previous = (0, 0)
    for deadline in found:
        start, end = deadline.span
        assert text[start:end] == deadline.surface != ""
        assert "\n" not in deadline.surface
        assert (start, end) == previous or start >= previous[1]
        assert deadline.anchor is None or deadline.anchor in deadline.surface
        previous = (start, end)
    assert all(text[slice(*d.span)] == d.surface for d in read_deadline_cell(text) + read_year_bracket(text))


@pytest.mark.parametrize(
    "unit",
    [
        "trước ngày 15/6 và ",
        "định kỳ ",
        "từ năm 2026 đến ",
        "sau khi có hướng dẫn, ",
        "5 ngày kể từ ngày ",
        "(2026",
        "quý I, ",
        "hằng năm, trước ngày 1/1 ",
        "tháng 1, 2, ",
        "thường xuyên, ",
        "báo cáo 6 tháng trước ngày 1/2, ",
        "phù hợp với mục tiêu giảm khói vào năm 2040 ",
        "(hồ sơ đã nộp trước ngày 1/2/2030 ",
        "định kỳ tổng kết 4 năm, 8 năm, ",
    ],
)
def test_time_grows_with_the_text(unit: str) -> None:
    def work(text: str) -> None:
        find_deadlines(text)
        read_deadline_cell(text)
        read_year_bracket(text)

    assert_linear(work, unit, times=1000)
