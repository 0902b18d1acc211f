"""The table of verbs that texts show to begin predicates, and what it must not do to names."""

from __future__ import annotations

import pytest

from extractors.agencies import find_agencies
from extractors.agencies.learnt_verbs import is_learnt_verb, learnt_verbs
from extractors.agencies.registry import AGENCY_TABLES, read_agencies
from extractors.agencies.words import Line


def test_verbs_are_words_of_one_or_two_syllables() -> None:
    assert 300 < len(learnt_verbs()) < 2000
    assert all(verb.islower() and len(verb.split()) < 3 for verb in learnt_verbs())


@pytest.mark.parametrize("words", ["nhà máy phát điện", "trách nhiệm hữu hạn", "đơn vị vận tải hành khách"])
def test_words_that_tell_bodies_apart_begin_no_predicate(words: str) -> None:
    line = Line(words)
    assert not any(is_learnt_verb(line, index) for index in range(len(line)))


def test_no_name_of_the_registry_is_cut() -> None:
    rows = (entry for table in AGENCY_TABLES for entry in read_agencies(table))
    whole = [entry.name for entry in rows if entry.place == "none"]
    cut = [name for name in whole if [a.surface for a in find_agencies(f"Giao {name} treo cờ.")] != [name]]
    assert whole
    assert not cut
