"""Join hard-wrapped lines: one line for each paragraph, item, heading or cell.

`Điều 1. Phê duyệt Đề⏎án trồng chè` is one line in the clean text. Breaks are judged one by one from what stands on
both sides, since real dumps wrap at any width; where both readings are possible the break stays.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import numpy as np

from pipeline.attribute_labels import field_kind
from pipeline.clean.line_breaks import (
    Break,
    begins_with_agency,
    by_form,
    gives_attribute,
    hangs,
    is_within_number,
    tears_name,
)
from pipeline.clean.line_layout import Layout, layout_of
from pipeline.clean.marks import LOWER, UPPER, is_bullet, is_type_line, label_of, stands_alone
from pipeline.mapped_text import Edit, MappedText


def join_lines(mapped: MappedText) -> MappedText:
    """Put a space for each line break, and the indent after it, inside a paragraph.

    >>> join_lines(MappedText.of("Điều 1. Phê duyệt Đề\\nán trồng chè")).text
    'Điều 1. Phê duyệt Đề án trồng chè'
    """
    return mapped.edited(Edit(*joint) for joint in _joints(mapped.text, cut=_is_cut_up(mapped)))


def _is_cut_up(mapped: MappedText) -> bool:
    """Whether the lines of the input end in a space, as a splitter of sentences leaves them that cut the text up."""
    breaks = np.flatnonzero(np.frombuffer(mapped.text.encode("utf-32-le", "surrogatepass"), dtype="<u4") == ord("\n"))
    widths = mapped.ends[breaks] - mapped.starts[breaks]
    return len(breaks) >= _FEWEST_CUTS and int((widths == len(" \n")).sum()) >= 0.9 * len(breaks)


def _joints(text: str, *, cut: bool = False) -> Iterator[tuple[int, int, str]]:
    raw = text.split("\n")
    lines = [line.lstrip(" ") for line in raw]
    marked = [is_bullet(line) or label_of(line) is not None for line in lines]
    layout = layout_of(raw, lines, marked, cut=cut)
    marks = _next_marks(lines) if layout.bare else [""] * len(lines)
    position = size = nested = 0
    searches = _MOST_SEARCHES
    head = above = last = ""
    in_cell = False
    for index in range(len(lines) - 1):
        line, following = lines[index], lines[index + 1]
        end = position + len(raw[index])
        position = end + 1
        if not line or not following:
            if line and layout.wrapped and index + 2 < len(lines) and _torn_apart(line, lines[index + 2], layout):
                yield end, position + len(raw[index + 1]) + 1 + len(raw[index + 2]) - len(lines[index + 2]), " "
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
        own = len(raw[index]) - len(line)
        sibling_next = marks[index] != "" and marks[index] == _mark(head)
        at = Break(
            head, size, above, line, following, own, indent, in_cell, nested > 0, sibling_next, marks[index] != ""
        )
        joined = _joined(at, layout)
        if not joined and searches and layout.wrapped and (name := _name_over(at)):
            searches -= 1
            joined = name in text
        if joined:
            yield end, end + 1 + indent, "" if line[-1] == "-" and is_within_number(line, following) else " "
        else:
            head, last = "", line


def _torn_apart(line: str, following: str, layout: Layout) -> bool:
    """Whether the blank line between two is a page break or a slip: a name goes on, or a filled line's sentence."""
    if len(following) <= 8 or "|" in line + following:
        return False
    named = line.count(" ") >= _FEWEST_WORDS and tears_name(line, following)
    if not named and (len(line) < 0.7 * layout.width or not (line[-1].isalpha() or line[-1] in ",;-–")):
        return False
    if label_of(following) or is_bullet(following) or stands_alone(following):
        return False
    return named or following[:2].islower() or (line[-1].isalpha() and hangs(line, following))


def _joined(at: Break, layout: Layout) -> bool:
    """Whether the line after the break belongs to the unit before it."""
    if (verdict := by_form(at)) is not None:
        return verdict
    if layout.indented and not at.following[0].islower() and (at.deeper > 2 or _begins_paragraph(at, layout)):
        return False
    if at.line.isupper() or at.following.isupper():
        return _goes_on_short(at) or _titles_join(at, layout)
    if at.following[0].islower() or at.following[0] in ",;.)%/":
        return at.line[-1] != ":" or (layout.wrapped and layout.spaced) or _full(at, layout)
    if at.in_cell:
        return _cell_joins(at, layout)
    if at.line[-1] in ".:!?;":
        return _sentence_joins(at, layout)
    return at.line[-1] == "," or _names_join(at, layout)


def _begins_paragraph(at: Break, layout: Layout) -> bool:
    """Whether the next line is indented like the one above it, which begins its unit and did not fill its line."""
    alike = at.line == at.head and at.indent > 2 and abs(at.deeper) <= 2 and at.line[-1] != ","
    return alike and not _filled(at, layout)


def _goes_on_short(at: Break) -> bool:
    """Whether a bullet that lists short names goes on with more of them: `- VPHU: CVP, các phòng: TH,⏎NC, QTTV;`."""
    goes_on = at.line[-1] in ",:" and not at.line.isupper() and is_bullet(at.head)
    return goes_on and _SHORT_NAMES.fullmatch(at.following) is not None


def _titles_join(at: Break, layout: Layout) -> bool:
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


def _cell_joins(at: Break, layout: Layout) -> bool:
    if at.line[-1] in ".:;!?)":
        return at.line[-1] != ":" and _full(at, layout)
    return at.line[-1] == "," or is_bullet(at.head) or _full(at, layout) or not begins_with_agency(at.following)


def _sentence_joins(at: Break, layout: Layout) -> bool:
    """After a full stop: the paragraph goes on where the layout shows that it must."""
    if gives_attribute(at.head):
        return _full(at, layout)
    if layout.sentences:
        if at.following[-1] == ":" or _speaks_of_whole(at.following):
            return False
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
        return (_full(at, layout) and _label_ends(at.line)) or (
            _SUM.match(at.following) is not None and _filled(at, layout)
        )
    if at.sibling_next and at.line[-1] in ".;":  # between two bullets of one list
        return not _ends_paragraph(at, layout)
    if layout.indented:
        return at.deeper <= 0 and len(at.line) > 0.6 * layout.width
    if at.line[-1] == ";":  # "3. Các sở, ngành;⏎Ban Quản lý chợ …" is one subject
        long = is_bullet(at.head) and len(at.line) > 0.6 * layout.width
        return (layout.spaced and (long or _full(at, layout))) or label_of(at.head) is not None
    return layout.spaced and (_full(at, layout) or len(at.line) > 0.6 * layout.width)


def _ends_paragraph(at: Break, layout: Layout) -> bool:
    """Whether a sentence ends far before the line is full, and a new one begins; first lines may be cut short."""
    if at.line == at.head or at.line[-1] != "." or not at.following[0].isupper():
        return False
    return len(at.line) < (0.8 if _ASKS.match(at.following) else 0.6) * layout.width


def _is_heading(line: str) -> bool:
    """Whether *line* is labelled and short enough for a heading."""
    return label_of(line) is not None and line.count(" ") < _LONGEST_HEADING


def _speaks_of_whole(line: str) -> bool:
    """Whether *line* tells who shall carry out the document itself, or who passed it."""
    if " này" in line and _BODY.match(line) and _CARRIED_OUT.search(line):
        return True
    return "thông qua" in line and _PASSED.match(line) is not None


def _states_overall_goal(at: Break) -> bool:
    """Whether the sentences go on to say what a plan is for in all: one paragraph, unlike goals with figures."""
    overall = _OVERALL.match(at.head) or _OVERALL.match(at.above)
    return overall is not None and not any(map(str.isdigit, at.following)) and at.following[-1] != ":"


def _names_join(at: Break, layout: Layout) -> bool:
    """No punctuation before, a capital after: a name that was wrapped, or a heading that ended."""
    if _SYLLABLE.search(at.line, max(0, len(at.line) - 24)) and _goes_on_in_name(at):
        return True
    if not layout.wrapped:
        return False
    if at.following[-1] == ":" and len(at.following) < _SHORT and not _full(at, layout):
        return False  # `- Có 15 xã đạt chuẩn⏎Về môi trường:`
    if _full(at, layout):
        return True
    if at.line == at.head and label_of(at.head) is not None and _ORDER.match(at.following):
        return False  # `7. Thanh tra tỉnh⏎Chủ trì, phối hợp với …`
    if layout.indented and at.deeper <= 0 and len(at.line) > 0.6 * layout.width:
        return True
    if not layout.spaced and gives_attribute(at.head) and len(at.line) < 0.6 * layout.width:
        return False
    prose = is_bullet(at.head) or _PROSE.match(at.head) is not None or at.size > 0.8 * layout.width
    return prose or (layout.spaced and (label_of(at.head) is not None or len(at.line) > 24))


def _goes_on_in_name(at: Break) -> bool:
    """Whether the next line may begin within a name: with a capital, and with no order to a body."""
    named = _NAME_GOES_ON.match(at.following) is not None and at.line.count(" ") >= _FEWEST_WORDS
    return named and not _ORDER.match(at.following)


def _name_over(at: Break) -> str:
    """What stands around a break that a name may go over (`Ban Chỉ đạo⏎Nhà nước`), empty where none does.

    Whether it is a name is told by the rest of the text, where the same words stand in one line.
    """
    if not at.following[0].isupper() or not at.line[-1].islower() or at.in_cell or by_form(at) is not None:
        return ""
    begun, goes_on = _NAME_BEGUN.search(at.line, max(0, len(at.line) - 24)), _NAME_GOES_ON.match(at.following)
    if begun is None or goes_on is None or not _goes_on_in_name(at):
        return ""
    return f"{begun[0]} {goes_on[0]}"


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


def _full(at: Break, layout: Layout) -> bool:
    """Whether the first word of the next line would not have fitted."""
    return layout.wrapped and len(at.line) + 1 + len(at.following.split(" ", 1)[0]) > layout.width


def _filled(at: Break, layout: Layout) -> bool:
    """Whether it would not have fitted behind the line's own indent."""
    return layout.wrapped and at.own + len(at.line) + 1 + len(at.following.split(" ", 1)[0]) > layout.width


_ROMAN = re.compile(r"[IVX][ivxlIVXL]*")
_CLOSING = re.compile(
    r"(?:Trên đây|Trong quá trình|Yêu cầu|Giao |Quyết định này|Chỉ thị này|Kế hoạch này|Nghị quyết này|Nhận được"
    r"|Văn phòng [^.;]{0,40}thông báo)"
)
_KINDS = (
    "(?:Chỉ thị|Kế hoạch|Quyết định|Nghị quyết|Chương trình|Thông tư|Nghị định|Công điện|Luật|[Cc]ông văn|[Vv]ăn bản)"
)
_CARRIED_OUT = re.compile(rf"\b(?:thi hành|thực hiện)(?: tốt| nghiêm(?: túc)?| có hiệu quả)? {_KINDS} này\b")
_PASSED = re.compile(
    rf"{_KINDS}(?: này)?(?: đã)? được (?:Quốc hội|Hội đồng nhân dân|HĐND|Ủy ban|Uỷ ban)\b.{{0,120}} thông qua\b"
)
_BODY = re.compile(
    r"(?:Các |Những )?(?:Ủy ban|Uỷ ban|UBND|HĐND|Hội đồng|Thường trực|Chính phủ|Thủ tướng|Thủ trưởng|Chủ tịch|Bộ trưởng"
    r"|Giám đốc|Chánh|Trưởng|Ban|Bộ|Sở|Tổng cục|Cục|Chi cục|Vụ|Viện|Văn phòng|Thanh tra|Công an|Tỉnh ủy|Thành ủy|Hội"
    r"|Đoàn|Liên minh|sở|bộ|ban|ngành|cơ quan|đơn vị|địa phương|ông)\b(?! nghị)"
)
# What is told to a body that the heading above names.
_ORDER = re.compile(
    r"(?:Chủ trì|Phối hợp với|Giao (?!thông)|Yêu cầu|Đề nghị|Tham mưu|Chỉ đạo|Hướng dẫn|(?:Có|Chịu) trách nhiệm)\b"
)
_ASKS = re.compile(r"(?:Đề nghị|Yêu cầu|Giao) ")
_SUM = re.compile(r"\d{1,3}(?:\.\d{3})+ ")  # groups of three digits are no label
# A name of one syllable is rare: `tỉnh Lạng⏎Sơn`.
_SYLLABLE = re.compile(rf" [{LOWER}]+ [{UPPER}][{LOWER}]+$")
_NAME_BEGUN = re.compile(
    rf" (?:(?:[{UPPER}][{LOWER}]+ )?[{UPPER}][{LOWER}]+|[{UPPER}][{LOWER}]+ [{LOWER}]+|tỉnh|thành phố)$"
)
_NAME_GOES_ON = re.compile(rf"[{UPPER}][{LOWER}]+\b")
_MOST_SEARCHES = 64  # of the whole text
_FEWEST_CUTS = 8
_LONGEST_HEADING = 11  # words, the label among them
_FEWEST_WORDS = 4
_LONGEST_CELL = 16  # lines
_SHORT = 60
# Short names have no tones: `TH, NC, CNXD;`.
_SHORT_NAMES = re.compile(r"[A-ZĐ]{2,9}\d?(?:(?:, ?|&| - )[A-ZĐ]{2,9}\d?){1,12}[,;.]?|[A-ZĐ]{2,9}\d?[;.]")
_OVERALL = re.compile(r"(?i)(?:\S{1,5} )?mục tiêu (?:tổng quát|chung)\b")
_LAST_LABEL = re.compile(r"[.;,(\[] ?(?P<label>[^.;,:()]{3,60}):$")
_OFFICE = re.compile(
    r"(?:ỦY BAN NHÂN DÂN|UỶ BAN NHÂN DÂN|CHỦ TỊCH|PHÓ |BỘ TRƯỞNG|THỨ TRƯỞNG|GIÁM ĐỐC|THỦ TƯỚNG|HỘI ĐỒNG NHÂN DÂN|BÍ THƯ"
    r"|CHÁNH|TỔNG GIÁM ĐỐC|TRƯỞNG BAN|CHÍNH PHỦ)"
)
_PROSE = re.compile(
    r"(?:(?:Căn cứ|Thực hiện|Xét|Theo|Trong|Để|Nhằm|Triển khai|Sau|Trên|Ngày|Hiện|Qua|Do|Với|Từ|Tại)|\[\d{1,3}\]) "
)
