"""What a run did, for the terminal, for `run.json` and for Prefect's artifacts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from pipeline.runs.ledger import Entry
from pipeline.workers.batch import COUNTED, Outcome


@dataclass(slots=True)
class RunReport:
    """Totals over all inputs of a run; keeps no more of a document than its quarantine, if any.

    Grows by `add` with what the run has read, and by `keep` with what it could leave as it was: the totals are the same
    in both ways. `input` is the directory that was read, as it is reached from the results, so that both may move
    together; `read` and `read_bytes` are the run's own, `deleted` are inputs that are gone, `pruned` those of them
    whose documents went too, `made_by` is which rules and options made the documents.
    """

    out: str
    input: str = ""
    documents: int = 0
    bytes: int = 0
    records: Counter[str] = field(default_factory=Counter)
    quarantined: list[Outcome] = field(default_factory=list)
    ignored: dict[str, int] = field(default_factory=dict)
    seconds: float = 0.0
    read: int = 0
    read_bytes: int = 0
    unchanged: int = 0
    reasons: Counter[str] = field(default_factory=Counter)
    deleted: list[str] = field(default_factory=list)
    pruned: int = 0
    made_by: dict[str, str] = field(default_factory=dict)

    def add(self, outcomes: Iterable[Outcome]) -> None:
        """Count *outcomes* in."""
        for outcome in outcomes:
            if outcome.cause is None:
                self.documents += 1
                self.read += 1
                self.bytes += outcome.size
                self.read_bytes += outcome.size
                self.records.update(outcome.counts)
            else:
                self.quarantined.append(outcome)

    def keep(self, entries: Iterable[Entry]) -> None:
        """Count in the documents of *entries*, which are as an earlier run left them."""
        for entry in entries:
            self.documents += 1
            self.unchanged += 1
            self.bytes += entry.size
            self.records.update(entry.records)

    @property
    def megabytes_per_second(self) -> float:
        """Input text read, in MB (10^6 bytes) a second of extraction, start-up not counted."""
        return self.read_bytes / 1e6 / self.seconds if self.seconds else 0.0

    def as_json(self) -> dict[str, object]:
        """The content of `run.json`."""
        return {
            "input": self.input,
            "documents": self.documents,
            "bytes": self.bytes,
            "records": {kind: self.records[kind] for kind in COUNTED},
            "quarantined": [
                {"path": outcome.name, "cause": outcome.cause, "message": outcome.message}
                for outcome in sorted(self.quarantined, key=lambda outcome: outcome.name)
            ],
            "ignored": self.ignored,
            "made_by": self.made_by,
            "seconds": round(self.seconds, 3),
            "megabytes_per_second": round(self.megabytes_per_second, 3),
        }

    def as_markdown(self) -> str:
        """The summary artifact of the Prefect run."""
        lines = [
            f"**{self.documents}** documents read, **{len(self.quarantined)}** quarantined,"
            f" {self.megabytes_per_second:.2f} MB/s.",
            "",
            "| records | count |",
            "|---|---|",
            *(f"| {kind} | {self.records[kind]} |" for kind in COUNTED),
        ]
        return "\n".join(lines)
