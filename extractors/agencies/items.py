"""What reading a line yields before records are made: an agency phrase with its words, and what the document tells."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache

from extractors.agencies.complements import Complement
from extractors.agencies.naming import agency_id
from extractors.agencies.place import Place
from extractors.agencies.registry import Entry
from extractors.agencies.words import Line, Node, Trie
from schemas import Agency, AgencyLevel, Span


@dataclass(frozen=True, slots=True)
class Context:
    """What a document tells about its agencies: its place, its own abbreviations, its issuer.

    `home` is the district, commune or ministry that issues it (`xã Minh Tân`); `nested` tells how many phrases stand
    around the one that is being read.
    """

    place: Place | None = None
    aliases: Mapping[str, str] = field(default_factory=dict)
    own_names: Trie[str] = field(default_factory=Trie)
    home: str = ""
    nested: int = 0

    def within(self) -> Context:
        """The same for a phrase within the one that is being read."""
        return replace(self, nested=self.nested + 1)


@dataclass(frozen=True, slots=True)
class Item:
    """One agency phrase from word `first` to word `stop`.

    `bare` marks a local body without a place of its own, which a qualifier further on may give it; `head` is the node
    of a shared head, `plural` the head of names that no table has, `others` are the bodies of the other places that
    the phrase names, `shared` is the head that further members of an enumeration may share (`Tổ đảng ở …`).
    """

    first: int
    stop: int
    name: str
    level: AgencyLevel
    rule: str
    collective: bool = False
    entry: Entry | None = None
    complement: Complement | None = None
    bare: bool = False
    strong: bool = True
    head: Node[Entry] | None = None
    person: bool = False
    plural: str = ""
    others: tuple[Item, ...] = ()
    shared: str = ""

    def agency(self, line: Line, place: Place | None) -> Agency:
        """The finished record, spans in the text of *line*."""
        span = Span(line.start(self.first), line.end(self.stop - 1))
        return Agency(
            id=_id(self, place),
            name=self.name,
            surface=line.text[span.start : span.end],
            level=self.level,
            collective=self.collective,
            span=span,
            rule=self.rule,
        )


def with_complement(item: Item, complement: Complement) -> Item:
    """*item*, a bare local body, with the place that closes its enumeration."""
    return replace(
        item,
        name=f"{item.name} {complement.text}",
        level=level_at(item.level, complement),
        collective=complement.collective or item.collective,
        complement=complement,
        bare=False,
    )


def at_home(line: Line, item: Item, home: str) -> Item:
    """*item* with the name of the issuing district, commune or ministry.

    `Hội Nông dân xã` is `Hội Nông dân xã Minh Tân`, `Văn phòng Bộ` is `Văn phòng Bộ Y tế`.
    """
    if item.name in OF_A_MINISTRY and home.startswith(OWNER_IN_SHORT) and line.capital(item.stop - 1):
        return replace(item, name=item.name.removesuffix(OWNER_IN_SHORT) + home)
    unit = next((unit for unit in HOME_UNITS if home.startswith(f"{unit} ")), "")
    complement = item.complement
    if not unit or item.name.endswith(home):
        return item
    if complement is not None and complement.text == unit:
        return replace(item, name=item.name.removesuffix(unit) + home, collective=False)
    small = item.entry is not None and item.entry.level in {"district", "commune"}
    if item.bare and small and not item.collective:
        return replace(item, name=f"{item.name} {home}", bare=False)
    return item


def level_at(level: AgencyLevel, complement: Complement) -> AgencyLevel:
    """The level of a body with its place; unions, party bodies and enterprises keep their own."""
    return level if level in {"party", "union", "enterprise"} else complement.level


def _id(item: Item, place: Place | None) -> str:
    home = (item.complement.place if item.complement else None) or place
    if item.entry is not None and item.complement is None and item.entry.id.startswith("vn."):
        return item.entry.id
    return _stable_id(item.name, home, item.level != "central")


@lru_cache(maxsize=4096)
def _stable_id(name: str, place: Place | None, local: bool) -> str:
    return agency_id(name, place, local=local)


OWNER_IN_SHORT = "Bộ"
OF_A_MINISTRY = frozenset({"Văn phòng Bộ", "Thanh tra Bộ"})
HOME_UNITS = ("xã", "phường", "thị trấn", "đặc khu", "huyện", "quận", "thị xã")
