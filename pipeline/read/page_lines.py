"""Put the words of a page together to lines: words of one height, from left to right.

A raised mark and a number that was put in by other software are a little higher or lower than their line and belong to
it all the same: what counts is how much of the lower one of two heights they share.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from statistics import median

from pipeline.read.blocks import Box
from pipeline.read.pages import Word


@dataclass(frozen=True, slots=True)
class Line:
    """Words that stand on one line, from left to right."""

    words: tuple[Word, ...]

    @property
    def left(self) -> float:
        """The left end, in points."""
        return self.words[0].left

    @property
    def right(self) -> float:
        """The right end."""
        return max(word.right for word in self.words)

    @property
    def top(self) -> float:
        """The upper end of its largest word."""
        return min(word.top for word in self.words if word.size >= self.size)

    @property
    def bottom(self) -> float:
        """The lower end of its largest word."""
        return max(word.bottom for word in self.words if word.size >= self.size)

    @property
    def middle(self) -> float:
        """The height of its middle, from which distances between lines are measured."""
        return median((word.top + word.bottom) / 2 for word in self.words)

    @property
    def size(self) -> float:
        """The font size of most of its words."""
        return median([word.size for word in self.words])

    @property
    def box(self) -> Box:
        """What it covers."""
        return (
            self.left,
            min(word.top for word in self.words),
            self.right,
            max(word.bottom for word in self.words),
        )

    @property
    def text(self) -> str:
        """Its words with spaces between them; none where there is no gap, as before a mark that was put in."""
        parts = [self.words[0].text]
        for last, word in zip(self.words, self.words[1:], strict=False):
            close = word.left - last.right < 0.06 * min(last.size, word.size)
            parts.append(word.text if close else " " + word.text)
        return "".join(parts)

    def gaps(self) -> Iterator[tuple[float, float]]:
        """The left and right end of each gap between its words."""
        for last, word in zip(self.words, self.words[1:], strict=False):
            yield last.right, word.left

    def parts(self, widest: float) -> list[Line]:
        """The line cut where a gap is wider than *widest* times its size."""
        return [Line(tuple(words)) for words in _cut(self.words, widest * self.size)]


def lines_of(words: Sequence[Word]) -> list[Line]:
    """The lines of *words*, from top to bottom."""
    open_lines: list[_Open] = []
    done: list[_Open] = []
    for word in sorted(words, key=lambda word: (word.top + word.bottom, word.left)):
        middle, half = (word.top + word.bottom) / 2, _half_height(word)
        # Words come by their middles: a line whose lower edge is above this word gets no more.
        done.extend(line for line in open_lines if line.bottom < middle - half)
        open_lines = [line for line in open_lines if line.bottom >= middle - half]
        best = max(open_lines, key=lambda line: line.shared(middle, half), default=None)
        if best is None or best.shared(middle, half) < _SHARED:
            best = _Open(middle - half, middle + half)
            open_lines.append(best)
        best.words.append(word)
    lines = [Line(tuple(sorted(line.words, key=lambda word: word.left))) for line in (*done, *open_lines)]
    return sorted(lines, key=lambda line: (line.middle, line.left))


@dataclass(slots=True)
class _Open:
    top: float
    bottom: float
    words: list[Word] = field(default_factory=list)

    def shared(self, middle: float, half: float) -> float:
        """How much of the lower one of two heights the line shares with a word."""
        shared = min(self.bottom, middle + half) - max(self.top, middle - half)
        return shared / max(min(self.bottom - self.top, 2 * half), 0.1)


def _half_height(word: Word) -> float:
    """Half of the height that counts: a font may claim more room above and below than it uses."""
    return max(min((word.bottom - word.top) / 2, 0.5 * word.size), 0.5)


def _cut(words: Sequence[Word], widest: float) -> Iterator[list[Word]]:
    run: list[Word] = []
    for word in words:
        if run and word.left - run[-1].right > widest:
            yield run
            run = []
        run.append(word)
    yield run


_SHARED = 0.45
