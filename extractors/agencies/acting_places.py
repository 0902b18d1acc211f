"""Places that act: "Thành phố Huế và các tỉnh Lào Cai, An Giang đẩy nhanh …", "Cấp huyện tổ chức …".

A province is an agency only as the subject of a sentence or behind a word of assignment; bodies with a list of places
(`UBND các tỉnh: Lào Cai, An Giang`) are one body for each.
"""

from __future__ import annotations

from extractors.agencies.collectives import find_collective
from extractors.agencies.complements import UNITS, Complement, find_complement
from extractors.agencies.items import Item, level_at
from extractors.agencies.named_places import find_named_places
from extractors.agencies.naming import first_capital
from extractors.agencies.place import Place
from extractors.agencies.predicates import MODALS, begins_predicate
from extractors.agencies.registry import Entry
from extractors.agencies.words import Line, Node, opens_clause


def acting_place(line: Line, index: int) -> Item | None:
    """A province as the subject of a sentence: `Thành phố Huế và các tỉnh Lào Cai, An Giang đẩy nhanh …`."""
    if not may_act(line, index):
        return None
    place = named_province(line, index) or _named_district(line, index)
    if place is None:
        return None
    stop = _end_of_places(line, place.stop)
    return _place_item(index, place) if begins_predicate(line, stop) or line.word(stop) in MODALS else None


def may_act(line: Line, index: int) -> bool:
    """Whether the place at *index* opens a clause or is told something, by the words before it."""
    return (line.capital(index) and opens_clause(line, index)) or line.word(index - 1) in ASSIGNS


def same_body_elsewhere(line: Line, index: int, item: Item) -> Item | None:
    """The body of *item* in a further province (`UBND thành phố Hà Nội, thành phố Hồ Chí Minh và …`)."""
    place = named_province(line, index) if item.entry is not None and item.entry.place == "any" else None
    if place is None or item.complement is None or item.complement.place is None or item.entry is None:
        return None
    return at_place(item.entry, index, place, None)


def further_place(line: Line, index: int) -> Item | None:
    """The next province of a list of provinces that act (`Thành phố Huế, tỉnh Quảng Trị khẩn trương …`)."""
    place = named_province(line, index)
    return _place_item(index, place) if place is not None else None


def named_province(line: Line, index: int) -> Complement | None:
    """A province by its kind and its name at *index*: `tỉnh Lâm Đồng`, `TP. Huế`."""
    place = find_complement(line, index, None) if line.word(index) in UNITS else None
    return place if place is not None and place.place is not None else None


def _named_district(line: Line, index: int) -> Complement | None:
    """A district or a commune by its kind and its name at *index*: `huyện Lý Sơn`, `Xã Tân Lập`."""
    place = find_complement(line, index, None) if line.word(index) in UNITS else None
    if place is None or place.collective or place.level not in {"district", "commune"}:
        return None
    return place if line.capital(place.stop - 1) and place.stop - index > 1 else None


def at_place(entry: Entry, start: int, place: Complement, head: Node[Entry] | None) -> Item:
    """The body of one of the places that a plural names (`Ủy ban nhân dân các tỉnh: Khánh Hòa, Đắk Lắk`)."""
    text = home_name(entry, place.place) if place.place else place.text
    name = f"{entry.name} {text}"
    return Item(
        start, place.stop, name, level_at(entry.level, place), "named-place", entry=entry, complement=place, head=head
    )


def home_name(entry: Entry, place: Place) -> str:
    """The province as it stands in a name: `Sở Y tế tỉnh Phú Thọ`, but `Tỉnh ủy Phú Thọ`."""
    if entry.name.endswith(("Tỉnh ủy", "Thành ủy", "Tỉnh đoàn", "Thành đoàn")):
        if place.slug in NAMED_AS_CITIES:
            return first_capital(place.name)
        return place.name.removeprefix("tỉnh ").removeprefix("thành phố ")
    return place.name


def tier_stop(line: Line, index: int) -> int:
    """The index after a tier of administration that acts (`Cấp huyện tổ chức bồi dưỡng …`); 0 where none does.

    A group may stand between it and what it does: `Cấp xã, cơ quan, tổ chức bố trí …`.
    """
    stop = index + 2 + (line.word(index + 1) == "cơ")
    if line.word(index) != "cấp" or line.word(index + 1) not in TIERS:
        return 0
    if line.word(stop) in {",", "và"} and (group := find_collective(line, stop + 1, None)) is not None:
        return stop if begins_predicate(line, group.stop) or line.word(group.stop) in MODALS else 0
    return stop if begins_predicate(line, stop) or line.word(stop) in MODALS else 0


def _end_of_places(line: Line, stop: int) -> int:
    """Where the list ends that has a place before *stop*; the line remembers it for the places to come."""
    passed: list[int] = []
    while stop not in line.list_ends and line.word(stop) in {",", "và"}:
        following = find_complement(line, stop + 1, None)
        if following is None:
            break
        further = find_named_places(line, following)
        if not further and following.place is None:
            break
        passed.append(stop)
        stop = further[-1][1].stop if further else following.stop
    end = line.list_ends.get(stop, stop)
    line.list_ends.update(dict.fromkeys(passed, end))
    return end


def _place_item(index: int, place: Complement) -> Item:
    return Item(index, place.stop, first_capital(place.text), place.level, "place", complement=place)


# Cities that are called cities in every name: `Thành ủy Thành phố Hồ Chí Minh`, but `Thành ủy Huế`.
NAMED_AS_CITIES = frozenset({"ho-chi-minh"})

TIERS = frozenset({"tỉnh", "huyện", "xã", "cơ"})

# Words before a province that is told to act: `đề nghị thành phố Cần Thơ tập trung …`, `…, tỉnh Lào Cai cần …`.
ASSIGNS = frozenset({"nghị", "cầu", "giao", "cho", ",", "riêng"})
