"""The order of Vietnamese words: "Sở Du lịch" before "Sở Đất đai", "Bà" before "Bạ".

The alphabet is a ă â b c d đ e ê … y; tones count only where the letters are the same, in the order of the schools:
ngang, huyền, hỏi, ngã, sắc, nặng. The libraries for collation are not in pure Python (PyICU) or do not know this order.
"""

from __future__ import annotations

import unicodedata

Key = tuple[tuple[int, ...], tuple[int, ...], str]


def vietnamese_order(text: str) -> Key:
    """A key to sort by: letters first, then tones, then the text itself.

    >>> sorted(["Sở Đất đai", "Sở Y tế", "Sở Du lịch", "Sớ"], key=vietnamese_order)
    ['Sớ', 'Sở Du lịch', 'Sở Đất đai', 'Sở Y tế']
    """
    letters: list[int] = []
    tones: list[int] = []
    for letter in unicodedata.normalize("NFD", text.casefold()):
        if letter in TONES:
            if tones:
                tones[-1] = TONES.index(letter) + 1
        elif unicodedata.combining(letter) and letters and (joined := _joined(letters[-1], letter)):
            letters[-1] = joined
        else:
            letters.append(_place(letter))
            tones.append(0)
    return tuple(letters), tuple(tones), text


def _joined(place: int, mark: str) -> int | None:
    """The place of the letter with its *mark* (breve, circumflex, horn); None for marks of other languages."""
    if not FIRST_LETTER <= place < FIRST_LETTER + len(ALPHABET):
        return None
    whole = unicodedata.normalize("NFC", ALPHABET[place - FIRST_LETTER] + mark)
    return _place(whole) if whole in ALPHABET else None


def _place(letter: str) -> int:
    """Spaces, figures and signs by their code, before the letters; foreign letters after them."""
    if letter in ALPHABET:
        return FIRST_LETTER + ALPHABET.index(letter)
    return ord(letter) if ord(letter) < FIRST_LETTER else FIRST_LETTER + len(ALPHABET) + ord(letter)


ALPHABET = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
TONES = "\u0300\u0309\u0303\u0301\u0323"
FIRST_LETTER = 0x80
