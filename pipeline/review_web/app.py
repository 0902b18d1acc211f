"""The application: its pages, and what their scripts ask.

Every route is a plain function that runs in a thread of its own, so that one large document does not hold up the
others. Errors are told in one sentence, as JSON to a script and as a page to a person.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import HTMLResponse, JSONResponse, Response
from fastapi.staticfiles import StaticFiles
from starlette.exceptions import HTTPException

from pipeline.errors import KehoachError
from pipeline.review.log import ConflictError
from pipeline.review_web.asking import routes_for_scripts
from pipeline.review_web.desk import NoSuchDocumentError
from pipeline.review_web.guard import Guard
from pipeline.review_web.originals import NoOriginalError
from pipeline.review_web.pages import routes_of_pages
from pipeline.review_web.render import render
from pipeline.review_web.rooms import Rooms, language_of
from pipeline.review_web.sessions import Sessions
from pipeline.review_web.site import Site
from pipeline.review_web.words import told


def make_app(site: Site) -> FastAPI:
    """The application for *site*."""
    rooms = Rooms(site)

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        rooms.summaries.all(patience=0)  # so that they are there when the page is
        yield
        rooms.originals.close()

    app = FastAPI(docs_url=None, redoc_url=None, openapi_url=None, lifespan=lifespan)
    sessions = Sessions(site.password)
    app.add_middleware(Guard, site=site, sessions=sessions)
    app.mount("/static", StaticFiles(directory=Path(__file__).parent / "static"))
    app.include_router(routes_of_pages(rooms, sessions))
    app.include_router(routes_for_scripts(rooms))
    app.add_exception_handler(KehoachError, _told)
    app.add_exception_handler(RequestValidationError, _told)
    app.add_exception_handler(HTTPException, _told)
    return app


async def _told(request: Request, error: Exception) -> Response:
    language = language_of(request)
    status, code, message = _refusal(error)
    message = told(message, language)
    if request.method == "GET" and "text/html" in request.headers.get("accept", ""):
        return HTMLResponse(render("error.html.jinja", language, status=status, message=message), status)
    return JSONResponse({"error": code, "message": message}, status_code=status)


def _refusal(error: Exception) -> tuple[int, str, str]:
    match error:
        case NoSuchDocumentError() | NoOriginalError():
            return 404, "missing", str(error)
        case ConflictError():
            return 409, "conflict", str(error)
        case KehoachError():
            return 422, "refused", str(error)
        case HTTPException():
            return error.status_code, "refused", str(error.detail)
        case RequestValidationError():
            first = error.errors()[0]
            where = ".".join(str(part) for part in first["loc"])
            return 422, "refused", f"This request is not understood ({where}: {first['msg']})."
        case _:
            return 500, "fault", "A fault of kehoach."
