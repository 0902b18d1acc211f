"""Take specks away that a scan reads at either end of a wrapped line: `phát⏎⏎. triển kinh tế`, `__ Căn cứ Luật …`.

A speck before small letters looks like a bullet or a title and cuts the paragraph in two. It is one only where the
line above is long and open; a colon or a dash may also begin a line as its author wrote it, so a few such places must
show that the text was scanned before any of them counts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import re2

from pipeline.clean.marks import is_bullet, label_of
from pipeline.lookout import lookout
from pipeline.mapped_text import Edit


def margin_specks(text: str) -> Iterator[Edit]:
    """What takes the specks away before the rest of a paragraph, before a capital, and behind a line.

    >>> [(edit.start, edit.end) for edit in margin_specks("__ Căn cứ Luật Chăn nuôi;")]
    [(0, 3)]
    """
    found = [match for match in _BEFORE_REST.finditer(text) if _goes_on(text, match)]
    if sum(match[1][0] not in _DASHES for match in found) < _FEWEST:
        found = []
    if found:
        found += [match for match in _STOP.finditer(text) if _ends_none(text, match)]
    found += [match for pattern in (_RULE, _BEHIND) for match in pattern.finditer(text)]
    for start, end in sorted(match.span(1) for match in found):
        yield Edit(start, end, "")


def _goes_on(text: str, match: re.Match[str]) -> bool:
    """Whether the line above a speck is long prose; a dash right below it may be a hyphen: `kinh tế⏎- xã hội`."""
    above = text[text.rfind("\n", 0, match.start()) + 1 : match.start() + 1]
    if len(above) < _LONG or "|" in above or match[1].startswith("..."):  # a blank of a form
        return False
    apart = text.count("\n", *match.span()) > 1
    return match[1].strip() not in _DASHES or (apart and not (is_bullet(above) and above[2:3].islower()))


def _ends_none(text: str, match: re.Match[str]) -> bool:
    """Whether a stop behind a space ends no sentence: small letters follow, or a short heading stands before it."""
    line = text[text.rfind("\n", 0, match.start()) + 1 : match.start(1)]
    heading = len(line) < _LONGEST_HEADING and label_of(line) is not None
    return "|" not in line and (heading or text[match.end() : match.end() + 2].strip()[:1].islower())


_FEWEST = 3  # places that show that the text was scanned
_LONG = 30
_LONGEST_HEADING = 60
_DASHES = frozenset("-–—")
_BEFORE_REST = re2.compile(r"[\p{Ll},] ?\n(?: *\n){0,2} *((?:[.:_~`´¬'’”£]|-[._]|[-–—] ?)[.:_~`´¬-]{0,3} ?)\p{Ll}")
_RULE = re2.compile(r"(?m)^((?:[._]_|_[._])[._]? )\p{Lu}\p{Ll}")
_BEHIND = re2.compile(r"(?m)[\p{Ll},]( (?:[ˆ`´¬¦^]{1,2}|[._] ?_|_\.?)) ?$")
_STOP = re2.compile(r"(?m)\pL( \.) ?$")
MARGIN = lookout(_BEFORE_REST, _RULE, _BEHIND)
