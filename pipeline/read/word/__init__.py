"""Word files: `read_docx` for .docx, `read_doc` for the older binary .doc by way of an installed converter."""

from pipeline.read.word.doc import read_doc
from pipeline.read.word.docx import read_docx

__all__ = ["read_doc", "read_docx"]
