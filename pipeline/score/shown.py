"""Scores for a person in the terminal, and as JSON for programs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

import orjson
from rich import box
from rich.cells import cell_len
from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table as Grid
from rich.text import Text

from pipeline.score import KINDS, OVERLAP, Tallies, total
from pipeline.score.confusions import Confusion, Error, side_by_side
from pipeline.score.confusions import confusions as list_confusions
from pipeline.score.excerpts import shortened
from pipeline.score.tally import Miss, Tally

STYLES = {"+": "green", "-": "red", "~": "yellow"}
SHOWN_WHERE = 100
SHOWN_VALUE = 160
NAME_WIDTH = 24
LONGEST_LABEL = 10
HEAD_WIDTH = 10  # "conditions"


def render_scores(
    documents: Mapping[str, Tallies],
    *,
    floors: Mapping[str, float],
    by_doc: bool,
    confusions: bool,
    errors_of: Sequence[str],
    width: int,
) -> Iterator[RenderableType]:
    """What `kehoach score` prints: the parts that were asked for, the figures of the whole when none was."""
    tallies = total(documents.values())
    if by_doc:
        yield from render_documents(documents, width=width)
    if confusions:
        yield from render_confusions(tallies)
    for kind in errors_of:
        yield from render_errors(kind, tallies.get(kind))
    if not (by_doc or confusions or errors_of):
        yield render_figures(tallies, floors=floors)


def render_figures(tallies: Tallies, *, floors: Mapping[str, float]) -> Grid:
    """Precision, recall, F1 and the rows of the gold for each kind; an F1 below its floor in red."""
    grid = Grid(box=box.SIMPLE, pad_edge=False)
    for head in ("", "precision", "recall", "F1", "gold rows"):
        grid.add_column(head, justify="right" if head else "left")
    for name, tally in tallies.items():
        if name == OVERLAP:
            grid.add_section()
        precision, recall, f1 = tally.figures()
        style = "bold red" if f1 < floors.get(name, 0) else "bold"
        grid.add_row(name, f"{precision:.3f}", f"{recall:.3f}", Text(f"{f1:.3f}", style), f"{tally.gold_rows():,}")
    return grid


def render_documents(documents: Mapping[str, Tallies], *, width: int) -> Iterator[RenderableType]:
    """The F1 of each document, as many kinds side by side as fit into *width* columns."""
    kinds = list(total(documents.values()))
    heads = [name.replace("_", " ") for name in kinds]
    name_width = min(NAME_WIDTH, max(map(cell_len, documents)))
    room, first = max(1, (width - name_width - 2) // (HEAD_WIDTH + 2)), 0
    while first < len(kinds):
        grid = Grid(box=box.SIMPLE, pad_edge=False)
        grid.add_column("document", width=name_width, overflow="fold")
        for head in heads[first : first + room]:
            grid.add_column(head, justify="right", width=HEAD_WIDTH)
        for stem, tallies in documents.items():
            grid.add_row(Text(stem), *(_f1(tallies.get(kind)) for kind in kinds[first : first + room]))
        yield grid
        first += room


def render_confusions(tallies: Tallies) -> Iterator[RenderableType]:
    """Which value was given in place of which, the most frequent first."""
    lists = list_confusions(tallies)
    if not lists:
        yield Text("No value was given in place of another.")
    for name, found in lists.items():
        yield Text(f"\n{name}", style="bold")
        yield _confusions(found)


def render_errors(kind: str, tally: Tally | None) -> Iterator[RenderableType]:
    """The errors of one kind, each with its text: what the gold says, what was found."""
    errors = side_by_side(tally.misses) if tally else []
    yield Text(f"\n{kind}: {count_errors(errors) or 'no errors'}", style="bold")
    for error in errors:
        yield _error(error)


def count_errors(errors: Iterable[Error]) -> str:
    """How many are changed, missed and invented, in words: `2 changed, 1 missed`."""
    signs = [error.sign for error in errors]
    counts = ((signs.count(sign), word) for sign, word in (("~", "changed"), ("-", "missed"), ("+", "invented")))
    return ", ".join(f"{count} {word}" for count, word in counts if count)


def says_more(miss: Miss) -> bool:
    """Whether the excerpt says more than the value: more than the value itself behind its label or bullet."""
    before, marked, after = miss.excerpt
    alone = marked == shortened(miss.shown) and len(before + after) <= LONGEST_LABEL
    return bool(marked) and not alone


def encode_scores(documents: Mapping[str, Tallies], *, errors_of: Sequence[str] = KINDS) -> bytes:
    """All of it as JSON: `figures` of the whole, `documents`, `confusions`, `errors` of the kinds named."""
    tallies = total(documents.values())
    content = {
        "figures": _figures(tallies),
        "documents": {stem: _figures(own) for stem, own in documents.items()},
        "confusions": {name: [row._asdict() for row in rows] for name, rows in list_confusions(tallies).items()},
        "errors": {
            kind: [_as_json(error) for error in side_by_side(tallies[kind].misses)]
            for kind in errors_of
            if kind in tallies
        },
    }
    return orjson.dumps(content, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)


def _figures(tallies: Tallies) -> dict[str, dict[str, float]]:
    return {name: {**tally.figures()._asdict(), "gold_rows": tally.gold_rows()} for name, tally in tallies.items()}


def _f1(tally: Tally | None) -> Text:
    return Text(f"{tally.figures().f1:.3f}") if tally else Text("·", style="dim")


def _confusions(found: Sequence[Confusion]) -> Grid:
    grid = Grid(box=box.SIMPLE_HEAD, pad_edge=False)
    grid.add_column("times", justify="right")
    grid.add_column("gold", overflow="fold")
    grid.add_column("found", overflow="fold")
    for row in found:
        grid.add_row(str(row.times), Text(row.gold), Text(row.found))
    return grid


def _error(error: Error) -> RenderableType:
    head = Text.assemble((error.sign, STYLES[error.sign]), " ", (error.document, "cyan"), " ")
    head.append(_clipped(error.where, SHOWN_WHERE), style="dim")
    sides = Grid.grid(padding=(0, 1))
    for name, miss in (("gold", error.gold), ("found", error.found)):
        if miss:
            sides.add_row(Text(name, style="dim"), Text(_clipped(miss.shown, SHOWN_VALUE)))
    quoted = error.found or error.gold
    if quoted and says_more(quoted):
        before, marked, after = quoted.excerpt
        sides.add_row("", Text.assemble((before, "dim"), marked, (after, "dim")))
    return Group(head, Padding(sides, (0, 0, 0, 2)))


def _as_json(error: Error) -> dict[str, object]:
    sides = {"gold": error.gold, "found": error.found}
    return {
        "sign": error.sign,
        "document": error.document,
        "where": error.where,
        **{name: _side(miss) for name, miss in sides.items()},
    }


def _side(miss: Miss | None) -> dict[str, object] | None:
    return {"value": miss.shown, **miss.excerpt._asdict()} if miss else None


def _clipped(text: str, length: int) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= length else f"{flat[: length - 1]}…"
