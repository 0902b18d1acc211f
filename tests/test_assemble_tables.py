"""Tables whose rows are tasks, and sections that are attribute lines: columns, cells, rows, what binds what."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pipeline.assemble.attribute_sections import attribute_sections
from pipeline.assemble.attribute_values import lead_and_partner, stated_deadlines
from pipeline.assemble.drafts import TaskDraft
from pipeline.assemble.facts import read_facts
from pipeline.assemble.reading import Reading
from pipeline.assemble.survey import survey
from pipeline.assemble.task_tables import TaskColumns, table_tasks, task_columns
from pipeline.clean import clean
from pipeline.read.text import read_text
from pipeline.segment import segment
from schemas import Agency, Span
from tests.case_table import Case, parametrize

PROVINCE = " tỉnh Lào Cai"
HEADER = """ỦY BAN NHÂN DÂN

TỈNH LÀO CAI

Số: 12/KH-UBND

Lào Cai, ngày 05 tháng 02 năm 2018

KẾ HOẠCH

PHÒNG, CHỐNG HẠN NĂM 2018

Ủy ban nhân dân tỉnh ban hành Kế hoạch như sau:

II. NHIỆM VỤ

"""


def reading_of(body: str) -> Reading:
    """What the assembler knows of a small plan with *body* in its part on tasks."""
    cleaned = clean(read_text((HEADER + body).encode()), without={"repairs"})
    text = cleaned.text.text
    return survey(text, segment(text), read_facts(cleaned))


def place_of(reading: Reading, words: str) -> Span:
    start = reading.text.index(words)
    return Span(start, start + len(words))


def names(agencies: tuple[Agency, ...]) -> str:
    return " + ".join(
        agency.name.removesuffix(PROVINCE) if agency.name.startswith("Sở ") else agency.name for agency in agencies
    )


def columns_told(columns: TaskColumns | None) -> str:
    if columns is None:
        return ""
    kinds = {name: getattr(columns, name) for name in ("leads", "partners", "times", "periods")}
    told = [f"{kind} {' '.join(map(str, places))}" for kind, places in kinds.items() if places]
    return "; ".join([f"activity {columns.activity}", *told])


@pytest.mark.parametrize("head", ["{}", " {} ", "{}\n"])
@parametrize("task_columns")
def test_columns(case: Case, head: str) -> None:
    header = [head.format(cell.strip()) for cell in case.text.split("|")]
    assert columns_told(task_columns(header)) == "".join(case.expected)


def test_a_table_without_columns_is_none_of_tasks() -> None:
    assert task_columns([]) is None


@parametrize("leads_and_partners")
def test_leads_and_partners_of_one_value(case: Case) -> None:
    reading = reading_of(f"- Phân công: {case.text}")
    found = lead_and_partner(reading, place_of(reading, case.text))
    told = {"leads": names(found.leads), "partners": names(found.partners)}
    assert "; ".join(f"{role} {value}" for role, value in told.items() if value) == "".join(case.expected)
    for agency in (*found.leads, *found.partners):
        assert agency.span is not None
        assert reading.slice(agency.span) == agency.surface


def test_stated_deadlines_stand_at_their_place_in_the_text() -> None:
    reading = reading_of("- Thời gian: Quý II; thường xuyên hằng năm")
    found = stated_deadlines(reading, place_of(reading, "Quý II; thường xuyên hằng năm"))
    assert [str(deadline) for deadline in found] == ["during 2018-04-01/2018-06-30", "recurring FREQ=YEARLY"]
    assert all(reading.slice(deadline.span) == deadline.surface for deadline in found)


# --- rows -----------------------------------------------------------------------------------------------------------


def row_told(draft: TaskDraft, reading: Reading) -> str:
    told = [reading.slice(draft.span), names(draft.leads), names(draft.partners), "; ".join(map(str, draft.deadlines))]
    return " | ".join(told).rstrip(" |")


def rows_of(table: str, reading: Reading | None = None) -> list[str]:
    reading = reading or reading_of(table)
    (grid,) = reading.outline.grids
    columns = task_columns([cell.text for cell in grid.header])
    assert columns is not None
    return [row_told(draft, reading) for draft in table_tasks(reading, grid, columns)]


TASKS = "| TT | Nhiệm vụ | Cơ quan chủ trì | Cơ quan phối hợp | Thời gian |\n"
TIMES = "| TT | Năm | Nội dung thực hiện |\n"
MONTHS = "| Tháng | Thời gian | Nội dung công việc | Đơn vị thực hiện |\n"


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        pytest.param(
            "| 1 | Nạo vét kênh mương | Sở Xây dựng | Sở Y tế, Sở Nội vụ | Quý I |\n",
            ["Nạo vét kênh mương | Sở Xây dựng | Sở Y tế + Sở Nội vụ | during 2018-01-01/2018-03-31"],
            id="each cell gives its part",
        ),
        pytest.param(
            "| 1 | Nạo vét kênh mương | Sở Xây dựng | | |\n", ["Nạo vét kênh mương | Sở Xây dựng"], id="empty cells"
        ),
        pytest.param(
            "| 1 | Nạo vét kênh mương | Sở Xây dựng phối hợp với Sở Y tế, UBND các huyện | | |\n"
            "| 2 | Cấp nước lưu động | Sở Y tế; phối hợp: Sở Nội vụ | | |\n",
            [
                "Nạo vét kênh mương | Sở Xây dựng | Sở Y tế + Ủy ban nhân dân các huyện",
                "Cấp nước lưu động | Sở Y tế | Sở Nội vụ",
            ],
            id="the lead's cell names partners, too",
        ),
        pytest.param(
            "| 1 | Phối hợp với Sở Y tế nạo vét kênh mương | Sở Xây dựng | | |\n",
            ["Phối hợp với Sở Y tế nạo vét kênh mương | Sở Xây dựng | Sở Y tế"],
            id="the sentence names partners where their cell is empty",
        ),
        pytest.param(
            "| I | CÔNG TÁC THỦY LỢI | | | |\n| 1 | Nạo vét kênh mương | Sở Xây dựng | | |\n",
            ["Nạo vét kênh mương | Sở Xây dựng"],
            id="a group row is no task",
        ),
        pytest.param(
            "| 1 | Sở Y tế kiểm tra chất lượng nước | Sở Xây dựng | | |\n",
            ["Sở Y tế kiểm tra chất lượng nước | Sở Xây dựng"],
            id="the lead's cell stands against the sentence",
        ),
        pytest.param(
            "| 1 | Nạo vét kênh mương (2019-2020) | Sở Xây dựng | | Năm 2018 |\n",
            ["Nạo vét kênh mương (2019-2020) | Sở Xây dựng |  | during 2019-01-01/2020-12-31"],
            id="a year bracket replaces the time of the row",
        ),
        pytest.param(
            "| 1 | Nạo vét kênh mương (hằng năm) | Sở Xây dựng | | Năm 2018 |\n",
            [
                "Nạo vét kênh mương (hằng năm) | Sở Xây dựng |  | recurring FREQ=YEARLY; during 2018-01-01/2018-12-31",
            ],
            id="a recurrence bracket adds to it",
        ),
        pytest.param(
            "| 1 | Nạo vét kênh mương | Sở Xây dựng | | Thường xuyên |\n",
            ["Nạo vét kênh mương | Sở Xây dựng |  | ongoing"],
            id="always",
        ),
        pytest.param(
            "| 1 | Nạo vét kênh mương | Sở Xây dựng | | Trước ngày 30/6/2018 |\n"
            "| 2 | Cấp nước lưu động | UBND các huyện | Sở Xây dựng | Quý III |\n",
            [
                "Nạo vét kênh mương | Sở Xây dựng |  | by ../2018-06-29",
                "Cấp nước lưu động | Ủy ban nhân dân các huyện | Sở Xây dựng | during 2018-07-01/2018-09-30",
            ],
            id="rows do not give to each other",
        ),
    ],
)
def test_rows_of_a_task_table(rows: str, told: list[str]) -> None:
    assert rows_of(TASKS + rows) == told


@pytest.mark.parametrize(
    ("month", "days", "told"),
    [
        ("6/2021", "08/06", "during 2021-06-08/2021-06-08"),
        ("6/2021", "08–11/06", "during 2021-06-08/2021-06-11"),
        ("12/2021", "28/12–04/01", "during 2021-12-28/2022-01-04"),
        ("01/2022", "28/12–04/01", "during 2021-12-28/2022-01-04"),
        ("4-5/2022", "29/04–02/05", "during 2022-04-29/2022-05-02"),
        ("6/2021", "08/06/2023", "during 2023-06-08/2023-06-08"),
        ("6/2021", "Theo lịch", "during 2021-06-01/2021-06-30"),
        ("Hằng năm", "08/06", "during 2018-06-08/2018-06-08"),
    ],
)
def test_a_column_of_months_gives_the_year_to_the_days_beside_it(month: str, days: str, told: str) -> None:
    rows = f"| {month} | {days} | Khai mạc hội trại hè | Sở Xây dựng |\n"
    assert rows_of(MONTHS + rows) == [f"Khai mạc hội trại hè | Sở Xây dựng |  | {told}"]


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        pytest.param(
            "| 1 | 2018 | Khảo sát nguồn nước ngầm. |\n| 2 | 2019 | Xây dựng hồ chứa mới. |\n",
            [
                "Khảo sát nguồn nước ngầm. |  |  | during 2018-01-01/2018-12-31",
                "Xây dựng hồ chứa mới. |  |  | during 2019-01-01/2019-12-31",
            ],
            id="the year binds its row",
        ),
        pytest.param(
            "| 1 | 2018-2020 | Sở Y tế phối hợp với Sở Xây dựng khảo sát nguồn nước ngầm. |\n",
            [
                "Sở Y tế phối hợp với Sở Xây dựng khảo sát nguồn nước ngầm."
                " | Sở Y tế | Sở Xây dựng | during 2018-01-01/2020-12-31"
            ],
            id="the sentence names who acts",
        ),
    ],
)
def test_rows_of_a_schedule(rows: str, told: list[str]) -> None:
    assert rows_of(TIMES + rows) == told


def test_paragraphs_of_a_schedule_cell_are_activities_of_their_own() -> None:
    rows = [
        ("TT", "Năm", "Nội dung thực hiện"),
        ("1", "2018", "Khảo sát nguồn nước ngầm.\n\nXây dựng hồ chứa mới."),
        ("2", "2019", "Sửa chữa các trạm bơm."),
    ]
    between = "\n\n|\n\n"
    table = "\n\n".join(f"|\n\n{between.join(row)}\n\n|" for row in rows)
    assert rows_of(table) == [
        "Khảo sát nguồn nước ngầm. |  |  | during 2018-01-01/2018-12-31",
        "Xây dựng hồ chứa mới. |  |  | during 2018-01-01/2018-12-31",
        "Sửa chữa các trạm bơm. |  |  | during 2019-01-01/2019-12-31",
    ]


def test_an_activity_that_spans_rows_is_one_task() -> None:
    table = TASKS.replace("Thời gian", "Sản phẩm | Thời gian")
    reading = reading_of(
        table + "| 1 | Nạo vét kênh mương nội đồng | Sở Xây dựng | | Kế hoạch | Quý I |\n"
        "| 2 | Cấp nước lưu động cho các xã | Sở Y tế | | Báo cáo | Quý II |\n"
    )
    (grid,) = reading.outline.grids
    first, second = grid.rows
    below = (*first[:4], second[4], first[5])
    spanned = replace(grid, rows=(first, below))
    columns = task_columns([cell.text for cell in grid.header])
    assert columns is not None
    drafts = list(table_tasks(reading, spanned, columns))
    assert len(drafts) == 1


# --- attribute sections ---------------------------------------------------------------------------------------------


def given_told(body: str) -> dict[str, str]:
    """What attribute sections give, by the path of the section that they bind."""
    reading = reading_of(body.replace("\n", "\n\n"))
    found = attribute_sections(reading)
    sections = reading.outline.sections
    told = {}
    for index, given in found.given.items():
        parts = [names(given.leads), names(given.partners), "; ".join(map(str, given.deadlines))]
        told["/".join(sections[index].path)] = " | ".join(parts)
    assert all(sections[member].path[:-1] for member in found.members)
    return told


@pytest.mark.parametrize(
    ("body", "given"),
    [
        pytest.param(
            "1. Cấp nước\na) Nội dung\n- Cấp nước lưu động cho các xã.\nb) Cơ quan chủ trì\nSở Xây dựng.\n"
            "c) Cơ quan phối hợp\nSở Y tế.\nd) Thời gian thực hiện\nTrong Quý I.",
            {"II/1": "Sở Xây dựng | Sở Y tế | during 2018-01-01/2018-03-31"},
            id="each section its part",
        ),
        pytest.param(
            "1. Cấp nước\na) Nội dung\n- Cấp nước lưu động cho các xã.\nb) Cơ quan chủ trì: Sở Xây dựng.",
            {"II/1": "Sở Xây dựng |  | "},
            id="the value runs on in the heading's line",
        ),
        pytest.param(
            "1. Cấp nước\na) Nội dung\n- Cấp nước lưu động cho các xã.\nb) Thời gian thực hiện: Quý II.\n"
            "2. Tuyên truyền\na) Nội dung\n- Tuyên truyền trên hệ thống loa.\nb) Thời gian thực hiện: Quý III.",
            {"II/1": " |  | during 2018-04-01/2018-06-30", "II/2": " |  | during 2018-07-01/2018-09-30"},
            id="each binds its own section",
        ),
        pytest.param("1. Cấp nước\n- Cấp nước lưu động cho các xã.\n2. Tuyên truyền\n- Phát thanh.", {}, id="none"),
        pytest.param(
            "1. Cơ quan chủ trì\nSở Xây dựng.\n2. Cơ quan phối hợp\nSở Y tế.",
            {},
            id="labels without an activity beside",
        ),
    ],
)
def test_attribute_sections(body: str, given: dict[str, str]) -> None:
    assert given_told(body) == given
