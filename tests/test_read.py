"""Reading plain text: encodings, what is refused, and the way back to the input."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.errors import UnreadableInputError
from pipeline.read import SourceDocument, read_text

PLAN = "KẾ HOẠCH\nTriển khai thực hiện Nghị quyết số 1/NQ-CP của Chính phủ"
LETTERS = st.characters(categories=("L", "M", "N", "P", "Zs"), exclude_characters="\ufeff")


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        (PLAN.encode(), "utf-8"),
        (PLAN.encode("utf-8-sig"), "utf-8-sig"),
        (PLAN.encode("utf-16"), "utf-16-le"),
        (PLAN.encode("utf-16-le"), "utf-16-le"),
        (PLAN.encode("utf-16-be"), "utf-16-be"),
        (b"\xfe\xff" + PLAN.encode("utf-16-be"), "utf-16-be"),
    ],
)
def test_unicode_encodings(data: bytes, encoding: str) -> None:
    source = read_text(data)
    assert (source.text.text, source.encoding, source.size) == (PLAN, encoding, len(data))


def test_windows_1258_composes_its_tone_marks() -> None:
    source = read_text(_windows_1258(PLAN))
    assert (source.text.text, source.encoding) == (PLAN, "windows-1258")


def test_decomposed_letters_lead_to_all_their_parts() -> None:
    written = unicodedata.normalize("NFD", "tỉnh Hà Nam")
    source = read_text(written.encode())
    assert source.text.text == "tỉnh Hà Nam"
    assert source.text.source_span(1, 2) == (1, 3)


def test_line_ends_become_one_form_and_keep_their_places() -> None:
    text = read_text(b"Dieu\r\nkhoan\rmuc").text
    assert text.text == "Dieu\nkhoan\nmuc"
    assert text.source_span(4, 5) == (4, 6)
    assert text.source_span(5, 10) == (6, 11)


def test_a_few_bad_bytes_are_told_and_do_not_stop_the_reading() -> None:
    source = read_text((PLAN * 20).encode() + b" \xff\xfe " + PLAN.encode())
    assert source.encoding == "utf-8"
    assert [each.code for each in source.diagnostics] == ["undecodable-bytes"]


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty"),
        (b" \r\n\t", "empty"),
        ("\u00a0\n\ufeff".encode(), "empty"),
        (b"%PDF-1.7\n", "binary"),
        (b"PK\x03\x04....", "binary"),
        (b"\x89PNG\r\n\x1a\n", "binary"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1", "binary"),
        (b"a\x00\x01\x02b\x03" * 50, "binary"),
        (b"12 345 ... --- 6", "no-text"),
        ("Это документ".encode(), "no-text"),
        (bytes(range(0x80, 0x100)) * 20, "undecodable"),
    ],
)
def test_what_is_no_text_is_refused(data: bytes, code: str) -> None:
    with pytest.raises(UnreadableInputError) as caught:
        read_text(data)
    assert caught.value.code == code
    assert len(str(caught.value)) > 20


def test_the_limit_is_a_setting() -> None:
    with pytest.raises(UnreadableInputError) as caught:
        read_text(PLAN.encode(), limit=10)
    assert caught.value.code == "too-large"


@given(st.text(LETTERS, min_size=1), st.sampled_from(["\n", "\r\n", "\r"]))
def test_every_character_leads_back(text: str, end: str) -> None:
    written = f"Điều 1. {text}{end}Điều 2."
    source = read_text(written.encode())
    mapped = source.text
    assert mapped.text == unicodedata.normalize("NFC", written.replace(end, "\n"))
    for index, character in enumerate(mapped.text):
        start, stop = mapped.source_span(index, index + 1)
        behind = written[start:stop].replace(end, "\n")
        assert character in unicodedata.normalize("NFC", behind)


@given(st.binary(max_size=400))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    assert _outcome(data) in {"read", "empty", "binary", "undecodable", "no-text"}


def _outcome(data: bytes) -> str:
    try:
        source = read_text(data)
    except UnreadableInputError as error:
        return error.code
    return "read" if isinstance(source, SourceDocument) else "something else"


def _windows_1258(text: str) -> bytes:
    """As old editors wrote it: the letter with its hat, then the tone as a mark of its own."""
    pieces = bytearray()
    for letter in text:
        try:
            pieces += letter.encode("cp1258")
        except UnicodeEncodeError:
            parts = unicodedata.normalize("NFD", letter)
            tone = next(mark for mark in parts if mark in "\u0300\u0301\u0303\u0309\u0323")
            base = unicodedata.normalize("NFC", parts.replace(tone, ""))
            pieces += (base + tone).encode("cp1258")
    return bytes(pieces)
