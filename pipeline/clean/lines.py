"""Join hard-wrapped lines: one line for each paragraph, item, heading or cell.

`Điều 1. Phê duyệt Đề⏎án trồng chè` is one line in the clean text. Breaks are judged one by one from what stands on
both sides, since real dumps wrap at any width; where both readings are possible the break stays.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from pipeline.attribute_labels import BINDING, field_kind, label_at_start
from pipeline.clean.marks import LOWER, UPPER, is_bullet, is_rule, is_table_mark, is_type_line, label_of, stands_alone
from pipeline.mapped_text import Edit, MappedText


def join_lines(mapped: MappedText) -> MappedText:
    """Put a space for each line break, and the indent after it, inside a paragraph.

    >>> join_lines(MappedText.of("Điều 1. Phê duyệt Đề\\nán trồng chè")).text
    'Điều 1. Phê duyệt Đề án trồng chè'
    """
    return mapped.edited(Edit(start, end, " ") for start, end in _joints(mapped.text, cut=_is_cut_up(mapped)))


@dataclass(frozen=True, slots=True)
class _Layout:
    """How a text sets its paragraphs apart."""

    width: int  # where long lines end; _LONGEST_WRAP when the text is not wrapped
    spaced: bool  # by blank lines
    indented: bool  # by an indent of the first line
    sentences: bool  # not at all: one sentence a line
    torn: bool  # and labels torn off, so that hardly a heading is left

    @property
    def bare(self) -> bool:
        """Whether neither blank lines nor indents show where a paragraph begins."""
        return self.sentences or (self.wrapped and not self.spaced and not self.indented)

    @property
    def wrapped(self) -> bool:
        return self.width < _LONGEST_WRAP


class _Break(NamedTuple):
    """One line break: the unit so far, the lines on both sides, and what the places around them tell."""

    head: str  # the unit's first line
    size: int  # its length
    above: str  # the last line before it that is not blank
    line: str
    following: str
    deeper: int  # by how much the next line is indented more
    in_cell: bool
    nested: bool  # in brackets that the unit opened
    sibling_next: bool
    marked_next: bool


def _is_cut_up(mapped: MappedText) -> bool:
    """Whether the lines of the input end in a space, as a splitter of sentences leaves them that cut the text up."""
    breaks = np.flatnonzero(np.frombuffer(mapped.text.encode("utf-32-le", "surrogatepass"), dtype="<u4") == ord("\n"))
    widths = mapped.ends[breaks] - mapped.starts[breaks]
    return len(breaks) >= _FEWEST_CUTS and int((widths == len(" \n")).sum()) >= 0.9 * len(breaks)


def _joints(text: str, *, cut: bool = False) -> Iterator[tuple[int, int]]:
    raw = text.split("\n")
    lines = [line.lstrip(" ") for line in raw]
    marked = [is_bullet(line) or label_of(line) is not None for line in lines]
    layout = _layout(raw, lines, marked, cut=cut)
    marks = _next_marks(lines) if layout.bare else [""] * len(lines)
    position = size = nested = 0
    head = above = last = ""
    in_cell = False
    for index in range(len(lines) - 1):
        line, following = lines[index], lines[index + 1]
        end = position + len(raw[index])
        position = end + 1
        if not line or not following:
            if line and layout.wrapped and index + 2 < len(lines) and _torn_apart(line, lines[index + 2], layout):
                yield end, position + len(raw[index + 1]) + 1 + len(raw[index + 2]) - len(lines[index + 2])
            head, last = "", line or last
            continue
        if marked[index + 1] and line[-1] in ".;" and not line.isupper():  # most breaks by far, and none is plainer
            head, last = "", line
            continue
        if not head:
            head, above, size, nested = line, last, 0, 0
            in_cell = index > 0 and lines[index - 1] == "|" and "|" in lines[index + 1 : index + _LONGEST_CELL]
        size += len(line) + 1
        nested += line.count("(") - line.count(")")
        indent = len(raw[index + 1]) - len(following)
        deeper = indent - (len(raw[index]) - len(line))
        sibling_next = marks[index] != "" and marks[index] == _mark(head)
        at = _Break(head, size, above, line, following, deeper, in_cell, nested > 0, sibling_next, marks[index] != "")
        if _joined(at, layout):
            yield end, end + 1 + indent
        else:
            head, last = "", line


def _torn_apart(line: str, following: str, layout: _Layout) -> bool:
    """Whether the blank line between two is a scan's page break, since the first filled its line in mid-sentence."""
    if len(line) < 0.7 * layout.width or not (line[-1].isalpha() or line[-1] in ",-–") or "|" in line + following:
        return False
    if len(following) <= 8 or label_of(following) or is_bullet(following) or stands_alone(following):
        return False
    return following[:2].islower() or (line[-1].isalpha() and _hangs(line, following))


def _joined(at: _Break, layout: _Layout) -> bool:
    """Whether the line after the break belongs to the unit before it."""
    if (verdict := _by_form(at)) is not None:
        return verdict
    if layout.indented and at.deeper > 2 and not at.following[0].islower():
        return False
    if at.line.isupper() or at.following.isupper():
        return _titles_join(at, layout)
    if at.following[0].islower() or at.following[0] in ",;.)%/":
        return at.line[-1] != ":" or (layout.wrapped and layout.spaced) or _full(at, layout)
    if at.in_cell:
        return _cell_joins(at, layout)
    if at.line[-1] in ".:!?;":
        return _sentence_joins(at, layout)
    return at.line[-1] == "," or _names_join(at, layout)


def _by_form(at: _Break) -> bool | None:
    """What the marks on either side decide alone."""
    line, following = at.line, at.following
    if is_table_mark(line) or is_table_mark(following) or "\t" in line or "\t" in following:
        return False
    if is_rule(line) or is_rule(following):
        return False
    if line.isupper() and _splits_phrase(line, following):
        return True
    if line in {"Điều", "Số:"} and following[0].isdigit():
        return True
    if _LONE_LABEL.fullmatch(line):
        return not (is_bullet(following) or label_of(following))
    if stands_alone(line) or stands_alone(following) or _UNIT_START.match(following):
        return False
    if ":" in following and label_at_start(following) is not None:
        return False
    if is_bullet(following):
        return (_COMPOUND.match(following) is not None and line[-1] not in ".;:") or _goes_to(at)
    if label := label_of(following):
        goes_on = label[0].isdigit() and not _SUBLABEL.match(label) and _hangs(line, following)
        return goes_on and not _gives_attribute(at.head)
    return True if _hangs(line, following) else None


def _goes_to(at: _Break) -> bool:
    """Whether a range goes over the break (`giai đoạn 2026⏎- 2030`), and not a bullet `- 100% số xã …` begins.

    Outside of years a range does so only in prose: `… đạt 7,5⏎- 8% mỗi năm`.
    """
    start, end = _LAST_NUMBER.search(at.line), _NEXT_NUMBER.match(at.following)
    if start is None or end is None:
        return False
    years = _YEAR.fullmatch(start[0]), _YEAR.fullmatch(end[1])
    return all(years) or not (any(years) or is_bullet(at.head))


def _hangs(line: str, following: str) -> bool:
    """Whether *line* ends with a word that cannot end a line: `của`, an open bracket, `số` before a number."""
    before, _, last = line.rpartition(" ")
    if last in _COUNTING_WORDS:  # but "kinh tế số", "hằng năm"
        return following[0].isdigit()
    if before and _ASIDE.match(following) and line[-1].isalpha() and line[0].isalpha() and not line.isupper():
        return not label_of(line)
    if last in _LINKING_WORDS or (before and last in _DATE_BEGINNINGS) or line[-1] in "([“/&":
        return True
    if line.endswith(_HEADS) and _GIVEN_TO_HEAD.search(line) and _AGENCY.match(following):
        return True
    return before != "" and (
        last in _NAME_BEGINNINGS or (before.endswith(("Ủy", "Uỷ", "Thủ")) and last in {"ban", "tướng"})
    )


def _titles_join(at: _Break, layout: _Layout) -> bool:
    if at.line.isupper() != at.following.isupper():
        short, other = (at.line, at.following) if at.line.isupper() else (at.following, at.line)
        if len(short) > 8 or not other[0].islower():
            return len(short) <= 8 and len(at.line) > 20 and at.line[-1] not in ".:;!?" and layout.wrapped
        return True
    if at.line[-1] in ".:;!?" or _OFFICE.match(at.following):
        return False
    if is_type_line(at.above) or label_of(at.head) or at.line[-1] == ",":
        return True
    single = " " not in at.line and len(at.line) > 1 and not at.line[0].isdigit()
    return single or (_full(at, layout))


def _cell_joins(at: _Break, layout: _Layout) -> bool:
    if at.line[-1] in ".:;!?)":
        return at.line[-1] != ":" and _full(at, layout)
    return at.line[-1] == "," or is_bullet(at.head) or _full(at, layout) or not _AGENCY.match(at.following)


def _sentence_joins(at: _Break, layout: _Layout) -> bool:
    """After a full stop: the paragraph goes on where the layout shows that it must."""
    if _gives_attribute(at.head):
        return _full(at, layout)
    if layout.sentences:
        if not layout.torn and at.line == at.head and _is_heading(at.head):
            return False
        marked = (
            label_of(at.head) is not None
            or (not layout.torn and at.line[-1] == "." and _is_heading(at.above))
            or (is_bullet(at.head) and at.marked_next)
        )
        own = at.sibling_next or (marked and not _CLOSING.match(at.following)) or _states_overall_goal(at)
        return at.line[-1] in ".;" and own
    if not layout.wrapped:
        return False
    if at.nested and _full(at, layout):
        return True
    if at.line[-1] == ":":
        return _full(at, layout) and _label_ends(at.line)
    if at.sibling_next and at.line[-1] in ".;":  # between two bullets of one list
        return True
    if layout.indented:
        return at.deeper <= 0 and len(at.line) > 0.6 * layout.width
    if at.line[-1] == ";":  # "3. Các sở, ngành;⏎Ban Quản lý chợ …" is one subject
        long = layout.spaced and is_bullet(at.head) and len(at.line) > 0.6 * layout.width
        return long or label_of(at.head) is not None
    return layout.spaced and (_full(at, layout) or len(at.line) > 0.6 * layout.width)


def _is_heading(line: str) -> bool:
    """Whether *line* is labelled and short enough for a heading."""
    return label_of(line) is not None and line.count(" ") < _LONGEST_HEADING


def _states_overall_goal(at: _Break) -> bool:
    """Whether the sentences go on to say what a plan is for in all: one paragraph, unlike goals with figures."""
    overall = _OVERALL.match(at.head) or _OVERALL.match(at.above)
    return overall is not None and not any(map(str.isdigit, at.following)) and at.following[-1] != ":"


def _names_join(at: _Break, layout: _Layout) -> bool:
    """No punctuation before, a capital after: a name that was wrapped, or a heading that ended."""
    if not layout.wrapped:
        return False
    if at.following[-1] == ":" and len(at.following) < _SHORT and not _full(at, layout):
        return False  # `- Có 15 xã đạt chuẩn⏎Về môi trường:`
    if _full(at, layout) or (layout.indented and at.deeper <= 0 and len(at.line) > 0.6 * layout.width):
        return True
    if not layout.spaced and _gives_attribute(at.head) and len(at.line) < 0.6 * layout.width:
        return False
    prose = is_bullet(at.head) or _PROSE.match(at.head) is not None or at.size > 0.8 * layout.width
    return prose or (layout.spaced and (label_of(at.head) is not None or len(at.line) > 24))


def _gives_attribute(head: str) -> bool:
    """Whether a unit begins with a label that asks for who or when (`- Thời gian: …`): such lines are short."""
    label = label_at_start(_MARKS.sub("", head)) if ":" in head else None
    return label is not None and field_kind(label) in BINDING


def _label_ends(line: str) -> bool:
    """Whether *line* ends with the label of an attribute that does not begin it: `… hồ sơ (chủ trì: A; phối hợp:`."""
    label = _LAST_LABEL.search(line)
    return label is not None and field_kind(label["label"]) is not None


def _mark(line: str) -> str:
    """The kind of mark that *line* begins with, the same for siblings: `-`, `1`, `1.1`, `a`, `I`; empty without one."""
    if is_bullet(line):
        return line[0]
    label = (label_of(line) or "").strip(".):/( ")
    if _ROMAN.fullmatch(label):
        return "I"
    return "a" if len(label) == 1 and label.isalpha() else re.sub(r"\d+", "1", label)


def _next_marks(lines: list[str]) -> list[str]:
    """For each line, the kind of the first mark below it; empty where a line that leads it in stands between."""
    marks: list[str] = []
    below = ""
    for index in range(len(lines) - 1, -1, -1):
        marks.append(below)
        if own := _mark(lines[index]):
            below = own if lines[index - 1][-1:] in {".", ";"} else ""
    return marks[::-1]


def _full(at: _Break, layout: _Layout) -> bool:
    """Whether the first word of the next line would not have fitted."""
    return layout.wrapped and len(at.line) + 1 + len(at.following.split(" ", 1)[0]) > layout.width


def _splits_phrase(line: str, following: str) -> bool:
    return any(line.endswith(before) and following.startswith(after) for before, after in _PHRASE_HALVES)


def _layout(raw: list[str], lines: list[str], marked: list[bool], *, cut: bool) -> _Layout:
    lengths = sorted(len(line) for line in raw if len(line) > 30 and line[0] != "|")  # a row of a table is not wrapped
    longest = lengths[int((0.97 if len(lengths) > 40 else 1) * (len(lengths) - 1))] if lengths else _LONGEST_WRAP
    width = min(longest - 2, _LONGEST_WRAP)
    items = [index for index, is_item in enumerate(marked) if is_item and index]
    if len(items) < 5:
        spaced = sum(not line for line in lines) > 0.1 * len(lines)
    else:
        spaced = sum(not lines[index - 1] for index in items) > 0.6 * len(items)
    filled = [line for line in raw if len(line) > 40]
    indented = sum(line[0] == " " for line in filled)
    torn = sum(_LONE_LABEL.fullmatch(line) is not None for line in lines if 0 < len(line) < 10) >= 2
    return _Layout(
        width=width,
        spaced=spaced,
        indented=0.1 * len(filled) < indented < 0.9 * len(filled),
        sentences=width >= _LONGEST_WRAP and "|" not in lines and (cut or torn or _one_sentence_a_line(lines, marked)),
        torn=torn,
    )


def _one_sentence_a_line(lines: list[str], marked: list[bool]) -> bool:
    """Whether no line holds two sentences while many go on from the line before."""
    going_on = sum(
        line[-1:] == "." and following != "" and not own
        for line, following, own in zip(lines, lines[1:], marked[1:], strict=False)
    )
    inner = sum(len(_TWO_SENTENCES.findall(line)) for line in lines if ". " in line) if going_on >= 3 else 0
    return going_on >= 3 and inner <= going_on // 10


_ROMAN = re.compile(r"[IVX][ivxlIVXL]*")
_TWO_SENTENCES = re.compile(rf"[{LOWER})]\. [{UPPER}][{LOWER}]")
_CLOSING = re.compile(
    r"(?:Trên đây|Trong quá trình|Yêu cầu|Giao |Quyết định này|Chỉ thị này|Kế hoạch này|Nghị quyết này|Nhận được"
    r"|Văn phòng [^.;]{0,40}thông báo)"
)
_LONGEST_WRAP = 150
_FEWEST_CUTS = 8
_LONGEST_HEADING = 11  # words, the label among them
_LONGEST_CELL = 16  # lines
_SHORT = 60
_OVERALL = re.compile(r"(?i)(?:\S{1,5} )?mục tiêu (?:tổng quát|chung)\b")
_SUBLABEL = re.compile(r"\d{1,2}\.\d")
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
_LONE_LABEL = re.compile(r"(?:(?:Điều )?\d{1,3}\.|\d{1,2}(?:\.\d{1,2}){0,4}\.|[a-zđ]\)|[IVX][IVXivx]{0,4}\.|[A-H]\.)")
_MARKS = re.compile(r"^[\W_]+|^[a-zđ0-9]{1,2}[.)] ?")  # before the label of an attribute
_LAST_LABEL = re.compile(r"[.;,(\[] ?(?P<label>[^.;,:()]{3,60}):$")
_LINKING_WORDS = frozenset(
    {"của", "và", "về", "các", "do", "theo", "với", "tại", "trong", "cho", "để", "được", "là", "có", "từ", "đến"}
    | {"bằng", "những", "một", "hoặc", "thuộc", "trên", "dưới", "giữa", "nhằm", "như", "bởi", "vào", "ra", "khi", "nếu"}
    | {"mà", "sau", "trước", "CỦA", "VÀ", "VỀ", "CÁC", "TRONG", "VỚI", "THEO"}
)
_NAME_BEGINNINGS = frozenset({"Bộ", "Sở", "Cục", "Nghị", "Thông", "Quyết", "Phó", "-", "–"})
_COUNTING_WORDS = frozenset({"số", "ngày", "tháng", "năm", "đoạn", "khoảng", "kỳ", "quý", "thứ", "ĐOẠN", "NĂM"})
# A sentence that goes on in brackets: "công an các địa phương⏎(kể cả …", but "(kèm theo Quyết định …" is a line alone.
_ASIDE = re.compile(r"\((?:kể cả|bao gồm|gồm|nhất là|trong đó|trừ|nếu|do|qua|theo|hoặc|tức|như|khi|là|để|tại|từ)\b")
_DATE_BEGINNINGS = frozenset({"Từ", "Đến", "Trước", "Ngày", "Tháng", "Năm", "Quý"})  # "Thời gian: Từ⏎01/7/2025"
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
_UNIT_START = re.compile(
    r"(?:\[\d{1,3}\]|Căn cứ |Xét |Theo đề nghị |QUYẾT ĐỊNH|QUYẾT NGHỊ|Kính gửi\s*:|(?:Quyết định|Quyết nghị)\s*:?\s*\Z"
    r"|(?:Nhiệm vụ|Hoạt động|Nội dung|Giải pháp|Hợp phần|Tiểu dự án|Dự án|Đề án|Bước|Đợt) \d{1,2}\s?[:.] "
    r"|Thực hiện (?:Nghị quyết|Quyết định|Kế hoạch|Chỉ thị) số"
    r"|(?:Phấn đấu )?(?:[Đđ]ến|[Tt]rong|[Gg]iai đoạn|[Nn]ăm)\b[^.;:]{0,40}\d\s?:\Z)"
)
_OFFICE = re.compile(
    r"(?:ỦY BAN NHÂN DÂN|UỶ BAN NHÂN DÂN|CHỦ TỊCH|PHÓ |BỘ TRƯỞNG|THỨ TRƯỞNG|GIÁM ĐỐC|THỦ TƯỚNG|HỘI ĐỒNG NHÂN DÂN|BÍ THƯ"
    r"|CHÁNH|TỔNG GIÁM ĐỐC|TRƯỞNG BAN|CHÍNH PHỦ)"
)
_AGENCY = re.compile(
    r"(?:-|Sở|Bộ|UBND|Ủy ban|Uỷ ban|Ban|Công an|Các|Văn phòng|Cục|Chi cục|Hội|Đài|Phòng|Liên đoàn|Tỉnh"
    r"|Trung tâm|Thanh tra)\b"
)
_PROSE = re.compile(r"(?:Căn cứ|Thực hiện|Xét|Theo|Trong|Để|Nhằm|Triển khai|Sau|Trên|Ngày|Hiện|Qua|Do|Với|Từ|Tại) ")
