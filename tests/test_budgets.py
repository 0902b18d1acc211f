"""Funding statements in running text, and budget tables with the sums that they imply."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.budgets import BudgetTable, find_funding_statements, read_budget_table
from schemas import Budget
from tests.case_table import Case, parametrize
from tests.growth import assert_linear


@parametrize("funding")
def test_funding(case: Case) -> None:
    assert tuple(brief(budget) for budget in find_funding_statements(case.text.replace("\\n", "\n"))) == case.expected


def brief(budget: Budget) -> str:
    """`label = đồng`, `part` for what is not a whole, and what the figure's words or its parts say."""
    (line,) = budget.lines
    parts = [f"{line.label} = {line.amount_vnd}"]
    if not line.is_total:
        parts.append("part")
    kinds = {"figure_in_words": "words", "column_sum": "sum"}
    parts += [f"{kinds[check.relation]} {'ok' if check.ok else check.expected}" for check in budget.checks]
    return " ".join(parts)


def table(text: str, *, unit: str | None = "triệu đồng", caption: str | None = None) -> BudgetTable | None:
    """A table written with `|`; its first row is the header."""
    header, *rows = [[cell.strip() for cell in row.split("|")] for row in text.strip().splitlines()]
    return read_budget_table(header, rows, unit=unit, caption=caption)


def lines_of(read: BudgetTable | None) -> list[tuple[str, str | None, int]]:
    assert read is not None
    return [(line.label, line.period, line.amount_vnd // 10**6) for _, _, line in read.lines]


def totals_of(read: BudgetTable | None) -> set[str]:
    assert read is not None
    return {line.label for _, _, line in read.lines if line.is_total}


def checks_of(read: BudgetTable | None) -> list[str]:
    assert read is not None
    return [f"{c.relation} {c.label} {c.period} {'ok' if c.ok else f'{c.expected} {c.found}'}" for c in read.checks]


def test_years_and_a_total_column() -> None:
    read = table("""
        Nguồn vốn | 2026 | 2027 | Tổng cộng
        Ngân sách tỉnh | 300 | 450,5 | 750,5
        Xã hội hóa | 0 | - | 0
        Tổng kinh phí | 300 | 450,5 | 750,5""")
    assert lines_of(read)[:3] == [
        ("Ngân sách tỉnh", "2026", 300),
        ("Ngân sách tỉnh", "2027", 450),
        ("Ngân sách tỉnh", "Tổng cộng", 750),
    ]
    assert [line for line in lines_of(read) if line[0] == "Xã hội hóa"] == [
        ("Xã hội hóa", "2026", 0),
        ("Xã hội hóa", "Tổng cộng", 0),
    ]
    assert totals_of(read) == {"Ngân sách tỉnh", "Xã hội hóa", "Tổng kinh phí"}
    assert len(checks_of(read)) == 6
    assert all(check.endswith("ok") for check in checks_of(read))


GROUPED = """
    TT | Danh mục dự án | Kế hoạch vốn năm 2026 | Ghi chú
     | TỔNG SỐ | 9.000 |
    I | SỞ Y TẾ | 5.000 |
    1 | Trạm y tế phường An Hòa | 3.000 |
    2 | Trạm y tế xã Bình Phú | 2.000 | 2026
    II | SỞ XÂY DỰNG | {second} |
    1 | Đường vào khu tái định cư | 4.000 |
"""


def test_groups_are_totals_and_are_checked_against_their_rows() -> None:
    read = table(GROUPED.format(second="4.000"))
    assert totals_of(read) == {"TỔNG SỐ", "SỞ Y TẾ", "SỞ XÂY DỰNG"}
    assert {period for _, period, _ in lines_of(read)} == {"2026"}
    assert checks_of(read) == [
        "column_sum TỔNG SỐ 2026 ok",
        "column_sum SỞ Y TẾ 2026 ok",
        "column_sum SỞ XÂY DỰNG 2026 ok",
    ]


def test_a_wrong_sum_is_told() -> None:
    read = table(GROUPED.format(second="4.500"))
    assert checks_of(read) == [
        "column_sum TỔNG SỐ 2026 9500000000 9000000000",
        "column_sum SỞ Y TẾ 2026 ok",
        "column_sum SỞ XÂY DỰNG 2026 4000000000 4500000000",
    ]


def test_only_amounts_of_the_budget_are_lines() -> None:
    read = table(
        """
        STT | Nội dung | Số lượng | Đơn giá (đồng) | Thành tiền (đồng) | Ghi chú
        A | B | 1 | 2 | 3=1x2 | 4
        1 | Thuê hội trường | 2 | 3.000.000 | 6.000.000 |
        2 | In tài liệu | 400 | 25.000 | 10.000.000 | 05 mẫu
         | Cộng | | | 16.000.000 | """,
        unit=None,
    )
    assert read is not None
    assert (read.unit, read.multiplier) == ("đồng", 1)
    assert lines_of(read) == [("Thuê hội trường", None, 6), ("In tài liệu", None, 10), ("Cộng", None, 16)]
    assert checks_of(read) == ["column_sum Cộng None ok"]


def test_heads_of_two_levels() -> None:
    read = table("""
        TT | Dự án | Tổng mức đầu tư | Kế hoạch 2026 Tổng số | Kế hoạch 2026 NSTW | Kế hoạch 2026 NSĐP
        1 | Hồ chứa Suối Vàng | 90 | 30 | 20 | 10
        2 | Kè sông Lam | 80 | 25 | 20 | 6""")
    periods = [period for label, period, _ in lines_of(read) if label == "Kè sông Lam"]
    assert periods == [
        "Tổng mức đầu tư",
        "Kế hoạch 2026 Tổng số",
        "Kế hoạch 2026 NSTW",
        "Kế hoạch 2026 NSĐP",
    ]
    assert checks_of(read) == [
        "row_sum Hồ chứa Suối Vàng Kế hoạch 2026 Tổng số ok",
        "row_sum Kè sông Lam Kế hoạch 2026 Tổng số 26000000 25000000",
    ]


def test_an_estimate_has_a_unit_for_each_row() -> None:
    read = table(
        """
        TT | Nội dung chi | Đơn vị tính | Số lượng | Đơn giá | Thành tiền (đồng)
        1 | Nước uống | người | 60 | 40.000 | 2.400.000
        2 | Báo cáo viên | buổi | 4 | 1.000.000 | 4.000.000""",
        unit=None,
    )
    assert lines_of(read) == [("Nước uống", None, 2), ("Báo cáo viên", None, 4)]


def test_rows_that_are_years() -> None:
    read = table("TT | Năm | Kinh phí\n1 | 2026 | 30\n2 | 2027-2028 | 50\n | Tổng cộng | 80")
    assert lines_of(read) == [("2026", None, 30), ("2027-2028", None, 50), ("Tổng cộng", None, 80)]
    assert checks_of(read) == ["column_sum Tổng cộng None ok"]


def test_the_unit_may_stand_in_the_common_head() -> None:
    read = table(
        """
        TT | Nhiệm vụ | Kinh phí (triệu đồng) Tổng số | Kinh phí (triệu đồng) NSTW | Kinh phí (triệu đồng) NSĐP
        1 | Khảo sát | 30 | 20 | 10""",
        unit=None,
    )
    assert lines_of(read)[0] == ("Khảo sát", "Kinh phí Tổng số", 30)
    assert checks_of(read) == ["row_sum Khảo sát Kinh phí Tổng số ok"]


def test_what_was_planned_and_what_was_spent_are_both_read() -> None:
    read = table("""
        STT | Nội dung | Dự toán năm 2025 | Đánh giá thực hiện năm 2025 | Dự kiến năm 2026
        1 | Chi đầu tư | 10 | 9 | 12""")
    assert lines_of(read) == [
        ("Chi đầu tư", "Dự toán năm 2025", 10),
        ("Chi đầu tư", "Đánh giá thực hiện năm 2025", 9),
        ("Chi đầu tư", "2026", 12),
    ]


def test_dong_in_a_name_is_no_unit() -> None:
    rows = "TT | Công trình | Kinh phí\n1 | Cầu treo | 30"
    read = table(rows, unit=None, caption="KẾ HOẠCH VỐN HỖ TRỢ ĐỒNG BÀO TỈNH LÂM ĐỒNG")
    assert read is not None
    assert (read.unit, read.multiplier) == (None, 1)


def test_a_span_of_years_is_the_sum_of_its_years() -> None:
    read = table("""
        Nội dung | 2026-2028 | 2026 | 2027 | 2028
        Kinh phí tuyên truyền | 60 | 10 | 20 | 30""")
    assert checks_of(read) == ["row_sum Kinh phí tuyên truyền 2026-2028 ok"]


UNCHECKED = {
    "`Trong đó` names only some parts": """
        Nội dung | Tổng số | Trong đó NSTW | Trong đó vốn vay
        Kinh phí dự án | 100 | 40 | 20""",
    "columns of other kinds": """
        Nội dung | Tổng kinh phí | Đã cấp | Còn lại
        Kinh phí dự án | 100 | 40 | 20""",
    "rows without a mark among numbered ones": """
        TT | Nội dung | Kinh phí
        I | Đào tạo | 100
        1 | Mở lớp | 60
         | (vốn đối ứng của huyện) | 20
        2 | Tài liệu | 40""",
    "a group whose rows have no figures": """
        TT | Nội dung | Kinh phí
        I | Đào tạo | 100
        1 | Mở lớp |
        2 | Tài liệu | 40""",
    "a lone dash": """
        TT | Nội dung | Kinh phí
        1 | Tiền thuê đất | 100
         | - Phần của địa phương | 85
        2 | Tiền sử dụng đất | 40""",
    "two totals": """
        TT | Nội dung | Kinh phí
        1 | Mở lớp | 60
         | Cộng | 60
        2 | Tài liệu | 40
         | Tổng cộng | 100""",
}


@pytest.mark.parametrize("rows", UNCHECKED.values(), ids=UNCHECKED)
def test_no_sum_is_drawn_from_an_open_reading(rows: str) -> None:
    assert checks_of(table(rows)) == []


def test_a_merged_group_row_keeps_its_amount() -> None:
    read = table(
        """
        TT | Nội dung | Số lớp | Đơn giá (đồng) | Thành tiền (đồng)
        I | Đào tạo tại chỗ | 12.000.000 | |
        1 | Lớp buổi tối | 100 | 120.000 | 12.000.000""",
        unit=None,
    )
    assert lines_of(read) == [("Đào tạo tại chỗ", None, 12), ("Lớp buổi tối", None, 12)]
    assert totals_of(read) == {"Đào tạo tại chỗ"}


OTHER_TABLES = {
    "tasks": """
        TT | Nhiệm vụ | Cơ quan chủ trì | Thời gian
        1 | Rà soát vốn | Sở Tài chính | 2026""",
    "targets": """
        TT | Chỉ tiêu | Đơn vị tính | 2026 | 2027
        1 | Vốn đầu tư toàn xã hội | tỷ đồng | 100 | 120
        2 | Tỷ lệ hộ nghèo | % | 4 | 3""",
    "counts": """
        TT | Xã | Số hộ | Diện tích (ha)
        1 | An Bình | 120 | 35,5""",
    "rates of support": """
        Khu vực | Mức hỗ trợ (đồng)
        Các phường | 400.000.000
        Các xã | 350.000.000""",
    "a template without figures": """
        TT | Nội dung | Kinh phí
        1 | |""",
}


@pytest.mark.parametrize("rows", OTHER_TABLES.values(), ids=OTHER_TABLES)
def test_other_tables_are_no_budgets(rows: str) -> None:
    assert table(rows, unit=None) is None


def test_prices_are_no_budget() -> None:
    assert table("TT | Loại đất | 2026\n1 | Vốn vay đất ở | 500", unit="đồng/m2", caption="BẢNG GIÁ ĐẤT") is None


cells = st.sampled_from(
    ["", "-", "I", "1", "a", "Tổng cộng", "Kinh phí", "1.200", "0,5", "2026", "Trong đó", "- Vốn", "30 triệu đồng"]
) | st.text(max_size=12)


@given(st.integers(1, 5).flatmap(lambda n: st.lists(st.lists(cells, min_size=n, max_size=n), min_size=1, max_size=8)))
def test_any_table_is_read_or_declined(grid: list[Sequence[str]]) -> None:
    read = read_budget_table(grid[0], grid[1:], unit="triệu đồng", caption="Kinh phí")
    for row, column, line in read.lines if read else ():
        assert line.amount_raw in grid[1 + row][column] or line.amount_raw in " ".join(grid[1 + row])


@given(
    st.lists(
        st.sampled_from(
            ["Kinh phí", ":", "500 triệu đồng", "là", "\n", "- ", "(", "Hai tỷ đồng", ")", "x 5 =", "1.", ";", " "]
        )
    ).map("".join)
)
def test_statements_quote_their_text(text: str) -> None:
    for budget in find_funding_statements(text):
        (line,) = budget.lines
        assert line.span is not None
        assert text[line.span.start : line.span.end].startswith(line.amount_raw)
        assert budget.span.start <= line.span.start < line.span.end <= budget.span.end


@pytest.mark.parametrize(
    "unit",
    [
        "kinh phí ",
        "1 ",
        "5 triệu đồng ",
        "Kinh phí: 5 triệu đồng\n",
        "khoảng ",
        "(hai tỷ ",
        "- Vốn: 1 tỷ; ",
        "1.",
        "\n",
    ],
)
@pytest.mark.slow
def test_time_grows_with_the_text(unit: str) -> None:
    assert_linear(find_funding_statements, unit, times=2_000, before="Kinh phí: 5 tỷ đồng ")
