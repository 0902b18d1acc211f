"""Texts that hypothesis makes of plan language: pieces in any order, and stretches of kept texts with lines disturbed.

Drawn from the pieces of `cases/plan_pieces.txt` and the lines of the kept texts, since letters at random hardly ever
reach the rules.
"""

from __future__ import annotations

from hypothesis import strategies as st

from pipeline.read.text import read_text
from tests.case_table import HERE
from tests.conftest import ROOT

KEPT = sorted(
    path
    for folder in ("tests/texts", "corpus")
    for path in (ROOT / folder).rglob("*")
    if path.suffix in {".txt", ".md"}
)
LETTERHEAD = """ỦY BAN NHÂN DÂN
TỈNH LÀO CAI
Số: 12/KH-UBND
KẾ HOẠCH
Phòng, chống hạn năm 2018
Căn cứ Luật Thủy lợi;
II. NHIỆM VỤ
1. Sở Y tế
"""
ODD = [
    "\r\n",
    "\f",
    "\xa0",
    "\u200b",
    "e\u0302\u0301",
    "Ð",
    "ƣ",
    "**",
    "# ",
    "> ",
    "- ",
    "+ ",
    "1.1.1.1",
    "\ufffd",
    "\x1b",
]
PIECES = (HERE / "plan_pieces.txt").read_text(encoding="utf-8").splitlines()
LINES = [line for file in KEPT for line in read_text(file.read_bytes()).text.text.splitlines()]
GLUE = st.sampled_from(["\n", "\n", "\n", "\n\n", " ", "", " | ", "; "])


@st.composite
def plan_texts(draw: st.DrawFn) -> str:
    """Plan language in any order: headings, sentences, table rows, lines of real texts, odd characters."""
    pieces = draw(
        st.lists(st.sampled_from([*PIECES, *ODD]) | st.sampled_from(LINES) | st.text(max_size=6), max_size=40)
    )
    return draw(st.sampled_from(["", LETTERHEAD])) + "".join(piece + draw(GLUE) for piece in pieces)


@st.composite
def disturbed_texts(draw: st.DrawFn) -> str:
    """A stretch of a kept text with some lines moved, dropped, doubled or joined."""
    start = draw(st.integers(0, len(LINES) - 1))
    lines = LINES[start : start + draw(st.integers(1, 40))]
    for _ in range(draw(st.integers(0, 6))):
        at = draw(st.integers(0, max(0, len(lines) - 1)))
        match draw(st.sampled_from(["move", "drop", "double", "cut"])):
            case "move" if lines:
                lines.insert(draw(st.integers(0, len(lines) - 1)), lines.pop(at))
            case "drop" if len(lines) > 1:
                lines.pop(at)
            case "double" if lines:
                lines.insert(at, lines[at])
            case "cut" if lines:
                lines[at] = lines[at][: draw(st.integers(0, 80))]
    return draw(st.sampled_from(["\n", "\n\n", "\r\n"])).join(lines)


@st.composite
def repeated_texts(draw: st.DrawFn) -> str:
    """A short piece over and over, which is where patterns that backtrack and loops that start anew lose their time."""
    unit = "".join(draw(st.lists(st.sampled_from([*PIECES, *ODD, *SHORT]), min_size=1, max_size=4)))
    return draw(st.sampled_from(["", LETTERHEAD])) + unit * draw(st.integers(1, 1 + 3_000 // max(1, len(unit))))


SHORT = ["1", ".", ",", ";", ":", " ", "\n", "(", ")", "a) ", "|", "\t", "%", "/", "–", "“", "và ", "các ", "năm "]
