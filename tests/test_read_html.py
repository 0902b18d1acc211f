"""Reading web pages: blocks, tables on their grid, the document's element by site, refusals, growth."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from pipeline.errors import UnreadableInputError
from pipeline.read.blocks import Block, BlockDocument, Paragraph, TableBlock, TableCell, paragraphs_of
from pipeline.read.html import read_html
from pipeline.read.html.grid import RawCell, RawRow, table_block
from pipeline.read.html.page import parse_page
from pipeline.read.html.sites import Site, load_sites
from pipeline.read.html.walk import blocks_of
from pipeline.read.writing import write_blocks
from tests.growth import assert_linear

CASES = Path(__file__).parent / "cases"
SENTENCE = (
    "Căn cứ Nghị quyết của Hội đồng nhân dân tỉnh về phát triển cây chè, Ủy ban nhân dân tỉnh ban hành kế hoạch. "
)
DOCUMENT = f"<p>KẾ HOẠCH</p><p>{SENTENCE}</p><p>Trồng 5 ha chè.</p>" + f"<p>{SENTENCE * 3}</p>" * 5


def cases(name: str) -> Any:
    """The cases of a table as parameters, under their names."""
    table = tomllib.loads((CASES / f"{name}.toml").read_text(encoding="utf-8"))["case"]
    return pytest.mark.parametrize("case", [pytest.param(case, id=case["name"]) for case in table])


def lines_of(blocks: tuple[Block, ...] | list[Block]) -> list[str]:
    """Blocks as the table of cases writes them."""
    lines: list[str] = []
    for block in blocks:
        lines += [block.text] if isinstance(block, Paragraph) else rows_of(block)
    return lines


def rows_of(table: TableBlock) -> list[str]:
    height = max(cell.row + cell.row_span for cell in table.cells)
    rows: list[dict[int, str]] = [{} for _ in range(height)]
    for cell in table.cells:
        for row in range(cell.row, cell.row + cell.row_span):
            for column in range(cell.column, cell.column + cell.column_span):
                assert column not in rows[row], "cells overlap"
                rows[row][column] = "." if column == cell.column else ""
        rows[cell.row][cell.column] = cell_text(cell)
    lines = [
        "| " + " | ".join(row[column] for column in sorted(row) if row[column] or column == 0) + " |" for row in rows
    ]
    if table.head_rows:
        lines.insert(table.head_rows, "^")
    return lines


def cell_text(cell: TableCell) -> str:
    texts = [b.text if isinstance(b, Paragraph) else f"[{', '.join(c.text for c in b.cells)}]" for b in cell.blocks]
    spans = f" @{cell.row_span}x{cell.column_span}" if (cell.row_span, cell.column_span) != (1, 1) else ""
    return " / ".join(texts) + spans


def body_of(html: str) -> Any:
    return parse_page(html.encode()).root.find("body")


@cases("html_blocks")
def test_blocks(case: dict[str, Any]) -> None:
    assert lines_of(blocks_of(body_of(case["html"]))) == case["lines"]


@cases("html_no_document")
def test_page_without_document_is_refused_as_what_it_is(case: dict[str, Any]) -> None:
    with pytest.raises(UnreadableInputError) as caught:
        read_html(f"<html><head><title>Cổng</title></head><body>{case['html']}</body></html>".encode())
    assert caught.value.code == "no-document-body"
    assert case["says"] in str(caught.value)


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty"),
        (b" \n\t", "empty"),
        (b"%PDF-1.7 <p>", "binary"),
        (b"PK\x03\x04 <p>", "binary"),
        ("Kế hoạch trồng chè".encode(), "not-html"),
        (b"<p>" + b"<b>" * 100_000 + b"x", "too-complex"),
        (b"<table>" + b"<td>" * 1_000_001, "too-large"),
        (b"<p " + b"a b=c " * 100_000 + b">", "too-large"),
        (b"<p>" + b"a" * 2000, "too-large"),
    ],
)
def test_refused(data: bytes, code: str) -> None:
    limit = 1000 if len(data) == 2003 else 64 << 20
    with pytest.raises(UnreadableInputError) as caught:
        read_html(data, limit=limit)
    assert caught.value.code == code


ODD_TAGS = (
    b"<!-- x -->", b"<!DOCTYPE html>", b"<?php x ?>", b"<frameset><frame></frameset>", b"<html", b"<![CDATA[x]]>",
    b"<svg><p>", b"<td rowspan='x' colspan=-1>", b"<ol start=abc><li value=>", b"<meta charset=idna>", b"&#xD800;",
)  # fmt: skip
ODD = st.binary(max_size=60) | st.sampled_from(ODD_TAGS)


@given(st.lists(ODD, max_size=6), st.booleans())
def test_any_bytes_give_a_document_or_the_one_error(pieces: list[bytes], with_text: bool) -> None:
    data = b"".join(pieces) + (DOCUMENT.encode() if with_text else b"")
    try:
        document = read_html(data)
    except UnreadableInputError:
        return
    assert write_blocks(document.blocks).text


# Sites


@pytest.mark.parametrize("site", load_sites(), ids=lambda site: site.name)
def test_each_profile_reads_its_example(site: Site) -> None:
    menu = "<div id=menu><ul><li><a href=/>Trang chủ</a><li><a href=/2>Văn bản</a></ul></div>"
    page = f"<html><body>{menu}{site.example}<div>Bản quyền thuộc về cổng</div></body></html>"
    page = page.replace("Trồng 5 ha chè.", f"Trồng 5 ha chè.</p><p>{SENTENCE * 3}")
    known = next(each for each in load_sites() if each.knows(parse_page(page.encode())))
    document = read_html(page.encode())
    assert known is site
    assert site.source
    lines = lines_of(document.blocks)
    assert "Trồng 5 ha chè." in lines
    assert any("Số: 7/KH-UBND" in line for line in lines)
    assert len(lines) == 3, "nothing of the site's own"
    assert document.properties
    assert {value for label, value in document.properties} & {"7/KH-UBND", "Còn hiệu lực"}
    assert not document.diagnostics


CHROME = """<div class=top><ul>{}</ul></div><div class=main><div class=left>{}</div>
<div class=middle>{}</div></div><footer>Bản quyền thuộc về Cổng thông tin điện tử tỉnh</footer>"""
MENU = "".join(f"<li><a href=/{n}>Chuyên mục số {n}</a></li>" for n in range(30))
NEWS = "".join(f"<p><a href=/n{n}>Khởi công tuyến đường mới nối hai xã vùng cao số {n}</a></p>" for n in range(20))
LETTERHEAD = "<table><tr><td>UBND TỈNH X<br>Số: 7/KH-UBND<td>CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM</table>"
BUDGET = "<table border=1>" + "<tr><td>1<td>Trồng chè<td>1.200<td>Sở Y" * 15 + "</table>"
CLOSING = "<ul><li>Như trên;</li><li>Lưu: VT.</li></ul>"


@pytest.mark.parametrize(
    "middle",
    [
        f"<div class=x>{LETTERHEAD}{DOCUMENT}{BUDGET}{CLOSING}</div>",
        f"<div>{LETTERHEAD}<div class=y><div>{DOCUMENT}{BUDGET}{CLOSING}</div></div></div>",
        f"<form><input type=hidden><table><tr><td>{LETTERHEAD}{DOCUMENT}{BUDGET}{CLOSING}</table></form>",
        f"{LETTERHEAD}{DOCUMENT}{BUDGET}{CLOSING}<div class=rel><h3>Tin khác</h3><ul>{NEWS}</ul></div>",
    ],
    ids=["one element", "letterhead outside", "form and layout table", "related news inside"],
)
def test_unknown_site_by_density(middle: str) -> None:
    document = read_html(CHROME.format(MENU, NEWS, middle).encode())
    text = write_blocks(document.blocks).text
    assert "Số: 7/KH-UBND" in text
    assert "CỘNG HÒA" in text
    assert text.count("Trồng chè") == 15
    assert "- Lưu: VT." in text
    assert "Chuyên mục" not in text
    assert "Khởi công" not in text
    assert "Bản quyền" not in text
    assert [each.code for each in document.diagnostics] == ["guessed-body"]


def test_bare_page_is_taken_whole() -> None:
    document = read_html(f"<h3>Đề mục 7</h3><p>Ngày 2/1</p><div class=_content>{DOCUMENT}</div>".encode())
    assert lines_of(document.blocks)[:3] == ["Đề mục 7", "Ngày 2/1", "KẾ HOẠCH"]
    assert not document.diagnostics


def test_teasers_under_a_usual_name_are_no_document() -> None:
    teaser = "<div class=entry-content><a href=/1>Kế hoạch trồng chè</a> của tỉnh trong năm tới đã được bàn</div>"
    with pytest.raises(UnreadableInputError):
        read_html(f"<div>{teaser * 9}</div>".encode())


def test_known_body_that_is_empty_falls_through() -> None:
    page = f"<div id=toanvancontent></div><div>{MENU}</div><div><div>{DOCUMENT}</div></div>"
    assert "KẾ HOẠCH" in lines_of(read_html(page.encode()).blocks)


@pytest.mark.parametrize(
    "box",
    [
        "<table><tr><td><b>Số hiệu:</b><td>7/KH-UBND<td><b>Người ký:</b><td>Trần Văn Bé<tr>"
        "<td>Ngày ban hành:<td>02/01/2025<td>Nơi ban hành:<td>UBND tỉnh X</table>",
        "<ul><li><label>Số hiệu</label>: 7/KH-UBND<li>Người ký: Trần Văn Bé<li>Ngày ban hành: 02/01/2025"
        "<li>Nơi ban hành: UBND tỉnh X</ul>",
        "<dl><dt>Số hiệu<dd>7/KH-UBND<dt>Người ký<dd>Trần Văn Bé<dt>Ngày ban hành<dd>02/01/2025"
        "<dt>Nơi ban hành<dd>UBND tỉnh X</dl>",
    ],
    ids=["table", "list", "definitions"],
)
def test_property_box_is_found_by_its_labels(box: str) -> None:
    document = read_html(f"{box}{DOCUMENT}".encode())
    assert set(document.properties) == {
        ("Số hiệu", "7/KH-UBND"),
        ("Người ký", "Trần Văn Bé"),
        ("Ngày ban hành", "02/01/2025"),
        ("Nơi ban hành", "UBND tỉnh X"),
    }
    assert lines_of(document.blocks)[0] == "KẾ HOẠCH"


def test_table_of_documents_is_no_property_box() -> None:
    table = (
        "<table><tr><td>Số ký hiệu<td>Ngày ban hành<td>Người ký<tr><td>7/KH-UBND<td>02/01/2025<td>Trần Văn Bé</table>"
    )
    document = read_html(f"{DOCUMENT}{table}".encode())
    assert document.properties == ()
    assert lines_of(document.blocks)[-2:] == [
        "| Số ký hiệu | Ngày ban hành | Người ký |",
        "| 7/KH-UBND | 02/01/2025 | Trần Văn Bé |",
    ]


# Letters


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        (DOCUMENT.encode(), "utf-8"),
        (b"\xef\xbb\xbf" + DOCUMENT.encode(), "utf-8-sig"),
        (b"<meta charset=windows-1252>" + DOCUMENT.encode(), "utf-8"),
        (b"\xff\xfe" + DOCUMENT.encode("utf-16-le"), "utf-16-le"),
        (DOCUMENT.encode("ascii", "xmlcharrefreplace"), "utf-8"),
    ],
    ids=["none", "mark", "wrong meta", "utf-16", "references"],
)
def test_charset(data: bytes, encoding: str) -> None:
    document = read_html(data)
    assert document.encoding == encoding
    assert "Trồng 5 ha chè." in lines_of(document.blocks)


def test_lost_bytes_are_told() -> None:
    document = read_html(DOCUMENT.encode().replace("Trồng".encode(), b"Tr\xffng"))
    assert [each.code for each in document.diagnostics] == ["undecodable-bytes"]
    assert "Tr\ufffdng 5 ha chè." in lines_of(document.blocks)


def test_old_font_is_given_to_the_hook() -> None:
    runs: list[tuple[str, str | None]] = []

    def note(text: str, font: str | None) -> str:
        runs.append((text.strip(), font))
        return text.upper() if font == ".VnTime" else text

    page = f"{DOCUMENT}<p style='font-family: \".VnTime\", serif'>KÕ <b>ho¹ch</b> <font face=Arial>x</font></p>"
    document = read_html(page.encode(), run_text=note)
    assert ("KÕ", ".VnTime") in runs
    assert ("ho¹ch", ".VnTime") in runs
    assert ("x", "Arial") in runs
    assert ("KẾ HOẠCH", None) in runs
    assert document.blocks[-1].text == "KÕ HO¹CH x"  # type: ignore[union-attr]


def test_windows_1252_is_read_as_browsers_do() -> None:
    page = "<meta charset=iso-8859-1><p>KÕ ho¹ch ph¸t triÓn n«ng nghiÖp · © ® ¨ ¶ ¹ ¬ ­</p>".encode("cp1252")
    assert parse_page(page).encoding == "windows-1252"
    assert "ho¹ch" in parse_page(page).source


# Tables


@pytest.mark.parametrize(
    ("table", "ruled"),
    [
        ("<table border=1><tr><td>a<td>b</table>", True),
        ("<table border=0><tr><td>a<td>b</table>", False),
        ("<table><tr><td>a<td>b</table>", None),
        (
            "<table border=0><tr><td style='border:solid windowtext 1.0pt'>a<td style='border:solid 1.0pt'>b</table>",
            True,
        ),
        ("<table border=0><tr><td style='border:none'>a<td style='border: 0'>b<td>c</table>", False),
        ("<table rules=all><tr><td>a<td>b</table>", True),
    ],
)
def test_ruled(table: str, ruled: bool | None) -> None:
    [block] = blocks_of(body_of(table))
    assert isinstance(block, TableBlock)
    assert block.ruled is ruled


SPANS = st.tuples(st.integers(0, 4) | st.just(10**9), st.integers(0, 4) | st.just(10**9))
ROWS = st.lists(st.tuples(st.sampled_from(["thead", "tbody", "tfoot"]), st.integers(0, 2), st.lists(SPANS, max_size=5)))


@given(ROWS)
def test_cells_never_overlap_or_leave_the_table(rows: list[tuple[str, int, list[tuple[int, int]]]]) -> None:
    raw = []
    for part, group, spans in rows:
        row = RawRow(part, group)
        for down, right in spans:
            cell = RawCell(etree.Element("td", rowspan=str(down), colspan=str(right)))
            cell.blocks.append(Paragraph(()))
            row.cells.append(cell)
        raw.append(row)
    table = table_block(etree.Element("table"), raw)
    taken: set[tuple[int, int]] = set()
    cells = table.cells if table else ()
    assert len(cells) == sum(len(spans) for _, _, spans in rows)
    for cell in cells:
        assert cell.row + cell.row_span <= len(rows)
        slots = {
            (row, column)
            for row in range(cell.row, cell.row + cell.row_span)
            for column in range(cell.column, cell.column + cell.column_span)
        }
        assert not slots & taken
        taken |= slots


# Places


def assert_places_lead_back(data: bytes, document: BlockDocument) -> None:
    """Each path finds one element in the page as lxml reads it, and its text holds the paragraph's."""
    parser = etree.HTMLParser(
        encoding=document.encoding.removesuffix("-sig") if document.encoding else None, huge_tree=True
    )
    root = etree.fromstring(data, parser)
    texts: dict[str, str] = {}
    for paragraph in paragraphs_of(document.blocks):
        for piece in paragraph.pieces[-1:]:
            path = piece.place.element or ""
            if path not in texts:
                [element] = root.xpath(path)
                texts[path] = "".join("".join(element.itertext()).split())
            assert "".join(piece.text.split()) in texts[path]


@cases("html_blocks")
def test_places_lead_back(case: dict[str, Any]) -> None:
    data = f"<div>{DOCUMENT}{case['html']}</div>".encode()
    if "ẩn" not in case["html"]:  # hidden text stands between the drawn letters there
        assert_places_lead_back(data, read_html(data))


TAGS = st.sampled_from(["div", "p", "span", "b", "table", "tr", "td", "ul", "ol", "li", "br", "o:p", "h1", "pre", "t1"])
TREES = st.recursive(
    st.text(alphabet="aăâbđ &<x\n\t", max_size=6).map(lambda text: text.replace("&", "&amp;").replace("<", "&lt;")),
    lambda inner: st.tuples(TAGS, st.lists(inner, max_size=4)).map(
        lambda pair: f"<{pair[0]}>{''.join(pair[1])}</{pair[0]}>"
    ),
    max_leaves=25,
)


@given(TREES)
def test_places_lead_back_and_no_letter_is_lost(tree: str) -> None:
    data = f"<body>{DOCUMENT}<div>{tree}</div></body>".encode()
    document = read_html(data)
    assert_places_lead_back(data, document)
    read = "".join(p.pieces[-1].text for p in paragraphs_of(document.blocks))
    drawn = "".join(parse_page(data).root.itertext())
    assert sorted("".join(read.split())) == sorted("".join(drawn.split()))


def test_path_of_a_deep_element_is_that_of_an_ancestor() -> None:
    data = (DOCUMENT + "<div>" * 500 + "<p>sâu</p>").encode()
    last = read_html(data).blocks[-1]
    assert isinstance(last, Paragraph)
    path = last.pieces[0].place.element or ""
    assert path.count("/") < 110
    [element] = parse_page(data).root.xpath(path)
    assert "".join(element.itertext()) == "sâu"


# Growth


@pytest.mark.parametrize(
    "unit",
    [
        "<p>Trồng chè.</p>",
        "Trồng chè. ",
        "<br>a",
        "<li>a",
        "<tr><td>a<td>b",
        "<tr><td rowspan=9 colspan=1000000000>a<td>b",
        "<td>a",
        "<a href=x>12/KH-UBND</a> ",
        "<b>a</b>",
        "<div>a</div><p>b</p><h1>c</h1>",
        "<o:p>a</o:p><p>b</p>",
        "&lt;&#7871;&bogus;&#0;",
        "a\0b",
        "<form><input>x</form>",
        "<div style='display:none'>x</div>y",
        "<",
        "<!--",
        "<table><tr><td>Số hiệu: 1<td>Người ký: A<td>Ngày ban hành: 2</table>",
    ],
)
@pytest.mark.slow
@pytest.mark.parametrize("around", ["<div>", "<table>", "<ol reversed>"])
@pytest.mark.slow
def test_time_grows_with_the_page(unit: str, around: str) -> None:
    assert_linear(lambda page: read_html(page.encode()), unit, times=400, before=f"{around}{DOCUMENT}")


def test_ten_megabytes_in_one_text() -> None:
    document = read_html((DOCUMENT + "<p>" + "chè " * 2_000_000).encode())
    assert len(document.blocks[-1].text) == 7_999_999  # type: ignore[union-attr]


# Real pages


@pytest.mark.shared
@pytest.mark.parametrize(
    "name", ["vbpl-full-1", "vbpl-full-2", "vbpl-full-3", "phapdien-1", "phapdien-2", "phapdien-large"]
)
def test_real_pages(name: str, shared: Path) -> None:
    data = (shared / "inputs" / "html" / f"{name}.html").read_bytes()
    document = read_html(data)
    assert_places_lead_back(data, document)
    text = write_blocks(document.blocks).text
    assert not re.search(r"(?m)^(?:Toàn văn|Thuộc tính|Lược đồ|Tải về|Bản PDF|Trang chủ|Gửi phản hồi)", text)
    if name.startswith("vbpl"):
        assert text.startswith("QUỐC HỘI\n")
        assert "Độc lập - Tự do - Hạnh phúc" in text
        assert text.rstrip().endswith("Nguyễn Sinh Hùng")
        assert {"Hiệu lực", "Ngày có hiệu lực"} <= dict(document.properties).keys()
    else:
        assert text.startswith("Đề mục")


@pytest.mark.shared
@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("congbao-list", "is a gazette's list of issues"),
        ("vbpl-properties", "is a page of 10 properties"),
        ("vbpl-search-list", "is a list of documents"),
    ],
)
def test_real_pages_without_document(name: str, says: str, shared: Path) -> None:
    with pytest.raises(UnreadableInputError, match=says):
        read_html((shared / "inputs" / "html" / f"{name}.html").read_bytes())
