"""Cells that recur in a scanned table, heads as a scanner reads them, times over two lines, phrases between columns."""

from __future__ import annotations

import pytest

from pipeline.clean.agency_pieces import START, go_together
from pipeline.clean.scan_heads import is_head, names_partners
from pipeline.clean.scan_lines import is_certain_time, scan_line
from pipeline.clean.scan_names import is_clean, phrases, recurring_cell, usual_cells, without_strays
from pipeline.clean.scan_recurring import FIRST, RecurringCells, nearest_cell, recurring_cells

PARTNERS = ("Sở", "Y", "tế", "và", "các", "sở,", "ban,", "ngành", "liên", "quan")
CELLS = recurring_cells([PARTNERS] * 3)


def _end(*pieces: str) -> int | None:
    """The state behind the pieces of a cell, None where one of them does not go on."""
    cells = RecurringCells(CELLS)
    state = START
    for piece in pieces:
        after = cells.after(state, tuple(piece.split()))
        if not after:
            return None
        state = after[0][0]
    return state


def test_only_long_cells_that_stand_thrice_recur() -> None:
    assert recurring_cells([PARTNERS] * 2) == ()
    assert recurring_cells([("Sở", "Y", "tế")] * 5) == ()
    assert CELLS == (("so", "y", "te", "va", "cac", "so", "ban", "nganh", "lien", "quan"),)


def test_a_recurring_cell_goes_on_over_spoiled_pieces() -> None:
    state = _end("Sở Y tế", "vài các", "sở. bạn,", "ngành liên", "quan")
    assert state is not None
    assert state < FIRST
    assert RecurringCells(CELLS).is_whole(state)


@pytest.mark.parametrize("pieces", [("Sở Y tế", "xây dựng"), ("Sở Y tế", "và các sở, ban, ngành liên quan khác")])
def test_other_words_do_not_go_on_with_it(pieces: tuple[str, ...]) -> None:
    assert _end(*pieces) is None


def test_a_cell_that_breaks_off_is_not_whole() -> None:
    state = _end("Sở Y tế và", "các sở,")
    assert state is not None
    assert not RecurringCells(CELLS).is_whole(state)


def test_no_cell_is_taken_where_two_are_near() -> None:
    north = ("ban", "quan", "ly", "cang", "bac")
    assert nearest_cell(["Ban", "Quản", "lý", "cảng", "Bác"], [north]) == north
    assert nearest_cell(["Ban", "Quản", "lý", "cảng", "B"], [north, (*north[:-1], "ba")]) is None


def test_a_spoiled_cell_that_names_somebody_else_is_left() -> None:
    usual = usual_cells([PARTNERS] * 4)
    assert recurring_cell(("Sở", "Ytế", "vài", "các", "sở,", "bạn,", "ngành", "liên", "quan"), usual) == usual[0]
    assert (
        recurring_cell(("Công", "an", "tỉnh", "và", "cá", "các", "sở,", "ban,", "ngành", "liên", "quan"), usual) is None
    )
    assert recurring_cell(PARTNERS, usual) is None


def test_wards_make_a_whole_phrase_and_torn_districts_none() -> None:
    assert is_clean(("UBND", "các", "phường,", "xã"))
    assert not is_clean(("các", "bộ,", "ngành,", "phương", "liên", "quan"))


def test_words_that_mean_nothing_where_they_stand_are_left_out() -> None:
    words = ["Các", "sở,", "ban,", "ngành", "vị", "và", "các", "cơ", "quan,", "đơn", "vị"]
    rest = tuple(words[at] for at in without_strays(words))
    assert rest == ("Các", "sở,", "ban,", "ngành", "và", "các", "cơ", "quan,", "đơn", "vị")
    assert all(phrase.whole for phrase in phrases(rest))


@pytest.mark.parametrize(
    ("word", "after", "told"), [("UBND", "các", True), ("Truyền", "thông", True), ("an;", "Các", False)]
)
def test_words_of_one_phrase_go_together(word: str, after: str, *, told: bool) -> None:
    assert go_together(word, after) is told


@pytest.mark.parametrize(
    ("line", "partners"),
    [
        ("TT Nội dưng nhiệm vụ | Cơquan chủ | Cơ quan phôi | Thờigian", True),
        ('T VÀ ".. Cơquan | Cơ quan Thời', True),
        ("TT | Nhiệm vụ | Cơ quan chủ trì | Thời gian", False),
    ],
)
def test_heads_run_together_and_torn(line: str, partners: bool) -> None:
    head = scan_line(line, 0, len(line))
    assert is_head(head)
    assert names_partners([head]) is partners


@pytest.mark.parametrize(
    ("line", "kind", "time"),
    [
        ("mở chợ phiên | Sở Công Thương | 2027 -", "open", "2027 -"),
        ("mở chợ phiên Sở Công Thương 2027", "whole", "2027"),
        ("mở chợ phiên Sở Công Thương Trước", "part", "Trước"),
        ("mở chợ phiên trong năm 2027", "", None),
        ("mở chợ phiên | Sở Y tế | 7021 - 2027", "misread", "7021 - 2027"),
    ],
)
def test_times_that_a_narrow_column_breaks(line: str, kind: str, time: str | None) -> None:
    read = scan_line(line, 0, len(line))
    assert (read.time_kind, read.time.text if read.time else None) == (kind, time)


@pytest.mark.parametrize(
    ("text", "certain"),
    [("Trước tháng 6/2027", True), ("Quý III, IV/2027", True), ("Giai đoạn 2027 - 2030", True), ("2027 -", False)],
)
def test_the_pieces_of_a_time_in_several_lines(text: str, certain: bool) -> None:
    assert is_certain_time(text) is certain
