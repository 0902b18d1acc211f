"""Agencies: who issues, leads, coordinates, or is only named.

mentions          all agencies of a running text; `openings` knows where one can begin, `members` who else takes part
lists             the agencies of a cell, a value or a heading; `unknown_members` are those that no rule knows
grammar           the one phrase at a word, of whatever kind:
  registered      a name of the `registry` with its place (`complements`, `named_places`)
  collectives     nouns with their modifiers and `qualifiers`, which `collective_words` lists
  unknown_names   a name that no table has, behind one of the `open_heads`
  acting_…        who is an agency only since it acts: `acting_groups`, `acting_kinds`, `acting_places`, `subjects`
  posts, within   heads of bodies, bodies of bodies
qualified         which ones of a group are meant; `predicates` and `learnt_verbs` tell where that ends
naming            canonical names and ids; `aliases`, `full_names`: what a document calls its agencies
"""

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
