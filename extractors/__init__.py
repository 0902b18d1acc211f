"""Pure functions from text to mentions; they know neither each other nor files.

`extractors.nlp()` gives all of them as a spaCy pipeline.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.language import Language


def nlp(*components: str) -> Language:
    """A blank Vietnamese spaCy pipeline with the named extractors, by default all; see `extractors.spacy_pipeline`."""
    from extractors.spacy_pipeline import nlp as build

    return build(*components)
