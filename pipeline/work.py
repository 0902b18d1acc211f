"""The work on one input as a function of its bytes: `make(data, name="a.txt", readers=readers)` gives the bytes of its
document, or why there is none.

No file, clock or ledger stands behind it, so that it may run in any process on any machine. Where the bytes come from
and where the document goes is the business of `pipeline.workers.batch`.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field

from pipeline.errors import UnreadableInputError
from pipeline.extract import extract_source
from pipeline.file_names import printable
from pipeline.readers import Readers
from pipeline.search_text import with_search_text
from pipeline.store import encode
from schemas import PlanDocument


@dataclass(frozen=True, slots=True)
class Made:
    """What came of the bytes whose hash is `sha256`: the `content` of the document and its `counts` of records by kind,
    or the `cause` and `message` of a quarantine."""

    sha256: str
    content: bytes = b""
    counts: dict[str, int] = field(default_factory=dict)
    cause: str | None = None
    message: str | None = None


def make(data: bytes, *, name: str, readers: Readers, words: bool = False) -> Made:
    """The document of the input *name* (relative, `/` separators), with *words* also their `search_text`.

    Never raises: whatever goes wrong is the cause of a quarantine.
    """
    sha256 = hashlib.sha256(data).hexdigest()
    try:
        document = extract_source(readers.read(data, name=name), path=printable(name))
        content = encode(with_search_text(document) if words else document)
        return Made(sha256, content, count_records(document))
    except Exception as error:
        return Made(sha256, b"", {}, *why(error))


def why(error: Exception) -> tuple[str, str]:
    """The cause and message of the quarantine that *error* leads to.

    >>> why(PermissionError(13, "Permission denied"))
    ('cannot-open', 'Permission denied')
    """
    if isinstance(error, UnreadableInputError):
        return error.code, str(error)
    if isinstance(error, OSError):
        return "cannot-open", error.strerror or str(error)
    if isinstance(error, MemoryError):
        return "too-much-memory", "reading it failed (MemoryError): split it, or raise KEHOACH_LIMIT_DOCUMENT_MB"
    if isinstance(error, RecursionError):
        return "too-complex", "reading it failed (RecursionError): simplify it"
    return "internal-error", f"a fault of kehoach ({type(error).__name__}: {error}); please report it with this text"


def count_records(document: PlanDocument) -> dict[str, int]:
    """How many records of each kind the document holds."""
    return {kind: len(getattr(document, kind)) for kind in COUNTED}


COUNTED = ("sections", "tasks", "targets", "deadlines", "budgets", "tables", "citations", "repairs", "diagnostics")
