"""Runs over a dask cluster of this machine, with its workers killed for real; only one goes through Prefect.

All are slow: a worker of dask takes seconds to start, and so does the process in which it reads.
"""

from __future__ import annotations

import os
import random
import signal
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from pipeline.cli import QUARANTINED
from pipeline.cli import run as command
from pipeline.errors import UsageError
from pipeline.runs.inputs import Input, find_inputs
from pipeline.runs.outputs import inputs_at, output_at
from pipeline.runs.report import RunReport
from pipeline.runs.run import Run
from pipeline.store import DOCUMENTS
from pipeline.workers.batch import Outcome, process
from pipeline.workers.dask_pool import DaskPool
from pipeline.workers.limits import Limits
from pipeline.workers.pool import PoolError, WorkerPool
from tests.conftest import ROOT
from tests.word_files import paragraph, word_file
from tests.word_files import run as words

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("dask")]
distributed = pytest.importorskip("distributed")
PLAN = (ROOT / "tests" / "texts" / "small-plan.txt").read_text(encoding="utf-8")


def slowly(item: Input, out: Any, **options: Any) -> Outcome:
    """As usual, but long enough to be killed in it."""
    time.sleep(0.05)
    return process(item, out, **options)


def poisoned(item: Input, out: Any, **options: Any) -> Outcome:
    """Inputs that end their process, or take for ever."""
    if "fatal" in item.name:
        os.kill(os.getpid(), signal.SIGKILL)
    if "endless" in item.name:
        time.sleep(1000)
    return process(item, out, **options)


@pytest.fixture(scope="module")
def texts(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Sixty inputs, some of them of formats that are read in a process of their own."""
    root = tmp_path_factory.mktemp("texts")
    for number in range(60):
        text = f"{PLAN}\n{number}. Sở Y tế báo cáo trước ngày {number % 28 + 1}/6/2027.\n"
        file = root / f"xã {number % 4}" / f"kế hoạch {number}.txt"
        file.parent.mkdir(exist_ok=True)
        if number % 20 == 7:
            file.with_suffix(".docx").write_bytes(
                word_file("".join(paragraph(words(line)) for line in text.splitlines()))
            )
        elif number % 20 == 9:
            file.with_suffix(".html").write_text(f"<html><body><pre>{text}</pre></body></html>", encoding="utf-8")
        else:
            file.write_text(text, encoding="utf-8")
    (root / "empty.txt").write_bytes(b"")
    return root


@pytest.fixture(scope="module")
def expected(texts: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """The documents of a run with processes of this machine."""
    out = tmp_path_factory.mktemp("expected")
    run(str(texts), out, WorkerPool(out, workers=2))
    return documents(out)


@pytest.fixture(scope="module")
def cluster() -> Iterator[Any]:
    """A cluster whose workers are daemons, as `dask worker` makes them."""
    import dask.config

    settings = {"distributed.scheduler.allowed-failures": 10}
    options = {"n_workers": 2, "threads_per_worker": 1, "host": "127.0.0.1", "dashboard_address": None}
    with dask.config.set(settings), distributed.LocalCluster(memory_limit=0, silence_logs=50, **options) as started:
        yield started


@pytest.fixture
def client(cluster: Any) -> Iterator[Any]:
    with distributed.Client(cluster, set_as_default=False) as connected:
        connected.wait_for_workers(2)
        yield connected


def run(texts: str, out: Path | str, pool: Any, client: Any = None) -> RunReport:
    output = output_at(out)
    output.check()
    with Run(inputs_at(texts), output, pool=pool) as running:
        if client is None:
            return everything(running)
        with pool.connected(client, running.todo.work):
            return everything(running)


def everything(running: Run) -> RunReport:
    for batch in running.batches():
        list(running.read(batch))
    return running.write_report()


def documents(out: Path) -> dict[str, bytes]:
    root = out / DOCUMENTS
    return {file.relative_to(root).as_posix(): file.read_bytes() for file in sorted(root.rglob("*")) if file.is_file()}


def test_the_same_bytes_as_on_one_machine(texts: Path, expected: dict[str, bytes], client: Any, tmp_path: Path) -> None:
    report = run(str(texts), tmp_path, DaskPool(tmp_path), client)
    assert len(expected) == 60
    assert documents(tmp_path) == expected
    assert [(each.name, each.cause) for each in report.quarantined] == [("empty.txt", "empty")]


def running_pid(dask_worker: Any) -> int | None:
    """The process of a worker that its nanny knows to run; called in the nanny."""
    return dask_worker.pid if dask_worker.status.name == "running" else None


@pytest.mark.parametrize("seed", range(2))
def test_workers_killed_at_any_moment(
    texts: Path, expected: dict[str, bytes], client: Any, tmp_path: Path, seed: int
) -> None:
    chance = random.Random(seed)
    over = threading.Event()
    killed: list[int] = []

    def kill() -> None:
        before: set[int] = set()
        while not over.wait(chance.uniform(0.3, 1.5)) and len(killed) < 4:
            # Whoever runs and was there the last time, too: nobody starts a worker again that dies while it is started.
            there = {pid for pid in client.run(running_pid, nanny=True).values() if pid}
            pids, before = before & there, there
            if pids:
                killed.append(chance.choice(sorted(pids)))
                os.kill(killed[-1], signal.SIGKILL)

    killer = threading.Thread(target=kill)
    killer.start()
    try:
        report = run(str(texts), tmp_path, DaskPool(tmp_path, work=slowly), client)
    finally:
        over.set()
        killer.join()
    assert killed
    assert documents(tmp_path) == expected
    assert [each.name for each in report.quarantined] == ["empty.txt"]


def test_a_cluster_whose_workers_are_all_gone_is_told_of(texts: Path, tmp_path: Path) -> None:
    with (
        distributed.LocalCluster(
            n_workers=1, threads_per_worker=1, host="127.0.0.1", dashboard_address=None, memory_limit=0, silence_logs=50
        ) as small,
        distributed.Client(small, set_as_default=False) as client,
    ):
        client.wait_for_workers(1)
        pool = DaskPool(tmp_path, work=slowly)
        pool.patience = 0.5
        threading.Timer(1.0, small.scale, [0]).start()
        with pytest.raises(PoolError, match="has lost all its workers"):
            run(str(texts), tmp_path, pool, client)


def test_poison_ends_in_quarantine_and_kills_no_worker(client: Any, tmp_path: Path) -> None:
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    for name in ("a.txt", "fatal.txt", "b.txt", "endless.txt", "c.txt"):
        (inbox / name).write_text(PLAN, encoding="utf-8")
    before = client.run(os.getpid)
    limits = replace(Limits.from_environment(), document_seconds=5)
    out = tmp_path / "out"
    report = run(str(inbox), out, DaskPool(out, limits=limits, work=poisoned), client)
    assert sorted((each.name, each.cause, each.attempts) for each in report.quarantined) == [
        ("endless.txt", "too-slow", 2),
        ("fatal.txt", "worker-died", 2),
    ]
    assert sorted(documents(out)) == ["a.json", "b.json", "c.json"]
    assert client.run(os.getpid) == before


def test_workers_of_other_rules_are_refused(texts: Path, client: Any, tmp_path: Path, monkeypatch: Any) -> None:
    monkeypatch.setattr("pipeline.workers.dask_pool.rules_version", lambda: "0123")
    with pytest.raises(UsageError, match=r"The worker at tcp://.* has another version of kehoach"):
        run(str(texts), tmp_path, DaskPool(tmp_path), client)
    assert documents(tmp_path) == {}


def test_workers_that_see_other_files_are_refused(texts: Path, client: Any, tmp_path: Path, monkeypatch: Any) -> None:
    monkeypatch.setattr("pipeline.workers.dask_pool._sight", lambda *_: ["what this machine sees"])
    with pytest.raises(UsageError, match=r"The worker at tcp://.* sees other files"):
        run(str(texts), tmp_path, DaskPool(tmp_path), client)


def test_no_process_is_left_when_a_run_has_ended(texts: Path, client: Any, tmp_path: Path) -> None:
    run(str(texts), tmp_path, DaskPool(tmp_path), client)
    workers = {str(pid) for pid in client.run(os.getpid).values()}
    until = time.monotonic() + 20
    while children_of(workers) and time.monotonic() < until:
        time.sleep(0.2)
    assert children_of(workers) == []
    with Run(find_inputs(texts), tmp_path) as again:  # and nobody holds the lock of workers
        assert [item.name for item in again.todo.work] == ["empty.txt"]


def children_of(parents: set[str]) -> list[str]:
    found = []
    for file in Path("/proc").glob("[0-9]*/stat"):
        try:
            told = file.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if told[1] in parents and told[0] != "Z" and "serve_at" in (file.parent / "cmdline").read_text():
            found.append(file.parent.name)
    return found


def test_over_a_store_of_objects(
    texts: Path, expected: dict[str, bytes], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A server of S3 stands on this machine; workers and their processes are told of it by the environment."""
    server_of = pytest.importorskip("moto.server").ThreadedMotoServer
    s3fs = pytest.importorskip("s3fs")
    server = server_of(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    for name, value in {
        "AWS_ENDPOINT_URL": f"http://{host}:{port}",
        "AWS_ACCESS_KEY_ID": "test",
        "AWS_SECRET_ACCESS_KEY": "test",
        "AWS_DEFAULT_REGION": "us-east-1",
        "KEHOACH_STATE": str(tmp_path / "state"),
    }.items():
        monkeypatch.setenv(name, value)
    try:
        filesystem = s3fs.S3FileSystem(skip_instance_cache=True)
        filesystem.mkdir("plans")
        filesystem.put(f"{texts}/", "plans/inbox/", recursive=True)
        options = {"n_workers": 2, "threads_per_worker": 1, "host": "127.0.0.1", "dashboard_address": None}
        with (
            distributed.LocalCluster(memory_limit=0, silence_logs=50, **options) as cluster,
            distributed.Client(cluster, set_as_default=False) as client,
        ):
            victim = sorted(client.run(os.getpid).values())[0]
            threading.Timer(1.0, os.kill, [victim, signal.SIGKILL]).start()
            run("s3://plans/inbox", "s3://plans/out", DaskPool(output_at("s3://plans/out")), client)
        out = output_at("s3://plans/out")
        assert {kept.name: out.read(kept.name) for kept in out.documents()} == expected
        with Run(inputs_at("s3://plans/inbox"), out) as again:
            assert [item.name for item in again.todo.work] == ["empty.txt"]
    finally:
        server.stop()


def test_the_command_through_prefect(texts: Path, expected: dict[str, bytes], tmp_path: Path) -> None:
    arguments = ["run", f"file://{texts}", "--out", f"file://{tmp_path}/out", "--engine", "dask", "--workers", "2"]
    assert command([*arguments, "--no-dataset"]) == QUARANTINED
    assert documents(tmp_path / "out") == expected
