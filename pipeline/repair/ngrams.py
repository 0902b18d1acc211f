"""How often syllables follow each other in Vietnamese law: "phối hợp với" thousands of times, "phối hp" never.

The table holds counts of one to four syllables in a row, nothing else of the texts that they were counted in
(`scripts/build_syllable_ngrams.py` makes it). A comma is a syllable of its own, since "cán bộ, công chức" is one
phrase; any other mark, a figure and a line end break the row. Counts are kept to a twelfth of a factor of two: only
their order of magnitude matters to a repair.
"""

from __future__ import annotations

import io
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

import numpy as np
import numpy.typing as npt

Ids = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float32]

BREAK, COMMA, UNKNOWN = 0, 1, 2
FIRST_ID = 3
BITS = 14  # of one syllable id in a key
FIGURE, LINE, MARK = 0, 1, 2  # what breaks a row
EDGES = 3
ORDERS = (1, 2, 3, 4)
BACKOFF = np.float32(np.log(0.4))
STEPS_PER_DOUBLING = 12
MANY = 512  # rows, which a hash table is worth while for
SPARSE = 2  # slots for each key, or up to twice as many
NO_ROW = -1
KNUTH = np.uint64(0x9E3779B97F4A7C15)  # 2**64 by the golden ratio
STEP = np.float32(np.log(2) / STEPS_PER_DOUBLING)


@dataclass(frozen=True, slots=True, eq=False)
class Ngrams:
    """`keys[n]` are the sorted rows of n ids, `logs[n]` the natural logarithms of their counts.

    `edges[side, kind, id]` is the log probability that a row breaks before (side 0) or after (1) the word in that way.
    """

    words: tuple[str, ...]
    ids: dict[str, int]
    keys: dict[int, Ids]
    logs: dict[int, Floats]
    edges: Floats
    total: np.float32

    def log_counts(self, *columns: Ids) -> Floats:
        """Log count of each row that *columns* spell side by side; 0 where the row was never seen.

        A row seen once is not in the table, so 0 always means "not seen".
        """
        order = len(columns)
        if order == 1:
            alone: Floats = _logs_alone(self)[columns[0]]
            return alone
        key = columns[0]
        for column in columns[1:]:
            key = (key << BITS) | column
        if len(key) >= MANY:
            return _hashed(self, order).logs_of(key)
        keys = self.keys[order]
        at = keys.searchsorted(key)
        at[at == len(keys)] = 0
        found: Floats = np.where(keys[at] == key, self.logs[order][at], np.float32(0))
        return found

    def log_count(self, *row: int) -> np.float32:
        """`log_counts` of one row."""
        key = 0
        for one in row:
            key = (key << BITS) | one
        keys = self.keys[len(row)]
        at = int(keys.searchsorted(key))
        found: np.float32 = self.logs[len(row)][at] if at < len(keys) and keys[at] == key else np.float32(0)
        return found

    def log_alone(self, word: int) -> np.float32:
        """Log likelihood of *word* after nothing."""
        return (self.log_count(word) or np.float32(-1)) - self.total

    def log_after(self, previous: int, word: int) -> np.float32:
        """Log likelihood of *word* after *previous*, as `log_conditional` has it."""
        joint = self.log_count(previous, word)
        return joint - self.log_count(previous) if joint > 0 else self.log_alone(word) + BACKOFF

    def log_likelihood(self, window: Ids, first: int, last: int) -> Floats:
        """Log likelihood of columns *first* to *last* (inclusive) of each row of *window*, by stupid backoff.

        The source is Brants et al., "Large Language Models in Machine Translation" (2007).
        """
        score = np.zeros(len(window), dtype=np.float32)
        for column in range(first, last + 1):
            score += self.log_conditional(window[:, max(0, column - 3) : column + 1])
        return score

    def log_conditional(self, rows: Ids) -> Floats:
        """Log likelihood of the last id of each row after the others.

        A row that was never seen stays unseen when it grows to the left, so each order looks at fewer rows.
        """
        columns = [rows[:, at] for at in range(rows.shape[1])]
        seen = self.log_counts(columns[-1])
        score: Floats = np.where(seen > 0, seen, np.float32(-1)) - self.total
        live = np.arange(len(rows))
        for order in range(2, len(columns) + 1):
            joint = self.log_counts(*(column[live] for column in columns[-order:]))
            live, joint = live[joint > 0], joint[joint > 0]
            score += BACKOFF
            score[live] = joint - self.log_counts(*(column[live] for column in columns[-order:-1]))
        return score


class _Hashed:
    """Sorted keys and their logs behind a hash table (open addressing, Knuth's multiplicative hash).

    Thousands of rows of a text are looked up: few steps in memory for most, where a search among the keys takes many.
    """

    def __init__(self, keys: Ids, logs: Floats) -> None:
        self.keys, self.logs = keys, logs
        self.bits = (SPARSE * len(keys)).bit_length()
        self.rows = np.full(1 << self.bits, NO_ROW, dtype=np.int32)
        rows = np.arange(len(keys), dtype=np.int32)
        slots = self._slots(keys)
        while len(rows):
            free = self.rows[slots] == NO_ROW
            self.rows[slots[free]] = rows[free]
            left = self.rows[slots] != rows
            rows, slots = rows[left], self._after(slots[left])

    def logs_of(self, wanted: Ids) -> Floats:
        """The log of each of *wanted*, 0 where it is no key."""
        slots = self._slots(wanted)
        rows = self.rows[slots]
        hit = self.keys[rows] == wanted  # the last key, where there is no row, is another: it would have been met
        found: Floats = np.where(hit, self.logs[rows], np.float32(0))
        left = np.flatnonzero(~hit & (rows != NO_ROW))
        slots = slots[left]
        while len(left):
            slots = self._after(slots)
            rows = self.rows[slots]
            hit = self.keys[rows] == wanted[left]
            found[left[hit]] = self.logs[rows[hit]]
            on = ~hit & (rows != NO_ROW)
            left, slots = left[on], slots[on]
        return found

    def _slots(self, keys: Ids) -> Ids:
        slots: Ids = ((keys.astype(np.uint64) * KNUTH) >> np.uint64(64 - self.bits)).astype(np.int64)
        return slots

    def _after(self, slots: Ids) -> Ids:
        after: Ids = (slots + 1) & ((1 << self.bits) - 1)
        return after


@lru_cache(maxsize=2)
def _logs_alone(table: Ngrams) -> Floats:
    """The log count of each id."""
    logs = np.zeros(FIRST_ID + len(table.words), dtype=np.float32)
    logs[table.keys[1]] = table.logs[1]
    return logs


@lru_cache(maxsize=8)
def _hashed(table: Ngrams, order: int) -> _Hashed:
    return _Hashed(table.keys[order], table.logs[order])


@cache
def ngrams() -> Ngrams:
    """The table of the package, read once."""
    return decode((files("pipeline.repair") / "data" / "ngrams.npz").read_bytes())


def edge_of(gap: str, side: int) -> int:
    """What breaks the row where *gap* stands before (side 0) or after (1) a word.

    >>> edge_of(" 3. ", 1) == FIGURE, edge_of("; ", 1) == MARK, edge_of("", 1) == LINE
    (True, True, True)
    """
    near = gap.strip()
    if near and near[-1 if side == 0 else 0].isdigit():
        return FIGURE
    return LINE if "\n" in gap or not gap else MARK


def encode(words: list[str], counted: dict[int, tuple[Ids, Ids]], edges: Floats) -> bytes:
    """The table as a file: for each order the sorted keys as differences, byte by byte, and the rounded log counts."""
    arrays = {"words": np.frombuffer("\n".join(words).encode(), dtype=np.uint8)}
    arrays["edges"] = np.minimum(np.rint(-edges / STEP), 255).astype(np.uint8)
    for order, (keys, counts) in counted.items():
        steps = np.diff(keys, prepend=np.int64(0)).astype("<u8")
        planes = steps.view(np.uint8).reshape(-1, 8).T
        used = max((at + 1 for at in range(8) if planes[at].any()), default=1)
        arrays[f"keys{order}"] = np.ascontiguousarray(planes[:used])
        arrays[f"counts{order}"] = np.rint(np.log2(counts) * STEPS_PER_DOUBLING).astype(np.uint8)
    file = io.BytesIO()
    np.savez_compressed(file, **arrays)  # type: ignore[arg-type]
    return file.getvalue()


def decode(data: bytes) -> Ngrams:
    """The table that `encode` wrote."""
    with np.load(io.BytesIO(data)) as arrays:
        words = tuple(arrays["words"].tobytes().decode().split("\n"))
        keys, logs = {}, {}
        edges = arrays["edges"].astype(np.float32) * -STEP
        for order in ORDERS:
            planes = arrays[f"keys{order}"]
            steps = np.zeros((planes.shape[1], 8), dtype=np.uint8)
            steps[:, : planes.shape[0]] = planes.T
            keys[order] = np.cumsum(steps.view("<i8").ravel())
            logs[order] = arrays[f"counts{order}"].astype(np.float32) * STEP
    total = np.float32(np.log(np.exp(logs[1].astype(np.float64)).sum()))
    return Ngrams(words, {word: FIRST_ID + at for at, word in enumerate(words)}, keys, logs, edges, total)
