"""Bodies that the registry knows, with the place behind their name: `Sở Y tế | tỉnh Lào Cai`, `UBND | các xã`.

A name without a place takes that of the document where the body belongs to one; several named places make as many
bodies. The ministers stand for the ministries.
"""

from __future__ import annotations

import re
from dataclasses import replace

from extractors.agencies.acting_places import at_place, home_name
from extractors.agencies.collectives import find_collective
from extractors.agencies.complements import SURNAMES, UNITS, Complement, find_complement, find_name, find_region
from extractors.agencies.items import Context, Item, level_at, with_complement
from extractors.agencies.lookalikes import WEAK, is_other_thing
from extractors.agencies.named_places import find_named_places
from extractors.agencies.place import Place
from extractors.agencies.registry import Entry, agency_words, merged_into, registry
from extractors.agencies.words import Line, Node
from schemas import AgencyLevel


def registered_body(
    line: Line, first: int, index: int, entry: Entry, stop: int, context: Context, head: Node[Entry] | None, rule: str
) -> Item | None:
    """The body that *entry* is, whose name ends at *stop*, with the place behind it; None where it is something else.

    *first* is where the phrase begins and *index* the name; *head* is what further members of a list may leave out.
    """
    if is_other_thing(line, index, stop, entry):
        return None
    place = context.place
    if (region := find_region(line, stop) or find_region(line, stop - 2)) is not None:
        level: AgencyLevel = (
            "central" if entry.level == "province" and not entry.name.startswith(COURTS) else entry.level
        )
        return Item(first, region[1], f"{_NATIONWIDE.sub('', entry.name)} {region[0]}", level, rule, head=head)
    if entry.place == "any" and line.low[stop : stop + 2] == NATION and line.capital(stop):
        return _nationwide(line, first, entry, stop + 2, context, rule)
    branch = 2 * (line.low[stop : stop + 2] == ["chi", "nhánh"] and line.word(stop + 2) in UNITS)
    if entry.name.endswith(ONE_ZONE) and (zone := _zone_stop(line, stop)) > stop:
        return Item(first, zone, f"{entry.name} {line.slice(stop, zone)}", entry.level, rule, entry=entry, head=head)
    complement = None if entry.place == "none" else find_complement(line, stop + branch, place)
    if complement is None and entry.name.endswith(("Huyện ủy", "Quận ủy", "Thị ủy")):
        complement = find_name(line, stop)
    communes = complement is not None and complement.collective and complement.level == "commune"
    if complement is not None and communes and entry.place == "own" and not context.home.startswith(complement.text):
        complement = None
    if complement is not None and (places := find_named_places(line, complement)):
        bodies = [at_place(entry, start, place, head) for start, place in places]
        return replace(bodies[0], first=first, others=tuple(bodies[1:]))
    if complement is not None and place is not None and _names_a_zone(line, entry, stop, complement, place):
        name = f"{entry.name} {line.slice(stop, complement.stop)}"
        return Item(first, complement.stop, name, entry.level, rule, entry=entry, head=head)
    if complement is not None:
        text = home_name(entry, complement.place) if complement.place else complement.text
        name = f"{entry.name} {text}"
        if entry.level == "enterprise" and complement.place and line.word(stop) not in UNITS:
            name = line.slice(index, complement.stop)
        item = Item(first, complement.stop, name, level_at(entry.level, complement), rule, complement.collective, entry)
        return replace(item, complement=complement, head=head)
    if entry.place == "own" and place is not None:
        return Item(first, stop, f"{entry.name} {home_name(entry, place)}", entry.level, rule, entry=entry, head=head)
    strong = entry.place != "any" or entry.name not in WEAK
    return Item(
        first, stop, entry.name, entry.level, rule, entry=entry, bare=entry.place == "any", strong=strong, head=head
    )


def _names_a_zone(line: Line, entry: Entry, stop: int, complement: Complement, place: Place) -> bool:
    """Whether the province behind a body of *place* only names the zone that it runs, for it is part of *place* now.

    `Ban Quản lý các khu công nghiệp Vĩnh Phúc` is a body of tỉnh Phú Thọ.
    """
    if complement.place is None or line.word(stop) in UNITS or not any(zone in entry.name for zone in ZONES):
        return False
    return place.slug in merged_into(complement.place.slug)


def _zone_stop(line: Line, stop: int) -> int:
    """Where the name of the zone ends that begins at *stop*, unless it is a province: `Khu kinh tế mở Hòn Ngư`."""
    start = stop + (line.word(stop) == "mở")
    end = start
    while end < len(line) and line.capital(end) and line.words[end][1:].islower() and end - start < LONGEST_ZONE:
        if line.word(end) in agency_words("name-border") or registry().names.match(line, end) is not None:
            break
        end += 1
    whole = start + 1 < end < start + LONGEST_ZONE and line.word(start) not in SURNAMES
    return end if whole and find_complement(line, start, None) is None else stop


def _nationwide(line: Line, first: int, entry: Entry, stop: int, context: Context, rule: str) -> Item:
    """The body of the whole country of a kind that every place has one of: `Hội Người cao tuổi | Việt Nam`.

    Some bodies of a place bear the country in their name: `Hội Người cao tuổi Việt Nam tỉnh`.
    """
    item = Item(first, stop, f"{entry.name} Việt Nam", entry.level, rule)
    complement = find_complement(line, stop, context.place)
    return item if complement is None else replace(with_complement(item, complement), stop=complement.stop)


def several_local(line: Line, first: int, entry: Entry, stop: int) -> Item | None:
    """Bodies of one kind in several places: `các LĐLĐ tỉnh, thành phố`."""
    places = find_complement(line, stop, None) if entry.place != "none" and line.word(stop) in UNITS else None
    if places is None or not places.collective or "," not in places.text:
        return None
    name = f"Các {entry.name} {places.text}"
    return Item(first, places.stop, name, level_at(entry.level, places), "registry", collective=True)


def ministers(line: Line, index: int) -> Item | None:
    """`(Các) Bộ trưởng, Thủ trưởng cơ quan ngang Bộ`: the ministers stand for the ministries."""
    start = index + (line.word(index) == "các")
    if line.low[start : start + 2] != ["bộ", "trưởng"] or line.word(start + 2) not in {",", ";"}:
        return None
    heads = find_collective(line, start + 5, None) if line.low[start + 3 : start + 5] == ["thủ", "trưởng"] else None
    if heads is not None and line.word(heads.stop + 1) != "thủ":
        return Item(index, heads.stop, f"Các bộ, {heads.text}", "central", "post", collective=True)
    return Item(index, start + 2, "Các bộ", "central", "post", collective=True)


def each_with_body(item: Item, series: Item) -> list[Item]:
    """A party body before *series* for each of its places: `Bí thư Tỉnh ủy và Chủ tịch UBND các tỉnh: Gia Lai, …`."""
    places = [body.complement for body in (series, *series.others) if body.complement is not None]
    entry = item.entry
    if not series.others or entry is None or item.complement is not None or not entry.name.endswith(("ủy", "đoàn")):
        return [item]
    cities = entry.name.endswith(("Thành ủy", "Thành đoàn"))
    named = [
        at_place(entry, item.first, place, None)
        for place in places
        if place.place is not None and (place.place.is_city == cities or item.person)
    ]
    return [replace(body, stop=item.stop) for body in named] or [item]


# A body that runs one zone, which has a name of so many words at most: `Khu kinh tế Bắc Hòn Ngư`.
ONE_ZONE = "Khu kinh tế"
LONGEST_ZONE = 6
ZONES = ("Khu kinh tế", "khu công nghiệp", "Khu công nghệ cao")
NATION = ["việt", "nam"]
# Of a region are branches of the centre, but courts of several communes.
COURTS = ("Tòa án", "Viện kiểm sát")
# What a body's name loses before its region: `Ngân hàng Nhà nước Việt Nam - Chi nhánh Khu vực 2`.
_NATIONWIDE = re.compile(r"(?: Việt Nam| chi nhánh| Khu vực)+$")
