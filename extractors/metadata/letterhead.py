"""Names of issuing bodies: "ỦY BAN NHÂN DÂN TỈNH BÌNH ĐỊNH" is `Ủy ban nhân dân tỉnh Bình Định`.

Capitals hide which letters are small, so the usual writing comes from a table of bodies and provinces; a body that the
table does not know is written as a sentence. A registry of agencies may know better.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import NamedTuple

from extractors.document_types import data_rows
from extractors.metadata.folding import folded
from schemas import Agency, AgencyLevel


class Province(NamedTuple):
    """`kind` is `tỉnh` or `thành phố`."""

    kind: str
    name: str

    def __str__(self) -> str:
        return f"{self.kind} {self.name}"


@cache
def provinces() -> dict[str, Province]:
    """Provinces by the folded name."""
    return {folded(name): Province(kind, name) for _, name, kind, *_ in data_rows("provinces.tsv")}


def find_province(text: str) -> Province | None:
    """The province that *text* names after `tỉnh` or `thành phố`, or as a whole (`Hà Nội`).

    >>> str(find_province("UBND TỈNH QUẢNG NAM"))
    'tỉnh Quảng Nam'
    """
    plain = folded(" ".join(text.split()))
    if plain in provinces():
        return provinces()[plain]
    for match in _PROVINCE_WORD.finditer(plain):
        words = plain[match.end() :].replace(" – ", " - ").split(" ")
        for size in (5, 4, 3, 2, 1):
            name = " ".join(words[:size]).strip(' ,.;:)(-"”')
            if name in provinces():
                return provinces()[name]
    return None


def issuer_of(text: str, province: Province | None) -> Agency | None:
    """The agency that a letterhead or a phrase names; the head of an agency stands for the agency.

    >>> str(issuer_of("CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH", Province("tỉnh", "Bình Định")))
    'Ủy ban nhân dân tỉnh Bình Định'
    """
    words = " ".join(text.split()).strip(" -–—_*.,:")
    if not words:
        return None
    name = _own_body(_HEADS.sub("", _full(words)))
    name = _usual_writing(name, province)
    return Agency(id=f"vn.{_slug(name)}", name=name, surface=words, level=_level(name), rule="letterhead")


def _full(words: str) -> str:
    for short, full in _SHORT:
        words = short.sub(full, words)
    return words


def _own_body(words: str) -> str:
    """The lower of two bodies of a letterhead: `ỦY BAN NHÂN DÂN TỈNH … / SỞ CÔNG THƯƠNG` is the department's."""
    plain = folded(words)
    seconds = [m for m in _SECOND.finditer(plain) if m[0] != "SO " or words[m.start() + 1] in "ỞởƠơ"]
    if seconds and _GOVERNING.match(plain):
        second = seconds[-1]
        parent = words[: second.start()].strip()
        own = words[second.start() :]
        named = find_province(parent)
        return own if named is None or find_province(own) else f"{own} {named}"
    return words


def _usual_writing(words: str, province: Province | None) -> str:
    plain = folded(words)
    for head, name in _bodies():
        if plain == head:
            return _completed(name, province)
        if plain.startswith(head + " "):
            return f"{name} {_area(words[len(head) + 1 :], province)}".strip()
    if words.isupper() or plain == words:
        words = words.capitalize()
    named = find_province(words)
    if named and plain.endswith(folded(str(named))):
        return f"{words[: len(words) - len(str(named))]}{named}"
    return words


def _completed(name: str, province: Province | None) -> str:
    if province and name in {"Ủy ban nhân dân", "Hội đồng nhân dân"}:
        return f"{name} {province}"
    if (province and name in {"Tỉnh ủy", "Thành ủy"}) or (province and name.startswith("Sở ")):
        return f"{name} {province if name.startswith('Sở ') else province.name}"
    return name


def _area(words: str, province: Province | None) -> str:
    plain = folded(words)
    named = find_province(words)
    if named and plain in {folded(str(named)), folded(named.name)}:
        return str(named) if plain != folded(named.name) else named.name
    if plain in {"TINH", "THANH PHO"} and province:
        return str(province)
    kind = _AREA_KIND.match(plain)
    if kind:
        name = words[kind.end() :].strip()
        return f"{words[: kind.end()].strip().lower()} {name.title() if name.isupper() else name}".strip()
    return words.lower() if words.isupper() else words


@cache
def _bodies() -> tuple[tuple[str, str], ...]:
    ministries = [name for _, name, _ in data_rows("number_suffixes.tsv")]
    departments = ["Sở" + name[2:] for name in ministries if name.startswith("Bộ ")]
    names = {*ministries, *departments, *_BODIES}
    return tuple(sorted(((folded(name), name) for name in names), key=lambda pair: -len(pair[0])))


def _slug(name: str) -> str:
    plain = unicodedata.normalize("NFD", name.casefold().replace("đ", "d"))
    return "-".join(re.findall(r"[a-z0-9]+", re.sub(r"[\u0300-\u036f]", "", plain)))


def _level(name: str) -> AgencyLevel:
    plain = folded(name)
    for pattern, level in _LEVELS:
        if re.search(pattern, plain):
            return level
    return "other"


_PROVINCE_WORD = re.compile(r"\b(?:TINH UY|THANH UY|TINH|THANH PHO|TP\.?|UBND|UB)\s+")
_HEADS = re.compile(
    r"^(?:PHÓ |Phó )?(?:CHỦ TỊCH (?=ỦY|HỘI)|Chủ tịch (?=Ủy|Hội|ủy)|BỘ TRƯỞNG (?=BỘ)|Bộ trưởng (?=Bộ|bộ)"
    r"|GIÁM ĐỐC (?=SỞ)|Giám đốc (?=Sở)"
    r"|CHỦ NHIỆM (?=VĂN|ỦY)|CHÁNH VĂN PHÒNG (?=VĂN)|TRƯỞNG BAN (?=BAN)|THỐNG ĐỐC (?=NGÂN)|CỤC TRƯỞNG (?=CỤC))"
)
_SHORT = tuple(
    (re.compile(pattern), full)
    for pattern, full in (
        (r"\bUBND\b", "Ủy ban nhân dân"),
        (r"\bHĐND\b", "Hội đồng nhân dân"),
        (r"\b(?:TP|Tp)\.? ?(?=\w)", "thành phố "),
        (r"\bBCĐ\b", "Ban Chỉ đạo"),
    )
)
_GOVERNING = re.compile(r"UY BAN NHAN DAN|BO |TINH UY|THANH UY|BAN CHAP HANH|SO |DANG BO|CHINH PHU|DANG UY|BAN CHI DAO")
_SECOND = re.compile(
    r"(?<= )(?:SO (?!\d)|CUC |TONG CUC |CHI CUC |PHONG |DANG DOAN |BAN CAN SU|BAN TUYEN GIAO|BAN TO CHUC"
    r"|BAN QUAN LY|DOAN KIEM TRA"
    r"|BAN CHI DAO|VAN PHONG |BAN THUONG VU)"
)
_AREA_KIND = re.compile(r"(?:TINH|THANH PHO|HUYEN|QUAN|THI XA|XA|PHUONG|THI TRAN|DAC KHU)\b ?")
_BODIES = (
    "Ủy ban nhân dân", "Hội đồng nhân dân", "Chính phủ", "Thủ tướng Chính phủ", "Quốc hội", "Ủy ban Thường vụ Quốc hội",
    "Chủ tịch nước", "Văn phòng Chính phủ", "Tỉnh ủy", "Thành ủy", "Bộ Chính trị", "Ban Chấp hành Trung ương",
    "Ban Bí thư", "Ban Thường vụ", "Ban Thường vụ Tỉnh ủy", "Ban Thường vụ Thành ủy", "Đảng đoàn Quốc hội",
    "Ban Chỉ đạo",     "Văn phòng Ủy ban nhân dân", "Sở Công Thương", "Sở Y tế", "Sở Giao thông vận tải",
)  # fmt: skip
_LEVELS: tuple[tuple[str, AgencyLevel], ...] = (
    (r"TINH UY|THANH UY|DANG DOAN|BO CHINH TRI|BAN BI THU|BAN CHAP HANH|DANG UY|HUYEN UY", "party"),
    (r"NHAN DAN (?:XA|PHUONG|THI TRAN|DAC KHU)", "commune"),
    (r"NHAN DAN (?:HUYEN|QUAN|THI XA)", "district"),
    (r"NHAN DAN|^SO ", "province"),
    (r"^BO |CHINH PHU|QUOC|THU TUONG|NGAN HANG NHA NUOC|CHU TICH NUOC", "central"),
)
