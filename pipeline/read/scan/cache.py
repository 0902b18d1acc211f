"""Keep recognised pages on disk, so that a second run of the same scan neither draws nor recognises anything.

A page is found by the hash of the whole input, its number, and everything that its recognition depends on: the version
of this code's settings and of tesseract. Entries are written beside their place and renamed over it, hence several
processes may share a cache; one that is damaged counts as missing.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import threading
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import orjson

from pipeline.read.pages.page import Page, Word


@dataclass(frozen=True, slots=True)
class PageCache:
    """A directory of recognised pages; it is made when the first page is kept.

    A page that cannot be written is recognised again next time: a full disk stops no reading.
    """

    directory: Path

    def get(self, key: str) -> Page | None:
        """The page kept under *key*, None when there is none that can be read."""
        try:
            return _page(orjson.loads(self._file(key).read_bytes()))
        except (OSError, ValueError, TypeError, KeyError):
            return None

    def put(self, key: str, page: Page) -> None:
        """Keep *page* under *key*, whole or not at all."""
        target = self._file(key)
        part = target.with_name(f".{target.name}.{os.getpid()}.{threading.get_ident()}.part")
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            part.write_bytes(orjson.dumps(_entry(page)))
            part.replace(target)
        except OSError:
            with contextlib.suppress(OSError):
                part.unlink(missing_ok=True)

    def _file(self, key: str) -> Path:
        return self.directory / key[:2] / f"{key}.json"


def page_key(content: str, number: int, *settings: str) -> str:
    """The key of page *number* of the input whose hash is *content*, recognised with *settings*."""
    told = orjson.dumps([FORM, content, number, *settings])
    return hashlib.sha256(told).hexdigest()


def _entry(page: Page) -> dict[str, Any]:
    return {
        "number": page.number,
        "size": [page.width, page.height],
        "words": [tuple(word) for word in page.words],
        "rules": page.rules,
        "origin": page.origin,
        "turned": page.turned,
    }


def _page(entry: Any) -> Page:
    if entry["origin"] not in ("text", "ocr"):
        raise ValueError(entry["origin"])
    width, height = map(float, entry["size"])
    words = tuple(_word(*values) for values in entry["words"])
    rules = tuple((float(left), float(top), float(right), float(bottom)) for left, top, right, bottom in entry["rules"])
    return Page(int(entry["number"]), width, height, words, rules, entry["origin"], turned=float(entry["turned"]))


def _word(text: Any, left: Any, top: Any, right: Any, bottom: Any, size: Any, confidence: Any) -> Word:
    if not isinstance(text, str):
        raise TypeError(text)
    sure = None if confidence is None else float(confidence)
    return Word(text, float(left), float(top), float(right), float(bottom), float(size), sure)


FORM = "1"  # of an entry
