"""The same plan as text, web page, Word file and PDF gives the same records; each leads back to its own place."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from lxml import etree, html

from pipeline.extract import extract_source
from pipeline.readers import Readers
from schemas import PlanDocument
from tests.conftest import ROOT
from tests.forms import as_docx, as_html, as_pdf, parts_of

SAMPLES = (
    "ke-hoach/kh-nuoc-sach-nong-thon.txt",
    "ke-hoach/kh-so-hoa-luu-tru.txt",
    "ke-hoach/kh-tiem-chung-mo-rong.txt",
    "chi-thi/ct-phong-chay-rung.txt",
    "du-thao/kh-chuyen-doi-so-cap-xa.txt",
    "quyet-dinh/qd-ke-hoach-von-thuy-loi.txt",
)
FORMS = ("html", "docx", pytest.param("pdf", marks=[pytest.mark.office, pytest.mark.slow]))


@pytest.fixture(scope="module")
def readers() -> Iterator[Readers]:
    with Readers() as readers:
        yield readers


def made(sample: str, form: str, directory: Path) -> bytes:
    parts = parts_of((ROOT / "corpus" / sample).read_bytes())
    if form == "html":
        return as_html(parts)
    word = as_docx(parts)
    if form == "docx":
        return word
    if shutil.which("soffice") is None:
        pytest.skip("soffice is not installed: make programs")
    return as_pdf(word, directory)


def records(document: PlanDocument) -> dict[str, Any]:
    """What a reader of the records sees: everything but places, ids and confidence."""
    found = document.metadata
    return {
        "tasks": [
            (t.text, [str(a) for a in t.leads], [str(a) for a in t.partners], len(t.deadline_ids), t.condition)
            for t in document.tasks
        ],
        "targets": [(target.text, [str(measure) for measure in target.measures]) for target in document.targets],
        "deadlines": [str(deadline) for deadline in document.deadlines],
        "sections": [(section.path, section.title) for section in document.sections],
        "budgets": [[(ln.label, ln.period, ln.amount_vnd) for ln in budget.lines] for budget in document.budgets],
        "tables": [(table.header, table.rows) for table in document.tables],
        "citations": [(citation.doc_type, citation.number) for citation in document.citations],
        "head": (found.doc_type, found.number, found.title, found.annexed_title, str(found.issuer), found.issued_on),
        "foot": ([(signer.name, signer.position) for signer in found.signers], found.recipients),
    }


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("sample", SAMPLES)
def test_a_plan_gives_the_same_records_in_every_form(sample: str, form: str, readers: Readers, tmp_path: Path) -> None:
    text = (ROOT / "corpus" / sample).read_bytes()
    expected = records(extract_source(readers.read(text, name="plan.txt"), path="plan.txt"))
    found = records(extract_source(readers.read(made(sample, form, tmp_path), name=f"plan.{form}"), path="plan"))
    assert expected["tasks"]
    assert {kind: found[kind] for kind in expected} == expected


@pytest.mark.parametrize("form", FORMS)
def test_every_task_leads_back_to_its_own_place(form: str, readers: Readers, tmp_path: Path) -> None:
    data = made(SAMPLES[0], form, tmp_path)
    tasks = extract_source(readers.read(data, name=f"plan.{form}"), path="plan").tasks
    assert len(tasks) == 6
    for task in tasks:
        place = task.source_spans[0]
        first = task.text.split()[:3]
        if form == "pdf":
            assert first == words_in(data, place.page or 0, place.box or (0, 0, 0, 0))[:3]
        else:
            assert place.element is not None
            assert first == " ".join(element_of(form, data, place.element).itertext()).split()[:3]


def element_of(form: str, data: bytes, path: str) -> Any:
    if form == "html":
        (element,) = html.document_fromstring(data).getroottree().xpath(path)
        return element
    import io
    import zipfile

    body = zipfile.ZipFile(io.BytesIO(data)).read("word/document.xml")
    namespace = {"w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main"}
    (element,) = etree.fromstring(body).getroottree().xpath(f"/w:document{path}", namespaces=namespace)
    return element


def words_in(data: bytes, page: int, box: tuple[float, ...]) -> list[str]:
    """What another library finds in the box."""
    import io

    import pdfplumber

    with pdfplumber.open(io.BytesIO(data)) as opened:
        left, top, right, bottom = box
        cut = opened.pages[page - 1].crop((left - 1, top - 1, right + 1, bottom + 1))
        return [word["text"] for word in cut.extract_words()]
