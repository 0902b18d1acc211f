"""Read a table of targets: one target a row, one measure a cell that holds a figure, the period from the column's head.

    Chỉ tiêu | Đơn vị tính | 2026 | 2027        Tỷ lệ hộ dùng nước sạch | % | 85 | 90

What was achieved (`Thực hiện 2025`, `Hiện trạng`) is no target. Where the indicator's cell carries the figure itself
(`Tỷ lệ … đạt tối thiểu 40%` beside the agency that watches it), the measures come from that cell.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

import regex

from extractors.targets.bounds import closing_bound
from extractors.targets.cells import read_cell
from extractors.targets.indicator import find_indicator
from extractors.targets.measures import find_measures
from schemas import Measure


@dataclass(frozen=True, slots=True)
class TargetRow:
    """The target of one row; `column` holds its text, `measures` pairs each measure with the column of its cell."""

    row: int
    column: int
    text: str
    indicator: str | None
    measures: tuple[tuple[int, Measure], ...]


@dataclass(frozen=True, slots=True)
class _Period:
    start: date | None = None
    end: date | None = None


@dataclass(frozen=True, slots=True)
class _Columns:
    indicator: int
    unit: int | None
    values: dict[int, _Period]


def read_target_table(
    header: Sequence[str],
    rows: Sequence[Sequence[str]],
    *,
    caption: str | None,
    read_text: Callable[[str], Sequence[Measure]] = find_measures,
) -> tuple[TargetRow, ...] | None:
    """The targets of a table, or None when it is not a table of targets.

    *read_text* reads the measures of an indicator's cell that carries the figure itself; the caller can bind the
    deadlines of that cell to it.

    >>> found = read_target_table(["TT", "Chỉ tiêu", "2026"], [["1", "Số xã có chợ", "5/11"]], caption=None)
    >>> [(t.text, str(t.measures[0][1])) for t in found or ()]
    [('Số xã có chợ', '= 5/11 2026-01-01/2026-12-31')]
    """
    columns = _columns(header, rows, caption or "")
    if columns is None:
        return None
    whole = _period(caption.lower()) if caption and _BY.search(caption.lower()) else _Period()
    targets = _from_values(rows, columns, whole) if columns.values else _from_text(rows, columns, read_text, whole)
    measured = sum(bool(target.measures) for target in targets)
    needed = 1 if columns.values else (len(targets) + 1) // 2
    return tuple(targets) if targets and measured >= max(needed, 1) else None


def _columns(header: Sequence[str], rows: Sequence[Sequence[str]], caption: str) -> _Columns | None:
    heads = [" ".join(head.lower().split()) for head in header]
    if _MONEY.search(caption) or any(_MONEY.search(head) or len(head) > _LONGEST_HEAD for head in heads):
        return None
    named = [i for i, head in enumerate(heads) if _INDICATOR.match(head) and not _FIGURE_HEAD.search(head)]
    unit = next((i for i, head in enumerate(heads) if _UNIT_HEAD.fullmatch(head)), None)
    indicator = next((i for i in reversed(named) if not _mostly_figures(rows, i)), None)
    if indicator is None:
        indicator = next((i for i, head in enumerate(heads) if _CONTENT.match(head)), None)
        if indicator is None or not (named or (unit is not None and _TARGETS.search(caption))):
            return None
    values = {
        i: _period(head)
        for i, head in enumerate(heads)
        if i not in {indicator, unit} and not _ACHIEVED.search(head) and (_VALUE.search(head) or i in named)
    }
    if not any(period.end for period in values.values()) and any(_WORK.search(head) for head in heads):
        return None
    return _Columns(indicator, unit, {i: period for i, period in values.items() if _any_figure(rows, i)})


def _from_values(rows: Sequence[Sequence[str]], columns: _Columns, whole: _Period) -> list[TargetRow]:
    """The targets of rows with columns of figures; *whole* is the period that the caption gives to all of them."""
    targets: list[TargetRow] = []
    group = whole
    for number, row in enumerate(rows):
        text = row[columns.indicator].strip()
        if _is_group(row, columns):
            group = _period(" ".join(dict.fromkeys(row)).lower()) if _GROUP_YEAR.search(" ".join(row)) else group
        elif text and any(row[column].strip() for column in columns.values):
            unit = row[columns.unit].strip() if columns.unit is not None else _bracketed_unit(text)
            measures = tuple(
                (column, measure.model_copy(update={"start": bounds.start, "end": bounds.end}))
                for column, own in columns.values.items()
                for bounds in (own if own.end or own.start else group,)
                for measure in _values(row[column], text, unit or None)
            )
            targets.append(TargetRow(number, columns.indicator, text, text.rstrip(" .;:"), measures))
    return targets


def _values(cell: str, indicator: str, unit: str | None) -> Iterator[Measure]:
    """The measures of *cell*; a bound that closes the *indicator* holds for them (`Tỷ lệ hồ sơ đúng hạn tối thiểu`)."""
    bound = closing_bound(indicator)
    for measure in read_cell(cell, unit=unit):
        yield measure.model_copy(update={"comparator": bound}) if bound and measure.comparator == "=" else measure


def _bracketed_unit(indicator: str) -> str | None:
    """The unit in brackets behind an indicator, where the table has no column for it: `Thu nhập (triệu đồng)`."""
    match = _UNIT_BRACKET.search(indicator)
    return match["unit"].strip() if match else None


def _from_text(
    rows: Sequence[Sequence[str]],
    columns: _Columns,
    read_text: Callable[[str], Sequence[Measure]],
    whole: _Period,
) -> list[TargetRow]:
    targets: list[TargetRow] = []
    for number, row in enumerate(rows):
        text = row[columns.indicator].strip()
        if text and not _is_group(row, columns):
            measures = tuple(_bounded(measure, whole) for measure in read_text(text))
            indicator = find_indicator(text, measures, ())
            targets.append(
                TargetRow(number, columns.indicator, text, indicator, tuple((columns.indicator, m) for m in measures))
            )
    return targets


def _bounded(measure: Measure, period: _Period) -> Measure:
    """*measure* with *period* where its own words give none."""
    if measure.start or measure.end or not (period.start or period.end):
        return measure
    return measure.model_copy(update={"start": period.start, "end": period.end})


def _is_group(row: Sequence[str], columns: _Columns) -> bool:
    """True for a row that only names the rows below it: one cell of text, or the same text in every cell."""
    filled = {cell.strip() for cell in row if cell.strip()}
    words = [cell for cell in filled if not _ROW_LABEL.fullmatch(cell)]
    if columns.values and not any(row[column].strip() for column in columns.values):
        return True
    return len(words) <= 1 and (len(filled) == 1 or not columns.values) and len(row) > 2


def _mostly_figures(rows: Sequence[Sequence[str]], column: int) -> bool:
    cells = [row[column] for row in rows if row[column].strip()]
    return bool(cells) and 2 * sum(bool(read_cell(cell, unit=None)) and len(cell) < 25 for cell in cells) > len(cells)


def _any_figure(rows: Sequence[Sequence[str]], column: int) -> bool:
    return any(read_cell(row[column], unit=None) for row in rows)


def _period(head: str) -> _Period:
    """The period that a column's head or a group row names: a year, some years, or a year by which it must hold."""
    years = [int(year) for year in _YEAR.findall(head)]
    if not years:
        return _Period()
    if _BY.search(head):
        return _Period(end=date(years[-1], 12, 31))
    return _Period(date(years[0], 1, 1), date(years[-1], 12, 31)) if years[0] <= years[-1] else _Period()


_INDICATOR = regex.compile(
    r"(?:tên |các |nội dung |danh mục |hệ thống )*(?:nội dung ?/ ?)?(?:chỉ tiêu|mục tiêu)(?!\p{L})(?! đầu tư)"
)
_CONTENT = regex.compile(r"(?:nội dung|tên|hạng mục|danh mục|chỉ số)(?!\p{L})")
_FIGURE_HEAD = regex.compile(r"(?:19|20)\d\d|giao|đến năm")
_UNIT_HEAD = regex.compile(r"đơn vị(?: tính)?|đvt|đv tính|đơn vị đo")
_VALUE = regex.compile(
    r"(?:19|20)\d\d|^(?:kết quả|giá trị|chỉ tiêu giao|kế hoạch|mức đạt|mục tiêu|chỉ tiêu|số lượng|tỷ lệ)"
)
_UNIT_BRACKET = regex.compile(
    r"\((?:đvt:? ?|đơn vị(?: tính)?:? ?)?(?P<unit>[%‰]|[^()\d:;,]{1,25})\)[\s.;:]*$", regex.IGNORECASE
)
_ACHIEVED = regex.compile(
    r"(?<!kế hoạch )(?<!mục tiêu )(?<!chỉ tiêu )thực hiện|năm gốc|năm cơ sở|xuất phát|đầu kỳ"
    r"|ước|hiện hành|hiện trạng|so sánh|so với|ghi chú|thời gian|cơ quan|đơn vị|đã đạt|nguồn|kinh phí|vốn"
)
_LONGEST_HEAD = 150
_MONEY = regex.compile(r"(?i)thành tiền|đơn giá|kinh phí|dự toán|nguồn vốn|\((?:triệu |nghìn |tỷ )?đồng\)")
_WORK = regex.compile(r"nhiệm vụ|công việc|hoạt động|giải pháp|sản phẩm")
_TARGETS = regex.compile(r"(?i)chỉ tiêu|mục tiêu")
_GROUP_YEAR = regex.compile(r"(?i)(?:năm|giai đoạn) (?:19|20)\d\d")
_YEAR = regex.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_BY = regex.compile(r"(?:đến|trước) (?:hết |cuối )?(?:năm )?(?:19|20)\d\d")
_ROW_LABEL = regex.compile(r"(?:[IVXLC]+|\d+(?:\.\d+)*|[a-zđ])[.)]?")
