"""Site profiles: how a site is known, where its documents begin and end, and which lines are its own.

Each `*.toml` beside this module is one profile. A document may match several (a crawler's dump of a portal).
"""

from __future__ import annotations

import functools
import tomllib
from dataclasses import dataclass
from importlib import resources
from typing import Any

import re2


@dataclass(frozen=True, slots=True)
class SiteProfile:
    """One site; patterns are re2, matched on stripped lines unless said otherwise."""

    name: str
    known_by: Any
    begins_after: Any | None
    ends_before: Any | None
    lines: frozenset[str]
    pattern: Any | None

    def body(self, text: str) -> tuple[int, int]:
        """Where the document begins and ends in the page."""
        begin, end = 0, len(text)
        if self.begins_after and (match := self.begins_after.search(text)):
            begin = match.end()
        if self.ends_before and (match := self.ends_before.search(text, begin)):
            end = match.start()
        return begin, end

    def drops(self, line: str) -> bool:
        """Whether *line* is the site's own."""
        return line in self.lines or bool(line and self.pattern and self.pattern.fullmatch(line))


@functools.lru_cache(maxsize=1)  # asked twice of each text: for its chrome, and for what to tell of it
def matching_profiles(text: str) -> tuple[SiteProfile, ...]:
    """The profiles that know *text*, in order of their file names."""
    encoded = text.encode("utf-8", "replace")  # once, which re2 would do for each profile
    if not _any_site().search(encoded):
        return ()
    return tuple(profile for profile in load_profiles() if profile.known_by.search(encoded))


@functools.cache
def load_profiles() -> tuple[SiteProfile, ...]:
    """All profiles, in order of their file names."""
    files = sorted(
        (file for file in resources.files(__name__).iterdir() if file.name.endswith(".toml")), key=lambda f: f.name
    )
    return tuple(parse_profile(file.read_text(encoding="utf-8")) for file in files)


@functools.cache
def _any_site() -> Any:
    return re2.compile("|".join(f"(?:{profile.known_by.pattern})" for profile in load_profiles()))


def parse_profile(source: str) -> SiteProfile:
    """A profile from its TOML text."""
    raw = tomllib.loads(source)
    body, drop = raw.get("body", {}), raw.get("drop", {})
    return SiteProfile(
        name=raw["name"],
        known_by=_any(raw["known_by"], "(?m)"),
        begins_after=_any(body["begins_after"], "(?m)") if "begins_after" in body else None,
        ends_before=_any(body["ends_before"], "(?m)") if "ends_before" in body else None,
        lines=frozenset(drop.get("lines", ())),
        pattern=_any(drop["patterns"], "") if "patterns" in drop else None,
    )


def _any(patterns: list[str], flags: str) -> Any:
    return re2.compile(flags + "|".join(f"(?:{pattern})" for pattern in patterns))
