"""Full-text search over tasks and targets: `phoi hop` finds `phối hợp`, and `chữ ký số` ranks above its syllables.

All words must be there, in any order, with or without their marks; what stands in quotes must stand together. Rank is
BM25 over what is there besides: the words with their diacritics, neighbouring words as a phrase, and joined words
(`chữ_ký`) where the documents were segmented. So the query needs no segmentation of its own, which would take a second.
"""

from __future__ import annotations

import contextlib
import re
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Literal

from pipeline.clean.tones import place_tones
from pipeline.dataset.folding import fold, words_in
from pipeline.dataset.layout import INDEX
from pipeline.errors import UsageError
from pipeline.mapped_text import MappedText

Kind = Literal["task", "target"]
MOST_WORDS = 20
LONGEST_JOINED = 4  # syllables of a Vietnamese word
SHOWN = 240  # characters of a snippet


@dataclass(frozen=True, slots=True)
class Hit:
    """One task or target, with the document and the place in its source that it comes from."""

    # The words of the query.
    wanted: frozenset[str] = field(repr=False)
    kind: Kind
    document_id: str
    record_id: str
    text: str
    agencies: str
    due_on: str | None
    section: str
    source_line: int | None
    source_page: int | None
    source_element: str | None
    confidence: float | None
    path: str
    result: str
    doc_type: str | None
    number: str | None
    title: str | None
    issued_on: str | None
    province: str | None
    score: float

    def snippet(self) -> list[tuple[str, bool]]:
        """The part of the text with the most words of the query, as pieces that are such words or not.

        Words that have the marks of the query are taken, and only where there is none, words without them.
        """
        flat = " ".join(self.text.split())
        words = [(match.span(), match[0].lower()) for match in _WORD.finditer(flat)]
        folded = frozenset(map(fold, self.wanted))
        hits = [span for span, word in words if word in self.wanted]
        return _snippet(flat, hits or [span for span, word in words if fold(word) in folded])


def search(
    out: Path,
    query: str,
    *,
    kind: Kind | None = None,
    agency: str | None = None,
    province: str | None = None,
    due_before: date | None = None,
    limit: int = 20,
) -> list[Hit]:
    """The best hits for *query*, best first.

    *agency* is a part of the name of a lead or partner, *province* a name or its id, today's or the former one; both
    with or without diacritics. Raises `UsageError` when there is no index or no word in the query.
    """
    words = parse(query)
    conditions, values = ["hits MATCH ?"], [match_expression(words)]
    if kind:
        conditions.append("kind = ?")
        values.append(kind)
    if agency:
        conditions.append("instr(folded_agencies, ?)")
        values.append(" ".join(fold(agency).split()))
    if province:
        conditions.append("? IN (province, province_now)")
        values.append("-".join(words_in(fold(province))))
    if due_before:
        conditions.append("due_on < ?")
        values.append(due_before.isoformat())
    sql = f"{SELECT} WHERE {' AND '.join(conditions)} ORDER BY score, id LIMIT ?"
    wanted = frozenset(word for phrase in words for word in phrase)
    with _opened(out) as index:
        return [Hit(wanted, *row) for row in index.execute(sql, (*values, limit))]


def kind_of(name: str | None) -> Kind | None:
    """The kind that a user names in the plural."""
    if name is None:
        return None
    if name in ("tasks", "task"):
        return "task"
    if name in ("targets", "target"):
        return "target"
    raise UsageError(f"There is no kind {name}. Choose among: tasks, targets.")


def parse(query: str) -> list[list[str]]:
    """The words of a query: those in quotes together, all others alone. Nothing else in it has a meaning.

    >>> parse('phoi hop "chữ ký" NEAR(a* -b')
    [['chữ', 'ký'], ['phoi'], ['hop'], ['near'], ['a'], ['b']]
    """
    query = place_tones(MappedText.of(query)).text
    quoted, rest = _QUOTED.findall(query), _QUOTED.sub(" ", query)
    phrases = [words for part in quoted if (words := words_in(part))] + [[word] for word in words_in(rest)]
    if not phrases:
        raise UsageError(f"There is no word to search for in {query!r}.")
    if sum(map(len, phrases)) > MOST_WORDS:
        raise UsageError(f"A search takes at most {MOST_WORDS} words. Leave out those that matter least.")
    return phrases


def match_expression(phrases: Sequence[Sequence[str]]) -> str:
    """The FTS5 query: what must be there, and what raises the rank when it is.

    >>> match_expression([["số"]])
    '(folded : "so") AND (folded : "so" OR exact : "số" OR words : "số")'
    """
    required = [_term("folded", map(fold, phrase)) for phrase in phrases]
    runs = [list(phrase) for phrase in phrases if len(phrase) > 1] + [[word for phrase in phrases for word in phrase]]
    raising = dict.fromkeys(term for run in runs for term in _raising(run))
    return f"({' AND '.join(required)}) AND ({' OR '.join([required[0], *raising])})"


def _raising(run: Sequence[str]) -> Iterator[str]:
    """The words with their marks, neighbours as phrases, the whole as a phrase, and neighbours joined to words."""
    for word in run:
        yield _term("exact", [word])
    for first, second in pairwise(run):
        yield _term("folded", map(fold, (first, second)))
        yield _term("exact", (first, second))
    if len(run) > 2:
        yield _term("exact", run)
    for size in range(1, LONGEST_JOINED + 1):
        for start in range(len(run) - size + 1):
            yield _term("words", ["_".join(run[start : start + size])])


def _term(column: str, words: Iterable[str]) -> str:
    """A phrase in one column; words hold letters and digits only, so nothing needs escaping."""
    return f'{column} : "{" ".join(words)}"'


@contextlib.contextmanager
def _opened(out: Path) -> Iterator[sqlite3.Connection]:
    file = out / INDEX
    if not file.is_file():
        raise UsageError(f"There is no search index in {out}. Make it first: kehoach dataset {out}")
    try:
        with contextlib.closing(sqlite3.connect(f"{file.resolve().as_uri()}?mode=ro", uri=True)) as index:
            yield index
    except sqlite3.Error as error:
        raise UsageError(
            f"The search index in {out} cannot be read ({error}). Make it anew: kehoach dataset {out}"
        ) from error


def _snippet(flat: str, words: Sequence[tuple[int, int]]) -> list[tuple[str, bool]]:
    hits = _joined(flat, words)
    start = _best_start(flat, hits)
    end = min(len(flat), start + SHOWN)
    pieces, place = [("…", False)] if start else [], start
    for first, last in hits:
        if first >= start and last <= end:
            pieces += [(flat[place:first], False), (flat[first:last], True)]
            place = last
    pieces += [(flat[place:end], False), ("…" if end < len(flat) else "", False)]
    return [piece for piece in pieces if piece[0]]


def _joined(flat: str, words: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Words found side by side as one hit."""
    hits: list[tuple[int, int]] = []
    for first, last in words:
        if hits and flat[hits[-1][1] : first] == " ":
            hits[-1] = (hits[-1][0], last)
        else:
            hits.append((first, last))
    return hits


def _best_start(flat: str, hits: Sequence[tuple[int, int]]) -> int:
    """Where the stretch with the most hits begins: at the beginning of a word some words before the first of them."""
    if len(flat) <= SHOWN or not hits:
        return 0
    best = max(
        (first for first, _ in hits),
        key=lambda place: (sum(place <= at < place + SHOWN * 3 // 4 for at, _ in hits), -place),
    )
    start = max(0, min(best - SHOWN // 4, len(flat) - SHOWN))
    return flat.rfind(" ", 0, start) + 1 if start else 0


_QUOTED = re.compile(r'["“”„]([^"“”„]*)["“”„]')
_WORD = re.compile(r"[^\W_]+")
SELECT = """
SELECT kind, document_id, record_id, text, agencies, due_on, section, source_line, source_page, source_element,
    confidence, path, result, doc_type, number, title, issued_on, province, bm25(hits, 1.0, 2.0, 4.0) AS score
FROM hits JOIN records ON records.id = hits.rowid JOIN documents USING (document_id)"""
