"""From offsets in the decoded input to places that a person can open: a line, an element, a page and a box."""

from __future__ import annotations

import os.path
import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import NamedTuple

from pipeline.read.blocks import Box, Place
from schemas import SourceSpan


class Anchor(NamedTuple):
    """`[start, end)` of the decoded input stands at *place*."""

    start: int
    end: int
    place: Place


@dataclass(frozen=True, slots=True)
class Anchors:
    """The anchors of one input, in order and without overlap; none of them means that offsets are all there is."""

    anchors: tuple[Anchor, ...] = ()
    starts: tuple[int, ...] = ()

    @classmethod
    def of(cls, anchors: Iterable[Anchor]) -> Anchors:
        """Anchors from a sorted run of them."""
        kept = tuple(anchors)
        return cls(kept, tuple(anchor.start for anchor in kept))

    def between(self, start: int, end: int) -> Iterator[Anchor]:
        """The anchors that `[start, end)` touches; the one at *start* when it is empty."""
        first = max(bisect_right(self.starts, start) - 1, 0)
        last = max(bisect_left(self.starts, end), first + 1)
        for anchor in self.anchors[first:last]:
            if anchor.start < max(end, start + 1) and (anchor.end > start or anchor.start == start):
                yield anchor

    def source_spans(self, start: int, end: int) -> tuple[SourceSpan, ...]:
        """Where `[start, end)` of the decoded input stands: one span, or for pages one for each page with its box.

        >>> anchors = Anchors.of([Anchor(0, 4, Place(element="/div/p[1]")), Anchor(4, 9, Place(element="/div/p[2]"))])
        >>> [span.element for span in anchors.source_spans(2, 6)], [span.element for span in anchors.source_spans(5, 6)]
        (['/div'], ['/div/p[2]'])
        """
        found = list(self.between(start, end))
        if not found:
            return (SourceSpan(start=start, end=end),)
        if found[0].place.page is not None:
            return tuple(
                SourceSpan(start=max(run[0].start, start), end=min(run[-1].end, end), page=page, box=_around(run))
                for page, run in ((page, list(group)) for page, group in groupby(found, key=lambda a: a.place.page))
            )
        elements = [anchor.place.element for anchor in found if anchor.place.element]
        return (SourceSpan(start=start, end=end, line=found[0].place.line, element=_common(elements)),)


class LineAnchors(Anchors):
    """The anchors of a plain text: each of its lines, without an object for each."""

    __slots__ = ()

    @classmethod
    def of_text(cls, text: str) -> LineAnchors:
        """The lines of *text*, which end in `\\n`, `\\r\\n` or `\\r`.

        >>> LineAnchors.of_text("a\\r\\nb\\n").source_spans(3, 4)[0].line
        2
        """
        breaks = "\n" if "\r" not in text else "\r\n?|\n"
        return cls((), (0, *(match.end() for match in re.finditer(breaks, text))))

    def source_spans(self, start: int, end: int) -> tuple[SourceSpan, ...]:
        """Where `[start, end)` stands: one span with its first line."""
        return (SourceSpan(start=start, end=end, line=bisect_right(self.starts, start)),)


def _around(anchors: Iterable[Anchor]) -> Box | None:
    """The smallest box that holds those of all *anchors*."""
    boxes = [anchor.place.box for anchor in anchors if anchor.place.box]
    if not boxes:
        return None
    lefts, tops, rights, bottoms = zip(*boxes, strict=True)
    return (min(lefts), min(tops), max(rights), max(bottoms))


def _common(paths: list[str]) -> str | None:
    """The path of the element that holds all of *paths*."""
    if len(set(paths)) <= 1:
        return paths[0] if paths else None
    return os.path.commonpath(paths)
