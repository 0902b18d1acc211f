"""Runs that are killed, starved, disturbed and doubled, for real and at random moments; each must be harmless.

After each fault nothing half-written is to be seen, and a run to the end gives byte for byte what an undisturbed run
gives. `FAULTS=50` (`make faults`) does every test with fifty seeds; the seed in a test's name makes the same choices
again, though not the same moments. With seed 0 every run starts as a user starts it, with the others from a process
that has loaded everything already.
"""

from __future__ import annotations

import contextlib
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from pipeline.runs.ledger import Ledger
from tests.conftest import ROOT
from tests.fault_nursery import Nursery, WarmRun

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("faults")]

SEEDS = range(int(os.environ.get("FAULTS", "1")))
PLAN = (ROOT / "tests" / "texts" / "small-plan.txt").read_text(encoding="utf-8")
COUNT = 24
Files = dict[str, bytes]


@pytest.fixture(scope="module")
def texts(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Inputs of several sizes, and two that cannot be read."""
    directory = tmp_path_factory.mktemp("texts")
    for number in range(COUNT):
        file = directory / f"thư mục {number % 3}" / f"kế hoạch {number}.txt"
        file.parent.mkdir(exist_ok=True)
        file.write_text(PLAN.replace("12/KH-UBND", f"{number}/KH-UBND") * (1 + number % 4), encoding="utf-8")
    (directory / "rỗng.txt").write_bytes(b"")
    (directory / "hình.txt").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)))
    return directory


@pytest.fixture(scope="module")
def undisturbed(texts: Path, tmp_path_factory: pytest.TempPathFactory) -> Files:
    """What a run that nothing befalls makes of the texts."""
    out = tmp_path_factory.mktemp("undisturbed")
    to_the_end(texts, out)
    files = files_of(out)
    assert len(files) > COUNT + 10
    return files


@contextlib.contextmanager
def driver(texts: Path, out: Path, *arguments: str) -> Iterator[subprocess.Popen[str] | WarmRun]:
    """A run in a process of its own."""
    told = [str(texts), str(out), *arguments]
    command = [sys.executable, "-m", "tests.fault_driver", *told]
    cold = {"cwd": ROOT, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True}
    with _nursery.start(told) if _nursery else subprocess.Popen(command, **cold) as process:  # type: ignore[call-overload]
        try:
            yield process
        finally:
            process.kill()


@pytest.fixture(scope="module")
def nursery() -> Iterator[Nursery]:
    with Nursery() as warm:
        yield warm


@pytest.fixture(autouse=True)
def start_as_the_seed_says(request: pytest.FixtureRequest) -> Iterator[None]:
    global _nursery
    if request.node.callspec.params["seed"] if hasattr(request.node, "callspec") else 0:
        _nursery = request.getfixturevalue("nursery")
    yield
    _nursery = None


_nursery: Nursery | None = None


def to_the_end(texts: Path, out: Path, *arguments: str) -> list[str]:
    """Run without disturbance; the lines that it told."""
    with driver(texts, out, *arguments, "--dataset") as process:
        told, errors = process.communicate(timeout=300)
        assert process.returncode == 0, errors
    assert not [file.name for file in out.rglob("*.part")]
    return told.splitlines()


def files_of(out: Path) -> Files:
    """All results by name: documents, tables, and `run.json` without its times and the way back to the inputs."""
    found = {
        file.relative_to(out).as_posix(): file.read_bytes()
        for pattern in ("documents/**/*", "dataset/**/*.parquet")
        for file in out.glob(pattern)
        if file.is_file() and not file.name.startswith(".")
    }
    if (out / "run.json").exists():
        report = json.loads((out / "run.json").read_bytes())
        kept = {name: value for name, value in report.items() if name not in UNLIKE}
        found["run.json"] = json.dumps(kept).encode()
    return found


def check_nothing_half_written(out: Path, whole: Files) -> None:
    """Whatever can be seen of documents and report is what an undisturbed run would have put there."""
    for name, content in files_of(out).items():
        if name.startswith("documents/") or name == "run.json":
            assert content == whole[name], name


def check_same(out: Path, whole: Files) -> None:
    found = files_of(out)
    assert found.keys() == whole.keys()
    assert [name for name in found if found[name] != whole[name]] == []


@contextlib.contextmanager
def small_disk(directory: Path, kilobytes: int) -> Iterator[Path]:
    """A file system of its own in memory."""
    directory.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={kilobytes}k", "tmpfs", str(directory)], capture_output=True, check=False
    )
    if mounted.returncode:
        pytest.skip("no file system can be mounted here: run as root")
    try:
        yield directory
    finally:
        subprocess.run(["umount", "-l", str(directory)], check=True)


def remount(directory: Path, options: str) -> None:
    subprocess.run(["mount", "-o", f"remount,{options}", str(directory)], check=True)


# --- killed ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("seed", SEEDS)
def test_kill_9_of_the_run_at_any_moment(seed: int, texts: Path, undisturbed: Files, tmp_path: Path) -> None:
    chance, out = random.Random(seed), tmp_path / "out"
    for _ in range(3):
        with driver(texts, out, "slowly", "--dataset") as process:
            assert process.stdout is not None
            if chance.random() < 0.2:
                time.sleep(chance.uniform(0, 1))  # in its start
            else:
                for _ in range(chance.choice([1, 2, COUNT // 2, COUNT, COUNT + 4])):
                    process.stdout.readline()
                time.sleep(chance.uniform(0, 0.05))
            process.send_signal(signal.SIGKILL)
        check_nothing_half_written(out, undisturbed)
    to_the_end(texts, out)
    check_same(out, undisturbed)


@pytest.mark.parametrize("seed", SEEDS)
def test_kill_9_of_workers_at_any_moment(seed: int, texts: Path, undisturbed: Files, tmp_path: Path) -> None:
    chance, out, killed = random.Random(seed), tmp_path / "out", 0
    with driver(texts, out, "slowly", "--dataset") as process:
        assert process.stdout is not None
        for number, line in enumerate(process.stdout):
            workers = [int(word) for word in line.split()[1:] if word.isdigit() and int(word) > COUNT]
            if workers and number < COUNT // 2 and chance.random() < 0.4:
                time.sleep(chance.uniform(0, 0.03))
                with contextlib.suppress(ProcessLookupError):
                    os.kill(chance.choice(workers), signal.SIGKILL)
                    killed += 1
        assert process.wait(timeout=300) == 0, process.stderr and process.stderr.read()
    assert killed
    check_same(out, undisturbed)
    assert not [*out.rglob("*.part")] or to_the_end(texts, out)


@pytest.mark.parametrize("seed", SEEDS)
def test_workers_killed_for_memory_cost_only_their_input(
    seed: int, texts: Path, undisturbed: Files, tmp_path: Path
) -> None:
    """What the kernel does when memory is short, done to every worker that meets one input."""
    chance, out, inputs = random.Random(seed), tmp_path / "out", tmp_path / "texts"
    shutil.copytree(texts, inputs)
    fatal = inputs / f"thư mục {chance.randrange(3)}" / "fatal.txt"
    fatal.write_text(PLAN * chance.randrange(1, 6), encoding="utf-8")
    to_the_end(inputs, out, "until_killed")
    with Ledger.read_only(out) as ledger:
        entry = ledger.entries()[fatal.relative_to(inputs).as_posix()]
    assert (entry.cause, entry.attempts) == ("worker-died", 2)
    fatal.unlink()
    with Ledger.open(out) as ledger:
        ledger.forget([entry.path])
    to_the_end(inputs, out)
    check_same(out, undisturbed)


# --- the disk -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("seed", SEEDS)
def test_a_full_disk(seed: int, texts: Path, undisturbed: Files, tmp_path: Path) -> None:
    chance = random.Random(seed)
    needed = sum(map(len, undisturbed.values())) // 1024
    with small_disk(tmp_path / "disk", chance.randrange(40, needed + 1500)) as disk:
        out = disk / "out"
        with driver(texts, out, "process", "--dataset") as process:
            told, errors = process.communicate(timeout=300)
        if process.returncode:
            assert len(errors.strip().splitlines()) == 1, f"{errors[-600:]}"
            assert "ree space" in errors, errors
        check_nothing_half_written(out, undisturbed)
        remount(disk, "size=100m")
        to_the_end(texts, out)
        check_same(out, undisturbed)
        assert process.returncode or "ended" in told


@pytest.mark.parametrize("seed", SEEDS)
def test_an_output_that_becomes_read_only(seed: int, texts: Path, undisturbed: Files, tmp_path: Path) -> None:
    with small_disk(tmp_path / "disk", 100_000) as disk:
        out = disk / "out"
        with driver(texts, out, "slowly") as process:
            assert process.stdout is not None
            for _ in range(random.Random(seed).randrange(COUNT)):
                process.stdout.readline()
            process.send_signal(signal.SIGKILL)
        before = files_of(out)
        for _ in range(100):  # refused while workers still write
            if (
                subprocess.run(["mount", "-o", "remount,ro", str(disk)], capture_output=True, check=False).returncode
                == 0
            ):
                break
            time.sleep(0.1)
        with driver(texts, out) as process:
            _, errors = process.communicate(timeout=300)
            assert process.returncode == 1
        assert errors.startswith("Cannot write to"), errors
        assert len(errors.strip().splitlines()) == 1
        assert before.items() <= files_of(out).items()
        remount(disk, "rw")
        to_the_end(texts, out)
        check_same(out, undisturbed)


# --- others at work -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("seed", SEEDS)
def test_two_runs_at_once(seed: int, texts: Path, undisturbed: Files, tmp_path: Path) -> None:
    out = tmp_path / "out"
    with driver(texts, out, "slowly", "--dataset") as one:
        time.sleep(random.Random(seed).uniform(0, 1.5))
        with driver(texts, out, "slowly", "--dataset") as other:
            told = {each.pid: each.communicate(timeout=300)[1] for each in (one, other)}
            refused = [each for each in (one, other) if each.returncode]
    if refused:  # else one had ended before the other began
        (loser,) = refused
        (winner,) = {one.pid, other.pid} - {loser.pid}
        assert told[loser.pid].startswith(("Another run (process", "Another run (just begun"))
        assert f"process {winner}" in told[loser.pid] or "just begun" in told[loser.pid]
        assert len(told[loser.pid].splitlines()) == 1
    check_same(out, undisturbed)


@pytest.mark.parametrize("seed", SEEDS)
def test_inputs_that_change_while_they_are_read(seed: int, texts: Path, undisturbed: Files, tmp_path: Path) -> None:
    out, inputs = tmp_path / "out", tmp_path / "texts"
    shutil.copytree(texts, inputs)
    files = sorted(inputs.rglob("kế hoạch*.txt"))
    whole = {file: file.read_bytes() for file in files}
    code = f"""if True:
        import random, sys, time
        from pathlib import Path
        chance = random.Random({seed})
        files = sorted(Path(sys.argv[1]).rglob("kế hoạch*.txt"))
        whole = {{file: file.read_bytes() for file in files}}
        while True:
            file = chance.choice(files)
            with file.open("r+b") as opened:  # in place, in pieces
                for place in range(0, len(whole[file]), 2000):
                    opened.write(chance.choice([b"x", b"."]) + whole[file][place + 1 : place + 2000])
                    opened.flush()
            time.sleep(chance.uniform(0, 0.01))
    """
    with subprocess.Popen([sys.executable, "-c", code, str(inputs)]) as writer:
        time.sleep(0.2)
        with driver(inputs, out, "slowly") as process:
            _, errors = process.communicate(timeout=300)
        writer.kill()
    assert process.returncode == 0, errors
    with Ledger.read_only(out) as ledger:
        entries = ledger.entries().values()
    for entry in entries:
        if entry.state == "done":
            document = json.loads((out / "documents" / entry.result).read_bytes())
            assert document["source"]["sha256"] == entry.sha256
        else:
            assert entry.cause in ("changing", "empty", "wrong-extension", "binary")
            assert not entry.result_stamp
    for file, content in whole.items():
        file.write_bytes(content)
    to_the_end(inputs, out)
    check_same(out, undisturbed)


# --- through the command --------------------------------------------------------------------------------------------


def test_kill_9_of_kehoach_run_with_prefect(texts: Path, undisturbed: Files, tmp_path: Path) -> None:
    chance, out = random.Random(7), tmp_path / "out"
    command = [sys.executable, "-m", "pipeline", "run", str(texts), "--out", str(out), "--workers", "2"]
    for _ in range(2):
        shutil.rmtree(out / "documents", ignore_errors=True)  # so that there is something to do
        with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
            until = time.monotonic() + 300
            while not [*out.glob("documents/**/*.json")] and time.monotonic() < until and process.poll() is None:
                time.sleep(0.05)
            time.sleep(chance.uniform(0, 0.5))
            children = children_of(process.pid)
            process.kill()
        check_nothing_half_written(out, undisturbed)
        until = time.monotonic() + 30
        while any(Path(f"/proc/{child}").exists() for child in children) and time.monotonic() < until:
            time.sleep(0.05)
        assert len(children) >= 3  # the server, who watches it, the fork server
        assert not [child for child in children if Path(f"/proc/{child}").exists()]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 3, done.stderr  # two inputs cannot be read
    check_same(out, undisturbed)


def children_of(pid: int) -> list[int]:
    """The processes that *pid* has started."""
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):
            if stat.read_text().rpartition(")")[2].split()[1] == str(pid):
                found.append(int(stat.parent.name))
    return found


def test_a_document_that_takes_too_long_is_stopped_in_the_real_extraction(texts: Path, tmp_path: Path) -> None:
    inputs, out = tmp_path / "texts", tmp_path / "out"
    inputs.mkdir()
    (inputs / "long.txt").write_text("".join(f"{number}. mức a) b) {number}\n" for number in range(300_000)))
    shutil.copy(texts / "thư mục 0" / "kế hoạch 0.txt", inputs / "short.txt")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("KEHOACH_LIMIT_DOCUMENT_SECONDS", "3")
        to_the_end(inputs, out)
    with Ledger.read_only(out) as ledger:
        found = {path: (entry.state, entry.cause, entry.attempts) for path, entry in ledger.entries().items()}
    assert found == {"long.txt": ("quarantined", "too-slow", 2), "short.txt": ("done", None, 1)}


UNLIKE = ("seconds", "megabytes_per_second", "input")
