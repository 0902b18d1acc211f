"""From what a page asks for to decisions: `{"action": "edit", "record": "task-3", "changes": {"condition": null}}`.

The page names records by id and places by offsets into the version that it shows; the anchors, the old values and the
person come from here. What would not fit is refused before it is written.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from itertools import pairwise
from typing import Any, get_args
from uuid import UUID, uuid5

from pydantic import BaseModel, ConfigDict, Field, JsonValue, ValidationError, model_validator

from pipeline.review.anchoring import anchor_at, reference
from pipeline.review.decisions import (
    METADATA,
    Action,
    Anchor,
    Change,
    Decision,
    DecisionError,
    RecordRef,
    live,
    next_redo,
    next_undo,
    together,
)
from pipeline.review_web.desk import Opened
from pipeline.review_web.views import LISTED
from schemas import PlanDocument, Record, Span, Task


class Asked(BaseModel):
    """What a page asks for; `version` and `reading` are those that it shows, `id` is its own for this act."""

    model_config = ConfigDict(extra="forbid")

    id: UUID
    reading: str
    version: int
    action: Action
    records: list[str] = Field(default=[], max_length=20_000)
    changes: dict[str, JsonValue] = {}
    span: tuple[int, int] | None = None
    parts: list[str] = Field(default=[], max_length=200)
    comment: str | None = Field(default=None, max_length=5_000)

    @model_validator(mode="before")
    @classmethod
    def _whole_letters(cls, asked: Any) -> Any:
        """Refuse half a letter (a lone surrogate), which JSON can say and no file can keep."""
        try:
            json.dumps(asked, ensure_ascii=False).encode()
        except UnicodeEncodeError as error:
            raise ValueError("there is half a letter in it") from error
        return asked


class NothingToDoError(DecisionError):
    """The page asks for something that changes nothing."""


def decisions_for(asked: Asked, opened: Opened, *, by: str, at: datetime) -> list[Decision]:
    """The decisions that *asked* means in *opened*; raises `DecisionError` with why there can be none."""
    try:
        fields = _FIELDS[asked.action](asked, opened, by)
        made = [
            Decision.model_validate(
                {
                    "id": asked.id if number == 0 else uuid5(asked.id, str(number)),
                    "batch": asked.id if len(fields) > 1 else None,
                    "at": at,
                    "by": by,
                    "document": opened.name,
                    "action": asked.action,
                    "comment": (asked.comment or "").strip() or None,
                    **each,
                }
            )
            for number, each in enumerate(fields)
        ]
    except ValidationError as error:
        raise DecisionError(error.errors()[0]["msg"].removeprefix("Value error, ")) from error
    return made


def form_values(document: PlanDocument, kind: str, record: Any) -> dict[str, Any]:
    """What an edit of *record* begins with: each field that can be edited, as the page and the log say it."""
    return {field: _current(document, record, field) for field in _EDITED[kind]}


def find_record(opened: Opened, key: str) -> tuple[str, Record]:
    """The kind and the record with the id *key*, rejected ones too; raises `DecisionError`."""
    document = opened.review.document
    for kind in LISTED:
        for record in getattr(document, f"{kind}s"):
            if record.id == key:
                return kind, record
    for record in opened.review.hidden:
        if record.id == key:
            return opened.review.states[key].kind, record
    raise DecisionError(f"There is no {key} in this document any more.")


def parts_of(task: Task, text: str, parts: Sequence[str]) -> list[Span]:
    """Where the *parts*, typed as the task's own words with breaks between them, stand in the *text*."""
    spans, at = [], task.span.start
    for part in parts:
        words = part.split()
        if not words:
            continue
        start = at = _next(text, words[0], at, task.span.end)
        for word in words:
            at = _next(text, word, at, task.span.end) + len(word)
        spans.append(Span(start, at))
    gaps = [task.span.start, *(place for span in spans for place in span), task.span.end]
    if len(spans) < 2:
        raise DecisionError("Break the task into at least two parts.")
    if any(text[left:right].strip() for left, right in list(pairwise(gaps))[::2]):
        raise DecisionError("The parts must have all words of the task.")
    return spans


def _next(text: str, word: str, at: int, end: int) -> int:
    while at < end and text[at].isspace():
        at += 1
    if not text.startswith(word, at) or at + len(word) > end:
        raise DecisionError("Only break the task into lines; do not change its words.")
    return at


def _about(asked: Asked, opened: Opened, by: str) -> list[dict[str, Any]]:
    """One decision for each record; the metadata of the document has no reference."""
    found: list[dict[str, Any]]
    found = [{} if key == METADATA else {"record": _reference(opened, key)} for key in asked.records]
    if not found and asked.action != "comment":
        raise NothingToDoError("Choose a record first.")
    return found or [{}]


def _reference(opened: Opened, key: str) -> RecordRef:
    kind, record = find_record(opened, key)
    return reference(opened.machine.text, kind, record)  # type: ignore[arg-type]


def _edit(asked: Asked, opened: Opened, by: str) -> list[dict[str, Any]]:
    if len(asked.records) != 1:
        raise DecisionError("Edit one record at a time.")
    document, key = opened.review.document, asked.records[0]
    kind, record = (METADATA, document.metadata) if key == METADATA else find_record(opened, key)
    changes = []
    for field, wanted in asked.changes.items():
        old = _current(document, record, field) if field in _EDITED[kind] else None
        new = _anchored(opened, field, wanted)
        if not _same(field, old, wanted):
            changes.append(Change(field=field, old=_anchored(opened, field, old), new=new))
    if not changes:
        raise NothingToDoError("Nothing has been changed.")
    about = {} if key == METADATA else {"record": _reference(opened, key)}
    return [{**about, "changes": changes}]


def _add(asked: Asked, opened: Opened, by: str) -> list[dict[str, Any]]:
    if asked.span is None:
        raise DecisionError("Select the words of the new task in the text first.")
    values = {field: _anchored(opened, field, value) for field, value in asked.changes.items() if field != "span"}
    return [{"task": {"anchor": _anchor(opened, asked.span), **values}}]


def _split(asked: Asked, opened: Opened, by: str) -> list[dict[str, Any]]:
    if len(asked.records) != 1:
        raise DecisionError("Split one task at a time.")
    _, task = find_record(opened, asked.records[0])
    if not isinstance(task, Task):
        raise DecisionError("Only tasks can be split.")
    text = opened.machine.text
    spans = parts_of(task, text, asked.parts)
    return [{"record": _reference(opened, task.id), "parts": [anchor_at(text, span) for span in spans]}]


def _merge(asked: Asked, opened: Opened, by: str) -> list[dict[str, Any]]:
    if len(set(asked.records)) < 2:
        raise DecisionError("Choose at least two tasks to merge.")
    first, *others = sorted(
        {key: find_record(opened, key)[1].span for key in asked.records}.items(), key=lambda e: e[1]
    )
    return [{"record": _reference(opened, first[0]), "others": [_reference(opened, key) for key, _ in others]}]


def _undo(asked: Asked, opened: Opened, by: str) -> list[dict[str, Any]]:
    last = next_undo(opened.decisions, by=by)
    if last is None:
        raise NothingToDoError("There is nothing of yours to undo.")
    return [{"of": each.id} for each in reversed(together(live(opened.decisions), last))]


def _redo(asked: Asked, opened: Opened, by: str) -> list[dict[str, Any]]:
    last = next_redo(opened.decisions, by=by)
    if last is None:
        raise NothingToDoError("There is nothing of yours to redo.")
    holds = {each.id for each in live(opened.decisions)}
    return [{"of": each.id} for each in together(opened.decisions, last) if each.id not in holds]


def _anchor(opened: Opened, span: object) -> Anchor:
    text = opened.machine.text
    match span:
        case [int(start), int(end)]:
            pass
        case _:
            start = end = 0
    if not 0 <= start < end <= len(text) or not text[start:end].strip():
        raise DecisionError("These words are not in the text.")
    words = text[start:end]
    start, end = start + len(words) - len(words.lstrip()), start + len(words.rstrip())
    return anchor_at(text, (start, end))


def _anchored(opened: Opened, field: str, value: JsonValue) -> Any:
    """A field's value as the log has it: places become anchors."""
    if field == "span":
        return _anchor(opened, value).model_dump(mode="json")
    if field == "deadlines" and isinstance(value, list):
        return [_choice(opened, each) for each in value]
    if field == "deadline":
        return _choice(opened, value)
    return value


def _choice(opened: Opened, value: JsonValue) -> JsonValue:
    if not isinstance(value, dict):
        return value
    choice: dict[str, JsonValue] = {key: value[key] for key in ("phrase", "value") if key in value}
    if value.get("span") is not None:
        choice["anchor"] = _anchor(opened, value["span"]).model_dump(mode="json")
    return choice


def _same(field: str, old: Any, new: Any) -> bool:
    """Whether a field says the same; only what counts of a deadline is compared."""
    if field == "deadlines" and isinstance(old, list) and isinstance(new, list):
        return [_said(each) for each in old] == [_said(each) for each in new]
    if field == "deadline":
        return bool(_said(old) == _said(new))
    return bool(old == new)


def _said(value: Any) -> Any:
    return (value.get("phrase"), value.get("value")) if isinstance(value, Mapping) else value


def _current(document: PlanDocument, record: Any, field: str) -> Any:
    """The value of one field now, as the page gives it back."""
    match field:
        case "span":
            return list(record.span)
        case "section":
            return next((list(each.path) for each in document.sections if each.id == record.section_id), None)
        case "leads" | "partners":
            return [{"id": each.id, "name": each.name} for each in getattr(record, field)]
        case "issuer":
            return {"id": record.issuer.id, "name": record.issuer.name} if record.issuer else None
        case "deadlines":
            bound = {each.id: each for each in document.deadlines}
            return [_deadline(bound[each]) for each in record.deadline_ids if each in bound]
        case "deadline":
            return _deadline(record)
        case "measures":
            return [each.model_dump(mode="json") for each in record.measures]
        case "issued_on" | "effective_on":
            day = getattr(record, field)
            return day.isoformat() if day else None
        case _:
            return getattr(record, field)


def _deadline(deadline: Any) -> dict[str, Any]:
    return {"phrase": deadline.surface, "value": str(deadline), "span": list(deadline.span)}


_EDITED: dict[str, tuple[str, ...]] = {
    "task": ("leads", "partners", "deadlines", "condition", "section", "span"),
    "target": ("indicator", "measures", "section", "span"),
    "deadline": ("deadline",),
    "budget": ("caption", "section"),
    "table": ("caption", "section"),
    "section": ("title",),
    "citation": ("number", "title"),
    METADATA: ("doc_type", "number", "title", "annexed_title", "issuer", "place", "issued_on", "effective_on"),
}
_FIELDS: dict[Action, Callable[[Asked, Opened, str], list[dict[str, Any]]]] = {
    "accept": _about,
    "reject": _about,
    "comment": _about,
    "edit": _edit,
    "add": _add,
    "split": _split,
    "merge": _merge,
    "undo": _undo,
    "redo": _redo,
}
assert _FIELDS.keys() == set(get_args(Action))
