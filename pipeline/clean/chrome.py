"""Drop what the site put around a document: menus, log-in boxes, counters, the crawler's own lines.

Each site is a profile in `profiles/*.toml`; the lines it may drop are named there, whole. The property box (`Số hiệu:
12/KH-UBND`) is read into `SiteProperties` before it goes. A line of law that is lost is worse than a menu that stays:
nothing is dropped that a profile does not name.
"""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.clean.profiles import SiteProfile, matching_profiles
from pipeline.mapped_text import Edit, MappedText


def drop_chrome(mapped: MappedText) -> MappedText:
    """The text without the lines that the profiles of its sites drop."""
    for profile in matching_profiles(mapped.text):
        mapped = mapped.edited(_chrome_edits(mapped.text, profile))
    return mapped


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
