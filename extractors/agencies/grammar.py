"""One agency phrase at one word: "Giám đốc Sở Y tế", "UBND các huyện", "các cơ quan liên quan", "Trung tâm X".

Named agencies come from the registry, local bodies take the place behind them, collective phrases have a grammar of
their own, and a capitalised name after a head noun (`Trung tâm …`, `Ban Quản lý …`) is taken as it stands.
"""

from __future__ import annotations

from dataclasses import replace

from extractors.agencies.acting_groups import (
    after_cue,
    clause_stop,
    is_label,
    is_told,
    sector_acts,
    stands_alone,
)
from extractors.agencies.acting_kinds import acting_kind_stop
from extractors.agencies.acting_places import acting_place, tier_stop
from extractors.agencies.collective_words import collective_nouns
from extractors.agencies.collectives import RISKY, find_collective
from extractors.agencies.complements import HAMLETS, UNITS, find_complement
from extractors.agencies.determiners import plural_stop
from extractors.agencies.items import Context, Item
from extractors.agencies.lookalikes import part_of_a_word
from extractors.agencies.name_tails import tail_stop
from extractors.agencies.named_places import find_named_places, range_stop
from extractors.agencies.naming import expand, first_capital
from extractors.agencies.owners import owner_start, shared_out, told_apart, under_owner
from extractors.agencies.posts import address_stop, behind_post, post_words, posts
from extractors.agencies.qualified import OWNING, Around, which_ones
from extractors.agencies.registered import ministers, registered_body, several_local
from extractors.agencies.registry import Entry, agency_words, registry
from extractors.agencies.subjects import relative_stop, responsible_stop, spoken_to_stop, subject_stop
from extractors.agencies.unknown_names import OPEN_SHARED, find_unknown_name, head_level, shared_name
from extractors.agencies.within import head_stop, within
from extractors.agencies.words import Line, Node, Trie, opens_clause


def find_item(line: Line, index: int, context: Context, *, listed: bool) -> Item | None:
    """The agency phrase that starts at word *index*; *listed* tells that it continues or fills a list of agencies."""
    if part_of_a_word(line, index):
        return None
    word = line.word(index)
    addressed = address_stop(line, index)
    if addressed:
        item = find_item(line, addressed, context, listed=True)
        return replace(item, first=index, person=True, strong=True) if item is not None else None
    if word in MINISTERS and (post := ministers(line, index)) is not None:
        return post
    if (inner := _within(line, index, context)) is not None:
        return inner
    titled = registry().names.match(line, index)
    if titled is None and word in post_words() and (behind := behind_post(line, index)) is not None:
        item = _body(line, behind, registry().names.match(line, behind), context, listed=True)
        if item is not None and not (item.rule == "collective" and line.low[behind : item.stop] in NO_BODY):
            return replace(item, first=index, person=True, strong=True)
    return _body(line, index, titled, context, listed=listed)


def shared_head_item(line: Line, index: int, head: Node[Entry], context: Context) -> Item | None:
    """A further member of an enumeration that names its head once (`Sở Tài chính, Nội vụ`)."""
    if not line.capital(index):
        return None
    match = registry().names.match(line, index, head)
    if match is None:
        return None
    return _named(line, index, index, match[0], match[1], context, head, "shared-head")


def _body(line: Line, index: int, named: _Named, context: Context, *, listed: bool) -> Item | None:
    """The phrase at *index*, where the registry knows *named*; one body with the one that it belongs to."""
    item = _alone(line, index, named, context, listed=listed)
    if item is None or item.collective or context.nested >= DEEPEST or item.rule not in BELONGING:
        return item
    start = owner_start(line, item.stop)
    return under_owner(line, item, start, find_item(line, start, context.within(), listed=True)) if start else item


def _alone(line: Line, index: int, named: _Named, context: Context, *, listed: bool) -> Item | None:
    """The phrase at *index* without the body that it belongs to."""
    plural = plural_stop(line, index)
    if plural > index:
        return (
            _several(line, index, plural, context)
            or _shared_plural(line, index, plural, context)
            or _collective(line, index, plural, context, listed=listed)
        )
    own = context.own_names.match(line, index) if line.word(index) in context.own_names.root.next else None
    if own is not None and (named is None or own[1] >= named[1]):
        return _own_name(line, index, own[0], own[1], context)
    if named is not None:
        head = registry().shared_heads.get(line.word(index))
        item = _named(line, index, index, named[0], named[1], context, head, "registry")
        if item is not None and (item.strong or listed or after_cue(line, index)):
            return _longer_name(line, item, context) or item
    if (unknown := find_unknown_name(line, index, context)) is not None:
        return unknown
    group = _collective(line, index, index, context, listed=listed)
    found = [group, acting_place(line, index), _subject(line, index, context)]
    longest = max(filter(None, found), key=lambda item: item.stop, default=None)
    if longest is None and not context.nested and (stop := acting_kind_stop(line, index, around_line(line, context))):
        name = first_capital(expand(line.slice(index, stop), context.aliases))
        return Item(index, stop, name, head_level(name), "subject")
    return longest


def _longer_name(line: Line, item: Item, context: Context) -> Item | None:
    """The name of which that of *item* is only the beginning: `Trung tâm Truyền thông | nông nghiệp và môi trường`."""
    whole = item.complement is not None or item.entry is None or item.entry.place == "none"
    if whole or line.word(item.first) == "sở" or tail_stop(line, item.stop) == item.stop:
        return None
    unknown = find_unknown_name(line, item.first, context)
    return unknown if unknown is not None and unknown.stop > item.stop else None


def _within(line: Line, index: int, context: Context) -> Item | None:
    """A body within another one, unless the registry knows a longer name (`Thường trực Tỉnh ủy Phú Thọ`)."""
    head = head_stop(line, index)
    if head is None:
        return None
    level, stop = head
    known = registry().names.match(line, index)
    if known is not None and known[1] > stop:
        return None
    body = find_item(line, stop, context, listed=False)
    if body is None or body.rule in {"subject", "place", "within"} or not (line.capital(stop) or body.collective):
        return None
    return within(line.slice(index, stop), level, index, body)


def _several(line: Line, first: int, index: int, context: Context) -> Item | None:
    """`các Ban Hội đồng nhân dân`: bodies of which there are several, by the name of one."""
    match = registry().names.match(line, index)
    if match is None:
        return None
    if match[0].id not in SEVERAL:
        return several_local(line, first, match[0], match[1])
    item = _named(line, first, index, match[0], match[1], context, None, "registry")
    return replace(item, name=f"Các {item.name}", collective=True) if item is not None else None


def _shared_plural(line: Line, first: int, index: int, context: Context) -> Item | None:
    """`các Sở: Y tế, Tư pháp`, `các Bộ Tài chính, Nội vụ`: the first member."""
    head = registry().shared_heads.get(line.word(index))
    start = index + 1 + (line.word(index + 1) == ":")
    if not line.capital(start):
        return None
    match = registry().names.match(line, start, head) if head is not None else None
    if match is None and start == index + 1 and (whole := _of_many(line, index)) is not None:
        return _plural_of(line, first, whole[0], whole[1], context)
    if match is not None and start == index + 1:
        further = line.word(match[1]) in SHARED_OUT
        each = context.place is None and match[0].place == "own"  # of each province, where none issues the document
        if not further or (each and registry().names.match(line, match[1] + 1, head) is None):
            return _plural_of(line, first, match[0], match[1], context)
    if match is not None:
        return _named(line, first, index, match[0], match[1], context, head, "shared-head")
    announced = line.word(index) in {"vụ", "cục"} or line.word(start - 1) == ":"
    return shared_name(line, first, start, line.words[index]) if announced and line.word(index) in OPEN_SHARED else None


def _plural_of(line: Line, first: int, entry: Entry, stop: int, context: Context) -> Item:
    """All the bodies called *entry*: `các Sở Tài chính`, `các Cục Thuế`."""
    name, complement = f"Các {entry.name}", find_complement(line, stop, context.place)
    if complement is not None:
        name, stop = f"{name} {complement.text}", complement.stop
    return Item(first, stop, name, entry.level, "plural", collective=True)


def _of_many(line: Line, index: int) -> tuple[Entry, int] | None:
    """The body at *index*, and where its name ends, of which each place has one: `các Cục Thuế`.

    In `các Phòng Tư pháp, Nội vụ` the head is for further names.
    """
    if line.word(index) not in OPEN_SHARED:
        return None
    named = registry().names.match(line, index)
    if named is None or named[0].place == "none":
        return None
    after = named[1] + 1
    further = line.word(named[1]) in SHARED_OUT and line.capital(after)
    return None if further and line.word(after) not in agency_words("name-border") else named[:2]


def _own_name(line: Line, index: int, full: str, stop: int, context: Context) -> Item | None:
    """A short name that the document defines: `(gọi tắt là Ban Chỉ đạo)`."""
    if not line.capital(index):
        return None
    surface = line.slice(index, stop)
    stop += line.word(stop).isdigit() and not full.split()[-1].isdigit()
    complement = find_complement(line, stop, context.place)
    if complement is not None and (complement.collective or complement.level != "province"):
        named = f"{first_capital(expand(surface, context.aliases))} {complement.text}"
        return Item(index, complement.stop, named, complement.level, "own-name", complement.collective)
    inner = whole_item(full, replace(context, own_names=Trie()))
    name, level = (inner.name, inner.level) if inner else (expand(full, context.aliases), head_level(full))
    return Item(index, stop, first_capital(name), level, "own-name", entry=inner.entry if inner else None)


def whole_item(text: str, context: Context) -> Item | None:
    """The item that fills *text* from end to end."""
    line = Line(text)
    item = find_item(line, 0, context, listed=True)
    return item if item is not None and item.stop == len(line) else None


def _named(
    line: Line, first: int, index: int, entry: Entry, stop: int, context: Context, head: Node[Entry] | None, rule: str
) -> Item | None:
    """The body that the registry knows, or those of a tier that the words behind them tell: `UBND các xã ven biển`."""
    item = registered_body(line, first, index, entry, stop, context, head, rule)
    places = item.complement if item is not None else None
    if item is None or places is None or not places.text.startswith("các "):
        return item
    if line.word(places.stop) not in SOME_OF_THEM:
        return item
    return _which(line, item, places.stop - 1, context, listed=True)


def _collective(line: Line, first: int, index: int, context: Context, *, listed: bool) -> Item | None:
    if first < index and line.word(index - 1) == "các" and line.word(index) in UNITS:
        places = find_complement(line, index - 1, context.place)
        if places is not None and (named := find_named_places(line, places)):
            bodies = [
                Item(start, place.stop, first_capital(place.text), place.level, "named-place", complement=place)
                for start, place in named
            ]
            return replace(bodies[0], first=first, others=tuple(bodies[1:]))
        if places is not None:
            group = Item(first, places.stop, first_capital(places.text), places.level, "collective", collective=True)
            return _which(line, group, index, context, listed=listed)
    phrase = find_collective(line, index, context.place)
    if phrase is None or (first < index and line.word(first) in EACH and _are_people(line, index)):
        return None
    if first == index and is_label(line, phrase.stop):
        return None
    alone = stands_alone(line, index, phrase) or sector_acts(line, index, phrase)
    told = is_told(line, index) and phrase.stop - index > 1
    if not (first < index or listed or alone or told or after_cue(line, index)):
        return None
    text, stop = phrase.text, phrase.stop
    told_until = clause_stop(line, phrase.core_stop) or clause_stop(line, stop)
    if not told_until and opens_clause(line, first):
        told_until = relative_stop(line, stop)
    if told_until:
        text, stop = f"{phrase.core} {line.slice(phrase.core_stop, told_until)}", told_until
    text = expand(text, context.aliases)
    if first < index:
        text = f"{line.word(first) if line.word(first) in EACH else 'các'} {text}"
    group = Item(first, stop, first_capital(text), phrase.tier, "collective", collective=True)
    return group if told_until else _which(line, group, phrase.nouns[-1][1], context, listed=listed)


def _are_people(line: Line, index: int) -> bool:
    """Whether people live together in what is named at *index*, which is no body: `mỗi khu phố`, `từng thôn`."""
    return line.word(index) in HAMLETS or f"{line.word(index)} {line.word(index + 1)}" in NEIGHBOURS


def _which(line: Line, group: Item, noun: int, context: Context, *, listed: bool) -> Item:
    """*group*, whose last noun begins at *noun*, with the words behind it that say which ones are meant."""
    subject = line.word(group.first - 1) in OWNING or not (listed or after_cue(line, group.first))
    told = None
    if context.nested < DEEPEST and line.word(group.stop).isalpha():
        told = which_ones(line, noun, group.stop, around_line(line, context), subject=subject)
    if told is not None:
        which = expand(told_apart(line, group.stop, told), context.aliases)
        group = replace(group, stop=told.stop, name=f"{group.name} {which}")
    if (beyond := range_stop(line, group.stop)) > group.stop:
        group = replace(group, stop=beyond, name=f"{group.name} {line.slice(group.stop, beyond)}")
    return shared_out(group, told) if group.rule == "collective" else group


def around_line(line: Line, context: Context) -> Around:
    """What the grammar finds at the words of *line*, for those who read words that no table has."""
    return Around(
        lambda at: find_item(line, at, context.within(), listed=True), lambda at: _begins_agency(line, at, context)
    )


def _begins_agency(line: Line, index: int, context: Context) -> bool:
    """Whether an agency begins at *index*, by its first words alone."""
    if plural_stop(line, index) > index or collective_nouns().match(line, index) is not None:
        return True
    if line.word(index) in context.own_names.root.next and context.own_names.match(line, index) is not None:
        return True
    named = registry().names.match(line, index) or posts().match(line, index)
    return named is not None or find_unknown_name(line, index, context) is not None


def _subject(line: Line, index: int, context: Context) -> Item | None:
    """A kind of body that a sentence gives a duty (`Cơ quan thanh tra khẩn trương …`)."""
    recurs = line.word(index - 1) in PERIODS and (line.word(index - 2) in RECURRING or line.word(index - 2).isdigit())
    if (recurs or line.word(index - 1) in {",", "thì", "với"}) and not line.capital(index):
        return _responsible(line, index, context)
    if not line.capital(index) or not opens_clause(line, index):
        return None
    if stop := tier_stop(line, index):
        level = UNITS.get(line.word(index + 1), "other")
        return Item(index, stop, first_capital(line.slice(index, stop).lower()), level, "subject", collective=True)
    noun = collective_nouns().match(line, index)
    if noun is None or line.word(index) in UNITS or (noun[1] == index + 1 and line.word(index) in RISKY):
        return None
    stop = subject_stop(line, index, noun[1])
    if not stop:
        return None
    return Item(index, stop, first_capital(expand(line.slice(index, stop), context.aliases)), noun[0], "subject")


def _responsible(line: Line, index: int, context: Context) -> Item | None:
    """A kind of body with a responsibility in mid-sentence: `…, cơ quan thuế có trách nhiệm tính …`."""
    noun = collective_nouns().match(line, index)
    if noun is None or noun[1] == index + 1 or line.word(index) in UNITS:
        return None
    spoken_to = line.word(index - 1) == "với"
    stop = spoken_to_stop(line, index, noun[1]) if spoken_to else responsible_stop(line, noun[1])
    if not stop:
        return None
    return Item(index, stop, first_capital(expand(line.slice(index, stop), context.aliases)), noun[0], "subject")


_Named = tuple[Entry, int, Node[Entry]] | None


SEVERAL = frozenset(
    {"vn.uy-ban-cua-quoc-hoi", "ban-hoi-dong-nhan-dan", "to-dai-bieu-hoi-dong-nhan-dan", "dai-bieu-hoi-dong-nhan-dan"}
)

MINISTERS = frozenset({"các", "bộ"})


# Words that take some of the bodies of a tier: `UBND các xã có liên quan`, `UBND các tỉnh ven biển`.
SOME_OF_THEM = frozenset({"có", "từ", "nơi", "liên", "ven", "trọng", "khác", "lân", "giáp", "vùng", "miền", "biên"})

# Words of a time that comes round, behind which a subject may stand without a comma: `hằng năm cơ quan chủ trì …`.
PERIODS = frozenset({"năm", "quý", "tháng", "tuần", "kỳ"})
RECURRING = frozenset({"hằng", "hàng", "mỗi", "cuối", "nhiệm"})

# One body by its name, whoever gave it.
BELONGING = frozenset({"registry", "open-name", "own-name"})

# How many groups may stand within each other: `các phòng của các đơn vị thuộc Bộ Y tế`.
DEEPEST = 2

# Words that a post names, but not as a body: `trưởng ban`, `trưởng thôn`.
NO_BODY = (["ban"], ["thôn"], ["bản"], ["ấp"], ["khu", "phố"], ["xóm"])


# Marks behind the first of several members that share a head.
SHARED_OUT = frozenset({",", "và", ";", "/", "-", "–", "(", "&"})

# Where people live together, beside the villages.
NEIGHBOURS = frozenset({"khu phố", "tổ dân", "khu dân", "hộ dân", "hộ gia", "người dân", "gia đình"})

# Words that keep themselves in the name: `từng địa phương` are not `các địa phương`.
EACH = frozenset({"từng", "mỗi"})
