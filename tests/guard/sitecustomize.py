"""Loaded by each Python process that has this directory on its path: who reaches beyond this machine is told.

What tries is written to the file that `KEHOACH_NETWORK_LOG` names and refused, in workers and readers as in the first
process; a program that swallows the refusal is told all the same.
"""

import os
import socket
import sys

LOOPBACK = {"localhost", "127.0.0.1", "::1", "", "0.0.0.0", "::", None}
WATCHED = {"socket.connect", "socket.sendto", "socket.sendmsg", "socket.getaddrinfo", "socket.gethostbyname"}


def _host(event: str, given: tuple[object, ...]) -> object:
    if event in {"socket.getaddrinfo", "socket.gethostbyname"}:
        return given[0].decode() if isinstance(given[0], bytes) else given[0]
    opened, address = given[0], given[1]
    inside = getattr(opened, "family", None) not in {socket.AF_INET, socket.AF_INET6}
    return None if inside or not isinstance(address, tuple) else address[0]


def _stay(event: str, given: tuple[object, ...]) -> None:
    if event not in WATCHED or _host(event, given) in LOOPBACK:
        return
    with open(os.environ["KEHOACH_NETWORK_LOG"], "a", encoding="utf-8") as log:  # noqa: PTH123
        log.write(f"{event} {_host(event, given)} by {sys.argv}\n")
    raise PermissionError(f"{event} leads beyond this machine")


if "KEHOACH_NETWORK_LOG" in os.environ:
    sys.addaudithook(_stay)
