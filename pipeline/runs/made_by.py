"""Which rules make a document of an input, as one short word: inputs that other rules have read are read again.

    MadeBy.of(words=False)(item)  →  "5b2f…"

A hash over all code and data of kehoach except what comes after or around the document (exports, review, commands),
over the versions of the libraries that read and extract, over the options that change documents, and for formats that
need other programs (tesseract, LibreOffice) over their files. What is known not to matter is left out, rather than what
does listed: a new module counts until somebody says otherwise, and a test holds the list against the imports.
"""

from __future__ import annotations

import hashlib
import shutil
import sys
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib import import_module, metadata
from pathlib import Path, PurePosixPath

from pipeline.read.formats import SUFFIXES, Format
from pipeline.runs.inputs import Input
from pipeline.workers.limits import Limits


@dataclass(frozen=True, slots=True)
class MadeBy:
    """The rules and options of a run; call it with an input to learn what makes its document."""

    rules: str
    options: str
    programs: str

    @classmethod
    def of(cls, *, words: bool = False, limits: Limits | None = None) -> MadeBy:
        """The rules as they are installed now, with these options."""
        limits = limits or Limits.from_environment()
        return cls(rules_version(), f"words={words} file_mb={limits.file_mb} pages={limits.pages}", programs_version())

    def told(self) -> dict[str, str]:
        """The same for `run.json`."""
        return {"rules": self.rules, "options": self.options, "programs": _short(self.programs.encode())}

    def __call__(self, item: Input) -> str:
        """The word for *item*."""
        programs = self.programs if needs_programs(item) else ""
        return _short(f"{self.rules}\n{self.options}\n{programs}".encode())


def needs_programs(item: Input) -> bool:
    """Whether tesseract, LibreOffice or antiword may have a part in its document."""
    return SUFFIXES.get(PurePosixPath(item.name).suffix.lower(), "text") in NEED_PROGRAMS


@cache
def rules_version() -> str:
    """A hash of all that shapes a document, whatever its format and the options."""
    return _short(_told(*PACKAGES, without=AFTER).encode())


@cache
def readers_version() -> str:
    """A hash of all that shapes what a reader makes of an input, programs included."""
    return _short(f"{_told(*READING)}\n{programs_version()}".encode())


@cache
def programs_version() -> str:
    """The programs that are called, told by size and time of their files; to ask them for their versions takes long."""
    told = []
    for program in PROGRAMS:
        if found := shutil.which(program):
            file = Path(found).resolve()
            told.append(f"{program} {file.stat().st_size} {file.stat().st_mtime_ns}")
    return "\n".join(told)


def files_of(name: str) -> Iterator[tuple[str, Path]]:
    """The code and data files of the module or package *name*, with their names in it, in order.

    What is compiled from the code does not count: it makes the same documents.
    """
    package, *rest = name.split(".")
    root = Path(str(import_module(package).__file__)).parent
    place = root.joinpath(*rest)
    if (module := place.with_suffix(".py")).is_file():
        yield module.relative_to(root.parent).as_posix(), module
    for file in sorted(place.rglob("*")):
        compiled = file.suffix in COMPILED or "__pycache__" in file.parts
        if file.is_file() and not compiled and not file.name.startswith("."):
            yield file.relative_to(root.parent).as_posix(), file


def shapes_documents(file: str) -> bool:
    """Whether what stands in *file* (such as `pipeline/clean/tones.py`) counts."""
    return not file.removesuffix(".py").startswith(tuple(f"{name}/" for name in AFTER)) and (
        file.removesuffix(".py") not in AFTER
    )


def _told(*packages: str, without: Iterable[str] = ()) -> str:
    lines = [f"{distribution} {metadata.version(distribution)}" for distribution in LIBRARIES]
    lines += [f"Python {sys.version_info[:2]}, Unicode {unicodedata.unidata_version}"]
    for package in packages:
        for name, file in files_of(package):
            if not without or shapes_documents(name):
                lines.append(f"{name} {hashlib.sha256(file.read_bytes()).hexdigest()}")
    return "\n".join(lines)


def _short(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()[:16]


COMPILED = frozenset({".so", ".pyd"})
PACKAGES = ("schemas", "extractors", "pipeline")
# Comes after the document or stands around its making.
AFTER = frozenset(
    f"pipeline/{name}"
    for name in (
        *(
            "__main__",
            "cli",
            "dataset",
            "diff",
            "export",
            "flow",
            "pictures",
            "profile",
            "progress",
            "register",
            "remote",
            "results",
        ),
        *("review", "runs", "score", "show", "show_source", "source_cache", "templates", "terminal", "workers"),
    )
)
READING = (
    "pipeline.clean.characters",
    "pipeline.read",
    "pipeline.readers",
    "pipeline.mapped_text",
    "pipeline.repair",
    "pipeline.plain_words",
    "schemas",
)
LIBRARIES = (
    *(
        "beautifulsoup4",
        "google-re2",
        "lxml",
        "numpy",
        "orjson",
        "pdfminer.six",
        "pdfplumber",
        "pillow",
        "pyahocorasick",
    ),
    *("pydantic", "pypdfium2", "python-dateutil", "regex", "spacy", "underthesea"),
)
NEED_PROGRAMS: frozenset[Format] = frozenset({"doc", "rtf", "odt", "pdf", "picture"})
PROGRAMS = ("tesseract", "soffice", "antiword")
