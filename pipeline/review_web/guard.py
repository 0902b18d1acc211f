"""What every request must pass and every answer carries, around the whole application.

A browser is told to run nothing but the scripts of this package; a request must name a host that is served (a foreign
page cannot point its own name here), and one that changes something must come from a page of ours: its `Origin` is this
host, and it has a header that no form and no foreign page can send without being asked first (CORS, which is never
allowed).
"""

from __future__ import annotations

from http.cookies import CookieError, SimpleCookie

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from pipeline.review_web.sessions import Sessions
from pipeline.review_web.site import Site

OWN_HEADER = "x-kehoach"
SESSION = "kehoach_session"
LARGEST_BODY = 4_000_000  # bytes


class Guard:
    """The application within, for those requests that may reach it."""

    def __init__(self, app: ASGIApp, *, site: Site, sessions: Sessions) -> None:
        self.app = app
        self.site = site
        self.sessions = sessions

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        answer = self._refusal(scope) or self.app

        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        await answer(scope, receive, guarded)

    def _refusal(self, scope: Scope) -> Response | None:
        headers = Headers(scope=scope)
        host = headers.get("host", "").lower()
        if host not in self.site.hosts:
            return _refused(400, "host", "This address is not served here. Open the address that kehoach printed.")
        if scope["method"] not in ("GET", "HEAD"):
            if headers.get("origin", "").lower() not in (f"http://{host}", f"https://{host}"):
                return _refused(403, "origin", "This request does not come from a page of kehoach.")
            if OWN_HEADER not in headers or headers.get("content-type", "").split(";")[0] != "application/json":
                return _refused(403, "header", "This request does not come from a page of kehoach.")
            length = headers.get("content-length", "")
            if not length.isdigit() or int(length) > LARGEST_BODY:
                return _refused(413, "size", "This is more than a decision can need.")
        if self.site.password is not None and not self._may_enter(scope, headers):
            if scope["method"] == "GET" and "text/html" in headers.get("accept", ""):
                return RedirectResponse("/login", status_code=303)
            return _refused(401, "login", "Log in first.")
        return None

    def _may_enter(self, scope: Scope, headers: Headers) -> bool:
        path = Request(scope).url.path
        return path == "/login" or path.startswith("/static/") or self.sessions.knows(_session(headers))


def _session(headers: Headers) -> str:
    try:
        found = SimpleCookie(headers.get("cookie", "")).get(SESSION)
    except CookieError:
        return ""
    return found.value if found else ""


def _refused(status: int, code: str, message: str) -> Response:
    return JSONResponse({"error": code, "message": message}, status_code=status)


POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; base-uri 'none';"
    " form-action 'self'; frame-ancestors 'none'"
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Cache-Control": "no-store",
}
