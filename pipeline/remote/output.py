"""Results behind a URL: `ObjectOutput.at("s3://plans/output")`, each document one object.

Putting an object is atomic in the stores named here: who reads sees the former one or the new one, whole. Where a file
is written piece by piece (sftp, ftp, smb) that cannot be promised, so such a place is refused; mount it, or write to
a directory and copy it.

The ledger is a file of the machine that conducts the run, below `$KEHOACH_STATE` (else the user's state directory). A
copy of it is left with the results at the end of a run, so that another machine knows what was done; whichever machine
was last to leave one is believed. Stamps and hashes in it are held against what stands there, so an old ledger costs
work and no document.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from pipeline.errors import UsageError
from pipeline.remote.inputs import safe
from pipeline.remote.lease import Lease
from pipeline.remote.urls import checked, opened, stamp_of_info, told
from pipeline.runs.ledger import LEDGER
from pipeline.runs.lock import run_lock
from pipeline.runs.outputs import Kept
from pipeline.store import DOCUMENTS, RUN_REPORT, StoreError, what_to_do

LEASE = "run.lock"
SEEN = "ledger.seen"  # the stamp of the copy that this machine has left or fetched
LONGEST_KEY = 1000  # bytes; S3 allows 1,024
SECOND = 1_000_000_000


@dataclass(frozen=True, slots=True)
class ObjectOutput:
    """The results below `url`; it may be sent to other processes and machines, each of which opens its own."""

    url: str

    @classmethod
    def at(cls, url: str) -> ObjectOutput:
        """The output at *url*; raises `UsageError` when no results can be written there."""
        url = checked(url)
        scheme = urlsplit(url).scheme
        if scheme not in WHOLE:
            known = ", ".join(f"{each}://" for each in WHOLE)
            raise UsageError(
                f"Results cannot be written whole to {scheme}://. Give --out as a directory or one of {known}."
            )
        opened(url)
        return cls(url)

    def __str__(self) -> str:
        return self.url

    @property
    def state(self) -> Path:
        return state_directory() / hashlib.sha256(self.url.encode()).hexdigest()[:16]

    def check(self) -> None:
        try:
            self.state.mkdir(parents=True, exist_ok=True)
            (self.state / "url").write_text(self.url + "\n", encoding="utf-8")
        except OSError as error:
            raise StoreError(
                f"Cannot write to {self.state}: {error.strerror}. Set KEHOACH_STATE to a directory for ledgers."
            ) from error
        with told("write to", self.url):
            self._put(".kehoach.part", b"")
            self._remove(".kehoach.part")

    @contextlib.contextmanager
    def run_lock(self) -> Iterator[None]:
        """This machine's lock first: it tells at once, and falls with its process."""
        with run_lock(self.state):
            lease = Lease.taken(*opened(f"{self.url}/{LEASE}"), shown=self.url, state=self.state)
            with lease:
                _LEASES[self.url] = lease
                try:
                    yield
                finally:
                    del _LEASES[self.url]

    def worker_lock(self) -> AbstractContextManager[None]:
        """Workers may be anywhere; what a late one still writes is whole and is told by its hash."""
        return contextlib.nullcontext()

    def assure(self) -> None:
        if lease := _LEASES.get(self.url):
            lease.assure()

    def fetch_ledger(self) -> None:
        stamp = self._stamp(LEDGER)
        if not stamp or stamp == self._seen():
            return
        with told("read", f"{self.url}/{LEDGER}"), contextlib.suppress(FileNotFoundError):
            content = self._get(LEDGER)
            for suffix in ("-wal", "-shm"):
                (self.state / (LEDGER + suffix)).unlink(missing_ok=True)
            part = self.state / f".{LEDGER}.part"
            part.write_bytes(content)
            part.replace(self.state / LEDGER)
            self._note_seen(stamp)

    def keep_ledger(self, copy: Callable[[Path], None]) -> None:
        part = self.state / f".{LEDGER}.part"
        with _on_this_machine(part):
            part.unlink(missing_ok=True)
            copy(part)
            content = part.read_bytes()
            part.unlink()
        with told("write", f"{self.url}/{LEDGER}"):
            self._put(LEDGER, content)
        self._note_seen(self._stamp(LEDGER))

    def clear(self) -> None:
        """Nothing is ever half-written; parts of an upload that was cut off are the bucket's rule to clear."""

    def fits(self, name: str) -> bool:
        return len(f"{self._path}/{DOCUMENTS}/{name}".encode(errors="replace")) <= LONGEST_KEY

    def write(self, name: str, content: bytes) -> str:
        with told("write", f"{self.url}/{DOCUMENTS}/{name}"):
            self._put(f"{DOCUMENTS}/{name}", content)
        return self._stamp(f"{DOCUMENTS}/{name}")

    def read(self, name: str) -> bytes:
        try:
            with told("read", f"{self.url}/{DOCUMENTS}/{name}"):
                return self._get(f"{DOCUMENTS}/{name}")
        except FileNotFoundError as error:
            raise StoreError(f"There is no {self.url}/{DOCUMENTS}/{name}.") from error

    def remove(self, name: str) -> None:
        with told("remove", f"{self.url}/{DOCUMENTS}/{name}"):
            self._remove(f"{DOCUMENTS}/{name}")

    def sha256(self, name: str) -> str:
        with contextlib.suppress(StoreError):
            return hashlib.sha256(self.read(name)).hexdigest()
        return ""

    def stamps(self) -> Callable[[str], str]:
        """From one listing, a thousand names a request, rather than a request for each."""
        listed = {kept.name: kept.stamp for kept in self.documents()}
        return lambda name: listed.get(name, "")

    def documents(self) -> Iterator[Kept]:
        filesystem, root = opened(f"{self.url}/{DOCUMENTS}")
        with told("list", self.url), contextlib.suppress(FileNotFoundError):
            filesystem.invalidate_cache()
            found: dict[str, dict[str, Any]] = filesystem.find(root, detail=True)
            for path, info in found.items():
                name = str(path)[len(root) :].removeprefix("/")
                if name.endswith(".json") and safe(name):
                    yield Kept(name, stamp_of_info(info), _written(info))

    def way_to(self, root: str) -> str:  # nobody looks at the results there
        return ""

    def write_report(self, content: bytes) -> None:
        with told("write", f"{self.url}/{RUN_REPORT}"):
            self._put(RUN_REPORT, content)

    def report(self) -> tuple[bytes, int] | None:
        filesystem, root = opened(self.url)
        try:
            with told("read", f"{self.url}/{RUN_REPORT}"):
                # Times of objects are whole seconds: a document of the same second may be newer.
                return self._get(RUN_REPORT), _written(filesystem.info(f"{root}/{RUN_REPORT}")) - SECOND
        except FileNotFoundError:
            return None

    @property
    def _path(self) -> str:
        return opened(self.url)[1]

    def _put(self, name: str, content: bytes) -> None:
        filesystem, root = opened(self.url)
        filesystem.pipe_file(f"{root}/{name}", content)

    def _get(self, name: str) -> bytes:
        filesystem, root = opened(self.url)
        return bytes(filesystem.cat_file(f"{root}/{name}"))

    def _remove(self, name: str) -> None:
        filesystem, root = opened(self.url)
        with contextlib.suppress(FileNotFoundError):
            filesystem.rm_file(f"{root}/{name}")

    def _stamp(self, name: str) -> str:
        filesystem, root = opened(self.url)
        with told("look at", f"{self.url}/{name}"), contextlib.suppress(FileNotFoundError):
            return stamp_of_info(filesystem.info(f"{root}/{name}"))
        return ""

    def _seen(self) -> str:
        with contextlib.suppress(OSError):
            return (self.state / SEEN).read_text(encoding="utf-8") if (self.state / LEDGER).exists() else ""
        return ""

    def _note_seen(self, stamp: str) -> None:
        with _on_this_machine(self.state / SEEN):
            (self.state / SEEN).write_text(stamp, encoding="utf-8")


def state_directory() -> Path:
    """Where ledgers of results behind URLs are: `$KEHOACH_STATE`, else the user's state directory."""
    if given := os.environ.get("KEHOACH_STATE"):
        return Path(given)
    home = os.environ.get("XDG_STATE_HOME")
    return (Path(home) if home else Path.home() / ".local" / "state") / "kehoach"


@contextlib.contextmanager
def _on_this_machine(file: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise StoreError(f"Cannot write {file}: {error.strerror or error}. {what_to_do(error)}") from error


def _written(info: dict[str, Any]) -> int:
    """When an object was written, in nanoseconds; far in the future where that is not told, which trusts nothing."""
    when = next(
        (info[key] for key in ("LastModified", "last_modified", "mtime", "created", "updated") if info.get(key)), None
    )
    if isinstance(when, datetime):
        return int(when.timestamp()) * SECOND + when.microsecond * 1000
    return int(when * SECOND) if isinstance(when, int | float) else 1 << 62


WHOLE = ("s3", "s3a", "gs", "gcs", "az", "abfs", "abfss", "oci")
_LEASES: dict[str, Lease] = {}  # held by runs of this process
