"""The differences of two runs for a person: counts of each kind, then each change with its text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

import orjson
from rich import box
from rich.console import RenderableType
from rich.padding import Padding
from rich.table import Table as Grid
from rich.text import Text

from pipeline.diff import Change, Diff

STYLES = {"+": "green", "-": "red", "~": "yellow"}
SHOWN_TEXT = 300
SHOWN_VALUE = 160


def render_diff(diff: Diff, *, kinds: Sequence[str], limit: int) -> Iterator[RenderableType]:
    """What `kehoach diff` prints; at most *limit* changes of each kind (0 for all)."""
    yield _counts(diff)
    for kind in kinds:
        changes = [change for change in diff.changes if change.kind == kind]
        if changes:
            yield Text(f"\n{kind}", style="bold")
            yield from (_change(change) for change in (changes[:limit] if limit else changes))
            if limit and len(changes) > limit:
                yield Text(f"… and {len(changes) - limit} more (--limit 0 shows all)", style="dim")


def encode_diff(diff: Diff, *, kinds: Sequence[str]) -> bytes:
    """The same as JSON: `counts` by kind and sign, `changes` with their fields."""
    changes = [
        {
            "sign": change.sign,
            "kind": change.kind,
            "document": change.document,
            "text": change.text,
            "fields": [{"field": name, "before": before, "after": after} for name, before, after in change.fields],
        }
        for change in diff.changes
        if change.kind in kinds
    ]
    counts = {kind: dict(count) for kind, count in diff.counts.items()}
    options = orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE
    return orjson.dumps({"counts": counts, "changes": changes}, option=options)


def _counts(diff: Diff) -> Grid:
    grid = Grid(box=box.SIMPLE)
    for head in ("", "gained", "lost", "changed", "same"):
        grid.add_column(head, justify="left" if not head else "right")
    for kind, count in diff.counts.items():
        grid.add_row(kind, *_cells(count))
    return grid


def _cells(count: Counter[str]) -> Iterable[Text]:
    for sign in ("+", "-", "~"):
        yield Text(str(count[sign]) if count[sign] else "", style=STYLES[sign])
    yield Text(str(count["="]) if count["="] else "", style="dim")


def _change(change: Change) -> RenderableType:
    lines = [Text.assemble((change.sign, STYLES[change.sign]), " ", (change.document, "cyan"))]
    lines.append(Text(_clipped(change.text, SHOWN_TEXT)))
    for name, before, after in change.fields:
        said = Text.assemble((f"{name}: ", "dim"))
        if change.sign == "~":
            said.append(_clipped(before, SHOWN_VALUE), style="red").append(" → ")
            said.append(_clipped(after, SHOWN_VALUE), style="green")
        else:
            said.append(_clipped(after, SHOWN_VALUE))
        lines.append(said)
    return Padding(Text("\n  ").join(lines), (0, 0, 0, 1))


def _clipped(text: str, length: int) -> str:
    """The text on one line; of a long one its beginning and its end, since either may be what changed."""
    flat = " ".join(text.split())
    return flat if len(flat) <= length else f"{flat[: length * 2 // 3]} … {flat[-length // 3 :]}"
