"""The marks that converters write where a page ends go, and the text goes on; lines of the document stay."""

import pytest

from pipeline.clean import clean
from pipeline.clean.page_marks import drop_page_marks
from pipeline.mapped_text import MappedText
from pipeline.read import read_text

MARKS = (
    "--- PAGE BREAK ---",
    "--- Page 3 ---",
    "----- Trang 3 -----",
    "*** Page 3 ***",
    "—— Page 3 ——",
    "=== Page 3 of 9 ===",
    "==== TRANG 3/9 ====",
    "==========\n--- Trang 3 ---\n==========",
    "--- Hết trang 2 ---",
    "[Trang 3]",
    "[PAGE 3 / 9]",
    "[[page 3]]",
    "[Ngắt trang]",
    "# [Trang 3]",
    "<!-- page 3 -->",
    "<!-- PageBreak -->",
    '<!-- PageNumber="3" -->',
    '<!-- PageHeader="Kế hoạch" -->',
    "<!-- END PAGE 2 -->\n\n\n<!-- START PAGE 3 -->\n\n[Trang 3]",
    "{3}--------------------",
    "<page_number>3</page_number>",
    "<page 3>",
    "\\pagebreak",
    "Page 3 of 9",
    "Trang 3/9",
    "Trang | 3",
    "Page | 3",
    "3 | Page",
    "3 | P a g e",
)
ABOVE = "Trạm Khuyến nông phối hợp với các hợp tác xã lập danh sách hộ trồng quýt cần"
BELOW = "hỗ trợ giống sạch bệnh."
NEXT = "Hướng dẫn cách ghi sổ vườn."


def _without(text: str) -> str:
    return drop_page_marks(MappedText.of(text)).text


@pytest.mark.parametrize("mark", MARKS)
def test_a_sentence_goes_on_across_a_mark(mark: str) -> None:
    assert _without(f"{ABOVE}\n\n{mark}\n\n3\n\n{BELOW}\n{NEXT}") == f"{ABOVE}\n{BELOW}\n{NEXT}"


def test_bare_numbers_of_pages_must_count_up() -> None:
    pages = "".join(f"Vườn {place} thuộc\nTrang {place}\nxã vùng cao.\n" for place in (4, 5, 6))
    assert "Trang" not in _without(pages)
    contents = "Mở đầu\nTrang 4\nNhiệm vụ\nTrang 17\nKinh phí\nTrang 52\n"
    assert _without(contents) == contents


@pytest.mark.parametrize(
    "text",
    [
        "Trang thông tin điện tử\nTrang bị 3/9 xe\nXem trang 3 của Phụ lục",
        "--- o0o ---\n=== HẾT ===\n[Trang thiết bị 3]",
        "STT\nTrang\n3\nBìa",
    ],
)
def test_lines_of_a_document_are_no_marks(text: str) -> None:
    assert _without(text) == text


def test_page_numbers_go_with_the_marks_and_row_numbers_stay() -> None:
    pages = "".join(
        f"Vườn ươm số {place} do\n--- PAGE BREAK ---\n¬ {place + 1} .\nxã {place} quản lý.\n" for place in (1, 2, 3)
    )
    assert _without(pages) == "".join(f"Vườn ươm số {place} do\nxã {place} quản lý.\n" for place in (1, 2, 3))
    table = "TT\nVườn\n1\nQuýt\n--- Page 2 ---\n2\nCam\n3\nBưởi\n"
    assert _without(table) == table.replace("--- Page 2 ---\n", "")


def test_a_running_head_goes_and_a_heading_stays() -> None:
    pages = "".join(
        f"--- Page {place} ---\nKẾ HOẠCH TRỒNG QUÝT\nVườn {place} giao hộ liền kề.\n" for place in (1, 2, 3)
    )
    assert _without(pages) == "\n\n".join(f"Vườn {place} giao hộ liền kề." for place in (1, 2, 3)) + "\n"
    twice = pages[: pages.index("--- Page 3")]
    assert _without(twice).count("KẾ HOẠCH TRỒNG QUÝT") == 2


def test_a_page_number_goes_where_its_mark_repeats_it_or_a_sentence_goes_on() -> None:
    mark = "--- PAGE BREAK ---"
    text = f"Lập sổ.\n{mark}\nGiao vườn cho\n{mark}\n2\ncác hộ.\n{mark}\n- Ươm cây.\n{mark}\n- Tưới cây.\n"
    assert "2" not in _without(text)
    assert "2" in _without(text.replace("các hộ", "Các hộ"))
    counting = (
        f"Lập sổ.\n{mark}\n- Ươm cây.\n{mark}\n8\nTưới cây.\n{mark}\n9\nBón cây.\n{mark}\n- Tỉa cây.\n{mark}\nHết."
    )
    assert not any(map(str.isdigit, _without(counting)))
    named = "Lập sổ.\n=== Trang 1 ===\nƯơm cây.\n=== Trang 2 ===\n2\nTưới cây.\n=== Trang 3 ===\nTỉa cây.\n"
    assert not any(map(str.isdigit, _without(named)))


def test_the_name_of_a_file_goes_though_no_two_pages_have_it_alike() -> None:
    heads = ("7.QDKX2S.DOC 2", "7.QDKX25.DOC. K)", "7.0DKX2S.DOC 4")
    pages = "".join(f"Vườn {head[-1]} giao cho\n--- PAGE BREAK ---\n{head}\n\nhộ liền kề.\n" for head in heads)
    assert "DOC" not in _without(pages)
    forms = pages.replace(heads[0], "Mẫu số 02").replace(heads[1], "Mẫu số 03").replace(heads[2], "Mẫu số 04")
    assert _without(forms).count("Mẫu số") == 3


def test_a_mark_between_rows_leaves_one_table() -> None:
    assert _without("| TT | Vườn |\n[Trang 2]\n| 1 | Cam |") == "| TT | Vườn |\n| 1 | Cam |"


def test_a_mark_within_a_line() -> None:
    assert _without("hộ trồng --- Page 2 --- quýt <!-- page 3 --> sạch") == "hộ trồng quýt sạch"


def test_front_matter_goes() -> None:
    text = '---\ntitle: "Ke hoach trong quyt"\nformat: pdf\ntags:\n  - quýt\n---\n\nKẾ HOẠCH\nTrồng quýt năm 2031\n'
    assert clean(read_text(text.encode())).text.text.strip() == "KẾ HOẠCH\nTrồng quýt năm 2031"


def test_a_rule_above_a_document_is_no_front_matter() -> None:
    text = "---\nKính gửi: Hợp tác xã Quýt Đỏ\nNgày hội: mùng 8\n---\nTrồng quýt.\n"
    assert "Hợp tác xã Quýt Đỏ" in clean(read_text(text.encode())).text.text
