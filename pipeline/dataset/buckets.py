"""One bucket of the dataset: the documents whose ids fall into it, in one Parquet file a table.

Rows stand by document and then as in the document. They become columns every `CHUNK` documents, since rows as Python
values take many times the memory of the columns.
"""

from __future__ import annotations

import contextlib
import gc
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import polars as pl

from pipeline.dataset.frames import frame_of, write_frame
from pipeline.dataset.manifest import Entry
from pipeline.dataset.records import rows_of
from pipeline.dataset.rows import TABLES, DocumentRow
from pipeline.file_names import printable
from pipeline.store import StoreError, read_document

CHUNK = 100  # documents


def write_bucket(
    dataset: Path,
    stage: Path,
    number: int,
    entries: Sequence[Entry],
    kept: frozenset[str] = frozenset(),
    advanced: Callable[[int], None] = lambda done: None,
) -> list[str]:
    """Write the tables of the documents *entries* below *stage*; returns the files that turned out to be no documents.

    The rows of the documents *kept* are taken from the bucket in *dataset*. *advanced* is told how many are done.
    """
    read = [entry for entry in entries if entry.source.document_id not in kept]
    frames: dict[str, list[pl.DataFrame]] = defaultdict(list)
    unreadable: list[str] = []
    for start in range(0, max(1, len(read)), CHUNK):
        rows, bad = _rows(dataset.parent, read[start : start + CHUNK])
        unreadable += bad
        for table, more in rows.items():
            frames[table].append(frame_of(table, more))
        advanced(len(entries) - len(read) + min(len(read), start + CHUNK))
    for table, parts in frames.items():
        if kept:
            parts.append(_kept_rows(dataset / table / bucket_name(number), kept))
        # Rows of one document stand in order already; in one piece, lest the pieces show in the file.
        whole = pl.concat(parts).sort("document_id", maintain_order=True).rechunk()
        write_frame(whole, stage / table / bucket_name(number))
    return unreadable


def _rows(out: Path, entries: Sequence[Entry]) -> tuple[dict[str, list[NamedTuple]], list[str]]:
    """The rows of some documents by table, and the files that are none."""
    rows: dict[str, list[NamedTuple]] = {table: [] for table in TABLES if table != "agencies"}
    unreadable = []
    with _collector_paused():
        for entry in entries:
            try:
                found = rows_of_entry(out, entry)
            except StoreError:
                unreadable.append(entry.source.file)
                continue
            for table, more in found.items():
                rows[table] += more
    return rows, unreadable


def _kept_rows(file: Path, kept: frozenset[str]) -> pl.DataFrame:
    wanted = pl.Series(sorted(kept), dtype=pl.String)
    return pl.read_parquet(file, glob=False).filter(pl.col("document_id").is_in(wanted.implode()))


def rows_of_entry(out: Path, entry: Entry) -> dict[str, list[NamedTuple]]:
    """The rows of one document; raises `StoreError` when its file is none."""
    document = read_document(out / entry.source.file)
    found = rows_of(document, result=printable(entry.source.result), reviewed=entry.source.reviewed)
    if entry.other_paths:
        found["documents"] = [
            row._replace(other_paths=list(entry.other_paths))
            for row in found["documents"]
            if isinstance(row, DocumentRow)
        ]
    return found


@contextlib.contextmanager
def _collector_paused() -> Iterator[None]:
    """Documents and rows hold no cycles; looking for them takes a quarter of the time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def bucket_name(number: int) -> str:
    """The file of a bucket.

    >>> bucket_name(7)
    '0007.parquet'
    """
    return f"{number:04}.parquet"
