"""Take Markdown marks out: `**I. MỤC TIÊU**` → `I. MỤC TIÊU`, `| a | b |` rows stay and lose their `|---|---|` line.

Two marks stay: a bullet `* ` at the start of a line, and a footnote star in brackets `(*)`. Stars that tear a word
(`Di****ện`) are damage, not style, and stay for `restore_torn_words`, which records what it restores.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import re2

from pipeline.clean.marks import is_bullet, label_of, stands_alone
from pipeline.clean.torn_words import tears_word
from pipeline.mapped_text import Edit, MappedText


def drop_markdown(mapped: MappedText) -> MappedText:
    """The text without Markdown's marks.

    >>> drop_markdown(MappedText.of("## **Mục** *tiêu*\\n| a | b |\\n|---|---|")).text
    'Mục tiêu\\n| a | b |'
    """
    text = mapped.text
    if not _ANY.search(text):
        return mapped
    mapped = mapped.edited(Edit(match.start(), match.end(), "") for match in _LINE_MARKS.finditer(text))
    if "\\" in text:
        mapped = mapped.edited(Edit(match.start(), match.end(), "") for match in _ESCAPES.finditer(mapped.text))
    for mark, pattern in (("](", _LINKS), ("__", _UNDERLINED)):
        if mark in text:
            mapped = mapped.edited(
                Edit(match.start(), match.end(), match[1]) for match in pattern.finditer(mapped.text)
            )
    return mapped.edited(_star_edits(mapped.text))


def _star_edits(text: str) -> list[Edit]:
    """Strong marks always go, `10**3` stays two numbers; single stars go in pairs, within one paragraph or cell."""
    edits: list[Edit] = []
    single: Edit | None = None
    strong: int | None = None  # where strong text began
    border = 0
    for match in _STARS.finditer(text):
        start, end = match.span()
        if _BORDER.search(text, border, start):
            single = strong = None
        border = end
        before, after = text[start - 1 : start], text[end : end + 1]
        if before in {"(", "["} and after in {")", "]"}:
            continue
        if end - start > 1:
            if not (before.isalpha() and after.isalpha() and tears_word(text, start, end)):
                edits.append(Edit(start, end, " " if before.isdigit() and after.isdigit() else ""))
            if end - start < 4:
                if strong is not None:
                    edits += _wraps(text, strong, start)
                strong = end if strong is None else None
        elif single is not None:
            edits += (single, Edit(start, end, ""))
            single = None
        elif not (before in {"", "\n"} and after == " "):
            single = Edit(start, end, "")
    return sorted(edits)


def _wraps(text: str, start: int, end: int) -> Iterator[Edit]:
    """The line breaks inside strong text, which is one heading or one office: `**ỦY BAN NHÂN⏎DÂN**`."""
    strong = text[start:end]
    if len(strong) > _LONGEST_HEADING:
        return
    for match in _INNER_BREAK.finditer(strong):
        line = strong[match.end() :].split("\n", 1)[0]
        if not (is_bullet(line) or label_of(line) or stands_alone(line) or stands_alone(strong[: match.start()])):
            yield Edit(start + match.start(), start + match.end(), " ")


_LONGEST_HEADING = 300
_INNER_BREAK = re.compile(r"(?<=[^\s*|]) *\n *(?=[^\s*|])")
_ANY = re2.compile(r"\*|__\pL|(?m:^ *#|^ *\|[ :|-]*-|^```)|\]\(|\\")
_LINE_MARKS = re.compile(r"(?m)^ *#{1,6} +|^```\w*$|\n *\|(?: *:?-{2,}:? *\|)+ *$|^ *\|(?: *:?-{2,}:? *\|)+ *\n?")
_ESCAPES = re.compile(r"\\(?=[-.!#()+_\[\]&%$<>|*~])")
_LINKS = re.compile(r"!?\[([^\[\]\n]{0,300})\]\((?:https?://|/|mailto:)[^()\s]{0,500}\)")
_UNDERLINED = re.compile(r"(?<![\w_])__(?=[^\s_])([^\n_]{1,300})(?<=\S)__(?![\w_])")
_STARS = re.compile(r"\*+")
_BORDER = re.compile(r"\n *\n|\n\|\n")
