"""The review application for tests: a results directory with the small plan, and a client that asks like a page."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from uuid import uuid4

from starlette.testclient import TestClient

from pipeline.review.log import DecisionLog
from pipeline.review_web import Site, make_app
from pipeline.review_web.desk import Desk, Opened
from pipeline.store import document_file, encode, write_whole
from schemas import PlanDocument
from tests.reviews import NAME, plan

HOST = "127.0.0.1:8765"
ASKING = {"Origin": f"http://{HOST}", "X-Kehoach": "1", "Content-Type": "application/json"}


def results_with(out: Path, document: PlanDocument | None = None, *, name: str = NAME) -> Path:
    """A results directory with one document."""
    write_whole(document_file(out, name), encode(document or plan()))
    return out


class Page:
    """One window on a document: it knows the version that it shows."""

    def __init__(self, out: Path, *, name: str = NAME, reviewer: str = "An", **site: Any) -> None:
        self.out, self.name = out, name
        site = {"hosts": frozenset({HOST}), **site}
        self.client = TestClient(make_app(Site(out, reviewer, **site)), base_url=f"http://{HOST}")
        self.load()

    def load(self) -> None:
        opened = self.opened
        self.version, self.reading = opened.version, opened.reading

    @property
    def opened(self) -> Opened:
        return Desk(self.out).open(self.name)

    @property
    def document(self) -> PlanDocument:
        return self.opened.review.document

    @property
    def log(self) -> DecisionLog:
        return DecisionLog(self.out, self.name)

    def ask(self, action: str, *records: str, **more: Any) -> Any:
        """Send one decision; the answer, with its status."""
        asked = {
            "id": str(uuid4()),
            "action": action,
            "records": list(records),
            "version": self.version,
            "reading": self.reading,
            **more,
        }
        answer = self.client.post(f"/decisions/{self.name}", json=asked, headers=ASKING)
        if answer.status_code == 200:
            self.version = answer.json()["version"]
        return answer

    def decide(self, action: str, *records: str, **more: Any) -> Any:
        """Send one decision that is saved; what the page is told."""
        answer = self.ask(action, *records, **more)
        assert answer.status_code == 200, answer.text
        return answer.json()
