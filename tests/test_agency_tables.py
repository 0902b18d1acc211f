"""Walk the tables of agencies: examples are found, no spelling has two meanings, successors exist, dates are sane."""

from __future__ import annotations

from datetime import date

import pytest

from extractors.agencies import Place, canonical_agency, find_agencies, find_place
from extractors.agencies.naming import abbreviations, expand
from extractors.agencies.registry import (
    AGENCY_TABLES,
    Entry,
    Province,
    read_agencies,
    read_provinces,
    read_table,
    registry,
    several,
)
from extractors.agencies.words import name_words

PLACE = Place("tỉnh Phú Thọ", "phu-tho")
ENTRIES = [entry for table in AGENCY_TABLES for entry in read_agencies(table)]
PROVINCES = read_provinces()


def by_id(row: Entry | Province) -> str:
    return row.id


@pytest.mark.parametrize("entry", ENTRIES, ids=by_id)
def test_example_of_an_agency_is_found(entry: Entry) -> None:
    stem = entry.id.removeprefix("vn.")
    found = [agency.id for agency in find_agencies(entry.example, place=PLACE)]
    assert any(entry.id == one or one.startswith(f"vn.phu-tho.{stem}") or one.endswith(stem) for one in found), found


@pytest.mark.parametrize("entry", ENTRIES, ids=by_id)
def test_every_spelling_leads_to_its_own_row(entry: Entry) -> None:
    for spelling in (entry.name, *entry.aliases):
        node = registry().names.root
        for word in name_words(spelling):
            node = node.next[word]
        assert node.value is not None
        assert node.value.id == entry.id, f"{spelling} means {node.value.id} too"


def test_ids_are_unique() -> None:
    ids = [entry.id for entry in ENTRIES]
    assert len(ids) == len(set(ids))
    slugs = [province.id for province in PROVINCES]
    assert len(slugs) == len(set(slugs))


@pytest.mark.parametrize("row", [*ENTRIES, *PROVINCES], ids=by_id)
def test_successors_exist_and_dates_are_sane(row: Entry | Province) -> None:
    known = {entry.id for entry in ENTRIES} | {province.id for province in PROVINCES}
    assert set(row.successors) <= known
    if row.valid_from:
        assert date(1945, 9, 2) <= date.fromisoformat(row.valid_from)
    if row.valid_to:
        assert (row.valid_from or "1945-09-02") < row.valid_to
        assert row.successors, "a body that ended has a successor"
    for other in [*ENTRIES, *PROVINCES]:
        if other.id in row.successors and other.valid_from and row.valid_to:
            gap = date.fromisoformat(other.valid_from) - date.fromisoformat(row.valid_to)
            assert gap.days <= 31


@pytest.mark.parametrize("entry", ENTRIES, ids=by_id)
def test_level_and_place_are_known(entry: Entry) -> None:
    assert entry.level in {"central", "province", "district", "commune", "party", "union", "enterprise", "other"}
    assert entry.place in {"none", "own", "any"}


@pytest.mark.parametrize(("day", "count"), [("2024-06-30", 63), ("2025-06-30", 63), ("2025-07-01", 34)])
def test_number_of_provinces(day: str, count: int) -> None:
    valid = [
        p for p in PROVINCES if (not p.valid_from or p.valid_from <= day) and (not p.valid_to or day <= p.valid_to)
    ]
    assert len(valid) == count


@pytest.mark.parametrize("province", PROVINCES, ids=by_id)
def test_province_is_found_by_every_spelling(province: Province) -> None:
    for spelling in (province.name, *province.aliases):
        for text in (province.example, f"UBND {province.kind} {spelling}"):
            place = find_place(text)
            assert place is not None
            assert place.slug == province.id


def test_no_province_has_the_spelling_of_another() -> None:
    spellings = [tuple(name_words(s)) for p in PROVINCES for s in {p.name.casefold(), *map(str.casefold, p.aliases)}]
    assert len(set(spellings)) >= len(PROVINCES)
    owners: dict[tuple[str, ...], str] = {}
    for province in PROVINCES:
        for spelling in (province.name, *province.aliases):
            assert owners.setdefault(tuple(name_words(spelling)), province.id) == province.id


@pytest.mark.parametrize("row", read_table("agency_abbreviations"), ids=lambda row: row["abbreviation"])
def test_abbreviation_is_spelled_out(row: dict[str, str]) -> None:
    assert row["full"] in expand(row["example"], {})
    assert abbreviations()[row["abbreviation"]] == row["full"]


def test_no_abbreviation_has_two_meanings() -> None:
    rows = read_table("agency_abbreviations")
    assert len({row["abbreviation"] for row in rows}) == len(rows)


@pytest.mark.parametrize("row", read_table("agency_heads"), ids=lambda row: row["post"])
def test_head_stands_for_the_agency(row: dict[str, str]) -> None:
    found = find_agencies(row["example"], place=PLACE)
    assert found
    assert found[0].surface.lower().startswith(row["post"])
    assert not found[0].name.lower().startswith(f"{row['post']} ")


WORDS = read_table("agency_words")


@pytest.mark.parametrize(
    "row",
    [row for row in WORDS if row["kind"] in {"noun", "modifier", "qualifier"}],
    ids=lambda row: f"{row['kind']}-{row['word']}",
)
def test_word_of_a_collective_phrase(row: dict[str, str]) -> None:
    found = find_agencies(row["example"])
    assert any(row["word"].casefold() in agency.name.casefold() for agency in found), found


@pytest.mark.parametrize(
    "row",
    [row for row in WORDS if row["kind"] in {"verb", "name-border", "place-border"}],
    ids=lambda row: f"{row['kind']}-{row['word']}",
)
def test_word_that_ends_a_name(row: dict[str, str]) -> None:
    found = find_agencies(row["example"])
    assert found
    assert not found[0].surface.casefold().endswith(row["word"].casefold())


@pytest.mark.parametrize(
    "row", [row for row in WORDS if row["kind"] in {"name-tail", "field"}], ids=lambda row: row["word"]
)
def test_word_with_which_a_name_goes_on(row: dict[str, str]) -> None:
    assert row["word"] in find_agencies(row["example"])[0].surface


def test_a_cell_of_several_values() -> None:
    assert several("a; b;") == ("a", "b")


@pytest.mark.parametrize("entry", [entry for entry in ENTRIES if entry.place == "none"], ids=by_id)
def test_name_in_capitals_is_the_same_agency(entry: Entry) -> None:
    assert canonical_agency(entry.name.upper()).id == entry.id


@pytest.mark.parametrize("row", [row for row in WORDS if row["kind"] == "predicate"], ids=lambda row: row["word"])
def test_predicate_ends_a_group(row: dict[str, str]) -> None:
    group, verb, rest = row["example"].partition(row["word"])
    assert verb, "the example has the word"
    assert rest.strip(), "a predicate has an object"
    found = find_agencies(row["example"])
    assert found[0].surface == group.strip()
