"""Agencies across documents and years: which province one belongs to, who does its work today, how it is mostly named.

    agency_now("vn.quang-nam.so-thong-tin-va-truyen-thong")  →  "vn.da-nang.so-khoa-hoc-va-cong-nghe"

A body that was divided among several goes on as the first that the registry lists: a series needs one successor, and
the registry lists first the one that took most of the work.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from functools import cache

import polars as pl

from extractors.agencies.registry import Province, province_of, read_provinces, registry
from pipeline.dataset.rows import AgencyRow


@cache
def province_now(province: str) -> str:
    """The province that *province* belongs to today.

    >>> province_now("quang-nam"), province_now("ha-noi")
    ('da-nang', 'ha-noi')
    """
    for _ in range(LONGEST_CHAIN):
        known = _provinces().get(province)
        if known is None or not known.successors:
            break
        province = known.successors[0]
    return province


@cache
def agency_now(agency_id: str) -> str:
    """The id of the agency that does the work of *agency_id* today, itself where nothing has changed.

    >>> agency_now("vn.quang-nam.so-y-te"), agency_now("vn.bo-ke-hoach-va-dau-tu"), agency_now("vn.bo-y-te")
    ('vn.da-nang.so-y-te', 'vn.bo-tai-chinh', 'vn.bo-y-te')
    """
    province = province_of(agency_id)
    if province is None:
        return _successor(agency_id) if agency_id in registry().by_id else f"vn.{_successor(_body(agency_id))}"
    now = province_now(province)
    body = _successor(_body(agency_id))
    # A provincial party committee is named with its province: vn.quang-nam.tinh-uy-quang-nam.
    return f"vn.{now}.{body.removesuffix(province) + now if body.endswith(f'-{province}') else body}"


def aggregate(mentions: pl.LazyFrame) -> list[AgencyRow]:
    """One row for each agency, by id, from *mentions* (`agency_id`, `name`, `level`, `collective`, one a mention).

    Of several names, levels and so on the most frequent is taken, of equally frequent ones the first by alphabet.
    """
    counted = (
        mentions.group_by("agency_id", "name", "level", "collective")
        .agg(pl.len().alias("count"))
        .sort(["agency_id", "count", "name", "level", "collective"], descending=[False, True, False, False, False])
        .unique(subset="agency_id", keep="first", maintain_order=True)
        .collect()
    )
    names = dict(counted.select("agency_id", "name").iter_rows())
    return list(_rows(counted.select("agency_id", "name", "level", "collective").iter_rows(), names))


def _rows(counted: Iterable[tuple[str, str, str, bool]], names: dict[str, str]) -> Iterator[AgencyRow]:
    for agency_id, name, level, collective in counted:
        province, now = province_of(agency_id), agency_now(agency_id)
        yield AgencyRow(
            agency_id,
            name,
            level,
            province,
            province_now(province) if province else None,
            collective,
            _body(agency_id) in registry().by_id or agency_id in registry().by_id,
            _valid_to(agency_id),
            now,
            names.get(now) or _registered_name(now),
        )


def _valid_to(agency_id: str) -> date | None:
    """The last day of the agency itself or of its province, whichever came first."""
    known = registry().by_id.get(agency_id) or registry().by_id.get(_body(agency_id))
    province = _provinces().get(province_of(agency_id) or "")
    days = [row.valid_to for row in (known, province) if row is not None and row.valid_to]
    return date.fromisoformat(min(days)) if days else None


def _registered_name(agency_id: str) -> str | None:
    """The name that the registry gives, with the province behind it."""
    known = registry().by_id.get(agency_id) or registry().by_id.get(_body(agency_id))
    if known is None:
        return None
    province = _provinces().get(province_of(agency_id) or "")
    return f"{known.name} {province.kind} {province.name}" if province else known.name


def _successor(known_id: str) -> str:
    """The last of the first successors of a row of the registry; an id that is none stays."""
    for _ in range(LONGEST_CHAIN):
        known = registry().by_id.get(known_id)
        if known is None or not known.successors:
            break
        known_id = known.successors[0]
    return known_id


def _body(agency_id: str) -> str:
    """What stands behind the country and the province."""
    province = province_of(agency_id)
    return agency_id.removeprefix(f"vn.{province}." if province else "vn.")


@cache
def _provinces() -> dict[str, Province]:
    return {province.id: province for province in read_provinces()}


LONGEST_CHAIN = 10  # a row that by mistake succeeds itself must not hang the build
