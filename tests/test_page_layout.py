"""Paragraphs in reading order from words with places: joining, columns, page numbers, footnotes."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.read.blocks import Box, Paragraph, TableBlock, paragraphs_of
from pipeline.read.pages.layout import blocks_of
from pipeline.read.pages.page import Page, Word
from tests.growth import assert_linear
from tests.laid_pages import LEFT, PITCH, RIGHT, TOP, bottom_of, centred, flowing, line, page, texts, width_of, wrapped

LONG = (
    "Sở Nông nghiệp và Môi trường chủ trì, phối hợp với các sở, ngành rà soát quy hoạch vùng chè, báo cáo kết quả "
    "trước ngày 30 tháng 6 năm 2026 để Ủy ban nhân dân tỉnh xem xét, quyết định"
)
LIST = [LONG + ".", "1. " + LONG + ":", "a) " + LONG + ";", "- " + LONG + ";", "+ Trồng chè;", "b) Trồng rừng."]
BODY = [LONG + ".", LONG + "."]


@pytest.mark.parametrize(("indent", "gap"), [(30, 0), (30, 6), (0, 6), (0, 0)])
def test_wrapped_lines_are_one_paragraph(indent: float, gap: float) -> None:
    assert texts(blocks_of([page(flowing(LIST, indent=indent, gap=gap))])) == LIST


def test_a_ragged_right_side_is_no_end_of_paragraphs() -> None:
    words = wrapped(LONG + ".", top=TOP, justify=False)
    words += wrapped("2. " + LONG + ".", top=bottom_of(words), justify=False)
    assert texts(blocks_of([page(words)])) == [LONG + ".", "2. " + LONG + "."]


def test_a_hanging_item_goes_on_below_its_text() -> None:
    words = wrapped("- " + LONG + ";", top=TOP, left=LEFT + 39, indent=-9)
    words += wrapped("- Trồng chè;", top=bottom_of(words), left=LEFT + 39, indent=-9)
    body = flowing(BODY, top=bottom_of(words))
    assert texts(blocks_of([page(words, body)])) == ["- " + LONG + ";", "- Trồng chè;", *BODY]


def test_a_dash_at_the_start_of_a_line_need_not_be_a_bullet() -> None:
    first = line(
        "Tờ khai đối với phương tiện tạm nhập, tái xuất hoặc phương tiện được cho tạm x", left=LEFT + 30, top=TOP
    )
    assert first[-1].right > RIGHT - 15
    second = line("- tái nhập.", top=TOP + PITCH)
    (block,) = blocks_of([page(first, second, flowing(BODY, top=TOP + 10 * PITCH))])[:1]
    assert isinstance(block, Paragraph)
    assert block.text.endswith("cho tạm x - tái nhập.")


def test_a_word_broken_after_its_hyphen_is_whole_again() -> None:
    number = "26/2021/TT-BGTVT"
    head = "Thông tư số 48 về quản lý vận tải đường bộ, được sửa đổi tại số "
    lead = line(head + "26/2021/TT-", left=LEFT + 30, top=TOP)
    stretch = (RIGHT - lead[-1].right) / (len(lead) - 1)
    lead = [w._replace(left=w.left + k * stretch, right=w.right + k * stretch) for k, w in enumerate(lead)]
    rest = line("BGTVT.", top=TOP + PITCH)
    read = texts(blocks_of([page(lead, rest, flowing(BODY, top=TOP + 10 * PITCH))]))
    assert read[0] == head + number + "."


def test_each_line_has_its_place() -> None:
    (first, *_) = blocks_of([page(flowing(BODY))])
    assert isinstance(first, Paragraph)
    lines = [piece.place for piece in first.pieces]
    assert [place.page for place in lines] == [1] * len(lines)
    assert len(lines) > 2
    assert lines[0].box == (LEFT + 30, TOP, RIGHT, TOP + 12)
    assert all(piece.text.endswith(" ") for piece in first.pieces[:-1])


HEADS = [
    (["KẾ HOẠCH", "Phát triển chè và cây dược liệu", "giai đoạn 2026 - 2030"], [0, 1, 1]),
    (["CHƯƠNG II", "NHIỆM VỤ VÀ GIẢI PHÁP", "TRỌNG TÂM"], [0, 1, 1]),
    (["PHỤ LỤC I", "DANH MỤC NHIỆM VỤ", "(Kèm theo Kế hoạch số 12/KH-UBND", "ngày 05 tháng 3 năm 2026)"], [0, 1, 2, 2]),
]


@pytest.mark.parametrize(("lines", "paragraphs"), HEADS)
def test_centred_heads(lines: list[str], paragraphs: list[int]) -> None:
    words = [word for number, text in enumerate(lines) for word in centred(text, top=TOP + number * PITCH)]
    expected = [
        " ".join(text for text, own in zip(lines, paragraphs, strict=True) if own == number)
        for number in range(max(paragraphs) + 1)
    ]
    assert texts(blocks_of([page(words, flowing(BODY, top=TOP + 6 * PITCH))])) == expected + BODY


def test_a_head_set_wide_goes_on_after_a_comma() -> None:
    words = centred("DANH MỤC NHIỆM VỤ CỦA CÁC SỞ,", top=TOP) + centred("ỦY BAN NHÂN DÂN CÁC XÃ", top=TOP + 1.4 * PITCH)
    read = texts(blocks_of([page(words, flowing(BODY, top=TOP + 6 * PITCH))]))
    assert read[0] == "DANH MỤC NHIỆM VỤ CỦA CÁC SỞ, ỦY BAN NHÂN DÂN CÁC XÃ"


def test_a_first_line_below_a_title_is_no_part_of_it() -> None:
    title = centred("Phát triển chè và cây dược liệu đến năm 2030", top=TOP)
    body = wrapped("Thực hiện Nghị quyết số 12, Sở Nội vụ lập kế hoạch như sau: ", top=TOP + PITCH, justify=False)
    assert len(texts(blocks_of([page(title, body, flowing(BODY, top=TOP + 6 * PITCH))]))) == 4


def letterhead() -> list[Word]:
    left = ["UBND TỈNH HOÀNG LĨNH", "SỞ NỘI VỤ", "_______", "Số: 12/KH-SNV"]
    right = [
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        "Hoàng Lĩnh, ngày 05 tháng 3 năm 2026",
    ]
    words = []
    for number, text in enumerate(left):
        words += centred(text, top=TOP + 13 * number, middle=160)
    for number, text in enumerate(right):
        words += centred(text, top=TOP + 15 * number + 1, middle=405)
    return words


def test_a_letterhead_is_read_column_by_column() -> None:
    title = centred("KẾ HOẠCH", top=TOP + 70)
    head, *rest = blocks_of([page(letterhead(), title, flowing(BODY, top=TOP + 100))])
    assert isinstance(head, TableBlock)
    assert head.ruled is False
    assert [cell.text.split("\n") for cell in head.cells] == [
        ["UBND TỈNH HOÀNG LĨNH", "SỞ NỘI VỤ", "Số: 12/KH-SNV"],
        ["CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc", "Hoàng Lĩnh, ngày 05 tháng 3 năm 2026"],
    ]
    assert texts(rest) == ["KẾ HOẠCH", *BODY]


def test_a_closing_is_read_column_by_column() -> None:
    body = flowing(BODY)
    top = bottom_of(body) + 10
    left = ["Nơi nhận:", "- Như Điều 4;", "- Thường trực Tỉnh ủy, Thường trực HĐND;", "- Lưu: VT."]
    words = [word for number, text in enumerate(left) for word in line(text, top=top + 12 * number, size=10)]
    for number, text in enumerate(["TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"]):
        words += centred(text, top=top - 3 + 15 * number, middle=430)
    words += centred("Nguyễn Văn Ban", top=top + 110, middle=430)
    *paragraphs, closing = blocks_of([page(body, words)])
    assert texts(paragraphs) == BODY
    assert isinstance(closing, TableBlock)
    assert [cell.text.split("\n") for cell in closing.cells] == [
        left,
        ["TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH", "Nguyễn Văn Ban"],
    ]


def test_a_table_without_lines_is_read_row_by_row() -> None:
    rows = [("Móng Cái", "Quảng Ninh"), ("Hữu Nghị", "Lạng Sơn"), ("Lào Cai", "Lào Cai")]
    words = [
        word
        for number, (one, two) in enumerate(rows)
        for word in [*line(one, left=120, top=TOP + 20 * number), *line(two, left=330, top=TOP + 20 * number)]
    ]
    assert texts(blocks_of([page(words, flowing(BODY, top=TOP + 100))]))[:3] == [" ".join(row) for row in rows]


def numbered(count: int, number_of: dict[int, str], *, top: float = 30) -> list[Page]:
    return [
        page(flowing(BODY), centred(number_of[number], top=top) if number in number_of else [], number=number)
        for number in range(1, count + 1)
    ]


@pytest.mark.parametrize(
    ("printed", "top"),
    [
        ({2: "2", 3: "3"}, 30),
        ({1: "1", 2: "2", 3: "3"}, 770),
        ({1: "Trang 1/3", 2: "Trang 2/3", 3: "Trang 3/3"}, 770),
        ({2: "- 2 -", 3: "2"}, 30),
        ({1: "4", 2: "5", 3: "6"}, 770),
    ],
)
def test_page_numbers_go(printed: dict[int, str], top: float) -> None:
    pages = numbered(3, printed, top=top)
    assert [text for text in texts(blocks_of(pages)) if text not in BODY] == []


def test_a_number_in_the_text_stays() -> None:
    pages = [page(flowing(BODY), centred("2026", top=400)), page(flowing(BODY), centred("31", top=760), number=2)]
    assert [text for text in texts(blocks_of(pages)) if text not in BODY] == ["2026", "31"]


def test_repeated_lines_of_the_margin_go_but_a_motto_stays() -> None:
    foot = "Kế hoạch số 12 - trang"
    pages = [
        page(
            flowing(BODY, top=140),
            centred("Độc lập - Tự do - Hạnh phúc", top=40),
            line(f"{foot} {k}", top=765),
            number=k,
        )
        for k in (1, 2, 3, 4)
    ]
    read = Counter(texts(blocks_of(pages)))
    assert read["Độc lập - Tự do - Hạnh phúc"] == 4
    assert not [text for text in read if text.startswith(foot)]


def test_a_paragraph_goes_on_over_a_page() -> None:
    words = wrapped(LONG + ".", top=TOP)
    first = [word for word in words if word.top <= TOP + PITCH]
    second = [word._replace(top=word.top - 2 * PITCH, bottom=word.bottom - 2 * PITCH) for word in words[len(first) :]]
    pages = [
        page(
            flowing([*BODY], top=TOP + 8 * PITCH), [w._replace(top=w.top + 600, bottom=w.bottom + 600) for w in first]
        ),
        page(second, flowing(BODY, top=TOP + 8 * PITCH), number=2),
    ]
    blocks = blocks_of(pages)
    assert texts(blocks) == [*BODY, LONG + ".", *BODY]
    joined = blocks[2]
    assert isinstance(joined, Paragraph)
    assert {piece.place.page for piece in joined.pieces} == {1, 2}


def test_a_paragraph_that_is_set_in_begins_a_page() -> None:
    pages = [page(flowing(BODY)), page(flowing(["2. " + LONG + "."]), number=2)]
    assert texts(blocks_of(pages)) == [*BODY, "2. " + LONG + "."]


def test_footnotes_come_after_the_sentence_that_goes_on() -> None:
    words = wrapped(LONG + ".", top=TOP)
    first = [w._replace(top=w.top + 500, bottom=w.bottom + 500) for w in words if w.top <= TOP + PITCH]
    second = [w._replace(top=w.top - 2 * PITCH, bottom=w.bottom - 2 * PITCH) for w in words if w.top > TOP + PITCH]
    notes = wrapped(
        "1 Theo Quyết định số 12/QĐ-UBND về danh mục dự án đã được Ủy ban nhân dân tỉnh phê duyệt cho cả giai "
        "đoạn 2026 - 2030.",
        top=700,
        indent=0,
        size=9,
    )
    notes += line("2 Gồm 5 xã.", top=730, size=9)
    pages = [
        page(flowing(BODY), first, notes, rules=[(LEFT, 690, LEFT + 144, 690)]),
        page(second, flowing(BODY, top=TOP + 8 * PITCH), number=2),
    ]
    read = texts(blocks_of(pages))
    assert read[:3] == [*BODY, LONG + "."]
    assert read[3].startswith("¹ Theo Quyết định")
    assert read[3].endswith("giai đoạn 2026 - 2030.")
    assert read[4] == "² Gồm 5 xã."


def test_small_type_at_the_foot_need_not_be_a_note() -> None:
    words = flowing(BODY) + line("Ghi chú: số liệu năm 2025.", top=300, size=9)
    assert texts(blocks_of([page(words)])) == [*BODY, "Ghi chú: số liệu năm 2025."]


def test_an_empty_page_gives_nothing() -> None:
    assert blocks_of([]) == ()
    assert blocks_of([page(), page(number=2)]) == ()


WORDS = st.builds(
    lambda text, left, top, size: Word(text, left, top, left + 0.5 * size * len(text), top + size, size),
    st.text("abcđêKHÀ", min_size=1, max_size=7),
    st.floats(0, 560),
    st.floats(0, 780),
    st.sampled_from([8.0, 11.0, 14.0, 40.0]),
)
RULES = st.one_of(
    st.tuples(st.integers(0, 600), st.integers(0, 800), st.integers(0, 600)).map(lambda r: (r[0], r[1], r[2], r[1])),
    st.tuples(st.integers(0, 600), st.integers(0, 800), st.integers(0, 800)).map(lambda r: (r[0], r[1], r[0], r[2])),
).map(
    lambda box: (
        float(min(box[0], box[2])),
        float(min(box[1], box[3])),
        float(max(box[0], box[2])),
        float(max(box[1], box[3])),
    )
)


@given(st.lists(WORDS, max_size=60), st.lists(RULES, max_size=25))
def test_no_letter_is_lost_or_told_twice(words: list[Word], rules: list[Box]) -> None:
    written = "".join(paragraph.text for paragraph in paragraphs_of(blocks_of([page(words, rules=rules)])))
    assert Counter(written.replace(" ", "")) == Counter("".join(word.text for word in words))


@pytest.mark.slow
def test_time_grows_with_the_number_of_pages_and_lines() -> None:
    def work(text: str) -> object:
        words = flowing(text.split("\n"))
        return blocks_of([page(words)])

    assert_linear(work, LONG + ".\n", times=50)
    assert_linear(lambda text: blocks_of([page(flowing(BODY), number=k) for k, _ in enumerate(text)]), "p", times=15)


def test_width_of_is_what_a_line_takes() -> None:
    assert width_of("ab c") == 21
