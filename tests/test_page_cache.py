"""The cache of recognised pages: what is kept comes back, and nothing else does."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.read.pages.page import Page, Word
from pipeline.read.scan.cache import PageCache, page_key

PAGE = Page(
    3,
    595.0,
    842.0,
    (Word("Kế", 70.5, 80.0, 84.25, 92.0, 13.0, 0.96), Word("hoạch", 88.0, 80.0, 120.0, 92.0, 13.0, None)),
    ((70.0, 100.0, 500.0, 101.0),),
    "ocr",
    turned=-0.35,
)
KEY = page_key("0" * 64, 3, "1", "5.3.0")


def test_what_is_kept_comes_back(tmp_path: Path) -> None:
    cache = PageCache(tmp_path / "made" / "when needed")
    assert cache.get(KEY) is None
    cache.put(KEY, PAGE)
    assert PageCache(cache.directory).get(KEY) == PAGE


def test_a_key_tells_content_number_and_settings_apart() -> None:
    keys = {
        page_key("a", 1, "s", "t"),
        page_key("b", 1, "s", "t"),
        page_key("a", 2, "s", "t"),
        page_key("a", 1, "s", "u"),
        page_key("a", 1, "st", ""),
        page_key("a", 1, "s"),
    }
    assert len(keys) == 6


@pytest.mark.parametrize(
    "damage",
    [
        b"",
        b"{",
        b"[]",
        b"null",
        b"{}",
        b'{"number": 1}',
        b"\xff\xfe",
        b'{"number":1,"size":[1,2],"words":[["a",1]],"rules":[],"origin":"ocr","turned":0}',
        b'{"number":1,"size":[1,2],"words":[],"rules":[[1,2,3]],"origin":"ocr","turned":0}',
        b'{"number":1,"size":[1,2],"words":[[5,1,1,1,1,1,1]],"rules":[],"origin":"ocr","turned":0}',
        b'{"number":1,"size":[1,2],"words":[],"rules":[],"origin":"guess","turned":0}',
    ],
)
def test_a_damaged_entry_counts_as_missing_and_is_replaced(tmp_path: Path, damage: bytes) -> None:
    cache = PageCache(tmp_path)
    cache.put(KEY, PAGE)
    (entry,) = tmp_path.rglob("*.json")
    entry.write_bytes(damage)
    assert cache.get(KEY) is None
    cache.put(KEY, PAGE)
    assert cache.get(KEY) == PAGE


def test_nothing_but_entries_is_left(tmp_path: Path) -> None:
    cache = PageCache(tmp_path)
    cache.put(KEY, PAGE)
    assert [file.suffix for file in tmp_path.rglob("*") if file.is_file()] == [".json"]


def test_a_directory_that_cannot_be_made_stops_nothing(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    cache = PageCache(tmp_path / "file" / "below")
    cache.put(KEY, PAGE)
    assert cache.get(KEY) is None


def test_many_writers_never_show_half_an_entry(tmp_path: Path) -> None:
    cache, seen = PageCache(tmp_path), []
    cache.put(KEY, PAGE)

    def work() -> None:
        for _ in range(50):
            cache.put(KEY, PAGE)
            seen.append(cache.get(KEY))

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(seen) == 200
    assert all(page == PAGE for page in seen)


@given(st.text(), st.floats(0, 1))
def test_any_word_survives(tmp_path_factory: pytest.TempPathFactory, text: str, confidence: float) -> None:
    cache = PageCache(tmp_path_factory.mktemp("cache"))
    page = Page(1, 10.0, 10.0, (Word(text, 0.0, 0.0, 1.0, 1.0, 1.0, confidence),), (), "ocr")
    cache.put(KEY, page)
    assert cache.get(KEY) == page
