"""Which format an input has: told by its bytes, and held against what its name says.

A name that promises another format is not guessed away: a PDF called `plan.docx` may be one that a mail program
renamed, or one that somebody hides. Only within the family of Word is the content taken for what it is, since legal
sites deliver web pages, rich text and .docx alike under the name `.doc`.
"""

from __future__ import annotations

import re
from pathlib import PurePosixPath
from typing import Literal, NamedTuple

from pipeline.errors import UnreadableInputError
from pipeline.read.container import what_office_file

Format = Literal["text", "markdown", "html", "pdf", "docx", "doc", "rtf", "odt", "picture"]

SUFFIXES: dict[str, Format] = {
    ".txt": "text",
    ".md": "markdown",
    ".html": "html",
    ".htm": "html",
    ".docx": "docx",
    ".doc": "doc",
    ".rtf": "rtf",
    ".odt": "odt",
    ".pdf": "pdf",
    ".png": "picture",
    ".jpg": "picture",
    ".jpeg": "picture",
    ".tif": "picture",
    ".tiff": "picture",
}
TEXT_SUFFIXES = (".txt", ".md")
MEDIA_TYPES: dict[Format, str] = {
    "text": "text/plain",
    "markdown": "text/markdown",
    "html": "text/html",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "doc": "application/msword",
    "rtf": "application/rtf",
    "odt": "application/vnd.oasis.opendocument.text",
    "pdf": "application/pdf",
}


class Signature(NamedTuple):
    """What the first bytes tell: the name of the format for a message, and the reader for it, if there is one."""

    name: str
    format: Format | None = None
    advice: str = "save its text as .txt first"


def format_of(data: bytes, name: str) -> Format:
    """The format of *data*, which came under *name*; raises `UnreadableInputError` when the two do not go together.

    >>> format_of(b"%PDF-1.7 ...", "a/plan.PDF"), format_of(b"<html><body>...", "plan.doc")
    ('pdf', 'html')
    """
    suffix = PurePosixPath(name).suffix.lower()
    named = SUFFIXES.get(suffix, "text")
    if not data.strip(b" \t\r\n\f\v"):
        raise UnreadableInputError("empty", "is empty or holds only white space: nothing to read")
    found = signature_of(data)
    if found is None:
        if named in ("text", "markdown", "html"):
            return named
        raise UnreadableInputError(*_not_what_it_says(suffix, data))
    if found.format == named or (found.format == "html" and named in ("text", "markdown")):
        return named
    if found.format is None:
        raise UnreadableInputError("binary", f"looks like {found.name}, not a document: {found.advice}")
    if {named, found.format} <= _WORD_FAMILY or (named in _WORD_FAMILY and found.format == "html"):
        return found.format
    message = f"is named {suffix or 'as a text'} but holds {found.name}: rename it to {_suffix_of(found.format)}"
    raise UnreadableInputError("wrong-extension", message)


def signature_of(data: bytes) -> Signature | None:
    """What the first bytes of *data* tell, or None when they tell nothing, as those of a text.

    >>> signature_of(b"\\x89PNG....").name, signature_of("Kế hoạch".encode())
    ('a PNG image', None)
    """
    if b"%PDF-" in data[:1024]:
        return Signature("a PDF", "pdf")
    for mark, signature in _SIGNATURES:
        if data.startswith(mark):
            return _container(data) or signature
    if _HTML.match(data, 0, 4096):
        return Signature("a web page", "html")
    return None


def _container(data: bytes) -> Signature | None:
    """What a zip archive or an OLE container holds."""
    if not data.startswith((_ZIP, _OLE)):
        return None
    kind = what_office_file(data)
    if kind == "encrypted":
        raise UnreadableInputError("encrypted", "opens only with a password: save it without one")
    return _OFFICE_FILES.get(kind or "")


def _not_what_it_says(suffix: str, data: bytes) -> tuple[str, str]:
    if b"\0" not in data[:4096] and sum(byte < 9 for byte in data[:4096]) < 4:
        return "wrong-extension", f"is named {suffix} but holds plain text: rename it to .txt"
    return "damaged", f"is named {suffix} but does not begin as such a file does: it may be cut off; get it anew"


def _suffix_of(wanted: Format) -> str:
    return next(suffix for suffix, known in SUFFIXES.items() if known == wanted)


_WORD_FAMILY = {"doc", "docx", "rtf", "odt"}
_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
_SIGNATURES = (
    (_ZIP, Signature("a zip archive", advice="unpack it first")),
    (_OLE, Signature("an old Office document", advice="save it as .docx or .txt first")),
    (b"{\\rtf", Signature("rich text (RTF)", "rtf")),
    (b"\x89PNG", Signature("a PNG image", "picture")),
    (b"\xff\xd8\xff", Signature("a JPEG image", "picture")),
    (b"II*\0", Signature("a TIFF image", "picture")),
    (b"MM\0*", Signature("a TIFF image", "picture")),
    (b"GIF8", Signature("a GIF image", advice="save it as PNG or PDF first")),
    (b"\x1f\x8b", Signature("a gzip archive", advice="unpack it first")),
    (b"Rar!", Signature("a RAR archive", advice="unpack it first")),
    (b"7z\xbc\xaf", Signature("a 7z archive", advice="unpack it first")),
    (b"\x7fELF", Signature("a program", advice="give a document")),
    (b"MZ\x90\0", Signature("a program", advice="give a document")),
)
_OFFICE_FILES = {
    "docx": Signature("a Word document (.docx)", "docx"),
    "doc": Signature("an old Word document (.doc)", "doc"),
    "odt": Signature("an OpenDocument text", "odt"),
    "xlsx": Signature("an Excel workbook", advice="save its sheets as .docx or .txt first"),
    "xls": Signature("an old Excel workbook", advice="save its sheets as .docx or .txt first"),
    "pptx": Signature("a PowerPoint presentation", advice="save its text as .docx or .txt first"),
    "ppt": Signature("an old PowerPoint presentation", advice="save its text as .docx or .txt first"),
}
_HTML = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]{0,200}\?>\s*)?(?:<!--.{0,2000}?-->\s*)*<(?:!doctype\s+html|html|head|body)\b",
    re.IGNORECASE | re.DOTALL,
)
