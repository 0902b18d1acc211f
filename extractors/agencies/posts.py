"""Posts that stand for their bodies: "Giám đốc Sở Y tế", "đồng chí Giám đốc Sở" are the department."""

from __future__ import annotations

from functools import cache

from extractors.agencies.registry import read_table
from extractors.agencies.words import Line, Trie


@cache
def posts() -> Trie[bool]:
    return Trie((row["post"], True) for row in read_table("agency_heads"))


@cache
def post_words() -> frozenset[str]:
    """The words with which a post can begin."""
    return posts().first_words()


def behind_post(line: Line, index: int) -> int | None:
    """The index after one or more posts: `Giám đốc`, `Giám đốc, Thủ trưởng`, `Chủ tịch, các Phó Chủ tịch`."""
    match = posts().match(line, index)
    if match is None:
        return None
    stop = match[1]
    while line.word(stop) in {",", "và", "-", "/"}:
        further = posts().match(line, stop + 1)
        if further is None:
            break
        stop = further[1]
    if line.word(stop) == ":":
        stop += 1
    if line.low[index:stop] == ["trưởng", "ban"] and line.word(stop) not in {"ban", "các"}:
        stop -= 1
    return stop


def address_stop(line: Line, index: int) -> int:
    """The index after `đồng chí`, `các đồng chí`, with which persons are addressed by their posts; 0 without."""
    start = index + (line.word(index) == "các")
    return start + 2 if line.low[start : start + 2] == ["đồng", "chí"] else 0
