"""Text layers: which can be read, and which pages must be recognised anew."""

from __future__ import annotations

from pathlib import Path

import pypdfium2 as pdfium
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.read.pages.text_layer import judge, valid_share
from pipeline.repair.syllables import bare

PROSE = """Ủy ban nhân dân các huyện, thành phố chủ trì, phối hợp với Sở Công Thương và các cơ quan liên quan tổ chức
triển khai Kế hoạch này; định kỳ hằng quý báo cáo kết quả thực hiện về Sở để tổng hợp, trình Ủy ban nhân dân tỉnh xem
xét, quyết định. Trong quá trình thực hiện, nếu có khó khăn, vướng mắc, các đơn vị kịp thời phản ánh bằng văn bản để
được hướng dẫn, giải quyết theo quy định của pháp luật hiện hành."""
STAMP = """Người ký: Cổng Thông tin điện tử tỉnh
Email: congthongtin@example.gov.vn
Cơ quan: Văn phòng Ủy ban nhân dân tỉnh
Thời gian ký: 26.07.2021 16:39:39 +07:00"""
FIGURES = "\n".join(f"{row} {row * 3}% {row}.{row * 7 % 1000:03}.000" for row in range(1, 40))
ENGLISH = "The parties shall exchange the lists of competent authorities through diplomatic channels. " * 6

# A text layer, and what is wrong with it.
LAYERS = {
    "prose": (PROSE, "good"),
    "prose in capitals": (PROSE.upper(), "good"),
    "look-alikes that the cleaner maps": (PROSE.replace("ư", "ƣ").replace("Ư", "Ƣ").replace("Đ", "Ð"), "good"),
    "one look-alike": ("BỘ CÔNG THƢƠNG hƣớng dẫn các đơn vị", "good"),
    "decomposed": (PROSE.replace("ế", "e\u0302\u0301"), "good"),
    "figures only": (FIGURES, "good"),
    "figures under a head": ("STT Tỷ lệ Mức hưởng\n" + FIGURES, "good"),
    "abbreviations": ("- Lưu: VT, KTTH, TH; các PCVP, UBND tỉnh; CT, các PCT; Sở KHĐT, STC, KBNN", "good"),
    "nothing": (" \r\n\f ", "missing"),
    "stamp": (STAMP, "stamp-only"),
    "stamp in one line": ("Ký bởi: Văn phòng Ngày ký: 02-03-2023 08:15:11 +07:00", "stamp-only"),
    "stamp over prose": (STAMP + "\n" + PROSE, "good"),
    "shifted glyphs": ("7ӌ1+ 1Ӝ, %Ҧ1 1+Æ1 'Æ1 4X\u1ec3W ÿӏQK", "wrong-glyphs"),
    "recognised as English": ("CQNG HOA XA HQI CHU NGHIA VIJ;:T NAM DQC lip TI/ do Hqnh phuc " * 3, "wrong-glyphs"),
    "old encoding": ("Céng hoµ x· héi chñ nghÜa ViÖt Nam §éc lËp Tù do H¹nh phóc " * 3, "wrong-glyphs"),
    "private use": ("\uf051\uf055\uf059 \uf04e\uf056\uf05a \uf041\uf042 \uf044\uf045 " * 9, "wrong-glyphs"),
    "no spaces": (PROSE.replace(" ", ""), "wrong-glyphs"),
    "no marks": ("".join(map(bare, PROSE)), "no-marks"),
    "English": (ENGLISH, "wrong-glyphs"),
}


@pytest.mark.parametrize("name", LAYERS)
def test_cause(name: str) -> None:
    layer, cause = LAYERS[name]
    assert judge(layer).cause == cause


@pytest.mark.parametrize(
    ("layer", "cause"),
    [
        ("12", "missing"),
        ("CÔNG BÁO/Số 123", "missing"),
        (STAMP + "\n2", "stamp-only"),
        (PROSE, "good"),
    ],
)
def test_few_words_over_a_picture_of_the_page_are_not_its_text(layer: str, cause: str) -> None:
    assert judge(layer, pictured=0.99).cause == cause


def test_the_same_few_words_on_a_page_without_picture_are() -> None:
    assert judge("CÔNG BÁO/Số 123", pictured=0.1).usable


@pytest.mark.parametrize(
    ("text", "share"),
    [
        ("", 1.0),
        ("12/QĐ-UBND ngày 01/02/2023 của UBND tỉnh", 1.0),
        ("mục III, IV điểm a) khoản 2", 1.0),
        ("kế hoạch", 1.0),
        ("kêt qủa", 0.0),
        ("hoà thuý uỷ", 1.0),
        ("CQNG HOA XA HQI", 0.5),
    ],
)
def test_valid_share(text: str, share: float) -> None:
    assert valid_share(text) == share


@given(st.text())
def test_any_text_is_judged(text: str) -> None:
    verdict = judge(text)
    assert 0 <= verdict.share <= 1
    assert verdict.words >= 0


@pytest.mark.shared
def test_real_layers_that_were_made_by_a_writer_are_kept(shared: Path) -> None:
    for file in sorted((shared / "inputs" / "pdf").glob("text-*.pdf")):
        document = pdfium.PdfDocument(file)
        for page in document:
            verdict = judge(page.get_textpage().get_text_bounded())
            assert verdict.usable, (file.name, verdict)
            assert verdict.share > 0.85 or verdict.words < 60, (file.name, verdict)


@pytest.mark.shared
def test_real_scans_have_no_layer(shared: Path) -> None:
    for file in sorted((shared / "inputs" / "pdf").glob("scan-*.pdf")):
        causes = {judge(page.get_textpage().get_text_bounded()).cause for page in pdfium.PdfDocument(file)}
        assert causes <= {"missing", "stamp-only"}, (file.name, causes)
