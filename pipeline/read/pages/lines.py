"""Put the words of a page together to lines: words of one height, from left to right.

A raised mark and a number that was put in by other software are a little higher or lower than their line and belong to
it all the same: what counts is how much of the lower one of two heights they share.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from statistics import median, median_low
from typing import NamedTuple

from pipeline.read.blocks import Box
from pipeline.read.pages.page import Word


class Line(NamedTuple):
    """Words that stand on one line, from left to right; `top` and `bottom` are those of its larger words.

    Distances between lines are measured from `middle` to `middle`; `size` is the font size of most words.
    """

    words: tuple[Word, ...]
    left: float
    top: float
    right: float
    bottom: float
    middle: float
    size: float

    @classmethod
    def of(cls, words: Sequence[Word]) -> Line:
        """The line of *words*, of which there is at least one."""
        ordered = tuple(_whole(sorted(words, key=lambda word: word.left)))
        size = median_low([word.size for word in ordered])
        large = [word for word in ordered if word.size >= size]
        return cls(
            ordered,
            ordered[0].left,
            min(word.top for word in large),
            max(word.right for word in ordered),
            max(word.bottom for word in large),
            median((word.top + word.bottom) / 2 for word in ordered),
            size,
        )

    @property
    def box(self) -> Box:
        """What it covers."""
        return self.left, min(word.top for word in self.words), self.right, max(word.bottom for word in self.words)

    @property
    def is_typed_rule(self) -> bool:
        """Whether it is a short rule made of typed strokes; a long one is a blank to be filled in."""
        return self.right - self.left < _LONGEST_RULE and bool(_TYPED_RULE.fullmatch(self.text))

    @property
    def text(self) -> str:
        """Its words with spaces between them."""
        return " ".join(word.text for word in self.words)

    def holds(self, word: Word) -> bool:
        """Whether *word*, or the part of a word, stands on this line."""
        left, top, right, bottom = self.box
        return left <= (word.left + word.right) / 2 <= right and top <= (word.top + word.bottom) / 2 <= bottom

    def gaps(self) -> Iterator[tuple[float, float]]:
        """The left and right end of each gap between its words."""
        for last, word in zip(self.words, self.words[1:], strict=False):
            yield last.right, word.left

    def parts(self, widest: float) -> list[Line]:
        """The line cut where a gap is wider than *widest* times its size."""
        return [Line.of(words) for words in _cut(self.words, widest * self.size)]


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
    lines = [Line.of(line.words) for line in (*done, *open_lines)]
    return sorted(lines, key=lambda line: (line.middle, line.left))


def _whole(words: Sequence[Word]) -> Iterator[Word]:
    """The *words* of a line from left to right, those that touch put together to one."""
    last = words[0]
    for word in words[1:]:
        if _touch(last, word):
            last = last._replace(
                text=last.text + word.text,
                top=min(last.top, word.top),
                right=max(last.right, word.right),
                bottom=max(last.bottom, word.bottom),
                size=max(last.size, word.size),
            )
        else:
            yield last
            last = word
    yield last


def _touch(last: Word, word: Word) -> bool:
    """Whether two words are one: parts in two fonts, or a mark at the end; a date put in after "ngày" is not."""
    numeral = (
        last.text[-1].isdecimal() != word.text[0].isdecimal() and last.text[-1].isalnum() and word.text[0].isalnum()
    )
    return word.left - last.right < 0.06 * min(last.size, word.size) and not numeral


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
_TYPED_RULE = re.compile(r"[-_–—―=* ]{3,}")
_LONGEST_RULE = 240.0
