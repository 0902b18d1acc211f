"""Which inputs need work: `sort_out(inputs, entries, out, made_by)` holds a directory against the ledger.

An input is left alone only when its bytes, the rules and its document are all those of the ledger. Bytes are known by
the stamp of their file, and by their hash where the stamp is another (a copied directory, a file saved without change).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Literal, NamedTuple

from pipeline.errors import UsageError
from pipeline.file_names import printable
from pipeline.remote.urls import is_url
from pipeline.runs.inputs import Input, Inputs, sha256_of
from pipeline.runs.ledger import DONE, QUARANTINED, Entry
from pipeline.runs.outputs import Output

Choice = Literal["needed", "all", "failed"]
Reason = Literal["new", "changed", "failed", "unfinished", "other rules", "result gone", "forced"]


@dataclass(slots=True)
class Todo:
    """What a run shall do: `work` with the reasons counted, `unchanged` entries, those of them `touched` (same bytes,
    new stamp) to be noted, `deleted` inputs whose documents are still there, documents that are `misplaced`."""

    work: list[Input] = field(default_factory=list)
    reasons: Counter[str] = field(default_factory=Counter)
    unchanged: list[Entry] = field(default_factory=list)
    touched: list[Entry] = field(default_factory=list)
    deleted: list[Entry] = field(default_factory=list)
    misplaced: list[str] = field(default_factory=list)


class Results(NamedTuple):
    """The documents that stand in an output, with what tells their stamps, for a URL from one listing of them all."""

    output: Output
    stamp: Callable[[str], str]


def choice_of(*, force: bool, only_failed: bool) -> Choice:
    """The choice that two options make; raises `UsageError` for both."""
    if force and only_failed:
        raise UsageError("--force does everything and --only-failed little: give one of them.")
    return "all" if force else "failed" if only_failed else "needed"


def sort_out(
    inputs: Inputs,
    entries: Mapping[str, Entry],
    out: Output,
    made_by: Callable[[Input], str],
    choice: Choice = "needed",
) -> Todo:
    """What has to be done of *inputs* after what the ledger's *entries* know; nothing is changed."""
    todo = Todo()
    results = Results(out, out.stamps())
    for item in inputs.files:
        known = entries.get(printable(item.name))
        reason = "forced" if choice == "all" else _reason(item, known, results, made_by(item))
        if isinstance(reason, Entry):
            todo.unchanged.append(replace(reason, root=inputs.root))
            if todo.unchanged[-1] != known:
                todo.touched.append(todo.unchanged[-1])
        elif choice == "failed" and reason not in ("failed", "unfinished"):
            todo.unchanged += [known] if known else []
        else:
            todo.work.append(item)
            todo.reasons[reason] += 1
    todo.misplaced = _misplaced(inputs, entries, {printable(item.result) for item in inputs.files})
    todo.deleted = deleted(inputs, entries)
    return todo


def deleted(inputs: Inputs, entries: Mapping[str, Entry]) -> list[Entry]:
    """The entries whose inputs are gone: those of the same directory, or of one that is not there any more.

    Whether another URL is still there is not asked; it is taken to be.
    """
    names = {printable(item.name) for item in inputs.files}
    roots = {entry.root for entry in entries.values()}
    gone = {root: root == inputs.root or not (is_url(root) or Path(root).is_dir()) for root in roots}
    return [entry for path, entry in entries.items() if path not in names and gone[entry.root]]


def _reason(item: Input, known: Entry | None, results: Results, made_by: str) -> Reason | Entry:
    """Why *item* has to be done, or its entry when it has not."""
    if known is None:
        return "new"
    if known.state != DONE:
        return "failed" if known.state == QUARANTINED else "unfinished"
    if known.made_by != made_by or known.result != printable(item.result):
        return "other rules"
    if known.stamp != item.stamp or not item.stamp:
        if known.size != item.size or known.sha256 != sha256_of(item.file):
            return "changed"
        known = replace(known, stamp=item.stamp)
    stamp = results.stamp(item.result)
    if known.result_stamp != stamp or not stamp:
        if known.result_sha256 != results.output.sha256(item.result):
            return "result gone"
        known = replace(known, result_stamp=stamp)
    return known


def _misplaced(inputs: Inputs, entries: Mapping[str, Entry], results: set[str]) -> list[str]:
    """Documents that stand where they no longer belong: `a.txt` came to `a.md`, which now writes to `a.md.json`."""
    found = []
    for item in inputs.files:
        known = entries.get(printable(item.name))
        if known and known.result and known.result != printable(item.result) and known.result not in results:
            found.append(known.result)
    return found


IN_WORDS: dict[str, str] = {
    "new": "new",
    "changed": "changed",
    "failed": "that had failed",
    "unfinished": "unfinished",
    "other rules": "made by other rules or options",
    "result gone": "whose document was missing or altered",
    "forced": "by --force",
}
