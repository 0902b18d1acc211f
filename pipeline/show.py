"""One document for a person, in the terminal: outline, tasks with who and by when, targets, budgets, diagnostics."""

from __future__ import annotations

from collections.abc import Iterator

from rich import box
from rich.console import Group, RenderableType
from rich.markup import escape
from rich.panel import Panel
from rich.table import Table
from rich.tree import Tree

from schemas import Budget, Deadline, PlanDocument, Section

SHOWN_TEXT = 240
SHOWN_WORDS = 60
SEVERITY_STYLE = {"info": "cyan", "warning": "yellow", "error": "red"}


def render(document: PlanDocument) -> Iterator[RenderableType]:
    """What `kehoach show` prints, part by part; parts without content are left out."""
    yield _head(document)
    if document.sections:
        yield _outline(document)
    if document.tasks:
        yield _tasks(document)
    if document.targets:
        yield _targets(document)
    yield from (_budget(budget) for budget in document.budgets)
    for table in document.tables:
        grid = _grid(table.caption or "Table")
        for head in table.header:
            grid.add_column(escape(head))
        for row in table.rows:
            grid.add_row(*(escape(cell) for cell in row))
        yield grid
    if document.repairs:
        pairs = ", ".join(f"{repair.before} → {repair.after}" for repair in document.repairs)
        yield Panel(escape(pairs), title=f"{len(document.repairs)} repairs", title_align="left")
    yield from _diagnostics(document)


def _head(document: PlanDocument) -> Panel:
    metadata = document.metadata
    rows = [
        ("type", metadata.doc_type),
        ("number", metadata.number),
        ("issuer", str(metadata.issuer) if metadata.issuer else None),
        ("issued on", metadata.issued_on),
        ("effective on", metadata.effective_on),
        ("attached", metadata.annexed_title),
        ("signed by", "; ".join(f"{s.name} ({s.position})" if s.position else s.name for s in metadata.signers)),
        ("source", document.source.path),
        ("id", document.id),
    ]
    lines = [f"[bold]{escape(metadata.title or document.source.path)}[/]"]
    lines += [f"[dim]{name}:[/] {escape(str(value))}" for name, value in rows if value]
    return Panel("\n".join(lines))


def _outline(document: PlanDocument) -> Tree:
    root = Tree("[bold]Outline[/]")
    nodes: dict[str | None, Tree] = {None: root}
    for section in document.sections:
        words = escape(section.title) if section.title else f"[dim]{escape(_first_words(document, section))}[/]"
        label = f"[cyan]{escape(section.label)}[/] {words}"
        nodes[section.id] = nodes.get(section.parent_id, root).add(label)
    return root


def _tasks(document: PlanDocument) -> Group:
    """Task after task, each with lines for who and when: a table would leave a narrow terminal no room for the text."""
    paths = {section.id: " / ".join(section.path) for section in document.sections}
    deadlines = {deadline.id: deadline for deadline in document.deadlines}
    parts: list[RenderableType] = ["", f"[bold]{len(document.tasks)} tasks[/]"]
    for number, task in enumerate(document.tasks, 1):
        where = escape(f"[{paths[task.section_id]}] ") if task.section_id else ""
        rows = [
            ("lead", "; ".join(map(str, task.leads))),
            ("with", "; ".join(map(str, task.partners))),
            ("by", "; ".join(_when(deadlines[i]) for i in task.deadline_ids)),
            ("once", task.condition or ""),
        ]
        lines = [f"[dim]{where}[/]{escape(_short(task.text))}"]
        lines += [f"[cyan]{name:<5}[/]{escape(value)}" for name, value in rows if value]
        entry = Table.grid(padding=(0, 1))
        entry.add_column(justify="right", width=4)
        entry.add_column(overflow="fold")
        entry.add_row(f"{number}.", lines[0])
        for line in lines[1:]:
            entry.add_row("", line)
        parts.append(entry)
    return Group(*parts)


def _targets(document: PlanDocument) -> Table:
    table = _grid(f"{len(document.targets)} targets")
    for name in ("target", "measures"):
        table.add_column(name, overflow="fold", ratio=3 if name == "target" else 1)
    for target in document.targets:
        table.add_row(escape(_short(target.text)), escape("\n".join(str(measure) for measure in target.measures)))
    return table


def _budget(budget: Budget) -> Table:
    periods = list(dict.fromkeys(line.period for line in budget.lines))
    labels = list(dict.fromkeys(line.label for line in budget.lines))
    amounts = {(line.label, line.period): line for line in budget.lines}
    table = _grid(f"Budget: {budget.caption or ''} ({budget.unit or 'đồng'})")
    table.add_column("")
    for period in periods:
        table.add_column(escape(period or "amount"), justify="right")
    for label in labels:
        cells = (amounts.get((label, period)) for period in periods)
        table.add_row(escape(_short(label)), *(cell.amount_raw if cell else "" for cell in cells))
    failed = [check for check in budget.checks if not check.ok]
    table.caption = f"{len(budget.checks) - len(failed)} sums agree" + (
        "".join(
            f"; [red]{check.relation} of {escape(check.label)}: {check.found:,} printed, {check.expected:,} expected[/]"
            for check in failed
        )
    )
    return table


def _diagnostics(document: PlanDocument) -> Iterator[RenderableType]:
    if document.diagnostics:
        lines = [
            f"[{SEVERITY_STYLE[d.severity]}]{d.severity}[/] {escape(d.message)} [dim]\\[{d.code}][/]"
            for d in document.diagnostics
        ]
        yield Panel("\n".join(lines), title="Look here", title_align="left")


def _grid(title: str) -> Table:
    return Table(title=escape(title), title_justify="left", box=box.SIMPLE_HEAD, show_lines=False, expand=True)


def _when(deadline: Deadline) -> str:
    return f"{deadline.surface} = {deadline}"


def _first_words(document: PlanDocument, section: Section) -> str:
    """The beginning of an item without a heading, its label left out."""
    line = document.text[section.span.start : section.span.end].split("\n")[0]
    words = line.removeprefix(section.label).lstrip(" .:)/-")
    return words if len(words) <= SHOWN_WORDS else words[: SHOWN_WORDS - 1] + "…"


def _short(text: str) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= SHOWN_TEXT else flat[: SHOWN_TEXT - 1] + "…"
