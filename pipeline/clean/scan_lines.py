"""One line of a table that a scanner read across all its columns: its words, its bars, its number, its time.

`2 | và hỗ trợ các hộ bán hàng qua mạng| Thương 2021-2025` has the number 2, the time `2021-2025`, and between them the
words of an activity and of an agency. Specks at both ends are no words.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal, NamedTuple

from pipeline.clean.agency_pieces import bare_letters, is_in_names

TimeKind = Literal["whole", "open", "part", "misread", ""]


class Word(NamedTuple):
    """A word and where it stands in the whole text."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class ScanLine:
    """`words` are those between number and time; a bar stands before each of them whose index is in `bars`.

    `time` is the place of the time or of a piece of it. A line that `heads_group` has a Roman number or is in capitals.
    """

    start: int
    end: int
    words: tuple[Word, ...]
    bars: frozenset[int]
    number: Word | None = None
    time: Word | None = None
    time_kind: TimeKind = ""
    heads_group: bool = False


def scan_line(text: str, start: int, end: int) -> ScanLine:
    """The parts of the line `text[start:end]`."""
    line = text[start:end]
    begin, number, roman = _number(line)
    time, kind = _time(line, begin)
    stop = time[0] if time else len(line)
    words: list[Word] = []
    bars: set[int] = set()
    for match in _TOKEN.finditer(line, begin, stop):
        lead = _LEADING_STROKE.match(match[0])
        if _STROKES.fullmatch(match[0]):
            bars.add(len(words))
            continue
        if lead and lead["bar"]:
            bars.add(len(words))
        at = match.start() + (lead.end() if lead else 0)
        words.append(Word(start + at, start + match.end(), line[at : match.end()]))
    words, bars = _without_specks(words, bars)
    return ScanLine(
        start,
        end,
        tuple(words),
        frozenset(bars),
        Word(start + number[0], start + number[1], line[slice(*number)]) if number else None,
        Word(start + time[0], start + time[1], line[slice(*time)]) if time else None,
        kind,
        roman or _is_in_capitals(words),
    )


def time_kind_of(line: str) -> TimeKind:
    """What kind of time *line* ends in, as its `ScanLine` would tell."""
    return _time(line, _number(line)[0])[1]


def opens_with_capital(word: Word) -> bool:
    """Whether the first letter of *word*, behind quotes and stains, is a capital."""
    return next((letter for letter in word.text if letter.isalnum()), "").isupper()


def is_certain_time(text: str) -> bool:
    """Whether the pieces of a time cell make up a time that is beyond doubt.

    >>> is_certain_time("2022 - 2025"), is_certain_time("Tháng 3/2022"), is_certain_time("7021-2025")
    (True, True, False)
    """
    return _CERTAIN.fullmatch(text) is not None and "_" not in text and "." not in text


@lru_cache(maxsize=16384)
def is_garbled(word: str) -> bool:
    """Whether a short word can be none: no syllable, no figure, no abbreviation.

    >>> is_garbled("sÃ"), is_garbled("mm"), is_garbled("số"), is_garbled("AI"), is_garbled("2021")
    (True, True, False, False, False)
    """
    bare = bare_letters(word)
    if not bare:
        return word not in _PUNCTUATION
    if len(bare) > 5 or any(letter.isdigit() for letter in bare):
        return False
    if not _SYLLABLE.fullmatch(bare):
        return not (word.isascii() and word.strip(_EDGES).isupper() and len(bare) > 1)
    letters = word.strip(_EDGES)
    return not (letters.islower() or letters.isupper() or letters[1:].islower()) or (
        len(bare) == 1 and bare not in "yo"
    )


@lru_cache(maxsize=16384)
def is_speck(word: str) -> bool:
    """Whether a word in a column of agencies is a stain: a letter alone, letters that make up no word.

    >>> is_speck("k"), is_speck("'s¿"), is_speck("và"), is_speck("&")
    (True, True, False, False)
    """
    bare = bare_letters(word)
    stained = len(bare) < 2 or (len(word) <= 3 and is_garbled(word))
    return stained and word not in _PUNCTUATION and not is_in_names(word)


def _number(line: str) -> tuple[int, tuple[int, int] | None, bool]:
    """Where the text of the row begins, the place of its number, and whether that is a Roman one."""
    if match := _NUMBER.match(line):
        return match.end(), match.span("number"), False
    if match := _ROMAN.match(line):
        return match.end(), match.span("number"), True
    match = _SPECK_BEFORE_BAR.match(line)
    return (match.end() if match else 0), None, False


def _is_in_capitals(words: list[Word]) -> bool:
    return len(words) >= _LEAST_CAPITALS and sum(word.text.isupper() for word in words) >= 0.9 * len(words)


def _time(line: str, begin: int) -> tuple[tuple[int, int] | None, TimeKind]:
    for kind, pattern in _TIMES:
        match = pattern.search(line, begin)
        if match and not _NOT_A_TIME_AFTER.search(line, 0, match.start("time")):
            return match.span("time"), kind
    return None, ""


def _without_specks(words: list[Word], bars: set[int]) -> tuple[list[Word], set[int]]:
    """The words without the specks at the edges of the line, beside bars, and alone."""
    kept: list[Word] = []
    places: set[int] = set()
    for index, word in enumerate(words):
        if index in bars:
            places.add(len(kept))
        letters = bare_letters(word.text)
        edge = index in bars or index in (0, len(words) - 1) or index + 1 in bars
        speck = len(letters) < 2 and not letters.isdigit() if edge else not letters and word.text not in _PUNCTUATION
        if not speck or len(letters) == 1:
            kept.append(word)
    if len(words) in bars:
        places.add(len(kept))
    return kept, places


_LEAST_CAPITALS = 4
_STROKE = r"¡ịỊÏÌÍ‡†¦ƒ!\[\]{}"  # letters and signs that a scanner reads for the rule between two columns
_STROKES = re.compile(rf"[|{_STROKE}]{{1,3}}")
_LEADING_STROKE = re.compile(r"(?:(?P<bar>[¡¦‡†\[{]+)|['’`.:_*/]+)(?=[^\W\d_]{2})")
_PUNCTUATION = frozenset({"-", "–", "&"})
_SPECKS = " \t_.:,;'\"‘’“”`´^~°§¬«»—–-|„*•"
_SPECK = r"[^\w\n(]|_"
_TOKEN = re.compile(r"\|+|[^\s|]+")
_EDGES = "\"'“”‘’().,;:-–"
_SYLLABLE = re.compile(
    r"(?:ngh|ng|nh|ch|gh|gi|kh|ph|qu|th|tr|[bcdghklmnpqrstvx])?[aeiouy]{1,3}(?:ng|nh|ch|[cmnpt])?|gi|loi?gi?"
)
_NUMBER = re.compile(
    rf"(?:{_SPECK})*(?P<number>\d{{1,2}})(?:(?:{_SPECK})*(?:\||[{_STROKE}](?= ))(?:{_SPECK})*|[ _.]+(?=[^\W\d_]{{2}}))"
)
_ROMAN = re.compile(r"(?:[|_\s.¡])*(?P<number>[IVX]+[1I]*(?:\.\d)?)\.?[\s_]*\|\s*")
_SPECK_BEFORE_BAR = re.compile(r"[^|\s]{0,3}[\s_.:—-]*\|[\s_|]*")
_YEAR = r"20[0-9]{2}"
_WHOLE = (
    rf"(?<!Quý )(?:[Tt]háng\s*)?\d{{1,2}}\s?/\s?{_YEAR}|{_YEAR}\s?[-–_.]{{1,2}}\s?{_YEAR}|Năm\s{_YEAR}|{_YEAR}"
    rf"|Thường xuyên|H[àằ]ng (?:năm|quý|tháng)|Quý [IV]{{1,3}}(?:\s?/\s?|\s(?:năm\s)?){_YEAR}"
)
TIME_CUES = ("20", "Thường", "ng năm", "ng quý", "ng tháng")  # one of which stands in every whole time
_OPENING = r"(?:Xong|Trong|Trước|Giai đoạn|Giai|Hoàn thành|Hoàn|Đến|Từ|Hết)"  # of a time, in a line of its own
_CERTAIN = re.compile(
    rf"(?:{_OPENING} (?:(?:trong|thành|đoạn|trước|năm|tháng|ngày|quý|hết) )*)?(?:{_WHOLE}|Tháng \d{{1,2}}/{_YEAR})"
    rf"|Quý [IV]{{1,3}}, ?[IV]{{1,3}}/{_YEAR}"
)
_END = r"(?:[\s_.:,;'\"‘’“”`´^~°§¬«»—–|„*•-]|\s[^\W\d_]{1,2}(?=\s|$))*$"
_MISREAD = (
    r"[0-9„\]][0-9o„\]]{1,3}\s?[-–_„|]{1,2}\s?[0-9][0-9sol\]]{2,4}(?:\s?s)?|\S{1,2}/\S{0,2}2[0-9a-z]{2,3}|\S? ?[DÐ]022"
    r"|Quý \S{1,3}\s?/?\s?20\d\d"
)
_PART = (
    rf"{_OPENING}(?: (?:trong|trước|năm|tháng|ngày|quý|hết))?|"
    r"T?[Hh][áa][nm]g?|Th[áàảãạaí]n?g?|áng|Thường|xuyên|Quý(?: [IV]{1,3}(?: năm)?)?|Năm"
)
_BEHIND = r"(?:(?<=[\s|_\[¡])|^)"
_OPEN = rf"{_YEAR}\s?[-–—]|Quý [IVH1]{{1,3}},"  # goes on in the next line
_TIMES: tuple[tuple[TimeKind, re.Pattern[str]], ...] = (
    ("open", re.compile(rf"{_BEHIND}(?P<time>{_OPEN}){_END}")),
    ("whole", re.compile(rf"{_BEHIND}(?P<time>{_WHOLE}){_END}")),
    ("misread", re.compile(rf"{_BEHIND}(?P<time>{_MISREAD}){_END}")),
    ("part", re.compile(rf"{_BEHIND}(?P<time>{_PART}){_END}")),
)
_NOT_A_TIME_AFTER = re.compile(r"(?:\b(?:năm|đoạn|ngày|tháng|số|đến|từ)|\d/|\d{3}\s?[-–—_])\s*$")
