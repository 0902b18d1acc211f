"""What one running application serves: a results directory, to whom, under which names."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from pipeline.errors import UsageError

LOOPBACK = ("127.0.0.1", "localhost", "[::1]")
LEAST_PASSWORD = 8  # characters


@dataclass(frozen=True, slots=True)
class Site:
    """The results directory *out*, reviewed by *reviewer* unless the page names another one.

    `hosts` are the names under which a browser may ask (`127.0.0.1:8000`); a page from elsewhere that points its own
    name at this machine is refused. `originals` is the directory of the inputs, when `run.json` does not lead there.
    """

    out: Path
    reviewer: str
    hosts: frozenset[str] = frozenset(LOOPBACK)
    password: str | None = None
    originals: Path | None = None


def allowed_hosts(host: str, port: int, others: tuple[str, ...] = ()) -> frozenset[str]:
    """What the `Host` header may say, in lower case; the port of a proxy may be left out.

    >>> sorted(allowed_hosts("127.0.0.1", 8000))
    ['127.0.0.1:8000', '[::1]:8000', 'localhost:8000']
    """
    given = [] if host in ("0.0.0.0", "::") else [f"[{host}]" if ":" in host else host]
    names = dict.fromkeys((*LOOPBACK, *given))
    return frozenset(f"{name}:{port}".lower() for name in names) | frozenset(each.lower() for each in others)


def read_password(file: Path) -> str:
    """The first line of *file*; raises `UsageError` when it is too short to keep anybody out."""
    try:
        lines = file.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"Cannot read the password in {file}: {error}.") from error
    password = lines[0].strip() if lines else ""
    if len(password) < LEAST_PASSWORD:
        raise UsageError(f"The password in {file} is shorter than {LEAST_PASSWORD} characters. Write a longer one.")
    return password
