"""Inputs with names that are hard to say or to write: the run goes on, and says what it made of them."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

import pytest

from pipeline.runs.inputs import find_inputs
from pipeline.workers.batch import process
from tests.conftest import ROOT

PLAN = (ROOT / "tests" / "texts" / "small-plan.txt").read_bytes()


@pytest.fixture
def texts(tmp_path: Path) -> Path:
    directory = tmp_path / "texts"
    directory.mkdir()
    return directory


@pytest.mark.parametrize("name", ["kế hoạch số 1.txt", "hai\ndòng.txt", "[red]đỏ.txt", "'nháy\".md", "-x.txt"])
def test_odd_names_are_kept(texts: Path, tmp_path: Path, name: str) -> None:
    (texts / name).write_bytes(PLAN)
    (item,) = find_inputs(texts).files
    assert process(item, tmp_path / "out").cause is None
    document = json.loads((tmp_path / "out" / "documents" / item.result).read_bytes())
    assert document["source"]["path"] == name


@pytest.mark.skipif(sys.platform != "linux", reason="other systems allow no such names")
def test_a_name_that_is_no_unicode_is_spelt_out(texts: Path, tmp_path: Path) -> None:
    Path(os.fsdecode(os.fsencode(texts) + b"/k\xff.txt")).write_bytes(PLAN)
    (item,) = find_inputs(texts).files
    outcome = process(item, tmp_path / "out")
    assert (outcome.name, outcome.cause) == ("k\\xff.txt", None)
    (written,) = (tmp_path / "out" / "documents").iterdir()
    assert json.loads(written.read_bytes())["source"]["path"] == "k\\xff.txt"


def test_a_name_without_room_for_the_result_is_quarantined(texts: Path, tmp_path: Path) -> None:
    (texts / ("k" * 251 + ".txt")).write_bytes(PLAN)
    (item,) = find_inputs(texts).files
    assert process(item, tmp_path / "out").cause == "name-too-long"


def test_a_file_that_went_away_is_quarantined(texts: Path, tmp_path: Path) -> None:
    (texts / "plan.txt").write_bytes(PLAN)
    (item,) = find_inputs(texts).files
    item.file.unlink()
    assert process(item, tmp_path / "out").cause == "cannot-open"


def test_pipes_are_no_inputs(texts: Path) -> None:
    os.mkfifo(texts / "pipe.txt")
    assert find_inputs(texts).files == ()
