"""The title of a document: the lines under its type word, up to the body that decides, the legal bases or a section.

    KẾ HOẠCH
    Trồng rừng phòng hộ năm 2031
    (Kèm theo Quyết định số 9/QĐ-UBND)

gives "Trồng rừng phòng hộ năm 2031". What a scanner made of a stamp may stand in between and is passed over.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

import regex

from extractors.metadata.folding import folded, mostly_capitals
from schemas import Span


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a head: its value in normal form, and where it stands."""

    value: str
    span: Span


def title_under(text: str, type_span: Span, issuer: Part | None = None) -> Part | None:
    """The lines under the type word that belong to the title."""
    position = type_span.end
    lines: list[re.Match[str]] = []
    blank = False
    for line in _LINE.finditer(text, position, position + 3500):
        words = line[0].strip(_TRIM)
        if not any(letter.isalnum() for letter in words):
            blank = blank or bool(lines)
        elif is_stain(words) or (not lines and (names_speaker(words) or _ends_type(text, line, words, position))):
            continue
        elif (_is_body(words) and not _awaits_body(lines)) or not (
            _continues(lines, words, blank) if lines else begins_title(words)
        ):
            break
        else:
            lines.append(line)
            blank = False
            if _ATTACHED.search(words):
                break
    if not lines:
        return None
    value = _ATTACHED.split(" ".join(" ".join(line[0].strip(_TRIM).split()) for line in lines))[0]
    value = _PARTY_BODY.sub("", without_issuer(value, issuer.value) if issuer else value).strip(" -–—_.,;:*")
    return Part(value, Span(lines[0].start(), lines[-1].end())) if value else None


def has_stains(words: str) -> bool:
    """Whether *words* hold signs that only a scanner reads, out of a stamp or a signature: `6È... C ¬`."""
    return _STAIN.search(words) is not None


def is_stain(words: str) -> bool:
    """Whether a line is what a scanner made of a stamp: `Ngày: Q [041 2031`, `ẾN 6È... C ¬`, `Chuyển: ......`."""
    if _ARRIVAL.match(words):
        return True
    return has_stains(words) and sum(len(word) > 1 and word.isalpha() for word in words.split()) < _FEWEST_WORDS


def begins_title(words: str) -> bool:
    """Whether a line can be a title's first; nearly everything can, but no legal basis."""
    return mostly_capitals(words) or not _NO_TITLE.match(words)


def names_speaker(words: str) -> bool:
    """Whether a line under the type names the body that speaks: `CỦA BỘ CHÍNH TRỊ`, `CỦA LIÊN BỘ … SỐ 5/TT-LB`."""
    return words.isupper() and _SPEAKER_LINE.fullmatch(folded(words)) is not None


def party_body_under(text: str, type_span: Span) -> str | None:
    """The body of the Party that speaks, by the line under the type: `CỦA BAN THƯỜNG VỤ TỈNH ỦY`."""
    below = text[type_span.end : type_span.end + 160].split("\n")
    lines = [line for line in (line.strip(_TRIM) for line in below) if line]
    if lines and _TYPE_END.fullmatch(folded(lines[0])):
        del lines[0]
    found = _PARTY_COMMITTEE.fullmatch(folded(lines[0])) if lines and lines[0].isupper() else None
    return lines[0][found.start("body") :] if found else None


def _ends_type(text: str, line: re.Match[str], words: str, position: int) -> bool:
    """Whether a line ends the name of a type (`CHƯƠNG TRÌNH / HÀNH ĐỘNG`) above a title in small letters.

    So does a speck that a scan left behind the type, on the type's own line (`KẾ HOẠCH ỷ`).
    """
    if line.start() == position and sum(letter.isalpha() for letter in words) < _FEWEST_LETTERS:
        return True
    below = text[line.end() : line.end() + 80].lstrip(_TRIM).split("\n")[0]
    return (
        _TYPE_END.fullmatch(folded(words)) is not None
        and words.isupper()
        and below != ""
        and (not mostly_capitals(below) or names_speaker(below.strip(_TRIM)))
    )


def _awaits_body(lines: list[re.Match[str]]) -> bool:
    """Whether the line above breaks off before a body's name: `HIỆP ĐỊNH GIỮA / CHÍNH PHỦ NƯỚC …`."""
    return bool(lines) and _GENITIVE.search(folded(lines[-1][0].strip(_TRIM))) is not None


def _continues(lines: list[re.Match[str]], words: str, blank: bool) -> bool:
    if mostly_capitals(lines[0][0]):
        if not any(letter.isalpha() for letter in words):
            return not blank and not lines[-1][0].rstrip().endswith(".")
        if words[0].islower():  # `HỘI NGHỊ LẦN THỨ HAI / BAN CHẤP HÀNH … / về chăm sóc cây xanh`
            return not blank and words[-1] not in ".;:"
        return mostly_capitals(words) and not _SECTION.match(words) and not _NOTE.match(words)
    if blank and not (_GOES_ON.match(words) and lines[-1][0].rstrip()[-1:] not in _SENTENCE_END):
        return False
    if _PREAMBLE.match(words) or _SECTION.match(words) or _NOTE.match(words) or words[:1] in "-+•|*(":
        return False
    return len(words) < 220 and len(lines) < 5 and words[-1:] not in ".;:"


def _is_body(words: str) -> bool:
    return bool(_BODY_LINE.match(folded(words))) and mostly_capitals(words.split("  ")[0][:24])


def without_issuer(title: str, issuer: str) -> str:
    """The title without the deciding body that a dump has put on its line, or that body's head.

    >>> without_issuer("VỀ GIÁ LÚA NĂM 2030 CỤC TRƯỞNG CỤC THUẾ", "Cục Thuế")
    'VỀ GIÁ LÚA NĂM 2030'
    """
    plain, body = folded(title), folded(issuer)
    heads = ["CHU TICH", *(head for kind, head in _HEADS if body.startswith(f"{kind} "))]
    for tail in (*(f"{head} {body}" for head in heads), body):
        if plain.endswith(" " + tail):
            return title if _GENITIVE.search(plain[: -len(tail)]) else title[: -len(tail)].strip()
    return title


_HEADS = (
    ("BO", "BO TRUONG"),
    ("CUC", "CUC TRUONG"),
    ("TONG CUC", "TONG CUC TRUONG"),
    ("SO", "GIAM DOC"),
    ("NGAN HANG NHA NUOC", "THONG DOC"),
)
_LINE = re.compile(r"[^\n]*\n|[^\n]+")
_ATTACHED = re.compile(r"\s*\((?:được )?(?:[Bb]an hành|BAN HÀNH|[Kk]èm|KÈM|[Đđ]ính kèm)")
_NO_TITLE = re.compile(r"Căn cứ|Xét |Kính gửi|Theo đề nghị|Điều 1|Hôm nay")
_TRIM = " |*_#-–—:.\t\n"
_PREAMBLE = re.compile(
    r"\W{0,4}(?:Căn cứ|Thực hiện|Theo |Xét |Để |Ngày \d|Kính gửi|Trong (?:thời|những|năm)|Nhằm|Thời gian"
    r"|Điều \d|Hôm nay|Triển khai thực hiện [^\n]{150,}|Sau )"
)
_FEWEST_WORDS = 3
_FEWEST_LETTERS = 2
_SENTENCE_END = tuple(".:;/")
_GOES_ON = regex.compile(r"\p{Ll}|(?:19|20)\d\d\b")
_TYPE_END = re.compile(r"(?:HANH DONG|CONG TAC|PHOI HOP|TONG THE|CHI TIET)(?: QUOC GIA)?|QUOC GIA")
_ARRIVAL = re.compile(
    r"(?:(?:CÔNG VĂN )?ĐẾN|Ngày|Giờ|Số|Chuyển|Kính chuyển|Lưu hồ sơ(?: số)?|Người ký|Ký bởi) ?:|CÔNG VĂN ĐẾN$"
)
_SECTION = re.compile(r"(?:[IVX]+|\d+|[A-Z])[.)] |[IVX]+ ?[-–] |(?:PHẦN|CHƯƠNG|Chương|Phần|MỤC|Điều|ĐIỀU) ")
_NOTE = re.compile(r"\((?:[Bb]an hành|BAN HÀNH|[Kk]èm|KÈM|cấp|Cấp|[Đđ]ính|Phê duyệt)|(?:KÍNH GỬI|Kính gửi)|-{3}")
_BODY_LINE = re.compile(
    r"(?:(?:CHU TICH )?UY BAN NHAN DAN(?: (?:TINH|THANH PHO|HUYEN|QUAN|THI XA|XA|PHUONG|DAC KHU)(?: [A-Z -]{2,25})?)?"
    r"|(?:CHU TICH )?HOI DONG NHAN DAN(?: (?:TINH|THANH PHO|HUYEN|QUAN|THI XA|XA|PHUONG)[A-Z -]{0,40})?"
    r"(?:,? ?(?:KHOA|KY HOP|NHIEM KY) [A-Z0-9 ,-]{1,60})?"
    r"|(?:PHO )?THU TUONG CHINH ?PHU(?: DIEN)?|CHINH PHU|QUOC HOI|UY BAN THUONG VU QUOC HOI|CHU TICH NUOC"
    r"|(?:BO TRUONG|THONG DOC|TONG GIAM DOC|GIAM DOC|CUC TRUONG|CHANH THANH TRA|TRUONG BAN|TONG CUC TRUONG"
    r"|CHU NHIEM|BAN CHI DAO) .{3,70})"
    r"(?:\W.{0,12})?$|(?:THU TUONG CHINH PHU|UY BAN NHAN DAN TINH) \S{1,3} "
)
_PARTY_COMMITTEE = re.compile(
    r"CUA (?P<body>BO CHINH TRI|BAN BI THU|BAN (?:THUONG VU|CHAP HANH DANG BO) (?:TINH|THANH)(?: UY)?)"
)
_SPEAKER_LINE = re.compile(
    r"CUA (?:BAN|BO|DANG|TINH|THANH|HUYEN|LIEN|THU TUONG|CHINH PHU|UY BAN|HOI DONG|TONG CUC|QUOC HOI|TOA AN|NGAN HANG)"
    r"[A-Z ,-]*(?<! NUOC)(?: SO [\w/-]+)?|LIEN BO"
)
_PARTY_BODY = regex.compile(r"^CỦA (?:BAN|BỘ|ĐẢNG|TỈNH|THÀNH|HUYỆN)[\p{Lu} ]+ (?=\p{Ll})")
_GENITIVE = re.compile(r"(?:CUA|DO|BOI|VA|THUOC|VOI|GIUA|BAU|CHUC VU|CHUC DANH|TRINH|,) *$")
_STAIN = re.compile(r"[¬\[\]{}<>\\^~«»€£¥§°#]|\.\.\.|…")
