"""What readers of laid-out formats give becomes text with tables and places, and comes through cleaning as a grid."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from pipeline.clean import clean
from pipeline.errors import UnreadableInputError
from pipeline.extract import extract_source
from pipeline.read.anchors import Anchor, Anchors, LineAnchors
from pipeline.read.blocks import Block, BlockDocument, Paragraph, Piece, Place, TableBlock, TableCell
from pipeline.read.document import source_of
from pipeline.read.source import SourceDocument
from pipeline.read.writing import is_layout, write_blocks
from pipeline.segment import drawn_grids
from schemas import PlanDocument, SourceSpan

Entry = tuple[int, int, str] | tuple[int, int, str, int, int]


def paragraph(text: str, element: str = "/html/body/p") -> Paragraph:
    return Paragraph.of(text, Place(element=element))


def table(*entries: Entry, head_rows: int = 0, ruled: bool | None = True) -> TableBlock:
    """A table of (row, column, text, row span, column span)."""
    cells = []
    for row, column, text, *spans in entries:
        blocks = tuple(paragraph(line, f"/html/body/table/tr[{row + 1}]/td[{column + 1}]") for line in text.split("\n"))
        cells.append(TableCell(row, column, blocks if text else (), *spans))
    return TableBlock(tuple(cells), head_rows=head_rows, ruled=ruled)


def source(*blocks: Block) -> SourceDocument:
    return source_of(BlockDocument(blocks), b"bytes", media_type="text/html")


def document(*blocks: Block) -> PlanDocument:
    return extract_source(source(*map(paragraph, HEAD), *blocks), path="a.html")


HEAD = (
    "ỦY BAN NHÂN DÂN TỈNH QUẢNG NGÃI",
    "Số: 7/KH-UBND",
    "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
    "Quảng Ngãi, ngày 05 tháng 3 năm 2026",
    "KẾ HOẠCH",
    "Trồng chè năm 2026",
    "I. NHIỆM VỤ",
)
TASKS = table(
    (0, 0, "STT", 2, 1),
    (0, 1, "Nhiệm vụ", 2, 1),
    (0, 2, "Cơ quan", 1, 2),
    (0, 4, "Thời gian", 2, 1),
    (1, 2, "Chủ trì"),
    (1, 3, "Phối hợp"),
    (2, 0, "Tuyên truyền", 1, 5),
    (3, 0, "1"),
    (3, 1, "Tổ chức hội nghị\ntập huấn"),
    (3, 2, "Sở Y tế", 2, 1),
    (3, 3, "Sở Tài chính"),
    (3, 4, "Quý II/2026"),
    (4, 0, "2"),
    (4, 1, "In tờ rơi"),
    (4, 3, "UBND các xã"),
    (4, 4, "Tháng 9/2026"),
)


def test_a_drawn_table_gives_its_grid_and_its_tasks() -> None:
    found = document(TASKS)
    (grid,) = found.tables
    assert grid.header == ("STT", "Nhiệm vụ", "Cơ quan Chủ trì", "Cơ quan Phối hợp", "Thời gian")
    assert grid.rows == (
        ("Tuyên truyền", "", "", "", ""),
        ("1", "Tổ chức hội nghị tập huấn", "Sở Y tế", "Sở Tài chính", "Quý II/2026"),
        ("2", "In tờ rơi", "Sở Y tế", "UBND các xã", "Tháng 9/2026"),
    )
    assert [(task.text, [lead.name for lead in task.leads]) for task in found.tasks] == [
        ("Tổ chức hội nghị tập huấn", ["Sở Y tế tỉnh Quảng Ngãi"]),
        ("In tờ rơi", ["Sở Y tế tỉnh Quảng Ngãi"]),
    ]


def test_a_record_leads_back_to_its_element() -> None:
    found = document(TASKS)
    assert found.tasks[0].source_spans[0].element == "/html/body/table/tr[4]/td[2]"
    assert found.tables[0].source_spans[0].element == "/html/body/table"


@pytest.mark.parametrize(
    ("case", "header", "rows"),
    [
        (
            table((0, 0, "BẢNG 1. CHỈ TIÊU", 1, 2), (1, 0, "Tên"), (1, 1, "Số"), (2, 0, "Chè"), (2, 1, "1.200")),
            ("Tên", "Số"),
            (("Chè", "1.200"),),
        ),
        (
            table((0, 0, "TT"), (0, 1, "Tên"), (1, 0, "1"), (1, 1, "2"), (2, 0, "1"), (2, 1, "Chè")),
            ("TT", "Tên"),
            (("1", "Chè"),),  # the numbers of the columns go
        ),
        (
            table((0, 0, "TT"), (0, 1, "Tên"), (1, 0, "1"), (1, 1, "Chè"), (2, 0, "TT"), (2, 1, "Tên"), (3, 1, "Cam")),
            ("TT", "Tên"),
            (("1", "Chè"), ("", "Cam")),  # a head repeated on the next page
        ),
        (
            table((0, 0, "1"), (0, 1, "Chè"), (1, 0, "2"), (1, 1, "Cam")),
            ("", ""),
            (("1", "Chè"), ("2", "Cam")),  # no head at all
        ),
        (
            table((0, 0, "A"), (0, 1, "B"), (1, 0, "C"), (1, 1, "D"), (2, 0, "e"), (2, 1, "f"), head_rows=2),
            ("A C", "B D"),
            (("e", "f"),),
        ),
        (
            table((0, 0, "Nguồn"), (0, 1, "Vốn", 1, 2), (1, 1, "2026"), (1, 2, "2027"), (2, 0, "NSNN"), (2, 1, "5")),
            ("Nguồn", "Vốn 2026", "Vốn 2027"),
            (("NSNN", "5", ""),),
        ),
    ],
)
def test_heads_titles_and_repetitions(case: TableBlock, header: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    cleaned = clean(source(*map(paragraph, HEAD), case, paragraph("Hết.")))
    (grid,) = drawn_grids(cleaned.text, cleaned.tables)
    assert tuple(cell.text for cell in grid.header) == header
    assert tuple(tuple(cell.text for cell in row) for row in grid.rows) == rows


def test_bars_in_the_text_of_a_cell_do_no_harm() -> None:
    found = document(
        table((0, 0, "Tên | loại"), (0, 1, "Mô tả"), (1, 0, "Chè"), (1, 1, "a | b"), (2, 0, "|"), (2, 1, "c"))
    )
    assert found.tables[0].header == ("Tên | loại", "Mô tả")
    assert found.tables[0].rows == (("Chè", "a | b"), ("", "c"))


LETTERHEAD = table(
    (0, 0, "ỦY BAN NHÂN DÂN\nTỈNH QUẢNG NGÃI\nSố: 7/KH-UBND"),
    (0, 1, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc"),
    ruled=False,
)
CLOSING = table((0, 0, "Nơi nhận:\n- Các sở;\n- Lưu: VT."), (0, 1, "TM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH\nLê An"), ruled=None)


@pytest.mark.parametrize(
    ("block", "layout"),
    [
        (LETTERHEAD, True),
        (CLOSING, True),
        (TASKS, False),
        (table((0, 0, "Một cột"), (1, 0, "là khung")), True),
        (table((0, 0, "NGƯỜI LẬP BIỂU"), (0, 1, "GIÁM ĐỐC"), (1, 0, "Lê An"), (1, 1, "Vũ Bình"), ruled=False), True),
        (table((0, 0, "TT"), (0, 1, "Việc"), (1, 0, "1"), (1, 1, "Trồng chè"), ruled=False), False),
        (table((0, 0, "Chỉ tiêu"), (0, 1, "Số: 5/năm"), (1, 0, "Chè"), (1, 1, "1")), False),
    ],
)
def test_letterhead_and_closing_are_no_tables(block: TableBlock, layout: bool) -> None:
    assert is_layout(block) is layout
    assert bool(write_blocks([block]).tables) is not layout


def test_a_letterhead_in_two_columns_gives_the_metadata() -> None:
    blocks = (
        LETTERHEAD,
        paragraph("KẾ HOẠCH"),
        paragraph("Trồng chè"),
        paragraph("I. NHIỆM VỤ"),
        paragraph("Sở Y tế."),
    )
    found = extract_source(source(*blocks, CLOSING), path="a.html").metadata
    assert (found.number, found.doc_type) == ("7/KH-UBND", "KH")
    assert found.issuer is not None
    assert found.issuer.name == "Ủy ban nhân dân tỉnh Quảng Ngãi"
    assert found.signers[0].name == "Lê An"


def test_lines_of_a_page_lead_to_page_and_box() -> None:
    first = Piece("Sở Y tế chủ trì, phối hợp ", Place(page=1, box=(72, 700, 520, 714)))
    second = Piece("với Sở Tài chính ", Place(page=2, box=(72, 60, 520, 74)))
    third = Piece("trồng chè.", Place(page=2, box=(60, 75, 300, 90)))
    (task,) = document(Paragraph((first, second, third))).tasks
    assert [(place.page, place.box) for place in task.source_spans] == [
        (1, (72, 700, 520, 714)),
        (2, (60, 60, 520, 90)),
    ]
    assert task.partners[0].name == "Sở Tài chính tỉnh Quảng Ngãi"


def test_anchors_give_what_a_stretch_touches() -> None:
    anchors = Anchors.of([Anchor(0, 3, Place(element="/a/b[1]")), Anchor(4, 8, Place(element="/a/b[2]"))])
    assert anchors.source_spans(1, 3) == (SourceSpan(start=1, end=3, element="/a/b[1]"),)
    assert anchors.source_spans(2, 5) == (SourceSpan(start=2, end=5, element="/a"),)
    assert anchors.source_spans(4, 4) == (SourceSpan(start=4, end=4, element="/a/b[2]"),)
    assert anchors.source_spans(3, 4) == (SourceSpan(start=3, end=4),)


def test_a_text_leads_to_its_lines() -> None:
    anchors = LineAnchors.of_text("một\r\nhai\rba\n\nbốn")
    assert [anchors.source_spans(at, at + 1)[0].line for at in (0, 4, 5, 9, 12, 13)] == [1, 1, 2, 3, 4, 5]


def test_blocks_without_words_are_refused() -> None:
    with pytest.raises(UnreadableInputError, match="nothing to read"):
        source(paragraph("  "), table((0, 0, ""), (0, 1, "")))
