"""The index of full-text search over tasks and targets: `search.sqlite`, an FTS5 index with our own folding.

Each text is indexed three times: folded, with its diacritics, and as segmented words where the run was asked for them
(`--words`). A new index is made beside the old one and renamed; a change is one transaction, which SQLite undoes when
it is cut off. Segmenting a hundred thousand documents takes hours, so it is not done here.
"""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import polars as pl

from pipeline.dataset.folding import fold
from pipeline.dataset.layout import DATASET, INDEX

FORMAT = "1"
REBUILT_FROM = 0.5  # share of changed documents from which a new index is faster than a change of the old one


def update_index(out: Path, hashes: Mapping[str, str]) -> int:
    """Bring the index below *out* up to date with its dataset; returns how many documents were indexed.

    *hashes* gives for each document the hash of the JSON that its rows come from.
    """
    known = _indexed(out / INDEX)
    gone = {name for name in known if hashes.get(name) != known[name]}
    new = {name for name in hashes if known.get(name) != hashes[name]}
    if known and not gone and not new:
        return 0
    if not known or len(gone | new) > REBUILT_FROM * len(hashes):
        _rebuild(out, hashes)
        return len(hashes)
    with contextlib.closing(sqlite3.connect(out / INDEX)) as index, index:
        for name in sorted(gone):
            _remove(index, name)
        _add(index, out, {name: hashes[name] for name in new})
    return len(new)


def _rebuild(out: Path, hashes: Mapping[str, str]) -> None:
    part = out / f".{INDEX}.part"
    part.unlink(missing_ok=True)
    with contextlib.closing(sqlite3.connect(part)) as index:
        index.execute("PRAGMA journal_mode = OFF")
        index.execute("PRAGMA cache_size = -200000")  # kB
        with index:
            for statement in TABLES:
                index.execute(statement)
            _add(index, out, hashes)
            index.execute("INSERT INTO hits (hits) VALUES ('optimize')")
            index.execute(f"PRAGMA user_version = {FORMAT}")
    part.replace(out / INDEX)


def _add(index: sqlite3.Connection, out: Path, hashes: Mapping[str, str]) -> None:
    wanted = pl.Series("document_id", sorted(hashes), dtype=pl.String)
    (record,) = index.execute("SELECT coalesce(max(id), 0) FROM records").fetchone()
    for bucket in sorted((out / DATASET / "documents").glob("*.parquet")):
        for document in _rows(out, "documents", bucket.name, DOCUMENT, wanted):
            index.execute(ADD_DOCUMENT, (*document, hashes[document[0]]))
        for kind, values in _records(out, bucket.name, wanted):
            record += 1
            text, words, agencies = values["text"], values["words"], values["agencies"]
            index.execute(ADD_RECORD, (record, kind, *values.values(), _folded_names(agencies)))
            index.execute(ADD_HIT, (record, *_columns(text, words)))


def _records(out: Path, bucket: str, wanted: pl.Series) -> Iterator[tuple[str, dict[str, Any]]]:
    """The tasks and targets of the wanted documents in one bucket."""
    dataset = out / DATASET
    names = pl.concat_list("leads", "partners").list.unique(maintain_order=True).list.join("; ")
    tasks = _scan(dataset / "tasks" / bucket, wanted).with_columns(agencies=names)
    dues = (
        _scan(dataset / "measures" / bucket, wanted)
        .group_by("document_id", "target_id")
        .agg(due_on=pl.col("end").max())
    )
    targets = (
        _scan(dataset / "targets" / bucket, wanted)
        .join(dues, on=("document_id", "target_id"), how="left", maintain_order="left")
        .with_columns(agencies=pl.lit(""))
    )
    for kind, table, record_id in (("task", tasks, "task_id"), ("target", targets, "target_id")):
        chosen = table.select(
            "document_id",
            pl.col(record_id).alias("record_id"),
            "text",
            "words",
            "agencies",
            pl.col("due_on").dt.to_string("%Y-%m-%d"),
            pl.col("section_path").list.join(" / ").alias("section"),
            pl.col("source_line", "source_page", "source_element", "confidence"),
        )
        for values in chosen.collect().iter_rows(named=True):
            yield kind, values


def _rows(out: Path, table: str, bucket: str, columns: tuple[str, ...], wanted: pl.Series) -> list[tuple[Any, ...]]:
    chosen = _scan(out / DATASET / table / bucket, wanted).select(columns)
    return chosen.with_columns(pl.col(pl.Date).dt.to_string("%Y-%m-%d")).collect().rows()


def _scan(file: Path, wanted: pl.Series) -> pl.LazyFrame:
    return pl.scan_parquet(file, glob=False).filter(pl.col("document_id").is_in(wanted.implode()))


def _remove(index: sqlite3.Connection, document_id: str) -> None:
    """Take a document out; an index without content has to be told what it held."""
    rows = index.execute("SELECT id, text, words FROM records WHERE document_id = ?", (document_id,)).fetchall()
    for record, text, words in rows:
        index.execute(REMOVE_HIT, (record, *_columns(text, words)))
    index.execute("DELETE FROM records WHERE document_id = ?", (document_id,))
    index.execute("DELETE FROM documents WHERE document_id = ?", (document_id,))


def _columns(text: str, words: str | None) -> tuple[str, str, str]:
    plain = text.replace("_", " ")
    return fold(plain), plain, words or ""


def _folded_names(agencies: str) -> str:
    return fold(f"; {agencies};") if agencies else ""


def _indexed(file: Path) -> dict[str, str]:
    """The hash with which each document was indexed; empty when there is no index of this format."""
    if not file.is_file():
        return {}
    try:
        with contextlib.closing(sqlite3.connect(f"{file.resolve().as_uri()}?mode=ro", uri=True)) as index:
            if str(index.execute("PRAGMA user_version").fetchone()[0]) != FORMAT:
                return {}
            return dict(index.execute("SELECT document_id, hash FROM documents"))
    except sqlite3.Error:
        return {}


DOCUMENT = (
    "document_id",
    "path",
    "result",
    "reviewed",
    "doc_type",
    "number",
    "title",
    "issued_on",
    "province",
    "province_now",
)
TABLES = (
    f"CREATE TABLE documents ({', '.join(DOCUMENT)}, hash, PRIMARY KEY (document_id)) WITHOUT ROWID",
    "CREATE TABLE records (id INTEGER PRIMARY KEY, kind, document_id, record_id, text, words, agencies, due_on,"
    " section, source_line, source_page, source_element, confidence, folded_agencies)",
    "CREATE INDEX records_of_documents ON records (document_id)",
    # Words of several syllables come joined by "_"; folding is ours.
    "CREATE VIRTUAL TABLE hits USING fts5(folded, exact, words, content='',"
    """ tokenize = "unicode61 remove_diacritics 0 tokenchars '_'")""",
)
ADD_DOCUMENT = f"INSERT INTO documents VALUES ({', '.join('?' * (len(DOCUMENT) + 1))})"
ADD_RECORD = f"INSERT INTO records VALUES ({', '.join('?' * 14)})"
ADD_HIT = "INSERT INTO hits (rowid, folded, exact, words) VALUES (?, ?, ?, ?)"
REMOVE_HIT = "INSERT INTO hits (hits, rowid, folded, exact, words) VALUES ('delete', ?, ?, ?, ?)"
