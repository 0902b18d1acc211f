"""Limits on what one input may cost before it is given up; each can be set by an environment variable.

KEHOACH_LIMIT_SECONDS=30 kehoach run inbox/
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, fields

from pipeline.errors import UsageError


@dataclass(frozen=True, slots=True)
class Limits:
    """What reading one input may cost at most.

    `file_mb` is the size of the file, `seconds` the time for reading it without the recognition of scanned pages,
    `memory_mb` what the reading process may take beyond its own size, `pages` the pages of a PDF, `page_seconds` the
    time for recognising one scanned page, `program_mb` the memory of a program that is called (tesseract, soffice).
    `document_seconds` and `document_mb` bound the whole of a document in a run, reading and extraction, in time (which
    begins anew with each page that is recognised) and in the memory that its worker takes beyond its own size.
    """

    file_mb: int = 256
    seconds: int = 120
    memory_mb: int = 1024
    pages: int = 2000
    page_seconds: int = 120
    program_mb: int = 4096
    document_seconds: int = 600
    document_mb: int = 4096

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] | None = None) -> Limits:
        """The limits with what `KEHOACH_LIMIT_SECONDS` and its like say; raises `UsageError` for what is no number.

        >>> Limits.from_environment({"KEHOACH_LIMIT_PAGES": "10"}).pages
        10
        """
        environment = os.environ if environment is None else environment
        given = {field.name: environment.get(f"KEHOACH_LIMIT_{field.name.upper()}") for field in fields(cls)}
        return cls(**{name: _whole_number(name, value) for name, value in given.items() if value})


def _whole_number(name: str, value: str) -> int:
    if not value.isascii() or not value.isdigit() or not int(value):
        raise UsageError(f"KEHOACH_LIMIT_{name.upper()} is {value!r}: give a whole number above 0.")
    return int(value)
