"""Pieces: the single time expressions of a text, each with the prepositions before it.

"chậm nhất là ngày 30/9/2020" is one piece, "từ năm 2013 đến năm 2015" two, "hằng năm" one. One RE2 pass over the whole
text finds their places; only what it finds is read more closely.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal

import re2

from extractors.deadlines.events import find_event
from extractors.deadlines.moments import BARE_PATTERNS, MOMENT_PATTERNS, D, M, Moment, Y, read_moment

PieceKind = Literal["moment", "recurring", "ongoing", "relative", "conditional"]


@dataclass(frozen=True, slots=True)
class Piece:
    """One expression at `[start, end)`; `lead` is its prepositions in lower case.

    `recurrence` is an RRULE or None where no interval is said, `periodic` that "định kỳ" stands in it; `core` is where the expression begins after its lead.
    """

    kind: PieceKind
    start: int
    end: int
    core: int
    rule: str
    lead: str = ""
    moment: Moment | None = None
    recurrence: str | None = None
    offset: str | None = None
    working_days: bool = False
    periodic: bool = False


def find_pieces(text: str) -> Iterator[Piece]:
    """The pieces of running text, in order."""
    return _pieces(text, _running_text(), bare=False)


def find_cell_pieces(text: str) -> Iterator[Piece]:
    """The pieces of a time column's cell, where a bare `2013` or `6 tháng` counts too."""
    return _pieces(text, _cell_text(), bare=True)


def _pieces(text: str, places: Any, *, bare: bool) -> Iterator[Piece]:
    position = 0
    for match in places.finditer(text):
        start, end = match.span()
        while start < end and _inside_word(text, start, end):
            start = text.find(" ", start, end) + 1 or end
        if start < position or start == end:
            continue
        for piece in _read_piece(text, start, end, bare=bare):
            yield piece
            position = piece.end


def _inside_word(text: str, start: int, end: int) -> bool:
    """True when a letter or digit touches the place on either side: RE2 knows borders of ASCII words only."""
    before, after = text[start - 1 : start], text[end : end + 1]
    if (
        before.isalnum()
        or (after.isalpha() and text[end - 1].isalnum())
        or (after.isdigit() and text[end - 1].isdigit())
    ):
        return True
    return before in {"/", "."} and text[start].isdigit() and text[start - 2 : start - 1].isdigit()


def _read_piece(text: str, start: int, end: int, *, bare: bool) -> Iterator[Piece]:
    surface = text[start:end]
    for rule, kind, pattern in _RULES:
        if match := pattern.fullmatch(surface):
            yield from _READERS[kind](text, start, end, rule, match)
            return
    lead = 0
    while not (moment := read_moment(surface[lead:])):
        word = _LEAD_WORD.match(surface, lead)
        if not word:
            return
        lead = word.end()
    if bare or lead or not _BARE.fullmatch(surface):
        yield Piece("moment", start, end, start + lead, "moment", lead=surface[:lead].lower(), moment=moment)
        while moment.unit == "day" and (more := _ANOTHER_DAY.match(text, end)):
            moment = read_moment(more["one"])
            if not moment:
                return
            start, end = more.start("one"), more.end("one")
            yield Piece("moment", start, end, start, "moment", moment=moment)


# --- readers of what is no moment ---------------------------------------------------------------------------------


def _recurring(text: str, start: int, end: int, rule: str, match: re.Match[str]) -> Iterator[Piece]:
    found = match.groupdict()
    periodic = _PERIODICALLY.search(match[0]) is not None
    yield Piece("recurring", start, end, start, rule, recurrence=_recurrence(found), periodic=periodic)
    while more := _ANOTHER_RECURRENCE.match(text, end):
        begin, end = more.start("one"), more.end()
        recurrence = _recurrence(more.groupdict())
        yield Piece("recurring", begin, end, begin, "recurrence-list", recurrence=recurrence, periodic=periodic)


def _recurrence(found: dict[str, str | None]) -> str | None:
    unit = (found.get("unit") or "").lower().replace("quí", "quý").removeprefix("cả ")
    if not unit:
        return None
    count = read_number(found.get("count") or "1")
    times = read_number(found.get("times") or "1")
    if weekday := found.get("weekday"):
        return f"FREQ=WEEKLY;BYDAY={_WEEKDAYS[weekday.lower()]}"
    if times != 1:
        return _SEVERAL_TIMES.get((unit, times))
    frequency, factor = _FREQUENCIES[unit]
    interval = count * factor
    if frequency == "MONTHLY" and interval % 12 == 0:
        frequency, interval = "YEARLY", interval // 12
    return f"FREQ={frequency}" + (f";INTERVAL={interval}" if interval > 1 else "")


def _ongoing(text: str, start: int, end: int, rule: str, match: re.Match[str]) -> Iterator[Piece]:
    yield Piece("ongoing", start, end, start, rule)


def _relative(text: str, start: int, end: int, rule: str, match: re.Match[str]) -> Iterator[Piece]:
    found = match.groupdict()
    count, unit = read_number(found.get("count") or "0"), (found.get("unit") or "").lower()
    before = "trước" in (found.get("link") or "").lower()
    offset = f"{'-' if before else ''}P{_OFFSETS[unit].format(count)}" if unit else "P0D"
    yield Piece("relative", start, end, start, rule, offset=offset, working_days=bool(found.get("working")))


def _conditional(text: str, start: int, end: int, rule: str, match: re.Match[str]) -> Iterator[Piece]:
    core = start + _TRIGGER.match(match[0]).end()  # type: ignore[union-attr]
    if event := find_event(text, core, after=text[start:core].lower()):
        yield Piece("conditional", start, event.end, core, event.rule)


def _day_of_month(text: str, start: int, end: int, rule: str, match: re.Match[str]) -> Iterator[Piece]:
    months = ";BYMONTH=3,6,9,12" if match["quarterly"] else ""
    frequency = "YEARLY" if months else "MONTHLY"
    yield Piece(
        "recurring", start, end, start, rule, recurrence=f"FREQ={frequency}{months};BYMONTHDAY={int(match['day'])}"
    )


def read_number(text: str) -> int:
    """A count in digits or words.

    >>> read_number("05"), read_number("mười lăm"), read_number("ba mươi")
    (5, 15, 30)
    """
    if text.isdigit():
        return int(text)
    total = 0
    for word in text.lower().split():
        if word == "mươi":
            total *= 10
        else:
            total += _NUMBER_WORDS.get(word, 0)
    return total


_NUMBER_WORDS = {
    "một": 1, "mốt": 1, "hai": 2, "ba": 3, "bốn": 4, "tư": 4, "năm": 5, "lăm": 5, "sáu": 6, "bảy": 7, "bẩy": 7,
    "tám": 8, "chín": 9, "mười": 10,
}  # fmt: skip
_FREQUENCIES = {
    "ngày": ("DAILY", 1), "tuần": ("WEEKLY", 1), "tháng": ("MONTHLY", 1), "quý": ("MONTHLY", 3), "năm": ("YEARLY", 1),
}  # fmt: skip
_SEVERAL_TIMES = {
    ("năm", 2): "FREQ=MONTHLY;INTERVAL=6",
    ("năm", 3): "FREQ=MONTHLY;INTERVAL=4",
    ("năm", 4): "FREQ=MONTHLY;INTERVAL=3",
    ("năm", 6): "FREQ=MONTHLY;INTERVAL=2",
    ("năm", 12): "FREQ=MONTHLY",
    ("quý", 3): "FREQ=MONTHLY",
    ("tháng", 2): "FREQ=WEEKLY;INTERVAL=2",
    ("tháng", 4): "FREQ=WEEKLY",
}
_WEEKDAYS = {
    "thứ hai": "MO", "thứ 2": "MO", "thứ ba": "TU", "thứ 3": "TU", "thứ tư": "WE", "thứ 4": "WE", "thứ năm": "TH",
    "thứ 5": "TH", "thứ sáu": "FR", "thứ 6": "FR", "thứ bảy": "SA", "thứ 7": "SA", "chủ nhật": "SU",
}  # fmt: skip
_OFFSETS = {"ngày": "{}D", "tuần": "{}W", "tháng": "{}M", "năm": "{}Y", "giờ": "T{}H"}
_READERS = {
    "recurring": _recurring,
    "day-of-month": _day_of_month,
    "ongoing": _ongoing,
    "relative": _relative,
    "conditional": _conditional,
}

# --- tables of patterns, all readable by RE2 ------------------------------------------------------------------------

_ONES = "một|mốt|hai|ba|bốn|tư|năm|lăm|sáu|bảy|bẩy|tám|chín"
_WORDS = rf"(?:(?:(?:{_ONES}) )?mươi(?: (?:{_ONES}))?|mười(?: (?:{_ONES}))?|{_ONES})"
_COUNT = rf"(?P<count>[0-9]{{1,3}}|{_WORDS})(?: ?\([^()\n]{{1,20}}\))?"
_EVERY = r"(?:hằng|hàng|mỗi)"
_PERIODIC = r"(?:(?:theo )?định kỳ(?:,| \(| là| theo| vào)? ?)"
_TRIGGER = re.compile(r"(?:.* )?khi ", re.IGNORECASE)

_RULE_PATTERNS: tuple[tuple[str, str, str], ...] = (
    (
        "day-of-month",
        "day-of-month",
        rf"{_PERIODIC}?(?:(?:vào|trước|chậm nhất|đến|là) )*ngày (?P<day>{D}) (?:của )?"
        rf"(?:{_EVERY} tháng|(?P<quarterly>tháng cuối (?:của )?(?:(?:hằng|hàng|mỗi) )?qu[ýí]))",
    ),
    ("weekday", "recurring", rf"(?P<weekday>thứ (?:hai|ba|tư|năm|sáu|bảy|[2-7])|chủ nhật) {_EVERY} (?P<unit>tuần)"),
    ("every-so-often", "recurring", rf"{_PERIODIC}?{_COUNT} (?P<unit>tháng|năm|tuần|ngày|qu[ýí]) (?:một|0?1) lần"),
    (
        "times-a-period",
        "recurring",
        rf"{_PERIODIC}?(?:ít nhất |tối thiểu )?(?:mỗi (?P<unit>năm|tháng|qu[ýí]|tuần|ngày) )"
        rf"(?:ít nhất |tối thiểu )?(?P<times>[0-9]{{1,2}}|{_WORDS}) lần",
    ),
    (
        "times-per-period",
        "recurring",
        rf"{_PERIODIC}?(?:ít nhất |tối thiểu )?(?P<times>[0-9]{{1,2}}|{_WORDS}) lần(?: ?/ ?| mỗi | (?:một|trong) )(?:0?1 )?(?P<unit>năm|tháng|qu[ýí]|tuần|ngày)",
    ),
    ("ongoing-yearly", "recurring", rf"thường xuyên (?:định kỳ )?{_EVERY} (?P<unit>năm)"),
    ("every", "recurring", rf"{_PERIODIC}?{_EVERY} (?P<unit>năm|qu[ýí]|tháng|tuần|ngày)(?: một lần)?"),
    ("periodic-count", "recurring", rf"{_PERIODIC}{_COUNT} (?P<unit>tháng|năm|tuần|ngày)"),
    ("periodic-unit", "recurring", rf"{_PERIODIC}(?P<unit>cả năm|năm|qu[ýí]|tháng|tuần|ngày)"),
    ("periodic", "recurring", r"định kỳ"),
    (
        "ongoing",
        "ongoing",
        r"(?:thường xuyên(?:, | và | )liên tục(?: trong (?:cả )?năm)?|liên tục(?:, | và | )thường xuyên"
        r"|thường xuyên(?: trong (?:cả )?năm)?|liên tục)",
    ),
    (
        "after-event",
        "relative",
        r"(?:(?:chậm|muộn) nhất (?:là )?|(?:trong|sau) (?:(?:vòng|thời hạn|thời gian) )?|không quá |tối đa |ít nhất |trước )*"
        rf"{_COUNT} (?P<unit>ngày|tháng|tuần|giờ|năm)(?P<working> làm việc)?,? "
        r"(?P<link>(?:sau khi|(?:kể|tính) từ (?:khi|ngày|thời điểm|lúc)|kể từ|từ (?:khi|ngày)|trước (?:khi|ngày)|sau ngày))",
    ),
    (
        "within",
        "relative",
        r"(?:(?:chậm|muộn) nhất (?:là )?)?trong (?:vòng|thời hạn|thời gian) (?:không quá |tối đa )?"
        rf"{_COUNT} (?P<unit>ngày|tháng|tuần|giờ|năm)(?P<working> làm việc)?",
    ),
    ("same-time", "relative", r"cùng thời (?:gian|điểm)(?: với)?(?: việc)? (?:gửi|lập|trình|báo cáo|xây dựng)"),
    ("event", "conditional", r"(?:cho )?(?:(?:ngay )?sau|đến|tới|ngay) khi |khi (?:đã )?(?:có|được) "),
)

_CELL_RULE_PATTERNS: tuple[tuple[str, str, str], ...] = (
    ("report-period", "recurring", r"(?P<count>0?[36]|ba|sáu) (?P<unit>tháng)"),
    ("duration", "relative", rf"{_COUNT} (?P<unit>ngày|tháng|tuần|năm)(?P<working> làm việc)?"),
)

_LEAD_WORDS = (
    r"(?:chậm|muộn) nhất(?: là)?|không (?:quá|muộn hơn)|trước|trong(?: vòng)?|vào|ngay|kể từ|bắt đầu từ|từ|đến|tới|hết|cuối|đầu"
    r"|giữa|khoảng|dịp|nay|thời điểm|[0-9]{1,2}(?: ?(?:h|giờ) ?(?:[0-9]{2}(?: phút)?)?|:[0-9]{2}),?|những|các|tháng|nửa|định kỳ|là"
)
_LEAD_PATTERN = rf"(?:(?:{_LEAD_WORDS}) )+"
_LEAD_WORD = re.compile(rf"(?:{_LEAD_WORDS}) ", re.IGNORECASE)
_BARE = re.compile("|".join(re.sub(r"\?P<\w+>", "?:", pattern) for _, pattern in BARE_PATTERNS))
_RULES = tuple(
    (rule, kind, re.compile(pattern, re.IGNORECASE)) for rule, kind, pattern in _RULE_PATTERNS + _CELL_RULE_PATTERNS
)
_PERIODICALLY = re.compile(r"định kỳ", re.IGNORECASE)
_ANOTHER_DAY = re.compile(rf"(?:, | và | hoặc )(?P<one>{D} ?/ ?{M}(?: ?/ ?{Y})?)(?![0-9/])", re.IGNORECASE)
_ANOTHER_RECURRENCE = re.compile(
    r"(?:, | và |, và | hoặc |/)(?P<one>(?:(?:hằng|hàng|mỗi) )?(?:(?P<count>0?[369]|sáu|chín) )?(?P<unit>cả năm|năm|qu[ýí]|tháng|tuần)\b)(?! [0-9])(?! (?:đầu|cuối|hành|sau|tiếp|trước|học))",
    re.IGNORECASE,
)


def _union(patterns: list[str]) -> Any:
    """All patterns as one RE2 pattern without groups, so that it runs as an automaton."""
    return re2.compile("(?i)" + "|".join(f"(?:{re.sub(r'[?]P<[a-z]+>', '?:', pattern)})" for pattern in patterns))


@cache
def _running_text() -> Any:
    moments = [pattern for _, pattern in MOMENT_PATTERNS]
    bare = [pattern for _, pattern in BARE_PATTERNS]
    return _union(
        [pattern for _, _, pattern in _RULE_PATTERNS]
        + [rf"(?:{_LEAD_PATTERN})?(?:{'|'.join(moments)})", rf"{_LEAD_PATTERN}(?:{'|'.join(bare)})"]
    )


@cache
def _cell_text() -> Any:
    moments = [pattern for _, pattern in MOMENT_PATTERNS + BARE_PATTERNS]
    return _union(
        [pattern for _, _, pattern in _RULE_PATTERNS]
        + [rf"(?:{_LEAD_PATTERN})?(?:{'|'.join(moments)})"]
        + [pattern for _, _, pattern in _CELL_RULE_PATTERNS]
    )
