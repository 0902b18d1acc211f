"""The review application in Chromium: what a reviewer does by keyboard, and what must survive."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import Any

import pytest

pytest.importorskip("playwright.sync_api")

from playwright.sync_api import Browser, BrowserContext, Page

from pipeline.extract import extract_document
from pipeline.review.log import DecisionLog
from pipeline.review.replay import reviewed
from pipeline.store import document_file, encode, read_document, write_whole
from schemas import PlanDocument
from tests.chromium import CHROMIUM
from tests.conftest import ROOT
from tests.review_browser import Server, chromium, counted, press, saved, select_words, window

pytestmark = [
    pytest.mark.browser,
    pytest.mark.xdist_group("browser"),
    pytest.mark.skipif(CHROMIUM is None, reason="no Chromium: make test-programs"),
]
SAMPLE = "ke-hoach/kh-nuoc-sach-nong-thon"
ATTEMPTS = 8  # the machine may be busy with other tests
ATTACK = "<img src=x onerror=\"document.title='hacked'\"><script>document.title='hacked'</script>"


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as opened:
        yield opened


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    opened = browser.new_context(viewport={"width": 1280, "height": 800}, locale="vi-VN")
    opened.set_default_timeout(10_000)
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    started = Server(tmp_path_factory.mktemp("results"))
    yield started
    started.kill()


@pytest.fixture
def name(server: Server, request: pytest.FixtureRequest) -> str:
    """A document of its own for each test: a real sample of corpus/."""
    name = f"{request.node.name[:60]}.json"
    text = (ROOT / "corpus" / f"{SAMPLE}.txt").read_bytes()
    write_whole(document_file(server.out, name), encode(extract_document(text, path=f"{SAMPLE}.txt")))
    return name


@pytest.fixture
def page(context: BrowserContext, server: Server, name: str) -> Iterator[Page]:
    opened = window(context, server.address(f"documents/{name}"))
    problems: list[str] = []
    opened.on("pageerror", lambda error: problems.append(str(error)))
    opened.on("console", lambda told: problems.append(told.text) if "Content Security" in told.text else None)
    yield opened
    assert problems == []


def decisions(server: Server, name: str) -> list[Any]:
    return list(DecisionLog(server.out, name).read().decisions)


def corrected(server: Server, name: str) -> PlanDocument:
    return reviewed(read_document(document_file(server.out, name)), decisions(server, name)).document


def current(page: Page) -> str:
    return str(page.get_attribute(".card.current", "data-key"))


def test_a_right_task_takes_one_key(page: Page, server: Server, name: str) -> None:
    count = page.locator("#list-task > .card").count()
    for _ in range(count):
        page.keyboard.press("a")
    counted(page, "#list-task > .v-accepted", count)
    saved(page)
    assert [each.action for each in decisions(server, name)] == ["accept"] * count
    assert len({each.record.id for each in decisions(server, name)}) == count


def test_going_through_records_marks_them_in_the_text_and_back(page: Page) -> None:
    first = current(page)
    press(page, "j")
    second = current(page)
    assert second != first
    assert page.locator(f"#text .on[data-r~='{second}']").count() > 0
    assert page.locator("#text .on").first.is_visible()
    press(page, "k")
    assert current(page) == first
    page.locator(f"#text [data-r~='{second}'].m-task").first.click()
    assert current(page) == second


def test_a_deadline_is_edited_by_keyboard_with_its_meaning_shown(page: Page, server: Server, name: str) -> None:
    key = current(page)
    press(page, "d")
    page.wait_for_selector("form.edit")
    press(page, "Backspace", "Backspace")
    page.keyboard.type("trước ngày 01/01/2017")
    page.wait_for_selector(".options [role=option]")
    assert "đến hết 31/12/2016" in page.inner_text(".options [role=option]")
    press(page, "Enter", "Control+Enter")
    saved(page)
    document = corrected(server, name)
    task = next(each for each in document.tasks if each.id == key)
    assert [str(each) for each in document.deadlines if each.id in task.deadline_ids] == ["by ../2016-12-31"]
    assert "đến hết 31/12/2016" in page.inner_text(f"#c-{key}")


def test_a_lead_is_found_in_the_registry(page: Page, server: Server, name: str) -> None:
    key = current(page)
    press(page, "l")
    page.wait_for_selector("form.edit")
    press(page, *["Backspace"] * 4)
    page.keyboard.type("so noi vu")
    page.wait_for_selector(".options [role=option]")
    press(page, "Enter", "Control+Enter")
    saved(page)
    task = next(each for each in corrected(server, name).tasks if each.id == key)
    assert [each.name.startswith("Sở Nội vụ") for each in task.leads] == [True]


def test_a_missed_task_is_added_from_a_selection(page: Page, server: Server, name: str) -> None:
    words = page.locator("#text .m-citation").first.text_content() or ""
    select_words(page, words)
    press(page, "t")
    page.wait_for_selector("#new-task form")
    press(page, "Control+Enter")
    saved(page)
    assert [each.text for each in corrected(server, name).tasks if each.id == "task-r1"] == [words]
    assert current(page) == "task-r1"


def test_words_are_selected_by_keyboard_alone(page: Page, server: Server, name: str) -> None:
    key = current(page)
    before = next(each.text for each in corrected(server, name).tasks if each.id == key)
    press(page, "v", "Shift+ArrowRight", "Shift+ArrowRight", "t")
    page.wait_for_selector("#new-task form")
    press(page, "Control+Enter")
    saved(page)
    (added,) = [each for each in corrected(server, name).tasks if each.id == "task-r1"]
    assert before.startswith(added.text)
    assert len(added.text.split()) == 3


def test_splitting_merging_rejecting_and_commenting(page: Page, server: Server, name: str) -> None:
    press(page, "o")
    before = [each.id for each in corrected(server, name).tasks]
    press(page, "m")
    page.wait_for_selector(".near")
    press(page, "Control+Enter")
    saved(page)
    counted(page, "#list-task > .card", len(before) - 1)
    press(page, "s")
    page.wait_for_selector("textarea[name=parts]")
    press(page, "Control+Home", "Control+ArrowRight", "Control+ArrowRight", "Enter", "Control+Enter")
    counted(page, "#list-task > .card", len(before))
    press(page, "c")
    page.keyboard.type("xem lại")
    press(page, "Control+Enter")
    page.wait_for_selector(".remark")
    press(page, "x")
    page.wait_for_selector("#list-task > .v-rejected")
    assert [each.action for each in decisions(server, name)] == ["merge", "split", "comment", "reject"]


def test_undo_redo_and_reload(page: Page, server: Server, name: str) -> None:
    key = current(page)
    press(page, "x")
    page.wait_for_selector(f"#c-{key}.v-rejected")
    press(page, "u")
    page.wait_for_selector(f"#c-{key}:not(.v-rejected)")
    press(page, "r")
    page.wait_for_selector(f"#c-{key}.v-rejected")
    page.reload()
    page.wait_for_selector(f"#c-{key}.v-rejected")
    assert [each.action for each in decisions(server, name)] == ["reject", "undo", "redo"]


def test_what_is_typed_survives_a_reload(page: Page) -> None:
    press(page, "e")
    page.fill("[data-field=condition] input", "khi có hướng dẫn")
    page.reload()
    page.wait_for_selector("form.edit")
    assert page.input_value("[data-field=condition] input") == "khi có hướng dẫn"
    press(page, "Escape")
    page.reload()
    page.wait_for_selector("body[data-ready]")
    assert page.locator("form.edit").count() == 0


def test_killing_the_server_loses_nothing_that_was_saved(page: Page, server: Server, name: str) -> None:
    press(page, "a")
    saved(page)
    press(page, "x")
    page.wait_for_selector(".v-rejected", state="attached")
    server.kill()
    try:
        press(page, "a")
        page.wait_for_selector("#status.bad")
    finally:
        server.start()
    assert [each.action for each in decisions(server, name)] == ["accept", "reject"]
    press(page, "a")
    saved(page)
    page.reload()
    page.wait_for_selector("body[data-ready]")
    assert page.locator("#list-task > .v-accepted").count() == 2
    assert page.locator("#list-task > .v-rejected").count() == 1


def test_the_second_window_is_told_and_overwrites_nothing(
    page: Page, context: BrowserContext, server: Server, name: str
) -> None:
    other = window(context, server.address(f"documents/{name}"))
    press(page, "a")
    saved(page)
    press(other, "x")
    other.wait_for_selector("#banner:not([hidden])")
    assert "vừa được sửa ở nơi khác" in other.inner_text("#banner")
    assert "An: accept" in other.inner_text("#banner")
    assert [each.action for each in decisions(server, name)] == ["accept"]
    other.click("#banner button")
    other.wait_for_selector("body[data-ready] .v-accepted", state="attached")
    press(other, "x")
    other.wait_for_selector(".v-rejected", state="attached")


def test_text_of_documents_is_never_executed(context: BrowserContext, server: Server, name: str) -> None:
    document = read_document(document_file(server.out, name))
    tasks = tuple(each.model_copy(update={"text": ATTACK, "condition": ATTACK}) for each in document.tasks)
    metadata = document.metadata.model_copy(update={"title": ATTACK, "number": ATTACK})
    text = ATTACK + document.text[len(ATTACK) :]
    changed = document.model_copy(update={"tasks": tasks, "metadata": metadata, "text": text})
    write_whole(document_file(server.out, name), encode(changed))
    page = window(context, server.address(f"documents/{name}"))
    press(page, "c")
    page.keyboard.type(ATTACK)
    press(page, "Control+Enter")
    page.wait_for_selector(".remark")
    press(page, "e")
    page.wait_for_selector("form.edit")
    press(page, "Escape", "s")
    page.wait_for_selector("form.edit")
    press(page, "Escape", "0")
    page.goto(server.address())
    assert "hacked" not in page.title()
    assert page.locator("img").count() == 0


def test_a_document_of_300_tasks_answers_within_a_second(context: BrowserContext, server: Server, name: str) -> None:
    many = "".join(
        f"{number}. Sở Y tế\n\n- Chủ trì, phối hợp với Sở Tài chính rà soát việc số {number} tại các xã."
        f" Hoàn thành trong Quý II/2018.\n\n- Báo cáo kết quả việc số {number} trước ngày 30/6/2018.\n\n"
        for number in range(1, 161)
    )
    start = (ROOT / "tests/texts/small-plan.txt").read_text(encoding="utf-8").split("1. Sở Nông nghiệp")[0]
    document = extract_document((start + many).encode(), path="many.txt")
    assert len(document.tasks) >= 300
    write_whole(document_file(server.out, name), encode(document))
    window(context, server.address(f"documents/{name}")).close()  # what is made once is made
    page = context.new_page()
    took = []
    for _ in range(ATTEMPTS):
        begun = time.perf_counter()
        page.goto(server.address(f"documents/{name}"), wait_until="commit")
        page.wait_for_selector("body[data-ready]")
        press(page, "j")
        took.append(time.perf_counter() - begun)
        if took[-1] < 1:
            break
    assert min(took) < 1
    frames = page.evaluate(
        """async () => {
            const list = document.querySelector('.lists');
            const times = [];
            for (let at = 0; at < 30; at++) {
                const begun = performance.now();
                list.scrollTop += 400;
                await new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
                times.push(performance.now() - begun);
            }
            return times.sort((a, b) => a - b)[15];
        }"""
    )
    assert frames < 100
    begun = time.perf_counter()
    press(page, "a")
    saved(page)
    assert time.perf_counter() - begun < 1


def test_a_phone_shows_text_and_records_in_turn(browser: Browser, server: Server, name: str) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 800}, has_touch=True, is_mobile=True)
    page = window(context, server.address(f"documents/{name}"))
    assert page.is_visible(".records")
    assert not page.is_visible("#text")
    page.tap(".switch [data-pane=text]")
    assert page.is_visible("#text")
    page.tap(".switch [data-pane=records]")
    page.tap("[data-act=accept]")
    page.wait_for_selector(".v-accepted", state="attached")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    context.close()
