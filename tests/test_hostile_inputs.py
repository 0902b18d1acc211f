"""A batch with bombs, loops and lies in it: each ends in quarantine with its true cause, and the others are read."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from pipeline.runs.inputs import find_inputs
from pipeline.workers.batch import Outcome
from pipeline.workers.pool import WorkerPool
from tests.conftest import ROOT
from tests.hostile import HOSTILE, docx_of, text_pdf

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("hostile")]

SECONDS, MEMORY_MB = 20, 512
NAMES = [name for name, _, _ in HOSTILE]
GOOD = ROOT / "tests" / "texts" / "small-plan.txt"


@pytest.fixture(scope="module")
def outcomes(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Outcome]:
    directory = tmp_path_factory.mktemp("hostile")
    inputs, out = directory / "in", directory / "out"
    inputs.mkdir()
    for name, make, _ in HOSTILE:
        (inputs / name).write_bytes(make())
    (inputs / "good.txt").write_bytes(GOOD.read_bytes())
    (inputs / "good.docx").write_bytes(docx_of("Sở Y tế chủ trì trồng chè trước ngày 30/6/2026."))
    (inputs / "good.pdf").write_bytes(text_pdf("So Y te trong che truoc ngay 30/6/2026"))
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("KEHOACH_LIMIT_SECONDS", str(SECONDS))
        patch.setenv("KEHOACH_LIMIT_MEMORY_MB", str(MEMORY_MB))
        patch.setenv("KEHOACH_CACHE", str(directory / "cache"))
        begun = time.monotonic()
        with WorkerPool(out, workers=2) as pool:
            found = {outcome.name: outcome for outcome in pool.outcomes(find_inputs(inputs).files)}
        seconds = time.monotonic() - begun
    assert seconds < (SECONDS + 10) * len(HOSTILE) / 2
    for name in found:
        written = out / "documents" / Path(name).with_suffix(".json")
        assert written.exists() == (found[name].cause is None) or name.startswith("good"), name
    return found


@pytest.mark.parametrize(("name", "causes"), [(name, causes) for name, _, causes in HOSTILE], ids=NAMES)
def test_it_is_quarantined_with_its_true_cause(name: str, causes: frozenset[str], outcomes: dict[str, Outcome]) -> None:
    assert outcomes[name].cause in causes, outcomes[name].message
    assert outcomes[name].message


@pytest.mark.parametrize("name", ["good.txt", "good.docx", "good.pdf"])
def test_the_others_are_read(name: str, outcomes: dict[str, Outcome]) -> None:
    assert outcomes[name].cause is None, outcomes[name].message
