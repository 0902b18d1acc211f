"""Links between documents: what a document implements, and which document of the dataset a citation names.

    "Thực hiện Nghị quyết số 36a/NQ-CP ngày 14/10/2015 của Chính phủ về Chính phủ điện tử, …"

Numbers begin anew each year and in each province, so a number alone names a document only when the dataset holds one of
that number and nothing that is known on both sides (type, date, issuer) speaks against it. A link that is missing is
seen by its reader; a wrong one is not.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date
from typing import NamedTuple

from pipeline.dataset.agencies import agency_now
from schemas import Citation, PlanDocument


class Numbered(NamedTuple):
    """What a document says of itself, or a citation of the document that it names."""

    doc_type: str | None
    number: str | None
    issued_on: date | None
    issuer_id: str | None


class Catalogue:
    """The documents of the dataset by their numbers."""

    def __init__(self, documents: Iterable[tuple[str, Numbered]]) -> None:
        self._by_number: dict[str, list[tuple[str, Numbered]]] = defaultdict(list)
        for document_id, known in documents:
            if known.number:
                self._by_number[number_key(known.number)].append((document_id, known))

    def find(self, cited: Numbered) -> str | None:
        """The id of the one document that *cited* can be, None when there is none or more than one."""
        if not cited.number:
            return None
        fitting = [
            (name, known) for name, known in self._by_number.get(number_key(cited.number), ()) if _fits(cited, known)
        ]
        dated = [(name, known) for name, known in fitting if cited.issued_on and known.issued_on == cited.issued_on]
        found = {name for name, _ in dated or fitting}
        return found.pop() if len(found) == 1 else None


def number_key(number: str) -> str:
    """The form in which numbers are compared: capitals, no spaces, no leading zeros, one kind of hyphen and of Đ.

    >>> number_key("0134/KH - UBND"), number_key("36A /NQ–CP"), number_key("06/QÐ-TTg")
    ('134/KH-UBND', '36A/NQ-CP', '6/QĐ-TTG')
    """
    plain = unicodedata.normalize("NFC", number).replace("Ð", "Đ").replace("ð", "đ")
    return re.sub(r"[‐‑‒–—−]", "-", "".join(plain.split())).upper().lstrip("0")


def implemented(document: PlanDocument) -> set[str]:
    """The ids of the citations that the document says to implement, in its title or in the paragraphs before its parts.

    A plan that implements another plan "về thực hiện Nghị quyết số …" implements that resolution too.
    """
    stretches = [*_opening_stretches(document)]
    titles = [_folded(title) for title in (document.metadata.title, document.metadata.annexed_title) if title]
    own = number_key(document.metadata.number or "")
    return {
        citation.id
        for citation in document.citations
        if number_key(citation.number or "-") != own
        and (
            any(
                start <= span.start < end and not _FOLLOWING.search(document.text[start : span.start])
                for span in citation.spans
                for start, end in stretches
            )
            or any(_title_implements(title, citation) for title in titles)
        )
    }


def _opening_stretches(document: PlanDocument) -> Iterator[tuple[int, int]]:
    """The paragraphs before the first section that begin with `Thực hiện`, `Triển khai …`."""
    end = min((section.span.start for section in document.sections), default=len(document.text))
    for paragraph in re.finditer(r"[^\n]+", document.text[: min(end, LONGEST_OPENING)]):
        if found := _IMPLEMENTS.match(paragraph[0]):
            yield paragraph.start() + found.end(), paragraph.end()


def _title_implements(title: str, citation: Citation) -> bool:
    """Whether the title says `thực hiện …` before it names the document."""
    name = _folded(citation.number or citation.title or "")
    place = title.find(name) if name else -1
    before = title[:place] if place > 0 else ""
    found = [*_IMPLEMENTS_IN_TITLE.finditer(before)]
    if not found or _LOOKS_BACK.search(before[: found[0].start()]):
        return False
    return "theo" not in before[found[-1].end() :]  # thực hiện … theo Luật Thủ đô


def _folded(text: str) -> str:
    return "".join(unicodedata.normalize("NFC", text).lower().split())


def _fits(cited: Numbered, known: Numbered) -> bool:
    if cited.issued_on and known.issued_on and cited.issued_on != known.issued_on:
        return False
    if not _same_type(cited, known):
        return False
    if not cited.issuer_id or not known.issuer_id:
        return bool(_year_of(known) or cited.issued_on or known.issued_on)
    return cited.issuer_id == known.issuer_id or agency_now(cited.issuer_id) == agency_now(known.issuer_id)


def _same_type(cited: Numbered, known: Numbered) -> bool:
    """A plan under the number 1242/QĐ-UBND is cited as a decision too."""
    if cited.doc_type == known.doc_type or not known.doc_type or not cited.doc_type:
        return True
    return known.doc_type != "NEWS" and cited.doc_type.upper() in re.split(r"[/-]", number_key(known.number or ""))


def _year_of(known: Numbered) -> str | None:
    """The year inside a number such as 29/2008/NĐ-CP."""
    found = re.search(r"/((?:19|20)\d\d)/", known.number or "")
    return found[1] if found else None


LONGEST_OPENING = 20_000
_IMPLEMENTS = re.compile(
    r"[\s\-–+]*(?:để |nhằm |tiếp tục )*(?:(?:tổ chức |triển khai )*(?:thực hiện|triển khai|thi hành))\b"
    r"(?! (?:nhiệm vụ|chức năng))",
    re.IGNORECASE,
)
# "Thực hiện hỗ trợ … theo Quyết định số …": it does something else, in the way of that decision.
_FOLLOWING = re.compile(r"\btheo(?:\s+(?:quy định|đề nghị)[^;.]*)?\s*\Z", re.IGNORECASE)
# Titles are compared without spaces.
_IMPLEMENTS_IN_TITLE = re.compile("thựchiện|triểnkhai|thihành")
_LOOKS_BACK = re.compile("tìnhhình|kếtquả|sơkết|tổngkết|kiểmtra|đánhgiá|sửađổi|bổsung|bãibỏ")
