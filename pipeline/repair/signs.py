"""Restore the bar that a scan dropped from the signs of document numbers: "12/QD-HDND" → `QĐ`, `HĐND`.

Only where the text is damaged: people who write without marks leave the bar out, too.
"""

from __future__ import annotations

import re

from schemas.record import Span


def find_signs(text: str) -> list[tuple[Span, str]]:
    """The signs of *text* that lack their bar, in order, each with what belongs there.

    >>> find_signs("Nghị định số 12/2031/ND-CP, Quyết định số 7-QD/TU")
    [(Span(start=21, end=23), 'NĐ'), (Span(start=44, end=46), 'QĐ')]
    """
    return [(Span(*match.span()), _WITH_BAR[match[0]]) for match in _SIGN.finditer(text)]


_WITH_BAR = {"QD": "QĐ", "ND": "NĐ", "HDND": "HĐND", "BCD": "BCĐ"}
_SIGN = re.compile(r"(?<=[0-9][/-])(?:QD|ND)(?=[-/][A-ZĐƯ])|(?<=[A-ZĐ]-)(?:HDND|BCD)(?![\w-])")
