"""Recognise the pages of a scan, PDF or picture file: `recognise_pages(data, [1, 2], cache=None, jobs=2)`.

Pages are drawn one after the other and recognised by `jobs` processes of tesseract at once; a page that is in the cache
is neither. A page that tesseract cannot finish becomes an empty one with a diagnostic, and the others are read.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from typing import NamedTuple

from pipeline.read.pages.page import Page
from pipeline.read.pages.text_layer import valid_share
from pipeline.read.scan import page as recognition
from pipeline.read.scan.cache import PageCache, page_key
from pipeline.read.scan.page import mean_confidence, recognise
from pipeline.read.scan.rendering import PagePicture, render_page
from pipeline.read.scan.tesseract import Limits, RecognitionError, Tesseract, require_tesseract
from schemas import Diagnostic, SourceSpan

Renderer = Callable[[bytes, int], PagePicture]


class RecognisedPages(NamedTuple):
    """Pages in the order asked for, and remarks on those that were read badly or not at all."""

    pages: tuple[Page, ...]
    diagnostics: tuple[Diagnostic, ...]


def recognise_pages(
    data: bytes,
    numbers: Sequence[int],
    *,
    cache: PageCache | None,
    jobs: int,
    render: Renderer = render_page,
    limits: Limits | None = None,
    advanced: Callable[[int], None] = lambda number: None,
) -> RecognisedPages:
    """Recognise the pages *numbers*, counted from 1, of *data*.

    *render* draws a page and is called from several threads; *advanced* is told each page that is done, in the calling
    thread. Raises `UnreadableInputError` with code `needs_ocr` when there is no tesseract that reads Vietnamese, also
    for pages in the cache, so that an outcome depends on the machine and not on its past.
    """
    tesseract = require_tesseract()
    content = hashlib.sha256(data).hexdigest()

    def read(number: int) -> Page | Diagnostic:
        key = page_key(content, number, recognition.VERSION, tesseract.version)
        if cache and (kept := cache.get(key)):
            return kept
        page = _recognise(render(data, number), number, tesseract, limits)
        if cache and isinstance(page, Page):
            cache.put(key, page)
        return page

    outcomes = dict(_at_once(read, numbers, jobs, advanced))
    pages = tuple(_page(outcomes[number], number) for number in numbers)
    failed = [outcome for outcome in outcomes.values() if isinstance(outcome, Diagnostic)]
    return RecognisedPages(pages, (*failed, *poor_pages(pages)))


def poor_pages(pages: Sequence[Page]) -> Iterator[Diagnostic]:
    """A warning for each page that was recognised badly."""
    for page in pages:
        confidence, share = mean_confidence(page.words), valid_share(_text(page))
        if confidence < LEAST_CONFIDENCE or share < LEAST_SHARE:
            yield Diagnostic(
                code="poor-recognition",
                severity="warning",
                message=f"Page {page.number} was recognised with a mean confidence of {confidence:.0%} and"
                f" {share:.0%} possible Vietnamese syllables: compare it with the scan",
                source_spans=(_whole(page.number),),
            )


def _recognise(picture: PagePicture, number: int, tesseract: Tesseract, limits: Limits | None) -> Page | Diagnostic:
    try:
        return recognise(picture, number, tesseract, limits=limits)
    except RecognitionError as error:
        return Diagnostic(
            code="unrecognised-page",
            severity="error",
            message=f"Page {number} could not be recognised and is missing from the text: {error}",
            source_spans=(_whole(number),),
        )


def _at_once(
    read: Callable[[int], Page | Diagnostic], numbers: Sequence[int], jobs: int, advanced: Callable[[int], None]
) -> Iterator[tuple[int, Page | Diagnostic]]:
    """What *read* gives for each of *numbers*, in the order of completion; after an error no further one is begun."""
    with ThreadPoolExecutor(max_workers=max(jobs, 1)) as pool:
        waiting = {pool.submit(read, number): number for number in dict.fromkeys(numbers)}
        try:
            for done in as_completed(waiting):
                yield waiting[done], done.result()
                advanced(waiting[done])
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            raise


def _page(outcome: Page | Diagnostic, number: int) -> Page:
    return outcome if isinstance(outcome, Page) else Page(number, 0.0, 0.0, (), (), "ocr")


def _text(page: Page) -> str:
    return " ".join(word.text for word in page.words)


def _whole(number: int) -> SourceSpan:
    return SourceSpan(start=0, end=0, page=number)


LEAST_CONFIDENCE = 0.75
LEAST_SHARE = 0.8
