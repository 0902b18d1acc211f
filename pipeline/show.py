"""One document for a person, in the terminal: outline, tasks with who and when, targets, budgets, tables, remarks.

    1. [II / 1] Chủ trì, phối hợp với Sở Y tế kiểm tra chất lượng nước. Hoàn thành trong Quý II/2018.
       lead Sở Nông nghiệp và Phát triển nông thôn tỉnh Thái Bình
       with Sở Y tế tỉnh Thái Bình
       when 2018-04 to 2018-06 (trong Quý II/2018)

Tasks and targets are entries one below the other, since a table would leave a narrow terminal no room for their texts;
budgets and tables are drawn as tables only where all their columns fit, and otherwise row by row.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from rich import box
from rich.cells import cell_len
from rich.console import Group, RenderableType
from rich.panel import Panel
from rich.table import Table as Grid
from rich.text import Text
from rich.tree import Tree

from pipeline.plain_words import check_in_words, deadline_in_words, measure_in_words
from schemas import Budget, BudgetCheck, BudgetLine, Citation, Deadline, PlanDocument, Section, Table, Target, Task

SHOWN_TEXT = 400
SHOWN_WORDS = 60
WIDEST_NAME = 28
LEAST_COLUMN = 24
EDGES, GAP = 2, 3
SEVERITY_STYLE = {"info": "cyan", "warning": "yellow", "error": "bold red"}


def render(document: PlanDocument, *, width: int) -> Iterator[RenderableType]:
    """What `kehoach show` prints on *width* columns, part by part; parts without content are left out."""
    yield _head(document)
    if document.sections:
        yield _outline(document)
    if document.tasks:
        yield _part(_count(document.tasks, "task"), _tasks(document, document.tasks))
    if document.targets:
        yield _part(_count(document.targets, "target"), _entries(map(_target, document.targets)))
    for budget in document.budgets:
        yield _budget(budget, width=width)
    for table in document.tables:
        yield _table(table, width=width)
    if document.citations:
        yield _part(f"{_count(document.citations, 'document')} named", _entries(_citations(document)))
    if document.repairs:
        yield _repairs(document)
    if document.diagnostics:
        yield _diagnostics(document)


def render_doubtful(document: PlanDocument) -> Iterator[RenderableType]:
    """What `kehoach show --doubtful` prints: the tasks alone, those to look at first on top."""
    tasks = sorted(document.tasks, key=lambda task: (task.confidence or 0.0, task.span))
    yield _part(f"{_count(tasks, 'task')}, the least certain first", _tasks(document, tasks))


def _head(document: PlanDocument) -> Panel:
    metadata = document.metadata
    rows = [
        ("type", metadata.doc_type),
        ("number", metadata.number),
        ("issuer", metadata.issuer),
        ("issued on", metadata.issued_on),
        ("effective", metadata.effective_on),
        ("attached", metadata.annexed_title),
        ("signed by", "; ".join(f"{s.name} ({s.position})" if s.position else s.name for s in metadata.signers)),
        ("source", document.source.path),
    ]
    grid = _fields([(name, str(value)) for name, value in rows if value])
    return Panel(Group(Text(metadata.title or document.source.path, style="bold"), grid))


def _outline(document: PlanDocument) -> Group:
    root = Tree(Text("Outline", style="bold"))
    nodes: dict[str | None, Tree] = {None: root}
    for section in document.sections:
        words = (section.title, "") if section.title else (_first_words(document, section), "dim")
        label = Text.assemble((section.label, "cyan"), " ", words)
        nodes[section.id] = nodes.get(section.parent_id, root).add(label)
    return Group("", root)


def _tasks(document: PlanDocument, tasks: Sequence[Task]) -> Grid:
    paths = {section.id: " / ".join(section.path) for section in document.sections}
    deadlines = {deadline.id: deadline for deadline in document.deadlines}
    return _entries(
        _task(task, paths.get(task.section_id or ""), [deadlines[found] for found in task.deadline_ids])
        for task in tasks
    )


def _task(task: Task, path: str | None, deadlines: Sequence[Deadline]) -> Group:
    rows = [
        ("lead", "; ".join(map(str, task.leads)) or "nobody named"),
        ("with", "; ".join(map(str, task.partners))),
        ("when", "; ".join(f"{deadline_in_words(found)} ({found.surface})" for found in deadlines)),
    ]
    if task.condition not in {found.anchor for found in deadlines}:
        rows.append(("once", task.condition or ""))
    if task.confidence is not None:
        rows.append(("sure", f"{task.confidence:.2f} ({task.rule})"))
    text = Text.assemble((f"[{path}] " if path else "", "dim"), _short(task.text))
    return Group(text, _fields([row for row in rows if row[1]]))


def _target(target: Target) -> RenderableType:
    measures = [("", measure_in_words(measure)) for measure in target.measures]
    return Group(Text(_short(target.text)), _fields(measures)) if measures else Text(_short(target.text))


def _citations(document: PlanDocument) -> Iterator[RenderableType]:
    roles = {
        **dict.fromkeys(document.metadata.legal_bases, "legal basis"),
        **dict.fromkeys(document.metadata.replaces, "replaced"),
    }
    for citation in document.citations:
        role = roles.get(citation.id)
        yield Text.assemble(_named(citation), (f"  {role}" if role else "", "cyan"))


def _budget(budget: Budget, *, width: int) -> RenderableType:
    rows = _rows(budget.lines)
    periods = list(dict.fromkeys(line.period for row in rows for line in row))
    unit = budget.unit or "đồng"
    heads = ["", *(period or "amount" for period in periods)]
    cells = [[row[0].label, *(_amount(row, period) for period in periods)] for row in rows]
    styles = ["bold" if all(line.is_total for line in row) else "" for row in rows]
    if len(budget.lines) == 1:
        return _part(f"Budget: {rows[0][0].label}: {rows[0][0].amount_raw} {unit}", *_checks(budget.checks))
    if widths := _widths(heads, cells, width=width):
        grid = _grid(heads, cells, styles, widths, figures=True)
    else:
        grid = _entries(
            Group(
                Text(row[0], style=style), _fields([pair for pair in zip(heads[1:], row[1:], strict=True) if pair[1]])
            )
            for row, style in zip(cells, styles, strict=True)
        )
    return _part(f"Budget: {budget.caption or 'table'} ({unit})", grid, *_checks(budget.checks))


def _checks(checks: Sequence[BudgetCheck]) -> Iterator[Text]:
    """How many sums agree, and each that does not, in red."""
    failed = [check for check in checks if not check.ok]
    if agree := len(checks) - len(failed):
        yield Text(f"{agree} {'sum agrees' if agree == 1 else 'sums agree'}", style="dim")
    for check in failed:
        yield Text(check_in_words(check), style="bold red")


def _table(table: Table, *, width: int) -> RenderableType:
    title = table.caption or "Table"
    if widths := _widths(table.header, table.rows, width=width):
        return _part(title, _grid(table.header, table.rows, [""] * len(table.rows), widths, figures=False))
    return _part(title, _entries(_table_row(table.header, row, number) for number, row in enumerate(table.rows, 1)))


def _table_row(header: Sequence[str], row: Sequence[str], number: int) -> RenderableType:
    """A row of a wide table: `head: cell` line by line, without its own number; a group row is its one cell."""
    filled = [(head, cell) for head, cell in zip(header, row, strict=True) if cell and cell != str(number)]
    if len(filled) == 1:
        return Text(filled[0][1], style="bold")
    lines = [Text.assemble((f"{head}: " if head else "", "cyan"), cell) for head, cell in filled]
    return Group(*lines)


def _repairs(document: PlanDocument) -> Group:
    pairs = Counter(f"{repair.before} → {repair.after}" for repair in document.repairs)
    words = "; ".join(f"{pair} (×{count})" if count > 1 else pair for pair, count in pairs.items())
    return Group("", Panel(Text(words), title=f"{_count(document.repairs, 'word')} restored", title_align="left"))


def _diagnostics(document: PlanDocument) -> Group:
    grid = Grid.grid(padding=(0, 1))
    grid.add_column(no_wrap=True)
    grid.add_column()
    for found in document.diagnostics:
        message = Text.assemble(found.message, (f" [{found.code}]", "dim"))
        grid.add_row(Text(found.severity, style=SEVERITY_STYLE[found.severity]), message)
    return Group("", Panel(grid, title="Look here", title_align="left"))


def _count(found: Sequence[object], what: str) -> str:
    return f"{len(found)} {what}" if len(found) == 1 else f"{len(found)} {what}s"


def _part(title: str, *content: RenderableType) -> Group:
    return Group("", Text(title, style="bold"), *content)


def _entries(items: Iterable[RenderableType]) -> Grid:
    """Numbered entries one below the other."""
    grid = Grid.grid(padding=(0, 1))
    grid.add_column(justify="right", no_wrap=True)
    grid.add_column(overflow="fold")
    for number, item in enumerate(items, 1):
        grid.add_row(f"{number}.", item)
    return grid


def _fields(rows: Sequence[tuple[str, str]]) -> Grid:
    grid = Grid.grid(padding=(0, 1))
    grid.add_column(style="cyan", overflow="fold", max_width=WIDEST_NAME)
    grid.add_column(overflow="fold")
    for name, value in rows:
        grid.add_row(Text(name), Text(value))
    return grid


def _grid(
    heads: Sequence[str], rows: Sequence[Sequence[str]], styles: Sequence[str], widths: Sequence[int], *, figures: bool
) -> Grid:
    grid = Grid(box=box.SIMPLE_HEAD, pad_edge=False)
    for number, (head, width) in enumerate(zip(heads, widths, strict=True)):
        grid.add_column(Text(head), justify="right" if figures and number else "left", width=width)
    for row, style in zip(rows, styles, strict=True):
        grid.add_row(*map(Text, row), style=style)
    return grid


def _widths(heads: Sequence[str], rows: Sequence[Sequence[str]], *, width: int) -> list[int] | None:
    """The widths of columns that fit into *width*, or `None` where words would have to be cut.

    A column gets at least its longest word, and a third of its longest cell up to `LEAST_COLUMN`, lest it become a
    tower; what is left goes to the narrowest column that can use it.
    """
    columns = list(zip(heads, *rows, strict=True))
    wanted = [max(map(cell_len, column)) for column in columns]
    words = [max((cell_len(word) for cell in column for word in cell.split()), default=1) for column in columns]
    widths = [max(word, min(LEAST_COLUMN, want // 3)) for word, want in zip(words, wanted, strict=True)]
    left = width - EDGES - GAP * (len(columns) - 1) - sum(widths)
    if left < 0:
        return None
    for _ in range(left):
        growing = [number for number, want in enumerate(wanted) if widths[number] < want]
        if growing:
            widths[min(growing, key=lambda number: widths[number])] += 1
    return widths


def _rows(lines: Sequence[BudgetLine]) -> list[list[BudgetLine]]:
    """The amounts row by row; two rows may have the same label, so that a period which comes again begins a new one."""
    rows: list[list[BudgetLine]] = []
    for line in lines:
        if rows and rows[-1][0].label == line.label and line.period not in {known.period for known in rows[-1]}:
            rows[-1].append(line)
        else:
            rows.append([line])
    return rows


def _amount(row: Sequence[BudgetLine], period: str | None) -> str:
    return next((line.amount_raw for line in row if line.period == period), "")


def _named(citation: Citation) -> str:
    parts = [citation.doc_type, citation.number or citation.title or citation.surface]
    return " ".join(parts) + (f", {citation.issued_on}" if citation.issued_on else "")


def _first_words(document: PlanDocument, section: Section) -> str:
    """The beginning of an item without a heading, its label left out."""
    line = document.text[section.span.start : section.span.end].split("\n")[0]
    return _short(line.removeprefix(section.label).lstrip(" .:)/-"), SHOWN_WORDS)


def _short(text: str, longest: int = SHOWN_TEXT) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= longest else flat[: longest - 1] + "…"
