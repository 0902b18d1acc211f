"""Find the metadata of a document: type, number, title, issuer, place, dates, signers, recipients.

"Số: 12/KH-UBND | Quảng Ngãi, ngày 22 tháng 3 năm 2017" gives number, place and date. The document's own head wins over
the property box of a site; what neither gives is None, and a diagnostic says what is blank, unreadable or at odds.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date

from extractors.document_types import type_codes_by_symbol
from extractors.metadata.annex_line import number_and_date_of_annexes
from extractors.metadata.closing import find_recipients, find_signatures
from extractors.metadata.effect import find_adoption_date, find_annexed_title, find_effective_date
from extractors.metadata.findings import MetadataFindings
from extractors.metadata.folding import folded
from extractors.metadata.head import Head, number_at, read_head
from extractors.metadata.headless import (
    body_of_number,
    first_line,
    is_press_article,
    main_province,
    reported_number,
    stated_issuer,
    type_of_itself,
)
from extractors.metadata.headless import titled_type as _titled_type
from extractors.metadata.letterhead import Province, find_province, issuer_of, issuing_body
from extractors.metadata.lone_annex import LoneAnnex, read_lone_annex
from extractors.metadata.title import Part, begins_title, party_body_under, title_under, without_issuer
from schemas import Agency, Diagnostic, Severity, Span

__all__ = ["MetadataFindings", "find_metadata", "is_press_article"]

_NOTHING: Mapping[str, str | None] = {}


def find_metadata(text: str, *, properties: Mapping[str, str | None] = _NOTHING) -> MetadataFindings:
    """Read the metadata of *text*; *properties* is the site's property box (`number`, `issued_on`, `signer`, …).

    >>> head = "UBND TỈNH AN GIANG\\nSố: 5/KH-UBND\\nAn Giang, ngày 02 tháng 3 năm 2021\\nKẾ HOẠCH\\nTRỒNG CÂY"
    >>> found = find_metadata(head)
    >>> (found.doc_type, found.number, str(found.issuer), str(found.issued_on), found.title)
    ('KH', '5/KH-UBND', 'Ủy ban nhân dân tỉnh An Giang', '2021-03-02', 'TRỒNG CÂY')
    """
    head = read_head(text)
    if head.formal:
        return _from_head(text, head, properties)
    if _titled_type(text) is None and (annex := read_lone_annex(text)):
        return _from_annex(text, annex, properties)
    if is_press_article(text):
        return _from_article(text)
    return _from_dump(text, properties)


def _from_head(text: str, head: Head, properties: Mapping[str, str | None]) -> MetadataFindings:
    issuer_text = issuing_body(head.issuer.value) if head.issuer else None
    place = find_province(head.place.value) if head.place else None
    letterhead = head.issuer.value if head.issuer else ""
    province = find_province(letterhead) or (place if _LOCAL.search(letterhead) else None)
    if head.doc_type and (party := party_body_under(text, head.doc_type.span)):
        if folded(party) in _CENTRAL_PARTY:
            issuer_text = party
        elif province:
            issuer_text = f"{party} {province.name.upper()}"
    issuer = issuer_of(issuer_text, province) if issuer_text else None
    if issuer and _STAMPED_OVER.search(letterhead):
        speaker, speakers_province = stated_issuer(text)
        if speaker:
            issuer, issuer_text, province = speaker, speaker.surface, speakers_province
    if issuer is None:
        issuer, stated = _issuer_without_letterhead(text, head.number)
        issuer_text, province = issuer.surface if issuer else None, province or stated
    title = head.title and Part(without_issuer(head.title.value, issuer.name if issuer else ""), head.title.span)
    doc_type = head.doc_type.value if head.doc_type else _type_of_number(head.number)
    body_start = head.title.span.end if head.title else 0
    diagnostics = [_REMARKS[code].model_copy(update={"span": span}) for code, span in head.remarks]
    return _finished(
        text,
        properties,
        {
            "doc_type": head.doc_type,
            "number": head.number,
            "title": title,
            "issuer": head.issuer,
            "place": head.place,
        },
        doc_type=doc_type,
        issuer=issuer,
        issuer_text=issuer_text,
        province=province,
        issued_on=head.issued_on,
        date_span=head.date_span,
        diagnostics=diagnostics,
        body_start=body_start,
    )


def _from_dump(text: str, properties: Mapping[str, str | None]) -> MetadataFindings:
    found = _titled_type(text)
    doc_type, title = found if found else (None, first_line(text))
    if doc_type is None and title and not begins_title(title.value):
        title = None
    if doc_type and title and not title.value:
        title = title_under(text, doc_type.span)
    number = None
    if title and (numbered := number_at(title.value)):
        start = title.span.start
        number = Part(numbered[0], Span(start, min(start + numbered[1], title.span.end)))
        rest = title.value[numbered[1] :].strip(" :.-–")
        title = Part(rest, title.span) if rest else None
    code = doc_type.value if doc_type else _type_of_number(number) or type_of_itself(text)
    issuer, province = _issuer_without_letterhead(text, number, code)
    return _finished(
        text,
        properties,
        {"doc_type": doc_type, "number": number, "title": title},
        doc_type=code,
        issuer=issuer,
        issuer_text=issuer.surface if issuer else None,
        province=province,
        issued_on=find_adoption_date(text) if code in _ADOPTED else None,
        date_span=None,
        diagnostics=[],
        body_start=title.span.end if title else 0,
    )


def _from_annex(text: str, annex: LoneAnnex, properties: Mapping[str, str | None]) -> MetadataFindings:
    if annex.issuer:
        body = annex.issuer.value
        province = find_province(body) or (main_province(text) if _LOCAL.search(body) else None)
        issuer = issuer_of(body, province)
    else:
        issuer, province = _issuer_without_letterhead(text, annex.number)
    return _finished(
        text,
        properties,
        {"doc_type": annex.doc_type, "number": annex.number, "issuer": annex.issuer},
        doc_type=annex.doc_type.value,
        issuer=issuer,
        issuer_text=annex.issuer.value if annex.issuer else issuer.surface if issuer else None,
        province=province,
        issued_on=annex.issued_on,
        date_span=annex.line if annex.issued_on else None,
        diagnostics=[],
        body_start=annex.line.end,
        annexed=annex.title,
    )


def _issuer_without_letterhead(
    text: str, number: Part | None, doc_type: str | None = None
) -> tuple[Agency | None, Province | None]:
    """Whom the number belongs to, who alone issues documents of the type, or who speaks in the text."""
    if number and (issuer := body_of_number(number.value)):
        return issuer, None
    if doc_type in _ONLY_ISSUERS and "HOI DONG BO TRUONG" not in folded(text[:_TOP]):
        return issuer_of(_ONLY_ISSUERS[doc_type], None), None
    issuer, province = stated_issuer(text)
    if issuer is None and number and number.value.endswith("-UBND") and (province := main_province(text)):
        issuer = issuer_of(f"Ủy ban nhân dân {province}", province)
    return issuer, province


def _from_article(text: str) -> MetadataFindings:
    headline, number = first_line(text), reported_number(text)
    issuer, _ = stated_issuer(text, least=1)
    province = main_province(text, least=1)
    spans = {name: part.span for name, part in (("title", headline), ("number", number)) if part}
    return MetadataFindings(
        doc_type="NEWS",
        title=headline.value if headline else None,
        number=number.value if number else None,
        issuer=issuer,
        issuer_text=issuer.surface if issuer else None,
        province=str(province) if province else None,
        spans=spans,
    )


def _finished(
    text: str,
    properties: Mapping[str, str | None],
    parts: Mapping[str, Part | None],
    *,
    doc_type: str | None,
    issuer: Agency | None,
    issuer_text: str | None,
    province: Province | None,
    issued_on: date | None,
    date_span: Span | None,
    diagnostics: list[Diagnostic],
    body_start: int,
    annexed: Part | None = None,
) -> MetadataFindings:
    """Add what the annexes, the closing and the property box say."""
    if parts.get("number") is None and not _property_number(properties):
        annexed_number, annexed_day = number_and_date_of_annexes(text, doc_type)
        parts = {**parts, "number": annexed_number}
        issued_on = issued_on or annexed_day
    values = {name: part.value if part else None for name, part in parts.items()}
    spans = {name: part.span for name, part in parts.items() if part}
    if date_span:
        spans["issued_on"] = date_span
    diagnostics += _disagreements(values.get("number"), issued_on, properties)
    number = values.get("number") or _property_number(properties)
    issued_on = issued_on or _property_date(properties.get("issued_on"))
    if number is None and not diagnostics:
        diagnostics.append(_REMARKS["missing-number"])
    if issued_on is None and not any(remark.code.endswith("-date") for remark in diagnostics):
        diagnostics.append(_REMARKS["missing-date"])
    signatures = find_signatures(text[body_start:], province)
    signatures = [s._replace(span=Span(s.span.start + body_start, s.span.end + body_start)) for s in signatures]
    recipients, recipients_span = find_recipients(text, signatures)
    effective_on, effect_span = find_effective_date(text[body_start:], issued_on)
    closing = signatures[0].span.end if signatures else recipients_span.end if recipients_span else body_start
    annexed = annexed or find_annexed_title(text, doc_type, closing)
    if signatures:
        spans["signers"] = signatures[0].span
    if recipients_span:
        spans["recipients"] = recipients_span
    if effect_span:
        spans["effective_on"] = Span(effect_span.start + body_start, effect_span.end + body_start)
    if annexed:
        spans["annexed_title"] = annexed.span
    return MetadataFindings(
        doc_type=doc_type,
        number=number,
        title=values.get("title"),
        annexed_title=annexed.value if annexed else None,
        issuer=issuer,
        issuer_text=issuer_text,
        province=str(province) if province else None,
        place=values.get("place"),
        issued_on=issued_on,
        effective_on=effective_on,
        signers=tuple(signature.signer for signature in signatures),
        recipients=tuple(recipients),
        spans=spans,
        diagnostics=tuple(diagnostics),
    )


def _type_of_number(number: Part | None) -> str | None:
    if number is None:
        return None
    symbols = re.split(r"[/-]", number.value)[1:]
    return next((type_codes_by_symbol()[s.casefold()] for s in symbols if s.casefold() in type_codes_by_symbol()), None)


def _property_number(properties: Mapping[str, str | None]) -> str | None:
    number = properties.get("number")
    return re.sub(r"\s", "", number) if number and re.search(r"\d", number) else None


def _property_date(value: str | None) -> date | None:
    try:
        return date.fromisoformat(value) if value else None
    except ValueError:
        return None


def _disagreements(
    number: str | None, issued_on: date | None, properties: Mapping[str, str | None]
) -> list[Diagnostic]:
    found = []
    other = _property_number(properties)
    if number and other and other.casefold() != number.casefold():
        found.append(_remark("number-mismatch", f"the head says {number}, the property box {other}; the head is kept"))
    day = _property_date(properties.get("issued_on"))
    if issued_on and day and day != issued_on:
        found.append(_remark("date-mismatch", f"the head says {issued_on}, the property box {day}; the head is kept"))
    return found


def _remark(code: str, message: str, severity: Severity = "warning") -> Diagnostic:
    return Diagnostic(code=code, severity=severity, message=message)


_LOCAL = re.compile(
    r"NHÂN DÂN|SỞ |TỈNH|THÀNH|HUYỆN|QUẬN|BAN QUẢN LÝ|ĐOÀN KIỂM TRA|BAN CHỈ ĐẠO(?! (?:QUỐC GIA|TRUNG ƯƠNG|NHÀ NƯỚC))",
    re.IGNORECASE,
)
# A name has neither stop nor colon within: what a stamp beside it says was read with it.
_STAMPED_OVER = re.compile(r"[^\W\d_]{3}[.:;] [^\W\d_]{2}")
_ADOPTED = {"L", "BL", "PL", "NQ"}
_TOP = 300  # where a decree of the years before 1992 names who then was the Government
_ONLY_ISSUERS = {"NĐ": "Chính phủ", "L": "Quốc hội", "BL": "Quốc hội", "PL": "Ủy ban Thường vụ Quốc hội"}
_CENTRAL_PARTY = {"BO CHINH TRI", "BAN BI THU"}
_REMARKS = {
    remark.code: remark
    for remark in (
        _remark("blank-number", "the document's number is left blank: a draft?"),
        _remark("blank-date", "the document's date is left blank: a draft?"),
        _remark("unreadable-number", "the document's number cannot be read"),
        _remark("unreadable-date", "the document's date cannot be read"),
        _remark("missing-number", "the document gives no number", "info"),
        _remark("missing-date", "the document gives no date", "info"),
    )
}
