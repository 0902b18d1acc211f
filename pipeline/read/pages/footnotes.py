"""Keep the footnotes of a page apart from its text: small lines below a short rule, or small lines with a mark.

    ————————
    ¹ Theo Quyết định số 12/QĐ-UBND.

They come after the paragraph that goes on over the page, so that they never stand inside of a sentence.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import takewhile
from statistics import median

from pipeline.read.pages.lines import Line
from pipeline.read.pages.margins import Margins
from pipeline.read.pages.page import SUPERSCRIPTS, Page
from pipeline.read.pages.paragraphs import TextLine


def without_footnotes(page: Page, lines: Sequence[Line], margins: Margins) -> tuple[list[Line], list[Line]]:
    """The *lines* of a page without its footnotes, and the lines of these."""
    if len(lines) < 2:
        return list(lines), []
    first = min(_below_rule(page, lines, margins), _small_tail(lines))
    return list(lines[:first]), list(lines[first:])


def notes_of(lines: Sequence[TextLine]) -> list[list[TextLine]]:
    """The lines of each footnote; its mark is written raised, as in the text that it belongs to."""
    notes: list[list[TextLine]] = []
    number = 0
    for line in lines:
        match = _MARK.match(line.text)
        mark = match[0].translate(_PLAIN) if match else ""
        # "2026 - 2030" at the start of a line is no mark after note 3.
        if not notes or mark.startswith("*") or (mark.isdecimal() and int(mark) == number + 1):
            number = int(mark) if mark.isdecimal() else number
            raised = f"{mark.translate(SUPERSCRIPTS)} {line.text[len(mark) :].lstrip()}"
            notes.append([replace(line, text=raised if mark else line.text)])
        else:
            notes[-1].append(line)
    return notes


def _below_rule(page: Page, lines: Sequence[Line], margins: Margins) -> int:
    """The first line below a short rule at the left, when all that stands there is smaller and opens with a mark."""
    width = margins.right - margins.left or 1
    short = [
        rule
        for rule in page.rules
        if rule[3] - rule[1] <= 3 and abs(rule[0] - margins.left) < 6 and 0.12 < (rule[2] - rule[0]) / width < 0.5
    ]
    for rule in sorted(short, key=lambda rule: rule[1], reverse=True)[:_MOST_RULES]:
        first = next((index for index, line in enumerate(lines) if line.middle > rule[1]), len(lines))
        if 0 < first < len(lines) and _MARK.match(lines[first].text) and _smaller(lines[first:], lines[:first]):
            return first
    return len(lines)


def _small_tail(lines: Sequence[Line]) -> int:
    """The first of the small lines at the foot, when it opens with a raised mark; the number of lines without any."""
    usual = median(line.size for line in lines)
    tail = len(list(takewhile(lambda line: line.size < 0.9 * usual, reversed(lines))))
    marked = [index for index in range(len(lines) - tail, len(lines)) if _RAISED.match(lines[index].text)]
    return marked[0] if marked else len(lines)


def _smaller(below: Sequence[Line], above: Sequence[Line]) -> bool:
    return median(line.size for line in below) < 0.95 * median(line.size for line in above)


_MOST_RULES = 10
_PLAIN = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
_RAISED = re.compile(r"[⁰¹²³⁴-⁹]+")
_MARK = re.compile(r"[⁰¹²³⁴-⁹\d]{1,3}|\*{1,3}")
