"""Agencies: the bodies that lead a task or coordinate in it (cơ quan chủ trì, cơ quan phối hợp)."""

from __future__ import annotations

from typing import Literal

from schemas.record import Confidence, Span, Value

AgencyLevel = Literal["central", "province", "district", "commune", "party", "union", "enterprise", "other"]


class Agency(Value):
    """One agency, or one collective phrase such as `các sở, ban, ngành`, at one place of the text.

    As a lead or partner of a task it has the `confidence` that it is one, in [0, 1].
    """

    id: str
    name: str
    surface: str
    level: AgencyLevel
    collective: bool = False
    span: Span | None = None
    rule: str | None = None
    confidence: Confidence | None = None

    def __str__(self) -> str:
        return self.name
