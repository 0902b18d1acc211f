"""Where agency phrases can begin: the words of the tables, and the short names of one document."""

from __future__ import annotations

from functools import cache, lru_cache
from itertools import chain
from typing import Any

from extractors.agencies.acting_places import TIERS
from extractors.agencies.collective_words import after_noun, collective_nouns
from extractors.agencies.collectives import RISKY
from extractors.agencies.complements import UNITS
from extractors.agencies.determiners import DETERMINERS
from extractors.agencies.grammar import whole_item
from extractors.agencies.items import Context
from extractors.agencies.open_heads import open_heads
from extractors.agencies.posts import posts
from extractors.agencies.registry import registry
from extractors.agencies.within import wrapping_heads
from extractors.agencies.words import PASSED, SHORTENED, Line, Trie

# What can follow the first word of a phrase: the second words, each with the third words; None for any.
Following = dict[str, frozenset[str] | None]


@cache
def openings() -> dict[str, Following | None]:
    """The words with which an agency phrase can begin, each with what can follow it; None for anything."""
    found: dict[str, Following | None] = {}
    tries: tuple[Trie[Any], ...] = (registry().names, posts(), collective_nouns(), open_heads(), wrapping_heads())
    for word, node in chain.from_iterable(trie.root.next.items() for trie in tries):
        if node.value is not None and word not in RISKY and word not in UNITS:
            found[word] = None
            continue
        following = found.setdefault(word, {})
        if following is None:
            continue
        for second, below in node.next.items():
            third = None if below.value is not None else frozenset(below.next)
            known = following.get(second, frozenset())
            following[second] = None if third is None or known is None else known | third
        if node.value is not None:
            following.update(dict.fromkeys(after_noun()))
    found["đồng"] = {"chí": None}
    tiers = found.setdefault("cấp", {})
    if tiers is not None:
        tiers.update(dict.fromkeys(TIERS))
    nouns = PLURALS.union(collective_nouns().first_words(), registry().shared_heads, UNITS)
    for words in chain.from_iterable(DETERMINERS.values()):
        following = found.setdefault(words[0], {})
        if following is not None:
            following.update(dict.fromkeys(nouns if len(words) == 1 else words[1:2]))
    return found


@cache
def heads() -> dict[str, Following | None]:
    """The words with which a capitalised unknown name can begin, each with what can follow it."""
    return {
        word: None if node.value is not None else dict.fromkeys(node.next)
        for word, node in open_heads().root.next.items()
    }


@cache
def all_first_words() -> frozenset[str]:
    """Every word of the tables with which an agency phrase can begin."""
    return frozenset(openings()) | frozenset(heads())


def may_open(following: Following | None, low: list[str], index: int) -> bool:
    """Whether the words behind *index* can follow the first word of a phrase there."""
    if following is None:
        return True
    if index + 1 == len(low):
        return False
    if low[index + 1] not in following:
        return low[index + 1] == "." and low[index] in SHORTENED
    third = following[low[index + 1]]
    return third is None or index + 2 == len(low) or low[index + 2] in third or low[index + 2] in PASSED


@lru_cache(maxsize=64)
def own_names(pairs: tuple[tuple[str, str], ...], issuer: str | None) -> Trie[str]:
    """The short names that stand for agencies in one document, with those of its issuer."""
    names: Trie[str] = Trie()
    for short, full in pairs:
        if issuer and full.lower().startswith(issuer.lower()):
            full = issuer
        known = whole_item(short, Context())
        if known is not None and known.rule == "registry":
            continue
        if whole_item(full, Context()) is not None or open_heads().match(Line(full), 0):
            names.add(short, full)
            if short.lower().startswith("ban chỉ đạo"):
                names.add(f"Văn phòng {short}", f"Văn phòng {full}")
    if issuer and issuer.lower().startswith(("ban chỉ đạo", "hội đồng", "ủy ban quốc gia")):
        low = issuer.lower().split()
        for length in range(3, len(low)):
            if low[length] in {"về", "thực", "phòng"} or length == 3:
                short = " ".join(low[:length])
                names.add(short, issuer)
                names.add(f"Văn phòng {short}", f"Văn phòng {issuer}")
    return names


# Words behind `các` with which bodies begin of which there are several, and that no other table of groups has.
PLURALS = frozenset({"bộ", "đại", "đồng", "ủy", "ubnd", "lđlđ", "liên"})
