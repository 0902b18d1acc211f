"""Agencies: kehoach against underthesea's NER and a spaCy EntityRuler that is given kehoach's own registry.

Right, for kehoach: exactly the names of the project's table of cases. Right for the others, who name no canonical
agency: exactly the stretches of text that kehoach finds in the cases where its names are right. underthesea may call a
body ORG or LOC.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any

from benchmarks.peers import Answered, Peer, compare
from extractors.agencies import find_agencies
from extractors.agencies.registry import AGENCY_TABLES, read_agencies
from extractors.spacy_pipeline import nlp as blank_pipeline
from tests.case_table import Case, read_cases
from tests.test_agencies import reading_of

NAMED = frozenset({"ORG", "LOC"})


def compare_agencies(repetitions: int) -> list[Answered]:
    """The rows of the comparison."""
    cases = read_cases("agencies")
    megabytes = sum(len(case.text.encode()) for case in cases) / 1e6
    return compare(PEERS, cases, right=_right, asked=len(cases), megabytes=megabytes, repetitions=repetitions)


def _right(case: object, answer: object) -> float:
    assert isinstance(case, Case)
    if isinstance(answer, tuple):
        return float(answer == case.expected)
    return float(answer == _stretches()[case.text])


@cache
def _stretches() -> dict[str, list[str] | None]:
    """The surfaces of the right answers; None where kehoach itself is wrong, which nobody can match then."""
    found: dict[str, list[str] | None] = {}
    for case in read_cases("agencies"):
        agencies = find_agencies(case.text, **reading_of(case))
        right = tuple(map(str, agencies)) == case.expected
        found[case.text] = [agency.surface for agency in agencies] if right else None
    return found


def _ours() -> Callable[[Case], tuple[str, ...]]:
    return lambda case: tuple(str(agency) for agency in find_agencies(case.text, **reading_of(case)))


def _ruler() -> Callable[[Case], list[str]]:
    nlp = blank_pipeline("agencies")
    nlp.remove_pipe("kehoach_agencies")
    ruler: Any = nlp.add_pipe("entity_ruler", config={"phrase_matcher_attr": "LOWER"})
    entries = [entry for table in AGENCY_TABLES for entry in read_agencies(table)]
    ruler.add_patterns(
        [
            {"label": "ORG", "pattern": name, "id": entry.id}
            for entry in entries
            for name in (entry.name, *entry.aliases)
        ]
    )
    return lambda case: [span.text for span in nlp(case.text).ents]


def _underthesea() -> Callable[[Case], list[str]]:
    from underthesea import ner

    def answer(case: Case) -> list[str]:
        names: list[str] = []
        for word, _, _, tag in ner(case.text):
            kind = tag[2:]
            if tag.startswith("I-") and kind in NAMED and names:
                names[-1] += f" {word}"
            elif kind in NAMED:
                names.append(word)
        return names

    return answer


PEERS = (
    Peer("kehoach", _ours),
    Peer("underthesea ner", _underthesea, "underthesea"),
    Peer("spaCy EntityRuler", _ruler, "spacy", note="of kehoach's registry"),
)
