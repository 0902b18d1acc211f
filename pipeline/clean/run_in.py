"""Give each item of a list that a dump has run together a line of its own.

    3. Sở Y tế: a) Rà soát kho thuốc; b) Cấp thuốc cho các trạm. 4. Sở Xây dựng sửa đường.

is four lines in print. A label within a line is broken off only where it is the one that must come next: the successor
of one seen before, or a first one behind a colon or a full stop whose successor comes soon. A lone `2.` is a reference.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import re2

from pipeline.clean.marks import LOWER, UPPER, at_line_starts
from pipeline.mapped_text import Edit, MappedText


def break_run_in_lists(mapped: MappedText) -> MappedText:
    """Put a line break before each item that stands behind another on one line.

    >>> print(break_run_in_lists(MappedText.of("1. Sở Y tế: a) Rà soát kho; b) Cấp thuốc. 2. Sở Xây dựng")).text)
    1. Sở Y tế:
    a) Rà soát kho;
    b) Cấp thuốc.
    2. Sở Xây dựng
    """
    text = mapped.text
    if _ANY_GLUED.search(text):
        return mapped.edited(_breaks(text, _GLUED))
    return mapped.edited(_breaks(text, _INNER)) if _ANY_INNER.search(text) else mapped


def _breaks(text: str, inner: re.Pattern[str]) -> Iterator[Edit]:
    last: dict[str, str] = {}
    own_end = read = line_end = 0
    in_table = False
    for mark in inner.finditer(text):
        gap = mark.start("gap")
        for own in at_line_starts(_OWN, text, read, gap):
            own_end = own.end()
            if own["article"] is not None:
                last.clear()
            else:
                _remember(own["own"], last)
        read = gap
        if gap >= line_end:
            line_end, in_table = _line(text, gap)
        if gap < own_end or in_table or _REFERENCE.search(text, max(0, gap - 12), gap):
            continue
        label = mark["inner"]
        if _follows(label, last.get(_kind(label))) or _begins(text, gap, mark.end(), label):
            yield Edit(gap, mark.start("inner"), "\n")
            _remember(label, last)


def _remember(label: str, last: dict[str, str]) -> None:
    kind = _kind(label)
    if kind == NUMBER:
        last.pop(LETTER, None)
    last[kind] = label


def _kind(label: str) -> str:
    if label[0].isdigit():
        return NUMBER if label.count(".") == 1 else label.rstrip(".").rpartition(".")[0]
    return LETTER if label[0].isalpha() else label


def _follows(label: str, before: str | None) -> bool:
    """Whether *label* is the next of its kind after *before*: `b)` after `a)`, a bullet after another."""
    return before is not None and label in _successors(before)


def _successors(label: str) -> tuple[str, ...]:
    if label[0].isdigit():
        head, _, tail = label.rstrip(".").rpartition(".")
        return (f"{head}.{int(tail) + 1}." if head else f"{int(tail) + 1}.",)
    if not label[0].isalpha():
        return (label,)
    at = _LETTERS.find(label[0])
    return tuple(f"{letter})" for letter in _LETTERS[at + 1 : at + 3])


def _begins(text: str, gap: int, end: int, label: str) -> bool:
    """Whether a list begins with *label* behind *gap*: what leads it in stands before it, the second soon after."""
    if label not in _FIRST or text[gap - 1] not in ":." or (label[0].isdigit() and text[gap - 1] != ":"):
        return False
    seconds = "|".join(map(re.escape, _successors(label)))
    return re.compile(rf"(?:[.;:”]\s+|\n)(?:{seconds}) ?[{UPPER}“]").search(text, end, end + REACH) is not None


def _line(text: str, at: int) -> tuple[int, bool]:
    """Where the line around *at* ends, and whether it is one of a table."""
    start, end = text.rfind("\n", 0, at) + 1, text.find("\n", at)
    end = end if end >= 0 else len(text)
    return end, text.find("|", start, end) >= 0


REACH = 3000  # characters from the first item of a list to the second
NUMBER, LETTER = "number", "letter"
_FIRST = frozenset({"a)", "1.", "-", "+", "•"})
_LETTERS = "abcdđefghijklmnopqrstuvwxy"
_ANY_INNER = re2.compile(r"[.;:”]\s+(?:\d{1,2}\.(?:\d{1,2}\.)*|[a-zđ]\)|[-+•])\s\p{Lu}")
_ANY_GLUED = re2.compile(r"[\p{Ll})”][.;](?:\d{1,2}\.|[a-zđ]\)) \p{Lu}")
_OWN = re.compile(
    r" *(?:(?P<article>(?:Điều|Chương|Mục|Phần|Phụ lục|PHỤ LỤC|[IVX]{1,5}\.)\s)"
    r"|(?P<own>\d{1,2}\.(?:\d{1,2}\.?)*(?=\s)|[a-zđ]\)|[-+•](?=\s)))"
)
_INNER_LABEL = rf"(?P<inner>\d{{1,2}}\.(?:\d{{1,2}}\.)*|[a-zđ]\)|[-+•]) (?=[“{UPPER}])"
_INNER = re.compile(rf"[.;:”](?P<gap> +){_INNER_LABEL}")
# A dump may have lost the space, too: `… cho các trạm.4. Lập sổ`.
_GLUED = re.compile(rf"(?P<gap>(?<=[.;:”]) +|(?<=[{LOWER})”][.;])(?![-+•])){_INNER_LABEL}")
_REFERENCE = re.compile(r"(?:[Đđ]iều|[Kk]hoản|[Đđ]iểm|[Mm]ục|[Bb]ảng|số|lục|TM|KT|TL|TUQ)\.?\Z")
