"""The registry of agencies, read from the tables in `extractors/data`.

Each row gives an id, the canonical name, its level, the spellings, when it was founded and dissolved, and what became
of it. Spellings do not depend on the date of a document: a plan of 2026 may still name a ministry merged in 2025.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Literal, cast

from extractors.agencies.words import Node, Trie
from schemas import AgencyLevel

PlaceRule = Literal["none", "own", "any"]


@dataclass(frozen=True, slots=True)
class Entry:
    """One agency of the tables. `place`: `none` takes no place, `own` takes the issuing province when the text names
    none, `any` stands at several levels and the place that follows says which."""

    id: str
    name: str
    level: AgencyLevel
    place: PlaceRule
    aliases: tuple[str, ...]
    valid_from: str
    valid_to: str
    successors: tuple[str, ...]
    example: str
    source: str


@dataclass(frozen=True, slots=True)
class Province:
    """One province or city under the central government."""

    id: str
    name: str
    kind: str
    aliases: tuple[str, ...]
    valid_from: str
    valid_to: str
    successors: tuple[str, ...]
    example: str
    source: str


@dataclass(frozen=True, slots=True)
class Registry:
    """All agencies, by name and by id; `shared_heads` are the nodes of `Sở`, `Bộ`, … for `các Sở: Y tế, Tư pháp`."""

    names: Trie[Entry]
    by_id: dict[str, Entry]
    shared_heads: dict[str, Node[Entry]]


@cache
def registry() -> Registry:
    """The registry, built once."""
    entries = [entry for table in AGENCY_TABLES for entry in read_agencies(table)]
    names: Trie[Entry] = Trie((entry.name, entry) for entry in entries)
    for entry in entries:
        for alias in entry.aliases:
            names.add(alias, entry)
    for entry in entries:
        for short in half_short(entry.name):
            names.add(short, entry)
    heads = {head: names.root.next[head] for head in SHARED_HEADS}
    return Registry(names, {entry.id: entry for entry in entries}, heads)


def half_short(name: str) -> list[str]:
    """The spellings of an office by fields of which only the first is written out.

    >>> half_short("Sở Lao động - Thương binh và Xã hội")
    ['Sở Lao động TB XH', 'Sở Lao động TBXH']
    """
    first, *others = re.split(r" - | và |, ", name)
    if not others or not first.startswith(("Sở ", "Bộ ", "Phòng ")):
        return []
    letters = ["".join(word[0].upper() for word in part.split()) for part in others]
    return [f"{first} {' '.join(letters)}", *([f"{first} {''.join(letters)}"] if len(letters) > 1 else [])]


def read_agencies(table: str) -> list[Entry]:
    """The rows of one table of agencies."""
    return [
        Entry(
            row["id"],
            row["name"],
            cast("AgencyLevel", row["level"]),
            cast("PlaceRule", row["place"]),
            several(row["aliases"]),
            row["valid_from"],
            row["valid_to"],
            several(row["successor"]),
            row["example"],
            row["source"],
        )
        for row in read_table(table)
    ]


def read_provinces() -> list[Province]:
    """The rows of the table of provinces."""
    return [
        Province(
            row["id"],
            row["name"],
            row["kind"],
            several(row["aliases"]),
            row["valid_from"],
            row["valid_to"],
            several(row["successor"]),
            row["example"],
            row["source"],
        )
        for row in read_table("provinces")
    ]


def province_of(agency_id: str) -> str | None:
    """The province in an agency's id.

    >>> province_of("vn.quang-nam.so-y-te"), province_of("vn.bo-y-te")
    ('quang-nam', None)
    """
    _, *rest = agency_id.split(".")
    return rest[0] if len(rest) > 1 and rest[0] in _province_ids() else None


def merged_into(province: str) -> tuple[str, ...]:
    """The provinces of which the former *province* is now a part.

    >>> merged_into("phu-yen")
    ('dak-lak',)
    """
    return _successors().get(province, ())


@cache
def _successors() -> dict[str, tuple[str, ...]]:
    return {province.id: province.successors for province in read_provinces()}


@cache
def _province_ids() -> frozenset[str]:
    return frozenset(province.id for province in read_provinces())


@cache
def agency_words(kind: str) -> frozenset[str]:
    """The words of one kind in the table of words."""
    return frozenset(row["word"] for row in read_table("agency_words") if row["kind"] == kind)


def read_table(name: str) -> list[dict[str, str]]:
    """The rows of `extractors/data/<name>.tsv`, by the names in its head."""
    lines = (files("extractors") / "data" / f"{name}.tsv").read_text(encoding="utf-8").splitlines()
    rows = [line.split("\t") for line in lines if line and not line.startswith("#")]
    return [dict(zip(rows[0], row, strict=True)) for row in rows[1:]]


def several(cell: str) -> tuple[str, ...]:
    """The values of a cell that `; ` sets apart."""
    return tuple(part.strip() for part in cell.split(";") if part.strip())


AGENCY_TABLES = ("central_agencies", "provincial_agencies", "local_bodies", "former_agencies")

# Heads that an enumeration names once: `Giám đốc các Sở: Y tế, Tư pháp`; `Sở Tài chính, Nội vụ`.
SHARED_HEADS = ("sở", "bộ", "phòng", "hội")
