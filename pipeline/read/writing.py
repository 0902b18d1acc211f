"""Write the blocks of a laid-out format out as text: one paragraph a line, one cell after another between bars.

    | / TT / | / Nội dung / | / | / 1 / | / Trồng chè / |        (each on a line of its own)

That is how dumps of web pages leave their tables too, so that all steps after this one know it; the grid itself goes
along as a `SourceTable`. Two columns without rules that hold a letterhead (issuer beside the national motto) or a
closing (recipients beside the signature) are no table: their cells become paragraphs, from left to right.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from pipeline.read.anchors import Anchor, Anchors
from pipeline.read.blocks import Block, Paragraph, TableBlock, paragraphs_of
from pipeline.read.source import SourceCell, SourceTable


@dataclass(frozen=True, slots=True)
class Written:
    """The text of the blocks; the offsets of `anchors` and `tables` point into it."""

    text: str
    anchors: Anchors
    tables: tuple[SourceTable, ...]


def write_blocks(blocks: Sequence[Block]) -> Written:
    """The text of *blocks*, in their order.

    >>> from pipeline.read.blocks import Place, TableCell
    >>> cell = lambda row, column, text: TableCell(row, column, (Paragraph.of(text, Place()),))
    >>> table = TableBlock((cell(0, 0, "TT"), cell(0, 1, "Nội dung"), cell(1, 0, "1"), cell(1, 1, "Trồng chè")))
    >>> write_blocks([table]).text.replace("\\n", " ")
    '| TT | Nội dung | | 1 | Trồng chè | '
    """
    writer = _Writer()
    for block in blocks:
        writer.block(block)
    return Written("".join(writer.pieces), Anchors.of(writer.anchors), tuple(writer.tables))


@dataclass(slots=True)
class _Writer:
    pieces: list[str] = field(default_factory=list)
    anchors: list[Anchor] = field(default_factory=list)
    tables: list[SourceTable] = field(default_factory=list)
    size: int = 0

    def write(self, text: str) -> None:
        self.pieces.append(text)
        self.size += len(text)

    def block(self, block: Block) -> None:
        if isinstance(block, Paragraph):
            self.paragraph(block)
        elif is_layout(block):
            for cell in sorted(block.cells, key=lambda cell: (cell.row, cell.column)):
                for inner in cell.blocks:
                    self.block(inner)
        else:
            self.table(block)

    def paragraph(self, paragraph: Paragraph) -> None:
        if not paragraph.text.strip():
            return
        for text, place in paragraph.pieces:
            if text:
                self.anchors.append(Anchor(self.size, self.size + len(text), place))
                self.write(text)
        self.write("\n")

    def table(self, table: TableBlock) -> None:
        start = self.size
        width = max(cell.column + cell.column_span for cell in table.cells)
        height = max(cell.row + cell.row_span for cell in table.cells)
        cells: list[SourceCell] = []
        row = 0
        self.write("|\n")
        for cell in sorted(table.cells, key=lambda cell: (cell.row, cell.column)):
            if cell.row != row:
                row = cell.row
                self.write("|\n")
            first = self.size
            for paragraph in paragraphs_of(cell.blocks):
                self.paragraph(paragraph)
            cells.append(SourceCell(first, self.size, cell.row, cell.column, cell.row_span, cell.column_span))
            self.write("|\n")
        self.tables.append(SourceTable(start, self.size, height, width, tuple(cells), table.head_rows))


def is_layout(table: TableBlock) -> bool:
    """Whether *table* only sets text in columns.

    So do one column or row, a letterhead, a closing, tables inside, and a few cells between which no lines are drawn,
    such as `NGƯỜI LẬP BIỂU` beside `THỦ TRƯỞNG ĐƠN VỊ`.
    """
    columns = {cell.column for cell in table.cells if cell.blocks}
    rows = {cell.row for cell in table.cells if cell.blocks}
    if len(columns) < 2 or (len(rows) < 2 and not table.ruled):
        return True
    if any(isinstance(block, TableBlock) for cell in table.cells for block in cell.blocks):
        return not table.ruled
    if len(columns) > 3 or len(rows) > 12 or table.head_rows:
        return False
    if (
        table.ruled is False
        and len(rows) <= _FEW_ROWS
        and not any(_ORDINAL.fullmatch(cell.text) for cell in table.cells)
    ):
        return True
    return any(_FRAME.search(cell.text) for cell in table.cells)


_FEW_ROWS = 3
_ORDINAL = re.compile(r"(?i)S?TT|Số TT|1\.?")
_FRAME = re.compile(
    r"(?mi:^\W*Nơi nhận)|CỘNG H(?:ÒA|OÀ) X|(?i:Độc lập\s*[-–]\s*Tự do)|ĐẢNG CỘNG SẢN VIỆT NAM"
    r"|^\s*(?:TM|KT|TL|TUQ|Q)\. ?[A-ZĐỦ]{2}|^\s*Số ?:.{0,40}/[A-ZĐ]|Lưu: ?V[TP]",
    re.MULTILINE,
)
