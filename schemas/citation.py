"""Citations: other legal documents that a document names."""

from __future__ import annotations

from datetime import date

from schemas.agency import Agency
from schemas.record import Record, Span


class Citation(Record):
    """One distinct document; `spans` holds all its mentions, `span` the first of them."""

    doc_type: str
    number: str | None
    issued_on: date | None = None
    issuer: Agency | None = None
    title: str | None = None
    surface: str
    spans: tuple[Span, ...] = ()
