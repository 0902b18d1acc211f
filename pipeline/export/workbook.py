"""An Excel workbook: one sheet for each table with filters and a fixed head, and a sheet that explains the columns.

    sheet "deadlines": document_id | deadline_id | surface | kind | start (a real date) | …

What Excel cannot hold is told: rows beyond 1,048,576 are left out, a text beyond 32,767 characters is cut, a number
beyond fifteen digits and a date before 1900 stand as text.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any, NamedTuple

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from pipeline.cell_text import allowed
from pipeline.export.account import Account
from pipeline.export.cells import in_words
from pipeline.export.columns import Column, about, columns_of
from pipeline.export.options import Options
from pipeline.export.tables import Row, Tables, chosen_tables

FILE = "kehoach.xlsx"
MOST_ROWS = 1_048_576
LONGEST_TEXT = 32_767
LARGEST_EXACT = 10**15
FIRST_DAY = date(1900, 1, 1)
MADE_ON = datetime(2000, 1, 1)  # the same on every day, so that the same rows give the same bytes
EXPLAINED = "columns"


class Styles(NamedTuple):
    """The formats of one workbook."""

    head: Format
    date: Format
    integer: Format
    text: Format


def write(tables: Tables, directory: Path, options: Options, account: Account) -> None:
    """Write `kehoach.xlsx` with a sheet for each chosen table."""
    chosen = chosen_tables(options.tables)
    with xlsxwriter.Workbook(directory / FILE, WORKBOOK_OPTIONS) as workbook:
        workbook.set_properties({"title": "kehoach", "comments": f"kehoach {version('kehoach')}", "created": MADE_ON})
        styles = Styles(
            head=workbook.add_format({"bold": True, "bg_color": "#DDE7F3", "bottom": 1, "valign": "top"}),
            date=workbook.add_format({"num_format": "dd/mm/yyyy", "align": "left", "valign": "top"}),
            integer=workbook.add_format({"num_format": "#,##0", "valign": "top"}),
            text=workbook.add_format({"valign": "top"}),
        )
        for name in chosen:
            _write_table(workbook.add_worksheet(name), name, tables[name], styles, account)
        _explain(workbook.add_worksheet(EXPLAINED), chosen, styles)


def _write_table(sheet: Worksheet, table: str, rows: Iterable[Row], styles: Styles, account: Account) -> None:
    columns = columns_of(table)
    for number, column in enumerate(columns):
        sheet.set_column(number, number, WIDTHS.get(column.name, 14))
    sheet.write_row(0, 0, [column.name for column in columns], styles.head)
    written = 0
    for row in rows:
        if written + 1 >= MOST_ROWS:
            account.left_out(f"rows of {table}: a sheet holds no more than {MOST_ROWS:,}")
            continue
        written += 1
        for number, (value, column) in enumerate(zip(row, columns, strict=True)):
            _write_cell(sheet, (written, number), value, column, styles, account)
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, max(written, 1), len(columns) - 1)
    account.wrote(f"rows of {table}", written)


def _write_cell(
    sheet: Worksheet, at: tuple[int, int], value: Any, column: Column, styles: Styles, account: Account
) -> None:
    """Write one value with its type; text is written as text, so that nothing in it can run."""
    if value is None:
        return
    if column.kind == "boolean":
        sheet.write_boolean(*at, value, styles.text)
    elif column.kind == "date" and value >= FIRST_DAY:
        sheet.write_datetime(*at, value, styles.date)
    elif column.kind in {"integer", "number"} and abs(value) < LARGEST_EXACT:
        plain = column.kind == "number" or column.name in UNGROUPED
        sheet.write_number(*at, value, styles.text if plain else styles.integer)
    else:
        text = _text(value, column)
        if len(text) > LONGEST_TEXT:
            account.left_out(f"ends of texts: a cell holds no more than {LONGEST_TEXT:,} characters")
            text = text[: LONGEST_TEXT - 1] + "…"
        sheet.write_string(*at, text, styles.text)


def _text(value: Any, column: Column) -> str:
    """Cells here have a type, so that text needs no apostrophe against being run."""
    if column.kind == "string":
        return allowed(value)
    if column.kind == "list":
        return allowed("; ".join(value))
    return in_words(value, column)


def _explain(sheet: Worksheet, tables: Iterable[str], styles: Styles) -> None:
    """What each column of each sheet says."""
    for number, width in enumerate((16, 20, 10, 90)):
        sheet.set_column(number, number, width)
    sheet.write_row(0, 0, ["table", "column", "type", "what it says"], styles.head)
    line = 1
    for table in tables:
        sheet.write_row(line, 0, [table, "", "", about(table)], styles.head)
        line += 1
        for column in columns_of(table):
            sheet.write_row(line, 0, [table, column.name, column.kind, column.about.replace("`", "")], styles.text)
            line += 1
    sheet.freeze_panes(1, 0)


WORKBOOK_OPTIONS = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
UNGROUPED = {"year", "span_start", "span_end", "source_line", "source_page", "position", "level"}
WIDTHS = {
    "document_id": 22,
    "text": 80,
    "words": 40,
    "title": 60,
    "leads": 40,
    "partners": 40,
    "name": 40,
    "surface": 40,
    "label": 40,
    "caption": 40,
    "indicator": 40,
    "message": 60,
    "path": 30,
    "issuer": 32,
    "agency_id": 34,
    "agency_now_id": 34,
    "amount_vnd": 20,
    "anchor": 40,
    "condition": 40,
    "recurrence": 28,
    "edtf": 22,
}
