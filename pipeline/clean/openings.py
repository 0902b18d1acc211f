"""Mend how the lines of a scan begin and end: stains in the margin, bullets and labels misread, attribute lines.

    l II NHIỆM VỤ      : a) Khảo sát …      5..Sở Y tế      ~ Cải tạo …      €ơ quan chủ trì; Sở Y tế

are a heading, two items, a bullet and an attribute line again. A stain is taken away only where a label, a bullet or
the head of an attribute line stands behind it, so that quotes and wrapped sentences keep what they begin with. The
heads of attribute lines are those that recur in the text itself, whatever their words.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping

import re2

from pipeline.clean.agency_pieces import bare_letters, is_name, is_near
from pipeline.clean.margins import MARGIN, margin_specks
from pipeline.clean.marks import UPPER
from pipeline.lookout import lookout
from pipeline.mapped_text import Edit, MappedText


def mend_openings(mapped: MappedText) -> MappedText:
    """The text with the beginnings and ends of its lines as they were printed.

    >>> print(mend_openings(MappedText.of("l b) Khảo sát\\n5..Sở Y tế\\n~ Giao Sở Y tế chủ trì. ụ")).text)
    b) Khảo sát
    5. Sở Y tế
    ~ Giao Sở Y tế chủ trì.
    """
    if MARGIN.search(mapped.text):
        mapped = mapped.edited(margin_specks(mapped.text))
    spoiled = _SPOILED.search(mapped.text) is not None
    for rule in (_bars, _stains, _labels, _bullets, _attribute_heads, _ends, _page_numbers):
        if spoiled or rule is _attribute_heads:
            before, mapped = mapped, mapped.edited(rule(mapped.text))
            spoiled = spoiled or mapped is not before
    return mapped


def _stains(text: str) -> Iterator[Edit]:
    patterns = (_STAIN, _STAINING_LETTER, _OPEN_QUOTE)
    found = (match.span(match.lastindex) for pattern in patterns for match in pattern.finditer(text))
    last = 0
    for start, end in sorted(found):
        if start >= last and not _QUOTED.search(text[start:end]):
            yield Edit(start, end, "")
            last = end


def _bars(text: str) -> Iterator[Edit]:
    """The edge of a page that a scan reads as one bar beside a line that goes on; cells have bars above or below."""
    for match in _BAR.finditer(text):
        start, end = match.span()
        above = text[max(0, start - _LINE) : start].rstrip().rpartition("\n")[2]
        below = text[end : end + _LINE].lstrip().partition("\n")[0]
        if "|" not in above + below:
            yield _edit(match.span(match.lastindex), "")


def _labels(text: str) -> Iterator[Edit]:
    """`5..Sở`, `e):Bồi`, and `5, Sở` behind item 4 and the end of a sentence."""
    if _SPOILED_LABEL.search(text) is None:
        return
    numbers = {0}
    for match in _LABEL.finditer(text):
        number, stop, colon = match.groups()
        if colon:
            yield _edit(match.span(3), " ")
        elif stop[0] == "." or (int(number) - 1 in numbers and _ends_sentence(text, match.start())):
            numbers.add(int(number))
            if stop.strip() != ".":
                yield _edit(match.span(2), ". ")


def _ends_sentence(text: str, line: int) -> bool:
    before = text[max(0, line - 4) : line].rstrip()
    return not before or before[-1] in ".;:"


def _bullets(text: str) -> Iterator[Edit]:
    """The signs that a scan reads for a dash, in a text with dashes."""
    if text.count("\n- ") < _FEWEST_DASHES:
        return
    for match in _BULLET.finditer(text):
        yield _edit(match.span(1), "-")


def _attribute_heads(text: str) -> Iterator[Edit]:
    """`€ơ quan chủ trì:`, `Chủ trì; Sở Y tế`, in a text with such heads of lines."""
    printed = Counter(match[1].strip() for match in _WHOLE_HEAD.finditer(text))
    if not (usual := _usual_heads(printed)):
        return
    right_of: dict[str, str | None] = {}
    for match in _HEAD.finditer(text):
        head, stop = match.groups()
        if head not in right_of:
            right = _mended_head(head, usual)
            rare = right == head or (right is not None and _TIMES_MORE * printed[head] < printed[right])
            right_of[head] = right if rare else None
        right = right_of[head]
        if right and (right != head or stop != ":") and not (stop != ":" and is_name(right)):
            yield Edit(match.start(1), match.end(2), right + ":")


def _usual_heads(printed: Counter[str]) -> dict[str, str]:
    """The heads that recur, by their bare letters; where several are near to one another, the commonest of them."""
    usual: dict[str, str] = {}
    for head, times in sorted(printed.items(), key=lambda one: (-one[1], one[0])):
        letters = bare_letters(head)
        if times >= _RECURS and not any(is_near(bare, letters) for bare in usual):
            usual[letters] = head
    return usual


def _mended_head(printed: str, usual: Mapping[str, str]) -> str | None:
    """The head of a line that *printed* is or was, None where it is none of the *usual* ones."""
    letters = bare_letters(printed)
    if right := usual.get(letters):
        return printed if printed.lower() == right.lower() else right
    if any(len(word) < 2 or word.isupper() for word in printed.split()):  # "Phần VI", "Bên A"
        return None
    return next((right for bare, right in usual.items() if is_near(bare, letters)), None)


def _ends(text: str) -> Iterator[Edit]:
    """What a scan reads behind a sentence, and behind an agency that heads a list."""
    for match in _END.finditer(text):
        if match[1] is None or is_name(match[1]):
            yield _edit(match.span(match.lastindex), "")


def _page_numbers(text: str) -> Iterator[Edit]:
    """A page number between an agency and what it is to do; too few of them may run on to be known by that."""
    for match in _NUMBER_BELOW.finditer(text):
        if is_name(match[1]):
            yield _edit(match.span(2), "")


def _edit(span: tuple[int, int], after: str) -> Edit:
    return Edit(span[0], span[1], after)


_FEWEST_DASHES = 3
_RECURS, _TIMES_MORE = 2, 2
_SIGNS = r":;.,'’‘`´¬ˆ~_„‹›#^°<>\\…”!¡«»="
_ATTRIBUTE = r"(?:Cơ quan|Đơn vị|Thời gian|Thời hạn) [^\n:|]{4,32}:"
_LABELS = (
    r"\d{1,2}(?:\.\d{1,2}){0,3}[.,] ?\p{Lu}|[a-zđø®©€¢4689]\) ?\p{Lu}|[IVX]{1,5}\.? \p{Lu}{2}|Điều \d{1,3}\. "
    rf"|{_ATTRIBUTE}"
)
_STAIN = re2.compile(
    rf"(?m)^((?:[{_SIGNS}—]{{1,3}}-? ?|[-–—] ?[{_SIGNS}]{{1,2}}[-–— ]{{0,2}}|[lìíï!¡] [{_SIGNS}]? ?){{1,2}})"
    rf"(?:{_LABELS}|[-+] ?[\p{{Lu}}\d])"
)
_STAINING_LETTER = re2.compile(
    rf"(?m)^(?:([ILÌÍ] )(?:{_LABELS}|\+ \p{{Lu}})|((?:\p{{L}} |-))(?:\d{{1,2}}[.,] \p{{Lu}}\p{{Ll}}|{_ATTRIBUTE}))"
)
_LINE = 300
_BAR = re2.compile(r"(?m)^(\| ?)\p{Ll}[^|\n]{40,}$|^\p{Ll}[^|\n]{40,}?( ?\|) *$")
_QUOTED = re.compile(r"[‘’']{2}")
_OPEN_QUOTE = re2.compile(rf"(?m)^([\"“] ?){_ATTRIBUTE}[^\n\"”]*$")
_LABEL = re2.compile(r"(?m)^(?:(\d{1,2})((?:\.[.,]?|[,;:]) ?)|[a-zđ]\)([:;.,] ?))\p{Lu}")
_SPOILED_LABEL = re2.compile(r"(?m)^(?:\d{1,2}(?:\.[.,]|[,;:])|[a-zđ]\)[:;.,]) ?\p{Lu}")
_BULLET = re2.compile(r"(?m)^([>~«»=¬°_]) \p{Lu}\p{Ll}")
_WHOLE_HEAD = re2.compile(rf"(?m)^(?:[-+*•] ?)?([{UPPER}][^\n:;.|(\d]{{5,33}}): +['‘“]?[{UPPER}\d]")
_HEAD = re.compile(
    rf"(?m)^(?:[-+*•] ?)?((?:[:;.] ?)?[^\s:;|(\d+*•-][^\n:;|()\d]{{4,34}}?) ?([:;.,])[ ]*['‘“]?[{UPPER}\d]"
)
_END = re2.compile(
    r"(?m)^\d{1,2}[.,:] ?(\p{Lu}[^\n:;.\d]{4,70}?):?((?: (?:[^\s\pL()“”\"]{1,2}|\p{L})){1,2})$"
    r"|[^.…\s](?:[.;:]( [:;.,'’‘`´¬ˆ~_„‹›^°<>\\«»]{1,2})|\.( \p{Ll})) ?$"
)
_NUMBER_BELOW = re2.compile(
    r"(?m)^\d{1,2}[.,:] ?(\p{Lu}[^\n:;.\d]{4,70}?):?(\s*\n\d{1,2})\n+(?:[-+] ?\p{Lu}|[a-zđ]\) )"
)
# What all rules but that of attribute heads look for.
_SPOILED = lookout(_BAR, _STAIN, _STAINING_LETTER, _OPEN_QUOTE, _SPOILED_LABEL, _BULLET, _END, _NUMBER_BELOW)
