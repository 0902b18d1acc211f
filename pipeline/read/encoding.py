"""Find the encoding of Vietnamese text: UTF-8, UTF-16 with or without a mark, Windows-1258, and older ones.

Bytes of TCVN3, VNI or VISCII are read as Windows-1252, a character a byte; `pipeline.read.legacy` converts them: so the
way back to each byte is kept, and a file may mix them, even with UTF-8, line by line.

A legacy byte such as `0xF0` is `đ` in Windows-1258 and never valid UTF-8 between ASCII letters, so UTF-8 is tried first
and a mostly valid UTF-8 text with a few bad bytes stays UTF-8: `Ngh\\xff định` reads as `Ngh\ufffd định`.
"""

from __future__ import annotations

import codecs
import re
from typing import NamedTuple

from pipeline.read.legacy.codes import WINDOWS_1252
from pipeline.read.legacy.convert import detect


class Decoded(NamedTuple):
    """The decoded text; `lost` counts the places where bytes could not be decoded and U+FFFD stands."""

    text: str
    encoding: str
    lost: int


def decode(data: bytes) -> Decoded | None:
    """Decode *data*, or None when no encoding gives Vietnamese text.

    >>> decode("Kế hoạch".encode("utf-16-le"))
    Decoded(text='Kế hoạch', encoding='utf-16-le', lost=0)
    >>> decode("Céng hoµ x· héi".encode("latin-1"))
    Decoded(text='Céng hoµ x· héi', encoding='windows-1252', lost=0)
    >>> decode("đơn vị".replace("ị", "i\u0323").encode("cp1258")).encoding
    'windows-1258'
    """
    for mark, encoding, name in _MARKS:
        if data.startswith(mark):
            return _lossy(data[len(mark) :], encoding, name)
    if unmarked := _utf16_without_mark(data):
        return _lossy(data, unmarked, unmarked)
    try:
        return Decoded(data.decode("utf-8"), "utf-8", 0)
    except UnicodeDecodeError:
        pass
    if by_lines := _old_lines(data):
        return by_lines
    candidates = [_lossy(data, "utf-8", "utf-8"), _lossy(data, "cp1258", "windows-1258")]
    best = max(candidates, key=lambda each: _vietnamese_share(each.text))
    return best if _vietnamese_share(best.text) > _LEAST_SHARE else None


def _old_lines(data: bytes) -> Decoded | None:
    """Each line as UTF-8 where it is that, else as Windows-1252, with the bytes passed through that this leaves open.

    None when the lines that are no UTF-8 are in no old encoding; a zero byte is in none.
    """
    if b"\0" in data:
        return None
    lines = [_line(line) for line in data.split(b"\n")]
    sample = "\n".join(line.text for line in lines if line.encoding == _ONE_BYTE)[: 1 << 18]
    if not detect(sample):
        return None
    return Decoded("\n".join(line.text for line in lines), _ONE_BYTE, sum(line.lost for line in lines))


def _line(line: bytes) -> Decoded:
    try:
        return Decoded(line.decode("utf-8"), "utf-8", 0)
    except UnicodeDecodeError:
        pass
    if _UTF8_LETTER.search(line):
        return _lossy(line, "utf-8", "utf-8")
    return Decoded(line.decode("latin-1").translate(WINDOWS_1252), _ONE_BYTE, 0)


def _lossy(data: bytes, encoding: str, name: str) -> Decoded:
    text = data.decode(encoding, errors="replace")
    return Decoded(text, name, len(re.findall("\ufffd+", text)) if "\ufffd" in text else 0)


def _utf16_without_mark(data: bytes) -> str | None:
    """UTF-16 shows itself by the zero high bytes of its spaces and ASCII letters, on one side only."""
    sample = data[: 1 << 16]
    pairs = len(sample) // 2
    if pairs < 2 or b"\0" not in sample:
        return None
    for encoding, high in (("utf-16-le", sample[1 : pairs * 2 : 2]), ("utf-16-be", sample[0 : pairs * 2 : 2])):
        if high.count(0) > 0.3 * pairs and len(high.translate(None, _HIGH_BYTES)) < 0.02 * pairs:
            return encoding
    return None


def _vietnamese_share(text: str) -> float:
    """How many of the characters outside ASCII belong to Vietnamese, counting a lost byte as foreign."""
    sample = text[: 1 << 18]
    foreign = len(sample) - len(_ASCII.sub("", sample))
    outside = len(sample) - foreign
    return len(_VIETNAMESE.findall(sample)) / outside if outside else 0.0


_MARKS = (
    (codecs.BOM_UTF8, "utf-8", "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16-le", "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be", "utf-16-be"),
)
_HIGH_BYTES = b"\x00\x01\x03\x1e\x20\x21\x22\x25\xf0"  # of Latin, Vietnamese, punctuation, bullets
_ONE_BYTE = "windows-1252"
_UTF8_LETTER = re.compile(rb"\xe1[\xba\xbb][\x80-\xbf]")  # ạ to ỹ; no old encoding has these bytes in a row
_LEAST_SHARE = 0.6
_ASCII = re.compile(r"[\x00-\x7f]+")
_VIETNAMESE = re.compile(
    "[ÀÁÂÃÈÉÊÌÍÒÓÔÕÙÚÝàáâãèéêìíòóôõùúýĂăĐđĨĩŨũƠơƯư\u1ea0-\u1ef9\u0300\u0301\u0303\u0309\u0323"
    "\u2010-\u2026\u00a0\u00ab\u00bb\u00b2\u00b3\u00d7\u00b0]"
)
