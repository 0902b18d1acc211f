"""Templates, with everything from documents escaped, and the words and values that they need.

Pages().render("documents.html.jinja", language="vi", …)
"""

from __future__ import annotations

import json
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import quote

from jinja2 import Environment, FileSystemLoader

from pipeline import plain_words
from pipeline.pictures.words import diagnostic_words, type_words
from pipeline.register.words import Language
from pipeline.review_web import vietnamese
from pipeline.review_web.text_lines import Line, shown_letters
from pipeline.review_web.views import Card
from pipeline.review_web.words import script_words, told, words
from pipeline.templates import new_environment
from schemas import BudgetCheck, BudgetLine, Deadline, Measure

HERE = Path(__file__).parent


@cache
def environment() -> Environment:
    """The templates of this package; a name that is missing is an error."""
    made = new_environment(FileSystemLoader(HERE / "templates"), finalize=_safe_letters)
    made.filters["path"] = lambda name: quote(name, safe="/")
    made.filters["percent"] = lambda share: f"{share * 100:.0f}"
    made.globals.update(
        budget_grid=budget_grid, type_words=type_words, diagnostic_words=diagnostic_words, unsure_below=UNSURE_BELOW
    )
    return made


def render(template: str, language: Language, **values: Any) -> str:
    """One page or fragment in *language*."""
    return environment().get_template(template).render(**_values(language), **values)


def render_card(card: Card, language: Language) -> str:
    """The HTML of one card."""
    return str(_macro("cards.html.jinja", language).card(card))


def render_line(line: Line, language: Language) -> str:
    """The HTML of one line of the text."""
    return str(_macro("lines.html.jinja", language).text_line(line))


def deadline_words(deadline: Deadline, language: Language) -> str:
    """A deadline in plain words."""
    return vietnamese.deadline_in_vietnamese(deadline) if language == "vi" else plain_words.deadline_in_words(deadline)


def measure_words(measure: Measure, language: Language) -> str:
    """A measure in plain words."""
    return vietnamese.measure_in_vietnamese(measure) if language == "vi" else plain_words.measure_in_words(measure)


def check_words(check: BudgetCheck, language: Language) -> str:
    """A sum in plain words."""
    return vietnamese.check_in_vietnamese(check) if language == "vi" else plain_words.check_in_words(check)


def day_words(day: date | None, language: Language) -> str:
    """A day as the language writes it; nothing for none."""
    if day is None:
        return ""
    return vietnamese.vietnamese_day(day) if language == "vi" else day.isoformat()


def moment_words(moment: datetime | None, language: Language) -> str:
    """A moment in the time of this machine."""
    if moment is None:
        return ""
    local = moment.astimezone()
    return f"{local:%H:%M} {day_words(local.date(), language)}"


def budget_grid(lines: tuple[BudgetLine, ...]) -> tuple[list[str | None], list[list[BudgetLine | None]]]:
    """The periods of a budget and its rows, each with a line or None for every period."""
    periods = list(dict.fromkeys(line.period for line in lines))
    rows: list[dict[str | None, BudgetLine]] = []
    label = None
    for line in lines:
        if not rows or label != line.label or line.period in rows[-1]:
            rows.append({})
        label = line.label
        rows[-1][line.period] = line
    return periods, [[row.get(period) for period in periods] for row in rows]


@cache
def _macro(template: str, language: Language) -> Any:
    return environment().get_template(template).make_module(_values(language))


@cache
def _values(language: Language) -> dict[str, Any]:
    return {
        "language": language,
        "w": words(language),
        "script_words": json.dumps(script_words(language), ensure_ascii=False),
        "deadline_words": lambda each: deadline_words(each, language),
        "measure_words": lambda each: measure_words(each, language),
        "check_words": lambda each: check_words(each, language),
        "day": lambda each: day_words(each, language),
        "moment": lambda each: moment_words(each, language),
        "told": lambda message: told(message, language),
    }


def _safe_letters(value: Any) -> Any:
    """Text from documents without letters that turn the reading direction."""
    return shown_letters(value) if type(value) is str else value


UNSURE_BELOW = 0.85  # three of ten tasks of real plans are above it, one in fifty above 0.9
