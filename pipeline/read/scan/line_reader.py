"""Read the lines of pictures with tesseract, each picture made soft and small before, and its specks dropped after.

Tesseract knows letters of some 25 dots best. Sharp dots of a black and white scan cost it the marks over the letters:
blurred and at 200 dots an inch it takes `ô` for `ổ` half as often as at 300, and reads the lone figures of a table.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from PIL import Image, ImageFilter

from pipeline.read.scan.tesseract import Limits, Seen, Tesseract, read_pictures

Line = list[Seen]


@dataclass(frozen=True, slots=True)
class LineReader:
    """Reads pictures of *dots_an_inch*; places are in their dots."""

    tesseract: Tesseract
    dots_an_inch: float
    limits: Limits | None = None

    def columns(self, picture: Image.Image) -> list[Line]:
        """The lines of a whole page, column by column; small or narrow print is read sharp if that is surer."""
        soft = self._read([picture], 3)[0]
        if _confidence(soft) >= SURE_PAGE:
            return soft
        return max(soft, self._read([picture], 3, soft=False)[0], key=_confidence)

    def scattered(self, picture: Image.Image) -> list[Line]:
        """Whatever looks like a line, wherever it stands: also what lies under a seal, and much that is none."""
        return self._read([picture], 11)[0]

    def blocks(self, pictures: Sequence[Image.Image], *, only: str = "") -> list[list[Line]]:
        """The lines of each of *pictures*, which hold one block of text, of the letters *only* if any are given."""
        return self._read(pictures, 6, only)

    def sharp_blocks(self, pictures: Sequence[Image.Image], *, only: str = "") -> list[list[Line]]:
        """Like `blocks`, but not softened: for a second opinion."""
        return self._read(pictures, 6, only, soft=False)

    def _read(
        self, pictures: Sequence[Image.Image], layout: int, only: str = "", *, soft: bool = True
    ) -> list[list[Line]]:
        scale = min(BEST_DOTS_AN_INCH / self.dots_an_inch, 1.0) if soft else 1.0
        read = read_pictures(
            self.tesseract,
            [self._softened(picture, scale) for picture in pictures] if soft else pictures,
            layout=layout,
            dots_an_inch=round(self.dots_an_inch * scale),
            options=("-c", f"tessedit_char_whitelist={only}") if only else (),
            limits=self.limits,
        )
        return [_lines([_scaled(seen, 1 / scale) for seen in words]) for words in read]

    def _softened(self, picture: Image.Image, scale: float) -> Image.Image:
        soft = picture.filter(ImageFilter.GaussianBlur(BLUR * self.dots_an_inch))
        size = (max(round(soft.width * scale), 1), max(round(soft.height * scale), 1))
        return soft.resize(size, Image.Resampling.LANCZOS)


def without_noise(line: Sequence[Seen]) -> Line:
    """The line without specks that were taken for signs, and without doubtful stretches away from the rest of it.

    A stamp beside a heading is such a stretch. Figures are never dropped: a doubtful one is better than none.
    """
    kept = [seen for at, seen in enumerate(line) if _is_text(seen, ends=at == len(line) - 1)]
    return [seen for stretch in _stretches(kept) if _is_sure(stretch) for seen in stretch]


def levelled(line: Sequence[Seen]) -> Line:
    """The words of a line with the same top and bottom, those of most of them, and the height that tall ones have.

    Tesseract gives a word the marks of the line below, so that its box reaches down into it.
    """
    full = [seen for seen in line if is_word(seen)] or line
    top = round(median(seen.top for seen in full))
    bottom = max(round(median(seen.bottom for seen in full)), top + 1)
    heights = sorted(seen.bottom - seen.top for seen in full)
    return [seen._replace(top=top, bottom=bottom, line_height=heights[len(heights) * 3 // 4]) for seen in line]


def is_word(seen: Seen) -> bool:
    """Whether there is a letter or figure in it."""
    return any(letter.isalnum() for letter in seen.text)


def _is_text(seen: Seen, *, ends: bool) -> bool:
    if is_word(seen) or (seen.text in DASHES and not ends):
        return True
    return seen.confidence >= LEAST_SIGN and seen.text not in SPECKS


def _stretches(line: Line) -> list[Line]:
    """The parts of a line between gaps that are wider than between words."""
    stretches: list[Line] = []
    for seen in line:
        height = seen.bottom - seen.top
        if stretches and seen.left - stretches[-1][-1].right <= WIDE_GAP * height:
            stretches[-1].append(seen)
        else:
            stretches.append([seen])
    return stretches


def _is_sure(stretch: Line) -> bool:
    return any(_is_figure(seen) or seen.confidence >= LEAST_SURE for seen in stretch)


def _is_figure(seen: Seen) -> bool:
    return sum(letter.isdigit() for letter in seen.text) > len(seen.text) // 2


def _confidence(lines: Sequence[Line]) -> float:
    """The mean confidence of all letters; 1 for none."""
    words = [seen for line in lines for seen in line]
    letters = sum(len(seen.text) for seen in words)
    return sum(len(seen.text) * seen.confidence for seen in words) / letters if letters else 1.0


def _lines(words: Sequence[Seen]) -> list[Line]:
    lines: dict[tuple[int, int, int], Line] = {}
    for word in words:
        lines.setdefault(word.line, []).append(word)
    return list(lines.values())


def _scaled(seen: Seen, scale: float) -> Seen:
    return seen._replace(
        left=round(seen.left * scale),
        top=round(seen.top * scale),
        right=round(seen.right * scale),
        bottom=round(seen.bottom * scale),
        line_height=round(seen.line_height * scale),
    )


SURE_PAGE = 0.85
BEST_DOTS_AN_INCH = 200
BLUR = 1.5 / 300  # inches
LEAST_SURE = 0.3
LEAST_SIGN = 0.6
WIDE_GAP = 2.0  # heights of a word
DASHES = frozenset("-–—+•*")
SPECKS = frozenset({"_", "|", "`", "'", "‘", "’", "^", "~", ".", ",", ":", ";", "¬", "°", "__", "—_", "_—", "\\"})
