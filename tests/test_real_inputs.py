"""Real files from public offices: each gives a document, or a cause that is true of it."""

from __future__ import annotations

import re
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
DOCUMENTS = (
    "ct-07-ttg-2012.docx",
    "nd-24-2026-danh-muc.docx",
    "nd-25-2026.docx",
    "nq-24-2026.docx",
    "tt-02-2026-bct.docx",
    "tt-24-2025-bct.docx",
    "text-nd55.pdf",
    "text-qd-1074-bxd.pdf",
    "text-qd-1696-ubnd.pdf",
    "text-tt-37-bgtvt.pdf",
    "text-wrong-glyphs-cv-1178.pdf",
)


def number_in(name: str) -> int:
    """The number of a document as the name of its file has it."""
    (number, *_) = re.findall(r"\d+", name)
    return int(number)


@pytest.fixture(scope="module")
def readers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Readers]:
    with Readers(cache=tmp_path_factory.mktemp("cache"), jobs=2) as readers:
        yield readers


@pytest.fixture
def inputs(shared: Path) -> dict[str, Path]:
    return {file.name: file for file in (shared / "inputs").rglob("*.*")}


@pytest.mark.parametrize("name", DOCUMENTS)
def test_a_document_is_read_with_its_number(name: str, inputs: dict[str, Path], readers: Readers) -> None:
    document = extract_source(readers.read(inputs[name].read_bytes(), name=name), path=name)
    assert int((document.metadata.number or "0/").partition("/")[0]) == number_in(name)
    assert document.metadata.issuer is not None
    assert all(section.source_spans[0].element or section.source_spans[0].page for section in document.sections)


@pytest.mark.parametrize("name", sorted(NO_DOCUMENT))
def test_a_page_without_a_document_is_told(name: str, inputs: dict[str, Path], readers: Readers) -> None:
    with pytest.raises(UnreadableInputError) as error:
        readers.read(inputs[name].read_bytes(), name=name)
    assert error.value.code == "no-document-body"


@pytest.mark.office
@pytest.mark.parametrize("name", ["tt-15-2026-bct.doc", "tt-38-2025-bct.doc"])
def test_an_older_word_file_is_read(name: str, inputs: dict[str, Path], readers: Readers) -> None:
    document = extract_source(readers.read(inputs[name].read_bytes(), name=name), path=name)
    assert int((document.metadata.number or "0/").partition("/")[0]) == number_in(name)
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
