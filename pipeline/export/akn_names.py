"""Names of documents and of their parts in Akoma Ntoso: work IRIs, and eIds after the naming convention.

    /akn/vn/doc/qd/uy-ban-nhan-dan-tinh-binh-dinh/2023-02-23/518-qd-ubnd      art_1__para_2__point_b

A citation is named as the cited document names itself, by the issuer's full name and not by its id, so that references
between exported files meet. Where a text gives no date its place is `nd`; where it gives no number, the document's id
or the law's title stands there.
"""

from __future__ import annotations

import re
from datetime import date

from extractors.metadata.folding import folded
from schemas import Agency, Citation, PlanDocument


def work_of(document: PlanDocument) -> str:
    """The work IRI of a document."""
    metadata = document.metadata
    number = metadata.number or document.id
    return _work(metadata.doc_type, metadata.issuer, metadata.issued_on, number)


def work_cited(citation: Citation) -> str:
    """The work IRI of a cited document; a law without number goes by its title."""
    return _work(citation.doc_type, citation.issuer, citation.issued_on, citation.number or citation.title or "nn")


def slug(text: str) -> str:
    """Plain small letters and digits with single hyphens.

    >>> slug("36a/NQ-CP"), slug("Luật Đầu tư công")
    ('36a-nq-cp', 'luat-dau-tu-cong')
    """
    return re.sub(r"[^a-z0-9]+", "-", folded(text).lower()).strip("-") or "nn"


class ElementIds:
    """Gives out eIds, each once; one that the convention gives twice gets a number at its end."""

    def __init__(self) -> None:
        self._given: set[str] = set()

    def of(self, parent: str, abbreviation: str, number: str = "") -> str:
        """The eId of an element below *parent* (empty at the top), numbered *number*.

        >>> ids = ElementIds()
        >>> ids.of("art_1", "para", "2."), ids.of("art_1", "para", "2"), ids.of("", "hcontainer", "1.2")
        ('art_1__para_2', 'art_1__para_2_2', 'hcontainer_1-2')
        """
        number = _SEPARATORS.sub("-", number).strip("-")
        wanted = "_".join(filter(None, (abbreviation, number)))
        wanted = f"{parent}__{wanted}" if parent else wanted
        found, count = wanted, 1
        while found in self._given:
            count += 1
            found = f"{wanted}_{count}"
        self._given.add(found)
        return found


def _work(doc_type: str | None, issuer: Agency | None, issued: date | None, number: str) -> str:
    parts = ["/akn/vn/doc", slug(doc_type or "doc")]
    if issuer:
        parts.append(slug(issuer.name))
    return "/".join([*parts, issued.isoformat() if issued else "nd", slug(number)])


_SEPARATORS = re.compile(r"[\W_]+")
