"""Write docs/licences.md: every package of the default install with its version and licence.

    python scripts/write_licences.py

Licences come from the metadata of the packages as installed. What the lock holds for other systems and is not installed
here stands in `ELSEWHERE`, read from its own metadata once by a person.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "licences.md"
LOCK = ROOT / "requirements" / "run.lock"


class Licensed(NamedTuple):
    """A package of the lock."""

    name: str
    version: str
    licence: str


def locked(lock: Path = LOCK) -> Iterator[tuple[str, str, str]]:
    """Name, version and marker of each package in a lock."""
    for line in lock.read_text(encoding="utf-8").splitlines():
        if found := re.match(r"([\w.-]+)==(\S+)(?: ; ([^\\]+))?", line):
            yield found[1], found[2], (found[3] or "").strip()


def licences() -> list[Licensed]:
    """The packages of the default install, by name."""
    return sorted({Licensed(name, version, licence_of(name)) for name, version, _ in locked()})


def licence_of(name: str) -> str:
    """The licence that a package's metadata gives: as an expression, in words, or by classifiers."""
    if name in CHOSEN:
        return CHOSEN[name]
    try:
        metadata = distribution(name).metadata
    except PackageNotFoundError:
        return ELSEWHERE.get(name, "UNKNOWN: not installed here; read its metadata and enter it in ELSEWHERE")
    # get_all, since the readers of metadata that other packages install raise KeyError for what is missing.
    given = [text.strip() for key in ("License-Expression", "License") for text in metadata.get_all(key) or ()]
    short = next((text for text in given if text and "\n" not in text and len(text) < 80 and "©" not in text), "")
    classified = [c.split("::")[-1].strip() for c in metadata.get_all("Classifier") or () if c.startswith("License")]
    if short and "copyright" not in short.lower() and short != "Dual License":
        return short
    return " or ".join(classified) or "UNKNOWN"


def is_copyleft(licence: str) -> bool:
    """Whether a licence asks the whole work to be under it; MPL 2.0 asks only for its own files.

    >>> is_copyleft("LGPL-3.0-or-later"), is_copyleft("MPL-2.0 AND MIT")
    (True, False)
    """
    return bool(re.search(r"\b[AL]?GPL|General Public|EUPL|\bSSPL|CC-BY-SA|Commons Clause", licence, re.IGNORECASE))


def page(rows: list[Licensed]) -> str:
    """The page."""
    table = "\n".join(f"| {name} | {version} | {licence} |" for name, version, licence in rows)
    return f"{HEAD}\n| package | version | licence |\n|---|---|---|\n{table}\n"


HEAD = """# Licences of what kehoach installs

Made by `make licences` from `requirements/run.lock`, which is the default install, and the metadata of the packages; a
test fails when this page and the lock differ, and when a licence is copyleft (GPL, LGPL, AGPL and their like). Packages
under MPL 2.0 ask only for changes to their own files to be given on, and are used unchanged.
"""
# Of several licences, the one under which the package is used here.
CHOSEN = {"text-unidecode": "Artistic License (chosen; also offered under the GPL)"}
# Not installed on Linux with Python 3.11.
ELSEWHERE = {
    "async-timeout": "Apache-2.0",
    "httpx2-jsfetch": "BSD-3-Clause",
    "pywin32": "PSF-2.0",
    "whenever": "MIT",
}

if __name__ == "__main__":
    PAGE.write_text(page(licences()), encoding="utf-8")
