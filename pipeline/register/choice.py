"""Which tasks the register holds: those of one agency, of one province, or all.

    Choice(agency="so y te", province="Quảng Ngãi")

Names are found without regard to tone marks and capitals, because they are typed by hand; a part of a name is enough.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from extractors.agencies.registry import province_of, read_provinces
from pipeline.dataset.folding import plain
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
        if province and province_of(found.document.issuer_id or "") != province:
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
