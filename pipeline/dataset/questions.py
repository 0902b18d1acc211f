"""The ready questions: SQL files with a title in both languages and parameters with a default.

    -- vi: Nhiệm vụ quá hạn tại một ngày
    -- en: Tasks whose last day had passed at a date
    -- $as_of = today: the day

A parameter stands in the SQL as `$as_of`. `today` is filled in by who asks, so that nothing here depends on a clock.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from pipeline.errors import UsageError


class Parameter(NamedTuple):
    """A value that the question needs: its name, the default, what it means."""

    name: str
    default: str
    about: str


@dataclass(frozen=True, slots=True)
class Question:
    """One ready question."""

    name: str
    vi: str
    en: str
    parameters: tuple[Parameter, ...]
    sql: str

    def values(self, given: Mapping[str, str], *, today: date) -> dict[str, str]:
        """The parameters with their defaults; raises `UsageError` for one that the question does not have."""
        known = {parameter.name for parameter in self.parameters}
        if unknown := sorted(given.keys() - known):
            has = f"It has: {', '.join(sorted(known))}" if known else "It has none"
            raise UsageError(f"The question {self.name} has no parameter {unknown[0]}. {has}.")
        defaults = {name: today.isoformat() if value == "today" else value for name, value, _ in self.parameters}
        return {**defaults, **given}


@cache
def questions() -> dict[str, Question]:
    """All ready questions by name, in alphabetical order."""
    found = sorted((files("pipeline.dataset") / "examples").iterdir(), key=lambda file: file.name)
    return {
        name: _read(name, file.read_text(encoding="utf-8"))
        for file in found
        if (name := file.name.removesuffix(".sql")) != file.name
    }


def question(name: str) -> Question:
    """The question of this *name*; raises `UsageError` with those that there are."""
    try:
        return questions()[name]
    except KeyError:
        raise UsageError(f"There is no ready question {name}. Choose among: {', '.join(questions())}.") from None


def chosen_sql(
    sql: str | None, text: str | None, example: str | None, given: Sequence[str]
) -> tuple[str, dict[str, str]]:
    """What to ask: SQL, the *text* of a file or the *example* of a name; *given* are the `name=value` pairs."""
    values = {}
    for pair in given:
        name, equals, value = pair.partition("=")
        if not equals:
            raise UsageError(f"{pair} is no NAME=VALUE. Write: --set as_of=2016-12-01")
        values[name.strip()] = value
    if sum(source is not None for source in (sql, text, example)) != 1:
        raise UsageError("Ask one thing: SQL, --file FILE or --example NAME. --examples lists the ready questions.")
    if example is not None:
        chosen = question(example)
        return chosen.sql, chosen.values(values, today=date.today())
    return sql or text or "", values


def _read(name: str, text: str) -> Question:
    titles = dict(_TITLE.findall(text))
    parameters = tuple(
        Parameter(found["name"], found["default"].strip("'"), found["about"]) for found in _PARAMETER.finditer(text)
    )
    return Question(name, titles["vi"], titles["en"], parameters, text)


_TITLE = re.compile(r"^-- (vi|en): (.+)$", re.MULTILINE)
_PARAMETER = re.compile(r"^-- \$(?P<name>\w+) = (?P<default>'[^']*'|[^:]+): (?P<about>.+)$", re.MULTILINE)
