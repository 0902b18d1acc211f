"""Bring look-alike and invisible characters to one form: `ĐÔNG THƢƠNG` → `ĐÔNG THƯƠNG`, `Ðiều` → `Điều`.

The Icelandic Ð (U+00D0) and the Latin OI (U+01A2) stand for Đ and Ư in texts that went through an old font, Cyrillic
letters for Latin ones in texts that were typed over (`NĐ-СР`). All look right and match nothing, hence they are
characters here and not repairs. A word with a letter that only Cyrillic has (`ГОСТ`) is left as it is.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from unicodedata import normalize

import re2

from pipeline.mapped_text import Edit, MappedText


def unify_characters(mapped: MappedText) -> MappedText:
    """One character for each look; invisible ones go.

    >>> unify_characters(MappedText.of("Ðiều\\u00a01\\u200b")).text
    'Điều 1'
    >>> unify_characters(MappedText.of("34/2031/N\\u0110-\\u0421\\u0420")).text
    '34/2031/NĐ-CP'
    >>> unify_characters(MappedText.of("\\u0413\\u041e\\u0421\\u0422 5")).text  # the Russian for a standard
    'ГОСТ 5'
    """
    text = mapped.text
    if not _ANY.search(text):
        return mapped
    if _TYPED_OVER.search(text):
        text = _TYPED_OVER.sub(_in_latin, text)
        mapped = MappedText(text, mapped.starts, mapped.ends, mapped.in_order)
    pieces: list[str] = []
    position = 0
    for match in _LOOK_ALIKE.finditer(text):
        start, end = match.span()
        pieces += (text[position:start], _SAME_LENGTH[match[0][0]] * (end - start))
        position = end
    if pieces:
        mapped = MappedText("".join([*pieces, text[position:]]), mapped.starts, mapped.ends, mapped.in_order)
    return mapped.edited(_without(mapped.text))


def _without(text: str) -> Iterator[Edit]:
    """Invisible characters go; a mark that they kept apart from its letter joins it (`Kê`, U+200B, U+0301 → `Kế`)."""
    for match in _INVISIBLE.finditer(text):
        if (marks := match["marks"]) and match.start():
            yield Edit(match.start() - 1, match.end(), normalize("NFC", text[match.start() - 1] + marks))
        else:
            yield Edit(match.start(), match.end() - len(marks), "")


def _in_latin(word: Any) -> str:
    """What to put for a match of RE2."""
    letters: str = word[0]
    return letters.translate(_LATIN) if _ONLY_CYRILLIC.isdisjoint(letters) else letters


_CYRILLIC = "АВЕКМНОРСТХаеорсхІі"
_LATIN = str.maketrans(_CYRILLIC, "ABEKMHOPCTXaeopcxIi")
_TYPED_OVER = re2.compile(rf"\pL*[{_CYRILLIC}]\pL*")
_ONLY_CYRILLIC = frozenset(map(chr, range(0x400, 0x530))).difference(_CYRILLIC)
_SAME_LENGTH = {
    "\u00d0": "Đ",
    "\u0189": "Đ",
    "\u01a2": "Ư",
    "\u01a3": "ư",
    "\v": "\n",
    "\f": "\n",
    "\u0085": "\n",
    "\u2028": "\n",
    "\u2029": "\n",
    "\u2010": "-",
    "\u2011": "-",
    "\u00a0": " ",
    "\u1680": " ",
    "\u202f": " ",
    "\u205f": " ",
    "\u3000": " ",
    # Bullets of symbol fonts.
    "\uf02d": "-",
    "\uf02b": "+",
    "\uf0b7": "•",
    "\uf0a7": "•",
    "\uf0d8": "•",
    "\uf0fc": "•",
    "\uf076": "•",
} | {chr(code): " " for code in range(0x2000, 0x200B)}
_LOOK_ALIKE = re2.compile("|".join(f"{character}+" for character in _SAME_LENGTH))
_INVISIBLES = "[\x00-\x08\x0e-\x1f\x7f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\ufe00-\ufe0f]+"
_INVISIBLE = re2.compile(_INVISIBLES + "(?P<marks>[\u0300-\u036f]*)")
_ANY = re2.compile(f"[{''.join(_SAME_LENGTH)}{_CYRILLIC}]|{_INVISIBLES}")
