"""What each cleaning step and each extractor is worth: switched off in turn, the change of every score.

    scripts/ablation.py --gold GOLD TEXTS [--gold GOLD TEXTS …] > table.md

Prints a Markdown table: one row for each part, one column for each kind of record, F1 in hundredths lost (-) or gained
(+) without it, empty where nothing changes. The first row has the scores with everything on.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from typing import Any
from unittest.mock import patch

import orjson

from extractors.metadata import MetadataFindings
from extractors.roles import Roles
from pipeline.assemble.budgets import FoundBudgets
from pipeline.clean import STEPS, clean
from pipeline.extract import extract_document
from pipeline.read.text import read_text
from pipeline.score import KINDS, score_document, total
from pipeline.score.gold import read_gold
from pipeline.store import encode

Switch = tuple[str, Any]


def nothing(*_: object, **__: object) -> list[Any]:
    """What an extractor finds that is switched off."""
    return []


# What is replaced by what, for each extractor.
EXTRACTORS: dict[str, Sequence[Switch]] = {
    "agencies": (
        ("pipeline.assemble.survey.agency_finder", lambda *_, **__: nothing),
        ("pipeline.assemble.reading.parse_agency_list", nothing),
        ("pipeline.assemble.reading.parse_declared_agencies", nothing),
    ),
    "roles": (("pipeline.assemble.reading.find_roles", lambda *_, **__: Roles((), ())),),
    "deadlines": (
        ("pipeline.assemble.survey.find_deadlines", nothing),
        ("pipeline.assemble.attribute_values.read_deadline_cell", nothing),
        ("pipeline.assemble.task_tables.read_year_bracket", nothing),
        ("pipeline.assemble.drafting.read_year_bracket", nothing),
    ),
    "conditions": (
        ("pipeline.assemble.drafting.find_condition", lambda *_, **__: None),
        ("pipeline.assemble.task_tables.find_condition", lambda *_, **__: None),
    ),
    "targets": (("pipeline.assemble.targets.find_measures", nothing),),
    "target tables": (("pipeline.assemble.grid_targets", lambda *_, **__: None),),
    "task tables": (("pipeline.assemble.table_tasks", nothing),),
    "attribute lines": (
        ("pipeline.assemble.tasks.read_attribute_line", lambda *_, **__: None),
        ("pipeline.assemble.tasks.read_forms", lambda *_, **__: {}),
        ("pipeline.assemble.drafting.find_fields", lambda *_, **__: []),
    ),
    "budgets": (("pipeline.assemble.find_budgets", lambda *_, **__: FoundBudgets((), ())),),
    "citations": (("pipeline.assemble.facts.find_citations", nothing),),
    "metadata": (("pipeline.assemble.facts.find_metadata", lambda *_, **__: MetadataFindings()),),
    "press": (
        ("pipeline.assemble.press.press_tasks", nothing),
        ("pipeline.assemble.press.press_targets", nothing),
    ),
}


def main() -> int:
    """Score with everything on, then without each part."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--gold", nargs=2, type=Path, action="append", required=True, metavar=("GOLD", "TEXTS"))
    pairs = [pair for directories in parser.parse_args().gold for pair in _pairs(*directories)]
    whole = _scores(pairs, ())
    print(f"| without | {' | '.join(KINDS)} |")
    print("|---" * (len(KINDS) + 1) + "|")
    print(f"| *nothing* | {' | '.join(f'{whole[kind]:.3f}' for kind in KINDS)} |")
    for name, switches in _parts():
        print(f"without {name}", file=sys.stderr)
        without = _scores(pairs, switches)
        changes = (round(100 * (without[kind] - whole[kind]), 1) for kind in KINDS)
        print(f"| {name} | {' | '.join(f'{change:+.1f}' if change else '' for change in changes)} |", flush=True)
    return 0


def _parts() -> Iterator[tuple[str, Sequence[Switch]]]:
    for name in (*(name for name, _ in STEPS), "repairs"):
        yield f"cleaning: {name}", (("pipeline.extract.clean", partial(clean, without={name})),)
    for name, switches in EXTRACTORS.items():
        yield f"extractor: {name}", switches


def _pairs(gold: Path, texts: Path) -> Iterator[tuple[Path, Path]]:
    for file in sorted(gold.glob("*.json")):
        found = [text for text in sorted(texts.rglob(f"{file.stem}.*")) if text.suffix in {".txt", ".md"}]
        if not found:
            raise SystemExit(f"there is no text {file.stem}.txt below {texts}")
        yield file, found[0]


def _scores(pairs: Sequence[tuple[Path, Path]], switches: Sequence[Switch]) -> dict[str, float]:
    with ExitStack() as stack:
        for target, substitute in switches:
            stack.enter_context(patch(target, substitute))
        found = total(_score(gold, text) for gold, text in pairs)
    return {kind: found[kind].figures().f1 if kind in found else 1.0 for kind in KINDS}


def _score(gold: Path, text: Path) -> Any:
    data = text.read_bytes()
    source = read_text(data).text.text
    export = orjson.loads(encode(extract_document(data, path=text.name)))
    return score_document(gold.stem, read_gold(gold, source), export, source)


if __name__ == "__main__":
    sys.exit(main())
