"""Tasks from the blocks of a document: a walk from block to block that tells what each of them is.

A block is a line of a form, a heading, a lead-in of others, or an activity. `drafting` says whether an activity is a
task, `lead_ins` and `activities` keep what lead-ins and forms say of others. At the end sections that are attribute
lines (`2. Cơ quan chủ trì, phối hợp` beside `1. Nội dung`) and dated headings add theirs; the agencies of a heading
lead only where no sentence names an actor.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import zip_longest

from pipeline.assemble.activities import Activities
from pipeline.assemble.addresses import addresses, heads_paragraph, led_section
from pipeline.assemble.attribute_sections import AttributeSections, attribute_sections
from pipeline.assemble.attributes import read_attribute_line
from pipeline.assemble.block_kinds import BlockKinds
from pipeline.assemble.dated import DatedBlocks
from pipeline.assemble.directive_verbs import starts_with_directive_verb
from pipeline.assemble.directives import gives_order_on_topic
from pipeline.assemble.drafting import Drafter, says_what_for
from pipeline.assemble.drafts import TaskDraft, bind_deadlines, bound
from pipeline.assemble.enumerations import begins_with_actor, find_members, tasks_apart
from pipeline.assemble.forms import FormLine, read_forms
from pipeline.assemble.lead_ins import LeadIn, LeadIns, leads_on
from pipeline.assemble.reading import Reading
from pipeline.assemble.section_kinds import TASKLESS
from pipeline.outline import Block
from schemas import Agency, Span

LONGEST_HEADING = 30  # words


def block_tasks(reading: Reading) -> list[TaskDraft]:
    """A draft for each block of the body that is a directive, in document order."""
    return _Collector(reading).collect()


class _Collector:
    """Walks the blocks once.

    In sections that are `spoken_to`, lines of their own name who does what follows, and `named` does what the
    paragraphs say below an item of names alone.
    """

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.sections: AttributeSections = attribute_sections(reading)
        self.blocks = [block for block in reading.outline.blocks if block.zone == "body"]
        self.forms = read_forms(reading, self.blocks, self.sections.members)
        lines = {block.section for block in self.blocks if block.kind == "item" and block.span in self.forms}
        parents = frozenset(s.parent for place, s in enumerate(reading.outline.sections) if place not in lines)
        self.lead_ins = LeadIns(reading)
        self.kinds = BlockKinds(reading, self.lead_ins)
        self.drafter = Drafter(reading, self.lead_ins, self.kinds, parents)
        self.activities = Activities(reading, self.drafter, self.lead_ins)
        self.dated = DatedBlocks(reading)
        self.spoken_to: set[int | None] = set()
        self.named: tuple[Agency, ...] = ()

    def collect(self) -> list[TaskDraft]:
        members = self.sections.members
        for block, following in zip_longest(self.blocks, self.blocks[1:]):
            if block.section not in members:
                self._take(block, following)
        drafts = [self._finished(number, draft) for number, draft in enumerate(self.activities.drafts)]
        orders = [one for one in self.lead_ins if one.draft is not None and self._gives_order(one.draft)]
        drafts += [self._finished(None, draft) for draft in self.dated.tasks(orders)]
        drafts += [self._finished(None, draft) for draft in self._lead_ins_of_details()]
        return [task for draft in drafts for task in tasks_apart(self.reading, draft)]

    def _take(self, block: Block, following: Block | None) -> None:
        text = self.reading.slice(block.span)
        if block.kind != "paragraph":
            self.named = heads_paragraph(self.reading, block, following)
        line = self.forms.get(block.span) if self.kinds.by_label(block) != "situation" else None
        if line is not None and self.activities.form_speaks(line):
            if (order := self._order_behind_label(block, line)) is not None:
                self._take_activity(block, order)
                self.activities.end_run()
            else:
                self.activities.fill(block, line)
        elif self._gives_lone_attribute(block, text):
            self.activities.heading_as_activity(block)
        elif block.kind == "heading":
            self._open_heading(block, text, following)
        elif self._has_form(following) and not _ANNOUNCES_WORK.search(text):
            self._take_activity(block, text)
        elif (
            block.introduces
            or leads_on(text)
            or self.reading.only_a_time(block.span)
            or _leads_in_beside(block, text, following)
        ):
            self._lead_in(block, self._draft(block, text), following)
        elif addresses(self.reading, block, following) and not self._closes_rows(block, text, following):
            self._lead_in(block, None, following)
            if block.kind == "paragraph":
                self.spoken_to.add(block.section)
        elif self._heads(block, text, following):
            self._open_heading(block, text, following)
        else:
            self._take_activity(block, text)
            if block.kind == "paragraph" and block.section in self.spoken_to and self.reading.roles(block.span).leads:
                self.lead_ins.add(LeadIn(block, None))

    def _gives_lone_attribute(self, block: Block, text: str) -> bool:
        """Whether *block* tells what comes of an activity or what it is about, and no form does (`Sản phẩm: …`)."""
        if block.kind == "heading" or self.reading.kind_of(block) in TASKLESS:
            return False
        if self.kinds.by_label(block) == "situation":
            return False
        attribute = read_attribute_line(text)
        return attribute is not None and attribute.kind in _TELLS_MORE and attribute.value_start < len(text)

    def _order_behind_label(self, block: Block, line: FormLine) -> str | None:
        """What a line of a form orders by itself where it has no activity above it: `Tiến độ: Sở Y tế xây 2 trạm.`"""
        value = Span(block.span.start + line.fields[0].value, block.span.end)
        text = self.reading.slice(value)
        first = value.start + next((start for start, _ in find_members(text)), 0)
        order = Span(first, value.end)
        if not begins_with_actor(self.reading, order) or self.activities.stand_above(block):
            return None
        return self.reading.slice(order)

    def _has_form(self, following: Block | None) -> bool:
        line = self.forms.get(following.span) if following is not None else None
        return line is not None and line.rows != ()

    def _closes_rows(self, block: Block, text: str, following: Block | None) -> bool:
        """Whether names on a line of their own end what stands before them, as in a table that lost its columns."""
        if block.kind != "paragraph" or text.endswith(":") or block.section in self.spoken_to:
            return False
        if following is not None and following.kind == "item":
            return False
        return self.activities.last_stands_in(block.section)

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

    def _open_heading(self, block: Block, text: str, following: Block | None) -> None:
        above = following is not None and block.section in {*self.reading.ancestors(following.section)}
        self.activities.open_heading(block, None if above else self.drafter.with_fields(block, text))

    def _lead_in(self, block: Block, draft: TaskDraft | None, following: Block | None) -> None:
        section = led_section(self.reading, block, following)
        self.lead_ins.add(LeadIn(block, draft, flat=_is_beside(block, following), section=section))

    def _take_activity(self, block: Block, text: str) -> None:
        draft = self._draft(block, text)
        if self.dated.is_dated(block):
            if draft is not None:
                self.dated.count(block)
            elif (dated := self.drafter.by_date(block, text)) is not None:
                self.dated.wait(block, dated, self.lead_ins.leading(block))
        self.activities.take(block, draft)

    def _draft(self, block: Block, text: str) -> TaskDraft | None:
        return self.drafter.by_words(block, text, named=self.named if block.kind == "paragraph" else ())

    def _lead_ins_of_details(self) -> Iterator[TaskDraft]:
        """Lead-ins that give an order themselves, where nothing below them does (`Lấy mẫu 04 vị trí: + 01 vị trí …`),
        or in sentences before the one that leads in (`Lập đề án trong quý II. Tập trung vào một số nội dung: …`).
        """
        for lead_in in self.lead_ins:
            if lead_in.draft is None or not self._gives_order(lead_in.draft):
                continue
            text = self.reading.slice(lead_in.block.span)
            if _LEADS_IN_LAST.search(text):
                yield lead_in.draft
            if lead_in.introduced or _LEADS_IN_LAST.search(text):
                continue
            details = says_what_for(text) or (lead_in.details and (lead_in.flat or _ENUMERATES.search(text)))
            if details and not (_ANNOUNCES_WORK.search(text) or leads_on(text) or _LACKS_OBJECT.search(text)):
                yield lead_in.draft

    def _gives_order(self, draft: TaskDraft) -> bool:
        text = self.reading.slice(draft.span)
        return draft.names_actor or starts_with_directive_verb(text) or gives_order_on_topic(text)

    def _finished(self, number: int | None, draft: TaskDraft) -> TaskDraft:
        """Add what attribute sections and, for want of any other time, headings give."""
        for section in self.reading.ancestors(draft.section):
            if given := self.sections.given.get(section):
                draft = bound(draft, given)
                if given.deadlines:
                    return draft
        if number in self.activities.timed:
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


def _is_beside(block: Block, following: Block | None) -> bool:
    """Whether *following* is a bullet of the same depth: a dump that writes all its bullets alike."""
    return following is not None and block.kind == following.kind == "bullet" and block.depth == following.depth


def _leads_in_beside(block: Block, text: str, following: Block | None) -> bool:
    """Whether *block* is a bullet that leads in those beside it, as in a dump that writes all its bullets alike."""
    if following is None or not text.endswith(":") or following.section != block.section:
        return False
    return _is_beside(block, following) and not says_what_for(text)


_TELLS_MORE = frozenset({"content", "product"})
_ANNOUNCES_WORK = re.compile(r"(?i)(?:nhiệm vụ|công việc|giải pháp|việc)(?: [^.;:]{0,40})? sau(?: đây)?\s*:?$")
# `Tham mưu trình HĐND tỉnh quyết định:`: what is to be decided stands below.
_LACKS_OBJECT = re.compile(
    r"(?i)\b(?:quyết định|trình|thực hiện|xây dựng|ban hành|tham mưu|triển khai|tổ chức|hướng dẫn|phê duyệt|xem xét"
    r"|giải quyết|kiểm tra|rà soát|đề xuất|hoàn thành|hoàn thiện)(?: \([^()]*\))?\s*:$"
)
# A further sentence that only leads in: `…. Tập trung vào một số nội dung:`.
_LEADS_IN_LAST = re.compile(
    r"[^\s.;:]{2,}[.;] (?:(?:(?:Trước mắt|Trong đó|Theo đó),? )?[Tt]ập trung|Các nội dung|Nội dung)\b[^.;:]{0,80}:$"
)
_ENUMERATES = re.compile(r"(?i)\b(?:gồm|cụ thể|tại|là|cho|với)\s*:$")
