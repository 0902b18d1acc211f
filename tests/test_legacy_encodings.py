"""Old encodings: every code of the tables, what is taken for which, and the way back to each byte."""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.mapped_text import MappedText
from pipeline.read import read_text
from pipeline.read.legacy.codes import ENCODINGS, WINDOWS_1252, as_bytes, legacy_of_font, table
from pipeline.read.legacy.convert import convert, detect, to_unicode
from pipeline.read.legacy.double_utf8 import NAME as DOUBLE_UTF8
from pipeline.read.legacy.tcvn3 import is_syllable
from tests.case_table import Case, parametrize

SMALL = "àáảãạăằắẳẵặâầấẩẫậđèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵ"
PLAN = """ỦY BAN NHÂN DÂN TỈNH
KẾ HOẠCH
Trồng rừng phòng hộ ven biển giai đoạn 2001 - 2005
I. MỤC TIÊU
1. Trồng mới 1.200 ha rừng phòng hộ, chăm sóc 350 ha; tỷ lệ cây sống đạt trên 85%.
2. Mỗi huyện lập một vườn ươm, cung cấp đủ giống cho những xã ở ven biển.
II. TỔ CHỨC THỰC HIỆN
a) Sở Nông nghiệp và Phát triển nông thôn chủ trì, phối hợp với Sở Tài chính trình kế hoạch vốn trước ngày 15/6;
đ) Các huyện, thị xã báo cáo kết quả về Sở Kế hoạch và Đầu tư hằng quý."""


@parametrize("legacy_encodings")
def test_lines(case: Case) -> None:
    written = _unescaped(case.text)
    text, _, encoding = convert(MappedText.of(written))
    if case.expected:
        assert (text.text, encoding) == (case.expected[0], case.context["encoding"])
    else:
        assert (text.text, encoding) == (written, None)


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_every_row_of_the_tables(encoding: str) -> None:
    rows = table(encoding)
    assert len({code for code, *_ in rows}) == len(rows)
    for code, letter, written, says in rows:
        seen = as_bytes(written)
        assert code in seen, (letter, written)
        assert letter in says
        assert to_unicode(written, encoding) == says
        assert all(is_syllable(word) or says == "Êđê" for word in says.split())


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("letter", [*SMALL, *SMALL.upper()])
def test_all_134_letters_come_back(letter: str, encoding: str) -> None:
    written = letter.translate(_encoder(encoding))
    by_font = encoding == "tcvn3" and letter.isupper() and letter not in "ĂÂĐÊÔƠƯ"
    assert to_unicode(written, encoding, capitals=by_font) == letter


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_a_plan_comes_back_from_text_and_from_bytes(encoding: str) -> None:
    written = PLAN.translate(_encoder(encoding))
    text, (told,), found = convert(MappedText.of(written))
    assert (text.text, found, told.code, told.severity) == (PLAN, encoding, "legacy-encoding", "info")
    source = read_text(written.encode("latin-1"))
    assert (source.text.text, source.encoding) == (PLAN, encoding)
    source = read_text(written.encode())
    assert (source.text.text, source.encoding) == (PLAN, "utf-8")


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_each_letter_leads_to_its_codes(encoding: str) -> None:
    encoder = _encoder(encoding)
    written = PLAN.translate(encoder)
    text = convert(MappedText.of(written))[0]
    for at, letter in enumerate(text.text):
        start, end = text.source_span(at, at + 1)
        assert written[start:end] == letter.translate(encoder)
    assert text.source_span(0, len(text.text)) == (0, len(written))


def test_utf8_read_twice_comes_back() -> None:
    written = PLAN.encode().decode("latin-1").translate(WINDOWS_1252)
    source = read_text(written.encode())
    assert source.text.text == PLAN
    assert [each.code for each in source.diagnostics] == ["legacy-encoding"]
    assert DOUBLE_UTF8 in source.diagnostics[0].message
    start, end = source.text.source_span(PLAN.index("ế"), PLAN.index("ế") + 1)
    assert written[start:end].encode("cp1252").decode() == "ế"


def test_utf8_read_twice_of_letters_and_marks_is_composed() -> None:
    written = unicodedata.normalize("NFD", PLAN).encode().decode("latin-1").translate(WINDOWS_1252)
    assert read_text(written.encode()).text.text == PLAN


def test_a_lost_horn_is_put_back_and_told() -> None:
    written = "§¬n vÞ ®îc giao kÕ ho¹ch vµ tríc ngµy 15 ph¶i b¸o c¸o"
    text, told, _ = convert(MappedText.of(written))
    assert text.text == "Đơn vị được giao kế hoạch và trước ngày 15 phải báo cáo"
    assert [each.code for each in told] == ["legacy-encoding", "lost-letters"]
    at = text.text.index("ượ")
    assert [written[slice(*text.source_span(place, place + 1))] for place in (at, at + 1)] == ["î", "î"]


def test_a_file_that_mixes_encodings() -> None:
    lines = PLAN.split("\n")
    data = b"\n".join(
        line.encode() if at < 3 else line.translate(_encoder("tcvn3" if at < 7 else "vni")).encode("latin-1")
        for at, line in enumerate(lines)
    )
    source = read_text(data)
    assert (source.text.text, source.encoding) == (PLAN, "tcvn3")
    assert [(each.code, each.severity) for each in source.diagnostics] == [
        ("legacy-encoding", "info"),
        ("mixed-encodings", "warning"),
    ]
    told = source.diagnostics[1].message
    assert "unicode on 3 lines from line 1 on" in told
    assert "tcvn3 on 4 lines from line 4 on" in told
    assert "vni on 2 lines from line 8 on" in told


def test_cells_of_a_line_are_judged_one_by_one() -> None:
    text = convert(MappedText.of("Ghi chó | N¨m thùc hiÖn | Đơn vị báo cáo | Së Y tÕ tØnh"))[0]
    assert text.text == "Ghi chú | Năm thực hiện | Đơn vị báo cáo | Sở Y tế tỉnh"


def test_a_line_of_doubt_stays_in_a_text_of_today() -> None:
    text = "Ghi chó\nĐơn vị thực hiện"
    assert convert(MappedText.of(text))[0].text == text


@pytest.mark.parametrize(
    ("font", "expected"),
    [
        (".VnTime", ("tcvn3", False)),
        (".VnTimeH", ("tcvn3", True)),
        ("'.vntimeh'", ("tcvn3", True)),
        ("ABCDEE+.VnArial NarrowH,Bold", ("tcvn3", True)),
        ("#2EVnCentury#20SchoolbookH-BoldItalic", ("tcvn3", True)),
        ("VnTime", ("tcvn3", False)),
        (".VnTeknical", ("tcvn3", False)),
        ("VNI-Times", ("vni", False)),
        ("vni-helve", ("vni", False)),
        ("VNI Times Bold", ("vni", False)),
        ("VI Times", ("viscii", False)),
        ("VI Times Hoa", ("viscii", True)),
        ("Times New Roman", None),
        ("UVnTime", None),
        ("VNtimes new roman", None),
        ("Vni", None),
        ("Vivaldi", None),
        ("", None),
    ],
)
def test_fonts(font: str, expected: tuple[str, bool] | None) -> None:
    assert legacy_of_font(font) == expected


@pytest.mark.parametrize(
    ("text", "encoding", "expected"),
    [
        ("¸", "tcvn3", "á"),
        ("ng\xad", "tcvn3", "ngư"),
        ("“§iÒu 1”", "tcvn3", "“Điều 1”"),
        ("\uf0b8n", "tcvn3", "án"),
        ("Điều 1", "tcvn3", "Điều 1"),
        ("Báo cáo tài chính", "tcvn3", "Báo cáo tài chính"),
        ("Báo cáo năm", "vni", "Báo cáo năm"),
        ("2010", "vni", "2010"),
        ("", "vni", ""),
    ],
)
def test_runs_of_a_known_font(text: str, encoding: str, expected: str) -> None:
    assert to_unicode(text, encoding) == expected


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("e\u0302\u0323", "ệ"),
        ("e\u0323\u0302", "ệ"),
        ("e\u0301\u0302", "ế"),
        ("E\u0301\u0302", "Ế"),
        ("\u00e9\u0302", "ế"),
        ("\u00ea\u0323", "ệ"),
        ("\u1eb9\u0302", "ệ"),
        ("a\u0300\u0306", "ằ"),
        ("o\u0301\u031b", "ớ"),
        ("\u01a1\u0323", "ợ"),
        ("u\u0303\u031b", "ữ"),
        ("\u00ea\u0301", "ế"),
        ("\u00e8\u0306", "\u00e8\u0306"),  # no letter of any language
    ],
)
def test_letters_and_marks_in_any_order(written: str, expected: str) -> None:
    source = read_text(f"kho {written} xong".encode())
    assert source.text.text == f"kho {expected} xong"
    if len(expected) == 1:
        assert source.text.source_span(4, 5) == (4, 4 + len(written))


@given(
    st.text(st.characters(codec="latin-1", exclude_categories=("Cc",)) | st.sampled_from("ếạđ\n\t|®§µ¸ñ"), max_size=80)
)
def test_any_text_is_read_and_leads_back(text: str) -> None:
    mapped, told, encoding = convert(MappedText.of(text))
    assert bool(told) == bool(encoding)
    if encoding is None:
        assert mapped.text == text
    starts = [mapped.source_span(at, at + 1) for at in range(len(mapped.text))]
    assert starts == sorted(starts)
    assert detect(text) is None or encoding is not None


@given(
    st.text(
        st.sampled_from(SMALL + SMALL.upper() + "abcdeghiklmnopqrstuvxyABCDEGHIKLMNOPQRSTUVXY 0123456789.,;:/-()%\n")
    )
)
def test_text_without_signs_is_the_same_object(text: str) -> None:
    mapped = MappedText.of(unicodedata.normalize("NFC", text))
    assert convert(mapped) == (mapped, (), None)
    assert convert(mapped)[0] is mapped


@given(st.text(max_size=60), st.sampled_from(ENCODINGS), st.booleans())
def test_any_run_is_read(text: str, encoding: str, capitals: bool) -> None:
    assert isinstance(to_unicode(text, encoding, capitals=capitals), str)


@pytest.mark.shared
def test_texts_of_today_are_never_taken_for_old_ones(shared: Path) -> None:
    found = [(path.name, encoding) for path, text in _texts(shared) if (encoding := detect(text))]
    assert not found


@pytest.mark.slow
@pytest.mark.shared
@pytest.mark.parametrize("encoding", [*ENCODINGS, DOUBLE_UTF8])
def test_texts_written_in_an_old_encoding_come_back(shared: Path, encoding: str) -> None:
    wrong = size = 0
    for path, text in _texts(shared, "plans", "corpus"):
        if encoding == DOUBLE_UTF8:
            written = text.encode().decode("latin-1").translate(WINDOWS_1252)
        else:
            written = text.translate(_encoder(encoding))
        read, _, found = convert(MappedText.of(written))
        assert found == encoding, path.name
        size += len(text)
        wrong += sum(
            sum(a != b for a, b in zip(was, now, strict=True)) if len(was) == len(now) else len(was)
            for was, now in zip(text.split("\n"), read.text.split("\n"), strict=True)
        )
    assert wrong <= 0.001 * size


def _texts(shared: Path, *folders: str) -> list[tuple[Path, str]]:
    paths = [path for folder in folders or ("plans", "corpus", "bulk") for path in (shared / folder).rglob("*.txt")]
    return [(path, read_text(path.read_bytes()).text.text) for path in sorted(paths)]


def _encoder(encoding: str) -> dict[int, str]:
    """The table, the other way round; TCVN3 writes capitals that it has not with the small letter's code."""
    codes = {letter: code for code, letter, _, _ in table(encoding)}
    if encoding == "tcvn3":
        codes |= {letter.upper(): code for letter, code in codes.items() if letter.upper() not in codes}
    return str.maketrans(codes)


def _unescaped(text: str) -> str:
    return re.sub(r"\\x([0-9A-F]{2})", lambda match: chr(int(match[1], 16)), text)
