"""Find agencies in running text: every mention with its span and canonical name.

"Sở Y tế, Tư pháp; UBND các huyện và các cơ quan liên quan" has four. Whether an agency leads, coordinates or is only
named is for the caller to say.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace

from extractors.agencies.acting_places import further_place, may_act, same_body_elsewhere
from extractors.agencies.collectives import PEOPLE, WHICH_PEOPLE
from extractors.agencies.complements import UNITS, Complement, find_complement
from extractors.agencies.determiners import DETERMINERS
from extractors.agencies.grammar import around_line, find_item, shared_head_item
from extractors.agencies.items import HOME_UNITS, Context, Item, at_home, with_complement
from extractors.agencies.members import first_member, further_member, partner_places
from extractors.agencies.openings import all_first_words, heads, may_open, openings, own_names
from extractors.agencies.owners import same_group_of
from extractors.agencies.place import Place
from extractors.agencies.predicates import begins_predicate
from extractors.agencies.qualified import Around
from extractors.agencies.registered import each_with_body
from extractors.agencies.unknown_names import shared_name
from extractors.agencies.within import within
from extractors.agencies.words import Line
from schemas import Agency


def find_agencies(
    text: str, *, place: Place | None = None, aliases: Mapping[str, str] | None = None, issuer: str | None = None
) -> list[Agency]:
    """Every agency that *text* names, in reading order, without overlaps.

    *place* is the issuing province, *aliases* the short names that the document defines (`learn_aliases`), *issuer*
    its issuing body, whose short forms (`Ban Chỉ đạo quốc gia`) are read in full.

    >>> phu_tho = Place("tỉnh Phú Thọ", "phu-tho")
    >>> [str(a) for a in find_agencies("phối hợp với Sở Y tế, Tư pháp và UBND các xã", place=phu_tho)]
    ['Sở Y tế tỉnh Phú Thọ', 'Sở Tư pháp tỉnh Phú Thọ', 'Ủy ban nhân dân các xã']
    """
    in_line = agency_finder(text, place=place, aliases=aliases, issuer=issuer)
    found: list[Agency] = []
    start = 0
    while start < len(text):
        stop = text.find("\n", start)
        stop = len(text) if stop < 0 else stop
        found += in_line(start, stop)
        start = stop + 1
    return found


def agency_finder(
    text: str, *, place: Place | None = None, aliases: Mapping[str, str] | None = None, issuer: str | None = None
) -> Callable[[int, int], list[Agency]]:
    """`find_agencies` for a caller who asks for some of the lines: what finds those of the line `text[start:stop]`."""
    context = reading_context(place, aliases, issuer)
    first_words = all_first_words() | context.own_names.first_words()

    def in_line(start: int, stop: int) -> list[Agency]:
        line = Line(text, start, stop)
        return [item.agency(line, place) for item in line_items(line, context, first_words)]

    return in_line


def reading_context(place: Place | None, aliases: Mapping[str, str] | None, issuer: str | None) -> Context:
    """What a document tells about its agencies, ready for reading."""
    aliases = aliases or {}
    home = _HOME.search(issuer) if issuer else None
    return Context(
        place, aliases, own_names(tuple(sorted(aliases.items())), issuer), (home[1] or home[0]) if home else ""
    )


def line_items(line: Line, context: Context, first_words: frozenset[str]) -> Iterator[Item]:
    """The agency phrases of one line, enumeration by enumeration, at words among *first_words*."""
    own, low, stop = context.own_names, line.low, 0
    opening, named = openings(), heads()
    partners = frozenset(partner_places(line))
    places = [index for index, word in enumerate(low) if word in first_words]
    for index in sorted({*places, *partners}) if partners else places:
        if index < stop or index >= len(low) or (index == stop > 0 and low[index] == "lãnh"):
            continue  # behind a body `lãnh đạo` is what it does
        word = low[index]
        if index in partners:
            run = partner_list(line, index, context)
            yield from run
            stop = run[-1].stop if run else stop
            continue
        fits = own.can_begin(word) or (word in opening and may_open(opening[word], low, index))
        if not fits and word in named:
            fits = line.capital(index) and may_open(named[word], low, index)
        if not fits and line.word(index - 1) not in CUES and not (word in UNITS and may_act(line, index)):
            continue
        item = find_item(line, index, context, listed=False)
        if item is not None:
            run = enumeration(line, item, context)
            yield from run
            stop = run[-1].stop


def partner_list(line: Line, index: int, context: Context) -> list[Item]:
    """The partners whose list begins at *index*, behind `phối hợp với`: also those whom no table knows."""
    around = around_line(line, context)
    first = find_item(line, index, context, listed=False) or first_member(line, index, context, around)
    return enumeration(line, first, context, partners=around) if first is not None else []


def enumeration(line: Line, first: Item, context: Context, *, partners: Around | None = None) -> list[Item]:
    """*first* and the agencies that follow it in one enumeration; a closing place is shared out.

    In a list of *partners* members may stand that no table knows.
    """
    first = _with_people(line, _announced(line, first, context) or first)
    run = [first, *first.others]
    while (following := _next(line, run[-1], context, partners)) is not None:
        following = _announced(line, following, context) or same_group_of(run[-1], following) or following
        following = _with_people(line, following)
        if _is_of_group(line, run[-1], following):
            run[-1] = _joined(line, run[-1], following)
            continue
        if run[-1].shared.endswith(SHARED) and following.level == "central" and not following.shared:
            following = within(run[-1].shared, run[-1].level, following.first, following)
        if following.others:
            run[-1:] = each_with_body(run[-1], following)
        run += [following, *following.others]
    return share_complement(line, run, context)


def share_complement(line: Line, run: list[Item], context: Context) -> list[Item]:
    """Give the bare bodies before a body with a place that place too: `Mặt trận Tổ quốc và Hội Nông dân các cấp`."""
    shared, place = list(run), context.place
    for index in range(len(run) - 2, -1, -1):
        item, after = shared[index], shared[index + 1]
        complement = after.complement
        if after.rule == "collective" and place is not None and after.name.endswith(place.name):
            complement = Complement(place.name, "province", False, after.stop)
        if item.rule == "open-name" and not _alike(line, item, after, complement):
            continue
        apart = ";" in line.low[item.stop : after.first]
        home = (
            complement is not None
            and complement.place is not None
            and item.entry is not None
            and after.entry is not None
        )
        if item.bare and not apart and complement is not None and (complement.place is None or home):
            shared[index] = with_complement(item, complement)
    return [at_home(line, item, context.home) for item in shared] if context.home else shared


def _alike(line: Line, item: Item, after: Item, complement: Complement | None) -> bool:
    """Whether an unknown body shares the place of the one after it: `Ban Điều phối, Ban Chuyên trách các cấp`."""
    plural = complement is not None and complement.collective
    return plural and after.rule == "open-name" and line.word(item.first) == line.word(after.first)


def _is_of_group(line: Line, group: Item, further: Item) -> bool:
    """Whether *further* still is of *group*, since no `các` begins another.

    `các sở, ngành cấp tỉnh, cơ quan …`, `các cơ quan liên quan và địa phương ven biển`.
    """
    if group.rule == "plural" and further.name.casefold().endswith(group.name.removeprefix("Các ").casefold()):
        return line.low[group.stop : further.first] in ([","], ["và"])  # a tier lower: `các Cục Thuế, Chi cục Thuế`
    if group.rule != "collective" or line.word(group.first) != "các" or further.rule not in {"collective", "member"}:
        return False
    own = line.word(further.first) in DETERMINERS or line.low[further.first : further.first + 2] == ["chính", "quyền"]
    return not own and not line.capital(further.first) and line.low[group.stop : further.first] in ([","], ["và"])


def _joined(line: Line, group: Item, further: Item) -> Item:
    glue = ", " if line.word(group.stop) == "," else " và "
    if group.rule == "plural":
        return replace(group, stop=further.stop, name=f"{group.name}{glue}{further.name}")
    name = f"{group.name}{glue}{further.name[:1].lower()}{further.name[1:]}"
    return replace(group, stop=further.stop, name=name, shared=further.shared)


def _with_people(line: Line, group: Item) -> Item:
    """*group* with the people who close it, of whom no `các` makes a group of their own: `các sở và người dân`."""
    if group.rule != "collective" or line.word(group.first) != "các" or line.word(group.stop) != "và":
        return group
    stop = group.stop + 1
    pair = f"{line.word(stop)} {line.word(stop + 1)}"
    if pair not in PEOPLE:
        return group
    stop += 4 if f"{line.word(stop + 2)} {line.word(stop + 3)}" in WHICH_PEOPLE else 2
    return replace(group, stop=stop, name=f"{group.name} và {line.slice(group.stop + 1, stop).lower()}")


def _announced(line: Line, group: Item, context: Context) -> Item | None:
    """The first of the named bodies that *group* announces, in its place: `các đơn vị: Sở Y tế, Sở Nội vụ`."""
    at = group.stop
    while line.word(at) in ANNOUNCES:
        at += 1
    if at == group.stop or group.rule != "collective" or not line.capital(at):
        return None
    first = find_item(line, at, context, listed=True)
    if (
        first is None
        or first.collective
        or first.rule not in {"registry", "open-name"}
        or line.word(first.stop) not in {",", "và", ";", "("}
    ):
        return None
    return first


def _next(line: Line, item: Item, context: Context, partners: Around | None = None) -> Item | None:
    """The agency that continues the enumeration after *item*, in a list of *partners* perhaps one of no table."""
    stop = item.stop
    after = stop
    while line.word(after) in {",", ";", "và", "cùng", "/"} and after - stop < 2:
        after += 1
    after += partners is not None and after > stop and line.word(after) == "với"
    if after >= len(line):
        return None
    if after == stop:
        return None
    semicolon = ";" in line.low[stop:after]
    if item.rule in {"place", "named-place"} and item.entry is None and (place := further_place(line, after)):
        return place
    if item.plural and not semicolon and (named := shared_name(line, after, after, item.plural)) is not None:
        return named
    if item.head is not None and not semicolon:
        following = find_item(line, after, context, listed=False)
        if following is not None and following.strong and following.rule != "collective":
            return following
        shared = shared_head_item(line, after, item.head, context)
        if shared is not None:
            return shared
    if (elsewhere := same_body_elsewhere(line, after, item)) is not None:
        return elsewhere
    if item.complement is not None and item.entry is not None and item.complement.text.startswith("các "):
        further = _further_place(line, item, after, context)
        if further is not None:
            return further
    if _is_front(line, after):
        return Item(after, after + 2, line.slice(after, after + 2), "union", "member")
    found = find_item(line, after, context, listed=not semicolon and _noun_follows(line, after))
    if found is not None or partners is None or semicolon:
        return found
    return further_member(line, after, context, partners)


def _further_place(line: Line, item: Item, index: int, context: Context) -> Item | None:
    """`Ủy ban nhân dân các huyện, các xã`: the same body of further places."""
    if line.word(index) != "các" or line.word(index + 1) not in UNITS or item.entry is None:
        return None
    complement = find_complement(line, index, context.place)
    if complement is None:
        return None
    bare = replace(item, first=index, stop=complement.stop, name=item.entry.name, level=item.entry.level)
    return with_complement(bare, complement)


def _is_front(line: Line, index: int) -> bool:
    """Whether the Fatherland Front is named in short at *index*, as lists do: `Ủy ban nhân dân, Mặt trận, đoàn thể`."""
    if line.low[index : index + 2] != FRONT or not line.capital(index):
        return False
    return not line.word(index + 2).isalpha() or line.word(index + 2) == "và" or begins_predicate(line, index + 2)


def _noun_follows(line: Line, index: int) -> bool:
    """Whether the phrase at *index* may be a bare member of the list, not the verb of the sentence."""
    return line.word(index) not in {"tổ", "cấp", "ban", "báo", "trường"}


# Heads that are given once for all members of an enumeration (`Tổ đảng ở Thường trực Hội đồng Dân tộc và các Ủy ban`).
SHARED = ("ở Thường trực", "Thường trực", " ở")

FRONT = ["mặt", "trận"]

# What stands between a group and the names of its members.
ANNOUNCES = frozenset({":", "gồm", "bao"})

# Words before which a bare noun may be an agency too: `phối hợp với cơ quan …`.
CUES = frozenset({"với", "hợp", "cùng"})
_HOME = re.compile(rf"(?:(?:Ủy|Hội đồng|Đảng) .*?((?:{'|'.join(HOME_UNITS)}) \w.*)|^bộ \w.*)", re.IGNORECASE)
