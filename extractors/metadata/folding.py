"""Text without tone marks, letter for letter.

A scan reads "QUYÉT ĐỊNH" for "QUYẾT ĐỊNH"; both fold to `QUYET DINH`, of the same length, so that spans stay true.
"""

from __future__ import annotations

import unicodedata
from functools import cache


def folded(text: str) -> str:
    """*text* in plain capitals, of the same length.

    >>> folded("Quyết định số 5")
    'QUYET DINH SO 5'
    """
    return "".join(map(_plain, text))


def mostly_capitals(text: str) -> bool:
    """Whether a line is set in capitals, a few letters aside (`IoT`, `/QĐ-TTg`)."""
    letters = [letter for letter in text if letter.isalpha()]
    return bool(letters) and sum(letter.isupper() for letter in letters) >= 0.85 * len(letters)


@cache
def _plain(letter: str) -> str:
    if letter in "đĐ":
        return "D"
    plain = unicodedata.normalize("NFD", letter)[0].upper()
    return plain if len(plain) == 1 else letter
