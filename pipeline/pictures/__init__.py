"""The report: one web page of the dataset with charts whose every mark leads to its records.

    write_report(Path("output"), Path("report.html"))

The page holds all that it needs (Vega and its data) and forbids itself the network, so that it can be sent by mail and
opened anywhere. It shows figures summed up; of the records behind a mark it lists the first ones and says how many
there are, lest a hundred thousand tasks make a page that no browser opens.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from pipeline.errors import UsageError
from pipeline.pictures.gather import gather
from pipeline.pictures.page import render_page
from pipeline.results import Result, read_results
from pipeline.store import StoreError, write_whole


def write_report(out: Path, to: Path, *, document: str | None = None) -> int:
    """Write the page of the documents in *out*, or of one *document* (its id or name); returns how many it shows.

    Raises `UsageError` when there is no such document or the page cannot be written.
    """
    if to.is_dir():
        raise UsageError(f"{to} is a directory; name the page, such as {to / 'report.html'}.")
    results = read_results(out)
    gathered = gather(_named(results, document) if document else results, whole=document is not None)
    if not gathered.documents:
        raise UsageError(f"There is no document {document} in {out}. Give its id or its name below documents/.")
    try:
        write_whole(to, render_page(gathered).encode())
    except StoreError as error:
        reason = getattr(error.__cause__, "strerror", None) or error
        raise UsageError(f"Cannot write {to}: {reason}. Name another file with --to.") from error
    return len(gathered.documents)


def _named(results: Iterable[Result], wanted: str) -> Iterator[Result]:
    names = {wanted, wanted.removesuffix(".json") + ".json"}
    for result in results:
        if names & {result.document.id, result.name, result.document.source.path, result.name.rsplit("/", 1)[-1]}:
            yield result
            return
