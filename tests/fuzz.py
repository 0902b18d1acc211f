"""Fuzz every part of the road for a number of seconds, and keep what fails as a case.

    python -m tests.fuzz --seconds 600 [--only deadlines] [--engine atheris]

The parts are those of `tests.parts`, the properties those of `tests.part_checks`; besides, no text may take a part
longer than `seconds_allowed`, and four times a piece no more than ten times as long. hypothesis (the default) makes
texts of plan language and shrinks what fails; atheris, if installed, follows the branches that bytes reach. A finding
is written to `tests/cases/found/<part>/`, where the default test run meets it until it is mended.
"""

from __future__ import annotations

import argparse
import faulthandler
import hashlib
import os
import signal
import sys
import tempfile
import time
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType, FunctionType

from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

from tests.case_table import HERE
from tests.generated_texts import ODD, PIECES, SHORT, disturbed_texts, plan_texts, repeated_texts
from tests.growth import assert_grows_linearly
from tests.part_checks import assert_part_sound
from tests.parts import Part, parts

FOUND = HERE / "found"
NOW = Path(tempfile.gettempdir()) / f"kehoach-fuzz-{os.getpid()}.txt"  # what a hang or a crash leaves behind
EXAMPLES = 60  # of one part before the next has its turn
SHORT_TEXT = 2_000  # characters for which growth is measured first
TEXTS = plan_texts() | disturbed_texts() | repeated_texts() | st.text(max_size=80)
UNITS = st.lists(st.sampled_from([*PIECES, *ODD, *SHORT]), min_size=1, max_size=4).map("".join)


class TooSlowError(Exception):
    """A part has used up the processor seconds that its text is worth."""


def check(name: str, text: str) -> None:
    """Raise what is wrong with what the part *name* makes of *text*."""
    part = parts()[name]
    with limited(seconds_allowed(text)):
        found = part(text)
        found = list(found) if isinstance(found, Iterator) else found
    assert_part_sound(name, found, text)


def check_growth(name: str, unit: str) -> None:
    """Raise when the time of the part *name* grows faster than the number of *unit*."""
    part: Part = parts()[name]

    def work(text: str) -> None:
        found = part(text)
        if isinstance(found, Iterator):
            list(found)

    with limited(60):
        assert_grows_linearly(work, lambda count: unit * (count // len(unit)), times=SHORT_TEXT)


def seconds_allowed(text: str) -> float:
    """Processor seconds for *text*: 2, and one for each 20,000 characters, which is hundreds of times the usual."""
    return 2 + len(text) / 20_000


@contextmanager
def limited(seconds: float) -> Iterator[None]:
    """Raise `TooSlowError` after so many processor seconds, at the latest when the code comes back from C."""

    def stop(_: int, __: FrameType | None) -> None:
        raise TooSlowError(f"more than {seconds:.1f} seconds")

    before = signal.signal(signal.SIGPROF, stop)
    faulthandler.dump_traceback_later(60 * seconds, exit=True)  # C code that does not come back
    signal.setitimer(signal.ITIMER_PROF, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)
        faulthandler.cancel_dump_traceback_later()


class Findings:
    """What failed, each fault once: by its part, its exception and the line that raised it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.known: set[tuple[str, str, str]] = set()

    def keep(self, name: str, text: str, error: BaseException) -> None:
        """Write *text* as a case, unless the same fault of the part *name* has one."""
        frame = traceback.extract_tb(error.__traceback__)[-1]
        fault = (name, type(error).__name__, f"{Path(frame.filename).name}:{frame.lineno}")
        if fault in self.known:
            return
        self.known.add(fault)
        data = text.encode("utf-8", "surrogatepass")
        file = self.folder / slug(name) / f"{hashlib.sha256(data).hexdigest()[:12]}.txt"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(data)
        print(f"FOUND {name}: {fault[1]} at {fault[2]}: {str(error)[:200]!r}\n  kept as {file}", flush=True)


def slug(name: str) -> str:
    """The name of a part as the name of a folder."""
    return name.replace(": ", ".").replace(" ", "-")


def with_hypothesis(names: list[str], seconds: float, findings: Findings) -> int:
    """Give each of *names* its turn until the time is up; how many texts were tried."""
    end, turn = time.monotonic() + seconds, 0
    tried = 0
    while time.monotonic() < end:
        for name in names:
            if time.monotonic() < end:
                tried += one_turn(name, turn, EXAMPLES, TEXTS, check, findings)
                tried += one_turn(name, turn, EXAMPLES // 6, UNITS, check_growth, findings, shrink=False)
        turn += 1
    return tried


def one_turn(
    name: str,
    turn: int,
    examples: int,
    texts: st.SearchStrategy[str],
    property_of: Callable[[str, str], None],
    findings: Findings,
    *,
    shrink: bool = True,
) -> int:
    """Some examples of one part; the smallest failing one is kept. To *shrink* what is slow would take for ever."""
    last, tried = "", 0

    @seed(turn)
    @settings(
        max_examples=examples, deadline=None, database=None, suppress_health_check=list(HealthCheck),
        phases=[Phase.generate, Phase.shrink] if shrink else [Phase.generate],
    )  # fmt: skip
    @given(texts)
    def holds(text: str) -> None:
        nonlocal last, tried
        tried += 1
        NOW.write_bytes(f"{name}\n{text}".encode("utf-8", "surrogatepass"))
        try:
            property_of(name, text)
        except Exception:
            last = text
            raise

    try:
        holds()
    except Exception as error:
        findings.keep(name, last, error)
    return tried


def with_atheris(names: list[str], seconds: float, findings: Findings) -> None:
    """Let libFuzzer choose the bytes: the first tells the part, the others are the text."""
    import atheris

    for function in _own_functions():
        atheris.instrument_func(function)

    def one_input(data: bytes) -> None:
        if not data:
            return
        name, text = names[data[0] % len(names)], data[1:].decode("utf-8", "ignore")
        try:
            check(name, text)
        except Exception as error:
            findings.keep(name, text, error)

    seeds = Path(".fuzz")
    seeds.mkdir(exist_ok=True)
    for at, piece in enumerate(PIECES):
        (seeds / f"piece-{at}").write_bytes(bytes([at % len(names)]) + piece.encode())
    atheris.Setup([sys.argv[0], f"-max_total_time={seconds:.0f}", "-max_len=4000", str(seeds)], one_input)
    atheris.Fuzz()


def _own_functions() -> Iterator[FunctionType]:
    """The functions of kehoach that are loaded, whose branches libFuzzer shall see."""
    for name, module in sorted(sys.modules.items()):
        if name.split(".")[0] in {"extractors", "pipeline"}:
            own = (thing for thing in vars(module).values() if getattr(thing, "__module__", None) == name)
            yield from (thing for thing in own if isinstance(thing, FunctionType))


def main() -> int:
    """Fuzz; status 1 when something was found."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=float, default=300)
    parser.add_argument("--only", default="", help="parts whose names hold this word")
    parser.add_argument("--engine", choices=["hypothesis", "atheris"], default="hypothesis")
    parser.add_argument("--found", type=Path, default=FOUND, help="where findings are written")
    options = parser.parse_args()
    names = [name for name in parts() if options.only in name]
    if not names:
        parser.error(f"no part is named so; there are: {', '.join(parts())}")
    findings = Findings(options.found)
    if options.engine == "atheris":
        with_atheris(names, options.seconds, findings)
    else:
        print(f"{with_hypothesis(names, options.seconds, findings)} texts, {len(findings.known)} faults found")
    return 1 if findings.known else 0


if __name__ == "__main__":
    raise SystemExit(main())
