"""Characters that a format forbids, and words that a spreadsheet would run.

    as_cell("=HYPERLINK(…)")  →  "'=HYPERLINK(…)"

A document's text may hold anything. What XML 1.0 forbids is dropped for all formats that people open in programs; JSON
keeps it.
"""

from __future__ import annotations

import re


def allowed(text: str) -> str:
    r"""*text* without what XML 1.0 forbids: control characters but tab and newlines, lone surrogates, non-characters.

    >>> allowed("Kế\x00 hoạch\x0b\ud800")
    'Kế hoạch'
    """
    return _FORBIDDEN.sub("", text)


def one_line(text: str) -> str:
    """*text* with each run of white space as one space.

    >>> one_line(" Sở Y tế\\n  chủ trì ")
    'Sở Y tế chủ trì'
    """
    return " ".join(allowed(text).split())


def shortened(text: str, longest: int) -> str:
    """*text* on one line, cut at the end of a word where it is longer than *longest*.

    >>> shortened("Sở Y tế chủ trì", 9)
    'Sở Y tế…'
    """
    flat = one_line(text)
    if len(flat) <= longest:
        return flat
    cut = flat[: longest - 1]
    if flat[longest - 1] != " " and " " in cut:
        cut = cut.rsplit(" ", 1)[0]
    return cut.rstrip(" ,;:.-") + "…"


def as_cell(text: str) -> str:
    """*text* so that a spreadsheet shows it and never runs it; a plain number stays a number.

    >>> as_cell("=1+1"), as_cell("-5,2%"), as_cell("@sum"), as_cell("- Sở Y tế")
    ("'=1+1", '-5,2%', "'@sum", "'- Sở Y tế")
    """
    clean = allowed(text)
    return f"'{clean}" if _FORMULA.match(clean) and not _NUMBER.fullmatch(clean) else clean


def cut_to_cell(text: str) -> str:
    r"""*text* without what is forbidden, cut to the most that a cell can hold: 32,767 UTF-16 units.

    >>> cut_to_cell("Sở\x07 Y tế"), len(cut_to_cell("a" * 40_000))
    ('Sở Y tế', 32767)
    """
    clean = allowed(text)
    units = clean.encode("utf-16-le")
    if len(units) <= 2 * LONGEST_CELL:
        return clean
    return units[: 2 * (LONGEST_CELL - 1)].decode("utf-16-le", "ignore") + "…"


LONGEST_CELL = 32_767
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\x80-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
# The last four are the full-width forms, which East Asian spreadsheets take for the plain ones.
_FORMULA = re.compile(r"[\s'\"]*[=+\-@\t\r＝＋－＠]")
_NUMBER = re.compile(r"=|[+-]?\d[\d.,]*\s?%?")  # a lone "=" is a comparator
