"""One input for the commands that read a single file; a bar shows only when pages of a scan are being recognised."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.errors import UnreadableInputError
from pipeline.read.source import SourceDocument
from pipeline.readers import Readers, too_large
from pipeline.workers.pool import available_cores

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID


def read_with_progress(file: Path) -> SourceDocument:
    """Read one file of any format; the recognition of scanned pages shows on standard error how far it is."""
    recognition = _Recognition()
    with Readers(jobs=available_cores(), recognised=recognition.reached) as readers:
        try:
            if (size := file.stat().st_size) > readers.limits.file_mb << 20:
                raise too_large(size, readers.limits)
            return readers.read(file.read_bytes(), name=file.name)
        except UnreadableInputError as error:
            raise UnreadableInputError(error.code, f"{file} {error}") from error
        finally:
            recognition.end()


class _Recognition:
    """A progress bar that is made with the first page: most inputs have none, and rich takes a while to load."""

    def __init__(self) -> None:
        self._shown: tuple[Progress, TaskID] | None = None

    def reached(self, done: int, count: int) -> None:
        if self._shown is None:
            self._shown = _bar()
        progress, task = self._shown
        progress.update(task, completed=done, total=count)

    def end(self) -> None:
        if self._shown is not None:
            self._shown[0].stop()


def _bar() -> tuple[Progress, TaskID]:
    from rich.console import Console
    from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn

    progress = Progress(
        SpinnerColumn(),
        TextColumn("Recognising"),
        BarColumn(),
        TextColumn("{task.completed}/{task.total} pages"),
        console=Console(stderr=True),
        transient=True,
    )
    progress.start()
    return progress, progress.add_task("")
