"""`kehoach watch` for real: a Prefect server, its schedule, the process that serves it, and what comes in meanwhile."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest

from pipeline.runs.ledger import Ledger
from tests.conftest import ROOT

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("watch")]

PLAN = (ROOT / "tests" / "texts" / "small-plan.txt").read_text(encoding="utf-8")
PATIENCE = 180  # seconds: a server takes up to a minute to start, and a run ten seconds, on a busy machine


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Mapping[str, str]]:
    """A Prefect server of its own on a free port; the environment in which it is found."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    home = tmp_path_factory.mktemp("prefect")
    environment = os.environ | {
        "PREFECT_HOME": str(home),
        "PREFECT_API_URL": f"http://127.0.0.1:{port}/api",
        "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
        "DO_NOT_TRACK": "1",
    }
    command = [sys.executable, "-m", "prefect", "server", "start", "--host", "127.0.0.1", "--port", str(port)]
    with process(command, environment, home / "server.log") as wait_for:
        wait_for(lambda: answers(f"http://127.0.0.1:{port}/api/health"))
        yield environment


@contextlib.contextmanager
def process(
    command: list[str], environment: Mapping[str, str], log: Path
) -> Iterator[Callable[[Callable[[], bool]], None]]:
    """A process in a group of its own, which ends with everything that it has started; gives what waits for it."""
    with (
        log.open("wb") as written,
        subprocess.Popen(
            command, cwd=ROOT, env=environment, stdout=written, stderr=subprocess.STDOUT, start_new_session=True
        ) as started,
    ):

        def wait_for(condition: Callable[[], bool]) -> None:
            until = time.monotonic() + PATIENCE
            while not condition():
                waits = time.monotonic() < until and started.poll() is None
                assert waits, log.read_text(encoding="utf-8", errors="replace")[-3000:]
                time.sleep(0.3)

        try:
            yield wait_for
        finally:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(started.pid, signal.SIGKILL)


def answers(url: str) -> bool:
    with contextlib.suppress(OSError), urllib.request.urlopen(url, timeout=5) as reply:
        return bool(reply.status == 200)
    return False


def states(out: Path) -> dict[str, str]:
    """What the ledger says of each input; nothing while there is none."""
    if not (out / "ledger.sqlite").exists():
        return {}
    with Ledger.read_only(out) as ledger:
        return {path: entry.state for path, entry in ledger.entries().items()}


def test_what_comes_into_a_watched_directory_is_read_also_after_the_watcher_was_killed(
    server: Mapping[str, str], tmp_path: Path
) -> None:
    inbox, out, log = tmp_path / "hộp thư", tmp_path / "out", tmp_path / "watch.log"
    inbox.mkdir()
    (inbox / "một.txt").write_text(PLAN, encoding="utf-8")
    options = ["--out", str(out), "--every", "10", "--workers", "1"]
    command = [sys.executable, "-m", "pipeline", "watch", str(inbox), *options]
    with process(command, server, log) as wait_for:
        wait_for(lambda: states(out) == {"một.txt": "done"})
        (inbox / "hai.txt").write_text(PLAN.replace("12/KH-UBND", "13/KH-UBND"), encoding="utf-8")
        wait_for(lambda: states(out) == {"một.txt": "done", "hai.txt": "done"})
    (inbox / "ba.txt").write_text(PLAN.replace("12/KH-UBND", "14/KH-UBND"), encoding="utf-8")
    (inbox / "rỗng.txt").write_bytes(b"")
    with process(command, server, log) as wait_for:
        wait_for(lambda: states(out).get("ba.txt") == "done")
        wait_for(lambda: states(out).get("rỗng.txt") == "quarantined")
    read = {json.loads(file.read_bytes())["metadata"]["number"] for file in (out / "documents").glob("*.json")}
    assert len(read) == 3


def test_without_a_server_it_says_how_to_start_one(tmp_path: Path) -> None:
    environment = {name: value for name, value in os.environ.items() if name != "PREFECT_API_URL"}
    command = [
        sys.executable,
        "-m",
        "pipeline",
        "watch",
        str(tmp_path),
        "--out",
        str(tmp_path / "out"),
        "--every",
        "10",
    ]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert "prefect server start" in done.stderr
    assert len(done.stderr.strip().splitlines()) <= 3
