"""Read one value cell of a table of targets: `15%`, `≥ 55`, `1/11`, `0`, `30 - 40`, `≤ 3 ASEAN; ≤ 50 thế giới`.

A bare number counts here, which it would not in a sentence, and takes the unit of the row's unit column.
"""

from __future__ import annotations

from typing import cast

import regex

from extractors.targets.figures import parse_number
from extractors.targets.measures import find_measures
from extractors.targets.phrases import roles_before
from extractors.targets.units import begins_name, unit_after
from schemas import Comparator, Measure, Span


def read_cell(cell: str, *, unit: str | None) -> tuple[Measure, ...]:
    """The measures in *cell*, with spans into it; *unit* is what the row's unit column says.

    >>> [str(m) for m in read_cell("≥ 55", unit="%")], read_cell("Tăng dần", unit="%")
    (['>= 55 %'], ())
    """
    if len(cell) > _LONGEST_CELL:
        return ()
    found = [_bare(part) for part in _PART.finditer(cell)]
    if found and all(found):
        return tuple(m if m.unit else m.model_copy(update={"unit": unit}) for m in found if m)
    return tuple(find_measures(cell))


def _bare(part: regex.Match[str]) -> Measure | None:
    """A part of a cell that is one figure with at most a bound before and a unit after it."""
    match = _FIGURE.fullmatch(part[0])
    if not match or _DATE.fullmatch(part[0]):
        return None
    words = tuple((match["bound"] or "").lower().split())
    role = roles_before().get(words, "=")
    percent = bool(match["percent"])
    unit = "%" if percent else unit_after(part[0], match.end("number"), percent=False).text
    if unit and begins_name(unit) and match["bound"]:  # `≤ 3 Đông Nam Á` says where, not of what
        unit = None
    offset = part.start() + len(part[0]) - len(part[0].lstrip())
    return Measure(
        value=parse_number(match["low"]),
        value_max=parse_number(match["high"]) if match["high"] else None,
        denominator=parse_number(match["under"]) if match["under"] else None,
        unit=unit,
        comparator=cast("Comparator", role)
        if role in _COMPARATORS
        else ">="
        if role == "from" and not match["high"]
        else "=",
        raw=part[0].strip(),
        span=Span(offset, offset + len(part[0].strip())),
        rule="cell",
    )


_NUMERAL = r"(?:[0-9]{1,3}(?:\.[0-9]{3}){1,5}|[0-9]{1,15})(?:[,.][0-9]{1,6})?"
_FIGURE = regex.compile(
    rf"\s*(?:đạt )?(?P<bound>[≥≤<>=]+|\p{{L}}+(?: \p{{L}}+)?)??\s?"
    rf"(?P<number>(?P<low>{_NUMERAL}) ?(?P<percent>%)?(?: ?(?:-|–|đến) ?(?P<high>{_NUMERAL}) ?(?P<percent>%)?)?"
    rf"(?:/(?P<under>{_NUMERAL}))?)(?: ?\p{{L}}[\p{{L}} /\d]{{0,40}}|\*)?\s*[.]?",
    regex.IGNORECASE,
)
_PART = regex.compile(r"[^;\n]+")
_DATE = regex.compile(r"\s*(?:\d{1,2}/\d{1,2}/\d{4}|\d{1,2}/\d{4}|(?:19|20)\d\d(?: ?- ?(?:19|20)\d\d)?)\s*")
_COMPARATORS = frozenset({">=", "<=", "~"})
_LONGEST_CELL = 300
