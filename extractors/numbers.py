"""Read Vietnamese figures, figures in words, and units of money.

    "2.408,750" -> 2408.750        "Hai mươi tỷ, ba trăm linh năm triệu đồng" -> 20305000000        "tr.đ" -> 1000000

A lone comma is always the decimal mark (`1,200` is 1.2) and a dot before three digits always groups thousands
(`4.600` is 4600), since that is how Vietnamese offices print; only what that reading cannot be (`1,200,000`, `12.5`) is
read the English way.
"""

from __future__ import annotations

import re
from decimal import Decimal
from unicodedata import normalize


def parse_amount(text: str) -> Decimal | None:
    """The figure in *text*, or None for an empty cell, a dash, or anything that is not one figure.

    >>> parse_amount("2.408,750"), parse_amount("36.905. 000.000"), parse_amount("-")
    (Decimal('2408.750'), Decimal('36905000000'), None)
    """
    if len(text) > _LONGEST_FIGURE:
        return None
    figure = _AROUND_MARK.sub(r"\1", _FOOTNOTE.sub("", text).strip())
    for pattern, group_marks, decimal_mark in _FIGURES:
        if pattern.fullmatch(figure):
            digits = "".join(character for character in figure if character not in group_marks)
            return Decimal(digits.replace(decimal_mark, "."))
    return None


def parse_number_words(text: str) -> int | None:
    """The number that *text* spells out, with or without `đồng`, or None if any word is not part of a number.

    >>> parse_number_words("Hai tỷ rưỡi"), parse_number_words("một trăm linh lăm nghìn đồng chẵn")
    (2500000000, 105000)
    """
    if len(text) > _LONGEST_WORDING:
        return None
    words = re.findall(r"[^\W_]+", normalize("NFC", text).casefold())
    while words and words[-1] in _CLOSING_WORDS:
        words.pop()
    terms: list[_Term] = []
    for word in words:
        longer = _with_word(terms, word)
        if longer is None:
            return None
        terms = longer
    return sum(value for _, value in terms) if terms else None


def money_multiplier(unit: str) -> int | None:
    """How many đồng one *unit* is, or None if it is no unit of money (`triệu lượt`, `đồng/m2`, `triệu USD`).

    >>> money_multiplier("Triệu đồng"), money_multiplier("1.000 đ"), money_multiplier("đồng/hộ")
    (1000000, 1000, None)
    """
    if len(unit) > _LONGEST_FIGURE:
        return None
    match = _MONEY_UNIT.fullmatch(re.sub(r"[\s.]+", "", normalize("NFC", unit).casefold()).strip(":;()"))
    if not match or not (match["currency"] or match["scale"] in _MONEY_BY_ITSELF):
        return None
    return _UNIT_SCALES[match["scale"] or ""]


_Term = tuple[int, int]  # the scale of a spelt term and its value: `năm trăm` is (100, 500)


def _with_word(terms: list[_Term], word: str) -> list[_Term] | None:
    """Read one more *word* behind *terms*, whose scales fall; None if it cannot stand there."""
    last = terms[-1][0] if terms else _BILLION**2
    if word in _DIGITS:
        return [*terms, (1, _DIGITS[word])] if last > 1 else None
    if word == "mười":
        return [*terms, (10, 10)] if last > 10 else None
    if word in _LINKS:
        return terms if terms and last > 10 else None
    if word == "rưỡi":
        return [*terms, (last // 10, last // 2)] if terms and last > 10 else None
    scale = _SCALES.get(word)
    if scale is None:
        return None
    kept = [term for term in terms if term[0] >= scale]  # a scale multiplies all that is smaller: `năm nghìn hai tỷ`
    multiplied = terms[len(kept) :]
    if not multiplied or (scale < 1000 and multiplied[0][0] != 1):
        return None
    return [*kept, (scale, scale * sum(value for _, value in multiplied))]


_BILLION = 10**9
_LONGEST_FIGURE = 60
_LONGEST_WORDING = 400

_FOOTNOTE = re.compile(r"\s*(?:\(\d\)|\[\d{1,2}\]|\*{1,3})\s*$")
_AROUND_MARK = re.compile(r"\s*([.,])\s*")
_FIGURES: list[tuple[re.Pattern[str], str, str]] = [  # pattern, marks that group thousands, decimal mark
    (re.compile(r"-?\d+(?:,\d+)?"), "", ","),
    (re.compile(r"-?\d{1,3}(?:\.\d{3})+(?:,\d+)?"), ".", ","),
    (re.compile(r"-?\d{1,3}(?: \d{3})+(?:,\d+)?"), " ", ","),
    (re.compile(r"-?\d{1,3}(?:[. ]\d{3})+(?:,\d+)?"), ". ", ","),
    (re.compile(r"-?\d{1,3}(?:,\d{3}){2,}(?:\.\d+)?"), ",", "."),
    (re.compile(r"-?\d{1,3},\d{3}\.\d+"), ",", "."),
    (re.compile(r"-?\d+\.\d{1,2}"), "", "."),
]

_DIGITS = {
    "không": 0, "một": 1, "mốt": 1, "hai": 2, "ba": 3, "bốn": 4, "tư": 4, "năm": 5, "lăm": 5, "nhăm": 5, "sáu": 6,
    "bảy": 7, "bẩy": 7, "tám": 8, "chín": 9,
}  # fmt: skip
_SCALES = {
    "mươi": 10, "chục": 10, "trăm": 100, "nghìn": 10**3, "ngàn": 10**3, "triệu": 10**6, "tỷ": _BILLION, "tỉ": _BILLION,
}  # fmt: skip
_LINKS = {"linh", "lẻ"}
_CLOSING_WORDS = {"đồng", "chẵn", "việt", "nam", "vnđ", "vnd", "đ"}

_UNIT_SCALES = {
    "": 1, "1000": 10**3, "nghìn": 10**3, "ngàn": 10**3, "1000000": 10**6, "triệu": 10**6, "tr": 10**6, "tỷ": _BILLION,
    "tỉ": _BILLION, "nghìntỷ": 10**12, "ngàntỷ": 10**12, "nghìntỉ": 10**12,
}  # fmt: skip
_MONEY_BY_ITSELF = {"tỷ", "tỉ", "nghìntỷ", "ngàntỷ", "nghìntỉ"}
_MONEY_UNIT = re.compile(
    rf"(?P<scale>{'|'.join(sorted(filter(None, _UNIT_SCALES), key=len, reverse=True))})?"
    r"(?P<currency>đồng(?:việtnam)?|đ|vnđ|vnd)?"
)
