"""The metadata of Akoma Ntoso: work, expression and manifestation (FRBR), organisations, and where the text came from.

    <FRBRWork><FRBRthis value="/akn/vn/doc/kh/…/!main"/> … <FRBRcountry value="vn"/></FRBRWork>

The schema demands dates where a text has none: those are 0001-01-01, named `unknown`.
"""

from __future__ import annotations

from importlib.metadata import version

from lxml import etree

from pipeline.cell_text import one_line
from pipeline.export.akn_names import slug, work_of
from pipeline.export.akn_text import Element, tag
from pipeline.results import Result
from schemas import PlanDocument

OWN = "urn:kehoach:source"
MACHINE = "kehoach"
NO_AUTHOR = "unknown-issuer"


def metadata(each: Result, component: str = "main") -> Element:
    """The `meta` element of a document, or of its annex *component* (`att_1`)."""
    document = each.document
    made = etree.Element(tag("meta"))
    identification = etree.SubElement(made, tag("identification"), source=f"#{_id(component, MACHINE)}")
    work = work_of(document)
    expression = f"{work}/vie@"
    author = f"#{_id(component, _issuer(document)[0])}"
    for level, iri in (
        ("FRBRWork", work),
        ("FRBRExpression", expression),
        ("FRBRManifestation", f"{expression}/xml"),
    ):
        part = etree.SubElement(identification, tag(level))
        _value(part, "FRBRthis", f"{iri}/!{component}")
        _value(part, "FRBRuri", iri)
        if level == "FRBRWork" and component == "main" and document.metadata.title:
            _value(part, "FRBRalias", document.metadata.title, name="title")
        _date(part, document)
        etree.SubElement(part, tag("FRBRauthor"), href=author)
        _particulars(part, level, document)
    _references(made, document, component)
    if component == "main":
        _source(made, each)
    return made


def _particulars(part: Element, level: str, document: PlanDocument) -> None:
    if level == "FRBRWork":
        _value(part, "FRBRcountry", "vn")
        if document.metadata.doc_type:
            _value(part, "FRBRsubtype", document.metadata.doc_type)
        if document.metadata.number:
            _value(part, "FRBRnumber", document.metadata.number)
    elif level == "FRBRExpression":
        etree.SubElement(part, tag("FRBRlanguage"), language="vie")
    else:
        _value(part, "FRBRformat", "application/akn+xml")


def _date(part: Element, document: PlanDocument) -> None:
    issued = document.metadata.issued_on
    day, name = (issued.isoformat(), "issued") if issued else ("0001-01-01", "unknown")
    etree.SubElement(part, tag("FRBRdate"), date=day, name=name)


def _references(made: Element, document: PlanDocument, component: str) -> None:
    references = etree.SubElement(made, tag("references"), source=f"#{_id(component, MACHINE)}")
    organisations = [(MACHINE, f"kehoach {version('kehoach')}"), _issuer(document)]
    for name, shown in organisations:
        etree.SubElement(
            references,
            tag("TLCOrganization"),
            eId=_id(component, name),
            href=f"/akn/ontology/organization/vn/{name}",
            showAs=one_line(shown),
        )


def _issuer(document: PlanDocument) -> tuple[str, str]:
    """The eId and the name of the issuer."""
    issuer = document.metadata.issuer
    return (slug(issuer.name), issuer.name) if issuer else (NO_AUTHOR, "unknown")


def _source(made: Element, each: Result) -> None:
    """Which input it was read from, and whether a person has reviewed the reading."""
    source = each.document.source
    part = etree.SubElement(made, tag("proprietary"), source=f"#{MACHINE}")
    etree.SubElement(
        part,
        f"{{{OWN}}}source",
        nsmap={"kh": OWN},
        documentId=one_line(each.document.id),
        path=one_line(source.path),
        sha256=one_line(source.sha256),
        reviewed=str(each.reviewed).lower(),
    )


def _id(component: str, name: str) -> str:
    """An eId of the metadata; those of annexes stand in the same file."""
    return name if component == "main" else f"{component}__{name}"


def _value(parent: Element, element: str, value: str, **attributes: str) -> None:
    etree.SubElement(parent, tag(element), {"value": one_line(value), **attributes})
