"""Which blocks state goals: those of a goals section, and those that a label calls so (`- Mục tiêu: …`)."""

from __future__ import annotations

import re

from pipeline.assemble.reading import Reading
from pipeline.outline import Block
from schemas import Span


def goal_places(reading: Reading) -> frozenset[Span]:
    """The places of the blocks that state goals.

    A bullet `Chỉ tiêu kinh tế kỹ thuật:` makes goals of the bullets below it, as a heading does of its section.
    """
    found: set[Span] = set()
    labels: dict[int | None, Block] = {}
    for block in reading.outline.blocks:
        if block.zone != "body" or block.kind == "heading":
            continue
        labelled = block.kind == "bullet" and _LABEL.match(reading.slice(block.span)) is not None
        above = labels.get(block.section)
        if labelled and block.introduces:
            labels[block.section] = block
        elif above is not None and (block.kind != "bullet" or block.depth <= above.depth):
            del labels[block.section]
            above = None
        if labelled or above is not None or reading.kind_of(block) == "goals":
            found.add(block.span)
    return frozenset(found)


_LABEL = re.compile(r"(?i)(?:các |một số )?(?:mục tiêu|chỉ tiêu)(?! quốc gia)\b[^:.;]{0,50}:")
