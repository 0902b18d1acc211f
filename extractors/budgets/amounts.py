"""Find sums of money in running text: "2.408,750 tỷ đồng", "36.905.000.000đ", "500 triệu".

One pass of re2 over the whole text finds the candidates; a candidate is read closely on the few characters around it.
A rate (`đồng/hộ`) is not a sum; a yearly one (`đồng/năm`) is.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import regex

from extractors.numbers import money_multiplier, parse_amount
from extractors.whole_text import find_spans, whole_text_pattern


@dataclass(frozen=True, slots=True)
class Amount:
    """A sum of money from its figure at `start` to the end of its unit; `label_end` is where its label may end.

    `is_bound` marks a limit (`không quá 5 tỷ đồng`, `từ 30 tỷ đồng trở lên`) and one end of a range.
    """

    start: int
    end: int
    label_end: int
    figure: str
    unit: str
    multiplier: int
    vnd: int
    is_bound: bool


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the text (a paragraph or an item) and the sums in it."""

    start: int
    end: int
    amounts: tuple[Amount, ...]


def lines_with_money(text: str) -> Iterator[Line]:
    """Each line that names a sum of money, but for rows of tables.

    >>> [[a.vnd for a in line.amounts] for line in lines_with_money("Vốn: 2,5 tỷ đồng, tỉnh 500 triệu đồng")]
    [[2500000000, 500000000]]
    """
    start = end = -1
    amounts: list[Amount] = []
    for found, stop in find_spans(_CANDIDATE, text):
        if found >= end:
            if amounts:
                yield Line(start, end, tuple(amounts))
            start = text.rfind("\n", 0, found) + 1
            end = text.find("\n", stop)
            end = len(text) if end < 0 else end
            amounts = []
            in_table = (
                text.startswith("|", start) or text.find(" | ", start, end) >= 0 or text.find("\t", start, end) >= 0
            )
        if not in_table and (amount := _read(text, found, end)):
            amounts.append(amount)
    if amounts:
        yield Line(start, end, tuple(amounts))


def _read(text: str, start: int, line_end: int) -> Amount | None:
    match = _SUM.match(text, start)
    if not match or _GLUED.search(text, max(0, start - 8), start):
        return None
    unit = match["unit"] or match["bare"]
    multiplier = money_multiplier(unit) or _BARE_UNITS.get(unit.casefold())
    value = parse_amount(match["figure"])
    if multiplier is None or value is None:
        return None
    bound = _LIMIT_BEFORE.search(text, max(0, start - 40), start) or _LIMIT_AFTER.match(text, match.end())
    return Amount(
        start=start,
        end=match.end(),
        label_end=start,
        figure=match["figure"],
        unit=" ".join(unit.split()),
        multiplier=multiplier,
        vnd=round(value * multiplier),
        is_bound=bound is not None,
    )


_BARE_UNITS = {"triệu": 10**6}
_CANDIDATE = whole_text_pattern(r"\d[\d.,]*(?:\s\d{3})*\s*(?i:nghìn|ngàn|triệu|tr\.?\s?đ|tỷ|tỉ|đồng|đ|vnđ|vnd)")
# Not `QĐ35 đồng` nor `1/2 tỷ`, but `khoảng35 tỷ đồng`, which has only lost its space.
_GLUED = regex.compile(r"[\p{L}\d./,](?<!khoảng|gần|hơn|trên|là)$", regex.IGNORECASE)
_SUM = regex.compile(
    r"(?P<figure>\d{1,3}(?: \d{3})+(?:,\d+)?|\d[\d.,]*(?<=\d))\s*"
    r"(?:(?P<unit>(?:(?:nghìn|ngàn) (?:tỷ|tỉ)|nghìn|ngàn|triệu|tr\.?|tỷ|tỉ)?\s*"
    r"(?:đồng(?! (?:chí|bào|thời|bộ|nghiệp))|đ|vnđ|vnd))(?!\p{L})"
    r"|(?P<bare>(?:nghìn |ngàn )?(?:tỷ|tỉ)|triệu)(?=\s*(?:[.,;:()\n]|$|từ|trong đó|bao gồm|và )))"
    r"(?:\s*/\s*(?:\d{1,2} )?năm(?!\s*/))?(?!\s*/)(?! (?:tiền mặt|một |mỗi ))",
    regex.IGNORECASE,
)
_LIMIT_BEFORE = regex.compile(
    r"(?:\bdưới|không quá|không vượt quá|tối đa|tối thiểu|ít nhất|\btừ|"
    r"\bđến|\btới(?<!lên tới)|bằng hoặc|\bmỗi|\d\s*[-–])"
    r"(?: khoảng| là)?\s*(?:\d[\d.,]*\s*[-–]\s*)?$",
    regex.IGNORECASE,
)
_LIMIT_AFTER = regex.compile(
    r"[^\S\n]*(?:\([^()\n]{1,40}\)[^\S\n]*)?[+x×]\s|[^\S\n]*(?:trở lên|trở xuống|đến (?:dưới )?\d|[-–] ?\d|"
    r"đối với|cho (?:một|mỗi)|một (?:hộ|người)|mỗi)",
    regex.IGNORECASE,
)
