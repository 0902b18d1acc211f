"""Word files: the text that Word shows, tables on their grid, places that lead back, and files that are none."""

from __future__ import annotations

import io
import struct
import zipfile
from pathlib import Path

import docx
import pytest
from lxml import etree

from pipeline.errors import UnreadableInputError
from pipeline.read.blocks import BlockDocument, Paragraph, TableBlock, paragraphs_of
from pipeline.read.container import what_office_file
from pipeline.read.word import read_docx
from pipeline.read.word.package import Limits
from tests.growth import assert_grows_linearly
from tests.word_files import NAMESPACES, cell, paragraph, row, run, table, word_file, zip_file

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
DELETED_MARK = "<w:rPr><w:del/></w:rPr>"
HIDDEN_MARK = "<w:rPr><w:vanish/></w:rPr>"
BOX = "<w:txbxContent><w:p><w:r><w:t>Số: 12/KH</w:t></w:r></w:p></w:txbxContent>"
TWO_BRANCHES = (
    f'<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wps:txbx>{BOX}</wps:txbx></w:drawing></mc:Choice>'
    f"<mc:Fallback><w:pict><v:textbox>{BOX}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
)


def texts(document: BlockDocument) -> list[str]:
    return [each.text for each in paragraphs_of(document.blocks)]


def codes(document: BlockDocument) -> list[str]:
    return [each.code for each in document.diagnostics]


def deleted(text: str) -> str:
    return f"<w:del>{run(text).replace('w:t>', 'w:delText>').replace('w:t ', 'w:delText ')}</w:del>"


def field(instruction: str, result: str) -> str:
    mark = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'
    shown = mark.format("separate") + run(result) if result else ""
    return f"{mark.format('begin')}<w:r><w:instrText>{instruction}</w:instrText></w:r>{shown}{mark.format('end')}"


TEXTS = {
    "runs": ([paragraph("Trồng ", "chè")], ["Trồng chè"]),
    "a tab": ([paragraph("Số:<w:x/>".replace("<w:x/>", ""), "<w:r><w:tab/><w:t>12</w:t></w:r>")], ["Số: 12"]),
    "line breaks": ([paragraph("A", "<w:r><w:br/><w:br/></w:r>", " B")], ["A\nB"]),
    "a page break": ([paragraph("A", '<w:r><w:br w:type="page"/></w:r>', "B")], ["A\nB"]),
    "hyphens": (
        [paragraph("12/QĐ", "<w:r><w:noBreakHyphen/></w:r>", "UB", "<w:r><w:softHyphen/></w:r>", "ND")],
        ["12/QĐ-UBND"],
    ),
    "symbols": (
        [paragraph('<w:r><w:sym w:font="Wingdings" w:char="F0FE"/><w:sym w:font="Symbol" w:char="F0A3"/></w:r>', " 3")],
        ["☑≤ 3"],
    ),
    "letters of a symbol font": ([paragraph(run("\uf0b3", '<w:rFonts w:hAnsi="Symbol"/>'), " 80%")], ["≥ 80%"]),
    "links, smart tags, controls": (
        [
            paragraph(
                f"<w:hyperlink>{run('A')}</w:hyperlink><w:smartTag>{run('B')}</w:smartTag>"
                f"<w:sdt><w:sdtPr><w:alias w:val='x'/></w:sdtPr><w:sdtContent>{run('C')}</w:sdtContent></w:sdt>"
                f"<w:fldSimple w:instr='DATE'>{run('D')}</w:fldSimple>"
            )
        ],
        ["ABCD"],
    ),
    "fields": ([paragraph("trang ", field(" REF x ", "7"), " nữa")], ["trang 7 nữa"]),
    "a field in a field": (
        [paragraph(field("IF " + "</w:instrText></w:r>" + field("MERGEFIELD x", "bỏ") + "<w:r><w:instrText>", "giữ"))],
        ["giữ"],
    ),
    "a field that never ends": ([paragraph(field(" REF ", "").replace("end", "x")), paragraph("sau")], ["sau"]),
    "a box of a form": (
        [
            paragraph(
                '<w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:checkBox><w:default w:val="1"/></w:checkBox>'
                '</w:ffData></w:fldChar></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>',
                " Có",
            )
        ],
        ["☒ Có"],
    ),
    "formulas": (
        [
            paragraph(
                "<m:oMath><m:r><m:t>x=</m:t></m:r><m:f><m:num><m:r><m:t>1</m:t></m:r></m:num><m:den><m:r><m:t>2</m:t></m:r></m:den></m:f></m:oMath>"
            )
        ],
        ["x=1/2"],
    ),
    "ruby": (
        [paragraph(f"<w:r><w:ruby><w:rt>{run('x')}</w:rt><w:rubyBase>{run('漢')}</w:rubyBase></w:ruby></w:r>")],
        ["漢"],
    ),
    "hidden": ([paragraph("A", run("bí mật", "<w:vanish/>"), run("B", '<w:vanish w:val="0"/>'))], ["AB"]),
    "capitals": ([paragraph(run("mục tiêu", "<w:caps/>"), run(" Ba", '<w:caps w:val="false"/>'))], ["MỤC TIÊU Ba"]),
    "insertions and deletions": (
        [paragraph("Giao ", f"<w:ins>{run('Sở Y tế')}</w:ins>", deleted("Sở cũ"))],
        ["Giao Sở Y tế"],
    ),
    "moves": (
        [paragraph(f"<w:moveFrom>{run('dời')}</w:moveFrom>", "A"), paragraph(f"<w:moveTo>{run('dời')}</w:moveTo>")],
        ["A", "dời"],
    ),
    "an insertion that was deleted": ([paragraph("A", f"<w:ins>{deleted('B')}</w:ins>")], ["A"]),
    "a deleted paragraph mark": ([paragraph("Giao Sở ", properties=DELETED_MARK), paragraph("Y tế")], ["Giao Sở Y tế"]),
    "a deleted mark before a table": (
        [paragraph("A", properties=DELETED_MARK), table(row("x", "y")), paragraph("B")],
        ["A", "x", "y", "B"],
    ),
    "a hidden paragraph mark": (
        [paragraph("Điều 1.", properties=HIDDEN_MARK), paragraph(" Phạm vi")],
        ["Điều 1. Phạm vi"],
    ),
    "one branch of alternatives": (
        [paragraph("Kế hoạch", TWO_BRANCHES), paragraph("sau")],
        ["Kế hoạch", "Số: 12/KH", "sau"],
    ),
    "a box in a cell": ([table(row(cell(paragraph("A", TWO_BRANCHES)), "B"))], ["A", "Số: 12/KH", "B"]),
    "a control around paragraphs": (
        [f"<w:sdt><w:sdtContent>{paragraph('A')}{table(row('x', 'y'))}</w:sdtContent></w:sdt>"],
        ["A", "x", "y"],
    ),
    "no white paragraphs": ([paragraph(" "), paragraph(), paragraph("A"), paragraph("\u00a0")], ["A"]),
    "comments": ([paragraph("A", '<w:r><w:commentReference w:id="0"/></w:r>')], ["A"]),
}


@pytest.mark.parametrize(("body", "expected"), TEXTS.values(), ids=TEXTS)
def test_text(body: list[str], expected: list[str]) -> None:
    assert texts(read_docx(word_file("".join(body)))) == expected


def test_an_automatic_table_of_contents_is_left_out() -> None:
    styles = '<w:style w:type="paragraph" w:styleId="TOC1"><w:name w:val="toc 1"/></w:style>'
    gallery = '<w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj></w:sdtPr>'
    body = paragraph("I. MỤC TIÊU 1", style="TOC1") + paragraph("I. MỤC TIÊU")
    body += f"<w:sdt>{gallery}<w:sdtContent>{paragraph('MỤC LỤC')}</w:sdtContent></w:sdt>"
    document = read_docx(word_file(body, styles=styles))
    assert texts(document) == ["I. MỤC TIÊU"]
    assert [each.message for each in document.diagnostics] == [
        "2 lines of an automatic table of contents were left out"
    ]


REMARKS = {
    "tracked-changes": paragraph(deleted("x")),
    "hidden-text": paragraph(run("x", "<w:vanish/>")),
    "comments": paragraph('<w:r><w:commentReference w:id="0"/></w:r>'),
    "pictures": paragraph("<w:r><w:drawing><a:blip/></w:drawing></w:r>"),
    "embedded-objects": paragraph("<w:r><w:object/></w:r>"),
    "number-fields": paragraph(field("AUTONUM", "")),
    "foreign-parts": '<w:altChunk r:id="rId9"/>',
}


@pytest.mark.parametrize(("code", "body"), REMARKS.items(), ids=REMARKS)
def test_what_is_left_out_is_told(code: str, body: str) -> None:
    assert codes(read_docx(word_file(paragraph("A") + body))) == [code]
    assert codes(read_docx(word_file(paragraph("A")))) == []


def test_hidden_and_capital_by_style() -> None:
    styles = (
        '<w:style w:type="paragraph" w:styleId="Hoa"><w:name w:val="Hoa"/><w:rPr><w:caps/></w:rPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="HoaCon"><w:name w:val="x"/><w:basedOn w:val="Hoa"/></w:style>'
        '<w:style w:type="character" w:styleId="An"><w:name w:val="An"/><w:rPr><w:vanish/></w:rPr></w:style>'
    )
    body = paragraph("một", style="HoaCon") + paragraph("hai", run("ba", '<w:rStyle w:val="An"/>'))
    assert texts(read_docx(word_file(body, styles=styles))) == ["MỘT", "hai"]


def test_the_font_of_each_run_is_told() -> None:
    """Neighbours in one font come together, since a letter of an old encoding may lie in two runs."""
    styles = (
        '<w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:asciiTheme="minorHAnsi"/></w:rPr></w:rPrDefault>'
        "</w:docDefaults>"
        '<w:style w:type="paragraph" w:styleId="Cu"><w:name w:val="Cu"/><w:rPr>'
        '<w:rFonts w:ascii=".VnTime" w:hAnsi=".VnTime"/></w:rPr></w:style>'
    )
    theme = '<a:fontScheme><a:minorFont><a:latin typeface="Aptos"/></a:minorFont></a:fontScheme>'
    body = paragraph("A", "B") + paragraph("C", run("D", '<w:rFonts w:ascii="Arial"/>'), style="Cu")
    seen: list[tuple[str, str]] = []

    def decode(text: str, font: str) -> str:
        seen.append((text, font))
        return text.lower()

    document = read_docx(word_file(body, styles=styles, theme=theme), decode=decode)
    assert seen == [("AB", "Aptos"), ("C", ".VnTime"), ("D", "Arial")]
    assert texts(document) == ["ab", "cd"]


def test_notes() -> None:
    """The mark stands where the note is referred to; the notes come last, in the order of their marks."""
    reference = '<w:r><w:{}Reference w:id="{}"/></w:r>'
    note = "<w:{0} w:id='{1}'><w:p><w:r><w:{0}Ref/></w:r>{2}</w:p></w:{0}>"
    body = paragraph("Chè", reference.format("footnote", 3)) + paragraph("Cà phê", reference.format("endnote", 2))
    body += paragraph("Lúa", deleted("x").replace("<w:r>", "<w:r><w:footnoteReference w:id='4'/>"))
    document = read_docx(
        word_file(
            body,
            footnotes="<w:footnote w:id='0' w:type='separator'><w:p/></w:footnote>"
            + note.format("footnote", 4, run(" Không dùng"))
            + note.format("footnote", 3, run(" Cây lâu năm")),
            endnotes=note.format("endnote", 2, run(" Xem phụ lục")),
        )
    )
    assert texts(document) == ["Chè[1]", "Cà phê[2]", "Lúa", "[1] Cây lâu năm", "[2] Xem phụ lục"]
    assert paragraphs_of(document.blocks)[3].pieces[0].place.element == "/w:footnotes/w:footnote[3]/w:p[1]"


HEAD = paragraph("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM")


@pytest.mark.parametrize(
    ("header", "title_page", "kind", "body", "expected"),
    [
        (HEAD, True, "first", "KẾ HOẠCH", ["CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "KẾ HOẠCH"]),
        (HEAD, False, "default", "KẾ HOẠCH", ["CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "KẾ HOẠCH"]),
        (HEAD, True, "default", "KẾ HOẠCH", ["KẾ HOẠCH"]),
        (HEAD, True, "first", "Số: 5/KH-UBND", ["Số: 5/KH-UBND"]),
        (paragraph("Trang 1"), True, "first", "KẾ HOẠCH", ["KẾ HOẠCH"]),
    ],
)
def test_a_letterhead_in_the_header(header: str, title_page: bool, kind: str, body: str, expected: list[str]) -> None:
    section = f'<w:sectPr><w:headerReference w:type="{kind}" r:id="rId1"/>{"<w:titlePg/>" * title_page}</w:sectPr>'
    assert texts(read_docx(word_file(paragraph(body) + section, header1=header))) == expected


def grid(document: BlockDocument) -> list[tuple[int, int, int, int, str]]:
    found = next(block for block in document.blocks if isinstance(block, TableBlock))
    return [(each.row, each.column, each.row_span, each.column_span, each.text) for each in found.cells]


def span(columns: int) -> str:
    return f'<w:gridSpan w:val="{columns}"/>'


def control(inner: str) -> str:
    return f"<w:sdt><w:sdtContent>{inner}</w:sdtContent></w:sdt>"


DOWN, UP = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
GRIDS = {
    "plain": (
        [row("TT", "Việc"), row("1", "Trồng")],
        [(0, 0, 1, 1, "TT"), (0, 1, 1, 1, "Việc"), (1, 0, 1, 1, "1"), (1, 1, 1, 1, "Trồng")],
    ),
    "over columns": (
        [row(cell("A", span(2)), "B"), row("1", "2", "3")],
        [(0, 0, 1, 2, "A"), (0, 2, 1, 1, "B"), (1, 0, 1, 1, "1"), (1, 1, 1, 1, "2"), (1, 2, 1, 1, "3")],
    ),
    "over rows": (
        [row(cell("A", DOWN), "1"), row(cell("", UP), "2"), row(cell("B", DOWN), "3")],
        [(0, 0, 2, 1, "A"), (0, 1, 1, 1, "1"), (1, 1, 1, 1, "2"), (2, 0, 1, 1, "B"), (2, 1, 1, 1, "3")],
    ),
    "over both": (
        [row(cell("A", span(2) + DOWN), "1"), row(cell("", span(2) + UP), "2"), row("x", "y", "3")],
        [
            *((0, 0, 2, 2, "A"), (0, 2, 1, 1, "1"), (1, 2, 1, 1, "2")),
            *((2, 0, 1, 1, "x"), (2, 1, 1, 1, "y"), (2, 2, 1, 1, "3")),
        ],
    ),
    "continued from nothing": ([row(cell("A", UP), "1")], [(0, 0, 1, 1, "A"), (0, 1, 1, 1, "1")]),
    "continued at another width": (
        [row(cell("A", DOWN), "1", "2"), row(cell("", span(2) + UP), "3")],
        [(0, 0, 1, 1, "A"), (0, 1, 1, 1, "1"), (0, 2, 1, 1, "2"), (1, 0, 1, 2, ""), (1, 2, 1, 1, "3")],
    ),
    "a row that begins further in": (
        [row("A", "B"), row("C", properties='<w:gridBefore w:val="1"/>')],
        [(0, 0, 1, 1, "A"), (0, 1, 1, 1, "B"), (1, 1, 1, 1, "C")],
    ),
    "merged in the old way": (
        [row(cell("A", '<w:hMerge w:val="restart"/>'), cell("", "<w:hMerge/>"), "B"), row("1", "2", "3")],
        [(0, 0, 1, 2, "A"), (0, 2, 1, 1, "B"), (1, 0, 1, 1, "1"), (1, 1, 1, 1, "2"), (1, 2, 1, 1, "3")],
    ),
    "columns at which no cell begins": (
        [row(cell("A", span(3)), cell("B", span(2))), row(cell("1", span(3)), cell("2", span(1)))],
        [(0, 0, 1, 1, "A"), (0, 1, 1, 1, "B"), (1, 0, 1, 1, "1"), (1, 1, 1, 1, "2")],
    ),
    "deleted and hidden rows": (
        [row("A", "B"), row("x", "y", properties="<w:del/>"), row("x", "y", properties="<w:hidden/>"), row("C", "D")],
        [(0, 0, 1, 1, "A"), (0, 1, 1, 1, "B"), (1, 0, 1, 1, "C"), (1, 1, 1, 1, "D")],
    ),
    "controls around rows and cells": (
        [control(row("A", control(cell("B"))))],
        [(0, 0, 1, 1, "A"), (0, 1, 1, 1, "B")],
    ),
    "a huge span": ([row(cell("A", span(10**9)), "B")], [(0, 0, 1, 1, "A"), (0, 1, 1, 1, "B")]),
}  # fmt: skip


@pytest.mark.parametrize(("rows", "expected"), GRIDS.values(), ids=GRIDS)
def test_grid(rows: list[str], expected: list[tuple[int, int, int, int, str]]) -> None:
    assert grid(read_docx(word_file(table(*rows)))) == expected


def test_head_rows() -> None:
    head = "<w:tblHeader/>"
    rows = [
        row("TT", "Việc", properties=head),
        row("1", "2", properties=head),
        row("1", "Trồng"),
        row("a", "b", properties=head),
    ]
    assert read_docx(word_file(table(*rows))).blocks[0].head_rows == 2  # type: ignore[union-attr]
    assert read_docx(word_file(table(*rows[:2]))).blocks[0].head_rows == 0  # type: ignore[union-attr]


def test_a_table_in_a_cell() -> None:
    inner = table(row("a", "b"))
    found = read_docx(word_file(table(row(cell(paragraph("A") + inner), "B")))).blocks[0]
    assert isinstance(found, TableBlock)
    kinds = [type(block) for block in found.cells[0].blocks]
    assert kinds == [Paragraph, TableBlock]
    assert [each.pieces[0].place.element for each in paragraphs_of(found.cells[0].blocks)] == [
        "/w:body/w:tbl[1]/w:tr[1]/w:tc[1]/w:p[1]",
        "/w:body/w:tbl[1]/w:tr[1]/w:tc[1]/w:tbl[1]/w:tr[1]/w:tc[1]/w:p[1]",
        "/w:body/w:tbl[1]/w:tr[1]/w:tc[1]/w:tbl[1]/w:tr[1]/w:tc[2]/w:p[1]",
    ]


INSIDE = '<w:tblBorders><w:insideH w:val="single"/><w:insideV w:val="single"/></w:tblBorders>'
TABLE_STYLES = (
    f'<w:style w:type="table" w:styleId="Luoi"><w:name w:val="Table Grid"/><w:tblPr>{INSIDE}</w:tblPr></w:style>'
    '<w:style w:type="table" w:styleId="LuoiCon"><w:name w:val="x"/><w:basedOn w:val="Luoi"/></w:style>'
)
LINED = '<w:tcBorders><w:left w:val="single"/><w:top w:val="single"/></w:tcBorders>'
BARE = LINED.replace("single", "nil")


@pytest.mark.parametrize(
    ("properties", "of_cell", "ruled"),
    [
        ("", "", False),
        (INSIDE, "", True),
        (INSIDE.replace("single", "none"), "", False),
        ('<w:tblStyle w:val="Luoi"/>', "", True),
        ('<w:tblStyle w:val="LuoiCon"/>', "", True),
        ('<w:tblStyle w:val="Mat"/>', "", False),
        ('<w:tblStyle w:val="Luoi"/>' + INSIDE.replace("single", "nil"), "", False),
        ("", LINED, True),
        (INSIDE, BARE + LINED.replace("left", "start").replace("top", "x"), True),
    ],
)
def test_ruled(properties: str, of_cell: str, ruled: bool) -> None:
    body = table(
        row(cell("A", of_cell), cell("B", of_cell)), row(cell("C", of_cell), cell("D", of_cell)), properties=properties
    )
    assert read_docx(word_file(body, styles=TABLE_STYLES)).blocks[0].ruled is ruled  # type: ignore[union-attr]


def assert_places_resolve(data: bytes, document: BlockDocument) -> int:
    """Each piece stands in the element that its place leads to, but for its label; gives how many there are."""
    root = etree.fromstring(zipfile.ZipFile(io.BytesIO(data)).read("word/document.xml"))
    count = 0
    for piece in (piece for each in paragraphs_of(document.blocks) for piece in each.pieces):
        assert piece.place.element is not None
        if not piece.place.element.startswith("/w:body"):
            continue
        elements = root.xpath(f"/w:document{piece.place.element}", namespaces={"w": W})
        assert len(elements) == 1
        assert "".join(piece.text.split()) in "".join("".join(elements[0].itertext()).split())
        count += 1
    return count


def test_places_lead_back() -> None:
    body = paragraph("A") + table(row("x", cell(paragraph("y") + paragraph("z")))) + paragraph("B", TWO_BRANCHES)
    body += f"<w:sdt><w:sdtContent>{paragraph('C')}{paragraph('D')}</w:sdtContent></w:sdt>{paragraph('E')}"
    body += paragraph("F", properties=DELETED_MARK) + paragraph("G")
    data = word_file(body)
    assert assert_places_resolve(data, read_docx(data)) == 11


@pytest.mark.shared
def test_places_of_real_files_lead_back(shared: Path) -> None:
    files = sorted((shared / "inputs" / "docx").glob("*.docx"))
    assert len(files) >= 6
    for file in files:
        data = file.read_bytes()
        assert assert_places_resolve(data, read_docx(data)) > 40


@pytest.mark.shared
def test_real_files_are_read_whole(shared: Path) -> None:
    """No word is lost: these files hold no hidden text and no changes."""
    for file in sorted((shared / "inputs" / "docx").glob("*.docx")):
        data = file.read_bytes()
        root = etree.fromstring(zipfile.ZipFile(io.BytesIO(data)).read("word/document.xml"))
        stored = "".join("".join(each.text or "" for each in root.iter(f"{{{W}}}t")).split())
        read = "".join("".join(texts(read_docx(data))).split())
        assert read.lower() == stored.lower()


def test_python_docx_files() -> None:
    """Files as a library writes them, with its own template, styles and numbering."""
    document = docx.Document()
    document.add_heading("Mục tiêu", 1)
    document.add_paragraph("Trồng chè", style="List Number")
    document.add_paragraph("Nuôi cá", style="List Number")
    document.add_paragraph("Nhanh", style="List Bullet")
    made = document.add_table(2, 3, style="Table Grid")
    made.cell(0, 0).merge(made.cell(0, 1)).text = "Gộp"
    buffer = io.BytesIO()
    document.save(buffer)
    read = read_docx(buffer.getvalue())
    assert texts(read)[:4] == ["Mục tiêu", "1. Trồng chè", "2. Nuôi cá", "• Nhanh"]
    last = read.blocks[-1]
    assert isinstance(last, TableBlock)
    assert (last.ruled, last.cells[0].column_span) == (True, 2)


def test_a_strict_file_and_odd_parts() -> None:
    """A file in the strict form of the standard, with a relationship to nowhere and one to the network."""
    data = word_file(paragraph("Kế hoạch"))
    names = b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    files = {
        name: zipfile.ZipFile(io.BytesIO(data)).read(name) for name in zipfile.ZipFile(io.BytesIO(data)).namelist()
    }
    files["word/document.xml"] = files["word/document.xml"].replace(
        names, b"http://purl.oclc.org/ooxml/wordprocessingml/main"
    )
    start = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    files["word/_rels/document.xml.rels"] = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="a" Type="{start}/styles" Target="NULL"/>'
        f'<Relationship Id="b" Type="{start}/numbering" Target="http://localhost:9/x" TargetMode="External"/>'
        f'<Relationship Id="c" Type="{start}/theme" Target="../../../../etc/passwd"/></Relationships>'
    ).encode()
    assert texts(read_docx(zip_file(files))) == ["Kế hoạch"]


def test_the_document_under_another_name() -> None:
    data = word_file(paragraph("Kế hoạch"))
    files = {
        name: zipfile.ZipFile(io.BytesIO(data)).read(name) for name in zipfile.ZipFile(io.BytesIO(data)).namelist()
    }
    files["word/document2.xml"] = files.pop("word/document.xml")
    files["_rels/.rels"] = files["_rels/.rels"].replace(b"document.xml", b"document2.xml")
    assert texts(read_docx(zip_file(files))) == ["Kế hoạch"]


GOOD = word_file(paragraph("Kế hoạch trồng chè " * 50))


def ole(*names: str) -> bytes:
    """An OLE container with a directory of these streams and nothing in them."""
    entries = b""
    for name, kind in (("Root Entry", 5), *((name, 2) for name in names)):
        coded = name.encode("utf-16-le") + b"\0\0"
        entry = coded.ljust(64, b"\0") + struct.pack("<HBB", len(coded), kind, 1)
        entries += entry.ljust(128, b"\0")
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".ljust(512, b"\0")
    return head + entries.ljust(1024, b"\0")


def lying_bomb() -> bytes:
    """An archive whose directory promises 100 bytes of a part that unpacks to 50 MB."""
    data = bytearray(word_file(paragraph("x"), styles="", extra={"word/styles.xml": b" " * (50 << 20)}))
    data = bytearray(bytes(data).replace(struct.pack("<I", 50 << 20), struct.pack("<I", 100)))
    return bytes(data)


def flagged_encrypted() -> bytes:
    data = bytearray(GOOD)
    at = data.find(b"PK\x01\x02")
    while at >= 0:
        data[at + 8] |= 1
        at = data.find(b"PK\x01\x02", at + 4)
    return bytes(data)


def entities() -> bytes:
    inner = f'<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY f SYSTEM "file:///etc/passwd">]><w:document {NAMESPACES}><w:body>'
    part = f"{inner}<w:p><w:r><w:t>&a;&f;</w:t></w:r></w:p></w:body></w:document>".encode()
    return word_file("", extra={"word/document.xml": part})


REFUSED = {
    "a bomb": (word_file(paragraph("x"), extra={"word/document.xml": b" " * (40 << 20)}), "too-large"),
    "a part too large": (word_file("", extra={"word/document.xml": bytes(range(256)) * (200 << 10)}), "too-large"),
    "a directory that lies": (lying_bomb(), "damaged"),
    "too many entries": (zip_file({f"word/{n}.xml": b"" for n in range(10_100)}), "too-large"),
    "locked entries": (flagged_encrypted(), "encrypted"),
    "a locked Office file": (ole("EncryptionInfo", "EncryptedPackage"), "encrypted"),
    "an old Word document": (ole("1Table", "WordDocument"), "wrong-extension"),
    "an old workbook": (ole("Workbook", "WordDocument"), "wrong-extension"),
    "an empty container": (ole(), "binary"),
    "a workbook": (zip_file({"xl/workbook.xml": b"<x/>"}), "wrong-extension"),
    "slides": (zip_file({"ppt/presentation.xml": b"<x/>"}), "wrong-extension"),
    "an archive": (zip_file({"a.txt": b"x"}), "binary"),
    "no archive": ("Kế hoạch".encode(), "binary"),
    "truncated": (GOOD[: len(GOOD) // 2], "damaged"),
    "a broken part": (GOOD.replace(GOOD[60:75], b"\xff" * 15), "damaged"),
    "no document in it": (zip_file({"word/styles.xml": b"<x/>"}), "damaged"),
    "broken XML": (word_file("<w:p>", extra={"word/document.xml": b"<w:document"}), "damaged"),
    "another root": (word_file("", extra={"word/document.xml": b"<html/>"}), "damaged"),
    "entities": (entities(), "damaged"),
    "no text": (word_file(paragraph()), "empty"),
    "only a picture": (word_file(paragraph("<w:r><w:drawing><a:blip/></w:drawing></w:r>")), "no-text"),
    "only another format": (word_file('<w:altChunk r:id="rId9"/>'), "no-text"),
    "nested too deep": (word_file("<w:sdt><w:sdtContent>" * 5000 + "</w:sdtContent></w:sdt>" * 5000), "damaged"),
}  # fmt: skip


@pytest.mark.parametrize(("data", "code"), REFUSED.values(), ids=REFUSED)
def test_refused(data: bytes, code: str) -> None:
    with pytest.raises(UnreadableInputError) as caught:
        read_docx(data)
    assert caught.value.code == code
    assert str(caught.value)[0].islower()


def test_every_truncation_is_told() -> None:
    for end in range(0, len(GOOD) - 1, 97):
        with pytest.raises(UnreadableInputError):
            read_docx(GOOD[:end])


def test_limits_are_settings() -> None:
    with pytest.raises(UnreadableInputError, match="more than the limit"):
        read_docx(GOOD, limits=Limits(part=1000))


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (GOOD, "docx"),
        (GOOD[: len(GOOD) // 2], "docx"),
        (zip_file({"xl/workbook.xml": b""}), "xlsx"),
        (b"PK\x03\x04" + bytes(26) + b"mimetypeapplication/vnd.oasis.opendocument.textPK", "odt"),
        (zip_file({"a.txt": b""}), "zip"),
        (b"PK\x03\x04", "zip"),
        (ole("WordDocument"), "doc"),
        (ole("Workbook", "WordDocument"), "xls"),
        (ole("WordDocument", "Workbook"), "doc"),
        (ole("PowerPoint Document"), "ppt"),
        (ole("EncryptedPackage"), "encrypted"),
        (ole("Thumbs"), "ole"),
        (ole("WordDocument")[:600], "ole"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "ole"),
        (b"%PDF-1.7", None),
        (b"", None),
    ],
)
def test_what_office_file(data: bytes, kind: str | None) -> None:
    assert what_office_file(data) == kind


def test_deep_nesting_is_read() -> None:
    body = paragraph("x")
    for _ in range(55):
        body = table(row(cell(body)))
    assert texts(read_docx(word_file(body))) == ["x"]


@pytest.mark.parametrize("runs_a_paragraph", [1, 2000])
@pytest.mark.slow
def test_time_grows_with_size(runs_a_paragraph: int) -> None:
    def file_of(size: int) -> bytes:
        return word_file(paragraph(*(["chè "] * runs_a_paragraph)) * max(size // runs_a_paragraph, 1))

    assert_grows_linearly(read_docx, file_of, times=8_000)
