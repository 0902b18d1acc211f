"""What all routes share: the documents, their summaries and originals, and what a request says of who asks."""

from __future__ import annotations

from collections import OrderedDict
from threading import Lock
from urllib.parse import unquote

from fastapi import Request

from pipeline.register.words import Language
from pipeline.review_web.desk import Desk, Opened
from pipeline.review_web.originals import Originals
from pipeline.review_web.site import Site
from pipeline.review_web.summaries import Summaries
from pipeline.review_web.views import DocumentView, document_view

LANGUAGE, REVIEWER = "kehoach_language", "kehoach_reviewer"
LONGEST_NAME = 80
KEPT = 8


class Rooms:
    """Everything that outlives a request."""

    def __init__(self, site: Site) -> None:
        self.site = site
        self.desk = Desk(site.out)
        self.summaries = Summaries(self.desk)
        self.originals = Originals(site.out, site.originals)
        self._views: OrderedDict[int, tuple[Opened, DocumentView]] = OrderedDict()
        self._turn = Lock()

    def view(self, opened: Opened) -> DocumentView:
        """The view of *opened*, made once."""
        with self._turn:
            known = self._views.get(id(opened))
        if known and known[0] is opened:
            return known[1]
        view = document_view(opened)
        with self._turn:
            self._views[id(opened)] = (opened, view)
            while len(self._views) > KEPT:
                self._views.popitem(last=False)
        return view

    def reviewer(self, request: Request) -> str:
        """Who decides: the name given on the page, else that of the command line."""
        return clean_name(unquote(request.cookies.get(REVIEWER, ""))) or self.site.reviewer


def clean_name(name: str) -> str:
    """A name as it can stand in a log; empty for none.

    >>> clean_name("  Nguyễn\\tVăn  An "), clean_name(" ")
    ('Nguyễn Văn An', '')
    """
    return " ".join("".join(each if each.isprintable() else " " for each in name).split())[:LONGEST_NAME]


def language_of(request: Request) -> Language:
    """The language of the page: that of the switch, Vietnamese by default."""
    return "en" if request.cookies.get(LANGUAGE) == "en" else "vi"
