"""Tell what an Office container holds: `what_office_file(data)` gives "docx", "xls", "encrypted", "zip" or None.

A .docx, an .xlsx and an .odt are all zip archives, a .doc, an .xls and any Office file with a password are all OLE
containers; names of files say little, so the names inside decide. Nothing is unpacked here.
"""

from __future__ import annotations

import io
import re
import struct
import zipfile
from typing import Literal, NamedTuple

OfficeKind = Literal[
    "docx", "xlsx", "pptx", "odt", "ods", "odp", "epub", "doc", "xls", "ppt", "encrypted", "zip", "ole"
]


def what_office_file(data: bytes) -> OfficeKind | None:
    """What the container *data* is, or None when it is neither a zip archive nor an OLE container.

    "encrypted" is an Office file that opens only with a password; "zip" and "ole" are containers of something else.
    """
    if data.startswith(OLE_SIGNATURE):
        return _in_ole(data)
    if data.startswith(ZIP_SIGNATURES):
        return _in_zip(data)
    return None


def _in_zip(data: bytes) -> OfficeKind:
    if opendocument := _MIMETYPE.match(data, 30):
        return _OPENDOCUMENT.get(opendocument[1], "zip")
    try:
        # Each entry of the directory begins with this mark, so that none of them need be parsed to bound their number.
        names = zipfile.ZipFile(io.BytesIO(data)).namelist() if data.count(ENTRY_MARK) < MOST_ENTRIES else []
    except (zipfile.BadZipFile, NotImplementedError, ValueError, struct.error):
        # A truncated file has lost its directory, but its entries still carry their names.
        names = [match[1].decode("ascii") for match in _LOCAL_NAME.finditer(data)]
    for folder, kind in _FOLDERS:
        if any(name.replace("\\", "/").startswith(folder) and name.endswith(".xml") for name in names):
            return kind
    return "zip"


def _in_ole(data: bytes) -> OfficeKind:
    """The first known stream of the directory: what is embedded in a document comes after the document itself."""
    found = [(entry.offset, kind) for name, kind in _STREAMS for entry in ole_entries(data, name)]
    if not found:
        return "ole"
    kind = min(found)[1]
    return "encrypted" if kind == "doc" and _is_locked_doc(data) else kind


class OleEntry(NamedTuple):
    """A stream in the directory of an OLE container: where its entry is, and its first sector."""

    offset: int
    sector: int


def ole_entries(data: bytes, name: str) -> list[OleEntry]:
    """The entries of streams called *name*: directory entries are 128 bytes long and lie on multiples of 128."""
    coded = name.encode("utf-16-le") + b"\0\0"
    found: list[OleEntry] = []
    at = data.find(coded, 512)
    while at >= 0:
        if at % 128 == 0 and at + 128 <= len(data):
            (length,) = struct.unpack_from("<H", data, at + 64)
            if length == len(coded) and data[at + 66] == _STREAM:
                found.append(OleEntry(at, struct.unpack_from("<I", data, at + 116)[0]))
        at = data.find(coded, at + 2)
    return found


def _is_locked_doc(data: bytes) -> bool:
    """Whether the flag for encryption is set in the file information block, with which `WordDocument` begins."""
    (shift,) = struct.unpack_from("<H", data, 30)
    if not 7 <= shift <= 16:
        return False
    for entry in ole_entries(data, "WordDocument")[:1]:
        block = data[(entry.sector + 1) << shift :][:32]
        if len(block) == 32 and block[:2] == b"\xec\xa5":
            return bool(struct.unpack_from("<H", block, 10)[0] & 0x0100)
    return False


OLE_SIGNATURE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ZIP_SIGNATURES = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
ENTRY_MARK = b"PK\x01\x02"
MOST_ENTRIES = 10_000
_STREAM = 2
_MIMETYPE = re.compile(
    rb"mimetype(application/(?:vnd\.oasis\.opendocument\.(?:text|spreadsheet|presentation)|epub\+zip))"
)
_OPENDOCUMENT: dict[bytes, OfficeKind] = {
    b"application/vnd.oasis.opendocument.text": "odt",
    b"application/vnd.oasis.opendocument.spreadsheet": "ods",
    b"application/vnd.oasis.opendocument.presentation": "odp",
    b"application/epub+zip": "epub",
}
_LOCAL_NAME = re.compile(rb"PK\x03\x04.{22}.{4}([A-Za-z0-9_./\\-]{1,200}\.xml)", re.DOTALL)
_FOLDERS: tuple[tuple[str, OfficeKind], ...] = (("word/", "docx"), ("xl/", "xlsx"), ("ppt/", "pptx"))
_STREAMS: tuple[tuple[str, OfficeKind], ...] = (
    ("EncryptedPackage", "encrypted"),
    ("WordDocument", "doc"),
    ("Workbook", "xls"),
    ("Book", "xls"),
    ("PowerPoint Document", "ppt"),
)
