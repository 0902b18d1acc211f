"""The working copy of a document under review: records that can be changed, hidden and added, each with its state.

A record that is rejected stays in the copy, hidden, so that a later decision about it still finds it.
"""

from __future__ import annotations

import re
from copy import copy
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal, NamedTuple
from uuid import UUID

from pipeline.review.anchoring import LEAST_OVERLAP, find_anchor, overlap, quoted
from pipeline.review.decisions import KINDS, METADATA, Decision, Kind, RecordRef, Subject
from pipeline.review.values import DoesNotFitError
from schemas import PlanDocument, Record, Section, Span, Task

Verdict = Literal["accepted", "rejected", "edited", "added", "split", "merged", "superseded"]


@dataclass(frozen=True, slots=True)
class RecordState:
    """What was decided about one record last, by whom, when; `record_id` is its id in this reading (that of the
    document's metadata is `metadata`)."""

    kind: Subject
    record_id: str
    verdict: Verdict
    by: str
    at: datetime
    decision: UUID


@dataclass(slots=True)
class Slot:
    """One record; `origin` is its span before any decision, `state` what was decided last."""

    kind: Kind
    record: Any  # a record of this kind
    origin: Span
    hidden: bool = False
    state: RecordState | None = None

    def decided(self, verdict: Verdict, decision: Decision, *, hidden: bool = False) -> None:
        """Note what *decision* makes of the record."""
        self.hidden = hidden
        self.state = RecordState(self.kind, self.record.id, verdict, decision.by, decision.at, decision.id)

    def update(self, **fields: Any) -> None:
        """Change fields of the record."""
        self.record = self.record.model_copy(update=fields)


@dataclass(slots=True)
class Working:
    """All records of *document* that decisions can be about."""

    document: PlanDocument
    slots: dict[Kind, list[Slot]] = field(default_factory=dict)
    moved: set[Kind] = field(default_factory=set)
    metadata_state: RecordState | None = None
    numbers: dict[str, int] = field(default_factory=dict)  # where each id stands among the records of its kind

    def __post_init__(self) -> None:
        for kind in KINDS:
            self.slots[kind] = [Slot(kind, each, each.span) for each in getattr(self.document, plural(kind))]
            self.numbers.update((slot.record.id, at) for at, slot in enumerate(self.slots[kind]))

    def saved(self) -> Saved:
        """A copy of the records as they are now, to go back to."""
        slots = {kind: [copy(slot) for slot in slots] for kind, slots in self.slots.items()}
        return Saved(self.document, slots, set(self.moved))

    def restore(self, saved: Saved) -> None:
        """Go back to what was *saved*."""
        self.document, self.slots, self.moved = saved

    def metadata_decided(self, verdict: Verdict, decision: Decision) -> None:
        """Note what *decision* makes of the document's metadata."""
        self.metadata_state = RecordState(METADATA, METADATA, verdict, decision.by, decision.at, decision.id)

    def find(self, ref: RecordRef) -> Slot:
        """The record that *ref* means now; raises `DoesNotFitError`."""
        slots = self.slots[ref.kind]
        if _ADDED.search(ref.id):
            known = self.slot(ref.kind, ref.id)
            if known is None:
                raise DoesNotFitError(f"{ref.id} was added by a decision that does not hold")
            return known
        place = find_anchor(self.document.text, ref.anchor)
        if place is None:
            raise DoesNotFitError(f"the words of {ref.id} are no longer there: “{_clipped(ref.anchor.exact)}”")
        same = self.slot(ref.kind, ref.id)
        if same is not None and self._likeness(same, place) == 1:
            return same
        best = max(slots, key=lambda slot: (self._likeness(slot, place), slot.record.id == ref.id), default=None)
        if best is None or self._likeness(best, place) < LEAST_OVERLAP:
            raise DoesNotFitError(f"no {ref.kind} stands at the words of {ref.id}: “{_clipped(ref.anchor.exact)}”")
        return best

    def add(self, kind: Kind, record: Record) -> Slot:
        """Add *record* as a new slot, hidden until it is decided on."""
        slot = Slot(kind, record, record.span, hidden=True)
        self.numbers[record.id] = len(self.slots[kind])
        self.slots[kind].append(slot)
        self.moved.add(kind)
        return slot

    def shown(self, kind: Kind) -> list[Slot]:
        """The records of one kind that are not hidden."""
        return [slot for slot in self.slots[kind] if not slot.hidden]

    def record(self, kind: Kind, record_id: str | None) -> Any:
        """The record with this id, hidden or not; None when there is none."""
        slot = self.slot(kind, record_id)
        return slot.record if slot else None

    def slot(self, kind: Kind, record_id: str | None) -> Slot | None:
        """The place of the record with this id; None when there is none."""
        at = self.numbers.get(record_id or "", len(self.slots[kind]))
        found = self.slots[kind][at] if at < len(self.slots[kind]) else None
        return found if found is not None and found.record.id == record_id else None

    def finished(self) -> PlanDocument:
        """The document as corrected; references to hidden records lead to what stands for them."""
        records = {kind: [slot.record for slot in self.shown(kind)] for kind in KINDS}
        hidden = {slot.record.id for slots in self.slots.values() for slot in slots if slot.hidden}
        for kind in self.moved:
            records[kind].sort(key=lambda each: (each.span.start, each.span.end))
        if hidden:
            sections = {slot.record.id: slot.record for slot in self.slots["section"]}
            records = {kind: [_without(hidden, sections, each) for each in found] for kind, found in records.items()}
        metadata = self.document.metadata
        if hidden:
            metadata = metadata.model_copy(
                update={
                    "legal_bases": tuple(each for each in metadata.legal_bases if each not in hidden),
                    "replaces": tuple(each for each in metadata.replaces if each not in hidden),
                }
            )
        made = {plural(kind): tuple(records[kind]) for kind in KINDS}
        return self.document.model_copy(update={**made, "metadata": metadata})

    def _likeness(self, slot: Slot, place: Span) -> float:
        text = self.document.text
        return max(
            overlap(place, quoted(slot.kind, slot.origin, text)),
            overlap(place, quoted(slot.kind, slot.record.span, text)),
        )


class Saved(NamedTuple):
    """The changing parts of a working copy."""

    document: PlanDocument
    slots: dict[Kind, list[Slot]]
    moved: set[Kind]


def plural(kind: Kind) -> str:
    """The name of a kind's records in the contract.

    >>> plural("task"), plural("repair")
    ('tasks', 'repairs')
    """
    return f"{kind}s"


def _without(hidden: set[str], sections: dict[str, Section], record: Any) -> Any:
    """*record* without references to hidden deadlines and sections."""
    if isinstance(record, Task):
        record = record.model_copy(
            update={"deadline_ids": tuple(each for each in record.deadline_ids if each not in hidden)}
        )
    if isinstance(record, Section):
        gone = [each for each in _ancestors(record, sections) if each.id in hidden]
        if not gone:
            return record
        dropped = {each.level - 1 for each in gone}
        path = tuple(label for at, label in enumerate(record.path) if at not in dropped)
        parent = _shown(record.parent_id, hidden, sections)
        return record.model_copy(update={"parent_id": parent, "path": path, "level": max(1, record.level - len(gone))})
    if getattr(record, "section_id", None) in hidden:
        return record.model_copy(update={"section_id": _shown(record.section_id, hidden, sections)})
    return record


def _shown(section_id: str | None, hidden: set[str], sections: dict[str, Section]) -> str | None:
    """The section, or the nearest one above it that is not hidden."""
    while section_id in hidden:
        section_id = sections[section_id].parent_id
    return section_id


def _ancestors(section: Section, sections: dict[str, Section]) -> list[Section]:
    found: list[Section] = []
    parent = sections.get(section.parent_id or "")
    while parent is not None and parent not in found:
        found.append(parent)
        parent = sections.get(parent.parent_id or "")
    return found


def _clipped(words: str) -> str:
    return words if len(words) <= CLIPPED else words[: CLIPPED - 1] + "…"


CLIPPED = 60
_ADDED = re.compile(r"-r\d+$")
