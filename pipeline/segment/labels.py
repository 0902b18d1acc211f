"""The grammar of labels: "Chương II", "Điều 3.", "IV.", "1.2.", "đ)", "PHỤ LỤC 01:".

A label that stands at the start of a line is read in every way that it can mean: `I.` is a Roman one or the letter I,
`l.` is the letter or a spoiled 1. `pipeline.segment.sections` takes the reading that fits its neighbours.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from pipeline.segment.lines import CAPITAL, is_capitals

# Fixed order of the named units; everything else takes its order from the document.
ANNEX, PART, CHAPTER, DIVISION, SUBDIVISION, ARTICLE = "annex", "part", "chapter", "division", "subdivision", "article"
NAMED = {ANNEX: 0, PART: 1, CHAPTER: 2, DIVISION: 3, SUBDIVISION: 4, ARTICLE: 5}
ROMAN, UPPER, ARABIC, LETTER, DOTTED, LETTER_DOTTED = "roman", "upper", "arabic", "letter", "dotted", "letter-dotted"
BRACKET_ARABIC, BRACKET_ROMAN = "bracket-arabic", "bracket-roman"


class Reading(NamedTuple):
    """One way to read a label: its style, its number in that style, its normal form.

    `prefix` holds the numbers above in `1.2.3` (here 1, 2); `spoiled` says that the letters had to be bent.
    """

    style: str
    value: float
    label: str
    prefix: tuple[int, ...] = ()
    spoiled: bool = False


class Mark(NamedTuple):
    """A label found at the start of a line: the mark as printed, where the content begins, and its readings."""

    printed: str
    content: int
    readings: tuple[Reading, ...]


def find_mark(text: str) -> Mark | None:
    """The label at the start of a line, or None.

    >>> find_mark("PHỤ LỤC 01: Danh mục").readings[0].label
    'Phụ lục 1'
    >>> [reading.label for reading in find_mark("I. Mục đích").readings]
    ['I', 'i', '1']
    """
    if text[0] in _SPECKS and (speck := _SPECK.match(text)):
        mark = find_mark(text[speck.end() :])
        return mark and mark._replace(content=mark.content + speck.end())
    if text[0] not in _STARTERS or text[:3].lower() == "v/v":
        return None
    if match := _BARE_ROMAN.match(text):
        heading = is_capitals(text) and not _GROUPED.search(text)  # `I TỔNG SỐ 1.200` is a row
        return Mark(match["number"], match.end(), _numbered(match["number"], "")) if heading else None
    if match := _NUMBERED.match(text):
        readings = _numbered(match["number"], match["stop"])
        dashed = match["stop"] == " -" and readings and readings[0].style != ROMAN
        if readings and (not dashed or is_heading_dash(text, match.end())):
            return Mark(text[: match.end("stop")].strip(), match.end(), readings)
        return None
    if match := _NAMED.match(text):
        return _named(text, match)
    return None


def is_heading_dash(text: str, position: int) -> bool:
    """Whether the word after `I -` begins a heading in capitals."""
    return text[position : position + 2].isupper()


@lru_cache(maxsize=4096)
def _numbered(number: str, stop: str) -> tuple[Reading, ...]:
    if number.startswith("("):
        return _bracketed(number[1:-1])
    if number.isdigit():
        value = int(number)
        readings = [Reading(ARABIC, value, str(value))]
        if stop == ")" and number in LIKE_LETTERS:
            readings += _misread_letters(number)
        if set(number) == {"1"} and len(number) < 4:
            readings.append(Reading(ROMAN, len(number), roman(len(number)), spoiled=True))
        return tuple(readings)
    if "." in number:
        number = number.replace(" ", "")
        parts = number.split(".")
        if parts[0].isdigit():
            values = tuple(int(part) if part.isdigit() else LETTERS.index(part) + 1 for part in parts)
            label = ".".join(str(int(part)) if part.isdigit() else part for part in parts)  # `4.1.a` below `4.1`
            return (Reading(DOTTED, values[-1], label, values[:-1]),)
        if parts[0] in LETTERS and len(parts) == 2:
            return (Reading(LETTER_DOTTED, int(parts[1]), number, (LETTERS.index(parts[0]) + 1,)),)
        if parts[0].upper() in _ROMANS:
            values = (_ROMANS[parts[0].upper()], *(int(part) for part in parts[1:]))
            return (Reading(DOTTED, values[-1], number, values[:-1]),)
        return ()
    return tuple(_lettered(number, stop))


def _lettered(number: str, stop: str) -> list[Reading]:
    readings: list[Reading] = []
    if match := re.fullmatch(r"(\d+)([a-zđ])", number):
        return [Reading(ARABIC, int(match[1]) + (LETTERS.index(match[2]) + 1) / 100, number)]
    if match := re.fullmatch(r"([a-zđ])(\d+)", number):
        return [Reading(LETTER_DOTTED, int(match[2]), number, (LETTERS.index(match[1]) + 1,))]
    upper = number.upper()
    capital = number[0].isupper()
    if capital and upper in _ROMANS:
        readings.append(Reading(ROMAN, _ROMANS[upper], upper))
    if number in _LIKE_FIGURES:
        return [Reading(ARABIC, value, str(value), spoiled=True) for value in _LIKE_FIGURES[number]]
    if number in LIKE_LETTERS and number not in LETTERS and number != "I":
        return _misread_letters(number) if stop in {")", "}"} else []
    if len(number) > 1 and set(number) & set("HL") and upper not in _ROMANS:  # `HI`, `IIL` for `III`, `1IL` for `II.`
        value = _ROMANS.get(upper.replace("H", "II").replace("L", "I").replace("1", "I"), 0)
        values = (value, value - 1) if number[-1] == "L" and 1 < value < 4 else (value,)
        return [Reading(ROMAN, one, roman(one), spoiled=True) for one in values] if value else []
    if len(number) == 1:
        if number in LETTERS:
            readings.append(Reading(LETTER, LETTERS.index(number) + 1, number))
        elif number.lower() in LETTERS:
            readings.append(Reading(UPPER, LETTERS.index(number.lower()) + 1, number))
    if not capital and number in _SMALL_ROMANS:
        readings.append(Reading(BRACKET_ROMAN, _ROMANS[upper], number))
    if number in {"I", "l"}:
        if number == "I":
            readings.insert(1, Reading(LETTER, LETTERS.index("i") + 1, "i", spoiled=True))
            readings = [one for one in readings if one.style != UPPER]
        readings.append(Reading(ARABIC, 1, "1", spoiled=True))
        if number == "l":
            readings.append(Reading(ROMAN, 1, "I", spoiled=True))
    elif number == "L":
        readings.append(Reading(ROMAN, 1, "I", spoiled=True))
    elif len(number) > 1 and set(number) <= set("Il1") and upper not in _ROMANS:
        readings.append(Reading(ROMAN, len(number), roman(len(number)), spoiled=True))
    return readings


def _misread_letters(number: str) -> list[Reading]:
    return [Reading(LETTER, LETTERS.index(letter) + 1, letter, spoiled=True) for letter in LIKE_LETTERS[number]]


def _bracketed(inner: str) -> tuple[Reading, ...]:
    if inner.isdigit():
        return (Reading(BRACKET_ARABIC, int(inner), str(int(inner))),)
    readings = []
    if inner in _SMALL_ROMANS:
        readings.append(Reading(BRACKET_ROMAN, _ROMANS[inner.upper()], inner))
    if inner in LETTERS:
        readings.append(Reading(LETTER, LETTERS.index(inner) + 1, inner))
    return tuple(readings)


def _named(text: str, match: re.Match[str]) -> Mark | None:
    name = _NAMES[match["name"].lower()]
    number = (match["number"] or "").strip(" .:")
    rest = text[match.end() :]
    if name == ANNEX:
        return _annex(text, match, number, rest)
    if not number or (match["stop"] is None and rest and not _begins_heading(name, match["name"], rest)):
        return None
    value, form = _count(number)
    if not value:
        return None
    word = {PART: "Phần", CHAPTER: "Chương", DIVISION: "Mục", SUBDIVISION: "Tiểu mục", ARTICLE: "Điều"}[name]
    return Mark(text[: match.end()].strip(), _skip(text, match.end()), (Reading(name, value, f"{word} {form}"),))


def _annex(text: str, match: re.Match[str], number: str, rest: str) -> Mark | None:
    capitals = match["name"].isupper()
    if not capitals and rest and not (match["stop"] and (not number or len(text) < 200)):
        return None  # "Phụ lục I ban hành kèm theo …" in a sentence
    if capitals and rest and not match["stop"] and not rest.lstrip().startswith("(") and not rest.strip()[:2].isupper():
        return None
    value, form = _count(number) if number else (0, "")
    label = f"Phụ lục {form}".strip()
    return Mark(text[: match.end()].strip(), _skip(text, match.end()), (Reading(ANNEX, value, label),))


def _begins_heading(name: str, word: str, rest: str) -> bool:
    """Whether what follows an unpunctuated `Điều 5`, `Chương II` reads as its heading and not as a sentence."""
    first = rest.lstrip(" -–:")
    if name == ARTICLE:
        return bool(re.match(f"[{CAPITAL}]", first)) and rest.startswith(" ") and not _LAW_AFTER.match(first)
    return first[:2].isupper() or (word[0].isupper() and bool(re.match(f"[{CAPITAL}]", first)) and len(rest) < 120)


def _skip(text: str, position: int) -> int:
    while position < len(text) and text[position] in " .:-–/)":
        position += 1
    return position


@lru_cache(maxsize=1024)
def _count(number: str) -> tuple[float, str]:
    """Number and normal form of `IV`, `04`, `12a`, `thứ nhất`, `I.1`."""
    plain = re.sub(r"^(?:số|thứ) ?", "", number.strip(), flags=re.IGNORECASE).strip()
    if plain.lower() in _ORDINALS:
        value = _ORDINALS.index(plain.lower()) + 1
        return value, roman(value)
    if match := re.fullmatch(r"(\d+)([A-Za-zđĐ]?)", plain):
        extra = (LETTERS.find(match[2].lower()) + 1) / 100 if match[2] else 0
        return int(match[1]) + extra, f"{int(match[1])}{match[2]}"
    if plain.upper() in _ROMANS:
        return _ROMANS[plain.upper()], plain.upper()
    if match := re.fullmatch(r"([IVXLivxl]+|\d+)[.\-](\d+(?:\.\d+)*)", plain):
        return float(match[2].split(".")[-1]), f"{match[1].upper()}.{match[2]}"
    if match := re.fullmatch(r"([IVXL]+)([A-Z])", plain):
        return _ROMANS.get(match[1], 1), plain
    if re.fullmatch(r"[A-ZĐ]", plain):
        return LETTERS.index(plain.lower()) + 1, plain
    return 0, ""


def roman(value: int) -> str:
    """The Roman numeral of a number below 100.

    >>> roman(14)
    'XIV'
    """
    tens, ones = divmod(value, 10)
    return _TENS[tens % 10] + _ONES[ones]


_TENS = ("", "X", "XX", "XXX", "XL", "L", "LX", "LXX", "LXXX", "XC")
_ONES = ("", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX")
_ROMANS = {roman(value): value for value in range(1, 90)}
_SMALL_ROMANS = {roman(value).lower() for value in range(1, 21)}
LETTERS = "abcdđefghijklmnopqrstuvwxyz"
_ORDINALS = (
    "nhất", "hai", "ba", "tư", "năm", "sáu", "bảy", "tám", "chín", "mười",
)  # fmt: skip
# How a scan reads the letters of items: `8)` for `g)`, `©)` for `c)` or `e)`.
LIKE_LETTERS = {
    "8": "ga", "ø": "gđ", "®": "gđ", "&": "g", "©": "ce", "€": "ce", "¢": "c", "1": "il", "¡": "i", "ï": "i", "Ì": "i",
    "4": "ađd", "6": "b",
}  # fmt: skip
# … and its numbers: `Š. Bộ Tài chính` for 5.
_LIKE_FIGURES = {"§": (5, 8), "Š": (5,), "Ş": (5,)}
_NAMES = {
    "phụ lục": ANNEX, "phần": PART, "phần thứ": PART, "chương": CHAPTER, "mục": DIVISION, "tiểu mục": SUBDIVISION,
    "điều": ARTICLE,
}  # fmt: skip
_STARTERS = frozenset("0123456789(PpCcMmTtĐđ" + "ABDEGHIKLNOQRSUVX" + "abdefghijklmnopqrstuvxyø" + "®&©€¢¡ïÌ§ŠŞ")
_SPECKS = frozenset("-–_„“\"'`.:;,¬ˆ~‹—…")
# What a scan reads into the margin: `„ Điều 1. …`, `" V. TỔ CHỨC THỰC HIỆN`.
_SPECK = re.compile(
    rf"[-–_„“\"'`.:;,¬ˆ~ ]{{1,4}}(?=Điều \d{{1,3}}[.:] |[IVX]{{1,4}}\. [{CAPITAL}]{{2}})"
    rf"|[-–.—… ]{{0,4}}[_„¬ˆ~‹:'`][-–_„.—… ]{{0,4}}(?=[a-zđø®©¡ïÌ8]\) ?[{CAPITAL}])"
    rf"|[.…] ?(?:[.…] ?){{0,3}}(?=[a-zđø®©¡ïÌ8]\) [{CAPITAL}])"
)
_BARE_ROMAN = re.compile(
    rf"(?P<number>I{{1,3}}|IV|VI{{0,3}}|IX|L|1?[I1]{{1,2}}L|1I{{1,2}}|HI|IH|H) (?=[{CAPITAL}]{{2,}} [{CAPITAL}])"
)  # `II MỤC TIÊU`
_GROUPED = re.compile(r"\d\.\d{3}(?!\d)")
_NUMBERED = re.compile(
    rf"(?P<number>\d{{1,2}}(?:\.\d{{1,2}}){{1,3}}\.[a-zđ](?=[.)])|\d{{1,2}}(?:\.\d{{1,2}}){{1,4}}"
    rf"|\d{{1,3}}[a-zđ]?|[IVXHL]{{2,5}}(?=[.\-–] ?[{CAPITAL}]{{2}})"
    r"|[IVXLivxl1]{1,7}(?:\.\d{1,2}){0,3}|[A-HK-UĐ]"
    rf"|[§ŠŞ](?=\. [{CAPITAL}])"
    r"|[ø®&©€¢¡ïÌ](?=[)}])|[a-zđ](?:\. \d{1,2}(?=\.)|\.?\d{1,2})?|\(\d{1,2}\)|\([ivx]{1,5}\)|\([a-zđ]\))"
    rf"(?P<stop>\. ?\)|\.[:)/]|/\.|[.)/:,]|(?<=\.\d)(?= )|(?<=\.\d\d)(?= )|(?<=\))| -|(?<=[IVX])[-–]"
    rf"|(?<=\d)[-–](?= [{CAPITAL}]))"
    rf"(?:\s+(?:[-–] (?=[{CAPITAL}]))?|(?=[{CAPITAL}“\"(])|$)"
)
_NAMED = re.compile(
    r"(?P<name>(?i:phụ lục|phần(?: thứ)?|chương|tiểu mục|mục|điều))(?P<number>\s+(?:(?i:số|thứ)\s*)?"
    r"(?:\d{1,4}[a-zđA-ZĐ]?(?:\.\d{1,3})*|[IVXLivxl]{1,7}(?:[.\-]\d{1,3})*[A-Z]?|(?i:nhất|hai|ba|tư|năm|sáu|bảy"
    r"|tám|chín|mười)|[A-ZĐ])"
    rf"(?![{CAPITAL}\w]))?(?P<stop>\s*[.:]|\s*[-–](?=\s)|$)?"
)
_LAW_AFTER = re.compile(
    r"(?:Luật|Nghị định|Thông tư|Quyết định|Nghị quyết|Hiến pháp|Bộ luật|Pháp lệnh|Quy chế|Quy định)\b"
)
