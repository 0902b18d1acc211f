"""Targets (chỉ tiêu, mục tiêu) and the measures in which they are counted."""

from __future__ import annotations

from datetime import date
from typing import Literal

from schemas.record import Record, Span, Value

Comparator = Literal["=", ">=", "<=", "~"]


class Measure(Value):
    """One figure of a target: `tối thiểu 30%` is value 30, unit `%`, comparator `>=`."""

    value: float
    value_max: float | None = None
    denominator: float | None = None
    unit: str | None = None
    comparator: Comparator = "="
    start: date | None = None
    end: date | None = None
    raw: str
    span: Span | None = None
    rule: str | None = None

    def __str__(self) -> str:
        number = f"{self.value:g}" + (f"-{self.value_max:g}" if self.value_max is not None else "")
        number += f"/{self.denominator:g}" if self.denominator is not None else ""
        period = f"{self.start or '..'}/{self.end or '..'}" if self.start or self.end else ""
        return " ".join(part for part in (self.comparator, number, self.unit or "", period) if part)


class Target(Record):
    """A promised result; an objective without a figure has no measures."""

    text: str
    section_id: str | None
    indicator: str | None
    measures: tuple[Measure, ...] = ()
