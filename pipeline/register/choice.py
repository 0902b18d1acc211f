"""Which tasks the register holds: those of one agency, of one province, or all.

    Choice(agency="so y te", province="Quảng Ngãi")

Names are found without regard to tone marks and capitals, because they are typed by hand; a part of a name is enough.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from functools import cache
from typing import NamedTuple

from extractors.agencies.registry import read_provinces
from pipeline.errors import UsageError
from pipeline.register.rows import TaskFacts


class Choice(NamedTuple):
    """What is asked for; None asks for all."""

    agency: str | None = None
    province: str | None = None

    def __str__(self) -> str:
        return ", ".join(filter(None, (self.agency, self.province)))


def chosen(facts: Iterable[TaskFacts], choice: Choice) -> Iterator[TaskFacts]:
    """The tasks that an agency of that name leads, in documents that the province issued.

    Raises `UsageError` for a province that is none.
    """
    agency = plain(choice.agency) if choice.agency else None
    province = province_id(choice.province) if choice.province else None
    for found in facts:
        if province and province_of(found.document.issuer_id) != province:
            continue
        if agency and not any(agency in plain(name) for name in found.leads):
            continue
        yield found


def province_id(name: str) -> str:
    """The id of the province of that name, id or spelling; raises `UsageError` when there is none."""
    for province in read_provinces():
        if plain(name) in {plain(known) for known in (province.id.replace("-", " "), province.name, *province.aliases)}:
            return province.id
    raise UsageError(f"There is no province {name}. Give its name, such as Quảng Ngãi or quang-ngai.")


def province_of(agency_id: str | None) -> str | None:
    """The province in an agency's id.

    >>> province_of("vn.quang-ngai.so-y-te"), province_of("vn.bo-tai-chinh")
    ('quang-ngai', None)
    """
    parts = (agency_id or "").split(".")
    return parts[1] if len(parts) > 1 and parts[1] in _province_ids() else None


@cache
def plain(text: str) -> str:
    """Small letters without marks, one space between words.

    >>> plain("Sở Y  tế Đắk-Lắk")
    'so y te dak lak'
    """
    letters = unicodedata.normalize("NFD", text.casefold().replace("đ", "d").replace("-", " "))
    return " ".join("".join(letter for letter in letters if not unicodedata.combining(letter)).split())


@cache
def _province_ids() -> frozenset[str]:
    return frozenset(province.id for province in read_provinces())
