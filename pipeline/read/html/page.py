"""From bytes to the tree of a page: `parse_page(b"<p>K\\xe1\\xba\\xbf ho\\xe1\\xba\\xa1ch</p>").root` is its `<html>`.

The tree is lxml's own, not that of BeautifulSoup, which reads 1 MB in a second where lxml reads 30; of BeautifulSoup
only the search for a declared charset is used. That declaration is asked last: text that is valid UTF-8, or Vietnamese
in Windows-1258, is that whatever the page says of itself, and a `<meta>` copied from another page spoils nothing.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass
from typing import Any

from bs4.dammit import EncodingDetector
from lxml import etree

from pipeline.errors import UnreadableInputError
from pipeline.read.encoding import Decoded, decode
from pipeline.read.text import refuse_known_formats
from schemas import Diagnostic

Element = Any  # lxml tells no types


@dataclass(frozen=True, slots=True)
class Page:
    """A parsed page; `source` is its decoded text."""

    root: Element
    source: str
    encoding: str
    diagnostics: tuple[Diagnostic, ...]


def parse_page(data: bytes) -> Page:
    """Parse *data*; raise `UnreadableInputError` when it is no HTML or more than any page needs."""
    refuse_known_formats(data)
    decoded = decode_page(data)
    source = decoded.text.replace("\0", "")  # as browsers do
    if not _TAG.search(source):
        raise UnreadableInputError("not-html", "holds no HTML tag: is it a plain text? Give it the ending .txt")
    if (tags := source.count("<")) > MOST_TAGS:
        raise UnreadableInputError("too-large", f"holds {tags:,} tags, more than {MOST_TAGS:,}: split it")
    if (attributes := _most_attributes(source)) > MOST_ATTRIBUTES:  # the parser compares each with all others
        raise UnreadableInputError("too-large", f"holds a tag of {attributes:,} attributes: is it a page at all?")
    return Page(_parse(source), source, decoded.encoding, _lost(decoded, source))


def decode_page(data: bytes) -> Decoded:
    """The text of *data*; what is in no encoding of Vietnamese is read as the page says, or as Windows-1252.

    Pages in the fonts of old encodings (.VnTime, VNI) are such: their bytes are read as browsers read them.
    """
    if decoded := decode(data):
        return decoded
    declared = EncodingDetector.find_declared_encoding(data, is_html=True) or "windows-1252"
    try:
        name = codecs.lookup(declared).name
    except LookupError:
        name = "cp1252"
    name = "cp1252" if name in _WINDOWS_1252 else name
    try:
        text = data.decode(name, errors="replace")
    except (LookupError, UnicodeError):  # a codec of Python's that is no charset, such as `idna`
        name, text = "cp1252", data.decode("cp1252", errors="replace")
    return Decoded(text, "windows-1252" if name == "cp1252" else name, len(re.findall("\ufffd+", text)))


def _most_attributes(source: str) -> int:
    """How many attributes the fullest tag has, roughly; only long tags are looked into."""
    if len(source) < 2 * MOST_ATTRIBUTES:
        return 0
    heads = (piece.partition(">")[0] for piece in source.split("<") if len(piece) > 2 * MOST_ATTRIBUTES)
    return max((len(_QUOTED.sub("", head).split()) for head in heads), default=0)


def _parse(source: str) -> Element:
    parser = etree.HTMLParser(encoding="utf-8", huge_tree=True, remove_comments=True, remove_pis=True, no_network=True)
    root = etree.fromstring(source.encode("utf-8", "replace"), parser)
    if parser.error_log.filter_types([etree.ErrorTypes.ERR_RESOURCE_LIMIT]):
        # The parser gives up in the middle and says so in its log only.
        raise UnreadableInputError(
            "too-complex", f"nests its elements more than {DEEPEST:,} deep: is it a page at all?"
        )
    if root is None:
        raise UnreadableInputError("no-document-body", "is an empty page: save the page again, whole")
    return root


def _lost(decoded: Decoded, source: str) -> tuple[Diagnostic, ...]:
    if not decoded.lost:
        return ()
    size = source.count("\ufffd")
    message = f"{decoded.lost} places ({size} characters) are not valid {decoded.encoding} and read as U+FFFD"
    return (Diagnostic(code="undecodable-bytes", severity="warning", message=message),)


MOST_TAGS = 1_000_000  # a law of 1 MB has 30,000
MOST_ATTRIBUTES = 5_000
DEEPEST = 2048  # libxml2's own limit
_TAG = re.compile(r"<[A-Za-z!/]")
_QUOTED = re.compile(r"\"[^\"]*\"|'[^']*'")
_WINDOWS_1252 = frozenset({"iso8859-1", "ascii", "utf-8", "cp1252"})
