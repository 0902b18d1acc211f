#!/usr/bin/env python3
"""Count syllables in a directory of texts and write the table that `pipeline.repair` reads.

    build_syllable_ngrams.py DIRECTORY [DIRECTORY ...]

Only counts leave this script: a row of two to four syllables must stand in at least two texts, so that neither a
running text nor the slip of one typist gets into the table. Same texts, same file, byte for byte.
"""

from __future__ import annotations

import re
import sys
import unicodedata
from collections import Counter
from functools import cache
from importlib.resources import files
from pathlib import Path

import numpy as np

import pipeline.repair
from pipeline.repair.ngrams import BITS, BREAK, COMMA, EDGES, FIRST_ID, UNKNOWN, Floats, Ids, edge_of, encode
from pipeline.repair.syllables import SAC, house_style, toned, well_formed

LEAST_COUNT = {2: 2, 3: 2, 4: 3}
LEAST_TEXTS = 2
LEAST_TEXTS_FOREIGN = 5
MOST_WRECKS = 0.0004
SMOOTHING = 5

WORD = re.compile(r"([^\W\d_]+)")


def main() -> None:
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    paths = sorted(path for directory in sys.argv[1:] for path in Path(directory).rglob("*.txt"))
    read = [split(path.read_text(encoding="utf-8", errors="replace")) for path in paths]
    texts = [parts for parts in read if not is_damaged(parts)]
    words = vocabulary(texts)
    ids = {word: FIRST_ID + at for at, word in enumerate(words)}
    rows = [as_ids(parts, ids) for parts in [*texts, *compounds()]]
    counted = {order: count(rows, order) for order in (1, 2, 3, 4)}
    target = Path(pipeline.repair.__file__).parent / "data" / "ngrams.npz"
    target.write_bytes(encode(words, counted, edges(texts, ids)))
    print(f"{len(texts)} of {len(paths)} texts, {sum(map(len, rows))} tokens, {len(words)} words,", end=" ")
    print(", ".join(f"{len(keys)} of {order}" for order, (keys, _) in counted.items()), target.stat().st_size, "bytes")


def split(text: str) -> list[str]:
    """Marks and words by turns, words at the odd places, in lower case and one tone style."""
    text = unicodedata.normalize("NFC", text).replace("**", "").replace("\xa0", " ").replace("\xad", "")
    parts = WORD.split(text)
    parts[1::2] = [house_style(word.lower()) for word in parts[1::2]]
    return parts


def is_damaged(parts: list[str]) -> bool:
    """Whether recognition lost so many tone marks (`kêt`, `quôc`) that the rest cannot be trusted either."""
    wrecks = sum(
        word not in well_formed() and toned(word, SAC) in well_formed() for word in parts[1::2] if len(word) > 2
    )
    return wrecks > MOST_WRECKS * len(parts) / 2


def vocabulary(texts: list[list[str]]) -> list[str]:
    """Well-formed syllables in use, and the foreign words and abbreviations that many texts share."""
    counts: Counter[str] = Counter()
    spread: Counter[str] = Counter()
    for parts in texts:
        of_text = Counter(parts[1::2])
        counts.update(of_text)
        spread.update(of_text.keys())
    words = {word for word in counts if word in well_formed() and spread[word] >= LEAST_TEXTS and counts[word] > 2}
    words |= dictionary() & well_formed()
    foreign = {
        word
        for word in counts
        if word not in well_formed() and spread[word] >= LEAST_TEXTS_FOREIGN and len(word) > 1 and is_foreign(word)
    }
    return sorted(words | foreign)


def is_foreign(word: str) -> bool:
    """Whether a word that is no syllable is foreign or an abbreviation rather than a wreck (`ợc`, `quyđịnh`)."""
    return word.isascii() or word in dictionary()


def compounds() -> list[list[str]]:
    """The words of the word lists as two texts, so that each counts as seen."""
    lists = files("underthesea") / "corpus" / "data"
    return [split("\n".join((lists / name).read_text(encoding="utf-8") for name in WORD_LISTS))] * LEAST_TEXTS


@cache
def dictionary() -> set[str]:
    """Syllables of the word lists that underthesea ships."""
    lists = files("underthesea") / "corpus" / "data"
    text = "\n".join((lists / name).read_text(encoding="utf-8") for name in WORD_LISTS)
    return set(split(text)[1::2])


def as_ids(parts: list[str], ids: dict[str, int]) -> Ids:
    row = [BREAK]
    for word, mark in zip(parts[1::2], parts[2::2], strict=True):
        row.append(ids.get(word, UNKNOWN))
        if mark != " ":
            row.append(COMMA if mark == ", " else BREAK)
    return np.array([*row, BREAK], dtype=np.int64)


def count(rows: list[Ids], order: int) -> tuple[Ids, Ids]:
    """Sorted keys and counts of all runs of *order* ids that are frequent and spread enough."""
    of_texts = [np.unique(keys_of(row, order), return_counts=True) for row in rows]
    keys, place = np.unique(np.concatenate([keys for keys, _ in of_texts]), return_inverse=True)
    counts = np.bincount(place, weights=np.concatenate([counts for _, counts in of_texts])).astype(np.int64)
    spread = np.bincount(place)
    keep = (spread >= LEAST_TEXTS) & (counts >= LEAST_COUNT[order]) if order > 1 else counts > 1
    return keys[keep], counts[keep]


def edges(texts: list[list[str]], ids: dict[str, int]) -> Floats:
    """The log probability of each way in which a row breaks before and after each word, as `Ngrams.edges` has it."""
    counts = np.zeros((2, EDGES + 1, FIRST_ID + len(ids)))
    for parts in texts:
        for at in range(1, len(parts), 2):
            word = ids.get(parts[at], UNKNOWN)
            for side, gap in enumerate((parts[at - 1], parts[at + 1])):
                counts[side, EDGES if gap in {" ", ", "} else edge_of(gap, side), word] += 1
    of_any = counts.sum(axis=2, keepdims=True) / counts.sum(axis=(1, 2), keepdims=True)
    smooth = (counts + SMOOTHING * of_any) / (counts.sum(axis=1, keepdims=True) + SMOOTHING)
    logs: Floats = np.log(smooth[:, :EDGES]).astype(np.float32)
    return logs


def keys_of(row: Ids, order: int) -> Ids:
    width = len(row) - order + 1
    keys = np.zeros(max(width, 0), dtype=np.int64)
    whole = np.ones(max(width, 0), dtype=bool)
    for at in range(order):
        column = row[at : at + width] if width > 0 else row[:0]
        keys = (keys << BITS) | column
        whole &= (column != BREAK) & (column != UNKNOWN)
    return keys[whole]


WORD_LISTS = ("Viet11K.txt", "Viet22K.txt", "Viet39K.txt", "Viet74K.txt")

if __name__ == "__main__":
    main()
