"""Scores against gold have floors: a change may raise them, not quietly lower them."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

import pytest

from pipeline.errors import UsageError
from pipeline.extract import extract_document
from pipeline.score import KINDS, score_directories, total
from pipeline.store import document_file, encode, write_whole
from tests.conftest import ROOT

# What the texts of the shared gold must reach, and what the samples written for this project must.
SHARED_FLOORS = {
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
OWN_FLOORS = {name: floor for name, floor in SHARED_FLOORS.items() if name != "text"}


def _extract(files: Iterable[Path], out: Path) -> Path:
    for file in files:
        document = extract_document(file.read_bytes(), path=file.name)
        write_whole(document_file(out, f"{file.stem}.json"), encode(document))
    return out


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> dict[str, float]:
    files = [file for file in sorted((ROOT / "corpus").rglob("*")) if file.suffix in {".txt", ".md"}]
    out = _extract(files, tmp_path_factory.mktemp("own"))
    found = score_directories(ROOT / "tests" / "gold" / "corpus", out)
    return {name: tally.figures().f1 for name, tally in total(found.values()).items()}


@pytest.fixture(scope="module")
def shared_export(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return _extract(sorted((shared / "corpus").glob("*.txt")), tmp_path_factory.mktemp("scores"))


@pytest.mark.parametrize("name", OWN_FLOORS)
def test_the_samples_reach_their_floor(own: dict[str, float], name: str) -> None:
    assert own[name] >= OWN_FLOORS[name]


@pytest.mark.shared
@pytest.mark.xdist_group("scores")
def test_the_real_texts_reach_their_floors_and_both_scorers_agree(shared: Path, shared_export: Path) -> None:
    command = [sys.executable, shared / "tools/score.py", shared / "gold", shared_export, "--corpus", shared / "corpus"]
    printed = subprocess.run([*command, "--json"], capture_output=True, text=True, check=True).stdout
    theirs = {name: tuple(figures.values()) for name, figures in json.loads(printed).items()}
    ours = total(score_directories(shared / "gold", shared_export, shared / "corpus").values())
    for name, figures in theirs.items():
        assert tuple(ours[name].figures()) == pytest.approx(figures), name
    low = {name: figures[2] for name, figures in theirs.items() if figures[2] < SHARED_FLOORS[name]}
    assert not low
    assert set(theirs) == set(KINDS)


def test_a_missing_export_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text("{}", encoding="utf-8")
    with pytest.raises(UsageError, match=r"no document a\.json"):
        score_directories(tmp_path, tmp_path / "out")


def test_missing_gold_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no gold files"):
        score_directories(tmp_path, tmp_path)


def test_what_is_wrong_lowers_the_score(tmp_path: Path) -> None:
    gold, out = tmp_path / "gold", tmp_path / "out"
    task = {
        "text": "Rà soát quy hoạch",
        "leads": [{"name": "Sở Xây dựng"}],
        "partners": [],
        "path": ["I"],
        "deadlines": [],
    }
    write_whole(gold / "a.json", json.dumps({"tasks": [task], "targets": []}).encode())
    wrong = {**task, "leads": [{"name": "Sở Y tế"}]}
    write_whole(out / "a.json", json.dumps({"tasks": [wrong], "sections": []}).encode())
    found = total(score_directories(gold, out).values())
    assert found["tasks"].figures().f1 == 1.0
    assert found["leads"].figures().f1 == 0.0
    assert [(miss.sign, miss.row) for miss in found["leads"].misses] == [("-", "sở xây dựng"), ("+", "sở y tế")]
