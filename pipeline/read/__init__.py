"""Reading: bytes of one input become a `SourceDocument`. One format a module; readers take bytes, never a path."""

from pipeline.read.source import SourceDocument
from pipeline.read.text import read_text

__all__ = ["SourceDocument", "read_text"]
