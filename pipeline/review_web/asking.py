"""What the scripts of a page ask: to save a decision, values to edit, agencies, what a phrase means, page pictures."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from fastapi.responses import JSONResponse, Response

from extractors.agencies import find_agencies
from pipeline.register.words import Language
from pipeline.review.decisions import METADATA, DecisionError
from pipeline.review.log import ConflictError, in_words
from pipeline.review.values import read_phrase
from pipeline.review_web.agency_search import search_agencies
from pipeline.review_web.deciding import Asked, decisions_for, find_record, form_values
from pipeline.review_web.desk import Opened
from pipeline.review_web.render import deadline_words, render_card, render_line
from pipeline.review_web.rooms import Rooms, language_of
from pipeline.review_web.views import changed, share_reviewed
from pipeline.review_web.words import told, words
from schemas import PlanDocument, Span

LONGEST_PHRASE = 300
TOLD = 5


def routes_for_scripts(rooms: Rooms) -> APIRouter:
    """The routes that answer with JSON, and page pictures."""
    router = APIRouter()

    @router.post("/decisions/{name:path}")
    def decide(request: Request, name: str, asked: Asked) -> Response:
        language = language_of(request)
        before = rooms.desk.open(name)
        if any(known.id == asked.id for known in before.decisions):  # its answer was lost on the way
            return JSONResponse({"saved": True, "version": before.version, "reload": True})
        if asked.reading != before.reading:
            return _conflict(words(language).read_again, before, [])
        if asked.version != before.version:
            return _conflict(words(language).conflict, before, _meanwhile(before, asked.version))
        made = decisions_for(asked, before, by=rooms.reviewer(request), at=datetime.now().astimezone())
        after = before.with_decisions(made)
        _check_fit(after, len(made), language)
        try:
            rooms.desk.log(name).append_all(made, expected_version=before.version)
        except ConflictError as error:
            return _conflict(words(language).conflict, before, [in_words(each) for each in error.meanwhile])
        rooms.desk.keep(after)
        return JSONResponse(_saved(rooms, before, after, language))

    @router.get("/version/{name:path}")
    def version(name: str) -> dict[str, Any]:
        opened = rooms.desk.open(name)
        return {"version": opened.version, "reading": opened.reading}

    @router.get("/values/{key}/{name:path}")
    def values(request: Request, name: str, key: str) -> dict[str, Any]:
        opened = rooms.desk.open(name)
        document = opened.review.document
        kind, record = (METADATA, document.metadata) if key == METADATA else find_record(opened, key)
        found = form_values(document, kind, record)
        known = {(each.surface, str(each)): each for each in document.deadlines}
        for each in (*found.get("deadlines", ()), *filter(None, (found.get("deadline"),))):
            each["words"] = deadline_words(known[each["phrase"], each["value"]], language_of(request))
        return {"kind": kind, "values": found, "words": _text_of(opened, record), **_around(opened, kind, key)}

    @router.get("/agencies/{name:path}")
    def agencies(name: str, q: Annotated[str, Query(max_length=LONGEST_PHRASE)]) -> list[dict[str, str]]:
        document = rooms.desk.open(name).review.document
        return [{"id": each.id, "name": each.name} for each in search_agencies(q, document)]

    @router.get("/phrase/{name:path}")
    def phrase(
        request: Request, name: str, q: Annotated[str, Query(max_length=LONGEST_PHRASE)]
    ) -> list[dict[str, str]]:
        document = rooms.desk.open(name).review.document
        return _readings(q.strip(), document, language_of(request))

    @router.get("/suggestions/{start}/{end}/{name:path}")
    def suggestions(request: Request, name: str, start: int, end: int) -> dict[str, Any]:
        opened = rooms.desk.open(name)
        return _suggested(opened.review.document, Span(start, end), language_of(request))

    @router.get("/pages/{number}/size/{name:path}")
    def page_size(name: str, number: int) -> dict[str, float]:
        drawn = rooms.originals.page(rooms.desk.open(name).machine, number)
        return {"width": drawn.width, "height": drawn.height}

    @router.get("/pages/{number}/picture/{name:path}")
    def page_picture(name: str, number: int) -> Response:
        drawn = rooms.originals.page(rooms.desk.open(name).machine, number)
        return Response(drawn.png, media_type="image/png")

    return router


def _saved(rooms: Rooms, before: Opened, after: Opened, language: Language) -> dict[str, Any]:
    """What the page needs to show the document as it stands after a decision."""
    differs = changed(rooms.view(before), rooms.view(after))
    decided, of = share_reviewed(after)
    return {
        "saved": True,
        "version": after.version,
        "decided": decided,
        "of": of,
        "cards": {card.key: [card.kind, render_card(card, language)] for card in differs.cards},
        "gone": differs.gone,
        "order": differs.order,
        "lines": {str(line.start): render_line(line, language) for line in differs.lines},
    }


def _conflict(message: str, opened: Opened, meanwhile: list[str]) -> Response:
    more = [f"+ {len(meanwhile) - TOLD}"] if len(meanwhile) > TOLD else []
    content = {
        "error": "conflict",
        "message": message,
        "meanwhile": [*meanwhile[-TOLD:], *more],
        "version": opened.version,
    }
    return JSONResponse(content, status_code=409)


def _meanwhile(opened: Opened, version: int) -> list[str]:
    behind = opened.version - version
    return [in_words(each) for each in opened.decisions[-behind:]] if behind > 0 else []


def _check_fit(after: Opened, count: int, language: Language) -> None:
    """Refuse what replay would refuse; raises `DecisionError`."""
    made = {each.id for each in after.decisions[-count:]}
    for unfit in after.review.unfit:
        if unfit.decision.id in made:
            raise DecisionError(told(f"This does not fit: {unfit.reason}.", language))


def _readings(phrase: str, document: PlanDocument, language: Language) -> list[dict[str, str]]:
    found = read_phrase(phrase, document) if phrase else []
    return [{"phrase": phrase, "value": str(each), "words": deadline_words(each, language)} for each in found]


def _suggested(document: PlanDocument, span: Span, language: Language) -> dict[str, Any]:
    """What the extractors would say of a new task: its deadlines; a person confirms or corrects it."""
    if not 0 <= span.start < span.end <= len(document.text) or span.end - span.start > LONGEST_TASK:
        raise DecisionError("These words are not in the text.")
    known = [each for each in document.deadlines if span.start <= each.span.start and each.span.end <= span.end]
    deadlines = [
        {
            "phrase": each.surface,
            "value": str(each),
            "words": deadline_words(each, language),
            "span": list(each.span),
        }
        for each in known
    ]
    text = document.text[slice(*span)]
    named = [{"id": each.id, "name": each.name} for each in find_agencies(text)]
    return {"kind": "task", "words": text, "named": named[:TOLD], "values": {"deadlines": deadlines}}


def _text_of(opened: Opened, record: Any) -> str:
    span = getattr(record, "span", None)
    return opened.machine.text[slice(*span)] if span else ""


def _around(opened: Opened, kind: str, key: str) -> dict[str, Any]:
    """The tasks around one, for a merge."""
    if kind != "task":
        return {}
    tasks = sorted(opened.review.document.tasks, key=lambda each: each.span)
    at = next((number for number, each in enumerate(tasks) if each.id == key), None)
    if at is None:
        return {}
    near = [(number, tasks[number]) for number in range(max(0, at - 2), min(len(tasks), at + 4)) if number != at]
    return {"near": [{"key": each.id, "words": each.text[:160], "next": number == at + 1} for number, each in near]}


LONGEST_TASK = 20_000
