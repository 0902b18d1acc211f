"""Agencies that are found line by line, when somebody asks, are those of the whole text."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from extractors.agencies import agency_finder, find_agencies
from pipeline.assemble.reading import LineMentions
from schemas import Agency, Span

LINES = ("Sở Y tế, Tư pháp chủ trì", "", "phối hợp với UBND các xã", "Bộ Công Thương; Bộ Y tế", "trồng chè")


@given(st.lists(st.sampled_from(LINES), max_size=6), st.integers(0, 120), st.integers(0, 120))
def test_any_stretch_has_the_same_agencies(lines: list[str], one: int, other: int) -> None:
    text = "\n".join(lines)
    start, stop = sorted((min(one, len(text)), min(other, len(text))))
    mentions: LineMentions[Agency] = LineMentions(text, agency_finder(text))
    inside = [a for a in find_agencies(text) if a.span is not None and start <= a.span.start and a.span.end <= stop]
    assert mentions.within(Span(start, stop)) == inside


def test_a_line_is_read_once_and_only_when_asked_for() -> None:
    asked: list[tuple[int, int]] = []

    def in_line(start: int, stop: int) -> list[Agency]:
        asked.append((start, stop))
        return []

    mentions = LineMentions("một\nhai\nba", in_line)
    mentions.within(Span(4, 6))
    mentions.within(Span(5, 7))
    assert asked == [(4, 7)]
