"""From the coordinates of a PDF page to points from the upper left corner of the page as a reader sees it.

A PDF counts upwards from any corner it likes, shows only its crop box, and may be turned by 90, 180 or 270 degrees.
"""

from __future__ import annotations

from typing import Any, NamedTuple

from pipeline.read.blocks import Box


class View(NamedTuple):
    """The box of a page that is shown, in the page's own coordinates, and its turn clockwise in degrees."""

    left: float
    bottom: float
    right: float
    top: float
    turn: int

    @classmethod
    def of(cls, page: Any) -> View:
        """The view of a page of pypdfium2."""
        left, bottom, right, top = page.get_bbox()
        return cls(left, bottom, right, top, page.get_rotation())

    @property
    def width(self) -> float:
        """The width as seen, in points."""
        return self.top - self.bottom if self.turn in (90, 270) else self.right - self.left

    @property
    def height(self) -> float:
        """The height as seen, in points."""
        return self.right - self.left if self.turn in (90, 270) else self.top - self.bottom

    def box(self, left: float, bottom: float, right: float, top: float) -> Box:
        """(left, top, right, bottom) as seen, of a box in the page's own coordinates.

        >>> View(0, 0, 600, 800, 0).box(10, 700, 20, 712), View(0, 0, 600, 800, 90).box(10, 700, 20, 712)
        ((10, 88, 20, 100), (700, 10, 712, 20))
        """
        if self.turn == 90:
            return bottom - self.bottom, left - self.left, top - self.bottom, right - self.left
        if self.turn == 180:
            return self.right - right, bottom - self.bottom, self.right - left, top - self.bottom
        if self.turn == 270:
            return self.top - top, self.right - right, self.top - bottom, self.right - left
        return left - self.left, self.top - top, right - self.left, self.top - bottom
