"""What every reader makes: the decoded text of one input, with the way back to it.

The text is in Unicode normal form C, so that `ế` is one character everywhere; the map leads to code points of the
decoded input as it was, also where one letter was written as three.
"""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.mapped_text import MappedText
from schemas import Diagnostic


@dataclass(frozen=True, slots=True)
class SourceDocument:
    """One input, read; `sha256` and `size` are of its bytes, `encoding` says how they were decoded."""

    text: MappedText
    encoding: str
    media_type: str
    sha256: str
    size: int
    diagnostics: tuple[Diagnostic, ...] = ()
