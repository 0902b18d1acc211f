"""Run tesseract, the program that recognises letters: pictures in, words with places and confidences out.

One process for each call, in a process group of its own, which is ended when its time is up; it gets no more memory,
processors and environment than it needs. Several pictures go in as the pages of one TIFF, so that the model is loaded
once for all cells of a table.
"""

from __future__ import annotations

import contextlib
import io
import os
import re
import shutil
import signal
import subprocess
from collections.abc import Sequence
from typing import NamedTuple

from PIL import Image

from pipeline.errors import KehoachError, UnreadableInputError


class RecognitionError(KehoachError):
    """Tesseract gave nothing for a page: it ran out of time or memory, or broke."""


class Tesseract(NamedTuple):
    """The program found, and which languages it can read."""

    path: str
    version: str
    languages: frozenset[str]


class Limits(NamedTuple):
    """What one run may use: seconds of wall time, bytes of address space."""

    seconds: float = 120.0
    memory: int = 2 << 30


class Seen(NamedTuple):
    """A word in a picture: its box in dots, confidence in [0, 1], which line it is in, and the height of that line."""

    text: str
    left: int
    top: int
    right: int
    bottom: int
    confidence: float
    line: tuple[int, int, int]
    line_height: int


def find_tesseract() -> Tesseract | None:
    """The tesseract on the `PATH`, or None when there is none that runs."""
    path = shutil.which("tesseract")
    if path is None:
        return None
    try:
        version = _output([path, "--version"]).split("\n", 1)[0].removeprefix("tesseract ").strip()
        languages = _output([path, "--list-langs"]).splitlines()[1:]
    except (OSError, subprocess.SubprocessError):
        return None
    return Tesseract(path, version, frozenset(languages))


def require_tesseract() -> Tesseract:
    """The tesseract that reads Vietnamese; raises `UnreadableInputError` with code `needs_ocr` when there is none."""
    found = find_tesseract()
    if found is None or LANGUAGE not in found.languages:
        raise UnreadableInputError(
            "needs_ocr",
            "is a scan: install tesseract-ocr and tesseract-ocr-vie"
            " (apt-get install tesseract-ocr tesseract-ocr-vie) and run again",
        )
    return found


def read_pictures(
    tesseract: Tesseract,
    pictures: Sequence[Image.Image],
    *,
    layout: int,
    dots_an_inch: int,
    options: Sequence[str] = (),
    limits: Limits | None = None,
) -> list[list[Seen]]:
    """The words of each of *pictures* in reading order.

    *layout* is tesseract's page segmentation mode: 3 looks for columns itself, 6 takes the picture for one block of
    text. Raises `RecognitionError`.
    """
    if not pictures:
        return []
    arguments = ["-l", LANGUAGE, "--psm", str(layout), "--dpi", str(dots_an_inch), *options, "tsv"]
    table = _run(tesseract, arguments, _encoded(pictures), limits or Limits())
    return _parse(table.decode("utf-8", "replace"), len(pictures))


def quarter_turn(tesseract: Tesseract, picture: Image.Image, *, limits: Limits | None = None) -> int:
    """By how many degrees clockwise, 0, 90, 180 or 270, *picture* must be turned for its letters to stand upright."""
    if "osd" not in tesseract.languages:
        return 0
    try:
        told = _run(tesseract, ["-l", "osd", "--psm", "0"], _encoded([picture]), limits or Limits()).decode()
    except RecognitionError:
        return 0  # it says that there are too few letters
    turn, sureness = _TURN.search(told), _SURENESS.search(told)
    return int(turn[1]) if turn and sureness and float(sureness[1]) >= LEAST_SURENESS else 0


def _output(command: list[str]) -> str:
    done = subprocess.run(command, capture_output=True, timeout=20, env=_environment(), check=True)
    return done.stdout.decode("utf-8", "replace")


def _run(tesseract: Tesseract, arguments: list[str], picture: bytes, limits: Limits) -> bytes:
    command = [tesseract.path, "-", "-", *arguments]
    if prlimit := shutil.which("prlimit"):
        command = [prlimit, f"--as={limits.memory}", "--core=0", *command]
    with subprocess.Popen(
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=_environment(),
        start_new_session=True,
    ) as process:
        try:
            table, complaint = process.communicate(picture, timeout=limits.seconds)
        except BaseException as error:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.communicate()
            if isinstance(error, subprocess.TimeoutExpired):
                raise RecognitionError(f"recognition took more than {limits.seconds:g} seconds") from error
            raise
    if process.returncode:
        last = complaint.decode("utf-8", "replace").strip().rpartition("\n")[2]
        raise RecognitionError(f"tesseract ended with {process.returncode}: {last[:200]}")
    return table


def _environment() -> dict[str, str]:
    kept = {name: os.environ[name] for name in ("PATH", "TESSDATA_PREFIX", "LD_LIBRARY_PATH") if name in os.environ}
    return {**kept, "OMP_THREAD_LIMIT": "1", "LC_ALL": "C.UTF-8"}


def _encoded(pictures: Sequence[Image.Image]) -> bytes:
    target = io.BytesIO()
    if len(pictures) == 1:
        pictures[0].save(target, "PPM")
    else:
        pictures[0].save(target, "TIFF", save_all=True, append_images=pictures[1:])
    return target.getvalue()


def _parse(table: str, pages: int) -> list[list[Seen]]:
    """The words of tesseract's table, of which each row is a page, block, paragraph, line or word."""
    found: list[list[Seen]] = [[] for _ in range(pages)]
    line_height = 0
    for row in table.split("\n"):
        cells = row.split("\t")
        if len(cells) != COLUMNS or not cells[0].isdigit():
            continue
        level, page, block, paragraph, line, _, left, top, width, height = map(int, cells[:10])
        if level == LINE:
            line_height = height
        elif level == WORD and (text := cells[11].strip()) and 0 < page <= pages:
            confidence = min(max(float(cells[10]) / 100, 0.0), 1.0)
            place = (left, top, left + width, top + height)
            found[page - 1].append(Seen(text, *place, confidence, (block, paragraph, line), line_height))
    return found


LANGUAGE = "vie"
COLUMNS = 12
LINE, WORD = 4, 5
LEAST_SURENESS = 1.0
_TURN = re.compile(r"Rotate: (\d+)")
_SURENESS = re.compile(r"Orientation confidence: ([\d.]+)")
