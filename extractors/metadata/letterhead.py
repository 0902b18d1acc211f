"""Names of issuing bodies: "ỦY BAN NHÂN DÂN TỈNH BÌNH ĐỊNH" is `Ủy ban nhân dân tỉnh Bình Định`.

Capitals hide which letters are small, so the usual writing comes from a table of bodies and provinces; a body that the
table does not know is written as a sentence. A registry of agencies may know better.
"""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from extractors.document_types import data_rows
from extractors.metadata.folding import folded
from extractors.slugs import slug
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


def names_known_body(text: str) -> bool:
    """Whether *text* begins with a body of the table, as capitals or not.

    >>> names_known_body("THỦ TƯỚNG CHÍNH PHỦ"), names_known_body("CHINHPHU VN")
    (True, False)
    """
    plain = folded(" ".join(text.split()))
    return any(plain == head or plain.startswith(head + " ") for head, _ in _bodies())


def issuing_body(text: str) -> str:
    """The body that issues, as a letterhead prints it: without draft marks, without the superior body above it.

    >>> issuing_body("DỰ THẢO ỦY BAN NHÂN DÂN TỈNH LÀO CAI SỞ Y TẾ")
    'Sở Y tế tỉnh Lào Cai'
    """
    words = _DRAFT.sub("", " ".join(text.split())).strip(" -–—_*.,:")
    return _own_body(_respelled(words)) if words else ""


def issuer_of(text: str, province: Province | None) -> Agency | None:
    """The agency that a letterhead or a phrase names; the head of an agency stands for the agency.

    >>> str(issuer_of("CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH", Province("tỉnh", "Bình Định")))
    'Ủy ban nhân dân tỉnh Bình Định'
    """
    words = " ".join(text.split()).strip(" -–—_*.,:")
    if not words:
        return None
    name = _own_body(_HEADS.sub("", _full(_respelled(words))))
    name = _usual_writing(name, province)
    return Agency(id=f"vn.{slug(name)}", name=name, surface=words, level=_level(name), rule="letterhead")


def _full(words: str) -> str:
    for short, full in _SHORT:
        words = short.sub(full, words)
    return words


def _own_body(words: str) -> str:
    """The lower of two bodies of a letterhead (Nghị định 30/2020/NĐ-CP: the superior body stands above the issuer).

    `ỦY BAN NHÂN DÂN TỈNH … / SỞ CÔNG THƯƠNG` is the department's, with the place of the upper body.
    """
    plain = folded(words)
    if joint := _JOINT.search(plain):
        return words[: joint.start()].strip()
    start = _second_body(words, plain) if _GOVERNING.match(plain) else None
    if start is None:
        return words
    parent, own = words[:start].strip(" -–—_|"), words[start:]
    if _UNNAMED.match(plain, start) or find_province(own):
        return own
    if own.isupper() and folded(own) == "VAN PHONG":
        return f"{own} {parent}"
    if _PARTY.match(plain):
        return f"{own} {parent}" if _PARTY_OFFICE.match(plain, start) else own
    area = _AREA.search(plain, 0, start)
    named = find_province(parent)
    if area is None and named is None:
        return own
    place = words[area.start("area") : start].strip(" -–—_|") if area else str(named)
    return f"{_usual_writing(own, None)} {_area(place, None)}"


def _second_body(words: str, plain: str) -> int | None:
    """Where the lowest body of a letterhead begins; what follows a committee's name is its task, no body."""
    found: int | None = None
    for match in _SECOND.finditer(plain):
        if match[0] == "SO " and words[match.start() + 1] not in "ỞởƠơ":
            continue
        found = match.start()
        if _OPEN_NAME.match(match[0]):
            break
    return found


def _respelled(words: str) -> str:
    """Known bodies, kinds of places and provinces with the marks that a scan has lost: `TÍNH ỦY` is `TỈNH ỦY`."""
    plain = folded(words)
    for head, name in _bodies():
        if plain == head or plain.startswith(head + " "):
            words = _put(words, 0, name)
            break
    for match in _KIND_WORD.finditer(plain):
        words = _put(words, match.start(), _KINDS[match[0]])
    if named := find_province(words):
        words = _put(words, plain.rfind(folded(named.name)), named.name)
    return words


def _put(words: str, start: int, name: str) -> str:
    """*name* over what stands at *start*, in capitals as there; nothing when only the case differs."""
    there = words[start : start + len(name)]
    if there.casefold() == name.casefold():
        return words
    return words[:start] + (name.upper() if there.isupper() else name) + words[start + len(name) :]


def _usual_writing(words: str, province: Province | None) -> str:
    plain = folded(words)
    for head, name in _bodies():
        if plain == head:
            return _completed(name, province)
        if plain.startswith(head + " "):
            return f"{name} {_area(words[len(head) + 1 :], province)}".strip()
    if words.isupper() or plain == words:
        words = words.capitalize()
    words = words[:1].upper() + words[1:]
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


def _level(name: str) -> AgencyLevel:
    plain = folded(name)
    for pattern, level in _LEVELS:
        if re.search(pattern, plain):
            return level
    return "other"


_PROVINCE_WORD = re.compile(r"\b(?:TINH UY|THANH UY|TINH|THANH PHO|TP\.?|UBND|UB)\s+")
_HEADS = re.compile(
    r"^(?:PHÓ )?(?:CHỦ TỊCH (?=ỦY|HỘI|UBND)|BỘ TRƯỞNG (?=BỘ)|GIÁM ĐỐC (?=SỞ)|CHỦ NHIỆM (?=VĂN|ỦY)"
    r"|CHÁNH VĂN PHÒNG (?=VĂN)|TRƯỞNG BAN (?=BAN)|TRƯỞNG (?=BAN CHỈ ĐẠO)|THỐNG ĐỐC (?=NGÂN)"
    r"|(?:TỔNG |CHI )?CỤC TRƯỞNG (?=(?:TỔNG |CHI )?CỤC))",
    re.IGNORECASE,
)
_SHORT = tuple(
    (re.compile(pattern), full)
    for pattern, full in (
        (r"(?i)\bUBND\b", "Ủy ban nhân dân"),
        (r"(?i)\bHĐND\b", "Hội đồng nhân dân"),
        (r"\b(?:TP|Tp)\.? ?(?=\w)", "thành phố "),
        (r"\bBCĐ\b", "Ban Chỉ đạo"),
    )
)
_DRAFT = re.compile(
    r"(?i)^\W*(?:bản )?dự thảo(?: \(?lần (?:thứ )?\d+\)?| \d+(?!\d*/))?[^\w(]*"
    r"|\W*\(?(?:bản )?dự thảo(?: lần (?:thứ )?\d+| \d+)?\)?\W*$|^page \d+(?: of \d+)? "
)
_JOINT = re.compile(r"(?<=\w) ?[-–—] ?(?=BO |UY BAN |NGAN HANG |TOA AN |VIEN KIEM |TONG LIEN |THANH TRA |BAO HIEM )")
_GOVERNING = re.compile(
    r"UY BAN NHAN DAN|UBND|HOI DONG NHAN DAN|HDND|BO |TINH UY|THANH UY|HUYEN UY|BAN CHAP HANH|SO |CUC |TONG CUC|CHI CUC"
    r"|DANG BO|CHINH PHU|DANG UY|BAN CHI DAO|BCD|CONG AN|TONG CONG TY|TAP DOAN|DAI HOC|TINH DOAN|BAO HIEM XA HOI"
)
_SECOND = re.compile(
    r"(?<= )(?:SO (?!\d)|(?<!TONG )(?<!CHI )CUC |TONG CUC |CHI CUC |PHONG (?!,? ?CHONG|TRAO|CHAY)|DANG DOAN|BAN CAN SU"
    r"|BAN TUYEN GIAO|BAN TO CHUC|BAN DAN VAN|BAN NOI CHINH|BAN DAN TOC|BAN QUAN LY|BAN CHI DAO|BAN THUONG VU"
    r"|VAN PHONG(?= |$)"
    r"|DOAN (?:KIEM TRA|THANH TRA|CONG TAC|GIAM SAT)|TO (?:CONG TAC|GIUP VIEC)|TRUNG TAM |BENH VIEN "
    r"|TRUONG (?:CAO DANG|DAI HOC|TRUNG CAP|THPT|THCS|TIEU HOC|CHINH TRI)"
    r"|(?<!BO )CONG AN (?:XA|PHUONG|HUYEN|THI)"
    r"|(?<!UY )(?<!PHONG )UY BAN NHAN DAN (?:XA|PHUONG|THI TRAN|HUYEN|THI XA|QUAN|DAC KHU)"
    r"|HOI DONG (?:THI DUA|THAM DINH))"
)
_OPEN_NAME = re.compile(r"BAN (?:CHI DAO|TO CHUC)|DOAN |TO |TRUNG TAM|TRUONG|BAN QUAN LY|HOI DONG")
_UNNAMED = re.compile(r"DOAN |TO |UY BAN NHAN DAN|CONG AN |DANG DOAN")
_PARTY = re.compile(r"(?:TINH|THANH|HUYEN) UY")
_PARTY_OFFICE = re.compile(r"BAN (?!CHI DAO|TO CHUC CUOC)|VAN PHONG$")
_AREA = re.compile(r"(?:NHAN DAN|UBND|HDND) (?P<area>(?:TINH|THANH PHO|TP|HUYEN|QUAN|THI XA|XA|PHUONG|DAC KHU)\b)")
_KINDS = {"TINH": "tỉnh", "THANH PHO": "thành phố", "HUYEN": "huyện", "QUAN": "quận", "PHUONG": "phường"}
_KIND_WORD = re.compile(r"(?<=NHAN DAN )(?:TINH|THANH PHO|HUYEN|QUAN|PHUONG)\b")
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
