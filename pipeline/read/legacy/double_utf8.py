"""Mend UTF-8 that was read as Windows-1252 and stored so: "Káº¿ hoáº¡ch" → "Kế hoạch".

Bytes that Windows-1252 leaves open are often lost on the way ("tiá»n" was "tiền", or "tiờn"): no letter is guessed
then, U+FFFD stands for it. A line is taken for such text when most of its signs pair up as UTF-8 and give Vietnamese
letters; that does not happen by chance.
"""

from __future__ import annotations

import re

from pipeline.mapped_text import Edit

NAME = "utf-8 read as windows-1252"


def double_utf8_edits(text: str, offset: int = 0) -> list[Edit]:
    """One edit for each character of *text* of bytes, which stands at *offset*; none when it is no double-read UTF-8.

    >>> [edit.replacement for edit in double_utf8_edits("Káº¿ hoáº¡ch")], double_utf8_edits("où êtes-vous")
    (['ế', 'ạ'], [])
    """
    whole = sum(len(match[0]) for match in _SEQUENCE.finditer(text) if _decoded(match[0]) != LOST)
    if not whole or whole < _LEAST_SHARE * len(_ASCII.sub("", text)):
        return []
    text = _SPACED.sub("\\1\xa0", text)  # the no-break space that stands for a byte is soon made a plain one
    return [
        Edit(match.start() + offset, match.end() + offset, _decoded(match[0])) for match in _SEQUENCE.finditer(text)
    ]


def is_vietnamese(edits: list[Edit]) -> bool:
    """Whether what *edits* put in is Vietnamese and what goes with it, and nothing else."""
    letters = "".join(edit.replacement for edit in edits)
    return bool(_VIETNAMESE.search(letters)) and not _FOREIGN.search(letters)


def _decoded(sequence: str) -> str:
    try:
        return sequence.encode("latin-1").decode("utf-8")
    except UnicodeError:
        return LOST


LOST = "\ufffd"
_LEAST_SHARE = 0.6
_ASCII = re.compile(r"[\x00-\x7f]+")
_SPACED = re.compile(r"(\xe1[\xba\xbb]|[\xc3\xc6]) ")
_SEQUENCE = re.compile(
    r"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}"
    r"|\xe1[\xba\xbb][?\ufffd]?|[\xc3-\xc6][?\ufffd]?"  # with a byte lost
)
_VIETNAMESE = re.compile("[À-ÃÈ-ÊÌÍÒ-ÕÙÚÝà-ãè-êìíò-õùúýĂăĐđĨĩŨũƠơƯư\u1ea0-\u1ef9\u0300-\u0303\u0309\u0323]")
_FOREIGN = re.compile(
    "[^\\x00-\\x7fÀ-ÃÈ-ÊÌÍÒ-ÕÙÚÝà-ãè-êìíò-õùúýĂăĐđĨĩŨũƠơƯư\u1ea0-\u1ef9\u0300-\u0303\u0306\u0309\u031b\u0323\u2010-\u2026"
    "\xa0«»²³°×½§±•\ufeff\ufffd≤≥]"
)
