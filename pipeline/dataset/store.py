"""Build the dataset: Parquet tables below `dataset/`, views in `kehoach.duckdb`, the index of full-text search.

    build_dataset(Path("output"))

All tables are made ready in a directory beside the old ones, which takes over the buckets that have not changed, and
then changes places with it: a crash leaves the old dataset, a reader sees the old or the new one. Only between two
renames there is none, for microseconds; `pipeline.dataset.connect` waits for that.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import shutil
import sqlite3
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import dataclass, field
from importlib.resources import files
from pathlib import Path

import duckdb
import polars as pl

from pipeline.dataset.agencies import aggregate
from pipeline.dataset.buckets import bucket_name, write_bucket
from pipeline.dataset.frames import frame_of, schema_of, write_frame
from pipeline.dataset.layout import BUILDING, DATASET, FORMER, LOCK
from pipeline.dataset.links import Catalogue, Numbered
from pipeline.dataset.manifest import MANIFEST, Entry, Manifest, bucketed, buckets_for, read_manifest, scan
from pipeline.dataset.rows import TABLES
from pipeline.dataset.search_index import update_index
from pipeline.dataset.views import write_views
from pipeline.errors import UsageError
from pipeline.store import DOCUMENTS, StoreError
from pipeline.workers.isolation import fresh_processes
from pipeline.workers.pool import available_cores

# To be raised when the same documents give other rows for a reason that neither rows.py nor the registry shows.
VERSION = "1"

Advanced = Callable[[int, int], None]


@dataclass(slots=True)
class Built:
    """What a build did: how many documents there are, which could not be read, and how many buckets it wrote."""

    documents: int = 0
    reviewed: int = 0
    buckets: int = 0
    written: int = 0
    indexed: int = 0
    unreadable: list[str] = field(default_factory=list)


def build_dataset(out: Path, *, workers: int | None = None, advanced: Advanced = lambda done, total: None) -> Built:
    """Bring the dataset below *out* up to date with `documents/` and `reviewed/`.

    *advanced* is told how many documents of how many are done. Raises `UsageError` when there are no documents or when
    another build is under way, `StoreError` when the disk refuses.
    """
    if not (out / DOCUMENTS).is_dir():
        raise UsageError(f"There are no documents in {out}. Make them first: kehoach run DIRECTORY --out {out}")
    try:
        with _alone(out):
            _recover(out)
            return _build(out, workers or available_cores(), advanced)
    except (OSError, sqlite3.Error, duckdb.Error, pl.exceptions.PolarsError) as error:
        if not _of_the_disk(error):
            raise
        reason = getattr(error, "strerror", None) or str(error).splitlines()[0]
        raise StoreError(f"Cannot write {out / DATASET}: {reason}. Free space, then run again.") from error


def _of_the_disk(error: Exception) -> bool:
    """Whether the disk is the reason; each library says so in its own way, polars and at times duckdb only in words."""
    if isinstance(error, OSError | sqlite3.OperationalError | duckdb.IOException):
        return True
    return any(words in str(error) for words in ("os error", "transport error", "No space left"))


def _build(out: Path, workers: int, advanced: Advanced, *, broken: Collection[str] = ()) -> Built:
    """The build itself; the files *broken* have turned out to be no documents."""
    old = read_manifest(out / DATASET)
    new = Manifest(_version(), scan(out, old))
    new.leave_out(broken)
    entries = new.entries()
    new.buckets = buckets_for(len(entries))
    buckets = bucketed(entries, new.buckets)
    plan = _plan(out, old, new, buckets)
    if plan:
        stage = _staged(out, buckets, [*plan])
        if found := _write_buckets(out, stage, buckets, plan, workers, advanced):
            # Another file with the same bytes of input may take its place, in another number of buckets.
            return _build(out, workers, advanced, broken={*broken, *found})
        make_links(stage, len(buckets))
        write_agencies(stage)
        (stage / MANIFEST).write_bytes(new.encode())
        take_place(out)
    elif old.sources != new.sources:
        _replace_manifest(out, new)
    write_views(out)
    hashes = {str(entry.source.document_id): entry.source.sha256 for entry in entries}
    return Built(
        documents=len(entries),
        reviewed=sum(entry.source.reviewed for entry in entries),
        buckets=len(buckets),
        written=len(plan),
        indexed=update_index(out, hashes),
        unreadable=[source.file for source in new.sources if source.document_id is None],
    )


def _plan(out: Path, old: Manifest, new: Manifest, buckets: Sequence[Sequence[Entry]]) -> dict[int, frozenset[str]]:
    """The buckets that have to be written, each with those of its documents whose former rows can be taken over.

    A bucket is written when it has other documents than before, or when one of its files is missing.
    """
    former = old.entries()
    if old.version != new.version or old.buckets != new.buckets:
        return dict.fromkeys(range(len(buckets)), frozenset())
    signatures = {entry.signature for entry in former}
    before = [{entry.signature for entry in bucket} for bucket in bucketed(former, len(buckets))]
    tables = [out / DATASET / table for table in TABLES if table != "agencies"]
    plan: dict[int, frozenset[str]] = {}
    for number, entries in enumerate(buckets):
        same = frozenset(str(entry.source.document_id) for entry in entries if entry.signature in signatures)
        if not all((table / bucket_name(number)).is_file() for table in tables):
            plan[number] = frozenset()
        elif {entry.signature for entry in entries} != before[number]:
            plan[number] = same
    return plan


def _staged(out: Path, buckets: Sequence[Sequence[Entry]], changed: Sequence[int]) -> Path:
    """A new directory that holds the unchanged buckets already: linked, where the file system can."""
    stage = out / BUILDING
    shutil.rmtree(stage, ignore_errors=True)
    for table in TABLES:
        (stage / table).mkdir(parents=True)
        for number in sorted({*range(len(buckets))} - {*changed}) if table != "agencies" else ():
            former, kept = (root / table / bucket_name(number) for root in (out / DATASET, stage))
            try:
                os.link(former, kept)
            except OSError:
                shutil.copyfile(former, kept)
    return stage


def _write_buckets(
    out: Path,
    stage: Path,
    buckets: Sequence[Sequence[Entry]],
    plan: Mapping[int, frozenset[str]],
    workers: int,
    advanced: Advanced,
) -> list[str]:
    """Write the buckets of the plan, over processes where there are several; returns the files that are none."""
    total, done = sum(len(buckets[number]) for number in plan), 0
    advanced(0, total)
    unreadable: list[str] = []
    if len(plan) <= 1 or workers == 1:
        for number, kept in plan.items():
            unreadable += write_bucket(
                out / DATASET, stage, number, buckets[number], kept, _after(done, total, advanced)
            )
            done += len(buckets[number])
        return unreadable
    with ProcessPoolExecutor(min(workers, len(plan)), mp_context=fresh_processes()) as pool:
        running = {
            pool.submit(write_bucket, out / DATASET, stage, number, buckets[number], kept): number
            for number, kept in plan.items()
        }
        for future in as_completed(running):
            unreadable += future.result()
            done += len(buckets[running[future]])
            advanced(done, total)
    return unreadable


def _after(before: int, total: int, advanced: Advanced) -> Callable[[int], None]:
    return lambda now: advanced(before + now, total)


def make_links(stage: Path, buckets: int) -> None:
    """Fill in `cited_document_id`; a bucket is written again only where a link has changed."""
    known = pl.scan_parquet(stage / "documents" / "*.parquet").select("document_id", *LINKED).collect()
    catalogue = Catalogue((name, Numbered(*values)) for name, *values in known.iter_rows())
    for number in range(buckets):
        file = stage / "citations" / bucket_name(number)
        cited = pl.read_parquet(file, columns=["document_id", *LINKED, LINK])
        found = [_other(catalogue.find(Numbered(*values)), own) for own, *values, _ in cited.iter_rows()]
        if found != cited[LINK].to_list():
            write_frame(pl.read_parquet(file).with_columns(pl.Series(LINK, found, dtype=pl.String)), file)


def _other(found: str | None, own: str) -> str | None:
    """A document that names itself links nowhere."""
    return found if found != own else None


def write_agencies(stage: Path) -> None:
    """Write the table of all agencies that the tables in *stage* name."""
    tasks, documents, citations = (
        pl.scan_parquet(stage / table / "*.parquet") for table in ("task_agencies", "documents", "citations")
    )
    issuers = [
        table.filter(pl.col("issuer_id").is_not_null()).select(
            agency_id="issuer_id", name="issuer", level="issuer_level", collective=pl.lit(value=False)
        )
        for table in (documents, citations)
    ]
    mentions = pl.concat([tasks.select("agency_id", "name", "level", "collective"), *issuers])
    write_frame(frame_of("agencies", aggregate(mentions)), stage / "agencies" / bucket_name(0))


def take_place(out: Path) -> None:
    """Put the new tables in the place of the old ones."""
    dataset, former = out / DATASET, out / FORMER
    if dataset.exists():
        dataset.rename(former)
    (out / BUILDING).rename(dataset)
    shutil.rmtree(former, ignore_errors=True)


def _recover(out: Path) -> None:
    """Finish what a build that was killed between two renames has left."""
    if not (out / DATASET).exists() and (out / FORMER).is_dir():
        (out / FORMER).rename(out / DATASET)
    shutil.rmtree(out / FORMER, ignore_errors=True)


def _replace_manifest(out: Path, new: Manifest) -> None:
    """Keep the times of files that were touched but not changed, so that they are not read again."""
    part = out / DATASET / f".{MANIFEST}.part"
    part.write_bytes(new.encode())
    part.replace(out / DATASET / MANIFEST)


@contextlib.contextmanager
def _alone(out: Path) -> Iterator[None]:
    """Keep a second build out; the lock falls with the process, however it ends."""
    try:
        import fcntl
    except ImportError:  # no such locks on Windows
        yield
        return
    with (out / LOCK).open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise UsageError(
                f"Another build of the dataset in {out} is under way. Wait for it, then run again."
            ) from error
        yield


def _version() -> str:
    """A hash of what the rows depend on besides the documents: the columns, the registry, and `VERSION`."""
    digest = hashlib.sha256(VERSION.encode())
    for table in TABLES:
        digest.update(f"{table} {schema_of(table)}\n".encode())
    for file in sorted((files("extractors") / "data").iterdir(), key=lambda file: file.name):
        if file.name.endswith(".tsv"):
            digest.update(file.read_bytes())
    return digest.hexdigest()


LINKED = ("doc_type", "number", "issued_on", "issuer_id")
LINK = "cited_document_id"
