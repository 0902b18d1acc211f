"""Attribute forms: the runs of blocks that say who does an activity, with whom and until when.

    3. Số hóa tài liệu lưu trữ
    - Cơ quan chủ trì: Sở Nội vụ
    - Sản phẩm: Cơ sở dữ liệu
    - Thời gian thực hiện: Quý II/2026

A run is a form when one of its labels asks for who or when; then every labelled line beside it belongs to it, also one
that would be something else by itself (`Đối tượng: …`). Whose form it is, `pipeline.assemble.activities`
decides.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import zip_longest

from pipeline.assemble.addresses import only_assigns, only_names
from pipeline.assemble.attributes import Field, find_fields
from pipeline.assemble.reading import Reading
from pipeline.assemble.section_kinds import TASKLESS
from pipeline.attribute_labels import (
    BINDING,
    LONGEST_LABEL,
    AttributeKind,
    asks_for_doers,
    asks_for_helpers,
    attribute_kind,
    label_at_start,
)
from pipeline.outline import Block
from schemas import Span

LONGEST_VALUE = 300  # of a value on a line of its own
LONGEST_UNKNOWN = 5  # words of a label that no table knows


@dataclass(frozen=True, slots=True)
class FormLine:
    """What one block gives: its fields, by the offsets of the block; a `further` line adds to the value above it.

    The first line of a form knows all `rows` of it, spans of blocks with their fields; the others know none.
    """

    fields: tuple[Field, ...]
    further: bool = False
    rows: tuple[tuple[Span, tuple[Field, ...]], ...] = ()


def read_forms(reading: Reading, blocks: Sequence[Block], skipped: frozenset[int]) -> Mapping[Span, FormLine]:
    """The lines of forms among *blocks*, by the span of the block; blocks of *skipped* sections belong to none."""
    forms: dict[Span, FormLine] = {}
    if reading.normative:  # `Thời hạn giải quyết: 07 ngày làm việc` rules on procedures
        return forms
    run: list[_Row] = []
    recurring = _recurring_labels(reading, blocks)
    for block, following in zip_longest(blocks, blocks[1:]):
        row = None if block.section in skipped else _row(reading, block, following, run, recurring)
        if row is None:
            _close(reading, run, forms)
            run = []
        else:
            run.append(row)
    _close(reading, run, forms)
    return forms


def home_section(reading: Reading, block: Block) -> int | None:
    """The section whose activity a line of a form speaks of: the one above where the line has a label of its own."""
    if block.kind == "item" and block.section is not None:
        return reading.outline.sections[block.section].parent
    return block.section


@dataclass(frozen=True, slots=True)
class _Row:
    """A block that may be a line of a form; `label` is the row whose value it goes on with."""

    block: Block
    fields: tuple[Field, ...]
    label: _Row | None = None
    known: bool = True

    @property
    def awaits(self) -> bool:
        """Whether the value of the last label stands below it."""
        last = self.fields[-1]
        return self.known and last.stop <= last.value and last.kind != "content"


def _close(reading: Reading, run: list[_Row], forms: dict[Span, FormLine]) -> None:
    """Take *run* for a form when it says who or when."""
    while run and not run[-1].known:
        run.pop()
    if any(_tells(reading, row, field) for row in run for field in row.fields):
        rows = tuple((row.block.span, row.fields) for row in run)
        for place, row in enumerate(run):
            forms[row.block.span] = FormLine(row.fields, row.label is not None, () if place else rows)


def _tells(reading: Reading, row: _Row, field: Field) -> bool:
    """Whether *field* makes lines a form: it says who, or when under a label that means nothing else."""
    if field.kind not in BINDING or field.stop <= field.value:
        return False
    label = reading.text[row.block.span.start + field.start : row.block.span.start + field.value]
    return (
        field.kind != "time"
        or row.label is not None
        or attribute_kind(label.rstrip(" :-–")) == "time"
        or ":" not in label
    )


def _recurring_labels(reading: Reading, blocks: Sequence[Block]) -> frozenset[str]:
    """The words before a colon with which several blocks begin (`Mức chi: …`): the document uses them as labels."""
    openings = (reading.text[block.span.start : block.span.start + LONGEST_LABEL] for block in blocks)
    found = Counter(match["label"] for text in openings if ":" in text and (match := _UNKNOWN_LABEL.match(text)))
    return frozenset(label for label, times in found.items() if times > 1)


def _row(
    reading: Reading, block: Block, following: Block | None, run: Sequence[_Row], recurring: frozenset[str]
) -> _Row | None:
    if block.kind == "heading" or (home := home_section(reading, block)) is None or reading.kinds[home] in TASKLESS:
        return None
    text = reading.slice(block.span)
    if (who := _who(reading, block, text, within=bool(run))) is not None:
        return _Row(block, (who,))
    fields = find_fields(text, within=bool(run)) if any(mark in text for mark in _MARKS) else []
    if fields and fields[0].start == 0:
        return _Row(block, tuple(fields))
    label = _label_above(reading, run[-1], block) if run else None
    if label is not None and _is_value(reading, block, text, label, following):
        return _Row(block, (Field(label.fields[-1].kind, 0, 0, len(text)),), label)
    if only_assigns(reading, block, following, within=bool(run)):
        return _Row(block, (Field("lead-and-partner", 0, 0, len(text)),))
    unknown = _UNKNOWN_LABEL.match(text) if not fields else None
    if unknown is not None and (unknown["label"] in recurring or (run and block.kind == run[-1].block.kind)):
        value = Span(block.span.start + unknown.end("label") + 1, block.span.end)
        kind: AttributeKind = "time" if reading.only_a_time(value) else "other"
        known = kind == "time" or unknown["label"] in recurring
        return _Row(block, (Field(kind, 0, value.start - block.span.start, len(text)),), known=known)
    return None


def _who(reading: Reading, block: Block, text: str, *, within: bool) -> Field | None:
    """The field of a line that has words of duty before its colon and nothing but names behind it.

    *within* a form, whoever takes part may stand there, too (`Các đơn vị liên quan: …`).
    """
    head, colon, _ = text[:LONGEST_LABEL].partition(":")
    kind: AttributeKind | None = "lead" if colon and asks_for_doers(head) else None
    if kind is None and colon and within and asks_for_helpers(head):
        kind = "partner"
    if kind is None:
        return None
    value = Span(block.span.start + len(head) + 1, block.span.end)
    names = only_names(reading, value) or only_names(reading, block.span)  # a label that is a group is one of them
    return Field(kind, 0, len(head) + 1, len(text)) if names else None


def _label_above(reading: Reading, before: _Row, block: Block) -> _Row | None:
    """The bare label whose value *block* may give: the line above it, or that of the values which it goes on with."""
    if before.awaits:
        return before
    label, above = before.label, before.block
    if label is None or above.kind != block.kind or above.depth != block.depth:
        return None
    deeper = block.kind == "bullet" and block.depth > label.block.depth
    return label if deeper or reading.slice(above.span)[-1:] in ",;" else None


def _is_value(reading: Reading, block: Block, text: str, label: _Row, following: Block | None) -> bool:
    """Whether *block* is what *label* asks for: deeper bullets are; any other line must look like it."""
    kind = label.fields[-1].kind
    if block.kind == "bullet" and block.depth > label.block.depth and label.block.kind == "bullet" and kind in BINDING:
        return True
    if len(text) > LONGEST_VALUE or (block.kind == "item" and label.block.kind != "item"):
        return False
    if kind not in BINDING and reading.roles(block.span).names_actor:
        return False
    if following is not None and label_at_start(reading.slice(following.span)) is not None:
        return True
    if kind == "time":
        return bool(reading.deadlines.within(block.span)) or text.count(" ") < MOST_WORDS
    return kind in BINDING and (text.count(" ") < MOST_WORDS or bool(reading.agency_list(block.span)))


MOST_WORDS = 6
_MARKS = (":", " là ", " - ", " – ", "hoàn thành", "Hoàn thành", "Thực hiện")
_UNKNOWN_LABEL = re.compile(rf"(?P<label>[^\W\d_][^\s:.;,]*(?: [^\s:.;,\d]+){{0,{LONGEST_UNKNOWN - 1}}}\s?):\s*\S")
