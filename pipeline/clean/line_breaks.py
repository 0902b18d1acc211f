"""Line breaks, and what the marks and words on either side of one decide alone.

`Sở Y tế phối hợp với⏎Sở Tài chính` goes on, for `với` cannot end a line, in whatever layout; `- Tập huấn` and `Điều 2.`
begin something new.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from pipeline.attribute_labels import BINDING, field_kind, label_at_start
from pipeline.clean.marks import LOWER, UPPER, is_bullet, is_rule, is_table_mark, label_of, stands_alone


class Break(NamedTuple):
    """One line break: the unit so far, the lines on both sides, and what the places around them tell."""

    head: str  # the unit's first line
    size: int  # its length
    above: str  # the last line before it that is not blank
    line: str
    following: str
    own: int  # the indent of the line
    indent: int  # that of the next one
    in_cell: bool
    nested: bool  # in brackets that the unit opened
    sibling_next: bool
    marked_next: bool

    @property
    def deeper(self) -> int:
        """By how much the next line is indented more."""
        return self.indent - self.own


def by_form(at: Break) -> bool | None:
    """Whether the marks and words on either side alone show that a line goes on, None where they do not tell."""
    line, following = at.line, at.following
    if is_table_mark(line) or is_table_mark(following) or "\t" in line or "\t" in following:
        return False
    if is_rule(line) or is_rule(following) or ("|" in line and is_like_row(line, following)):
        return False
    if line.isupper() and _splits_phrase(line, following):
        return True
    if line in _TORN_OFF and _NUMBER.match(following):
        return True
    if following[0] in "ĐCMPT" and _refers(line, following):
        return True
    if _NAME_ALONE.fullmatch(following) and (line[-1] in ".;:”" or line.isupper()):
        return False
    if is_lone_label(line):
        return not (is_bullet(following) or label_of(following))
    if stands_alone(line) or stands_alone(following) or _UNIT_START.match(following):
        return False
    if ":" in following and label_at_start(following) is not None:
        return False
    if is_bullet(following):
        return (_COMPOUND.match(following) is not None and line[-1] not in ".;:") or _goes_to(at)
    if label := label_of(following):
        goes_on = label[0].isdigit() and not _SUBLABEL.match(label) and hangs(line, following)
        return goes_on and not gives_attribute(at.head)
    return True if hangs(line, following) or tears_name(line, following) else None


def is_like_row(line: str, following: str) -> bool:
    """Whether both lines are rows of a table without outer bars: `3 | Y tế | năm 2024 và⏎4 | Xây dựng | Quý II`."""
    bars = line.count("|")
    return bars >= _FEWEST_BARS and bars == following.count("|")


def is_within_number(line: str, following: str) -> bool:
    """Whether a document's number or a span of years is broken behind its hyphen: `Nghị định số 30/2020/NĐ-⏎CP`."""
    return (
        _NUMBER_BEGUN.search(line, max(0, len(line) - 24)) is not None and _NUMBER_ENDS.match(following) is not None
    ) or (_YEAR_BEGUN.search(line, max(0, len(line) - 6)) is not None and _YEAR.match(following) is not None)


def _refers(line: str, following: str) -> bool:
    """Whether the break stands within a reference: `… quy định tại⏎Mục 3 Chương II`, `… khoản 3⏎Điều 101 của Luật`."""
    if _UNIT_NAMED.match(following) is None or line.isupper():
        return False
    before, _, last = line.rpartition(" ")
    if before and last in _LINKING_WORDS:
        return not _closes(before, last)
    return _SMALLER_UNIT.search(line, max(0, len(line) - 40)) is not None


def hangs(line: str, following: str) -> bool:
    """Whether *line* ends with a word that cannot end a line: `của`, an open bracket, `số` before a number."""
    before, _, last = line.rpartition(" ")
    if last in _COUNTING_WORDS and following[0].isdigit():  # but "kinh tế số", "hằng năm"
        return True
    if before and last in _RANKING_WORDS and _ROMAN.match(following):  # "khóa XVII", but a cell "Quý" above "I"
        return True
    if last in _COUNTING_WORDS:
        return False
    if before and following[0] == "(" and line[-1].isalpha() and not line.isupper():
        if _ASIDE_WITHIN.match(following):
            return True
        if _ASIDE.match(following) and line[0].isalpha():
            return not label_of(line)
    if line[-1] == "-" and is_within_number(line, following):
        return True
    if _closes(before, last):
        return False
    if last in _LINKING_WORDS or (before and last in _DATE_BEGINNINGS) or line[-1] in "([“/&":
        return True
    if last == "trực" and line.endswith("Thường trực") and _HAS_STANDING_MEMBERS.match(following):
        return True
    given = line.endswith(_HEADS) and _GIVEN_TO_HEAD.search(line)
    if (given or line.endswith((", phối hợp", " và phối hợp"))) and begins_with_agency(following):
        return True
    return before != "" and (
        last in _NAME_BEGINNINGS or (before.endswith(("Ủy", "Uỷ", "Thủ")) and last in {"ban", "tướng"})
    )


def _closes(before: str, last: str) -> bool:
    """Whether a linking word ends a phrase that asks for nothing behind it: `những năm tiếp theo`."""
    return last in _CLOSED_BY and before.rpartition(" ")[2] in _CLOSED_BY[last]


def tears_name(line: str, following: str) -> bool:
    """Whether the break stands within a name that is written in capitals: `Việt⏎Nam`, `Sở Công⏎Thương`."""
    return _TORN_NAME.search(f"{line[-12:]}\n{following[:12]}") is not None


def gives_attribute(head: str) -> bool:
    """Whether a unit begins with a label that asks for who or when (`- Thời gian: …`): such lines are short."""
    label = label_at_start(_MARKS.sub("", head)) if ":" in head else None
    return label is not None and field_kind(label) in BINDING


def is_lone_label(line: str) -> bool:
    """Whether *line* is a label that was torn off its text: `Điều 3.`, `b)`."""
    return _LONE_LABEL.fullmatch(line) is not None


def begins_with_agency(line: str) -> bool:
    """Whether *line* begins with the head noun of an agency: `Sở`, `Ủy ban`."""
    return _AGENCY.match(line) is not None


def _goes_to(at: Break) -> bool:
    """Whether a range goes over the break (`giai đoạn 2026⏎- 2030`), and not a bullet `- 100% số xã …` begins.

    Outside of years a range does so only in prose: `… đạt 7,5⏎- 8% mỗi năm`.
    """
    start, end = _LAST_NUMBER.search(at.line), _NEXT_NUMBER.match(at.following)
    if start is None or end is None:
        return False
    years = _YEAR.fullmatch(start[0]), _YEAR.fullmatch(end[1])
    return all(years) or not (any(years) or is_bullet(at.head))


def _splits_phrase(line: str, following: str) -> bool:
    return any(line.endswith(before) and following.startswith(after) for before, after in _PHRASE_HALVES)


_TORN_OFF = frozenset({"Điều", "Chương", "Mục", "Phần", "Số:"})  # from its number
_NUMBER = re.compile(r"\d|[IVXL]{1,6}\.?\Z")
# "Chương⏎II⏎KINH DOANH VIỄN THÔNG", "Điều 9⏎Chính phủ có các nhiệm vụ …".
_NAME_ALONE = re.compile(r"(?:Điều|Chương|Mục|Phần|Tiểu mục)(?: (?:\d{1,3}|[IVXL]{1,6}))?")
_LONE_LABEL = re.compile(r"(?:(?:Điều )?\d{1,3}\.|\d{1,2}(?:\.\d{1,2}){0,4}\.|[a-zđ]\)|[IVX][IVXivx]{0,4}\.|[A-H]\.)")
_AGENCY = re.compile(
    r"(?:-|Sở|Bộ|UBND|Ủy ban|Uỷ ban|Ban|Công an|Các|Văn phòng|Cục|Chi cục|Hội|Đài|Phòng|Liên đoàn|Tỉnh"
    r"|Trung tâm|Thanh tra)\b"
)
# A unit named in running text, no label of its own: a label has a stop behind its number.
_UNIT_NAMED = re.compile(
    r"(?:Điều|Chương|Mục|Phần|Tiểu mục|Phụ lục|Phụ Lục) (?:[IVXLC]{1,6}|\d{1,3}[a-zđ]?|[A-H])(?:\.\d{1,3})*"
    rf"(?![\w-])(?!\.?\s*[:.] ?[{UPPER}])"
)
_UNIT_NUMBER = r"(?:[IVXL]{1,6}|\d{1,3}[a-zđ]?|[a-zđ]\d?)(?:\.\d{1,3})*"
_SMALLER_UNIT = re.compile(
    rf" (?:[Kk]hoản|[Đđ]iểm|[Tt]iết|mục|tiểu mục) {_UNIT_NUMBER}"
    rf"(?:(?:,| và|, và| hoặc) (?:[a-zđ]+ )?{_UNIT_NUMBER})*,?$"
    rf"| (?:Điều|Chương|Mục|Phần|Phụ lục) {_UNIT_NUMBER},$"
)
_SUBLABEL = re.compile(r"\d{1,2}\.\d")
_TORN_NAME = re.compile(
    r"(?:Việt\nNam|Hà\nNội|Chí\nMinh|Trung\nương|(?:Ủy|Uỷ)\nban|Tổ\nquốc|Tổ quốc\nViệt"
    r"|(?<!Phó )Giám đốc\n(?:Sở|Công an)|Chủ tịch\n(?:Ủy ban|UBND|HĐND)|Bộ trưởng\nBộ|Ủy ban\n[Nn]hân|Liên hiệp\nPhụ nữ"
    r"|Mặt trận\nTổ quốc|Hội\n(?:Nông|Phụ|Cựu|Liên|Chữ)|Công\nThương"
    r"|(?:Sở|Bộ)\n(?:Tài|Công|Nội|Y tế|Xây|Khoa|Nông|Giáo|Quốc|Tư pháp|Ngoại|Văn|Dân|Thông|Kế|Lao|Giao)"
    r"|(?<!Trưởng )(?<!Phó )Ban\n(?:Chỉ (?:đạo|huy)|Quản lý|Thường vụ|Chấp hành)"
    r"|nhân dân\n(?:[Tt]hành phố|[Tt]ỉnh))\b"
)
_PHRASES = (
    "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
    "CỘNG HOÀ XÃ HỘI CHỦ NGHĨA VIỆT NAM",
    "ỦY BAN NHÂN DÂN",
    "UỶ BAN NHÂN DÂN",
    "HỘI ĐỒNG NHÂN DÂN",
    "THỦ TƯỚNG CHÍNH PHỦ",
    "VĂN PHÒNG CHÍNH PHỦ",
)
_PHRASE_HALVES = tuple(
    (phrase[:at], phrase[at + 1 :]) for phrase in _PHRASES for at in range(len(phrase)) if phrase[at] == " "
)
_MARKS = re.compile(r"^[\W_]+|^[a-zđ0-9]{1,2}[.)] ?")  # before the label of an attribute
_LINKING_WORDS = frozenset(
    {"của", "và", "về", "các", "do", "theo", "với", "tại", "trong", "cho", "để", "được", "là", "có", "từ", "đến"}
    | {"bằng", "những", "một", "hoặc", "thuộc", "trên", "dưới", "giữa", "nhằm", "như", "bởi", "vào", "ra", "khi", "nếu"}
    | {"mà", "sau", "trước", "CỦA", "VÀ", "VỀ", "CÁC", "TRONG", "VỚI", "THEO"}
)
# Phrases that end with a linking word and ask for nothing behind it, by that word.
_CLOSED_BY = {
    "theo": frozenset({"tiếp"}),
    "trên": frozenset({"nêu", "nói", "kể", "như", "bên"}),
    "ra": frozenset({"đề", "xảy", "gây", "đặt"}),
    "sau": frozenset({"như", "về"}),
}
_NAME_BEGINNINGS = frozenset({"Bộ", "Sở", "Cục", "Nghị", "Thông", "Quyết", "Phó", "-", "–"})
_COUNTING_WORDS = frozenset({"số", "ngày", "tháng", "năm", "đoạn", "khoảng", "kỳ", "quý", "thứ", "ĐOẠN", "NĂM"})
_RANKING_WORDS = frozenset({"khóa", "khoá", "thứ", "lần", "quý", "Quý", "loại", "cấp", "hạng", "nhóm", "vùng", "kỳ"})
_ROMAN = re.compile(r"[IVXL]{1,6}\b")
# A sentence that goes on in brackets: "công an các địa phương⏎(kể cả …", but "(kèm theo Quyết định …" is a line alone.
_ASIDE = re.compile(r"\((?:kể cả|bao gồm|gồm|nhất là|trong đó|trừ|nếu|do|qua|theo|hoặc|tức|như|khi|là|để|tại|từ)\b")
# "… quan sát⏎(do Đoàn không có máy đo …", "công an các xã⏎(cả xã lân cận) và dân quân": no heading, though labelled.
_ASIDE_WITHIN = re.compile(rf"\((?:kể cả|nhất là|trừ|do|nếu|hoặc|tức)\b|\([^()]{{1,120}}\),? [{LOWER}]")
_DATE_BEGINNINGS = frozenset({"Từ", "Đến", "Trước", "Ngày", "Tháng", "Năm", "Quý"})  # "Thời gian: Từ⏎01/7/2025"
_HAS_STANDING_MEMBERS = re.compile(r"(?:Hội đồng|HĐND|Ủy ban|Uỷ ban|Ban |(?:Tỉnh|Thành|Huyện|Quận|Đảng) [uủ][ỷy]\b)")
_HEADS = ("Giám đốc", "Chủ tịch", "Bộ trưởng", "Thủ trưởng", "Chánh Văn phòng")
_GIVEN_TO_HEAD = re.compile(
    rf"(?:[Gg]iao|[Yy]êu cầu|[Đđ]ề nghị|của|và|cho|,) (?:Phó )?(?:{'|'.join(_HEADS)})$"
)  # "Giao Giám đốc⏎Sở Y tế"
_COMPOUND = re.compile(
    r"[-–] (?:xã hội|Xã hội|Thương binh|Tự do|Hạnh phúc|truyền thông|kỹ thuật|nghề nghiệp|công nghệ"
    rf"|[{LOWER}])"
)
_LAST_NUMBER = re.compile(r"\d[\d.,]*$")
_NEXT_NUMBER = re.compile(r"[-–] (\d[\d.,]*)")
_YEAR = re.compile(r"(?:19|20)\d\d\W?")
_NUMBER_BEGUN = re.compile(rf"(?:\d/(?:\d{{4}}/)?[{UPPER}][\w-]*|[Ss]ố \d+)-\Z")
_NUMBER_ENDS = re.compile(rf"(?:[{UPPER}]{{2,}}|TTg)\d*\b")
_YEAR_BEGUN = re.compile(r"\b(?:19|20)\d\d-\Z")
_FEWEST_BARS = 2
_UNIT_START = re.compile(
    r"(?:\[\d{1,3}\]|Căn cứ |Xét |Theo đề nghị |QUYẾT ĐỊNH|QUYẾT NGHỊ|Kính gửi\s*:|(?:Quyết định|Quyết nghị)\s*:?\s*\Z"
    r"|(?:Nhiệm vụ|Hoạt động|Nội dung|Giải pháp|Hợp phần|Tiểu dự án|Dự án|Đề án|Bước|Đợt) \d{1,2}\s?[:.] "
    r"|Thực hiện (?:Nghị quyết|Quyết định|Kế hoạch|Chỉ thị) số"
    r"|(?:Phấn đấu )?(?:[Đđ]ến|[Tt]rong|[Gg]iai đoạn|[Nn]ăm)\b[^.;:]{0,40}\d\s?:\Z)"
)
