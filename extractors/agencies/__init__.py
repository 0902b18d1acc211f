"""Agencies: who issues, leads, coordinates, or is only named."""

from extractors.agencies.aliases import learn_aliases
from extractors.agencies.full_names import learn_names
from extractors.agencies.lists import (
    canonical_agency,
    parse_agency_list,
    parse_declared_agencies,
    printed_agency,
)
from extractors.agencies.mentions import agency_finder, find_agencies
from extractors.agencies.place import Place, find_place

__all__ = [
    "Place",
    "agency_finder",
    "canonical_agency",
    "find_agencies",
    "find_place",
    "learn_aliases",
    "learn_names",
    "parse_agency_list",
    "parse_declared_agencies",
    "printed_agency",
]
