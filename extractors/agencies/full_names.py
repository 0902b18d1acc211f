"""Names that a document gives in full where it lists agencies, for its running text: "3. Vụ Các vấn đề chung về giá".

In a heading or behind `Đơn vị chủ trì:` a mark ends the name; in a sentence the same name would be cut where its words
could be a verb or a subject matter (`phối hợp với Vụ Các vấn đề chung | về giá`), so the sentence asks the heading.
"""

from __future__ import annotations

from collections.abc import Iterable

from extractors.agencies.grammar import whole_item
from extractors.agencies.items import Context
from schemas import Agency

SHORTEST, LONGEST = 3, 16


def learn_names(listed: Iterable[Agency]) -> dict[str, str]:
    """The names among *listed* that running text alone would cut, as short names that stand for themselves."""
    return {
        agency.surface: agency.name
        for agency in listed
        if agency.rule == "open-name"
        and agency.name == agency.surface
        and SHORTEST <= len(agency.name.split()) <= LONGEST
        and all(whole_item(name, Context()) is None for name in (agency.name, agency.name.replace(" - ", " ")))
    }
