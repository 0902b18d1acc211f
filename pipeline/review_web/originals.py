"""The page of the original on which a record stands, drawn from the very bytes that were read.

    Originals(out).page(document, 3)  →  PagePicture(png, width, height)

A file is used only when it lies below the input directory and its SHA-256 is the one in the document, so that no name
in a document leads to another file. It is drawn in a process of its own, like all else that parses foreign bytes.
"""

from __future__ import annotations

import hashlib
import io
from collections import OrderedDict
from contextlib import closing
from pathlib import Path
from threading import Lock
from typing import NamedTuple

import orjson

from pipeline.errors import KehoachError
from pipeline.store import RUN_REPORT
from pipeline.workers.isolation import Isolation
from pipeline.workers.limits import Limits
from schemas import PlanDocument

DOTS_AN_INCH = 110.0
KEPT = 24  # pages


class NoOriginalError(KehoachError):
    """The original cannot be shown; the message says why and what to do."""


class PagePicture(NamedTuple):
    """A page as PNG, and its size in points."""

    png: bytes
    width: float
    height: float


class Originals:
    """The inputs of the results directory *out*; *root* is where they are when `run.json` does not lead there."""

    def __init__(self, out: Path, root: Path | None = None) -> None:
        self.out = out
        self.root = root
        self._limits = Limits.from_environment()
        self._isolation = Isolation(memory_mb=self._limits.memory_mb)
        self._pages: OrderedDict[tuple[str, int], PagePicture] = OrderedDict()
        self._turn = Lock()

    def page(self, document: PlanDocument, number: int) -> PagePicture:
        """Page *number*, counted from 1; raises `NoOriginalError`, `UnreadableInputError` when it cannot be drawn."""
        key = document.source.sha256, number
        with self._turn:
            if key in self._pages:
                return self._pages[key]
        data = self._content(document)
        drawn = self._isolation.call(self._limits.seconds, draw_page, data, number, document.source.media_type)
        with self._turn:
            self._pages[key] = drawn
            while len(self._pages) > KEPT:
                self._pages.popitem(last=False)
        return drawn

    def missing(self, document: PlanDocument) -> str | None:
        """Why the original of *document* cannot be shown; None when it can."""
        try:
            self._content(document)
        except NoOriginalError as error:
            return str(error)
        return None

    def close(self) -> None:
        """End the process that draws."""
        self._isolation.close()

    def _content(self, document: PlanDocument) -> bytes:
        if not has_pages(document):
            raise NoOriginalError("Only PDFs and scans have pages.")
        root = self.root or self._told_root()
        if root is None:
            raise NoOriginalError("The results do not say where their inputs are. Name them with --originals.")
        file = root / document.source.path
        if not file.resolve().is_relative_to(root.resolve()) or not file.is_file():
            raise NoOriginalError("The original is no longer where it was read. Name its directory with --originals.")
        if file.stat().st_size != document.source.bytes:
            raise NoOriginalError("The original has changed since it was read. Read it again.")
        data = file.read_bytes()
        if hashlib.sha256(data).hexdigest() != document.source.sha256:
            raise NoOriginalError("The original has changed since it was read. Read it again.")
        return data

    def _told_root(self) -> Path | None:
        try:
            told = orjson.loads((self.out / RUN_REPORT).read_bytes())["input"]
        except (OSError, ValueError, KeyError, TypeError):
            return None
        return self.out / told if isinstance(told, str) and told else None


def has_pages(document: PlanDocument) -> bool:
    """Whether the input was a PDF or a picture."""
    return document.source.media_type == "application/pdf" or document.source.media_type.startswith("image/")


def draw_page(data: bytes, number: int, media_type: str) -> PagePicture:
    """Draw one page for the screen; runs in the process that reads foreign bytes."""
    if media_type != "application/pdf":
        return _frame(data, number)
    import pypdfium2 as pdfium

    with closing(pdfium.PdfDocument(data)) as document, closing(document[number - 1]) as page:
        width, height = page.get_size()
        scale = min(DOTS_AN_INCH / 72, 2_400 / max(width, height, 1))
        bitmap = page.render(scale=scale)
        target = io.BytesIO()
        bitmap.to_pil().convert("RGB").save(target, "PNG", compress_level=3)
        bitmap.close()
    return PagePicture(target.getvalue(), width, height)


def _frame(data: bytes, number: int) -> PagePicture:
    from PIL import Image

    from pipeline.read.scan import render_picture

    picture = render_picture(data, number)
    with Image.open(io.BytesIO(picture.png), formats=("PNG",)) as opened:
        opened.thumbnail((1_600, 1_600))
        target = io.BytesIO()
        opened.save(target, "PNG", compress_level=3)
    return PagePicture(target.getvalue(), picture.width, picture.height)
