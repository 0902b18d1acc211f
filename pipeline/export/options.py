"""What a person may choose of an export; each format says which of these it heeds."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date


@dataclass(frozen=True, slots=True)
class Options:
    """Choices of one export; a choice that its format does not heed is an error, told before anything is written.

    `agency` is a part of a lead agency's name; `bom` begins each CSV file with a byte order mark, without which Excel
    misreads Vietnamese; `published` dates a package, whose bytes must not depend on the day on which it is made.
    """

    agency: str | None = None
    tables: tuple[str, ...] = ()
    bom: bool = False
    title: str | None = None
    license: str | None = None
    creator: str | None = None
    published: date | None = None

    def chosen(self) -> tuple[str, ...]:
        """The names of the choices that were made."""
        return tuple(each.name for each in fields(self) if getattr(self, each.name))
