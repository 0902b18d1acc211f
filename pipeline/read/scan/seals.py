"""Take round red seals off a picture, so that the signature block under them can be read.

Only red that lies in a patch as large as a seal goes; a red line of text or a red figure stays, as it may be content.
Where black letters lie under the seal they are black in the red light, too, and remain.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from PIL import Image

Patches = npt.NDArray[np.bool_]


def without_seals(picture: Image.Image) -> Image.Image:
    """*picture* in shades of grey, its seals turned to the white of the paper."""
    grey = picture.convert("L")
    if picture.mode != "RGB" or min(picture.size) < FIELDS:
        return grey
    colours = np.asarray(picture)
    red, others = colours[..., 0], np.maximum(colours[..., 1], colours[..., 2])
    reddish: Patches = (red > LEAST_RED) & (others < red - np.minimum(red, LEAST_DIFFERENCE))
    if not reddish.any():
        return grey
    field = max(min(picture.size) // FIELDS, 1)
    sealed = _seals(_fields(reddish, field)).repeat(field, 0).repeat(field, 1)
    height, width = min(sealed.shape[0], red.shape[0]), min(sealed.shape[1], red.shape[1])
    shades = np.array(grey)
    within = sealed[:height, :width]
    shades[:height, :width][within] = np.maximum(shades, red)[:height, :width][within]
    return Image.fromarray(shades)


def _fields(reddish: Patches, field: int) -> Patches:
    """Which square fields of the picture have some red."""
    rows, columns = reddish.shape[0] // field, reddish.shape[1] // field
    whole = reddish[: rows * field, : columns * field].reshape(rows, field, columns, field)
    counts: Patches = whole.sum(axis=(1, 3)) >= max(field * field // LEAST_PART, 1)
    return counts


def _seals(fields: Patches) -> Patches:
    """The fields of patches that are about as wide as high, and as large as a seal."""
    found = np.zeros_like(fields)
    left = fields.copy()
    while left.any():
        row, column = np.unravel_index(int(left.argmax()), left.shape)
        patch = _patch(left, int(row), int(column))
        left &= ~patch
        rows, columns = np.nonzero(patch)
        height, width = int(np.ptp(rows)) + 1, int(np.ptp(columns)) + 1
        if all(SMALLEST <= side <= LARGEST for side in (height, width)) and max(height, width) <= 1.6 * min(
            height, width
        ):
            found[rows.min() : rows.max() + 1, columns.min() : columns.max() + 1] = True
    return found


def _patch(fields: Patches, row: int, column: int) -> Patches:
    """All fields that hang together with the one at *row* and *column*."""
    patch = np.zeros_like(fields)
    waiting = [(row, column)]
    patch[row, column] = True
    while waiting:
        row, column = waiting.pop()
        for near_row in range(max(row - 1, 0), min(row + 2, fields.shape[0])):
            for near_column in range(max(column - 1, 0), min(column + 2, fields.shape[1])):
                if fields[near_row, near_column] and not patch[near_row, near_column]:
                    patch[near_row, near_column] = True
                    waiting.append((near_row, near_column))
    return patch


FIELDS = 70  # fields across the narrow side of the page: 3 mm each on A4
SMALLEST, LARGEST = 7, 18  # fields: 21 to 54 mm; the seal of an office measures 30 to 42 mm
LEAST_PART = 60  # one dot in so many makes a field red
LEAST_RED = 110
LEAST_DIFFERENCE = 60
