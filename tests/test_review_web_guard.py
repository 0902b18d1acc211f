"""The guard around the application: who may ask, for what, and that nothing from a document is ever executed."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any
from urllib.parse import quote

import orjson
import pytest
from lxml import html
from starlette.testclient import TestClient

from pipeline.errors import UsageError
from pipeline.review_web import Site, make_app
from pipeline.review_web.guard import LARGEST_BODY
from pipeline.review_web.sessions import LASTS, PAUSE, Sessions
from pipeline.review_web.site import allowed_hosts, read_password
from pipeline.store import document_file, encode
from schemas import PlanDocument
from tests.review_pages import ASKING, HOST, Page, results_with
from tests.reviews import NAME, plan

ATTACK = (
    "</textarea></script><script>document.title='hacked'</script><img src=x onerror=\"document.title='hacked'\">'\""
)
PASSWORD = "mật khẩu đủ dài"


def client(out: Path, **site: object) -> TestClient:
    given: dict[str, object] = {"hosts": frozenset({HOST}), **site}
    return TestClient(make_app(Site(out, "An", **given)), base_url=f"http://{HOST}", follow_redirects=False)  # type: ignore[arg-type]


@pytest.fixture
def browser(tmp_path: Path) -> TestClient:
    return client(results_with(tmp_path))


def hostile() -> PlanDocument:
    document = plan()
    task = document.tasks[0]
    lead = task.leads[0].model_copy(update={"name": ATTACK, "surface": ATTACK})
    tasks = (task.model_copy(update={"text": ATTACK, "leads": (lead,), "condition": ATTACK, "rule": ATTACK}),)
    sections = tuple(each.model_copy(update={"title": ATTACK, "path": (ATTACK,)}) for each in document.sections)
    metadata = document.metadata.model_copy(update={"title": ATTACK, "number": ATTACK, "doc_type": ATTACK})
    text = ATTACK.ljust(len(document.text), "x")
    return document.model_copy(update={"text": text, "tasks": tasks, "sections": sections, "metadata": metadata})


@pytest.mark.parametrize("host", ["evil.example", "evil.example:8765", "127.0.0.1:9999", "127.0.0.1", ""])
def test_only_our_own_names_are_answered(browser: TestClient, host: str) -> None:
    for address in ("/", f"/documents/{NAME}", "/static/base.css"):
        assert browser.get(address, headers={"Host": host}).status_code == 400


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "http://evil.example"},
        {"Origin": "null"},
        {"Origin": ""},
        {"Origin": f"http://{HOST}.evil.example"},
        {"X-Kehoach": None},
        {"Content-Type": "text/plain"},
        {"Content-Type": "application/x-www-form-urlencoded"},
    ],
)
def test_a_foreign_page_can_change_nothing(tmp_path: Path, headers: dict[str, str | None]) -> None:
    page = Page(results_with(tmp_path))
    sent = {name: value for name, value in {**ASKING, **headers}.items() if value is not None}
    body = '{"id": "7f2f3d6e-5a0e-4f8f-9a53-b2f6a2c6a9b1", "action": "accept", "records": ["task-1"]}'
    for address in (f"/decisions/{NAME}", "/preferences", "/login", "/logout"):
        assert page.client.post(address, content=body, headers=sent).status_code == 403
    assert page.log.read().version == 0


def test_a_preflight_allows_nothing(browser: TestClient) -> None:
    answer = browser.options(f"/decisions/{NAME}", headers={"Origin": "http://evil.example"})
    assert (answer.status_code, "access-control-allow-origin" in answer.headers) == (403, False)


def test_more_than_a_decision_needs_is_not_read(browser: TestClient) -> None:
    headers = {**ASKING, "Content-Length": str(LARGEST_BODY + 1)}
    assert browser.post(f"/decisions/{NAME}", content=b"{}", headers=headers).status_code == 413


@pytest.mark.parametrize(
    "address",
    ["/", f"/documents/{NAME}", f"/history/{NAME}", "/documents/none.json", "/nowhere", "/static/base.css", "/login"],
)
def test_every_answer_forbids_what_is_not_ours(browser: TestClient, address: str) -> None:
    headers = browser.get(address, headers={"Accept": "text/html"}).headers
    policy = headers["content-security-policy"]
    assert policy.startswith("default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'")
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy
    assert (headers["x-content-type-options"], headers["referrer-policy"]) == ("nosniff", "no-referrer")
    assert headers["cross-origin-resource-policy"] == "same-origin"
    assert "access-control-allow-origin" not in headers


def test_pages_have_no_inline_script_or_style(tmp_path: Path) -> None:
    browser = client(results_with(tmp_path, hostile()))
    for address in ("/", f"/documents/{NAME}", f"/history/{NAME}", "/login", "/documents/none.json"):
        page = html.fromstring(browser.get(address, headers={"Accept": "text/html"}).content)
        assert all(script.get("src", "").startswith("/static/") and not script.text for script in page.iter("script"))
        assert not page.xpath("//style | //@style | //iframe | //img | //*[starts-with(local-name(), 'svg')]")
        assert not list(page.xpath("//@*[starts-with(name(), 'on')]"))
        assert all(each.startswith(("/", "#")) for each in page.xpath("//@href | //@src | //@action"))


def hostile_everywhere() -> bytes:
    """The small plan with the attack in every text that its contract leaves free."""
    document = orjson.loads(encode(plan()))
    document["diagnostics"] = [{"code": "x", "severity": "warning", "message": "x", "span": None}]

    def attack(value: Any, name: str = "") -> Any:
        if isinstance(value, dict):
            return {key: attack(each, key) for key, each in value.items()}
        if isinstance(value, list):
            return [attack(each, name) for each in value]
        return value + ATTACK if isinstance(value, str) and name in FREE else value

    return encode(PlanDocument.model_validate_json(orjson.dumps(attack(document))))


FREE = {
    *("title", "annexed_title", "number", "doc_type", "place", "name", "position", "on_behalf_of", "recipients"),
    *("label", "path", "condition", "surface", "indicator", "unit", "raw", "caption", "header", "rows", "period"),
    *("amount_raw", "rule", "message", "code", "anchor", "text", "before", "after", "id", "level_name", "media_type"),
}


def test_no_field_and_no_name_of_a_file_is_executed(tmp_path: Path) -> None:
    name = "<img src=x onerror=alert(1)>'\".json"
    out = results_with(tmp_path, name=name)
    document_file(out, name).write_bytes(hostile_everywhere())
    document_file(out, "broken.json").write_bytes(ATTACK.encode())
    told = {"path": ATTACK, "cause": ATTACK, "message": ATTACK}
    (out / "run.json").write_bytes(orjson.dumps({"quarantined": [told], "input": ATTACK}))
    window = Page(out, name=name, reviewer=ATTACK)
    card = window.client.get("/").text
    window.ask("comment", comment=ATTACK)
    for address in (
        "/",
        f"/?q={quote(ATTACK)}&kind={quote(ATTACK)}",
        f"/documents/{quote(name)}",
        f"/history/{quote(name)}",
    ):
        answer = window.client.get(address)
        assert answer.status_code == 200
        page = html.fromstring(answer.text)
        assert not page.xpath("//img | //script[not(@src)] | //iframe | //@*[starts-with(name(), 'on')]")
        assert page.xpath("//title | //ol")
    assert "onerror" in html.fromstring(card).text_content()


@pytest.mark.parametrize(
    "changes", ['{"condition": "\\ud800"}', '{"\\ud800": "x"}', '{"leads": [{"id": "x", "name": "\\ud800"}]}']
)
def test_half_a_letter_is_refused_before_it_is_written(tmp_path: Path, changes: str) -> None:
    page = Page(results_with(tmp_path))
    asked = '{"id": "7f2f3d6e-5a0e-4f8f-9a53-b2f6a2c6a9b1", "action": "edit", "records": ["task-1"], "version": 0,'
    asked += f' "reading": "{page.reading}", "changes": {changes}}}'
    answer = page.client.post(f"/decisions/{NAME}", content=asked, headers=ASKING)
    assert (answer.status_code, answer.json()["error"]) == (422, "refused")
    assert page.log.read().version == 0


@pytest.mark.parametrize("value", ["NaN", "Infinity", "-Infinity"])
def test_a_figure_that_is_no_number_is_refused(tmp_path: Path, value: str) -> None:
    page = Page(results_with(tmp_path))
    answer = page.ask("edit", "target-1", changes={"measures": [{"value": value, "raw": "x"}]})
    assert (answer.status_code, page.log.read().version) == (422, 0)


def test_half_a_letter_is_no_password(tmp_path: Path) -> None:
    browser = client(results_with(tmp_path), password=PASSWORD)
    answer = browser.post("/login", content='{"password": "\\ud800"}', headers=ASKING)
    assert answer.status_code in (403, 422)


def test_a_session_is_never_one_that_the_browser_brought(tmp_path: Path) -> None:
    browser = client(results_with(tmp_path), password=PASSWORD)
    browser.cookies.set("kehoach_session", "chosen-by-an-attacker")
    assert browser.get("/").status_code == 401
    answer = browser.post("/login", json={"password": PASSWORD}, headers=ASKING)
    assert "chosen-by-an-attacker" not in answer.headers["set-cookie"]
    assert (
        client(tmp_path, password=PASSWORD)
        .get("/", headers={"Cookie": "kehoach_session=chosen-by-an-attacker"})
        .status_code
        == 401
    )


def test_text_of_documents_and_reviewers_stays_text(tmp_path: Path) -> None:
    window = Page(results_with(tmp_path, hostile()), reviewer=ATTACK)
    told = window.decide("comment", "task-1", comment=ATTACK)
    card = html.fromstring(told["cards"]["task-1"][1])
    assert ATTACK in card.text_content()
    page = html.fromstring(window.client.get(f"/documents/{NAME}").content)
    assert page.get_element_by_id("text").text_content().replace("\n", "").startswith(ATTACK)
    assert page.findtext(".//title") == f"{ATTACK} · Rà soát kế hoạch"
    assert not page.findall(".//img")
    for each in window.client.get("/").text, window.client.get(f"/history/{NAME}").text:
        assert "<img" not in each
        assert "<script>document" not in each


@pytest.mark.parametrize(
    "name",
    [
        "../run.json", "..%2frun.json", "%2e%2e/run.json", "a/../../run.json", "/etc/passwd", "%2fetc%2fpasswd",
        "a/small-plan.json/../../../run.json", "..\\run.json", "link.json", "folder/secret.json", "a", "",
        "a/.hidden.json",        "a%00.json", "a/small-plan.json%00",
    ],
)  # fmt: skip
def test_nothing_outside_of_the_documents_can_be_read(tmp_path: Path, name: str) -> None:
    out = results_with(tmp_path / "out")
    secret = plan().model_copy(update={"id": "secret"})
    results_with(tmp_path / "elsewhere", secret, name="secret.json")
    (out / "run.json").write_bytes((tmp_path / "elsewhere/documents/secret.json").read_bytes())
    (out / "documents/a/.hidden.json").write_bytes((out / "run.json").read_bytes())
    (out / "documents/link.json").symlink_to(tmp_path / "elsewhere/documents/secret.json")
    (out / "documents/folder").symlink_to(tmp_path / "elsewhere/documents")
    browser = client(out)
    for address in ("documents", "history", "version", "values/task-1", "pages/1/picture", "suggestions/0/5"):
        assert browser.get(f"/{address}/{name}").status_code in (404, 307)
    answer = browser.post(f"/decisions/{name}", json={}, headers=ASKING)
    assert answer.status_code in (404, 422)
    assert not (out / "review").exists()


@pytest.mark.parametrize("address", ["/static/../app.py", "/static/%2e%2e/app.py", "/static/..%2fapp.py"])
def test_only_our_own_files_are_served(browser: TestClient, address: str) -> None:
    assert browser.get(address).status_code == 404


def test_without_the_password_there_is_nothing_to_see(tmp_path: Path) -> None:
    browser = client(results_with(tmp_path), password=PASSWORD)
    for address in ("/", f"/documents/{NAME}", f"/version/{NAME}", f"/history/{NAME}"):
        assert browser.get(address).status_code == 401
    assert browser.post(f"/decisions/{NAME}", json={}, headers=ASKING).status_code == 401
    assert browser.get("/", headers={"Accept": "text/html"}).headers["location"] == "/login"
    assert browser.get("/login").status_code == 200
    assert browser.post("/login", json={"password": PASSWORD + "x"}, headers=ASKING).status_code == 403


def test_the_password_opens_a_session_that_scripts_and_other_sites_cannot_use(tmp_path: Path) -> None:
    browser = client(results_with(tmp_path), password=PASSWORD)
    answer = browser.post("/login", json={"password": PASSWORD}, headers=ASKING)
    cookie = answer.headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=strict" in cookie
    assert browser.get("/").status_code == 200
    browser.post("/logout", json={}, headers=ASKING)
    assert browser.get("/").status_code == 401


def test_sessions_end_and_wrong_passwords_are_slowed_down() -> None:
    now = 0.0
    sessions = Sessions(PASSWORD, clock=lambda: now)
    assert sessions.open("wrong") is None
    assert sessions.open(PASSWORD) is None
    now = PAUSE
    session = sessions.open(PASSWORD)
    assert session
    assert sessions.knows(session)
    assert not sessions.knows("")
    now += LASTS
    assert not sessions.knows(session)
    assert Sessions(None).open("") is None


def test_names_under_which_a_browser_may_ask() -> None:
    assert allowed_hosts("0.0.0.0", 80, ("Review.example",)) == {
        *("127.0.0.1:80", "localhost:80", "[::1]:80", "review.example")
    }
    assert "[fe80::1]:80" in allowed_hosts("fe80::1", 80)


@pytest.mark.parametrize("content", [b"", b"short\n", b"\n12345678", b"\xff\xfe12345678"])
def test_a_password_that_keeps_nobody_out_is_refused(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "password"
    file.write_bytes(content)
    with pytest.raises(UsageError, match=os.fspath(file)):
        read_password(file)


def test_the_language_and_the_name_are_remembered(tmp_path: Path) -> None:
    page = Page(results_with(tmp_path))
    assert 'lang="vi"' in page.client.get("/").text
    page.client.post("/preferences", json={"language": "en", "reviewer": " Trần\tThị\u202eBình\n"}, headers=ASKING)
    listed = page.client.get("/").text
    assert 'lang="en"' in listed
    assert "<b>Trần Thị Bình</b>" in listed
    page.decide("accept", "task-1")
    assert page.log.read().decisions[0].by == "Trần Thị Bình"
