"""Places named in a list behind a body in the plural: "UBND các tỉnh: Lào Cai, An Giang", "các xã Tân Lập và Phú Mỹ".

Each place has a body of its own, so the list is as many agencies as it has names.
"""

from __future__ import annotations

from extractors.agencies.complements import Complement, find_complement, find_place_name
from extractors.agencies.words import Line


def find_named_places(line: Line, several: Complement) -> list[tuple[int, Complement]]:
    """The places that *several* (`các tỉnh, thành phố`) introduces, each with the index where its name starts.

    Nothing when fewer than two names follow and no colon announces them: `các huyện, thị xã An Khê` is one phrase.

    >>> line = Line("các tỉnh: Gia Lai, Đắk Lắk và lãnh đạo các Bộ")
    >>> [place.text for _, place in find_named_places(line, find_complement(line, 0, None))]
    ['tỉnh Gia Lai', 'tỉnh Đắk Lắk']
    """
    counted = several.text.split()[0]
    if not several.collective or not (counted == "các" or counted.isdigit()):
        return []
    index, found = several.stop, []
    announced = line.word(index) in {":", "("}
    index += announced
    unit = several.text.removeprefix(f"{counted} ").split(",")[0].split(" và ")[0].strip()
    unit = "tỉnh" if unit == "địa phương" else unit
    while True:
        place = _named(line, index, unit)
        if place is None:
            break
        found.append((index, place))
        index = place.stop
        if line.word(index) not in SEPARATORS:
            break
        index += 1
    return found if announced or len(found) > 1 else []


def range_stop(line: Line, index: int) -> int:
    """Where the provinces end between which others lie, behind a group at *index*; *index* itself without them.

    >>> range_stop(Line("các tỉnh ven biển từ Quảng Ninh đến Cà Mau trực ban"), 4)
    10
    """
    if line.word(index) != "từ":
        return index
    first = _named(line, index + 1, "tỉnh")
    if first is None or first.place is None or line.word(first.stop) not in {"đến", "tới"}:
        return index
    last = _named(line, first.stop + 1, "tỉnh")
    return last.stop if last is not None and last.place is not None else index


def _named(line: Line, index: int, unit: str) -> Complement | None:
    """One name, perhaps with a unit of its own (`thành phố Huế`)."""
    if not line.capital(index) and not line.word(index).isdigit():
        place = find_complement(line, index, None)
        return place if place is not None and not place.collective and place.text != line.word(index) else None
    return find_place_name(line, index, unit)


SEPARATORS = frozenset({",", "và", ";", "-", "–"})
