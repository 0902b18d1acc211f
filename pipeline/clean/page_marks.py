"""Take out what a converter writes where a page ends: `--- PAGE BREAK ---`, `[Trang 3]`, `<!-- page 3 -->`, `Page | 3`.

With a mark goes what the page itself repeats around it, its number and its running head: `--- Page 3 ---⏎⏎3⏎⏎bản cam
kết` is one sentence again. A bare `Trang 3` may be a line of a list of contents and is a mark only where such lines
count up; a lone number only where it counts with the marks; a running head only where most pages have it, or the name
of a file (`7.QDX25.DOC 3`) that a scan reads in many ways.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import pairwise

import re2

from pipeline.clean.marks import is_bullet, is_rule, label_of
from pipeline.mapped_text import Edit, MappedText


@dataclass(slots=True)
class _Gap:
    """What stands between the texts of two pages; `number` is the one printed for the page that begins, else 0."""

    start: int
    end: int
    number: int


def drop_page_marks(mapped: MappedText) -> MappedText:
    """The text without the marks of page breaks, each with the page number and the running head beside it.

    >>> drop_page_marks(MappedText.of("cơ quan\\n\\n--- PAGE BREAK ---\\n\\n2\\n\\nchủ trì")).text
    'cơ quan\\nchủ trì'
    """
    text = mapped.text
    gaps = list(_gaps(text))
    if gaps:
        _take_page_numbers(text, gaps)
        for _ in range(_MOST_HEAD_LINES):
            _take_running_lines(text, gaps)
        mapped = mapped.edited(Edit(gap.start, gap.end, _break_between(text, gap)) for gap in _merged(gaps))
    return mapped.edited(_inner_edits(mapped.text))


def _gaps(text: str) -> Iterator[_Gap]:
    """The gap around each mark, or around several that follow one another."""
    last: _Gap | None = None
    for match in _in_sequence(list(_MARK.finditer(text))):
        start, end = _widened(text, match.start(), match.end())
        if last is not None and start <= last.end:
            last.end, last.number = end, _number(match) or last.number
            continue
        if last is not None:
            yield last
        last = _Gap(start, end, _number(match))
    if last is not None:
        yield last


def _merged(gaps: list[_Gap]) -> Iterator[_Gap]:
    """The gaps, those that a page of nothing but its head and number lets meet as one."""
    last = gaps[0]
    for gap in gaps[1:]:
        if gap.start <= last.end:
            last.end = max(last.end, gap.end)
        else:
            yield last
            last = gap
    yield last


def _in_sequence(found: list[re.Match[str]]) -> list[re.Match[str]]:
    """All marks but for bare ones (`Trang 3`) that do not count up."""
    bare = [match for match in found if match["bare"]]
    steps = sum(_number(after) - _number(before) == 1 for before, after in pairwise(bare))
    counted = len(bare) > 1 and steps * 2 >= len(bare) - 1
    return [match for match in found if not match["bare"] or counted]


def _number(match: re.Match[str]) -> int:
    digits = _DIGITS.search(match[0])
    return int(digits[0]) if digits else 0


def _widened(text: str, start: int, end: int) -> tuple[int, int]:
    """The place of a mark with the blank lines and rules around it."""
    while True:
        wider = _text_end(text, start), _text_start(text, end)
        line = text[text.rfind("\n", 0, wider[0]) + 1 : wider[0]].strip()
        if line and is_rule(line) and len(line) >= _SHORTEST_RULE:
            wider = wider[0] - len(line), wider[1]
        stop = _line_end(text, wider[1])
        below = text[wider[1] : stop].strip()
        if below and is_rule(below) and len(below) >= _SHORTEST_RULE:
            wider = wider[0], stop
        if wider == (start, end):
            return wider
        start, end = wider


def _take_page_numbers(text: str, gaps: list[_Gap]) -> None:
    """Widen the gaps by the page numbers that stand above or below them, where most count with the marks.

    Where a scan left most out, one is taken that its mark repeats, that counts with another as their marks do, or that
    stands within a sentence.
    """
    found: list[tuple[_Gap, int, int, bool]] = []
    lone = list(_lone_numbers(text, gaps))
    lags = Counter(number - place for place, _, number, _, _ in lone)
    last = 0
    for place, gap, number, start, stop in lone:
        if gap is (found[-1][0] if found else None):
            continue
        with_another = lags[number - place] > 1
        counts = number in (gap.number, place, place + 1, 2) or 0 < number - last <= _MOST_UNREAD
        if counts or with_another:
            sure = (
                with_another or number == gap.number or _is_in_sentence(text, min(gap.start, start), max(gap.end, stop))
            )
            found.append((gap, start, stop, sure))
            last = number
    most = len(found) * 2 >= len(gaps)
    for gap, start, stop, sure in found:
        if most or sure:
            gap.start, gap.end = _widened(text, min(gap.start, start), max(gap.end, stop))


def _lone_numbers(text: str, gaps: list[_Gap]) -> Iterator[tuple[int, _Gap, int, int, int]]:
    """The numbers alone on the lines below and above each gap: its place, the gap, the page that begins, the line."""
    for place, gap in enumerate(gaps, 1):
        above = gap.start and text.rfind("\n", 0, gap.start) + 1
        for start, stop, lag in ((gap.end, _line_end(text, gap.end), 0), (above, gap.start, 1)):
            match = _PAGE_NUMBER.fullmatch(text, start, stop) if start != stop else None
            if match is not None and not _numbers_row(text, match, gaps, place - 1):
                yield place, gap, int(match["number"]) + lag, start, stop


def _is_in_sentence(text: str, start: int, end: int) -> bool:
    """Whether a sentence goes on in small letters behind what stands between *start* and *end*."""
    before, after = _text_end(text, start), _text_start(text, end)
    return text[after : after + 1].islower() and text[before - 1 : before] not in (".", ";", ":", "|")


def _numbers_row(text: str, match: re.Match[str], gaps: list[_Gap], place: int) -> bool:
    """Whether a lone number goes on with, or is gone on with by, the row numbers of a table of one cell a line."""
    number = int(match["number"])
    above = text[gaps[place - 1].end if place else 0 : match.start()].partition("\n")[2]
    below = text[match.end() : gaps[place + 1].start if place + 1 < len(gaps) else len(text)]
    return f"\n{number - 1}\n" in above or f"\n{number + 1}\n" in below[: below.rfind("\n") + 1]


def _take_running_lines(text: str, gaps: list[_Gap]) -> None:
    """Widen the gaps by the line below or above them that most pages repeat."""
    below = [(gap.end, _line_end(text, gap.end)) for gap in gaps]
    above = [(text.rfind("\n", 0, gap.start) + 1, gap.start) for gap in gaps]
    for places in (below, above):
        heads = [text[start:stop].strip() for start, stop in places]
        running = _running(heads, max(_LEAST_PAGES, len(gaps) / 2))
        for gap, head, (start, stop) in zip(gaps, heads, places, strict=True):
            if head in running:
                gap.start, gap.end = _widened(text, min(gap.start, start), max(gap.end, stop))


def _running(heads: list[str], least: float) -> set[str]:
    """Those of the lines beside marks that recur *least* times, a code that a scan reads in many ways among them."""
    running = {head for head, times in Counter(heads).items() if times >= least and _may_run(head)}
    codes = [head for head in heads if _CODE.fullmatch(head)]
    for one in codes[:_MOST_CODES] if len(codes) >= least else ():
        alike = [other for other in codes if _is_alike(one, other)]
        if len(alike) >= least:
            running.update(alike)
    return running


def _is_alike(one: str, other: str) -> bool:
    """Whether two lines begin with the same code but for what a scan misread: `7.QDX2S.DOC 3`, `7.QDX25.DOC.`."""
    return SequenceMatcher(None, one.split()[0], other.split()[0], autojunk=False).ratio() >= _ALIKE


def _may_run(line: str) -> bool:
    """Whether a line may be a running head: no bullet, no label, no row of a table, no head `TT`."""
    return len(line) >= _SHORTEST_HEAD and "|" not in line and not is_bullet(line) and label_of(line) is None


def _break_between(text: str, gap: _Gap) -> str:
    """What stands for the gap: a line break where a sentence or a table may go on, a blank line where it may not."""
    if not gap.start or gap.end >= len(text):
        return "\n" if gap.start else ""
    line = text[text.rfind("\n", 0, gap.start) + 1 : gap.start]
    following = text[gap.end : _line_end(text, gap.end)]
    if following[:1].islower() or "|" in line or "|" in following:
        return "\n"
    short = len(line) < _SHORT_LINE and following[:1].isupper()
    return "\n\n" if short or line[-1] in ".;:!?" else "\n"


def _inner_edits(text: str) -> Iterable[Edit]:
    """Marks within a line (`câu bị --- Page 2 --- cắt ngang`), which nothing but a converter writes."""
    for match in _INNER_MARK.finditer(text):
        yield Edit(match.start(), match.end(), " " if match.start() and text[match.start() - 1] != "\n" else "")


def _text_end(text: str, place: int) -> int:
    while place and text[place - 1].isspace():
        place -= 1
    return place


def _text_start(text: str, place: int) -> int:
    while place < len(text) and text[place].isspace():
        place += 1
    return place


def _line_end(text: str, start: int) -> int:
    end = text.find("\n", start)
    return len(text) if end < 0 else end


_MOST_HEAD_LINES = 2
_MOST_CODES = 6  # that are compared with all others
_ALIKE = 0.75
_CODE = re.compile(r"(?=\S*[A-Z]{2})(?=\S*\d)[^\s|]{8,40}(?: \S{1,3}){0,2}")  # the name of a file, and a page number
_MOST_UNREAD = 3  # page numbers
_LEAST_PAGES = 3
_SHORTEST_HEAD = 8
_SHORTEST_RULE = 3
_SHORT_LINE = 48
_PAGE = r"(?:page|trang|pg)"
_COUNT = r"(?:\d{1,4}(?: *(?:/|of|trên|trong số) *\d{1,4})?)"
_NAMED = (
    r"(?:(?:start|end|begin|bắt đầu|kết thúc|hết|đầu|cuối) (?:of )?)?"
    rf"{_PAGE} *(?:số |no\.? |number |#|:)? *{_COUNT}"
    rf"|page ?break|new ?page|ngắt trang|sang trang|hết trang|{_COUNT} *\| *{_PAGE}"
)
_COMMENT = (
    r"<!-- *(?:page|trang) ?(?:break|number|no|header|footer|số)? *(?:[:=] *)?[^\n<>]{0,160}-->"
    r"|<!-- *(?:start|end|begin|new) (?:of )?(?:page|trang)[^\n<>]{0,40}-->"
)
_FENCE = r"[-–—=*_~#]{2,}"
_FENCED = rf"{_FENCE} ?[\[(<]?(?:{_NAMED})[\])>]? ?{_FENCE}"
_BRACKETED = rf"\[{{1,2}} ?(?:{_NAMED}) ?\]{{1,2}}|<{{1,2}}/?(?:{_NAMED})/?>{{1,2}}|\{{ ?(?:{_NAMED}) ?\}}"
_TAGGED = (
    rf"<{_PAGE}> ?\d{{1,4}} ?</{_PAGE}>|</?{_PAGE}(?:[ _](?:number|break|no|id|num)\b[^\n<>]{{0,24}})?>"
    rf"|<page_number>[^\n<>]{{0,12}}</page_number>|\{{\d{{1,4}}\}}-{{8,}}|\\(?:pagebreak|newpage)(?:\{{\}})?"
)
_PLAIN = (
    r"page *\|? *\d{1,4}(?: *(?:/|of) *\d{1,4})?|trang *(?:số *)?(?:\| *\d{1,4}|\d{1,4} *(?:/|trên) *\d{1,4})"
    r"|\d{1,4} *\| *(?:page|trang|p a g e)|p a g e *\| *\d{1,4}|page ?break|new page|ngắt trang"
)
_MARK = re2.compile(
    r"(?im)^ *(?:[-–—=*_~#>]{1,3} )?"
    rf"(?:{_FENCED}|{_BRACKETED}|{_TAGGED}|{_COMMENT}|{_PLAIN}"
    r"|(?P<bare>\(? ?trang *(?:số *)?\d{1,4} ?\)?)) *\.?$"
)
_INNER_MARK = re2.compile(
    rf"(?i) ?(?:-{{3,}} ?{_PAGE} \d{{1,4}} ?-{{3,}}|={{3,}} ?{_PAGE} \d{{1,4}} ?={{3,}}|{_COMMENT}) ?"
)
_DIGITS = re.compile(r"\d+")
_SPECKS = "¬\"'`~_:«»‹›“”—–^„*|.,;=-"
_PAGE_NUMBER = re.compile(rf"[{re.escape(_SPECKS)} \t\f]{{0,9}}(?P<number>\d{{1,3}})[{re.escape(_SPECKS)} \t\f]{{0,9}}")
