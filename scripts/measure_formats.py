"""Measure every reader on a directory of inputs: documents or causes, pages and megabytes a second, memory.

    .venv/bin/python scripts/measure_formats.py inputs/ --update docs/formats.md

Each file is read in a fresh reading process and without the cache of recognised pages, so that the figures are those of
a first run. The table goes between the marks `<!-- measured -->` and `<!-- end -->` of the file to be updated.
"""

from __future__ import annotations

import argparse
import re
import resource
import tempfile
import time
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

from pipeline.errors import UnreadableInputError
from pipeline.read.formats import SUFFIXES, TEXT_SUFFIXES
from pipeline.read.pages.text_layer import valid_share
from pipeline.readers import Readers
from pipeline.workers.pool import available_cores


@dataclass(frozen=True, slots=True)
class Measured:
    """One file: `group` is its format, scans apart; `cause` tells why it is no document."""

    name: str
    group: str
    size: int
    pages: int
    seconds: float
    megabytes: float
    valid: float | None = None
    cause: str | None = None


def measure(file: Path, cache: Path, jobs: int) -> Measured:
    """Read *file* once, after the reading process has started."""
    data = file.read_bytes()
    with Readers(cache=cache, jobs=jobs) as readers:
        readers.warm()
        begun = time.perf_counter()
        form = file.suffix.lower()
        try:
            source = readers.read(data, name=file.name)
        except UnreadableInputError as error:
            seconds = time.perf_counter() - begun
            return Measured(file.name, form, len(data), 0, seconds, readers.peak_megabytes(), cause=error.code)
        seconds = time.perf_counter() - begun
        # A text is decoded by the caller itself.
        own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        peak = own if form in TEXT_SUFFIXES else readers.peak_megabytes()
    scanned = any(remark.code == "recognised" for remark in source.diagnostics)
    pages = len({anchor.place.page for anchor in source.anchors.anchors if anchor.place.page})
    group = f"{form}, scanned" if scanned else form
    return Measured(file.name, group, len(data), pages, seconds, peak, valid_share(source.decoded))


def table_of(measured: list[Measured]) -> str:
    """The Markdown table: a line for each format."""
    groups: dict[str, list[Measured]] = defaultdict(list)
    for one in measured:
        groups[one.group].append(one)
    lines = [
        "| format | files | documents | no document (cause) | MB/s | pages/s | valid syllables | most memory |",
        "|---|---:|---:|---|---:|---:|---:|---:|",
    ]
    return "\n".join([*lines, *(_line(group, groups[group]) for group in sorted(groups))])


def _line(group: str, measured: list[Measured]) -> str:
    read = [one for one in measured if one.cause is None]
    seconds = sum(one.seconds for one in read) or 1.0
    pages = sum(one.pages for one in read)
    causes = ", ".join(sorted(f"{one.name}: `{one.cause}`" for one in measured if one.cause))
    shares = [one.valid for one in read if one.valid is not None]
    valid = f"{min(shares):.1%} to {max(shares):.1%}" if shares else ""
    speed = f"{pages / seconds:.2g}" if pages else ""
    size = sum(one.size for one in read) / 1e6 / seconds
    peak = max(one.megabytes for one in measured)
    return f"| {group} | {len(measured)} | {len(read)} | {causes} | {size:.2g} | {speed} | {valid} | {peak:.0f} MB |"


def main() -> None:
    """Print the table, or put it into a file."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("inputs", type=Path, nargs="+")
    parser.add_argument("--update", type=Path, help="the file that holds the table")
    parser.add_argument("--jobs", type=int, default=available_cores(), help="scanned pages at once")
    options = parser.parse_args()
    found = (file for directory in options.inputs for file in directory.rglob("*"))
    files = sorted(file for file in found if file.suffix.lower() in SUFFIXES)
    measured = []
    with tempfile.TemporaryDirectory() as cache:
        for file in files:
            one = measure(file, Path(cache), options.jobs)
            measured.append(one)
            valid = "" if one.valid is None else f"{one.valid:.1%} valid"
            print(
                f"{one.name}: {one.seconds:.2f} s, {one.pages} pages, {one.megabytes:.0f} MB {valid} {one.cause or ''}"
            )
    table = table_of(measured)
    if options.update is None:
        print(table)
        return
    text = options.update.read_text(encoding="utf-8")
    marked = re.compile(r"(<!-- measured -->\n).*?(<!-- end -->)", re.DOTALL)
    options.update.write_text(marked.sub(lambda m: f"{m[1]}{table}\n{m[2]}", text), encoding="utf-8")


if __name__ == "__main__":
    main()
