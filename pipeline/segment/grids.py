"""From raw rows to a rectangular table: header levels joined, spanning cells repeated, group rows put first.

A merged cell leaves no trace in a flattened table but a row that is too short. What is missing is told from the row
itself: one cell is a group row over the full width, a row that begins with the next number lacks its last cells
(they hold from the row above), any other lacks its first ones; "Tổng cộng" spans the first columns.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.cell_kinds import column_kind
from pipeline.outline import Cell
from pipeline.segment.cells import (
    EMPTY,
    Row,
    are_alike,
    begins_list,
    is_column_numbers,
    is_figure,
    is_ordinal_head,
    is_row_mark,
    is_total,
    row_number,
)
from pipeline.segment.joined_heads import figure_columns, join_heads
from schemas.record import Span


@dataclass(frozen=True, slots=True)
class RawGrid:
    """A table before it has a caption and a section."""

    span: Span
    unit: str | None
    header: tuple[Cell, ...]
    rows: tuple[tuple[Cell, ...], ...]


def build_grid(head: Sequence[Row], body: Sequence[Row], width: int, span: Span, unit: str | None) -> RawGrid | None:
    """A table of *width* columns, or None when there is nothing in it."""
    header = join_heads(head, width, body)
    rows: list[tuple[Cell, ...]] = []
    above: tuple[Cell, ...] | None = None
    figures = figure_columns(body, width)
    timed = bool(header) and column_kind(header[0].text) == "time"
    for raw in without_repeated_heads(head, body):
        if not any(cell.text for cell in raw):
            continue
        raw = [EMPTY if _EMPHASIS.fullmatch(cell.text) else cell for cell in raw]
        row = _between_spans(raw, width, above) or _align_figures(raw, width, figures) or _fill(raw, width, above)
        if timed and rows and rows[-1] is above and not row[0].text and not is_row_mark(above[0].text):
            row = (above[0], *row[1:])
        if rows and header and is_ordinal_head(header[0].text) and _goes_on(rows[-1], row):
            rows[-1] = above = tuple(_run_on(one, two) for one, two in zip(rows[-1], row, strict=True))
            continue
        rows.append(row)
        if not _is_group(row):
            above = row
    if not rows or width < 2 or begins_list(header):
        return None
    return RawGrid(span, unit, header, tuple(rows))


def without_repeated_heads(head: Sequence[Row], body: Sequence[Row]) -> list[Row]:
    """The rows of the body but for the heads that stand again at the top of each page, in all their levels."""
    levels = [_texts(level) for level in head]
    kept: list[Row] = []
    level = 0  # how many levels of repeated heads stand directly above
    for row in body:
        texts = _texts(row)
        if level and (is_column_numbers(row) or (level < len(levels) and texts == levels[level])):
            level += 1
        elif levels and len(texts) > 1 and texts == levels[0]:
            level = 1
        else:
            level = 0
            kept.append(row)
    return kept


def _texts(row: Row) -> list[str]:
    return [" ".join(cell.text.lower().split()) for cell in row if cell.text]


def _align_figures(raw: Row, width: int, columns: frozenset[int]) -> tuple[Cell, ...] | None:
    """A short row of words over several columns and figures at its end, which stand in the last columns of figures."""
    lead = 2 if len(raw) > 1 and is_row_mark(raw[0].text) else 1
    missing = width - len(raw)
    tail = list(raw[lead:])
    while tail and not tail[-1].text:
        tail.pop()
    if (
        missing <= 0
        or not tail
        or not raw[lead - 1].text
        or any(cell.text and not is_figure(cell.text) for cell in tail)
    ):
        return None
    places = range(width - len(tail), lead - 1, -1)
    aligned = lead + missing  # an empty last cell shows that the row lacks its middle
    for first in places if missing > 2 else (aligned, *places) if not raw[-1].text else (lead, *places):
        if all(first + offset in columns for offset, cell in enumerate(tail) if cell.text):
            row = [*raw[:lead], *([EMPTY] * (first - lead)), *tail]
            return (*row, *([EMPTY] * (width - len(row))))
    return None


def _between_spans(raw: Row, width: int, above: tuple[Cell, ...] | None) -> tuple[Cell, ...] | None:
    """A short row of figures that belongs to the item above, whose cells span it on both sides.

    `2 | 1150 | 830` below `a | Bãi nuôi | 1 | 1120 | 815 | 3,5` is the item's second point.
    """
    if above is None or not 3 <= len(raw) < width - 1 or not all(cell.text for cell in raw):
        return None
    if not is_figure(raw[1].text) or is_figure(above[1].text) or not (above[1].text or len(above[0].text) > 3):
        return None
    offsets = range(1, width - len(raw) + 1)
    counts = [
        sum(are_alike(one.text, two.text) for one, two in zip(raw, above[first:], strict=False)) for first in offsets
    ]
    most = max(counts)
    if most < max(2, len(raw) - 2) or counts.count(most) > 1:
        return None
    first = offsets[counts.index(most)]
    return (*above[:first], *raw, *above[first + len(raw) :])


def _fill(raw: Row, width: int, above: tuple[Cell, ...] | None) -> tuple[Cell, ...]:
    cells = list(raw)
    if len(cells) == width:
        return tuple(cells)
    filled = [cell for cell in cells if cell.text]
    if len(filled) == 1 and not row_number(filled[0].text):
        return (filled[0], *([EMPTY] * (width - 1)))
    if len(cells) > width:
        last = cells[width - 1 :]
        text = " ".join(cell.text for cell in last if cell.text)
        merged = Cell(text, tuple(span for cell in last for span in cell.paragraphs))
        return (*cells[: width - 1], merged)
    missing = width - len(cells)
    if is_row_mark(cells[0].text):
        rest = above[len(cells) :] if above and missing <= 2 and not _opens_group(cells, above) else ()
        if any(_FIGURE.fullmatch(cell.text) for cell in rest):  # an amount does not hold for the next row
            rest = ()
        return (*cells, *rest, *([EMPTY] * (missing - len(rest))))
    if not cells[0].text and len(cells) > 2 and is_total(cells[1].text):
        return (*cells[:2], *([EMPTY] * missing), *cells[2:])
    if is_total(cells[0].text) or above is None:
        return (cells[0], *([EMPTY] * missing), *cells[1:])
    return (*above[:missing], *cells)


def _goes_on(above: Row, row: Row) -> bool:
    """Whether a page break cut a numbered row in two: no number, no figures, its cells go on in mid-sentence."""
    if row[0].text or not row_number(above[0].text) or not row[1].text or any(is_figure(cell.text) for cell in row):
        return False
    pairs = [(one.text, two.text) for one, two in zip(above[1:], row[1:], strict=True) if two.text]
    first, second = pairs[0]
    opens = second[0].islower() or first.endswith((";", ","))
    return (
        opens
        and all(one and two[0].islower() and not one.endswith(".") for one, two in pairs[1:])
        and bool(first and not first.endswith((".", ":")) and second[0] not in "-+•*" and not _PART.match(second))
    )


def _run_on(above: Cell, below: Cell) -> Cell:
    if not (above.text and below.text):
        return below if below.text else above
    return Cell(f"{above.text} {below.text}", (*above.paragraphs, *below.paragraphs))


def _opens_group(cells: Row, above: Row) -> bool:
    """Whether `II | Tuyên truyền` names a group below numbered rows, to which none of their last cells belongs."""
    mark, before = row_number(cells[0].text), row_number(above[0].text)
    grouping = mark is not None and mark.style in ("roman", "upper") and (before is None or before.style != mark.style)
    return grouping and len(cells) == 2


def _is_group(row: Row) -> bool:
    return sum(bool(cell.text) for cell in row) == 1


_EMPHASIS = re.compile(r"\*[* ]+\*")  # of an empty cell: `* *`
_FIGURE = re.compile(r"[\d.,%/ -]+")
_PART = re.compile(r"(?i)trong đó|gồm|riêng")
