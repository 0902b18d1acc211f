"""Two reviewers' readings of the documents that both have reviewed, each from their own decisions alone."""

from __future__ import annotations

from pathlib import Path

from pipeline.errors import UsageError
from pipeline.review.agreement import FieldAgreement, agreement, verdict_agreement
from pipeline.review.log import DecisionLog, by_person, logged_documents
from pipeline.review.replay import ReviewedDocument, reviewed
from pipeline.store import document_file, read_document


def reviews_of_both(out: Path, first: str, second: str) -> list[FieldAgreement]:
    """The agreement of *first* and *second* below *out*; raises `UsageError` when they have no document in common."""
    pairs: list[tuple[ReviewedDocument, ReviewedDocument]] = []
    people: set[str] = set()
    for name in logged_documents(out):
        decisions = by_person(DecisionLog(out, name).read().decisions)
        people |= decisions.keys()
        if first in decisions and second in decisions and document_file(out, name).is_file():
            machine = read_document(document_file(out, name))
            pairs.append((reviewed(machine, decisions[first]), reviewed(machine, decisions[second])))
    if not pairs:
        known = ", ".join(sorted(people)) or "nobody"
        raise UsageError(f"{first} and {second} have reviewed no document in common. Those who have reviewed: {known}.")
    return [verdict_agreement(pairs), *agreement([(one.document, other.document) for one, other in pairs])]
