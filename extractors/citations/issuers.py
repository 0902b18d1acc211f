"""Who issued a cited document: by its number ("…/QĐ-TTg" is the Prime Minister's) or by the words "của …" after it.

The number wins, since a suffix such as `NĐ-CP` belongs to one body only; `UBND`, `HĐND`, `TU` and `TW` are shared by
many bodies, so there the words decide and lend the province that the text leaves out.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

from extractors.document_types import data_rows
from extractors.slugs import slug
from schemas import Agency, AgencyLevel


@lru_cache(maxsize=4096)
def issuer_of_number(number: str) -> Agency | None:
    """The body to which the number's suffix belongs alone.

    >>> str(issuer_of_number("17b/NQ-CP"))
    'Chính phủ'
    """
    for part in reversed(re.split(r"[/\-–]", number)):
        name = _bodies().get(re.sub(r"\d+$", "", part).casefold())
        if name:
            return agency(name, number)
    return None


def issuer_in_words(words: str, province: str | None) -> Agency | None:
    """The body that *words* name, with *province* (`tỉnh Bình Định`) where they only say `tỉnh`.

    >>> str(issuer_in_words("UBND tỉnh", "tỉnh Bình Định"))
    'Ủy ban nhân dân tỉnh Bình Định'
    """
    name = " ".join(words.split())
    for short, full in _EXPANSIONS:
        name = short.sub(full, name)
    name = _SESSION.sub("", _HEADS.sub("", name).strip(" -–"))
    if not _BODY.match(name) or _JOINTLY.search(name):
        return None
    name = _with_province(_CENTRAL_COMMITTEE.sub("Ban Chấp hành Trung ương Đảng", name), province)
    return agency(name[:1].upper() + name[1:], words)


def full_province(name: str) -> str:
    """A province with its kind: `Bình Định` is `tỉnh Bình Định`.

    >>> full_province("Bình Định"), full_province("thành phố Huế")
    ('tỉnh Bình Định', 'thành phố Huế')
    """
    kinds = _kinds()
    return f"{kinds[name]} {name}" if name in kinds else name


def agency(name: str, surface: str) -> Agency:
    """An agency by its name alone; its id is a plain slug that a registry may replace."""
    return Agency(id=f"vn.{slug(name)}", name=name, surface=surface, level=_level(name))


def _with_province(name: str, province: str | None) -> str:
    if not province:
        return name
    place = re.sub(r"^(?:tỉnh|thành phố) ", "", province, flags=re.IGNORECASE)
    if place.casefold() in name.casefold():
        return name
    if re.search(r" (?:tỉnh|thành phố)$", name, re.IGNORECASE):
        return re.sub(r" \S+$| thành phố$", "", name, flags=re.IGNORECASE) + f" {province}"
    if re.search(r"(?:tỉnh|thành) ủy$|đảng bộ (?:tỉnh|thành phố)$", name, re.IGNORECASE):
        return f"{name} {place}"
    if name.startswith("Sở ") or name in {"Ủy ban nhân dân", "Hội đồng nhân dân"}:
        return f"{name} {province}"
    return name


def _level(name: str) -> AgencyLevel:
    folded = name.casefold()
    for words, level in _LEVELS:
        if any(word in folded for word in words):
            return level
    return "central" if folded.startswith(_CENTRAL) else "other"


@cache
def _bodies() -> dict[str, str]:
    return {symbol.casefold(): name for symbol, name, _ in data_rows("number_suffixes.tsv")}


@cache
def _kinds() -> dict[str, str]:
    return {name: kind for _, name, kind, *_ in data_rows("provinces.tsv")}


_EXPANSIONS = tuple(
    (re.compile(pattern, re.IGNORECASE), full)
    for pattern, full in (
        (r"\bUBND\b", "Ủy ban nhân dân"),
        (r"\bHĐND\b", "Hội đồng nhân dân"),
        (r"\bUBTVQH\b", "Ủy ban Thường vụ Quốc hội"),
        (r"\bTTg\b", "Thủ tướng"),
        (r"\bTP\.? ?(?=\S)|\bTP\.?$", "thành phố "),
        (r"\bTAND\b", "Tòa án nhân dân"),
        (r"\bBTV\b", "Ban Thường vụ"),
        (r"\bBCH\b", "Ban Chấp hành"),
        (r"\bTW\b", "Trung ương"),
    )
)
_HEADS = re.compile(
    r"^(?:(?:Phó )?(?:Bộ trưởng(?=,? Chủ nhiệm| Bộ)|Chủ tịch(?= Ủy ban| Hội đồng| Quốc hội)"
    r"|Giám đốc(?= Sở| Công an| Ban| Trung tâm| Kho bạc| Bảo hiểm| Viện)|Chánh(?= Văn phòng| Thanh tra)"
    r"|Chỉ huy trưởng(?= Bộ)|Trưởng(?= [Pp]hòng| [Bb]an [Cc]hỉ đạo| Ban )"
    r"|Tổng cục trưởng(?= Tổng cục)|Chi cục trưởng(?= Chi cục)|Cục trưởng(?= Cục)|Vụ trưởng(?= Vụ)"
    r"|Tổng [Gg]iám đốc|Chánh án|Viện trưởng|Thống đốc(?= Ngân)|Chủ nhiệm(?= Ủy ban| Văn phòng)|Trưởng ban(?= Ban)"
    r"|Tổng Thanh tra(?= Thanh)|Tổng Kiểm toán(?= Kiểm)|Chánh Văn phòng(?= Văn)),? ?)+"
)
_SESSION = re.compile(r"^Hội nghị (?:lần thứ )?[\w ]{1,20}? ?(?:của )?(?=Ban [Cc]hấp hành Trung ương)")
_BODY = re.compile(
    r"(?:Chính phủ|Thủ tướng|Phó Thủ tướng|Quốc hội|Ủy ban|Hội đồng|Bộ|Ban|Sở|Cục|Tổng cục|Vụ|Viện|Tòa án|Kiểm toán"
    r"|Thường trực (?:Hội đồng|Tỉnh ủy|Thành ủy|Huyện ủy|Đảng ủy)"
    r"|Thanh tra|Ngân hàng|Văn phòng|Tỉnh ủy|Thành ủy|Huyện ủy|Quận ủy|Thị ủy|Đảng ủy|Đảng bộ|Chủ tịch nước|Liên đoàn"
    r"|Tổng Liên đoàn|Đoàn|Hội|Mặt trận|Công an|Bảo hiểm|Kho bạc|Trung ương|Tập đoàn|Tổng công ty|Liên|Chi cục|Phòng"
    r"|Trung tâm|Thuế (?:tỉnh|thành phố))\b",
    re.IGNORECASE,
)
# `Sở Tài chính và Giám đốc Sở Nội vụ`: the words do not tell whose number it is.
_JOINTLY = re.compile(r" và (?:Giám đốc|Chánh|Trưởng|Chủ tịch|Bộ trưởng)\b")
_CENTRAL_COMMITTEE = re.compile(
    r"^(?:Ban Chấp hành|Hội nghị(?: Ban Chấp hành)?) Trung ương(?: Đảng)?(?: lần thứ (?:\S+|mười \S+))?"
    r"(?: Đảng)?(?:,? (?:khóa|khoá) \S+)?$",
    re.IGNORECASE,
)
_CENTRAL = ("chính phủ", "thủ tướng", "quốc hội", "ủy ban thường vụ", "bộ ", "văn phòng chính phủ", "chủ tịch nước",
            "tòa án nhân dân tối cao", "ngân hàng nhà nước", "thanh tra chính phủ", "kiểm toán nhà nước")  # fmt: skip
_LEVELS: tuple[tuple[tuple[str, ...], AgencyLevel], ...] = (
    (("tỉnh ủy", "thành ủy", "bộ chính trị", "ban bí thư", "trung ương đảng", "đảng bộ", "đảng ủy"), "party"),
    (("nhân dân xã", "nhân dân phường", "nhân dân thị trấn"), "commune"),
    (("nhân dân huyện", "nhân dân quận", "nhân dân thị xã"), "district"),
    (("nhân dân tỉnh", "nhân dân thành phố", "sở "), "province"),
)
