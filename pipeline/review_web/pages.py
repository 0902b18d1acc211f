"""The pages: the documents of the results, one document, and the password."""

from __future__ import annotations

from collections import Counter
from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse, JSONResponse, Response
from pydantic import BaseModel

from pipeline.register.words import Language
from pipeline.review.decisions import live
from pipeline.review_web.guard import SESSION
from pipeline.review_web.listing import Wanted, listing
from pipeline.review_web.originals import has_pages
from pipeline.review_web.render import render
from pipeline.review_web.rooms import LANGUAGE, REVIEWER, Rooms, clean_name, language_of
from pipeline.review_web.sessions import LASTS, Sessions
from pipeline.review_web.summaries import Summary, quarantined
from pipeline.review_web.views import share_reviewed

YEAR = 365 * 24 * 3600  # seconds


class Preferences(BaseModel):
    """What a person chooses on any page."""

    language: Language | None = None
    reviewer: str | None = None


class Password(BaseModel):
    """What is typed to log in."""

    password: str


def routes_of_pages(rooms: Rooms, sessions: Sessions) -> APIRouter:
    """The routes that a person opens."""
    router = APIRouter(default_response_class=HTMLResponse)

    @router.get("/")
    def documents(
        request: Request,
        q: Annotated[str, Query(max_length=200)] = "",
        kind: str = "",
        state: str = "",
        sort: str = "name",
        down: bool = False,
        page: int = 1,
    ) -> str:
        wanted = Wanted(q, kind, state, sort, down, page)
        summaries, waiting = rooms.summaries.all()
        return render(
            "documents.html.jinja",
            language_of(request),
            **_head(rooms, request),
            wanted=wanted,
            listing=listing(summaries, wanted),
            progress=_progress(summaries),
            kinds=sorted({each.doc_type for each in summaries if each.doc_type}),
            waiting=waiting,
            quarantined=quarantined(rooms.site.out),
            out=rooms.site.out.name,
        )

    @router.get("/documents/{name:path}")
    def document(request: Request, name: str) -> str:
        opened = rooms.desk.open(name)
        view = rooms.view(opened)
        decided, of = share_reviewed(opened)
        return render(
            "document.html.jinja",
            language_of(request),
            **_head(rooms, request),
            opened=opened,
            view=view,
            document=opened.review.document,
            decided=decided,
            of=of,
            has_pages=has_pages(opened.machine),
            missing=rooms.originals.missing(opened.machine),
            first_page=_first_page(view.document),
        )

    @router.get("/history/{name:path}")
    def history(request: Request, name: str) -> str:
        opened = rooms.desk.open(name)
        holds = {each.id for each in live(opened.decisions)}
        known = {each.id: each for each in opened.decisions}
        return render("history.html.jinja", language_of(request), opened=opened, holds=holds, known=known)

    @router.get("/login")
    def login(request: Request) -> str:
        return render("login.html.jinja", language_of(request))

    @router.post("/login")
    def log_in(request: Request, given: Password) -> Response:
        session = sessions.open(given.password)
        if session is None:
            return JSONResponse({"error": "password"}, status_code=403)
        answer = JSONResponse({"ok": True})
        secure = request.headers.get("origin", "").startswith("https:")
        answer.set_cookie(SESSION, session, max_age=int(LASTS), httponly=True, samesite="strict", secure=secure)
        return answer

    @router.post("/logout")
    def log_out(request: Request) -> Response:
        sessions.close(request.cookies.get(SESSION, ""))
        answer = JSONResponse({"ok": True})
        answer.delete_cookie(SESSION)
        return answer

    @router.post("/preferences")
    def preferences(chosen: Preferences) -> Response:
        answer = JSONResponse({"ok": True})
        if chosen.language:
            answer.set_cookie(LANGUAGE, chosen.language, max_age=YEAR, samesite="strict", httponly=True)
        if chosen.reviewer is not None:
            name = quote(clean_name(chosen.reviewer), safe="")
            answer.set_cookie(REVIEWER, name, max_age=YEAR, samesite="strict", httponly=True)
        return answer

    return router


def _head(rooms: Rooms, request: Request) -> dict[str, object]:
    return {"reviewer": rooms.reviewer(request), "has_password": rooms.site.password is not None}


def _progress(summaries: list[Summary]) -> dict[str, int]:
    states = Counter(each.state for each in summaries)
    return {
        "documents": len(summaries),
        "decided": sum(each.decided for each in summaries),
        "to_decide": sum(each.to_decide for each in summaries),
        **{state: states[state] for state in ("open", "begun", "done", "problem")},
    }


def _first_page(document: object) -> int:
    """The page on which the first task stands."""
    tasks = getattr(document, "tasks", ())
    pages = (place.page for task in tasks for place in task.source_spans if place.page)
    return next(pages, 1)
