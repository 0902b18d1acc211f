"""The cleaned text as lines of pieces, each piece with the records that cover it; the pieces joined are the text.

    lines = text_lines(document, hidden=rejected_records)
    lines[0].pieces[0].records  # ("deadline-3", "task-7"): the smallest first

A letter that a browser would change (a carriage return, a null) or that turns the reading direction is shown as another
one, so that places on the page stay places in the text and hostile text cannot look like other text.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import NamedTuple

from schemas import PlanDocument, Record, Span


class Piece(NamedTuple):
    """A stretch of one line that the same records cover; `before` is how the input spelt it, if it was repaired."""

    start: int
    text: str
    kinds: tuple[str, ...]
    records: tuple[str, ...]
    before: str | None = None


class Line(NamedTuple):
    """One line without its newline; `heading` is the level of the section that it opens, 0 for none."""

    start: int
    pieces: tuple[Piece, ...]
    heading: int = 0
    thin: bool = False


class Mark(NamedTuple):
    """A record's place in the text."""

    start: int
    end: int
    kind: str
    record: str
    before: str | None = None


def text_lines(document: PlanDocument, *, hidden: Iterable[Record] = ()) -> tuple[Line, ...]:
    """The lines of the document's text with what was read there; *hidden* records are marked as such."""
    marks = sorted(
        (*_marks(document), *(Mark(each.span.start, each.span.end, "gone", each.id) for each in hidden if each.id)),
        key=_place,
    )
    heads = {each.span.start: each for each in reversed(document.sections) if each.title}
    lines, at, open_marks = [], 0, [Mark(0, 0, "", "")][:0]
    start = 0
    for raw in document.text.split("\n"):
        end = start + len(raw)
        while at < len(marks) and marks[at].start < end:
            open_marks.append(marks[at])
            at += 1
        open_marks = [mark for mark in open_marks if mark.end > start]
        head = next((heads[place] for place in range(start, min(start + INDENT, end)) if place in heads), None)
        level = head.level if head and len(raw) <= len(head.label) + len(head.title or "") + INDENT else 0
        lines.append(Line(start, _pieces(raw, start, open_marks), level, raw.strip(" |") == ""))
        start = end + 1
    return tuple(lines)


def shown_letters(text: str) -> str:
    r"""*text* with as many letters, none of which a browser changes or obeys.

    >>> shown_letters("a\r\u202eb\x00")
    'a␍�b␀'
    """
    return text.translate(_SHOWN)


def _pieces(raw: str, start: int, marks: list[Mark]) -> tuple[Piece, ...]:
    end = start + len(raw)
    inside = [mark for mark in marks if mark.start < end and mark.end > start]
    borders = sorted(
        {start, end, *(min(max(place, start), end) for mark in inside for place in (mark.start, mark.end))}
    )
    return tuple(
        _piece(raw[left - start : right - start], left, [mark for mark in inside if mark.start <= left < mark.end])
        for left, right in pairwise(borders)
    )


def _piece(text: str, start: int, marks: list[Mark]) -> Piece:
    marks = sorted(marks, key=lambda mark: mark.end - mark.start)
    kinds = tuple(dict.fromkeys(mark.kind for mark in marks))
    records = tuple(dict.fromkeys(mark.record for mark in marks if mark.record))
    before = next((mark.before for mark in marks if mark.before is not None), None)
    return Piece(start, shown_letters(text), kinds, records, before)


def _marks(document: PlanDocument) -> Iterator[Mark]:
    for kind in MARKED:
        for record in getattr(document, f"{kind}s"):
            for span in _spans(record):
                if span.end > span.start:
                    yield Mark(span.start, span.end, kind, record.id, record.before if kind == "repair" else None)
    for task in document.tasks:
        for role in ("lead", "partner"):
            for agency in getattr(task, f"{role}s"):
                if agency.span:
                    yield Mark(agency.span.start, agency.span.end, role, task.id)


def _spans(record: Record) -> Iterable[Span]:
    return getattr(record, "spans", ()) or (record.span,)


def _place(mark: Mark) -> tuple[int, int]:
    return mark.start, -mark.end


MARKED = ("task", "target", "deadline", "budget", "table", "citation", "repair")
INDENT = 12  # characters of a heading's line beside its label and title
_SHOWN: dict[int, int] = {code: 0x2400 + code for code in range(32) if code not in (9, 10)}
_SHOWN |= {127: 0x2421}
_SHOWN |= dict.fromkeys(
    (0x85, 0x2028, 0x2029, 0x200E, 0x200F, 0x061C, *range(0x202A, 0x202F), *range(0x2066, 0x206A)), 0xFFFD
)
