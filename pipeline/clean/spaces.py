"""One space between words, none at line ends, at most one blank line in a row: `Sở   Y tế  ` → `Sở Y tế`.

Tabs stay, since they part the cells of a row; after a label or a bullet (`1.\\tMục tiêu`) they are spaces. Indents go
last, for they show where a paragraph begins until the lines are joined.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import re2

from extractors.whole_text import find_spans, whole_text_pattern
from pipeline.mapped_text import Edit, MappedText


def tidy_spaces(mapped: MappedText) -> MappedText:
    """Single spaces and blank lines; indents stay.

    >>> tidy_spaces(MappedText.of("\\n  a  b \\n \\n\\nc\\td\\n")).text
    '  a b\\n\\nc\\td'
    """
    return mapped.edited(_space_edits(mapped.text))


def join_figures(mapped: MappedText) -> MappedText:
    """No space inside of a number, which scans and justified lines put there.

    Only before `000`, with which no sentence begins: `năm 2025. 100 hộ` is two of them.

    >>> join_figures(MappedText.of("đào tạo 20. 000 kỹ sư, 1.500. 000 đồng")).text
    'đào tạo 20.000 kỹ sư, 1.500.000 đồng'
    """
    if " 000" not in mapped.text:
        return mapped
    return mapped.edited(Edit(match.start(1), match.end(1), "") for match in _GROUPED.finditer(mapped.text))


def drop_indents(mapped: MappedText) -> MappedText:
    """No space at the start of a line."""
    if "\n " not in mapped.text and "\n\t" not in mapped.text and mapped.text[:1] not in {" ", "\t"}:
        return mapped
    return mapped.edited(Edit(match.start(), match.end(), "") for match in _INDENT.finditer(mapped.text))


def _space_edits(text: str) -> Iterator[Edit]:
    for start, end in find_spans(_RUN, text):
        run = text[start:end]
        lines = run.count("\n")
        if not lines and "\t" not in run and text[start - 1 : start] in {"", "\n"} and start and end < len(text):
            continue  # an indent
        if end == len(text):
            after = ""
        elif start == 0 or lines:
            indent = run.rpartition("\n")[2].expandtabs(4)
            after = "\n\n"[: 0 if start == 0 else lines] + indent
        elif "\t" in run:
            after = " " if _MARK_BEFORE.search(text, max(0, start - 12), start) else "\t" * run.count("\t")
        else:
            after = " "
        if after != run:
            yield Edit(start, end, after)


_RUN = whole_text_pattern(
    r"\A[ \t\n]+|[ \t\n]+\z|[ \t]+\n[ \t\n]*|\n(?:[ \t]+|\n[ \t]*)\n[ \t\n]*|\n *\t[ \t]*|[ \t]{2,}|\t"
)
_GROUPED = re2.compile(r"\d[.,]( )000\b")
_INDENT = re.compile(r"(?m)^[ \t]+")
_MARK_BEFORE = re.compile(r"(?:\n|\A) *(?:[-+•*–]|[0-9a-zđA-Z.]{1,8}[.):])\Z")
