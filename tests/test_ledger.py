"""What a second run does, what the ledger knows, and what `kehoach status` tells of it; all without Prefect."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from pipeline.cli import OK, WRONG_USAGE
from pipeline.cli import run as command
from pipeline.errors import KehoachError, UsageError
from pipeline.readers import Readers
from pipeline.runs import made_by, run
from pipeline.runs.inputs import Input, find_inputs, read_whole
from pipeline.runs.ledger import DONE, LEDGER, PENDING, QUARANTINED, Entry, Ledger
from pipeline.runs.lock import BusyError, run_lock
from pipeline.runs.made_by import AFTER, LIBRARIES, READING, MadeBy, files_of, shapes_documents
from pipeline.runs.outputs import output_at
from pipeline.runs.report import RunReport
from pipeline.runs.run import Run
from pipeline.runs.todo import choice_of
from pipeline.store import RUN_REPORT, document_file
from pipeline.workers.batch import Outcome, process
from tests.conftest import ROOT

PLAN = (ROOT / "tests" / "texts" / "small-plan.txt").read_bytes()


class Here:
    """A pool without processes; `done` are the names of what it was given."""

    def __init__(self, out: Path, *, words: bool = False, stop_after: int | None = None) -> None:
        self.out = out
        self.words = words
        self.stop_after = stop_after
        self.done: list[str] = []

    def __enter__(self) -> Here:
        return self

    def __exit__(self, *_: object) -> None:
        pass

    def outcomes(self, inputs: Sequence[Input]) -> Iterator[Outcome]:
        with Readers() as readers:
            for item in inputs:
                if len(self.done) == self.stop_after:
                    raise KeyboardInterrupt
                self.done.append(item.name)
                yield process(item, self.out, words=self.words, readers=readers)


def do(texts: Path, out: Path, *, stop_after: int | None = None, **options: Any) -> tuple[list[str], RunReport]:
    """One run; which inputs it read, and its report."""
    out.mkdir(exist_ok=True)
    pool = Here(out, words=options.get("words", False), stop_after=stop_after)
    with Run(find_inputs(texts), out, pool=pool, **options) as running:
        for batch in running.batches():
            list(running.read(batch))
        return pool.done, running.write_report()


def results(out: Path) -> dict[str, bytes]:
    """Every file that a run has made, by name; the times of `run.json` left out."""
    found = {file.relative_to(out).as_posix(): file.read_bytes() for file in (out / "documents").rglob("*.json")}
    report = json.loads((out / RUN_REPORT).read_bytes())
    found[RUN_REPORT] = json.dumps({key: value for key, value in report.items() if key not in TIMES}).encode()
    return found


def fresh(texts: Path, out: Path, **options: Any) -> dict[str, bytes]:
    """What a run into a new directory makes."""
    shutil.rmtree(out, ignore_errors=True)
    do(texts, out, **options)
    return results(out)


def entries(out: Path) -> dict[str, Entry]:
    with Ledger.read_only(out) as ledger:
        return ledger.entries()


@pytest.fixture
def texts(tmp_path: Path) -> Path:
    directory = tmp_path / "texts"
    for name in ("a.txt", "kế hoạch/b.txt", "kế hoạch/c.md"):
        (directory / name).parent.mkdir(parents=True, exist_ok=True)
        (directory / name).write_bytes(PLAN + name.encode())
    (directory / "rỗng.txt").write_bytes(b"")
    return directory


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return tmp_path / "output"


# --- what a second run does -----------------------------------------------------------------------------------------


def test_a_second_run_does_only_what_failed_and_reports_the_same(texts: Path, out: Path) -> None:
    first, _ = do(texts, out)
    made = results(out)
    second, report = do(texts, out)
    assert sorted(first) == ["a.txt", "kế hoạch/b.txt", "kế hoạch/c.md", "rỗng.txt"]
    assert second == ["rỗng.txt"]
    assert results(out) == made
    assert (report.documents, report.read, report.unchanged, report.reasons) == (3, 0, 3, {"failed": 1})


@pytest.mark.parametrize("keep_times", [False, True])
def test_new_and_changed_inputs_are_read(texts: Path, tmp_path: Path, out: Path, keep_times: bool) -> None:
    do(texts, out)
    before = (texts / "a.txt").stat()
    (texts / "a.txt").write_bytes(PLAN + b"A.txt")  # as long as before
    if keep_times:
        os.utime(texts / "a.txt", ns=(before.st_atime_ns, before.st_mtime_ns))
    (texts / "rỗng.txt").write_bytes(PLAN)
    (texts / "new.txt").write_bytes(PLAN)
    done, report = do(texts, out)
    assert sorted(done) == ["a.txt", "new.txt", "rỗng.txt"]
    assert report.reasons == {"changed": 1, "failed": 1, "new": 1}
    assert results(out) == fresh(texts, tmp_path / "fresh")


def test_what_is_only_touched_or_copied_elsewhere_is_not_read_again(texts: Path, tmp_path: Path, out: Path) -> None:
    do(texts, out)
    os.utime(texts / "a.txt")
    assert do(texts, out)[0] == ["rỗng.txt"]
    shutil.copytree(texts, tmp_path / "moved")
    shutil.rmtree(texts)
    assert do(tmp_path / "moved", out)[0] == ["rỗng.txt"]
    assert {entry.root for entry in entries(out).values()} == {str(tmp_path / "moved")}


@pytest.mark.parametrize("spoil", ["missing", "altered", "altered with its times kept"])
def test_a_document_that_is_missing_or_altered_is_made_again(texts: Path, out: Path, spoil: str) -> None:
    do(texts, out)
    made = results(out)
    file = document_file(out, "a.json")
    before = file.stat()
    file.unlink()
    if spoil != "missing":
        file.write_bytes(made["documents/a.json"].replace(b"12/KH-UBND", b"13/KH-UBND"))
    if spoil.endswith("kept"):
        os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))
    done, report = do(texts, out)
    assert (sorted(done), report.reasons["result gone"]) == (["a.txt", "rỗng.txt"], 1)
    assert results(out) == made


def test_other_rules_and_other_options_do_all_again(
    texts: Path, tmp_path: Path, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    do(texts, out)
    done, report = do(texts, out, words=True)
    assert (len(done), report.reasons) == (4, {"other rules": 3, "failed": 1})
    assert results(out) == fresh(texts, tmp_path / "fresh", words=True)
    monkeypatch.setattr(made_by, "rules_version", lambda: "of tomorrow")
    assert len(do(texts, out, words=True)[0]) == 4
    assert do(texts, out, words=True)[0] == ["rỗng.txt"]


def test_force_does_all_and_only_failed_nothing_else(texts: Path, tmp_path: Path, out: Path) -> None:
    do(texts, out)
    made = results(out)
    done, _ = do(texts, out, choice=choice_of(force=True, only_failed=False))
    assert (len(done), results(out)) == (4, made)
    (texts / "new.txt").write_bytes(PLAN)
    (texts / "a.txt").write_bytes(PLAN)
    done, _ = do(texts, out, choice=choice_of(force=False, only_failed=True))
    assert done == ["rỗng.txt"]
    assert sorted(do(texts, out)[0]) == ["a.txt", "new.txt", "rỗng.txt"]
    assert results(out) == fresh(texts, tmp_path / "fresh")
    with pytest.raises(UsageError, match="one of them"):
        choice_of(force=True, only_failed=True)


def test_what_becomes_unreadable_loses_its_document(texts: Path, tmp_path: Path, out: Path) -> None:
    do(texts, out)
    (texts / "a.txt").write_bytes(b"")
    do(texts, out)
    assert not document_file(out, "a.json").exists()
    assert results(out) == fresh(texts, tmp_path / "fresh")


def test_deleted_inputs_are_told_and_pruned_only_when_asked(texts: Path, tmp_path: Path, out: Path) -> None:
    do(texts, out)
    (texts / "a.txt").unlink()
    _, report = do(texts, out)
    assert (report.deleted, report.pruned) == (["a.txt"], 0)
    assert document_file(out, "a.json").exists()
    _, report = do(texts, out, prune=True)
    assert (report.deleted, report.pruned) == ([], 1)
    assert results(out) == fresh(texts, tmp_path / "fresh")
    assert "a.txt" not in entries(out)


def test_documents_of_another_directory_are_not_taken_for_deleted(texts: Path, tmp_path: Path, out: Path) -> None:
    (tmp_path / "others").mkdir()
    (tmp_path / "others" / "o.txt").write_bytes(PLAN)
    do(texts, out)
    _, report = do(tmp_path / "others", out, prune=True)
    assert (report.deleted, report.pruned) == ([], 0)
    assert document_file(out, "a.json").exists()


def test_a_newcomer_that_takes_a_documents_name_moves_it(texts: Path, tmp_path: Path, out: Path) -> None:
    do(texts, out)
    (texts / "kế hoạch" / "c.txt").write_bytes(PLAN)  # its document is c.json now, and that of c.md c.md.json
    assert sorted(do(texts, out)[0]) == ["kế hoạch/c.md", "kế hoạch/c.txt", "rỗng.txt"]
    assert results(out) == fresh(texts, tmp_path / "fresh")
    (texts / "kế hoạch" / "c.txt").unlink()
    do(texts, out, prune=True)
    assert results(out) == fresh(texts, tmp_path / "fresh")


def test_a_run_that_was_stopped_is_taken_up_where_it_was(texts: Path, tmp_path: Path, out: Path) -> None:
    with pytest.raises(KeyboardInterrupt):
        do(texts, out, stop_after=2)
    states = [entry.state for entry in entries(out).values()]
    assert (states.count(DONE), states.count(PENDING)) == (2, 2)
    done, report = do(texts, out)
    assert (len(done), report.reasons) == (2, {"unfinished": 2})
    assert results(out) == fresh(texts, tmp_path / "fresh")


# --- a change under way ---------------------------------------------------------------------------------------------


def test_what_is_recorded_is_what_was_read(texts: Path, out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The input changes after it was read and before its document is written."""
    from pipeline.workers import batch

    whole = batch.make

    def make_and_change(data: bytes, **options: Any) -> Any:
        (texts / "a.txt").write_bytes(b"")
        return whole(data, **options)

    monkeypatch.setattr(batch, "make", make_and_change)
    do(texts, out)
    monkeypatch.setattr(batch, "make", whole)
    known = entries(out)["a.txt"]
    assert json.loads(document_file(out, "a.json").read_bytes())["source"]["sha256"] == known.sha256
    assert known.size == len(PLAN) + 5
    assert "a.txt" in do(texts, out)[0]
    assert entries(out)["a.txt"].cause == "empty"


def test_an_input_that_is_being_written_is_read_when_it_is_whole(tmp_path: Path) -> None:
    """A real writer in another process; whatever is read was in the file at one moment."""
    file = tmp_path / "a.txt"
    file.write_bytes(b"0" * 100_000)
    code = f"""if True:
        import itertools, time
        for turn in itertools.cycle("0123456789"):
            with open({str(file)!r}, "r+b") as file:
                for _ in range(10):
                    file.write(turn.encode() * 10_000)
                    file.flush()
                    time.sleep(0.002)
            time.sleep(0.1)
    """
    with subprocess.Popen([sys.executable, "-c", code]) as writer:
        whole = torn = 0
        until = time.monotonic() + 30
        while whole < 10 and time.monotonic() < until:
            try:
                content = read_whole(file)
            except KehoachError as error:
                torn += "is being written" in str(error)
                continue
            whole += 1
            assert len(content.data) == 100_000
            assert content.stamp == ""  # so new that its stamp says nothing
        writer.kill()
    assert whole == 10
    assert len(set(file.read_bytes())) <= 2


def test_an_input_that_always_changes_is_quarantined_and_read_the_next_time(
    texts: Path, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read = Path.read_bytes

    def growing(file: Path) -> bytes:
        data = read(file)
        if file.name == "a.txt":
            with file.open("ab") as opened:
                opened.write(b".")
        return data

    monkeypatch.setattr(Path, "read_bytes", growing)
    do(texts, out)
    monkeypatch.undo()
    assert (entries(out)["a.txt"].cause, document_file(out, "a.json").exists()) == ("changing", False)
    do(texts, out)
    assert (entries(out)["a.txt"].state, document_file(out, "a.json").exists()) == (DONE, True)


# --- the ledger itself ----------------------------------------------------------------------------------------------


def test_the_ledger_says_what_became_of_each_input(texts: Path, out: Path) -> None:
    do(texts, out)
    do(texts, out)
    known = entries(out)
    assert [(path, entry.state, entry.cause) for path, entry in known.items()] == [
        ("a.txt", DONE, None),
        ("kế hoạch/b.txt", DONE, None),
        ("kế hoạch/c.md", DONE, None),
        ("rỗng.txt", QUARANTINED, "empty"),
    ]
    assert (known["a.txt"].attempts, known["rỗng.txt"].attempts) == (1, 2)
    assert known["a.txt"].records["tasks"] == 4
    assert known["a.txt"].seconds > 0
    assert known["a.txt"].peak_mb > 10


@pytest.mark.parametrize("harm", ["lost", "no database", "cut off", "zeros in it", "another form"])
def test_a_ledger_that_is_lost_or_damaged_is_made_anew(texts: Path, out: Path, harm: str) -> None:
    do(texts, out)
    made, file = results(out), out / LEDGER
    content = file.read_bytes()
    if harm == "lost":
        file.unlink()
    elif harm == "another form":
        connection = sqlite3.connect(file)
        connection.execute("PRAGMA user_version = 99")
        connection.close()
    else:
        spoilt = {
            "no database": b"ledger",
            "cut off": content[: len(content) // 2],
            "zeros in it": content[:100] + bytes(len(content) - 100),
        }
        file.write_bytes(spoilt[harm])
    (texts / "a.txt").write_bytes(PLAN)
    (texts / "kế hoạch" / "b.txt").unlink()
    done, report = do(texts, out)
    assert sorted(done) == ["a.txt", "rỗng.txt"]  # what run.json vouches for is not read again
    assert report.deleted == ["kế hoạch/b.txt"]
    assert (out / f"{LEDGER}.damaged").exists() == (harm != "lost")
    assert results(out).keys() == made.keys()


def test_without_ledger_a_document_newer_than_the_report_is_made_again(texts: Path, out: Path) -> None:
    do(texts, out)
    made = results(out)
    (out / LEDGER).unlink()
    file = document_file(out, "a.json")
    file.write_bytes(file.read_bytes().replace(b"12/KH-UBND", b"13/KH-UBND"))
    assert sorted(do(texts, out)[0]) == ["a.txt", "rỗng.txt"]
    assert results(out) == made


def test_what_was_recorded_is_on_the_disk(out: Path) -> None:
    """The settings that make it so; that they hold under `kill -9` is seen in the tests of faults."""
    out.mkdir()
    with Ledger.open(out) as ledger:
        ledger.record([Entry("a.txt"), Entry("b.txt", state=DONE)])
        assert ledger._connection.execute("PRAGMA synchronous").fetchone() == (2,)
        assert ledger._connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)
        with pytest.raises(AttributeError):
            ledger.record([Entry("c.txt"), "no entry"])  # type: ignore[list-item]
        ledger.forget(["a.txt"])
        assert [*ledger.entries()] == ["b.txt"]


def test_two_runs_on_one_directory_are_refused_with_the_number_of_the_process(
    texts: Path, out: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out.mkdir()
    with run_lock(out):
        with pytest.raises(BusyError, match=f"process {os.getpid()}"):
            do(texts, out)
        assert command(["run", str(texts), "--out", str(out)]) == WRONG_USAGE
    told = capsys.readouterr().err
    assert f"process {os.getpid()}" in told
    assert len(told.strip().splitlines()) == 1
    assert len(do(texts, out)[0]) == 4  # a lock file of a run that has ended is in nobody's way


def test_outputs_that_many_look_at_in_the_same_moment_can_be_written_for_each(tmp_path: Path) -> None:
    output = output_at(tmp_path / "out")
    with ThreadPoolExecutor(4) as threads:
        checks = [threads.submit(output.check) for _ in range(400)]
    assert [check.exception() for check in checks] == [None] * 400
    assert not list((tmp_path / "out").iterdir())


# --- rules ----------------------------------------------------------------------------------------------------------


def test_everything_that_shapes_a_document_counts() -> None:
    grimp = pytest.importorskip("grimp")
    graph = grimp.build_graph("pipeline", "extractors", "schemas", include_external_packages=True)
    road = {"pipeline.work", *graph.find_upstream_modules("pipeline.work")}
    ours = {module for module in road if module.split(".")[0] in ("pipeline", "extractors", "schemas")}
    counted = {name for package in ("pipeline", "extractors", "schemas") for name, _ in files_of(package)}
    counted = {name for name in counted if shapes_documents(name)}
    missing = {module for module in ours if not {f"{module.replace('.', '/')}{end}" for end in ENDS} & counted}
    assert missing == NOT_SHAPING
    assert "extractors/data/agencies.tsv" in counted or any(name.endswith(".tsv") for name in counted)
    assert not any(name.startswith(("pipeline/cli", "pipeline/dataset", "pipeline/run")) for name in counted)
    for name in AFTER:
        assert (ROOT / name).is_dir() or (ROOT / f"{name}.py").is_file(), f"{name} is gone"


def test_every_library_on_the_road_counts() -> None:
    grimp = pytest.importorskip("grimp")
    from importlib.metadata import packages_distributions

    graph = grimp.build_graph("pipeline", "extractors", "schemas", include_external_packages=True)
    found = packages_distributions()
    names = {module for module in graph.find_upstream_modules("pipeline.work") if graph.is_module_squashed(module)}
    used = {found[name][0].lower() for name in names if name in found}
    assert used - {name.lower() for name in LIBRARIES} <= {"typer", "rich"}
    assert {"lxml", "regex"} <= used


def test_what_readers_need_is_in_their_version() -> None:
    grimp = pytest.importorskip("grimp")
    graph = grimp.build_graph("pipeline", "extractors", "schemas")
    needed = {name for name in graph.find_upstream_modules("pipeline.readers") if not name.startswith("pipeline.read.")}
    counted = tuple(f"{name}." for name in READING)
    assert {name for name in needed if not f"{name}.".startswith(counted)} <= AROUND_READERS


def test_a_changed_line_changes_the_rules(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "rule.py"
    file.write_text("limit = 1\n")
    monkeypatch.setattr(made_by, "files_of", lambda name: [("pipeline/clean/rule.py", file)])
    before = made_by._told("pipeline")
    file.write_text("limit = 2\n")
    assert made_by._told("pipeline") != before


def test_programs_count_only_for_formats_that_need_them() -> None:
    one, other = MadeBy("r", "o", "tesseract 1"), MadeBy("r", "o", "tesseract 2")
    text, scan = (Input(Path(name), name, "", 0) for name in ("a.txt", "a.pdf"))
    assert (one(text) == other(text), one(scan) == other(scan)) == (True, False)
    assert replace(one, rules="s")(text) != one(text)


# --- status ---------------------------------------------------------------------------------------------------------


def test_status_tells_what_there_is_and_what_is_to_do(
    texts: Path, out: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "160")
    do(texts, out)
    (texts / "a.txt").unlink()
    (texts / "new.txt").write_bytes(PLAN)
    assert command(["status", str(out)]) == OK
    told = capsys.readouterr().out
    for words in (
        "3 done",
        "1 quarantined",
        "To do: 1 new, 1 that had failed.",
        "a.txt",
        "empty",
        "by the rules of today",
    ):
        assert words in told, told
    assert command(["status", str(out), "--json"]) == OK
    found = json.loads(capsys.readouterr().out)
    assert found["states"] == {"done": 3, "quarantined": 1, "pending": 0}
    assert found["waiting"] == {"new": 1, "failed": 1}
    assert found["deleted"] == ["a.txt"]
    assert found["quarantined"][0] == {
        "path": "rỗng.txt",
        "cause": "empty",
        "message": "is empty or holds only white space: nothing to read",
        "attempts": 1,
    }
    assert found["running"] is None
    with run_lock(out):
        command(["status", str(out), "--json"])
    assert json.loads(capsys.readouterr().out)["running"] == f"process {os.getpid()}"


def test_status_of_what_is_no_results_directory_says_what_to_do(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert command(["status", str(tmp_path)]) != OK
    assert "Make it with: kehoach run" in capsys.readouterr().err


def test_a_run_that_fails_to_begin_holds_nothing(texts: Path, out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise UsageError("no")

    with monkeypatch.context() as patch:
        patch.setattr(run, "sort_out", fail)
        with pytest.raises(UsageError, match="no"):
            do(texts, out)
    assert len(do(texts, out)[0]) == 4


TIMES = ("seconds", "megabytes_per_second")
ENDS = (".py", "/__init__.py")
# They bound what is read, or carry it; what they let through is the same.
NOT_SHAPING = {
    *(
        "pipeline.workers.isolation",
        "pipeline.workers.limits",
        "pipeline.runs.made_by",
        "pipeline.source_cache",
        "pipeline.runs.inputs",
    ),
}
AROUND_READERS = {*NOT_SHAPING, "pipeline.errors", "pipeline.read"}
