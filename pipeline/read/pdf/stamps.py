"""Keep what signing software prints about a signature apart: "Người ký: …", "Email: …", "Thời gian ký: …".

A form field may also hold the number and the date that were put in when the document was signed; these stay. Only a
text that says that it is about a signature goes.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.read.pages.lines import Line, lines_of
from pipeline.read.pages.page import Word


def without_stamps(words: Sequence[Word], fields: Sequence[Sequence[Word]]) -> tuple[list[Word], list[str]]:
    """*words* without those of signature stamps, and the text of each stamp.

    *fields* are the words of each form field, of which all go when it is a stamp.
    """
    stamps = [list(field) for field in fields if field and _is_stamp(lines_of(field))]
    gone = {word for stamp in stamps for word in stamp}
    rest = [word for word in words if word not in gone]
    printed = _printed_stamp(rest)
    gone = set(printed)
    texts = [" / ".join(line.text for line in lines_of(stamp)) for stamp in (*stamps, printed) if stamp]
    return [word for word in rest if word not in gone], list(dict.fromkeys(texts))


def _is_stamp(lines: Sequence[Line]) -> bool:
    return any(_STAMP.match(line.text) for line in lines)


def _printed_stamp(words: Sequence[Word]) -> list[Word]:
    """The words of a stamp that was printed into the page itself: a signer, and close by the time of signing."""
    if not any(word.text.lower().startswith(_OPENERS) for word in words):
        return []
    lines = [part for line in lines_of(words) for part in line.parts(2.0)]
    signers = [line for line in lines if _SIGNER.match(line.text)]
    times = [line for line in lines if _TIME.match(line.text)]
    if not signers or not times:
        return []
    top = min(line.top for line in signers)
    bottom = max(line.bottom for line in times)
    left = min(line.left for line in signers) - 10
    if not 0 < bottom - top < _TALLEST:
        return []
    stamp = [line for line in lines if line.top >= top - 1 and line.bottom <= bottom + 1 and line.left >= left]
    return [word for word in words if any(line.holds(word) for line in stamp)]


_SIGNER = re.compile(r"(?i)(?:Người ký|Ký bởi|Được ký bởi|Ký số bởi|Signed by|Digitally signed by)\s?:?")
_TIME = re.compile(r"(?i)(?:Thời gian ký|Ngày ký|Ký ngày|Date)\s?:.{0,20}\d{1,2}:\d\d")
_STAMP = re.compile(
    r"(?i)(?:Người ký|Ký bởi|Được ký bởi|Ký số bởi|Thời gian ký|Ngày ký|Ký ngày|Cơ quan phát hành|Cơ quan:|Tổ chức:"
    r"|Signature (?:Not Verified|valid)|(?:Digitally )?signed by|Chữ ký số)"
)
_OPENERS = ("người", "ký", "được", "signed", "digitally")
_TALLEST = 120.0
