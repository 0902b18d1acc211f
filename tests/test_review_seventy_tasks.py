"""A plan of 70 tasks is reviewed to the end by keyboard alone, with no more keys than the documentation says."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

pytest.importorskip("playwright.sync_api")

from playwright.sync_api import Browser, Page

from pipeline.extract import extract_document
from pipeline.review.log import DecisionLog
from pipeline.review.replay import reviewed
from pipeline.store import document_file, encode, write_whole
from schemas import PlanDocument
from tests.chromium import CHROMIUM
from tests.conftest import ROOT
from tests.review_browser import Keyboard, Server, chromium, saved, window

pytestmark = [
    pytest.mark.browser,
    pytest.mark.xdist_group("browser"),
    pytest.mark.skipif(CHROMIUM is None, reason="no Chromium: make test-programs"),
]
NAME = "seventy.json"
TASKS = 70
MISSED = "Nguồn vốn: Sở Tài chính cân đối trước ngày 15/5/2018."
LINE = "(getSelection().anchorNode.parentElement.closest('.line') ?? getSelection().anchorNode).textContent"
MOST_LINES = 12  # down from the last record
WRONG = {  # which tasks, in the order of the text, take more than one key
    "deadline": range(3, 60, 14),
    "lead": range(5, 60, 14),
    "reject": range(8, 60, 14),
}


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as opened:
        yield opened


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    out = tmp_path_factory.mktemp("results")
    write_whole(document_file(out, NAME), encode(seventy_tasks()))
    started = Server(out)
    yield started
    started.kill()


def seventy_tasks() -> PlanDocument:
    """A made-up plan with 70 tasks and another one, at its end, that was not read."""
    start = (ROOT / "tests/texts/small-plan.txt").read_text(encoding="utf-8").split("1. Sở Nông nghiệp")[0]
    parts = "".join(
        f"{number}. Sở Y tế\n\n- Chủ trì, phối hợp với Sở Tài chính rà soát việc số {number} tại các xã."
        f" Hoàn thành trong Quý II/2018.\n\n- Kiểm tra kết quả việc số {number} trước ngày 30/6/2018.\n\n"
        for number in range(1, TASKS // 2 + 1)
    )
    document = extract_document(f"{start}{parts}III. KINH PHÍ\n\n{MISSED}\n".encode(), path="seventy.txt")
    assert len(document.tasks) == TASKS + 1
    return document.model_copy(update={"tasks": document.tasks[:TASKS]})


def review(page: Page, keys: Keyboard, wrong: dict[str, range]) -> Counter[str]:
    """Decide about every task in the order of the text; how many decisions of each kind were made."""
    made: Counter[str] = Counter()
    keys.press("order", "o", "Home")
    for number in range(page.locator("#list-task > .card").count()):
        kind = next((kind for kind, numbers in wrong.items() if number in numbers), "accept")
        made[kind] += 1
        DECIDE[kind](page, keys)
        saved(page)
    return made


def accept(page: Page, keys: Keyboard) -> None:
    keys.press("accept", "a")


def reject(page: Page, keys: Keyboard) -> None:
    keys.press("reject", "x")


def correct_deadline(page: Page, keys: Keyboard) -> None:
    keys.press("deadline", "d")
    page.wait_for_selector("form.edit")
    clear(page, keys, "deadline")
    keys.type("deadline", "trước ngày 20/6/2018")
    keys.press("deadline", "Control+Enter")
    page.wait_for_selector("form.edit", state="detached")
    keys.press("deadline", "j")


def correct_lead(page: Page, keys: Keyboard) -> None:
    keys.press("lead", "l")
    page.wait_for_selector("form.edit")
    clear(page, keys, "lead")
    keys.type("lead", "so noi vu")
    page.wait_for_selector(".options [role=option]")
    keys.press("lead", "Control+Enter")
    page.wait_for_selector("form.edit", state="detached")
    keys.press("lead", "j")


def clear(page: Page, keys: Keyboard, purpose: str) -> None:
    """Remove what the box of the cursor holds."""
    field = page.locator(".field:has(input:focus)")
    for _ in range(field.locator(".chips li").count()):
        keys.press(purpose, "Backspace")


DECIDE = {"accept": accept, "reject": reject, "deadline": correct_deadline, "lead": correct_lead}


def test_seventy_tasks_by_keyboard_alone(browser: Browser, server: Server) -> None:
    context = browser.new_context(viewport={"width": 1280, "height": 800}, locale="vi-VN")
    context.set_default_timeout(20_000)
    page = window(context, server.address(f"documents/{NAME}"))
    keys = Keyboard(page)
    made = review(page, keys, WRONG)
    keys.press("add", "v")
    for _ in range(MOST_LINES):
        if MISSED in page.evaluate(LINE):
            break
        keys.press("add", "ArrowDown")
    keys.press("add", "Home", "Shift+End", "t")
    page.wait_for_selector("#new-task form")
    keys.press("add", "Control+Enter")
    page.wait_for_selector("[data-verdict=added]")
    keys.press("undo", "x", "u")
    page.wait_for_selector("[data-verdict=added]")
    saved(page)
    for kind, keys_each in {"accept": 1, "reject": 1, "deadline": 28, "lead": 13}.items():
        assert keys.counts[kind] <= made[kind] * keys_each, kind
    assert sum(keys.counts.values()) / TASKS < 4
    document = corrected(server.out)
    assert any(each.text in MISSED for each in document.tasks)
    assert page.locator("#list-task > .card:not([data-verdict])").count() == 0
    assert len(document.tasks) == TASKS - made["reject"] + 1
    context.close()


def corrected(out: Path) -> PlanDocument:
    return reviewed(seventy_tasks(), DecisionLog(out, NAME).read().decisions).document
