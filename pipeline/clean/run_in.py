"""Give each item of a list that a dump has run together a line of its own.

    3. Sở Y tế: a) Rà soát kho thuốc; b) Cấp thuốc cho các trạm. 4. Sở Xây dựng sửa đường.

is four lines in print. A label within a line is broken off only where it is the one that must come next: the successor
of one seen before, or a first one behind a colon or a full stop whose successor comes soon. A lone `2.` is a reference.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import re2

from pipeline.clean.marks import LOWER, UPPER
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
        return mapped.edited(_breaks(text, _GLUED_MARK))
    return mapped.edited(_breaks(text, _MARK)) if _ANY_INNER.search(text) else mapped


def _breaks(text: str, marks: re.Pattern[str]) -> Iterator[Edit]:
    last: dict[str, str] = {}
    for mark in marks.finditer(text):
        if mark["article"] is not None:
            last.clear()
            continue
        label = mark["own"] or mark["inner"]
        kind = _kind(label)
        if mark["inner"] is not None:
            if _REFERENCE.search(text, max(0, mark.start() - 12), mark.start()) or _in_table(text, mark.start()):
                continue
            if not (_follows(label, last.get(kind)) or _begins(text, mark, label)):
                continue
            yield Edit(mark.start(), mark.start("inner"), "\n")
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


def _begins(text: str, mark: re.Match[str], label: str) -> bool:
    """Whether a list begins here: its first label behind what leads it in, and the second soon after."""
    if (
        label not in _FIRST
        or text[mark.start() - 1] not in ":."
        or (label[0].isdigit() and text[mark.start() - 1] != ":")
    ):
        return False
    seconds = "|".join(map(re.escape, _successors(label)))
    return (
        re.compile(rf"(?:[.;:”]\s+|\n)(?:{seconds}) ?[{UPPER}“]").search(text, mark.end(), mark.end() + REACH)
        is not None
    )


def _in_table(text: str, at: int) -> bool:
    start, end = text.rfind("\n", 0, at) + 1, text.find("\n", at)
    return "|" in text[start : end if end >= 0 else len(text)]


REACH = 3000  # characters from the first item of a list to the second
NUMBER, LETTER = "number", "letter"
_FIRST = frozenset({"a)", "1.", "-", "+", "•"})
_LETTERS = "abcdđefghijklmnopqrstuvwxy"
_ANY_INNER = re2.compile(r"[.;:”]\s+(?:\d{1,2}\.(?:\d{1,2}\.)*|[a-zđ]\)|[-+•])\s\p{Lu}")
_ANY_GLUED = re2.compile(r"[\p{Ll})”][.;](?:\d{1,2}\.|[a-zđ]\)) \p{Lu}")
_OWN_LABEL = (
    r"^ *(?:(?P<article>(?:Điều|Chương|Mục|Phần|Phụ lục|PHỤ LỤC|[IVX]{1,5}\.)\s)"
    r"|(?P<own>\d{1,2}\.(?:\d{1,2}\.?)*(?=\s)|[a-zđ]\)|[-+•](?=\s)))"
)
_INNER_LABEL = rf"(?P<inner>\d{{1,2}}\.(?:\d{{1,2}}\.)*|[a-zđ]\)|[-+•]) (?=[“{UPPER}])"
_MARK = re.compile(rf"{_OWN_LABEL}|(?<=[.;:”]) +{_INNER_LABEL}", re.MULTILINE)
# A dump may have lost the space, too: `… cho các trạm.4. Lập sổ`.
_GLUED_MARK = re.compile(rf"{_OWN_LABEL}|(?:(?<=[.;:”]) +|(?<=[{LOWER})”][.;])(?![-+•])){_INNER_LABEL}", re.MULTILINE)
_REFERENCE = re.compile(r"(?:[Đđ]iều|[Kk]hoản|[Đđ]iểm|[Mm]ục|[Bb]ảng|số|lục|TM|KT|TL|TUQ)\.?\Z")
