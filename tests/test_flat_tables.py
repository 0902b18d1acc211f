"""Task tables of which a converter left the cells one a line, in every mixture of lines and rows between bars."""

import pytest

from pipeline.clean.flat_tables import rebuild_flat_tables
from pipeline.extract import extract_document
from pipeline.mapped_text import MappedText
from schemas import Task

HEADS = ("TT", "Nội dung công việc", "Đơn vị chủ trì", "Đơn vị phối hợp", "Thời gian hoàn thành")
ROWS = (
    (
        "1",
        "Lập vườn ươm quýt đầu dòng.",
        "Sở Nông nghiệp và Môi trường",
        "Chi cục Trồng trọt; UBND các xã",
        "Quý II/2031",
    ),
    ("2", "Tập huấn ghép cành cho các hộ.", "Trung tâm Khuyến nông", "Hội Nông dân tỉnh", "Thường xuyên"),
    ("3", "Xây dựng bản đồ vùng trồng quýt.", "Sở Khoa học và Công nghệ", "Các sở, ngành", "Trước ngày 15/9/2031"),
    ("4", "Kiểm tra, giám sát nguồn giống.", "Thanh tra tỉnh", "Công an tỉnh", "Năm 2031"),
)
REBUILT = [f"| {' | '.join(row)} |" for row in (HEADS, *ROWS)]


def _lines(cells: tuple[str, ...]) -> str:
    return "\n".join(cells)


def _barred(cells: tuple[str, ...]) -> str:
    return f"| {' | '.join(cells)} |"


LINES = [_lines(row) for row in ROWS]
BARRED = [_barred(row) for row in ROWS]
SHAPES = {
    "one cell a line": [_lines(HEADS), *LINES],
    "blank lines between": [_lines(HEADS).replace("\n", "\n\n"), *(row.replace("\n", "\n\n") for row in LINES)],
    "the head between bars": [_barred(HEADS), *LINES],
    "the head without its last column": [_barred(HEADS[:4]), HEADS[4], *LINES],
    "the head without two columns": [_barred(HEADS[:3]), *HEADS[3:], *LINES],
    "the rows between bars": [_lines(HEADS), *BARRED],
    "every second row between bars": [_barred(HEADS), BARRED[0], LINES[1], BARRED[2], LINES[3]],
    "the other rows between bars": [_barred(HEADS), LINES[0], BARRED[1], LINES[2], BARRED[3]],
    "the last cell below its row": [_barred(HEADS), *(f"{_barred(row[:4])}\n{row[4]}" for row in ROWS)],
    "two cells between bars": [_barred(HEADS), *(f"{_barred(row[:2])}\n{_lines(row[2:])}" for row in ROWS)],
    "heads of two lines": [_lines(HEADS).replace("Đơn vị ", "Đơn vị\n").replace("Thời gian ", "Thời gian\n"), *LINES],
    "numbers of the columns": [_lines(HEADS), "1\n2\n3\n4\n5", *LINES],
    "the heads again": [_lines(HEADS), *LINES[:2], _lines(HEADS), *LINES[2:]],
    "the heads again between bars": [_barred(HEADS), *LINES[:2], _barred(HEADS), *LINES[2:]],
}


def _rebuilt(*parts: str) -> list[str]:
    return rebuild_flat_tables(MappedText.of("\n".join(parts))).text.rstrip().split("\n")


@pytest.mark.parametrize("shape", SHAPES)
def test_every_mixture_gives_the_same_rows(shape: str) -> None:
    assert _rebuilt(*SHAPES[shape]) == REBUILT


def test_numbers_at_the_activity() -> None:
    glued = [f"{row[0]}. {_lines(row[1:])}" for row in ROWS]
    assert _rebuilt(_barred(HEADS), *glued) == [REBUILT[0], *(row.replace(" |", ". |", 1) for row in REBUILT[1:])]


def test_missing_cells_stay_empty() -> None:
    without_partners, without_time = (*ROWS[1][:3], ROWS[1][4]), ROWS[2][:4]
    found = _rebuilt(_lines(HEADS), LINES[0], _lines(without_partners), _lines(without_time), LINES[3])
    assert found[2:4] == [
        "| 2 | Tập huấn ghép cành cho các hộ. | Trung tâm Khuyến nông | | Thường xuyên |",
        "| 3 | Xây dựng bản đồ vùng trồng quýt. | Sở Khoa học và Công nghệ | Các sở, ngành | |",
    ]


def test_cells_of_several_lines() -> None:
    row = "1\nLập vườn ươm quýt\ngốc ghép cho hai xã.\nSở Y tế\nSở Tài chính,\nHội Nông dân\nQuý I"
    assert _rebuilt(_lines(HEADS), row, LINES[1])[1] == (
        "| 1 | Lập vườn ươm quýt gốc ghép cho hai xã. | Sở Y tế | Sở Tài chính, Hội Nông dân | Quý I |"
    )


def test_a_row_cut_by_a_page_break() -> None:
    cut = "1\nLập vườn ươm quýt\nTrung tâm\nHội Nông dân tỉnh\nQuý I\ngốc ghép.\nKhuyến nông"
    assert _rebuilt(_lines(HEADS), cut, LINES[1])[1] == (
        "| 1 | Lập vườn ươm quýt gốc ghép. | Trung tâm Khuyến nông | Hội Nông dân tỉnh | Quý I |"
    )


def test_groups_and_lettered_rows() -> None:
    def lettered(place: int) -> str:
        return "\n".join((f"{'ab'[place % 2]})", *ROWS[place][1:]))

    parts = ["1\nGiống", lettered(0), lettered(1), "2\nGiám sát", lettered(2), lettered(3)]
    found = _rebuilt(_barred(HEADS[:4]), HEADS[4], *parts)
    assert [row.split(" | ")[0] for row in found] == ["| TT", "| 1", "| a)", "| b)", "| 2", "| a)", "| b)"]
    assert found[4] == "| 2 | Giám sát | | | |"


def test_rows_become_tasks_with_who_and_when() -> None:
    parts = [
        _barred(HEADS[:4]),
        HEADS[4],
        "1\nGiống",
        *("\n".join((label, *row[1:])) for label, row in zip(("a)", "b)"), ROWS, strict=False)),
    ]
    tasks = _tasks("\n".join(parts))
    assert [(task.text, [one.surface for one in task.leads], len(task.deadline_ids)) for task in tasks] == [
        (row[1], [row[2]], 1) for row in ROWS[:2]
    ]


def test_what_follows_the_table_stays_out_of_it() -> None:
    closing = "Các đơn vị báo cáo kết quả về Sở Nông nghiệp và Môi trường trước ngày 20/12 để tổng hợp."
    below = "C. KINH PHÍ\n- Mua cây giống: 40 triệu đồng.\nD. TỔ CHỨC\n1. Trạm Khuyến nông\na) Theo dõi kết quả."
    for end in (closing, "II. TỔ CHỨC THỰC HIỆN", "Nơi nhận:\n- Như trên;", below):
        assert _rebuilt(*SHAPES["one cell a line"], end) == [*REBUILT, *end.split("\n")]


@pytest.mark.parametrize(
    "text",
    [
        "\n".join([_barred(HEADS), *BARRED, "Trên đây là kế hoạch."]),
        "TT\nXã\nSố vườn\n1\nBản Phiệt\n12\n2\nBản Lầu\n7",
        "STT\nThủ tục\nCơ quan thực hiện\nThời hạn\n1\nCấp giấy\nSở Y tế\n5 ngày\n2\nGia hạn\nSở Y tế\n3 ngày",
        "TT\n|\nViệc\n|\nChủ trì\n|\nHạn\n|\n1\n|\nTập huấn\n|\nSở Y tế\n|\nQuý I",
    ],
)
def test_other_tables_stay_as_they_are(text: str) -> None:
    assert rebuild_flat_tables(MappedText.of(text)).text == text


def _tasks(table: str) -> tuple[Task, ...]:
    above = "TỈNH LÀO CAI\nSố: 88/KH-UBND\nKẾ HOẠCH\nTrồng quýt năm 2031\nPHỤ LỤC\nVIỆC LÀM\n"
    return extract_document(f"{above}{table}\n".encode(), path="kh.txt").tasks
