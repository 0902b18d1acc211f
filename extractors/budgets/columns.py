"""Tell which columns of a table hold amounts of money, in which unit, and for which period.

    STT | Danh mục | Số lượng | Đơn giá | Kinh phí (triệu đồng)   ->  one amount column, in triệu đồng

A unit price (đơn giá) is money but not an amount of the budget, so its column is left out.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from extractors.numbers import money_multiplier, parse_amount

Rows = Sequence[Sequence[str]]


@dataclass(frozen=True, slots=True)
class MoneyUnit:
    """A unit of money as printed, and how many đồng it is."""

    surface: str
    multiplier: int


@dataclass(frozen=True, slots=True)
class AmountColumn:
    """A column of amounts; `period` is what its lines say: a year, a span of years, or the column's own head."""

    index: int
    head: str
    period: str | None
    unit: MoneyUnit | None
    is_total: bool


@dataclass(frozen=True, slots=True)
class Layout:
    """Where a budget table has its numbering, its labels and its amounts."""

    number: int | None
    label: int
    amounts: tuple[AmountColumn, ...]


def read_layout(header: Sequence[str], rows: Rows, *, unit: MoneyUnit | None, about_funds: bool) -> Layout | None:
    """The layout of a budget table, or None if its columns hold no money.

    *unit* is the unit of the whole table, *about_funds* whether its caption, heads or labels name funds.
    """
    heads = [" ".join(head.split()) for head in header]
    number = next((i for i, head in enumerate(heads) if _NUMBER_HEAD.fullmatch(head)), None)
    figures = [i for i in range(len(heads)) if i != number and _holds_figures(heads[i], [row[i] for row in rows])]
    label = next((i for i in range(len(heads)) if i != number and i not in figures and _holds_words(rows, i)), None)
    if label is None:
        return None
    columns = [i for i in figures if i > label and not _OTHER_HEAD.search(heads[i])]
    amounts = _amount_columns(columns, heads, unit=unit, about_funds=about_funds)
    return Layout(number, label, amounts) if amounts else None


def find_money_unit(text: str) -> MoneyUnit | None:
    """The unit of money that *text* sets: `Kinh phí (triệu đồng)`, `ĐVT: nghìn đồng`.

    >>> find_money_unit("Thành tiền (1.000 đồng)")
    MoneyUnit(surface='1.000 đồng', multiplier=1000)
    """
    for match in _UNIT_MENTION.finditer(text):
        multiplier = money_multiplier(match["unit"])
        if multiplier is not None:
            return MoneyUnit(match["unit"].strip(), multiplier)
    return None


def speaks_of_funds(text: str) -> bool:
    """Whether a caption or a head names funds (kinh phí, vốn, dự toán, ngân sách, thành tiền …)."""
    return bool(_FUNDS.search(text))


def is_total_label(text: str) -> bool:
    """Whether a row or column label says that it sums up the others.

    >>> [is_total_label(label) for label in ("TỔNG SỐ", "Tổng kinh phí", "Cộng (I+II)", "Tổng cục Thuế")]
    [True, True, True, False]
    """
    return bool(_TOTAL.match(text.strip()))


def total_prefix(head: str) -> str:
    """What stands before the word for a sum: `Kế hoạch vốn ` in the head `Kế hoạch vốn Tổng số`."""
    match = _TOTAL_END.search(head)
    return head[: match.start()] if match else ""


def _holds_figures(head: str, cells: Sequence[str]) -> bool:
    filled = [cell for cell in cells if cell.strip(" -–—")]
    figures = sum(read_cell(cell) is not None for cell in filled)
    return figures > 0 and figures * 10 >= len(filled) * 6 and not _YEAR_HEAD.fullmatch(head)


def read_cell(cell: str) -> tuple[str, MoneyUnit | None] | None:
    """The figure of a cell as printed, and the unit if the cell has its own (`500 triệu đồng`)."""
    if parse_amount(cell) is not None:
        return cell.strip(), None
    if match := _CELL_WITH_UNIT.fullmatch(cell.strip()[:80]):
        multiplier = money_multiplier(match["unit"])
        if multiplier is not None and parse_amount(match["figure"]) is not None:
            return match["figure"].strip(), MoneyUnit(match["unit"].strip(), multiplier)
    return None


def _holds_words(rows: Rows, column: int) -> bool:
    return any(
        len(row[column]) > 2 and (_YEAR.fullmatch(row[column].strip()) or any(c.isalpha() for c in row[column]))
        for row in rows
    )


def _amount_columns(
    columns: list[int], heads: list[str], *, unit: MoneyUnit | None, about_funds: bool
) -> tuple[AmountColumn, ...]:
    """Of the columns of figures, those of money: all under one unit, else those that name funds or a unit of money."""
    units = {i: find_money_unit(heads[i]) for i in columns}
    named = [i for i in columns if units[i] or speaks_of_funds(heads[i])]
    if any(_UNIT_HEAD.fullmatch(head) for head in heads):
        kept = named  # each row has a unit of its own
    elif unit and (named or about_funds):
        kept = columns
    else:
        kept = [i for i in columns if i in named or (named and (_period_of(heads[i]) or is_total_label(heads[i])))]
    periods = [_period_of(heads[i]) for i in kept]
    return tuple(
        AmountColumn(
            index=i,
            head=_head_label(heads[i]) or "",
            period=_period_label(heads[i], periods),
            unit=units[i] or unit,
            is_total=_is_total_head(heads[i]),
        )
        for i in kept
    )


def _period_label(head: str, periods: list[str | None]) -> str | None:
    """The column's year, or its head where several columns stand beside each other without years of their own."""
    period = _period_of(head)
    if len(periods) > 1 and (period is None or periods.count(period) > 1):
        return _head_label(head)  # `Kế hoạch 2026 NSTW` beside `Kế hoạch 2026 NSĐP`: the year alone would not tell
    return period


def _head_label(head: str) -> str | None:
    return " ".join(_UNIT_NOTE.sub(" ", head).split()) or None


def _is_total_head(head: str) -> bool:
    return is_total_label(head) or bool(_TOTAL_END.search(head))


def _period_of(head: str) -> str | None:
    """The year or span of years that a head names, unless it counts up to that year (`Lũy kế đến hết năm 2022`)."""
    if _RUNNING_COUNT.search(head):
        return None
    spans = _YEARS.findall(head)
    if len(spans) != 1:
        return None
    first, last = spans[0]
    return f"{first}-{last}" if last else first


_WORD = r"(?<![^\W\d_])"
_FUNDS = re.compile(
    rf"{_WORD}(?i:kinh phí|vốn|ngân sách|nsnn|nstw|nsđp|dự toán|thành tiền|số tiền|tổng mức đầu tư|"
    r"mức đầu tư|nguồn thu|khái toán|quyết toán|tổng thu|tổng chi|thu, chi)(?![^\W\d_])"
)
_TOTAL = re.compile(
    r"(?i)(?:tổng(?: cộng| số| kinh phí| vốn| dự toán| nguồn vốn| chi phí| số vốn| số tiền| nhu cầu vốn)?|cộng)"
    r"(?: kinh phí| vốn| toàn tỉnh| chung)?(?: thực hiện)?\s*(?:[:(].*)?$"
)
_TOTAL_END = re.compile(r"(?i)(?:tổng cộng|tổng số|cộng|tổng)\s*(?:\(.*)?$")
_NUMBER_HEAD = re.compile(r"(?i)s\s?tt|tt|số\s?tt|số thứ tự|stt\.?|no\.?")
_UNIT_HEAD = re.compile(r"(?i)đvt|đơn vị(?: tính)?|đ/?vị tính")
_OTHER_HEAD = re.compile(
    r"(?i)số lượng|khối lượng|đơn giá|(?<!đánh )\bgiá (?!trị)|diện tích|tỷ lệ|tỉ lệ|%|"
    r"quy mô|ghi chú|đơn vị tính|định mức|hệ số|"
    r"số hộ|số người|mã số|số quyết định|thời gian|số điểm|mẫu|tần suất|chiều dài|năng lực|số ngày|số đợt|số lớp|"
    r"số buổi|so sánh|so với|(?<!tổng )\bmức (?!đầu tư|vốn)|lương|thu nhập|doanh thu|học phí|lệ phí"
)
_YEAR_HEAD = re.compile(r"(?i)năm|giai đoạn|năm thực hiện")
_YEAR = re.compile(r"(?:19|20)\d\d(?:\s*[-–]\s*(?:19|20)\d\d)?")
_YEARS = re.compile(r"(?<!\d)((?:19|20)\d\d)(?:\s*[-–]\s*((?:19|20)\d\d))?(?!\d)")
_RUNNING_COUNT = re.compile(r"(?i)lũy kế|luỹ kế|đến hết|đến ngày|so sánh|so với")
_SCALE = r"(?:1\.?000(?:\.?000)?|nghìn tỷ|nghìn|ngàn|triệu|tr\.?|tỷ|tỉ)"
_CURRENCY = r"(?:đồng|vnđ|đ)(?![^\W\d_])(?!\s*/)"
_UNIT_NAME = rf"{_SCALE}?\s*{_CURRENCY}"
# A bare `đồng` is a unit only where one is set (`(đồng)`, `ĐVT: đồng`), not in `Lâm Đồng` or `đồng bào`.
_UNIT_SET = r"(?:\(|đvt|đơn vị tính|đơn vị)\s*:?\s*"
_UNIT_MENTION = re.compile(rf"(?i)(?:{_UNIT_SET}|(?<!\w)(?={_SCALE}))(?P<unit>{_UNIT_NAME})")
_UNIT_NOTE = re.compile(rf"(?i)\(\s*(?:đvt\s*:?\s*|đơn vị(?: tính)?\s*:?\s*)?{_UNIT_NAME}\s*\)")
_CELL_WITH_UNIT = re.compile(rf"(?i)(?P<figure>-?\d[\d., ]*?)\s*(?P<unit>{_UNIT_NAME}|tỷ|tỉ)")
