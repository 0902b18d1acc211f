"""The extractors as spaCy components: exact offsets, span groups that survive a DocBin."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.tokens import DocBin

import extractors
from extractors.deadlines import find_deadlines
from extractors.spacy_pipeline import COMPONENTS, SyllableTokenizer

TEXT = (
    "Giao Sở Y tế chủ trì, phối hợp với Sở Tài chính thực hiện Quyết định số 12/QĐ-TTg ngày 05/3/2020;\n"
    "hoàn thành trước ngày 30/6/2025.\t \nTổng kinh phí thực hiện: 500 triệu đồng.\n\n"
    "Đến năm 2030, tối thiểu 90% xã đạt chuẩn."
)


@pytest.fixture(scope="module")
def tokenizer() -> SyllableTokenizer:
    made = extractors.nlp("deadlines").tokenizer
    assert isinstance(made, SyllableTokenizer)
    return made


@given(st.text(alphabet="aăđĐ1.,-_ \t\n\u00a0()", max_size=60))
@settings(deadline=None)
def test_the_text_of_a_doc_is_the_text_that_was_given(text: str) -> None:
    assert _TOKENIZER(text).text == text


_TOKENIZER = extractors.nlp("deadlines").tokenizer


def test_every_extractor_writes_its_span_group() -> None:
    doc = extractors.nlp()(TEXT)
    assert set(doc.spans) == set(COMPONENTS)
    found = {name: [span.text for span in doc.spans[name]] for name in COMPONENTS}
    assert found["deadlines"] == [deadline.surface for deadline in find_deadlines(TEXT)]
    assert "Sở Y tế" in found["agencies"]
    assert any("12/QĐ-TTg" in text for text in found["citations"])
    assert any("90%" in text for text in found["measures"])
    assert any("500 triệu đồng" in text for text in found["budgets"])


def test_a_span_carries_its_kind_and_normal_form() -> None:
    doc = extractors.nlp("deadlines")("hoàn thành trước ngày 30/6/2025")
    span = doc.spans["deadlines"][0]
    assert (span.label_, span.kb_id_) == ("by", "by ../2025-06-29")


def test_annotations_survive_a_docbin(tokenizer: SyllableTokenizer) -> None:
    doc = extractors.nlp("deadlines", "agencies")(TEXT)
    stored = DocBin(store_user_data=True)
    stored.add(doc)
    (again,) = DocBin().from_bytes(stored.to_bytes()).get_docs(tokenizer.vocab)
    assert again.text == TEXT
    for name in ("deadlines", "agencies"):
        assert [(s.start_char, s.end_char, s.label_) for s in again.spans[name]] == [
            (s.start_char, s.end_char, s.label_) for s in doc.spans[name]
        ]
