"""Drop what a page carries besides its text: page numbers, and lines that stand at the same height on many pages.

A lone number is a page number when it stands first or last on its page, outside of the text, and counts: it is the
number of its page, or one more than the number before it (an annex begins anew with 2, or 1). A repeated line goes
only from the margins of the page: the national motto at the top of each of five forms is text.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from pipeline.read.pages.lines import Line, lines_of
from pipeline.read.pages.page import Page, Word


def without_furniture(pages: Sequence[Page]) -> list[tuple[Word, ...]]:
    """The words of each page without its page number, running head and foot."""
    lines = [lines_of([word for word in page.words if _near_edge(page, word)]) for page in pages]
    repeated = _repeated(pages, lines)
    kept = []
    last = 0
    for page, own in zip(pages, lines, strict=True):
        gone = [line for line in own if _key(page, line) in repeated]
        number = _page_number(page, [line for line in own if line not in gone], last)
        if number:
            last = number[0]
            gone.append(number[1])
        del gone[_MOST_LINES:]
        kept.append(
            tuple(
                word for word in page.words if not (_near_edge(page, word) and any(line.holds(word) for line in gone))
            )
        )
    return kept


def _page_number(page: Page, lines: Sequence[Line], last: int) -> tuple[int, Line] | None:
    """The number of *page* as printed, and its line."""
    for line in (lines[0], lines[-1]) if lines else ():
        match = _NUMBER.fullmatch(line.text)
        if not match or not _in_margin(page, line, _NUMBER_ZONE):
            continue
        number = int(match["number"])
        counts = number in (page.number, last + 1) or number <= 2 or (match["of"] and number <= int(match["of"]))
        if match["word"] or counts or page.origin == "ocr":
            return number, line
    return None


def _repeated(pages: Sequence[Page], lines: Sequence[Sequence[Line]]) -> set[tuple[str, int]]:
    """The text and height of lines in the margins that come back on half of the pages, or of every other page."""
    counts = Counter(
        key
        for page, own in zip(pages, lines, strict=True)
        for key in {_key(page, line) for line in own if _in_margin(page, line, _MARGIN)}
    )
    enough = max(3, len(pages) * 0.3) if len(pages) > 2 else 2
    return {key for key, count in counts.items() if count >= enough and not _TEXT.search(key[0]) and key[0]}


def _key(page: Page, line: Line) -> tuple[str, int]:
    """A line as it comes back: its text, with any number in it, and its height within some points."""
    return re.sub(r"\d+", "#", line.text) if _in_margin(page, line, _MARGIN) else "", round(line.middle / 6)


def _near_edge(page: Page, word: Word) -> bool:
    return word.bottom < _NUMBER_ZONE * page.height or word.top > (1 - _NUMBER_ZONE) * page.height


def _in_margin(page: Page, line: Line, share: float) -> bool:
    return line.bottom < share * page.height or line.top > (1 - share) * page.height


_NUMBER = re.compile(
    r"(?:(?P<word>(?i:Trang|Page|Tr\.))\s?)?[-–—.~|\s]{0,4}(?P<number>\d{1,4})(?:\s?[/|]\s?(?P<of>\d{1,4}))?[-–—.~|\s]{0,4}"
)
_NUMBER_ZONE = 0.12
_MOST_LINES = 30
_MARGIN = 0.08
_TEXT = re.compile(r"CỘNG H|Độc lập|^(?i:Mẫu|Phụ lục|Biểu)\b|^Điều ")
