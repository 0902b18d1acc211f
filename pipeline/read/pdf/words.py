"""The words of a PDF page, from the boxes of its characters: spaces end a word, and so does a gap or a new line.

pdfium guesses spaces and line ends between characters; a guessed space over a gap that is none is not believed. Its
guess where a text is torn apart in the file, every accented letter for itself, is better than one from gaps alone.

A small raised digit is written as a superscript ("bản¹", "25 m²"), so that no number grows by its footnote.
"""

from __future__ import annotations

import ctypes
import math
from collections.abc import Iterator
from typing import Any, NamedTuple
from unicodedata import combining

import pypdfium2.raw as raw

from pipeline.read.pages.page import SUPERSCRIPTS, Word
from pipeline.read.pdf.view import View

MOST_CHARACTERS = 200_000


def words_of(page: Any, view: View) -> list[Word] | None:
    """The words of a page of pypdfium2, in the order of the file; None when it has over `MOST_CHARACTERS`."""
    text = page.get_textpage()
    try:
        count = raw.FPDFText_CountChars(text.raw)
        if count > MOST_CHARACTERS:
            return None
        words = [word for letters in _runs(text.raw, count, view) if (word := _word(text.raw, letters, view))]
        return list(_whole(words))
    finally:
        text.close()


class _Letter(NamedTuple):
    text: str
    place: int
    left: float
    top: float
    right: float
    bottom: float


def _runs(text: Any, count: int, view: View) -> Iterator[list[_Letter]]:
    """The letters of the page, a list for each word."""
    rectangle = raw.FS_RECTF()
    reference = ctypes.byref(rectangle)
    code_at, box_at = raw.FPDFText_GetUnicode, raw.FPDFText_GetLooseCharBox
    run: list[_Letter] = []
    guessed = False
    high = 0
    for index in range(count):
        code = code_at(text, index)
        if (code <= 32 and code != _HYPHEN) or code in _SPACES:
            if run and not (code == 32 and raw.FPDFText_IsGenerated(text, index) == 1):
                yield run
                run = []
            guessed = bool(run)
            continue
        if 0xD800 <= code < 0xDC00:
            high = code
            continue
        character = _character(code, high)
        high = 0
        if not character or not box_at(text, index, reference):
            continue
        box = view.box(rectangle.left, rectangle.bottom, rectangle.right, rectangle.top)
        letter = _Letter(character, index, *box)
        if run and _parted(run[-1], letter, guessed=guessed):
            yield run
            run = []
        guessed = False
        run.append(letter)
    if run:
        yield run


def _character(code: int, high: int) -> str:
    """The character of a code, of two halves when *high* is the first; empty for what is none."""
    if 0xDC00 <= code < 0xE000:
        return chr(0x10000 + ((high - 0xD800) << 10) + (code - 0xDC00)) if high else ""
    if code == _HYPHEN:
        return "-"
    return "" if code in _NOTHING or code > 0x10FFFF else chr(code)


def _parted(last: _Letter, letter: _Letter, *, guessed: bool) -> bool:
    """Whether a new word begins at *letter*; *guessed* when pdfium thinks that there is a space before it."""
    height = max(last.bottom - last.top, letter.bottom - letter.top)
    gap = letter.left - last.right
    if guessed:
        return not -0.3 * height < gap < 0.06 * height
    level = abs(letter.top + letter.bottom - last.top - last.bottom) < 0.9 * height
    return not level or gap > 0.3 * height or letter.right < last.left - height


class _Type(NamedTuple):
    """The font size of a letter as seen, and the height of its base line."""

    size: float
    base: float


def _word(text: Any, letters: list[_Letter], view: View) -> Word | None:
    """The word of *letters*, None when it lies outside of what the page shows."""
    letters = _in_order(letters)
    left = min(letter.left for letter in letters)
    right = max(letter.right for letter in letters)
    kind = _type(text, letters[0].place, view)
    if len(letters) > 1 and letters[0].text.isdecimal() and not letters[-1].text.isdecimal():
        kind = max(kind, _type(text, letters[-1].place, view))
    top, bottom = kind.base - _ASCENT * kind.size, kind.base + _DESCENT * kind.size
    if not (0 <= (left + right) / 2 <= view.width and 0 <= (top + bottom) / 2 <= view.height):
        return None
    written = "".join(letter.text for letter in letters)
    if not (written.isalpha() or written.isdecimal()):
        written = "".join(
            letter.text.translate(SUPERSCRIPTS) if _is_raised(text, letter, kind, view) else letter.text
            for letter in letters
        )
    return Word(written, left, top, right, bottom, round(kind.size, 1))


def _in_order(letters: list[_Letter]) -> list[_Letter]:
    """The letters from left to right, as those of another font may come last; a mark stays behind its letter."""
    ordered = sorted(letters, key=lambda letter: letter.left)
    return letters if ordered == letters or any(combining(letter.text) for letter in letters) else ordered


def _whole(words: list[Word]) -> Iterator[Word]:
    """The words in order, each put together with what stands on its line without a gap to it.

    Where a font lacks a letter (`Ỉ`), the file draws it in another, and often only after the whole line: T NH Ỉ.
    """
    places = {id(word): place for place, word in enumerate(words)}
    lines: dict[int, list[Word]] = {}
    for word in words:
        lines.setdefault(round(word.bottom), []).append(word)
    joined: list[tuple[int, Word]] = []
    for line in lines.values():
        run: list[Word] = []
        for word in sorted(line, key=lambda word: word.left):
            if run and not -0.1 * word.size < word.left - run[-1].right < 0.06 * word.size:
                joined.append((min(places[id(part)] for part in run), _one_word(run)))
                run = []
            run.append(word)
        joined.append((min(places[id(part)] for part in run), _one_word(run)))
    for _, word in sorted(joined, key=lambda entry: entry[0]):
        yield word


def _one_word(parts: list[Word]) -> Word:
    if len(parts) == 1:
        return parts[0]
    return parts[0]._replace(
        text="".join(part.text for part in parts),
        top=min(part.top for part in parts),
        right=parts[-1].right,
        bottom=max(part.bottom for part in parts),
    )


def _is_raised(text: Any, letter: _Letter, word: _Type, view: View) -> bool:
    """Whether *letter* is a digit that is set smaller and higher than its *word*."""
    if not letter.text.isdecimal():
        return False
    own = _type(text, letter.place, view)
    return own.size < 0.8 * word.size and own.base < word.base - 0.15 * word.size


def _type(text: Any, index: int, view: View) -> _Type:
    matrix, x, y = raw.FS_MATRIX(), ctypes.c_double(), ctypes.c_double()
    scale = 1.0
    if raw.FPDFText_GetMatrix(text, index, ctypes.byref(matrix)):
        scale = math.hypot(matrix.c, matrix.d) or 1.0
    raw.FPDFText_GetCharOrigin(text, index, ctypes.byref(x), ctypes.byref(y))
    size = raw.FPDFText_GetFontSize(text, index) * scale
    return _Type(size, view.box(x.value, y.value, x.value, y.value)[1])


# pdfium writes this for a hyphen at the end of a line.
_HYPHEN = 2
_SPACES = frozenset({0xA0, 0x1680, *range(0x2000, 0x200B), 0x2028, 0x2029, 0x202F, 0x205F, 0x3000})
_NOTHING = frozenset({0xAD, 0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF, 0xFFFE, 0xFFFF})
# Times New Roman, in which nearly all documents are set. What fonts say of themselves differs too much within a line.
_ASCENT = 0.891
_DESCENT = 0.216
