"""Older Word files through the programs that convert them, and the bounds within which any program runs."""

from __future__ import annotations

import shutil
import sys
import time
from pathlib import Path

import pytest

from pipeline.errors import UnreadableInputError
from pipeline.read.blocks import BlockDocument, Paragraph, Place, TableBlock, TableCell, paragraphs_of
from pipeline.read.programs import ProgramError, ProgramMissingError, ProgramTimeoutError, run_program
from pipeline.read.word import read_older
from pipeline.read.word.doc import ConverterLimits, _without_copies
from pipeline.read.word.docbook import read_docbook
from tests.word_files import abstract, cell, level, num, paragraph, row, table, word_file

NUMBERING = abstract(0, level(0, "upperRoman", "%1."), level(1, "decimal", "%2.")) + num(1, 0)
BORDERS = '<w:tblBorders><w:insideH w:val="single" w:sz="4"/><w:insideV w:val="single" w:sz="4"/></w:tblBorders>'
BODY = (
    paragraph("Mục tiêu", num=(1, 0))
    + paragraph("Trồng chè trên đồi", num=(1, 1))
    + table(
        "<w:tblGrid>" + '<w:gridCol w:w="3000"/>' * 3 + "</w:tblGrid>",
        row("TT", "Nội dung", "Cơ quan"),
        row(cell("Gộp hai cột", '<w:gridSpan w:val="2"/>'), "Sở Nông nghiệp"),
        properties=BORDERS,
    )
    + paragraph("Hết.")
)


def needs(program: str) -> None:
    if shutil.which(program) is None:
        pytest.skip(f"{program} is not installed")


@pytest.fixture(scope="module")
def converted(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """The same document as .doc, .odt and .rtf."""
    needs("soffice")
    folder = tmp_path_factory.mktemp("office")
    (folder / "a.docx").write_bytes(word_file(BODY, numbering=NUMBERING))
    made: dict[str, bytes] = {}
    for kind in ("doc", "odt", "rtf"):
        profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
        run_program(["soffice", profile, "--headless", "--convert-to", kind, "a.docx"], cwd=folder, seconds=120)
        made[kind] = (folder / f"a.{kind}").read_bytes()
    return made


def texts(document: BlockDocument) -> list[str]:
    return [each.text for each in paragraphs_of(document.blocks)]


@pytest.mark.office
@pytest.mark.parametrize("kind", ["doc", "odt", "rtf"])
def test_by_libreoffice(converted: dict[str, bytes], kind: str) -> None:
    document = read_older(converted[kind])
    assert texts(document) == [
        *("I. Mục tiêu", "1. Trồng chè trên đồi", "TT", "Nội dung", "Cơ quan", "Gộp hai cột", "Sở Nông nghiệp", "Hết."),
    ]
    made = next(block for block in document.blocks if isinstance(block, TableBlock))
    assert (made.ruled, made.cells[3].column_span) == (True, 2)
    assert [each.code for each in document.diagnostics] == ["converted"]


@pytest.mark.office
def test_by_antiword(converted: dict[str, bytes], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """antiword keeps the words and rows, and the reader says what it does not keep."""
    needs("antiword")
    (tmp_path / "antiword").symlink_to(str(shutil.which("antiword")))
    monkeypatch.setenv("PATH", str(tmp_path))
    document = read_older(converted["doc"])
    assert texts(document)[:2] == ["Mục tiêu", "Trồng chè trên đồi"]
    assert "Sở Nông nghiệp" in texts(document)
    assert [each.code for each in document.diagnostics] == ["lossy-conversion"]


@pytest.mark.office
def test_a_locked_document(converted: dict[str, bytes]) -> None:
    """The flag for encryption set, as Word sets it in the header of the document's stream."""
    data = bytearray(converted["doc"])
    at = data.find(b"\xec\xa5")
    data[at + 11] |= 1
    with pytest.raises(UnreadableInputError) as caught:
        read_older(bytes(data))
    assert caught.value.code == "encrypted"


@pytest.mark.office
def test_too_slow_a_conversion_ends(converted: dict[str, bytes]) -> None:
    started = time.perf_counter()
    with pytest.raises(UnreadableInputError) as caught:
        read_older(converted["rtf"], converter=ConverterLimits(seconds=0.05))
    assert caught.value.code == "unconvertible"
    assert time.perf_counter() - started < 5


def test_without_converters(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(UnreadableInputError, match=r"install LibreOffice \(libreoffice-writer\), or") as caught:
        read_older(b"{\\rtf1 x}")
    assert caught.value.code == "needs-converter"


def test_a_docx_under_an_old_name_is_read() -> None:
    assert texts(read_older(word_file(BODY, numbering=NUMBERING)))[0] == "I. Mục tiêu"


def test_what_is_no_word_file() -> None:
    with pytest.raises(UnreadableInputError) as caught:
        read_older("Kế hoạch".encode())
    assert caught.value.code == "binary"


@pytest.mark.office
@pytest.mark.shared
def test_real_documents(shared: Path) -> None:
    needs("soffice")
    files = sorted((shared / "inputs" / "docx").glob("*.doc"))
    assert len(files) >= 2
    for file in files:
        read = texts(read_older(file.read_bytes()))
        assert "THÔNG TƯ" in read
        assert sum(text.startswith("Điều ") for text in read) > 5


@pytest.mark.parametrize(
    ("text", "span", "expected"),
    [
        ("Trung cấpTrung cấp", 2, "Trung cấp"),
        ("Sản lượng\n(tấn)" * 9, 9, "Sản lượng\n(tấn)"),
        ("Trung cấpTrung cấp", 1, "Trung cấpTrung cấp"),
        ("100100", 2, "100100"),
        ("Tồn khoTồn khoMua vào", 2, "Tồn khoTồn khoMua vào"),
    ],
)
def test_copies_in_merged_cells(text: str, span: int, expected: str) -> None:
    """`100100` may be a number; what is not all copies stays, too."""
    cells = (TableCell(0, 0, (Paragraph.of(text, Place()),), 1, span),)
    outer = TableBlock((TableCell(0, 0, (TableBlock(cells),)),))
    assert [each.text for each in paragraphs_of([_without_copies(outer)])] == [expected]


BOOK = """<?xml version="1.0"?><!DOCTYPE book PUBLIC "-//OASIS//DTD DocBook XML V4.1.2//EN" "http://localhost:9/x.dtd">
<book><bookinfo><title>x</title></bookinfo><chapter><title>KẾ HOẠCH</title><para>\x02Căn cứ <emphasis>Luật</emphasis>
</para><itemizedlist><listitem><para>Trồng</para></listitem></itemizedlist><para><informaltable>
<tgroup cols="3"><colspec colwidth="20.00pt"/><colspec colwidth="100.00pt"/><colspec colwidth="50pt"/><tbody>
<row><entry>TT</entry><entry>Nội
dung</entry><entry>Cơ quan</entry></row></tbody></tgroup>
<tgroup cols="2"><colspec colwidth="121.00pt"/><colspec colwidth="50pt"/><tbody>
<row><entry>Gộp</entry><entry>Sở</entry></row></tbody></tgroup></informaltable></para></chapter></book>"""


def test_docbook() -> None:
    blocks = read_docbook(BOOK.encode())
    assert [each.text for each in paragraphs_of(blocks)] == [
        *("KẾ HOẠCH", "Căn cứ Luật", "- Trồng", "TT", "Nội\ndung", "Cơ quan", "Gộp", "Sở")
    ]
    assert isinstance(blocks[3], TableBlock)
    assert [(*each[:2], each[4]) for each in map(_plain, blocks[3].cells)] == [
        *((0, 0, 1), (0, 1, 1), (0, 2, 1), (1, 0, 2), (1, 2, 1))
    ]


def _plain(each: object) -> tuple[int, int, str, int, int]:
    return (each.row, each.column, each.text, each.row_span, each.column_span)  # type: ignore[attr-defined]


def python(code: str, **limits: float) -> bytes:
    return run_program([sys.executable, "-c", code], **limits)  # type: ignore[arg-type]


def test_a_program_gets_bytes_and_gives_bytes() -> None:
    program = "import sys; sys.stdout.buffer.write(sys.stdin.buffer.read()[::-1])"
    assert run_program([sys.executable, "-c", program], stdin=b"abc") == b"cba"


def test_a_program_gets_a_bare_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SECRET", "x")
    assert b"SECRET" not in python("import os; print(dict(os.environ))")


def test_a_program_that_hangs_ends_with_its_children() -> None:
    started = time.perf_counter()
    with pytest.raises(ProgramTimeoutError, match=r"did not end within 0\.5 seconds"):
        python("import os, time; os.fork(); time.sleep(60)", seconds=0.5)
    assert time.perf_counter() - started < 5


def test_a_program_that_takes_too_much_memory_fails() -> None:
    with pytest.raises(ProgramError, match="MemoryError"):
        python("x = bytearray(1 << 30)", memory_bytes=1 << 29)


def test_a_program_that_fails_says_why() -> None:
    with pytest.raises(ProgramError, match="failed with code 3: no such page"):
        python("import sys; sys.stderr.write('no such page\\n'); sys.exit(3)")


def test_a_program_that_is_not_there() -> None:
    with pytest.raises(ProgramMissingError, match="nosuchprogram is not installed"):
        run_program(["nosuchprogram"])


def test_a_program_reaches_no_network() -> None:
    """Where the system lets a process leave the network; elsewhere the program's own settings must do."""
    code = "import os; print(','.join(sorted(os.listdir('/sys/class/net'))), os.readlink('/proc/self/ns/net'))"
    here = Path("/proc/self/ns/net")
    if not here.exists():
        pytest.skip("the system has no namespaces")
    inside = python(code).decode()
    if str(here.readlink()) in inside:
        pytest.skip("this system does not let a process leave the network")
    assert str(here.readlink()) not in inside
