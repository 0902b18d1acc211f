"""Write a number in the format of a list: `format_number(4, "upperRoman")` gives "IV", `lowerLetter` of 28 "bb"."""

from __future__ import annotations

from collections.abc import Callable


def format_number(number: int, form: str) -> str:
    """*number* as `w:numFmt` *form* writes it; a form that is not known here, or a number beyond it, is decimal.

    >>> [format_number(4, form) for form in ("decimalZero", "lowerRoman", "upperLetter", "ordinal", "none")]
    ['04', 'iv', 'D', '4th', '']
    """
    if form in _EMPTY:
        return ""
    if "," in form:
        return str(number).zfill(min(len(form.split(",")[0].strip()), 9))
    if not 0 < number <= _LARGEST or form not in _FORMATS:
        return str(number)
    return _FORMATS[form](number)


def _roman(number: int) -> str:
    digits = ""
    for value, letters in _ROMAN:
        digits += letters * (number // value)
        number %= value
    return digits


def _letters(number: int) -> str:
    """`a` to `z`, then `aa`, `bb`: Word doubles the letter and does not count on in two places."""
    times, letter = divmod(number - 1, 26)
    return chr(ord("a") + letter) * (times + 1)


def _ordinal(number: int) -> str:
    suffix = "th" if 10 < number % 100 < 14 else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{suffix}"


# Beyond it Word's letters begin anew, and Roman numbers are no longer read; it also bounds how long a label grows.
_LARGEST = 780
_EMPTY = frozenset({"none", "bullet"})
_ROMAN = (
    (1000, "m"),
    (900, "cm"),
    (500, "d"),
    (400, "cd"),
    (100, "c"),
    (90, "xc"),
    (50, "l"),
    (40, "xl"),
    (10, "x"),
    (9, "ix"),
    (5, "v"),
    (4, "iv"),
    (1, "i"),
)
_FORMATS: dict[str, Callable[[int], str]] = {
    "decimalZero": lambda number: f"{number:02}",
    "upperRoman": lambda number: _roman(number).upper(),
    "lowerRoman": _roman,
    "upperLetter": lambda number: _letters(number).upper(),
    "lowerLetter": _letters,
    "ordinal": _ordinal,
    "numberInDash": lambda number: f"- {number} -",
    "decimalEnclosedParen": lambda number: f"({number})",
    "decimalEnclosedFullstop": lambda number: f"{number}.",
    "decimalEnclosedCircle": lambda number: chr(0x2460 + number - 1) if number <= 20 else str(number),
}
