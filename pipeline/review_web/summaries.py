"""One line for each document of a results directory, quickly also for thousands of them.

    Summaries(desk).all()   # each file is read again only when its size or time, or those of its log, have changed

The reading of ten thousand documents takes seconds, so it goes on beside the pages, which say how far it has come.
"""

from __future__ import annotations

import os
from collections import Counter
from datetime import date
from pathlib import Path
from threading import Lock, Thread
from typing import Any, NamedTuple

import orjson

from pipeline.dataset.folding import fold
from pipeline.errors import KehoachError
from pipeline.review.log import REVIEW
from pipeline.review_web.desk import Desk
from pipeline.review_web.views import REVIEWED_KINDS, share_reviewed
from pipeline.store import DOCUMENTS, RUN_REPORT

COUNTED = ("tasks", "targets", "deadlines", "budgets", "tables")
PATIENCE = 0.7  # seconds a page waits for the rest


class Summary(NamedTuple):
    """What the documents page says of one document; `problem` when it cannot be read."""

    name: str
    doc_type: str = ""
    number: str = ""
    title: str = ""
    issuer: str = ""
    issued_on: date | None = None
    counts: tuple[int, ...] = (0,) * len(COUNTED)
    decided: int = 0
    to_decide: int = 0
    lowest: float | None = None
    remarks: tuple[tuple[str, int], ...] = ()
    problem: str = ""
    folded: str = ""

    @property
    def share(self) -> float:
        """The share that is reviewed, in [0, 1]."""
        return self.decided / self.to_decide if self.to_decide else 1.0 if self.decided else 0.0

    @property
    def state(self) -> str:
        """`problem`, `done`, `begun` or `open`."""
        if self.problem:
            return "problem"
        return "done" if self.to_decide and self.decided >= self.to_decide else "begun" if self.decided else "open"


class Quarantined(NamedTuple):
    """An input that could not become a document, and why."""

    path: str
    cause: str
    message: str


class Summaries:
    """The summaries of all documents on *desk*'s results directory; one thread at a time brings them up to date."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self._known: dict[str, tuple[tuple[int, ...], Summary]] = {}
        self._turn = Lock()
        self._worker: Thread | None = None

    def all(self, *, patience: float = PATIENCE) -> tuple[list[Summary], int]:
        """The summaries in the order of the names, and how many documents are still to be read."""
        names = _names(self.desk.out / DOCUMENTS)
        with self._turn:
            if self._worker is None or not self._worker.is_alive():
                self._worker = Thread(target=self._update, args=(names,), daemon=True)
                self._worker.start()
            worker = self._worker
        worker.join(patience)
        known = dict(self._known)
        found = [known[name][1] for name in names if name in known]
        return found, len(names) - len(found)

    def _update(self, names: list[str]) -> None:
        for name in names:
            stamp = self._stamp(name)
            known = self._known.get(name)
            if known is None or known[0] != stamp:
                self._known[name] = (stamp, self._summary(name))

    def _stamp(self, name: str) -> tuple[int, ...]:
        out = self.desk.out
        return (*_stat(f"{out}/{DOCUMENTS}/{name}"), *_stat(f"{out}/{REVIEW}/{name}l"))

    def _summary(self, name: str) -> Summary:
        try:
            read = orjson.loads(self.desk.file(name).read_bytes())
            decided = share_reviewed(self.desk.open(name)) if (self.desk.out / REVIEW / (name + "l")).exists() else None
            return _summary(name, read, decided)
        except KehoachError as error:
            return Summary(name, problem=str(error), folded=fold(name))
        except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
            problem = f"This is not a document of kehoach ({type(error).__name__}). Read its input again."
            return Summary(name, problem=problem, folded=fold(name))


def quarantined(out: Path) -> list[Quarantined]:
    """The inputs of the last run that could not be read."""
    try:
        told = orjson.loads((out / RUN_REPORT).read_bytes())["quarantined"]
        return [Quarantined(str(each["path"]), str(each["cause"]), str(each["message"])) for each in told]
    except (OSError, ValueError, KeyError, TypeError):
        return []


def _summary(name: str, read: dict[str, Any], decided: tuple[int, int] | None) -> Summary:
    metadata = read["metadata"]
    issuer = (metadata["issuer"] or {}).get("name", "")
    done, of = decided or (0, sum(len(read[f"{kind}s"]) for kind in REVIEWED_KINDS))
    sure = [each["confidence"] for kind in REVIEWED_KINDS for each in read[f"{kind}s"]]
    title = metadata["title"] or metadata["annexed_title"] or ""
    doc_type, number, issued_on = (metadata[field] or "" for field in ("doc_type", "number", "issued_on"))
    return Summary(
        name,
        doc_type=doc_type,
        number=number,
        title=title,
        issuer=issuer,
        issued_on=date.fromisoformat(issued_on) if issued_on else None,
        counts=tuple(len(read[kind]) for kind in COUNTED),
        decided=done,
        to_decide=of,
        lowest=min((each for each in sure if each is not None), default=None),
        remarks=tuple(sorted(Counter(str(each["severity"]) for each in read["diagnostics"]).items())),
        folded=fold(" ".join((name, issuer, doc_type, number, title, metadata["annexed_title"] or "", issued_on))),
    )


def _names(directory: Path) -> list[str]:
    """The names of all documents, in order; os.walk, since thousands of paths as objects take their time."""
    root = str(directory)
    found = []
    for folder, folders, files in os.walk(root):
        folders[:] = [each for each in folders if not each.startswith(".")]
        below = os.path.relpath(folder, root)
        prefix = "" if below == "." else f"{below}/"
        found += [prefix + file for file in files if file.endswith(".json") and not file.startswith(".")]
    return sorted(found)


def _stat(path: str) -> tuple[int, int]:
    try:
        about = os.stat(path)  # noqa: PTH116
    except OSError:
        return 0, 0
    return about.st_mtime_ns, about.st_size
