"""From raw rows to a rectangular table: header levels joined, spanning cells repeated, group rows put first.

A merged cell leaves no trace in a flattened table but a row that is too short. What is missing is told from the row
itself: one cell is a group row over the full width, a row that begins with the next number lacks its last cells
(they hold from the row above), any other lacks its first ones; "Tổng cộng" spans the first columns.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache, reduce
from typing import NamedTuple

from pipeline.outline import Cell
from pipeline.segment.header_levels import place_heads
from pipeline.segment.lines import Line
from schemas.record import Span

EMPTY = Cell("")
Row = Sequence[Cell]


@dataclass(frozen=True, slots=True)
class RawGrid:
    """A table before it has a caption and a section."""

    span: Span
    unit: str | None
    header: tuple[Cell, ...]
    rows: tuple[tuple[Cell, ...], ...]


class Numbering(NamedTuple):
    """The number of a row as its first cell prints it: style and value."""

    style: str
    value: int


def cell_of(lines: Sequence[Line]) -> Cell:
    """The cell made of some lines, each a paragraph."""
    if not lines:
        return EMPTY
    return Cell(" ".join(line.text for line in lines), tuple(Span(line.start, line.end) for line in lines))


@lru_cache(maxsize=8192)
def row_number(text: str) -> Numbering | None:
    """`7`, `07.`, `(7)` → arabic 7, `IV` → Roman 4, `B` → letter 2, `1.2` → dotted 2.

    >>> row_number("IV"), row_number("2:"), row_number("100%")
    (Numbering(style='roman', value=4), Numbering(style='arabic', value=2), None)
    """
    if len(text) > 8:
        return None
    match = _NUMBER.fullmatch(text)
    if not match:
        return None
    if match["arabic"]:
        return Numbering("arabic", int(match["arabic"]))
    if match["dotted"]:
        return Numbering("dotted", int(match["dotted"].rpartition(".")[2]))
    if match["roman"]:
        return Numbering("roman", _ROMAN_VALUES.get(match["roman"], 0))
    return Numbering("upper", ord(match["upper"]) - 64)


def follows(before: Numbering | None, after: Numbering) -> bool:
    """Whether a row number may come after another one: the next of its kind, or the first of a new run."""
    if before is None or after.value == 1:
        return True
    return after.style != before.style or after.value == before.value + 1


def is_figure(text: str) -> bool:
    """Whether a cell holds a figure and nothing else; a bare year may be a head, and is none.

    >>> is_figure("1.200"), is_figure("95.000.000"), is_figure("2026"), is_figure("Quý I")
    (True, True, False, False)
    """
    return bool(_AMOUNT.fullmatch(text)) and not _YEAR.fullmatch(text)


def is_ordinal_head(text: str) -> bool:
    """Whether a head stands above row numbers: `TT`, `STT`."""
    return bool(_ORDINAL.fullmatch(text))


def is_row_mark(text: str) -> bool:
    """Whether a first cell marks a row: a number, a letter, a dash."""
    return bool(row_number(text)) or text in ("-", "–", "+", "*") or bool(_LETTER.fullmatch(text))


def is_total(text: str) -> bool:
    """Whether a row sums up others: `Tổng cộng`."""
    return bool(_TOTAL.match(text))


def build_grid(head: Sequence[Row], body: Sequence[Row], width: int, span: Span, unit: str | None) -> RawGrid | None:
    """A table of *width* columns, or None when there is nothing in it."""
    header = join_heads(head, width, body)
    rows: list[tuple[Cell, ...]] = []
    above: tuple[Cell, ...] | None = None
    figures = _figure_columns(body, width)
    for raw in without_repeated_heads(head, body):
        if not any(cell.text for cell in raw):
            continue
        row = _align_figures(raw, width, figures) or _fill(raw, width, above)
        if rows and header and is_ordinal_head(header[0].text) and _goes_on(rows[-1], row):
            rows[-1] = above = tuple(_run_on(one, two) for one, two in zip(rows[-1], row, strict=True))
            continue
        rows.append(row)
        if not _is_group(row):
            above = row
    if not rows or width < 2 or begins_list(header):
        return None
    return RawGrid(span, unit, header, tuple(rows))


def begins_list(head: Row) -> bool:
    """Whether the first row is no head but the first of a list in two columns, as of recipients: `- Bộ trưởng | …`."""
    return head[0].text.startswith(("- ", "+ "))


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


def is_column_numbers(row: Row) -> bool:
    """Whether a row only numbers the columns: `A B 1 2 3=1+2`."""
    texts = [cell.text for cell in row if cell.text]
    return len(texts) >= 2 and len(texts) == len(row) and all(_COLUMN_NUMBER.fullmatch(text) for text in texts) and (
        [text.strip("()[] ") for text in texts[:2]] in (["1", "2"], ["A", "B"], ["a", "b"], ["A", "1"])
    )  # fmt: skip


def join_heads(heads: Sequence[Row], width: int, body: Sequence[Row] = ()) -> tuple[Cell, ...]:
    """One header from several levels; a cell over several columns stands before each head below it.

    Which head spans several columns is told by its words and by the *body*: figures stand under it. Where the levels
    do not make up the width, the heads that cannot be placed are left out, so that no value stands under a wrong one.
    """
    if not heads:
        return (EMPTY,) * width
    levels = [list(head) for head in heads]
    if len(levels) > 1 and (columns := place_heads(levels, _figure_shares(body, width))):
        return tuple(reduce(_joined, column) for column in columns)
    return tuple(_spread(levels[0], levels[1:], width, _figure_columns(body, width)))


def _spread(top: list[Cell], below: list[list[Cell]], width: int, figures: frozenset[int]) -> list[Cell]:
    if len(top) < width and not below:
        return _certain(top, width)
    if len(top) >= width:
        joined = [*top, *([EMPTY] * (width - len(top)))][:width]
        for level in below:
            if len(level) == width:
                joined = [_joined(cell, under) for cell, under in zip(joined, level, strict=True)]
        return joined
    children = [cell for cell in below[0] if cell.text]
    parents = len(top) + len(children) - width
    if parents <= 0:
        return _certain(top, width)
    spanning = set(_spanning(top, parents, len(children), figures))
    share, extra = divmod(len(children), len(spanning))
    joined = []
    taken = 0
    order = sorted(spanning)
    for index, cell in enumerate(top):
        if index not in spanning:
            joined.append(cell)
            continue
        count = share + (1 if order.index(index) >= len(order) - extra else 0)
        joined.extend(_joined(cell, child) for child in children[taken : taken + count])
        taken += count
    if len(below) > 1:
        return _spread(joined, below[1:], width, figures)
    return [*joined, *([EMPTY] * width)][:width]


def _certain(top: list[Cell], width: int) -> list[Cell]:
    """The heads at both ends of a header whose middle cannot be told: numbers and names first, remarks last."""
    first = [cell if index == 0 or _NARROW.match(cell.text) else EMPTY for index, cell in enumerate(top[:2])]
    last = [top[-1]] if len(top) > 2 and _REMARKS.match(top[-1].text) else []
    return [*first, *([EMPTY] * (width - len(first) - len(last))), *last]


def _spanning(top: Sequence[Cell], count: int, below: int, figures: frozenset[int]) -> list[int]:
    """Which *count* heads of the first level span several columns; *below* heads stand under them."""
    likely = [index for index, cell in enumerate(top) if not _NARROW.match(cell.text)]
    named = [index for index in likely if _WIDE.search(cell_text := top[index].text) and cell_text]
    later = [index for index in likely if index > 1]  # the first columns number and name the rows
    ranked = [*named, *later, *likely, *range(len(top))]
    unique = list(dict.fromkeys(ranked))
    if count == 1:
        unique.sort(key=lambda index: not figures.issuperset(range(index, index + below)))
    return unique[: max(1, min(count, len(top)))]


def _joined(above: Cell, below: Cell) -> Cell:
    if not below.text or below.text == above.text:
        return above
    if not above.text:
        return below
    return Cell(f"{above.text} {below.text}", (*above.paragraphs, *below.paragraphs))


def _figure_columns(body: Sequence[Row], width: int) -> frozenset[int]:
    """The columns in which the full rows hold figures."""
    return frozenset(column for column, share in enumerate(_figure_shares(body, width)) if share >= 0.6)


def _figure_shares(body: Sequence[Row], width: int) -> list[float]:
    """How much of each column is figures, in the full rows."""
    full = [row for row in body if len(row) == width]
    columns = [[row[column].text for row in full if row[column].text] for column in range(width)]
    return [sum(map(is_figure, filled)) / len(filled) if filled else 0.0 for filled in columns]


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
    if _TOTAL.match(cells[0].text) or above is None:
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


_ROMAN_NUMERALS = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII", "XIII", "XIV", "XV", "XVI",
                   "XVII", "XVIII", "XIX", "XX", "XXI", "XXII", "XXIII", "XXIV", "XXV")  # fmt: skip
_ROMAN_VALUES = {numeral: value for value, numeral in enumerate(_ROMAN_NUMERALS, 1)}
_NUMBER = re.compile(
    r"\(?(?:(?P<dotted>\d{1,2}(?:\.\d{1,2}){1,3})|(?P<arabic>\d{1,3})|(?P<roman>[IVX]{1,5})|(?P<upper>[A-H]))[.:)/]?"
)
_COLUMN_NUMBER = re.compile(r"[(\[]?(?:\d{1,2}|[A-Ea-e])[)\]]?(?:\s?=.{1,20})?")
_FIGURE = re.compile(r"[\d.,%/ -]+")
_AMOUNT = re.compile(r"[≥≤<>~+-]? ?\(?\d[\d.,%÷/ ×x=+–-]*\)?")
_YEAR = re.compile(r"(?:19|20)\d\d(?: ?[-–] ?(?:19|20)\d\d)?")
_ORDINAL = re.compile(r"(?:S ?TT|TT|Stt|Số TT|SỐ TT|Số thứ tự|T\.T)\.?")
_TOTAL = re.compile(r"(?i)(?:tổng|cộng|toàn)")
_NARROW = re.compile(
    r"(?i)(?:s ?tt|tt|số tt|nội dung|tên|đơn vị(?: tính)?|đvt|ghi chú|chỉ tiêu|danh mục|nhiệm vụ|mã|loại|kiểu"
    r"|mô tả)\b"
)
_LETTER = re.compile(r"[^\W\d_][.)/]?")
_PART = re.compile(r"(?i)trong đó|gồm|riêng")
_REMARKS = re.compile(r"(?i)ghi chú")
_WIDE = re.compile(
    r"(?i)\b(?:trong đó|kế hoạch|năm|vị trí|tọa độ|kinh phí|vốn|nguồn|dự toán|thời gian|phân kỳ|chia|giai đoạn|ước)\b"
)
