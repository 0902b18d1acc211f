"""Horizons: the years by which goals must hold though they bind nobody to an act: "Tầm nhìn đến năm 2045".

    Định hướng đến năm 2050 tỷ lệ rừng đạt 60%      Chỉ tiêu cụ thể năm 2026      Mục tiêu của Chương trình đến năm 2030

They are no deadlines, since strategies are full of them; but what stands as a goal below such a heading, or in such a
sentence, must hold by then.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import chain

import regex

from schemas import Deadline, Span


def heading_horizon(title: str) -> Deadline | None:
    """The period that a heading of goals, or a line that leads goals in, names; None for none or for two at once.

    >>> str(heading_horizon("MỤC TIÊU, CHỈ TIÊU NĂM 2026")), str(heading_horizon("Tầm nhìn đến năm 2045"))
    ('during 2026-01-01/2026-12-31', 'by ../2045-12-31')
    >>> heading_horizon("Định hướng đến năm 2020 và đến năm 2030"), heading_horizon("Thực trạng năm 2024")
    (None, None)
    """
    if not _OF_GOALS.match(title) or _PAPER.search(title):
        return None
    first = _TIME.search(title)
    if first is None or _ANOTHER.match(title, first.end()) or _OPEN.search(title, 0, first.start()):
        return None
    return _deadline(first, by=bool(first["until"]) or (not first["last"] and _VISION.match(title) is not None))


def horizons(text: str, deadlines: Sequence[Deadline]) -> Iterator[Deadline]:
    """The horizons that open a sentence of *text*, or say a figure behind a colon, and are none of its *deadlines*.

    >>> [str(found) for found in horizons("Định hướng đến năm 2050 tỷ lệ đạt 60%", ())]
    ['by ../2050-12-31']
    >>> [str(found) for found in horizons("Sản lượng lúa đến năm 2028: 40 tấn", ())]
    ['by ../2028-12-31']
    >>> [str(found) for found in horizons("Giai đoạn sau năm 2030: 40 km", ())]
    ['from 2031-01-01/..']
    """
    for match in chain(_OPENING.finditer(text), _TOLD.finditer(text)):
        found = _deadline(match, by=not match["last"])
        if found and not _is_among(found, deadlines):
            yield found
    for match in _AFTER.finditer(text):
        start = date(int(match["year"]) + 1, 1, 1)
        later = Deadline(span=Span(*match.span()), surface=match[0], kind="from", start=start, rule="after-year")
        if not _is_among(later, deadlines):
            yield later


def _is_among(found: Deadline, deadlines: Sequence[Deadline]) -> bool:
    return any(found.span.overlaps(other.span) for other in deadlines)


def _deadline(match: regex.Match[str], *, by: bool) -> Deadline | None:
    first, last = int(match["first"]), int(match["last"] or match["first"])
    if first > last:
        return None
    start = None if by else date(first, 1, 1)
    kind = "by" if by else "during"
    return Deadline(span=Span(*match.span()), surface=match[0], kind=kind, start=start, end=date(last, 12, 31))


_YEARS = r"(?P<first>20\d\d)(?: ?(?:[-–—]|đến(?: năm)?) ?(?P<last>20\d\d))?(?![\d/])"
_TIME = regex.compile(
    rf"(?i)(?<![\p{{L}}\d/])(?:(?P<until>(?:từ nay )?(?:đến|tới)(?: hết| cuối)?) )?"
    rf"(?:(?:giai đoạn|thời kỳ|(?:0?[2-9]|10|ba|năm) năm)(?: từ)? )?(?:năm )?{_YEARS}"
)
_OPENING = regex.compile(
    rf"(?i)(?:(?:(?<=^|[.;:]\s|\n)|(?<=^[-+*] ))(?:định hướng|tầm nhìn)(?: phát triển)?(?: đến)?"
    rf"(?: hết| cuối)? (?:(?:giai đoạn|thời kỳ) )?(?:năm )?{_YEARS}"
    rf"|(?<=[,;] |và )(?:định hướng|tầm nhìn) đến(?: hết| cuối)? năm {_YEARS}"
    r"(?= (?:đạt|có|là|còn|khoảng|trên|tăng)(?!\p{L})))"
)
_AFTER = regex.compile(
    r"(?:(?<=^|[.;:]\s|\n)|(?<=^[-+*] ))(?:Giai đoạn |Thời kỳ )?[Ss]au năm (?P<year>20\d\d)"
    r"(?=[,:]| (?:duy trì|đạt|giữ|có|tăng|giảm|bảo đảm|đảm bảo|phấn đấu)(?!\p{L}))"
)
_TOLD = regex.compile(rf"(?i)(?<!\p{{L}})(?:đến|tới)(?: hết| cuối)? năm {_YEARS}(?=: ?(?:\p{{L}}+ ){{0,3}}\d)")
_OF_GOALS = regex.compile(
    r"(?i)\W*(?:(?:các|một số|những|hệ thống|về|dự báo|dự kiến)\s+)*(?:mục tiêu|chỉ tiêu|tầm nhìn|định hướng"
    r"|phương hướng|phấn đấu|giai đoạn|đến)(?!\p{L})(?! quốc gia)"
)
_VISION = regex.compile(r"(?i)\W*(?:tầm nhìn|định hướng)(?!\p{L})")
_PAPER = regex.compile(
    r"(?i)(?<!\p{L})(?:nghị quyết|quyết định|chỉ thị|luật|nghị định|thông tư)(?!\p{L})|\d/"
    r"|kết quả|thực hiện (?:các )?mục tiêu"
)
# A time that is open on one side, or that names who is in office: `đại biểu … nhiệm kỳ 2026-2031`.
_OPEN = regex.compile(r"(?i)(?:(?:sau|trước)(?: năm)?|nhiệm kỳ|khóa|khoá) ?$")
_ANOTHER = regex.compile(r"(?i) (?:và|hoặc) (?:đến |tới )?(?:hết )?(?:năm |giai đoạn )?20\d\d")
