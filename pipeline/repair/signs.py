"""Restore the bar that a scan dropped from the signs of document numbers: "12/QD-HDND" → `QĐ`, `HĐND`.

Only where the text is damaged: people who write without marks leave the bar out, too. The word before the number,
"Chỉ thị so 12-CT/TU", tells of itself that it was spoiled.
"""

from __future__ import annotations

import re

import re2

from schemas.record import Span


def find_signs(text: str) -> list[tuple[Span, str]]:
    """The signs of *text* that lack their bar, in order, each with what belongs there.

    >>> find_signs("Nghị định số 12/2031/ND-CP, Quyết định số 7-QD/TU")
    [(Span(start=21, end=23), 'NĐ'), (Span(start=44, end=46), 'QĐ')]
    """
    return [(Span(*match.span()), _WITH_BAR[match[0]]) for match in _SIGN.finditer(text)]


def find_number_words(text: str) -> list[tuple[Span, str]]:
    """Where "số" lost its mark before the number of a document, which leaves no doubt in any text.

    >>> find_number_words("Chỉ thị so 12-CT/TU, tải tệp so 12-2031-QD.doc")
    [(Span(start=8, end=10), 'số')]
    """
    if _BEFORE_FIGURES.search(text) is None:
        return []
    return [(Span(*match.span()), match[0][0] + "ố") for match in _NUMBER_WORD.finditer(text)]


_WITH_BAR = {"QD": "QĐ", "ND": "NĐ", "HDND": "HĐND", "BCD": "BCĐ"}
_SIGN = re.compile(r"(?<=[0-9][/-])(?:QD|ND)(?=[-/][A-ZĐƯ])|(?<=[A-ZĐ]-)(?:HDND|BCD)(?![\w-])")
_NUMBER_WORD = re.compile(
    r"(?<![\w/.-])[Ss][oôóồòõỗ](?= [0-9]{1,5}(?:/[0-9]{4})?(?:/[A-ZĐ]|-[A-ZĐ][A-Za-zĐđ]{0,5}/[A-ZĐ]))"
)
_BEFORE_FIGURES = re2.compile(r"[Ss][oôóồòõỗ] [0-9]{1,5}[/-]")
