"""The facts of the document as a whole: what its header, closing and property box say, and what it cites."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import date

import re2

from extractors.agencies import Place, canonical_agency, find_place
from extractors.citations import find_citations, find_legal_bases, find_replaced
from extractors.metadata import MetadataFindings, find_metadata
from pipeline.clean import CleanText
from schemas import Agency, Citation, Diagnostic, Span


@dataclass(frozen=True, slots=True)
class Facts:
    """`legal_bases` and `replaces` are indexes into `citations`; `plan_year` is set for a plan of one year."""

    findings: MetadataFindings
    issuer: Agency | None
    place: Place | None
    plan_year: int | None
    citations: tuple[Citation, ...]
    legal_bases: tuple[int, ...]
    replaces: tuple[int, ...]
    diagnostics: tuple[Diagnostic, ...]

    @property
    def doc_type(self) -> str | None:
        """The abbreviation of the document's type."""
        return self.findings.doc_type

    @property
    def issued(self) -> date | None:
        """The day of issue."""
        return self.findings.issued_on

    @property
    def not_before(self) -> date | None:
        """The day before which the document was not issued: its own, else that of its newest legal basis."""
        days = (self.citations[at].issued_on for at in self.legal_bases)
        return self.issued or max((day for day in days if day), default=None)


def read_facts(cleaned: CleanText) -> Facts:
    """Read header, closing, property box and citations of a cleaned text."""
    text = cleaned.text.text
    box = {name: None if value is None else str(value) for name, value in asdict(cleaned.properties).items()}
    findings = find_metadata(text, properties=box)
    place = _place(findings)
    issuer = _issuer(text, findings, place)
    province = findings.province or (place.name if place and issuer and issuer.level != "central" else None)
    citations = find_citations(text, own_number=findings.number, issued=findings.issued_on, province=province)
    return Facts(
        findings=findings,
        issuer=issuer,
        place=place if issuer is None or issuer.level != "central" else None,
        plan_year=plan_year(findings.annexed_title or findings.title),
        citations=tuple(map(_registered, citations)),
        legal_bases=tuple(find_legal_bases(text, citations)),
        replaces=tuple(find_replaced(text, citations)),
        diagnostics=(*findings.diagnostics, *_remarks(text, findings)),
    )


def _place(findings: MetadataFindings) -> Place | None:
    """The province of the issuing body: the one that it names, else the one where it signs.

    National bodies that no registry knows sign in Hà Nội too; bodies of the capital name it.
    """
    named = (find_place(text) for text in (findings.issuer_text, findings.province) if text)
    if place := next(filter(None, named), None):
        return place
    signed = find_place(findings.place) if findings.place else None
    return signed if signed and signed.slug != "ha-noi" else None


def _registered(citation: Citation) -> Citation:
    """*citation* with its issuer under the id and the name that the same body has as the issuer of a document."""
    if citation.issuer is None:
        return citation
    known = canonical_agency(citation.issuer.name, place=find_place(citation.issuer.name))
    name = known.name if known.rule == "registry" else citation.issuer.name
    issuer = citation.issuer.model_copy(update={"id": known.id, "level": known.level, "name": name})
    return citation.model_copy(update={"issuer": issuer})


def _issuer(text: str, findings: MetadataFindings, place: Place | None) -> Agency | None:
    """The issuing body; its span is where the text has its words, null where they stand apart or respelt."""
    if not findings.issuer_text:
        return None
    issuer = canonical_agency(findings.issuer_text, place=place)
    at = text.find(issuer.surface)
    update: dict[str, object] = {"span": Span(at, at + len(issuer.surface)) if at >= 0 else None, "collective": False}
    if issuer.level == "district" and issuer.name.endswith(" thành phố") and _OF_A_PROVINCE.search(text):
        update["level"] = "province"
    return issuer.model_copy(update=update)


def _remarks(text: str, findings: MetadataFindings) -> Iterator[Diagnostic]:
    """What a reviewer should know of the document as a whole."""
    if findings.doc_type in NORMATIVE:
        yield _NO_PLAN
    if findings.number is None:
        return
    own, _, symbol = findings.number.partition("/")
    for match in _ENCLOSED_WITH.finditer(text):
        if match["symbol"] == symbol and match["number"].lstrip("0") != own.lstrip("0"):
            message = (
                f"The head has the number {findings.number}, the attachment {match['number']}/{symbol}: numbers that"
                " were filled in by hand are often misread."
            )
            yield Diagnostic(code="number-differs", severity="warning", message=message, span=Span(*match.span(1)))
            return


def plan_year(title: str | None) -> int | None:
    """The year of a plan whose title names one year and no period.

    >>> plan_year("Cải cách hành chính năm 2020"), plan_year("Phát triển rừng đến năm 2030")
    (2020, None)
    """
    if not title or _PERIOD.search(title):
        return None
    years = {int(match[1]) for match in _YEAR.finditer(title)}
    return years.pop() if len(years) == 1 else None


_YEAR = re.compile(r"(?i)(?<!/)\bnăm (20\d\d)\b")
_PERIOD = re.compile(r"(?i)giai đoạn|đến (?:hết )?năm|\d{4}\s*[-–]\s*\d{4}|từ năm|những năm|các năm|năm học|nhiệm kỳ")


# What only a city under the central government has below it.
_OF_A_PROVINCE = re.compile(r"(?i)\bcác (?:sở|quận)\b")

# Documents that make law (Luật Ban hành văn bản quy phạm pháp luật); decisions and resolutions are mostly plans here.
NORMATIVE = frozenset({"HP", "L", "BL", "PL", "LCT", "NĐ", "TT", "TTLT", "VBHN"})
_NO_PLAN = Diagnostic(
    code="no-plan",
    severity="warning",
    message="This document makes law and is no plan: what is found in it as tasks and targets deserves little trust,"
    " whatever its confidence.",
)
# "(Kèm theo Quyết định số 12/QĐ-UBND …)" names the document itself.
_ENCLOSED_WITH = re2.compile(
    r"(?m)^\*{0,2}\((?:Ban hành )?[Kk]èm theo (?:\p{L}+ ){1,3}số:? ?"
    r"(?P<said>(?P<number>\d{1,5}) ?/ ?(?P<symbol>[\p{Lu}\d][^ ,;)]*))"
)
