"""A run beneath its orchestration: lock, ledger, what to do, the work, the report.

    with Run(inputs, out) as run:
        for batch in run.batches():
            for outcome in run.read(batch): ...
        run.write_report()

The order in which things come to the disk makes a run that is killed anywhere harmless: first the ledger says that an
input is pending, then its document is written whole, then the ledger says that it is done. Whatever is not said to be
done is done again.
"""

from __future__ import annotations

import contextlib
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import orjson

from pipeline.errors import KehoachError
from pipeline.file_names import printable
from pipeline.runs.inputs import Input, Inputs
from pipeline.runs.ledger import DONE, PENDING, QUARANTINED, Entry, Ledger, now
from pipeline.runs.made_by import MadeBy
from pipeline.runs.outputs import Output, output_at
from pipeline.runs.rebuild import entries_of_documents
from pipeline.runs.report import RunReport
from pipeline.runs.todo import Choice, Todo, sort_out
from pipeline.workers.batch import Outcome
from pipeline.workers.pool import Pool, WorkerPool

MAX_BATCHES = 32
BATCH_BYTES = 8_000_000
FLUSH_COUNT, FLUSH_SECONDS = 64, 1.0


class Run:
    """One run over *inputs* into *out*; a context manager that holds the lock, the ledger and the workers.

    *choice* is what is done: what is needed, all, or only what failed; with *prune* the documents of deleted inputs go.
    The work is done by *pool*, by default one of *workers* processes.
    Entering raises `BusyError` when another run is at work there, `StoreError` when nothing can be written.
    """

    def __init__(
        self,
        inputs: Inputs,
        out: Path | Output,
        *,
        workers: int | None = None,
        words: bool = False,
        choice: Choice = "needed",
        prune: bool = False,
        pool: Pool | None = None,
    ) -> None:
        self.inputs = inputs
        self.out = output_at(out)
        self.choice = choice
        self.prune = prune
        self.made_by = MadeBy.of(words=words)
        self.report = RunReport(
            out=str(self.out), input=self.out.way_to(inputs.root), ignored=inputs.ignored, made_by=self.made_by.told()
        )
        self.todo = Todo()
        self._open = contextlib.ExitStack()
        self._pool = pool or WorkerPool(self.out, workers=workers, words=words)
        self._entries: dict[str, Entry] = {}
        self._unsaved: list[Entry] = []
        self._saved_at = 0.0

    def __enter__(self) -> Run:
        with contextlib.ExitStack() as stack:
            stack.enter_context(self.out.run_lock())
            self._clear()
            self.out.fetch_ledger()
            self._ledger = stack.enter_context(Ledger.open(self.out.state))
            stack.callback(self._clear)
            stack.enter_context(self._pool)
            self._begin()
            self._open = stack.pop_all()
        return self

    def __exit__(self, *_: object) -> None:
        self._open.close()

    def batches(self) -> Iterator[list[Input]]:
        """The inputs to be read, in at most `MAX_BATCHES` batches of similar size."""
        return batches_of(self.todo.work)

    def read(self, batch: Sequence[Input]) -> Iterator[Outcome]:
        """Do *batch*; the outcomes come as they are done. Raises `StoreError` when results cannot be written."""
        items = {printable(item.name): item for item in batch}
        begun = time.perf_counter()
        try:
            for outcome in self._pool.outcomes(batch):
                self._keep(items[outcome.name], outcome)
                yield outcome
        except BaseException:
            with contextlib.suppress(KehoachError):
                self._save()
            raise
        finally:
            self.report.seconds += time.perf_counter() - begun
        self._save()

    def write_report(self) -> RunReport:
        """Write `run.json` and tell the ledger that the run has ended."""
        self.out.write_report(orjson.dumps(self.report.as_json(), option=orjson.OPT_INDENT_2))
        self._ledger.note({"ended": now()})
        self.out.keep_ledger(self._ledger.copy_to)
        return self.report

    def _begin(self) -> None:
        """Find out what to do, and say in the ledger that it is not done yet."""
        if self._ledger.rebuilt:
            self._ledger.record(entries_of_documents(self.inputs, self.out, self.made_by))
        self._entries = self._ledger.entries()
        self.todo = sort_out(self.inputs, self._entries, self.out, self.made_by, self.choice)
        self._ledger.note({"root": self.inputs.root, "begun": now(), "ended": "", **self.made_by.told()})
        self._ledger.record([*self.todo.touched, *(self._pending(item) for item in self.todo.work)])
        for name in self.todo.misplaced:
            self.out.remove(name)
        if self.choice == "failed":  # what it leaves alone may have been made by other rules
            self.report.made_by = {}
        self.report.reasons.update(self.todo.reasons)
        self.report.keep(self.todo.unchanged)
        self._prune()

    def _prune(self) -> None:
        gone = self.todo.deleted
        if self.prune:
            for entry in gone:
                if entry.result and entry.result not in {printable(item.result) for item in self.inputs.files}:
                    self.out.remove(entry.result)
            self._ledger.forget([entry.path for entry in gone])
            self.report.pruned = len(gone)
        else:
            self.report.deleted = [entry.path for entry in gone]

    def _pending(self, item: Input) -> Entry:
        known = self._entries.get(printable(item.name)) or Entry(printable(item.name))
        entry = replace(known, root=self.inputs.root, state=PENDING, cause=None, message=None, made_by="")
        self._entries[entry.path] = entry
        return entry

    def _keep(self, item: Input, outcome: Outcome) -> None:
        """Take down what became of *item*; what failed leaves no document, however it failed."""
        if outcome.cause is not None:
            self.out.remove(item.result)
        self.report.add([outcome])
        self._unsaved.append(self._entry(item, outcome))
        if len(self._unsaved) >= FLUSH_COUNT or time.monotonic() - self._saved_at > FLUSH_SECONDS:
            self._save()

    def _entry(self, item: Input, outcome: Outcome) -> Entry:
        known = self._entries[outcome.name]
        same = known.sha256 == outcome.sha256 and known.attempts
        return Entry(
            path=outcome.name,
            root=self.inputs.root,
            size=outcome.size,
            stamp=outcome.stamp,
            sha256=outcome.sha256,
            state=DONE if outcome.cause is None else QUARANTINED,
            cause=outcome.cause,
            message=outcome.message,
            attempts=outcome.attempts + (known.attempts if same else 0),
            seconds=outcome.seconds,
            peak_mb=outcome.peak_mb,
            counts=orjson.dumps(outcome.counts).decode(),
            result=printable(item.result),
            result_stamp=outcome.result_stamp,
            result_sha256=outcome.result_sha256,
            made_by=self.made_by(item),
            at=now(),
        )

    def _clear(self) -> None:
        """Remove what killed workers, of an earlier run or of this one, have left half-written."""
        self.out.clear()

    def _save(self) -> None:
        self.out.assure()
        if self._unsaved:
            self._ledger.record(self._unsaved)
        self._unsaved = []
        self._saved_at = time.monotonic()


def check_writable(out: Path | Output) -> None:
    """Make the place of results; raises `StoreError` when nothing can be written there."""
    output_at(out).check()


def batches_of(files: Sequence[Input]) -> Iterator[list[Input]]:
    """At most `MAX_BATCHES` batches of similar size, so that progress and retries stay fine-grained on large runs."""
    total = sum(item.size for item in files)
    wanted = max(1, min(MAX_BATCHES, total // BATCH_BYTES))
    batch: list[Input] = []
    size = 0
    for item in files:
        batch.append(item)
        size += item.size
        if size >= total / wanted:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch
