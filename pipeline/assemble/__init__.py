"""Put mentions and outline together: records that say who does what by when.

    assemble(cleaned, outline, source) -> PlanDocument

Extractors run once over the whole text (`survey` makes a `Reading`); then each record kind is drafted in a module of
its own, and `records` gives ids and places in the input. Nothing here reads a file. The way of a block to a task:

    tasks             walks the blocks and tells what each is: heading, lead-in, line of a form, activity
    drafting          the draft of one block, with the help of `directives`, `statements`, `enactments` (do its words
                      order anything?), `block_kinds` and `section_kinds` (what are labels and headings above it for?)
    lead_ins          what the blocks above say of those below (`Sở Y tế có trách nhiệm:`), found by `addresses`
    activities        what the lines of a form say of those before them (`Chủ trì: Sở Y tế`), found by `forms`,
                      `attributes` and `attribute_sections` and read by `attribute_values`
    enumerations      the tasks that one block gives one after another
"""

from __future__ import annotations

from pipeline.assemble.budgets import find_budgets
from pipeline.assemble.drafts import TargetDraft, TaskDraft
from pipeline.assemble.facts import read_facts
from pipeline.assemble.reading import Reading
from pipeline.assemble.records import Recorder
from pipeline.assemble.result_cells import result_targets
from pipeline.assemble.survey import survey
from pipeline.assemble.targets import block_targets, grid_targets, led_targets, pledged_targets, promised_targets
from pipeline.assemble.task_tables import table_tasks, task_columns
from pipeline.assemble.tasks import block_tasks
from pipeline.clean import CleanText
from pipeline.outline import Grid, Outline
from schemas import PlanDocument, Source

__all__ = ["assemble"]


def assemble(cleaned: CleanText, outline: Outline, source: Source) -> PlanDocument:
    """The finished document."""
    facts = read_facts(cleaned)
    reading = survey(cleaned.text.text, outline, facts)
    recorder = Recorder(cleaned.text, source, cleaned.anchors)
    tasks, targets = _press(reading) if facts.doc_type == "NEWS" else _plan(reading)
    budgets = find_budgets(reading)
    taken = {id(grid) for grid, _ in budgets.of_grids}
    return recorder.document(
        reading=reading,
        facts=facts,
        tasks=sorted(tasks, key=lambda draft: draft.span),
        targets=sorted(targets, key=lambda draft: draft.span),
        budgets=budgets.all(),
        tables=[grid for grid in outline.grids if id(grid) not in taken or _is_task_table(grid)],
        repairs=cleaned.repairs,
        diagnostics=[*cleaned.diagnostics, *facts.diagnostics],
    )


def _press(reading: Reading) -> tuple[list[TaskDraft], list[TargetDraft]]:
    from pipeline.assemble.press import press_targets, press_tasks  # few documents are press articles

    return press_tasks(reading), press_targets(reading)


def _plan(reading: Reading) -> tuple[list[TaskDraft], list[TargetDraft]]:
    tasks = block_tasks(reading)
    targets = list(block_targets(reading))
    for grid in reading.outline.grids:
        rows = grid_targets(reading, grid)
        columns = task_columns([cell.text for cell in grid.header])
        if rows is not None:
            targets += rows
        elif columns is not None:
            tasks += table_tasks(reading, grid, columns)
            targets += result_targets(reading, grid, columns)
    known = {target.span for target in targets}
    targets += [target for target in promised_targets(reading, tasks) if target.span not in known]
    targets += [*pledged_targets(reading, tasks), *led_targets(reading)]
    return tasks, targets


def _is_task_table(grid: Grid) -> bool:
    return task_columns([cell.text for cell in grid.header]) is not None
