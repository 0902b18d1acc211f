"""What an export did: how much of what it wrote, what it left out, and why.

account.wrote("events", 120); account.left_out("tasks without a date", 31)
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field


@dataclass(slots=True)
class Account:
    """Counts in the order in which they were first told, which is the order of the documents."""

    written: Counter[str] = field(default_factory=Counter)
    omitted: Counter[str] = field(default_factory=Counter)

    def wrote(self, what: str, count: int = 1) -> None:
        """Count *count* more of *what* as written."""
        self.written[what] += count

    def left_out(self, why: str, count: int = 1) -> None:
        """Count *count* more as left out; *why* names them and the reason."""
        if count:
            self.omitted[why] += count
