"""Throughput of each stage of the road over a directory of texts, in megabytes of UTF-8 text a processor second.

Each stage starts from what the one before it made, so that only its own work is counted; `assemble` runs the extractors
over the whole text again, as it does in a run.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from benchmarks.timing import Timing, timed
from extractors.agencies import find_agencies, learn_aliases
from extractors.budgets import find_funding_statements
from extractors.citations import find_citations
from extractors.deadlines import find_deadlines
from extractors.metadata import find_metadata
from extractors.press import find_assignments, find_promises
from extractors.targets import find_measures
from pipeline.assemble import assemble
from pipeline.clean import CleanText, clean
from pipeline.confidence import with_confidence
from pipeline.errors import UnreadableInputError
from pipeline.extract import extract_document
from pipeline.outline import Outline
from pipeline.read.source import SourceDocument
from pipeline.read.text import read_text
from pipeline.repair import find_repairs
from pipeline.segment import segment
from pipeline.store import encode, write_whole
from schemas import PlanDocument, Source


@dataclass(frozen=True, slots=True)
class Document:
    """One text with what each stage made of it."""

    data: bytes
    source: SourceDocument
    bare: str
    cleaned: CleanText
    outline: Outline
    finished: PlanDocument

    @property
    def text(self) -> str:
        """The cleaned text."""
        return self.cleaned.text.text


def texts_below(directory: Path) -> list[bytes]:
    """The texts of a directory that can be read, in the order of their names."""
    files = sorted(path for path in directory.rglob("*") if path.suffix in {".txt", ".md"})
    return [data for file in files if _readable(data := file.read_bytes())]


def _readable(data: bytes) -> bool:
    try:
        read_text(data)
    except UnreadableInputError:
        return False
    return True


def document_of(data: bytes) -> Document:
    """Take *data* down the road, keeping what each stage gives."""
    source = read_text(data)
    cleaned = clean(source)
    bare = clean(source, without={"repairs"}).text.text
    return Document(data, source, bare, cleaned, segment(cleaned.text.text), extract_document(data, path="a.txt"))


def measure_stages(
    datas: list[bytes], repetitions: int, tell: Callable[[str], None] = lambda _: None
) -> dict[str, Timing]:
    """The timing of each stage by its name; *tell* is called with the name of each before it begins."""
    documents = [document_of(data) for data in datas]
    megabytes = sum(len(document.data) for document in documents) / 1e6
    stages = _stages()

    def over_all(stage: Callable[[Document], object]) -> Callable[[], None]:
        def work() -> None:
            for document in documents:
                found = stage(document)
                if isinstance(found, Iterator):
                    list(found)

        return work

    with tempfile.TemporaryDirectory() as folder:
        stages["write"] = lambda document: write_whole(Path(folder) / "a.json", encode(document.finished))
        found = {}
        for name, stage in stages.items():
            tell(name)
            found[name] = timed(over_all(stage), megabytes=megabytes, repetitions=repetitions)
        return found


def _stages() -> dict[str, Callable[[Document], object]]:
    return {
        "read": lambda document: read_text(document.data),
        "clean": lambda document: clean(document.source, without={"repairs"}),
        "repair": lambda document: find_repairs(document.bare),
        "segment": lambda document: segment(document.text),
        "find deadlines": lambda document: find_deadlines(document.text),
        "find agencies": lambda document: find_agencies(document.text, aliases=learn_aliases(document.text)),
        "find citations": lambda document: find_citations(document.text),
        "find measures": lambda document: [find_measures(line) for line in document.text.splitlines()],
        "find funding": lambda document: find_funding_statements(document.text),
        "find metadata": lambda document: find_metadata(document.text),
        "find press": lambda document: (find_promises(document.text), find_assignments(document.text)),
        "assemble (with the extractors)": lambda document: assemble(document.cleaned, document.outline, _SOURCE),
        "confidence": lambda document: with_confidence(document.finished),
        "file to document, one process": lambda document: extract_document(document.data, path="a.txt"),
    }


_SOURCE = Source(path="a.txt", sha256="0" * 64, media_type="text/plain", encoding="utf-8", bytes=1)
