"""Put words together that were torn apart: "t ỉ nh" → "tỉnh", "hộ i" → "hội", "II I" → "III".

Only a run that holds a fragment (`t`, `nh`, a lone vowel) is looked at, and the pieces are joined where the joined
words are far likelier beside each other than the pieces: "điểm a khoản" and "nhóm B ở" stay.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

import numpy as np

from pipeline.repair.candidates import words_in_use
from pipeline.repair.ngrams import BREAK, COMMA, UNKNOWN, Ngrams, ngrams
from pipeline.repair.syllables import house_style, is_fragment
from pipeline.repair.tokens import Tokens, arrange

Join = tuple[int, int]  # half-open range of words that are one


def join_torn(tokens: Tokens, table: Ngrams) -> tuple[Tokens, list[int]]:
    """*tokens* with torn words whole, and the numbers of the words that were torn."""
    seeds: list[int] = np.flatnonzero(tokens.fragments).tolist()
    joins = _torn_letters(tokens, seeds, table) + _torn_numerals(tokens, seeds)
    if len(joins) >= max(LEAST_TORN, LEAST_TORN_SHARE * len(tokens.words)):
        joins += _torn_abbreviations(tokens, joins, table)
    joins.sort()
    if not joins:
        return tokens, []
    words, keep, whole = list(tokens.words), np.ones(len(tokens.words), dtype=bool), []
    ends = tokens.ends.copy()
    last = 0
    for first, stop in joins:
        if first < last:
            continue
        last = stop
        words[first] = "".join(tokens.words[first:stop])
        ends[first] = tokens.ends[stop - 1]
        keep[first + 1 : stop] = False
        whole.append(first)
    kept = np.flatnonzero(keep)
    number = np.cumsum(keep) - 1
    return (
        arrange(tokens.text, tokens.codes, [words[k] for k in kept.tolist()], tokens.starts[kept], ends[kept], table),
        [int(number[k]) for k in whole],
    )


def _torn_letters(tokens: Tokens, seeds: list[int], table: Ngrams) -> list[Join]:
    joins: list[Join] = []
    done = 0
    for seed in seeds:
        if seed < done:
            continue
        first, stop = _run_around(tokens, seed, done)
        done = stop
        if stop - first > 1:
            joins += _best_joins(tokens, first, stop, table)
    return joins


def _run_around(tokens: Tokens, seed: int, least: int) -> Join:
    first = seed
    while first > least and _may_join(tokens, first - 1):
        first -= 1
    stop = seed + 1
    while stop < len(tokens.words) and _may_join(tokens, stop - 1):
        stop += 1
    return first, stop


def _may_join(tokens: Tokens, at: int) -> bool:
    """Whether word *at* and the next, one space apart, could be within one word."""
    return tokens.gaps[at + 1] == " " and (tokens.words[at] + tokens.words[at + 1]).lower() in _infixes()


@cache
def _infixes() -> frozenset[str]:
    """Every run of letters within a word in use."""
    return frozenset(
        word[first:stop]
        for word in words_in_use()
        for first in range(len(word))
        for stop in range(first + 1, len(word) + 1)
    )


def _best_joins(tokens: Tokens, first: int, stop: int, table: Ngrams) -> list[Join]:
    """The likeliest way to read the run, by dynamic programming over (end, start of the last word)."""
    before = int(tokens.stream[tokens.places[first] - 1])
    after = int(tokens.stream[tokens.places[stop - 1] + 1])
    best: dict[int, dict[int, tuple[float, int, list[Join]]]] = {first: {first: (0.0, before, [])}}
    plain = 0.0
    previous = before
    for at in range(first, stop):
        here = int(tokens.stream[tokens.places[at]])
        plain += _step(table, previous, here)
        previous = here
    plain += _step(table, previous, after)
    for end in range(first + 1, stop + 1):
        ways: dict[int, tuple[float, int, list[Join]]] = {}
        for start in range(max(first, end - MOST_PIECES), end):
            word = _joined(tokens, start, end, table)
            if word is None:
                continue
            cost = JOIN_COST * (end - start - 1)
            for score, last, joins in best[start].values():
                reached = score + _step(table, last, word) + cost
                if start not in ways or ways[start][0] < reached:
                    ways[start] = (reached, word, [*joins, (start, end)] if end - start > 1 else joins)
        best[end] = ways
    score, joins = max((score + _step(table, last, after), joins) for score, last, joins in best[stop].values())
    return joins if joins and score - plain >= LEAST_GAIN * len(joins) else []


def _joined(tokens: Tokens, start: int, end: int, table: Ngrams) -> int | None:
    """The id of the word that the pieces make, None when they make none."""
    if end - start == 1:
        return int(tokens.stream[tokens.places[start]])
    pieces = tokens.words[start:end]
    whole = "".join(pieces)
    if not any(map(is_fragment, pieces)) or not (whole[1:].islower() or whole.isupper()):
        return None
    lower = whole.lower()
    if whole.isupper() and whole.isascii() and len(whole) == 2:
        return None  # an abbreviation: "T U", "P U"
    return table.ids[house_style(lower)] if house_style(lower) in words_in_use() else None


def _step(table: Ngrams, previous: int, word: int) -> float:
    if word <= COMMA:
        return 0.0
    return _known_step(previous, word) if table is ngrams() else _log_step(table, previous, word)


@lru_cache(maxsize=1 << 16)
def _known_step(previous: int, word: int) -> float:
    return _log_step(ngrams(), previous, word)


def _log_step(table: Ngrams, previous: int, word: int) -> float:
    return float(table.log_alone(word) if previous in {BREAK, UNKNOWN} else table.log_after(previous, word))


def _torn_numerals(tokens: Tokens, seeds: list[int]) -> list[Join]:
    """ "II I" and "V II": two numerals a space apart that make one."""
    words, gaps = tokens.words, tokens.gaps
    tails = [at for at in seeds if at and words[at] in TAILS and gaps[at] == " "]
    return [(at - 1, at + 1) for at in tails if NUMERAL.fullmatch(words[at - 1] + words[at])]


def _torn_abbreviations(tokens: Tokens, joins: list[Join], table: Ngrams) -> list[Join]:
    """ "U B ND" and "P C T" in a text that is torn throughout: elsewhere capitals apart may label something each."""
    words, gaps = tokens.words, tokens.gaps
    taken = {at for first, stop in joins for at in range(first, stop)}
    found: list[Join] = []
    first = 0
    while first < len(words):
        stop = first
        while stop < len(words) and _is_torn_capital(words[stop]) and stop not in taken:
            stop += 1
            if stop == len(words) or gaps[stop] != " ":
                break
        if _is_abbreviation(words[first:stop], table):
            found.append((first, stop))
        first = max(stop, first + 1)
    return found


def _is_abbreviation(pieces: list[str], table: Ngrams) -> bool:
    return len(pieces) > 1 and min(map(len, pieces)) == 1 and "".join(pieces).lower() in table.ids


def _is_torn_capital(word: str) -> bool:
    return len(word) <= 2 and word.isupper()


LEAST_TORN, LEAST_TORN_SHARE = 10, 0.01
MOST_PIECES = 7
JOIN_COST = -1.0
LEAST_GAIN = 8.0
TAILS = frozenset({"I", "II"})
NUMERAL = re.compile(r"(?:X{0,2})(?:V?I{2,3}|VI|I[VX])")
