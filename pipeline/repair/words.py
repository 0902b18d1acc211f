"""Restore single words from their neighbours: "phối hp với" → "hợp", "nền tàng số" → "tảng".

A word is suspect when neither its pairs nor its triples are known; what it may have been comes from `candidates`, and
the likelihood of the whole window decides. How much evidence is needed depends on how the word looks: `tnh` can be no
word at all, `huyn` might be a name, `tàng` is a word and must be all but impossible where it stands.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal, NamedTuple

import numpy as np
import numpy.typing as npt

from pipeline.repair.candidates import MARKS, Candidate, candidates
from pipeline.repair.ngrams import BREAK, COMMA, UNKNOWN, Floats, Ids, Ngrams
from pipeline.repair.syllables import well_formed
from pipeline.repair.tokens import REACH, Tokens

Look = Literal["ill-formed", "unknown", "sound"]
Bools = npt.NDArray[np.bool_]


class Restored(NamedTuple):
    """Word number `at` should read `candidate.word`; `gain` is the rise in log likelihood."""

    at: int
    candidate: Candidate
    gain: float


def restore_words(tokens: Tokens, table: Ngrams) -> list[Restored]:
    """The words of *tokens* that context restores beyond doubt, in order.

    A restored word helps to restore its neighbours ("chuyên đôi sô"), so the search goes over the text again.
    """
    restored: dict[int, Restored] = {}
    stream = tokens.stream.copy()
    pairs = table.log_counts(stream[:-1], stream[1:])
    triples = table.log_counts(stream[:-2], stream[1:-1], stream[2:])
    near = np.arange(len(tokens.words))
    for _ in range(ROUNDS):
        suspects = near[_suspect(stream, tokens.places[near], pairs, triples)]
        fresh = {one.at: one for one in _one_round(tokens, stream, table, suspects)}
        if not fresh:
            break
        restored |= fresh
        changed = tokens.places[list(fresh)]
        stream[changed] = [one.candidate.id for one in fresh.values()]
        beside = np.unique(changed[:, None] + np.arange(-2, 1))
        triples[beside] = table.log_counts(stream[beside], stream[beside + 1], stream[beside + 2])
        pairs[beside] = table.log_counts(stream[beside], stream[beside + 1])
        around = np.unique(np.array(list(fresh))[:, None] + np.arange(-REACH, REACH + 1))
        near = np.array([at for at in around.tolist() if 0 <= at < len(tokens.words) and at not in restored], dtype=np.int64)
    return [restored[at] for at in sorted(restored)]


def _one_round(tokens: Tokens, stream: Ids, table: Ngrams, suspects: Ids) -> Iterator[Restored]:
    windows = stream[tokens.places[suspects][:, None] + np.arange(-REACH, REACH + 1)]
    rows: list[int] = []
    offered: list[Candidate] = []
    for row, at in enumerate(suspects.tolist()):
        some = _offers(tokens, at, table)
        rows += [row] * len(some)
        offered += some
    if not rows:
        return
    row_of, ids = np.array(rows), np.array([candidate.id for candidate in offered])
    left, right = table.log_counts(windows[row_of, REACH - 1], ids), table.log_counts(ids, windows[row_of, REACH + 1])
    keep = np.flatnonzero(np.maximum(left, right) >= LEAST_PAIR)
    row_of, ids = row_of[keep], ids[keep]
    filled = windows[row_of]
    filled[:, REACH] = ids
    base = table.log_likelihood(windows, REACH, 2 * REACH)
    gains = table.log_likelihood(filled, REACH, 2 * REACH) - base[row_of]
    gains += np.array([offered[k].cost for k in keep], dtype=np.float32)
    fits = _fits(tokens, suspects[row_of], filled, left[keep], right[keep])
    sound = np.array([look_of(tokens.words[at], table) != "ill-formed" for at in suspects.tolist()])[row_of]
    bound = _is_bound(table, filled, left[keep], right[keep], share=BOUND)
    gains += np.where(bound, BOUND_BONUS, np.where(_is_half_known(filled) & sound, -HALF_KNOWN_COST, np.float32(0)))
    fits |= ~sound & _is_bound(table, filled, left[keep], right[keep], share=FIRMLY_BOUND)
    order = np.lexsort((-gains, row_of))
    last = -1
    for place, k in enumerate(order.tolist()):
        row = int(row_of[k])
        if row == last:
            continue
        last = row
        rival = order[place + 1] if place + 1 < len(order) and row_of[order[place + 1]] == row else None
        margin = float(gains[k] - gains[rival]) if rival is not None else NO_RIVAL
        one = Restored(int(suspects[row]), offered[keep[k]], float(gains[k]))
        if DEBUG is not None:
            DEBUG.append((one.gain, margin, one.at, one.candidate, bool(fits[k])))
        if margin >= LEAST_MARGIN and fits[k] and one.gain >= _least_gain(tokens, one, table):
            yield one


DEBUG: list[object] | None = None


def _suspect(stream: Ids, places: Ids, pairs: Floats, triples: Floats) -> Bools:
    """Which words are in no known pair and in no known triple, though they have a neighbour to be known by."""
    weak = (pairs[places - 1] <= WEAK_PAIR) & (pairs[places] <= WEAK_PAIR)
    unseen = (triples[places] == 0) & (triples[places - 1] == 0) & (triples[places - 2] == 0)
    mute = ((stream == BREAK) | (stream == UNKNOWN))
    suspect: Bools = weak & unseen & ~(mute[places - 1] & mute[places + 1])
    return suspect


def _offers(tokens: Tokens, at: int, table: Ngrams) -> list[Candidate]:
    word = tokens.words[at]
    if not _is_written_like_a_word(tokens, at):
        return []
    look = look_of(word, table)
    some = candidates(word.lower(), ill_formed=look == "ill-formed")
    if len(word) == 1:
        return [one for one in some if one.rule == "dropped-letter" and not _may_be_a_label(tokens, at)]
    if word[0].isupper() and look == "ill-formed":
        return [one for one in some if one.cost >= MARKS]
    return list(some)


def look_of(word: str, table: Ngrams) -> Look:
    """Whether *word* is in use, could at least be Vietnamese, or is neither."""
    lower = word.lower()
    if lower in table.ids and (lower in well_formed() or _is_foreign(lower)):
        return "sound"
    return "unknown" if lower in well_formed() else "ill-formed"


def _is_foreign(word: str) -> bool:
    return not word.isalpha() or not set("aeiou").isdisjoint(word) or word in UNITS


def _is_written_like_a_word(tokens: Tokens, at: int) -> bool:
    """Not `IoT`, `5G`, `b/c`, `HĐND`, `y)`, `pông-tông`."""
    word, before, after = tokens.words[at], tokens.gaps[at], tokens.gaps[at + 1]
    if len(word) > LONGEST or not (word[1:].islower() or len(word) == 1) or (len(word) == 2 and word[0].isupper()):
        return False
    return (not before or before[-1] in OPENING) and (not after or after[0] in CLOSING)


def _may_be_a_label(tokens: Tokens, at: int) -> bool:
    """Whether the single letter is a label or a name: "điểm d khoản 1", "a, b khoản 2", "Phụ lục V", "Cloramin B"."""
    before, after = tokens.gaps[at], tokens.gaps[at + 1]
    if after != " " or "," in before:
        return True
    if tokens.words[at].isupper() != tokens.words[at + 1][0].isupper():
        return True
    if before != " ":
        return "\n" not in before and before.strip() not in {"", "-", "+"} or (before == "" and at > 0)
    left = tokens.words[at - 1]
    if at + 1 < len(tokens.words) and len(tokens.words[at + 1]) == 1 or int(tokens.stream[tokens.places[at] - 1]) == UNKNOWN:
        return True
    return len(left) == 1 or left.lower() in LABELLED or left.isupper() and set(left) <= set("IVXL")


def _fits(tokens: Tokens, at: Ids, filled: Ids, left: Floats, right: Floats) -> Bools:
    """Whether the candidate is known beside each neighbour that could know it; a name knows nothing."""
    names = np.array([_precedes_a_name(tokens, k) for k in at.tolist()], dtype=bool)
    mute_left = filled[:, REACH - 1] <= UNKNOWN
    mute_right = (filled[:, REACH + 1] <= UNKNOWN) | (names & (left >= NAMED_PAIR))
    spoken = (filled[:, REACH - 1] > COMMA) & (left >= LEAST_PAIR) | (filled[:, REACH + 1] > COMMA) & (right >= LEAST_PAIR)
    fits: Bools = ((left > 0) | mute_left) & ((right > 0) | mute_right) & spoken
    return fits


def _is_half_known(filled: Ids) -> Bools:
    """Whether only one neighbour is a word that can speak for the candidate."""
    half: Bools = (filled[:, REACH - 1] <= UNKNOWN) | (filled[:, REACH + 1] <= UNKNOWN)
    return half


def _precedes_a_name(tokens: Tokens, at: int) -> bool:
    return tokens.words[at].islower() and at + 1 < len(tokens.words) and tokens.words[at + 1][0].isupper()


def _is_bound(table: Ngrams, filled: Ids, left: Floats, right: Floats, *, share: np.float64) -> Bools:
    """Whether a neighbour seldom stands without the candidate: "nền" without "tảng", "lệ" without "tỷ"."""
    first, second = filled[:, REACH - 1], filled[:, REACH + 1]
    by_left = (left > 0) & (first > COMMA) & (left - table.log_counts(first) >= share)
    by_right = (right > 0) & (second > COMMA) & (right - table.log_counts(second) >= share)
    bound: Bools = by_left | by_right
    return bound


def _least_gain(tokens: Tokens, one: Restored, table: Ngrams) -> float:
    word = tokens.words[one.at]
    look = look_of(word, table)
    least = LEAST_GAIN[look] + LETTER_SURCHARGE[one.candidate.rule]
    if one.candidate.rule == "wrong-letter" and word.isascii():
        least += FOREIGN_SURCHARGE
    if len(word) == 1:
        return LEAST_GAIN_LETTER
    if word[0].isupper():
        if word.isascii() and one.candidate.rule == "wrong-mark":
            return NEVER  # "Viet Nam" is foreign style, not damage
        least += CAPITAL_SURCHARGE
        beside = tokens.words[one.at + 1] if one.at + 1 < len(tokens.words) else ""
        if look != "ill-formed" and not beside.islower():
            return NEVER
    return least


ROUNDS = 4
BOUND, FIRMLY_BOUND = np.log(0.1), np.log(0.3)
HALF_KNOWN_COST = np.float32(2.0)
BOUND_BONUS = np.float32(1.5)
NAMED_PAIR = np.log(20)
LEAST_PAIR = np.log(5)
WEAK_PAIR = np.log(3)
LEAST_MARGIN = 2.0
NO_RIVAL = 99.0
NEVER = 1e9
LEAST_GAIN: dict[Look, float] = {"ill-formed": 4.0, "unknown": 8.0, "sound": 11.2}
LETTER_SURCHARGE = {"dropped-letter": 0.0, "wrong-mark": 0.0, "wrong-letter": 6.0, "extra-letter": 5.0}
LEAST_GAIN_LETTER = 10.0
CAPITAL_SURCHARGE = 3.0
FOREIGN_SURCHARGE = 4.0
LONGEST = 8
OPENING = frozenset(" \n\t(\"“‘'[|")
CLOSING = frozenset(" \n\t)\"”’']|,.;:?!…")
UNITS = frozenset(
    "km kg cm mm ml kw kv mw kwh gb mb tb hz ghz mhz mbps gbps sp tt tp ths ts pgs gs bs cty tnhh ltd".split()
)
LABELLED = frozenset(
    "điểm khoản mục phần chương lục nhóm loại hạng mẫu bảng hình số tổ thôn khu lô ô nhà tầng cấp bậc kiểu vitamin hệ"
    " tiểu thứ khóa lần giai trường công biểu tuyến đường quý lớp khối và hoặc đến tỉnh xã huyện phường đội".split()
)
