"""A page as a PDF or a scan gives it: words and drawn lines with their places, before paragraphs and tables are known.

All places are in points (1/72 inch) from the upper left corner of the page as a reader sees it, after its rotation.
"""

from __future__ import annotations

from dataclasses import dataclass
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

    `origin` tells whether the words come from the text layer or were recognised in a picture of the page;
    `diagnostics` what was left out of it.
    """

    number: int
    width: float
    height: float
    words: tuple[Word, ...]
    rules: tuple[Box, ...] = ()
    origin: Literal["text", "ocr"] = "text"
    diagnostics: tuple[Diagnostic, ...] = ()


# A small raised digit is written so, that no number grows by its footnote: "bản¹", "25 m²".
SUPERSCRIPTS = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
