"""The work of a run without Prefect: workers that die, outputs that refuse, chunks, and what the report makes of it."""

from __future__ import annotations

import io
import json
import os
import signal
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console

from pipeline import terminal, work
from pipeline.cli import FAILED, run
from pipeline.read.source import SourceDocument
from pipeline.runs.inputs import Input, Inputs, find_inputs
from pipeline.runs.report import RunReport
from pipeline.runs.run import check_writable
from pipeline.store import StoreError, document_file
from pipeline.workers.batch import COUNTED, Outcome, process
from pipeline.workers.limits import Limits
from pipeline.workers.pool import CHUNK_BYTES, CHUNK_FILES, WorkerPool, chunks_of
from schemas import PlanDocument
from tests.conftest import ROOT

PLAN = (ROOT / "tests" / "texts" / "small-plan.txt").read_bytes()
DEADLY = "deadly"
# Not even root can make a directory here.
UNWRITABLE = Path("/proc/none/results")


def work_or_worse(item: Input, out: Path, **options: Any) -> Outcome:
    """What a worker does with inputs whose names say what goes wrong; each such attempt leaves a mark in its name."""
    if DEADLY in item.name or "slow" in item.name:
        with item.file.open("ab") as file:
            file.write(b"x")
    if DEADLY in item.name:
        os.kill(os.getpid(), signal.SIGKILL)
    if "slow" in item.name or ("hiccup" in item.name and not (item.file.parent / "seen").exists()):
        (item.file.parent / "seen").touch()
        for number in (signal.SIGTERM, signal.SIGINT, signal.SIGALRM):
            signal.signal(number, signal.SIG_IGN)
        time.sleep(60)
    if "greedy" in item.name:
        work.extract_source = take_all_memory
    return process(item, out, **options)


def take_all_memory(source: SourceDocument, *, path: str) -> PlanDocument:
    """An extraction that needs more than there is."""
    raise AssertionError(len(b"x" * (1 << 40)))


def inputs_of(directory: Path, *names: str) -> tuple[Input, ...]:
    """Small plans under *names* in *directory*."""
    for name in names:
        (directory / name).parent.mkdir(parents=True, exist_ok=True)
        (directory / name).write_bytes(PLAN)
    return find_inputs(directory).files


# --- workers --------------------------------------------------------------------------------------------------------


def test_an_input_that_kills_its_worker_is_quarantined_and_its_neighbours_are_written(tmp_path: Path) -> None:
    inputs = inputs_of(tmp_path / "in", "a.txt", "b deadly.txt", "c/d.txt", "e.txt")
    out = tmp_path / "out"
    with WorkerPool(out, workers=1, work=work_or_worse) as pool:
        first = {outcome.name: outcome for outcome in pool.outcomes(inputs)}
        again = list(pool.outcomes(inputs[:1]))
    assert {name: outcome.cause for name, outcome in first.items()} == {
        "a.txt": None,
        "b deadly.txt": "worker-died",
        "c/d.txt": None,
        "e.txt": None,
    }
    assert "worker process died" in (first["b deadly.txt"].message or "")
    assert first["b deadly.txt"].attempts == 2
    assert len(inputs[1].file.read_bytes()) == len(PLAN) + 2
    written = sorted(path.relative_to(out / "documents").as_posix() for path in out.rglob("*.json"))
    assert written == ["a.json", "c/d.json", "e.json"]
    assert [outcome.cause for outcome in again] == [None]


def test_an_input_that_takes_too_long_is_stopped_tried_once_alone_and_quarantined(tmp_path: Path) -> None:
    inputs = inputs_of(tmp_path / "in", "a.txt", "hiccup.txt", "slow.txt", "z.txt")
    out = tmp_path / "out"
    begun = time.monotonic()
    with WorkerPool(out, workers=2, limits=Limits(document_seconds=3), work=work_or_worse) as pool:
        found = {outcome.name: outcome for outcome in pool.outcomes(inputs)}
    assert time.monotonic() - begun < 45  # it sleeps for 60, and hears no signal that can be ignored
    assert {name: (outcome.cause, outcome.attempts) for name, outcome in found.items()} == {
        "a.txt": (None, 1),
        "hiccup.txt": (None, 2),
        "slow.txt": ("too-slow", 2),
        "z.txt": (None, 1),
    }
    assert "KEHOACH_LIMIT_DOCUMENT_SECONDS" in (found["slow.txt"].message or "")
    assert len(inputs[2].file.read_bytes()) == len(PLAN) + 2
    written = sorted(path.relative_to(out / "documents").as_posix() for path in out.rglob("*.json"))
    assert written == ["a.json", "hiccup.json", "z.json"]


def test_an_input_that_takes_too_much_memory_is_quarantined_and_its_neighbours_are_written(tmp_path: Path) -> None:
    inputs = inputs_of(tmp_path / "in", "a.txt", "greedy.txt", "z.txt")
    with WorkerPool(tmp_path / "out", workers=1, limits=Limits(document_mb=500), work=work_or_worse) as pool:
        found = {outcome.name: (outcome.cause, outcome.attempts) for outcome in pool.outcomes(inputs)}
    assert found == {"a.txt": (None, 1), "greedy.txt": ("too-much-memory", 2), "z.txt": (None, 1)}


def test_no_inputs_give_no_outcomes(tmp_path: Path) -> None:
    with WorkerPool(tmp_path, workers=1) as pool:
        assert list(pool.outcomes([])) == []


@given(st.lists(st.integers(0, 3 * CHUNK_BYTES), max_size=200))
def test_chunks_hold_every_input_once_and_stay_small(sizes: list[int]) -> None:
    inputs = [Input(Path(f"{n}.txt"), f"{n}.txt", f"{n}.json", size) for n, size in enumerate(sizes)]
    chunks = list(chunks_of(inputs))
    assert sorted(item.name for chunk in chunks for item in chunk) == sorted(item.name for item in inputs)
    for chunk in chunks:
        assert 1 <= len(chunk) <= CHUNK_FILES
        assert len(chunk) == 1 or sum(item.size for item in chunk) <= CHUNK_BYTES
    largest = [chunk[0].size for chunk in chunks]
    assert largest == sorted(largest, reverse=True)


# --- one input ------------------------------------------------------------------------------------------------------


def test_a_document_is_written_and_its_records_counted(tmp_path: Path) -> None:
    (item,) = inputs_of(tmp_path / "in", "thư mục/kế hoạch.txt")
    outcome = process(item, tmp_path)
    document = json.loads(document_file(tmp_path, "thư mục/kế hoạch.json").read_bytes())
    assert outcome.cause is None
    assert outcome.size == len(PLAN)
    assert outcome.counts == {kind: len(document[kind]) for kind in COUNTED}
    assert outcome.counts["tasks"] == 4


@pytest.mark.parametrize(
    ("fault", "cause", "says"),
    [
        (MemoryError(), "too-much-memory", "MemoryError"),
        (RecursionError("too deep"), "too-complex", "RecursionError"),
        (ValueError("wrong"), "internal-error", "ValueError: wrong"),
        (PermissionError(13, "Permission denied"), "cannot-open", "Permission denied"),
    ],
)
def test_a_fault_quarantines_its_input_and_takes_the_old_result_away(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fault: Exception, cause: str, says: str
) -> None:
    (item,) = inputs_of(tmp_path / "in", "a.txt")
    assert process(item, tmp_path).message is None

    def fail(data: bytes, *, path: str) -> PlanDocument:
        raise fault

    monkeypatch.setattr(work, "extract_source", fail)
    outcome = process(item, tmp_path)
    assert outcome.cause == cause
    assert says in (outcome.message or "")
    assert not document_file(tmp_path, "a.json").exists()


def test_an_input_that_went_away_is_quarantined(tmp_path: Path) -> None:
    (item,) = inputs_of(tmp_path / "in", "a.txt")
    item.file.unlink()
    assert process(item, tmp_path).cause == "cannot-open"


def test_results_that_cannot_be_written_stop_the_run(tmp_path: Path) -> None:
    inputs = inputs_of(tmp_path / "in", "a.txt")
    with pytest.raises(StoreError, match="Cannot write"):
        process(inputs[0], UNWRITABLE)
    with WorkerPool(UNWRITABLE, workers=1) as pool, pytest.raises(StoreError, match="another --out"):
        list(pool.outcomes(inputs))


def test_a_file_where_the_results_should_be_stops_the_run(tmp_path: Path) -> None:
    (item,) = inputs_of(tmp_path / "in", "a.txt")
    (tmp_path / "out").write_bytes(b"")
    with pytest.raises(StoreError, match="Cannot write"):
        process(item, tmp_path / "out")


def test_an_output_that_cannot_be_written_is_told_in_one_sentence_before_prefect_starts(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    inputs_of(tmp_path / "in", "a.txt")
    assert run(["run", str(tmp_path / "in"), "--out", str(UNWRITABLE)]) == FAILED
    message = capsys.readouterr().err
    assert message.startswith("kehoach: Cannot write")
    assert "--out" in message
    assert len(message.splitlines()) == 1


def test_checking_the_output_leaves_nothing_behind(tmp_path: Path) -> None:
    check_writable(tmp_path / "new" / "results")
    assert [path.name for path in tmp_path.rglob("*")] == ["new", "results"]


# --- the report -----------------------------------------------------------------------------------------------------

OUTCOMES = [
    Outcome("b.txt", 2_000_000, counts={"tasks": 3, "targets": 1}),
    Outcome("a.txt", 1_000_000, counts={"tasks": 4, "deadlines": 2}),
    Outcome("z.txt", 7, cause="binary", message="looks like a PNG image, not text"),
    Outcome("c [x].txt", 0, cause="empty", message="is empty"),
]


def report_of(outcomes: Sequence[Outcome], *, seconds: float = 2.0) -> RunReport:
    report = RunReport(out="results", ignored={".pdf": 2}, seconds=seconds)
    report.add(outcomes)
    return report


def test_the_report_counts_what_was_read_and_names_what_was_not() -> None:
    told = report_of(OUTCOMES).as_json()
    assert (told["documents"], told["bytes"], told["megabytes_per_second"]) == (2, 3_000_000, 1.5)
    assert told["records"] == {**dict.fromkeys(COUNTED, 0), "tasks": 7, "targets": 1, "deadlines": 2}
    assert told["quarantined"] == [
        {"path": "c [x].txt", "cause": "empty", "message": "is empty"},
        {"path": "z.txt", "cause": "binary", "message": "looks like a PNG image, not text"},
    ]
    assert told["ignored"] == {".pdf": 2}
    assert json.loads(json.dumps(told)) == told


def test_the_report_does_not_depend_on_the_order_or_number_of_its_batches() -> None:
    whole, parts = report_of(OUTCOMES), report_of([])
    for outcome in reversed(OUTCOMES):
        parts.add([outcome])
    assert parts.as_json() == whole.as_json()
    assert parts.as_markdown() == whole.as_markdown()


def test_the_artifact_is_a_table_of_all_record_kinds() -> None:
    lines = report_of(OUTCOMES).as_markdown().splitlines()
    assert lines[0] == "**2** documents read, **2** quarantined, 1.50 MB/s."
    assert lines[2:4] == ["| records | count |", "|---|---|"]
    assert [line.split(" | ")[0].strip("| ") for line in lines[4:]] == list(COUNTED)


def test_a_run_of_no_time_has_no_speed() -> None:
    assert report_of([], seconds=0.0).megabytes_per_second == 0.0


def summary(report: RunReport, inputs: Inputs, monkeypatch: pytest.MonkeyPatch) -> str:
    """What the summary prints, on a terminal wide enough for its lines."""
    shown = io.StringIO()
    monkeypatch.setattr(terminal, "Console", lambda **_: Console(file=shown, width=200))
    terminal.print_summary(report, inputs)
    return shown.getvalue()


def inputs_named(*names: str) -> Inputs:
    files = tuple(Input(Path(name), name, name.replace(".txt", ".json"), 1) for name in names)
    return Inputs(files, {".pdf": 2})


def test_the_summary_tells_counts_causes_and_the_next_step(monkeypatch: pytest.MonkeyPatch) -> None:
    shown = summary(report_of(OUTCOMES), inputs_named("a.txt", "b.txt", "c [x].txt", "z.txt"), monkeypatch)
    for words in (
        "2 documents read, 2 quarantined",
        "not read: 2 .pdf",
        "quarantined c [x].txt: is empty [empty]",
        "quarantined z.txt: looks like a PNG image, not text [binary]",
        "results/run.json",
        "kehoach show results/documents/a.json",
    ):
        assert words in shown
    assert [line.split() for line in shown.splitlines() if line.startswith("tasks")] == [["tasks", "7"]]


def test_the_summary_of_many_bad_inputs_stays_short(monkeypatch: pytest.MonkeyPatch) -> None:
    bad = [Outcome(f"{n:03}.txt", 0, cause="empty", message="is empty") for n in range(100)]
    shown = summary(report_of(bad), inputs_named(*(outcome.name for outcome in bad)), monkeypatch)
    assert shown.count("is empty") == terminal.SHOWN_QUARANTINED
    assert f"{100 - terminal.SHOWN_QUARANTINED} more" in shown
    assert "kehoach show" not in shown
