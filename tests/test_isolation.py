"""A parser in a process of its own: what it returns and raises comes back, and its limits really end it."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

from pipeline.errors import UnreadableInputError, UsageError
from pipeline.workers.isolation import Isolation
from pipeline.workers.limits import Limits
from tests.conftest import ROOT


def length(text: str) -> int:
    return len(text)


def fail(kind: str) -> None:
    if kind == "unreadable":
        raise UnreadableInputError("encrypted", "is encrypted: save it without a password")
    raise {"index": IndexError, "recursion": RecursionError}[kind]("odd byte 7")


def own_pid() -> int:
    return os.getpid()


def ignore_and_sleep(seconds: float) -> None:
    """A C parser in a loop does not answer to signals either."""
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGALRM):
        signal.signal(number, signal.SIG_IGN)
    time.sleep(seconds)


def take(megabytes: int) -> int:
    return len(b"x" * (megabytes << 20))


def die() -> None:
    os.kill(os.getpid(), signal.SIGSEGV)


def reach_out() -> None:
    socket.create_connection(("127.0.0.1", 9), timeout=1)


def start_program() -> None:
    subprocess.run(["true"], check=True)


def code_of(isolation: Isolation, seconds: float, *call: object) -> tuple[str, str]:
    function, *args = call
    with pytest.raises(UnreadableInputError) as error:
        isolation.call(seconds, function, *args)  # type: ignore[arg-type]
    return error.value.code, str(error.value)


def test_results_come_back_and_the_process_stays() -> None:
    with Isolation(memory_mb=200) as isolation:
        first = isolation.call(30, own_pid)
        assert isolation.call(30, length, "kế hoạch") == 8
        assert isolation.call(30, own_pid) == first != os.getpid()


@pytest.mark.parametrize(
    ("kind", "code", "told"),
    [
        ("unreadable", "encrypted", "without a password"),
        ("index", "damaged", "IndexError: odd byte 7"),
        ("recursion", "too-complex", "nested too deeply"),
    ],
)
def test_errors_come_back_as_the_cause(kind: str, code: str, told: str) -> None:
    with Isolation(memory_mb=200) as isolation:
        found, message = code_of(isolation, 30, fail, kind)
        assert found == code
        assert told in message
        assert isolation.call(30, length, "abc") == 3


def test_time_ends_what_ignores_signals_and_the_next_call_works() -> None:
    with Isolation(memory_mb=200) as isolation:
        isolation.call(30, length, "warm")
        begun = time.monotonic()
        assert code_of(isolation, 0.5, ignore_and_sleep, 60)[0] == "too-slow"
        assert time.monotonic() - begun < 10
        assert isolation.call(30, length, "abc") == 3


def test_memory_ends_what_takes_too_much_and_the_next_call_works() -> None:
    with Isolation(memory_mb=200) as isolation:
        assert isolation.call(30, take, 100) == 100 << 20
        code, message = code_of(isolation, 30, take, 400)
        assert (code, "KEHOACH_LIMIT_MEMORY_MB" in message) == ("too-much-memory", True)
        assert isolation.call(30, take, 100) == 100 << 20


def test_a_crash_is_told_and_the_next_call_works() -> None:
    with Isolation(memory_mb=200) as isolation:
        code, message = code_of(isolation, 30, die)
        assert (code, "SIGSEGV" in message) == ("reader-crashed", True)
        assert isolation.call(30, length, "abc") == 3


@pytest.mark.parametrize("function", [reach_out, start_program])
def test_a_reader_cannot_reach_out(function: object) -> None:
    with Isolation(memory_mb=200) as isolation:
        code, message = code_of(isolation, 30, function)
        assert (code, "a reader may not use" in message) == ("damaged", True)


def test_the_process_ends_with_who_started_it() -> None:
    code = """if True:
        import sys
        from pipeline.workers.isolation import Isolation
        from tests.test_isolation import ignore_and_sleep, own_pid
        isolation = Isolation(memory_mb=200)
        print(isolation.call(30, own_pid), flush=True)
        isolation.call(300, ignore_and_sleep, 300)"""
    with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, cwd=ROOT) as parent:
        assert parent.stdout
        child = int(parent.stdout.readline())
        parent.kill()
    deadline = time.monotonic() + 10
    while time.monotonic() < deadline and Path(f"/proc/{child}").exists():
        time.sleep(0.2)
    assert not Path(f"/proc/{child}").exists()


def test_limits_come_from_the_environment() -> None:
    assert Limits.from_environment({"KEHOACH_LIMIT_SECONDS": "7"}) == Limits(seconds=7)
    assert Limits.from_environment({}) == Limits()


@pytest.mark.parametrize("value", ["0", "-1", "1.5", "viel", "٣"])
def test_a_limit_that_is_no_number_is_refused(value: str) -> None:
    with pytest.raises(UsageError, match="KEHOACH_LIMIT_PAGES"):
        Limits.from_environment({"KEHOACH_LIMIT_PAGES": value})
