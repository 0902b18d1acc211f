"""Tasks from the blocks of a document: one draft for each directive, with what headings and attribute lines give it.

Attribute lines (`Cơ quan chủ trì: …`) bind the run of activities before them that have none of their own; sections that
are attribute lines themselves (`2. Cơ quan chủ trì, phối hợp` beside `1. Nội dung`) bind all activities of the section
above. The agencies of a heading lead only where no sentence names an actor.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest

from extractors.deadlines import read_year_bracket, says_until_when
from extractors.roles import Roles, find_condition
from pipeline.assemble.attribute_sections import AttributeSections, attribute_sections
from pipeline.assemble.attributes import Field, find_fields, read_attribute_line
from pipeline.assemble.directives import (
    TASKLESS,
    SectionKind,
    announces_enactment,
    enacts,
    is_directive,
    is_enactment,
    is_form_field,
    may_be_directive,
    starts_with_directive_verb,
)
from pipeline.assemble.drafts import Attributes, TaskDraft, bind_deadlines, bound, union
from pipeline.assemble.enumerations import tasks_apart
from pipeline.assemble.forms import FormLine, home_section, read_forms
from pipeline.assemble.goals import goal_places
from pipeline.assemble.lead_ins import LeadIn, LeadIns, addresses, heads_paragraph, led_section, only_names
from pipeline.assemble.reading import Reading, shifted_deadline
from pipeline.assemble.section_kinds import kind_of_heading
from pipeline.assemble.task_tables import cell_deadlines, lead_and_partner
from pipeline.attribute_labels import AttributeKind, attribute_kind, field_kind
from pipeline.outline import Block
from schemas import Agency, Deadline, Span

WITH_ATTRIBUTES = "-with-attributes"  # of rules
LONGEST_HEADING = 30  # words
LONGEST_LABEL = 8  # words
_TELLS_ONLY: frozenset[SectionKind] = TASKLESS | {"situation", "funding"}


@dataclass(slots=True)
class _Run:
    """The activities of one container since the last attribute line, and what attribute lines have given since."""

    container: tuple[str, int | None]
    drafts: list[int]
    given: Attributes | None = None


def block_tasks(reading: Reading) -> list[TaskDraft]:
    """A draft for each block of the body that is a directive, in document order."""
    return _Collector(reading).collect()


class _Collector:
    """Walks the blocks once.

    `lead_ins` are the lead-ins of each section, `headings` the drafts of headings that are activities, `timed` those
    that attribute lines give a time. `passed_over` is the last block that is no directive by its words, which a form
    below it makes an activity; in sections that are `spoken_to`, lines of their own name who does what follows, and
    `named` does what the paragraphs say below an item of names alone.
    """

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.sections: AttributeSections = attribute_sections(reading)
        self.goals = goal_places(reading)
        self.blocks = [block for block in reading.outline.blocks if block.zone == "body"]
        self.forms = read_forms(reading, self.blocks, self.sections.members)
        lines = {block.section for block in self.blocks if block.kind == "item" and block.span in self.forms}
        self.parents = frozenset(s.parent for place, s in enumerate(reading.outline.sections) if place not in lines)
        self.drafts: list[TaskDraft] = []
        self.timed: set[int] = set()
        self.headings: dict[int, int] = {}
        self.run = _Run(("none", None), [])
        self.lead_ins = LeadIns(reading)
        self.passed_over: Block | None = None
        self.form_says = False
        self.form_leads = False
        self.spoken_to: set[int | None] = set()
        self.named: tuple[Agency, ...] = ()
        self.labels: dict[Span, SectionKind] = {}

    def collect(self) -> list[TaskDraft]:
        members = self.sections.members
        for block, following in zip_longest(self.blocks, self.blocks[1:]):
            if block.section not in members:
                self._take(block, following)
        drafts = [self._finished(number, draft) for number, draft in enumerate(self.drafts)]
        drafts += [self._finished(None, draft) for draft in self._lead_ins_of_details()]
        return [task for draft in drafts for task in tasks_apart(self.reading, draft)]

    def _lead_ins_of_details(self) -> Iterator[TaskDraft]:
        """Lead-ins that give an order themselves, where nothing below them does: `Lấy mẫu 04 vị trí: + 01 vị trí …`."""
        for lead_in in self.lead_ins:
            if lead_in.introduced or lead_in.draft is None or not self._gives_order(lead_in.draft):
                continue
            text = self.reading.slice(lead_in.block.span)
            details = _AIMS.search(text) or (lead_in.details and _ENUMERATES.search(text))
            if details and not (_ANNOUNCES_WORK.search(text) or _leads_on(text) or _LACKS_OBJECT.search(text)):
                yield lead_in.draft

    def _gives_order(self, draft: TaskDraft) -> bool:
        return draft.names_actor or starts_with_directive_verb(self.reading.slice(draft.span))

    def _take(self, block: Block, following: Block | None) -> None:
        text = self.reading.slice(block.span)
        if block.kind != "paragraph":
            self.named = heads_paragraph(self.reading, block, following)
        line = self.forms.get(block.span) if self._label_kind(block) != "situation" else None
        if line is not None and line.rows:
            said = [self._given(span, fields) for span, fields in line.rows]
            self.form_says = any(given != Attributes() for given in said)
            self.form_leads = any(given.leads for given in said)
        if line is not None and self.form_says:
            self._fill(block, line)
        elif self._gives_lone_attribute(block, text):
            self._heading_as_activity(block)
        elif block.kind == "heading":
            self._open_heading(block, text, following)
        elif self._has_form(following) and not _ANNOUNCES_WORK.search(text):
            self._add_activity(block, text)
        elif block.introduces or _leads_on(text) or self.reading.only_a_time(block.span):
            self._lead_in(block, self._draft(block, text), following)
        elif addresses(self.reading, block, following) and not self._closes_rows(block, text, following):
            self._lead_in(block, None, following)
            if block.kind == "paragraph":
                self.spoken_to.add(block.section)
        elif self._heads(block, text, following):
            self._open_heading(block, text, following)
        else:
            self._add_activity(block, text)
            if block.kind == "paragraph" and block.section in self.spoken_to and self.reading.roles(block.span).leads:
                self.lead_ins.add(LeadIn(block, None))

    def _heads(self, block: Block, text: str, following: Block | None) -> bool:
        """Whether *block* is the heading of the paragraph below it: a short item that names nobody, where that does.

        `2. Lập danh sách hộ được hỗ trợ.` above `Ủy ban nhân dân xã lập danh sách …`.
        """
        if block.kind != "item" or following is None or following.kind != "paragraph":
            return False
        if following.section != block.section or text.count(" ") >= LONGEST_HEADING or ". " in text:
            return False
        if self.lead_ins.given(block).leads or self.reading.roles(block.span).names_actor:
            return False
        if following.introduces or read_attribute_line(self.reading.slice(following.span)) is not None:
            return False
        return self.reading.roles(following.span).names_actor

    def _lead_in(self, block: Block, draft: TaskDraft | None, following: Block | None) -> None:
        section = led_section(self.reading, block, following)
        self.lead_ins.add(LeadIn(block, draft, flat=_is_beside(block, following), section=section))

    def _closes_rows(self, block: Block, text: str, following: Block | None) -> bool:
        """Whether names on a line of their own end what stands before them, as in a table that lost its columns."""
        if block.kind != "paragraph" or text.endswith(":") or block.section in self.spoken_to:
            return False
        if following is not None and following.kind == "item":
            return False
        return any(self.drafts[number].section == block.section for number in self.run.drafts[-1:])

    def _gives_lone_attribute(self, block: Block, text: str) -> bool:
        """Whether *block* tells what comes of an activity or what it is about, and no form does (`Sản phẩm: …`)."""
        if block.kind == "heading" or self.reading.kind_of(block) in TASKLESS or self._label_kind(block) == "situation":
            return False
        attribute = read_attribute_line(text)
        return attribute is not None and attribute.kind in _TELLS_MORE and attribute.value_start < len(text)

    def _has_form(self, following: Block | None) -> bool:
        line = self.forms.get(following.span) if following is not None else None
        return line is not None and line.rows != ()

    def _open_heading(self, block: Block, text: str, following: Block | None) -> None:
        """A heading may itself be the activity that attribute lines follow; it opens a run of its own."""
        above = following is not None and block.section in {*self.reading.ancestors(following.section)}
        if not above and (draft := self._with_fields(block, text)) is not None:
            self.run = _Run(("none", None), [])
            self._add(block, draft, None)
        self.run = _Run(("below", block.section), [])
        self.passed_over = None

    def _add_activity(self, block: Block, text: str) -> None:
        container = self._container(block)
        draft = self._draft(block, text)
        if self.run.container != container or (self.run.given is not None and draft is not None):
            self.run = _Run(container, [])
        self.passed_over = block if draft is None else None
        lead_in = self.lead_ins.above(block)
        if draft is None:
            if lead_in is not None:
                lead_in.details += 1
            return
        self._add(block, draft, lead_in)
        if draft.rule.endswith(WITH_ATTRIBUTES):
            self.run.given = Attributes()

    def _add(self, block: Block, draft: TaskDraft, lead_in: LeadIn | None) -> None:
        number = len(self.drafts)
        self.run.drafts.append(number)
        self.drafts.append(draft)
        self.lead_ins.passed(block, draft)
        if lead_in is not None:
            lead_in.introduced += 1

    def _draft(self, block: Block, text: str) -> TaskDraft | None:
        """The task that *block* is by its own words and those that lead it in, None when it is no directive."""
        kind = self._kind(block)
        if block.span in self.goals:
            return None
        if (with_fields := self._with_fields(block, text)) is not None:
            return with_fields
        if not may_be_directive(text, kind=kind, normative=self.reading.normative):
            return None
        roles = self.reading.roles(block.span)
        if not is_directive(text, kind=kind, normative=self.reading.normative, roles=roles):
            return None
        if not roles.names_actor and self._is_article(block) and is_enactment(text):
            return None
        if not roles.names_actor and self._is_enacted(block) and enacts(text):
            return None
        if self._serves_as_purpose(block):
            return None
        if block.kind == "item" and block.section in self.parents and not roles.names_actor:
            return None
        if only_names(self.reading, block.span):
            return None
        own = self._own_deadlines(block.span, text)
        given = self.lead_ins.given(block)
        if self._names_partners(block, roles):
            roles = Roles((), roles.leads)
        return TaskDraft(
            span=block.span,
            section=block.section,
            rule=f"{block.kind}-in-{kind}",
            leads=roles.leads or (self.named if block.kind == "paragraph" else ()) or given.leads,
            partners=roles.partners or given.partners,
            deadlines=bind_deadlines(own, given.deadlines),
            condition=find_condition(text, own),
            names_actor=roles.names_actor,
        )

    def _with_fields(self, block: Block, text: str) -> TaskDraft | None:
        """The task that *block* is when an attribute form closes it (`Rà soát hồ sơ (chủ trì: Sở Y tế; …)`)."""
        fields = find_fields(text) if ":" in text else []
        if not fields or fields[0].start == 0 or self.reading.kind_of(block) in TASKLESS:
            return None
        given = self._given(block.span, fields)
        if not given.leads and not given.partners:
            return None
        activity = Span(block.span.start, block.span.start + fields[0].start)
        draft = self._activity(block, activity, block.kind + WITH_ATTRIBUTES)
        return bound(replace(draft, span=block.span), given)

    def _activity(self, block: Block, span: Span, rule: str) -> TaskDraft:
        """The task of *block* by the words at *span*, which a form shows to be an activity."""
        text = self.reading.slice(span)
        roles, own = self.reading.roles(span), self._own_deadlines(span, text)
        condition = find_condition(text, own)
        return TaskDraft(
            span, block.section, rule, roles.leads, roles.partners, own, condition, names_actor=roles.names_actor
        )

    def _kind(self, block: Block) -> SectionKind:
        """What the section of *block*, or a label above it in the section (`- Kết quả đạt được:`), is for.

        The items of a document that directs somebody are tasks.
        """
        kind = self.reading.kind_of(block)
        lead_in = self.lead_ins.above(block)
        if lead_in is not None and (labelled := self._label_kind(lead_in.block)) in _TELLS_ONLY:
            return labelled
        return "tasks" if kind == "unknown" and block.kind == "item" and self.reading.directed else kind

    def _label_kind(self, block: Block) -> SectionKind:
        """What a label of a few words that orders nobody leads in."""
        if block.span not in self.labels:
            text = self.reading.slice(block.span)
            short = text.endswith(":") and text.count(" ") < LONGEST_LABEL
            orders = short and self.reading.roles(block.span).leads
            self.labels[block.span] = kind_of_heading(text) if short and not orders else "unknown"
        return self.labels[block.span]

    def _is_article(self, block: Block) -> bool:
        """Whether *block* is the whole of an article (`Điều 1. …`)."""
        if block.kind != "item" or block.section is None:
            return False
        return self.reading.outline.sections[block.section].label.startswith("Điều")

    def _is_enacted(self, block: Block) -> bool:
        """Whether the article above *block* only enacts what follows (`Phê duyệt điều chỉnh Quy hoạch như sau:`)."""
        lead_in = self.lead_ins.above(block) if block.kind == "item" else None
        return lead_in is not None and announces_enactment(self.reading.slice(lead_in.block.span))

    def _serves_as_purpose(self, block: Block) -> bool:
        """Whether a sentence that ends in `nhằm:` leads *block* in: it says what for, not what to do."""
        lead_in = self.lead_ins.above(block)
        return lead_in is not None and _AIMS.search(self.reading.slice(lead_in.block.span)) is not None

    def _names_partners(self, block: Block, roles: Roles) -> bool:
        """Whether the agencies that begin *block* are partners: below `b) Chủ trì, phối hợp:` they only help."""
        title = self.reading.outline.sections[block.section].title if block.section is not None else None
        return block.kind == "bullet" and _COORDINATES.fullmatch(title or "") is not None and not roles.partners

    def _fill(self, block: Block, line: FormLine) -> None:
        """Let a line of a form bind the activities before it, or, where there are none, the heading that it is below.

        A *further* line of values below one label adds to those before it.
        """
        if line.rows and self.passed_over is not None:
            self._make_activity(self.passed_over)
        self.passed_over = None
        if any(field.kind != "content" or field.value < field.stop for field in line.fields):
            self._heading_as_activity(block)
        given = self._given(block.span, line.fields)
        if any(field.kind != "content" for field in line.fields):
            self.run.given = (self.run.given or Attributes()).merged(given)
        if self.run.given and (line.further or given.leads):  # `Chủ trì: …` above `Đồng chủ trì: …`: both lead
            given = self.run.given if line.further else replace(given, leads=self.run.given.leads)
        for number in self.run.drafts:
            self.drafts[number] = bound(self.drafts[number], given)
            if given.deadlines:
                self.timed.add(number)

    def _make_activity(self, block: Block) -> None:
        """The form below *block* shows that it is an activity, though its words would not (`Công tác tuyên truyền`)."""
        text = self.reading.slice(block.span)
        if block.span in self.goals or self.reading.kind_of(block) in TASKLESS or not _OPENS_ACTIVITY.match(text):
            return
        if only_names(self.reading, block.span) or is_form_field(text) or _NAMES_DOER.match(text):
            return
        draft = self._activity(block, block.span, block.kind + WITH_ATTRIBUTES)
        if self.run.given is not None:
            self.run = _Run(self._container(block), [])
        self._add(block, draft, self.lead_ins.above(block))

    def _given(self, span: Span, fields: Sequence[Field]) -> Attributes:
        """What the *fields* of the block at *span* give, those of one kind together."""
        given = Attributes()
        for field in fields:
            label = self.reading.text[span.start + max(field.start, 0) : span.start + field.value]
            value = Span(span.start + field.value, span.start + field.stop)
            if value.start < value.end and (found := self._value(value, field.kind, label)) is not None:
                given = given.merged(found)
        return given

    def _value(self, value: Span, kind: AttributeKind, label: str) -> Attributes | None:
        match kind:
            case "time":
                return Attributes(deadlines=cell_deadlines(self.reading, value, due=says_until_when(label)))
            case "partner":
                named, times = self._parted(value)
                return Attributes(partners=self.reading.stated_agencies(named), deadlines=times)
            case "lead" | "lead-and-partner":
                named, times = self._parted(value)
                found = lead_and_partner(self.reading, named).merged(Attributes(deadlines=times))
                who = _LEADS_ALONE.match(self.reading.slice(named))
                if found.leads or (found.partners and who is None):
                    return found
                first, stop = who.span("who") if who else (0, named.end - named.start)
                unknown = Span(named.start + first, named.start + stop)
                return replace(found, leads=self.reading.stated_agencies(unknown))
            case _:
                return None

    def _parted(self, value: Span) -> tuple[Span, tuple[Deadline, ...]]:
        """The agencies of a value and the times that stand behind them (`Sở Y tế; thời gian thực hiện: Quý II`)."""
        text = self.reading.slice(value)
        label = _TIME_LABEL.search(text)
        if label is None:
            return value, ()
        time = Span(value.start + label.end(), value.end)
        due = cell_deadlines(self.reading, time, due=says_until_when(label[0]))
        return Span(value.start, value.start + label.start()), due

    def _heading_as_activity(self, block: Block) -> None:
        section = home_section(self.reading, block)
        if section is None or self.run.drafts or self.run.container == ("heading", section):
            return
        if section in self.headings:
            self.run = _Run(("heading", section), [self.headings[section]])
            return
        head = self.reading.outline.sections[section]
        span = head.title_span
        title = head.title or ""
        if span is None or (self.reading.addressees[section] and not self.form_leads):
            return
        if attribute_kind(title) is not None or field_kind(title) == "time":  # `8. Tiến độ thực hiện dự án`
            return
        self.headings[section] = len(self.drafts)
        self.run = _Run(("heading", section), [len(self.drafts)])
        roles = self.reading.roles(span)
        own = self._own_deadlines(span, self.reading.slice(span))
        self.drafts.append(TaskDraft(span, section, "heading" + WITH_ATTRIBUTES, roles.leads, roles.partners, own))

    def _own_deadlines(self, span: Span, text: str) -> tuple[Deadline, ...]:
        known = tuple(self.reading.deadlines.within(span))
        closing = tuple(
            shifted_deadline(deadline, span.start)
            for deadline in read_year_bracket(text)
            if _CLOSES.match(text, deadline.span.end)
        )
        return union(known, tuple(d for d in closing if not any(_overlap(d.span, k.span) for k in known)))

    def _finished(self, number: int | None, draft: TaskDraft) -> TaskDraft:
        """Add what attribute sections and, for want of any other time, headings give."""
        for section in self.reading.ancestors(draft.section):
            if given := self.sections.given.get(section):
                draft = bound(draft, given)
                if given.deadlines:
                    return draft
        if number in self.timed:
            return draft
        for section in self.reading.ancestors(draft.section):
            head = self.reading.outline.sections[section]
            if (
                head.title is not None
                and head.title_span != draft.span
                and (dated := tuple(self.reading.deadlines.within(head.head)))
            ):
                return replace(draft, deadlines=bind_deadlines(draft.deadlines, dated))
        return draft

    def _container(self, block: Block) -> tuple[str, int | None]:
        """Items of one list share the section above them; bullets and paragraphs share the section they stand in."""
        if block.kind == "item" and block.section is not None:
            return ("items", self.reading.outline.sections[block.section].parent)
        return ("blocks", block.section)


_TELLS_MORE = frozenset({"content", "product"})
_LEADS_ALONE = re.compile(r"(?:(?:Giao|Phân công)(?: cho)? )?(?P<who>[^.;:]{3,90}?) chủ trì\b")
_NAMES_DOER = re.compile(r"(?:Cơ quan|Đơn vị|Cấp) [^.;:]{3,60}:")
_OPENS_ACTIVITY = re.compile(r"[\"“*]*(?:[A-ZĐÀ-Ỹ]|\d+ )[^\W\d_]*(?: \S+)* [^\W\d_]{2,}")
_TIME_LABEL = re.compile(
    r"(?i)[.;,]\s*(?:dự kiến )?(?:thời gian|thời hạn|tiến độ|hoàn thành)"
    r"(?:[, ]*(?:thực hiện|hoàn thành|triển khai))*\s*:\s*"
)
_AIMS = re.compile(r"(?i)\b(?:nhằm|để)(?: mục đích)?\s*:$")
_COORDINATES = re.compile(r"(?i)(?:chủ trì, ?|chủ động )?phối hợp(?: chặt chẽ)?(?: với)?\s*:?")
_ANNOUNCES_WORK = re.compile(r"(?i)(?:nhiệm vụ|công việc|giải pháp|việc)(?: [^.;:]{0,40})? sau(?: đây)?\s*:?$")
# `Tham mưu trình HĐND tỉnh quyết định:`: what is to be decided stands below.
_LACKS_OBJECT = re.compile(
    r"(?i)\b(?:quyết định|trình|thực hiện|xây dựng|ban hành|tham mưu|triển khai|tổ chức|hướng dẫn|phê duyệt|xem xét"
    r"|giải quyết|kiểm tra|rà soát|đề xuất|hoàn thành|hoàn thiện)(?: \([^()]*\))?\s*:$"
)
# `Sở Nội vụ có trách nhiệm:` leads in what follows, whatever its layout.
_LEADS_ON = re.compile(
    r"(?i)(?:(?:(?:có|chịu) trách nhiệm|có nhiệm vụ)(?: sau(?: đây)?)?\s*:?|(?:đề nghị|(?<!các )yêu cầu)\s*:)$"
)
_ENUMERATES = re.compile(r"(?i)\b(?:gồm|cụ thể|tại|là|cho|với)\s*:$")
_CLOSES = re.compile(r"[^()]*\)[\s.;,/]*$")


def _leads_on(text: str) -> bool:
    """Whether *text* ends in the words that give a duty: `Sở Nội vụ có trách nhiệm:`."""
    return text.endswith(":") and _LEADS_ON.search(text) is not None


def _is_beside(block: Block, following: Block | None) -> bool:
    """Whether *following* is a bullet of the same depth: a dump that writes all its bullets alike."""
    return following is not None and block.kind == following.kind == "bullet" and block.depth == following.depth


def _overlap(first: Span, second: Span) -> bool:
    return first.start < second.end and second.start < first.end
