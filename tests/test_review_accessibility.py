"""Every page and state of the review application, checked by axe-core in Chromium: nothing grave."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("playwright.sync_api")
pytest.importorskip("axe_playwright_python")

import axe_playwright_python
from playwright.sync_api import Browser, Page

from pipeline.extract import extract_document
from pipeline.store import document_file, encode, write_whole
from tests.chromium import CHROMIUM
from tests.conftest import ROOT
from tests.review_browser import Server, chromium, press, saved, select_words

pytestmark = [
    pytest.mark.browser,
    pytest.mark.xdist_group("browser"),
    pytest.mark.skipif(CHROMIUM is None, reason="no Chromium: make test-programs"),
]
AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text(encoding="utf-8")
SAMPLE = "kh-nuoc-sach-nong-thon"
GRAVE = ("serious", "critical")
PASSWORD = "mật khẩu đủ dài"
LOOKS: dict[str, Any] = {
    "desk": {"viewport": {"width": 1280, "height": 800}},
    "dark": {"viewport": {"width": 1280, "height": 800}, "color_scheme": "dark"},
    "phone": {"viewport": {"width": 390, "height": 800}, "has_touch": True, "is_mobile": True},
}
QUARANTINED = '{"quarantined": [{"path": "a/b.pdf", "cause": "encrypted", "message": "The file has a password."}]}'


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as opened:
        yield opened


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A real sample of corpus/ with tables and a budget, a document that is none, and an input in quarantine."""
    out = tmp_path_factory.mktemp("results")
    text = (ROOT / f"corpus/ke-hoach/{SAMPLE}.txt").read_bytes()
    write_whole(document_file(out, f"{SAMPLE}.json"), encode(extract_document(text, path=f"{SAMPLE}.txt")))
    write_whole(document_file(out, "broken.json"), b"{}")
    (out / "run.json").write_text(QUARANTINED, encoding="utf-8")
    started = Server(out)
    yield started
    started.kill()


def judged(page: Page) -> list[str]:
    """What axe finds grave on the page as it stands, each with the element; the page's own policy stays in force."""
    page.evaluate(AXE)
    found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")["violations"]
    return [
        f"{each['id']} ({each['impact']}): {node['html'][:120]} {node['failureSummary']}"
        for each in found
        if each["impact"] in GRAVE
        for node in each["nodes"][:3]
    ]


def document(page: Page, server: Server) -> None:
    page.goto(server.address(f"documents/{SAMPLE}.json"))
    page.wait_for_selector("body[data-ready]")


def documents(page: Page, server: Server) -> None:
    page.goto(server.address())


def nothing_found(page: Page, server: Server) -> None:
    page.goto(server.address("?q=khongco"))


def names(page: Page, server: Server) -> None:
    documents(page, server)
    page.click("#name")


def keys(page: Page, server: Server) -> None:
    document(page, server)
    press(page, "?")


def in_tab(kind: str) -> Callable[[Page, Server], None]:
    def state(page: Page, server: Server) -> None:
        document(page, server)
        page.evaluate("(kind) => document.getElementById(`tab-${kind}`).click()", kind)
        if kind == "history":
            page.wait_for_selector("#list-history > *")

    return state


def in_form(key: str) -> Callable[[Page, Server], None]:
    def state(page: Page, server: Server) -> None:
        document(page, server)
        press(page, key)
        page.wait_for_selector("form.edit")

    return state


def form_of(kind: str) -> Callable[[Page, Server], None]:
    def state(page: Page, server: Server) -> None:
        in_tab(kind)(page, server)
        press(page, "e")
        page.wait_for_selector("form.edit")

    return state


def searching_an_agency(page: Page, server: Server) -> None:
    in_form("l")(page, server)
    page.keyboard.type("so y te")
    page.wait_for_selector(".options [role=option]")


def adding(page: Page, server: Server) -> None:
    document(page, server)
    page.evaluate("document.querySelector('[data-pane=text]').click()")
    select_words(page, page.locator("#text .m-citation").first.text_content() or "")
    press(page, "t")
    page.wait_for_selector("#new-task form")


def accepting_many(page: Page, server: Server) -> None:
    document(page, server)
    press(page, "b")


def decided(page: Page, server: Server) -> None:
    document(page, server)
    press(page, "a", "x", "c")
    page.keyboard.type("xem lại")
    press(page, "Control+Enter")
    page.wait_for_selector(".remark", state="attached")
    saved(page)
    press(page, "k", "k")


def text(page: Page, server: Server) -> None:
    document(page, server)
    page.evaluate("document.querySelector('.switch [data-pane=text]').click()")
    press(page, "j")


def original(page: Page, server: Server) -> None:
    document(page, server)
    press(page, "i")


def conflict(page: Page, server: Server) -> None:
    document(page, server)
    other = page.context.new_page()
    document(other, server)
    press(other, "a")
    saved(other)
    other.close()
    press(page, "x")
    page.wait_for_selector("#banner:not([hidden])")


def missing(page: Page, server: Server) -> None:
    page.goto(server.address("documents/none.json"))


def broken(page: Page, server: Server) -> None:
    page.goto(server.address("documents/broken.json"))


def english(page: Page, server: Server) -> None:
    documents(page, server)
    page.click("#language")
    page.wait_for_selector("html[lang=en]")
    document(page, server)


STATES: dict[str, Callable[[Page, Server], None]] = {
    **{each.__name__: each for each in (documents, nothing_found, names, keys, document, searching_an_agency, adding)},
    **{each.__name__: each for each in (accepting_many, decided, text, original, conflict, missing, broken, english)},
    **{f"tab {kind}": in_tab(kind) for kind in ("target", "deadline", "budget", "table", "citation", "section")},
    **{f"tab {kind}": in_tab(kind) for kind in ("metadata", "diagnostic", "history")},
    **{f"form {name}": in_form(key) for name, key in {"task": "e", "split": "s", "merge": "m", "comment": "c"}.items()},
    **{f"form {kind}": form_of(kind) for kind in ("target", "deadline", "section", "citation", "metadata")},
}


COLOURED = {
    *(
        "documents",
        "document",
        "keys",
        "searching_an_agency",
        "adding",
        "accepting_many",
        "decided",
        "text",
        "conflict",
    ),
    *("tab target", "tab deadline", "tab budget", "tab table", "tab metadata", "tab diagnostic", "tab history"),
}
CASES = [
    (state, look)
    for state in STATES
    for look in LOOKS
    if look == "desk" or state in COLOURED or (look == "phone" and state.startswith("form "))
]


@pytest.mark.parametrize(("state", "look"), CASES)
def test_no_grave_obstacle(browser: Browser, server: Server, state: str, look: str) -> None:
    context = browser.new_context(locale="vi-VN", reduced_motion="reduce", **LOOKS[look])
    context.set_default_timeout(20_000)
    page = context.new_page()
    STATES[state](page, server)
    assert judged(page) == []
    context.close()


@pytest.mark.parametrize("look", LOOKS)
def test_no_grave_obstacle_at_the_door(browser: Browser, server: Server, tmp_path: Path, look: str) -> None:
    (tmp_path / "password").write_text(PASSWORD, encoding="utf-8")
    locked = Server(server.out, "--password-file", str(tmp_path / "password"))
    context = browser.new_context(locale="vi-VN", reduced_motion="reduce", **LOOKS[look])
    try:
        page = context.new_page()
        page.goto(locked.address())
        page.fill("[name=password]", "sai mật khẩu")
        press(page, "Enter")
        page.wait_for_selector("#wrong:not([hidden])")
        assert judged(page) == []
    finally:
        context.close()
        locked.kill()
