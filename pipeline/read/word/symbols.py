"""Read the letters of symbol fonts: `0xF0A7` in Wingdings is a small square, in Symbol a club.

Word keeps them as private-use characters (`\\uf0b7`) or as plain letters in the font; the tables hold what occurs in
office texts. A symbol that is not in them reads as a bullet.
"""

from __future__ import annotations

import re


def is_symbol_font(font: str) -> bool:
    """Whether the letters of *font* are pictures."""
    return font.lower().startswith(("symbol", "wingdings", "webdings", "monotype sorts", "zapfdingbats"))


def symbol(code: int, font: str) -> str:
    """The character that glyph *code* (`0xF0B7` or `0xB7`) of *font* shows.

    >>> symbol(0xF0B7, "Symbol"), symbol(0xF0A8, "Wingdings"), symbol(0xA3, "Wingdings 2"), symbol(0x1234, "Arial")
    ('•', '□', '□', 'ሴ')
    """
    if 0xF000 <= code <= 0xF0FF:
        code -= 0xF000
    elif not is_symbol_font(font):
        return chr(code) if code < 0x110000 and not 0xD800 <= code < 0xE000 else ""
    table = _TABLES.get(font.lower(), _WINGDINGS if "dings" in font.lower() else _SYMBOL)
    return table.get(code) or (chr(code) if code <= 0x20 else "•")


def read_symbols(text: str, font: str) -> str:
    """*text* with the private-use letters of symbol fonts replaced by what they show.

    >>> read_symbols("x \\uf0a3 3", "Symbol")
    'x ≤ 3'
    """
    return _PRIVATE.sub(lambda match: symbol(ord(match[0]), font), text) if _PRIVATE.search(text) else text


def bullet(text: str, font: str) -> str:
    """The bullet of a list as `-`, `+`, `*` or `•`; words that stand as a bullet stay (`Bước`).

    >>> [bullet(mark, "Times New Roman") for mark in "-–+*o■"], bullet("v", "Wingdings"), bullet("\\uf02d", "Symbol")
    (['-', '-', '+', '*', '•', '•'], '•', '-')
    """
    text = text.strip()
    if is_symbol_font(font):
        text = "".join(symbol(ord(letter), font) for letter in text)
    text = read_symbols(text, "Symbol")
    if text in _DASHES:
        return "-" if text else ""
    if text in "+*" or (text != "o" and any(letter.isalnum() for letter in text)):
        return text
    return "•"


_PRIVATE = re.compile("[\uf000-\uf0ff]")
_DASHES = "-–—−‐‑‒―"
_SYMBOL = {
    **{0x20 + place: letter for place, letter in enumerate(" !∀#∃%&∋()∗+,−./0123456789:;<=>?≅")},
    **{0x41 + place: letter for place, letter in enumerate("ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ[∴]⊥_")},
    **{0x61 + place: letter for place, letter in enumerate("αβχδεφγηιϕκλμνοπθρστυϖωξψζ{|}∼")},
    0xA2: "′", 0xA3: "≤", 0xA4: "⁄", 0xA5: "∞", 0xA7: "♣", 0xA8: "♦", 0xA9: "♥", 0xAA: "♠",
    0xAB: "↔", 0xAC: "←", 0xAD: "↑", 0xAE: "→", 0xAF: "↓", 0xB0: "°", 0xB1: "±", 0xB2: "″", 0xB3: "≥", 0xB4: "×",
    0xB5: "∝", 0xB6: "∂", 0xB7: "•", 0xB8: "÷", 0xB9: "≠", 0xBA: "≡", 0xBB: "≈", 0xBC: "…", 0xC5: "⊕", 0xC7: "∩",
    0xC8: "∪", 0xCC: "⊂", 0xCE: "∈", 0xD0: "∠", 0xD1: "∇", 0xD2: "®", 0xD3: "©", 0xD4: "™", 0xD5: "∏", 0xD6: "√",
    0xD7: "⋅", 0xD9: "∧", 0xDA: "∨", 0xDB: "⇔", 0xDE: "⇒", 0xE5: "∑", 0xF2: "∫",
}  # fmt: skip
_WINGDINGS = {
    0x2A: "✉", 0x6C: "●", 0x6D: "❍", 0x6E: "■", 0x6F: "□", 0x71: "❑", 0x72: "❒", 0x75: "◆", 0x76: "❖",
    0x77: "◆", 0x9E: "•", 0x9F: "•", 0xA1: "○", 0xA7: "▪", 0xA8: "□", 0xD8: "➢", 0xDF: "←", 0xE0: "→", 0xE8: "➔",
    0xF0: "⇨", 0xFB: "✗", 0xFC: "✓", 0xFD: "☒", 0xFE: "☑",
}  # fmt: skip
_WINGDINGS_2 = {0x4F: "✗", 0x50: "✓", 0x51: "☒", 0x52: "☑", 0x53: "☒", 0x54: "☒", 0x97: "●", 0xA2: "■", 0xA3: "□"}
_TABLES = {"symbol": _SYMBOL, "wingdings": _WINGDINGS, "wingdings 2": _WINGDINGS_2}
