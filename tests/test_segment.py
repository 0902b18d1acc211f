"""Segmenting: labels, titles, trees, tables, zones; and what must hold on any text."""

from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from pipeline.outline import Outline
from pipeline.segment import segment
from pipeline.segment.labels import find_mark
from tests.case_table import Case, parametrize
from tests.growth import assert_linear


@parametrize("segment_labels")
def test_label(case: Case) -> None:
    mark = find_mark(case.text)
    assert (() if mark is None else (mark.readings[0].label,)) == case.expected


@parametrize("segment_titles")
def test_title(case: Case) -> None:
    outline = segment("II. NỘI DUNG CHUNG\n" + case.text.replace("~", "\n"))
    assert tuple(section.title for section in outline.sections[1:2] if section.title) == case.expected


@parametrize("segment_trees")
def test_tree(case: Case) -> None:
    outline = segment("KẾ HOẠCH\nPHÒNG CHÁY\nCăn cứ Luật;\n" + case.text.replace("~", "\n"))
    assert tuple("/".join(section.path) for section in outline.sections) == case.expected


@parametrize("segment_tables")
def test_table(case: Case) -> None:
    outline = segment(case.text.replace("~", "\n"))
    found = tuple("/".join(c.text for c in row) for grid in outline.grids for row in (grid.header, *grid.rows))
    assert found == case.expected


PLAN = """ỦY BAN NHÂN DÂN
TỈNH A
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Số: 1/KH-UBND
KẾ HOẠCH
Phòng cháy, chữa cháy năm 2026
Căn cứ Luật Phòng cháy;
Ủy ban nhân dân tỉnh ban hành Kế hoạch như sau:
I. NHIỆM VỤ
1. Sở Y tế:
- Tổ chức các hoạt động sau:
+ Tập huấn.
+ Diễn tập.
2. Sở Nội vụ
Tuyên truyền trong cơ quan.
Trong quá trình thực hiện, nếu có vướng mắc, báo cáo Ủy ban nhân dân tỉnh./.
Nơi nhận:
- Như trên;
- Lưu: VT.
TM. ỦY BAN NHÂN DÂN
CHỦ TỊCH
Nguyễn Văn A
PHỤ LỤC
DANH MỤC NHIỆM VỤ
(Kèm theo Kế hoạch số 1/KH-UBND)
ĐVT: triệu đồng
TT
Việc
1
Tập huấn
2
Diễn tập
[1] Theo báo cáo của các xã.
"""


def _places(outline: Outline) -> list[str]:
    paths = ["/".join(section.path) for section in outline.sections]
    return [
        f"{block.zone} {block.kind} {'-' if block.section is None else paths[block.section]}"
        for block in outline.blocks
    ]


def test_an_excerpt_begins_with_its_article() -> None:
    outline = segment(
        "Điều 4. Chuyển tiếp\n1. Đối với vườn quýt đã giao khoán\na) Giữ hạn giao;\nb) Lập sổ.\n2. Đối với vườn mới\n"
        "a) Đo đạc.\nNơi nhận:\n- Như Điều 4;\n- Lưu: VT."
    )
    assert ["/".join(section.path) for section in outline.sections] == [
        f"Điều 4{below}" for below in ("", "/1", "/1/a", "/1/b", "/2", "/2/a")
    ]


def test_zones_and_places() -> None:
    places = _places(segment(PLAN))
    assert places[:8] == ["header paragraph -"] * 6 + ["preamble paragraph -"] * 2
    assert places[8:16] == [
        "body heading I",
        "body heading I/1",
        "body bullet I/1",
        "body bullet I/1",
        "body bullet I/1",
        "body heading I/2",
        "body paragraph I/2",
        "body paragraph I",  # the closing paragraph speaks for the whole part
    ]
    assert places[16:22] == ["closing paragraph -"] + ["closing bullet -"] * 2 + ["closing paragraph -"] * 3
    assert places[22] == "header heading Phụ lục"
    assert places[-1] == "closing paragraph -"  # the footnote


def test_bullets_and_what_leads_in() -> None:
    blocks = segment(PLAN).blocks[8:13]
    assert [block.depth for block in blocks] == [0, 0, 1, 2, 2]
    assert [block.introduces for block in blocks] == [True, True, True, False, False]
    assert [block.marker for block in blocks] == ["I.", "1.", "-", "+", "+"]


def test_grid_has_caption_unit_and_section() -> None:
    outline = segment(PLAN)
    (grid,) = outline.grids
    assert (grid.caption, grid.unit) == ("DANH MỤC NHIỆM VỤ", "triệu đồng")
    assert grid.section is not None
    assert outline.sections[grid.section].label == "Phụ lục"
    assert all(PLAN[p.start : p.end] == cell.text for row in grid.rows for cell in row for p in cell.paragraphs)


def test_recovered_labels_are_reported() -> None:
    text = "1. MỤC ĐÍCH, YÊU CẦU\n1. Mục đích\n- Một.\n2. Yêu cầu\nII. PHẠM VI"
    ((span, label),) = segment(text).recovered
    assert (text[span.start : span.end], label) == ("1.", "I")


def test_attached_plan_starts_a_new_root() -> None:
    text = (
        "QUYẾT ĐỊNH\nVề việc ban hành Kế hoạch\nCăn cứ Luật;\nQUYẾT ĐỊNH:\nĐiều 1. Ban hành kèm theo Kế hoạch.\n"
        "Điều 2. Hiệu lực kể từ ngày ký.\nNơi nhận:\n- Như Điều 2;\nTM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH\nNguyễn Văn A\n"
        "KẾ HOẠCH\nPHÒNG CHÁY NĂM 2026\n(Ban hành kèm theo Quyết định)\nI. MỤC TIÊU\n1. Giảm số vụ cháy."
    )
    outline = segment(text)
    assert ["/".join(section.path) for section in outline.sections] == ["Điều 1", "Điều 2", "I", "I/1"]
    assert [block.zone for block in outline.blocks][-5:] == ["header"] * 3 + ["body"] * 2


def test_what_stands_above_the_motto_is_no_body() -> None:
    stamp = "Bản chữ của một bản quét, có thể sai dấu, sai số và sai ngày; xin xem bản gốc. " * 4
    head = (
        "TỈNH ỦY LAI CHÂU\n11-02-2031 08:07:06 +07:00\nTỈNH ỦY LAI CHÂU ĐẢNG CỘNG SẢN VIỆT NAM\nSố 8-KL/TU\nKẾT LUẬN\n"
    )
    text = f"{stamp}\n{head}về nghề trồng dâu\n\nI- TÌNH HÌNH\nNghề trồng dâu đã có bước tiến."
    assert _zones(text) == ["header"] * 7 + ["body"] * 2


def _zones(text: str) -> list[str]:
    return [block.zone for block in segment(text).blocks]


def test_footnotes_that_end_a_text_are_closing() -> None:
    text = (
        "KẾ HOẠCH\nPHÒNG CHÁY\nCăn cứ Luật;\nI. NHIỆM VỤ\n1. Rà soát[1].\nNơi nhận:\n- Lưu: VT.\nCHỦ TỊCH\n"
        "[1] Theo báo cáo.\n[2] Bộ\nGiáo dục và Đào tạo phối hợp.\n[3]\nUBND các xã: Một, Hai."
    )
    assert _zones(text)[5:] == ["closing"] * 8
    assert _zones(text.replace("[3]", "PHỤ LỤC\nVIỆC CHUNG\n1. Rà soát."))[-3:] == ["header", "body", "body"]


@pytest.mark.parametrize("head", ["Nơi nhận: TM HE TƯƠNG", "ơi nhận: F2 G", "Nơi xa XT. THỦ"])
def test_a_spoiled_list_of_recipients_is_closing(head: str) -> None:
    text = (
        f"QUYẾT ĐỊNH\nVề phòng cháy\nCăn cứ Luật;\nĐiều 1. Ban hành Kế hoạch.\nĐiều 2. Các sở thi hành.\n{head}\n"
        "- Ban Bí thư Trung ương Đảng; “9⁄4 mĩ;\n- Thủ tướng, các Phó Thủ tướng;\n~ Văn phòng Chủ tịch nước; kKŠ\n"
        "- Lưu: VT, KSTT (2). 44Ô"
    )
    assert _zones(text)[3:] == ["body"] * 2 + ["closing"] * 5


def test_a_line_without_a_blank_line_above_it_goes_on() -> None:
    lead = "Các địa phương phía đông của tỉnh bị ngập sâu từ nhiều ngày nay và cần được cứu trợ ngay trong tuần này."
    text = "\n\n".join(
        ["I. NHIỆM VỤ", *[lead] * 11, "- Nhóm một:\nCác xã ven biển.", "Phối hợp với Sở Công\nThương rà soát."]
    )
    last = [text[block.span.start : block.span.end] for block in segment(text).blocks][-2:]
    assert last == ["Nhóm một:\nCác xã ven biển.", "Phối hợp với Sở Công\nThương rà soát."]


def test_a_closing_paragraph_stands_in_the_last_part_and_so_does_what_follows_it() -> None:
    text = (
        "I. NHIỆM VỤ\n1. Sở Y tế: Kiểm tra nước.\n2. Sở Nội vụ: Rà soát biên chế.\n"
        "Trên đây là Kế hoạch năm.\nSở Y tế chịu trách nhiệm đôn đốc."
    )
    assert _places(segment(text))[-2:] == ["body paragraph I"] * 2


def test_what_a_closing_paragraph_closes_ends_before_it() -> None:
    text = (
        "I. NHIỆM VỤ\n1. Sở Y tế\na) Kiểm tra nước.\nb) Phun thuốc.\n- Phun ở chợ.\n"
        "Trên đây là Kế hoạch năm.\nSở Y tế chịu trách nhiệm đôn đốc."
    )
    ends = {"/".join(section.path): section.extent.end for section in segment(text).sections}
    assert ends["I"] == len(text)
    assert ends["I/1"] == ends["I/1/b"] == text.index("\nTrên đây")


@pytest.mark.parametrize(
    ("head", "title"),
    [
        ("Tổ chức trồng và chăm sóc:", "Tổ chức trồng và chăm sóc"),
        ("Giải pháp ươm giống quýt năm 2031:", "Giải pháp ươm giống quýt năm 2031"),
        ("Thời gian ươm giống: Từ tháng 2 đến tháng 4.", "Thời gian ươm giống"),
        ("Thông qua Đề án trồng quýt với các nội dung sau:", None),
        ("Phê duyệt Đề án trồng quýt:", None),
        ("Hội Làm vườn có quyền:", None),
        ("Cơ cấu của Hội Làm vườn gồm:", None),
        ("Các ông: Trưởng trạm Khuyến nông, Trưởng trạm Thủy lợi thi hành.", None),
    ],
)
def test_an_article_has_a_title_where_its_words_before_a_colon_name_a_matter(head: str, title: str | None) -> None:
    outline = segment(
        f"QUYẾT ĐỊNH\nVề trồng quýt\nCăn cứ Luật;\nQUYẾT ĐỊNH:\nĐiều 1. {head}\n1. Làm đất.\n2. Bón phân."
    )
    assert outline.sections[0].title == title


def test_a_title_line_stands_for_a_lost_letterhead() -> None:
    text = (
        "Chỉ thị về tăng cường quản lý hóa chất\nThời gian qua việc mua bán hóa chất nguy hiểm còn nhiều sai phạm.\n"
        "Để chấn chỉnh tình hình nói trên trong toàn ngành, Bộ trưởng chỉ thị:\n"
        "1. Các Cục\na) Rà soát.\nb) Báo cáo.\n2. Các Sở\nKiểm tra kho."
    )
    assert _zones(text)[:4] == ["header", "preamble", "preamble", "body"]


def test_press_article_has_no_sections() -> None:
    outline = segment(
        "Tỉnh A ban hành kế hoạch\nỦy ban nhân dân tỉnh vừa ban hành kế hoạch phòng cháy.\nTheo đó, các xã rà soát."
    )
    assert outline.sections == ()
    assert [block.zone for block in outline.blocks] == ["header", "body", "body"]


PIECES = st.sampled_from([
    "|", "| a | b |", "a\tb", "a | b", "I. A", "II. B", "1. c", "1.1. d", "a) e", "- x", "+ y", "“Điều 1. z", "”.",
    "Điều 1. f", "Điều 2.",
    "PHỤ LỤC I", "Phụ lục", "TT", "1", "2", "3", "Nơi nhận:", "TM. ỦY BAN", "Chương I", "[1] chú", "KẾ HOẠCH",
    "Căn cứ a;", "QUYẾT ĐỊNH:",
    "", "văn bản thường.", "(Kèm theo)", "l. A", "Sở Y tế:", "1.", "2.1.", "ĐVT: đồng",
    "x; QUYẾT ĐỊNH: Điều 1. A", "||", "a|", " ", "- Lưu: VT", "[1]", "„ Điều 1. A", "II AB CD", "V/v a", "X", "1.200",
])  # fmt: skip


@settings(deadline=None, max_examples=300)
@given(st.one_of(st.lists(PIECES, max_size=30).map("\n".join), st.text(max_size=300)))
@example("| a | b |\nPHỤ LỤC I\nChương I\nKẾ HOẠCH\n- x\n| a | b |\n[1]\n“Điều 1. z")
def test_any_text_has_a_sound_outline(text: str) -> None:
    outline = segment(text)
    end = 0
    for block in outline.blocks:
        assert end <= block.span.start < block.span.end <= len(text)
        end = block.span.end
        assert all(block.span.end <= grid.span.start or grid.span.end <= block.span.start for grid in outline.grids)
    start = 0
    for index, section in enumerate(outline.sections):
        assert (
            start <= section.extent.start <= section.head.start <= section.head.end <= section.extent.end <= len(text)
        )
        start = section.extent.start
        assert section.level == len(section.path)
        if section.parent is not None:
            parent = outline.sections[section.parent]
            assert section.parent < index
            assert section.path[:-1] == parent.path
            assert parent.extent.start <= section.extent.start <= section.extent.end <= parent.extent.end
    end = 0
    for grid in outline.grids:
        assert end <= grid.span.start < grid.span.end <= len(text)
        end = grid.span.end
        assert all(len(row) == len(grid.header) for row in grid.rows)


@pytest.mark.parametrize(
    "unit",
    [
        "a) ",
        "a) b\n",
        "1. b\n",
        "I. A\nII. B\n",
        "|\n",
        "|\n1\n",
        "|\na\n|\n|\n",
        "| a ",
        "TT\na\n1\nb\n",
        "“a\n",
        "PHỤ LỤC\n",
        "- Lưu: VT\n- a b\n",
        "[1] a\n",
        "|\nSTT\n|\nx\n|\n|\n1\n|\nabcde\n|\n|\n",
        "|\nTT\n|\na b\n|\n|\n1\n",
    ],
)
@pytest.mark.slow
def test_time_grows_linearly(unit: str) -> None:
    assert_linear(segment, unit, times=2_000)
