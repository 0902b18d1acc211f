"""Time work honestly: a warm-up, several repetitions, processor time, the median and the spread.

    timed(lambda: [find_deadlines(text) for text in texts], megabytes=1.2).rate  # MB/s

Processor seconds are those of this process and its children, so that neighbours on the machine count less; what waits
(start-up, a run of several workers) is given in seconds of the clock as well.
"""

from __future__ import annotations

import gc
import os
import platform
import resource
import statistics
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path

from extractors.agencies import words

REPETITIONS = 5


@dataclass(frozen=True, slots=True)
class Timing:
    """Median and spread (largest less smallest) of processor and clock seconds; `megabytes` of UTF-8 text went in."""

    seconds: float
    spread: float
    clock: float
    repetitions: int
    megabytes: float = 0.0

    @property
    def rate(self) -> float:
        """Megabytes of text for each processor second."""
        return self.megabytes / self.seconds if self.seconds else 0.0

    @property
    def clock_rate(self) -> float:
        """Megabytes of text for each second of the clock."""
        return self.megabytes / self.clock if self.clock else 0.0

    def entry(self) -> dict[str, float]:
        """The timing as JSON has it."""
        return {name: round(value, 6) for name, value in asdict(self).items()} | {
            "mb_per_cpu_second": round(self.rate, 4),
            "mb_per_clock_second": round(self.clock_rate, 4),
        }


def timed(
    work: Callable[[], object], *, megabytes: float = 0.0, repetitions: int = REPETITIONS, warm_up: bool = True
) -> Timing:
    """Run *work* some times, after one time that is not counted."""
    if warm_up:
        work()
    spent: list[float] = []
    clocks: list[float] = []
    for _ in range(repetitions):
        gc.collect()
        clock, begun = time.perf_counter(), _cpu_seconds()
        work()
        spent.append(_cpu_seconds() - begun)
        clocks.append(time.perf_counter() - clock)
    spread = max(spent) - min(spent)
    return Timing(statistics.median(spent), spread, statistics.median(clocks), repetitions, megabytes)


def _cpu_seconds() -> float:
    own, children = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return own.ru_utime + own.ru_stime + children.ru_utime + children.ru_stime


def machine() -> dict[str, object]:
    """What the figures were measured on."""
    return {
        "processor": _first("/proc/cpuinfo", "model name") or platform.processor() or platform.machine(),
        "cores": len(os.sched_getaffinity(0)),
        "memory_mb": int((_first("/proc/meminfo", "MemTotal") or "0").split()[0]) // 1024,
        "system": f"{platform.system()} {platform.machine()}",
        "python": platform.python_version(),
        "compiled": not str(words.__file__).endswith(".py"),
        "load_before": round(os.getloadavg()[0], 2),
    }


def _first(file: str, key: str) -> str | None:
    path = Path(file)
    lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
    return next((line.split(":", 1)[1].strip() for line in lines if line.startswith(key)), None)
