"""What a person typed or chose, as values of the contract: phrases as deadlines, names as agencies, places as sections.

    read_phrase("trước ngày 01/01/2017", document)[0]   # by ../2016-12-31

Phrases and names go through the same extractors as the text, so that a corrected document has the same normal forms.
"""

from __future__ import annotations

from collections.abc import Iterable

from extractors.agencies import Place, canonical_agency, find_place
from extractors.deadlines import find_deadlines, read_deadline_cell
from pipeline.assemble.facts import plan_year
from pipeline.review.anchoring import find_anchor
from pipeline.review.decisions import AgencyChoice, DeadlineChoice
from schemas import Agency, Deadline, PlanDocument, Record, SourceSpan, Span

BY_REVIEWER = "reviewer"


class DoesNotFitError(Exception):
    """A decision cannot be applied to this reading; the message says why."""


def read_phrase(phrase: str, document: PlanDocument) -> list[Deadline]:
    """The deadlines that *phrase* says in *document*, as running text or else as the cell of a time column."""
    issued = document.metadata.issued_on
    year = plan_year(document.metadata.annexed_title or document.metadata.title)
    return find_deadlines(phrase, issued=issued, plan_year=year) or read_deadline_cell(
        phrase, issued=issued, plan_year=year
    )


def read_agency(name: str, document: PlanDocument) -> Agency:
    """The agency that *name* means in *document*: `Sở Y tế` is that of its province."""
    return canonical_agency(name, place=_place(document))


def chosen_deadline(choice: DeadlineChoice, document: PlanDocument, *, within: Span) -> Deadline:
    """The deadline of *choice*, at its own place, else where its phrase stands *within* the record, else there.

    One that the machine has read so itself needs no new reading: its year may come from the head of a table.
    Raises `DoesNotFitError` when its phrase is read otherwise now than when it was chosen.
    """
    if known := _machines_own(choice, document, within):
        return known
    found = read_phrase(choice.phrase, document)
    matching = next((each for each in found if str(each) == choice.value), None)
    if matching is None:
        now = " | ".join(map(str, found)) or "no deadline"
        raise DoesNotFitError(f"“{choice.phrase}” is read as {now} now, no longer as {choice.value}")
    span = find_anchor(document.text, choice.anchor) if choice.anchor else None
    if span is None:
        at = document.text.find(choice.phrase, *within)
        span = Span(at, at + len(choice.phrase)) if at >= 0 else within
    return matching.model_copy(
        update={
            "span": span,
            "surface": choice.phrase,
            "rule": BY_REVIEWER,
            "confidence": None,
            "source_spans": places(document, span),
        }
    )


def chosen_agency(choice: AgencyChoice, document: PlanDocument, known: Iterable[Agency], *, within: Span) -> Agency:
    """The agency of *choice*: one of the *known* with its id, else as the registry reads its name."""
    for agency in known:
        if (agency.id, agency.name) == (choice.id, choice.name):
            return agency
    read = read_agency(choice.name, document)
    at = document.text.find(choice.name, *within)
    span = Span(at, at + len(choice.name)) if at >= 0 else None
    chosen = {"id": choice.id, "name": choice.name, "surface": choice.name}
    return read.model_copy(update={**chosen, "span": span, "rule": BY_REVIEWER, "confidence": None})


def places(document: PlanDocument, span: Span) -> tuple[SourceSpan, ...]:
    """Where *span* stands in the input, as near as the document itself knows: the places of the smallest record around
    it, else of the tasks and targets that it touches."""
    records: list[Record] = [
        each
        for kind in (document.deadlines, document.tasks, document.targets, document.tables, document.sections)
        for each in kind
    ]
    around = [each for each in records if each.span.start <= span.start and span.end <= each.span.end]
    if around:
        return min(around, key=lambda each: each.span.end - each.span.start).source_spans
    touched = [each for each in (*document.tasks, *document.targets) if each.span.overlaps(span)]
    return tuple(dict.fromkeys(place for each in touched for place in each.source_spans))


def _machines_own(choice: DeadlineChoice, document: PlanDocument, within: Span) -> Deadline | None:
    """The deadline of the document that says the same in the same words where *choice* is, or within the record."""
    place = find_anchor(document.text, choice.anchor) if choice.anchor else within
    same = (each for each in document.deadlines if (each.surface, str(each)) == (choice.phrase, choice.value))
    return next((each for each in same if place and each.span.overlaps(place)), None)


def _place(document: PlanDocument) -> Place | None:
    issuer = document.metadata.issuer
    if issuer is not None and issuer.level == "central":
        return None
    named = (issuer.name if issuer else None, document.metadata.place)
    return next((place for name in named if name and (place := find_place(name))), None)
