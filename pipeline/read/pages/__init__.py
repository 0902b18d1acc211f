"""From pages of words and drawn lines, of a PDF or a scan alike, to paragraphs and tables.

`document` begins and ends it: `to_recognise` asks `text_layer` of which pages a text can be read, `paged_document` has
`layout` put the parts of all pages in reading order: page numbers (`furniture`), tables (`tables`, `stitching`),
`lines`, `columns`, `footnotes`, `margins`, `paragraphs`.
"""
