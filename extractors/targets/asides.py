"""Asides: the places of a text whose figures promise nothing of their own.

A bracket that says a figure again ("30 Mb/s (10 Gb/s)"), a name in quotes ("phong trào “5 không, 3 sạch”"), and a
sentence that opens with the present ("Hiện nay có 45 xã đạt chuẩn").
"""

from __future__ import annotations

from bisect import bisect_left

import regex


class Asides:
    """The brackets and quotes of one text, found once."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.brackets = _bracketed(text)
        self.opened = [start for start, _ in self.brackets]
        self.quotes = [match.span() for match in _QUOTED.finditer(text)] if "“" in text else []
        self.quoted = [start for start, _ in self.quotes]

    def encloses(self, start: int) -> bool:
        """Whether *start* stands in a bracket."""
        outer = bisect_left(self.opened, start) - 1
        return outer >= 0 and self.brackets[outer][1] >= start

    def hide(self, start: int) -> bool:
        """Whether the figure at *start* stands in a quote, or in a bracket that only explains."""
        quote = bisect_left(self.quoted, start) - 1
        if quote >= 0 and self.quotes[quote][1] > start:
            return True
        outer = bisect_left(self.opened, start) - 1
        return outer >= 0 and self.brackets[outer][1] >= start and self._only_explains(*self.brackets[outer])

    def tell_the_present(self, start: int) -> bool:
        """Whether the sentence of a figure opens with the present and has not turned to what is to come."""
        window = max(0, start - LONGEST)
        opens = max(window - 1, *(self.text.rfind(mark, window, start) for mark in (". ", "\n"))) + 1
        return _PRESENT.match(self.text, opens, start) is not None and not _AHEAD.search(self.text, opens, start)

    def _only_explains(self, start: int, end: int) -> bool:
        """Whether a bracket says a figure again, or in what case it holds, rather than promising one of its own.

        `(10 Gbps)` and `(dưới 12 tháng)` explain; `(trong đó dạy nghề đạt 40%)` and `(2 chợ đầu mối, 5 chợ xã)` do not.
        """
        if end - start > LONGEST:
            return True
        if self._says_for_a_group(start, end):
            return False
        if _REACHED.match(self.text, start) and not self._counted_before(start):
            return False
        parts = _PARTS.match(self.text, start, end + 1)
        of_what = parts and self.text.find(f" {parts['noun']} ", max(0, start - _NEAR), start) >= 0
        return not (of_what or _OWN_FIGURE.match(self.text, start))

    def _counted_before(self, start: int) -> bool:
        """Whether a figure stands before the bracket at *start*, in its clause, that it may say again."""
        opens = max(self.text.rfind(mark, max(0, start - LONGEST), start) for mark in ".;\n") + 1
        return any(letter.isdigit() for letter in self.text[max(opens, start - LONGEST) : start])

    def _says_for_a_group(self, start: int, end: int) -> bool:
        """Whether a bracket tells the figure before it for a group of its own: `dưới 12% (vùng cao dưới 20%)`.

        It names the group, or tells one after the other, in the unit of the figure before it.
        """
        group = _GROUP.match(self.text, start, end)
        if group is None or _COMPARED.search(self.text, start, group.end("words")):
            return False
        unit = group["unit"]
        several = _times_counted(self.text, unit, start, end) > 1
        if not several and not _GROUP_NAME.match(self.text, start + 1, end):
            return False
        sentence = max(self.text.rfind(mark, max(0, start - LONGEST), start) for mark in (". ", "\n")) + 1
        return _times_counted(self.text, unit, max(sentence, start - LONGEST), start) > 0


def _times_counted(text: str, unit: str, start: int, end: int) -> int:
    """How many figures between *start* and *end* have *unit*."""
    count, position = 0, text.find(unit, start, end)
    while position > start:
        whole = not text[position + len(unit) : position + len(unit) + 1].isalpha()
        count += whole and text[start:position].rstrip(" ")[-1:].isdigit()
        position = text.find(unit, position + 1, end)
    return count


def _bracketed(text: str) -> list[tuple[int, int]]:
    """The outermost closed pairs of round brackets; a bracket that never closes encloses nothing."""
    if "(" not in text:
        return []
    open_at: list[int] = []
    pairs: list[tuple[int, int]] = []
    for match in _BRACKET.finditer(text):
        if match[0] == "(":
            open_at.append(match.start())
        elif open_at:
            first = open_at.pop()
            while pairs and pairs[-1][0] > first:
                pairs.pop()
            pairs.append((first, match.start()))
    return pairs


LONGEST = 400
_NEAR = 80
_BRACKET = regex.compile(r"[()]")
_QUOTED = regex.compile(r"“(?!\d[\d.,]*%?”)[^“”\n]{1,200}”")  # but `bằng “0”` only sets a figure off
# What makes a figure in brackets one of its own: a promise, a part, a year; or parts that are counted one by one. NULs
# stand for a time.
_OWN_FIGURE = regex.compile(
    r"\((?:[^()\d]{0,40}(?<!\p{L})(?:phấn đấu|trong đó|riêng)(?!\p{L})|(?:tăng|giảm) (?!so)"
    r"|[^()\d]{0,80}(?<!\p{L})(?:không quá|không vượt quá|không dưới|tối thiểu|ít nhất|tối đa) \d[\d.,]* ?%"
    r"|(?:(?:chỉ )?còn|xuống còn|để đạt|nâng lên|đưa lên) [^()\d]{0,30}\d"
    r"|(?:(?:năm|giai đoạn) 20\d\d|\0+)[^()\d\0]{0,40}\d)",
    regex.IGNORECASE,
)
# `vận hành trạm xử lý tại các chợ (đạt 100%)`
_REACHED = regex.compile(r"(?i)\((?:phấn đấu |bảo đảm )?đạt (?:tỷ lệ |tỉ lệ |ít nhất |tối thiểu |trên )?\d[\d.,]* ?%\)")
_PARTS = regex.compile(
    r"\((?=\d[\d.]* (?P<noun>\p{L}+))(?:\d[\d.]* \p{L}[^();\d]*(?:[,;]| và) ?){1,12}\d[\d.]* \p{L}[^();\d]*\)"
)
# A figure in brackets behind words; without a unit it tells nothing.
_GROUP = regex.compile(
    r"\((?P<words>\p{L}[^()\d\0;:%=]{1,80}?):? ?\d[\d.,]*(?: ?[-–] ?\d[\d.,]*)? ?(?P<unit>%|‰|\p{L}+[23²³]?)(?!\p{L})"
)
# Places, people and branches that an indicator is told for.
_GROUP_NAME = regex.compile(
    r"(?i)(?:(?:đối với|ở|tại|riêng|nhất là|với|cho|các|những|số) )*(?:khu vực|vùng|miền|nông thôn|thành thị|đô thị"
    r"|thành phố|thị xã|đồng bằng|trung du|hải đảo|biên giới|nội thành|ngoại thành|ven biển|tuyến|cấp|tỉnh|huyện|quận"
    r"|xã|phường|thị trấn|thôn|bản|ấp|buôn|địa bàn|địa phương|nam|nữ|trẻ|bé|người|phụ nữ|học sinh|sinh viên|thanh niên"
    r"|hộ|dân tộc|đồng bào|nhóm|mầm non|mẫu giáo|tiểu học|trung học|công lập|ngoài công lập|tư thục|trong nước"
    r"|quốc tế|nội địa|nông nghiệp|nông,? lâm|công nghiệp|dịch vụ"
    r"|thương mại|doanh nghiệp|bệnh viện|trường|trạm|cơ quan|đơn vị)(?!\p{L})"
)
# What a bracket compares the figure with, or says again in another way.
_COMPARED = regex.compile(
    r"(?i)(?<!\p{L})(?:so với|cùng kỳ|hiện|nay|trước đây|toàn quốc|cả nước|bình quân chung|kế hoạch|chỉ tiêu|mục tiêu"
    r"|nghị quyết|quy định|trung ương|tương đương|tương ứng|tức|bằng|chiếm|đã|mới|thực tế|thực hiện|quy đổi"
    r"|quy ra|gồm|kể|trừ|giá|nếu|khi|tính|nghĩa|chuẩn|định mức|tổng|trong số|năm|theo|ước|vượt|hệ số"
    r"|lãi suất|tiềm năng)(?!\p{L})"
)
_PRESENT = regex.compile(r"\W*(?:Hiện nay|Hiện tại|Đến nay|Hiện có|Tính đến nay)(?!\p{L})")
_AHEAD = regex.compile(r"(?i)(?<!\p{L})(?:phấn đấu|mục tiêu|dự kiến|yêu cầu|bảo đảm|đảm bảo|đến năm)(?!\p{L})")
