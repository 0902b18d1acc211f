"""Pages of a PDF: words with their places as seen, drawn lines, what is put over a page, damaged files."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.errors import UnreadableInputError
from pipeline.read.pages.layout import blocks_of
from pipeline.read.pages.page import Page
from pipeline.read.pdf.reader import pages_of
from pipeline.read.writing import write_blocks
from tests.tiny_pdf import drawn, pdf, stream_of

TEXT = b"BT /F1 12 Tf 72 700 Td (Giao So Tai chinh) Tj ET"


def only(data: bytes) -> Page:
    (page,) = pages_of(data)
    return page


def texts(page: Page) -> list[str]:
    return [word.text for word in page.words]


def test_words_have_places_and_sizes() -> None:
    page = only(pdf([TEXT]))
    first = page.words[0]
    assert texts(page) == ["Giao", "So", "Tai", "chinh"]
    assert (page.number, page.width, page.height, page.origin) == (1, 600, 800, "text")
    assert first.left == pytest.approx(72, abs=1)
    # The base line is 100 points below the top; letters stand above it.
    assert first.top < 92 < first.bottom < 104
    assert first.size == 12


@pytest.mark.parametrize(
    ("content", "size"),
    [
        (b"BT /F1 1 Tf 14 0 0 14 72 700 Tm (a) Tj ET", 14),
        (b"2 0 0 2 0 0 cm BT /F1 6.5 Tf 36 350 Td (a) Tj ET", 13),
    ],
)
def test_the_size_is_what_is_seen(content: bytes, size: float) -> None:
    assert only(pdf([content])).words[0].size == size


@pytest.mark.parametrize(
    ("page", "width", "height", "left", "base"),
    [
        (b"", 600, 800, 72, 100),
        (b"/CropBox [50 100 550 750]", 500, 650, 22, 50),
        (b"/Rotate 180", 600, 800, None, 700),
        (b"/Rotate 90", 800, 600, None, None),
    ],
)
def test_places_are_those_of_the_page_as_seen(
    page: bytes, width: int, height: int, left: int | None, base: int | None
) -> None:
    read = only(pdf([TEXT], page=page))
    assert (read.width, read.height) == (width, height)
    word = read.words[0]
    assert left is None or word.left == pytest.approx(left, abs=1)
    assert base is None or word.top - 3 < base < word.bottom + 3


def test_a_turned_page_reads_along_its_lines() -> None:
    # Text that runs upwards on a page turned by 90 degrees is level as seen.
    read = only(pdf([b"BT /F1 12 Tf 0 1 -1 0 100 72 Tm (Giao So Tai chinh) Tj ET"], page=b"/Rotate 90"))
    assert texts(read) == ["Giao", "So", "Tai", "chinh"]
    first, second = read.words[:2]
    assert first.left == pytest.approx(72, abs=1)
    assert first.top == pytest.approx(second.top, abs=0.5)
    assert first.right < second.left


def test_what_the_crop_box_hides_is_no_text() -> None:
    assert texts(only(pdf([TEXT], page=b"/CropBox [0 0 600 400]"))) == []


def test_words_without_spaces_between_them_are_parted_by_gaps() -> None:
    content = b"BT /F1 12 Tf 72 700 Td (STT) Tj 60 0 Td (Noi) Tj 0 -20 Td (dung) Tj ET"
    assert texts(only(pdf([content]))) == ["STT", "Noi", "dung"]


def test_a_small_raised_digit_is_a_superscript() -> None:
    raised = b"BT /F1 12 Tf 72 700 Td (chinh) Tj /F1 7 Tf 5 Ts (12) Tj ET"
    assert texts(only(pdf([raised]))) == ["chinh¹²"]
    assert texts(only(pdf([b"BT /F1 12 Tf 72 700 Td (CO) Tj /F1 7 Tf -2 Ts (2) Tj ET"]))) == ["CO2"]


FORM = stream_of(b"/Type /XObject /Subtype /Form /BBox [0 0 600 800] /Matrix [1 0 0 1 10 0]", b"0 0 m 100 0 l S")


@pytest.mark.parametrize(
    ("content", "rules"),
    [
        (b"72 700 m 172 700 l S", [(72, 100, 172, 100)]),
        (b"72 700 100 0.5 re f", [(72, 100, 172, 100)]),
        (b"72 600 100 100 re S", [(72, 200, 172, 200), (172, 100, 172, 200), (72, 100, 172, 100), (72, 100, 72, 200)]),
        (b"72 600 100 100 re f", []),
        (b"72 700 m 172 700 l n", []),
        (b"72 700 m 172 640 l S", []),
        (b"72 700 m 100 700 120 700 172 700 c S", []),
        (b"2 0 0 2 0 0 cm 36 350 m 86 350 l S", [(72, 100, 172, 100)]),
        (b"1 0 0 1 0 500 cm /X1 Do", [(10, 300, 110, 300)]),
        (b"-50 700 m 172 700 l S", [(0, 100, 172, 100)]),
    ],
)
def test_rules_are_straight_lines_and_thin_boxes(content: bytes, rules: list[tuple[int, ...]]) -> None:
    found = only(pdf([content], objects=[FORM])).rules
    assert sorted(tuple(round(value) for value in rule) for rule in found) == sorted(rules)


def test_the_number_in_a_signature_field_is_text() -> None:
    form, annotations = drawn(b"BT /F1 12 Tf 2 4 Td (1696) Tj ET", (100, 696, 130, 712))
    page = only(pdf([b"BT /F1 12 Tf 72 700 Td (So:) Tj 60 0 Td (/QD-UBND) Tj ET"], page=annotations, objects=[form]))
    assert sorted(texts(page)) == ["/QD-UBND", "1696", "So:"]
    assert page.diagnostics == ()
    (line,) = blocks_of([page])
    assert getattr(line, "text", "") == "So: 1696 /QD-UBND"


def test_a_signature_stamp_is_kept_apart() -> None:
    form, annotations = drawn(
        b"BT /F1 8 Tf 2 30 Td (Signed by: Le Van A) Tj 0 -10 Td (Email: a@b.vn) Tj ET", (300, 690, 420, 740)
    )
    page = only(pdf([TEXT], page=annotations, objects=[form]))
    assert texts(page) == ["Giao", "So", "Tai", "chinh"]
    (remark,) = page.diagnostics
    assert (remark.code, remark.severity) == ("signature-stamp", "info")
    assert "Le Van A" in remark.message


def test_what_is_put_over_a_word_takes_its_place() -> None:
    form, annotations = drawn(b"BT /F1 12 Tf 0 4 Td (5) Tj ET", (72, 696, 84, 712))
    page = only(pdf([b"BT /F1 12 Tf 72 700 Td (4) Tj 30 0 Td (nam) Tj ET"], page=annotations, objects=[form]))
    assert sorted(texts(page)) == ["5", "nam"]


def test_a_note_in_the_margin_is_no_text() -> None:
    form, annotations = drawn(b"BT /F1 12 Tf 2 4 Td (xem lai) Tj ET", (100, 600, 180, 640), kind=b"Text")
    assert texts(only(pdf([TEXT], page=annotations, objects=[form]))) == ["Giao", "So", "Tai", "chinh"]


LOCKED = b"/Encrypt << /Filter /Standard /V 1 /R 2 /P -4 /O <%s> /U <%s> >> /ID [<00> <00>]" % (b"41" * 32, b"42" * 32)


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "damaged"),
        (b"%PDF-1.7\n", "damaged"),
        (pdf([TEXT])[:300], "damaged"),
        (pdf([]), "empty"),
        (pdf([TEXT], trailer=LOCKED), "encrypted"),
        (pdf([TEXT] * 4), "too-large"),
    ],
)
def test_what_cannot_be_read_names_its_cause(data: bytes, code: str) -> None:
    with pytest.raises(UnreadableInputError) as error:
        pages_of(data, most_pages=3)
    assert error.value.code == code


def test_any_truncated_file_ends_in_pages_or_in_an_error() -> None:
    data = pdf([TEXT, TEXT])
    ends: set[int | str] = set()
    for length in range(0, len(data), 7):
        try:
            ends.add(len(pages_of(data[:length])))
        except UnreadableInputError as error:
            ends.add(error.code)
    assert "damaged" in ends
    assert ends <= {1, 2, "damaged", "empty"}


def test_a_page_of_too_many_strokes_keeps_its_words() -> None:
    page = only(pdf([TEXT + b"\n" + b"0 0 m 100 0 l S\n" * 20_001]))
    assert page.rules == ()
    assert texts(page) == ["Giao", "So", "Tai", "chinh"]
    assert [remark.code for remark in page.diagnostics] == ["too-many-drawings"]


def test_a_page_of_too_many_characters_is_told() -> None:
    page = only(pdf([b"BT /F1 1 Tf 0 700 Td " + b"(aaaaaaaaa ) Tj " * 20_001 + b"ET"]))
    assert page.words == ()
    assert [remark.code for remark in page.diagnostics] == ["too-many-characters"]


@pytest.mark.shared
@pytest.mark.parametrize(
    ("name", "pages", "sentences"),
    [
        ("text-qd-1074-bxd", 2, ["Số: 1074/QĐ-BXD", "hoàn thành chậm nhất đến ngày 01 tháng 7 năm 2028.\n"]),
        ("text-qd-1696-ubnd", 3, ["Số: 1696 /QĐ-UBND", "Lào Cai, ngày 15 tháng 5 năm 2026", "\n1.014968\n"]),
        (
            "text-tt-37-bgtvt",
            24,
            ["Số: 37 /2023/TT-BGTVT", "Hà Nội, ngày 13 tháng 12 năm 2023", "tạm xuất - tái nhập.\n"],
        ),
        ("text-nd55", 7, ["Điều 3. Trách nhiệm thi hành\n", "\nPHÓ THỦ TƯỚNG\n"]),
        ("text-nd55-phu-luc-bang", 12, ["\n390.000/01 thâm niên\n", "\nMức trợ cấp, phụ cấp\n"]),
    ],
)
def test_real_files_are_read_in_whole_lines(shared: Path, name: str, pages: int, sentences: list[str]) -> None:
    read = pages_of((shared / "inputs" / "pdf" / f"{name}.pdf").read_bytes())
    text = write_blocks(blocks_of(read)).text
    assert len(read) == pages
    assert [sentence for sentence in sentences if sentence not in text] == []


@pytest.mark.shared
def test_a_scan_with_a_stamp_alone_has_no_words(shared: Path) -> None:
    read = pages_of((shared / "inputs" / "pdf" / "scan-signature-text-only.pdf").read_bytes())
    assert not any(page.words for page in read)
    assert [remark.code for page in read for remark in page.diagnostics] == ["signature-stamp"]
