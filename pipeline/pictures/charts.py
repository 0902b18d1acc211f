"""The charts, as Vega-Lite: what Altair makes of marks that are summed up already.

    Panel(title={"vi": …}, spec={"vi": {...}, "en": {...}}, marks=[Drawn("Sở Y tế, quý IV/2016", …)])

Every datum carries the number of its mark, by which the page finds its records. Amounts and counts are summed up before
they come here, so that no chart holds more than some hundred data.
"""

from __future__ import annotations

from collections import defaultdict
from typing import Any, NamedTuple

import altair as alt

from pipeline.pictures.amounts import budget_panels, target_panels
from pipeline.pictures.gather import Gathered
from pipeline.pictures.looks import (
    LABELS,
    STRIP,
    Drawn,
    Panel,
    Rows,
    Words,
    both,
    figures,
    first_capital,
    legend,
    room,
    strips,
    time_axis,
    tooltip,
    vega_lite,
    wrapped,
)
from pipeline.pictures.marks import Marks
from pipeline.pictures.words import LANGUAGES, diagnostic_words, province_words, type_words
from pipeline.register.order import vietnamese_order
from pipeline.register.words import Language

MOST_AGENCIES, MOST_BARS = 15, 40
BLUE, RED, AMBER, GREY = "#2F6DA8", "#B3352C", "#B87A10", "#8A93A0"
SEVERITY_COLOURS = {"error": RED, "warning": AMBER, "info": GREY}


class Section(NamedTuple):
    """Charts of one question; `panels` is empty where there is nothing to draw."""

    name: str
    panels: list[Panel]


def sections(gathered: Gathered) -> list[Section]:
    """All sections of the page, in its order."""
    charts = gathered.charts
    provinces = _bars(charts["provinces"], province_words, title=TITLES["provinces"])
    types = _bars(charts["types"], type_words, title=TITLES["types"])
    years = _bars(charts["years"], _year_words, title=TITLES["years"], by_key=True)
    return [
        Section("deadlines", _deadlines(charts["deadlines"])),
        Section("months", _months(charts["months"])),
        Section("budgets", budget_panels(charts["budgets"])),
        Section("targets", target_panels(charts["targets"], gathered.documents)),
        Section("coverage", [*provinces, *types, *years]),
        Section("diagnostics", _diagnostics(charts["diagnostics"])),
    ]


def _deadlines(marks: Marks) -> list[Panel]:
    """Bubbles on a strip for each agency, one for each quarter in which tasks are due."""
    totals: dict[str, int] = defaultdict(int)
    for (agency, _), mark in marks.items():
        totals[agency] += mark.count
    named = sorted((name for name in totals if name), key=lambda name: (-totals[name], vietnamese_order(name)))
    chosen = named[:MOST_AGENCIES]
    shown = [(key, marks[key]) for name in chosen for key in sorted(marks) if key[0] == name]
    if not shown:
        return []
    drawn = [
        Drawn(both(lambda language, key=key: f"{key[0]}, {_quarter(key[1], language)}"), mark) for key, mark in shown
    ]
    spec = {}
    for language in LANGUAGES:
        rows: Rows = [
            {
                "agency": wrapped(key[0]),
                "day": key[1],
                "count": mark.count,
                "name": drawn[number].name[language],
                "mark": number,
            }
            for number, (key, mark) in enumerate(shown)
        ]
        chart = (
            alt.Chart(alt.InlineData(values=rows))
            .mark_circle(color=BLUE, opacity=0.75, cursor="pointer", stroke="#fff", strokeWidth=1)
            .encode(
                x=alt.X("day:T", title=None, scale=alt.Scale(type="utc", padding=14), axis=time_axis(shown)),
                y=strips("agency", [wrapped(name) for name in chosen]),
                size=alt.Size(
                    "count:Q", title=LABELS["tasks"][language], scale=alt.Scale(range=[30, 600]), legend=legend(shown)
                ),
                tooltip=tooltip(language, "tasks"),
            )
            .properties(width="container", height=alt.Step(STRIP))
        )
        spec[language] = vega_lite(chart)
    return [Panel(None, spec, drawn)]


def _months(marks: Marks) -> list[Panel]:
    """A heat map: years down, months across."""
    shown = sorted(marks.items(), key=lambda item: (int(item[0][0]), int(item[0][1])))
    if not shown:
        return []
    drawn = [Drawn(both(lambda _, key=key: f"{int(key[1]):02}/{key[0]}"), mark) for key, mark in shown]
    most = max(mark.count for _, mark in shown)
    spec = {}
    for language in LANGUAGES:
        rows: Rows = [
            {
                "year": key[0],
                "month": int(key[1]),
                "count": mark.count,
                "name": drawn[number].name[language],
                "mark": number,
                "dark": mark.count > most**0.6,
            }
            for number, (key, mark) in enumerate(shown)
        ]
        base = alt.Chart(alt.InlineData(values=rows)).encode(
            x=alt.X(
                "month:O",
                title=LABELS["month"][language],
                scale=alt.Scale(domain=list(range(1, 13))),
                axis=alt.Axis(labelAngle=0),
            ),
            y=alt.Y("year:O", title=None),
            tooltip=tooltip(language, "tasks"),
        )
        heat = base.mark_rect(cursor="pointer", stroke="#fff").encode(
            color=alt.Color("count:Q", title=None, scale=alt.Scale(scheme="blues", type="symlog"), legend=None)
        )
        chart = alt.layer(heat, figures(base, "count:Q", "")).properties(width="container", height=alt.Step(24))
        spec[language] = vega_lite(chart)
    return [Panel(None, spec, drawn)]


def _bars(marks: Marks, words: Any, *, title: Words, by_key: bool = False) -> list[Panel]:
    """A bar for each key, the longest first, or in the order of the keys."""
    ordered = sorted(marks.items(), key=lambda item: item[0][0] or "9999" if by_key else (-item[1].count, item[0]))
    shown = ordered[:MOST_BARS]
    if not shown:
        return []
    drawn = [Drawn(both(lambda language, key=key: words(key[0], language)), mark) for key, mark in shown]
    spec = {}
    for language in LANGUAGES:
        rows: Rows = [
            {"name": drawn[number].name[language], "count": mark.count, "mark": number}
            for number, (_, mark) in enumerate(shown)
        ]
        base = alt.Chart(alt.InlineData(values=rows)).encode(
            y=alt.Y(
                "name:N",
                title=None,
                sort=[row["name"] for row in rows],
                axis=alt.Axis(ticks=False, domain=False, labelLimit=170),
            ),
            x=alt.X("count:Q", title=None, axis=None, scale=room(rows)),
            tooltip=tooltip(language, "documents"),
        )
        text = base.mark_text(align="left", dx=4, color="#3C4450", cursor="pointer").encode(text="count:Q")
        chart = alt.layer(base.mark_bar(color=BLUE, cursor="pointer", height={"band": 0.75}), text)
        spec[language] = vega_lite(chart.properties(width="container", height=alt.Step(22)))
    return [Panel(title, spec, drawn)]


def _diagnostics(marks: Marks) -> list[Panel]:
    """Bars under the words of each diagnostic, coloured by severity, which the words say too."""
    shown = sorted(marks.items(), key=lambda item: (-item[1].count, item[0]))
    if not shown:
        return []
    drawn = [
        Drawn(
            both(
                lambda language, key=key: (
                    f"{first_capital(diagnostic_words(key[0], language))} ({SEVERITY[key[1]][language]})"
                )
            ),
            mark,
        )
        for key, mark in shown
    ]
    spec = {}
    for language in LANGUAGES:
        rows: Rows = [
            {"name": drawn[number].name[language], "count": mark.count, "mark": number, "severity": key[1]}
            for number, (key, mark) in enumerate(shown)
        ]
        base = alt.Chart(alt.InlineData(values=rows)).encode(
            y=strips("name", [row["name"] for row in rows]),
            x=alt.X("count:Q", title=None, axis=None, scale=room(rows)),
            tooltip=tooltip(language, "remarks"),
        )
        bars = base.mark_bar(cursor="pointer", height=14).encode(
            color=alt.Color(
                "severity:N",
                legend=None,
                scale=alt.Scale(domain=list(SEVERITY_COLOURS), range=list(SEVERITY_COLOURS.values())),
            )
        )
        text = base.mark_text(align="left", dx=4, color="#3C4450", cursor="pointer").encode(text="count:Q")
        spec[language] = vega_lite(alt.layer(bars, text).properties(width="container", height=alt.Step(STRIP)))
    return [Panel(None, spec, drawn)]


def _quarter(day: str, language: Language) -> str:
    number = (int(day[5:7]) + 2) // 3
    return f"quý {ROMAN[number - 1]}/{day[:4]}" if language == "vi" else f"Q{number} {day[:4]}"


def _year_words(key: str, language: Language) -> str:
    return key or LABELS["no_date"][language]


ROMAN = ("I", "II", "III", "IV")
TITLES: dict[str, Words] = {
    "provinces": {"vi": "Theo nơi ban hành", "en": "By province"},
    "types": {"vi": "Theo loại văn bản", "en": "By type"},
    "years": {"vi": "Theo năm ban hành", "en": "By year of issue"},
}
SEVERITY: dict[str, Words] = {
    "info": {"vi": "để biết", "en": "info"},
    "warning": {"vi": "cảnh báo", "en": "warning"},
    "error": {"vi": "lỗi", "en": "error"},
}
