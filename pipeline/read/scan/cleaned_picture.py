"""Make the picture of a page ready for recognition: straight, without specks, and with its drawn lines taken out.

The lines go because they hide what stands between them: with them, a page of a table lost a third of its words.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from PIL import Image

from pipeline.read.blocks import Box
from pipeline.read.scan.drawn_lines import drawn_lines
from pipeline.read.scan.straightening import STEP, Dark, skew_of

Shades = npt.NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class CleanedPicture:
    """A picture to be recognised; `skew` is by how many degrees clockwise the page stood askew.

    `rules` are the lines that were taken out, as thin boxes in dots of `picture`.
    """

    picture: Image.Image
    skew: float
    rules: tuple[Box, ...]


def cleaned(picture: Image.Image, *, dots_an_inch: float) -> CleanedPicture:
    """Straighten a grey *picture*, find its lines, take them and its specks out."""
    skew = skew_of(_dark(picture, max(round(dots_an_inch / 150), 1)))
    if abs(skew) >= STEP:
        picture = picture.rotate(skew, Image.Resampling.BICUBIC, fillcolor=255)
    half = max(round(dots_an_inch / 150), 1)
    lines = drawn_lines(_dark(picture, half), per_inch=dots_an_inch / half)
    shades = np.array(picture)
    _blank(shades, _grown(lines.mask), half)
    _drop_specks(shades, dots_an_inch)
    rules = tuple((box[0] * half, box[1] * half, box[2] * half, box[3] * half) for box in lines.boxes)
    return CleanedPicture(Image.fromarray(shades), skew, rules)


def dark_share(picture: Image.Image) -> float:
    """How much of a grey *picture*, in [0, 1], is dark."""
    return float((np.asarray(picture) < DARK).mean()) if picture.width and picture.height else 0.0


def _dark(picture: Image.Image, step: int) -> Dark:
    """The picture in black and white, one dot for *step* by *step*; dark if any of them is, so that thin lines stay."""
    shades = np.asarray(picture)
    rows, columns = shades.shape[0] // step, shades.shape[1] // step
    dark: Dark = shades[: rows * step, : columns * step] < DARK
    for first in range(1, step):
        dark[::step] |= dark[first::step]
    dark = dark[::step]
    for first in range(1, step):
        dark[:, ::step] |= dark[:, first::step]
    return np.ascontiguousarray(dark[:, ::step])


def _grown(mask: Dark) -> Dark:
    """*mask* and the dots beside it: a line is grey at its edges."""
    grown = mask.copy()
    grown[1:] |= mask[:-1]
    grown[:-1] |= mask[1:]
    grown[:, 1:] |= mask[:, :-1]
    grown[:, :-1] |= mask[:, 1:]
    return grown


def _blank(shades: Shades, mask: Dark, step: int) -> None:
    whole = mask.repeat(step, 0).repeat(step, 1)
    shades[: whole.shape[0], : whole.shape[1]][whole] = 255


def _drop_specks(shades: Shades, dots_an_inch: float) -> None:
    """Whiten specks: a few dark dots, in a small square, with nothing dark around it."""
    inner, outer = round(SPECK * dots_an_inch) // 2, round(ALONE * dots_an_inch) // 2
    dark = shades < DARK
    within, around = _counts(dark, inner), _counts(dark, outer)
    centres = dark & (within == around) & (within <= max(inner * inner, 1))
    for row, column in zip(*np.nonzero(centres), strict=True):
        shades[max(row - inner, 0) : row + inner + 1, max(column - inner, 0) : column + inner + 1] = 255


def _counts(dark: Dark, reach: int) -> npt.NDArray[np.int32]:
    """For each dot how many of those at most *reach* away in each direction are dark."""
    sums = np.pad(dark, ((reach + 1, reach), (reach + 1, reach))).astype(np.int32)
    np.cumsum(sums, axis=0, out=sums)
    np.cumsum(sums, axis=1, out=sums)
    side = 2 * reach + 1
    counts: npt.NDArray[np.int32] = (
        sums[side:, side:] - sums[:-side, side:] - sums[side:, :-side] + sums[:-side, :-side]
    )
    return counts


DARK = 160  # shades below are ink
SPECK = 0.024  # inches: the dot of an i in small print is larger
ALONE = 0.04
