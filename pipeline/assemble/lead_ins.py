"""Lead-ins: blocks that say who does what the blocks below them say, and until when.

"Sở Y tế có trách nhiệm:" leads in by its colon, "- Bộ Xây dựng" above `+` bullets and "Trách nhiệm của UBND các xã" on
a line of its own by their words, which `pipeline.assemble.addresses` knows. Of several lead-ins the innermost that
names anybody says who; a task whose actor stands first may lead in its own parts, too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from extractors.roles import Roles
from pipeline.assemble.addresses import LONGEST_ADDRESS
from pipeline.assemble.directive_verbs import starts_with_directive_verb
from pipeline.assemble.drafts import Attributes, TaskDraft
from pipeline.assemble.enactments import announces_enactment
from pipeline.assemble.reading import Reading
from pipeline.outline import Block
from schemas import Agency, Deadline, Span


@dataclass(slots=True)
class LeadIn:
    """A block that introduces others, the draft that it would be itself, and what it introduces.

    `introduced` counts the drafts that it introduces, `details` the blocks that are no directives. A `flat` one stands
    above bullets of its own depth; one that `goes_on` is a task itself, whose actor does what follows without another,
    and where it `addresses` him (`Bộ Y tế: …`), it does so beyond the end of the sentence.
    `section` is the one that it leads in, its block's own unless it stands between the items of the one above.
    """

    block: Block
    draft: TaskDraft | None
    introduced: int = 0
    details: int = 0
    flat: bool = False
    goes_on: bool = False
    addresses: bool = False
    section: int | None = None

    def __post_init__(self) -> None:
        if self.section is None:
            self.section = self.block.section

    def covers(self, block: Block) -> bool:
        """Whether *block*, later in the same section, can stand below it."""
        if block.kind != "bullet":
            return True
        return self.block.depth < block.depth or (self.flat and self.block.depth == block.depth)


class LeadIns:
    """The lead-ins of a document met so far, section by section."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self._of: dict[int | None, list[LeadIn]] = {}

    def __iter__(self) -> Iterator[LeadIn]:
        return (lead_in for lead_ins in self._of.values() for lead_in in lead_ins)

    def add(self, lead_in: LeadIn) -> None:
        """Let *lead_in* hold for what comes after it in its section."""
        self._of.setdefault(lead_in.section, []).append(lead_in)

    def passed(self, block: Block, draft: TaskDraft) -> None:
        """Take note of a task: one that names its actor ends what held beside it, and may hold for its own parts."""
        text = self.reading.slice(block.span)
        before = self._of.get(block.section, [])
        ended = not text.endswith(";")
        before[:] = [one for one in before if not self._is_over(one, another=draft.names_actor, ended=ended)]
        if not draft.names_actor:
            return
        for lead_in in before:
            if lead_in.block.depth == block.depth:
                lead_in.flat = False
        addresses = block.kind == "paragraph" and self._addresses_actor(draft, text)
        goes_on = block.kind == "item" or (block.kind == "paragraph" and (addresses or not ended))
        if goes_on and self._begins_with_actor(draft, text):
            self.add(LeadIn(block, None, goes_on=True, addresses=addresses))

    def above(self, block: Block) -> LeadIn | None:
        """The sentence that leads in *block*, if one does: in its own section before it, or the item above it."""
        for lead_in in reversed(self._of.get(block.section, ())):
            if block.kind == "bullet" and lead_in.block.depth < block.depth and not lead_in.goes_on:
                return lead_in
        if block.kind == "item" and block.section is not None:
            above = self._of.get(self.reading.outline.sections[block.section].parent, ())
            return next((one for one in reversed(above) if not one.goes_on), None)
        return None

    def leading(self, block: Block) -> LeadIn | None:
        """The sentence that *block* is a part of: one above it, or one before it among bullets of one depth."""
        before = self._of.get(block.section)
        if before and block.kind == "bullet":
            last = before[-1]
            if last.flat and last.block.kind == "bullet" and last.block.depth == block.depth:
                return last
        return self.above(block)

    def given(self, block: Block) -> Attributes:
        """What the sentences give that lead in *block*: those of its own section before it, then those above."""
        found = Attributes()
        for section in (*self.reading.ancestors(block.section), None):
            for roles, lead_in in self._holding(section, block):
                whole_document = section is None and block.section is not None
                silent = lead_in.goes_on or whole_document
                deadlines = () if silent else self._times_led_on(lead_in.block.span, block)
                found = Attributes(
                    found.leads or roles.leads, found.partners or roles.partners, found.deadlines or deadlines
                )
                if found.leads:
                    return found
            if section is not None and (addressees := self.reading.addressees[section]):
                return replace(found, leads=addressees, partners=found.partners or self._heading_partners(section))
        return found if self._is_prospect(block) else replace(found, leads=found.leads or self.reading.directed)

    def _times_led_on(self, span: Span, block: Block) -> tuple[Deadline, ...]:
        """The times that a lead-in at *span* gives to *block*: those of its last sentence, but not the year of a figure
        of its own (`phấn đấu năm 2026 tăng trưởng đạt 10%, cụ thể như sau:`), and no recurrence to what is out of turn.
        """
        out_of_turn = _OUT_OF_TURN.match(self.reading.text, block.span.start, block.span.end) is not None
        text = self.reading.slice(span)
        last = span.start + max((match.end() for match in _SENTENCE_END.finditer(text)), default=0)
        return tuple(
            deadline
            for deadline in self.reading.deadlines.within(Span(last, span.end))
            if not _OF_A_FIGURE.match(self.reading.text, deadline.span.end, span.end)
            and not (out_of_turn and deadline.kind == "recurring")
        )

    def _holding(self, section: int | None, block: Block) -> Iterator[tuple[Roles, LeadIn]]:
        """The lead-ins of *section* that hold for *block*, the innermost first, each with whom it tells to act."""
        depth = block.depth + 1 if section == block.section and block.kind == "bullet" else None
        nested = False
        for lead_in in reversed(self._of.get(section, ())):
            if lead_in.goes_on and not self._follows(block, lead_in):
                continue
            if depth is not None and (lead_in.block.depth >= depth or not (nested or lead_in.covers(block))):
                continue
            if nested and (lead_in.draft is not None or lead_in.block.depth) and depth is None:
                continue
            yield self._roles_of(lead_in), lead_in
            nested, depth = True, depth and lead_in.block.depth

    def _follows(self, block: Block, lead_in: LeadIn) -> bool:
        """Whether *block* goes on with what *lead_in* says: no heading between them, and no other subject."""
        sections = self.reading.outline.sections
        if lead_in.addresses and (block.kind == "item" or block.section != lead_in.section):
            return False
        for section in self.reading.ancestors(block.section):
            if section == lead_in.section:
                break
            if sections[section].title is not None:
                return False
        return block.kind != "paragraph" or starts_with_directive_verb(self.reading.slice(block.span))

    def _heading_partners(self, section: int) -> tuple[Agency, ...]:
        title = self.reading.outline.sections[section].title_span
        return self.reading.roles(title).partners if title is not None else ()

    def _is_prospect(self, block: Block) -> bool:
        """Whether *block* says where things shall go, not what those do whom the document directs."""
        titles = (
            self.reading.outline.sections[section].title or "" for section in self.reading.ancestors(block.section)
        )
        return any(_PROSPECT.match(title) for title in titles)

    def _roles_of(self, lead_in: LeadIn) -> Roles:
        """Whom a lead-in tells to act; whoever enacts or stresses what follows is not told anything."""
        span = lead_in.block.span
        if announces_enactment(self.reading.slice(span)):
            return Roles((), ())
        roles = self.reading.roles(span)
        if lead_in.section is None and not lead_in.goes_on:  # it leads in a whole document
            roles = Roles(tuple(lead for lead in roles.leads if lead.name != self.reading.issuer), roles.partners)
        if lead_in.goes_on:
            return Roles(roles.leads, ())
        if not roles.leads and not roles.partners and span.end - span.start < LONGEST_ADDRESS:
            return Roles(self.reading.agency_list(span), ())
        return roles

    @staticmethod
    def _is_over(lead_in: LeadIn, *, another: bool, ended: bool) -> bool:
        """Whether a paragraph that goes on ends with a task that has *another* actor or that *ended* the sentence."""
        if not lead_in.goes_on or lead_in.block.kind != "paragraph":
            return False
        return another or (ended and not lead_in.addresses)

    @staticmethod
    def _addresses_actor(draft: TaskDraft, text: str) -> bool:
        """Whether a colon stands behind the actor of *draft*: `Bộ Y tế: Rà soát …`."""
        last = draft.leads[-1].span if draft.leads else None
        return last is not None and text[max(0, last.end - draft.span.start) :].lstrip()[:1] == ":"

    @staticmethod
    def _begins_with_actor(draft: TaskDraft, text: str) -> bool:
        first = draft.leads[0].span if draft.leads else None
        return first is not None and _ORDERS.fullmatch(text, 0, max(0, first.start - draft.span.start)) is not None


def leads_on(text: str) -> bool:
    """Whether *text* ends in the words that give a duty: `Sở Nội vụ có trách nhiệm:`."""
    return text.endswith(":") and _LEADS_ON.search(text) is not None


# `Sở Nội vụ có trách nhiệm:` leads in what follows, whatever its layout.
_LEADS_ON = re.compile(
    r"(?i)(?:(?:(?:có|chịu) trách nhiệm|có nhiệm vụ)(?: sau(?: đây)?)?\s*:?|(?:đề nghị|(?<!các )yêu cầu)\s*:)$"
)
_SENTENCE_END = re.compile(r"[.;]\s+(?=[A-ZĐÀ-Ỹ])")
_OF_A_FIGURE = re.compile(r"[^,.;:]{0,60}?\b(?:đạt|tăng|giảm|còn|chiếm|từ|trên|khoảng)\b[^,.;:]{0,30}\d")
_OUT_OF_TURN = re.compile(r"(?i)\W*(?:(?:báo cáo|kiểm tra|thanh tra|giám sát|họp) )?đột xuất\b")
_PROSPECT = re.compile(r"(?i)(?:những |các |một số )?(?:định hướng|phương hướng|mục tiêu|quan điểm)\b")
_ORDERS = re.compile(r"(?i)(?:(?:giao|đề nghị|yêu cầu|phân công)(?: cho)?[ :]*)?")
