"""From the blocks of a laid-out format to the `SourceDocument` that the rest of the road reads."""

from __future__ import annotations

import hashlib

from pipeline.errors import UnreadableInputError
from pipeline.mapped_text import MappedText
from pipeline.read.blocks import BlockDocument
from pipeline.read.legacy.convert import convert
from pipeline.read.source import SourceDocument
from pipeline.read.text import composed, refuse_no_text
from pipeline.read.writing import write_blocks

LONGEST_TEXT = 64 << 20  # characters


def source_of(found: BlockDocument, data: bytes, *, media_type: str) -> SourceDocument:
    """The source made of the blocks *found* in *data*; raises `UnreadableInputError` when they hold no text."""
    written = write_blocks(found.blocks)
    refuse_no_text(written.text)
    if len(written.text) > LONGEST_TEXT:
        raise UnreadableInputError("too-large", f"holds {len(written.text):,} characters of text: split it")
    text, told, legacy = convert(composed(MappedText.of(written.text)))
    return SourceDocument(
        text=composed(text) if legacy else text,
        decoded=written.text,
        encoding=found.encoding,
        media_type=media_type,
        sha256=hashlib.sha256(data).hexdigest(),
        size=len(data),
        diagnostics=(*found.diagnostics, *told),
        anchors=written.anchors,
        tables=written.tables,
        properties=found.properties,
    )
