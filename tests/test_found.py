"""What the fuzzer has found holds since it was mended (`cases/found/<part>/`), and the fuzzer itself works."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests import fuzz, growth
from tests.generated_texts import LETTERHEAD
from tests.parts import parts

CASES = sorted(fuzz.FOUND.rglob("*.txt"))
OF_FOLDER = {fuzz.slug(name): name for name in parts()}


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.parent.name}/{case.stem}")
def test_what_was_found_is_mended(case: Path) -> None:
    fuzz.check(OF_FOLDER[case.parent.name], case.read_bytes().decode("utf-8", "surrogatepass"))


@pytest.mark.parametrize(
    ("part", "fault"),
    [
        (lambda text: text.index("sở"), "ValueError"),
        (lambda text: re.fullmatch(r"(a|a)*b", text * 30 + "a" * 40), "TooSlowError"),
    ],
    ids=["crash", "hang"],
)
def test_a_fault_is_kept_once(part: object, fault: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(fuzz, "parts", lambda: {"a.part": part})
    monkeypatch.setattr(fuzz, "seconds_allowed", lambda _: 0.2)
    findings = fuzz.Findings(tmp_path)
    for turn in (1, 2):
        fuzz.one_turn("a.part", turn, 5, fuzz.st.just("a"), fuzz.check, findings, shrink=False)
    assert [name for _, name, _ in findings.known] == [fault]
    assert len(list(tmp_path.rglob("*.txt"))) == 1


def test_growth_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fuzz, "parts", lambda: {"a.part": len})
    monkeypatch.setattr(growth, "cpu_seconds", lambda _, text: float(len(text) ** 2))  # a clock of its own
    with pytest.raises(AssertionError, match="times as long"):
        fuzz.check_growth("a.part", "trồng ")


@pytest.mark.parametrize("name", parts())
def test_each_part_is_sound_on_a_plan(name: str) -> None:
    fuzz.check(name, f"{LETTERHEAD}- Sở Y tế chủ trì trồng 1.200 ha chè trước ngày 30/6/2025 | 5 tỷ đồng\n")
