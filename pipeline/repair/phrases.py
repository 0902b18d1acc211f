"""Known wrecks of set phrases: "y ban nhân dân" is always "Ủy ban", "các bộ, công chức" always "cán bộ".

Both readings are made of common words, or the wreck is so common that texts attest it, so that counts cannot tell;
`data/phrases.tsv` lists them with an example each. In its first column brackets hold what is replaced.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Any, NamedTuple

import re2

from schemas.record import Span


class Phrase(NamedTuple):
    """`before` with the part at [first, last) replaced by `after`."""

    before: str
    first: int
    last: int
    after: str
    example: str


def find_phrases(text: str) -> list[tuple[Span, str]]:
    """What to replace in *text*, in order, each with what belongs there.

    >>> find_phrases("Chủ tịch y ban nhân dân")
    [(Span(start=9, end=10), 'Ủy')]
    """
    if _any_phrase().search(text) is None:
        return []
    lower = text.lower()
    if len(lower) != len(text):  # "İ" becomes two characters
        lower = "".join(letter if len(letter.lower()) > 1 else letter.lower() for letter in text)
    found: dict[Span, str] = {}
    for phrase in phrases():
        at = lower.find(phrase.before)
        while at >= 0:
            span = Span(at + phrase.first, at + phrase.last)
            printed = text[span.start : span.end]
            if _stands_alone(text, at, at + len(phrase.before)) and printed != phrase.after:
                found[span] = in_the_case_of(printed, phrase.after)
            at = lower.find(phrase.before, at + 1)
    return sorted(found.items())


@cache
def _any_phrase() -> Any:
    """The RE2 pattern that looks out for any phrase behind something else than a letter or a figure."""
    return re2.compile(rf"(?i)(?:^|[^\pL\pN])(?:{'|'.join(re2.escape(phrase.before) for phrase in phrases())})")


@cache
def phrases() -> tuple[Phrase, ...]:
    """The table."""
    lines = (files("pipeline.repair") / "data" / "phrases.tsv").read_text(encoding="utf-8").splitlines()
    return tuple(_phrase(*line.split("\t")) for line in lines[1:])


def _phrase(marked: str, after: str, example: str) -> Phrase:
    head, rest = marked.split("[")
    middle, tail = rest.split("]")
    before = (head + middle + tail).lower()
    return Phrase(before, len(head), len(head) + len(middle), after, example)


def in_the_case_of(word: str, after: str) -> str:
    """*after* in capitals, with a capital or as it is, as *word* is printed.

    >>> in_the_case_of("Chuyến", "chuyển"), in_the_case_of("CÂU", "cầu"), in_the_case_of("y", "Ủy")
    ('Chuyển', 'CẦU', 'Ủy')
    """
    if word.isupper() and len(word) > 1:
        return after.upper()
    return after[0].upper() + after[1:] if word[0].isupper() else after


def _stands_alone(text: str, start: int, end: int) -> bool:
    before, after = text[start - 1 : start] if start else "", text[end : end + 1]
    torn = before == " " and text[start - 2 : start - 1].lower() in TORN and not text[start - 3 : start - 2].isalnum()
    return not (torn or before.isalnum() or before in BOUND or after.isalnum())


TORN = ("ủ", "ú", "u", "ư")  # "Ủ y ban" is put together as a torn word
BOUND = ("-", "/", ".", "&")
