"""Words of a list that no rule knows: joined to the agency before them (`Các doanh nghiệp | đầu tư hạ tầng`), or alone.

A part that no rule knows becomes an agency of level `other` with its words as name, provided that something else in the
list is known; a verb, a reference (`khoản 2`) or an adverbial (`theo quy định`) does not.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from extractors.agencies.items import Context, Item
from extractors.agencies.naming import expand, first_capital
from extractors.agencies.registry import agency_words
from extractors.agencies.words import Line


@dataclass(frozen=True, slots=True)
class Listing:
    """What stands in a list: agencies, stretches of words that no rule knows, and how many words stand in brackets,
    which explain the agency before them and name none.
    """

    items: list[Item]
    unknown: list[tuple[int, int]]
    bracketed: int


def with_unknown(line: Line, listing: Listing, context: Context, *, declared: bool = False) -> list[Item]:
    """Join what no rule knows to the agency before it (`Các doanh nghiệp` + `đầu tư hạ tầng`) or let it stand alone."""
    items = list(listing.items)
    ending = {item.stop: place for place, item in reversed([*enumerate(items)])}
    for first, stop in listing.unknown:
        before = ending.get(first)
        words = line.slice(first, stop)
        if before is None and line.word(first - 1) == "và" and not line.capital(first) and line.word(first) != "các":
            joins = {"collective"} | ({"open-name"} if declared and verb_at(line, first) else set())
            before = ending.get(first - 1)
            before = before if before is not None and items[before].rule in joins else None
            words = f"và {words}" if before is not None else words
        if before is not None:
            open_ended = declared or line.low[stop - 2 : stop] == ["liên", "quan"]
            acts = verb_at(line, first) and not (open_ended and line.low[first - 2 : first] != ["liên", "quan"])
            names_work = line.low[first : first + 2] in ROLES and not line.word(first + 2).startswith("với")
            if (line.word(first) in ADVERBIALS and not names_work) or acts or stop - first > LONGEST_REST:
                continue
            joined = items[before]
            items[before] = replace(joined, stop=stop, name=f"{joined.name} {expand(words, context.aliases)}")
            ending[stop] = before
        elif (before := _second_field(line, first, items, ending)) is not None and not verb_at(line, first):
            joined = items[before]
            whole = first_capital(expand(line.slice(joined.first, stop), context.aliases))
            items[before] = replace(joined, stop=stop, name=whole, rule="open-name", entry=None, head=None)
            ending[stop] = before
        elif (before := _goes_on(line, first, items, ending)) is not None:
            joined = items[before]
            items[before] = replace(joined, stop=stop, name=f"{joined.name}, {expand(words, context.aliases)}")
            ending[stop] = before
        elif stop - first <= 14 and not verb_at(line, first) and _names_somebody(line, first, words):
            name = first_capital(expand(words, context.aliases))
            items.append(Item(first, stop, name, "other", "unknown-member"))
            ending[stop] = len(items) - 1
    return sorted(items, key=lambda item: item.first)


def names_something(words: str) -> bool:
    """Whether *words* name something: no lone figure or speck of a scan, no clause (`là các đơn vị …`)."""
    whole = any(len(word) > 1 and word.isalpha() for word in words.split())
    return whole and not words.lower().startswith(("là ", "được ", "có "))


def verb_at(line: Line, index: int) -> bool:
    """Whether a known verb stands at *index*."""
    return f"{line.word(index)} {line.word(index + 1)}" in agency_words("verb")


def _name_before(line: Line, first: int, items: list[Item], ending: Mapping[int, int]) -> int | None:
    """The body whose name goes on behind its comma (`Phòng Hành chính, Lưu trữ`): nothing at *first* begins another.

    *ending* tells which of *items* ends before a word.
    """
    if line.word(first - 1) != "," or not line.capital(first) or line.word(first) in agency_words("name-border"):
        return None
    before = ending.get(first - 1)
    if before is None or items[before].rule != "open-name" or items[before].complement is not None:
        return None
    whole_words = all(len(word) > 1 and not word.isupper() for word in line.words[first : first + 2])
    return before if line.low[items[before].first] in WITH_COMMAS and whole_words else None


def _second_field(line: Line, first: int, items: list[Item], ending: Mapping[int, int]) -> int | None:
    """The bureau or board whose second field stands at *first* in small letters: `Cục Hóa chất và | vật liệu nổ`."""
    before = ending.get(first - 1) if line.word(first - 1) == "và" else None
    if before is None or line.capital(first) or items[before].collective or items[before].complement is not None:
        return None
    fielded = line.low[items[before].first] in {"cục", "vụ"} or items[before].name.endswith("của Quốc hội")
    return before if fielded and line.word(first) not in NEW_MEMBERS | NO_FIELDS else None


def _goes_on(line: Line, first: int, items: list[Item], ending: Mapping[int, int]) -> int | None:
    """The agency whose name goes on at *first*, behind a comma: a body with several fields, a group of several kinds.

    `Các doanh nghiệp viễn thông, Internet` is one group, since nothing says that another one begins.
    """
    before = ending.get(first - 1) if line.word(first - 1) == "," else None
    if before is not None and items[before].rule == "collective" and not verb_at(line, first):
        lone = line.word(first + 1) in {"", ",", ";", "và"}
        if (not line.capital(first) and line.word(first) not in NEW_MEMBERS) or (line.capital(first) and lone):
            return before
    return _name_before(line, first, items, ending)


def _names_somebody(line: Line, first: int, words: str) -> bool:
    """Whether *words*, from word *first* on, could be a name: no reference, nothing behind a full stop."""
    if line.word(first - 1) == "." or line.word(first) in REFERENCES:
        return False
    return names_something(words)


# Words with which a member of its own begins.
NEW_MEMBERS = frozenset({"các", "đại", "lãnh", "cán", "người", "chủ", "trưởng"})
# Words with which people and bodies begin, and no field of an office.
NO_FIELDS = frozenset({"nhân", "hộ", "gia", "cộng", "tổ", "đơn", "cơ", "doanh", "cá", "thành", "viên", "công", "bộ"})
REFERENCES = frozenset({"khoản", "điểm", "mục", "điều", "phần"})
LONGEST_REST = 16
ROLES = (["chủ", "trì"], ["phối", "hợp"])
# Heads of bodies that are named after several fields: `Vụ Phổ biến, giáo dục pháp luật`.
WITH_COMMAS = frozenset({"ban", "phòng", "vụ", "cục", "viện"})
ADVERBIALS = frozenset(
    {"theo", "thúc", "để", "trong", "khi", "nếu", "như", "thực", "phối", "chủ", "căn", "tùy", "có", "trên", "chịu"}
)
