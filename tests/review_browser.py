"""A real browser for the review application (Chromium, driven by Playwright), and a server that can be killed."""

from __future__ import annotations

import re
import signal
import subprocess
import sys
import unicodedata
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from tests.chromium import CHROMIUM
from tests.conftest import ROOT

OPTIONS = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--disable-background-networking"]


class Server:
    """`kehoach review` in a process of its own; it keeps its port over a restart."""

    def __init__(self, out: Path, *options: str) -> None:
        self.out = out
        self.options = options
        self.port = "0"
        self.start()

    def start(self) -> None:
        command = [sys.executable, "-m", "pipeline", "review", str(self.out), "--no-open", "--reviewer", "An"]
        command += ["--port", self.port, *self.options]
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT)
        assert self.process.stdout
        found = re.search(r"http://127\.0\.0\.1:(\d+)/", self.process.stdout.readline())
        assert found
        self.port = found[1]

    def kill(self) -> None:
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()

    def address(self, path: str = "") -> str:
        return f"http://127.0.0.1:{self.port}/{path}"


@contextmanager
def chromium() -> Iterator[Browser]:
    """Debian's Chromium; nothing is downloaded."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=OPTIONS)
        try:
            yield browser
        finally:
            browser.close()


def window(context: BrowserContext, address: str) -> Page:
    """A window on a document, ready for keys."""
    page = context.new_page()
    page.goto(address)
    page.wait_for_selector("body[data-ready]")
    return page


def saved(page: Page) -> None:
    """Wait until the page says that the last decision is saved."""
    page.wait_for_selector("#status[data-state=saved]")


def counted(page: Page, selector: str, count: int) -> None:
    """Wait until there are so many elements."""
    expect(page.locator(selector)).to_have_count(count, timeout=20_000)


def press(page: Page, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


def select_words(page: Page, words: str) -> None:
    """Select *words* in one piece of the text, as the mouse would."""
    page.evaluate(
        """(words) => {
            for (const piece of document.querySelectorAll('#text [data-s]')) {
                const at = piece.textContent.indexOf(words);
                if (at < 0) continue;
                const range = document.createRange();
                range.setStart(piece.firstChild, at);
                range.setEnd(piece.firstChild, at + words.length);
                getSelection().removeAllRanges();
                getSelection().addRange(range);
                return;
            }
            throw new Error('not in the text: ' + words);
        }""",
        words,
    )


class Keyboard:
    """The keys of one window, counted by what they are for; letters of a text count as Telex types them.

    keys = Keyboard(page); keys.press("accept", "a"); keys.counts["accept"]
    """

    def __init__(self, page: Page) -> None:
        self.page = page
        self.counts: Counter[str] = Counter()

    def press(self, purpose: str, *keys: str) -> None:
        press(self.page, *keys)
        self.counts[purpose] += len(keys)

    def type(self, purpose: str, text: str) -> None:
        self.page.keyboard.type(text)
        self.counts[purpose] += len(unicodedata.normalize("NFD", text)) + text.lower().count("đ")
