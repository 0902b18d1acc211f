"""From the bytes of one input to its plan document: the whole road in one pure function.

    extract_document(b"...", path="a/kh-12.txt") -> PlanDocument

The result depends on the bytes, the path that is recorded in it and the version of the rules, and on nothing else.
"""

from __future__ import annotations

from pathlib import PurePosixPath

from pipeline.assemble import assemble
from pipeline.clean import clean
from pipeline.confidence import with_confidence
from pipeline.read.text import read_text
from pipeline.recover import restore_labels
from pipeline.segment import segment
from schemas import PlanDocument, Source

MEDIA_TYPES = {".txt": "text/plain", ".md": "text/markdown"}


def extract_document(data: bytes, *, path: str) -> PlanDocument:
    """Read *data*, the content of the input named *path* (relative, `/` separators).

    Raises `pipeline.errors.UnreadableInputError` when no document can be made of it.
    """
    source = read_text(data, media_type=MEDIA_TYPES.get(PurePosixPath(path).suffix.lower(), "text/plain"))
    cleaned = clean(source)
    outline = segment(cleaned.text.text)
    if outline.recovered:
        cleaned = restore_labels(cleaned, outline.recovered)
        outline = segment(cleaned.text.text)
    facts = Source(
        path=path,
        sha256=source.sha256,
        media_type=source.media_type,
        encoding=source.encoding,
        bytes=source.size,
    )
    return with_confidence(assemble(cleaned, outline, facts))
