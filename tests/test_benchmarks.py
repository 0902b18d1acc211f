"""The benchmark measures kehoach as it is: its stages and runs work, though the tools beside it are not installed."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks.stages import measure_stages
from tests.conftest import ROOT

PLAN = ROOT / "tests" / "texts" / "small-plan.txt"


@pytest.mark.slow
def test_every_stage_is_timed_and_told() -> None:
    told: list[str] = []
    found = measure_stages([PLAN.read_bytes()], 1, tell=told.append)
    assert told == list(found)
    assert all(timing.seconds > 0 and timing.megabytes > 0 for timing in found.values())


def test_a_whole_run_is_measured(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    shutil.copy(PLAN, tmp_path / "in" / "a.txt")
    command = [sys.executable, "-m", "benchmarks.whole", str(tmp_path / "in"), str(tmp_path / "out"), "1"]
    found = json.loads(subprocess.run(command, check=True, capture_output=True, cwd=ROOT).stdout)
    assert found["documents"] == 1
    assert found["megabytes"] == PLAN.stat().st_size / 1e6
    assert found["worker_peak_mb"] > 10
