"""What the reading of a document's own header and closing found."""

from __future__ import annotations

from datetime import date

from pydantic import Field

from schemas import Agency, Diagnostic, Signer, Span
from schemas.record import Value


class MetadataFindings(Value):
    """The metadata as the text gives them; `spans` says where, by field name; `province` is `tỉnh Bình Định`."""

    doc_type: str | None = None
    number: str | None = None
    title: str | None = None
    annexed_title: str | None = None
    issuer: Agency | None = None
    issuer_text: str | None = None
    province: str | None = None
    place: str | None = None
    issued_on: date | None = None
    effective_on: date | None = None
    signers: tuple[Signer, ...] = ()
    recipients: tuple[str, ...] = ()
    spans: dict[str, Span] = Field(default_factory=dict)
    diagnostics: tuple[Diagnostic, ...] = ()
