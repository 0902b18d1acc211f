"""Take the pictures of the review application for docs/: `python scripts/take_screenshots.py docs/pictures`.

Reads corpus/ as `kehoach run` does, reviews a plan a little, and takes each page in Chromium at 1280 pixels and as a
phone. Letters look otherwise where other fonts are installed, so pictures are looked at, never compared.
"""

from __future__ import annotations

import argparse
import io
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from PIL import Image
from playwright.sync_api import Browser, BrowserContext, Page

from pipeline.extract import extract_document
from pipeline.store import document_file, encode, write_whole
from tests.conftest import ROOT
from tests.review_browser import Server, chromium, press, saved, window

PLAN = "documents/ke-hoach/kh-nuoc-sach-nong-thon.json"
OTHER = "documents/ke-hoach/kh-so-hoa-luu-tru.json"
DESK = {"viewport": {"width": 1280, "height": 800}}
DARK = {**DESK, "color_scheme": "dark"}
PHONE = {"viewport": {"width": 390, "height": 780}, "has_touch": True, "is_mobile": True, "device_scale_factor": 2}
COLOURS = 128  # enough for pages of few colours, and a third of the bytes


def main() -> None:
    """Take all pictures."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("target", type=Path, nargs="?", default=ROOT / "docs/pictures")
    target = parser.parse_args().target
    target.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch, chromium() as browser:
        out = read_corpus(Path(scratch) / "output")
        (Path(scratch) / "password").write_text("mật khẩu đủ dài\n", encoding="utf-8")
        open_to_all, locked = Server(out), Server(out, "--password-file", f"{scratch}/password")
        try:
            take_all(browser, {"open": open_to_all, "locked": locked}, target)
        finally:
            open_to_all.kill()
            locked.kill()


def read_corpus(out: Path) -> Path:
    """The results of corpus/, without the dataset."""
    for file in sorted(each for each in (ROOT / "corpus").rglob("*") if each.is_file()):
        path = file.relative_to(ROOT / "corpus")
        document = extract_document(file.read_bytes(), path=path.as_posix())
        write_whole(document_file(out, path.with_suffix(".json").as_posix()), encode(document))
    return out


def take_all(browser: Browser, servers: dict[str, Server], target: Path) -> None:
    """Take every picture of `PICTURES`, in their order: later ones show what was decided in earlier ones."""
    for name, (look, server, show) in PICTURES.items():
        context = browser.new_context(locale="vi-VN", reduced_motion="reduce", **look)
        try:
            page = show(context, servers[server])
            page.wait_for_timeout(300)
            write_whole(target / f"review-{name}.png", small(page.screenshot()))
        finally:
            context.close()


def small(png: bytes) -> bytes:
    """The same picture in a palette."""
    target = io.BytesIO()
    with Image.open(io.BytesIO(png)) as picture:
        reduced = picture.convert("RGB").quantize(COLOURS, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
    reduced.save(target, "PNG", optimize=True)
    return target.getvalue()


def documents(context: BrowserContext, server: Server) -> Page:
    page = context.new_page()
    page.goto(server.address())
    return page


def reviewing(context: BrowserContext, server: Server) -> Page:
    page = window(context, server.address(PLAN))
    press(page, "a", "a", "x")
    saved(page)
    page.wait_for_selector(".v-rejected", state="attached")
    press(page, "k", "k", "j")
    return page


def editing(context: BrowserContext, server: Server) -> Page:
    page = window(context, server.address(PLAN))
    press(page, "d")
    page.wait_for_selector("form.edit")
    page.keyboard.type("trước ngày 30/9/2017")
    page.wait_for_selector(".options [role=option]")
    return page


def tab(kind: str) -> Callable[[BrowserContext, Server], Page]:
    def show(context: BrowserContext, server: Server) -> Page:
        page = window(context, server.address(OTHER if kind == "budget" else PLAN))
        page.click(f"#tab-{kind}")
        if kind == "history":
            page.wait_for_selector("#list-history > *")
        return page

    return show


def keys(context: BrowserContext, server: Server) -> Page:
    page = window(context, server.address(PLAN))
    press(page, "?")
    return page


def reading(context: BrowserContext, server: Server) -> Page:
    page = window(context, server.address(PLAN))
    press(page, "j")
    if page.is_visible(".switch"):
        page.tap(".switch [data-pane=text]")
    return page


def login(context: BrowserContext, server: Server) -> Page:
    page = context.new_page()
    page.goto(server.address())
    return page


PICTURES: dict[str, tuple[dict[str, Any], str, Callable[[BrowserContext, Server], Page]]] = {
    "document": (DESK, "open", reviewing),
    "edit": (DESK, "open", editing),
    "budgets": (DESK, "open", tab("budget")),
    "log": (DESK, "open", tab("history")),
    "keys": (DESK, "open", keys),
    "documents": (DESK, "open", documents),
    "dark": (DARK, "open", reading),
    "login": (DESK, "locked", login),
    "phone-documents": (PHONE, "open", documents),
    "phone-records": (PHONE, "open", tab("task")),
    "phone-text": (PHONE, "open", reading),
    "phone-edit": (PHONE, "open", editing),
}

if __name__ == "__main__":
    main()
