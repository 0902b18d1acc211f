"""Scores on the real texts that have gold have floors: a change may raise them, not quietly lower them."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from pipeline.extract import extract_document
from pipeline.store import document_file, encode, write_whole

pytestmark = [pytest.mark.shared, pytest.mark.xdist_group("scores")]

FLOORS = {
    "text": 0.99,
    "metadata": 0.95,
    "sections": 0.95,
    "titles": 0.95,
    "tasks": 0.90,
    "leads": 0.90,
    "partners": 0.90,
    "task_deadlines": 0.92,
    "conditions": 0.70,
    "task_section": 0.95,
    "deadlines": 0.92,
    "targets": 0.88,
    "measures": 0.88,
    "budget_lines": 0.97,
    "table_cells": 0.92,
    "citations": 0.95,
    "repairs": 0.75,
}


@pytest.fixture(scope="module")
def scores(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, float]:
    out = tmp_path_factory.mktemp("scores")
    for file in sorted((shared / "corpus").glob("*.txt")):
        document = extract_document(file.read_bytes(), path=file.name)
        write_whole(document_file(out, f"{file.stem}.json"), encode(document))
    command = [sys.executable, shared / "tools/score.py", shared / "gold", out, "--corpus", shared / "corpus", "--json"]
    printed = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    return {name: figures["f1"] for name, figures in json.loads(printed).items()}


@pytest.mark.parametrize("name", FLOORS)
def test_score_does_not_fall_below_its_floor(scores: dict[str, float], name: str) -> None:
    assert scores[name] >= FLOORS[name]
