"""What every record shares: an id, a place in the cleaned text, a place in the input, the rule that made it, and how
sure that is.

Offsets are counted in Unicode code points and spans are half-open: `text[start:end]` is the record's own text.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, NamedTuple, Self

from pydantic import BaseModel, ConfigDict, Field

# How likely a reader finds a value right.
Confidence = Annotated[float, Field(ge=0, le=1)]


class Span(NamedTuple):
    """A half-open `[start, end)` stretch of a text, in Unicode code points."""

    start: int
    end: int

    def overlaps(self, other: Span) -> bool:
        """Whether both have a character in common."""
        return self.start < other.end and other.start < self.end


class Value(BaseModel):
    """A frozen value; unknown fields are an error."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    def model_copy(self, *, update: Mapping[str, Any] | None = None, deep: bool = False) -> Self:
        """As pydantic's, without what only models with extra or private attributes need: it is done for each record."""
        if deep:
            return super().model_copy(update=update, deep=True)
        copied = type(self).__new__(type(self))
        changed = update if update is not None else {}
        object.__setattr__(copied, "__dict__", {**self.__dict__, **changed})
        object.__setattr__(copied, "__pydantic_fields_set__", self.__pydantic_fields_set__ | changed.keys())
        object.__setattr__(copied, "__pydantic_extra__", None)
        object.__setattr__(copied, "__pydantic_private__", None)
        return copied


class SourceSpan(Value):
    """A stretch of the input, and how a person finds it there.

    `start` and `end` are code-point offsets in the decoded text; for HTML, Word and PDF in the text that the reader
    made of it. `line` is the first line in a text, `element` the XPath of the element in a web page or a Word document,
    `page` and `box` the page of a PDF and (left, top, right, bottom) on it in points from its upper left corner.
    """

    start: int
    end: int
    line: int | None = None
    element: str | None = None
    page: int | None = None
    box: tuple[float, float, float, float] | None = None


class Record(Value):
    """A thing found in a document.

    Extractors leave `id` and `source_spans` empty; `pipeline.assemble` fills them in, so that an extractor needs to
    know nothing but the text that it is given. `confidence`, in [0, 1], is how likely a reader finds the whole record
    right; `pipeline.confidence` adds it to the finished document.
    """

    id: str = ""
    span: Span
    source_spans: tuple[SourceSpan, ...] = ()
    rule: str | None = None
    confidence: Confidence | None = None
