"""Scores as one web page: figures, confusions, and every error in its text, for those who mend the rules.

The page is a single file without scripts and without anything from elsewhere, so that it can be sent and kept; its
content security policy forbids the browser to run or load anything. All words of documents are escaped.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from pipeline.errors import UsageError
from pipeline.score import KINDS, OVERLAP, Tallies, total
from pipeline.score.comparable import folded
from pipeline.score.confusions import Error, confusions, side_by_side
from pipeline.score.excerpts import Excerpt
from pipeline.score.shown import count_errors, says_more
from pipeline.score.tally import Miss, Tally
from pipeline.store import StoreError, write_whole
from pipeline.templates import new_environment

TEMPLATE = Path(__file__).with_name("page.html.jinja")
OPEN_UP_TO = 20  # errors of a kind that the page shows at once; longer lists are folded
LONGEST_CAPTION = 240
GOOD, FAIR = 0.95, 0.8


def write_page(file: Path, documents: Mapping[str, Tallies], *, gold: str, out: str) -> None:
    """Write the page to *file*; raises `UsageError` when that is a directory or cannot be written."""
    if file.is_dir():
        raise UsageError(f"{file} is a directory; name the page, such as {file / 'scores.html'}.")
    try:
        write_whole(file, render_page(documents, gold=gold, out=out).encode())
    except StoreError as error:
        reason = getattr(error.__cause__, "strerror", None) or error
        raise UsageError(f"Cannot write {file}: {reason}. Name another file with --html.") from error


def render_page(documents: Mapping[str, Tallies], *, gold: str, out: str) -> str:
    """The page of the scores of *documents*; *gold* and *out* name what was compared."""
    tallies = total(documents.values())
    environment = new_environment()
    environment.filters.update(level=level, percent=lambda share: f"{100 * share:.1f}")
    return environment.from_string(TEMPLATE.read_text(encoding="utf-8")).render(
        gold=gold,
        out=out,
        documents=documents,
        tallies=tallies,
        overlap=OVERLAP,
        open_up_to=OPEN_UP_TO,
        meaning=MEANING,
        confusions=confusions(tallies),
        parts=list(_parts(tallies)),
        words=_words(tallies.get("text")),
    )


def level(f1: float) -> str:
    """Into which of three classes a score falls, for its colour.

    >>> level(0.96), level(0.9), level(0.5)
    ('good', 'fair', 'poor')
    """
    return "good" if f1 >= GOOD else "fair" if f1 >= FAIR else "poor"


class Quote(NamedTuple):
    """One side of an error: its value, and where that stands unless the value or the caption says it already."""

    value: str
    excerpt: Excerpt | None


class ShownError(NamedTuple):
    """One error: `~`, `-` or `+`, and both sides."""

    sign: str
    gold: Quote | None
    found: Quote | None


class Card(NamedTuple):
    """The errors in one place of one document."""

    document: str
    caption: str
    errors: list[ShownError]


class Part(NamedTuple):
    """The errors of one kind."""

    kind: str
    counts: str
    is_open: bool
    cards: list[Card]


def _parts(tallies: Tallies) -> Iterator[Part]:
    for kind in KINDS:
        errors = side_by_side(tallies[kind].misses) if kind in tallies and kind != "text" else []
        if errors:
            yield Part(kind, count_errors(errors), len(errors) <= OPEN_UP_TO, _cards(errors))


def _cards(errors: Sequence[Error]) -> list[Card]:
    cards: dict[tuple[str, str], Card] = {}
    for error in errors:
        card = cards.setdefault((error.document, error.where), Card(error.document, _caption(error.where), []))
        card.errors.append(ShownError(error.sign, *(_quote(miss, error.where) for miss in (error.gold, error.found))))
    return list(cards.values())


def _caption(where: str) -> str:
    return where if len(where) <= LONGEST_CAPTION else f"{where[: LONGEST_CAPTION - 1]}…"


def _quote(miss: Miss | None, where: str) -> Quote | None:
    if miss is None:
        return None
    said = folded("".join(miss.excerpt))
    known = not says_more(miss) if miss.excerpt.marked else said == folded(miss.shown) or _tells(_caption(where), said)
    return Quote(miss.shown, None if known else miss.excerpt)


def _tells(caption: str, said: str) -> bool:
    """Whether the caption is all of what is *said*, but perhaps for a label."""
    return not said or (not caption.endswith("…") and said.endswith(folded(caption)))


def _words(tally: Tally | None) -> Sequence[tuple[str, list[tuple[str, int]]]]:
    """The words that the cleaned text lacks and those that it should not have, with their numbers."""
    misses = tally.misses if tally else []
    counts = (
        (name, Counter(m.shown for m in misses if m.sign == sign))
        for name, sign in (("missed", "-"), ("invented", "+"))
    )
    return [(name, count.most_common()) for name, count in counts if count]


MEANING = {
    "text": "words of the cleaned text",
    "repairs": "spoiled words restored",
    "metadata": "type, number, title, issuer, dates, signers",
    "sections": "labelled units, by their path",
    "titles": "headings of the units",
    "tasks": "blocks that tell somebody to do something",
    "leads": "agencies that lead a task",
    "partners": "agencies that coordinate in a task",
    "task_deadlines": "deadlines that bind a task",
    "conditions": "events that a task waits for",
    "task_section": "the unit in which a task stands",
    "deadlines": "all deadlines, kind and value equal",
    OVERLAP: "days in common with the gold's deadlines",
    "targets": "promised results",
    "measures": "figures of the targets",
    "budget_lines": "amounts of budgets",
    "table_cells": "cells of other tables",
    "citations": "other documents named",
}
