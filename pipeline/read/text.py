"""Read plain text: `read_text("KẾ HOẠCH\\r\\n…".encode())` gives its text in normal form C with `\\n` line ends.

What is no text at all is refused here, and only here: an empty file, a PDF or image under a wrong name, bytes of no
known encoding. Anything else is read, odd or not, and what was lost is told in a diagnostic.
"""

from __future__ import annotations

import functools
import hashlib
import re
import unicodedata
from collections.abc import Iterator

import numpy as np
import regex

from pipeline.errors import UnreadableInputError
from pipeline.mapped_text import Edit, MappedText
from pipeline.read.anchors import LineAnchors
from pipeline.read.encoding import decode
from pipeline.read.legacy.convert import convert
from pipeline.read.source import SourceDocument
from schemas import Diagnostic


def read_text(data: bytes, *, media_type: str = "text/plain", limit: int = 64 << 20) -> SourceDocument:
    """Decode *data* of at most *limit* bytes; raise `UnreadableInputError` when it is no text.

    >>> read_text("Kê\\u0301 hoạch".encode()).text.text
    'Kế hoạch'
    """
    if len(data) > limit:
        raise UnreadableInputError(
            "too-large", f"has {len(data):,} bytes, more than the limit of {limit:,}: split it, or raise the limit"
        )
    refuse_known_formats(data)
    decoded = decode(data)
    if decoded is None:
        raise UnreadableInputError(
            "undecodable", "is neither UTF-8, UTF-16, Windows-1258, TCVN3, VNI nor VISCII text: save it again as UTF-8"
        )
    refuse_no_text(decoded.text)
    text, told, legacy = convert(composed(MappedText.of(decoded.text)))
    return SourceDocument(
        text=composed(text) if legacy else text,
        decoded=decoded.text,
        encoding=legacy if legacy and decoded.encoding == "windows-1252" else decoded.encoding,
        media_type=media_type,
        sha256=hashlib.sha256(data).hexdigest(),
        size=len(data),
        diagnostics=_diagnostics(decoded.text, decoded.encoding, decoded.lost) + told,
        anchors=LineAnchors.of_text(decoded.text),
    )


def composed(mapped: MappedText) -> MappedText:
    """The text in normal form C with `\\n` line ends; a composed letter leads to all its parts.

    A tone written before the hat or the breve of its letter, which normal form C keeps apart, is composed too.
    """
    edits = [*_line_ends(mapped.text)]
    if edits:
        mapped = mapped.edited(edits)
    if not unicodedata.is_normalized("NFC", mapped.text):
        mapped = _composed_letters(mapped) or mapped.edited(_compositions(mapped.text))
    if any(mark in mapped.text for mark in _HATS):
        mapped = mapped.edited(_letters_with_late_hats(mapped.text))
    return mapped


def refuse_known_formats(data: bytes) -> None:
    """Raise `UnreadableInputError` for nothing at all and for formats known by their first bytes."""
    if not data.strip(_WHITE):
        raise UnreadableInputError("empty", "is empty or holds only white space: nothing to read")
    for signature, name, advice in _SIGNATURES:
        if data.startswith(signature):
            raise UnreadableInputError("binary", f"looks like {name}, not text: {advice}")


def refuse_no_text(text: str) -> None:
    if not text.strip("\ufeff\u200b \t\r\n\f\v\xa0"):
        raise UnreadableInputError("empty", "is empty or holds only white space: nothing to read")
    encoded = text.encode("utf-8", "surrogatepass")
    controls = len(encoded) - len(encoded.translate(None, _CONTROLS))
    if text.count("\0") > 0.001 * len(text) or controls > 0.02 * len(text):
        raise UnreadableInputError("binary", "holds control characters as binary data does: convert it to text first")
    if not _WORD.search(text):
        raise UnreadableInputError("no-text", "holds no words in Latin letters: is it a Vietnamese document?")


def _diagnostics(text: str, encoding: str, lost: int) -> tuple[Diagnostic, ...]:
    if not lost:
        return ()
    size = sum(map(len, re.findall("\ufffd+", text)))
    message = f"{lost} places ({size} characters) are not valid {encoding} and read as U+FFFD"
    return (Diagnostic(code="undecodable-bytes", severity="warning", message=message),)


def _line_ends(text: str) -> Iterator[Edit]:
    if "\r" not in text:
        return
    for match in re.finditer(r"\r\n?", text):
        yield Edit(match.start(), match.end(), "\n")


def _composed_letters(mapped: MappedText) -> MappedText | None:
    """The usual case, at once: a letter and its marks become one character. None when that is not all there is."""
    marked = [match.span() for match in _MARKED.finditer(mapped.text)]
    text = _MARKED.sub(lambda match: _nfc(match[0]), mapped.text)
    if len(text) != len(mapped.text) - sum(end - start - 1 for start, end in marked):
        return None
    if not unicodedata.is_normalized("NFC", text):
        return None
    firsts, lasts = np.array([start for start, _ in marked]), np.array([end - 1 for _, end in marked])
    change = np.zeros(len(mapped.text) + 1, dtype=np.int32)
    change[firsts + 1] += 1
    change[lasts + 1] -= 1
    kept = np.cumsum(change[:-1]) == 0
    ends = mapped.ends.copy()
    ends[firsts] = mapped.ends[lasts]
    return MappedText(text, mapped.starts[kept], ends[kept], mapped.in_order)


@functools.lru_cache(maxsize=4096)
def _nfc(letter: str) -> str:
    return unicodedata.normalize("NFC", letter)


def _compositions(text: str) -> Iterator[Edit]:
    """One edit a letter; a word that does not compose letter by letter (Hangul) is replaced whole."""
    for word in _NON_ASCII_WORD.finditer(text):
        whole = unicodedata.normalize("NFC", word[0])
        if whole == word[0]:
            continue
        edits = [
            Edit(word.start() + letter.start(), word.start() + letter.end(), after)
            for letter in _LETTER.finditer(word[0])
            if (after := unicodedata.normalize("NFC", letter[0])) != letter[0]
        ]
        if "".join(unicodedata.normalize("NFC", letter) for letter in _LETTER.findall(word[0])) == whole:
            yield from edits
        else:
            yield Edit(word.start(), word.end(), whole)


def _letters_with_late_hats(text: str) -> Iterator[Edit]:
    """`e`, acute, circumflex is `é` and a mark in normal form C, though `ế` is meant."""
    for match in _LATE_HAT.finditer(text):
        letter, *tones = list(unicodedata.normalize("NFD", match[1]))
        composed = unicodedata.normalize("NFC", "".join([letter, match[2], *tones]))
        if len(composed) == 1:
            yield Edit(match.start(), match.end(), composed)


_WHITE = b" \t\r\n\f\v"
_CONTROLS = bytes(code for code in range(0x20) if code not in b"\t\n\v\f\r\x1b")
_WORD = regex.compile(r"\p{Latin}{2}")
_NON_ASCII_WORD = re.compile(r"[^\s]*[^\x00-\x7f\s][^\s]*")
_MARKED = regex.compile(r"\P{M}\p{M}+")
_HATS = ("\u0302", "\u0306")
_LATE_HAT = re.compile("([ÀÁÃÈÉÒÓÕàáãèéòóõẠạẢảẸẹẺẻẼẽỌọỎỏ])([\u0302\u0306])")
_LETTER = regex.compile(r"\P{M}\p{M}*|\p{M}+")
_SIGNATURES = (
    (b"%PDF", "a PDF", "save its text as .txt first"),
    (b"PK\x03\x04", "a zip archive or an Office document (.docx, .xlsx)", "save it as .txt first, or unpack it"),
    (b"\xd0\xcf\x11\xe0", "an old Office document (.doc, .xls)", "save it as .txt first"),
    (b"{\\rtf", "rich text (RTF)", "save it as .txt first"),
    (b"\x89PNG", "a PNG image", "recognise its text first"),
    (b"\xff\xd8\xff", "a JPEG image", "recognise its text first"),
    (b"GIF8", "a GIF image", "recognise its text first"),
    (b"II*\0", "a TIFF image", "recognise its text first"),
    (b"MM\0*", "a TIFF image", "recognise its text first"),
    (b"\x1f\x8b", "a gzip archive", "unpack it first"),
    (b"Rar!", "a RAR archive", "unpack it first"),
    (b"7z\xbc\xaf", "a 7z archive", "unpack it first"),
    (b"\x7fELF", "a program", "give a document"),
    (b"MZ\x90\0", "a program", "give a document"),
)
