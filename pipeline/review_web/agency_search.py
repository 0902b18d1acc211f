"""Agencies by what a reviewer types: `so y te` gives `Sở Y tế tỉnh Thái Bình` in a plan of Thái Bình.

First those that the document itself names, then the registry, then what was typed as the extractor reads it: an agency
that no registry knows can still be chosen.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from extractors.agencies.registry import registry
from pipeline.dataset.folding import fold
from pipeline.review.values import read_agency
from schemas import Agency, PlanDocument

MOST = 12


def search_agencies(typed: str, document: PlanDocument, *, most: int = MOST) -> list[Agency]:
    """At most *most* agencies whose names have all the words of *typed*, with or without diacritics."""
    words = fold(typed).split()
    if not words:
        return []
    found: dict[tuple[str, str], Agency] = {}
    for agency in _candidates(typed, words, document):
        found.setdefault((agency.id, agency.name), agency)
        if len(found) == most:
            break
    return list(found.values())


def _candidates(typed: str, words: list[str], document: PlanDocument) -> Iterator[Agency]:
    own = {(each.id, each.name): each for task in document.tasks for each in (*task.leads, *task.partners)}
    yield from sorted(
        (each for each in own.values() if _has(words, fold(each.name))), key=lambda each: (len(each.name), each.name)
    )
    typed_out = read_agency(typed.strip(), document)
    entries = [each for each in _entries() if _has(words, each[0])]
    if not entries:
        yield typed_out
    for _, name in sorted(entries, key=lambda each: (len(each[1]), each[1])):
        yield read_agency(name, document)
    yield typed_out


def _has(words: list[str], name: str) -> bool:
    return all(word in name for word in words)


@cache
def _entries() -> tuple[tuple[str, str], ...]:
    """Each agency's folded name and spellings, and its name."""
    found = registry().by_id.values()
    return tuple((fold(" | ".join((entry.name, *entry.aliases))), entry.name) for entry in found)
