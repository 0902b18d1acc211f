"""Multiply the documents of a results directory, to measure the dataset at a size that no collection here has.

    python scripts/multiply_documents.py output/ /tmp/many --count 4000
    python scripts/multiply_documents.py output/ /tmp/many --count 100000 --tables

Each copy has an id, a path and a number of its own, and dates some years later. With --tables the rows are multiplied
instead of the JSON files, which take 22 GB at a hundred thousand; links, agencies, views and the search index are
then made as by `kehoach dataset`, and the time of each step is printed.
"""

from __future__ import annotations

import argparse
import hashlib
import resource
import shutil
import time
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import orjson
import polars as pl

from pipeline.dataset.buckets import bucket_name
from pipeline.dataset.frames import schema_of, write_frame
from pipeline.dataset.layout import BUILDING, DATASET
from pipeline.dataset.manifest import bucket_of, buckets_for
from pipeline.dataset.rows import TABLES
from pipeline.dataset.search_index import update_index
from pipeline.dataset.store import make_links, take_place, write_agencies
from pipeline.dataset.views import write_views

YEARS = 15


def main() -> None:
    arguments = argparse.ArgumentParser(description="Multiply the documents of a results directory.")
    arguments.add_argument("source", type=Path, help="a results directory, with its dataset for --tables")
    arguments.add_argument("out", type=Path, help="the new results directory")
    arguments.add_argument("--count", type=int, default=4000, help="how many documents")
    arguments.add_argument("--tables", action="store_true", help="multiply the rows of the dataset, not the JSON files")
    chosen = arguments.parse_args()
    if chosen.tables:
        multiply_tables(chosen.source, chosen.out, chosen.count)
    else:
        multiply_files(chosen.source, chosen.out, chosen.count)


def multiply_files(source: Path, out: Path, count: int) -> None:
    """Write *count* JSON files below `documents/`, in directories of a thousand."""
    originals = [orjson.loads(file.read_bytes()) for file in sorted((source / "documents").rglob("*.json"))]
    for number in range(count):
        value = copied(originals[number % len(originals)], number // len(originals))
        file = out / "documents" / f"{number // 1000:03}" / f"{number:06}.json"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(orjson.dumps(value, option=orjson.OPT_INDENT_2))


def copied(value: dict[str, Any], copy: int) -> dict[str, Any]:
    """The *copy*-th copy of a document."""
    metadata = dict(value["metadata"])
    if metadata["number"]:
        metadata["number"] = f"{copy}{metadata['number']}"
    if metadata["issued_on"]:
        metadata["issued_on"] = str(int(metadata["issued_on"][:4]) + copy % YEARS) + metadata["issued_on"][4:7] + "-01"
    source = {**value["source"], "path": f"{copy:05}/{value['source']['path']}"}
    return {**value, "id": copied_id(value["id"], copy), "source": source, "metadata": metadata}


def copied_id(document_id: str, copy: int) -> str:
    """The id of a copy."""
    return "kh-" + hashlib.sha256(f"{document_id}/{copy}".encode()).hexdigest()[:16]


def multiply_tables(source: Path, out: Path, count: int) -> None:
    """Write the tables of *count* documents and what is made from them."""
    stage = out / BUILDING
    shutil.rmtree(stage, ignore_errors=True)
    buckets = buckets_for(count)
    with_time("tables", lambda: write_tables(source / DATASET, stage, count, buckets))
    with_time("links", lambda: make_links(stage, buckets))
    with_time("agencies", lambda: write_agencies(stage))
    take_place(out)
    with_time("views", lambda: write_views(out))
    names = pl.scan_parquet(out / DATASET / "documents" / "*.parquet").select("document_id").collect()
    with_time("search index", lambda: update_index(out, dict.fromkeys(names["document_id"], "")))


def write_tables(dataset: Path, stage: Path, count: int, buckets: int) -> None:
    """The rows of every table, bucket by bucket."""
    originals = pl.read_parquet(dataset / "documents" / "*.parquet")["document_id"].to_list()
    copies: dict[int, list[tuple[str, str, int]]] = defaultdict(list)
    for number in range(count):
        original, copy = originals[number % len(originals)], number // len(originals)
        new = copied_id(original, copy)
        copies[bucket_of(new, buckets)].append((original, new, copy))
    for table in TABLES:
        (stage / table).mkdir(parents=True)
        if table != "agencies":
            rows = pl.read_parquet(dataset / table / "*.parquet")
            for number, frame in multiplied(table, rows, copies):
                write_frame(frame, stage / table / bucket_name(number))


def multiplied(
    table: str, rows: pl.DataFrame, copies: dict[int, list[tuple[str, str, int]]]
) -> Iterator[tuple[int, pl.DataFrame]]:
    """The rows of *table* for each bucket of copies."""
    for number, wanted in sorted(copies.items()):
        new = pl.DataFrame(
            sorted(wanted, key=lambda each: each[1]), schema=["document_id", "new", "copy"], orient="row"
        )
        frame = new.join(rows, on="document_id", maintain_order="left_right")
        years = pl.format("{}y", pl.col("copy") % YEARS)
        if table == "documents":
            frame = frame.with_columns(
                path=pl.format("{}/{}", "copy", "path"),
                number=pl.format("{}{}", "copy", "number"),
                year=pl.col("year") + pl.col("copy") % YEARS,
            )
        frame = frame.with_columns(pl.col(pl.Date).dt.offset_by(years), document_id="new")
        yield number, frame.select(list(schema_of(table)))


def with_time(name: str, step: Any) -> None:
    """Run one step and print its seconds and the most memory so far."""
    begun = time.perf_counter()
    step()
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
    print(f"{name}: {time.perf_counter() - begun:.1f} s, at most {most:.2f} GB so far", flush=True)


if __name__ == "__main__":
    main()
