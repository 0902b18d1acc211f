"""Owners of bodies and groups: "Phòng Kế toán trực thuộc Sở Y tế" is one body.

"các đơn vị liên quan của các Bộ: Y tế, Xây dựng" is a group of each ministry.
"""

from __future__ import annotations

import re
from dataclasses import replace

from extractors.agencies.items import Item
from extractors.agencies.qualified import Stretch
from extractors.agencies.registry import Entry, registry
from extractors.agencies.unknown_names import OWNERS_IN_SHORT
from extractors.agencies.words import Line, Node


def told_apart(line: Line, start: int, told: Stretch) -> str:
    """The words from *start* that say which ones, with the canonical name of the body that closes them."""
    owner = told.owner
    if owner is None:
        return line.slice(start, told.stop)
    name = line.slice(owner.first, owner.stop) if owner.collective else owner.name
    return " ".join(filter(None, (line.slice(start, owner.first), name))) + line.slice(owner.stop, told.stop)


def owner_start(line: Line, stop: int) -> int:
    """Where the body begins to which the one that ends at *stop* belongs; 0 where none is named.

    The committees of unions have their owner right behind them: `Ban Chấp hành Trung ương | Hội Nông dân Việt Nam`.
    """
    if line.low[stop - 2 : stop] == ["trung", "ương"] and line.word(stop) in UNIONS and line.capital(stop):
        return stop
    start = stop + (line.word(stop) == "trực")
    return start + 1 if line.word(start) == "thuộc" and line.capital(start + 1) else 0


def under_owner(line: Line, item: Item, start: int, owner: Item | None) -> Item:
    """*item* with its *owner*, who stands at *start*; a body that the registry knows keeps its name.

    >>> from extractors.agencies.mentions import find_agencies
    >>> [agency.name for agency in find_agencies("Phòng Lưu trữ trực thuộc Cục Viễn thông lập hồ sơ")]
    ['Phòng Lưu trữ trực thuộc Cục Viễn thông']
    """
    if owner is None:
        if line.word(start) not in OWNERS_IN_SHORT:
            return item
        owner = Item(start, start + 1, line.words[start], item.level, "short")
    elif owner.collective or owner.person:
        return item
    if item.entry is not None:
        return replace(item, stop=owner.stop)
    level = owner.level if item.level == "other" else item.level
    name = " ".join(filter(None, (item.name, line.slice(item.stop, start), owner.name)))
    return replace(item, stop=owner.stop, name=name, level=level, bare=False)


def shared_out(item: Item, told: Stretch | None) -> Item:
    """*item*, a group perhaps of a ministry; the ministries that follow have such a group too.

    They may share the head of its name, which is said once (`của các Bộ: Y tế, Xây dựng`).
    """
    lead = _LAST_OWNER.match(item.name)
    if lead is None or (ministry := _ministry(lead["owner"])) is None or ministry.name != lead["owner"]:
        return item
    head: Node[Entry] | None = told.owner.head if told is not None and told.owner is not None else None
    return replace(item, shared=lead["group"], head=head)


def same_group_of(item: Item, owner: Item) -> Item | None:
    """The group that *item* is, of a further *owner*, if both belong to ministries."""
    if item.rule != "collective" or not item.shared or owner.entry is None or not _is_ministry(owner.entry):
        return None
    name = f"{item.shared} {owner.name}"
    return replace(owner, name=name, level=item.level, rule=item.rule, collective=True, entry=None, shared=item.shared)


def _ministry(name: str) -> Entry | None:
    match = registry().names.match(Line(name), 0)
    return match[0] if match is not None and _is_ministry(match[0]) else None


def _is_ministry(entry: Entry) -> bool:
    return entry.id.startswith(MINISTRIES)


UNIONS = frozenset({"đoàn", "hội", "tổng"})
MINISTRIES = ("vn.bo-", "vn.ngan-hang-nha-nuoc", "vn.tong-cuc-", "vn.thanh-tra-chinh-phu", "vn.uy-ban-dan-toc")
_LAST_OWNER = re.compile(r"(?P<group>.*\s(?:của|thuộc)) (?P<owner>.*)")
