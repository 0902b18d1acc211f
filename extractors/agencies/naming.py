"""Canonical names and ids: "SỞ Y TẾ" is `Sở Y tế`, "sở ban, ngành" is `Các sở, ban, ngành`.

Abbreviations are spelled out, those that the document itself defines before the general ones.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from extractors.agencies.place import Place
from extractors.agencies.registry import read_table
from extractors.slugs import slug


def agency_id(name: str, place: Place | None, *, local: bool) -> str:
    """A stable id for *name*; a *local* body stands behind the slug of its province."""
    bare = name.removesuffix(f" {place.name}") if place else name
    return f"vn.{place.slug}.{slug(bare)}" if place and local else f"vn.{slug(name)}"


def expand(text: str, aliases: Mapping[str, str]) -> str:
    """*text* with its abbreviations spelled out.

    >>> expand("các đơn vị CNTT", {})
    'các đơn vị công nghệ thông tin'
    """
    if not any(c.isupper() for c in text):
        return text
    full = abbreviations()
    return _ABBREVIATION.sub(lambda m: aliases.get(m[0]) or full.get(m[0], m[0]), text)


@cache
def abbreviations() -> dict[str, str]:
    """Abbreviations inside names and what they stand for."""
    return {row["abbreviation"]: row["full"] for row in read_table("agency_abbreviations")}


def first_capital(text: str) -> str:
    """*text* with a capital first letter."""
    return text[:1].upper() + text[1:]


def lowered(text: str) -> str:
    """*text* in lower case, save for words printed in capitals (`CNTT`, `IoT`) and proper names."""
    words = [w if len(w) > 1 and not w[1:].islower() and not text.isupper() else w.lower() for w in text.split(" ")]
    low = " ".join(words)
    for common, proper in _PROPER:
        low = low.replace(common, proper)
    return low


def from_capitals(text: str) -> str:
    """*text* in sentence case when it is printed in capitals; provinces keep their capitals elsewhere.

    >>> from_capitals("BAN CHỈ ĐẠO QUỐC GIA VỀ AN TOÀN THỰC PHẨM")
    'Ban Chỉ đạo quốc gia về an toàn thực phẩm'
    """
    letters = [c for c in text if c.isalpha()]
    if sum(c.isupper() for c in letters) * 10 < len(letters) * 8 or len(letters) < 6:
        return text
    lowered = text.lower()
    for phrase in CAPITALISED:
        lowered = re.sub(rf"(?<!\w){re.escape(phrase.lower())}(?!\w)", phrase, lowered)
    return first_capital(lowered)


_ABBREVIATION = re.compile(r"(?<![^\W_])[A-ZĐƯƠ]{2,}(?:\s?[&-]\s?[A-ZĐƯƠ]{2,})*(?![^\W_])")

# Words that keep a capital inside a name printed in capitals.
CAPITALISED = (
    "Ban Chỉ đạo",
    "Ban Quản lý",
    "Ban Chấp hành",
    "Ban Thường vụ",
    "Ủy ban nhân dân",
    "Hội đồng nhân dân",
    "Trung ương",
    "Chính phủ",
    "Quốc hội",
    "Thủ tướng Chính phủ",
    "Đảng",
    "Việt Nam",
    "Nhà nước",
    "Bộ Chính trị",
    "Mặt trận Tổ quốc",
    "Văn phòng",
    "Sở",
    "Cục",
    "Tổng cục",
    "Trung tâm",
    "Hội đồng",
)
_PROPER = (
    ("quốc hội", "Quốc hội"),
    ("chính phủ", "Chính phủ"),
    ("phi Chính phủ", "phi chính phủ"),
    ("ngang bộ", "ngang Bộ"),
    ("chính trị xã hội", "chính trị - xã hội"),
    ("chính trị, xã hội", "chính trị - xã hội"),
    ("chính trị-xã hội", "chính trị - xã hội"),
    ("chính trị – xã hội", "chính trị - xã hội"),
    ("xã hội-nghề nghiệp", "xã hội - nghề nghiệp"),
    ("xã hội – nghề nghiệp", "xã hội - nghề nghiệp"),
)
