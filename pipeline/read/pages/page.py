"""A page as a PDF or a scan gives it: words and drawn lines with their places, before paragraphs and tables are known.

All places are in points (1/72 inch) from the upper left corner of the page as a reader sees it, after its rotation. A
scan that lies askew, or on its side, is turned upright first, so that its lines are level; `Page.seen` leads back.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import cos, radians, sin
from typing import Literal, NamedTuple

from pipeline.read.blocks import Box
from schemas import Diagnostic


class Word(NamedTuple):
    """A run of letters without a space; `size` is its font size, `confidence` in [0, 1] for a recognised word."""

    text: str
    left: float
    top: float
    right: float
    bottom: float
    size: float
    confidence: float | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """One page, counted from 1; `rules` are its straight drawn lines, thin boxes that are horizontal or vertical.

    `origin` tells whether the words come from the text layer or were recognised in a picture of the page. `pictured` is
    the part in [0, 1] of it that pictures cover. `turned` is by how many degrees clockwise a viewer's page was turned
    about its middle to have its lines level. `diagnostics` tell what was left out of it.
    """

    number: int
    width: float
    height: float
    words: tuple[Word, ...]
    rules: tuple[Box, ...] = ()
    origin: Literal["text", "ocr"] = "text"
    pictured: float = 0.0
    turned: float = 0.0
    diagnostics: tuple[Diagnostic, ...] = ()

    def seen(self, box: Box) -> Box:
        """Where *box* lies on the page as a viewer shows it, which is not turned.

        >>> Page(1, 200, 100, (), turned=90).seen((10, 20, 60, 30))
        (20.0, 140.0, 30.0, 190.0)
        """
        if not self.turned:
            return box
        angle = radians(self.turned)
        quarter = round(self.turned / 90) % 2 == 1
        width, height = (self.height, self.width) if quarter else (self.width, self.height)
        middle_x, middle_y = (box[0] + box[2] - self.width) / 2, (box[1] + box[3] - self.height) / 2
        x = width / 2 + middle_x * cos(angle) + middle_y * sin(angle)
        y = height / 2 - middle_x * sin(angle) + middle_y * cos(angle)
        wide, high = (box[2] - box[0]) / 2, (box[3] - box[1]) / 2
        if quarter:
            wide, high = high, wide
        return (round(x - wide, 2), round(y - high, 2), round(x + wide, 2), round(y + high, 2))


# A small raised digit is written so, that no number grows by its footnote: "bản¹", "25 m²".
SUPERSCRIPTS = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
