"""Press articles: promises and assignments, one a clause."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.press import find_assignments, find_promises
from schemas import Deadline, Span
from tests.case_table import Case, parametrize
from tests.growth import assert_linear

PIECES = [
    "UBND tỉnh giao ",
    "Sở Y tế ",
    "chủ trì",
    "; ",
    ". ",
    "\n",
    "- ",
    "90% hộ",
    "đặt mục tiêu ",
    "Trong đó, ",
    "và ",
    ": ",
]


def deadline(text: str, surface: str, start: date | None, end: date) -> Deadline:
    at = text.index(surface)
    kind = "during" if start else "by"
    return Deadline.model_validate(
        {"span": Span(at, at + len(surface)), "surface": surface, "kind": kind, "start": start, "end": end}
    )


@parametrize("press_promises")
def test_promises(case: Case) -> None:
    found = tuple(case.text[p.span.start : p.span.end] for p in find_promises(case.text))
    assert found == case.expected


@parametrize("press_assignments")
def test_assignments(case: Case) -> None:
    found = tuple("^" * a.inherits_lead + case.text[a.span.start : a.span.end] for a in find_assignments(case.text))
    assert found == case.expected


def test_a_date_holds_for_its_sentence_and_through_trong_do() -> None:
    text = (
        "Kế hoạch đề ra các mục tiêu lớn.\n"
        "Cụ thể, giai đoạn 2026 - 2030, tỉnh tập trung cải cách hành chính. "
        "Trong đó, bảo đảm 90% hồ sơ đúng hạn; 80% hồ sơ trực tuyến. "
        "Phấn đấu đến năm 2027, có 12 bến xe; 100% xã có chợ. 70% thôn có nhà văn hóa."
    )
    years = deadline(text, "giai đoạn 2026 - 2030", date(2026, 1, 1), date(2030, 12, 31))
    year = deadline(text, "đến năm 2027", None, date(2027, 12, 31))
    found = find_promises(text, deadlines=[years, year])
    periods = [p.period for p in found]
    assert [text[p.span.start : p.span.end] for p in found][1:3] == [
        "bảo đảm 90% hồ sơ đúng hạn",
        "80% hồ sơ trực tuyến",
    ]
    assert periods == [years, years, years, year, year, None]


def test_lists_below_a_lead_in() -> None:
    text = "UBND tỉnh giao:\n- Sở Công Thương chủ trì; tổng hợp báo cáo.\n- UBND các huyện xây dựng kế hoạch."
    found = [(a.inherits_lead, text[a.span.start : a.span.end]) for a in find_assignments(text)]
    assert found == [
        (False, "Sở Công Thương chủ trì"),
        (True, "tổng hợp báo cáo"),
        (False, "UBND các huyện xây dựng kế hoạch"),
    ]


@given(st.lists(st.sampled_from(PIECES) | st.text(max_size=6), max_size=30).map("".join))
def test_clauses_stand_in_order_and_do_not_overlap(text: str) -> None:
    for spans in ([p.span for p in find_promises(text)], [a.span for a in find_assignments(text)]):
        edges = [edge for span in spans for edge in span]
        assert edges == sorted(edges)
        assert all(0 <= edge <= len(text) for edge in edges)


@pytest.mark.parametrize("unit", [*PIECES, "....", "::: ", "90% hộ và ", "đặt mục tiêu 90% hộ; ", "Sở Y tế chủ trì; "])
def test_time_grows_with_the_length_only(unit: str) -> None:
    assert_linear(lambda text: (find_promises(text), find_assignments(text)), unit, times=2_000)
