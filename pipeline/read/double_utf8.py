"""Mend UTF-8 that was read as Windows-1252 and stored so: "Káº¿ hoáº¡ch" → "Kế hoạch".

A line is taken for such only when the bytes of all of it are valid UTF-8: no other text is so by chance. A text is,
when a line of it gives Vietnamese letters and nothing foreign.
"""

from __future__ import annotations

import re

from pipeline.mapped_text import Edit

NAME = "utf-8 read as windows-1252"


def double_utf8_edits(text: str, offset: int = 0) -> list[Edit]:
    """One edit for each character of *text* of bytes, which stands at *offset*; none when it is not valid UTF-8.

    >>> [edit.replacement for edit in double_utf8_edits("Káº¿ hoáº¡ch")], double_utf8_edits("où êtes-vous")
    (['ế', 'ạ'], [])
    """
    text = _SPACED.sub("\\1\xa0", text)  # the no-break space that stands for a byte is soon made a plain one
    try:
        text.encode("latin-1").decode("utf-8")
    except UnicodeError:
        return []
    return [
        Edit(match.start() + offset, match.end() + offset, match[0].encode("latin-1").decode("utf-8"))
        for match in _SEQUENCE.finditer(text)
    ]


def is_vietnamese(edits: list[Edit]) -> bool:
    """Whether what *edits* put in is Vietnamese and what goes with it, and nothing else."""
    letters = "".join(edit.replacement for edit in edits)
    return bool(_VIETNAMESE.search(letters)) and not _FOREIGN.search(letters)


_SPACED = re.compile(r"(\xe1[\xba\xbb]|[\xc3\xc6]) ")
_SEQUENCE = re.compile(r"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
_VIETNAMESE = re.compile("[À-ÃÈ-ÊÌÍÒ-ÕÙÚÝà-ãè-êìíò-õùúýĂăĐđĨĩŨũƠơƯư\u1ea0-\u1ef9\u0300-\u0303\u0309\u0323]")
_FOREIGN = re.compile(
    "[^\\x00-\\x7fÀ-ÃÈ-ÊÌÍÒ-ÕÙÚÝà-ãè-êìíò-õùúýĂăĐđĨĩŨũƠơƯư\u1ea0-\u1ef9\u0300-\u0303\u0306\u0309\u031b\u0323\u2010-\u2026"
    "\xa0«»²³°×½§±•\ufeff≤≥]"
)
