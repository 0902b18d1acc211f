"""Find and convert text in encodings from before Unicode: "Céng hoµ x· héi" (TCVN3), "Coäng hoøa xaõ hoäi" (VNI).

A line is judged by its words: those that no Vietnamese spelling allows as they stand, and that become syllables when
they are read in an old encoding, speak for it; those that become nonsense speak against it. "cña" is no word and "của"
is one, while "für" and "où" stay foreign either way. So proper Vietnamese, French or German is never touched, and a
file that mixes encodings is told, line by line.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from pipeline.mapped_text import Edit, MappedText
from pipeline.read.double_utf8 import NAME as DOUBLE_UTF8
from pipeline.read.double_utf8 import double_utf8_edits, is_vietnamese
from pipeline.read.legacy_codes import ENCODINGS, as_bytes, codes, legacy_of_font
from pipeline.read.tcvn3 import is_syllable, lost_horns, small_among_capitals, with_lost_horn
from schemas import Diagnostic

__all__ = ["convert", "detect", "legacy_of_font", "to_unicode"]


class Unit(NamedTuple):
    """A line, or a cell of a line between tabs or bars: `[start, end)` of the text, and its text of bytes."""

    start: int
    end: int
    text: str


class Evidence(NamedTuple):
    """What the words of a unit say for one encoding: how many it mends, spoils, or reads as no better than before.

    `foreign` counts words of plain letters that no Vietnamese spelling allows, in whatever encoding.
    """

    encoding: str
    mended: int = 0
    spoiled: int = 0
    wrong: int = 0
    foreign: int = 0

    @property
    def margin(self) -> float:
        """What speaks for the encoding less what speaks against it."""
        return self.mended - 2 * self.spoiled - self.wrong - 0.5 * self.foreign


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
    if _NO_BYTE.search(seen) or not _possible(_evidence(seen, encoding)):
        return text.upper() if capitals else text
    pieces, position = [], 0
    for start, end, letters in codes(encoding).edits(seen):
        pieces += (text[position:start], letters)
        position = end
    read = "".join([*pieces, text[position:]])
    return read.upper() if capitals else read


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
    converted = mapped.edited(edit for unit, encoding in read for edit in _edits(unit, encoding))
    converted, horns = _mended(converted, [unit for unit, encoding in read if encoding == "tcvn3"], mapped)
    lines = _lines(mapped.text, read)
    return converted, _diagnostics(mapped.text, lines, horns), max(lines, key=lambda name: len(lines[name]))


def _certain(text: str) -> dict[Unit, str]:
    """The units that show their encoding by themselves; between two that fit alike, the one of most other units."""
    found: dict[Unit, list[Evidence]] = {}
    for unit in _units(text):
        if not _SIGN.search(text, unit.start, unit.end) or _NO_BYTE.search(unit.text):
            continue
        if is_vietnamese(double_utf8_edits(unit.text)):
            found[unit] = [Evidence(DOUBLE_UTF8, _CERTAIN)]
        elif strong := [each for each in _evidences(unit.text, ENCODINGS) if _is_certain(each)]:
            found[unit] = strong
    votes = Counter(evidences[0].encoding for evidences in found.values() if len(evidences) == 1)
    return {unit: _likeliest(evidences, votes) for unit, evidences in found.items()}


def _is_certain(evidence: Evidence) -> bool:
    return evidence.mended >= _CERTAIN and evidence.margin >= _CERTAIN


def _likeliest(evidences: Sequence[Evidence], votes: Mapping[str, int]) -> str:
    best = max(each.margin for each in evidences) - 1
    return max((each for each in evidences if each.margin >= best), key=lambda each: votes.get(each.encoding, 0)).encoding


def _units(text: str) -> Iterator[Unit]:
    """The units with anything in them that an old encoding could have written."""
    for match in _UNIT.finditer(text):
        if not match[0].isascii():
            yield Unit(match.start(), match.end(), as_bytes(match[0]))


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
    found = [each for each in _evidences(unit.text, present) if _possible(each)]
    found = [each for each in found if each.mended or each.encoding == last]
    return max(found, key=lambda each: (each.margin, each.encoding == last)).encoding if found else None


def _possible(evidence: Evidence) -> bool:
    return evidence.mended >= 2 * evidence.spoiled


def _evidences(text: str, encodings: Sequence[str]) -> list[Evidence]:
    return [_evidence(text, encoding) for encoding in encodings if encoding in ENCODINGS]


def _evidence(text: str, encoding: str) -> Evidence:
    """The evidence of the different words of *text* of bytes."""
    counts = Counter(_judged(word, encoding) for word in set(codes(encoding).word.findall(text)))
    return Evidence(encoding, counts["mended"], counts["spoiled"], counts["wrong"], counts["foreign"])


@lru_cache(maxsize=1 << 16)
def _judged(word: str, encoding: str) -> str:
    """What *word*, of bytes, is when it is read in *encoding*: a field of `Evidence`, or nothing."""
    word = _core(word, encoding)
    read = codes(encoding).decoded(word)
    if read == word and word.isascii():
        return "" if len(word) < 2 or word.isupper() or is_syllable(word) else "foreign"
    if encoding == "tcvn3":
        read = with_lost_horn(read) or read
    good = is_syllable(read) and not _CAPITAL_INSIDE.search(read)
    if is_syllable(word.translate(_EDH)):
        return "" if good else "spoiled"
    if good:
        return "mended" if len(word) > 1 else ""
    return "" if read.isupper() and len(read) <= _ABBREVIATION else "wrong"


def _core(word: str, encoding: str) -> str:
    """*word* without the quotes around it that are letters in VISCII: “Cµng” is no "ỘCộngỢ"."""
    if encoding != "viscii" or is_syllable(codes(encoding).decoded(word)):
        return word
    return word.strip(_QUOTES)


def _edits(unit: Unit, encoding: str) -> Iterator[Edit]:
    if encoding == DOUBLE_UTF8:
        yield from double_utf8_edits(unit.text, unit.start)
        return
    known = codes(encoding)
    for match in known.word.finditer(unit.text):
        word = _core(match[0], encoding)
        yield from known.edits(word, unit.start + match.start() + match[0].index(word))


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


def _diagnostics(text: str, lines: Mapping[str, Sequence[int]], horns: int) -> tuple[Diagnostic, ...]:
    named = [f"{name} on {len(numbers)} lines from line {numbers[0]}" for name, numbers in lines.items()]
    old = [each for name, each in zip(lines, named, strict=True) if name != _UNICODE_NAME]
    total = text.count("\n") + 1
    told = [
        Diagnostic(
            code="legacy-encoding", severity="info", message=f"converted to Unicode: {', '.join(old)}, of {total} lines"
        )
    ]
    if len(lines) > 1:
        message = f"the text mixes encodings: {', '.join(named)}; check the lines where one meets the other"
        told.append(Diagnostic(code="mixed-encodings", severity="warning", message=message))
    if horns:
        message = f"the letter ư, a soft hyphen in TCVN3, was lost and is put back in {horns} words; others may lack it"
        told.append(Diagnostic(code="lost-letters", severity="warning", message=message))
    return tuple(told)


_CERTAIN = 2
_ABBREVIATION = 6  # "QĐ", "HĐND"
_UNICODE_NAME = "unicode"
_EDH = str.maketrans("Ðð", "Đđ")
_CAPITAL_INSIDE = re.compile("[a-z].*[A-ZÀ-ÖØ-ÞĂĐĨŨƠƯẠẢẤẦẨẪẬẮẰẲẴẶẸẺẼẾỀỂỄỆỈỊỌỎỐỒỔỖỘỚỜỞỠỢỤỦỨỪỬỮỰỲỴỶỸ]")
_UNIT = re.compile(r"[^\n\t|]+")
_NO_BYTE = re.compile("[\u0100-\u1fff\u2c00-\ud7ff]")  # letters that no byte of an old encoding looks like
_VIETNAMESE_ONLY = re.compile("[ĂăĐđĨĩŨũƠơƯư\u1ea0-\u1ef9\u0300\u0301\u0303\u0309\u0323]")
_UNICODE_LINE = re.compile(f"(?m)^.*?{_VIETNAMESE_ONLY.pattern}")
_QUOTES = "\x84\x85\x91\x92\x93\x94\x95\x96\x97\xa0"
# What proper Vietnamese text hardly ever holds, and old encodings in every other word.
_SIGN = re.compile("[\x80-\x9f¡¢£¤¥¦¨ª¬\xad®¯µ¶¸¹º¼¾ÄÅÆÇËÎÏÑÖØÛÜÞßäåæçëîïðñöø÷ûüþÿ]")
