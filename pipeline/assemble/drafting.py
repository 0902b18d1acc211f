"""From a block to the draft of a task: by its own words, by a form within it, or by the form below it.

"Sở Y tế rà soát hồ sơ" is a directive by its words, "Hồ sơ (chủ trì: Sở Y tế)" by the form that closes it, and "Công
tác hồ sơ" only since lines of a form follow. A block that serves another one (an article that enacts what stands below
it, an item above others, a purpose, names alone) is none by its words, whatever they are.
"""

from __future__ import annotations

import re
from dataclasses import replace

from extractors.agencies.learnt_verbs import is_learnt_verb
from extractors.agencies.words import Line
from extractors.conditions import find_condition
from extractors.deadlines import read_year_bracket
from extractors.roles import Roles
from pipeline.assemble.addresses import only_names
from pipeline.assemble.attribute_values import given_by_fields
from pipeline.assemble.attributes import find_fields
from pipeline.assemble.block_kinds import BlockKinds
from pipeline.assemble.directives import is_directive, is_form_field, may_be_directive
from pipeline.assemble.drafts import TaskDraft, bind_deadlines, bound, union
from pipeline.assemble.enactments import announces_enactment, enacts, is_enactment
from pipeline.assemble.goals import goal_places
from pipeline.assemble.lead_ins import LeadIns, leads_on
from pipeline.assemble.reading import UNCERTAIN, Reading, shifted_deadline
from pipeline.assemble.section_kinds import TASKLESS, SectionKind
from pipeline.attribute_labels import attribute_kind, field_kind
from pipeline.outline import Block
from schemas import Agency, Deadline, Span

WITH_ATTRIBUTES = "-with-attributes"  # of rules
LONGEST_VERB = 40  # with the words behind it


class Drafter:
    """Drafts tasks with what the lead-ins met so far give; *parents* are the sections that hold others."""

    def __init__(self, reading: Reading, lead_ins: LeadIns, kinds: BlockKinds, parents: frozenset[int | None]) -> None:
        self._reading = reading
        self._lead_ins = lead_ins
        self._kinds = kinds
        self._parents = parents
        self._goals = goal_places(reading)

    def by_date(self, block: Block, text: str) -> TaskDraft | None:
        """The task that *block*, which no word shows to be one, is among dated tasks; None where it can be none."""
        if self._reading.normative or self._kinds.of(block) != "unknown" or text.endswith(":"):
            return None
        if field_kind(text.partition(":")[0]) is not None:  # `Thời hạn giải quyết: 15 ngày …` tells of another one
            return None
        return self.by_words(block, text, named=(), among_tasks=True)

    def by_words(
        self, block: Block, text: str, *, named: tuple[Agency, ...], among_tasks: bool = False
    ) -> TaskDraft | None:
        """The task that *block* is by its *text* and those that lead it in, None when it is no directive.

        *named* are the agencies of an item of names alone that the block is the text of. *among_tasks* it is one where
        its heading would not tell.
        """
        if block.span in self._goals:
            return None
        if (with_fields := self.with_fields(block, text)) is not None:
            return with_fields
        kind = "tasks" if among_tasks else self._kinds.of(block)
        normative = self._reading.normative and not self._is_charged(block, kind, text)
        if not may_be_directive(text, kind=kind, normative=normative):
            return None
        roles = self._reading.roles(block.span)
        if not is_directive(text, kind=kind, normative=normative, roles=roles) or self._serves(block, text, roles):
            return None
        own = self._own_deadlines(block.span, text)
        given = self._lead_ins.given(block)
        if self._names_partners(block, roles):
            roles = Roles((), roles.leads)
        return TaskDraft(
            span=block.span,
            section=block.section,
            rule=f"{block.kind}-in-{kind}",
            leads=self._acting(roles.leads, given.leads) or named or given.leads,
            partners=roles.partners or given.partners,
            deadlines=bind_deadlines(own, given.deadlines),
            condition=find_condition(text, own),
            names_actor=roles.names_actor,
        )

    @staticmethod
    def _acting(named: tuple[Agency, ...], above: tuple[Agency, ...]) -> tuple[Agency, ...]:
        """Those of the *named* who act: what each place is to have is work of the bodies *above*, where there are any.

        `Mỗi xã chọn một thôn làm điểm` below `UBND các xã:`.
        """
        return () if above and named and all(lead.name.startswith(_EACH) for lead in named) else named

    def with_fields(self, block: Block, text: str) -> TaskDraft | None:
        """The task that *block* is when an attribute form closes it (`Rà soát hồ sơ (chủ trì: Sở Y tế; …)`)."""
        fields = find_fields(text) if ":" in text else []
        if not fields or fields[0].start == 0 or self._reading.kind_of(block) in TASKLESS:
            return None
        given = given_by_fields(self._reading, block.span, fields)
        if not given.leads and not given.partners:
            return None
        activity = Span(block.span.start, block.span.start + fields[0].start)
        return bound(replace(self._activity(block, activity), span=block.span), given)

    def above_form(self, block: Block) -> TaskDraft | None:
        """The task that the form below *block* shows it to be, though its words would not (`Công tác tuyên truyền`)."""
        text = self._reading.slice(block.span)
        if block.span in self._goals or self._reading.kind_of(block) in TASKLESS or not _OPENS_ACTIVITY.match(text):
            return None
        if only_names(self._reading, block.span) or is_form_field(text) or _NAMES_DOER.match(text):
            return None
        return self._activity(block, block.span)

    def heading(self, section: int) -> TaskDraft | None:
        """The task that a heading above a form is, None when it is a label itself (`8. Tiến độ thực hiện dự án`)."""
        head = self._reading.outline.sections[section]
        span, title = head.title_span, head.title or ""
        if span is None or attribute_kind(title) is not None or field_kind(title) == "time":
            return None
        roles = self._reading.roles(span)
        own = self._own_deadlines(span, self._reading.slice(span))
        return TaskDraft(span, section, "heading" + WITH_ATTRIBUTES, roles.leads, roles.partners, own)

    def _activity(self, block: Block, span: Span) -> TaskDraft:
        """The task of *block* by the words at *span*, which a form shows to be an activity."""
        text = self._reading.slice(span)
        roles, own = self._reading.roles(span), self._own_deadlines(span, text)
        condition = find_condition(text, own)
        rule = block.kind + WITH_ATTRIBUTES
        return TaskDraft(
            span, block.section, rule, roles.leads, roles.partners, own, condition, names_actor=roles.names_actor
        )

    def _serves(self, block: Block, text: str, roles: Roles) -> bool:
        """Whether *block* is there for other blocks: it enacts or heads what stands below, says what for, or names."""
        if not roles.names_actor:
            if (self._is_article(block) and is_enactment(text)) or self._is_enacted(block, text):
                return True
            if block.kind == "item" and block.section in self._parents:
                return True
        return self._is_aside(block) or only_names(self._reading, block.span)

    def _is_article(self, block: Block) -> bool:
        """Whether *block* is the whole of an article (`Điều 1. …`)."""
        if block.kind != "item" or block.section is None:
            return False
        return self._reading.outline.sections[block.section].label.startswith("Điều")

    def _is_enacted(self, block: Block, text: str) -> bool:
        """Whether *block* says what the sentence above it enacts (`Phê duyệt điều chỉnh Quy hoạch như sau:`)."""
        lead_in = self._lead_ins.above(block) if block.kind == "item" else None
        if lead_in is None:
            return False
        above = self._reading.slice(lead_in.block.span)
        return announces_enactment(above) and enacts(text, below=above)

    def _is_aside(self, block: Block) -> bool:
        """Whether a sentence that ends in `nhằm:`, or `Ghi chú:`, leads *block* in: it says what for, or remarks."""
        lead_in = self._lead_ins.above(block)
        if lead_in is None:
            return False
        text = self._reading.slice(lead_in.block.span)
        return says_what_for(text) or _REMARKS.fullmatch(text) is not None

    def _is_charged(self, block: Block, kind: SectionKind, text: str) -> bool:
        """Whether *block*, among those that carry a rule out, says what a body must do that is named above or here:
        `Điều 9. Tổ chức thực hiện`, `1. Bộ Y tế có trách nhiệm:`, `a) Rà soát …`; or, whatever verb it begins with,
        below a heading that tells whose duties these are, which no powers are among: `Trách nhiệm của Sở Tài chính`.
        """
        if kind == "assignment":
            return _DUTIES.match(self._heading_above(block)) is not None and _begins_with_verb(text)
        if kind != "tasks":
            return False
        lead_in = self._lead_ins.above(block)
        if lead_in is not None and leads_on(self._reading.slice(lead_in.block.span)):
            return any(agency.level not in UNCERTAIN for agency in self._reading.roles(lead_in.block.span).leads)
        return False

    def _heading_above(self, block: Block) -> str:
        """The nearest heading above *block*."""
        titles = (self._reading.outline.sections[at].title for at in self._reading.ancestors(block.section))
        return next((title for title in titles if title), "")

    def _names_partners(self, block: Block, roles: Roles) -> bool:
        """Whether the agencies that begin *block* are partners: below `b) Chủ trì, phối hợp:` they only help."""
        title = self._reading.outline.sections[block.section].title if block.section is not None else None
        return block.kind == "bullet" and _COORDINATES.fullmatch(title or "") is not None and not roles.partners

    def _own_deadlines(self, span: Span, text: str) -> tuple[Deadline, ...]:
        known = tuple(self._reading.deadlines.within(span))
        closing = tuple(
            shifted_deadline(deadline, span.start)
            for deadline in read_year_bracket(text)
            if _CLOSES.match(text, deadline.span.end)
        )
        return union(known, tuple(d for d in closing if not any(d.span.overlaps(k.span) for k in known)))


def _begins_with_verb(text: str) -> bool:
    return is_learnt_verb(Line(text[:LONGEST_VERB]), 0)


def says_what_for(text: str) -> bool:
    """Whether *text* leads in purposes or what must be met: `Tổ chức tập huấn nhằm:`, `Lập đề án với các yêu cầu:`."""
    return _AIMS.search(text) is not None


_EACH = tuple(f"{each} {unit}" for each in ("Mỗi", "Từng") for unit in ("xã", "phường", "huyện", "quận", "đặc khu"))
_DUTIES = re.compile(r"(?i)(?!.*\bquyền\b)(?:nhiệm vụ, )?(?:trách nhiệm|nhiệm vụ|nghĩa vụ)\b")
_NAMES_DOER = re.compile(r"(?:Cơ quan|Đơn vị|Cấp) [^.;:]{3,60}:")
_OPENS_ACTIVITY = re.compile(r"[\"“*]*(?:[A-ZĐÀ-Ỹ]|\d+ )[^\W\d_]*(?: \S+)* [^\W\d_]{2,}")
_REMARKS = re.compile(r"(?i)\W*ghi chú\W*")
_AIMS = re.compile(
    r"(?i)\b(?:(?:nhằm|để)(?: mục đích)?|(?:với|theo|đáp ứng) (?:các |những |một số )?(?:yêu cầu|tiêu chí|nguyên tắc)"
    r"(?: (?:như )?sau(?: đây)?)?)\s*:$"
)
_COORDINATES = re.compile(r"(?i)(?:chủ trì, ?|chủ động )?phối hợp(?: chặt chẽ)?(?: với)?\s*:?")
# A bracket at the end of an activity or of one of its phases: `Mở bến A (2018), giai đoạn 2 mở bến B (2019-2020)`.
_CLOSES = re.compile(r"[^()]*\)(?:[\s.;,/]*$|[,;] (?:và )?(?:giai đoạn|đợt|bước|pha) (?:[0-9]|[IVX]+\b))")
