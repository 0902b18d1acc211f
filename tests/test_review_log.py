"""The log: nothing acknowledged is lost, nothing half is read, nobody overwrites anybody."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from pipeline.review.decisions import DecisionError
from pipeline.review.log import ConflictError, DecisionLog, logged_documents
from pipeline.store import StoreError
from tests.conftest import ROOT
from tests.reviews import NAME, about, decide, edit


def test_decisions_come_back_in_order(tmp_path: Path) -> None:
    log = DecisionLog(tmp_path, NAME)
    assert log.read().version == 0
    written = [about("accept", "task-1"), about("reject", "task-2")]
    assert [log.append(each, expected_version=at) for at, each in enumerate(written)] == [1, 2]
    assert list(log.read().decisions) == written
    assert log.file == tmp_path / "review" / "a" / "small-plan.jsonl"
    assert logged_documents(tmp_path) == [NAME]


def test_a_stale_window_is_told_who_changed_what_and_writes_nothing(tmp_path: Path) -> None:
    log = DecisionLog(tmp_path, NAME)
    log.append(about("accept", "task-1"), expected_version=0)
    theirs = edit("task-2", condition="có nguồn").model_copy(update={"by": "Bình"})
    log.append(theirs, expected_version=1)
    with pytest.raises(ConflictError, match=r"Meanwhile Bình: edit task-2 \(condition\)\. Load the page") as told:
        log.append(about("reject", "task-2"), expected_version=1)
    assert (told.value.version, told.value.meanwhile) == (2, (theirs,))
    assert log.read().version == 2


def test_the_same_decision_sent_again_is_acknowledged_once(tmp_path: Path) -> None:
    log = DecisionLog(tmp_path, NAME)
    decision = about("accept", "task-1")
    assert [log.append(decision, expected_version=0) for _ in range(2)] == [1, 1]
    assert log.read().decisions == (decision,)


def test_a_torn_line_is_kept_aside_and_the_log_goes_on(tmp_path: Path) -> None:
    log = DecisionLog(tmp_path, NAME)
    first, second = about("accept", "task-1"), about("accept", "task-2")
    log.append(first, expected_version=0)
    with log.file.open("ab") as file:
        file.write('{"id":"00000000-0000-4000-8000-000000000000","by":"Á'.encode()[:-1])  # in the middle of a letter
    torn = log.read()
    assert (torn.version, torn.decisions, torn.torn[:5]) == (1, (first,), b'{"id"')
    assert log.append(second, expected_version=1) == 2
    assert log.read().decisions == (first, second)
    assert log.file.with_name("small-plan.jsonl.torn").read_bytes() == torn.torn + b"\n"


def test_a_damaged_line_is_told_and_left_where_it_is(tmp_path: Path) -> None:
    log = DecisionLog(tmp_path, NAME)
    log.append(about("accept", "task-1"), expected_version=0)
    with log.file.open("ab") as file:
        file.write(b"\0\0\0\n")
    log.append(about("accept", "task-2"), expected_version=2)
    reading = log.read()
    assert (len(reading.decisions), reading.version) == (2, 3)
    assert "small-plan.jsonl, line 2: This is no decision" in reading.damaged[0]
    assert b"\0\0\0\n" in log.file.read_bytes()


def test_a_line_that_the_disk_takes_only_in_part_is_taken_back(tmp_path: Path, monkeypatch: Any) -> None:
    log = DecisionLog(tmp_path, NAME)
    log.append(about("accept", "task-1"), expected_version=0)
    write = os.write
    monkeypatch.setattr("pipeline.review.log.os.write", lambda opened, line: write(opened, line[:20]))
    with pytest.raises(StoreError, match=r"No space left on device\. The decision is not saved"):
        log.append(about("accept", "task-2"), expected_version=1)
    monkeypatch.undo()
    assert log.read().torn == b""
    assert log.append(about("accept", "task-2"), expected_version=1) == 2


def test_the_line_is_flushed_before_it_is_acknowledged_and_so_are_new_directories(
    tmp_path: Path, monkeypatch: Any
) -> None:
    flushed: list[str] = []
    fsync = os.fsync

    def noted(opened: int) -> None:
        flushed.append(str(Path(f"/proc/self/fd/{opened}").readlink()))
        fsync(opened)

    monkeypatch.setattr("pipeline.review.log.os.fsync", noted)
    log = DecisionLog(tmp_path, NAME)
    log.append(about("accept", "task-1"), expected_version=0)
    assert flushed == [str(each) for each in (log.file, log.file.parent, tmp_path / "review", tmp_path)]


def test_of_many_windows_at_one_version_one_wins(tmp_path: Path) -> None:
    def attempt(_: int) -> bool:
        try:
            DecisionLog(tmp_path, NAME).append(about("accept", "task-1"), expected_version=0)
        except ConflictError:
            return False
        return True

    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(attempt, range(40))) == 1
    assert DecisionLog(tmp_path, NAME).read().version == 1


def test_a_log_is_about_one_document_inside_of_the_results(tmp_path: Path) -> None:
    with pytest.raises(DecisionError, match="is no name of a document"):
        DecisionLog(tmp_path, "../elsewhere.json")
    with pytest.raises(DecisionError, match=r"is about a/small-plan\.json, this log about b\.json"):
        DecisionLog(tmp_path, "b.json").append(about("accept", "task-1"), expected_version=0)
    (tmp_path / "review").mkdir()
    (tmp_path / "review" / "out").symlink_to(tmp_path)
    with pytest.raises(DecisionError, match="leads out of"):
        DecisionLog(tmp_path, "out/x.json")


WRITER = """
import sys
from pathlib import Path
from pipeline.review.log import DecisionLog
from tests.reviews import decide
log = DecisionLog(Path(sys.argv[1]), sys.argv[2])
while True:
    decision = decide("comment", comment="nhận xét " * 200)
    log.append(decision, expected_version=log.read().version)
    print(decision.id, flush=True)  # the acknowledgement
"""


@pytest.mark.slow
def test_kill_9_at_any_moment_loses_nothing_acknowledged(tmp_path: Path) -> None:
    chance, acknowledged = random.Random(6), []
    for _ in range(30):
        with subprocess.Popen(
            [sys.executable, "-c", WRITER, str(tmp_path), NAME], cwd=ROOT, stdout=subprocess.PIPE
        ) as writer:
            assert writer.stdout is not None
            acknowledged.append(writer.stdout.readline().decode().strip())  # it is under way
            time.sleep(chance.uniform(0, 0.03))
            writer.send_signal(signal.SIGKILL)
            acknowledged += [line.decode().strip() for line in writer.stdout if line.endswith(b"\n")]
    reading = DecisionLog(tmp_path, NAME).read()
    kept = [str(each.id) for each in reading.decisions]
    assert set(filter(None, acknowledged)) <= set(kept)
    assert len(acknowledged) > 30
    assert len(kept) <= len(acknowledged) + 30  # at most one a kill that was written and not yet acknowledged
    assert reading.damaged == ()


@pytest.mark.slow
def test_writers_in_several_processes_do_not_mix_their_lines(tmp_path: Path) -> None:
    script = WRITER.replace(
        "while True:", "from pipeline.review.log import ConflictError\nfor _ in range(30):"
    ).replace(
        "    log.append(decision, expected_version=log.read().version)",
        "    while True:\n        try:\n            log.append(decision, expected_version=log.read().version)\n"
        "            break\n"
        "        except ConflictError:\n            pass",
    )
    writers = [
        subprocess.Popen([sys.executable, "-c", script, str(tmp_path), NAME], cwd=ROOT, stdout=subprocess.PIPE)
        for _ in range(3)
    ]
    written = [line.decode().strip() for writer in writers for line in writer.communicate(timeout=120)[0].splitlines()]
    reading = DecisionLog(tmp_path, NAME).read()
    assert sorted(str(each.id) for each in reading.decisions) == sorted(written)
    assert (len(written), reading.version, reading.damaged) == (90, 90, ())
    assert decide("comment", comment="x").id not in {each.id for each in reading.decisions}


def test_decisions_of_one_act_are_written_together_or_not_at_all(tmp_path: Path) -> None:
    log = DecisionLog(tmp_path, NAME)
    first, second, third = about("accept", "task-1"), about("accept", "task-2"), about("accept", "task-3")
    assert log.append_all([first, second], expected_version=0) == 2
    with pytest.raises(ConflictError):
        log.append_all([third], expected_version=0)
    assert log.append_all([first, second], expected_version=0) == 2
    assert log.append_all([second, third], expected_version=2) == 3  # of which one was there already
    assert list(log.read().decisions) == [first, second, third]
