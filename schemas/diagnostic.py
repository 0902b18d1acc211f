"""Diagnostics: the reading went on, but a reviewer should look here."""

from __future__ import annotations

from typing import Literal

from schemas.record import SourceSpan, Span, Value

Severity = Literal["info", "warning", "error"]


class Diagnostic(Value):
    """One remark; `code` is stable and kebab-case, `message` is for a person."""

    id: str = ""
    code: str
    severity: Severity
    message: str
    span: Span | None = None
    source_spans: tuple[SourceSpan, ...] = ()
