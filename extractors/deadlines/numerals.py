"""Counts in digits or in words: "05", "mười lăm", "ba mươi"."""

from __future__ import annotations


def read_number(text: str) -> int:
    """A count from 0 to 99 in words, or any in digits; what is no number counts nothing.

    >>> read_number("05"), read_number("mười lăm"), read_number("ba mươi")
    (5, 15, 30)
    """
    if text.isdecimal():
        return int(text)
    total = 0
    for word in text.lower().split():
        total = total * 10 if word == "mươi" else total + _WORDS.get(word, 0)
    return total


_WORDS = {
    "một": 1, "mốt": 1, "hai": 2, "ba": 3, "bốn": 4, "tư": 4, "năm": 5, "lăm": 5, "sáu": 6, "bảy": 7, "bẩy": 7,
    "tám": 8, "chín": 9, "mười": 10,
}  # fmt: skip
_ONES = "(?:một|mốt|hai|ba|bốn|tư|năm|lăm|sáu|bảy|bẩy|tám|chín)"
NUMBER_WORDS = rf"(?:(?:{_ONES} )?mươi(?: {_ONES})?|mười(?: {_ONES})?|{_ONES})"
