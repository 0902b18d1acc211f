"""The nouns of kehoach: frozen pydantic models, and nothing else."""

from schemas.agency import Agency, AgencyLevel
from schemas.budget import Budget, BudgetCheck, BudgetLine
from schemas.citation import Citation
from schemas.deadline import Deadline, DeadlineKind
from schemas.diagnostic import Diagnostic, Severity
from schemas.document import SCHEMA_VERSION, Metadata, PlanDocument, Signer, Source
from schemas.record import Record, SourceSpan, Span, Value
from schemas.repair import Repair
from schemas.section import Section
from schemas.table import Table
from schemas.target import Comparator, Measure, Target
from schemas.task import Task

__all__ = [
    "SCHEMA_VERSION",
    "Agency",
    "AgencyLevel",
    "Budget",
    "BudgetCheck",
    "BudgetLine",
    "Citation",
    "Comparator",
    "Deadline",
    "DeadlineKind",
    "Diagnostic",
    "Measure",
    "Metadata",
    "PlanDocument",
    "Record",
    "Repair",
    "Section",
    "Severity",
    "Signer",
    "Source",
    "SourceSpan",
    "Span",
    "Table",
    "Target",
    "Task",
    "Value",
]
