"""The words before an amount that say what it is for: `+ Cầu Bản Mới, với tổng mức đầu tư khoảng 9 tỷ đồng`.

The mark of the line, the sentence before and a hedge (`dự kiến`, `khoảng`) are no part of a label. What a list item
says that funds are for is a better label than the bare `tổng mức đầu tư` next to the amount.
"""

from __future__ import annotations

from dataclasses import dataclass

import regex

from schemas import Span


@dataclass(frozen=True, slots=True)
class Label:
    """What stands before an amount, without the hedge (`khoảng`, `dự kiến`), the verb and the colon."""

    start: int
    end: int
    has_colon: bool
    has_verb: bool


def read_label(text: str, start: int, end: int) -> Label:
    """The label of an amount whose words stand between *start* and *end*."""
    start = max(start, end - _LONGEST_LABEL)
    bare, colon = end, False
    while not colon and (match := _HEDGE.search(text, max(start, bare - 20), bare)):
        bare, colon = match.start(), ":" in match[0]
    if match := _COPULA.search(text, max(start, bare - 5), bare):
        bare = match.start()
    return Label(start, bare, colon, any(character.isalpha() for character in text[bare:end]))


def own_words(text: str, start: int, end: int) -> Span:
    """The label without its mark, from its own sentence on; a `;` or `.` in brackets ends no sentence."""
    mark = MARK.match(text, start, end)
    start = mark.end() if mark else start
    for match in _LABEL_BREAK.finditer(text, start, end):
        if match["end"]:
            start = match.end()
    while start < end and (text[start].isspace() or (text[start] == "(" and text.find(")", start, end) < 0)):
        start += 1
    while end > start and not (text[end - 1].isalnum() or text[end - 1] in ')”"%'):
        end -= 1
    return Span(start, end)


def funded(text: str, start: int, end: int) -> Span | None:
    """What a list item says that funds are for: `+ Cầu Bản Mới, quy mô 2 nhịp, với tổng mức đầu tư 9 tỷ đồng`."""
    mark = MARK.match(text, start, end)
    joined = _JOINS_FUNDS.search(text, mark.end(), end) if mark else None
    if mark is None or joined is None or _LABEL_BREAK.search(text, mark.end(), joined.start()):
        return None
    named = Span(mark.end(), joined.start())
    words = text[named.start : named.end].count(" ")
    return named if _SHORTEST_NAME <= words <= _LONGEST_NAME else None


_LONGEST_LABEL = 300
_SHORTEST_NAME, _LONGEST_NAME = 1, 35  # words, less one, of what an item says that funds are for
_HEDGE = regex.compile(
    r"(?:\s*:|(?<!\p{L})(?:dự kiến|ước tính|ước|khoảng|gần|hơn|trên|là|lên tới|lên đến|với (?:tổng )?số tiền))\s*$",
    regex.IGNORECASE,
)
_COPULA = regex.compile(r"\s+là\s*$", regex.IGNORECASE)
_JOINS_FUNDS = regex.compile(
    r"(?:(?:,|\s+với|\s+có)\s+(?:quy mô|chiều dài|diện tích|công suất)\s[^.;()]{1,40}?)?"
    r"(?:[,;]|[,;]?\s+(?:với|có))\s+$",
    regex.IGNORECASE,
)
_LABEL_BREAK = regex.compile(r"\([^()\n]*\)|(?P<end>[.;:]\s)")
MARK = regex.compile(
    r"\s*(?:[-–+*•]+\s*|điều \d+[a-zđ]?[.:]\s*|\d{1,2}(?:\.\d{1,2})+\s*[.)]?\s*[-–]?\s+|"
    r"\(?(?:[ivxlc]{1,5}|\d{1,2}|[a-zđ])(?:\. ?\d{1,2})?\s?[.)/]\s*[-–]?\s*)",
    regex.IGNORECASE,
)
