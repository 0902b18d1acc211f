"""From pages of words and drawn lines, of a PDF or a scan alike, to paragraphs and tables: `paged_document(pages)`.

`text_layer` judges whether a page has to be recognised first, `layout` puts its parts in reading order: page numbers
(`furniture`), tables (`tables`, `stitching`), lines, columns, footnotes, margins, paragraphs.
"""

from pipeline.read.pages.document import paged_document, to_recognise
from pipeline.read.pages.page import Page, Word

__all__ = ["Page", "Word", "paged_document", "to_recognise"]
