"""What a results directory holds and what became of its inputs: `status_of(Path("output"))`, for `kehoach status`.

The ledger says what the last run left; beside it stands what has changed since in the directory that it read, if that
is still there. Nothing is read but stamps, except for files whose stamp is another.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from rich.console import RenderableType
from rich.markup import escape
from rich.table import Table

from pipeline.errors import KehoachError
from pipeline.runs.inputs import Inputs
from pipeline.runs.ledger import DONE, PENDING, QUARANTINED, Entry, Ledger
from pipeline.runs.lock import holder
from pipeline.runs.made_by import MadeBy
from pipeline.runs.outputs import Output, inputs_at, output_at
from pipeline.runs.todo import IN_WORDS, sort_out

SHOWN = 5
LISTED = 20


@dataclass(slots=True)
class Status:
    """The state of a results directory.

    `waiting` counts by reason what the next run over the same directory would do, None when that directory is not
    there; `running` names the process of a run under way.
    """

    entries: list[Entry]
    facts: dict[str, str]
    running: str | None = None
    waiting: Counter[str] | None = None
    deleted: list[str] = field(default_factory=list)
    rules_now: dict[str, str] = field(default_factory=dict)

    def of(self, state: str) -> list[Entry]:
        """The entries in *state*."""
        return [entry for entry in self.entries if entry.state == state]

    @property
    def causes(self) -> Counter[str]:
        """How many inputs are quarantined for which cause."""
        return Counter(entry.cause or "" for entry in self.of(QUARANTINED))

    @property
    def versions(self) -> Counter[str]:
        """How many documents which rules and options have made."""
        return Counter(entry.made_by for entry in self.of(DONE))

    def slowest(self) -> list[Entry]:
        """The inputs that took longest."""
        return sorted(self.entries, key=lambda entry: (-entry.seconds, entry.path))[:SHOWN]

    def largest(self) -> list[Entry]:
        """The inputs that took most memory."""
        return sorted(self.entries, key=lambda entry: (-entry.peak_mb, entry.path))[:SHOWN]


def status_of(out: Path | str | Output) -> Status:
    """The state of the results in *out*; raises `StoreError` when there is no ledger of them."""
    output = output_at(out)
    output.fetch_ledger()
    with Ledger.read_only(output.state) as ledger:
        entries, facts = ledger.entries(), ledger.facts()
    made_by = MadeBy.of(words="words=True" in facts.get("options", ""))
    status = Status([*entries.values()], facts, holder(output.state), rules_now=made_by.told())
    if (inputs := _inputs(facts.get("root", ""))) is not None:
        todo = sort_out(inputs, entries, output, made_by)
        status.waiting = todo.reasons
        status.deleted = [entry.path for entry in todo.deleted]
    return status


def as_json(status: Status) -> dict[str, Any]:
    """The same for programs."""
    return {
        "states": {state: len(status.of(state)) for state in (DONE, QUARANTINED, PENDING)},
        "causes": dict(status.causes.most_common()),
        "quarantined": [
            {"path": entry.path, "cause": entry.cause, "message": entry.message, "attempts": entry.attempts}
            for entry in status.of(QUARANTINED)
        ],
        "slowest": [{"path": entry.path, "seconds": entry.seconds} for entry in status.slowest()],
        "largest": [{"path": entry.path, "peak_mb": entry.peak_mb} for entry in status.largest()],
        "made_by": dict(status.versions.most_common()),
        "last_run": status.facts,
        "rules_now": status.rules_now,
        "running": status.running,
        "waiting": None if status.waiting is None else dict(status.waiting),
        "deleted": status.deleted,
    }


def render(status: Status, out: Path | str) -> Iterator[RenderableType]:
    """The same for a person."""
    counts = {state: len(status.of(state)) for state in (DONE, QUARANTINED, PENDING)}
    pending = f", [yellow]{counts[PENDING]:,} pending[/]" if counts[PENDING] else ""
    yield f"[bold]{counts[DONE]:,}[/] done, [bold]{counts[QUARANTINED]:,}[/] quarantined{pending}"
    yield _last_run(status)
    if status.running:
        yield f"[yellow]A run is under way[/] ({escape(status.running)})"
    yield from _since(status, out)
    if status.causes:
        yield _table(("cause", "inputs"), [(cause, f"{count:,}") for cause, count in status.causes.most_common()])
        yield _table(
            ("quarantined", "attempts", "why"),
            [(entry.path, str(entry.attempts), entry.message or "") for entry in status.of(QUARANTINED)[:LISTED]],
        )
    if len(status.of(QUARANTINED)) > LISTED:
        yield f"… and {len(status.of(QUARANTINED)) - LISTED} more: kehoach status {escape(str(out))} --json"
    yield _table(("slowest", "seconds"), [(entry.path, f"{entry.seconds:.2f}") for entry in status.slowest()])
    yield _table(("most memory", "MB"), [(entry.path, f"{entry.peak_mb:,.0f}") for entry in status.largest()])


def _last_run(status: Status) -> str:
    facts = status.facts
    ended = f", ended {facts['ended']}" if facts.get("ended") else ", [yellow]not ended[/]"
    root = escape(facts.get("root", "?"))
    same = "the rules of today" if facts.get("rules") == status.rules_now["rules"] else "other rules than today's"
    return f"Last run: {root}, begun {facts.get('begun', '?')}{ended}, by {same} ({facts.get('rules', '?')})"


def _since(status: Status, out: Path | str) -> Iterator[str]:
    root = escape(status.facts.get("root", ""))
    if status.waiting is None:
        yield f"The directory that it read is not there: {root}"
    elif status.waiting:
        told = ", ".join(f"{count:,} {IN_WORDS[reason]}" for reason, count in status.waiting.most_common())
        yield f"To do: {told}. Next: kehoach run {root} --out {escape(str(out))}"
    else:
        yield "Nothing to do: every input is as it was read."
    if status.deleted:
        shown = ", ".join(map(escape, status.deleted[:SHOWN]))
        more = f" and {len(status.deleted) - SHOWN} more" if len(status.deleted) > SHOWN else ""
        yield f"[yellow]Gone[/], their documents still there: {shown}{more}. kehoach run --prune removes them."


def _table(heads: tuple[str, ...], rows: list[tuple[str, ...]]) -> Table:
    table = Table(box=None, pad_edge=False)
    for place, head in enumerate(heads):
        table.add_column(head, justify="right" if place and head != "why" else "left", overflow="fold")
    for row in rows:
        table.add_row(*map(escape, row))
    return table


def _inputs(root: str) -> Inputs | None:
    try:
        return inputs_at(root) if root else None
    except KehoachError:
        return None
