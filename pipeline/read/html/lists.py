"""The marks that a page draws before list items and that are not in its text: `<ol type="a"><li>` gives `a. `.

An item that brings its own label (`1. Trồng chè`, `- Trồng chè`) gets none: such pages switch the marks off in a style
sheet, which is elsewhere.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from pipeline.read.html.page import Element


@dataclass(slots=True)
class OpenList:
    """A list on the way, and the number that its next item bears."""

    style: str
    number: int = 1
    by: int = 1

    @classmethod
    def of(cls, element: Element) -> OpenList:
        """The list that *element*, an `ol`, `ul`, `menu` or `dir`, opens."""
        style = _style(element) or ("decimal" if element.tag == "ol" else "disc")
        backwards = element.tag == "ol" and element.get("reversed") is not None
        first = sum(child.tag == "li" for child in element) if backwards else 1
        return cls(style, _integer(element.get("start"), first), -1 if backwards else 1)

    def mark(self, item: Element) -> str:
        """The mark of the next item, with the space after it; nothing when the list draws none."""
        number = _integer(item.get("value"), self.number)
        self.number = number + self.by
        return mark(_style(item) or self.style, number)


def mark(style: str, number: int) -> str:
    """The mark that a list of *style*, in the words of CSS, draws before its item *number*.

    >>> mark("lower-alpha", 28), mark("upper-roman", 4), mark("disc", 1), mark("none", 1)
    ('ab. ', 'IV. ', '- ', '')
    """
    if style == "none":
        return ""
    if style in _BULLETS:
        return "- "
    if style.endswith(("alpha", "latin")) and number > 0:
        return f"{_cased(_letters(number), style)}. "
    if style.endswith("roman") and 0 < number < 4000:
        return f"{_cased(_roman(number), style)}. "
    return f"{number:02}. " if style == "decimal-leading-zero" else f"{number}. "


def has_label(text: str) -> bool:
    """Whether an item's text brings its own label."""
    return bool(_LABEL.match(text))


def _style(element: Element) -> str | None:
    css = element.get("style")
    if css and (match := _LIST_STYLE.search(css)):
        return match[1].lower()
    kind = (element.get("type") or "").strip()
    return _TYPES.get(kind) or _TYPES.get(kind.lower() if len(kind) > 1 else "")


def _integer(value: str | None, default: int) -> int:
    match = _INTEGER.match(value or "")
    return int(match[1]) if match else default


def _letters(number: int) -> str:
    letters = ""
    while number > 0:
        number, place = divmod(number - 1, 26)
        letters = chr(ord("a") + place) + letters
    return letters


def _roman(number: int) -> str:
    text = ""
    for value, letters in _ROMAN:
        count, number = divmod(number, value)
        text += letters * count
    return text


def _cased(letters: str, style: str) -> str:
    return letters.upper() if style.startswith("upper") else letters.lower()


_TYPES = {
    "1": "decimal", "a": "lower-alpha", "A": "upper-alpha", "i": "lower-roman", "I": "upper-roman",
    "disc": "disc", "circle": "circle", "square": "square", "none": "none",
}  # fmt: skip
_BULLETS = frozenset({"disc", "circle", "square", "disclosure-open", "disclosure-closed"})
_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"),
    (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip
_LIST_STYLE = re.compile(
    r"(?i)list-style(?:-type)?\s*:[^;]*?\b"
    r"(none|disc|circle|square|decimal-leading-zero|decimal|(?:lower|upper)-(?:alpha|latin|roman))\b"
)
_INTEGER = re.compile(r"\s*(-?\d{1,9})")
_LABEL = re.compile(
    r"\s*(?:[-+*•–—·▪■o✓]\s|[-+•–—·▪■]|\(?(?:\d{1,3}(?:\.\d{1,3})*|[a-zđA-ZĐ]|[ivxIVX]{1,6})[.)/]"
    r"|(?:Điều|Khoản|Mục|Phần|Chương)\s+[\dIVX]+)"
)
