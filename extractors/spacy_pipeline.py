"""The extractors as components of a blank Vietnamese spaCy pipeline, for use in other NLP work and in DocBin.

    doc = extractors.nlp()("Sở Y tế hoàn thành trước ngày 30/6/2025.")
    doc.spans["deadlines"]  # each span's label is the kind, its kb_id the normal form

The tokenizer is ours: spaCy's own for Vietnamese wants an unmaintained package and moves offsets. Tokens here are
syllables, numbers and single marks, and the text of a `Doc` is the text that was given, character for character.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, NamedTuple

import spacy
from spacy import util
from spacy.language import Language
from spacy.tokens import Doc

from extractors.agencies import find_agencies, learn_aliases
from extractors.budgets import find_funding_statements
from extractors.citations import find_citations
from extractors.deadlines import find_deadlines
from extractors.targets import find_measures

if TYPE_CHECKING:
    from spacy.vocab import Vocab


class Annotation(NamedTuple):
    """A stretch of a text, what it is, and its normal form."""

    start: int
    end: int
    label: str
    normal_form: str


class SyllableTokenizer:
    """Splits at white space and around marks; white space that a `Doc` cannot say otherwise becomes a token."""

    def __init__(self, vocab: Vocab) -> None:
        self.vocab = vocab

    def __call__(self, text: str) -> Doc:
        words: list[str] = []
        spaces: list[bool] = []
        for match in _TOKEN.finditer(text):
            words.append(match[1])
            spaces.append(bool(match[2]))
        return Doc(self.vocab, words=words, spaces=spaces)

    def to_disk(self, path: object, **_: object) -> None:
        """Nothing to save: the tokenizer has no state."""

    def from_disk(self, path: object, **_: object) -> SyllableTokenizer:
        """Nothing to load."""
        return self

    def to_bytes(self, **_: object) -> bytes:
        """Nothing to save."""
        return b""

    def from_bytes(self, data: bytes, **_: object) -> SyllableTokenizer:
        """Nothing to load."""
        return self


@util.registry.tokenizers("kehoach.syllables.v1")  # type: ignore[untyped-decorator]
def make_tokenizer() -> Callable[[Language], SyllableTokenizer]:
    """The factory that spaCy's configuration names."""
    return lambda nlp: SyllableTokenizer(nlp.vocab)


def nlp(*components: str) -> Language:
    """A blank Vietnamese pipeline with the named extractors as components, by default with all of them."""
    made = spacy.blank("vi", config={"nlp": {"tokenizer": {"@tokenizers": "kehoach.syllables.v1"}}})
    for name in components or COMPONENTS:
        made.add_pipe(f"kehoach_{name}")
    return made


def _deadlines(text: str) -> Iterable[Annotation]:
    return (Annotation(d.span.start, d.span.end, d.kind, str(d)) for d in find_deadlines(text))


def _agencies(text: str) -> Iterable[Annotation]:
    found = find_agencies(text, aliases=learn_aliases(text))
    return (Annotation(a.span.start, a.span.end, a.level, a.name) for a in found if a.span)


def _citations(text: str) -> Iterable[Annotation]:
    return (
        Annotation(span.start, span.end, c.doc_type, c.number or c.title or "")
        for c in find_citations(text)
        for span in c.spans
    )


def _measures(text: str) -> Iterable[Annotation]:
    for line in re.finditer(r"[^\n]+", text):
        for measure in find_measures(line[0]):
            if measure.span:
                start = line.start()
                yield Annotation(start + measure.span.start, start + measure.span.end, measure.comparator, str(measure))


def _budgets(text: str) -> Iterable[Annotation]:
    for budget in find_funding_statements(text):
        total = sum(line.amount_vnd for line in budget.lines)
        yield Annotation(budget.span.start, budget.span.end, "funding", f"{total} VND")


def _register(name: str, find: Callable[[str], Iterable[Annotation]]) -> None:
    def annotate(doc: Doc) -> Doc:
        found = (
            doc.char_span(a.start, a.end, label=a.label, kb_id=a.normal_form, alignment_mode="expand")
            for a in find(doc.text)
        )
        doc.spans[name] = [span for span in found if span is not None]
        return doc

    Language.component(f"kehoach_{name}", func=annotate)


_TOKEN = re.compile(r"(\d+|[^\W\d_]+|\S|\s)( (?=\S|$))?")
COMPONENTS: dict[str, Callable[[str], Iterable[Annotation]]] = {
    "agencies": _agencies,
    "budgets": _budgets,
    "citations": _citations,
    "deadlines": _deadlines,
    "measures": _measures,
}
for _name, _find in COMPONENTS.items():
    _register(_name, _find)
