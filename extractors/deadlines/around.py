"""The words around a time expression: its line, its clause, and whether it stands at the head of it."""

from __future__ import annotations

import re

from extractors.deadlines.compose import Phrase
from extractors.deadlines.wording import one_of, words


class Around:
    """The line around a phrase: `before` and `after` it, `clause` what stands before it since the last stop.

    `surface` is the phrase itself, `line` its line up to its end.
    """

    __slots__ = ("after", "before", "clause", "line", "surface")

    def __init__(self, text: str, phrase: Phrase) -> None:
        begin = text.rfind("\n", max(0, phrase.start - _REACH), phrase.start) + 1 or max(0, phrase.start - _REACH)
        end = text.find("\n", phrase.end, phrase.end + _REACH)
        self.surface = text[phrase.start : phrase.end]
        self.before = text[begin : phrase.start]
        self.after = text[phrase.end : end if end >= 0 else phrase.end + _REACH]
        self.clause = _CLAUSE_START.split(self.before)[-1]
        self.line = self.before + self.surface

    def opens(self) -> bool:
        """True when the phrase stands at the head of its clause, behind no more than "phấn đấu" or a label."""
        return _HEAD_OF_CLAUSE.fullmatch(self.clause) is not None

    def ends(self) -> bool:
        """True when a stop or a comma follows, or nothing."""
        return _END.match(self.after) is not None


_REACH = 200
# Where a clause begins, and what may stand before a time at its head.
# The colon of a paper's number (`Quyết định số: 12/QĐ-UBND`) begins none.
_CLAUSE_START = re.compile(r"[.;|](?= |$)|(?<![Ss]ố):(?= |$)|[(\t]")
_LEADING_IN = one_of(
    "phấn đấu, mục tiêu, cụ thể, trong đó, riêng, trước mắt, và, từ nay, thời gian, hoàn thành, thực hiện, xong"
)
_HEAD_OF_CLAUSE = words(rf"\W*(?:(?:\d+|[a-zđ])[.)/] *)?(?:{_LEADING_IN}[ ,:]*)*")
_END = re.compile(r" ?(?:[.;,)|]|$|\n)")
