"""The register as an Excel workbook: a summary with charts, all tasks, and a sheet for each lead agency.

    encode_workbook(rows, as_of=date(2016, 12, 1), language="vi") -> bytes of an .xlsx

Rows go to disk as they are written (`constant_memory`), so that a hundred thousand tasks need little memory; the price
is that cells hold their texts themselves rather than a shared list of texts. The workbook calls itself created on the
day of the register, lest two runs differ.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime, time
from io import BytesIO
from typing import NamedTuple

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from pipeline.cell_text import cut_to_cell
from pipeline.register.rows import RegisterRow
from pipeline.register.sheet_names import sheet_names
from pipeline.register.styles import Styles, make_styles, row_height
from pipeline.register.summary import AgencyCount, Summary, summarise
from pipeline.register.summary_sheet import write_summary
from pipeline.register.words import COLUMNS, DAYS, STATE_COLUMN, STATE_WORDS, Language, Value, headings, row_values

MOST_SHEETS = 200  # of single agencies; the others share one
HEAD_ROW = 3


class Sheet(NamedTuple):
    """A sheet of tasks to be written: its name, its heading, the numbers of its rows."""

    name: str
    title: str
    rows: Sequence[int]


def encode_workbook(rows: Sequence[RegisterRow], *, as_of: date, language: Language) -> bytes:
    """The bytes of the workbook; the same rows give the same bytes."""
    target = BytesIO()
    book = Workbook(target, {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties(
        {"title": WORDS["title"][language], "created": datetime.combine(as_of, time()), "author": "kehoach"}
    )
    styles, summary = make_styles(book), summarise(rows, as_of=as_of)
    sheets = [Sheet(WORDS["all"][language], WORDS["title"][language], range(len(rows)))]
    sheets += _agency_sheets(summary, language)
    first = book.add_worksheet(WORDS["summary"][language])
    written = {sheet.title: sheet.name for sheet in sheets[1:]}
    write_summary(book, first, summary, styles, as_of=as_of, language=language, sheet_of=written)
    for sheet in sheets:
        _write_sheet(book.add_worksheet(sheet.name), sheet, rows, styles, as_of=as_of, language=language)
    book.close()
    return target.getvalue()


def _agency_sheets(summary: Summary, language: Language) -> list[Sheet]:
    """One for each agency in the order of the alphabet; past `MOST_SHEETS` those with the fewest tasks share one."""
    named = [count for count in summary.agencies if count.name]
    busiest = sorted(named, key=lambda count: -len(count.rows))[:MOST_SHEETS]
    own = {count.name for count in busiest}
    groups = [(str(count.name), count.rows) for count in named if count.name in own]
    groups += _shared(WORDS["others"][language], [count for count in named if count.name not in own])
    groups += _shared(WORDS["nobody"][language], [count for count in summary.agencies if not count.name])
    taken = (WORDS["summary"][language], WORDS["all"][language])
    names = sheet_names((title for title, _ in groups), taken=taken)
    return [Sheet(name, title, found) for name, (title, found) in zip(names, groups, strict=True)]


def _shared(title: str, counts: Iterable[AgencyCount]) -> list[tuple[str, list[int]]]:
    found = sorted({index for count in counts for index in count.rows})
    return [(title, found)] if found else []


def _write_sheet(
    page: Worksheet, sheet: Sheet, rows: Sequence[RegisterRow], styles: Styles, *, as_of: date, language: Language
) -> None:
    """A title, the heads, the rows; filters, panes and the print setup around them."""
    last_row, last_column = HEAD_ROW + len(sheet.rows), len(COLUMNS) - 1
    for number, column in enumerate(COLUMNS):
        page.set_column(number, number, column.width)
    page.write_string(0, 0, cut_to_cell(sheet.title), styles.title)
    about = WORDS["about"][language].format(day=_day(as_of, language), count=len(sheet.rows))
    page.write_string(1, 0, about, styles.about)
    for number, heading in enumerate(headings(language)):
        page.write_string(HEAD_ROW, number, heading, styles.head)
    for number, index in enumerate(sheet.rows, 1):
        _write_row(page, HEAD_ROW + number, row_values(rows[index], number=number, language=language), styles)
    page.autofilter(HEAD_ROW, 0, last_row, last_column)
    page.freeze_panes(HEAD_ROW + 1, 2)
    _colour_states(page, last_row, styles, language)
    _set_up_print(page, last_row, language)


def _write_row(page: Worksheet, row: int, values: Sequence[Value], styles: Styles) -> None:
    columns = zip(values, COLUMNS, strict=True)
    texts = ((value, column.width / column.size) for value, column in columns if isinstance(value, str))
    page.set_row(row, row_height(texts))
    for column, value in enumerate(values):
        match value:
            case None | "":
                page.write_blank(row, column, None, styles.day if column in DAYS else styles.text)
            case str():
                style = styles.text if COLUMNS[column].size == 1 else styles.small
                page.write_string(row, column, cut_to_cell(value), style)
            case date():
                page.write_datetime(row, column, datetime.combine(value, time()), styles.day)
            case int():
                page.write_number(row, column, value, styles.number)
            case float():
                page.write_number(row, column, value, styles.share)


def _colour_states(page: Worksheet, last_row: int, styles: Styles, language: Language) -> None:
    for state, style in styles.states.items():
        rule = {"type": "cell", "criteria": "==", "value": f'"{STATE_WORDS[state][language]}"', "format": style}
        page.conditional_format(HEAD_ROW + 1, STATE_COLUMN, last_row, STATE_COLUMN, rule)


def _set_up_print(page: Worksheet, last_row: int, language: Language) -> None:
    printed = max(number for number, column in enumerate(COLUMNS) if column.printed)
    page.set_landscape()
    page.set_paper(9)  # A4
    page.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
    page.fit_to_pages(1, 0)
    page.repeat_rows(HEAD_ROW)
    page.print_area(0, 0, last_row, printed)
    page.set_footer(f"&L&A&R{WORDS['page'][language]} &P/&N")


def _day(day: date, language: Language) -> str:
    return f"{day:%d/%m/%Y}" if language == "vi" else day.isoformat()


WORDS: dict[str, dict[Language, str]] = {
    "title": {"vi": "SỔ THEO DÕI NHIỆM VỤ", "en": "TASK REGISTER"},
    "about": {"vi": "Tính đến ngày {day}: {count} nhiệm vụ", "en": "As of {day}: {count} tasks"},
    "summary": {"vi": "Tổng hợp", "en": "Summary"},
    "all": {"vi": "Nhiệm vụ", "en": "Tasks"},
    "others": {"vi": "Cơ quan khác", "en": "Other agencies"},
    "nobody": {"vi": "Chưa rõ cơ quan chủ trì", "en": "No lead agency named"},
    "page": {"vi": "Trang", "en": "Page"},
}
