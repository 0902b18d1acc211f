"""The tree of sections: which labels are real, and which stands under which.

The order of levels is learned while reading: `A. I. 1. a)` and `I. 1. 1.1. a)` both hold, because a style that is
not open yet begins a new level below the innermost one, and a label that continues an open level closes everything
below it. A label that neither continues nor begins a sequence ("12. …" in a quotation) is text.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.segment.candidates import Candidate, Level, distance
from pipeline.segment.labels import (
    ARABIC,
    ARTICLE,
    BRACKET_ARABIC,
    BRACKET_ROMAN,
    DOTTED,
    LETTER,
    LETTER_DOTTED,
    NAMED,
    ROMAN,
    UPPER,
    Reading,
)
from pipeline.segment.spoiled_labels import adds_bars_to_d, recovered, straightened


@dataclass(slots=True)
class Node:
    """A section before its title and extent are known."""

    line: int
    reading: Reading
    parent: int | None
    path: tuple[str, ...]
    last: int = -1  # its last descendant


def build_tree(candidates: Sequence[Candidate]) -> tuple[list[Node], dict[int, str]]:
    """The sections of a document in order, and the labels recovered: line → label as it should have been."""
    forced = recovered(candidates)
    tree = _Tree(candidates, forced)
    for position in range(len(candidates)):
        tree.take(position)
    return tree.nodes, tree.recovered


class _Tree:
    def __init__(self, candidates: Sequence[Candidate], forced: dict[int, Reading]) -> None:
        self.candidates, self.forced = candidates, forced
        self.adds_bars = adds_bars_to_d(candidates)
        self.nodes: list[Node] = []
        self.levels: list[Level] = []
        self.closed: dict[str, tuple[int, float]] = {}  # of each style the last level closed: its height, its number
        self.recovered: dict[int, str] = {}
        self.forms = 0  # lists of attributes below an item of a list that is labelled alike
        self.places: dict[tuple[str, int, int], list[int]] = defaultdict(list)
        self.root_ends = _root_ends(candidates)
        for position, candidate in enumerate(candidates):
            for reading in candidate.mark.readings:
                if not reading.spoiled:
                    self.places[reading.style, len(reading.prefix), int(reading.value)].append(position)

    def take(self, position: int) -> None:
        candidate = self.candidates[position]
        if candidate.root:
            self.levels.clear()
            self.closed.clear()
        if position in self.forced:
            readings: tuple[Reading, ...] = (self.forced[position],)
        else:
            scanned = straightened(self.candidates, position, self.levels, adds_bars=self.adds_bars)
            readings = scanned or candidate.mark.readings
        best: tuple[float, int, Reading] | None = None
        for reading in readings:
            fit = self._fit(position, reading)
            if fit is None:
                continue
            score = fit[0] + (2.5 if reading.spoiled and position not in self.forced else 0)
            if best is None or score < best[0]:
                best = (score, fit[1], reading)
        if best is None:
            return
        self._place(candidate, best[1], best[2])
        if best[2].spoiled:
            self.recovered[candidate.line] = best[2].label

    def _place(self, candidate: Candidate, keep: int, reading: Reading) -> None:
        """Add a section under the first *keep* open levels."""
        self.closed |= {level.style: (keep + at, level.value) for at, level in enumerate(self.levels[keep:])}
        first = self.levels[keep] if len(self.levels) > keep and reading.value != 1 else None
        del self.levels[keep:]
        parent = self.levels[-1].node if self.levels else None
        path = (*self.nodes[parent].path, reading.label) if parent is not None else (reading.label,)
        self.nodes.append(Node(candidate.line, reading, parent, path))
        field = candidate.field if first is None else first.field
        depth, stop = len(reading.prefix), self._stop(candidate)
        self.levels.append(
            Level(reading.style, reading.value, len(self.nodes) - 1, depth, field, stop, candidate.capitals)
        )

    def _fit(self, position: int, reading: Reading) -> tuple[float, int] | None:
        """How badly a reading fits, and how many open levels stay above it; None when it does not."""
        if reading.style in NAMED:
            return self._fit_named(position, reading)
        if reading.style in (DOTTED, LETTER_DOTTED):
            return self._fit_dotted(position, reading)
        again: int | None = None
        best: tuple[int, int] | None = None  # how well the best level that counts on agrees, and which one that is
        for index in range(len(self.levels) - 1, -1, -1):
            level = self.levels[index]
            if level.style != reading.style:
                continue
            if distance(level.value, reading) == 1:
                agrees = self._agreement(position, level)
                if best is None or agrees > best[0]:
                    best = agrees, index
            elif again is None:
                again = index
        if best is not None:
            return 0.0, best[1]
        if again is not None:
            if self._opens_form(position, reading, again):
                return 1.0, len(self.levels)
            return self._fit_open(position, reading, again)
        if int(reading.value) == 1:
            below = self.candidates[position].field  # a form stands below the last item, whatever its label
            keep = len(self.levels) if below else self._above(position, reading.style)
            return (6.0 if reading.spoiled else 1.0), keep
        if reading.spoiled:
            return None
        if self._counts_on(reading):
            return 1.5, len(self.levels)
        if reading.value <= 3 and (
            self._next(position, reading, 1) < position + 12 or self.candidates[position].capitals
        ):
            return 5.0, self._above(position, reading.style)
        return None

    def _agreement(self, position: int, level: Level) -> int:
        """How much alike a label and those of a level are that it may count on from: their mark, what they give."""
        candidate = self.candidates[position]
        return 2 * ((self._stop(candidate) == level.stop) + (candidate.capitals == level.capitals)) + (
            candidate.field == level.field
        )

    @staticmethod
    def _stop(candidate: Candidate) -> str:
        return candidate.mark.printed[-1:]

    def _opens_form(self, position: int, reading: Reading, index: int) -> bool:
        """Whether `1) Cơ quan chủ trì: …` begins the form of the item above it, not another list of items."""
        candidate = self.candidates[position]
        if not candidate.field or int(reading.value) != 1 or reading.spoiled or self.levels[index].field:
            return False
        self.forms += self._goes_on(position, self.levels[-1])
        return self.forms > 0

    def _counts_on(self, reading: Reading) -> bool:
        """Whether the count goes on below the next heading: `B.` with `3.` and `4.` after `A.` with `1.` and `2.`."""
        height, value = self.closed.get(reading.style, (0, 0.0))
        return height == len(self.levels) > 0 and distance(value, reading) == 1

    def _fit_open(self, position: int, reading: Reading, index: int) -> tuple[float, int] | None:
        level = self.levels[index]
        step = distance(level.value, reading)
        if int(reading.value) == 1 and step <= 0:
            return self._fit_restart(position, reading, index)
        if reading.spoiled:
            return None
        if step == 0:
            return 3.0, index
        if step < 0 and self._is_out_of_order(position, reading, level):
            return 4.0, index
        if 2 <= step <= 3 or (step > 0 and self._next(position, reading, 1) < position + 4):
            return 2.0 + step / 10, index
        return None

    def _is_out_of_order(self, position: int, reading: Reading, level: Level) -> bool:
        """Whether a heading comes after a later one by its authors' slip (`VI. …`, `V. KINH PHÍ`), the first of its
        number.
        """
        if reading.style != ROMAN or not self.candidates[position].capitals:
            return False
        parent = self.nodes[level.node].parent
        return all(
            node.parent != parent or (node.reading.style, node.reading.value) != (ROMAN, reading.value)
            for node in self.nodes[level.node - 400 if level.node > 400 else 0 :]
        )

    def _fit_restart(self, position: int, reading: Reading, index: int) -> tuple[float, int] | None:
        """`1.` while a level of arabic numbers is open: nested below the innermost item, or begun anew."""
        if reading.spoiled:
            return None
        if self._stands_below(position, index):
            return 1.0, len(self.levels)
        same = sum(level.style == reading.style for level in self.levels)
        inner = self.levels[-1]
        if same < 2 and reading.style != ROMAN:
            if index < len(self.levels) - 1 and self._goes_on(position, inner):
                return 2.0, len(self.levels)
            if self.candidates[position].led and self._goes_on(position, inner):
                return 2.0, len(self.levels)
        return 4.0, index

    def _stands_below(self, position: int, index: int) -> bool:
        """Whether `1. Đất đai` comes right after the heading in capitals `2. NHIỆM VỤ`, which has nothing else."""
        candidate, level = self.candidates[position], self.levels[index]
        alone = index == len(self.levels) - 1 and candidate.line == self.nodes[level.node].line + 1
        return alone and level.capitals and not candidate.capitals

    def _fit_named(self, position: int, reading: Reading) -> tuple[float, int] | None:
        rank = NAMED[reading.style]
        for index, level in enumerate(self.levels):
            if level.style in NAMED:
                if NAMED[level.style] >= rank:
                    return self._named_step(position, level, reading, index)
                continue
            if reading.style == ARTICLE and level.style in (ROMAN, UPPER):
                continue
            return 1.0, index
        return 1.0, len(self.levels)

    def _named_step(self, position: int, level: Level, reading: Reading, index: int) -> tuple[float, int] | None:
        if level.style == reading.style == ARTICLE and reading.value != 1:
            step = reading.value - level.value
            if not 0 < step < 30:
                return None  # "Điều 5. …" quoted in article 40
            if step > 1 and self._find(position, ARTICLE, 0, int(level.value) + 1) < position + 400:
                return None  # "Điều 109. …" quoted in article 1, which article 2 follows
        return 0.0, index

    def _fit_dotted(self, position: int, reading: Reading) -> tuple[float, int] | None:
        depth = len(reading.prefix)
        for index in range(len(self.levels) - 1, -1, -1):
            level = self.levels[index]
            if level.style == reading.style and level.depth == depth and self._prefix_of(level) == reading.prefix:
                step = distance(level.value, reading)
                if step == 1:
                    return 0.0, index
                return (2.0, index) if 0 <= step <= 3 else None
        for index in range(len(self.levels) - 1, -1, -1):
            level = self.levels[index]
            own = (*self._prefix_of(level), int(level.value))
            if own == reading.prefix or (
                depth == 1 and int(level.value) == reading.prefix[0] and level.style != DOTTED
            ):
                if level.style in (LETTER,) and reading.style == DOTTED:
                    continue
                return 1.0, index + 1
        if int(reading.value) == 1 or self._next(position, reading, 1) < position + 12:
            return 3.0, self._above(position, reading.style, depth)
        return None

    def _prefix_of(self, level: Level) -> tuple[int, ...]:
        return self.nodes[level.node].reading.prefix

    def _above(self, position: int, style: str, depth: int = 0) -> int:
        """How many open levels a new level of *style* leaves open: it closes lower ones that do not go on after it."""
        keep = len(self.levels)
        order = _ORDER[style] + depth / 10
        while keep:
            level = self.levels[keep - 1]
            if level.style in NAMED or _ORDER[level.style] + level.depth / 10 < order:
                break
            if self._goes_on(position, level):
                break
            keep -= 1
        return keep

    def _goes_on(self, position: int, level: Level) -> bool:
        """Whether the sequence of a level is taken up again later, before another one of its style begins."""
        reading = self.nodes[level.node].reading
        if reading.style in NAMED:
            return False
        first = self._find(position, reading.style, len(reading.prefix), 1)
        return min(self._next(position, reading, 1), self._next(position, reading, 2)) < first

    def _next(self, position: int, reading: Reading, step: int) -> int:
        return self._find(position, reading.style, len(reading.prefix), int(reading.value) + step)

    def _find(self, position: int, style: str, depth: int, value: int) -> int:
        """The next place of a label in the same root, or a very large number."""
        places = self.places.get((style, depth, value), [])
        at = bisect_right(places, position)
        if at < len(places) and places[at] < self.root_ends[position]:
            return places[at]
        return 10**9


def _root_ends(candidates: Sequence[Candidate]) -> list[int]:
    ends = [len(candidates)] * len(candidates)
    end = len(candidates)
    for position in range(len(candidates) - 1, -1, -1):
        ends[position] = end
        if candidates[position].root:
            end = position
    return ends


_ORDER = {
    UPPER: 10, ROMAN: 11, ARABIC: 12, DOTTED: 13, LETTER: 14, LETTER_DOTTED: 15, BRACKET_ARABIC: 16, BRACKET_ROMAN: 17,
}  # fmt: skip
