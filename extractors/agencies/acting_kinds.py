"""Kinds of bodies that act, whatever words say which one: "Lực lượng cảnh sát giao thông | phân luồng …".

No table has these words, so the phrase must open a clause, follow a comma or a word of assignment, and a predicate must
be seen behind it: `Cơ quan chủ trì` is a label, `Thanh tra hoạt động đầu tư` an order.
"""

from __future__ import annotations

from extractors.agencies.acting_groups import OTHER_THAN_SUBJECTS, is_told
from extractors.agencies.collective_words import collective_nouns
from extractors.agencies.open_heads import open_heads
from extractors.agencies.predicates import MODALS
from extractors.agencies.qualified import Around, to_the_end
from extractors.agencies.words import Line, opens_clause


def acting_kind_stop(line: Line, index: int, around: Around) -> int:
    """The index after a kind of body of two words or more that acts, with the words that say which one; 0 for none."""
    if not line.capital(index):
        return 0
    if not (opens_clause(line, index) or line.word(index - 1) == "," or is_told(line, index)):
        return 0
    noun = collective_nouns().match(line, index) or open_heads().match(line, index)
    if noun is None or noun[1] - index < 2 or line.low[index : noun[1]] in NO_SUBJECTS:
        return 0
    found = to_the_end(line, noun[1], around)
    if found is None or (found.follows != "predicate" and line.word(found.stop) not in MODALS):
        return 0
    enough = found.stop > noun[1] + 1 or noun[1] - index >= LONG_KIND
    return found.stop if enough else 0


# Two words that are an order as often as a body.
NO_SUBJECTS = (*OTHER_THAN_SUBJECTS, ["thanh", "tra"])
# A kind of so many words needs no others: `Tổ công nghệ số cộng đồng`.
LONG_KIND = 4
