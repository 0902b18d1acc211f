"""Zones: which lines are letterhead, legal bases, body, and signature; and where an attachment begins anew.

The order header, preamble, body, closing starts again after a signature: "PHỤ LỤC I" or an attached "CHƯƠNG TRÌNH
HÀNH ĐỘNG" has its own header and body, and its sections a new root. A text without letterhead, type word and legal
bases is a press article: its first line is the headline, all else is body.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.outline import Zone
from pipeline.segment.labels import ANNEX, ARABIC, ARTICLE, LETTER, NAMED, ROMAN, Mark
from pipeline.segment.lines import Line, is_capitals


@dataclass(frozen=True, slots=True)
class Zoning:
    """A zone for each line; `roots` are the lines at which the tree of sections starts anew."""

    zones: list[Zone]
    roots: frozenset[int]
    footnotes: frozenset[int]


def assign_zones(lines: Sequence[Line], marks: Sequence[Mark | None]) -> Zoning:
    """The zone of each line.

    Footnotes after which nothing else comes stand in the closing zone: they explain the text, and order nothing.
    """
    walk = _Walk(lines, marks)
    for index in range(len(lines)):
        walk.step(index)
    return Zoning(walk.zones, frozenset(walk.roots), frozenset(walk.footnotes))


class _Walk:
    def __init__(self, lines: Sequence[Line], marks: Sequence[Mark | None]) -> None:
        self.lines, self.marks = lines, marks
        self.zones: list[Zone] = []
        self.roots: set[int] = set()
        self.footnotes: set[int] = set()
        self.official = any(_OFFICIAL.match(line.text) for line in lines[:60]) or any(
            _RECIPIENTS.match(line.text) for line in lines
        )
        self.last_notes = _last_notes(lines, marks)
        self.recipients = _recipient_lists(lines, marks)
        self.state: Zone = "header"
        self.motto = _motto_line(lines, marks)
        self.first_label = self._next_label(0)
        self.typed = bool(lines) and bool(_TITLE_LINE.match(lines[0].text)) and sum(map(bool, marks)) > 3
        self.official = self.official or self.typed
        self.signed = False
        self.attached = False

    def step(self, index: int) -> None:
        line = self.lines[index]
        if not self.official:
            self.zones.append("header" if index == 0 and line.grid < 0 and not self.marks[index] else "body")
            return
        previous = self.state
        if index >= self.last_notes:
            self.state = "closing"
            self.footnotes.add(index)
            self.zones.append("closing")
            return
        self.state = {
            "header": self._in_header,
            "preamble": self._in_preamble,
            "body": self._in_body,
            "closing": self._in_closing,
        }[self.state](index, line)
        if previous == "closing" and self.state != "closing":
            self.roots.add(index)
            self.attached, self.signed, self.typed = True, False, False
            self.first_label = self._next_label(index)
        self.zones.append(self.state)
        if self.state == "preamble" and _FORMULA.search(line.text):
            self.state = "body"

    def _in_header(self, index: int, line: Line) -> Zone:
        if line.grid >= 0:
            return "body"
        if index < self.motto:
            return "header"
        text = line.text
        mark = self.marks[index]
        if (mark and mark.readings[0].style == ANNEX) or (index == 0 and self.typed):
            return "header"
        if mark and _opens(mark) and (self.typed or self.attached or index > 3 or mark.readings[0].style in NAMED):
            return "body"
        if mark and (_is_part(mark, text) or mark.readings[0].style == ARTICLE):
            return "body"
        if _TYPE_WORD.match(text):
            self.typed = True
            return "header"
        if text[0] == "(" or _HEADER_ONLY.search(text) or is_capitals(text):
            return "header"
        if _FORMULA.search(text) and len(text) < 40:
            return "preamble"
        if _LEGAL.match(text):
            return "preamble"
        if text[0] in "-+*•" and self.attached and len(text) > 3 and text[1] != text[0]:
            return "body"
        sentence = len(text) >= 150 or (len(text) > 60 and text[-1] in ":.;")
        if sentence and (self.typed or self.attached or len(text) > 250):
            return "body" if self.attached else "preamble"
        if self.attached and not is_capitals(text) and index and self.zones[-1] == "header" and len(text) > 100:
            return "body"
        return "header"

    def _in_preamble(self, index: int, line: Line) -> Zone:
        mark = self.marks[index]
        if line.grid >= 0 or _opens(mark) or (mark and _is_part(mark, line.text)):
            return "body"
        if _FORMULA.search(line.text) or _LEGAL.match(line.text):
            return "preamble"
        if self._closes(index, line):
            return "closing"
        if self.first_label - index > 40:
            return "preamble" if self.lines[index].text[-1] in ":;" and index + 8 > self.first_label else "body"
        return "preamble"

    def _in_body(self, index: int, line: Line) -> Zone:
        if line.grid >= 0:
            return "body"
        mark = self.marks[index]
        if (mark and mark.readings[0].style == ANNEX) or (mark is None and self._heads_attachment(index)):
            self.roots.add(index)
            self.attached, self.typed = True, False
            return "header"
        if _FOOTNOTE.match(line.text):
            self.footnotes.add(index)
            return "body"
        if self._closes(index, line):
            self.signed = _RECIPIENTS.match(line.text) is None
            return "closing"
        return "body"

    def _in_closing(self, index: int, line: Line) -> Zone:
        if line.grid >= 0:
            return "body"
        text = line.text
        mark = self.marks[index]
        if mark:
            style = mark.readings[0].style
            if style == ANNEX:
                return "header"
            if _opens(mark) and style != LETTER and (style != ARABIC or self.signed):
                return "body"
        if _FOOTNOTE.match(text):
            self.footnotes.add(index)
            return "closing"
        if _SIGNATURE.match(text) or _POSITION.match(text):
            self.signed = True
            return "closing"
        if _ATTACHED.match(text) or _TYPE_WORD.match(text) or "CỘNG HÒA XÃ HỘI" in text:
            return "header"
        if text[0] not in "-+*•" and is_capitals(text) and len(_WORD.findall(text)) >= 5 and not _OFFICE.match(text):
            return "header"
        return "closing"

    def _heads_attachment(self, index: int) -> bool:
        """Whether a title in capitals begins here that tells what it is attached to: `DANH MỤC …⏎(Kèm theo …)`."""
        if not _TYPE_WORD.match(self.lines[index].text):
            return False
        for at in range(index, min(index + _LONGEST_TITLE, len(self.lines) - 1)):
            line, following = self.lines[at], self.lines[at + 1]
            if line.grid >= 0 or self.marks[at] or not is_capitals(line.text):
                return False
            if following.text[:1] == "(" and _ATTACHED.match(following.text):
                return True
        return False

    def _closes(self, index: int, line: Line) -> bool:
        text = line.text
        if index in self.recipients or _RECIPIENTS.match(text):
            return True
        if len(text) > 600 or not (_SIGNATURE.match(text) or _POSITION.match(text)):
            return False
        return not self.marks[index]

    def _next_label(self, index: int) -> int:
        for at in range(index, min(index + 400, len(self.lines))):
            if _opens(self.marks[at]):
                return at
        return index + 10**6


def _motto_line(lines: Sequence[Line], marks: Sequence[Mark | None]) -> int:
    """The line of the motto near the beginning: what stands above it, a scan's note or a stamp, is no body."""
    for index, line in enumerate(lines[:_MOST_ABOVE_MOTTO]):
        if _MOTTO.search(line.text):
            return index
        if marks[index] or line.grid >= 0 or _LEGAL.match(line.text):
            break
    return 0


def _last_notes(lines: Sequence[Line], marks: Sequence[Mark | None]) -> int:
    """The first of the footnotes that end a text, or the number of lines."""
    first, number = len(lines), 0
    for index in range(len(lines) - 1, -1, -1):
        line, mark = lines[index], marks[index]
        if line.grid >= 0 or (
            mark and (mark.readings[0].style in NAMED or is_capitals(line.text[mark.content :] or "-"))
        ):
            break
        if _RECIPIENTS.match(line.text) or _ARCHIVED.search(line.text[:60]) or _SIGNATURE.match(line.text):
            break
        if match := _FOOTNOTE.match(line.text):
            if number and int(match[1]) >= number:
                break
            first, number = index, int(match[1])
            if number == 1:
                break
    return first


def _recipient_lists(lines: Sequence[Line], marks: Sequence[Mark | None]) -> frozenset[int]:
    """First lines of lists of recipients of which a scan spoiled the head: they end with the archive (`Lưu: VT`)."""
    found: set[int] = set()
    for index, line in enumerate(lines):
        if not _ARCHIVED.match(line.text):
            continue
        first, bullets = index, 0
        for at in range(index - 1, max(index - 40, -1), -1):
            text = lines[at].text
            if lines[at].grid >= 0 or marks[at] or len(text) > 160 or _RECIPIENTS.match(text):
                break
            if _RECIPIENT.match(text):
                first, bullets = at, bullets + 1
                if _FIRST_RECIPIENT.match(text):
                    break
        if bullets >= 2:
            spoiled = first - 1
            if spoiled >= 0 and _SPOILED_HEAD.match(lines[spoiled].text):
                first = spoiled
            found.add(first)
    return frozenset(found)


def _opens(mark: Mark | None) -> bool:
    """Whether a label is the first of its kind: `I`, `1`, `A`, `Điều 1`."""
    return mark is not None and any(int(reading.value) == 1 and not reading.spoiled for reading in mark.readings)


def _is_part(mark: Mark, text: str) -> bool:
    """Whether a label heads a part of its own: a Roman number before a heading, also when `I` was lost."""
    if mark.readings[0].style != ROMAN or mark.readings[0].spoiled:
        return False
    return is_capitals(text[mark.content :] or "-") or (mark.readings[0].value > 1 and len(text) < 80)


_LONGEST_TITLE = 4  # lines
_TYPE_WORD = re.compile(
    r"(?:KẾ HOẠCH|QUYẾT ĐỊNH|NGHỊ QUYẾT|CHỈ THỊ|CHƯƠNG TRÌNH|ĐỀ ÁN|THÔNG BÁO|HƯỚNG DẪN|BÁO CÁO|TỜ TRÌNH|CÔNG ĐIỆN"
    r"|THÔNG TƯ|NGHỊ ĐỊNH|LUẬT|PHÁP LỆNH|BỘ LUẬT|QUY CHẾ|QUY ĐỊNH|ĐIỀU LỆ|PHƯƠNG ÁN|CHIẾN LƯỢC|QUY HOẠCH|DỰ ÁN"
    r"|KẾT LUẬN"
    r"|DANH MỤC|DANH SÁCH|LỘ TRÌNH|NỘI DUNG|BIỂU|MẪU|BẢNG|ĐỀ CƯƠNG|QUY TRÌNH|TIÊU CHÍ|BỘ TIÊU CHÍ)(?![A-Za-zÀ-ỹ])"
)
# The title line of a dump that lost its letterhead: "Chỉ thị về tăng cường quản lý …".
_TITLE_LINE = re.compile(
    r"(?:Kế hoạch|Quyết định|Nghị quyết|Chỉ thị|Chương trình|Đề án|Thông báo|Hướng dẫn|Công điện|Thông tư|Nghị định)"
    r" [^\W\d_]"
)
_OFFICIAL = re.compile(
    r"CỘNG H[ÒO]A|.*(?:CỘNG HÒA XÃ HỘI|ĐẢNG CỘNG SẢN VIỆT NAM)|Số ?:|(?:KẾ HOẠCH|QUYẾT ĐỊNH|NGHỊ QUYẾT|CHỈ THỊ"
    r"|CHƯƠNG TRÌNH|THÔNG BÁO|CÔNG ĐIỆN|LUẬT)\b"
    r"|Căn cứ |Điều 1\b|Kính gửi|I\. [A-ZĐ]{2}"
)
_MOST_ABOVE_MOTTO = 12
_MOTTO = re.compile(r"CỘNG HÒA XÃ|ĐẢNG CỘNG SẢN VIỆT NAM|Độc lập ?[-–] ?Tự do")
_LEGAL = re.compile(
    r"(?:[-*+] ?)?(?:Căn cứ|Thực hiện|Xét |Theo đề nghị|Triển khai|Trên cơ sở|Thi hành|Tiếp theo|Sau khi|Để "
    r"|Nhằm |Ngày \d)"
)
_FORMULA = re.compile(r"(?:QUYẾT ĐỊNH|QUYẾT NGHỊ|Quyết định|Quyết nghị) ?:$|^(?:QUYẾT NGHỊ)$")
_HEADER_ONLY = re.compile(r"^(?:Số ?:|V/v|Về việc|Kính gửi|Độc lập|.{0,40}, ?ngày .{0,12}tháng)|CỘNG HÒA XÃ HỘI")
# A scan loses marks: `Nơi nhân:`, `Noi nhận:`.
_RECIPIENTS = re.compile(r"(?:Nơi nhận|NƠI NHẬN|Nơi gửi)(?:\s*[:.]|\s|$)|N[oơ]i nh[aâậ]n\s*:")
_SIGNATURE = re.compile(r"(?:TM|KT|TL|TUQ|T/M|K/T|T\.M|K\.T|T/L)\s*[./]?\s*[A-ZĐỦ]{2}")
_POSITION = re.compile(
    r"(?:PHÓ |QUYỀN |Q\. ?)?(?:CHỦ TỊCH|THỦ TƯỚNG|BỘ TRƯỞNG|THỨ TRƯỞNG|GIÁM ĐỐC|TỔNG GIÁM ĐỐC|CỤC TRƯỞNG"
    r"|TỔNG CỤC TRƯỞNG"
    r"|CHÁNH VĂN PHÒNG|TRƯỞNG BAN|VIỆN TRƯỞNG|CHÁNH ÁN|THỐNG ĐỐC|BÍ THƯ|CHỦ NHIỆM|TỔNG THANH TRA|HIỆU TRƯỞNG)"
    r"(?: (?:QUỐC HỘI|NƯỚC|UBND|HĐND|ỦY BAN NHÂN DÂN|HỘI ĐỒNG NHÂN DÂN|CHÍNH PHỦ|SỞ|THƯỜNG TRỰC).{0,40})?"
    r"(?:$| [A-ZĐ][a-zà-ỹ]+ [A-ZĐÂ])"
)
_ATTACHED = re.compile(r"\(?(?:Ban hành kèm|Kèm theo|BAN HÀNH KÈM|KÈM THEO)|(?:Mẫu|Biểu|Phụ biểu|Mẫu biểu)(?: số)? \d")
_WORD = re.compile(r"(?<!\S)[^\W\d_]{2,}")
_OFFICE = re.compile(r"(?:TM|KT|TL|ỦY BAN|CHỦ TỊCH|PHÓ|HỘI ĐỒNG|BAN|BỘ|SỞ|CỤC|VĂN PHÒNG|GIÁM ĐỐC|CHÁNH|TRƯỞNG)\b")
_FOOTNOTE = re.compile(r"\[(\d{1,3})\](?: ?\S|$)")
_ARCHIVED = re.compile(r"[-–—~+*•\s]{0,4}Lưu ?[:,.]? ?(?:VT|VP|HC|TH\b|BC|BTC|văn thư)")
_RECIPIENT = re.compile(r"[-–—~+*•][\s~-]{0,3}[^\W\d_]")
_FIRST_RECIPIENT = re.compile(r"[-–—~+*•][\s~-]{0,3}(?:Như (?:trên|Điều)|Ban Bí thư|Thường trực)")
_SPOILED_HEAD = re.compile(r"(?:N?[ơoớờ]i|N[ơo]\S{0,2}) \S{1,5}\b.{0,60}$")
