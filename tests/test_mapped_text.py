"""A mapped text leads every character back to where it came from, through any chain of edits."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.mapped_text import Edit, MappedText
from schemas.record import Span


@st.composite
def edits_of(draw: st.DrawFn, length: int) -> list[Edit]:
    points = sorted(draw(st.lists(st.integers(0, length), max_size=8)))
    pairs = zip(points[::2], points[1::2], strict=False)
    return [Edit(start, end, draw(st.text(alphabet="xyz", max_size=3))) for start, end in pairs]


@given(st.text(max_size=40), st.data())
def test_characters_that_no_edit_touched_lead_back_to_themselves(source: str, data: st.DataObject) -> None:
    text = MappedText.of(source)
    for _ in range(2):
        text = text.edited(data.draw(edits_of(len(text.text))))
    assert len(text.starts) == len(text.ends) == len(text.text)
    for position, character in enumerate(text.text):
        start, end = text.source_span(position, position + 1)
        assert 0 <= start <= end <= len(source)
        if character not in "xyz" and end == start + 1:
            assert source[start] == character


@given(st.text(max_size=40), st.data())
def test_edits_do_to_the_text_what_they_say(source: str, data: st.DataObject) -> None:
    edits = data.draw(edits_of(len(source)))
    expected, position = "", 0
    for start, end, replacement in edits:
        expected += source[position:start] + replacement
        position = end
    assert MappedText.of(source).edited(edits).text == expected + source[position:]


def test_a_stretch_that_was_shortened_leads_back_to_all_of_it() -> None:
    text = MappedText.of("phối   hợp").edited([Edit(4, 7, " ")])
    assert text.text == "phối hợp"
    assert text.source_span(4, 5) == (4, 7)
    assert text.source_span(0, 8) == (0, 10)


@pytest.mark.parametrize("edits", [[Edit(3, 4, ""), Edit(1, 2, "")], [Edit(0, 99, "")], [Edit(2, 1, "")]])
def test_edits_out_of_order_are_refused(edits: list[Edit]) -> None:
    with pytest.raises(ValueError, match="out of order"):
        MappedText.of("abcdef").edited(edits)


def test_an_empty_text_has_empty_places() -> None:
    assert MappedText.of("").source_span(0, 0) == (0, 0)


@given(st.text(max_size=40), st.data())
def test_pieces_in_another_order_lead_back_to_themselves(source: str, data: st.DataObject) -> None:
    bounds = st.integers(0, len(source))
    spans = data.draw(st.lists(st.tuples(bounds, bounds).map(lambda pair: Span(*sorted(pair))), max_size=6))
    text = MappedText.of(source).rearranged([piece for span in spans for piece in (span, "\n")])
    assert text.text == "".join(source[slice(*span)] + "\n" for span in spans)
    position = 0
    for span in spans:
        for at in range(*span):
            assert text.source_span(position, position + 1) == (at, at + 1)
            position += 1
        assert text.source_span(position, position + 1) == (span.end, span.end)
        position += 1


def test_a_stretch_of_pieces_leads_back_to_all_that_lies_between_them() -> None:
    text = MappedText.of("chủ trì, phối hợp").rearranged([Span(9, 17), " ", Span(0, 7)])
    assert text.text == "phối hợp chủ trì"
    assert text.source_span(0, 16) == (0, 17)
