"""Join the lines of a page to paragraphs by their geometry: indents, line distances, and where a line ended early.

The surest sign that a paragraph ended is a line on which the first word of the next line would still have had room.
Where that does not decide, an indent, a wider distance or a list label begins a new paragraph. Letters decide only
where geometry is silent: "tạm nhập, tái xuất" broken before a dash is no list, because its line is full.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from pipeline.read.blocks import Paragraph, Piece, Place
from pipeline.read.pages.lines import Line
from pipeline.read.pages.margins import Margins, usual_pitch

Setting = Literal["flow", "cell", "frame"]


@dataclass(frozen=True, slots=True)
class TextLine:
    """A line in its column of text, which reaches from `left` to `right`; `pitch` is the usual distance of lines.

    `setting` is `flow` for running text, `cell` for a cell of a table, `frame` for a letterhead or closing, in which
    each line of capitals stands for itself.
    """

    line: Line
    page: int
    left: float
    right: float
    pitch: float
    text: str
    setting: Setting = "flow"

    @property
    def indent(self) -> float:
        """How far its start is from the left end of the column, in points."""
        return self.line.left - self.left

    @property
    def room(self) -> float:
        """How much room is left at its end."""
        return self.right - self.line.right

    @property
    def em(self) -> float:
        """Its font size."""
        return max(self.line.size, 4.0)

    @property
    def centred(self) -> bool:
        """Whether it stands in the middle of its column, with room on both sides."""
        return abs(self.indent - self.room) < max(6.0, 0.6 * self.em) and min(self.indent, self.room) > self.em


def text_lines(lines: Sequence[Line], page: int, margins: Margins, *, setting: Setting = "flow") -> list[TextLine]:
    """The *lines* of one column, with their usual distance when *margins* does not tell it."""
    pitch = margins.pitch or usual_pitch(lines, margins.right) or _PITCH
    return [TextLine(line, page, margins.left, margins.right, pitch, line.text, setting) for line in lines]


def paragraphs_of_lines(lines: Sequence[TextLine]) -> list[list[TextLine]]:
    """The lines of each paragraph."""
    found: list[list[TextLine]] = []
    for line in lines:
        if found and goes_on(found[-1], line):
            found[-1].append(line)
        else:
            found.append([line])
    return found


def paragraph(lines: Sequence[TextLine]) -> Paragraph:
    """The paragraph of *lines*, one piece for each of them."""
    pieces = []
    for number, line in enumerate(lines):
        last = number == len(lines) - 1
        text = line.text if last or _JOINED.search(line.text) else line.text + " "
        left, top, right, bottom = line.line.box
        box = (round(left, 1), round(top, 1), round(right, 1), round(bottom, 1))
        pieces.append(Piece(text, Place(page=line.page, box=box)))
    return Paragraph(tuple(pieces))


def goes_on(lines: Sequence[TextLine], line: TextLine) -> bool:
    """Whether *line* goes on the paragraph that *lines* began."""
    last = lines[-1]
    if abs(last.em - line.em) > 0.25 * last.em or _HEADING.match(last.text):
        return False
    if last.page == line.page:
        pitch = (line.line.middle - last.line.middle) / last.em
        if pitch > _WIDEST * max(last.pitch, 1.0):
            return False
        loose = pitch > 1.18 * max(last.pitch, 1.15)
    else:
        loose = False
    if line.setting == "frame" and (_capitals(last.text) or _capitals(line.text)):
        return bool(_HALF_NAME.search(last.text))
    if _same_centre(last, line):
        return (not loose or last.text.endswith(",")) and _centred_goes_on(last, line)
    if _capitals(last.text) and _capitals(line.text) and is_full(last, line):
        return not loose and not starts_anew(line)
    if line.setting != "flow":
        return _narrow_goes_on(lines, line, loose=loose)
    return _flow_goes_on(lines, line, loose=loose)


def is_full(last: TextLine, line: TextLine) -> bool:
    """Whether the first word of *line* would have had no room at the end of *last*."""
    first = line.line.words[0]
    width = first.right - first.left
    part = _BREAKABLE.match(first.text)
    if part:
        width *= part.end() / len(first.text)
    space = 0.0 if _JOINED.search(last.text) else 0.22 * last.em
    room = last.room
    if last.setting != "flow" and last.centred:
        room += last.indent
    return room < width + space + 1.0


def _same_centre(last: TextLine, line: TextLine) -> bool:
    """Whether both stand in the middle of the column, one of them with room on both sides."""
    if last.page != line.page or not (last.centred or line.centred):
        return False
    middles = [one.line.left + one.line.right for one in (last, line)]
    return abs(middles[0] - middles[1]) < 8 and abs(line.indent - line.room) < 12 and abs(last.indent - last.room) < 12


def _centred_goes_on(last: TextLine, line: TextLine) -> bool:
    """A heading goes on in letters of the same kind; a bracket or a label begins something new."""
    if starts_anew(line) or line.text.startswith("(") or last.text.endswith((")", ".", ";", ":", "./")):
        return not line.text.startswith("(") and _open_bracket(last.text)
    if line.setting != "flow":
        return is_full(last, line) or _small_start(line.text)
    capitals = _capitals(line.text)
    # A first line that is set in may happen to stand in the middle: "Thực hiện Nghị quyết số …" below a title.
    return capitals == _capitals(last.text) and (capitals or _small_start(line.text) or is_full(last, line))


def _narrow_goes_on(lines: Sequence[TextLine], line: TextLine, *, loose: bool) -> bool:
    last = lines[-1]
    if starts_anew(line) and (_ENDED.search(last.text) or not _CITED.match(line.text) or not is_full(last, line)):
        return False
    if _small_start(line.text) and not _ENDED.search(last.text):
        return True
    return not loose and is_full(last, line) and line.indent < max(one.indent for one in lines) + 0.7 * last.em


def _flow_goes_on(lines: Sequence[TextLine], line: TextLine, *, loose: bool) -> bool:
    last = lines[-1]
    full = is_full(last, line)
    anew = starts_anew(line)
    ended = bool(_ENDED.search(last.text))
    if line.indent > 0.7 * line.em and not _hangs(lines, line):
        # Set in as the line before it: two short paragraphs, or one that is set in as a whole.
        alike = abs(line.line.left - last.line.left) < 2 and last.page == line.page
        return alike and full and not loose and not anew and not ended
    if full:
        return not (anew and (ended or line.indent > 0.7 * line.em)) and not (ended and loose)
    broken = _small_start(line.text) and not ended and not anew
    return broken and not loose and last.room < 0.35 * (last.right - last.left)


def _hangs(lines: Sequence[TextLine], line: TextLine) -> bool:
    """Whether *line* stands where the paragraph is set: below its second line, or below the text after its label."""
    last = lines[-1]
    if last.page != line.page:
        return len(lines) > 1 and abs(line.indent - last.indent) < 3
    if len(lines) > 1:
        return abs(line.line.left - last.line.left) < 3
    if last.line.left > line.line.left + 0.7 * line.em:
        return True
    after_label = last.line.words[1].left if len(last.line.words) > 1 and starts_anew(last) else None
    return after_label is not None and abs(line.line.left - after_label) < 4


def starts_anew(line: TextLine) -> bool:
    """Whether its text begins with the label of a list or a section, or a bullet."""
    return bool(_LABEL.match(line.text))


def _small_start(text: str) -> bool:
    return text[:1].islower()


def _capitals(text: str) -> bool:
    letters = [letter for letter in text if letter.isalpha()]
    return bool(letters) and sum(letter.isupper() for letter in letters) > 0.8 * len(letters)


def _open_bracket(text: str) -> bool:
    return text.count("(") > text.count(")")


_PITCH = 1.2
# A line may be this much further from the last one than usual and still belong to its paragraph.
_WIDEST = 1.45
_LABEL = re.compile(
    r"[“\"]?(?:[-–—+•*●▪◦]\s|[-–+•][A-ZĐÀ-Ỹ]|[IVXLC]+\s?[.)/](?:\s|$)|\d{1,3}(?:\.\d{1,3})*[.)/](?:\s|$)"
    r"|\d{1,2}(?:\.\d{1,2})+\s|[a-zđ]{1,2}[.)]\s"
    r"|(?:Điều|Chương|CHƯƠNG|Mục|MỤC|Phần|PHẦN|Phụ lục|PHỤ LỤC|Mẫu số)\s[\dIVX]"
    r"|Điều \d|Căn cứ |Nơi nhận|[¹²³⁴-⁹]+ ?)"
)
# A word may be broken after its first hyphen: "NĐ-CP", but not "-5" or "30/6".
_BREAKABLE = re.compile(r"[^-]+-(?=\D)")
_HALF_NAME = re.compile(r"CỘNG H.{0,3} XÃ HỘI CHỦ(?: NGHĨA)?$")
# A label that is as often part of a sentence: "theo khoản 6" and "Điều 44".
_CITED = re.compile(r"(?:Điều|Chương|Mục|Phần|Phụ lục|Mẫu số|Căn cứ)\s")
# What stands alone on its line, whatever comes below it.
_HEADING = re.compile(
    r"(?:(?i:Chương|Mục|Phần|Phụ lục|Tiểu mục)(?: số)? [\dIVXLCA-E]{1,5}[.:]?"
    r"|(?:QUYẾT ĐỊNH|NGHỊ QUYẾT|NGHỊ ĐỊNH|KẾ HOẠCH|CHƯƠNG TRÌNH|ĐỀ ÁN|CHỈ THỊ|THÔNG TƯ|TỜ TRÌNH|BÁO CÁO|THÔNG BÁO"
    r"|CÔNG ĐIỆN|HƯỚNG DẪN|QUY CHẾ|QUY ĐỊNH|CHIẾN LƯỢC|DỰ ÁN|PHƯƠNG ÁN|KẾT LUẬN|PHỤ LỤC|DANH MỤC|LUẬT)\s?:?|_+)$"
)
_ENDED = re.compile(r"[.;:!?…][”\"')]?$")
# A line that ends in a hyphen within a word goes on without a space: "26/2021/TT-" and "BGTVT".
_JOINED = re.compile(r"\w[-/]$")
