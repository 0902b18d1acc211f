"""Read an input of any format, each parser of foreign bytes in a process of its own.

    with Readers() as readers:
        source = readers.read(data, name="plan.pdf")

Plain text is decoded here; all else is parsed in `Isolation`. What other programs do (tesseract recognises scanned
pages, LibreOffice opens old Word files) is started from here, under limits of its own. Recognised pages and what was
made of other formats than text are kept in a cache, so that other rules need not read them again.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.errors import UnreadableInputError
from pipeline.read.blocks import Block, BlockDocument
from pipeline.read.document import source_of
from pipeline.read.formats import MEDIA_TYPES, Format, format_of
from pipeline.read.pages.page import Page
from pipeline.read.source import SourceDocument
from pipeline.read.text import read_text
from pipeline.runs.made_by import readers_version
from pipeline.source_cache import SourceCache, source_key
from pipeline.workers.isolation import Isolation
from pipeline.workers.limits import Limits
from schemas import Diagnostic

if TYPE_CHECKING:
    from pipeline.read.scan import PagePicture


class Readers:
    """All readers, with the limits on them; a context manager that ends their process.

    *jobs* is how many scanned pages of one document are recognised at once; *recognised* is called after each with how
    many are done and how many there are.
    """

    def __init__(
        self,
        *,
        limits: Limits | None = None,
        cache: Path | None = None,
        jobs: int = 1,
        recognised: Callable[[int, int], None] = lambda done, count: None,
    ) -> None:
        self.limits = limits or Limits.from_environment()
        self.cache = cache or default_cache()
        self.jobs = jobs
        self.recognised = recognised
        self._isolation = Isolation(memory_mb=self.limits.memory_mb)

    def __enter__(self) -> Readers:
        return self

    def __exit__(self, *_: object) -> None:
        self._isolation.close()

    def read(self, data: bytes, *, name: str) -> SourceDocument:
        """The input named *name* (its suffix counts); raises `UnreadableInputError` when no document can be made."""
        if len(data) > self.limits.file_mb << 20:
            raise too_large(len(data), self.limits)
        form = format_of(data, name)
        if form in ("text", "markdown"):
            return read_text(data, media_type=MEDIA_TYPES[form])
        cache = SourceCache(self.cache / "sources")
        key = source_key(data, form, readers_version(), str(self.limits.pages))
        if kept := cache.get(key):
            return kept
        source = self._parsed(data, form)
        if not any(told.code == "unrecognised-page" for told in source.diagnostics):  # it may go better next time
            cache.put(key, source)
        return source

    def _parsed(self, data: bytes, form: Format) -> SourceDocument:
        if form == "pdf":
            return self._pdf(data)
        if form == "picture":
            return self._picture(data)
        if form == "html":
            return self._isolation.call(self.limits.seconds, _html, data)
        if form == "docx":
            return self._isolation.call(self.limits.seconds, _docx, data)
        return self._older_word(data, form)

    def warm(self) -> None:
        """Start the process that reads, with all its readers loaded, so that no input pays for it."""
        self._isolation.call(self.limits.seconds, _loaded)

    def peak_megabytes(self) -> float:
        """The most memory that the process which reads has held."""
        return self._isolation.peak_megabytes()

    def forget_peak(self) -> None:
        """Count that peak anew from now on."""
        self._isolation.forget_peak()

    def _pdf(self, data: bytes) -> SourceDocument:
        """The text layer, and what is recognised of the pages that have none worth reading."""
        pages = self._isolation.call(self.limits.seconds, _pages, data, self.limits.pages)
        numbers = self._isolation.call(self.limits.seconds, _to_recognise, pages)
        remarks: tuple[Diagnostic, ...] = ()
        if numbers:
            recognised, remarks = self._recognise(data, numbers, _page_picture)
            known = {page.number: page for page in recognised}
            pages = tuple(known.get(page.number, page) for page in pages)
        return self._paged(data, pages, remarks, MEDIA_TYPES["pdf"])

    def _picture(self, data: bytes) -> SourceDocument:
        count = self._isolation.call(self.limits.seconds, _frames, data)
        if count > self.limits.pages:
            raise UnreadableInputError("too-large", f"has {count:,} pages: split it, or raise KEHOACH_LIMIT_PAGES")
        pages, remarks = self._recognise(data, range(1, count + 1), _frame_picture)
        return self._paged(data, pages, remarks, picture_type(data))

    def _recognise(
        self, data: bytes, numbers: Sequence[int], render: Callable[[bytes, int], PagePicture]
    ) -> tuple[tuple[Page, ...], tuple[Diagnostic, ...]]:
        from pipeline.read.scan import PageCache, TesseractLimits, recognise_pages

        done = 0

        def advanced(_: int) -> None:
            nonlocal done
            done += 1
            self.recognised(done, len(numbers))

        return recognise_pages(
            data,
            numbers,
            cache=PageCache(self.cache / "pages"),
            jobs=self.jobs,
            render=lambda content, number: self._isolation.call(self.limits.seconds, render, content, number),
            limits=TesseractLimits(self.limits.page_seconds, self.limits.program_mb << 20),
            advanced=advanced,
        )

    def _paged(
        self, data: bytes, pages: Sequence[Page], remarks: Sequence[Diagnostic], media_type: str
    ) -> SourceDocument:
        found = self._isolation.call(self.limits.seconds, _paged, pages)
        return source_of(replace(found, diagnostics=(*found.diagnostics, *remarks)), data, media_type=media_type)

    def _older_word(self, data: bytes, form: Format) -> SourceDocument:
        from pipeline.read.word import ConverterLimits, Parsers, read_older

        parsers = Parsers(
            docx=lambda converted: self._isolation.call(self.limits.seconds, _docx_blocks, converted),
            docbook=lambda converted: self._isolation.call(self.limits.seconds, _docbook_blocks, converted),
        )
        bounds = ConverterLimits(self.limits.seconds, self.limits.program_mb << 20)
        return source_of(read_older(data, parsers=parsers, converter=bounds), data, media_type=MEDIA_TYPES[form])


def default_cache() -> Path:
    """Where recognised pages are kept: `$KEHOACH_CACHE`, else the user's cache directory."""
    if given := os.environ.get("KEHOACH_CACHE"):
        return Path(given)
    home = os.environ.get("XDG_CACHE_HOME")
    return (Path(home) if home else Path.home() / ".cache") / "kehoach"


def too_large(size: int, limits: Limits) -> UnreadableInputError:
    """The error for a file above the limit, which is not even opened."""
    limit = f"the limit of {limits.file_mb:,} MB"
    message = f"has {size:,} bytes, more than {limit}: split it, or raise KEHOACH_LIMIT_FILE_MB"
    return UnreadableInputError("too-large", message)


def picture_type(data: bytes) -> str:
    """The media type of a picture file.

    >>> picture_type(b"\\x89PNG")
    'image/png'
    """
    return {b"\x89P": "image/png", b"\xff\xd8": "image/jpeg"}.get(data[:2], "image/tiff")


# What runs in the process that reads; each imports its reader there, so that no one else pays for it.


def _loaded() -> None:
    import pipeline.read.html
    import pipeline.read.pages
    import pipeline.read.pdf
    import pipeline.read.word  # noqa: F401


def _html(data: bytes) -> SourceDocument:
    from pipeline.read.html import read_html
    from pipeline.read.legacy import as_font_shows

    return source_of(read_html(data, run_text=as_font_shows), data, media_type=MEDIA_TYPES["html"])


def _docx(data: bytes) -> SourceDocument:
    return source_of(_docx_blocks(data), data, media_type=MEDIA_TYPES["docx"])


def _docx_blocks(data: bytes) -> BlockDocument:
    from pipeline.read.legacy import as_font_shows
    from pipeline.read.word import read_docx

    return read_docx(data, decode=as_font_shows)


def _docbook_blocks(book: bytes) -> tuple[Block, ...]:
    from pipeline.read.word import read_docbook

    return read_docbook(book)


def _pages(data: bytes, most: int) -> tuple[Page, ...]:
    from pipeline.read.pdf import pages_of

    return pages_of(data, most_pages=most)


def _to_recognise(pages: Sequence[Page]) -> list[int]:
    from pipeline.read.pages.document import to_recognise

    return to_recognise(pages)


def _paged(pages: Sequence[Page]) -> BlockDocument:
    from pipeline.read.pages.document import paged_document

    return paged_document(pages)


def _frames(data: bytes) -> int:
    from pipeline.read.scan import frames_of

    return frames_of(data)


def _page_picture(data: bytes, number: int) -> PagePicture:
    from pipeline.read.scan import render_page

    return render_page(data, number)


def _frame_picture(data: bytes, number: int) -> PagePicture:
    from pipeline.read.scan import render_picture

    return render_picture(data, number)
