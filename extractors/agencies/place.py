"""The issuing province: "ỦY BAN NHÂN DÂN TỈNH QUẢNG NGÃI" is issued in `tỉnh Quảng Ngãi`.

A document of the central government has no place, and then nothing is added to the names of agencies.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from extractors.agencies.registry import Province, read_provinces, registry
from extractors.agencies.words import Line, Trie


@dataclass(frozen=True, slots=True)
class Place:
    """A province or a city under the central government: `tỉnh Quảng Ngãi`, `quang-ngai`."""

    name: str
    slug: str

    @property
    def is_city(self) -> bool:
        """Whether `Thành phố` alone means this place."""
        return self.name.startswith("thành phố")


def find_place(text: str) -> Place | None:
    """The province that *text*, an issuer or a header phrase, names; None for a central body.

    >>> find_place("UBND TP. HÀ NỘI")
    Place(name='thành phố Hà Nội', slug='ha-noi')
    >>> find_place("Bộ Tài chính") is None
    True
    """
    line = Line(text)
    central = registry().names.match(line, 0)
    if central is not None and central[0].place == "none":
        return None
    found: tuple[Province, int] | None = None
    for index in range(len(line)):
        match = provinces_trie().match(line, index)
        if match is None or not line.capital(index):
            continue
        if _kind_before(line, index):
            return place_of(match[0])
        found = found or (match[0], index)
    return place_of(found[0]) if found else None


def place_of(province: Province) -> Place:
    """The place that a row of the table names."""
    return Place(f"{province.kind} {province.name}", province.id)


@cache
def provinces_trie() -> Trie[Province]:
    """Provinces by every spelling of their names."""
    return Trie(
        (spelling, province) for province in read_provinces() for spelling in (province.name, *province.aliases)
    )


def _kind_before(line: Line, index: int) -> bool:
    before = line.word(index - 1) or ""
    if before == ".":
        before = line.word(index - 2)
    return before in {"tỉnh", "phố", "tp"}
