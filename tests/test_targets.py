"""Measures, their periods, indicators, promises outside goals sections, and tables of targets."""

from __future__ import annotations

import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.targets import find_indicator, find_measures, is_measured_promise, read_target_table
from extractors.targets.cells import read_cell
from extractors.targets.figures import parse_number
from extractors.targets.phrases import FigureWord, figure_words, new_things, roles_after, roles_before
from schemas import Deadline, DeadlineKind, Span
from tests.case_table import Case, parametrize
from tests.growth import assert_linear

MARK = re.compile(r"\{(?P<surface>[^{}]*?) => (?P<value>[^{}]*)\}")
BY_YEAR = re.compile(r"(?i)đến hết năm (\d{4})")
WORDS = [
    "tối thiểu",
    "từ",
    "đến",
    "30%",
    "12 xã",
    "1/11",
    "mức độ 3",
    "(",
    ")",
    ";",
    ". ",
    "năm 2026",
    "trở lên",
    "lên",
]


def deadline(start: str, end: str, span: Span, surface: str) -> Deadline:
    first, last = (None if day in {"..", ""} else date.fromisoformat(day) for day in (start, end))
    kind: DeadlineKind = "recurring" if not first and not last else "from" if not last else "during" if first else "by"
    return Deadline(span=span, surface=surface, kind=kind, start=first, end=last)


def marked(text: str) -> tuple[str, list[Deadline]]:
    """The text without its `{surface => start/end}` marks, and the deadlines that they stand for."""
    plain, deadlines, position = "", [], 0
    for match in MARK.finditer(text):
        plain += text[position : match.start()]
        start, _, end = match["value"].partition("/") if "/" in match["value"] else ("", "", "")
        span = Span(len(plain), len(plain) + len(match["surface"]))
        deadlines.append(deadline(start, end, span, match["surface"]))
        plain += match["surface"]
        position = match.end()
    return plain + text[position:], deadlines


def by_years(text: str) -> list[Deadline]:
    return [deadline("..", f"{m[1]}-12-31", Span(*m.span()), m[0]) for m in BY_YEAR.finditer(text)]


@parametrize("measures")
def test_measures(case: Case) -> None:
    assert tuple(str(m) for m in find_measures(case.text)) == case.expected


@parametrize("periods")
def test_each_measure_takes_its_own_deadline(case: Case) -> None:
    text, deadlines = marked(case.text)
    period = None
    if "period" in case.context:
        period = deadline(*case.context["period"].split("/"), Span(0, 0), "")
    assert tuple(str(m) for m in find_measures(text, deadlines=deadlines, period=period)) == case.expected


@parametrize("indicators")
def test_indicators(case: Case) -> None:
    deadlines = by_years(case.text)
    measures = find_measures(case.text, deadlines=deadlines)
    assert find_indicator(case.text, measures, deadlines) == (case.expected[0] if case.expected else None)


@parametrize("promises")
def test_promises_outside_goals(case: Case) -> None:
    deadlines = by_years(case.text)
    measures = find_measures(case.text, deadlines=deadlines)
    assert is_measured_promise(case.text, measures, deadlines) == bool(case.expected)


@pytest.mark.parametrize("row", figure_words(), ids=lambda row: f"{row.role} {row.phrase}")
def test_each_word_beside_a_figure_has_an_example(row: FigureWord) -> None:
    assert row.phrase in row.example.lower()
    if row.role == "new":
        assert [str(measure) for measure in find_measures(row.example)] == ["= 30 %"]
        return
    roles = roles_before() if tuple(row.phrase.split()) in roles_before() else roles_after()
    assert row.role in {roles[tuple(row.phrase.split())], roles_after().get(tuple(row.phrase.split()))}


@pytest.mark.parametrize("thing", [row.phrase for row in figure_words() if row.role == "thing"])
def test_a_compound_stays_whole_though_its_words_end_units_elsewhere(thing: str) -> None:
    (measure,) = find_measures(f"lắp đặt 12 {thing} tại xã")
    assert measure.unit is not None
    assert measure.unit.startswith(thing)


def test_no_word_has_two_meanings_on_one_side() -> None:
    before = [row.phrase for row in figure_words() if row.role in set(roles_before().values())]
    after = [row.phrase for row in figure_words() if row.role in set(roles_after().values())]
    assert len(before) == len(set(before))
    assert len(after) == len(set(after))
    assert len(before) + len(after) + len(new_things()) == len(figure_words())


@pytest.mark.parametrize(
    ("cell", "unit", "expected"),
    [
        ("15%", None, ["= 15 %"]),
        ("0", None, ["= 0"]),
        ("0%", None, ["= 0 %"]),
        ("3/11", None, ["= 3/11"]),
        ("1.250", "hộ", ["= 1250 hộ"]),
        ("≥ 55", "%", [">= 55 %"]),
        (">95", "%", [">= 95 %"]),
        ("30 - 40", "%", ["= 30-40 %"]),
        ("12 xã", None, ["= 12 xã"]),
        ("Đạt 80%", None, ["= 80 %"]),
        ("Trên 90%", None, [">= 90 %"]),
        ("≤ 3 ASEAN; ≤ 50 thế giới", "Thứ bậc", ["<= 3 ASEAN", "<= 50 thế giới"]),
        ("", "%", []),
        ("-", "%", []),
        ("x", "%", []),
        ("Tăng dần", "%", []),
        ("2026", None, []),
        ("15/12/2026", None, []),
    ],
)
def test_cells(cell: str, unit: str | None, expected: list[str]) -> None:
    assert [str(m) for m in read_cell(cell, unit=unit)] == expected


def test_year_columns_give_the_year_and_group_rows_no_target() -> None:
    found = read_target_table(
        ["STT", "Chỉ tiêu", "2026", "2027"],
        [
            ["Hạ tầng", "", "", ""],
            ["1", "Tỷ lệ xã có chợ", "40%", "60%"],
            ["2", "Số cán bộ chuyên trách", "0", ""],
            ["Nhân lực"] * 4,
        ],
        caption=None,
    )
    assert found is not None
    assert [(t.row, t.column, t.text, [(c, str(m)) for c, m in t.measures]) for t in found] == [
        (1, 1, "Tỷ lệ xã có chợ", [(2, "= 40 % 2026-01-01/2026-12-31"), (3, "= 60 % 2027-01-01/2027-12-31")]),
        (2, 1, "Số cán bộ chuyên trách", [(2, "= 0 2026-01-01/2026-12-31")]),
    ]


def test_unit_column_and_group_row_with_a_year() -> None:
    found = read_target_table(
        ["TT", "Chỉ tiêu", "Đơn vị tính", "Kết quả", "Cơ quan theo dõi"],
        [
            ["I", "Đến năm 2030", "", "", ""],
            ["1", "Quy mô kinh tế số", "% GRDP", "≥ 30", "Sở Tài chính"],
            ["2", "Trình độ công nghệ", "Thứ bậc", "Nhóm dẫn đầu", "Sở Công Thương"],
        ],
        caption=None,
    )
    assert found is not None
    assert [(t.text, [str(m) for _, m in t.measures]) for t in found] == [
        ("Quy mô kinh tế số", [">= 30 % GRDP ../2030-12-31"]),
        ("Trình độ công nghệ", []),
    ]


def test_what_was_achieved_is_no_target() -> None:
    found = read_target_table(
        ["TT", "Nội dung", "ĐVT", "Thực hiện năm 2025", "Kế hoạch năm 2026"],
        [["1", "Diện tích lúa", "ha", "1.100", "1.200"], ["2", "Sản lượng", "tấn", "5.000", "5.400"]],
        caption="Các chỉ tiêu chủ yếu",
    )
    assert found is not None
    assert [str(m) for t in found for _, m in t.measures] == [
        "= 1200 ha 2026-01-01/2026-12-31",
        "= 5400 tấn 2026-01-01/2026-12-31",
    ]


def test_figures_in_the_indicator_itself() -> None:
    found = read_target_table(
        ["TT", "Chỉ tiêu", "Chủ trì"],
        [
            ["I. Kinh tế số", "", ""],
            ["1", "Tỷ lệ doanh nghiệp dùng chữ ký số đạt tối thiểu 40%", "Sở Công Thương"],
            ["2", "Kinh tế số chiếm 30% GRDP", "Sở Tài chính"],
        ],
        caption=None,
    )
    assert found is not None
    assert [(t.indicator, [str(m) for _, m in t.measures]) for t in found] == [
        ("Tỷ lệ doanh nghiệp dùng chữ ký số", [">= 40 %"]),
        ("Kinh tế số", ["= 30 %"]),
    ]


@pytest.mark.parametrize(
    ("header", "rows"),
    [
        (["TT", "Nội dung", "2026", "2027", "Tổng"], [["1", "Tập huấn", "200", "300", "500"]]),
        (["TT", "Nhiệm vụ", "Chủ trì", "Thời gian"], [["1", "Xây dựng 5 mô hình", "Sở Y tế", "2026"]]),
        (["TT", "Mục tiêu hoạt động", "Mã ngành"], [["1", "Kinh doanh kho bãi", "5210"]]),
        (["TT", "Chỉ tiêu", "Số lượng"], [["1", "Số lao động", ""]]),
        (["TT", "Chỉ tiêu", "Số lượng", "Đơn giá (đồng)"], [["1", "Mẫu nước", "18", "1.200.000"]]),
        (["TT", "Nội dung nhiệm vụ", "Chỉ tiêu đạt được", "Thời hạn"], [["1", "Rà soát", "100% thủ tục", "2026"]]),
        ([], []),
    ],
)
def test_other_tables_are_left_alone(header: list[str], rows: list[list[str]]) -> None:
    assert read_target_table(header, rows, caption=None) is None


@given(st.lists(st.sampled_from(WORDS) | st.text(max_size=5), max_size=25).map(" ".join))
def test_spans_lead_back_to_the_text(text: str) -> None:
    for measure in find_measures(text, deadlines=by_years(text)):
        assert measure.span is not None
        assert text[measure.span.start : measure.span.end] == measure.raw
        assert measure.value >= 0 or set(measure.raw) & set("-−–")
    assert find_indicator(text, find_measures(text), ()) != ""


@given(st.lists(st.lists(st.text(max_size=12), min_size=3, max_size=3), max_size=4))
def test_any_table_can_be_read(rows: list[list[str]]) -> None:
    for target in read_target_table(["Chỉ tiêu", "2026", "ĐVT"], rows, caption=None) or ():
        assert rows[target.row][target.column].strip() == target.text


@given(st.integers(0, 10**9))
def test_grouped_numbers_keep_their_value(number: int) -> None:
    assert parse_number(f"{number:,}".replace(",", ".")) == number


@pytest.mark.parametrize(
    "unit",
    [
        "từ 5 xã ",
        "(",
        "1.111",
        "100% hộ có 1 Gb/s ",
        "ít nhất một xã, ",
        "mức độ 3, 4, ",
        "x" * 9 + " 12 ",
        "5/11/",
        "đạt đạt ",
    ],
)
def test_time_grows_with_the_length_only(unit: str) -> None:
    assert_linear(lambda text: find_indicator(text, find_measures(text), ()), unit, times=2_000)
