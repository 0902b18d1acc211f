"""Blocks that only name who does what the blocks below them say: `Bộ Y tế:`, `- Bộ Xây dựng`, `5. Các hội.`

Names and words of assignment alone tell nobody anything, so what follows is theirs, whatever marks the dump has left.
Names that other names follow are a list of members.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from pipeline.assemble.directive_verbs import starts_with_directive_verb
from pipeline.assemble.reading import Reading
from pipeline.assemble.section_kinds import TASKLESS
from pipeline.outline import Block
from schemas import Agency, Span

LONGEST_ADDRESS = 120


def addresses(reading: Reading, block: Block, following: Block | None) -> bool:
    """Whether *block* only names who does what the blocks from *following* on say (`Bộ Y tế:`, `- Bộ Xây dựng`)."""
    text = reading.slice(block.span)
    if following is None or not _stands_before(reading, block, following):
        return False
    if block.kind == "heading" or reading.kind_of(block) in TASKLESS:
        return False
    if (text[-1:] == ":" or _ANNOUNCES.search(text[-LONGEST_ADDRESS:])) and reading.roles(block.span).leads:
        return True
    deeper = following.depth > block.depth > 0
    if len(text) > LONGEST_ADDRESS or text[-1:] in ",;":
        return False
    if text[-1:] == "." and not deeper and not _heads_alone(reading, block):
        return False
    named = _address(reading, block.span)
    certain = any(agency.level not in {"other", "enterprise"} for agency in named)
    if certain and (text[-1:] == ":" or _DUTY_OF.match(text)):
        return True
    if not named or only_names(reading, following.span):
        return False
    if certain and (deeper or following.section != block.section):
        return True
    orders = _heads_alone(reading, block) or starts_with_directive_verb(reading.slice(following.span))
    return orders and not reading.roles(following.span).leads


def led_section(reading: Reading, block: Block, following: Block | None) -> int | None:
    """The section that a line before *following* leads in: that above the items which it stands between."""
    if block.kind not in _LINES or following is None or following.kind != "item" or following.section is None:
        return block.section
    return reading.outline.sections[following.section].parent


def heads_paragraph(reading: Reading, block: Block, following: Block | None) -> tuple[Agency, ...]:
    """The agencies of an item of names alone whose text stands below it, outside of its section: `5. Các hội.`"""
    if following is None or block.section is None or following.kind != "paragraph":
        return ()
    outside = following.section == reading.outline.sections[block.section].parent
    return reading.agency_list(block.span) if outside and _heads_alone(reading, block) else ()


def only_names(reading: Reading, span: Span) -> bool:
    """Whether the words at *span* are names alone (`Sở Y tế;`, `Đại diện UBND các xã`): nobody is told anything."""
    named = reading.agencies.within(span)
    return bool(named) and _WORD_OF_A_SENTENCE.search(_BRACKETS.sub(" ", _beside(named, reading, span))) is None


def only_assigns(reading: Reading, block: Block, following: Block | None, *, within: bool) -> bool:
    """Whether *block* says who does what stands above it and nothing else (`Giao Sở Y tế chủ trì, phối hợp với …`).

    *within* a form the words suffice; elsewhere it must also end what it speaks of, since it might lead in the rest.
    """
    text = reading.slice(block.span)
    if block.kind not in _LINES or len(text) > LONGEST_ASSIGNMENT or text.endswith(":"):
        return False
    if _LEADS.search(text) is None or not (within or _GIVES.match(text)):
        return False
    if following is not None and following.kind == "bullet" and following.depth > block.depth:
        return False
    given = _GIVEN_TO.match(text)  # whatever its name
    rest = Span(block.span.start + (given.end() if given else 0), block.span.end)
    named = reading.agencies.within(rest)
    return (given is not None or bool(named)) and _ASSIGNMENT.fullmatch(_beside(named, reading, rest)) is not None


def _stands_before(reading: Reading, block: Block, following: Block) -> bool:
    if following.kind == "item" and block.kind == "item" and following.section is not None:
        return reading.outline.sections[following.section].parent == block.section
    if following.kind == "item" and block.kind in _LINES:
        return led_section(reading, block, following) in {*reading.ancestors(block.section), None}
    return following.section == block.section and following.kind in _LINES


def _heads_alone(reading: Reading, block: Block) -> bool:
    """Whether *block* is an item of names alone, which leads in what follows whatever mark ends it: `5. Các hội.`"""
    short = block.kind == "item" and block.span.end - block.span.start <= LONGEST_ADDRESS
    return short and not reading.normative and only_names(reading, block.span)


def _address(reading: Reading, span: Span) -> tuple[Agency, ...]:
    """The agencies at *span* where nothing but words of assignment stands beside them (`Trách nhiệm của Sở Y tế`)."""
    named = reading.agency_list(span)
    if not named or _ASSIGNMENT.fullmatch(_beside(reading.agencies.within(span), reading, span)):
        return named
    short = reading.slice(span).count(" ") < MOST_WORDS
    return named if short and _ASSIGNMENT.fullmatch(_beside(named, reading, span)) else ()


def _beside(named: Iterable[Agency], reading: Reading, span: Span) -> str:
    """The words at *span* without the agencies that it names."""
    rest, position = "", span.start
    for agency in named:
        if agency.span is not None and agency.span.start >= position:
            rest += reading.text[position : agency.span.start] + " "
            position = agency.span.end
    return rest + reading.text[position : span.end]


LONGEST_ASSIGNMENT = 400
_LEADS = re.compile(r"(?i)\b(?:chủ trì|đầu mối|chịu trách nhiệm|thực hiện)\b")
_GIVES = re.compile(r"(?i)(?:giao|phân công)\b")
_GIVEN_TO = re.compile(r"(?i)(?:giao|phân công)(?: cho)? [^.;:]{3,90}?(?= chủ trì\b)")
_LINES = frozenset({"bullet", "paragraph"})
MOST_WORDS = 8  # of names that running text would not show to be names
_BRACKETS = re.compile(r"\([^()]*\)")
_WORD_OF_A_SENTENCE = re.compile(r"\b(?!(?:và|hoặc|đại|diện|lãnh|đạo|các|của|cùng)\b)[a-zà-ỹđ]+\b")
# A sentence whose work stands below it, though the dump lost its colon.
_ANNOUNCES = re.compile(
    r"(?i)\b(?:nhiệm vụ|nội dung|công việc|việc|giải pháp|yêu cầu)(?: [^\s.;:]+){0,4} sau(?: đây)?\.?$"
)
_DUTY_OF = re.compile(
    r"(?i)(?:\d{1,2}[.)] )?(?:các |một số |những )?(?:trách nhiệm|nhiệm vụ)"
    r"(?:(?:,| và)? (?:trách nhiệm|nhiệm vụ|giải pháp|quyền hạn|chủ yếu|trọng tâm|cụ thể|chính|thực hiện))*"
    r" (?:của|đối với|giao)\b"
)
# What an address may say beside names.
_ASSIGNMENT = re.compile(
    r"(?i)(?:[\s\d,.:;)–-]|\b(?:trách nhiệm|nhiệm vụ|giải pháp|quyền hạn|chủ yếu|trọng tâm|chính"
    r"|cụ thể|của|đối với|về phía|riêng|đề nghị|yêu cầu|giao|phân công"
    r"|cho|có|chịu|chủ trì|phối hợp|với|thực hiện|triển khai|các|những|nội dung|sau|sau đây|là|cơ quan|đơn vị|đầu mối"
    r"|thường trực|và|tại|địa phương)\b|\([^()]*\))*"
)
