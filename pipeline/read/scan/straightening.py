"""How far the lines of a scanned page stand askew: `skew_of(dark)` gives 1.3 for a page turned 1.3° clockwise.

Rows of letters make a profile of dark and light lines; it changes most sharply from line to line when the profile is
taken along the rows. The sum of the squared changes is what is maximised (the measure of Leptonica's skew finder).
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Dark = npt.NDArray[np.bool_]  # a picture in black and white, True where it is dark


def skew_of(dark: Dark) -> float:
    """The angle in degrees, within ±`WIDEST` and to `STEP`, by which the rows fall to the right; 0 for a bare page.

    *dark* is best given at about 150 dots an inch: finer pictures cost time and gain nothing.
    """
    rows, columns = _sample(dark)
    if len(rows) < FEWEST or min(dark.shape) < LEAST_SIDE:
        return 0.0
    coarse = _sharpest(rows, columns, np.arange(-WIDEST, WIDEST + COARSE / 2, COARSE))
    fine = np.clip(np.arange(coarse - COARSE, coarse + COARSE + STEP / 2, STEP), -WIDEST, WIDEST)
    best = _sharpest(rows, columns, fine)
    straight = _sharpness(rows, columns, 0.0)
    return round(best, 2) if _sharpness(rows, columns, best) > straight * CLEARLY else 0.0


def _sharpest(rows: npt.NDArray[np.int64], columns: npt.NDArray[np.int64], angles: npt.NDArray[np.float64]) -> float:
    return float(max(angles, key=lambda angle: _sharpness(rows, columns, float(angle))))


def _sharpness(rows: npt.NDArray[np.int64], columns: npt.NDArray[np.int64], angle: float) -> float:
    along = np.rint(rows - columns * np.tan(np.radians(angle))).astype(np.int64)
    profile = np.bincount(along - along.min()).astype(np.float64)
    return float(np.square(np.diff(profile)).sum())


def _sample(dark: Dark) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """Places of dark dots that have light above them, which are the edges of letters and not the inside of blots."""
    edges = dark.copy()
    edges[1:] &= ~dark[:-1]
    rows, columns = np.nonzero(edges)
    every = -(-len(rows) // MOST)
    return (rows, columns) if every <= 1 else (rows[::every], columns[::every])


WIDEST = 5.0
COARSE = 0.5
STEP = 0.05
FEWEST = 500
LEAST_SIDE = 50
MOST = 200_000
CLEARLY = 1.02
