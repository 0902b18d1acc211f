"""Templates of pages: what they insert is escaped, and a name that is missing is an error."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from jinja2 import BaseLoader, Environment, StrictUndefined


def new_environment(loader: BaseLoader | None = None, *, finalize: Callable[..., Any] | None = None) -> Environment:
    """An environment for pages; *finalize* sees each value before it is written."""
    return Environment(
        loader=loader,
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=finalize,
    )
