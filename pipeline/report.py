"""What a run did, for the terminal, for `run.json` and for Prefect's artifacts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from pipeline.batch import COUNTED, Outcome


@dataclass(slots=True)
class RunReport:
    """Totals of a run; grows by `add`, keeps no more of a document than its quarantine, if any.

    `input` is the directory that was read, as it is reached from the results, so that both may move together.
    """

    out: str
    input: str = ""
    documents: int = 0
    bytes: int = 0
    records: Counter[str] = field(default_factory=Counter)
    quarantined: list[Outcome] = field(default_factory=list)
    ignored: dict[str, int] = field(default_factory=dict)
    seconds: float = 0.0

    def add(self, outcomes: Iterable[Outcome]) -> None:
        """Count *outcomes* in."""
        for outcome in outcomes:
            if outcome.cause is None:
                self.documents += 1
                self.bytes += outcome.size
                self.records.update(outcome.counts)
            else:
                self.quarantined.append(outcome)

    @property
    def megabytes_per_second(self) -> float:
        """Input text read, in MB (10^6 bytes) a second of extraction, start-up not counted."""
        return self.bytes / 1e6 / self.seconds if self.seconds else 0.0

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
