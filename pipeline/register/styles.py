"""How the workbook looks: Times New Roman as Nghị định 30/2020/NĐ-CP asks of documents, wrapped cells, state colours.

Each state has a colour besides its words, never instead of them.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from xlsxwriter import Workbook
from xlsxwriter.format import Format

from pipeline.register.term import State

FONT = {"font_name": "Times New Roman", "font_size": 11}
CELL = {**FONT, "text_wrap": True, "valign": "top", "border": 1, "border_color": "#BFC5CD"}
STATE_GROUND: dict[State, tuple[str, str]] = {
    "overdue": ("#F8D7D4", "#8A1C12"),
    "running": ("#DCEFE1", "#1D5B33"),
    "pending": ("#FCECC8", "#6B4700"),
    "open": ("#E8EAED", "#3C4450"),
}
HEIGHT_OF_LINE = 15.0  # points
MOST_HEIGHT = 409.0  # points, of Excel
MOST_COUNTED = 4000  # letters; more are higher than a row can be
CAPITAL, SMALL = 1.1, 0.72  # widths of letters in the unit of column widths
STATE_INK: dict[State, str] = {"overdue": "#B3352C", "running": "#2F7D4F", "pending": "#D99A1B", "open": "#8A93A0"}


class Styles(NamedTuple):
    """The formats of a workbook."""

    title: Format
    about: Format
    head: Format
    text: Format
    small: Format
    day: Format
    month: Format
    number: Format
    share: Format
    link: Format
    states: dict[State, Format]


def row_height(texts: Iterable[tuple[str, float]]) -> float:
    """The height in points that shows every text whole in a column of that width.

    Excel fits rows to their text when it opens a file; LibreOffice does not.

    >>> row_height([("Sở Y tế", 20.0)]), row_height([("Rà soát, sửa đổi quy chế", 12.0)])
    (15.0, 30.0)
    """
    lines = max((_lines(text, width) for text, width in texts), default=1)
    return min(lines * HEIGHT_OF_LINE, MOST_HEIGHT)


def _lines(text: str, width: float) -> int:
    """How many lines a text takes, words kept whole."""
    if len(text) * CAPITAL <= width and "\n" not in text:
        return 1
    count = 0
    for paragraph in text[:MOST_COUNTED].split("\n"):
        count, used = count + 1, 0.0
        for word in paragraph.split():
            needed = SMALL * len(word) + (CAPITAL - SMALL) * sum(map(str.isupper, word))
            if used and used + SMALL + needed > width:
                count, used = count + 1, 0.0
            used += needed + SMALL
            count, used = count + int(used // (width + 1)), used % (width + 1)
    return count


def make_styles(book: Workbook) -> Styles:
    """The formats, made in *book*."""
    head = {**CELL, "bold": True, "align": "center", "valign": "vcenter", "bg_color": "#DDE5EE"}
    return Styles(
        title=book.add_format({**FONT, "bold": True, "font_size": 14}),
        about=book.add_format({**FONT, "italic": True, "font_color": "#4A5260"}),
        head=book.add_format(head),
        text=book.add_format(CELL),
        small=book.add_format({**CELL, "font_size": 9}),
        day=book.add_format({**CELL, "num_format": "dd/mm/yyyy", "align": "center"}),
        month=book.add_format({**CELL, "num_format": "mm/yyyy", "align": "left"}),
        number=book.add_format({**CELL, "num_format": "0", "align": "right"}),
        share=book.add_format({**CELL, "num_format": "0.00", "align": "right"}),
        link=book.add_format({**CELL, "font_color": "#1A4E8A", "underline": 1}),
        states={
            state: book.add_format({"bg_color": ground, "font_color": ink, "bold": state == "overdue"})
            for state, (ground, ink) in STATE_GROUND.items()
        },
    )
