"""Open the package of a Word file: a zip archive of XML parts that name each other by relationships.

    package = Package.open(data); package.tree("word/document.xml"); package.related("word/document.xml", "numbering")

Not opened with python-docx, which reads every part (pictures too) without a limit, refuses macro-enabled and strict
files, and fails on relationships to parts that are not there, as converters leave them. Only parts that are asked for
are unpacked, in bounded steps; targets outside of the package are never followed.
"""

from __future__ import annotations

import io
import posixpath
import zipfile
import zlib
from dataclasses import dataclass
from typing import NamedTuple

from lxml import etree

from pipeline.errors import UnreadableInputError
from pipeline.read.container import ENTRY_MARK, MOST_ENTRIES, OfficeKind, what_office_file


class Limits(NamedTuple):
    """Bounds of a package: its entries, the bytes of a part and of all that is unpacked, and bytes for a packed byte.

    A ratio above 200 is unusual in XML, and near 1,000 as high as zip goes; it counts from a part of 8 MB on. The tree
    of a part takes some 15 times its bytes of memory.
    """

    entries: int = MOST_ENTRIES
    part: int = 48 << 20
    total: int = 1 << 30
    ratio: int = 400


DEFAULT_LIMITS = Limits()


@dataclass(slots=True)
class Package:
    """An open package; `main` is the name of the part with the document."""

    archive: zipfile.ZipFile
    limits: Limits
    main: str = ""

    @classmethod
    def open(cls, data: bytes, *, limits: Limits = DEFAULT_LIMITS) -> Package:
        """The package in *data*; raise `UnreadableInputError` when it is none, is locked, broken, or too large."""
        kind = what_office_file(data)
        if kind not in ("docx", "zip"):
            raise refusal(kind)
        if data.count(ENTRY_MARK) > limits.entries:
            raise UnreadableInputError(
                "too-large", f"is an archive of more than {limits.entries:,} entries, which no Word file has"
            )
        try:
            archive = zipfile.ZipFile(io.BytesIO(data))
        except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError) as error:
            raise UnreadableInputError(
                "damaged", f"is a broken or truncated archive ({error}): get it again, or save it anew in Word"
            ) from error
        package = cls(archive, limits)
        package._check_sizes()
        package.main = package._find_main(kind)
        return package

    def tree(self, name: str) -> etree._Element | None:
        """The root of the XML part *name*, or None when there is no such part."""
        content = self._content(name)
        if content is None:
            return None
        for strict, usual in _STRICT:
            content = content.replace(strict, usual)
        try:
            root = etree.fromstring(content, _parser())
        except etree.XMLSyntaxError as error:
            raise UnreadableInputError("damaged", f"is damaged: {name} is no well-formed XML ({error.msg})") from error
        if root.getroottree().docinfo.internalDTD is not None:
            raise UnreadableInputError("damaged", f"declares a document type in {name}, which no Word file does")
        return root

    def related(self, name: str, kind: str) -> list[str]:
        """The parts that part *name* is related to as *kind* (`styles`, `footnotes`), those outside left out."""
        return [target for _, target in self._relationships(name, kind)]

    def related_by_id(self, name: str, kind: str) -> dict[str, str]:
        """The parts that part *name* is related to as *kind*, by the id of the relationship."""
        return dict(self._relationships(name, kind))

    def _relationships(self, name: str, kind: str) -> list[tuple[str, str]]:
        folder, base = posixpath.split(name)
        root = self.tree(posixpath.join(folder, "_rels", f"{base}.rels"))
        if root is None:
            return []
        found: list[tuple[str, str]] = []
        for relationship in root.iterchildren(_RELATIONSHIP):
            if relationship.get("TargetMode") == "External" or relationship.get("Type", "").rpartition("/")[2] != kind:
                continue
            target = posixpath.normpath(posixpath.join("/", folder, relationship.get("Target", ""))).lstrip("/")
            found.append((relationship.get("Id", ""), target))
        return found

    def _find_main(self, kind: OfficeKind | None) -> str:
        names = set(self.archive.namelist())
        for name in (*self.related("", "officeDocument"), "word/document.xml"):
            if name in names and name.startswith("word/"):
                return name
        raise (
            refusal("zip")
            if kind == "zip"
            else UnreadableInputError(
                "damaged", "is a Word file without its document: get it again, or save it anew in Word"
            )
        )

    def _content(self, name: str) -> bytes | None:
        """Unpack at most what the directory promises; what is longer or shorter than that is damaged."""
        try:
            entry = self.archive.getinfo(name)
        except KeyError:
            return None
        if entry.file_size > self.limits.part:
            raise UnreadableInputError(
                "too-large",
                f"holds {name} of {entry.file_size:,} bytes, more than the limit of {self.limits.part:,}:"
                " split the document, or raise the limit",
            )
        try:
            with self.archive.open(entry) as stream:
                # With a bound: without one a lying directory lets zipfile unpack 2 GB before it looks.
                return stream.read(entry.file_size + 1)
        except (zipfile.BadZipFile, NotImplementedError, EOFError, zlib.error, OSError, ValueError) as error:
            raise UnreadableInputError(
                "damaged", f"is damaged: {name} cannot be unpacked ({error}): get it again, or save it anew in Word"
            ) from error

    def _check_sizes(self) -> None:
        total = 0
        for entry in self.archive.infolist():
            total += entry.file_size
            if entry.flag_bits & 1:
                raise UnreadableInputError("encrypted", "is an encrypted archive: save it without a password")
            if entry.file_size > 8 << 20 and entry.file_size > self.limits.ratio * max(entry.compress_size, 1):
                raise UnreadableInputError(
                    "too-large",
                    f"unpacks {entry.filename} from {entry.compress_size:,} to {entry.file_size:,} bytes, as a zip bomb"
                    " does",
                )
        if total > self.limits.total:
            raise UnreadableInputError(
                "too-large", f"unpacks to {total:,} bytes, more than the limit of {self.limits.total:,}"
            )


def _parser() -> etree.XMLParser:
    return etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True
    )


def refusal(kind: OfficeKind | None) -> UnreadableInputError:
    if kind is None:
        return UnreadableInputError("binary", "is no Word file: neither a zip archive nor an Office container")
    code, what = _REFUSALS[kind]
    return UnreadableInputError(code, what)


_RELATIONSHIP = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_STRICT = (
    (
        b"http://purl.oclc.org/ooxml/wordprocessingml/main",
        b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    ),
    (
        b"http://purl.oclc.org/ooxml/officeDocument/relationships",
        b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    ),
    (b"http://purl.oclc.org/ooxml/officeDocument/math", b"http://schemas.openxmlformats.org/officeDocument/2006/math"),
    (b"http://purl.oclc.org/ooxml/drawingml/main", b"http://schemas.openxmlformats.org/drawingml/2006/main"),
)
_SAVE = "save it as .docx first"
_REFUSALS: dict[OfficeKind, tuple[str, str]] = {
    "docx": ("damaged", "is a damaged Word file: get it again, or save it anew in Word"),
    "xlsx": ("wrong-extension", "is an Excel workbook (.xlsx), no Word file: save its sheets as .docx or .pdf first"),
    "pptx": ("wrong-extension", "is a PowerPoint file (.pptx), no Word file: save it as .pdf first"),
    "odt": ("wrong-extension", f"is an OpenDocument text (.odt), no Word file: {_SAVE}"),
    "ods": ("wrong-extension", f"is an OpenDocument sheet (.ods), no Word file: {_SAVE}"),
    "odp": ("wrong-extension", "is an OpenDocument presentation (.odp), no Word file: save it as .pdf first"),
    "epub": ("wrong-extension", f"is an electronic book (.epub), no Word file: {_SAVE}"),
    "doc": ("wrong-extension", "is an old Word document (.doc) under another name: name it .doc"),
    "xls": ("wrong-extension", "is an old Excel workbook (.xls), no Word file: save its sheets as .docx or .pdf first"),
    "ppt": ("wrong-extension", "is an old PowerPoint file (.ppt), no Word file: save it as .pdf first"),
    "encrypted": ("encrypted", "is encrypted: save it without a password"),
    "zip": ("binary", "is a zip archive and no Word file: unpack it first"),
    "ole": ("binary", "is an Office container without a Word document: save it as .docx first"),
}
