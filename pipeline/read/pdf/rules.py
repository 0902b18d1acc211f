"""The drawn lines of a PDF page: strokes, sides of boxes, and filled boxes so thin that they are lines.

A box that is only filled shades a cell or a word and has no sides. Lines inside of form objects count, at the place
to which the form puts them.
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from itertools import pairwise
from typing import Any, NamedTuple

import pypdfium2.raw as raw

from pipeline.read.blocks import Box
from pipeline.read.pdf.view import View

MOST_OBJECTS = 20_000
THICKEST = 3.5
SHORTEST = 4.0


def rules_of(page: Any, view: View) -> tuple[Box, ...] | None:
    """The lines of a page of pypdfium2; None when it has over `MOST_OBJECTS` objects and segments besides its text."""
    try:
        return tuple(
            (max(left, 0.0), max(top, 0.0), min(right, view.width), min(bottom, view.height))
            for left, top, right, bottom in (view.box(*box) for box in _lines(page.raw))
            if left < view.width and top < view.height and right > 0 and bottom > 0
        )
    except _TooManyError:
        return None


class _TooManyError(Exception):
    pass


class _Matrix(NamedTuple):
    a: float = 1.0
    b: float = 0.0
    c: float = 0.0
    d: float = 1.0
    e: float = 0.0
    f: float = 0.0

    def point(self, x: float, y: float) -> tuple[float, float]:
        return self.a * x + self.c * y + self.e, self.b * x + self.d * y + self.f

    def after(self, inner: _Matrix) -> _Matrix:
        """The matrix that first does *inner*, then this."""
        a, b, c, d, e, f = inner
        return _Matrix(
            self.a * a + self.c * b,
            self.b * a + self.d * b,
            self.a * c + self.c * d,
            self.b * c + self.d * d,
            *self.point(e, f),
        )


class _Work:
    """Counts what was looked at, so that a page of a million strokes ends early."""

    def __init__(self) -> None:
        self.left = MOST_OBJECTS

    def take(self, amount: int) -> None:
        self.left -= amount
        if self.left < 0:
            raise _TooManyError


def _lines(page: Any) -> Iterator[Box]:
    count = raw.FPDFPage_CountObjects(page)
    work = _Work()
    for index in range(count):
        yield from _object(raw.FPDFPage_GetObject(page, index), _Matrix(), work, depth=0)


def _object(item: Any, matrix: _Matrix, work: _Work, *, depth: int) -> Iterator[Box]:
    kind = raw.FPDFPageObj_GetType(item)
    if kind == raw.FPDF_PAGEOBJ_PATH:
        yield from _path(item, matrix.after(_matrix_of(item)), work)
    elif kind == raw.FPDF_PAGEOBJ_FORM and depth < _DEEPEST:
        inner = matrix.after(_matrix_of(item))
        for index in range(raw.FPDFFormObj_CountObjects(item)):
            work.take(1)
            yield from _object(raw.FPDFFormObj_GetObject(item, index), inner, work, depth=depth + 1)


def _matrix_of(item: Any) -> _Matrix:
    matrix = raw.FS_MATRIX()
    if not raw.FPDFPageObj_GetMatrix(item, ctypes.byref(matrix)):
        return _Matrix()
    return _Matrix(matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f)


def _path(item: Any, matrix: _Matrix, work: _Work) -> Iterator[Box]:
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    if not raw.FPDFPath_GetDrawMode(item, ctypes.byref(fill), ctypes.byref(stroke)):
        return
    if not fill.value and not stroke.value:
        return
    count = raw.FPDFPath_CountSegments(item)
    work.take(max(count, 1))
    for points in _outlines(item, count, matrix):
        box = _around(points)
        if min(box[2] - box[0], box[3] - box[1]) <= THICKEST:
            sides = [box]
        elif stroke.value:
            sides = [_around(pair) for pair in pairwise(points)]
        else:
            sides = []
        yield from (side for side in sides if _is_line(side))


def _outlines(item: Any, count: int, matrix: _Matrix) -> Iterator[list[tuple[float, float]]]:
    """The corners of each part of a path; parts with curves are letters or drawings, and are left out."""
    points: list[tuple[float, float]] = []
    curved = False
    x, y = ctypes.c_float(), ctypes.c_float()
    for index in range(count):
        segment = raw.FPDFPath_GetPathSegment(item, index)
        kind = raw.FPDFPathSegment_GetType(segment)
        if kind == raw.FPDF_SEGMENT_MOVETO:
            if len(points) > 1 and not curved:
                yield points
            points, curved = [], False
        curved = curved or kind == raw.FPDF_SEGMENT_BEZIERTO
        raw.FPDFPathSegment_GetPoint(segment, ctypes.byref(x), ctypes.byref(y))
        points.append(matrix.point(x.value, y.value))
        if raw.FPDFPathSegment_GetClose(segment):
            points.append(points[0])
    if len(points) > 1 and not curved:
        yield points


def _around(points: Any) -> Box:
    xs = [point[0] for point in points]
    ys = [point[1] for point in points]
    return min(xs), min(ys), max(xs), max(ys)


def _is_line(box: Box) -> bool:
    thin, long = sorted((box[2] - box[0], box[3] - box[1]))
    return thin <= THICKEST and long >= SHORTEST and long > 2 * thin


_DEEPEST = 8
