"""Blocks that are tasks by their date alone, since those beside them are: `Khai mạc hội thi: Ngày 12/3/2018.`

Verbs are too many to be known, so below a heading that does not tell, such a block is no directive by its words. Among
dated tasks of one list it is another one; and the dated parts of a sentence that gives an order and leads them in
(`Thả cá giống theo 2 đợt, cụ thể:` above `- Đợt 1: Từ ngày …`) are its tasks, which the sentence then is not itself.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from pipeline.assemble.activities import container_of
from pipeline.assemble.drafts import TaskDraft
from pipeline.assemble.lead_ins import LeadIn
from pipeline.assemble.reading import Reading
from pipeline.outline import Block

FEWEST = 2  # dated tasks, or parts of a sentence, that make a list


@dataclass(frozen=True, slots=True)
class Candidate:
    """A dated block that is no directive by its words, the task that it may be, and the sentence that leads it in."""

    container: tuple[str, int | None]
    draft: TaskDraft
    lead_in: LeadIn | None


class DatedBlocks:
    """The dated blocks met so far: how many tasks each list has, and which blocks wait for their fellows."""

    def __init__(self, reading: Reading) -> None:
        self._reading = reading
        self._tasks: Counter[tuple[str, int | None]] = Counter()
        self._waiting: list[Candidate] = []

    def is_dated(self, block: Block) -> bool:
        """Whether *block* names a time of its own."""
        return bool(self._reading.deadlines.within(block.span))

    def count(self, block: Block) -> None:
        """Take note of *block*, a dated task."""
        self._tasks[container_of(self._reading, block)] += 1

    def wait(self, block: Block, draft: TaskDraft, lead_in: LeadIn | None) -> None:
        """Keep *block*, which *lead_in* leads in, until its fellows are known."""
        self._waiting.append(Candidate(container_of(self._reading, block), draft, lead_in))

    def tasks(self, leading: list[LeadIn]) -> list[TaskDraft]:
        """Those that are tasks: among others of their list, or parts of one of *leading*, all of them, that orders."""
        parts = Counter(id(one.lead_in) for one in self._waiting if one.lead_in is not None)
        whole = {
            id(lead_in): lead_in
            for lead_in in leading
            if parts[id(lead_in)] == lead_in.details and lead_in.introduced + lead_in.details >= FEWEST
        }
        for lead_in in whole.values():
            lead_in.introduced += lead_in.details
        return [one.draft for one in self._waiting if self._tasks[one.container] >= FEWEST or id(one.lead_in) in whole]
