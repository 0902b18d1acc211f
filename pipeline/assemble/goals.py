"""Which blocks state goals: those of a goals section, those that a label calls so (`- Mục tiêu: …`), and marks.

"Đến năm 2030, 100% số xã có nước sạch" among tasks is a goal: it says what is to be reached and not what to do.
"""

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
        if labelled or above is not None or reading.kind_of(block) == "goals" or sets_mark(reading, block):
            found.add(block.span)
    return frozenset(found)


def sets_mark(reading: Reading, block: Block) -> bool:
    """Whether *block* among tasks sets a mark instead: `Đến năm 2030, 100% số xã …`, `Phấn đấu đạt 12 triệu tấn`."""
    return reading.kind_of(block) in {"tasks", "unknown"} and _MARK.match(reading.slice(block.span)) is not None


_LABEL = re.compile(r"(?i)(?:các |một số )?(?:mục tiêu|chỉ tiêu)(?! quốc gia)\b[^:.;]{0,50}:")
# A mark with its figure; what must be done by then is a task (`Đến năm 2026, hoàn thành …`).
_MARK = re.compile(
    r"(?i)phấn đấu (?:đạt|tăng|giảm)\b[^.;]{0,200}\d"
    r"|(?:phấn đấu )?đến (?:hết |cuối )?(?:năm|tháng|quý) [\dIVX/]+,? "
    r"(?:(?:có|tối thiểu|ít nhất|trên|khoảng|đạt|phấn đấu) )*(?:\d|tỷ lệ|tỉ lệ)"
)
