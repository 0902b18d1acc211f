"""Read the pages of a PDF that has a text layer: `pages_of(data)` gives words and drawn lines with their places.

pdfium (pypdfium2) does all of it: characters with their boxes, path objects for the lines of tables. pdfplumber, which
finds tables too, takes 12 times as long on the same pages and leaves None in merged cells, so that
`pipeline.read.pages.tables` makes the grid from the drawn lines, for scans as well.

What is drawn over a page counts as part of it: the number and the date of a decree often stand in the appearance of a
signature field ("Số: ___ /QĐ-UBND" with the number in the gap). Only what the signing software prints about itself
("Người ký: …", "Thời gian ký: …") is kept apart and told in a diagnostic.
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import pypdfium2
import pypdfium2.raw as raw

from pipeline.errors import UnreadableInputError
from pipeline.read.blocks import Box
from pipeline.read.pages.page import Page, Word
from pipeline.read.pdf.rules import MOST_OBJECTS, rules_of
from pipeline.read.pdf.stamps import without_stamps
from pipeline.read.pdf.view import View
from pipeline.read.pdf.words import MOST_CHARACTERS, words_of
from pipeline.read.scan.rendering import pictured_share
from schemas import Diagnostic


def pages_of(data: bytes, *, most_pages: int = 1000) -> tuple[Page, ...]:
    """All pages of the PDF *data*; a page of a scan has no words.

    Raises `UnreadableInputError`: `encrypted`, `damaged`, `empty` (no pages), `too-large` (over *most_pages*). A single
    page that cannot be read becomes one without words, with a diagnostic.
    """
    with _opened(data) as document:
        count = len(document)
        if count > most_pages:
            raise UnreadableInputError(
                "too-large", f"has {count:,} pages, more than the limit of {most_pages:,}: split it, or raise the limit"
            )
        pages = tuple(_page(document, index) for index in range(count))
    if all(page.diagnostics and page.diagnostics[0].code == "damaged-page" for page in pages):
        raise UnreadableInputError("damaged", "is a PDF of which no page can be read: save it again, or print it anew")
    return pages


@contextmanager
def _opened(data: bytes) -> Iterator[Any]:
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        raise _unreadable(data, error.err_code) from error
    try:
        yield document
    finally:
        document.close()


def _unreadable(data: bytes, code: int | None) -> UnreadableInputError:
    """Why pdfium did not open *data*; its *code* of a file without pages is that of the last failure of all."""
    opened = raw.FPDF_LoadMemDocument64(data, len(data), None)
    if opened:
        raw.FPDF_CloseDocument(opened)
        return UnreadableInputError("empty", "is a PDF without pages: save it again from where it was made")
    if code in (raw.FPDF_ERR_PASSWORD, raw.FPDF_ERR_SECURITY):
        return UnreadableInputError("encrypted", "is encrypted: save it without a password")
    return UnreadableInputError("damaged", "is a damaged or truncated PDF: save or download it again")


def _page(document: Any, index: int) -> Page:
    try:
        return _read_page(document, index)
    except pypdfium2.PdfiumError as error:
        remark = _remark("damaged-page", "warning", f"page {index + 1} cannot be read: {error}")
        return Page(index + 1, 0.0, 0.0, (), diagnostics=(remark,))


def _read_page(document: Any, index: int) -> Page:
    page = document[index]
    try:
        view = View.of(page)
        rules = rules_of(page, view)
        words, fields = _words(document, index, page, view)
        pictured = pictured_share(page)
    finally:
        page.close()
    kept, stamps = without_stamps(words or (), fields)
    return Page(
        index + 1,
        view.width,
        view.height,
        tuple(kept),
        rules or (),
        pictured=pictured,
        diagnostics=tuple(_remarks(index + 1, stamps, no_rules=rules is None, no_words=words is None)),
    )


def _words(document: Any, index: int, page: Any, view: View) -> tuple[list[Word] | None, list[Sequence[Word]]]:
    """The words of the page, those in its annotations included, and these once more for each annotation.

    None instead of the words when there are too many characters.
    """
    boxes = _annotation_boxes(page, view)
    words = words_of(page, view)
    if not boxes or words is None:
        return words, []
    # The reader sees what annotations draw, the text of a page does not hold it until they are made part of the page.
    if raw.FPDFPage_Flatten(page.raw, raw.FLAT_NORMALDISPLAY) != raw.FLATTEN_SUCCESS:
        return words, []
    flat = document[index]
    try:
        everything = words_of(flat, view)
    finally:
        flat.close()
    if everything is None:
        return words, []
    own = set(words)
    drawn = [word for word in everything if word not in own]
    if len(drawn) <= _MOST_DRAWN:
        words = [word for word in words if not any(_covers(other, word) for other in drawn)]
    return words + drawn, [[word for word in drawn if _holds(box, word)] for box in boxes]


def _annotation_boxes(page: Any, view: View) -> list[Box]:
    boxes = []
    for position in range(min(raw.FPDFPage_GetAnnotCount(page.raw), _MOST_ANNOTATIONS)):
        annotation = raw.FPDFPage_GetAnnot(page.raw, position)
        if not annotation:
            continue
        rectangle = raw.FS_RECTF()
        shown = not raw.FPDFAnnot_GetFlags(annotation) & raw.FPDF_ANNOT_FLAG_HIDDEN
        if (
            shown
            and raw.FPDFAnnot_GetSubtype(annotation) in _DRAWN
            and raw.FPDFAnnot_GetRect(annotation, ctypes.byref(rectangle))
        ):
            boxes.append(view.box(rectangle.left, rectangle.bottom, rectangle.right, rectangle.top))
        raw.FPDFPage_CloseAnnot(annotation)
    return boxes


def _holds(box: Box, word: Word) -> bool:
    x, y = (word.left + word.right) / 2, (word.top + word.bottom) / 2
    return box[0] - 1 <= x <= box[2] + 1 and box[1] - 1 <= y <= box[3] + 1


def _covers(drawn: Word, word: Word) -> bool:
    """Whether *drawn* was put over *word*: a day over the dots, the right month over the one that was printed."""
    across = min(drawn.right, word.right) - max(drawn.left, word.left)
    down = min(drawn.bottom, word.bottom) - max(drawn.top, word.top)
    short = len(word.text) <= len(drawn.text) + 1
    return short and across > 0.5 * (word.right - word.left) and down > 0.5 * (word.bottom - word.top)


def _remarks(number: int, stamps: Sequence[str], *, no_rules: bool, no_words: bool) -> Iterator[Diagnostic]:
    if stamps:
        yield _remark("signature-stamp", "info", f"page {number}, not part of the text: {' | '.join(stamps)[:400]}")
    if no_rules:
        yield _remark(
            "too-many-drawings",
            "warning",
            f"page {number} has more than {MOST_OBJECTS:,} drawn objects: the lines of its tables were not read",
        )
    if no_words:
        yield _remark(
            "too-many-characters",
            "warning",
            f"page {number} has more than {MOST_CHARACTERS:,} characters: its text was not read",
        )


def _remark(code: str, severity: Any, message: str) -> Diagnostic:
    return Diagnostic(code=code, severity=severity, message=message)


# A form field, a stamp or typed-over text; notes, links and highlights say nothing that belongs to the text.
_DRAWN = frozenset({raw.FPDF_ANNOT_WIDGET, raw.FPDF_ANNOT_STAMP, raw.FPDF_ANNOT_FREETEXT})
_MOST_ANNOTATIONS = 200
# Words that fields draw on a page; with more of them it is not asked which printed words they cover.
_MOST_DRAWN = 300
