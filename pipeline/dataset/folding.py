"""Vietnamese without its marks, for a search that is typed without them: `phoi hop` finds `phối hợp`.

SQLite's and DuckDB's own folding leave `đ` as it is, hence this one.
"""

from __future__ import annotations

import re
import unicodedata


def fold(text: str) -> str:
    """*text* in lower case and without diacritics.

    >>> fold("Đẩy mạnh PHỐI HỢP")
    'day manh phoi hop'
    """
    return unicodedata.normalize("NFC", text).lower().translate(_LETTERS)


def plain(text: str) -> str:
    """*text* folded, hyphens as spaces, one space between words.

    >>> plain("Sở Y  tế Đắk-Lắk")
    'so y te dak lak'
    """
    return " ".join(fold(text).replace("-", " ").split())


def words_in(text: str) -> list[str]:
    """The words of *text* as the index sets them apart: letters and digits, in lower case.

    >>> words_in('Nghị quyết 36a/NQ-CP, "chữ_ký"')
    ['nghị', 'quyết', '36a', 'nq', 'cp', 'chữ', 'ký']
    """
    return _WORD.findall(unicodedata.normalize("NFC", text).lower())


class _Letters(dict[int, str]):
    """Each letter's base letter, found when it is first met."""

    def __missing__(self, code: int) -> str:
        base = "d" if chr(code) == "đ" else unicodedata.normalize("NFD", chr(code))[0]
        self[code] = base
        return base


_LETTERS = _Letters()
_WORD = re.compile(r"[^\W_]+")
