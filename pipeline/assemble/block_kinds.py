"""What a block is for: what its section is for, unless a label above it in the section says otherwise.

Below `- Kết quả đạt được:` the bullets of a section of tasks report what was done. A label is a line of a few words
that orders nobody: `Sở Y tế:` says who, not what for.
"""

from __future__ import annotations

from pipeline.assemble.enumerations import begins_with_actor
from pipeline.assemble.lead_ins import LeadIns
from pipeline.assemble.reading import Reading
from pipeline.assemble.section_kinds import TASKLESS, SectionKind, kind_of_heading
from pipeline.outline import Block
from schemas import Span

LONGEST_LABEL = 8  # words


class BlockKinds:
    """Tells what the blocks of a document are for, by its sections and by the lead-ins met so far."""

    def __init__(self, reading: Reading, lead_ins: LeadIns) -> None:
        self._reading = reading
        self._lead_ins = lead_ins
        self._labels: dict[Span, SectionKind] = {}

    def of(self, block: Block) -> SectionKind:
        """What *block* is for; the items of a document that directs somebody are tasks."""
        kind = self._reading.kind_of(block)
        lead_in = self._lead_ins.above(block)
        if lead_in is not None and (labelled := self.by_label(lead_in.block)) in _TELLS_ONLY:
            # `Yêu cầu:` asks the bodies below it to act, where they are named.
            asked = labelled == "purpose" and kind in ("tasks", "assignment")
            if not (asked and begins_with_actor(self._reading, block.span)):
                return labelled
        return "tasks" if kind == "unknown" and block.kind == "item" and self._reading.directed else kind

    def by_label(self, block: Block) -> SectionKind:
        """What *block* leads in when it is a label, `unknown` when it is none."""
        if block.span not in self._labels:
            text = self._reading.slice(block.span)
            short = text.endswith(":") and text.count(" ") < LONGEST_LABEL
            orders = short and self._reading.roles(block.span).leads
            self._labels[block.span] = kind_of_heading(text) if short and not orders else "unknown"
        return self._labels[block.span]


_TELLS_ONLY: frozenset[SectionKind] = TASKLESS | {"situation", "funding"}
