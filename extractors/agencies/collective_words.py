"""The words of collective phrases by what they do there: nouns, their modifiers, the qualifiers that close a phrase.

In `các cơ quan báo chí trên địa bàn tỉnh` they are `cơ quan`, `báo chí` and `trên địa bàn tỉnh`.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import cast

from extractors.agencies.complements import UNITS
from extractors.agencies.registry import read_table
from extractors.agencies.words import Trie
from schemas import AgencyLevel


@dataclass(frozen=True, slots=True)
class CollectiveWords:
    """`closing` are the first words of whatever may close a phrase."""

    nouns: Trie[AgencyLevel]
    modifiers: Trie[bool]
    qualifiers: Trie[bool]
    closing: frozenset[str]


@cache
def collective_words() -> CollectiveWords:
    """The words of the table `agency_words`."""
    rows = read_table("agency_words")
    qualifiers = Trie((row["word"], True) for row in rows if row["kind"] == "qualifier")
    return CollectiveWords(
        Trie((row["word"], cast("AgencyLevel", row["level"])) for row in rows if row["kind"] == "noun"),
        Trie((row["word"], True) for row in rows if row["kind"] == "modifier"),
        qualifiers,
        qualifiers.first_words() | frozenset(UNITS) | {lead[0] for lead in LEADS},
    )


def collective_nouns() -> Trie[AgencyLevel]:
    """The nouns with which a collective phrase can begin."""
    return collective_words().nouns


@cache
def after_noun() -> frozenset[str]:
    """The words that can follow the first noun of a phrase that `các` does not announce."""
    words = collective_words()
    leads = {lead[0] for lead in LEADS}
    return (
        words.modifiers.first_words()
        | words.qualifiers.first_words()
        | leads
        | {",", "-", "–", "/", "và", "ban", "ngành"}
    )


# What leads in a place or an owner.
LEADS = (
    ["trên", "địa", "bàn"],
    ["trực", "thuộc"],
    ["thuộc", ",", "trực", "thuộc"],
    ["thuộc", "và", "trực", "thuộc"],
    ["thuộc", "tỉnh"],
    ["thuộc"],
    ["của"],
)
