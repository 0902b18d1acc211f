"""Read the property box of a site: `Số hiệu: 12/KH-UBND  Người ký: …` becomes `SiteProperties`.

The box is what an editor of the site typed; the document's own header wins over it, and a difference is worth a
diagnostic. So it is kept apart from the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class SiteProperties:
    """What the site says of the document; None where it says nothing."""

    number: str | None = None
    doc_type: str | None = None
    issuer: str | None = None
    signer: str | None = None
    issued_on: date | None = None
    effective_on: date | None = None
    title: str | None = None
    source_url: str | None = None


def read_properties(text: str) -> SiteProperties:
    """The property box of a page, as far as it has one.

    >>> read_properties("Số hiệu: 1/KH-UBND Loại văn bản: Kế hoạch\\nNgày ban hành: 22/03/2016").issued_on
    datetime.date(2016, 3, 22)
    """
    url = _SOURCE_URL.search(text, 0, 2000)
    return _properties(_box(text), source_url=url[1] if url else None)


def named_properties(pairs: Iterable[tuple[str, str]]) -> SiteProperties:
    """The property box of a page that a reader has taken apart into labels and values.

    >>> named_properties([("Số ký hiệu", "1/KH-UBND"), ("Ngày ban hành", "22/03/2016")]).number
    '1/KH-UBND'
    """
    fields: dict[str, str] = {}
    for label, value in pairs:
        name = _FIELDS.get(label.strip(f"{_EMPTY}:"))
        stripped = value.strip(_EMPTY)
        if name and stripped and stripped not in _UNKNOWN:
            fields.setdefault(name, stripped)
    return _properties(fields)


def _properties(fields: Mapping[str, str], *, source_url: str | None = None) -> SiteProperties:
    return SiteProperties(
        number=fields.get("number"),
        doc_type=fields.get("doc_type"),
        issuer=fields.get("issuer"),
        signer=fields.get("signer"),
        issued_on=_date(fields.get("issued_on", "")),
        effective_on=_date(fields.get("effective_on", "")),
        title=fields.get("title"),
        source_url=source_url,
    )


def _box(text: str) -> dict[str, str]:
    """The fields that are filled; nothing unless three labels stand together."""
    for box in _BOX.finditer(text, 0, 20_000):
        window = text[box.start() : box.start() + 3000]
        marks = list(_FIELD.finditer(window))
        fields: dict[str, str] = {}
        for mark, following in zip(marks, [*marks[1:], None], strict=True):
            value = window[mark.end() : following.start() if following else len(window)].strip(_EMPTY)
            first = value.split("\n", 1)[0].strip(_EMPTY)
            if first and first not in _UNKNOWN:
                fields.setdefault(_FIELDS[mark[1]], first)
        if len({mark[1] for mark in marks}) >= 3:
            if (above := text[: box.start()].rstrip(_EMPTY + "#").rpartition("\n")[2].strip(_EMPTY)) and "/" in above:
                fields.setdefault("title", above)
            return fields
    return {}


def _date(value: str) -> date | None:
    match = re.match(r"(\d{1,2})[/-](\d{1,2})[/-](\d{4})", value)
    try:
        return date(int(match[3]), int(match[2]), int(match[1])) if match else None
    except ValueError:
        return None


_FIELDS = {
    "Số hiệu": "number",
    "Số ký hiệu": "number",
    "Loại văn bản": "doc_type",
    "Nơi ban hành": "issuer",
    "Cơ quan ban hành": "issuer",
    "Người ký": "signer",
    "Ngày ban hành": "issued_on",
    "Ngày hiệu lực": "effective_on",
    "Ngày có hiệu lực": "effective_on",
    "Ngày công báo": "other",
    "Số công báo": "other",
    "Tình trạng": "other",
    "Trích yếu": "title",
}
_EMPTY = " \t\n|*\xa0"
_UNKNOWN = {"Đã biết", "Đang cập nhật", "Dữ liệu đang cập nhật"}
_FIELD = re.compile(rf"({'|'.join(_FIELDS)})\s*:")
_BOX = re.compile(r"Số (?:ký )?hiệu\s*:")
_SOURCE_URL = re.compile(r"^\*?Source: (https?://\S+?)\*?$", re.MULTILINE)
