"""Mentions of treaties by name and day: "Hiệp định về hợp tác nghề cá giữa … và … ký ngày 25/12/2000".

Treaties have no number, and most of their names stand for a whole system (`các Hiệp định thương mại tự do`): only one
that the text dates is a document that somebody could look up.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import re2

from extractors.citations.mention import Mention
from extractors.written_dates import DATE, date_of
from schemas import Span


def find_treaties(text: str) -> Iterator[Mention]:
    """Every mention of a treaty with the day or the year of its signing, in reading order.

    >>> [(m.title, str(m.issued_on)) for m in find_treaties("Hiệp định về hợp tác nghề cá ký ngày 25/12/2000.")]
    [('Hiệp định về hợp tác nghề cá', '2000-12-25')]
    """
    position = 0
    for match in _WORD.finditer(text):
        start = match.start()
        if start < position or text[start - 1 : start].isalnum() or (start and _MANY.search(text, start - 8, start)):
            continue
        sentence = text[start : start + _LONGEST].split("\n", 1)[0]
        name = _NAME.match(sentence)
        if name is None:
            continue
        signed = _SIGNED.match(sentence[name.end() :])
        if signed is None or not ((day := date_of(signed)) or signed["in_year"]):
            continue
        position = start + name.end() + signed.end()
        yield Mention(
            span=Span(start, position),
            doc_type=_CODES[match[0]],
            title=name[0].rstrip(","),
            name=name[0].rstrip(",").casefold(),
            year=day.year if day else int(signed["in_year"]),
            issued_on=day,
            rule="dated-treaty",
        )


_LONGEST = 420
_CODES = {"Hiệp định": "HĐ", "Hiệp ước": "HƯ", "Công ước": "CƯ", "Nghị định thư": "NĐT"}
_WORD = re2.compile("|".join(_CODES))
_MANY = re.compile(r"\b(?:các|những) $")
# The name ends before the parties (`giữa Chính phủ …`), the signing, or the day.
_NAME = re.compile(
    r"(?:Hiệp định|Hiệp ước|Công ước|Nghị định thư)"
    r"(?: (?!(?:giữa|đã|được|ký|ngày|năm|số|này|nêu|có|và các)\b)[^\s.;:()]+){2,30}"
)
_SIGNED = re.compile(
    r"(?: giữa [^.;:()]{3,160}?)?,?"
    r"(?: (?:đã )?(?:được )?(?:ký kết|ký|phê chuẩn|thông qua)(?: tại [^.;:(),]{2,40}?)?)?,?"
    r" \(?(?:(?:vào )?ngày " + DATE + r"|(?:vào )?năm (?P<in_year>(?:19|20)\d\d))"
)
