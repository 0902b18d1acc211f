"""Restore words that scanning or scraping spoiled: "phối hp" → "hợp", "t ỉ nh" → "tỉnh", "y ban" → "Ủy".

A wrong repair of a law is worse than none: a word changes only where its neighbours leave no doubt. Authors' slips,
foreign words, names and whole lines of garbage stay as they are.
"""

from __future__ import annotations

from unicodedata import combining

from pipeline.repair.figures import find_figures
from pipeline.repair.lost import restore_lost
from pipeline.repair.misreadings import MISREAD
from pipeline.repair.ngrams import ngrams
from pipeline.repair.phrases import find_phrases, in_the_case_of
from pipeline.repair.place_names import restore_provinces
from pipeline.repair.reread import damage_of, reread
from pipeline.repair.signs import find_number_words, find_signs
from pipeline.repair.tokens import Tokens, tokenize
from pipeline.repair.torn import join_torn
from pipeline.repair.type_lines import find_types
from pipeline.repair.usage import by_usage
from pipeline.repair.words import restore_words
from schemas import Repair
from schemas.record import Span

__all__ = ["find_repairs"]


def find_repairs(text: str) -> list[Repair]:
    """Every repair that *text* needs, in order and without overlap; spans and `before` are of *text* itself.

    >>> [(repair.before, repair.after) for repair in find_repairs("Chủ trì, phối hp với Sở Tài chính")]
    [('hp', 'hợp')]
    """
    table = ngrams()
    tokens, torn = join_torn(tokenize(text, table), table)
    changed = {at: (tokens.words[at], "torn-word") for at in torn}
    restored = restore_words(tokens, table)
    signs = find_number_words(text) + find_types(text)
    if rate := damage_of(tokens, restored):
        signs += find_signs(text)
        restored = by_usage(tokens, table, reread(tokens, table, restored, rate))
        restored = restore_provinces(tokens, table, restored)
    for at, candidate in restored.items():
        changed[at] = (in_the_case_of(tokens.words[at], candidate.word), candidate.rule)
    for at, after, rule in restore_lost(tokens, table):
        first, _, last = after.lower().rpartition(" ")
        neighbours = {number: changed.get(number, (tokens.words[number],))[0].lower() for number in _beside(at, tokens)}
        if last != neighbours.get(at + 1) and first != neighbours.get(at - 1):  # "hệ thông" is misread, nothing is lost
            changed[at] = (after, rule)
    repairs = [_repair(text, Span(int(tokens.starts[at]), int(tokens.ends[at])), *changed[at]) for at in changed]
    sure = [_repair(text, span, after, "known-phrase") for span, after in find_phrases(text)]
    sure += [_repair(text, span, after, MISREAD) for span, after in signs]
    sure += [_repair(text, span, after, "spoiled-figure") for span, after in find_figures(text)]
    return [one for one in _without_overlap(sure, repairs) if not _cuts_a_letter(text, one.span)]


def _beside(at: int, tokens: Tokens) -> range:
    return range(max(at - 1, 0), min(at + 2, len(tokens.words)))


def _without_overlap(sure: list[Repair], repairs: list[Repair]) -> list[Repair]:
    """All of *sure*, and of *repairs* what leaves them alone, in order."""
    taken = {at for repair in sure for at in range(*repair.span)}
    free = [repair for repair in repairs if taken.isdisjoint(range(*repair.span))]
    return sorted([*sure, *free], key=lambda repair: repair.span)


def _cuts_a_letter(text: str, span: Span) -> bool:
    """Whether the span starts or ends between a letter and its combining mark, in a text that is not composed."""
    return any(combining(text[at]) for at in (span.start, span.end) if at < len(text))


def _repair(text: str, span: Span, after: str, rule: str) -> Repair:
    return Repair(span=span, before=text[span.start : span.end], after=after, rule=rule)
