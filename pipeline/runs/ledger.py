"""The ledger of a results directory: what became of each input, of which content, by which rules.

    with Ledger.open(out) as ledger:
        ledger.entries()["a/kh-1.txt"].state  →  "done"

It saves work and answers questions; what counts are the documents. So a ledger that is lost or damaged is put aside and
begun anew, never a reason to stop. SQLite in WAL mode with `synchronous = FULL`: what `record` has returned for
survives `kill -9` and a power cut.
"""

from __future__ import annotations

import contextlib
import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from pipeline.errors import KehoachError
from pipeline.store import StoreError

LEDGER = "ledger.sqlite"
FORM = 1  # of the tables; a ledger of another form is begun anew
PENDING, DONE, QUARANTINED = "pending", "done", "quarantined"


@dataclass(frozen=True, slots=True)
class Entry:
    """One input: `path` below the directory `root`, `stamp` and `sha256` of the bytes that were read.

    `result` is its document below `documents/`, with its own stamp and hash; `made_by` names the rules and options that
    made it (`pipeline.runs.made_by`). `attempts` counts those over the same bytes, `seconds` and `peak_mb` are the last
    one's, `counts` its records by kind, `at` when it ended (UTC).
    """

    path: str
    root: str = ""
    size: int = 0
    stamp: str = ""
    sha256: str = ""
    state: str = PENDING
    cause: str | None = None
    message: str | None = None
    attempts: int = 0
    seconds: float = 0.0
    peak_mb: float = 0.0
    counts: str = "{}"
    result: str = ""
    result_stamp: str = ""
    result_sha256: str = ""
    made_by: str = ""
    at: str = ""

    @property
    def records(self) -> dict[str, int]:
        """How many records of each kind its document has."""
        return {str(kind): int(count) for kind, count in json.loads(self.counts).items()}


class DamagedLedgerError(KehoachError):
    """The file is no ledger of this version."""


class Ledger:
    """An open ledger; a context manager. One process writes to it at a time: the run that holds the lock."""

    def __init__(self, connection: sqlite3.Connection, file: Path, *, rebuilt: bool = False) -> None:
        self._connection = connection
        self._file = file
        self.rebuilt = rebuilt

    @classmethod
    def open(cls, out: Path) -> Ledger:
        """The ledger of *out*, a new one when there is none or it is damaged (which is kept as `….damaged`).

        Raises `StoreError` when the disk refuses.
        """
        file = out / LEDGER
        new = not file.exists()
        try:
            return cls(_connected(file), file, rebuilt=new)
        except DamagedLedgerError:
            with _told(file):
                _put_aside(file)
            return cls(_connected(file), file, rebuilt=True)

    @classmethod
    def read_only(cls, out: Path) -> Ledger:
        """The ledger of *out* for looking, also where nothing can be written or a run is under way.

        Raises `StoreError` when there is none that can be read.
        """
        file = out / LEDGER
        for mode in ("mode=ro", "immutable=1"):  # the latter where no shared memory can be made beside it
            with contextlib.suppress(sqlite3.Error):
                connection = sqlite3.connect(f"{file.absolute().as_uri()}?{mode}", uri=True, isolation_level=None)
                ledger = cls(connection, file)
                ledger.entries()
                return ledger
        raise StoreError(
            f"There is no ledger that can be read in {out}. Make it with: kehoach run DIRECTORY --out {out}"
        )

    def __enter__(self) -> Ledger:
        return self

    def __exit__(self, *_: object) -> None:
        with contextlib.suppress(sqlite3.Error):
            self._connection.close()

    def entries(self) -> dict[str, Entry]:
        """All inputs by path."""
        rows = self._connection.execute(f"SELECT {', '.join(COLUMNS)} FROM inputs ORDER BY path")
        return {row[0]: Entry(*row) for row in rows}

    def record(self, entries: Iterable[Entry]) -> None:
        """Put *entries* in the place of what was known of the same paths, all of them or none."""
        marks = ", ".join("?" for _ in COLUMNS)
        rows = [tuple(getattr(entry, column) for column in COLUMNS) for entry in entries]
        with self._writing() as connection:
            connection.executemany(f"INSERT OR REPLACE INTO inputs VALUES ({marks})", rows)

    def forget(self, paths: Iterable[str]) -> None:
        """Remove what is known of *paths*."""
        with self._writing() as connection:
            connection.executemany("DELETE FROM inputs WHERE path = ?", [(path,) for path in paths])

    def facts(self) -> dict[str, str]:
        """What is known of the last run: its directory, rules, begin and end."""
        return dict(self._connection.execute("SELECT name, value FROM facts ORDER BY name"))

    def note(self, facts: Mapping[str, str]) -> None:
        """Put *facts* in the place of those of the same names."""
        with self._writing() as connection:
            connection.executemany("INSERT OR REPLACE INTO facts VALUES (?, ?)", [*facts.items()])

    def copy_to(self, file: Path) -> None:
        """Write all that it holds to a new *file*, as one whole without a log beside it."""
        with _told(file):
            self._connection.execute("VACUUM INTO ?", (str(file),))

    @contextlib.contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        with _told(self._file):
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield self._connection
                self._connection.execute("COMMIT")
            except BaseException:
                with contextlib.suppress(sqlite3.Error):
                    self._connection.execute("ROLLBACK")
                raise


def now() -> str:
    """This moment, as the ledger writes it."""
    return datetime.now(UTC).isoformat(timespec="seconds")


def _connected(file: Path) -> sqlite3.Connection:
    """A connection to a ledger that is whole; raises `DamagedLedgerError` when it is not, `StoreError` by the disk."""
    with _told(file):
        connection = sqlite3.connect(file, isolation_level=None, timeout=30)
        try:
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute("PRAGMA synchronous = FULL")
            _check(connection)
            for table in TABLES:
                connection.execute(table)
            connection.execute(f"PRAGMA user_version = {FORM}")
            connection.execute(f"SELECT {', '.join(COLUMNS)} FROM inputs LIMIT 1")
        except BaseException:
            connection.close()
            raise
        return connection


def _check(connection: sqlite3.Connection) -> None:
    form = connection.execute("PRAGMA user_version").fetchone()[0]
    known = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
    if known and form != FORM:
        raise DamagedLedgerError(f"a ledger of form {form}")
    if connection.execute("PRAGMA quick_check(1)").fetchone()[0] != "ok":
        raise DamagedLedgerError("a damaged ledger")


@contextlib.contextmanager
def _told(file: Path) -> Iterator[None]:
    """What SQLite says as one of our errors."""
    try:
        yield
    except (sqlite3.Error, OSError) as error:
        name = getattr(error, "sqlite_errorname", "")
        if isinstance(error, sqlite3.Error) and not name.startswith(_DISK):
            raise DamagedLedgerError(f"{file}: {error}. Remove it and run again; the documents stay.") from error
        raise StoreError(
            f"Cannot write {file}: {error}. Free space and see that the directory can be written, then run again."
        ) from error


def _put_aside(file: Path) -> None:
    for suffix in ("-wal", "-shm"):
        file.with_name(file.name + suffix).unlink(missing_ok=True)
    file.replace(file.with_name(file.name + ".damaged"))


COLUMNS = tuple(field.name for field in fields(Entry))
TYPES: dict[str, Any] = {"int": "INTEGER", "float": "REAL"}
TABLES = (
    "CREATE TABLE IF NOT EXISTS inputs ("
    + ", ".join(
        f"{field.name} {TYPES.get(str(field.type), 'TEXT')}" + (" PRIMARY KEY" if field.name == "path" else "")
        for field in fields(Entry)
    )
    + ") WITHOUT ROWID",
    "CREATE TABLE IF NOT EXISTS facts (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID",
)
_DISK = (
    "SQLITE_FULL",
    "SQLITE_IOERR",
    "SQLITE_READONLY",
    "SQLITE_CANTOPEN",
    "SQLITE_BUSY",
    "SQLITE_LOCKED",
    "SQLITE_PERM",
)
