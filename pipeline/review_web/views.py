"""What the page of one document shows, as plain values that can be compared.

    view = document_view(opened)
    changed(before, view)   # the cards and lines that another decision has made different

After a decision only what is different goes over to the browser, so that a plan of 300 tasks answers at once.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any, NamedTuple

from pipeline.review.decisions import KINDS, METADATA, Decision, live
from pipeline.review_web.desk import Opened
from pipeline.review_web.text_lines import Line, shown_letters, text_lines
from schemas import Deadline, PlanDocument, Record, Section, SourceSpan

REVIEWED_KINDS = ("task", "target", "budget")  # what counts for the share that is reviewed
DEEPEST = 12  # headings above one another
LISTED = tuple(kind for kind in KINDS if kind != "repair")


class Remark(NamedTuple):
    """What a reviewer said about a record."""

    by: str
    at: datetime
    words: str


class Card(NamedTuple):
    """One record with all that its card shows; `doubt` orders cards, the least sure first."""

    key: str
    kind: str
    start: int
    end: int
    record: Any
    verdict: str | None
    by: str | None
    at: datetime | None
    doubt: float
    path: tuple[str, ...]
    place: SourceSpan | None
    deadlines: tuple[Deadline, ...] = ()
    remarks: tuple[Remark, ...] = ()


class DocumentView(NamedTuple):
    """A document as its page shows it; `cards` in the order of the text within each kind."""

    cards: dict[str, tuple[Card, ...]]
    lines: tuple[Line, ...]
    document: PlanDocument

    def every_card(self) -> Iterable[Card]:
        return (card for cards in self.cards.values() for card in cards)


class Changes(NamedTuple):
    """What differs between two views: `order` of all keys of each kind where cards have come or gone."""

    cards: list[Card]
    gone: list[str]
    order: dict[str, list[str]]
    lines: list[Line]


def document_view(opened: Opened) -> DocumentView:
    """The view of *opened* as it stands now."""
    review, document = opened.review, opened.review.document
    rejected = [each for each in review.hidden if review.states[each.id].verdict == "rejected"]
    known = _Known(opened)
    cards: dict[str, tuple[Card, ...]] = {METADATA: (known.metadata(),)}
    for kind in LISTED:
        records = [*getattr(document, f"{kind}s"), *(each for each in rejected if review.states[each.id].kind == kind)]
        records.sort(key=lambda each: (each.span.start, each.span.end))
        cards[kind] = tuple(known.card(kind, record) for record in records)
    return DocumentView(cards, text_lines(document, hidden=rejected), document)


def changed(before: DocumentView, after: DocumentView) -> Changes:
    """What a page that shows *before* must change to show *after*."""
    old = {card.key: card for card in before.every_card()}
    new = {card.key: card for card in after.every_card()}
    lines = {line.start: line for line in before.lines}
    return Changes(
        [card for key, card in new.items() if old.get(key) != card],
        [key for key in old if key not in new],
        {
            kind: [card.key for card in cards]
            for kind, cards in after.cards.items()
            if [card.key for card in cards] != [card.key for card in before.cards[kind]]
        },
        [line for line in after.lines if lines.get(line.start) != line],
    )


def share_reviewed(opened: Opened) -> tuple[int, int]:
    """How many of the tasks, targets and budgets somebody has decided about, and how many there are."""
    review = opened.review
    there = [each.id for kind in REVIEWED_KINDS for each in getattr(review.document, f"{kind}s")]
    gone = [each.id for each in review.hidden if review.states[each.id].verdict == "rejected"]
    gone = [key for key in gone if review.states[key].kind in REVIEWED_KINDS]
    return sum(key in review.states for key in there) + len(gone), len(there) + len(gone)


class _Known:
    """What cards need to know of the whole document."""

    def __init__(self, opened: Opened) -> None:
        self.opened = opened
        self.states = opened.review.states
        document = opened.review.document
        self.sections: dict[str, Section] = {each.id: each for each in (*opened.machine.sections, *document.sections)}
        self.deadlines = {each.id: each for each in (*opened.machine.deadlines, *document.deadlines)}
        self.sure = {
            each.id: each.confidence for kind in LISTED for each in getattr(opened.machine, f"{kind}s") if each.id
        }
        self.remarks = _remarks(opened.decisions)

    def card(self, kind: str, record: Record) -> Card:
        state = self.states.get(record.id)
        section = self.sections.get(getattr(record, "section_id", None) or "")
        deadline_ids = getattr(record, "deadline_ids", ())
        return Card(
            key=record.id,
            kind=kind,
            start=record.span.start,
            end=record.span.end,
            record=record,
            verdict=state.verdict if state else None,
            by=state.by if state else None,
            at=state.at if state else None,
            doubt=_doubt(self.sure.get(record.id)),
            path=self._headings(record if isinstance(record, Section) else section),
            place=record.source_spans[0] if record.source_spans else None,
            deadlines=tuple(self.deadlines[each] for each in deadline_ids if each in self.deadlines),
            remarks=self.remarks.get(record.id, ()),
        )

    def _headings(self, section: Section | None) -> tuple[str, ...]:
        """The headings above a record, the outermost first; a loop of parents ends at its depth."""
        found: list[str] = []
        while section and len(found) < DEEPEST:
            found.append(" ".join(filter(None, (section.label, section.title))))
            section = self.sections.get(section.parent_id or "")
        return tuple(reversed(found))

    def metadata(self) -> Card:
        state = self.states.get(METADATA)
        return Card(
            key=METADATA,
            kind=METADATA,
            start=0,
            end=0,
            record=self.opened.review.document.metadata,
            verdict=state.verdict if state else None,
            by=state.by if state else None,
            at=state.at if state else None,
            doubt=0.0,
            path=(),
            place=None,
            remarks=self.remarks.get(METADATA, ()),
        )


def _doubt(confidence: float | None) -> float:
    """Where a record stands in the order of doubt; one of unknown confidence is among the doubtful."""
    return 0.5 if confidence is None else confidence


def _remarks(decisions: Iterable[Decision]) -> dict[str, tuple[Remark, ...]]:
    """The comments that hold, by the id of the record as it was when they were made; METADATA for the whole."""
    found: dict[str, tuple[Remark, ...]] = {}
    for decision in live(decisions):
        if decision.comment:
            key = decision.record.id if decision.record else METADATA
            remark = Remark(decision.by, decision.at, shown_letters(decision.comment))
            found[key] = (*found.get(key, ()), remark)
    return found
