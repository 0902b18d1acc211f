"""What runs in a process of the pool: `serve` does one input after another and tells the run of each.

It must not outlive the run, since another one may begin: it holds a shared lock on the results as long as it lives, and
ends at once when nobody is at the other end of its connection, also in the middle of an input.
"""

from __future__ import annotations

import contextlib
import os
import select
import signal
from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing.connection import Connection
from threading import Thread
from typing import TYPE_CHECKING

from pipeline.readers import Readers
from pipeline.runs.outputs import Output
from pipeline.workers.garbage import collect_seldom
from pipeline.workers.isolation import bound_memory
from pipeline.workers.limits import Limits

if TYPE_CHECKING:
    from pipeline.workers.batch import Outcome


class Alive:
    """The sign that a worker has started up, or has come on within a long document."""


@dataclass(frozen=True, slots=True)
class Job:
    """What a worker does: `work` with each input, into `out`; `jobs` scanned pages at once."""

    work: Callable[..., Outcome]
    out: Output
    words: bool
    jobs: int
    limits: Limits


def serve(connection: Connection, job: Job) -> None:
    """Do the inputs that come through *connection*, until None comes or nobody is there any more."""
    collect_seldom()
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches the workers too; the run ends them
    Thread(target=_end_with, args=(connection.fileno(),), daemon=True).start()
    with job.out.worker_lock(), contextlib.suppress(EOFError, OSError):
        bound_memory(job.limits.document_mb)
        connection.send(Alive())
        readers = Readers(jobs=job.jobs, limits=job.limits, recognised=lambda *_: connection.send(Alive()))
        with readers:
            while (chunk := connection.recv()) is not None:
                for item in chunk:
                    connection.send(_done(job, item, readers))
        connection.close()


def _done(job: Job, item: object, readers: Readers) -> Outcome | Exception:
    """What became of *item*; an error here means that the results cannot be written, which ends the run."""
    try:
        return job.work(item, job.out, words=job.words, readers=readers)
    except Exception as error:
        return error


def _end_with(descriptor: int) -> None:
    """End this process when the other end of *descriptor* is closed, whatever it is doing."""
    hangs_up = select.poll()
    hangs_up.register(descriptor, 0)  # hanging up is always reported
    hangs_up.poll()
    os._exit(1)
