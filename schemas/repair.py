"""Repairs: words that scanning or scraping spoiled and that were restored; each can be undone from its record."""

from __future__ import annotations

from schemas.record import Record


class Repair(Record):
    """`before` as the input has it, `after` as it stands in the cleaned text at `span`."""

    before: str
    after: str
