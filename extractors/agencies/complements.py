"""The place behind the name of a body: "UBND các huyện, thị xã, thành phố", "Công an tỉnh", "Hội Nông dân các cấp".

`tỉnh` and `Thành phố` without a name mean the issuing province and take its name.
"""

from __future__ import annotations

from dataclasses import dataclass

from extractors.agencies.open_heads import open_heads
from extractors.agencies.place import Place, place_of, provinces_trie
from extractors.agencies.registry import agency_words, registry
from extractors.agencies.words import Line
from schemas import AgencyLevel


@dataclass(frozen=True, slots=True)
class Complement:
    """What stands behind a body's name: its canonical text, its level, whether it means several, where it ends."""

    text: str
    level: AgencyLevel
    collective: bool
    stop: int
    place: Place | None = None


def find_complement(line: Line, index: int, place: Place | None) -> Complement | None:
    """The place that starts at word *index* of *line*.

    >>> find_complement(Line("các xã, phường triển khai"), 0, None).text
    'các xã, phường'
    """
    word = line.word(index)
    if word == "của" and line.word(index + 1) in UNITS:
        index, word = index + 1, line.word(index + 1)
    if word == "các":
        return _plural(line, index)
    if word in {"cấp", "cùng", "hai", "2", "3"}:
        return _tier(line, index)
    if _unit(line, index):
        return _units(line, index, place)
    if word.isdigit() and line.word(index + 1) in UNITS and not line.capital(index + 2):
        return Complement(line.slice(index, index + 2).lower(), UNITS[line.word(index + 1)], True, index + 2)
    return _province(line, index)


def find_region(line: Line, index: int) -> tuple[str, int] | None:
    """The region of a central body and where it ends: `khu vực XI`, `- Chi nhánh Khu vực 2`, or any by `khu vực` alone.

    >>> find_region(Line("khu vực XI tăng cường"), 0)
    ('khu vực XI', 3)
    """
    start = index
    while line.word(start) in {"-", "–", "chi", "nhánh"}:
        start += 1
    number = line.word(start + 2)
    if line.low[start : start + 2] != ["khu", "vực"]:
        return None
    numbered = number.isdigit() or (line.capital(start + 2) and set(number) <= set("ivx"))
    if number and numbered:
        return f"khu vực {number.upper()}", start + 3
    named = line.capital(start + 2) or number in AREAS
    return None if named else ("khu vực", start + 2)


def find_name(line: Line, index: int) -> Complement | None:
    """The bare name of a district (`Huyện ủy Đoan Hùng`)."""
    stop = _name_stop(line, index)
    return Complement(_name(line, index, stop), "district", False, stop) if stop > index else None


def find_place_name(line: Line, index: int, unit: str) -> Complement | None:
    """The capitalised name of a place at *index*, of the kind *unit* unless it is a province by another kind.

    >>> find_place_name(Line("Huế, Quảng Trị"), 0, "tỉnh").text
    'thành phố Huế'
    """
    if unit in {"tỉnh", "thành phố"}:
        return _province(line, index)
    stop, level = _name_stop(line, index), UNITS.get(unit.split()[0])
    if stop == index and unit in NUMBERED and line.word(index).isdigit():
        stop = index + 1
    if level is None or stop == index:
        return None
    return Complement(f"{unit} {_name(line, index, stop)}", level, False, stop)


def _plural(line: Line, index: int) -> Complement | None:
    """`các huyện, thị xã, thành phố`, `các tỉnh, thành phố trực thuộc Trung ương`, `các cấp`, `các địa phương`."""
    if line.word(index + 1) in {"cấp", "ngành"}:
        return Complement("các cấp", "other", True, index + 2) if line.word(index + 1) == "cấp" else None
    if line.low[index + 1 : index + 3] in (["địa", "phương"], ["quân", "khu"]):
        return Complement(f"các {line.low[index + 1]} {line.low[index + 2]}", "other", True, index + 3)
    if line.word(index + 1) in HAMLETS:
        return Complement(f"các {line.low[index + 1]}", "commune", True, index + 2)
    listed = _listed_units(line, index + 1)
    if listed is None:
        return None
    text, level, stop = listed
    return Complement(f"các {text}", level, True, stop)


def _tier(line: Line, index: int) -> Complement | None:
    """`cấp tỉnh`, `cấp huyện, cấp xã`, `cùng cấp`, `hai cấp`."""
    if line.word(index) != "cấp":
        if line.word(index + 1) != "cấp":
            return None
        return Complement(line.slice(index, index + 2).lower(), "other", True, index + 2)
    if line.low[index + 1 : index + 3] == ["quân", "khu"]:
        return Complement("cấp quân khu", "other", True, index + 3)
    length = _unit(line, index + 1)
    if not length:
        return None
    stop = index + 1 + length
    level = UNITS[line.word(index + 1)]
    while True:
        after = stop + (line.word(stop) in SEPARATORS)
        after += line.word(after) == "cấp"
        length = _unit(line, after)
        if after == stop or not length:
            break
        stop = after + length
    return Complement(line.slice(index, stop).lower(), level, True, stop)


def _units(line: Line, index: int, place: Place | None) -> Complement | None:
    """`tỉnh`, `huyện Bình Sơn`, `Thành phố`, `phường, xã`."""
    listed = _listed_units(line, index)
    length = _unit(line, index)
    kind = line.word(index)
    if listed is not None and listed[2] > index + length and _is_list(line, index, listed[2]):
        return Complement(listed[0], listed[1], True, listed[2])
    name_stop = _name_stop(line, index + length)
    canonical = UNIT_NAMES.get(kind, line.slice(index, index + length).lower())
    if kind in {"tỉnh", "thành", "tp"}:
        start = index + length + (line.word(index + length) == ".")
        province = provinces_trie().match(line, start)
        if province is not None and kind != "tỉnh" and province[0].kind == "tỉnh":
            province = None  # `thành phố Sơn La` is a city in the province of that name
        if province is not None and line.capital(start):
            named = place_of(province[0])
            return Complement(named.name, "province", False, province[1], named)
        bare = name_stop == index + length or (kind == "tỉnh" and _is_person(line, start))
        if bare and place is not None and place.is_city == (kind != "tỉnh"):
            return Complement(place.name, "province", False, index + length, place)
        if kind == "tỉnh" and (bare or line.words[start].isupper()):
            return Complement("tỉnh", "province", False, index + length)
    name = _name(line, index + length, name_stop)
    return Complement(f"{canonical} {name}".strip(), UNITS[kind], not name, name_stop)


def _province(line: Line, index: int) -> Complement | None:
    """`Hà Nội` without its kind (`Sở Y tế Hà Nội`)."""
    if not line.capital(index):
        return None
    match = provinces_trie().match(line, index)
    if match is None:
        return None
    named = place_of(match[0])
    return Complement(named.name, "province", False, match[1], named)


def _is_person(line: Line, index: int) -> bool:
    """Whether a person is named at *index*: `Phó Chủ tịch UBND tỉnh Nguyễn Văn A`."""
    return line.word(index) in SURNAMES and line.capital(index + 1)


def _listed_units(line: Line, index: int) -> tuple[str, AgencyLevel, int] | None:
    """A list of units in lower case as printed, the level of its first, and where it ends."""
    length = _unit(line, index)
    if not length:
        return None
    level, parts, stop = UNITS[line.word(index)], [_unit_text(line, index, length)], index + length
    while True:
        name_stop = _name_stop(line, stop) if parts[-1] in {"thành phố", "thị xã"} and len(parts) > 1 else stop
        if name_stop > stop:
            parts[-1] += f" {_name(line, stop, name_stop)}"
            stop = name_stop
        after, glue = stop, ", "
        while line.word(after) in SEPARATORS and after - stop < 2:
            glue = " và " if line.word(after) == "và" else glue
            after += 1
        length = _unit(line, after)
        if not length:
            break
        parts[-1] += glue
        parts.append(_unit_text(line, after, length))
        stop = after + length
    text = "".join(parts)
    if line.low[stop : stop + 2] == ["trực", "thuộc"] and line.word(stop + 2) in {"trung", "tw", "tư"}:
        return (
            f"{text} trực thuộc Trung ương",
            level,
            min(stop + (4 if line.word(stop + 2) == "trung" else 3), len(line)),
        )
    return text, level, stop


def _unit_text(line: Line, index: int, length: int) -> str:
    return UNIT_NAMES.get(line.word(index), line.slice(index, index + length).lower())


def _is_list(line: Line, index: int, stop: int) -> bool:
    return any(line.word(i) in SEPARATORS or _unit(line, i) for i in range(index + _unit(line, index), stop))


def _unit(line: Line, index: int) -> int:
    """How many words the unit at *index* has; 0 when there is none."""
    word = line.word(index)
    if line.word(index + 1) in {"ủy", "đoàn"} or (word == "xã" and line.word(index + 1) in {"hội", "viên"}):
        return 0
    if word in {"thành", "thị"} and line.word(index - 1) in {",", "/"} and line.word(index + 1) not in LONGER[word]:
        return 1
    if word in {"thành", "thị", "đặc"}:
        return 2 if line.word(index + 1) in SECOND_WORDS[word] else 0
    if word == "tp" and line.word(index + 1) == ".":
        return 2
    return 1 if word in UNITS else 0


def _name_stop(line: Line, index: int) -> int:
    """Where the proper name that starts at *index* ends: at most three capitalised words."""
    stop, borders = index, agency_words("place-border")
    while stop < len(line) and stop - index < 3 and line.capital(stop):
        if line.word(stop) in borders or line.word(stop) in UNITS or registry().names.match(line, stop) is not None:
            break
        if (head := open_heads().match(line, stop)) is not None and head[1] - stop > 1:
            break
        stop += 1
    if stop == index and line.word(index).isdigit() and line.word(index - 1) in {"quận", "phường"}:
        stop += 1
    return stop


def _name(line: Line, index: int, stop: int) -> str:
    """A proper name; `THANH BA` of a heading is `Thanh Ba`."""
    name = line.slice(index, stop)
    return name.title() if name.isupper() else name


# Units with numbers for names: `UBND các phường 1, 2, 3`.
NUMBERED = frozenset({"phường", "quận"})
# Words with which a stretch of country begins, not the region of an office: `khu vực miền núi`.
AREAS = frozenset({"miền", "phía", "nông", "biên", "đô", "ven", "trung", "đồng", "cửa", "ngoài", "nội", "đông", "tây"})
SEPARATORS = frozenset({",", "và", "-", "–", "/"})
SECOND_WORDS = {"thành": {"phố"}, "thị": {"xã", "trấn"}, "đặc": {"khu"}}
# Words with which the short units of `các huyện, thành, thị` would be another word.
LONGER = {"thành": {"phố", "lập", "viên", "công", "phần", "tích", "đoàn", "ủy"}, "thị": {"xã", "trấn", "trường", "ủy"}}
UNIT_NAMES = {"tp": "thành phố", "tx": "thị xã"}
UNITS: dict[str, AgencyLevel] = {
    "tỉnh": "province",
    "thành": "district",
    "tp": "district",
    "thị": "district",
    "tx": "district",
    "huyện": "district",
    "quận": "district",
    "xã": "commune",
    "phường": "commune",
    "đặc": "commune",
}
SURNAMES = frozenset(
    {"nguyễn", "trần", "lê", "phạm", "hoàng", "huỳnh", "phan", "vũ", "võ", "đặng", "bùi", "đỗ", "ngô", "dương", "đinh"}
    | {"đoàn", "trịnh", "tô", "tạ", "lương", "đào", "hồ", "lý", "mai", "cao", "lâm", "trương"}
)
# What a commune is divided into.
HAMLETS = frozenset({"ấp", "thôn", "bản", "buôn", "làng", "xóm"})
