"""How charts look: strips with names above them, axes of time, tooltips, the configuration that all share.

Names of agencies are long and phones are narrow: names stand above their strips, over the plot, rather than beside it,
and break into two lines.
"""

from __future__ import annotations

import textwrap
from typing import Any, NamedTuple

import altair as alt

from pipeline.pictures.marks import Key, Mark
from pipeline.pictures.words import LANGUAGES
from pipeline.register.words import Language

Words = dict[Language, str]
Rows = list[dict[str, Any]]
LINE_OF_NAME = 46  # letters that fit above a strip on a phone
STRIP = 56  # pixels
SHORT_SPAN = 4  # years


class Drawn(NamedTuple):
    """One mark as the page names and lists it."""

    name: Words
    mark: Mark


class Panel(NamedTuple):
    """One chart: a title (None where that of the section does), a spec in each language, its marks by number."""

    title: Words | None
    spec: dict[Language, dict[str, Any]]
    marks: list[Drawn]


def strips(field: str, order: list[str]) -> alt.Y:
    """Strips with their names above them, over the plot."""
    axis = alt.Axis(
        labelAlign="left",
        labelPadding=-2,
        labelOffset=-STRIP // 2 + 6,
        labelBaseline="middle",
        labelLimit=2000,
        labelExpr="split(datum.value, '\\n')",
        labelLineHeight=12,
        ticks=False,
        domain=False,
        grid=False,
        zindex=1,
    )
    return alt.Y(
        f"{field}:N",
        title=None,
        sort=order,
        axis=axis,
        scale=alt.Scale(type="band", paddingInner=0.6, paddingOuter=0.4),
    )


def room(rows: Rows) -> alt.Scale:
    """From zero to a little more than the longest bar, so that its figure has room."""
    return alt.Scale(domain=[0, 1.12 * max(row["count"] for row in rows)], nice=False)


def figures(base: alt.Chart, field: str, form: str) -> Any:
    """The figure in each cell; the page takes it away where cells are too narrow."""
    ink = alt.condition("datum.dark", alt.value("#fff"), alt.value("#1c2430"))
    return base.mark_text(fontSize=11, cursor="pointer").encode(text=alt.Text(field, format=form), color=ink)


def tooltip(language: Language, what: str) -> list[alt.Tooltip]:
    return [alt.Tooltip("name:N", title=" "), alt.Tooltip("count:Q", title=LABELS[what][language])]


def legend(shown: list[tuple[Key, Mark]]) -> alt.Legend:
    most = max(mark.count for _, mark in shown)
    values = sorted({1, max(1, most // 3), most})
    return alt.Legend(orient="top", symbolType="circle", titleOrient="left", values=values, format="d")


def time_axis(shown: list[tuple[Key, Mark]]) -> alt.Axis:
    """Years, or quarters where there are few years."""
    years = [int(key[1][:4]) for key, _ in shown]
    if max(years) - min(years) < SHORT_SPAN:
        quarters = alt.TimeIntervalStep(interval="month", step=3)
        return alt.Axis(format="%m/%Y", tickCount=quarters, labelOverlap=True)
    return alt.Axis(format="%Y", tickCount="year", labelOverlap=True)


def vega_lite(chart: Any) -> dict[str, Any]:
    configured = chart.configure_view(stroke=None).configure(
        font="system-ui, 'Segoe UI', Roboto, 'Noto Sans', sans-serif",
        background="transparent",
        axis=alt.AxisConfig(labelFontSize=12, labelColor="#1c2430", gridColor="#e6e9ee", domainColor="#c4cad3"),
        autosize=alt.AutoSizeParams(type="fit-x", contains="padding"),
    )
    found: dict[str, Any] = configured.to_dict()
    return found


def wrapped(name: str) -> str:
    return "\n".join(textwrap.wrap(name, LINE_OF_NAME, max_lines=2, placeholder="…"))


def both(words: Any) -> Words:
    return {language: words(language) for language in LANGUAGES}


def first_capital(text: str) -> str:
    return text[:1].upper() + text[1:]


LABELS: dict[str, Words] = {
    "tasks": {"vi": "nhiệm vụ", "en": "tasks"},
    "documents": {"vi": "văn bản", "en": "documents"},
    "remarks": {"vi": "lưu ý", "en": "remarks"},
    "lines": {"vi": "dòng kinh phí", "en": "budget lines"},
    "billion": {"vi": "tỷ đồng", "en": "billion đồng"},
    "month": {"vi": "Tháng", "en": "Month"},
    "no_year": {"vi": "không nêu năm", "en": "year not said"},
    "no_date": {"vi": "không rõ", "en": "not known"},
}
