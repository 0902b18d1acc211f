"""Names in plain letters, for ids: `Bộ Chính trị` is `bo-chinh-tri`."""

from __future__ import annotations

import re
import unicodedata


def slug(text: str) -> str:
    """*text* in unaccented lower-case words joined by hyphens.

    >>> slug("Sở Y tế tỉnh Đắk Lắk")
    'so-y-te-tinh-dak-lak'
    """
    plain = unicodedata.normalize("NFD", text.casefold().replace("đ", "d"))
    return "-".join(_WORD.findall("".join(letter for letter in plain if not unicodedata.combining(letter))))


_WORD = re.compile(r"[a-z0-9]+")
