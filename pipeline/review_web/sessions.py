"""Who has given the password: random names of sessions, known to this process alone and gone when it ends."""

from __future__ import annotations

import hmac
import secrets
import time
from collections.abc import Callable
from threading import Lock

LASTS = 12 * 3600.0  # seconds
PAUSE = 1.0  # seconds between two wrong passwords, for all together


class Sessions:
    """The sessions of one process; *clock* gives seconds."""

    def __init__(self, password: str | None, *, clock: Callable[[], float] = time.monotonic) -> None:
        self._password = password
        self._clock = clock
        self._ends: dict[str, float] = {}
        self._closed_until = 0.0
        self._turn = Lock()

    def open(self, password: str) -> str | None:
        """The name of a new session; None for a wrong password, and for any within `PAUSE` of a wrong one."""
        with self._turn:
            now = self._clock()
            right = self._password is not None and hmac.compare_digest(
                password.encode(errors="surrogatepass"), self._password.encode()
            )
            if now < self._closed_until:
                return None
            if not right:
                self._closed_until = now + PAUSE
                return None
            self._ends = {name: end for name, end in self._ends.items() if end > now}
            name = secrets.token_urlsafe(32)
            self._ends[name] = now + LASTS
            return name

    def knows(self, name: str) -> bool:
        """Whether *name* is a session that has not ended."""
        return self._ends.get(name, float("-inf")) > self._clock()

    def close(self, name: str) -> None:
        """End the session *name*, if there is one."""
        with self._turn:
            self._ends.pop(name, None)
