"""No call beyond this machine at run time: the main job runs with sockets forbidden except loopback, workers included.

`tests/guard/sitecustomize.py` refuses and writes down each attempt; that it does so in children too is tested first.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.tiny_pdf import pdf
from tests.word_files import paragraph, run, word_file

GUARD = ROOT / "tests" / "guard"
OUTSIDE = "192.0.2.1"  # reserved for documents (RFC 5737): nobody is there
PAGE = "<html><body><h1>KẾ HOẠCH</h1><p>1. Sở Y tế trồng cây trước ngày 30/6/2025.</p></body></html>"


@pytest.fixture
def log(tmp_path: Path) -> Path:
    """Where attempts are written."""
    return tmp_path / "network.log"


def watched(command: list[str], log: Path, home: Path) -> subprocess.CompletedProcess[str]:
    """Run Python with *command* under the guard."""
    environment = {
        **os.environ,
        "PYTHONPATH": os.pathsep.join([str(GUARD), str(ROOT)]),
        "KEHOACH_NETWORK_LOG": str(log),
        "PREFECT_HOME": str(home),
    }
    return subprocess.run(
        [sys.executable, *command], env=environment, capture_output=True, text=True, check=False, cwd=ROOT
    )  # fmt: skip


def samples(folder: Path) -> Path:
    """A text, a web page, a PDF and a Word file."""
    folder.mkdir()
    text = next(iter(sorted((ROOT / "corpus").rglob("*.txt"))))
    shutil.copy(text, folder / "plan.txt")
    (folder / "page.html").write_text(PAGE, encoding="utf-8")
    (folder / "plan.docx").write_bytes(word_file(paragraph(run("KẾ HOẠCH")) + paragraph(run("Sở Y tế trồng cây."))))
    (folder / "plan.pdf").write_bytes(pdf([b"BT /F1 12 Tf 72 700 Td (KE HOACH trong cay) Tj ET"]))
    return folder


CONNECT = f"import socket; socket.create_connection(('{OUTSIDE}', 80), timeout=1)"
CHILDREN = {
    "this process": CONNECT,
    "a name": "import socket; socket.getaddrinfo('kehoach.invalid', 443)",
    "swallowed": f"import contextlib\nwith contextlib.suppress(Exception):\n    {CONNECT}",
    "a worker": "from concurrent.futures import ProcessPoolExecutor\n"
    "from pipeline.workers.isolation import fresh_processes\n"
    f"with ProcessPoolExecutor(1, mp_context=fresh_processes()) as pool:\n    pool.submit(exec, {CONNECT!r}).result()",
}


@pytest.mark.parametrize("who", CHILDREN)
def test_the_guard_tells_of_an_attempt(who: str, log: Path, tmp_path: Path) -> None:
    watched(["-c", CHILDREN[who]], log, tmp_path)
    assert "socket." in log.read_text(encoding="utf-8")


def test_the_guard_lets_loopback_pass(log: Path, tmp_path: Path) -> None:
    code = (
        "import socket\nserver = socket.create_server(('127.0.0.1', 0))\n"
        "socket.create_connection(server.getsockname()).close()"
    )
    done = watched(["-c", code], log, tmp_path)
    assert (done.returncode, log.exists()) == (0, False), done.stderr


@pytest.mark.parametrize("name", ["plan.txt", "page.html", "plan.docx", "plan.pdf"])
def test_extract_stays_on_this_machine(name: str, log: Path, tmp_path: Path) -> None:
    done = watched(["-m", "pipeline", "extract", str(samples(tmp_path / "in") / name)], log, tmp_path)
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["text"]
    assert not log.exists(), log.read_text(encoding="utf-8")


@pytest.mark.slow
def test_a_run_stays_on_this_machine(log: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    done = watched(
        ["-m", "pipeline", "run", str(samples(tmp_path / "in")), "--out", str(out)], log, tmp_path / "prefect"
    )
    assert done.returncode == 0, done.stderr
    assert len(list((out / "documents").rglob("*.json"))) == 4
    assert not log.exists(), log.read_text(encoding="utf-8")


@pytest.mark.slow
def test_a_run_needs_no_network_at_all(tmp_path: Path) -> None:
    unshare = shutil.which("unshare")
    alone = [unshare or "", "--net", "--map-root-user", "--user"]
    if unshare is None or subprocess.run([*alone, "true"], capture_output=True, check=False).returncode:
        pytest.skip("no network namespace may be made here")
    inside = (
        f"ip link set lo up && exec {sys.executable} -m pipeline run {samples(tmp_path / 'in')} --out {tmp_path}/out"
    )
    environment = {**os.environ, "PREFECT_HOME": str(tmp_path / "prefect")}
    done = subprocess.run([*alone, "sh", "-c", inside], env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert len(list((tmp_path / "out" / "documents").rglob("*.json"))) == 4
