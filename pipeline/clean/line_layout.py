"""How a text sets its paragraphs apart: by blank lines, by indents, by the width of its lines, or not at all.

A line of 78 characters that ends without a full stop goes on where lines are 80 wide, and may be a heading where they
are 200 wide.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from pipeline.clean.line_breaks import is_lone_label
from pipeline.clean.marks import LOWER, UPPER


@dataclass(frozen=True, slots=True)
class Layout:
    """How a text sets its paragraphs apart."""

    width: int  # where long lines end; LONGEST_WRAP when the text is not wrapped
    spaced: bool  # by blank lines
    indented: bool  # by an indent of the first line
    sentences: bool  # not at all: one sentence a line
    torn: bool  # and labels torn off, so that hardly a heading is left

    @property
    def bare(self) -> bool:
        """Whether neither blank lines nor indents show where a paragraph begins."""
        return self.sentences or (self.wrapped and not self.spaced and not self.indented)

    @property
    def wrapped(self) -> bool:
        return self.width < LONGEST_WRAP


def layout_of(raw: list[str], lines: list[str], marked: list[bool], *, cut: bool) -> Layout:
    """The layout of *raw* lines, which *lines* are without their indents; those *marked* begin with a bullet or label.

    *cut* tells that a splitter of sentences cut the text up.
    """
    lengths = sorted(len(line) for line in raw if len(line) > 30 and line[0] != "|")  # a row of a table is not wrapped
    longest = lengths[int((0.97 if len(lengths) > 40 else 1) * (len(lengths) - 1))] if lengths else LONGEST_WRAP
    width = min(longest - 2, LONGEST_WRAP)
    items = [index for index, is_item in enumerate(marked) if is_item and index]
    if len(items) < 5:
        spaced = sum(not line for line in lines) > 0.1 * len(lines)
    else:
        spaced = sum(not lines[index - 1] for index in items) > 0.6 * len(items)
    filled = [line for line in raw if len(line) > 40]
    indented = sum(line[0] == " " for line in filled)
    torn = sum(is_lone_label(line) for line in lines if 0 < len(line) < 10) >= 2
    return Layout(
        width=width,
        spaced=spaced,
        indented=0.1 * len(filled) < indented < 0.9 * len(filled),
        sentences=width >= LONGEST_WRAP and "|" not in lines and (cut or torn or _one_sentence_a_line(lines, marked)),
        torn=torn,
    )


def _one_sentence_a_line(lines: list[str], marked: list[bool]) -> bool:
    """Whether no line holds two sentences while many go on from the line before."""
    going_on = sum(
        line[-1:] == "." and following != "" and not own
        for line, following, own in zip(lines, lines[1:], marked[1:], strict=False)
    )
    inner = sum(len(_TWO_SENTENCES.findall(line)) for line in lines if ". " in line) if going_on >= 3 else 0
    return going_on >= 3 and inner <= going_on // 10


_TWO_SENTENCES = re.compile(rf"[{LOWER})]\. [{UPPER}][{LOWER}]")
LONGEST_WRAP = 150
