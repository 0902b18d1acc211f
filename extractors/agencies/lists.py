"""Read a cell, an attribute's value or a heading that lists agencies; and one name alone.

"Sở KH&CN; các cơ quan, đơn vị liên quan theo quy định" has two. A part that no rule knows becomes an agency of level
`other` with its words as name, provided that something else in the list is known.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from extractors.agencies.complements import UNITS, Complement
from extractors.agencies.grammar import find_item, shared_head_item
from extractors.agencies.items import HOME_UNITS, Context, Item
from extractors.agencies.mentions import enumeration, reading_context, share_complement
from extractors.agencies.naming import agency_id, expand, first_capital, from_capitals
from extractors.agencies.place import Place
from extractors.agencies.unknown_members import ROLES, Listing, names_something, verb_at, with_unknown
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
    line = Line(text, *_trimmed(text))
    listing = _listing(line, context, only_names=True)
    items = with_unknown(line, listing, context) if _is_list(line, listing) else []
    return [item.agency(line, place) for item in share_complement(line, items, context)]


def parse_declared_agencies(
    text: str, *, place: Place | None = None, aliases: Mapping[str, str] | None = None, issuer: str | None = None
) -> list[Agency]:
    """The agencies of a value whose label or column says that it lists agencies.

    So a verb in it belongs to a name, and words that no rule knows never make it something else than a list.

    >>> [str(a) for a in parse_declared_agencies("Cục Hỗ trợ pháp lý và các đơn vị xây dựng pháp luật có liên quan")]
    ['Cục Hỗ trợ pháp lý', 'Các đơn vị xây dựng pháp luật có liên quan']
    """
    context = reading_context(place, aliases, issuer)
    line = Line(text, *_trimmed(text))
    listing = _listing(line, context)
    items = with_unknown(line, listing, context, declared=True) if listing.items else []
    return [item.agency(line, place) for item in share_complement(line, items, context)]


def printed_agency(text: str, *, place: Place | None = None, aliases: Mapping[str, str] | None = None) -> Agency | None:
    """The body that *text* can only name, though no rule knows it: a heading among headings that are agencies.

    >>> printed_agency("Trách nhiệm của cộng đồng dân cư").name
    'Cộng đồng dân cư'
    """
    start, stop = _trimmed(text)
    words = text[start:stop]
    if not names_something(words):
        return None
    name = first_capital(expand(from_capitals(" ".join(words.split())), aliases or {}))
    return Agency(id=agency_id(name, place, local=place is not None), name=name, surface=words, level="other",
                  collective=words.lower().startswith("các "), span=Span(start, stop), rule="as-printed")  # fmt: skip


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


def _listing(line: Line, context: Context, *, only_names: bool = False) -> Listing:
    """What stands in *line*; nothing when it must hold *only_names* and begins with words unlike any."""
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
        if items and (stop := _second_half(line, index, items[-1], context)):
            items[-1] = replace(items[-1], stop=stop, name=f"{items[-1].name} - {line.slice(index + 1, stop)}")
            index = stop
            continue
        if items and items[-1].stop == index and _closing_unit(line, index):
            items[-1] = _in_unit(items[-1], line.low[index], index + 1)
            index += 1
            continue
        if line.low[index] in SEPARATORS:
            if _names_group(line, index, items, context):
                items.clear()
            index += 1
            continue
        if line.low[index : index + 2] in ROLES and _turns(line, index, items, context):
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
        stop = _chunk_stop(line, index, context)
        unknown.append((index, stop))
        if only_names and not items and not _like_a_name(line, unknown[0]):
            break
        index = stop
    return Listing(items, unknown, bracketed)


def _names_group(line: Line, index: int, items: list[Item], context: Context) -> bool:
    """Whether a colon follows a group that the names behind it are (`Các đơn vị chuyên môn: Khoa Toán, Khoa Văn`)."""
    if line.low[index] != ":" or len(items) != 1 or not items[0].collective or items[0].stop != index:
        return False
    named = find_item(line, index + 1, context, listed=True) if index + 1 < len(line) else None
    return named is not None and not named.collective


def _closing_unit(line: Line, index: int) -> bool:
    """Whether the bare word for a commune or district closes what stands before it (`Các hội, đoàn thể xã`)."""
    unit, after = line.word(index), line.word(index + 1)
    return unit in HOME_UNITS and (
        after in {"", ";", "."} or (after in {",", "và"} and line.word(index + 2) not in UNITS)
    )


def _in_unit(item: Item, unit: str, stop: int) -> Item:
    name = item.entry.name if item.entry is not None and item.entry.place == "own" else item.name
    level = UNITS[unit]
    return replace(item, name=f"{name} {unit}", stop=stop, complement=Complement(unit, level, False, stop), bare=False)


def _second_half(line: Line, index: int, before: Item, context: Context) -> int:
    """Where the second half of a double name ends (`Vụ Tổ chức - cán bộ`); 0 when none stands at *index*."""
    if before.stop != index or before.rule not in {"open-name", "shared-name", "registry"} or before.collective:
        return 0
    if line.word(index) not in {"-", "–"} or line.capital(index + 1) or line.word(index + 1) in NO_HALF:
        return 0
    stop = _chunk_stop(line, index + 1, context)
    fits = 1 < stop - index - 1 <= LONGEST_HALF and find_item(line, index + 1, context, listed=True) is None
    return stop if fits else 0


def _is_list(line: Line, listing: Listing) -> bool:
    """Whether agencies make up the line: no words unlike a name before the first one, and not too many beside them."""
    items, unknown = listing.items, listing.unknown
    if not items or (unknown and unknown[0][0] < items[0].first and not _like_a_name(line, unknown[0])):
        return False
    lone = len(items) == 1 and items[0].stop - items[0].first == 2
    if lone and any(first == items[0].stop and verb_at(line, first) for first, _ in unknown):
        return False
    return (listing.bracketed + sum(item.stop - item.first for item in items)) * 4 >= len(line)


def _turns(line: Line, index: int, items: list[Item], context: Context) -> bool:
    """Whether `chủ trì`, `phối hợp` turns to further agencies; in `các đội phối hợp tuần tra` it says which ones."""
    if not items or items[-1].stop != index or index + 2 >= len(line):
        return True
    following = line.word(index + 2)
    return not following.isalpha() or following in SEPARATORS or _item_at(line, index + 2, context)


def _like_a_name(line: Line, chunk: tuple[int, int]) -> bool:
    first, stop = chunk
    return not verb_at(line, first) and stop - first <= 8 and line.word(stop) in {",", ";", ""}


def _chunk_stop(line: Line, index: int, context: Context) -> int:
    """Where words that no rule knows end: at a mark, or at `và` before another agency."""
    stop = index + 1
    while stop < len(line) and line.low[stop] not in {",", ";", ":", ".", "("}:
        if line.low[stop] == "/" and line.capital(stop + 1) and line.words[stop + 1][1:].islower():
            break
        if line.low[stop] == "và" and line.word(stop + 1) in {"các", "hệ"} and _item_at(line, stop + 1, context):
            break
        stop += 1
    return stop


def _item_at(line: Line, index: int, context: Context) -> bool:
    return find_item(line, index, context, listed=True) is not None


LONGEST_HALF = 4
# Words behind a hyphen that explain an agency: `Sở Y tế - cơ quan thường trực`.
NO_HALF = frozenset({"cơ", "đơn", "thường", "là", "chủ", "phó", "trưởng", "bộ", "thành", "đầu", "nơi", "do", "các"})
SEPARATORS = frozenset({",", ";", "và", "cùng", "-", "–", "+", "/", "|", ".", ":", "*", "•", "với", "(", ")"})
# Whose work a heading says to stand below it: `Nhiệm vụ, giải pháp chủ yếu của …`, `Các nhiệm vụ giao …`.
_WORK = r"(?:nhiệm vụ|trách nhiệm|giải pháp|biện pháp|công việc|phần việc)"
_WHICH = (
    r"(?:quyền hạn|chủ yếu|trọng tâm|trọng điểm|cụ thể|chính|chung|cơ bản|thường xuyên|thực hiện|thi hành|tổ chức"
    r"|triển khai|chủ trì|phối hợp|chỉ đạo|tham gia)"
)
_WHOSE = (
    rf"(?:(?:các|một số|những|nhóm|nội dung|chức năng,|vai trò,) )*{_WORK}(?:(?:,| và|, và)? (?:{_WORK}|{_WHICH}))*"
    r" (?:của|đối với|thuộc về|giao(?: cho)?|phân công(?: cho)?|cho|do)\b"
)
_LEAD_IN = re.compile(
    rf"\s*(?:[-–+*•]\s*)?(?:(?:{_WHOSE}|Đề nghị|Yêu cầu|Giao(?: cho)?|"
    r"Trách nhiệm(?: chung)?(?: thực hiện| thi hành| cụ thể)?(?: của)?|"
    r"(?:Trách nhiệm, )?Nhiệm vụ(?:, (?:quyền hạn|trách nhiệm))?(?: cụ thể)?(?: của)?|Về phía|"
    r"Phân công(?: (?:nhiệm vụ|trách nhiệm|công việc|thực hiện))?(?: cho)?|Đối với|"
    r"(?:Cơ quan|Đơn vị) (?:chủ trì|phối hợp|thực hiện)|Chủ trì|Phối hợp(?: với)?)\s*:?\s*)+",
    re.IGNORECASE,
)
_TAIL = re.compile(
    r"(?:[-–]\s*(?:là )?(?:cơ quan thường trực\b|thường trực\s(?!HĐND|Hội đồng|UBND|Ủy ban|\w+ ủy))|"
    r"theo quy định|theo chức năng|trong phạm vi\b|với tư cách\b|(?:có|chịu) (?:các )?(?:nhiệm vụ|trách nhiệm)|"
    r"(?<!đạo )(?<!cơ quan )(?<!đơn vị )\b(?:(?:tổ chức|triển khai) )?thực hiện\s*:?\s*$|"
    r"(?:[*+–-]\s*)?(?:Thời gian|Kinh phí|Sản phẩm|Tiến độ)\b|thúc đẩy, theo dõi|/\.|\.\s*$|:\s*$|\.{3}|…)",
    re.IGNORECASE,
)
