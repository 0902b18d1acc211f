"""How often Python looks for garbage in a process that extracts documents.

Records hold no cycles, so counting references frees them all; looking for cycles after every 700 new objects, as
Python does by default, takes an eighth of the time and finds nothing. It is still done now and then, for the sake of
libraries.
"""

from __future__ import annotations

import gc


def collect_seldom() -> None:
    """Look for cycles only after tens of thousands of objects more, and among old ones hardly ever."""
    gc.set_threshold(NEW_OBJECTS, YOUNG_ROUNDS, OLD_ROUNDS)


NEW_OBJECTS, YOUNG_ROUNDS, OLD_ROUNDS = 50_000, 50, 10
