"""What people would use instead, side by side: speed and right answers on the same material.

Each comparison gives rows: ours first, then one a peer. `right` of `asked` are right answers by the rule that the
comparison's docstring tells; a peer that is not installed or cannot work here is a row with the reason and no figure.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version

from benchmarks.timing import Timing, timed


@dataclass(frozen=True, slots=True)
class Answered:
    """One tool in one comparison; without a `timing` it could not be tried, for the reason in `missing`."""

    tool: str
    timing: Timing | None = None
    right: float = 0.0
    asked: float = 0.0
    note: str = ""
    missing: str = ""

    @property
    def share(self) -> float:
        """Right answers of those asked, in [0, 1]."""
        return self.right / self.asked if self.asked else 0.0


@dataclass(frozen=True, slots=True)
class Peer:
    """A tool: its distribution, how to make the function that answers one item, and what to say of it."""

    tool: str
    make: Callable[[], Callable[..., object]]
    distribution: str | None = None
    note: str = ""


def compare(
    peers: Sequence[Peer],
    items: Sequence[object],
    *,
    right: Callable[[object, object], float],
    asked: float,
    megabytes: float,
    repetitions: int,
) -> list[Answered]:
    """Give every item to every peer, judge its answers with `right(item, answer)`, and time it."""
    return [_one(peer, items, right, asked, megabytes, repetitions) for peer in peers]


def _one(
    peer: Peer,
    items: Sequence[object],
    right: Callable[[object, object], float],
    asked: float,
    megabytes: float,
    repetitions: int,
) -> Answered:
    try:
        name = f"{peer.tool} {version(peer.distribution)}" if peer.distribution else peer.tool
        answer = peer.make()
        answer(items[0])
    except (ImportError, PackageNotFoundError) as error:
        return Answered(peer.tool, missing=f"not installed ({error}): python -m pip install -r requirements/bench.lock")
    except Exception as error:
        return Answered(peer.tool, missing=f"cannot work here: {type(error).__name__}: {str(error)[:120]}")
    score = sum(right(item, _answer(answer, item)) for item in items)
    timing = timed(
        lambda: [_answer(answer, item) for item in items],
        megabytes=megabytes,
        repetitions=repetitions,
        warm_up=False,
    )
    return Answered(name, timing, score, asked, peer.note)


def _answer(answer: Callable[..., object], item: object) -> object:
    """What a tool makes of one item; to fail on it is a wrong answer."""
    try:
        return answer(item)
    except Exception:
        return None
