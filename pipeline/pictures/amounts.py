"""Charts of amounts: budgets by source and year, and what plans promise for an indicator over the years.

target_panels(marks, documents) -> one small chart for each of the indicators that most documents promise
"""

from __future__ import annotations

from collections import defaultdict

import altair as alt

from pipeline.pictures.gather import About
from pipeline.pictures.looks import (
    LABELS,
    STRIP,
    Drawn,
    Panel,
    Rows,
    both,
    figures,
    first_capital,
    strips,
    vega_lite,
)
from pipeline.pictures.marks import Key, Mark, Marks
from pipeline.pictures.words import LANGUAGES, source_words

MOST_INDICATORS = 12
BLUE, GREY = "#2F6DA8", "#8A93A0"
SOURCE_ORDER = ("central", "local", "state", "loans", "private", "")


def budget_panels(marks: Marks) -> list[Panel]:
    """A matrix: sources down, years across; amounts differ a millionfold, so that colours are of their logarithm."""
    shown = sorted(
        ((key, mark) for key, mark in marks.items() if mark.amount > 0),
        key=lambda item: (SOURCE_ORDER.index(item[0][0]), item[0][1] or "9999"),
    )
    if not shown:
        return []
    drawn = [
        Drawn(
            both(
                lambda language, key=key: (
                    f"{first_capital(source_words(key[0], language))}, {key[1] or LABELS['no_year'][language]}"
                )
            ),
            mark,
        )
        for key, mark in shown
    ]
    logs = sorted(mark.amount for _, mark in shown)
    spec = {}
    for language in LANGUAGES:
        rows: Rows = [
            {
                "source": first_capital(source_words(key[0], language)),
                "year": key[1] or LABELS["no_year"][language],
                "amount": mark.amount / 1e9,
                "name": drawn[number].name[language],
                "mark": number,
                "count": mark.count,
                "dark": mark.amount > (logs[0] * logs[-1] ** 2) ** (1 / 3),
            }
            for number, (key, mark) in enumerate(shown)
        ]
        years = sorted({key[1] for key, _ in shown if key[1]}) + (
            [LABELS["no_year"][language]] if any(not key[1] for key, _ in shown) else []
        )
        base = alt.Chart(alt.InlineData(values=rows)).encode(
            x=alt.X("year:O", title=None, sort=years, axis=alt.Axis(labelAngle=0, labelOverlap=True)),
            y=strips(
                "source",
                [
                    first_capital(source_words(key, language))
                    for key in SOURCE_ORDER
                    if any(found[0] == key for found, _ in shown)
                ],
            ),
            tooltip=[
                alt.Tooltip("name:N", title=" "),
                alt.Tooltip("amount:Q", title=LABELS["billion"][language], format=",.3~f"),
                alt.Tooltip("count:Q", title=LABELS["lines"][language]),
            ],
        )
        heat = base.mark_rect(cursor="pointer", stroke="#fff").encode(
            color=alt.Color("amount:Q", scale=alt.Scale(scheme="greens", type="log"), legend=None)
        )
        chart = alt.layer(heat, figures(base, "amount:Q", ",.3~r")).properties(
            width="container", height=alt.Step(STRIP)
        )
        spec[language] = vega_lite(chart)
    return [Panel(None, spec, drawn)]


def target_panels(marks: Marks, documents: list[About]) -> list[Panel]:
    """A small chart for each of the indicators that most documents promise."""
    by_indicator: dict[tuple[str, str], list[tuple[Key, Mark]]] = defaultdict(list)
    for key, mark in marks.items():
        by_indicator[key[:2]].append((key, mark))  # type: ignore[index]
    several = {name: found for name, found in by_indicator.items() if len({key[2:4] for key, _ in found}) > 1}
    chosen = sorted(several, key=lambda name: (-len({key[2] for key, _ in several[name]}), -len(several[name]), name))
    return [_indicator_panel(name[1], several[name], documents) for name in chosen[:MOST_INDICATORS]]


def _indicator_panel(unit: str, found: list[tuple[Key, Mark]], documents: list[About]) -> Panel:
    shown = sorted(found, key=lambda item: (int(item[0][2]), item[0][3]))
    title = first_capital(shown[0][0][5])
    drawn = []
    rows: Rows = []
    for number, (key, mark) in enumerate(shown):
        about = documents[int(key[2])]
        said = " ".join(filter(None, (about.number or about.title[:40] or about.id, about.issuer)))
        value = float(key[4])
        drawn.append(Drawn(both(lambda _, key=key, said=said: f"{title[:60]}: {key[3]}, {said}"), mark))
        rows.append({"year": int(key[3]), "value": value, "plan": said, "name": said, "mark": number})
    years = sorted({row["year"] for row in rows})
    base = alt.Chart(alt.InlineData(values=rows)).encode(
        x=alt.X(
            "year:O",
            title=None,
            scale=alt.Scale(domain=list(range(int(years[0]), int(years[-1]) + 1)))
            if years[-1] - years[0] <= 12
            else alt.Undefined,
            axis=alt.Axis(labelAngle=0, labelOverlap=True),
        ),
        y=alt.Y("value:Q", title=None, scale=alt.Scale(zero=False, nice=True, padding=10), axis=alt.Axis(tickCount=4)),
    )
    lines = base.mark_line(color=GREY, strokeWidth=1.5).encode(detail="plan:N")
    points = base.mark_circle(size=90, color=BLUE, opacity=0.85, cursor="pointer").encode(
        tooltip=[
            alt.Tooltip("plan:N", title=" "),
            alt.Tooltip("year:O", title=" "),
            alt.Tooltip("value:Q", title=unit or " ", format=",.4~f"),
        ]
    )
    spec = vega_lite(alt.layer(lines, points).properties(width="container", height=150))
    whole = f"{title} ({unit})" if unit else title
    return Panel({"vi": whole, "en": whole}, dict.fromkeys(LANGUAGES, spec), drawn)
