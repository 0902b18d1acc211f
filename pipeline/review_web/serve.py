"""Serve the application until Ctrl-C: `kehoach review output/`."""

from __future__ import annotations

import getpass
import socket
import webbrowser
from pathlib import Path
from threading import Timer

import uvicorn

from pipeline.errors import UsageError
from pipeline.review_web.app import make_app
from pipeline.review_web.site import Site, allowed_hosts, read_password

TRIED = 20  # ports
OPEN_AFTER = 0.4  # seconds


def serve_review(
    out: Path,
    *,
    host: str = "127.0.0.1",
    port: int | None = None,
    reviewer: str | None = None,
    password_file: Path | None = None,
    originals: Path | None = None,
    names: tuple[str, ...] = (),
    open_browser: bool = True,
) -> None:
    """Serve the results directory *out*; without a *port* the first free one from 8765 on.

    Raises `UsageError` for a port that is taken, and for a *host* that others can reach without a password.
    """
    password = read_password(password_file) if password_file else None
    if password is None and host not in ("127.0.0.1", "localhost", "::1"):
        raise UsageError(f"Others can reach {host}. Give a password with --password-file, or leave out --host.")
    with bound_socket(host, port) as bound:
        number = bound.getsockname()[1]
        site = Site(out, reviewer or user_name(), allowed_hosts(host, number, names), password, originals)
        shown = "127.0.0.1" if host in ("localhost", "0.0.0.0") else f"[{host}]" if ":" in host else host
        address = f"http://{shown}:{number}/"
        print(f"Review of {out}: {address}   (Ctrl-C ends it; every decision is on the disk already)", flush=True)
        if open_browser:
            timer = Timer(OPEN_AFTER, webbrowser.open, (address,))
            timer.daemon = True
            timer.start()
        config = uvicorn.Config(make_app(site), log_level="warning", server_header=False, timeout_graceful_shutdown=3)
        uvicorn.Server(config).run(sockets=[bound])


def bound_socket(host: str, port: int | None) -> socket.socket:
    """A socket bound to *port*, or to the first free one; raises `UsageError` when there is none."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    reason = ""
    for number in [port] if port is not None else [*range(FIRST_PORT, FIRST_PORT + TRIED), 0]:
        bound = socket.socket(family, socket.SOCK_STREAM)
        bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            bound.bind((host, number))
            bound.listen()
        except (OSError, OverflowError) as error:
            bound.close()
            reason = getattr(error, "strerror", None) or str(error)
            continue
        return bound
    raise UsageError(f"Cannot serve at {host}{f':{port}' if port else ''}: {reason}. Choose another --port or --host.")


def user_name() -> str:
    """The name of the user of this machine."""
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return "reviewer"


FIRST_PORT = 8765
