"""PDF files: `pages_of(data)` gives words and drawn lines; `pipeline.read.pages` makes blocks of them."""

from pipeline.read.pdf.reader import pages_of

__all__ = ["pages_of"]
