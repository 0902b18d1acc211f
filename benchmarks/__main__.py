"""Measure everything, print the tables, and write `benchmarks/results.json`.

python -m benchmarks --texts corpus/ [--inputs DIRECTORY] [--pages DIRECTORY --body XPATH]
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from benchmarks.agencies import compare_agencies
from benchmarks.deadlines import compare_deadlines
from benchmarks.pages import compare_budgets, compare_chrome, made_pages, real_pages
from benchmarks.pdf import compare_pdf
from benchmarks.peers import Answered
from benchmarks.report import entries, tables
from benchmarks.stages import measure_stages, texts_below
from benchmarks.timing import REPETITIONS, machine
from benchmarks.whole import made_results, measure_commands, measure_runs
from pipeline.read.text import read_text
from pipeline.store import write_whole

RESULTS = Path(__file__).parent / "results.json"
MOST_PAGES = 200


def main() -> None:
    """Measure, print, write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--texts", type=Path, default=Path("corpus"))
    parser.add_argument("--inputs", type=Path, help="where PDFs lie; by default where the texts do")
    parser.add_argument("--pages", type=Path, help="real web pages; by default pages are made of the texts")
    parser.add_argument("--body", default="//body", help="XPath of the element of a real page that is its document")
    parser.add_argument("--repetitions", type=int, default=REPETITIONS)
    parser.add_argument("--to", type=Path, default=RESULTS)
    results = measured(parser.parse_args())
    write_whole(parser.parse_args().to, json.dumps(results, ensure_ascii=False, indent=2).encode() + b"\n")
    print(tables(results))


def measured(options: argparse.Namespace) -> dict[str, Any]:
    """All figures."""
    about = machine()  # before the load that is our own
    datas = texts_below(options.texts)
    if not datas:
        raise SystemExit(f"There are no texts below {options.texts}: give --texts a directory with .txt or .md files.")
    megabytes = sum(map(len, datas)) / 1e6
    _tell(f"{len(datas)} texts of {megabytes:.1f} MB, {options.repetitions} times; stages first, then whole runs")
    stages = measure_stages(datas, options.repetitions, tell=_tell)
    return {
        "machine": about,
        "texts": {"directory": options.texts.name, "documents": len(datas), "megabytes": megabytes},
        "repetitions": options.repetitions,
        "stages": {name: timing.entry() for name, timing in stages.items()},
        "runs": _runs(options),
        "commands": _commands(options),
        "peers": _peers(options, datas),
    }


def _tell(step: str) -> None:
    """Say on standard error what is measured now; over a large directory all of it takes the better part of an hour."""
    print(f"{time.strftime('%H:%M:%S')} {step}", file=sys.stderr, flush=True)


def _runs(options: argparse.Namespace) -> dict[str, dict[str, float]]:
    found = {}
    for workers in (1, 2):
        name = f"{workers} worker{'s' if workers > 1 else ''}"
        _tell(f"from file to JSON, {name}")
        found[name] = measure_runs(options.texts, workers, options.repetitions)
    return found


def _commands(options: argparse.Namespace) -> dict[str, dict[str, float]]:
    _tell("commands")
    example = min(path for path in options.texts.rglob("*") if path.suffix in {".txt", ".md"})
    with made_results(options.texts) as out:
        found = measure_commands(example, Path(out), options.repetitions)
    return {name: timing.entry() for name, timing in found.items()}


def _peers(options: argparse.Namespace, datas: list[bytes]) -> dict[str, list[dict[str, Any]]]:
    times = options.repetitions
    if options.pages:
        pages = real_pages(options.pages, options.body)
    else:
        pages = made_pages([read_text(data).text.text for data in datas[:MOST_PAGES]])
    comparisons: dict[str, Callable[[], list[Answered]]] = {
        "deadlines, all cases": lambda: compare_deadlines(times, dated=False),
        "deadlines, those that days can say": lambda: compare_deadlines(times, dated=True),
        "agencies": lambda: compare_agencies(times),
        "chrome of web pages, F1 of words": lambda: compare_chrome(pages, times),
        "text of PDFs, share of syllables": lambda: compare_pdf(options.inputs or options.texts, times),
        "amounts of budget tables": lambda: compare_budgets(times),
    }
    found = {}
    for name, compare in comparisons.items():
        _tell(f"others beside it: {name}")
        found[name] = entries(compare())
    return found


if __name__ == "__main__":
    main()
