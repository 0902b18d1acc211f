"""Tables from drawn lines: merged cells, text of cells, boxes that are no tables, tables over pages."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.read.blocks import Box, Paragraph, TableBlock
from pipeline.read.pages.layout import blocks_of
from pipeline.read.pages.page import Page, Word
from pipeline.read.pages.tables import tables_on
from tests.growth import assert_linear
from tests.laid_pages import LEFT, RIGHT, TOP, bottom_of, centred, flowing, grid, line, page, texts, wrapped

XS = [80.0, 110.0, 330.0, 440.0, 530.0]
BODY = ["Kế hoạch này được giao cho các sở, ngành thực hiện và báo cáo kết quả trước ngày 15 tháng 12 hằng năm."]
Cells = dict[tuple[int, int], str]
SMALL: Cells = {(0, 0): "TT", (0, 1): "Nhiệm vụ", (1, 0): "1", (1, 1): "Trồng chè"}


def table(
    cells: Cells,
    *,
    top: float = TOP,
    xs: Sequence[float] = XS,
    heights: Sequence[float],
    without: Sequence[tuple[str, int, int]] = (),
) -> tuple[list[Word], list[Box]]:
    """The words and lines of a ruled table; the text of a cell may have several paragraphs."""
    ys = [top + sum(heights[:row]) for row in range(len(heights) + 1)]
    words: list[Word] = []
    for (row, column), text in cells.items():
        right = next((xs[k + 1] for k in range(column, len(xs) - 1) if ("right", row, k) not in without), xs[-1])
        place = ys[row] + 2
        for part in text.split("\n"):
            words += wrapped(part, top=place, left=xs[column] + 5, right=right - 5, indent=0, justify=False)
            place = bottom_of(words)
    return words, grid(xs, ys, without=without)


def spans(block: object) -> dict[tuple[int, int, int, int], str]:
    assert isinstance(block, TableBlock)
    return {(cell.row, cell.column, cell.row_span, cell.column_span): cell.text for cell in block.cells if cell.text}


HEAD: Cells = {(0, 0): "TT", (0, 1): "Nhiệm vụ", (0, 2): "Phân công", (1, 2): "Chủ trì", (1, 3): "Thời gian"}
MERGED = [("below", 0, 0), ("below", 0, 1), ("right", 0, 2)]


def test_missing_lines_merge_cells() -> None:
    words, rules = table(
        HEAD | {(2, 0): "1", (2, 1): "Trồng 1.200 ha chè", (2, 2): "Sở Nội vụ", (2, 3): "Quý I"},
        heights=[20, 20, 20],
        without=MERGED,
    )
    (block,) = blocks_of([page(words, rules=rules)])
    assert spans(block) == {
        (0, 0, 2, 1): "TT",
        (0, 1, 2, 1): "Nhiệm vụ",
        (0, 2, 1, 2): "Phân công",
        (1, 2, 1, 1): "Chủ trì",
        (1, 3, 1, 1): "Thời gian",
        (2, 0, 1, 1): "1",
        (2, 1, 1, 1): "Trồng 1.200 ha chè",
        (2, 2, 1, 1): "Sở Nội vụ",
        (2, 3, 1, 1): "Quý I",
    }


def test_wrapped_lines_of_a_cell_are_one_paragraph() -> None:
    text = "Rà soát quy hoạch vùng chè gắn với chế biến:\n- Trồng mới 1.200 ha chè tại các xã;\n- Cấp mã vùng trồng."
    agencies, time = "Sở Nông nghiệp và Môi trường; Sở Tài chính", "Trước ngày 30/6/2026"
    words, rules = table({(0, 0): "1", (0, 1): text, (0, 2): agencies, (0, 3): time}, heights=[120])
    (block,) = blocks_of([page(words, rules=rules)])
    assert isinstance(block, TableBlock)
    cells = [cell.text for cell in block.cells]
    assert cells == ["1", text, agencies, time]
    assert block.ruled
    piece = block.cells[0].blocks[0]
    assert isinstance(piece, Paragraph)
    assert piece.pieces[0].place.box == (85, 82, 91, 94)


def test_tables_stand_between_paragraphs() -> None:
    words, rules = table(
        {(0, 0): "TT", (0, 1): "Nhiệm vụ", (1, 0): "1", (1, 1): "Trồng chè"}, top=150, heights=[20, 20]
    )
    blocks = blocks_of([page(flowing(BODY), words, flowing(BODY, top=220), rules=rules)])
    assert [type(block) for block in blocks] == [Paragraph, TableBlock, Paragraph]


def test_lines_drawn_twice_or_with_gaps_are_one() -> None:
    words, rules = table(SMALL, heights=[20, 20])
    shaken = [
        (a + 0.8, b + 1, c - 1.2, d + 1) if b == d else (a + 0.6, b - 1, c + 0.6, d - 1.2) for a, b, c, d in rules
    ]
    (block,) = blocks_of([page(words, rules=[*rules, *shaken])])
    assert len(spans(block)) == 4
    (block,) = blocks_of([page(words, rules=shaken)])
    assert len(spans(block)) == 4


def test_a_table_without_side_lines_is_closed() -> None:
    words, rules = table({(0, 0): "TT", (0, 1): "Việc", (1, 0): "1", (1, 3): "Quý I"}, heights=[20, 20])
    inner = [rule for rule in rules if not (rule[0] == rule[2] and rule[0] in (XS[0], XS[-1]))]
    assert spans(blocks_of([page(words, rules=inner)])[0]) == spans(blocks_of([page(words, rules=rules)])[0])


def box_around(words: Sequence[Word], by: float) -> list[Box]:
    left, right = min(w.left for w in words) - by, max(w.right for w in words) + by
    top, bottom = min(w.top for w in words) - by, max(w.bottom for w in words) + by
    return [
        (left, top, right, top),
        (left, bottom, right, bottom),
        (left, top, left, bottom),
        (right, top, right, bottom),
    ]


@pytest.mark.parametrize("distances", [(6,), (10, 16), (70, 74)])
def test_a_box_around_text_is_no_table(distances: tuple[float, ...]) -> None:
    words = flowing(BODY * 6)
    rules = [rule for by in distances for rule in box_around(words, by)]
    assert texts(blocks_of([page(words, rules=rules)])) == BODY * 6


def test_an_underline_is_no_table() -> None:
    rules = [(250.0, 96.0, 350.0, 96.0), (LEFT, 130.0, RIGHT, 130.0), (LEFT, 500.0, LEFT + 140, 500.0)]
    assert tables_on(page(flowing(BODY), rules=rules))[0] == []


ROWS = [("1", "Trồng chè", "Sở Nội vụ", "Quý I"), ("2", "Trồng rừng", "Sở Tài chính", "Quý II")]


def part(
    rows: Sequence[Sequence[str]], number: int, *, head: bool = True, shift: float = 0.0, tall: float = 60
) -> Page:
    """A page with a table of *rows*, below the head of two rows when there is one."""
    first = 2 if head else 0
    cells = dict(HEAD) if head else {}
    cells |= {
        (row + first, column): text for row, texts in enumerate(rows) for column, text in enumerate(texts) if text
    }
    words, rules = table(
        cells,
        xs=[x + shift for x in XS],
        heights=[20, 20][:first] + [60] * len(rows),
        without=MERGED if head else (),
    )
    return page(words, rules=rules, number=number)


def rows_of(block: object) -> list[list[str]]:
    assert isinstance(block, TableBlock)
    height = max(cell.row for cell in block.cells) + 1
    return [[cell.text for cell in block.cells if cell.row == row] for row in range(height)]


def test_a_table_over_pages_is_one_and_keeps_its_head_once() -> None:
    more = [("3", "Nuôi cá", "Sở Y tế", "Quý III"), ROWS[1]]
    (block,) = blocks_of([part(ROWS, 1), part(more, 2, shift=4), part(ROWS, 3)])
    assert isinstance(block, TableBlock)
    assert block.head_rows == 2
    assert rows_of(block)[2:] == [list(row) for row in (*ROWS, *more, *ROWS)]


def test_a_table_over_pages_without_a_repeated_head() -> None:
    (block,) = blocks_of([part(ROWS, 1), part(ROWS, 2, head=False)])
    assert isinstance(block, TableBlock)
    assert block.head_rows == 0
    assert rows_of(block)[2:] == [list(row) for row in ROWS * 2]


def test_tables_of_other_columns_or_with_text_between_are_two() -> None:
    other, rules = table(
        {(0, 0): "TT", (0, 1): "Xã", (1, 0): "1", (1, 1): "Yên Sơn"}, xs=[80, 300, 530], heights=[20, 20]
    )
    assert len(blocks_of([part(ROWS, 1), page(other, rules=rules, number=2)])) == 2
    below = part(ROWS, 2)
    moved = page(centred("Phụ lục II", top=40), below.words, rules=below.rules, number=2)
    assert [type(block) for block in blocks_of([part(ROWS, 1), moved])] == [TableBlock, Paragraph, TableBlock]


CUT = [
    # The text of a cell goes on in small letters.
    (
        [("3", "Rà soát quy hoạch vùng chè,", "Sở Nội vụ", "Quý I")],
        [("", "dược liệu trên địa bàn tỉnh.", "", "")],
        True,
    ),
    # Every row is numbered, and this one is not.
    ([("3", "Nội dung:\n- Trồng chè;", "Sở Nội vụ", "Quý I")], [("", "- Trồng rừng.", "", "")], True),
    ([("3", "Trồng chè", "Sở Nội vụ;", "Quý I")], [("4", "Trồng rừng", "Sở Nội vụ", "Quý I")], False),
]


@pytest.mark.parametrize(("above", "below", "cut"), CUT)
def test_a_row_cut_by_the_page_is_one(above: list[tuple[str, ...]], below: list[tuple[str, ...]], cut: bool) -> None:
    (block,) = blocks_of([part([*ROWS, *above], 1), part([*below, ("5", "Nuôi cá", "Sở Y tế", "Quý IV")], 2)])
    rows = rows_of(block)
    assert len(rows) == (6 if cut else 7)
    if cut:
        joined = above[0][1] + (" " if below[0][1][0].islower() else "\n") + below[0][1]
        assert rows[4] == ["3", joined, "Sở Nội vụ", "Quý I"]


def test_rows_without_a_number_are_rows_where_that_is_the_custom() -> None:
    above = [("1", "Bệnh binh:", "", ""), ("", "Tỷ lệ từ 41%", "2.145.000", ""), ("", "Tỷ lệ từ 51%", "2.673.000", "")]
    below = [("", "Tỷ lệ từ 61%", "3.406.000", ""), ("2", "Thân nhân", "2.055.000", "")]
    (block,) = blocks_of([part(above, 1), part(below, 2)])
    assert len(rows_of(block)) == 2 + 5


def test_a_tall_cell_goes_on_over_the_page() -> None:
    words, rules = table(
        {(0, 1): "a", (1, 1): "b", (2, 1): "c", (0, 0): "I", (0, 2): "Sở Nội vụ"},
        heights=[20, 20, 20],
        without=[("below", row, 2) for row in (0, 1)],
    )
    more, lines = table({(0, 1): "d", (1, 1): "e", (0, 0): "II"}, heights=[20, 20], without=[("below", 0, 2)])
    (block,) = blocks_of([page(words, rules=rules), page(more, rules=lines, number=2)])
    assert (0, 2, 5, 1) in spans(block)


@given(
    st.sets(
        st.sampled_from([(side, row, column) for side, row, column in product(("right", "below"), range(4), range(4))])
    )
)
def test_cells_cover_the_grid_once(without: set[tuple[str, int, int]]) -> None:
    words, rules = table({(0, 0): "a", (3, 3): "b"}, heights=[20] * 4, without=sorted(without))
    tables, rest = tables_on(page(words, rules=rules))
    assert len(tables) <= 1
    for found in tables:
        squares = [
            (cell.row + down, cell.column + across)
            for cell in found.cells
            for down in range(cell.row_span)
            for across in range(cell.column_span)
        ]
        assert len(squares) == len(set(squares)) == (len(found.xs) - 1) * (len(found.ys) - 1)
        assert rest == []


@pytest.mark.slow
def test_time_grows_with_the_number_of_rows() -> None:
    def work(text: str) -> object:
        count = len(text)
        xs = [80, 200, 300, 400]
        rules = grid(xs, [80 + 5 * row for row in range(count)])
        words = [word for row in range(count) for word in line("a", left=90, top=80 + 5 * row, size=4)]
        return tables_on(page(words, line("b", left=210, top=81, size=4), rules=rules))

    assert_linear(work, "r", times=250)
