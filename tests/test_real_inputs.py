"""Real files from public offices: each gives a document, or a cause that is true of it."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from pipeline.errors import UnreadableInputError
from pipeline.extract import extract_source
from pipeline.read.pages.text_layer import valid_share
from pipeline.readers import Readers

pytestmark = pytest.mark.shared

NO_DOCUMENT = {"congbao-list.html", "vbpl-properties.html", "vbpl-search-list.html"}
# What each holds: its number, or for a page of codified law and a lone annex a heading of its text.
HOLDS = {
    "ct-07-ttg-2012.docx": "07/CT-TTg",
    "nd-24-2026-danh-muc.docx": "24/2026/NĐ-CP",
    "nd-25-2026.docx": "25/2026/NĐ-CP",
    "nq-24-2026.docx": "24/2026/NQ-CP",
    "tt-02-2026-bct.docx": "02/2026/TT-BCT",
    "tt-24-2025-bct.docx": "24/2025/TT-BCT",
    "vbpl-full-1.html": "100/2015/QH13",
    "vbpl-full-3.html": "101/2015/QH13",
    "text-nd55.pdf": "55/2023/NĐ-CP",
    "text-qd-1074-bxd.pdf": "1074/QĐ-BXD",
    "text-qd-1696-ubnd.pdf": "1696/QĐ-UBND",
    "text-tt-37-bgtvt.pdf": "37/2023/TT-BGTVT",
    "text-wrong-glyphs-cv-1178.pdf": "1178/ĐCK-CTT",
}


@pytest.fixture(scope="module")
def readers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Readers]:
    with Readers(cache=tmp_path_factory.mktemp("cache"), jobs=2) as readers:
        yield readers


@pytest.fixture
def inputs(shared: Path) -> dict[str, Path]:
    return {file.name: file for file in (shared / "inputs").rglob("*.*")}


@pytest.mark.parametrize("name", sorted(HOLDS))
def test_a_document_is_read_with_its_number(name: str, inputs: dict[str, Path], readers: Readers) -> None:
    document = extract_source(readers.read(inputs[name].read_bytes(), name=name), path=name)
    assert document.metadata.number == HOLDS[name]
    assert document.metadata.issuer is not None
    assert all(section.source_spans[0].element or section.source_spans[0].page for section in document.sections)


@pytest.mark.parametrize("name", sorted(NO_DOCUMENT))
def test_a_page_without_a_document_is_told(name: str, inputs: dict[str, Path], readers: Readers) -> None:
    with pytest.raises(UnreadableInputError) as error:
        readers.read(inputs[name].read_bytes(), name=name)
    assert error.value.code == "no-document-body"


@pytest.mark.office
@pytest.mark.parametrize(
    ("name", "number"), [("tt-15-2026-bct.doc", "15/2026/TT-BCT"), ("tt-38-2025-bct.doc", "38/2025/TT-BCT")]
)
def test_an_older_word_file_is_read(name: str, number: str, inputs: dict[str, Path], readers: Readers) -> None:
    document = extract_source(readers.read(inputs[name].read_bytes(), name=name), path=name)
    assert document.metadata.number == number
    assert len(document.sections) > 100


@pytest.mark.ocr
def test_a_scan_is_recognised_once(inputs: dict[str, Path], readers: Readers) -> None:
    data = inputs["scan-qd-146-ttg.pdf"].read_bytes()
    source = readers.read(data, name="a.pdf")
    assert valid_share(source.decoded) >= 0.97
    assert {anchor.place.page for anchor in source.anchors.anchors} == set(range(1, 20)) - {12}  # a blank page
    document = extract_source(source, path="a.pdf")
    assert document.metadata.doc_type == "QĐ"
    assert len(document.tasks) > 80
    begun = time.monotonic()
    again = readers.read(data, name="a.pdf")
    assert time.monotonic() - begun < 10
    assert again.decoded == source.decoded
    assert again.anchors == source.anchors
