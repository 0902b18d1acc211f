"""Find and convert text in encodings from before Unicode: "Céng hoµ x· héi" (TCVN3), "Coäng hoøa xaõ hoäi" (VNI).

Each line, and each cell of a line, is judged by its words (`pipeline.read.legacy.evidence`), so that a file which mixes
encodings is found out. What does not show its encoding by itself ("Ghi chó") goes with the lines before it, and only in
a text where other lines do show one.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from pipeline.mapped_text import Edit, MappedText
from pipeline.read.legacy.codes import ENCODINGS, as_bytes, codes, legacy_of_font
from pipeline.read.legacy.double_utf8 import LOST, double_utf8_edits, is_vietnamese
from pipeline.read.legacy.double_utf8 import NAME as DOUBLE_UTF8
from pipeline.read.legacy.evidence import Evidence, evidences, word_core
from pipeline.read.legacy.tcvn3 import lost_horns, small_among_capitals
from schemas import Diagnostic

__all__ = ["as_font_shows", "convert", "detect", "legacy_of_font", "to_unicode"]


class Unit(NamedTuple):
    """A line, or a cell of a line between tabs or bars: `[start, end)` of the text, and its text of bytes."""

    start: int
    end: int
    text: str


def detect(text: str) -> str | None:
    """The encoding in which most of *text* is really written; None for Unicode and for what is no Vietnamese.

    >>> detect("ViÖt Nam ®éc lËp"), detect("Vieät Nam ñoäc laäp"), detect("Việt Nam độc lập"), detect("où êtes-vous ?")
    ('tcvn3', 'vni', None, None)
    """
    if not _SIGN.search(text):
        return None
    found = Counter(_certain(text).values())
    return found.most_common(1)[0][0] if found else None


def to_unicode(text: str, encoding: str, *, capitals: bool = False) -> str:
    """*text* whose font says that it is in *encoding*; *capitals* when that font shows small letters as capitals.

    Text that is Unicode all the same, and text that only becomes nonsense, is given back as it is: authors leave the
    old font on new text.

    >>> to_unicode("céng hoµ", "tcvn3", capitals=True), to_unicode("Ñoäc laäp", "vni"), to_unicode("độc lập", "vni")
    ('CỘNG HOÀ', 'Độc lập', 'độc lập')
    """
    seen = as_bytes(text)
    if _NO_BYTE.search(seen) or not evidences(seen, [encoding])[0].is_possible:
        return text.upper() if capitals else text
    pieces: list[str] = []
    position = 0
    for start, end, letters in codes(encoding).edits(seen):
        pieces += (text[position:start], letters)
        position = end
    read = "".join([*pieces, text[position:]])
    return read.upper() if capitals else read


def as_font_shows(text: str, font: str | None) -> str:
    """*text* as a reader sees it who has the font: the letters that an old Vietnamese font draws for its codes.

    >>> as_font_shows("Céng hoµ", ".VnTime"), as_font_shows("Cộng hoà", "Times New Roman")
    ('Cộng hoà', 'Cộng hoà')
    """
    legacy = legacy_of_font(font) if font else None
    return text if legacy is None else to_unicode(text, legacy[0], capitals=legacy[1])


def convert(mapped: MappedText) -> tuple[MappedText, tuple[Diagnostic, ...], str | None]:
    """The text with its lines in old encodings read, what there is to tell of it, and the encoding of most of them.

    A text without any is given back as it is, the same object, with None.

    >>> convert(MappedText.of("Vieät Nam ñoäc laäp"))[0].text
    'Việt Nam độc lập'
    """
    if not _SIGN.search(mapped.text):
        return mapped, (), None
    certain = _certain(mapped.text)
    if not certain:
        return mapped, (), None
    read = _decided(list(_units(mapped.text)), certain)
    edits = [edit for unit, encoding in read for edit in _edits(unit, encoding, mapped.text[unit.start : unit.end])]
    converted = mapped.edited(edits)
    gaps = sum(edit.replacement == LOST for edit in edits)
    converted, horns = _mended(converted, [unit for unit, encoding in read if encoding == "tcvn3"], mapped)
    lines = _lines(mapped.text, read)
    most = max((name for name in lines if name != _UNICODE_NAME), key=lambda name: len(lines[name]))
    return converted, _diagnostics(mapped.text, lines, horns, gaps), most


def _certain(text: str) -> dict[Unit, str]:
    """The units that show their encoding by themselves; between two that fit alike, the one of most other units."""
    found: dict[Unit, list[Evidence]] = {}
    for unit in _units_with_signs(text):
        if len(unit.text) < _TWO_WORDS or _NO_BYTE.search(unit.text):
            continue
        if is_vietnamese(double_utf8_edits(unit.text)):
            found[unit] = [Evidence(DOUBLE_UTF8)]
        elif strong := [each for each in evidences(unit.text, ENCODINGS) if each.is_certain]:
            found[unit] = strong
    votes = Counter(strong[0].encoding for strong in found.values() if len(strong) == 1)
    return {unit: _likeliest(strong, votes) for unit, strong in found.items()}


def _likeliest(strong: Sequence[Evidence], votes: Mapping[str, int]) -> str:
    least = max(each.margin for each in strong) - 1
    return max((each for each in strong if each.margin >= least), key=lambda each: votes.get(each.encoding, 0)).encoding


def _units(text: str) -> Iterator[Unit]:
    """The units with anything in them that an old encoding could have written."""
    for match in _UNIT.finditer(text):
        if not match[0].isascii():
            yield Unit(match.start(), match.end(), as_bytes(match[0]))


def _units_with_signs(text: str) -> Iterator[Unit]:
    """Those units that hold what proper Vietnamese hardly does; the others cost nothing."""
    position = 0
    while sign := _SIGN.search(text, position):
        start = max(position, *(text.rfind(border, position, sign.start()) + 1 for border in _BORDERS))
        match = _UNIT.match(text, start)
        if not match:
            return
        yield Unit(start, match.end(), as_bytes(match[0]))
        position = match.end()


def _decided(units: Sequence[Unit], certain: Mapping[Unit, str]) -> list[tuple[Unit, str]]:
    """The encoding of each unit that is in one; a unit that may be read either way goes with the one before it."""
    present = sorted(set(certain.values()))
    decided: list[tuple[Unit, str]] = []
    last = next(iter(certain.values()))
    for unit in units:
        encoding = certain.get(unit) or _uncertain(unit, present, last)
        if encoding:
            last = encoding
            if encoding != _UNICODE_NAME:
                decided.append((unit, encoding))
    return decided


def _uncertain(unit: Unit, present: Sequence[str], last: str) -> str | None:
    """The encoding of a *unit* that does not show it by itself, in a text where those of *present* are found."""
    if _VIETNAMESE_ONLY.search(unit.text):
        return _UNICODE_NAME
    if DOUBLE_UTF8 in present and double_utf8_edits(unit.text):
        return DOUBLE_UTF8
    encodings = [encoding for encoding in present if encoding != DOUBLE_UTF8]
    found = [
        each for each in evidences(unit.text, encodings) if each.is_possible and (each.mended or each.encoding == last)
    ]
    return max(found, key=lambda each: (each.margin, each.encoding == last)).encoding if found else None


def _edits(unit: Unit, encoding: str, printed: str) -> Iterator[Edit]:
    if encoding == DOUBLE_UTF8:
        yield from double_utf8_edits(unit.text, unit.start)
        return
    if codes(encoding).even:
        yield _whole_edit(unit, encoding, printed)
        return
    for match in codes(encoding).word.finditer(unit.text):
        if not (match[0].isascii() and match[0].isalpha()):
            at = unit.start + match.start()
            for start, end, letters in _word_edits(match[0], encoding):
                yield Edit(at + start, at + end, letters)


def _whole_edit(unit: Unit, encoding: str, printed: str) -> Edit:
    """One edit for the *unit*, of which the text has *printed*; it keeps the length and so the place of each letter."""
    pieces: list[str] = []
    position = 0
    for match in codes(encoding).word.finditer(unit.text):
        at, letters = _core(match[0], encoding)
        start = match.start() + at
        pieces += (printed[position:start], letters)
        position = start + len(letters)
    return Edit(unit.start, unit.end, "".join([*pieces, printed[position:]]))


@lru_cache(maxsize=1 << 16)
def _core(word: str, encoding: str) -> tuple[int, str]:
    """Where the letters of *word* begin, and what they read as."""
    core = "" if word.isascii() and word.isalpha() else word_core(word, encoding)
    return word.index(core), codes(encoding).decoded(core)


@lru_cache(maxsize=1 << 16)
def _word_edits(word: str, encoding: str) -> tuple[Edit, ...]:
    core = word_core(word, encoding)
    return tuple(codes(encoding).edits(core, word.index(core)))


def _mended(converted: MappedText, units: Sequence[Unit], before: MappedText) -> tuple[MappedText, int]:
    """The text with capitals and lost letters of TCVN3 put right, and how many letters had been lost."""
    if not units:
        return converted, 0
    spans = _carried(units, before, converted)
    loud = converted.edited(
        edit for start, end in spans for edit in small_among_capitals(converted.text[start:end], start)
    )
    horns = [edit for start, end in spans for edit in lost_horns(loud.text[start:end], start)]
    return loud.edited(horns), len(horns)


def _carried(units: Sequence[Unit], before: MappedText, after: MappedText) -> list[tuple[int, int]]:
    """Where the *units* of the text *before* stand in the text *after* its codes are read."""
    if len(before.text) == len(after.text):
        return [(unit.start, unit.end) for unit in units]
    firsts = after.starts.searchsorted([int(before.starts[unit.start]) for unit in units])
    lasts = after.ends.searchsorted([int(before.ends[unit.end - 1]) for unit in units], side="right")
    return [(int(first), int(last)) for first, last in zip(firsts, lasts, strict=True)]


def _lines(text: str, read: Sequence[tuple[Unit, str]]) -> dict[str, list[int]]:
    """The numbers of the lines of each encoding, counted from 1."""
    lines: dict[str, list[int]] = {}
    number, position = 1, 0
    unicode = ((match.start(), _UNICODE_NAME) for match in _UNICODE_LINE.finditer(text))
    for start, encoding in sorted([*((unit.start, encoding) for unit, encoding in read), *unicode]):
        number += text.count("\n", position, start)
        position = start
        found = lines.setdefault(encoding, [])
        if found[-1:] != [number]:
            found.append(number)
    return lines


def _diagnostics(text: str, lines: Mapping[str, Sequence[int]], horns: int, gaps: int) -> tuple[Diagnostic, ...]:
    named = {name: f"{name} on {_counted(numbers)}" for name, numbers in lines.items()}
    old = ", ".join(named[name] for name in named if name != _UNICODE_NAME)
    total = text.count("\n") + 1
    told = [
        Diagnostic(
            code="legacy-encoding",
            severity="info",
            message=f"is written in an old encoding and was converted to Unicode: {old}, of {total}",
        )
    ]
    if len(lines) > 1:
        message = f"mixes encodings: {', '.join(named.values())}; check the lines where one meets another"
        told.append(Diagnostic(code="mixed-encodings", severity="warning", message=message))
    if gaps:
        message = f"has lost {gaps} letters since it was read as Windows-1252: U+FFFD stands for them"
        told.append(Diagnostic(code="lost-letters", severity="warning", message=message))
    if horns:
        message = f"has lost the letter ư, a soft hyphen in TCVN3: put back in {horns} words, others may still lack it"
        told.append(Diagnostic(code="lost-letters", severity="warning", message=message))
    return tuple(told)


def _counted(numbers: Sequence[int]) -> str:
    return f"line {numbers[0]}" if len(numbers) == 1 else f"{len(numbers)} lines from line {numbers[0]} on"


_UNICODE_NAME = "unicode"
_TWO_WORDS = 5  # characters
_BORDERS = "\n\t|"
_UNIT = re.compile(f"[^{_BORDERS}]+")
_NO_BYTE = re.compile("[\u0100-\u1fff\u2c00-\ud7ff]")  # letters that no byte of an old encoding looks like
_VIETNAMESE_ONLY = re.compile("[ĂăĐđĨĩŨũƠơƯư\u1ea0-\u1ef9\u0300\u0301\u0303\u0309\u0323]")
_UNICODE_LINE = re.compile(f"(?m)^.*?{_VIETNAMESE_ONLY.pattern}")
# What proper Vietnamese text hardly ever holds, and old encodings in every other word.
_SIGN = re.compile("[\x80-\x9f¡¢£¤¥¦¨ª¬\xad®¯µ¶¸¹º¼¾ÄÅÆÇËÎÏÑÖØÛÜÞßäåæçëîïðñöø÷ûüþÿ]")
