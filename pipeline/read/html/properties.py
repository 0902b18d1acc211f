"""Read the boxes in which sites describe a document: `Số ký hiệu | 7/KH-UBND`, `<li><span>Hiệu lực:</span> Còn …`.

Labels are known by their words; what follows one up to the next is its value, as printed. A plan's own table is no such
box: three labels must each be followed by a value.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import regex

from pipeline.read.blocks import Paragraph, TableBlock, paragraphs_of
from pipeline.read.html.page import Element
from pipeline.read.html.walk import blocks_of

Properties = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class PropertyBox:
    """A box and what it says."""

    element: Element
    pairs: Properties


def read_box(element: Element) -> Properties:
    """The labels and values of a box.

    >>> from lxml import etree
    >>> read_box(etree.HTML("<ul><li><b>Số hiệu:</b> 7/KH-UBND</li><li>Người ký: Trần Văn Bé</li></ul>"))
    (('Số hiệu', '7/KH-UBND'), ('Người ký', 'Trần Văn Bé'))
    """
    pairs: list[tuple[str, int, list[str]]] = []
    for row, text in _lines(element):
        if match := _LABEL.match(text):
            pairs.append((match[1], row, [match[2]] if match[2] else []))
        elif pairs and (row == pairs[-1][1] or (row < 0 and not pairs[-1][2])):
            pairs[-1][2].append(text)
    return tuple((label, " / ".join(values)) for label, _, values in pairs if values)


def _lines(element: Element) -> Iterator[tuple[int, str]]:
    """The lines of a box, each with the number of its table row; lines outside of tables have negative numbers."""
    row = 0
    for number, block in enumerate(blocks_of(element), 1):
        cells = sorted(block.cells, key=lambda cell: (cell.row, cell.column)) if isinstance(block, TableBlock) else []
        for cell in cells:
            for line in paragraphs_of(cell.blocks):
                yield row + cell.row + 1, line.pieces[-1].text
        row += 1 + (cells[-1].row if cells else 0)
        if isinstance(block, Paragraph):
            yield -number, block.pieces[-1].text


def find_boxes(elements: Iterable[Element]) -> list[PropertyBox]:
    """The property boxes among *elements* (tables and lists), by their labels."""
    boxes = []
    for element in elements:
        pairs = read_box(element)
        if len({label.casefold() for label, value in pairs if len(value) < 600}) >= 3:
            boxes.append(PropertyBox(element, pairs))
    return boxes


def candidates(root: Element) -> list[Element]:
    """The tables and lists that are small enough to be a property box and hold no other; the first of a page."""
    found: list[Element] = []
    for element in root.iter("table", "ul", "dl"):
        if any(True for _ in element.iter("table", "ul", "dl") if _ is not element):
            continue
        if len(_LABELS.findall(_some_text(element))) >= 3:
            found.append(element)
        if len(found) == 20:
            break
    return found


def _some_text(element: Element) -> str:
    """The first letters of an element, without walking a long one to its end."""
    pieces, size = [], 0
    for text in element.itertext():
        pieces.append(text)
        size += len(text)
        if size > 6000:
            return ""
    return " ".join(pieces)


_NAMES = (
    r"(?:Số(?: ký| kí)? hiệu|Số, ký hiệu|Số/Ký hiệu|Loại văn bản|Hình thức văn bản|Nơi ban hành|Đơn vị ban hành"
    r"|Cơ quan ban hành(?: ?/ ?Chức danh ?/ ?Người ký)?|Người ký(?: duyệt)?|Ngày ban hành|Ngày ký"
    r"|Ngày (?:có )?hiệu lực|Ngày hết hiệu lực|Hiệu lực|Tình trạng(?: hiệu lực)?|Trạng thái|Lĩnh vực(?:, ngành)?|Ngành"
    r"|Trích yếu(?: nội dung)?|Ngày (?:đăng )?công báo|Số công báo|Nguồn thu thập|Phạm vi|Chức vụ|Tệp đính kèm"
    r"|File đính kèm|Tài liệu đính kèm|Áp dụng)"
)
_LABEL = regex.compile(rf"\s*((?i:{_NAMES}))(?:\s*:\s*|\s+(?=[\p{{Lu}}\d])|\s*$)(.*)", regex.DOTALL)
_LABELS = regex.compile(rf"(?i)(?<!\w){_NAMES}(?!\w)")
