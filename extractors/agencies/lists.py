"""Read a cell, an attribute's value or a heading that lists agencies; and one name alone.

"Sở KH&CN; các cơ quan, đơn vị liên quan theo quy định" has two. A part that no rule knows becomes an agency of level
`other` with its words as name, provided that something else in the list is known.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from extractors.agencies.grammar import find_item, shared_head_item
from extractors.agencies.items import Context, Item
from extractors.agencies.mentions import enumeration, reading_context, share_complement
from extractors.agencies.naming import agency_id, expand, first_capital, from_capitals
from extractors.agencies.place import Place
from extractors.agencies.registry import agency_words
from extractors.agencies.words import Line
from schemas import Agency, Span


def parse_agency_list(
    text: str, *, place: Place | None = None, aliases: Mapping[str, str] | None = None, issuer: str | None = None
) -> list[Agency]:
    """The agencies that *text* as a whole lists; nothing when it is no list of agencies.

    >>> [str(a) for a in parse_agency_list("Sở KH&CN; các cơ quan, đơn vị liên quan")]
    ['Sở Khoa học và Công nghệ', 'Các cơ quan, đơn vị liên quan']
    >>> parse_agency_list("Hoàn thiện thể chế")
    []
    """
    context = reading_context(place, aliases, issuer)
    start, stop = _trimmed(text)
    line = Line(text, start, stop)
    items = _items(line, context)
    return [item.agency(line, place) for item in share_complement(line, items, context)]


def canonical_agency(text: str, *, place: Place | None = None) -> Agency:
    """The one agency that *text* names, whatever it is: `CHỦ TỊCH UBND TỈNH BÌNH ĐỊNH`.

    >>> canonical_agency("CHỦ TỊCH UBND TỈNH BÌNH ĐỊNH").name
    'Ủy ban nhân dân tỉnh Bình Định'
    """
    text = " ".join(text.split())
    line = Line(text)
    item = find_item(line, 0, reading_context(place, None, None), listed=True) if len(line) else None
    if item is not None and item.stop == len(line):
        return item.agency(line, place)
    name = first_capital(expand(from_capitals(text), {}))
    return Agency(id=agency_id(name, place, local=place is not None), name=name, surface=text, level="other",
                  span=Span(0, len(text)), rule="as-printed")  # fmt: skip


def _trimmed(text: str) -> tuple[int, int]:
    """The stretch of *text* without lead-in (`Đề nghị:`) and trailing adverbials (`theo quy định`)."""
    lead = _LEAD_IN.match(text)
    start = lead.end() if lead else 0
    tail = _TAIL.search(text, start)
    stop = tail.start() if tail else len(text)
    while tail and stop > start and (text[stop - 1].isspace() or text[stop - 1] in ",;"):
        stop -= 1
    return start, stop


def _items(line: Line, context: Context) -> list[Item]:
    items: list[Item] = []
    unknown: list[tuple[int, int]] = []
    index = bracketed = 0
    last_close = max((place for place, word in enumerate(line.low) if word == ")"), default=0)
    while index < len(line):
        if line.low[index] == "(" and items and index < last_close:
            close = line.low.index(")", index) + 1
            bracketed += close - index
            index = close
            continue
        if line.low[index] in SEPARATORS:
            index += 1
            continue
        if line.low[index : index + 2] in (["chủ", "trì"], ["phối", "hợp"]):
            index += 2
            continue
        item = find_item(line, index, context, listed=True)
        if item is None and items and items[-1].head is not None:
            item = shared_head_item(line, index, items[-1].head, context)
        if item is not None:
            run = enumeration(line, item, context)
            items.extend(run)
            index = run[-1].stop
            continue
        stop = _chunk_stop(line, index)
        unknown.append((index, stop))
        index = stop
    return _with_unknown(line, items, unknown, bracketed, context)


def _with_unknown(
    line: Line, items: list[Item], unknown: list[tuple[int, int]], bracketed: int, context: Context
) -> list[Item]:
    """Join what no rule knows to the agency before it (`Các doanh nghiệp` + `đầu tư hạ tầng`) or let it stand alone.

    *bracketed* counts the words in brackets, which explain the agency before them and name none.
    """
    known = bracketed + sum(item.stop - item.first for item in items)
    if not items or (unknown and unknown[0][0] < items[0].first and not _like_a_name(line, unknown[0])):
        return []
    if known * 4 < len(line):
        return []
    for first, stop in unknown:
        before = next((k for k, item in enumerate(items) if item.stop == first), None)
        words = line.slice(first, stop)
        if before is None and line.word(first - 1) == "và" and not line.capital(first) and line.word(first) != "các":
            before = next((k for k, item in enumerate(items) if item.stop == first - 1 and item.collective), None)
            words = f"và {words}"
        if before is not None:
            pair = f"{line.word(first)} {line.word(first + 1)}"
            if pair in agency_words("verb") and len(items) == 1 and items[0].stop - items[0].first == 2:
                return []
            if line.word(first) in ADVERBIALS or pair in agency_words("verb") or stop - first > 12:
                continue
            joined = items[before]
            items[before] = replace(joined, stop=stop, name=f"{joined.name} {expand(words, context.aliases)}")
        elif stop - first <= 14:
            name = first_capital(expand(words, context.aliases))
            items.append(Item(first, stop, name, "other", "unknown-member"))
    return sorted(items, key=lambda item: item.first)


def _like_a_name(line: Line, chunk: tuple[int, int]) -> bool:
    first, stop = chunk
    if f"{line.word(first)} {line.word(first + 1)}" in agency_words("verb"):
        return False
    return stop - first <= 8 and line.word(stop) in {",", ";", ""}


def _chunk_stop(line: Line, index: int) -> int:
    stop = index + 1
    while stop < len(line) and line.low[stop] not in {",", ";", ":", "."}:
        stop += 1
    return stop


SEPARATORS = frozenset({",", ";", "và", "cùng", "-", "–", "+", "/", "|", ".", ":", "*", "•", "với", "(", ")"})
ADVERBIALS = frozenset(
    {"theo", "thúc", "để", "trong", "khi", "nếu", "như", "thực", "phối", "chủ", "căn", "tùy", "có", "trên", "chịu"}
)
_LEAD_IN = re.compile(
    r"\s*(?:[-–+*•]\s*)?(?:(?:Đề nghị|Yêu cầu|Giao(?: cho)?|Trách nhiệm(?: thực hiện| thi hành)?(?: của)?|"
    r"Nhiệm vụ(?: của)?|Phân công(?: nhiệm vụ)?(?: cho)?|Đối với|(?:Cơ quan|Đơn vị) (?:chủ trì|phối hợp|thực hiện)|"
    r"Chủ trì|Phối hợp(?: với)?)\s*:?\s*)+",
    re.IGNORECASE,
)
_TAIL = re.compile(
    r"(?:[-–]\s*(?:là )?(?:cơ quan thường trực\b|thường trực\s(?!HĐND|Hội đồng|UBND|Ủy ban|\w+ ủy))|"
    r"theo quy định|theo chức năng|(?:có|chịu) (?:nhiệm vụ|trách nhiệm)|"
    r"(?:[*+–-]\s*)?(?:Thời gian|Kinh phí|Sản phẩm|Tiến độ)\b|thúc đẩy, theo dõi|/\.|\.\s*$|:\s*$|\.{3}|…)",
    re.IGNORECASE,
)
