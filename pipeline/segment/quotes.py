"""Quoted lines: the new wording in an amending law ("Điều 5. …" between “ and ” over several lines) is no section."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.segment.labels import find_mark
from pipeline.segment.lines import Line

LONGEST = 400


def quoted_lines(lines: Sequence[Line]) -> set[int]:
    """Indices of the lines inside a quotation that spans lines, its first line included.

    >>> texts = ["1. Sửa đổi Điều 5:", "“Điều 5. Phạm vi", "1. Luật này.”.", "2. Bãi bỏ Điều 6."]
    >>> sorted(quoted_lines([Line(0, 1, text) for text in texts]))
    [1, 2]

    One that its author forgot to close ends where the articles of the document itself go on.
    """
    quoted: set[int] = set()
    opened: int | None = None
    depth = own = within = 0  # the last article of the document, and of what is quoted
    for index, line in enumerate(lines):
        text = line.text
        article = _article(text)
        if opened is not None and article and article == own + 1 != within + 1:
            quoted.update(range(opened, index))
            opened = None
        if opened is None:
            own, within = article or own, 0
        else:
            within = article or within
        balance = text.count("“") - text.count("”")
        if text.count('"') % 2:  # straight marks open and close in turn
            balance += -1 if opened is not None and text[0] != '"' else 1
        if opened is None:
            if balance > 0 and text[0] in '“"' and not _is_speck(text):
                opened, depth, within = index, balance, _article(text[1:])
            continue
        if index - opened > LONGEST:
            opened = None
            continue
        depth += balance
        if depth <= 0 or text.endswith(("”", "”.", "”;", "”,")):
            quoted.update(range(opened, index + 1))
            opened = None
    return quoted


def _article(text: str) -> int:
    """The number of the article that *text* begins, 0 for none."""
    match = _ARTICLE.match(text) if text[:1] == "Đ" else None
    return int(match[1]) if match else 0


def _is_speck(text: str) -> bool:
    """Whether the mark that *text* begins with was no mark in print: a space follows, and no label (`" Sửa đường`)."""
    return text[1:2] == " " and find_mark(text[1:].lstrip()) is None


_ARTICLE = re.compile(r"Điều (\d{1,3})[.:]")
