"""Lead-ins: blocks that say who does what the blocks below them say, and until when.

"Sở Y tế có trách nhiệm:" leads in by its colon, "- Bộ Xây dựng" above `+` bullets and "Trách nhiệm của UBND các xã" on
a line of its own by their words: names and words of assignment alone tell nobody anything, so what follows is theirs,
whatever marks the dump has left. Names that other names follow are a list of members.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from extractors.roles import Roles
from pipeline.assemble.directives import TASKLESS, announces_enactment, starts_with_directive_verb
from pipeline.assemble.drafts import Attributes, TaskDraft
from pipeline.assemble.reading import Reading
from pipeline.outline import Block
from schemas import Agency, Deadline, Span


@dataclass(slots=True)
class LeadIn:
    """A block that introduces others, the draft that it would be itself, and what it introduces.

    `introduced` counts the drafts that it introduces, `details` the blocks that are no directives. A `flat` one stands
    above bullets of its own depth; one that `goes_on` is a task itself, whose actor does what follows without another.
    `section` is the one that it leads in, its block's own unless it stands between the items of the one above.
    """

    block: Block
    draft: TaskDraft | None
    introduced: int = 0
    details: int = 0
    flat: bool = False
    goes_on: bool = False
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
        if draft.names_actor or not text.endswith(";"):
            before[:] = [one for one in before if not (one.goes_on and one.block.kind == "paragraph")]
        if not draft.names_actor:
            return
        for lead_in in before:
            if lead_in.block.depth == block.depth:
                lead_in.flat = False
        goes_on = block.kind == "item" or (block.kind == "paragraph" and text.endswith(";"))
        if goes_on and self._begins_with_actor(draft, text):
            self.add(LeadIn(block, None, goes_on=True))

    def above(self, block: Block) -> LeadIn | None:
        """The sentence that leads in *block*, if one does: in its own section before it, or the item above it."""
        for lead_in in reversed(self._of.get(block.section, ())):
            if block.kind == "bullet" and lead_in.block.depth < block.depth and not lead_in.goes_on:
                return lead_in
        if block.kind == "item" and block.section is not None:
            above = self._of.get(self.reading.outline.sections[block.section].parent, ())
            return next((one for one in reversed(above) if not one.goes_on), None)
        return None

    def given(self, block: Block) -> Attributes:
        """What the sentences give that lead in *block*: those of its own section before it, then those above."""
        found = Attributes()
        for section in (*self.reading.ancestors(block.section), None):
            for roles, lead_in in self._holding(section, block):
                whole_document = section is None and block.section is not None
                silent = lead_in.goes_on or whole_document
                deadlines = () if silent else self._times_led_on(lead_in.block.span)
                found = Attributes(
                    found.leads or roles.leads, found.partners or roles.partners, found.deadlines or deadlines
                )
                if found.leads:
                    return found
            if section is not None and (addressees := self.reading.addressees[section]):
                return replace(found, leads=addressees, partners=found.partners or self._heading_partners(section))
        return found if self._is_prospect(block) else replace(found, leads=found.leads or self.reading.directed)

    def _times_led_on(self, span: Span) -> tuple[Deadline, ...]:
        """The times that a lead-in gives to what follows: those of its last sentence, but not the year of a figure of
        its own (`phấn đấu năm 2026 tăng trưởng đạt 10%, cụ thể như sau:`).
        """
        text = self.reading.slice(span)
        last = span.start + max((match.end() for match in _SENTENCE_END.finditer(text)), default=0)
        return tuple(
            deadline
            for deadline in self.reading.deadlines.within(Span(last, span.end))
            if not _OF_A_FIGURE.match(self.reading.text, deadline.span.end, span.end)
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
    def _begins_with_actor(draft: TaskDraft, text: str) -> bool:
        first = draft.leads[0].span if draft.leads else None
        return first is not None and _ORDERS.fullmatch(text, 0, max(0, first.start - draft.span.start)) is not None


def addresses(reading: Reading, block: Block, following: Block | None) -> bool:
    """Whether *block* only names who does what the blocks from *following* on say (`Bộ Y tế:`, `- Bộ Xây dựng`)."""
    text = reading.slice(block.span)
    if following is None or not _stands_before(reading, block, following):
        return False
    if block.kind == "heading" or reading.kind_of(block) in TASKLESS:
        return False
    if (text[-1:] == ":" or _ANNOUNCES.search(text[-LONGEST_ADDRESS:])) and reading.roles(block.span).leads:
        return True
    deeper = following.depth > block.depth > 0
    if len(text) > LONGEST_ADDRESS or text[-1:] in ",;":
        return False
    if text[-1:] == "." and not deeper and not _heads_alone(reading, block):
        return False
    named = _address(reading, block.span)
    certain = any(agency.level not in {"other", "enterprise"} for agency in named)
    if certain and (text[-1:] == ":" or _DUTY_OF.match(text)):
        return True
    if not named or only_names(reading, following.span):
        return False
    if certain and (deeper or following.section != block.section):
        return True
    orders = _heads_alone(reading, block) or starts_with_directive_verb(reading.slice(following.span))
    return orders and not reading.roles(following.span).leads


def led_section(reading: Reading, block: Block, following: Block | None) -> int | None:
    """The section that a line before *following* leads in: that above the items which it stands between."""
    if block.kind not in _LINES or following is None or following.kind != "item" or following.section is None:
        return block.section
    return reading.outline.sections[following.section].parent


def _stands_before(reading: Reading, block: Block, following: Block) -> bool:
    if following.kind == "item" and block.kind == "item" and following.section is not None:
        return reading.outline.sections[following.section].parent == block.section
    if following.kind == "item" and block.kind in _LINES:
        return led_section(reading, block, following) in {*reading.ancestors(block.section), None}
    return following.section == block.section and following.kind in _LINES


def heads_paragraph(reading: Reading, block: Block, following: Block | None) -> tuple[Agency, ...]:
    """The agencies of an item of names alone whose text stands below it, outside of its section: `5. Các hội.`"""
    if following is None or block.section is None or following.kind != "paragraph":
        return ()
    outside = following.section == reading.outline.sections[block.section].parent
    return reading.agency_list(block.span) if outside and _heads_alone(reading, block) else ()


def _heads_alone(reading: Reading, block: Block) -> bool:
    """Whether *block* is an item of names alone, which leads in what follows whatever mark ends it: `5. Các hội.`"""
    short = block.kind == "item" and block.span.end - block.span.start <= LONGEST_ADDRESS
    return short and not reading.normative and only_names(reading, block.span)


def _address(reading: Reading, span: Span) -> tuple[Agency, ...]:
    """The agencies at *span* where nothing but words of assignment stands beside them (`Trách nhiệm của Sở Y tế`)."""
    named = reading.agency_list(span)
    if not named or _ASSIGNMENT.fullmatch(_beside(reading.agencies.within(span), reading, span)):
        return named
    short = reading.slice(span).count(" ") < MOST_WORDS
    return named if short and _ASSIGNMENT.fullmatch(_beside(named, reading, span)) else ()


def only_names(reading: Reading, span: Span) -> bool:
    """Whether the words at *span* are names alone (`Sở Y tế;`, `Đại diện UBND các xã`): nobody is told anything."""
    named = reading.agencies.within(span)
    return bool(named) and _WORD_OF_A_SENTENCE.search(_BRACKETS.sub(" ", _beside(named, reading, span))) is None


def only_assigns(reading: Reading, block: Block, following: Block | None, *, within: bool) -> bool:
    """Whether *block* says who does what stands above it and nothing else (`Giao Sở Y tế chủ trì, phối hợp với …`).

    *within* a form the words suffice; elsewhere it must also end what it speaks of, since it might lead in the rest.
    """
    text = reading.slice(block.span)
    if block.kind not in _LINES or len(text) > LONGEST_ASSIGNMENT or text.endswith(":"):
        return False
    if _LEADS.search(text) is None or not (within or _GIVES.match(text)):
        return False
    if following is not None and following.kind == "bullet" and following.depth > block.depth:
        return False
    given = _GIVEN_TO.match(text)  # whatever its name
    rest = Span(block.span.start + (given.end() if given else 0), block.span.end)
    named = reading.agencies.within(rest)
    return (given is not None or bool(named)) and _ASSIGNMENT.fullmatch(_beside(named, reading, rest)) is not None


def _beside(named: Iterable[Agency], reading: Reading, span: Span) -> str:
    """The words at *span* without the agencies that it names."""
    rest, position = "", span.start
    for agency in named:
        if agency.span is not None and agency.span.start >= position:
            rest += reading.text[position : agency.span.start] + " "
            position = agency.span.end
    return rest + reading.text[position : span.end]


LONGEST_ASSIGNMENT = 400
_LEADS = re.compile(r"(?i)\b(?:chủ trì|đầu mối|chịu trách nhiệm|thực hiện)\b")
_GIVES = re.compile(r"(?i)(?:giao|phân công)\b")
_GIVEN_TO = re.compile(r"(?i)(?:giao|phân công)(?: cho)? [^.;:]{3,90}?(?= chủ trì\b)")
_LINES = frozenset({"bullet", "paragraph"})
LONGEST_ADDRESS = 120
MOST_WORDS = 8  # of names that running text would not show to be names
_SENTENCE_END = re.compile(r"[.;]\s+(?=[A-ZĐÀ-Ỹ])")
_OF_A_FIGURE = re.compile(r"[^,.;:]{0,60}?\b(?:đạt|tăng|giảm|còn|chiếm|từ|trên|khoảng)\b[^,.;:]{0,30}\d")
_PROSPECT = re.compile(r"(?i)(?:những |các |một số )?(?:định hướng|phương hướng|mục tiêu|quan điểm)\b")
_BRACKETS = re.compile(r"\([^()]*\)")
_WORD_OF_A_SENTENCE = re.compile(r"\b(?!(?:và|hoặc|đại|diện|lãnh|đạo|các|của|cùng)\b)[a-zà-ỹđ]+\b")
_ORDERS = re.compile(r"(?i)(?:(?:giao|đề nghị|yêu cầu|phân công)(?: cho)?[ :]*)?")
# A sentence whose work stands below it, though the dump lost its colon.
_ANNOUNCES = re.compile(
    r"(?i)\b(?:nhiệm vụ|nội dung|công việc|việc|giải pháp|yêu cầu)(?: [^\s.;:]+){0,4} sau(?: đây)?\.?$"
)
_DUTY_OF = re.compile(
    r"(?i)(?:\d{1,2}[.)] )?(?:các |một số |những )?(?:trách nhiệm|nhiệm vụ)"
    r"(?:(?:,| và)? (?:trách nhiệm|nhiệm vụ|giải pháp|quyền hạn|chủ yếu|trọng tâm|cụ thể|chính|thực hiện))*"
    r" (?:của|đối với|giao)\b"
)
# What an address may say beside names.
_ASSIGNMENT = re.compile(
    r"(?i)(?:[\s\d,.:;)–-]|\b(?:trách nhiệm|nhiệm vụ|giải pháp|quyền hạn|chủ yếu|trọng tâm|chính"
    r"|cụ thể|của|đối với|về phía|riêng|đề nghị|yêu cầu|giao|phân công"
    r"|cho|có|chịu|chủ trì|phối hợp|với|thực hiện|triển khai|các|những|nội dung|sau|sau đây|là|cơ quan|đơn vị|đầu mối"
    r"|thường trực|và|tại|địa phương)\b|\([^()]*\))*"
)
