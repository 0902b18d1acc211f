"""The words beside a figure and what they make of it: `tối thiểu` a lower bound, `mức độ` a label, `xã` a unit.

The words are data (`extractors/data/figure_words.tsv`: phrase, role, example); this module only looks them up. A phrase
is looked up by its words, longest first, since `không thấp hơn` is the opposite of `thấp hơn`.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import NamedTuple

LONGEST = 6
Phrase = tuple[str, ...]


class FigureWord(NamedTuple):
    """One row of the data file."""

    phrase: str
    role: str
    example: str


@cache
def figure_words() -> tuple[FigureWord, ...]:
    """All rows of the data file, in its order."""
    lines = (files("extractors") / "data" / "figure_words.tsv").read_text(encoding="utf-8").splitlines()
    return tuple(FigureWord(*line.split("\t")) for line in lines if line and not line.startswith("#"))


@cache
def roles_before() -> dict[Phrase, str]:
    """Role of each phrase that can stand before a figure."""
    return {tuple(w.phrase.split()): w.role for w in figure_words() if w.role in _BEFORE}


@cache
def roles_after() -> dict[Phrase, str]:
    """Role of each phrase that can stand after a figure."""
    return {tuple(w.phrase.split()): w.role for w in figure_words() if w.role in _AFTER}


@cache
def new_things() -> frozenset[Phrase]:
    """Acts and things that a `mới` behind them calls new: `trồng mới`, `đảng viên mới`."""
    return frozenset(tuple(w.phrase.split()) for w in figure_words() if w.role == "new")


def last_phrase(words: list[str], end: int) -> tuple[str | None, int]:
    """Role and length of the longest known phrase that ends at *words[end]* (exclusive)."""
    roles = roles_before()
    for size in range(min(LONGEST, end), 0, -1):
        role = roles.get(tuple(words[end - size : end]))
        if role:
            return role, size
    return None, 0


def first_phrase(words: list[str], start: int) -> tuple[str | None, int]:
    """Role and length of the longest known phrase that begins at *words[start]*."""
    roles = roles_after()
    for size in range(min(LONGEST, len(words) - start), 0, -1):
        role = roles.get(tuple(words[start : start + size]))
        if role:
            return role, size
    return None, 0


_BEFORE = frozenset(
    {">=", "<=", "~", "from", "result", "link", "label", "soft-label", "plain", "scope", "baseline", "money"}
)
_AFTER = frozenset(
    {
        "unit-stop",
        "no-unit",
        "never-unit",
        "duration",
        "and-more",
        "and-less",
        "modifier",
        "measure-unit",
        "thing",
        "told",
    }
)
