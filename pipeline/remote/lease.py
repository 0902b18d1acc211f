"""One run at a time on a URL: an object that names its holder, and that its holder writes anew while it lives.

    with Lease.taken(filesystem, "plans/output/run.lock", shown=url, state=state): ...

No clock is compared, since machines disagree about the time. Who finds an object waits whether it changes: a holder
writes it every `RENEWED` seconds, so one that stays the same for `PATIENCE` seconds belongs to a dead run and is taken
over. This machine's own dead runs are told by their state directory, whose lock fell with them; those need no waiting.

What it promises is less than a lock: stores without conditional writes let two runs that begin within the same second
both write it (the last one wins, the other finds that out when it looks again and stops), and a holder that cannot
reach the store for longer than `PATIENCE` is taken for dead. Two runs at once can do no more harm than work done
twice: documents are whole objects, and those of other rules or inputs are told by their hashes at the next run.
"""

from __future__ import annotations

import contextlib
import os
import platform
import threading
import time
import uuid
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import orjson

from pipeline.remote.urls import told
from pipeline.runs.lock import BusyError
from pipeline.store import StoreError

if TYPE_CHECKING:
    from fsspec import AbstractFileSystem

RENEWED = 20.0
PATIENCE = 70.0
SETTLED = 2.0  # in which another one that took over at the same time would show


@dataclass
class Lease:
    """A held lease; a context manager that renews it, and gives it up at the end."""

    filesystem: AbstractFileSystem
    path: str
    shown: str
    state: Path
    token: str = field(default_factory=lambda: uuid.uuid4().hex)
    _beat: int = 0
    _lost: str = ""
    _over: threading.Event = field(default_factory=threading.Event)

    @classmethod
    def taken(cls, filesystem: AbstractFileSystem, path: str, *, shown: str, state: Path) -> Lease:
        """Take it; raises `BusyError` when a living run holds it, `StoreError` when the store refuses."""
        lease = cls(filesystem, path, shown, state)
        with told("lock", shown):
            if not lease._created():
                lease._take_over()
        return lease

    def __enter__(self) -> Lease:
        threading.Thread(target=self._renew, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        with contextlib.suppress(Exception):  # what is left is taken over by the next run
            if self._found().get("token") == self.token:
                self.filesystem.rm_file(self.path)

    def assure(self) -> None:
        """Raises `BusyError` when another run has taken it."""
        if self._lost:
            raise BusyError(
                f"Another run ({self._lost}) has begun to write to {self.shown}, since this one could not be seen for"
                f" {PATIENCE:.0f} seconds. Let that one end, then run again."
            )

    def _created(self) -> bool:
        try:
            self.filesystem.pipe_file(self.path, self._content(), mode="create")
        except FileExistsError:
            return False
        except NotImplementedError:  # a store that knows no conditional writes
            if self._found():
                return False
            self._write()
        return self._settled()

    def _take_over(self) -> None:
        """Write over the object of a dead run; raises `BusyError` when its holder lives."""
        first = self._found()
        if first and first.get("state") != self._state():
            until = time.monotonic() + PATIENCE
            while time.monotonic() < until:
                time.sleep(min(1.0, PATIENCE / 10))
                if (now := self._found()) != first:
                    if not now:
                        break
                    raise self._busy(now)
        self._write()
        if not self._settled():
            raise self._busy(self._found())

    def _settled(self) -> bool:
        """Whether it is still ours after a moment."""
        time.sleep(SETTLED)
        return self._found().get("token") == self.token

    def _renew(self) -> None:
        while not self._over.wait(RENEWED):
            with contextlib.suppress(Exception):  # the store may be out of reach for a while
                found = self._found()
                if found and found.get("token") != self.token:
                    self._lost = str(found.get("who", "unknown"))
                    return
                self._write()

    def _write(self) -> None:
        self._beat += 1
        self.filesystem.pipe_file(self.path, self._content())

    def _content(self) -> bytes:
        who = f"process {os.getpid()} on {platform.node()}"
        return orjson.dumps({"token": self.token, "who": who, "state": self._state(), "beat": self._beat})

    def _state(self) -> str:
        """What tells this machine's state directory from all others."""
        file = self.state / "state-id"
        try:
            if not file.exists():
                file.write_text(uuid.uuid4().hex, encoding="ascii")
            return file.read_text(encoding="ascii")
        except OSError as error:
            raise StoreError(f"Cannot write {file}: {error.strerror or error}. Set KEHOACH_STATE elsewhere.") from error

    def _found(self) -> dict[str, Any]:
        """What stands there, nothing when there is none."""
        try:
            found = orjson.loads(self.filesystem.cat_file(self.path))
            return found if isinstance(found, dict) else {}
        except FileNotFoundError:
            return {}
        except ValueError:
            return {"token": "", "who": "unknown"}

    def _busy(self, found: dict[str, Any]) -> BusyError:
        return BusyError(
            f"Another run ({found.get('who', 'unknown')}) is writing to {self.shown}. Wait until it ends, stop it, or"
            " choose another --out."
        )
