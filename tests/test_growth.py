"""The measure of growth itself: linear work passes, quadratic work does not, also on a machine that stumbles."""

from __future__ import annotations

from collections.abc import Callable
from itertools import cycle

import pytest

from tests import growth


def clock(monkeypatch: pytest.MonkeyPatch, power: float, *stumbles: float) -> None:
    """Let work take as many seconds as the text has letters, to *power*, each run slowed by the next of *stumbles*."""
    slowed = cycle(stumbles or (1.0,))

    def seconds(work: Callable[[str], object], text: str) -> float:
        work(text)
        return float(len(text) ** power * next(slowed))

    monkeypatch.setattr(growth, "cpu_seconds", seconds)


def test_linear_work_passes(monkeypatch: pytest.MonkeyPatch) -> None:
    clock(monkeypatch, 1, 3.0, 1.0, 5.0, 1.0, 2.0)
    growth.assert_linear(len, "a b ", times=10_000)


def test_quadratic_work_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    clock(monkeypatch, 2)
    with pytest.raises(AssertionError, match=r"4 times the text took 16\.0 times"):
        growth.assert_linear(len, "a b ", times=10_000)


def test_seconds_are_those_of_the_processor() -> None:
    assert growth.cpu_seconds(lambda count: sum(range(count)), 3_000_000) > 0.001
