"""The pages of the review application: the list of documents, one document, its text, its original."""

from __future__ import annotations

import hashlib
import os
import re
from pathlib import Path
from typing import Any

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from pipeline.cli import WRONG_USAGE, run
from pipeline.review.log import DecisionLog
from pipeline.review_web.desk import Desk
from pipeline.review_web.listing import ROWS, Wanted, listing
from pipeline.review_web.originals import NoOriginalError, Originals
from pipeline.review_web.summaries import Summaries, Summary
from pipeline.review_web.text_lines import shown_letters, text_lines
from pipeline.review_web.words import LANGUAGES, SCRIPT_WORDS, WORDS
from schemas import Budget, BudgetCheck, BudgetLine, Diagnostic, PlanDocument, Repair, Source, SourceSpan, Span
from tests.review_pages import Page, results_with
from tests.reviews import NAME, about, plan
from tests.tiny_pdf import pdf as tiny_pdf

STATIC = Path(__file__).parent.parent / "pipeline" / "review_web" / "static"


def tree(page: Page, address: str) -> Any:
    answer = page.client.get(address, headers={"Accept": "text/html"})
    assert answer.status_code == 200, answer.text
    return html.fromstring(answer.content)


def told_by(element: Any) -> str:
    """The words of an element, as they stand apart on the page."""
    return " ".join(" ".join(element.itertext()).split())


def rows(page: Page, query: str = "") -> list[str]:
    return [each.text_content() for each in tree(page, f"/{query}").xpath("//td[@class='title']/a")]


@pytest.fixture
def batch(tmp_path: Path) -> Page:
    """Three documents, one of them no document, and an input that could not be read."""
    results_with(tmp_path)
    metadata = plan().metadata.model_copy(
        update={"doc_type": "QĐ", "number": "9/QĐ-UBND", "title": "Đường hoa", "issued_on": None}
    )
    remark = Diagnostic(code="budget-sum", severity="warning", message="…")
    results_with(tmp_path, plan().model_copy(update={"metadata": metadata, "diagnostics": (remark,)}), name="b.json")
    (tmp_path / "documents" / "c.json").write_bytes(b"{}")
    told = {"input": "", "quarantined": [{"path": "<x>.pdf", "cause": "encrypted", "message": "is encrypted"}]}
    (tmp_path / "run.json").write_bytes(orjson.dumps(told))
    return Page(tmp_path)


def test_the_list_says_what_each_document_is_and_how_far_its_review_is(batch: Page) -> None:
    batch.decide("accept", "task-1", "task-2")
    page = tree(batch, "/")
    first = told_by(page.xpath("//tbody/tr")[0])
    assert first.startswith("KH 12/KH-UBND NÂNG CAO CHẤT LƯỢNG NƯỚC SẠCH NÔNG THÔN NĂM 2018 a/small-plan.json Ủy ban")
    assert "05/02/2018 4 1 4 0 40 %" in first
    told = told_by(page)
    assert "2 trên 10 mục đã rà soát" in told
    assert "0 văn bản xong, 1 đang làm, 1 chưa làm" in told
    assert "<x>.pdf is encrypted encrypted" in told
    assert "This is not a document of kehoach" in told


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("?q=duong+hoa", ["Đường hoa"]),
        ("?q=nuoc+sach", ["NÂNG CAO CHẤT LƯỢNG NƯỚC SẠCH NÔNG THÔN NĂM 2018"]),
        ("?q=khong+co", []),
        ("?kind=QĐ", ["Đường hoa"]),
        ("?state=remarks", ["Đường hoa"]),
        ("?state=problem", ["(không có trích yếu)"]),
        ("?state=done", []),
        ("?sort=number&down=1&state=open", ["Đường hoa", "NÂNG CAO CHẤT LƯỢNG NƯỚC SẠCH NÔNG THÔN NĂM 2018"]),
        ("?sort=nonsense&page=99&state=open", ["NÂNG CAO CHẤT LƯỢNG NƯỚC SẠCH NÔNG THÔN NĂM 2018", "Đường hoa"]),
    ],
)
def test_documents_are_searched_filtered_and_sorted(batch: Page, query: str, expected: list[str]) -> None:
    assert rows(batch, query) == expected


def test_thousands_of_documents_come_in_pages() -> None:
    many = [Summary(f"{number:05}.json", folded="x") for number in range(3 * ROWS + 1)]
    last = listing(many, Wanted(page=4))
    assert ([each.name for each in last.rows], last.pages, last.found) == (["00150.json"], 4, 151)
    assert Wanted(q="a b", down=True).query(page=2) == "/?q=a+b&down=1&page=2"


def test_a_summary_is_made_again_only_when_a_file_has_changed(batch: Page, monkeypatch: pytest.MonkeyPatch) -> None:
    summaries = Summaries(Desk(batch.out))
    assert summaries.all(patience=60)[1] == 0
    read: list[str] = []
    made = Summaries._summary
    monkeypatch.setattr(Summaries, "_summary", lambda self, name: read.append(name) or made(self, name))
    summaries.all(patience=60)
    assert read == []
    DecisionLog(batch.out, NAME).append(about("accept", "task-1"), expected_version=0)
    found, _ = summaries.all(patience=60)
    assert (read, found[0].decided) == ([NAME], 1)


def test_a_task_shows_who_when_and_how_sure(batch: Page) -> None:
    card = tree(batch, f"/documents/{NAME}").get_element_by_id("c-task-1")
    told = told_by(card)
    assert "Chủ trì Sở Nông nghiệp và Phát triển nông thôn tỉnh Thái Bình" in told
    assert "Phối hợp Sở Y tế tỉnh Thái Bình" in told
    assert "trong quý II/2018 “trong Quý II/2018” during 2018-04-01/2018-06-30" in told
    assert told.endswith("88 % bullet-in-assignment dòng 29")


def test_the_least_sure_come_first(batch: Page) -> None:
    cards = tree(batch, f"/documents/{NAME}").xpath("//div[@id='list-task']/article")
    doubts = [float(card.get("data-doubt")) for card in cards]
    assert len(doubts) == 4
    assert doubts == sorted(doubts)


def test_sums_of_a_budget_that_do_not_come_out_are_marked(tmp_path: Path) -> None:
    lines = tuple(
        BudgetLine(label=label, period=period, amount_raw=str(amount), amount_vnd=amount, is_total=label == "Tổng")
        for label in ("Mua máy", "Tổng")
        for period, amount in (("2018", 5), ("2019", 7))
    )
    check = BudgetCheck(relation="column_sum", label="Tổng", period="2018", ok=False, expected=5000, found=6000)
    place = Span(0, 5)
    budget = Budget(
        id="budget-1", span=place, caption="Kinh phí", unit="đồng", multiplier=1, lines=lines, checks=(check,)
    )
    page = Page(results_with(tmp_path, plan().model_copy(update={"budgets": (budget,)})))
    card = tree(page, f"/documents/{NAME}").get_element_by_id("c-budget-1")
    assert [[cell.text_content() for cell in row] for row in card.xpath(".//tr")] == [
        ["", "2018", "2019"], ["Mua máy", "5", "7"], ["Tổng", "5", "7"],
    ]  # fmt: skip
    assert "Tổng không khớp: tổng của cột Tổng, 2018: in 6.000 đồng, tính ra 5.000 đồng" in card.text_content()


def test_the_text_on_the_page_is_the_text_letter_by_letter(batch: Page) -> None:
    page = tree(batch, f"/documents/{NAME}")
    for piece in page.xpath("//*[@data-s]"):
        start = int(piece.get("data-s"))
        assert plan().text[start : start + len(piece.text)] == piece.text
    covering = page.xpath("//span[contains(concat(' ', @data-r, ' '), ' deadline-2 ')]")
    assert [each.get("data-r").split()[0] for each in covering] == ["deadline-2"]


LETTERS = st.text(st.sampled_from("ab \n\r\x00\u202e\u2028ệ𝒳"), max_size=40)


@given(text=LETTERS, spans=st.lists(st.tuples(st.integers(0, 40), st.integers(0, 40)), max_size=6))
def test_pieces_joined_are_the_text_whatever_covers_it(text: str, spans: list[tuple[int, int]]) -> None:
    repairs = tuple(
        Repair(id=f"repair-{number}", span=Span(*sorted(span)), before="x", after="y")
        for number, span in enumerate(spans)
    )
    document = plan().model_copy(
        update={
            "text": text,
            "repairs": repairs,
            **dict.fromkeys(("sections", "tasks", "targets", "deadlines", "citations"), ()),
        }
    )
    lines = text_lines(document)
    assert "\n".join("".join(piece.text for piece in line.pieces) for line in lines) == shown_letters(text)
    for line in lines:
        for piece in line.pieces:
            covering = {each.id for each in repairs if each.span.start <= piece.start < each.span.end}
            assert set(piece.records) == covering


def scanned(data: bytes) -> PlanDocument:
    digest = hashlib.sha256(data).hexdigest()
    source = Source(path="a/plan.pdf", sha256=digest, media_type="application/pdf", encoding=None, bytes=len(data))
    place = SourceSpan(start=0, end=5, page=1, box=(10.0, 20.0, 200.0, 40.0))
    tasks = tuple(each.model_copy(update={"source_spans": (place,)}) for each in plan().tasks)
    return plan().model_copy(update={"source": source, "tasks": tasks})


@pytest.fixture
def pdf(tmp_path: Path) -> Page:
    data = tiny_pdf([b"BT /F1 12 Tf 20 100 Td (Ke hoach) Tj ET"])
    inputs = tmp_path / "in" / "a"
    inputs.mkdir(parents=True)
    (inputs / "plan.pdf").write_bytes(data)
    out = results_with(tmp_path / "out", scanned(data))
    (out / "run.json").write_bytes(orjson.dumps({"input": "../in", "quarantined": []}))
    return Page(out)


def test_the_page_of_a_pdf_is_drawn_with_its_size(pdf: Page) -> None:
    card = tree(pdf, f"/documents/{NAME}").get_element_by_id("c-task-1")
    assert (card.get("data-page"), card.get("data-box")) == ("1", "10.0 20.0 200.0 40.0")
    size = pdf.client.get(f"/pages/1/size/{NAME}").json()
    assert size["width"] > 100
    picture = pdf.client.get(f"/pages/1/picture/{NAME}")
    assert (picture.headers["content-type"], picture.content[:4]) == ("image/png", b"\x89PNG")
    assert pdf.client.get(f"/pages/99/picture/{NAME}").status_code == 422


def test_an_original_that_is_not_there_any_more_or_another_one_is_not_shown(pdf: Page) -> None:
    original = pdf.out.parent / "in" / "a" / "plan.pdf"
    data = original.read_bytes()
    original.write_bytes(data[:-1] + b"x")
    assert "đã thay đổi" in tree(pdf, f"/documents/{NAME}").get_element_by_id("original").text_content()
    original.unlink()
    assert "không còn ở chỗ cũ" in tree(pdf, f"/documents/{NAME}").get_element_by_id("original").text_content()
    secret = pdf.out.parent / "secret.pdf"
    secret.write_bytes(data)
    os.symlink(secret, original)  # noqa: PTH211
    with pytest.raises(NoOriginalError, match="no longer"):
        Originals(pdf.out).page(scanned(data), 1)
    (pdf.out / "run.json").unlink()
    with pytest.raises(NoOriginalError, match="--originals"):
        Originals(pdf.out).page(scanned(data), 1)


def test_both_languages_have_every_word() -> None:
    assert all(len(pair) == len(LANGUAGES) and all(pair) for pair in WORDS.values())
    assert set(SCRIPT_WORDS) <= WORDS.keys()
    scripts = "".join(file.read_text(encoding="utf-8") for file in STATIC.glob("*.js"))
    used = set(re.findall(r"\bwords\.([a-z_]+)\b(?![A-Z(])", scripts)) - {"js"}
    assert used <= set(SCRIPT_WORDS)


def test_pages_in_english(batch: Page) -> None:
    batch.client.cookies.set("kehoach_language", "en")
    card = tree(batch, f"/documents/{NAME}").get_element_by_id("c-task-3")
    assert "by 2018-06-29" in card.text_content()
    assert batch.client.get("/documents/none.json").json()["message"] == "There is no such document."


def test_others_are_served_only_with_a_password(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["review", str(tmp_path), "--host", "0.0.0.0", "--no-open"]) == WRONG_USAGE
    assert "--password-file" in capsys.readouterr().err
    assert run(["review", str(tmp_path / "none"), "--no-open"]) == WRONG_USAGE
