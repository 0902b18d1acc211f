"""Read a Word table on its grid: spans over columns (`gridSpan`), over rows (`vMerge`), rows that begin further in.

The grid of Word has a line for each edge of any cell, so that rows drawn by hand make many narrow columns; lines at
which no cell begins are taken out. Deleted and hidden rows are left out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import takewhile

from lxml import etree

from pipeline.read.blocks import Block, TableBlock, TableCell
from pipeline.read.word.markup import MC, W, attribute, chosen, is_on, number
from pipeline.read.word.story import Story

BlockReader = Callable[[etree._Element, str, Story], list[Block]]


def read_table(table: etree._Element, path: str, story: Story, read_blocks: BlockReader) -> TableBlock | None:
    """The table at *path*, None when no row of it is left; *read_blocks* reads what stands in a cell."""
    rows = [_Row(row, where) for row, where in _members(table, path, W + "tr") if _is_shown(row, story)]
    drafts: list[_Draft] = []
    above: dict[tuple[int, int], _Draft] = {}
    for at, row in enumerate(rows):
        below: dict[tuple[int, int], _Draft] = {}
        for column, span, cell, where in row.cells(story):
            merge = cell.find(_V_MERGE)
            upper = above.get((column, span))
            if merge is not None and attribute(merge) != "restart" and upper is not None:
                upper.row_span += 1
                below[column, span] = upper
                continue
            draft = _Draft(at, column, span, tuple(read_blocks(cell, where, story)))
            drafts.append(draft)
            if merge is not None:
                below[column, span] = draft
        above = below
    if not drafts:
        return None
    heads = len(list(takewhile(_Row.is_head, rows)))
    return TableBlock(
        _on_grid(drafts), head_rows=heads if heads < len(rows) else 0, ruled=_is_ruled(table, rows, story)
    )


@dataclass(slots=True)
class _Draft:
    row: int
    column: int
    span: int
    blocks: tuple[Block, ...]
    row_span: int = 1


@dataclass(frozen=True, slots=True)
class _Row:
    element: etree._Element
    path: str

    def property(self, name: str) -> etree._Element | None:
        properties = self.element.find(_ROW_PROPERTIES)
        return properties.find(W + name) if properties is not None else None

    def is_head(self) -> bool:
        return is_on(self.property("tblHeader")) or False

    def cells(self, story: Story) -> Iterator[tuple[int, int, etree._Element, str]]:
        """Column, span and element of each cell; one merged with that before it in the old way widens it."""
        column = _bounded(number(self.property("gridBefore"), 0), least=0)
        waiting: tuple[int, int, etree._Element, str] | None = None
        for cell, path in _members(self.element, self.path, W + "tc"):
            properties = cell.find(_CELL_PROPERTIES)
            span = 1
            merged = False
            if properties is not None:
                span = _bounded(number(properties.find(W + "gridSpan"), 1), least=1)
                old = properties.find(W + "hMerge")
                merged = old is not None and attribute(old) != "restart"
                if properties.find(W + "cellDel") is not None:
                    story.seen["tracked-changes"] += 1
                    column += span
                    continue
            if merged and waiting is not None:
                waiting = (waiting[0], waiting[1] + span, *waiting[2:])
            else:
                if waiting is not None:
                    yield waiting
                waiting = (column, span, cell, path)
            column += span
        if waiting is not None:
            yield waiting


def _members(container: etree._Element, path: str, tag: str) -> Iterator[tuple[etree._Element, str]]:
    """The rows of a table or cells of a row with their paths, those in content controls and other wrappers too."""
    counts: dict[str, int] = {}
    for child in container.iterchildren(etree.Element):
        name = str(child.tag)
        counts[name] = counts.get(name, 0) + 1
        short = ("mc:" if name.startswith(MC) else "w:") + name.rpartition("}")[2]
        where = f"{path}/{short}[{counts[name]}]"
        if name == tag:
            yield child, where
        elif name in _WRAPPERS:
            yield from _members(child, where, tag)
        elif name == MC + "AlternateContent" and (branch := chosen(child)) is not None:
            yield from _members(branch, f"{where}/mc:{str(branch.tag).rpartition('}')[2]}[1]", tag)


def _is_shown(row: etree._Element, story: Story) -> bool:
    properties = row.find(_ROW_PROPERTIES)
    if properties is None:
        return True
    if properties.find(W + "ins") is not None:
        story.seen["tracked-changes"] += 1
    if properties.find(W + "del") is not None:
        story.seen["tracked-changes"] += 1
        return False
    if is_on(properties.find(W + "hidden")):
        story.seen["hidden-text"] += 1
        return False
    return True


def _on_grid(drafts: list[_Draft]) -> tuple[TableCell, ...]:
    """The cells on a grid of only those columns at which a cell begins."""
    starts = {column: place for place, column in enumerate(sorted({draft.column for draft in drafts}))}
    ordered = sorted(starts)
    cells: list[TableCell] = []
    for draft in drafts:
        first = starts[draft.column]
        end = first + 1
        while end < len(ordered) and ordered[end] < draft.column + draft.span:
            end += 1
        cells.append(TableCell(draft.row, first, draft.blocks, draft.row_span, end - first))
    return tuple(cells)


def _is_ruled(table: etree._Element, rows: list[_Row], story: Story) -> bool:
    """Whether lines are drawn around most cells: by the table, its style, or the cells themselves."""
    borders = table.find(f"{W}tblPr/{W}tblBorders")
    if borders is None:
        named = attribute(table.find(f"{W}tblPr/{W}tblStyle"))
        chain = story.styles.chain(story.styles.style(named, "table"))
        borders = next((style.borders for style in chain if style.borders is not None), None)
    inside = {side: borders is not None and _is_drawn(borders.find(W + side)) for side in ("insideH", "insideV")}
    lent = {
        "top": inside["insideH"],
        "bottom": inside["insideH"],
        "left": inside["insideV"],
        "right": inside["insideV"],
    }
    cells = [cell for row in rows[:_SAMPLE] for cell in row.element.iterchildren(W + "tc")][:_SAMPLE]
    return 2 * sum(_sides(cell, lent) >= 2 for cell in cells) > len(cells)


def _sides(cell: etree._Element, lent: dict[str, bool]) -> int:
    own = cell.find(f"{W}tcPr/{W}tcBorders")
    if own is None:
        return sum(lent.values())
    return sum(_is_side_drawn(own, side, drawn) for side, drawn in lent.items())


def _is_side_drawn(borders: etree._Element, side: str, lent: bool) -> bool:
    border = borders.find(W + side)
    if border is None and side in _NEW_NAMES:
        border = borders.find(W + _NEW_NAMES[side])
    return lent if border is None else _is_drawn(border)


def _is_drawn(border: etree._Element | None) -> bool:
    return border is not None and attribute(border) not in ("", "nil", "none")


def _bounded(value: int, *, least: int) -> int:
    """A number of columns; Word allows 63 of them, and nobody may ask for a thousand million."""
    return max(least, min(value, 1000))


_SAMPLE = 400
_ROW_PROPERTIES, _CELL_PROPERTIES = W + "trPr", W + "tcPr"
_V_MERGE = f"{W}tcPr/{W}vMerge"
_WRAPPERS = frozenset(W + name for name in ("sdt", "sdtContent", "customXml", "ins", "moveTo"))
_NEW_NAMES = {"left": "start", "right": "end"}
