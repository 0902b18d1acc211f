"""What several commands ask of their arguments, each refusal saying what to do."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Literal

from pipeline.errors import UsageError

WORDS_HELP = (
    "Add to each task its words as full-text search wants them (search_text). Off by default: it takes about as long as"
    " all the rest."
)
RESULTS_HELP = "The results directory of kehoach run."
SEARCH_HELP = "All of them must be there; those in quotes must stand together."
FILE_HELP = "A text, web page, PDF, Word file or scan; its suffix tells which."


def regular(file: Path, instead: str) -> Path:
    """The *file*, if it is one that can be read to its end; *instead* is what to do with a directory."""
    try:
        if file.is_dir():
            raise UsageError(f"{file} is a directory; {instead.format(file=file)}.")
        if file.exists() and not file.is_file():
            raise UsageError(f"{file} is a pipe or a device, not a file. Save its content to a file first.")
        with file.open("rb"):
            return file
    except FileNotFoundError as error:
        raise UsageError(f"There is no file {file}.") from error
    except OSError as error:
        raise UsageError(f"Cannot read {file}: {error.strerror}.") from error


def results(out: Path) -> Path:
    """The results directory *out*, if it is a directory."""
    if not out.is_dir():
        raise UsageError(f"There is no directory {out}. Make it first: kehoach run DIRECTORY --out {out}")
    return out


def known(chosen: list[str] | None, kinds: tuple[str, ...]) -> tuple[str, ...]:
    """The chosen kinds, all of them when none is chosen."""
    unknown = [kind for kind in chosen or () if kind not in kinds]
    if unknown:
        raise UsageError(f"There is no kind {unknown[0]}. Choose among: {', '.join(kinds)}.")
    return tuple(chosen) if chosen else kinds


def day(said: str, option: str) -> date:
    """The day that *option* names."""
    try:
        return date.fromisoformat(said)
    except ValueError as error:
        raise UsageError(f"{said} is no day. Give {option} as year-month-day, such as 2016-12-01.") from error


def language_of(said: str) -> Literal["vi", "en"]:
    if said == "vi":
        return "vi"
    if said == "en":
        return "en"
    raise UsageError(f"There is no language {said}. Choose --language vi or en.")
