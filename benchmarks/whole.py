"""End to end: a run over a directory with some workers, start-up, tables over all documents, a question to them.

    python -m benchmarks.whole DIRECTORY OUT WORKERS    # one run in a process of its own; prints JSON

A run is `pipeline.workers.batch`, which reads, extracts and writes; Prefect, whose start takes seconds, is left out,
and so is the start of the workers: the pool does some inputs before the clock starts.
"""

from __future__ import annotations

import contextlib
import functools
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from benchmarks.timing import Timing, timed
from pipeline.runs.inputs import find_inputs
from pipeline.workers.pool import WorkerPool

QUESTION = "SELECT count(*) AS tasks FROM tasks"


def one_run(directory: Path, out: Path, workers: int) -> dict[str, float]:
    """Run over *directory* and tell seconds, megabytes of input and of memory."""
    inputs = find_inputs(directory).files
    with WorkerPool(out, workers=workers) as pool:
        list(pool.outcomes(inputs[: 8 * workers]))
        before, begun = descendants_cpu(), time.perf_counter()
        done = list(pool.outcomes(inputs))
        clock = time.perf_counter() - begun
        spent, peak = descendants_cpu() - before, max(map(peak_megabytes, descendants()), default=0.0)
    megabytes = sum(outcome.size for outcome in done) / 1e6
    return {"documents": len(done), "megabytes": megabytes, "clock": clock, "cpu": spent, "worker_peak_mb": peak}


def descendants() -> list[int]:
    """The processes below this one: the server that forks the workers, the workers, their readers."""
    parents = {pid: int(stat[1]) for pid, stat in _stats()}
    found = {os.getpid()}
    for _ in range(4):
        found |= {pid for pid, parent in parents.items() if parent in found}
    return sorted(found - {os.getpid()})


def descendants_cpu() -> float:
    """Processor seconds of the processes below this one."""
    below = set(descendants())
    return sum(int(stat[11]) + int(stat[12]) for pid, stat in _stats() if pid in below) / os.sysconf("SC_CLK_TCK")


def peak_megabytes(pid: int) -> float:
    """The most memory that a process has held at once."""
    status = Path(f"/proc/{pid}/status").read_text(encoding="ascii")
    return next((int(line.split()[1]) / 1024 for line in status.splitlines() if line.startswith("VmHWM")), 0.0)


def _stats() -> Iterator[tuple[int, list[str]]]:
    """Number and fields (from the state on) of each process that is still there."""
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):
            yield int(stat.parent.name), stat.read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()


def measure_runs(directory: Path, workers: int, repetitions: int) -> dict[str, float]:
    """The median of some runs, each in a process of its own, so that the peak of memory is its own too."""
    runs = [json.loads(_fresh_run(directory, workers)) for _ in range(repetitions)]
    rates = [run["megabytes"] / run["clock"] for run in runs]
    each = [run["megabytes"] / run["cpu"] for run in runs if run["cpu"]]
    return {
        "documents": runs[0]["documents"],
        "mb_per_clock_second": round(statistics.median(rates), 4),
        "mb_per_cpu_second": round(statistics.median(each), 4) if each else 0.0,
        "spread": round(max(rates) - min(rates), 4),
        "worker_peak_mb": round(max(run["worker_peak_mb"] for run in runs), 1),
    }


def measure_commands(example: Path, out: Path, repetitions: int) -> dict[str, Timing]:
    """What a person waits for who gives a command."""
    commands = {
        "kehoach --help": ["--help"],
        "kehoach extract FILE": ["extract", str(example)],
        "kehoach dataset OUTPUT": ["dataset", str(out)],
        "kehoach query OUTPUT": ["query", str(out), QUESTION],
    }

    def answer(name: str) -> None:
        if name == "kehoach dataset OUTPUT":
            _forget_tables(out)
        _output([sys.executable, "-m", "pipeline", *commands[name]])

    return {name: timed(functools.partial(answer, name), repetitions=repetitions) for name in commands}


def _forget_tables(out: Path) -> None:
    """Let the next build of the tables be a first one."""
    for made in [*out.glob("dataset"), *out.glob(".dataset*"), *out.glob("*.duckdb"), *out.glob("*.sqlite")]:
        shutil.rmtree(made) if made.is_dir() else made.unlink()


def _fresh_run(directory: Path, workers: int) -> bytes:
    with tempfile.TemporaryDirectory() as out:
        return _output([sys.executable, "-m", "benchmarks.whole", str(directory), out, str(workers)])


def _output(command: list[str]) -> bytes:
    return subprocess.run(command, check=True, capture_output=True).stdout


def made_results(directory: Path) -> tempfile.TemporaryDirectory[str]:
    """A temporary results directory with the documents of *directory*."""
    out = tempfile.TemporaryDirectory()
    _output([sys.executable, "-m", "benchmarks.whole", str(directory), out.name, "1"])
    return out


if __name__ == "__main__":
    print(json.dumps(one_run(Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3]))))
