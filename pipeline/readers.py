"""Read an input of any format, each parser of foreign bytes in a process of its own.

    with Readers() as readers:
        source = readers.read(data, name="plan.pdf")

Plain text is decoded here; all else goes to `Isolation`. Scanned pages are recognised one by one and kept in a cache,
so that a second run costs nothing.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

from pipeline.errors import UnreadableInputError
from pipeline.isolation import Isolation
from pipeline.limits import Limits
from pipeline.read.formats import MEDIA_TYPES, format_of
from pipeline.read.source import SourceDocument
from pipeline.read.text import read_text


class Readers:
    """All readers, with the limits on them; a context manager that ends their process.

    *jobs* is how many scanned pages of one document are recognised at once; *recognised* is called after each with its
    number and how many there are.
    """

    def __init__(
        self,
        *,
        limits: Limits | None = None,
        cache: Path | None = None,
        jobs: int = 1,
        recognised: Callable[[int, int], None] = lambda number, count: None,
    ) -> None:
        self.limits = limits or Limits.from_environment()
        self.cache = cache or default_cache()
        self.jobs = jobs
        self.recognised = recognised
        self._isolation = Isolation(memory_mb=self.limits.memory_mb)

    def __enter__(self) -> Readers:
        return self

    def __exit__(self, *_: object) -> None:
        self._isolation.close()

    def read(self, data: bytes, *, name: str) -> SourceDocument:
        """The input named *name* (its suffix counts); raises `UnreadableInputError` when no document can be made."""
        if len(data) > self.limits.file_mb << 20:
            raise too_large(len(data), self.limits)
        form = format_of(data, name)
        if form in ("text", "markdown"):
            return read_text(data, media_type=MEDIA_TYPES[form])
        raise UnreadableInputError("binary", f"is no text ({form})")


def default_cache() -> Path:
    """Where recognised pages are kept: `$KEHOACH_CACHE`, else the user's cache directory."""
    if given := os.environ.get("KEHOACH_CACHE"):
        return Path(given)
    home = os.environ.get("XDG_CACHE_HOME")
    return (Path(home) if home else Path.home() / ".cache") / "kehoach"


def too_large(size: int, limits: Limits) -> UnreadableInputError:
    """The error for a file above the limit, which is not even opened."""
    message = (
        f"has {size:,} bytes, more than the limit of {limits.file_mb:,} MB: split it, or raise KEHOACH_LIMIT_FILE_MB"
    )
    return UnreadableInputError("too-large", message)
