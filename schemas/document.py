"""The finished document: what one exported JSON file says."""

from __future__ import annotations

from datetime import date
from typing import Literal

from schemas.agency import Agency
from schemas.budget import Budget
from schemas.citation import Citation
from schemas.deadline import Deadline
from schemas.diagnostic import Diagnostic
from schemas.record import Value
from schemas.repair import Repair
from schemas.section import Section
from schemas.table import Table
from schemas.target import Target
from schemas.task import Task

SCHEMA_VERSION: Literal["1.0"] = "1.0"


class Source(Value):
    """The input file: `path` relative to the input directory with `/` separators, size in bytes.

    `encoding` is None for a format that is no text (PDF, Word).
    """

    path: str
    sha256: str
    media_type: str
    encoding: str | None
    bytes: int


class Signer(Value):
    """Who signed, in which position, on whose behalf (`TM.`, `KT.`, `TL.`, `TUQ.` of Nghị định 30/2020/NĐ-CP)."""

    name: str
    position: str | None = None
    on_behalf_of: str | None = None


class Metadata(Value):
    """What the document's own header, closing and title say; `legal_bases` and `replaces` hold citation ids."""

    doc_type: str | None = None
    number: str | None = None
    title: str | None = None
    annexed_title: str | None = None
    issuer: Agency | None = None
    place: str | None = None
    issued_on: date | None = None
    effective_on: date | None = None
    signers: tuple[Signer, ...] = ()
    legal_bases: tuple[str, ...] = ()
    recipients: tuple[str, ...] = ()
    replaces: tuple[str, ...] = ()


class PlanDocument(Value):
    """Everything read from one input file, keys in the order of the contract."""

    schema_version: Literal["1.0"] = SCHEMA_VERSION
    id: str
    source: Source
    text: str
    metadata: Metadata
    sections: tuple[Section, ...] = ()
    tasks: tuple[Task, ...] = ()
    targets: tuple[Target, ...] = ()
    deadlines: tuple[Deadline, ...] = ()
    budgets: tuple[Budget, ...] = ()
    tables: tuple[Table, ...] = ()
    citations: tuple[Citation, ...] = ()
    repairs: tuple[Repair, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()
