"""Who and when a value says whose label or column asks for it: `Sở Y tế chủ trì, phối hợp với Sở Tài chính`, `Quý II`.

The same words may stand in a cell of a table, behind a label on a line of its own or in a section of their own. What
asks for agencies may get any name (`Khoa Dược`); what asks for a lead may get its partners and a time as well.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from extractors.deadlines import read_deadline_cell, says_until_when
from pipeline.assemble.attributes import Field
from pipeline.assemble.drafts import Attributes
from pipeline.assemble.reading import Reading, shifted_deadline
from pipeline.attribute_labels import AttributeKind
from schemas import Agency, Deadline, Span


def given_by_fields(reading: Reading, span: Span, fields: Sequence[Field]) -> Attributes:
    """What the *fields* of the block at *span* give, those of one kind together."""
    given = Attributes()
    for field in fields:
        label = reading.text[span.start + max(field.start, 0) : span.start + field.value]
        value = Span(span.start + field.value, span.start + field.stop)
        if value.start < value.end and (found := _value(reading, value, field.kind, label)) is not None:
            given = given.merged(found)
    return given


def stated_deadlines(
    reading: Reading, span: Span, *, due: bool = False, year: int | None = None
) -> tuple[Deadline, ...]:
    """The deadlines of a time cell or of the value of a time line; where it says until when, a bare day is *due*.

    A time without year is of *year*, and if there is none of the plan's.
    """
    plan_year = reading.plan_year if year is None else year
    found = read_deadline_cell(reading.slice(span), issued=reading.issued, plan_year=plan_year, due=due)
    return tuple(shifted_deadline(deadline, span.start) for deadline in found)


def lead_and_partner(reading: Reading, span: Span) -> Attributes:
    """A value that names leads and, after `phối hợp`, partners: `Sở Y tế chủ trì, phối hợp với Sở Tài chính; …`."""
    text = reading.slice(span)
    turn = _TURN.search(text)
    if turn is None and not _SENTENCE.search(text):
        return Attributes(leads=reading.declared_agencies(span))
    if turn is None:
        roles = reading.roles(span)
        return Attributes(leads=roles.leads or reading.declared_agencies(span), partners=roles.partners)
    does = _DOES_IT.search(text, turn.end())
    stop = span.start + does.start() if does else span.end
    partners: tuple[Agency, ...] = reading.declared_agencies(Span(span.start + turn.end(), stop))
    roles = reading.roles(span)
    leads = reading.declared_agencies(Span(span.start, span.start + turn.start())) if turn.start() else ()
    return Attributes(leads=roles.leads or leads, partners=partners or roles.partners)


def turns_to_partners(text: str) -> bool:
    """Whether a value goes over to partners: `Sở Y tế phối hợp với Sở Tài chính`."""
    return _TURN.search(text) is not None


def _value(reading: Reading, value: Span, kind: AttributeKind, label: str) -> Attributes | None:
    match kind:
        case "time":
            return Attributes(deadlines=stated_deadlines(reading, value, due=says_until_when(label)))
        case "partner":
            named, times = _parted(reading, value)
            return Attributes(partners=reading.stated_agencies(named), deadlines=times)
        case "lead" | "lead-and-partner":
            return _lead(reading, value)
        case _:
            return None


def _lead(reading: Reading, value: Span) -> Attributes:
    """The leads of a value with what else it says, as printed where no rule knows any (`Khoa Dược chủ trì`)."""
    named, times = _parted(reading, value)
    found = lead_and_partner(reading, named).merged(Attributes(deadlines=times))
    who = _LEADS_ALONE.match(reading.slice(named))
    if found.leads or (found.partners and who is None):
        return found
    first, stop = who.span("who") if who else (0, named.end - named.start)
    return replace(found, leads=reading.stated_agencies(Span(named.start + first, named.start + stop)))


def _parted(reading: Reading, value: Span) -> tuple[Span, tuple[Deadline, ...]]:
    """The agencies of a value and the times that stand behind them (`Sở Y tế; thời gian thực hiện: Quý II`)."""
    label = _TIME_LABEL.search(reading.slice(value))
    if label is None:
        return value, ()
    time = Span(value.start + label.end(), value.end)
    due = stated_deadlines(reading, time, due=says_until_when(label[0]))
    return Span(value.start, value.start + label.start()), due


_LEADS_ALONE = re.compile(r"(?:(?:Giao|Phân công)(?: cho)? )?(?P<who>[^.;:]{3,90}?) chủ trì\b")
_TIME_LABEL = re.compile(
    r"(?i)[.;,]\s*(?:dự kiến )?(?:thời gian|thời hạn|tiến độ|hoàn thành)"
    r"(?:[, ]*(?:thực hiện|hoàn thành|triển khai))*\s*:\s*"
)
_TURN = re.compile(
    r"(?i)[,;.]?\s*(?:và\s+)?(?:đơn vị |cơ quan )?phối hợp"
    r"(?: chặt chẽ)?(?: thực hiện)?(?:\s*:)?(?: cùng)?(?: với)?\s*:?\s*"
)
# `… phối hợp với các sở, ngành triển khai.`: what all of them do.
_DOES_IT = re.compile(r"(?i)(?<!đơn vị) (?:cùng |để )?(?:tổ chức |triển khai )?(?:thực hiện|triển khai)[\s.;]*$")
# Words of a sentence: what stands before them acts, what stands behind them may only be named.
_SENTENCE = re.compile(
    r"(?i)\b(?:chủ trì|trách nhiệm|thực hiện|tham mưu|hướng dẫn|giao|báo cáo|xây dựng|tổ chức (?!chính|xã|đoàn|kinh)"
    r"|cùng|với|trình|theo dõi|đôn đốc|tổng hợp|làm|là)\b"
)
