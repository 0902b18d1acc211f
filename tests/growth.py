"""Does time grow with the length of a text, and no faster?"""

from __future__ import annotations

import gc
import time
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")

LONGER = 4
# Four times the text may take ten times as long, so that a loaded machine passes and quadratic work (16) does not.
SLACK = 2.5
ATTEMPTS = 6
NOISE = 0.02  # seconds


def assert_linear(work: Callable[[str], object], unit: str, *, times: int, before: str = "") -> None:
    """Give *work* the text *unit* repeated *times*, then four times as often; the best of a few runs counts."""
    assert_grows_linearly(work, lambda count: before + unit * count, times=times)


def assert_grows_linearly(work: Callable[[T], object], make: Callable[[int], T], *, times: int) -> None:
    """Give *work* what *make* makes of *times*, then of four times that; the making is not counted."""
    short, long = make(times), make(LONGER * times)
    work(make(50))
    least = most = float("inf")
    for _ in range(ATTEMPTS):
        # The short text twice: slowed down once by its neighbours, it would hide that the long one takes too long.
        least = min(least, cpu_seconds(work, short), cpu_seconds(work, short))
        most = min(most, cpu_seconds(work, long))
        if most < SLACK * LONGER * least + NOISE:
            return
    raise AssertionError(f"{LONGER} times the text took {most / least:.1f} times as long")


def cpu_seconds(work: Callable[[T], object], given: T) -> float:
    """Processor seconds of one run, without those for what earlier tests left to be collected."""
    gc.collect()
    gc.disable()
    try:
        begin = time.process_time()
        work(given)
        return time.process_time() - begin
    finally:
        gc.enable()
