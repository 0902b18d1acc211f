"""The codes of the encodings that came before Unicode, and the fonts that tell them: "nhµ" is "nhà" in TCVN3.

Such text is met as bytes, and as what Windows-1252 made of the bytes; both are brought to one form first, in which each
character is the byte that it was. TCVN3, VNI and VISCII are known; VPS, Vietware and BK HCM are not, being so rare in
official texts that nothing could be measured.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from pipeline.mapped_text import Edit

ENCODINGS = ("tcvn3", "vni", "viscii")


@dataclass(frozen=True, slots=True, eq=False)
class Codes:
    """The letters of one encoding by their codes; `word` finds what can be a word of it in text of bytes.

    `even` tells that each letter has one byte, so that text keeps its length.
    """

    letters: dict[str, str]
    code: re.Pattern[str]
    word: re.Pattern[str]
    even: bool

    def edits(self, text: str, offset: int = 0) -> Iterator[Edit]:
        """What to put in place of the codes in *text* of bytes, which stands at *offset*."""
        for match in self.code.finditer(text):
            yield Edit(match.start() + offset, match.end() + offset, self._letters(match))

    def decoded(self, text: str) -> str:
        """The text of bytes with its codes read."""
        return self.code.sub(self._letters, text)

    def _letters(self, match: re.Match[str]) -> str:
        """A code is one letter; several together are those of an encoding of one byte a letter, or no vowel's marks."""
        return self.letters.get(match[0]) or "".join(self.letters.get(each, each) for each in match[0])


@cache
def codes(encoding: str) -> Codes:
    """The codes of *encoding*, one of `ENCODINGS`.

    >>> codes("vni").decoded("Vieät Nam"), codes("viscii").decoded("Vi®t Nam"), codes("tcvn3").decoded("ViÖt Nam")
    ('Việt Nam', 'Việt Nam', 'Việt Nam')
    """
    letters = {code: letter for code, letter, _, _ in table(encoding)}
    # The case of a mark says nothing: "Haø" and "HAø" are written beside "HAØ".
    letters |= {
        code[0] + code[1].swapcase(): letter
        for code, letter in letters.items()
        if len(code) == 2 and code[0] + code[1].swapcase() not in letters
    }
    first, marks = _characters(code[0] for code in letters), _characters(code[1:] for code in letters)
    single = f"[{_characters(code for code in letters if len(code) == 1)}]"
    pattern = f"[{first}][{marks}]|{single}" if marks else f"{single}+"
    even = all(len(code) == len(letter) == 1 for code, letter in letters.items())
    return Codes(letters, re.compile(pattern), re.compile(f"[A-Za-z{first}{marks}]{{1,{_LONGEST}}}"), even)


def table(encoding: str) -> list[tuple[str, str, str, str]]:
    """The rows of the table of *encoding*: code as text of bytes, letter, an example as written, and what it says."""
    lines = (_DATA / f"{encoding}.tsv").read_text(encoding="utf-8").splitlines()
    rows = [line.split("\t") for line in lines if not line.startswith("#")][1:]
    return [
        (
            bytes.fromhex(code).decode("latin-1"),
            letter,
            _ESCAPE.sub(lambda match: chr(int(match[1], 16)), written),
            says,
        )
        for code, letter, written, says in rows
    ]


def as_bytes(text: str) -> str:
    """The text with each character that Windows-1252 shows for a byte, or a symbol font has for it, as that byte.

    >>> as_bytes("“a”"), as_bytes("\\uf0b5")
    ('\\x93a\\x94', 'µ')
    """
    return text.translate(_BYTES)


def legacy_of_font(name: str) -> tuple[str, bool] | None:
    """The encoding of text set in the font *name*, and whether the font shows all letters as capitals.

    None for a font of today. Only the name is known, so that a fault of the author stays one: Unicode text is often
    marked with an old font, which `pipeline.read.legacy.convert.to_unicode` then leaves alone.

    >>> legacy_of_font(".VnTimeH"), legacy_of_font("ABCDEF+VNI-Times,Bold"), legacy_of_font("Times New Roman")
    (('tcvn3', True), ('vni', False), None)
    """
    face = _STYLE.sub("", _SUBSET.sub("", name.strip(" \"'").replace("#2E", ".").replace("#20", " ")))
    for encoding, fonts in _FONTS:
        if fonts.match(face):
            return encoding, encoding != "vni" and bool(_CAPITALS.search(face))
    return None


def _characters(codes: Iterator[str]) -> str:
    return "".join(sorted({re.escape(character) for code in codes for character in code}))


_LONGEST = 32  # far more than a syllable has, so that a line without spaces costs no more than another
_DATA = Path(__file__).parent / "data"
_ESCAPE = re.compile(r"\\x([0-9A-F]{2})")
_UNDEFINED = (0x81, 0x8D, 0x8F, 0x90, 0x9D)  # bytes that Windows-1252 leaves open; software passes them through
WINDOWS_1252 = {byte: ord(bytes([byte]).decode("cp1252")) for byte in range(0x80, 0xA0) if byte not in _UNDEFINED}
_BYTES = {character: byte for byte, character in WINDOWS_1252.items()}
_BYTES |= {0xF000 + byte: byte for byte in range(256)} | {0x2212: 0xAD}  # PDFs have a minus sign for the soft hyphen
_SUBSET = re.compile(r"^[A-Z]{6}\+")
_STYLE = re.compile(r"(?i)(?:[-, ]*(?:bold|italic|oblique|regular|normal|mt))+$")
# ".VnTime" may lose its dot; "VNtimes new roman" is Vietware, "UVnTime" Unicode.
_FONTS = (
    ("vni", re.compile(r"VNI[-_ ]?[A-Z]|(?i:vni[-_ ])")),
    ("tcvn3", re.compile(r"(?i:\.vn[a-z0-9])|Vn[A-Z0-9]")),
    ("viscii", re.compile(r"VI [A-Z]")),
)
_CAPITALS = re.compile(r"[Hh](?:oa)?$")
