"""The signs of document numbers, put right where a scan misread them: "12/OĐ-ƯBND" is `12/QĐ-UBND`.

Signs come from a small stock, the symbols of types and of bodies. One that is not of it and looks like exactly one that
is, is that one. A sign that only lacks its bar stays as it is (`12/QD-HDND`): people write them so.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

from extractors.document_types import data_rows, document_types


@lru_cache(maxsize=4096)
def with_known_signs(number: str) -> str:
    """The *number* with its misread signs replaced.

    >>> with_known_signs("31/2031/OĐ-ƯBND"), with_known_signs("7-NQ/TVV"), with_known_signs("9/QD-SNV")
    ('31/2031/QĐ-UBND', '7-NQ/TW', '9/QD-SNV')
    """
    return _SIGN.sub(lambda sign: _known_sign(sign[0]), number)


@lru_cache(maxsize=4096)
def _known_sign(sign: str) -> str:
    if sign[:1].isupper() and sign.upper() in _SHARED:  # `104-CTr/Tu`
        return sign.upper()
    known = _signs_by_look().get(_look(sign))
    return sign if known is None or sign in _stock() or known.replace("Đ", "D") == sign else known


def _look(sign: str) -> str:
    """What is left of a sign when the letters that a scan confuses are made the same."""
    return _DOUBLE_V.sub("W", _CHIEF.sub("TTG", _DOUBLE_BAR.sub("D", sign.translate(_CONFUSED))))


@cache
def _stock() -> frozenset[str]:
    symbols = [symbol for row in document_types() for symbol in row.symbols]
    return frozenset([*symbols, *(suffix for suffix, _, _ in data_rows("number_suffixes.tsv")), *_SHARED])


@cache
def _signs_by_look() -> dict[str, str]:
    """The signs of which there is only one with that look: `HĐ` and `HD` are told apart by nothing else."""
    looks: dict[str, set[str]] = {}
    for sign in _stock() - _OTHER_WRITINGS:
        looks.setdefault(_look(sign), set()).add(sign)
    return {look: signs.pop() for look, signs in looks.items() if len(signs) == 1}


_SHARED = ("UBND", "HĐND", "TU", "TW", "TƯ", "BCĐ", "UB")  # the signs that many bodies have
_OTHER_WRITINGS = {"QD", "ND", "TƯ"}
_SIGN = re.compile(r"[^\W\d_]\w*")
_CONFUSED = str.maketrans("ƯỤÙÚŨỦÔƠÖÒÓỌØQđĐ", "UUUUUUOOOOOOOODD")
_DOUBLE_BAR = re.compile(r"(?<=^[ON])DD$")
_CHIEF = re.compile(r"^T(?:T[gqsø]|1[gS])$")
_DOUBLE_V = re.compile(r"(?<=^T)(?:VV|VW|WV)$")
