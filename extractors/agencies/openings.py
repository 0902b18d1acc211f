"""Where agency phrases can begin: the words of the tables, and the short names of one document."""

from __future__ import annotations

from functools import cache, lru_cache
from itertools import chain
from typing import Any

from extractors.agencies.collectives import RISKY, after_noun, collective_nouns
from extractors.agencies.complements import UNITS
from extractors.agencies.grammar import DETERMINERS, posts, whole_item
from extractors.agencies.items import Context
from extractors.agencies.registry import registry
from extractors.agencies.unknown_names import open_heads
from extractors.agencies.words import Line, Trie


@cache
def openings() -> dict[str, frozenset[str] | None]:
    """The words with which an agency phrase can begin, each with the words that can follow it; None for any."""
    found: dict[str, set[str] | None] = {}
    tries: tuple[Trie[Any], ...] = (registry().names, posts(), collective_nouns(), open_heads())
    for word, node in chain.from_iterable(trie.root.next.items() for trie in tries):
        following = found.setdefault(word, set())
        if node.value is not None and word not in RISKY and word not in UNITS:
            found[word] = None
        elif following is not None:
            following |= node.next.keys() | (after_noun() if node.value is not None else frozenset())
    nouns = collective_nouns().first_words | registry().shared_heads.keys() | UNITS.keys() | {"bộ"}
    for words in DETERMINERS:
        found[words[0]] = (found.get(words[0]) or set()) | set(nouns if len(words) == 1 else words[1:2])
    for word in ("ban", "hội", "đoàn", "viện", "cục", "vụ", "đài", "báo", "quỹ", "trường", "phòng"):
        found[word] = None if word not in found or found[word] is None else found[word]
    return {word: None if following is None else frozenset(following) for word, following in found.items()}


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
