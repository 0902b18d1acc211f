"""Automatic list labels as Word shows them: "1.2.", "a)", "Điều 3.", "-", none of which stands in the text.

Counters belong to an abstract list: every list that shares it counts on, unless it overrides the start of a level,
which takes effect once, at the level of the list's first paragraph. A level that is passed over counts as used: `1.1`
before any `1` shows `1.1`, and the first of the level above is then `2` (Microsoft Q110380).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from lxml import etree

from pipeline.read.word.markup import W, attribute, is_on, number
from pipeline.read.word.number_formats import format_number
from pipeline.read.word.symbols import bullet

LEVELS = 9


class Level(NamedTuple):
    """One level of a list. `restart` is the number of the upper level (from 1) whose use restarts it, 0 for never."""

    start: int = 0
    form: str = "decimal"
    text: str = ""
    suffix: str = " "
    restart: int | None = None
    legal: bool = False
    style: str | None = None
    font: str = ""
    capitals: bool | None = None


@dataclass(frozen=True, slots=True)
class ListInstance:
    """A list (`w:num`): the abstract list whose counters it uses, its levels, and the starts that it overrides."""

    abstract: str
    levels: dict[int, Level]
    starts: dict[int, int]

    def start(self, level: int) -> int:
        """The first number of *level*."""
        return self.starts.get(level, self.levels[level].start if level in self.levels else 1)

    def level_of_style(self, style: str) -> int | None:
        """The level that is tied to a paragraph style."""
        return next((place for place, level in self.levels.items() if level.style == style), None)


def read_lists(root: etree._Element | None, style_lists: dict[str, str]) -> dict[str, ListInstance]:
    """The lists of `numbering.xml` by id; *style_lists* leads from a numbering style to the list it names."""
    if root is None:
        return {}
    abstracts = {attribute(element, "abstractNumId"): element for element in root.iterchildren(W + "abstractNum")}
    nums = {attribute(element, "numId"): element for element in root.iterchildren(W + "num")}
    levels = {key: _read_levels(element) for key, element in abstracts.items()}

    def resolve(abstract: str, seen: frozenset[str]) -> dict[int, Level]:
        """The levels of an abstract list, which may only name a style that names another list."""
        link = abstracts[abstract].find(W + "numStyleLink") if abstract in abstracts else None
        target = nums.get(style_lists.get(attribute(link), "")) if link is not None else None
        if target is None or abstract in seen:
            return levels.get(abstract, {})
        return resolve(attribute(target.find(W + "abstractNumId")), seen | {abstract})

    found: dict[str, ListInstance] = {}
    for key, element in nums.items():
        abstract = attribute(element.find(W + "abstractNumId"))
        own, starts = _read_overrides(element)
        found[key] = ListInstance(abstract, {**resolve(abstract, frozenset()), **own}, starts)
    return found


@dataclass(slots=True)
class LabelCounter:
    """Gives each numbered paragraph of a story (the body, the notes) its label, in reading order."""

    lists: dict[str, ListInstance]
    values: dict[str, list[int | None]] = field(default_factory=dict)
    begun: set[str] = field(default_factory=set)

    def label(self, list_id: str, level: int) -> Label | None:
        """Count one paragraph and give its label, None when there is no such list or level."""
        instance = self.lists.get(list_id)
        if instance is None or level not in instance.levels:
            return None
        values = self.values.setdefault(instance.abstract, [None] * LEVELS)
        self._count(values, list_id, instance, level)
        rule = instance.levels[level]
        if rule.form == "bullet":
            text = bullet(rule.text, rule.font)
            return Label(text and text + rule.suffix, is_bullet=True, capitals=rule.capitals)
        text = "".join(_filled(rule, instance, values, level)).strip()
        return Label(text and text + rule.suffix, is_bullet=False, capitals=rule.capitals)

    def _count(self, values: list[int | None], list_id: str, instance: ListInstance, level: int) -> None:
        for upper in range(level):
            if values[upper] is None:
                values[upper] = instance.start(upper)
        before = values[level]
        anew = level in instance.starts and list_id not in self.begun
        values[level] = instance.start(level) if before is None or anew else before + 1
        self.begun.add(list_id)
        for lower in range(level + 1, LEVELS):
            restart = instance.levels[lower].restart if lower in instance.levels else None
            if restart is None or level < restart:
                values[lower] = None


class Label(NamedTuple):
    """A label with the space after it, empty when the level shows none; `capitals` when its font sets it so."""

    text: str
    is_bullet: bool
    capitals: bool | None


def _filled(rule: Level, instance: ListInstance, values: list[int | None], level: int) -> Iterator[str]:
    """The pieces of a label: `%1` stands for the number of the first level; a level below shows nothing."""
    for piece in _PLACEHOLDER.split(rule.text):
        if not _PLACEHOLDER.fullmatch(piece):
            yield piece
            continue
        at = int(piece[1]) - 1
        value = values[at] if at <= level else None
        if value is not None:
            form = instance.levels[at].form if at in instance.levels else "decimal"
            yield format_number(value, "decimal" if rule.legal and form != "none" else form)


def _read_levels(abstract: etree._Element) -> dict[int, Level]:
    return dict(_read_level(element) for element in abstract.iterchildren(W + "lvl"))


def _read_level(element: etree._Element) -> tuple[int, Level]:
    text, suffix, restart = (element.find(W + name) for name in ("lvlText", "suff", "lvlRestart"))
    look = element.find(W + "rPr")
    fonts = look.find(W + "rFonts") if look is not None else None
    style = element.find(W + "pStyle")
    return number(element, 0, "ilvl"), Level(
        start=number(element.find(W + "start"), 0),
        form=_read_form(element),
        text=attribute(text) if text is not None else "",
        suffix="" if suffix is not None and attribute(suffix) == "nothing" else " ",
        restart=number(restart, 0) if restart is not None else None,
        legal=is_on(element.find(W + "isLgl")) or False,
        style=attribute(style) if style is not None else None,
        font=(attribute(fonts, "ascii") or attribute(fonts, "hAnsi")) if fonts is not None else "",
        capitals=is_on(look.find(W + "caps")) if look is not None else None,
    )


def _read_form(level: etree._Element) -> str:
    """The format of the number; a format of one's own (`001, 002`) is wrapped in a choice with a fallback."""
    form = level.find(W + "numFmt")
    if form is None:
        form = next(level.iterdescendants(W + "numFmt"), None)
    if form is None:
        return "decimal"
    return attribute(form, "format") or attribute(form)


def _read_overrides(num: etree._Element) -> tuple[dict[int, Level], dict[int, int]]:
    levels: dict[int, Level] = {}
    starts: dict[int, int] = {}
    for override in num.iterchildren(W + "lvlOverride"):
        place = number(override, 0, "ilvl")
        own, start = override.find(W + "lvl"), override.find(W + "startOverride")
        if own is not None:
            levels[place] = _read_level(own)[1]
        if start is not None:
            starts[place] = number(start, 0)
    return levels, starts


_PLACEHOLDER = re.compile(r"(%[1-9])")
