"""Verbs that no table of orders has and that begin a predicate all the same: "các doanh nghiệp vận tải | treo cờ".

`vận tải` and `treo` are verbs both; in all texts the one mostly says what a body is for, the other what somebody does.
Which is which was counted once (`scripts/build_predicates.py`), so that a name ends where such a verb begins.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from extractors.agencies.registry import read_table
from extractors.agencies.words import Line


def is_learnt_verb(line: Line, index: int) -> bool:
    """Whether a verb stands at *index* that in all texts more often begins a predicate than it says what a body is for.

    >>> line = Line("các doanh nghiệp vận tải treo cờ")
    >>> [line.word(index) for index in range(len(line)) if is_learnt_verb(line, index)]
    ['treo']
    """
    word, following = line.word(index), line.word(index + 1)
    learnt = learnt_verbs()
    if f"{word} {following}" in learnt:
        return line.word(index + 2) != ""
    part_of = learnt.get(word)
    if part_of is None or not following.isalnum():
        return False
    return following not in part_of.before and line.word(index - 1) not in part_of.behind


@dataclass(frozen=True, slots=True)
class PartOf:
    """The syllables before and behind which a verb is part of another word: `phát điện`, `đăng ký`."""

    before: frozenset[str]
    behind: frozenset[str]


@cache
def learnt_verbs() -> dict[str, PartOf]:
    """The verbs of one or two syllables that `scripts/build_predicates.py` learnt."""
    return {
        row["word"]: PartOf(frozenset(row["before"].split()), frozenset(row["behind"].split()))
        for row in read_table("predicates")
    }
