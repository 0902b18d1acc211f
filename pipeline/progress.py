"""The progress bar of the commands that take a while: what is done, how far, how long it will take."""

from __future__ import annotations

from rich.console import Console
from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeRemainingColumn


def progress_bar(told: str) -> Progress:
    """A bar on standard error, gone at its end; *told* is what stands behind it (`"{task.completed} documents"`)."""
    return Progress(
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(),
        TextColumn(told),
        TimeRemainingColumn(),
        console=Console(stderr=True),
        transient=True,
    )
