"""The `kehoach` command.

Each command imports what it needs when it runs, so that `--help` answers at once. Exit status: 0 all read, 2 wrong
usage, 3 finished but some inputs quarantined, 1 anything else. A pipe, a device or a socket is refused: reading one may
never end.
"""

from __future__ import annotations

import os
import sys

from pipeline.cli import reading, results, reviewing, scoring
from pipeline.cli.app import FAILED, OK, QUARANTINED, WRONG_USAGE, app
from pipeline.errors import KehoachError, UnreadableInputError, UsageError

__all__ = ["COMMANDS", "FAILED", "OK", "QUARANTINED", "WRONG_USAGE", "app", "main", "run"]

GROUPS = (reading, results, reviewing, scoring)  # each adds its commands to the application
COMMANDS = tuple(each.name or each.callback.__name__ for each in app.registered_commands if each.callback)
INTERRUPTED = 130  # what typer makes of Ctrl-C
STOPPED = "Stopped. The documents written so far are whole; the same command goes on where it was."


def main() -> None:
    """Run the command line; every error is told in one sentence on standard error."""
    sys.exit(run(sys.argv[1:]))


def run(arguments: list[str]) -> int:
    """Run the command with *arguments* and return its exit status."""
    from typer.exceptions import Abort, TyperException

    if not arguments:
        arguments = ["--help"]
    try:
        status = app(arguments, standalone_mode=False)
        sys.stdout.flush()
    except UsageError as error:
        return _fail(str(error), WRONG_USAGE)
    except UnreadableInputError as error:
        return _fail(f"{error} [{error.code}]", QUARANTINED)
    except KehoachError as error:
        return _fail(str(error), FAILED)
    except TyperException as error:
        command = ["kehoach", *(name for name in arguments[:1] if name in COMMANDS)]
        return _fail(f"{error.format_message().rstrip('.')}. Try: {' '.join(command)} --help", WRONG_USAGE)
    except (Abort, KeyboardInterrupt):
        return _fail(STOPPED, FAILED)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return OK
    except SystemExit:  # rich's answer to a broken pipe, as in `kehoach show … | head`
        return OK
    except OSError as error:
        if os.environ.get("KEHOACH_DEBUG"):
            raise
        return _fail(f"Cannot go on: {error.strerror or error}.", FAILED)
    except Exception as error:
        if os.environ.get("KEHOACH_DEBUG"):
            raise
        name = type(error).__name__
        return _fail(f"A fault of kehoach: {name}: {error}. Please report it; KEHOACH_DEBUG=1 shows where.", FAILED)
    if status == INTERRUPTED:
        return _fail(STOPPED, FAILED)
    return status if isinstance(status, int) else OK


def _fail(message: str, status: int) -> int:
    print(f"kehoach: {message}", file=sys.stderr)
    return status
