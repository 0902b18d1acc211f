"""The table of what each part is worth: every part can be switched off, and the score of its records falls."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

from tests.conftest import ROOT

WORTH = {"extractor: roles": "leads", "extractor: deadlines": "deadlines", "extractor: citations": "citations"}


def test_every_part_can_be_switched_off(tmp_path: Path) -> None:
    for gold in sorted((ROOT / "tests" / "gold" / "corpus").glob("*.json"))[:3]:
        shutil.copy(gold, tmp_path)
    command = [sys.executable, "scripts/ablation.py", "--gold", str(tmp_path), "corpus"]
    done = subprocess.run(command, cwd=ROOT, env={"PYTHONPATH": str(ROOT)}, capture_output=True, text=True, check=True)
    head, _, whole, *rows = ([cell.strip() for cell in line.strip("|").split("|")] for line in done.stdout.splitlines())
    changes = {name: dict(zip(head[1:], cells, strict=True)) for name, *cells in rows}
    assert whole[0] == "*nothing*"
    assert len(changes) == done.stderr.count("without ") > 20
    assert all(float(changes[part][kind]) < -5 for part, kind in WORTH.items())
