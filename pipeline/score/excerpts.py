"""Words in their text: the words that a record quotes, marked, with a little of what stands around them.

marked("Báo cáo trước ngày 15/12 hằng năm.", "trước ngày 15/12")
→ Excerpt(before="Báo cáo ", marked="trước ngày 15/12", after=" hằng năm.")
"""

from __future__ import annotations

import re
from typing import NamedTuple

CONTEXT = 160  # characters on either side
LONGEST = 600  # characters marked


class Excerpt(NamedTuple):
    """A stretch of a text with its neighbours; where nothing can be marked, all of it is in `before`."""

    before: str = ""
    marked: str = ""
    after: str = ""


NOTHING = Excerpt()


def marked(text: str, words: str, *, begin: int = 0) -> Excerpt:
    """*text* with the first *words* from *begin* on marked, in capitals or not; without them, unmarked.

    >>> marked("Giao Sở Y tế báo cáo.", "sở Y tế")
    Excerpt(before='Giao ', marked='Sở Y tế', after=' báo cáo.')
    >>> marked("Giao Sở Y tế báo cáo.", "UBND tỉnh")
    Excerpt(before='Giao Sở Y tế báo cáo.', marked='', after='')
    """
    found = re.compile(re.escape(words), re.IGNORECASE).search(text, begin) if words else None
    return around(text, *found.span()) if found else Excerpt(before=shortened(text))


def around(text: str, start: int, end: int) -> Excerpt:
    """`text[start:end]` marked, with what stands around it on its line.

    >>> around("I. MỤC TIÊU\\nSở Y tế báo cáo.", 12, 19)
    Excerpt(before='', marked='Sở Y tế', after=' báo cáo.')
    """
    first = text.rfind("\n", 0, start) + 1
    newline = text.find("\n", end)
    last = newline if newline >= 0 else len(text)
    before, after = text[first:start], text[end:last]
    if len(before) > CONTEXT:
        before = "…" + before[-CONTEXT:].partition(" ")[2]
    if len(after) > CONTEXT:
        after = after[:CONTEXT].rpartition(" ")[0] + "…"
    return Excerpt(before, shortened(text[start:end]), after)


def shortened(text: str) -> str:
    """*text*; of a long one, its beginning and its end."""
    return text if len(text) <= LONGEST else f"{text[: LONGEST * 2 // 3]} […] {text[-LONGEST // 3 :]}"
