"""From one input, read, to its plan document: the whole road behind the readers in one pure function.

    extract_source(read_text(b"..."), path="a/kh-12.txt") -> PlanDocument

The result depends on what was read, the path that is recorded in it and the version of the rules, and on nothing else.
"""

from __future__ import annotations

from pipeline.assemble import assemble
from pipeline.clean import CleanText, clean
from pipeline.confidence import with_confidence
from pipeline.outline import Outline
from pipeline.read.source import SourceDocument
from pipeline.read.text import read_text
from pipeline.recover import restore_labels
from pipeline.segment import drawn_grids, segment
from schemas import PlanDocument, Source


def extract_source(source: SourceDocument, *, path: str) -> PlanDocument:
    """The document of the input named *path* (relative, `/` separators)."""
    cleaned = clean(source)
    outline = _outline(cleaned)
    if outline.recovered:
        cleaned = restore_labels(cleaned, outline.recovered)
        outline = _outline(cleaned)
    facts = Source(
        path=path,
        sha256=source.sha256,
        media_type=source.media_type,
        encoding=source.encoding,
        bytes=source.size,
    )
    return with_confidence(assemble(cleaned, outline, facts))


def extract_document(data: bytes, *, path: str) -> PlanDocument:
    """The document of a plain text; other formats need `pipeline.readers.Readers`.

    Raises `pipeline.errors.UnreadableInputError` when no document can be made of *data*.
    """
    media_type = "text/markdown" if path.lower().endswith(".md") else "text/plain"
    return extract_source(read_text(data, media_type=media_type), path=path)


def _outline(cleaned: CleanText) -> Outline:
    drawn = drawn_grids(cleaned.text, cleaned.tables) if cleaned.tables else ()
    return segment(cleaned.text.text, drawn=drawn)
