"""PDF text: kehoach's reader against pdfplumber, on the PDFs of a directory that have a text layer.

Right is the share of the words that are possible Vietnamese syllables, summed over the files: letters torn apart, lost
spaces and wrong glyphs make words that are none. It does not see columns mixed up or rows torn.
"""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import pypdfium2

from benchmarks.peers import Answered, Peer, compare
from pipeline.read.blocks import paragraphs_of
from pipeline.read.pages.document import paged_document
from pipeline.read.pages.text_layer import valid_share
from pipeline.read.pdf import pages_of

FEWEST_CHARACTERS = 500
MOST_PAGES = 1_000


def compare_pdf(directory: Path, repetitions: int) -> list[Answered]:
    """The rows of the comparison; none without a PDF that has text."""
    files = [data for file in sorted(directory.rglob("*.pdf")) if _has_text(data := file.read_bytes())]
    if not files:
        return [Answered("pdfplumber", missing=f"no PDF with a text layer below {directory}: give INPUTS=directory")]
    size = sum(map(len, files)) / 1e6
    return compare(PEERS, files, right=_syllables, asked=len(files), megabytes=size, repetitions=repetitions)


def _has_text(data: bytes) -> bool:
    try:
        document = pypdfium2.PdfDocument(data)
        text = "".join(page.get_textpage().get_text_range() for page in list(document)[:3])
    except pypdfium2.PdfiumError:
        return False
    return len(text) > FEWEST_CHARACTERS


def _syllables(_: object, answer: object) -> float:
    return valid_share(answer) if isinstance(answer, str) and answer.strip() else 0.0


def _ours() -> Callable[[bytes], str]:
    def answer(data: bytes) -> str:
        blocks = paged_document(pages_of(data, most_pages=MOST_PAGES)).blocks
        return "\n".join(paragraph.text for paragraph in paragraphs_of(blocks))

    return answer


def _pdfplumber() -> Callable[[bytes], str]:
    import pdfplumber

    def answer(data: bytes) -> str:
        with pdfplumber.open(io.BytesIO(data)) as document:
            return "\n".join(page.extract_text() for page in document.pages)

    return answer


PEERS = (Peer("kehoach", _ours), Peer("pdfplumber", _pdfplumber, "pdfplumber"))
