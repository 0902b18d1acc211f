"""A text that remembers, for each of its characters, where in the input it came from.

Each cleaning step makes a new `MappedText` from edits of the one before; offsets are carried along, never found again
by searching. A character that a step puts in place of others points at all of what it replaced.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from schemas.record import Span

Offsets = npt.NDArray[np.int32]


class Edit(NamedTuple):
    """Put `replacement` in place of `text[start:end]`."""

    start: int
    end: int
    replacement: str


@dataclass(frozen=True, slots=True, eq=False)
class MappedText:
    """`starts[i]` and `ends[i]` bound the input characters behind `text[i]`; all three have the same length."""

    text: str
    starts: Offsets
    ends: Offsets

    @classmethod
    def of(cls, text: str) -> MappedText:
        """A text that is its own input.

        >>> MappedText.of("abc").source_span(1, 3)
        Span(start=1, end=3)
        """
        positions = np.arange(len(text) + 1, dtype=np.int32)
        return cls(text, positions[:-1], positions[1:])

    def edited(self, edits: Iterable[Edit]) -> MappedText:
        """Apply *edits*, which must be sorted and must not overlap.

        An edit of equal length maps character by character; any other points each new character at the whole stretch
        that it replaces.

        >>> MappedText.of("a  b").edited([Edit(1, 3, " ")]).source_span(1, 2)
        Span(start=1, end=3)
        """
        pieces: list[str] = []
        starts: list[Offsets] = []
        ends: list[Offsets] = []
        position = 0
        for start, end, replacement in edits:
            if start < position or end < start or end > len(self.text):
                raise ValueError(f"edit [{start}, {end}) is out of order or outside a text of {len(self.text)}")
            pieces += (self.text[position:start], replacement)
            starts.append(self.starts[position:start])
            ends.append(self.ends[position:start])
            if replacement:
                size = len(replacement)
                if size == end - start:
                    starts.append(self.starts[start:end])
                    ends.append(self.ends[start:end])
                else:
                    first, last = self._bounds(start, end)
                    starts.append(np.full(size, first, dtype=np.int32))
                    ends.append(np.full(size, last, dtype=np.int32))
            position = end
        if not pieces:
            return self
        pieces.append(self.text[position:])
        starts.append(self.starts[position:])
        ends.append(self.ends[position:])
        return MappedText("".join(pieces), np.concatenate(starts), np.concatenate(ends))

    def source_span(self, start: int, end: int) -> Span:
        """The input characters behind `text[start:end]`, from the first to the last of them."""
        return Span(*self._bounds(start, end))

    def _bounds(self, start: int, end: int) -> tuple[int, int]:
        if start < end:
            return int(self.starts[start]), int(self.ends[end - 1])
        if start < len(self.starts):
            return int(self.starts[start]), int(self.starts[start])
        last = int(self.ends[-1]) if len(self.ends) else 0
        return last, last
