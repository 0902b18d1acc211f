"""Bodies within a body: "Tổ đảng ở Thường trực Ủy ban Pháp luật của Quốc hội", "Đảng ủy Cơ quan Văn phòng Quốc hội".

The head names the body that leads or belongs to another one; without the other one it is no name.
"""

from __future__ import annotations

from functools import cache
from typing import Literal

from extractors.agencies.items import Item
from extractors.agencies.words import Line, Trie
from schemas import AgencyLevel


def head_stop(line: Line, index: int) -> tuple[AgencyLevel | None, int] | None:
    """The level of a head at *index* and the index after it; None for no head, a level of None for the body's own.

    >>> head_stop(Line("Đảng ủy Cơ quan Văn phòng Quốc hội"), 0)
    ('party', 4)
    """
    match = wrapping_heads().match(line, index) if line.capital(index) else None
    if match is None:
        return None
    return (None if match[0] == "own" else match[0]), match[1]


def within(head: str, level: AgencyLevel | None, first: int, body: Item) -> Item:
    """The body within *body*: its name is the head and the name of that body."""
    name = body.name
    if body.entry is not None and name == body.entry.name and name.endswith(OF_THE_ASSEMBLY):
        name = name.removesuffix(OF_THE_ASSEMBLY)
    inner = f"các{name[3:]}" if name.startswith("Các ") else name
    return Item(first, body.stop, f"{head} {inner}", level or body.level, "within", body.collective, shared=head)


@cache
def wrapping_heads() -> Trie[AgencyLevel | Literal["own"]]:
    """The heads, each with its level."""
    return Trie(HEADS)


# Which committee is meant says its name alone.
OF_THE_ASSEMBLY = " của Quốc hội"

# `own`: at the level of the body itself.
HEADS: tuple[tuple[str, AgencyLevel | Literal["own"]], ...] = (
    ("Tổ đảng ở Thường trực", "party"),
    ("Tổ đảng ở", "party"),
    ("Tổ đảng", "party"),
    ("Đảng đoàn", "party"),
    ("Ban cán sự đảng", "party"),
    ("Đảng ủy", "party"),
    ("Đảng ủy Cơ quan", "party"),
    ("Đảng ủy các cơ quan", "party"),
    ("Ban Thường vụ Đảng ủy", "party"),
    ("Ban Thường vụ Đảng ủy Cơ quan", "party"),
    ("Ban Thường vụ", "party"),
    ("Đảng bộ", "party"),
    ("Chi bộ", "party"),
    ("Thường trực", "own"),
    ("Cơ quan thường trực", "own"),
    ("Bộ phận thường trực", "own"),
)
