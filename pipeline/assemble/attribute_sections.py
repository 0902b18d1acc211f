"""Sections that are attribute lines: `2. Cơ quan chủ trì, phối hợp` and `3. Thời gian thực hiện` beside `1. Nội dung`.

What they list binds every activity of the section above them. A section is one only when its heading is a label of
that kind and its blocks hold nothing but agencies or a time; `IV. THỜI GIAN THỰC HIỆN` with dated activities is not.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass

from extractors.deadlines import says_until_when
from pipeline.assemble.attribute_values import lead_and_partner, stated_deadlines
from pipeline.assemble.drafts import Attributes
from pipeline.assemble.reading import Reading
from pipeline.attribute_labels import BINDING, AttributeKind, attribute_kind, field_kind, label_at_start
from pipeline.outline import Block, OutlineSection
from schemas import Span

LONGEST_REMARK = 12


@dataclass(frozen=True, slots=True)
class AttributeSections:
    """`members` are the attribute sections; `given[s]` is what they give to the activities below section *s*."""

    members: frozenset[int]
    given: dict[int, Attributes]


def attribute_sections(reading: Reading) -> AttributeSections:
    """Find the attribute sections of a document and what they give."""
    sections = reading.outline.sections
    labelled = {i: kind for i, s in enumerate(sections) if (kind := _binding_kind(s.title)) and s.parent is not None}
    children: dict[int, list[int]] = defaultdict(list)
    for i, section in enumerate(sections):
        if section.parent is not None:
            children[section.parent].append(i)
    members = {
        i
        for i in labelled
        if all(child in labelled for child in children[i])
        and any(_holds_activities(reading, sections[sibling]) for sibling in children[sections[i].parent or 0])
    }
    members |= {child for i in list(members) for child in children[i]}
    blocks: dict[int, list[Block]] = defaultdict(list)
    for block in reading.outline.blocks:
        if block.section in members:
            blocks[block.section].append(block)
    orders = {i for i in members if any(_gives_order(reading, block) for block in blocks[i])}
    members -= orders | {child for i in orders for child in children[i]}
    given: dict[int, Attributes] = {}
    for i in sorted(members):
        top = _top(reading, i, members)
        value = _section_value(reading, i, labelled.get(i, "lead"), blocks[i])
        if top is not None:
            given[top] = given.get(top, Attributes()).merged(value)
    return AttributeSections(frozenset(members), given)


def _holds_activities(reading: Reading, section: OutlineSection) -> bool:
    """Whether a section beside attribute sections is none itself: `Nội dung` is, `Kinh phí` and `Địa điểm` are not."""
    label = section.title or label_at_start(_MARKER.sub("", reading.slice(section.head)))
    return label is None or field_kind(label) in {None, "content"}


def _gives_order(reading: Reading, block: Block) -> bool:
    """Whether *block* tells its agencies to do something (`- Sở Tài chính tham mưu UBND tỉnh bố trí ngân sách …`)."""
    named = [agency.span for agency in reading.agencies.within(block.span) if agency.span is not None]
    text = reading.slice(block.span)
    words = len(text.split())
    if not named or text.startswith("(") or words <= LONGEST_REMARK:
        return False
    return 2 * sum(len(reading.slice(span).split()) for span in named) < words


def _binding_kind(title: str | None) -> AttributeKind | None:
    kind = attribute_kind(title) if title else None
    return kind if kind in BINDING else None


def _top(reading: Reading, section: int, members: set[int]) -> int | None:
    parent = reading.outline.sections[section].parent
    while parent is not None and parent in members:
        parent = reading.outline.sections[parent].parent
    return parent


def _section_value(reading: Reading, section: int, kind: AttributeKind, blocks: list[Block]) -> Attributes:
    found = Attributes()
    due = says_until_when(reading.outline.sections[section].title or "")
    for block in blocks:
        span = _value_span(reading, section, block)
        if span is None:
            continue
        if kind == "time":
            found = found.merged(Attributes(deadlines=stated_deadlines(reading, span, due=due)))
        elif kind == "partner":
            found = found.merged(Attributes(partners=reading.declared_agencies(span)))
        else:
            found = found.merged(lead_and_partner(reading, span))
    return found


def _value_span(reading: Reading, section: int, block: Block) -> Span | None:
    """The words of *block* behind the label, None when it is the bare heading or a remark in brackets."""
    text = reading.slice(block.span)
    title = reading.outline.sections[section].title_span
    start = block.span.start
    if title is not None and start <= title.start < block.span.end:
        rest = reading.text[title.end : block.span.end]
        start = title.end + len(rest) - len(rest.lstrip(" :.-"))
    if start >= block.span.end or text.startswith("("):
        return None
    return Span(start, block.span.end)


_MARKER = re.compile(r"[^\s]{1,8} ")
