"""Drop what the site put around a document: menus, log-in boxes, counters, the crawler's own lines.

Each site is a profile in `profiles/*.toml`; the lines it may drop are named there, whole. The property box (`Số hiệu:
12/KH-UBND`) is read into `SiteProperties` before it goes. A line of law that is lost is worse than a menu that stays:
nothing is dropped that a profile does not name, but for the title that a site sets before each part of a law: `Luật
Trồng quýt 2031. Điều 4. Cây giống`, which is known by the first line.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.clean.profiles import SiteProfile, matching_profiles
from pipeline.mapped_text import Edit, MappedText


def drop_chrome(mapped: MappedText) -> MappedText:
    """The text without the lines that the profiles of its sites drop, and without their title before its parts.

    >>> law = "Luật Trồng quýt 2031. QUỐC HỘI\\nLuật Trồng quýt 2031. Điều 1.\\nLuật Trồng quýt 2031. Mục 2. ƯƠM"
    >>> drop_chrome(MappedText.of(law)).text
    'QUỐC HỘI\\nĐiều 1.\\nMục 2. ƯƠM'
    """
    mapped = mapped.edited(_title_edits(mapped.text))
    for profile in matching_profiles(mapped.text):
        mapped = mapped.edited(_chrome_edits(mapped.text, profile))
    return mapped


def repeats_title(text: str) -> bool:
    """Whether a site set its title before the parts of *text*."""
    return bool(_title_edits(text))


def _title_edits(text: str) -> list[Edit]:
    first = _FIRST_LINE.match(text)
    if first is None:
        return []
    begun = first[1].partition(". ")[0].rstrip()
    for title in {begun: None, first[1].rstrip(): None}:
        if len(title) < _SHORTEST_TITLE:
            continue
        edits: list[Edit] = []
        at = text.find(f"\n{title}. ", first.end(1))
        while at >= 0:
            end = at + len(title) + len("\n. ")
            if _PART.match(text, end):
                edits.append(Edit(at + 1, end, ""))
            at = text.find(f"\n{title}. ", end - 1)
        if len(edits) >= _FEWEST_REPEATS:
            opens = text.startswith(". ", first.start(1) + len(title))
            return [Edit(first.start(1), first.start(1) + len(title) + 2, ""), *edits] if opens else edits
    return []


def _chrome_edits(text: str, profile: SiteProfile) -> Iterator[Edit]:
    begin, end = profile.body(text)
    if begin:
        yield Edit(0, begin, "")
    position = begin
    for line in text[begin:end].splitlines(keepends=True):
        if profile.drops(line.strip()):
            yield Edit(position, position + len(line), "")
        position += len(line)
    if end < len(text):
        yield Edit(end, len(text), "")


_FIRST_LINE = re.compile(r"\s*([^\n]{1,300})")
_SHORTEST_TITLE = 8
_FEWEST_REPEATS = 2
_PART = re.compile(
    r"(?:Điều|Chương|CHƯƠNG|Mục|Phần|PHẦN|Tiểu mục|Phụ lục|PHỤ LỤC)\b|\d{1,3}\.(?!\d)|[IVX]{1,5}\.|[a-zđ]\)"
)
