"""Inputs and outputs behind URLs, in a store that lives in memory; without Prefect, dask and network."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import fsspec
import orjson
import pytest

from pipeline.cli import WRONG_USAGE
from pipeline.cli import run as command
from pipeline.errors import UnreadableInputError, UsageError
from pipeline.remote import lease as leases
from pipeline.remote.inputs import ObjectFile, find_objects
from pipeline.remote.output import ObjectOutput
from pipeline.remote.urls import checked, reason, told
from pipeline.runs.inputs import find_inputs
from pipeline.runs.ledger import LEDGER
from pipeline.runs.lock import BusyError
from pipeline.runs.outputs import DirectoryOutput, inputs_at, output_at
from pipeline.runs.report import RunReport
from pipeline.runs.run import Run
from pipeline.runs.status import status_of
from pipeline.store import StoreError
from tests.conftest import ROOT
from tests.test_ledger import Here

PLAN = (ROOT / "tests" / "texts" / "small-plan.txt").read_bytes()
INBOX = "memory://store/inbox"
TEXTS = {"a/kế hoạch.txt": PLAN, "b.txt": PLAN + b"\n1. 2026\n", "empty.txt": b"", "b.md": PLAN}


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """An empty store with the texts in its inbox."""
    monkeypatch.setenv("KEHOACH_STATE", str(tmp_path / "state"))
    monkeypatch.setattr(leases, "SETTLED", 0.0)
    filesystem = fsspec.filesystem("memory")
    filesystem.store.clear()
    for name, content in TEXTS.items():
        filesystem.pipe_file(f"/store/inbox/{name}", content)
    yield filesystem
    filesystem.store.clear()


def do(url: str = "memory://store/out", **options: Any) -> tuple[list[str], RunReport]:
    """One run from the inbox to *url*: which inputs it read, and its report."""
    out = ObjectOutput(url)
    out.check()
    pool = Here(out)  # type: ignore[arg-type]
    with Run(find_objects(INBOX), out, pool=pool, **options) as running:
        for batch in running.batches():
            list(running.read(batch))
        return pool.done, running.write_report()


def documents(filesystem: Any, url: str = "memory://store/out") -> dict[str, bytes]:
    out = ObjectOutput(url)
    return {kept.name: out.read(kept.name) for kept in out.documents()}


def test_results_behind_a_url_are_those_of_a_directory(store: Any, tmp_path: Path) -> None:
    for name, content in TEXTS.items():
        (tmp_path / "inbox" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "inbox" / name).write_bytes(content)
    out = DirectoryOutput(tmp_path / "out")
    out.check()
    with Run(find_inputs(tmp_path / "inbox"), out, pool=Here(out.path)) as running:
        for batch in running.batches():
            list(running.read(batch))
        here = running.write_report()
    _, there = do()
    assert documents(store) == {kept.name: out.read(kept.name) for kept in out.documents()}
    assert len(documents(store)) == 3
    assert there.as_json()["records"] == here.as_json()["records"]
    assert [(each.name, each.cause) for each in there.quarantined] == [("empty.txt", "empty")]


def test_a_second_run_reads_what_is_new_changed_or_altered(store: Any) -> None:
    assert sorted(do()[0]) == sorted(TEXTS)
    assert do()[0] == ["empty.txt"]
    store.pipe_file("/store/inbox/new.txt", PLAN)
    store.pipe_file("/store/inbox/b.txt", PLAN + b"\n1. 2027\n")
    store.pipe_file("/store/out/documents/a/kế hoạch.json", b"{}")
    assert sorted(do()[0]) == ["a/kế hoạch.txt", "b.txt", "empty.txt", "new.txt"]
    store.rm_file("/store/inbox/new.txt")
    assert do()[1].deleted == ["new.txt"]
    assert do(prune=True)[1].pruned == 1
    assert "new.json" not in documents(store)


def test_another_machine_takes_the_ledger_that_was_left(
    store: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    do()
    before = documents(store)
    monkeypatch.setenv("KEHOACH_STATE", str(tmp_path / "elsewhere"))
    assert do()[0] == ["empty.txt"]
    assert documents(store) == before
    assert len(status_of(ObjectOutput("memory://store/out")).of("done")) == 3


def test_without_any_ledger_the_documents_tell(store: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    do()
    store.rm_file(f"/store/out/{LEDGER}")
    for name in documents(store):  # written long before the report
        store.store[f"/store/out/documents/{name}"].created = store.created("/store/out/run.json").replace(year=2020)
    monkeypatch.setenv("KEHOACH_STATE", str(tmp_path / "elsewhere"))
    assert do()[0] == ["empty.txt"]


def test_keys_that_are_no_file_names_are_not_read(store: Any) -> None:
    for name in ("../up.txt", "a/../../etc.txt", "a//b.txt", "a\\b.txt", "tab\t.txt", ".hidden.txt", ".d/x.txt"):
        store.store[f"/store/inbox/{name}"] = store.store["/store/inbox/b.txt"]
    found = find_objects(INBOX)
    assert [item.name for item in found.files] == sorted(TEXTS)
    assert found.ignored == {"unsafe name": 5}


def test_not_a_byte_more_than_the_limit_is_taken(store: Any) -> None:
    read = ObjectFile(INBOX, "b.txt").read_whole(limit=10)
    assert (read.data, read.size) == (b"", len(TEXTS["b.txt"]))
    assert ObjectFile(INBOX, "b.txt").read_whole(limit=1 << 20).data == TEXTS["b.txt"]
    assert ObjectFile(INBOX, "empty.txt").read_whole(limit=10).data == b""
    with pytest.raises(UnreadableInputError) as told_of:
        ObjectFile(INBOX, "gone.txt").read_whole(limit=10)
    assert told_of.value.code == "cannot-open"


@pytest.mark.parametrize(
    ("url", "says"),
    [
        ("s3://me:hunter2@bucket/inbox", "AWS_ACCESS_KEY_ID"),
        ("s3://hunter2@bucket/inbox", "AWS_ACCESS_KEY_ID"),
        ("s3://bucket/../other", "up and down"),
        ("simplecache::s3://bucket/inbox", "does not name one directory"),
        ("s3:///inbox", "does not name one directory"),
    ],
)
def test_addresses_that_are_refused(url: str, says: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(UsageError, match=says):
        checked(url)
    assert command(["run", url, "--out", "memory"]) == WRONG_USAGE
    assert "hunter2" not in capsys.readouterr().err


@pytest.mark.parametrize("url", ["sftp://host/out", "memory://store/out", "https://host/out"])
def test_places_that_cannot_keep_a_document_whole_are_refused(url: str) -> None:
    with pytest.raises(UsageError, match="cannot be written whole"):
        output_at(url)


def test_what_is_missing_is_named(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setitem(sys.modules, "s3fs", None)
    monkeypatch.setitem(sys.modules, "distributed", None)
    monkeypatch.delitem(sys.modules["fsspec.registry"]._registry, "s3", raising=False)
    assert command(["run", "s3://bucket/inbox"]) == WRONG_USAGE
    assert 'pip install "kehoach[s3]"' in capsys.readouterr().err
    assert command(["run", "corpus", "--engine", "dask"]) == WRONG_USAGE
    assert 'pip install "kehoach[dask]"' in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["--engine", "spark"], "There is no engine spark"),
        (["--scheduler", "tcp://host:8786"], "add --engine dask"),
        (["--engine", "dask", "--scheduler", "tcp://host:8786", "--workers", "2"], "--workers is for"),
    ],
)
def test_wrong_engines_are_told(arguments: list[str], says: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert command(["run", "corpus", *arguments]) == WRONG_USAGE
    assert says in capsys.readouterr().err


def test_errors_of_stores_are_told_without_keys() -> None:
    with (
        pytest.raises(StoreError, match=r"Cannot list s3://b: OSError: denied for https://…@h/x\. See") as error,
        told("list", "s3://b"),
    ):
        raise OSError("denied for https://me:hunter2@h/x?X-Amz-Signature=abc")
    assert "hunter2" not in str(error.value)
    assert "abc" not in str(error.value)
    assert reason(ValueError()) == "ValueError"


def test_a_local_run_loads_neither_dask_nor_fsspec() -> None:
    code = (
        "import sys, pipeline.flow, pipeline.terminal;"
        " print([n for n in ('dask', 'distributed', 'fsspec', 's3fs') if n in sys.modules])"
    )
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    assert found.stdout.strip() == "[]"


def test_file_addresses_are_paths(tmp_path: Path) -> None:
    (tmp_path / "kế").mkdir()
    (tmp_path / "kế" / "a.txt").write_bytes(PLAN)
    assert output_at(f"file://{tmp_path}/out") == DirectoryOutput(tmp_path / "out")
    assert [item.name for item in inputs_at(f"file://{tmp_path}/k%E1%BA%BF").files] == ["a.txt"]


# One writer.

LEASED = "memory://store/out"


def lease_of(state: Path) -> leases.Lease:
    state.mkdir(parents=True, exist_ok=True)
    return leases.Lease.taken(fsspec.filesystem("memory"), "/store/out/run.lock", shown=LEASED, state=state)


def test_of_two_machines_one_is_refused_and_told_who_writes(
    store: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(leases, "RENEWED", 0.05)
    monkeypatch.setattr(leases, "PATIENCE", 1.0)
    with lease_of(tmp_path / "one"), pytest.raises(BusyError, match=r"process \d+ on .* is writing to memory://store"):
        lease_of(tmp_path / "two")
    with lease_of(tmp_path / "two"):  # it was given up
        assert store.exists("/store/out/run.lock")
    assert not store.exists("/store/out/run.lock")


def test_the_lock_of_a_dead_run_is_taken_over(store: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(leases, "PATIENCE", 0.3)
    lease_of(tmp_path / "one")  # never renewed, as if its machine had lost power
    begun = time.monotonic()
    with lease_of(tmp_path / "two") as taken:
        assert time.monotonic() - begun >= 0.3
        taken.assure()
    lease_of(tmp_path / "one")
    begun = time.monotonic()
    monkeypatch.setattr(leases, "PATIENCE", 60.0)
    with lease_of(tmp_path / "one"):  # this machine's own dead run
        assert time.monotonic() - begun < 10


def test_a_run_that_has_lost_its_lock_stops(store: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(leases, "RENEWED", 0.02)
    out = ObjectOutput(LEASED)
    out.check()
    other = orjson.dumps({"token": "x", "who": "process 1 on other", "state": "other", "beat": 1})
    with Run(find_objects(INBOX), out, pool=Here(out)) as running:  # type: ignore[arg-type]
        store.pipe_file("/store/out/run.lock", other)
        time.sleep(0.5)
        batch = next(running.batches())
        with pytest.raises(BusyError, match="process 1 on other"):
            list(running.read(batch))
    assert store.cat_file("/store/out/run.lock") == other  # theirs stays
