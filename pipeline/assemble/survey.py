"""The survey of a document before records are put together: mentions over the whole text, kinds of sections."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from typing import get_args

from extractors.agencies import (
    Place,
    agency_finder,
    canonical_agency,
    learn_aliases,
    learn_names,
    parse_agency_list,
    parse_declared_agencies,
    printed_agency,
)
from extractors.deadlines import find_deadlines
from pipeline.assemble.attributes import read_attribute_line
from pipeline.assemble.directive_verbs import starts_with_directive_verb
from pipeline.assemble.facts import Facts
from pipeline.assemble.reading import UNCERTAIN, LineMentions, Mentions, Reading, roles_at, shifted
from pipeline.assemble.section_kinds import SectionKind, kind_of_heading, section_kinds
from pipeline.outline import Block, Outline, OutlineSection
from schemas import Agency, Deadline, DeadlineKind, Span

NORMATIVE = frozenset({"L", "BL", "PL", "NĐ", "TT", "TTLT", "HP", "NQLT", "VBHN"})
FEWEST_ARTICLES = 6
ARTICLES_OF_RULES = 12  # a decision has three or four, a plan annexed to it hardly any
FEWEST_ASSIGNEES = 3
MOST_WORDS = 16  # of the name of a body that no rule knows
LONGEST_LIST = 600
# Heads of bodies that no table has and whose names are long: units of ministries, boards, centres.
_UNIT = re.compile(r"(?:Giám đốc |Cục trưởng |Vụ trưởng )?(?:Vụ|Cục|Tổng cục|Chi cục|Ban|Phòng|Trung tâm|Viện)\b")
_UNIT_IN_LIST = re.compile(rf":.*?{_UNIT.pattern}")
_ALL = re.compile(r"(?i)các|những|mỗi|từng|toàn thể")
_ASSIGNS = re.compile(r"tổ chức thực hiện|tổ chức triển khai|phân công|trách nhiệm|giao nhiệm vụ")
_CHARGES = re.compile(r"\b(?:nhiệm vụ|nghĩa vụ|trách nhiệm(?! hữu hạn)|tổ chức thực hiện|phân công)\b")
# Whom a document directs stands behind these words, or is the subject of a sentence that issues nothing itself.
# `Trước yêu cầu phát triển …`, `đáp ứng yêu cầu của …`: what things demand, nobody is asked.
_CUES = tuple(
    re.compile(cue)
    for cue in (
        r"(?<!rước )(?<!ứng )(?<!các )(?<!những )(?<!heo )(?<!với )yêu cầu"
        r"(?! (?:phát triển|của|đặt ra|nhiệm vụ|mới)\b)",
        "chỉ thị",
        "đề nghị",
        "giao ",
    )
)
_SPEAKS = re.compile(r"\b(?:ban hành|xây dựng|báo cáo|thông báo|hướng dẫn|kế hoạch|quyết định|kết luận)\b[^,;]*$")
_LEADS_IN = re.compile(
    r"(?::|\b(?:như sau|sau đây|(?:nhiệm vụ|nội dung|công việc|việc|giải pháp)[^.;:]{0,30} sau)[.:]?)$"
)
_ORDERS = re.compile(r"(?i)^\W*$|\b(?:cần|phải)(?: được)?(?: (?!có\b)[^\s,;.]+){0,3} $")
_TOPIC = re.compile(
    r"(?i)(?:chế độ|công tác|điểm|cơ chế|quy trình|hình thức|phương thức|sơ kết|tổng kết|khen thưởng|thi đua|về"
    r"|đối với|một số|việc|theo dõi|quản lý|phối hợp|điều|khoản|dự án|đề án|lĩnh vực|ngoài)\b"
)
# What bodies are called by their part in the work, and in which: `Cơ quan chủ trì` alone is the label of a form.
_PART = re.compile(
    r"(?i)(?:các )?(?:cơ quan|đơn vị|tổ chức) (?:(?:chủ trì|phối hợp|đầu mối|được giao|được phân công|thường trực)"
    r"(?:(?:,| và)? (?:chủ trì|phối hợp|thực hiện))*)(?: (?!thực hiện\b)[^\s.,;:]+){2,}"
)
_NORMATIVE_NUMBER = re.compile(r"\d[\d.]*/(?:19|20)\d\d/")


def survey(text: str, outline: Outline, facts: Facts) -> Reading:
    """Run the extractors over *text* and tell what each section is for."""
    issuer = facts.issuer.name if facts.issuer else None
    aliases = learn_aliases(text)
    aliases = learn_names(_listed(text, outline, aliases, facts.place)) | aliases
    unbroken = _unbroken(text, outline)
    in_line = agency_finder(unbroken, place=facts.place, aliases=aliases, issuer=issuer)
    agencies = LineMentions(unbroken, lambda start, stop: _as_printed(in_line(start, stop), text))
    deadlines = _ahead(find_deadlines(text, issued=facts.issued, plan_year=facts.plan_year), facts.not_before)
    reading = Reading(
        text=text,
        outline=outline,
        normative=_is_normative(facts, outline),
        legislates=facts.doc_type in NORMATIVE or (facts.doc_type is None and _is_normative(facts, outline)),
        place=facts.place,
        issuer=issuer,
        issued=facts.issued,
        plan_year=facts.plan_year,
        aliases=aliases,
        agencies=agencies,
        deadlines=Mentions(_binding(deadlines, outline, press=facts.doc_type == "NEWS")),
        kinds=(),
        addressees=(),
        directed=_directed(text, outline, agencies),
    )
    addressees = _among_assignees(outline, [_addressees(reading, index) for index in range(len(outline.sections))])
    addressees = _with_parts(reading, _with_unknown(reading, addressees))
    kinds = section_kinds(outline.sections, [bool(found) for found in addressees])
    reading = reading.completed(kinds=tuple(kinds), addressees=addressees)
    return replace(reading, deadlines=Mentions(_meant(reading)))


def _listed(text: str, outline: Outline, aliases: dict[str, str], place: Place | None) -> Iterator[Agency]:
    """The agencies of headings and attribute lines, where a mark ends each name."""
    for section in outline.sections:
        if section.title is not None and _UNIT.match(section.title):
            yield from parse_agency_list(section.title, place=place, aliases=aliases)
    for block in outline.blocks:
        if block.zone == "body" and block.span.end - block.span.start < LONGEST_LIST:
            line = text[block.span.start : block.span.end]
            attribute = read_attribute_line(line) if _UNIT_IN_LIST.search(line) else None
            if attribute is not None and attribute.kind in {"lead", "partner"}:
                yield from parse_declared_agencies(line[attribute.value_start :], place=place, aliases=aliases)


def _unbroken(text: str, outline: Outline) -> str:
    """*text* with a space for each line break inside a block, where a name may go on (`Đài Tiếng nói Việt⏎Nam`)."""
    pieces: list[str] = []
    position = 0
    for block in outline.blocks:
        if block.span.start >= position and "\n" in (inside := text[block.span.start : block.span.end]):
            pieces += (text[position : block.span.start], inside.replace("\n", " "))
            position = block.span.end
    return "".join([*pieces, text[position:]])


def _as_printed(agencies: Iterable[Agency], text: str) -> Iterator[Agency]:
    """The agencies with the surface that *text* itself has."""
    for agency in agencies:
        span = agency.span
        surface = agency.surface if span is None else text[span.start : span.end]
        yield agency if surface == agency.surface else agency.model_copy(update={"surface": surface})


def _is_normative(facts: Facts, outline: Outline) -> bool:
    """Laws, decrees and circulars by their type; other documents by the year in their number (`12/2026/QĐ-UBND`),
    which Luật Ban hành văn bản quy phạm pháp luật reserves for normative ones; by their articles texts without a type
    and decisions that annex a regulation.
    """
    if facts.doc_type in NORMATIVE or _NORMATIVE_NUMBER.match(facts.findings.number or ""):
        return True
    articles = sum(section.label.startswith("Điều ") for section in outline.sections)
    return articles >= (FEWEST_ARTICLES if facts.doc_type is None else ARTICLES_OF_RULES)


def _ahead(deadlines: list[Deadline], not_before: date | None) -> list[Deadline]:
    """Without the years of a past that only the legal bases of an undated document tell: `tham gia kháng chiến giai
    đoạn 1965 - 1970`.
    """
    if not_before is None:
        return deadlines
    return [d for d in deadlines if not (d.start and d.end and d.kind == "during" and d.end.year < not_before.year)]


def _binding(deadlines: list[Deadline], outline: Outline, *, press: bool) -> list[Deadline]:
    """Mentions in the body only: neither header nor legal bases nor recipients bind anybody."""
    if press:
        return deadlines
    places = [block.span for block in outline.blocks if block.zone == "body"]
    places += [section.head for section in outline.sections]
    places += [p for grid in outline.grids for row in grid.rows for cell in row for p in cell.paragraphs]
    allowed = sorted(set(places))
    return [deadline for deadline in deadlines if _inside(deadline.span, allowed)]


def _meant(reading: Reading) -> Iterator[Deadline]:
    """Without what sections that order nothing say in passing: in a report of what was reached no day binds anybody,
    and `phối hợp chặt chẽ, thường xuyên` among the requirements sets no time, unless the sentence orders something in
    so many words (`- Thường xuyên kiểm tra …`, `… cần được duy trì thường xuyên`).
    """
    passing: dict[SectionKind, frozenset[str]] = {
        "situation": frozenset(get_args(DeadlineKind)),
        "effect": frozenset(get_args(DeadlineKind)),
        "purpose": frozenset({"ongoing", "recurring", "conditional"}),
        "scope": frozenset({"ongoing", "recurring", "conditional"}),
    }
    silent = {
        deadline.span
        for block in reading.outline.blocks
        if block.zone == "body" and (kinds := passing.get(reading.kind_of(block)))
        for deadline in reading.deadlines.within(block.span)
        if deadline.kind in kinds and not _is_ordered(reading, block, deadline)
    }
    return (deadline for deadline in reading.deadlines if deadline.span not in silent)


def _is_ordered(reading: Reading, block: Block, deadline: Deadline) -> bool:
    """Whether a requirement says that something is to be done again and again."""
    if reading.kind_of(block) != "purpose" or deadline.kind not in {"ongoing", "recurring"}:
        return False
    return _ORDERS.search(reading.slice(Span(block.span.start, deadline.span.start))) is not None


def _inside(span: Span, allowed: list[Span]) -> bool:
    at = bisect_right(allowed, (span.start, 1 << 60))
    return any(place.start <= span.start and span.end <= place.end for place in allowed[max(0, at - 3) : at])


def _addressees(reading: Reading, index: int) -> tuple[Agency, ...]:
    section = reading.outline.sections[index]
    if section.title_span is None or _is_about_body(section):
        return ()
    named = reading.agency_list(section.title_span)
    roles = reading.roles(section.title_span) if named else None
    return roles.leads if roles is not None and roles.leads and roles.partners else named


def _is_about_body(section: OutlineSection) -> bool:
    """Whether *section* is a part of rules about a body (`Chương III. TÒA ÁN QUÂN SỰ`), which orders it nothing."""
    return section.label.startswith(("Chương", "Mục")) and _CHARGES.search((section.title or "").lower()) is None


def _among_assignees(outline: Outline, found: list[tuple[Agency, ...]]) -> tuple[tuple[Agency, ...], ...]:
    """Without headings that only look like agencies: `Doanh nghiệp số` among `Thể chế`, `Hạ tầng số` is a topic.

    A heading without a known body or a collective (`Các doanh nghiệp`) needs such a one beside it, or a heading above
    that assigns.
    """
    certain = [any(a.level not in UNCERTAIN or _ALL.match(a.surface) for a in agencies) for agencies in found]
    assigning = _assigning(outline) | {s.parent for s, sure in zip(outline.sections, certain, strict=True) if sure}
    return tuple(
        agencies if sure or section.parent in assigning else ()
        for section, agencies, sure in zip(outline.sections, found, certain, strict=True)
    )


def _assigning(outline: Outline) -> set[int | None]:
    """The sections whose headings share work out: `Tổ chức thực hiện`, `Trách nhiệm thẩm định`."""
    return {n for n, section in enumerate(outline.sections) if _ASSIGNS.search((section.title or "").lower())}


def _with_unknown(reading: Reading, found: tuple[tuple[Agency, ...], ...]) -> tuple[tuple[Agency, ...], ...]:
    """With the bodies that no rule knows: a heading among headings nearly all of which name who acts names one, too.

    `5. Các trường mầm non, tiểu học` beside `1. Sở Y tế`, `2. Sở Tài chính`, … but not `6. Chế độ báo cáo`.
    """
    sections = reading.outline.sections
    titled, named = (
        Counter(s.parent for s in sections if s.title),
        Counter(s.parent for s, agencies in zip(sections, found, strict=True) if agencies),
    )
    return tuple(
        agencies
        if agencies or not _mostly(named[section.parent], titled[section.parent]) or section.title_span is None
        else _printed(reading, section.title_span)
        for section, agencies in zip(sections, found, strict=True)
    )


def _with_parts(reading: Reading, found: tuple[tuple[Agency, ...], ...]) -> tuple[tuple[Agency, ...], ...]:
    """With bodies that are called by their part in the work, below a heading that assigns or beside who acts.

    `3. Cơ quan chủ trì thẩm định hồ sơ` beside `2. Các sở, ngành`; elsewhere it may be a topic.
    """
    sections = reading.outline.sections
    beside = _assigning(reading.outline) | {s.parent for s, agencies in zip(sections, found, strict=True) if agencies}
    return tuple(
        agencies
        if agencies or section.title_span is None or section.parent not in beside
        else _part(reading, section.title_span)
        for section, agencies in zip(sections, found, strict=True)
    )


def _part(reading: Reading, title: Span) -> tuple[Agency, ...]:
    text = reading.slice(title)
    if text.count(" ") >= MOST_WORDS or not _PART.fullmatch(text):
        return ()
    named = canonical_agency(text, place=reading.place)
    return (named.model_copy(update={"span": title, "surface": text}),)


def _mostly(named: int, titled: int) -> bool:
    return named >= FEWEST_ASSIGNEES and 5 * named >= 3 * titled


def _printed(reading: Reading, title: Span) -> tuple[Agency, ...]:
    if leads := reading.roles(title).leads:
        return leads
    text = reading.slice(title)
    agency = printed_agency(text, place=reading.place, aliases=reading.aliases)
    if agency is None or text.count(" ") >= MOST_WORDS or ":" in text:
        return ()
    topic = kind_of_heading(agency.name) != "unknown" or starts_with_directive_verb(agency.name)
    return () if topic or _TOPIC.match(agency.name) else (shifted(agency, title.start),)


def _directed(text: str, outline: Outline, agencies: LineMentions[Agency]) -> tuple[Agency, ...]:
    """Whom the lead-in of the document directs: `… yêu cầu các Bộ trưởng, Chủ tịch UBND các tỉnh thực hiện … sau:`."""
    found: tuple[Agency, ...] = ()
    opening = True  # no text of the body yet, so that nothing else can be what the sentence speaks of
    for block in outline.blocks:
        opening = opening and block.zone != "body"
        line = text[block.span.start : block.span.end]
        if not (opening or block.zone == "preamble") or not (block.introduces or _LEADS_IN.search(line)):
            continue
        if cue := next((at for word in _CUES if (at := word.search(line))), None):
            found = roles_at(text, Span(block.span.start + cue.start(), block.span.end), agencies).leads or found
        elif opening and not _SPEAKS.search(line):
            told = roles_at(text, block.span, agencies).leads
            found = told if any(agency.collective for agency in told) else found
    return found
