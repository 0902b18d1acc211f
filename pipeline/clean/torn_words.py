"""Words that a change of typeface tore: `Di****ện tích` → `Diện tích`, `s**ố` → `số`.

Bold marks between two whole words (`mục tiêu**Giải pháp`) are style and tear nothing.
"""

from __future__ import annotations

import unicodedata

import re2

from pipeline.mapped_text import Edit, MappedText
from schemas import Repair, Span

TORN = "torn-by-stars"


def tears_word(text: str, start: int, end: int) -> bool:
    """Whether the stars `text[start:end]`, which stand between letters, tear one word.

    >>> tears_word("s**ố", 1, 3), tears_word("tiêu**Giải", 4, 6)
    (True, False)
    """
    if end - start >= 4:
        return True
    first, last = start, end
    while first and text[first - 1].isalpha():
        first -= 1
    while last < len(text) and text[last].isalpha():
        last += 1
    return not (_has_vowel(text[first:start]) and _has_vowel(text[end:last]))


def restore_torn_words(mapped: MappedText) -> tuple[MappedText, tuple[Repair, ...]]:
    """Put torn words together; the spans of the repairs point into the new text."""
    if "**" not in mapped.text:
        return mapped, ()
    edits: list[Edit] = []
    repairs: list[Repair] = []
    shift = 0
    for match in _TORN.finditer(mapped.text):
        before, after = match[0], match[0].replace("*", "")
        edits.append(Edit(match.start(), match.end(), after))
        start = match.start() + shift
        repairs.append(Repair(before=before, after=after, span=Span(start, start + len(after)), rule=TORN))
        shift += len(after) - len(before)
    return mapped.edited(edits), tuple(repairs)


def _has_vowel(letters: str) -> bool:
    return any(letter in "aeiouy" for letter in unicodedata.normalize("NFD", letters).casefold())


_TORN = re2.compile(r"\p{L}+(?:\*{2,}\p{L}+)+")
