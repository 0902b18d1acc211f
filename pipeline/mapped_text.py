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


class EncodedOnce(str):
    """A text that keeps its UTF-8 form, which re2 asks for in each search: dozens of patterns read the same text."""

    __slots__ = ("_utf8",)
    _utf8: bytes

    def encode(self, encoding: str = "utf-8", errors: str = "strict") -> bytes:
        if encoding != "utf-8" or errors != "strict":
            return super().encode(encoding, errors)
        try:
            return self._utf8
        except AttributeError:
            self._utf8 = super().encode()
            return self._utf8


class Edit(NamedTuple):
    """Put `replacement` in place of `text[start:end]`."""

    start: int
    end: int
    replacement: str


@dataclass(frozen=True, slots=True, eq=False)
class MappedText:
    """`starts[i]` and `ends[i]` bound the input characters behind `text[i]`; all three have the same length.

    `in_order` tells that no step has put parts of the text in another order.
    """

    text: str
    starts: Offsets
    ends: Offsets
    in_order: bool = True

    def __post_init__(self) -> None:
        if type(self.text) is not EncodedOnce:
            object.__setattr__(self, "text", EncodedOnce(self.text))

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
        cuts: list[tuple[int, int, int]] = []
        position = 0
        for start, end, replacement in edits:
            if start < position or end < start or end > len(self.text):
                raise ValueError(f"edit [{start}, {end}) is out of order or outside a text of {len(self.text)}")
            pieces += (self.text[position:start], replacement)
            cuts.append((start, end, len(replacement)))
            position = end
        if not pieces:
            return self
        pieces.append(self.text[position:])
        return MappedText("".join(pieces), *self._carried(np.array(cuts, dtype=np.intp)), in_order=self.in_order)

    def rearranged(self, pieces: Iterable[Span | str]) -> MappedText:
        """The text made of *pieces* of this one, in any order, and of new strings between them.

        A new string points at the place where the piece before it ended; what no piece takes is left out.

        >>> MappedText.of("b a").rearranged([Span(2, 3), "-", Span(0, 1)]).text
        'a-b'
        """
        texts: list[str] = []
        origins: list[npt.NDArray[np.intp]] = []
        place = 0
        for piece in pieces:
            if isinstance(piece, str):
                texts.append(piece)
                origins.append(np.full(len(piece), -place - 1, dtype=np.intp))
                continue
            texts.append(self.text[piece.start : piece.end])
            origins.append(np.arange(piece.start, piece.end, dtype=np.intp))
            place = piece.end
        at = np.concatenate(origins) if origins else np.zeros(0, dtype=np.intp)
        new = at < 0
        bounds = np.append(self.starts, self.ends[-1:] if len(self.ends) else [0])
        places = bounds[np.where(new, -at - 1, 0)].astype(np.int32)
        starts = np.where(new, places, self.starts.take(at, mode="clip") if len(self.starts) else places)
        ends = np.where(new, places, self.ends.take(at, mode="clip") if len(self.ends) else places)
        return MappedText("".join(texts), starts.astype(np.int32), ends.astype(np.int32), in_order=False)

    def source_span(self, start: int, end: int) -> Span:
        """The input characters behind `text[start:end]`, from the first to the last of them."""
        return Span(*self._bounds(start, end))

    def _carried(self, cuts: npt.NDArray[np.intp]) -> tuple[Offsets, Offsets]:
        """The offsets after *cuts*, rows of the start and end of what goes and the size of what comes."""
        starts, ends, sizes = cuts.T
        gains = np.cumsum(sizes - (ends - starts))
        size = len(self.text) + int(gains[-1])
        if not self.text:
            return np.zeros(size, dtype=np.int32), np.zeros(size, dtype=np.int32)
        # Up to the end of its own replacement, a character stands where the earlier edits have moved it to.
        reaches = np.diff(ends + gains, prepend=0, append=size)
        origins = np.arange(size) - np.repeat(np.concatenate(([0], gains)), reaches)
        firsts, lasts = self.starts.take(origins, mode="clip"), self.ends.take(origins, mode="clip")
        whole = (sizes > 0) & (sizes != ends - starts)
        starts, ends, gains, sizes = starts[whole], ends[whole], gains[whole], sizes[whole]
        places = np.repeat(ends + gains - np.cumsum(sizes), sizes) + np.arange(sizes.sum())
        inserted = starts == ends
        after = np.where(starts < len(self.text), self.starts.take(starts, mode="clip"), self.ends[-1])
        firsts[places] = np.repeat(after, sizes)
        lasts[places] = np.repeat(np.where(inserted, after, self.ends.take(ends - 1, mode="clip")), sizes)
        return firsts, lasts

    def _bounds(self, start: int, end: int) -> tuple[int, int]:
        if start < end and self.in_order:
            return int(self.starts[start]), int(self.ends[end - 1])
        if start < end:
            return int(self.starts[start:end].min()), int(self.ends[start:end].max())
        if start < len(self.starts):
            return int(self.starts[start]), int(self.starts[start])
        last = int(self.ends[-1]) if len(self.ends) else 0
        return last, last
