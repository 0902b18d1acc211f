"""Decisions: what one person decided about one record, at one moment, with enough of the text to find it again.

    Decision(at=now, by="An", document="kh-1242.json", action="reject", record=ref(document, "task", task))

An edit names each field with its old and its new value, so that the log alone says what was changed; the old value is
for people, the new one is what counts. An edit or an acceptance without a record is about the document's own metadata
(number, date, issuer, …). Decisions that one act made together share a `batch`. Undo and redo name the decision that
they are about: "the last one" would mean another one in each of two windows.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date
from pathlib import PurePosixPath
from typing import Annotated, Any, Literal, Self, get_args
from uuid import UUID, uuid4

from pydantic import AwareDatetime, Field, JsonValue, TypeAdapter, ValidationError, model_validator
from pydantic_core import PydanticSerializationError, to_jsonable_python

from pipeline.errors import UsageError
from schemas import Measure, Value

Action = Literal["accept", "reject", "edit", "add", "split", "merge", "comment", "undo", "redo"]
Kind = Literal["task", "target", "deadline", "budget", "table", "section", "citation", "repair"]
KINDS: tuple[Kind, ...] = get_args(Kind)
METADATA: Literal["metadata"] = "metadata"  # what a decision without a record is about
Subject = Kind | Literal["metadata"]
Words = Annotated[str, Field(min_length=1, pattern=r"\S")]


class DecisionError(UsageError):
    """A decision does not say what its action needs, or says what nobody knows."""


class Anchor(Value):
    """A stretch of the cleaned text: the W3C's text quote selector (`exact`, `prefix`, `suffix`) and text position
    selector (`start`, `end`, in code points) in one."""

    exact: str = Field(min_length=1)
    prefix: str = ""
    suffix: str = ""
    start: int = Field(ge=0)
    end: int = Field(ge=0)

    @model_validator(mode="after")
    def _whole(self) -> Self:
        if self.end - self.start != len(self.exact):
            raise ValueError("start and end do not enclose exact")
        return self


class RecordRef(Value):
    """A record as it was when it was decided about; `id` alone may mean another record after the next run."""

    kind: Kind
    id: Words
    anchor: Anchor


class AgencyChoice(Value):
    """An agency that a person chose."""

    id: Words
    name: Words


class DeadlineChoice(Value):
    """A deadline as a person typed or selected it; `value` is the normal form that they saw (`by ../2016-12-31`)."""

    phrase: Words
    value: Words
    anchor: Anchor | None = None


class Change(Value):
    """One field of a record: what it was, what it shall be."""

    field: str
    old: JsonValue = None
    new: JsonValue = None


class NewTask(Value):
    """A task that the machine missed; without a `section` it stands in the innermost one around it."""

    anchor: Anchor
    section: tuple[str, ...] | None = None
    leads: tuple[AgencyChoice, ...] = ()
    partners: tuple[AgencyChoice, ...] = ()
    deadlines: tuple[DeadlineChoice, ...] = ()
    condition: Words | None = None


class Decision(Value):
    """One line of the log.

    `record` is what it is about; `others` are merged into it, `parts` are what it is split into; `of` is the decision
    that an undo or a redo is about; `batch` is the same for decisions that one act made together. `at` is given by the
    caller and knows its time zone.
    """

    id: UUID = Field(default_factory=uuid4)
    at: AwareDatetime
    by: Words
    document: str
    action: Action
    record: RecordRef | None = None
    others: tuple[RecordRef, ...] = ()
    parts: tuple[Anchor, ...] = ()
    changes: tuple[Change, ...] = ()
    task: NewTask | None = None
    comment: Words | None = None
    of: UUID | None = None
    batch: UUID | None = None

    @model_validator(mode="after")
    def _complete(self) -> Self:
        check_name(self.document)
        said = {name for name in _ABOUT if getattr(self, name) not in (None, ())}
        needed, allowed = _NEEDS[self.action]
        for name in sorted(needed - said):
            raise ValueError(f"the action {self.action} needs {name}")
        for name in sorted(said - needed - allowed):
            raise ValueError(f"the action {self.action} takes no {name}")
        self._check_records()
        for change in self.changes:
            _check_writable(new_value(self.record.kind if self.record else METADATA, change))
        return self

    def _check_records(self) -> None:
        kinds = {each.kind for each in (self.record, *self.others) if each}
        if self.action in ("split", "merge") and kinds != {"task"}:
            raise ValueError(f"only tasks can be {'split' if self.action == 'split' else 'merged'}")
        if self.action == "split" and len(self.parts) < 2:
            raise ValueError("a split needs at least two parts")
        if self.action == "reject" and kinds == {"repair"}:
            raise ValueError("a repair cannot be rejected, since the text around it is already read; comment on it")


def parse_decision(line: bytes | str) -> Decision:
    """The decision that one line of JSON holds; raises `DecisionError`."""
    try:
        return Decision.model_validate_json(line)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"]) or "the whole"
        raise DecisionError(f"This is no decision ({where}: {first['msg'].removeprefix('Value error, ')}).") from error


def encode_decision(decision: Decision) -> bytes:
    """One line of JSON with its newline; what is empty is left out."""
    return decision.model_dump_json(exclude_defaults=True).encode() + b"\n"


def new_value(kind: Subject, change: Change) -> Any:
    """The new value of *change* in its own type (`AgencyChoice`, `Anchor`, …).

    Raises `ValueError` when the kind has no such field or the field cannot have such a value.
    """
    fields = EDITABLE[kind]
    if change.field not in fields:
        known = ", ".join(fields) or "none"
        raise ValueError(f"a {kind} has no field {change.field} that can be edited (there are: {known})")
    try:
        return fields[change.field].validate_python(change.new)
    except ValidationError as error:
        raise ValueError(f"{change.field} of a {kind}: {error.errors()[0]['msg']}") from error


def check_name(document: str) -> str:
    """The name of a document below `documents/`; raises `ValueError` when it leads elsewhere or to no document."""
    path = PurePosixPath(document)
    odd = path.is_absolute() or ".." in path.parts or str(path) != document
    if (
        odd
        or path.suffix != ".json"
        or path.name.startswith(".")
        or any(ord(each) < 32 or each == "\\" for each in document)
    ):
        raise ValueError(f"{document!r} is no name of a document below documents/, such as plans/kh-1242.json")
    return document


def live(decisions: Iterable[Decision]) -> list[Decision]:
    """The decisions that hold, in order: neither undone nor an undo or a redo themselves."""
    undone: set[UUID] = set()
    kept: dict[UUID, Decision] = {}
    for decision in decisions:
        if decision.action == "undo" and decision.of:
            undone.add(decision.of)
        elif decision.action == "redo" and decision.of:
            undone.discard(decision.of)
        else:
            kept.setdefault(decision.id, decision)
    return [decision for decision in kept.values() if decision.id not in undone]


def next_undo(decisions: Iterable[Decision], *, by: str) -> Decision | None:
    """What an undo of the person *by* takes back: the last of their own decisions that holds."""
    return next((each for each in reversed(live(decisions)) if each.by == by), None)


def together(decisions: Iterable[Decision], decision: Decision) -> list[Decision]:
    """*decision* and those that were made with it by one act, in order."""
    return [each for each in decisions if each.id == decision.id or (each.batch and each.batch == decision.batch)]


def next_redo(decisions: Iterable[Decision], *, by: str) -> Decision | None:
    """What a redo of the person *by* brings back: what they undid last; none once they have decided something new."""
    undone: list[UUID] = []
    known: dict[UUID, Decision] = {}
    for decision in decisions:
        if decision.by != by:
            continue
        if decision.action == "undo" and decision.of:
            undone.append(decision.of)
        elif decision.action == "redo":
            undone = [each for each in undone if each != decision.of]
        else:
            known[decision.id] = decision
            undone.clear()
    return known.get(undone[-1]) if undone else None


def _check_writable(value: Any) -> None:
    """Refuse what would make a document that cannot be read again: NaN, infinity, half a letter."""
    try:
        json.dumps(to_jsonable_python(value), ensure_ascii=False, allow_nan=False).encode()
    except (ValueError, PydanticSerializationError) as error:
        raise ValueError("a value holds a number or a letter that no file can keep") from error


_ABOUT = ("record", "others", "parts", "changes", "task", "comment", "of")
_NEEDS: dict[Action, tuple[set[str], set[str]]] = {  # what each action needs, what it may have besides
    "accept": (set(), {"record", "comment"}),
    "reject": ({"record"}, {"comment"}),
    "edit": ({"changes"}, {"record", "comment"}),
    "add": ({"task"}, {"comment"}),
    "split": ({"record", "parts"}, {"comment"}),
    "merge": ({"record", "others"}, {"comment"}),
    "comment": ({"comment"}, {"record"}),
    "undo": ({"of"}, {"comment"}),
    "redo": ({"of"}, {"comment"}),
}
_TEXT: TypeAdapter[Any] = TypeAdapter(str | None)
_SPAN: TypeAdapter[Any] = TypeAdapter(Anchor)
_PATH: TypeAdapter[Any] = TypeAdapter(tuple[str, ...] | None)
_AGENCIES: TypeAdapter[Any] = TypeAdapter(tuple[AgencyChoice, ...])
_DAY: TypeAdapter[Any] = TypeAdapter(date | None)
EDITABLE: dict[Subject, dict[str, TypeAdapter[Any]]] = {
    "metadata": {
        "doc_type": _TEXT,
        "number": _TEXT,
        "title": _TEXT,
        "annexed_title": _TEXT,
        "issuer": TypeAdapter(AgencyChoice | None),
        "place": _TEXT,
        "issued_on": _DAY,
        "effective_on": _DAY,
    },
    "task": {
        "span": _SPAN,
        "section": _PATH,
        "leads": _AGENCIES,
        "partners": _AGENCIES,
        "deadlines": TypeAdapter(tuple[DeadlineChoice, ...]),
        "condition": _TEXT,
    },
    "target": {
        "span": _SPAN,
        "section": _PATH,
        "indicator": _TEXT,
        "measures": TypeAdapter(tuple[Measure, ...]),
    },
    "deadline": {"deadline": TypeAdapter(DeadlineChoice)},
    "budget": {"caption": _TEXT, "section": _PATH},
    "table": {"caption": _TEXT, "section": _PATH},
    "section": {"title": _TEXT},
    "citation": {"number": _TEXT, "title": _TEXT},
    "repair": {},
}
