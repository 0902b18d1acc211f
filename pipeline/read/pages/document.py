"""From the pages of a PDF or a scan to their blocks, and which pages have to be recognised first."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from pipeline.read.blocks import Block, BlockDocument, Paragraph, Place
from pipeline.read.legacy.convert import detect
from pipeline.read.pages.layout import blocks_of
from pipeline.read.pages.page import Page
from pipeline.read.pages.text_layer import judge
from schemas import Diagnostic

LEAST_PICTURE = 0.02  # of a page; less is a rule or a logo on an empty page


def to_recognise(pages: Sequence[Page]) -> list[int]:
    """The numbers of the pages whose text layer is missing or wrong.

    An empty page is left alone among others; where no page has a text, the words may be drawn as shapes.
    """
    wanted = []
    for page in pages:
        text = " ".join(word.text for word in page.words)
        readable = judge(text, pictured=page.pictured).usable or detect(text) is not None
        if not readable and (page.words or page.pictured >= LEAST_PICTURE):
            wanted.append(page.number)
    if not wanted and not any(page.words for page in pages):
        return [page.number for page in pages]
    return wanted


def paged_document(pages: Sequence[Page]) -> BlockDocument:
    """The blocks of *pages*, each at its place on the page as a viewer shows it, and remarks on the pages."""
    turned = {page.number: page for page in pages if page.turned}
    blocks = blocks_of(pages)
    if turned:
        blocks = tuple(_seen(block, turned) for block in blocks)
    return BlockDocument(blocks, diagnostics=tuple(_remarks(pages)))


def _seen(block: Block, turned: dict[int, Page]) -> Block:
    """*block* with its boxes as on the page before it was turned upright."""
    if isinstance(block, Paragraph):
        return Paragraph(tuple(piece._replace(place=_place_seen(piece.place, turned)) for piece in block.pieces))
    cells = (replace(cell, blocks=tuple(_seen(inner, turned) for inner in cell.blocks)) for cell in block.cells)
    return replace(block, cells=tuple(cells))


def _place_seen(place: Place, turned: dict[int, Page]) -> Place:
    page = turned.get(place.page or 0)
    return place if page is None or place.box is None else place._replace(box=page.seen(place.box))


def _remarks(pages: Sequence[Page]) -> Iterator[Diagnostic]:
    recognised = [page.number for page in pages if page.origin == "ocr"]
    if recognised:
        message = f"{in_runs(recognised)} of {len(pages)} had no text that could be read and were recognised"
        yield Diagnostic(code="recognised", severity="info", message=message)
    for page in pages:
        yield from page.diagnostics


def in_runs(numbers: Sequence[int]) -> str:
    """Numbers of pages as people write them.

    >>> in_runs([1, 2, 3, 7]), in_runs([4])
    ('pages 1-3, 7', 'page 4')
    """
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][1] + 1:
            runs[-1][1] = number
        else:
            runs.append([number, number])
    told = ", ".join(f"{first}-{last}" if last > first else f"{first}" for first, last in runs)
    return f"page{'s' if len(numbers) > 1 else ''} {told}"
