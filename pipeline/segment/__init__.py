"""Segment a cleaned text: `segment(text)` gives its tree of sections, its blocks, and its tables as grids.

    segment("I. MỤC TIÊU\\n1. Mục tiêu chung\\n- Nâng cao nhận thức.").sections[1].path == ("I", "1")

Tables are found first, so that the numbers in them are never taken for labels; then zones; then the tree; then blocks.
`document` leads through them:

    tables            lifts tables out of the lines, with `bar_runs`, `bars` and `layouts` for one cell a line between
                      bars, `row_lines` for one row a line, `columns` for one cell a line without bars; `grids` makes
                      them rectangular, with `cells` (what a cell says by itself), `header_levels` and `joined_heads`
    zones             header, preamble, body and closing
    labels            reads the label of a line in every way that it can mean; `candidates` are those that may begin a
                      section, `bare_numbers`, `garbled_letters` and `spoiled_labels` recover what a scan lost or
                      misread, `sections` builds the tree
    heads, titles     how far the head of a section goes, and its title; `blocks` sets the rest apart
"""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.outline import Outline
from pipeline.segment.document import outline_of
from pipeline.segment.drawn_tables import drawn_grids
from pipeline.segment.grids import RawGrid

__all__ = ["drawn_grids", "segment"]


def segment(text: str, *, drawn: Sequence[RawGrid] = ()) -> Outline:
    """The outline of a cleaned text. Any text has one, if only of paragraphs.

    *drawn* are the tables that the input itself draws, in order (`drawn_grids`); others are found in the text.

    >>> outline = segment("KẾ HOẠCH\\nPhòng cháy\\nCăn cứ Luật;\\nI. MỤC TIÊU\\n1. Mục tiêu chung\\n- Nâng cao.")
    >>> [(section.path, section.title) for section in outline.sections]
    [(('I',), 'MỤC TIÊU'), (('I', '1'), 'Mục tiêu chung')]
    >>> [(block.kind, block.zone) for block in outline.blocks][2:]
    [('paragraph', 'preamble'), ('heading', 'body'), ('heading', 'body'), ('bullet', 'body')]
    """
    return outline_of(text, drawn)
