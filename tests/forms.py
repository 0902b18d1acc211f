"""The same plan as a web page, a Word file and a PDF, made of one of the samples in `corpus/`.

The letterhead and the closing stand in two columns without rules, tables have merged cells, numbered items keep their
labels as text or get them by Word's own numbering, and LibreOffice sets the PDF on pages with running page numbers.
"""

from __future__ import annotations

import html
import io
import re
import subprocess
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.oxml.parser import OxmlElement
from docx.shared import Cm, Pt

from pipeline.clean import clean
from pipeline.outline import Cell, Grid
from pipeline.read.text import read_text
from pipeline.segment import segment


@dataclass(frozen=True, slots=True)
class Columns:
    """Lines that stand beside each other: a letterhead, a closing."""

    left: tuple[str, ...]
    right: tuple[str, ...]


Part = str | Grid | Columns


def parts_of(data: bytes) -> list[Part]:
    """The paragraphs and tables of a text, in order."""
    cleaned = clean(read_text(data)).text.text
    grids = list(segment(cleaned).grids)
    parts: list[Part] = []
    position = 0
    for line in cleaned.splitlines(keepends=True):
        start, position = position, position + len(line)
        if grids and grids[0].span.start <= start < grids[0].span.end:
            if start == grids[0].span.start:
                parts.append(grids[0])
        elif grids and start >= grids[0].span.end:
            grids.pop(0)
            parts += [line.strip()] if line.strip() else []
        elif line.strip():
            parts.append(line.strip())
    return _in_columns([part for part in parts if not isinstance(part, str) or part.strip("-_ ")])


def _in_columns(parts: list[Part]) -> list[Part]:
    """The letterhead and, where the recipients come first, the closing as two columns each."""
    texts = [part if isinstance(part, str) else "" for part in parts]
    title = next((at for at, text in enumerate(texts) if text in _TYPE_WORDS), 0)
    head = texts[:title]
    right = [text for text in head if _MOTTO.search(text)]
    left = [text for text in head if text not in right]
    closing = next((at for at, text in enumerate(texts) if text.startswith("Nơi nhận")), len(texts))
    after = (at for at in range(closing, len(parts)) if texts[at] in _TYPE_WORDS or not isinstance(parts[at], str))
    end = next(after, len(parts))
    foot = texts[closing:end]
    recipients = [text for text in foot if text.startswith(("Nơi nhận", "-"))]
    signature = [text for text in foot if text not in recipients]
    made: list[Part] = [Columns(tuple(left), tuple(right))] if left and right else list(head)
    made += parts[title:closing]
    made += [Columns(tuple(recipients), tuple(signature))] if signature else list(recipients)
    return made + parts[end:]


def _runs(grid: Grid) -> Iterator[tuple[int, int, str, int, int]]:
    """The cells of a grid as (row, column, text, rows, columns), those over several rows once; row 0 is the head."""
    rows: list[Sequence[Cell]] = [grid.header, *grid.rows]
    for at, row in enumerate(rows):
        if at and sum(bool(cell.text) for cell in row) == 1 and row[0].text:
            yield at, 0, row[0].text, 1, len(row)
            continue
        for column, cell in enumerate(row):
            if at and cell.text and rows[at - 1][column] is cell:
                continue
            height = 1
            while cell.text and at + height < len(rows) and rows[at + height][column] is cell:
                height += 1
            yield at, column, cell.text, height, 1


def as_html(parts: Sequence[Part], *, title: str = "Kế hoạch") -> bytes:
    """A page of a portal: menu and footer around the plan."""
    body = "\n".join(_html_part(part) for part in parts)
    menu = "".join(f'<li><a href="/muc-{n}">Chuyên mục {n}</a></li>' for n in range(12))
    page = f"""<!DOCTYPE html><html lang="vi"><head><meta charset="utf-8"><title>{title}</title></head><body>
<div id="header"><ul class="menu">{menu}</ul></div>
<div id="main"><div class="article-content">{body}</div></div>
<div id="footer"><p>Bản quyền thuộc về Cổng thông tin điện tử. <a href="/lien-he">Liên hệ</a></p></div>
</body></html>"""
    return page.encode()


def _html_part(part: Part) -> str:
    if isinstance(part, Grid):
        return _html_table(part)
    if isinstance(part, Columns):
        columns = ("".join(map(_html_part, side)) for side in (part.left, part.right))
        return "<table><tr>" + "".join(f"<td>{column}</td>" for column in columns) + "</tr></table>"
    return f"<p>{html.escape(part)}</p>"


def _html_table(grid: Grid) -> str:
    rows: dict[int, list[str]] = {}
    for row, _, text, height, width in _runs(grid):
        tag = "th" if row == 0 else "td"
        rows.setdefault(row, []).append(
            f'<{tag} rowspan="{height}" colspan="{width}"><p>{html.escape(text)}</p></{tag}>'
        )
    return '<table border="1">' + "".join(f"<tr>{''.join(cells)}</tr>" for cells in rows.values()) + "</table>"


def as_docx(parts: Sequence[Part]) -> bytes:
    """A Word file as offices set it: Liberation Serif 13, indented first lines, page numbers in the foot."""
    document = Document()
    style = document.styles["Normal"]
    style.font.name, style.font.size = "Liberation Serif", Pt(13)
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin, section.right_margin = Cm(3), Cm(2)
    _page_number(section.footer.paragraphs[0])
    for part in parts:
        if isinstance(part, Grid):
            _word_table(document, part)
            continue
        if isinstance(part, Columns):
            _word_columns(document, part)
            continue
        paragraph = document.add_paragraph(part)
        if part.isupper() and len(part) < 90:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        elif len(part) > 60:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
            paragraph.paragraph_format.first_line_indent = Cm(1.27)
    target = io.BytesIO()
    document.save(target)
    return target.getvalue()


def _word_table(document: Any, grid: Grid) -> None:
    table = document.add_table(rows=len(grid.rows) + 1, cols=len(grid.header))
    table.style = "Table Grid"
    for row, column, text, height, width in _runs(grid):
        cell = table.cell(row, column)
        if height > 1 or width > 1:
            cell = cell.merge(table.cell(row + height - 1, column + width - 1))
        cell.paragraphs[0].text = text
    repeated = OxmlElement("w:tblHeader")
    repeated.set(qn("w:val"), "true")
    table.rows[0]._tr.get_or_add_trPr().append(repeated)


def _word_columns(document: Any, part: Columns) -> None:
    table = document.add_table(rows=1, cols=2)
    for cell, lines in zip(table.rows[0].cells, (part.left, part.right), strict=True):
        cell.paragraphs[0].text = lines[0]
        for line in lines[1:]:
            cell.add_paragraph(line)


def _page_number(paragraph: Any) -> None:
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), "PAGE")
    paragraph._p.append(field)


def as_pdf(docx: bytes, directory: Path) -> bytes:
    """What LibreOffice prints of a Word file."""
    (directory / "plan.docx").write_bytes(docx)
    profile = f"-env:UserInstallation=file://{directory}/profile"
    command = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(directory)]
    subprocess.run([*command, str(directory / "plan.docx")], check=True, capture_output=True, timeout=120)
    return (directory / "plan.pdf").read_bytes()


_TYPE_WORDS = {"KẾ HOẠCH", "QUYẾT ĐỊNH", "CHỈ THỊ", "NGHỊ QUYẾT", "CHƯƠNG TRÌNH"}
_MOTTO = re.compile("CỘNG HÒA|CỘNG HOÀ|Độc lập|, ngày .*tháng")
