"""Word files: `read_docx` for .docx, `read_older` for .doc, .rtf and .odt by way of an installed converter."""

from pipeline.read.word.doc import ConverterLimits, Parsers, read_older
from pipeline.read.word.docbook import read_docbook
from pipeline.read.word.docx import read_docx

__all__ = ["ConverterLimits", "Parsers", "read_docbook", "read_docx", "read_older"]
