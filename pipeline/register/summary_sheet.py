"""The first sheet of the workbook: how states are told, figures by state, month and agency, and charts of them.

Tables stand one below the other, because rows are written in order; charts stand beside them. The name of an agency
leads to its sheet.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time
from typing import Any, NamedTuple

from xlsxwriter import Workbook
from xlsxwriter.chart import Chart
from xlsxwriter.worksheet import Worksheet

from pipeline.cell_text import cut_to_cell
from pipeline.register.styles import STATE_INK, Styles
from pipeline.register.summary import AgencyCount, Summary
from pipeline.register.term import STATES
from pipeline.register.words import STATE_WORDS, SUMMARY_NOTES, SUMMARY_WORDS, Language

CHARTED_AGENCIES = 15
CHART_HEAD = 6  # rows for the title, axis and legend of the chart of agencies
BESIDE = 2  # the column to the right of the tables of states and months
WIDE, NARROW = 830, 410
PIXELS_OF_ROW = 20
FIGURES = {"major_gridlines": {"visible": True, "line": {"color": "#E1E4E8"}}, "line": {"none": True}}


class Desk(NamedTuple):
    """What every table and chart is made with."""

    book: Workbook
    page: Worksheet
    styles: Styles
    words: Mapping[str, str]
    language: Language


def write_summary(
    book: Workbook,
    page: Worksheet,
    summary: Summary,
    styles: Styles,
    *,
    as_of: date,
    language: Language,
    sheet_of: Mapping[str, str],
) -> None:
    """Write the sheet; *sheet_of* gives the name of the sheet of each agency that has one."""
    desk = Desk(book, page, styles, {name: said[language] for name, said in SUMMARY_WORDS.items()}, language)
    page.set_column(0, 0, 48)
    page.set_column(1, 5, 14)
    row = _write_head(desk, summary, as_of)
    row = _write_states(desk, row, summary)
    row = _write_months(desk, row, summary)
    _write_agencies(desk, row, summary, sheet_of)
    page.set_paper(9)  # A4
    page.fit_to_pages(1, 0)
    page.set_footer(f"&L&A&R{desk.words['page']} &P/&N")


def _write_head(desk: Desk, summary: Summary, as_of: date) -> int:
    """Title, day, documents and the rules of states; returns the row of the next table."""
    day = f"{as_of:%d/%m/%Y}" if desk.language == "vi" else as_of.isoformat()
    lines = [
        desk.words["about"].format(
            day=day, tasks=sum(summary.states.values()), documents=summary.documents, reviewed=summary.reviewed
        ),
        *SUMMARY_NOTES[desk.language],
    ]
    desk.page.write_string(0, 0, desk.words["title"], desk.styles.title)
    for row, line in enumerate(lines, 1):
        desk.page.write_string(row, 0, line, desk.styles.about)
    return len(lines) + 2


def _write_states(desk: Desk, row: int, summary: Summary) -> int:
    """The table and chart of states; returns the row of the next table."""
    _write_heads(desk, row, ["state", "count"])
    for number, state in enumerate(STATES, row + 1):
        _write_line(desk, number, STATE_WORDS[state][desk.language], [summary.states[state]])
    last = row + len(STATES)
    _write_line(desk, last + 1, desk.words["total"], [sum(summary.states.values())])
    chart = _chart(desk, "bar", "by_state")
    points = [{"fill": {"color": STATE_INK[state]}} for state in STATES]
    chart.add_series({**_range(desk, row + 1, last, 1), "points": points, "data_labels": {"value": True}, "gap": 60})
    chart.set_y_axis({"reverse": True, "line": {"none": True}})
    chart.set_x_axis({"visible": False, "major_gridlines": {"visible": False}})
    return _place(desk, chart, row, last + 3, height=11)


def _write_months(desk: Desk, row: int, summary: Summary) -> int:
    """The table and chart of the months around the day; returns the row of the next table."""
    _write_heads(desk, row, ["month", "count"])
    _write_line(desk, row + 1, desk.words["before"], [summary.before])
    first, last = row + 2, row + 1 + len(summary.months)
    for number, (month, count) in enumerate(summary.months, first):
        desk.page.write_datetime(number, 0, datetime.combine(month, time()), desk.styles.month)
        desk.page.write_number(number, 1, count, desk.styles.number)
    _write_line(desk, last + 1, desk.words["after"], [summary.after])
    chart = _chart(desk, "column", "by_month")
    chart.add_series({**_range(desk, first, last, 1), "fill": {"color": "#2F6DA8"}, "gap": 40})
    chart.set_x_axis({"date_axis": True, "num_format": "mm/yyyy", "num_font": {"rotation": -90}})
    chart.set_y_axis({**FIGURES, "num_format": "0"})
    return _place(desk, chart, row, last + 3, height=17)


def _write_agencies(desk: Desk, row: int, summary: Summary, sheet_of: Mapping[str, str]) -> None:
    """A chart of the busiest agencies, and below it the table of all, the busiest first."""
    heads = [STATE_WORDS[state][desk.language] for state in STATES]
    counts = sorted(summary.agencies, key=lambda count: -len(count.rows))
    charted = min(len(counts), CHARTED_AGENCIES)
    top, row = row, row + CHART_HEAD + 2 * charted + 1
    _write_heads(desk, row, ["agency", *heads, "total"])
    for number, count in enumerate(counts, row + 1):
        _write_agency(desk, number, count, sheet_of)
    last = row + charted
    chart = _chart(desk, "bar", "by_agency", subtype="stacked")
    for column, state in enumerate(STATES, 1):
        series = {**_range(desk, row + 1, last, column), "name": heads[column - 1], "gap": 40}
        chart.add_series({**series, "fill": {"color": STATE_INK[state]}})
    chart.set_y_axis({"reverse": True, "num_font": {"size": 9}})
    chart.set_x_axis(FIGURES)
    chart.set_legend({"position": "bottom"})
    desk.page.set_h_pagebreaks([top])
    chart.set_size({"width": WIDE, "height": (CHART_HEAD + 2 * charted) * PIXELS_OF_ROW})
    desk.page.insert_chart(top, 0, chart)


def _write_agency(desk: Desk, row: int, count: AgencyCount, sheet_of: Mapping[str, str]) -> None:
    name = count.name or desk.words["nobody"]
    _write_line(desk, row, name, [*(count.states[state] for state in STATES), len(count.rows)])
    if name in sheet_of:
        sheet = sheet_of[name].replace("'", "''")
        desk.page.write_url(row, 0, f"internal:'{sheet}'!A1", desk.styles.link, cut_to_cell(name))


def _write_heads(desk: Desk, row: int, names: Sequence[str]) -> None:
    for column, name in enumerate(names):
        desk.page.write_string(row, column, desk.words.get(name, name), desk.styles.head)


def _write_line(desk: Desk, row: int, name: str, counts: Sequence[int]) -> None:
    desk.page.write_string(row, 0, cut_to_cell(name), desk.styles.text)
    for column, count in enumerate(counts, 1):
        desk.page.write_number(row, column, count, desk.styles.number)


def _chart(desk: Desk, kind: str, title: str, *, subtype: str | None = None) -> Chart:
    chart = desk.book.add_chart({"type": kind, **({"subtype": subtype} if subtype else {})})
    assert isinstance(chart, Chart)
    chart.set_title({"name": desk.words[title], "name_font": {"size": 12}})
    chart.set_legend({"none": True})
    return chart


def _range(desk: Desk, first: int, last: int, column: int) -> dict[str, Any]:
    """A series over the rows from *first* to *last*: names in the first column, figures in *column*."""
    name = desk.page.get_name()
    return {"categories": [name, first, 0, last, 0], "values": [name, first, column, last, column]}


def _place(desk: Desk, chart: Chart, row: int, next_row: int, *, height: int) -> int:
    """Put the *chart* beside its table; returns the row below both."""
    chart.set_size({"width": NARROW, "height": height * PIXELS_OF_ROW})
    desk.page.insert_chart(row, BESIDE, chart)
    return max(next_row, row + height + 1)
