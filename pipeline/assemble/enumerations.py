"""Tasks that one block gives one after another: `Yêu cầu: (i) Sở Y tế cấp thuốc; (ii) Sở Xây dựng sửa cầu.` is two.

The labels set the directives apart as well as lines of their own would. Members that are only objects or details of one
directive (`ban hành các quy chế: (i) Quy chế làm việc; …`) leave it whole: at least half of them must be orders.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from extractors.conditions import find_condition
from pipeline.assemble.directive_verbs import starts_with_directive_verb
from pipeline.assemble.drafts import TaskDraft, bind_deadlines
from pipeline.assemble.reading import Reading
from pipeline.clean.marks import UPPER
from schemas import Agency, Span

Member = tuple[int, int]
NEAR = 12  # characters: `Giao `, `Đề nghị `


def tasks_apart(reading: Reading, draft: TaskDraft, *, levels: int = 3) -> Iterator[TaskDraft]:
    """The tasks of *draft*: one for each member of the enumeration that it holds, itself where it holds none.

    A member is led by whom it names, else by whom the words before the first member name or the draft has from above;
    it may hold an enumeration itself, down to so many *levels*: `(1) …; (2) Sở Y tế: (a) …; (b) …`.
    """
    text = reading.slice(draft.span)
    own = _own_label(reading.text, draft.span.start)
    members = (find_members(text, own=own) if own else []) or find_members(text)
    spans = [Span(draft.span.start + start, draft.span.start + stop) for start, stop in members]
    if not spans or not levels or not _are_orders(reading, text[: members[0][0]], spans):
        yield draft
        return
    leads, partners = (_named_before(agencies, draft.span, spans[0]) for agencies in (draft.leads, draft.partners))
    if (first := _first_order(reading, draft.span, text[: members[0][0]])) is not None:
        spans.insert(0, first)
    shared = tuple(d for d in draft.deadlines if not any(d.span.overlaps(span) for span in spans))
    for span in spans:
        roles, bound = reading.roles(span), tuple(d for d in draft.deadlines if d.span.overlaps(span))
        member = replace(
            draft,
            span=span,
            leads=roles.leads or leads,
            partners=roles.partners or partners,
            deadlines=bind_deadlines(bound, shared),
            condition=find_condition(reading.slice(span), bound),
            names_actor=roles.names_actor,
        )
        yield from tasks_apart(reading, member, levels=levels - 1)


def find_members(text: str, *, own: str | None = None) -> list[Member]:
    """Where the members of the enumeration in *text* stand, without labels; empty when there are not two.

    *own* is the label before *text*, whose own words are then the first member.

    >>> text = "Yêu cầu: (i) Sở Y tế cấp thuốc; (ii) Sở Xây dựng sửa cầu."
    >>> [text[start:stop] for start, stop in find_members(text)]
    ['Sở Y tế cấp thuốc;', 'Sở Xây dựng sửa cầu.']
    """
    expected = _FIRST if own is None else _next_labels(own)
    starts, stops = ([] if own is None else [0]), []
    for match in _LABEL.finditer(text):
        if _label(match) in expected:
            stops.append(match.start())
            starts.append(match.end())
            expected = _next_labels(_label(match))
    if len(starts) < 2:
        return []
    stops = [*stops[len(stops) + 1 - len(starts) :], len(text)]
    return [(start, start + len(text[start:stop].rstrip())) for start, stop in zip(starts, stops, strict=True)]


def _own_label(text: str, start: int) -> str | None:
    """The label in brackets, the first of its kind, that stands before *start*: `(a) Sở Y tế …; (b) Sở Xây dựng …`."""
    label = _LABEL_BEFORE.search(text, max(0, start - _LONGEST_LABEL), start)
    return label["inside"] if label and label["inside"] in _FIRST else None


def _first_order(reading: Reading, block: Span, lead_in: str) -> Span | None:
    """The words before the first member where they are an order of their own: `Sở Y tế cấp thuốc; (a) …; (b) …`."""
    words = _LAST_LABEL.sub("", lead_in).rstrip()
    span = Span(block.start, block.start + len(words))
    if not words.endswith((".", ";")):
        return None
    return span if reading.roles(span).names_actor or starts_with_directive_verb(words) else None


def begins_with_actor(reading: Reading, span: Span) -> bool:
    """Whether the words at *span* begin with whom they tell to act."""
    return any(a.span is not None and a.span.start - span.start <= NEAR for a in reading.roles(span).leads)


def _label(match: re.Match[str]) -> str:
    return match["inside"] or match["bare"]


def _next_labels(label: str) -> tuple[str, ...]:
    return tuple(order[order.index(label) + 1] for order in _ORDERS if label in order[:-1])


def _are_orders(reading: Reading, lead_in: str, spans: Sequence[Span]) -> bool:
    """Whether at least half of the members are directives of their own."""
    if _OF_ONE.search(_LAST_LABEL.sub("", lead_in)):
        orders = [begins_with_actor(reading, span) for span in spans]
    else:
        orders = [reading.roles(s).names_actor or starts_with_directive_verb(reading.slice(s)) for s in spans]
    return 2 * sum(orders) >= len(spans)


def _named_before(agencies: Sequence[Agency], block: Span, first: Span) -> tuple[Agency, ...]:
    """Those of *agencies* that stand before the first member or outside of the block."""
    return tuple(a for a in agencies if a.span is None or a.span.end <= first.start or a.span.start >= block.end)


_ROMAN = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii", "xiii", "xiv", "xv")
_LETTERS = tuple("abcdđeghiklmnopq")
_ORDERS = (_ROMAN, _LETTERS, tuple(map(str, range(1, 40))))
_FIRST = tuple(order[0] for order in _ORDERS)
_MARK = r"[ivx]{1,5}|\d{1,2}|[a-zđ]"
_LONGEST_LABEL = 8
_LABEL_BEFORE = re.compile(rf"\((?P<inside>{_MARK})\)\s+$")
_LAST_LABEL = re.compile(rf"\(?(?:{_MARK})\)\s*$")
_REFERRED = "".join(rf"(?<!{word}\s)" for word in ("điểm", "khoản", "mục", "tiết", "ý", "và", "hoặc", ","))
_LABEL = re.compile(rf"(?:(?<=\s)|^)(?:\((?P<inside>{_MARK})\)|{_REFERRED}(?P<bare>{_MARK})\)(?=\s+[“{UPPER}]))\s+")
# What leads in details of one directive: its purpose, its parts, the things that it is about.
_OF_ONE = re.compile(
    r"(?i)\b(?:để|nhằm|gồm|bao gồm|như|gồm có|trong đó|là|về|với|cho|theo|từ"
    r"|(?:các|những|một số|\d+) (?!nhiệm vụ|nội dung|công việc|việc|giải pháp|biện pháp|yêu cầu)[^.;:,]{1,60})\s*:?\s*$"
)
