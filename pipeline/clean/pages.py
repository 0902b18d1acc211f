"""Take page breaks out: a number alone at the top of a page, a form feed in mid-sentence.

`… đất trồng⏎   2⏎⏎chè ở sườn đồi` is one sentence again after this step and the joining of lines. A lone number
counts as a page number only where the numbers run on from page to page, since cells hold lone numbers too. A scanner
reads specks beside them (`¬- 9`, `12 "`); such numbers must run on for longer, and where they do, lines of specks and
lone letters are what was read at the other pages' ends (`i * 8 2`, `{ c`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import re2

from pipeline.mapped_text import Edit, MappedText


def drop_page_breaks(mapped: MappedText) -> MappedText:
    """The text without page numbers and what stood around them.

    >>> drop_page_breaks(MappedText.of("cơ quan\\n                   2\\n\\nchủ trì")).text
    'cơ quan\\nchủ trì'
    """
    specked = _specked_numbers(mapped.text)
    if specked:
        mapped = mapped.edited(_page_edits(mapped.text, list(_noise(mapped.text))))
        specked = _specked_numbers(mapped.text)
    text = mapped.text
    numbers = {match.start("number"): match for match in [*specked, *_page_numbers(text)]}
    return mapped.edited(_page_edits(text, [numbers[place] for place in sorted(numbers)]))


def _noise(text: str) -> Iterator[re.Match[str]]:
    """Short lines of specks, lone letters and digits with the space around them, but for numbers with specks."""
    for match in _on_lines(_SHORT_LINES, _NOISE, text):
        line = match["line"]
        if _SPECK.search(line) and not _WORD.search(line) and not _SPECKED_LINE.fullmatch(f"\n{line}\n"):
            yield match


def _page_edits(text: str, lines: list[re.Match[str]]) -> Iterator[Edit]:
    for match in lines:
        if _SPECK.search(match[0]) and _sets_headings_apart(text, match):
            yield Edit(match.start(), match.end(), "\n\n")
            continue
        ends_sentence = text[match.start() - 1 : match.start()] in {".", ";", ":"}
        keeps_indents = _CENTRED.search(match[0]) is not None
        goes_on = text[match.end() : match.end() + 40].lstrip(" ")[:1].islower()
        yield Edit(match.start(), match.end(), "\n\n" if ends_sentence and not keeps_indents and not goes_on else "\n")


def _sets_headings_apart(text: str, match: re.Match[str]) -> bool:
    """Whether the page ended with a short line, and the next begins with a capital."""
    last = text[text.rfind("\n", 0, match.start()) + 1 : match.start()]
    return len(last) < _SHORT_LINE and text[match.end() : match.end() + 40].lstrip(" ")[:1].isupper()


def _page_numbers(text: str) -> list[re.Match[str]]:
    """Lone numbers that count up by one from page to page, far enough apart for pages; an annex may begin anew."""
    found: list[re.Match[str]] = []
    run: list[re.Match[str]] = []
    for match in _on_lines(_NUMBER_LINE, _LONE_NUMBER, text):
        number = int(match["number"])
        far = not run or match.start() - run[-1].end() > _SHORTEST_PAGE
        gap = number - int(run[-1]["number"]) if run else 0
        if far and (gap == 1 or (gap > 1 and _CENTRED.search(match[0]))):
            run.append(match)
        elif not run or (far and number <= 2) or len(run) == 1:
            found += _pages(run)
            run = [match]
    return found + _pages(run)


def _specked_numbers(text: str) -> list[re.Match[str]]:
    """Numbers alone on their lines but for specks, where they count up over many pages; one or two may be unread."""
    runs: list[list[re.Match[str]]] = []
    for match in _on_lines(_SPECKED_LINE, _SPECKED_NUMBER, text):
        far = not runs or match.start() - runs[-1][-1].end() > _SHORTEST_PAGE
        gap = int(match["number"]) - int(runs[-1][-1]["number"]) if runs else 0
        if far and 1 <= gap <= 3:
            runs[-1].append(match)
        elif not runs or len(runs[-1]) == 1 or (far and int(match["number"]) <= 3):
            runs.append([match])
    specked = (sum(_SPECK.search(match[0]) is not None for match in run) for run in runs)
    return [match for run, count in zip(runs, specked, strict=True) if count >= _LEAST_SPECKED for match in run]


def _on_lines(line_pattern: re2.Pattern[str], pattern: re.Pattern[str], text: str) -> Iterator[re.Match[str]]:
    """Each number on a line like *line_pattern*, with the space around it that *pattern* takes in."""
    position = 0
    for line in line_pattern.finditer(text):
        start = line.start()
        while start > position and text[start - 1].isspace():
            start -= 1
        if match := pattern.match(text, start):
            yield match
            position = match.end()


def _pages(run: list[re.Match[str]]) -> list[re.Match[str]]:
    return run if len(run) >= 3 or any(_MARKED.search(match[0]) for match in run) else []


_SHORTEST_PAGE = 600
_LEAST_SPECKED = 4
_SHORT_LINE = 48
_NUMBER_LINE = re2.compile(r"\n *(?:[-–] ?|[Tt]rang )?\d{1,3}(?: ?[-–]|/\d{1,3})? *\n")
_LONE_NUMBER = re.compile(
    r"(?<=[^\s|])\s*\n *(?:[-–] ?|[Tt]rang )?(?P<number>\d{1,3})(?: ?[-–]|/\d{1,3})? *\n(?:[ \t]*\n)*(?! *[|\n])"
)
_CENTRED = re.compile(r"\n {12,}\d")
_MARKED = re.compile(r"[-–] ?\d+ ?[-–]|[Tt]rang|\n {12,}\d")
_SPECKS = "¬\"'`~_:«»‹›“”—^„*{}"
_SPECK = re.compile(f"[{_SPECKS}]")
_SPECKED_LINE = re2.compile(rf"\n[{_SPECKS}.,;\- ]{{0,9}}\d{{1,3}}[{_SPECKS}.,;\- ]{{0,9}}\n")
_SHORT_LINES = re2.compile(r"\n *[^\n|\p{L}][^\n|]{1,11}\n|\n *\p{L} [^\n|]{1,10}\n")
_NOISE = re.compile(r"(?<=[^\s|])\s*\n *(?P<line>[^\n|]{2,12}?) *\n(?:[ \t]*\n)*(?! *[|\n])")
_WORD = re.compile(r"[^\W\d_]{2}|\d{3}|^\**\(?\w{1,2}[.)]|^\*\*")  # or a label
_SPECKED_NUMBER = re.compile(
    rf"(?<=[^\s|])\s*\n[{_SPECKS}.,;\- ]*(?P<number>\d{{1,3}})[{_SPECKS}.,;\- ]*\n(?:[ \t]*\n)*(?! *[|\n])"
)
