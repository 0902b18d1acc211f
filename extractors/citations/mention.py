"""A mention of a document at one place of a text, and the merging of mentions into distinct documents."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from schemas import Agency, Citation, Span

# Numbers are often set in capitals with the title around them: "QUYẾT ĐỊNH SỐ 12/QĐ-TTG".
_PRINTED_FORMS = {"TTG": "TTg", "CTR": "CTr", "TTR": "TTr", "QYĐ": "QyĐ"}


@dataclass(frozen=True, slots=True)
class Mention:
    """What one place says about a document; `name` is the folded name by which laws without number are known."""

    span: Span
    doc_type: str
    number: str | None = None
    title: str | None = None
    name: str | None = None
    year: int | None = None
    issued_on: date | None = None
    issuer: Agency | None = None
    rule: str = ""


@dataclass(slots=True)
class _Document:
    """The mentions of one document, and what they agree on."""

    mentions: list[Mention] = field(default_factory=list)
    number: str | None = None
    year: int | None = None
    issued_on: date | None = None

    def accepts(self, mention: Mention) -> bool:
        if mention.number and self.number:
            if number_key(mention.number) != number_key(self.number):
                return False
            if _lacks_bar(mention.number, self.number) and not self._agrees(mention):
                return False
        if self.year and mention.year and self.year != mention.year:
            return bool(mention.number and self.number and (has_year(mention.number) or self._has_day_of(mention)))
        return True

    def _agrees(self, mention: Mention) -> bool:
        """Whether neither type nor date speaks against a number that differs by a bar: `12/HD-SNV`, `12/HĐ-SNV`."""
        dated = self.issued_on and mention.issued_on and self.issued_on != mention.issued_on
        return not dated and self.mentions[0].doc_type == mention.doc_type

    def _has_day_of(self, mention: Mention) -> bool:
        """Whether only the year of the date is another, which is a slip of the pen.

        Hardly a register comes to 900 on the same day of two years. It does to 1: `01/NQ-CP` is of the
        first of January in many.
        """
        here, there, figures = self.issued_on, mention.issued_on, _FIGURES.match((mention.number or "").lstrip("0"))
        if here is None or there is None or figures is None or len(figures[0]) < _FEWEST_FIGURES:
            return False
        return (here.day, here.month) == (there.day, there.month)

    def add(self, mention: Mention) -> None:
        self.mentions.append(mention)
        self.number = self.number or mention.number
        self.issued_on = self.issued_on or mention.issued_on
        self.year = self.year or mention.year


def number_key(number: str) -> str:
    """The number folded for comparison: `037-CT/TW` is `37-CT/TW`, `9/QD-SNV` may be `9/QĐ-SNV`.

    >>> number_key("0125/QĐ-TTG") == number_key("125/QĐ-TTg") == number_key("125/QD-TTg")
    True
    """
    return _plain(number).replace("đ", "d")


def _lacks_bar(one: str, other: str) -> bool:
    """Whether two numbers with the same key differ by the bar of a Đ."""
    return _plain(one) != _plain(other)


def _plain(number: str) -> str:
    return number.casefold().replace("–", "-").lstrip("0")


def has_year(number: str) -> bool:
    """Whether the number itself carries the year of its register, as in `30/2020/NĐ-CP`."""
    parts = number.split("/")
    return len(parts) > 1 and parts[1].isdigit() and len(parts[1]) == 4


def printed_number(number: str) -> str:
    """The number with the usual small letters put back where the text is all capitals.

    >>> printed_number("12/QĐ-TTG")
    '12/QĐ-TTg'
    """
    for capitals, usual in _PRINTED_FORMS.items():
        number = number.replace(capitals, usual)
    return number


def merge(text: str, mentions: Iterable[Mention]) -> list[Citation]:
    """One citation per distinct document, in the order of first mentions.

    Numbers of most registers begin anew each year, so the same number with another year is another document; the same
    number with another day of the same year is a slip, and the more frequent date wins.
    """
    documents: list[_Document] = []
    by_key: dict[str, list[_Document]] = {}
    for mention in sorted(mentions, key=lambda mention: mention.span):
        keys = [number_key(mention.number)] if mention.number else []
        if mention.name:
            keys.append(mention.name)
        document = next(
            (known for key in keys for known in reversed(by_key.get(key, [])) if known.accepts(mention)), None
        )
        if document is None:
            document = _Document()
            documents.append(document)
        document.add(mention)
        for key in keys:
            if not any(document is known for known in by_key.setdefault(key, [])):
                by_key[key].append(document)
    return [_citation(text, document) for document in documents]


def _best_print(mentions: list[Mention]) -> str:
    """The number as the mention has it that keeps the most capitals, and bars: dumps print titles in small letters."""
    numbers = [mention.number for mention in mentions if mention.number]
    return max(numbers, key=lambda n: (sum(letter.isupper() for letter in n.replace("TTG", "TTg")), n.count("Đ")))


def _best_written(issuers: list[Agency]) -> Agency | None:
    """The first body that is not set in capitals, and of those with its name the one that keeps the most capitals."""
    first = next((issuer for issuer in issuers if not issuer.surface.isupper()), issuers[0] if issuers else None)
    if first is None:
        return None
    same = [issuer for issuer in issuers if issuer.name.casefold() == first.name.casefold()]
    return max(same, key=lambda one: (not one.surface.isupper(), sum(letter.isupper() for letter in one.name)))


def _citation(text: str, document: _Document) -> Citation:
    mentions = document.mentions
    first = mentions[0]
    dates = Counter(mention.issued_on for mention in mentions if mention.issued_on)
    issuers = [mention.issuer for mention in mentions if mention.issuer]
    titles = [mention.title for mention in mentions if mention.title]
    return Citation(
        span=first.span,
        spans=tuple(mention.span for mention in mentions),
        surface=text[first.span.start : first.span.end],
        doc_type=first.doc_type,
        number=printed_number(_best_print(mentions)) if document.number else None,
        issued_on=dates.most_common(1)[0][0] if dates else None,
        issuer=_best_written(issuers),
        title=next((title for title in titles if not title.isupper()), titles[0] if titles else None),
        rule=first.rule,
    )


_FIGURES = re.compile(r"\d+")
_FEWEST_FIGURES = 3
