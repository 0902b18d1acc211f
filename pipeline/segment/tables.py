"""Tables (first version: none are lifted)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.outline import Cell
from pipeline.segment.lines import Line
from schemas.record import Span


@dataclass(frozen=True, slots=True)
class RawGrid:
    """A table before it has a caption and a section."""

    span: Span
    unit: str | None
    header: tuple[Cell, ...]
    rows: tuple[tuple[Cell, ...], ...]


def lift_tables(text: str, lines: Sequence[Line]) -> tuple[list[Line], list[RawGrid]]:
    """The lines with each table as one line, and the tables."""
    return [line for line in lines if line.text != "|"], []
