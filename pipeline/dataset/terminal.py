"""The face of `kehoach dataset`: progress, what was written, what to ask next."""

from __future__ import annotations

from pathlib import Path

from rich.console import Console
from rich.markup import escape

from pipeline.dataset.store import Built, build_dataset
from pipeline.progress import progress_bar

SHOWN_UNREADABLE = 20


def build_with_progress(out: Path, *, workers: int | None = None) -> Built:
    """Build the dataset below *out*, show how it goes on standard error, print what was written, and return it."""
    with progress_bar("{task.completed}/{task.total} documents") as progress:
        bar = progress.add_task("Looking for changes", total=None)

        def advanced(done: int, total: int) -> None:
            doing = "Indexing" if done == total else "Writing tables"
            progress.update(bar, completed=done, total=total, description=doing)

        built = build_dataset(out, workers=workers, advanced=advanced)
    print_built(built, out)
    return built


def print_built(built: Built, out: Path) -> None:
    """Print what a build did and what to ask next."""
    console = Console(soft_wrap=True, highlight=False)
    place = escape(str(out))
    reviewed = f", {built.reviewed} of them reviewed" if built.reviewed else ""
    if built.written or built.indexed:
        files = f"{built.written} of {built.buckets} " + ("file" if built.buckets == 1 else "files")
        console.print(f"Dataset: [bold]{built.documents}[/] documents{reviewed}; {files} of each table written")
    else:
        console.print(f"Dataset: [bold]{built.documents}[/] documents{reviewed}; nothing has changed")
    for file in built.unreadable[:SHOWN_UNREADABLE]:
        console.print(f"[yellow]left out[/] {escape(file)}: not a document of kehoach; run kehoach run again")
    if len(built.unreadable) > SHOWN_UNREADABLE:
        console.print(f"… and {len(built.unreadable) - SHOWN_UNREADABLE} more that are no documents")
    console.print(f"Tables: {place}/dataset/, views: {place}/kehoach.duckdb, full-text index: {place}/search.sqlite")
    console.print(f"Next: kehoach query {place} --examples")
