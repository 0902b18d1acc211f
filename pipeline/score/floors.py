"""Floors: the F1 that each kind must reach, as `tasks=0.9` on the command line."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence

from pipeline.errors import UsageError
from pipeline.score import KINDS, OVERLAP, Tallies


def read_floors(given: Iterable[str]) -> dict[str, float]:
    """The floors by kind; raises `UsageError` for an unknown kind and for what is no number from 0 to 1."""
    floors = {}
    for text in given:
        name, equals, number = text.partition("=")
        if name not in (*KINDS, OVERLAP):
            raise UsageError(
                f"There is no kind {name} to set a floor for. Choose among: {', '.join((*KINDS, OVERLAP))}."
            )
        floors[name] = _share(number) if equals else math.nan
        if not 0 <= floors[name] <= 1:
            raise UsageError(f"The floor {text} is no NAME=F1 with F1 from 0 to 1, such as tasks=0.9.")
    return floors


def below(tallies: Tallies, floors: Mapping[str, float]) -> list[str]:
    """What does not reach its floor, each as `leads 0.812 < 0.9`."""
    return [said for name, floor in floors.items() if (said := _below(name, tallies, floor))]


def told(failed: Sequence[str]) -> str:
    """The failed floors in one sentence."""
    return f"F1 below its floor: {', '.join(failed)}."


def _below(name: str, tallies: Tallies, floor: float) -> str | None:
    if name not in tallies:
        return f"{name} not measured < {floor:g}"
    f1 = tallies[name].figures().f1
    # Cut, not rounded: 0.8996 must not be told as "0.900 < 0.9".
    return f"{name} {math.floor(f1 * 1000) / 1000:.3f} < {floor:g}" if f1 < floor else None


def _share(number: str) -> float:
    try:
        return float(number)
    except ValueError:
        return math.nan
