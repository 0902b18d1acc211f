"""What is gathered while a document is walked: the notes that are referred to, and what was left out on the way."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from pipeline.read.word.numbering import LabelCounter, ListInstance
from pipeline.read.word.styles import Styles
from schemas import Diagnostic

# Gives the text of a run from what is stored and the name of its font: old Vietnamese fonts (.VnTime, VNI-Times) show
# other letters than those that are stored.
FontDecoder = Callable[[str, str], str]


def as_stored(text: str, font: str) -> str:
    """*text* as it is: for documents without old fonts."""
    return text


@dataclass(slots=True)
class Story:
    """The state of one walk; `labels` counts lists, anew for text boxes and for notes, which Word numbers apart."""

    styles: Styles
    lists: dict[str, ListInstance]
    decode: FontDecoder = as_stored
    labels: LabelCounter = field(default_factory=lambda: LabelCounter({}))
    notes: list[tuple[str, str]] = field(default_factory=list)
    note_numbers: dict[tuple[str, str], int] = field(default_factory=dict)
    seen: Counter[str] = field(default_factory=Counter)

    def note_mark(self, kind: str, note_id: str) -> str:
        """The mark of a note, `[1]` for the first that is referred to; footnotes and endnotes count together."""
        key = (kind, note_id)
        if key not in self.note_numbers:
            self.notes.append(key)
            self.note_numbers[key] = len(self.notes)
        return f"[{self.note_numbers[key]}]"

    def diagnostics(self) -> Iterator[Diagnostic]:
        """What the reader of the result should know of."""
        for code, severity, message in _REMARKS:
            if count := self.seen[code]:
                yield Diagnostic(code=code, severity=severity, message=message.format(count=count))


_REMARKS = (
    ("tracked-changes", "info", "{count} tracked changes: the text is that after all of them are accepted"),
    ("hidden-text", "info", "{count} pieces of hidden text were left out"),
    ("comments", "info", "{count} comments were left out"),
    ("contents-list", "info", "{count} lines of an automatic table of contents were left out"),
    ("pictures", "info", "{count} pictures are not read: text in them is lost"),
    ("foreign-parts", "warning", "{count} parts of another format (altChunk) are not read: save it anew in Word"),
    ("embedded-objects", "warning", "{count} embedded objects (sheets, equations, other files) are not read"),
    ("number-fields", "warning", "{count} automatic numbers by fields (AUTONUM, LISTNUM) are not in the text"),
)
