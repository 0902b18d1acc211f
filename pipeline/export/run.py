"""One export from beginning to end: read, write aside, put in place.

    export_documents(Path("output"), to="ics", out=None, options=Options())  →  Report(…)

Everything is written into a directory with a dot beside its place and renamed at the end. What stands there is replaced
only when an earlier export made it, so that a slip in `--out` costs nobody a directory.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from importlib.metadata import version
from pathlib import Path
from typing import Any, Protocol, TypeVar

import orjson

from pipeline.errors import UsageError
from pipeline.export.account import Account
from pipeline.export.digests import digest
from pipeline.export.formats import Format, find_format
from pipeline.export.options import Options
from pipeline.export.tables import Tables, chosen_tables
from pipeline.results import read_results
from pipeline.store import StoreError

MANIFEST = "export.json"
DEFAULT_OUT = "export"


class _Reviewed(Protocol):
    @property
    def reviewed(self) -> bool: ...


Counted = TypeVar("Counted", bound=_Reviewed)


@dataclass(slots=True)
class Report:
    """What was written where: `files` with their sizes, and what of the documents a person had reviewed."""

    to: str
    out: Path
    account: Account = field(default_factory=Account)
    files: dict[str, int] = field(default_factory=dict)
    documents: int = 0
    reviewed: list[str] = field(default_factory=list)


def check_export(to: str, options: Options) -> Format:
    """The format called *to*; raises `UsageError` for an unknown one, or for options that it does not heed."""
    found = find_format(to)
    for name in options.chosen():
        if name not in found.heeds:
            raise UsageError(f"--{OPTION_NAMES.get(name, name)} has no meaning for --to {to}. Leave it out.")
    chosen_tables(options.tables)
    return found


def export_documents(output: Path, *, to: str, out: Path | None = None, options: Options) -> Report:
    """Export the documents of the results directory *output*; raises `UsageError`, `StoreError`."""
    found = check_export(to, options)
    report = Report(to, _place(output, to, out))

    def write(directory: Path) -> None:
        documents = _counted(read_results(output), report, lambda document: document.name)
        found.write_documents()(documents, directory, options, report.account)

    _write_aside(found, report, write)
    return report


def export_tables(tables: Tables, output: Path, *, to: str, out: Path | None = None, options: Options) -> Report:
    """Export *tables* made of the results directory *output*; raises `UsageError`, `StoreError`."""
    found = check_export(to, options)
    report = Report(to, _place(output, to, out))

    def write(directory: Path) -> None:
        of_documents: Iterable[Any] = tables["documents"]
        rows = _counted(of_documents, report, lambda row: row.result)
        found.write_tables()({**tables, "documents": rows}, directory, options, report.account)
        for _ in rows:  # those that the format did not want
            pass

    _write_aside(found, report, write)
    return report


def _place(output: Path, to: str, out: Path | None) -> Path:
    return out if out is not None else output / DEFAULT_OUT / to


def _counted(documents: Iterable[Counted], report: Report, name: Callable[[Counted], str]) -> Iterator[Counted]:
    """The *documents*, or rows of them, as they are taken; *report* keeps how many, and the names of those reviewed."""
    for each in documents:
        report.documents += 1
        if each.reviewed:
            report.reviewed.append(name(each))
        yield each


def _write_aside(found: Format, report: Report, write: Any) -> None:
    """Call *write* with a new directory and put what it wrote in place; nothing of it stays when it fails."""
    out = report.out
    alone = found.alone if found.alone and out.suffix == Path(found.alone).suffix else None
    _check_place(out, alone=alone is not None)
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=f".{out.name}.", suffix=".part", dir=out.parent) as made:
            directory = Path(made) / "new"
            directory.mkdir()
            write(directory)
            report.files = {
                file.relative_to(directory).as_posix(): file.stat().st_size
                for file in sorted(directory.rglob("*"))
                if file.is_file()
            }
            if alone:
                (directory / alone).replace(out)
            else:
                (directory / MANIFEST).write_bytes(_manifest(report, directory))
                _replace(out, directory, aside=Path(made) / "old")
    except OSError as error:
        reason = error.strerror or error
        raise StoreError(f"Cannot write {out}: {reason}. Free space or choose another --out.") from error


def _check_place(out: Path, *, alone: bool) -> None:
    """Raises `UsageError` when what stands at *out* is no earlier export."""
    if alone:
        if out.is_dir():
            raise UsageError(f"{out} is a directory. Choose another --out.")
    elif out.is_dir():
        if any(out.iterdir()) and not (out / MANIFEST).is_file():
            raise UsageError(f"{out} holds files that no export made. Choose another --out or empty it.")
    elif out.exists() or any(parent.is_file() for parent in out.absolute().parents):
        raise UsageError(f"{out} cannot be a directory, since a file stands there. Choose another --out.")


def _replace(out: Path, directory: Path, *, aside: Path) -> None:
    """Put *directory* at *out*; what stood there goes *aside* first and comes back when that fails."""
    if not out.exists():
        directory.rename(out)
        return
    out.rename(aside)
    try:
        directory.rename(out)
    except OSError:
        aside.rename(out)
        raise
    shutil.rmtree(aside)


def _manifest(report: Report, directory: Path) -> bytes:
    content = {
        "format": report.to,
        "generator": f"kehoach {version('kehoach')}",
        "documents": report.documents,
        "reviewed": report.reviewed,
        "written": dict(report.account.written),
        "left_out": dict(report.account.omitted),
        "files": [
            {"path": name, "bytes": size, "sha256": digest(directory / name)} for name, size in report.files.items()
        ],
    }
    return orjson.dumps(content, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)


OPTION_NAMES = {"tables": "table"}
