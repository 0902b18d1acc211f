"""What the assembler knows of a document before it puts records together: outline, mentions, and who speaks to whom.

Extractors run once over the whole text; `Mentions` then answers which of their finds stand in a block. Agencies are
many and mostly unasked for (in a law hardly a block can be a task): `LineMentions` finds them where they are needed.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import accumulate
from typing import Generic, Protocol, TypeVar

from extractors.agencies import Place, parse_agency_list, parse_declared_agencies, printed_agency
from extractors.roles import Roles, find_roles
from pipeline.assemble.directive_verbs import starts_with_directive_verb
from pipeline.assemble.section_kinds import SectionKind
from pipeline.outline import Block, Outline
from schemas import Agency, Deadline, Span


class _Placed(Protocol):
    @property
    def span(self) -> Span | None: ...


UNCERTAIN = frozenset({"other", "enterprise"})  # levels of names that may be topics as well: `Doanh nghiệp số`
LONGEST_TIME = 60
LONGEST_NAME = 8  # words
_WORDS = re.compile(r"(?i)(?!(?:thời|kỳ|giai|đoạn|năm|trong|từ|đến|và|cho)\b)\b[^\W\d_]{2,}")
_LABEL = re.compile(r"\d{1,2}(?:\.\d{1,2}){0,3}[.)]?\s+(?=[A-ZĐÀ-Ỹ])|[a-zđ]\)\s+")
_MEMBER = re.compile(r"[^\s,;][^,;]*[^\s,;.]")
# A value may also say whom to ask, or name a person.
_PRINTED_NAME = re.compile(
    r"(?!(?:Theo|Không|Như|Chưa|Do|Tại|Từ|Trong|Khi|Đã|Đang|Có|Tự|Xem|Thực hiện|Ông|Bà|Đồng chí|Đ/c|Đ/C)\b)"
    r"[A-ZĐÀ-Ỹ][^\W\d_]+ \w"
)
Mention = TypeVar("Mention", bound=_Placed)


class Mentions(Generic[Mention]):
    """Mentions in order of their place; `within` finds those inside a span without looking at all of them."""

    def __init__(self, mentions: Iterable[Mention]) -> None:
        placed = [(mention.span, mention) for mention in mentions if mention.span is not None]
        placed.sort(key=lambda pair: pair[0])
        self._mentions = [mention for _, mention in placed]
        self._starts = [span.start for span, _ in placed]

    def __iter__(self) -> Iterator[Mention]:
        return iter(self._mentions)

    def within(self, span: Span) -> list[Mention]:
        """The mentions that stand wholly inside *span*."""
        first, last = bisect_left(self._starts, span.start), bisect_left(self._starts, span.end)
        return [m for m in self._mentions[first:last] if m.span is not None and m.span.end <= span.end]


class LineMentions(Generic[Mention]):
    """Mentions that stand within lines of *text*; *in_line* finds those of a line when somebody first asks for them."""

    def __init__(self, text: str, in_line: Callable[[int, int], Iterable[Mention]]) -> None:
        self._starts = [0, *accumulate(len(line) + 1 for line in text.split("\n"))]
        self._in_line = in_line
        self._lines: dict[int, Mentions[Mention]] = {}

    def within(self, span: Span) -> list[Mention]:
        """The mentions that stand wholly inside *span*."""
        first, stop = bisect_right(self._starts, span.start) - 1, bisect_left(self._starts, span.end)
        return [mention for line in range(first, stop) for mention in self._line(line).within(span)]

    def _line(self, number: int) -> Mentions[Mention]:
        if number not in self._lines:
            start, following = self._starts[number : number + 2]
            self._lines[number] = Mentions(self._in_line(start, following - 1))
        return self._lines[number]


@dataclass(frozen=True)
class Reading:
    """One document on its way to records.

    `normative` documents state rules rather than plans, and those of them that `legislates` tells are laws, decrees and
    circulars. `kinds` and `addressees` run along `outline.sections`: what
    each section is for, and the agencies that its heading names. `directed` are the agencies that the lead-in of the
    whole document directs (`… yêu cầu các Bộ trưởng …:`).
    """

    text: str
    outline: Outline
    normative: bool
    legislates: bool
    place: Place | None
    issuer: str | None
    issued: date | None
    plan_year: int | None
    aliases: Mapping[str, str]
    agencies: LineMentions[Agency]
    deadlines: Mentions[Deadline]
    kinds: tuple[SectionKind, ...]
    addressees: tuple[tuple[Agency, ...], ...]
    directed: tuple[Agency, ...]
    _roles: dict[Span, Roles] = field(default_factory=dict, repr=False)
    _lists: dict[Span, tuple[Agency, ...]] = field(default_factory=dict, repr=False)
    _declared: dict[str, tuple[Agency, ...]] = field(default_factory=dict, repr=False)

    def completed(self, *, kinds: tuple[SectionKind, ...], addressees: tuple[tuple[Agency, ...], ...]) -> Reading:
        """The same reading, knowing what each section is for."""
        return replace(self, kinds=kinds, addressees=addressees)

    def slice(self, span: Span) -> str:
        """The text at *span*."""
        return self.text[span.start : span.end]

    def kind_of(self, block: Block) -> SectionKind:
        """What the section is for in which *block* stands."""
        return self.kinds[block.section] if block.section is not None else "unknown"

    def roles(self, span: Span) -> Roles:
        """Who leads and who coordinates by the words at *span*, as agencies of the document."""
        if (known := self._roles.get(span)) is None:  # a lead-in is asked again for each block below it
            known = self._roles[span] = roles_at(self.text, self._behind_label(span), self.agencies)
        return known

    def agency_list(self, span: Span) -> tuple[Agency, ...]:
        """The agencies that a heading or lead-in at *span* lists; empty when it is no such list."""
        if (known := self._lists.get(span)) is None:
            words = self._behind_label(span)
            found = parse_agency_list(self.slice(words), place=self.place, aliases=self.aliases, issuer=self.issuer)
            known = self._lists[span] = tuple(shifted(agency, words.start) for agency in found)
        return known

    def _behind_label(self, span: Span) -> Span:
        """*span* without a label that stayed in the words since it does not fit its neighbours: `3. Sở Y tế`."""
        label = _LABEL.match(self.text, span.start, span.end)
        return span if label is None else Span(label.end(), span.end)

    def declared_agencies(self, span: Span) -> tuple[Agency, ...]:
        """The agencies of the cell or attribute value at *span*, whose column or label says that it lists agencies."""
        text = self.slice(span)
        if (found := self._declared.get(text)) is None:  # one department stands in a dozen cells
            found = tuple(parse_declared_agencies(text, place=self.place, aliases=self.aliases, issuer=self.issuer))
            self._declared[text] = found
        return tuple(shifted(agency, span.start) for agency in found)

    def stated_agencies(self, span: Span) -> tuple[Agency, ...]:
        """The agencies of a value whose label asks for them, as printed where no rule knows any (`Khoa Dược`)."""
        if known := self.declared_agencies(span):
            return known
        found: list[Agency] = []
        for part in _MEMBER.finditer(self.slice(span)):
            agency = printed_agency(part[0], place=self.place, aliases=self.aliases)
            named = _PRINTED_NAME.match(part[0]) and not starts_with_directive_verb(part[0])
            if agency is not None and named and part[0].count(" ") < LONGEST_NAME:
                found.append(shifted(agency, span.start + part.start()))
        return tuple(found)

    def only_a_time(self, span: Span) -> bool:
        """Whether the words at *span* are nothing but a time, which leads in what follows (`Giai đoạn 2026 - 2030`)."""
        kept, position = "", span.start
        for deadline in self.deadlines.within(span):
            kept += self.text[position : deadline.span.start] + " "
            position = max(position, deadline.span.end)
        kept += self.text[position : span.end]
        return position > span.start and span.end - span.start < LONGEST_TIME and not _WORDS.search(kept)

    def ancestors(self, section: int | None) -> Iterator[int]:
        """The section and those above it, from the innermost."""
        while section is not None:
            yield section
            section = self.outline.sections[section].parent


def roles_at(text: str, span: Span, agencies: LineMentions[Agency]) -> Roles:
    """`find_roles` on a stretch of *text*, with the spans of the whole text."""
    return find_roles(text[span.start : span.end], agencies.within(span), offset=span.start)


def shifted(agency: Agency, by: int) -> Agency:
    """The same agency, *by* characters further on."""
    if agency.span is None or not by:
        return agency
    return agency.model_copy(update={"span": Span(agency.span.start + by, agency.span.end + by)})


def shifted_deadline(deadline: Deadline, by: int) -> Deadline:
    """The same deadline, *by* characters further on."""
    return deadline.model_copy(update={"span": Span(deadline.span.start + by, deadline.span.end + by)})
