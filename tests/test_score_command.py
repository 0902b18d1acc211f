"""`kehoach score`: figures, floors, errors in their texts, confusions, the page."""

from __future__ import annotations

import json
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from pipeline.cli import FAILED, OK, WRONG_USAGE, run
from pipeline.extract import extract_document
from pipeline.score import KINDS, OVERLAP, Tallies, score_document
from pipeline.score.confusions import Confusion, confusions, side_by_side
from pipeline.score.floors import below, read_floors
from pipeline.score.page import render_page
from pipeline.score.tally import Entry, Tally, unmatched
from pipeline.store import encode, write_whole
from tests.conftest import ROOT

SMALL_PLAN = ROOT / "tests" / "texts" / "small-plan.txt"
SOURCE = SMALL_PLAN.read_text(encoding="utf-8")
Document = dict[str, Any]


def _exported() -> Document:
    document = json.loads(encode(extract_document(SMALL_PLAN.read_bytes(), path="plan.txt")))
    assert isinstance(document, dict)
    return document


def _gold_of(document: Document) -> Document:
    """Gold that agrees with *document* in everything, in the form in which gold is written: lines, names, paths."""
    gold: Document = json.loads(json.dumps(document))
    paths = {row["id"]: row["path"] for row in gold["sections"]}
    deadlines = {row["id"]: row for row in gold["deadlines"]}
    for kind in ("deadlines", "tasks", "targets", "citations", "repairs", "sections"):
        for row in gold[kind]:
            row["line"] = SOURCE[: row.pop("source_spans")[0]["start"]].count("\n") + 1
            del row["span"]
    for task in gold["tasks"]:
        task["path"] = paths[task["section_id"]]
        task["deadlines"] = [deadlines[name] for name in task["deadline_ids"]]
        for role in ("leads", "partners"):
            task[role] = [agency["name"] for agency in task[role]]
    lines = SOURCE.splitlines()
    gold["body"] = [[1, next(number for number, line in enumerate(lines, 1) if line.startswith("Trần Văn"))]]
    return gold


Case = tuple[Document, Document]


@pytest.fixture
def same() -> Case:
    """Gold and export that agree; each test spoils what it is about."""
    export = _exported()
    assert len(export["tasks"]) == 4
    return _gold_of(export), export


def _tallies(case: Case, source: str | None = SOURCE) -> Tallies:
    return score_document("plan", *case, source)


@pytest.fixture
def written(tmp_path: Path) -> Callable[[Case], list[str]]:
    """Writes gold and export to directories and gives the arguments of the command for them."""

    def write(case: Case) -> list[str]:
        for name, document in zip(("gold/plan.json", "out/documents/plan.json"), case, strict=True):
            write_whole(tmp_path / name, json.dumps(document).encode())
        write_whole(tmp_path / "texts/plan.txt", SOURCE.encode())
        return ["score", str(tmp_path / "gold"), str(tmp_path / "out"), "--corpus", str(tmp_path / "texts")]

    return write


# --- the measure ---


def test_what_agrees_has_full_figures(same: Case) -> None:
    tallies = _tallies(same)
    assert set(tallies) == {*KINDS, OVERLAP} - {"conditions"}  # the plan has none
    assert {name: tally.figures().f1 for name, tally in tallies.items() if tally.misses} == {}
    assert tallies["leads"].gold_rows() == 4


def test_an_agency_that_a_task_names_twice_counts_once(same: Case) -> None:
    gold, export = same
    export["tasks"][0]["leads"].append({**export["tasks"][0]["leads"][0], "surface": "Sở"})
    gold["tasks"][1]["leads"].append(gold["tasks"][1]["leads"][0].removesuffix(" tỉnh Thái Bình"))
    assert _tallies(same)["leads"].figures() == (1, 1, 1)


def test_of_equal_rows_the_one_in_another_place_is_the_miss() -> None:
    gold = [Entry("by", "a", line=3), Entry("by", "b", line=7)]
    missed, extra = unmatched(gold, [Entry("by", "b", line=7)])
    assert [entry.line for entry in missed] == [3]
    assert not extra
    missed, extra = unmatched([Entry("by", "a", line=3)], [Entry("by", "b", line=8)])
    assert not missed + extra  # the place decides only between equal ones


# --- errors side by side ---


def _spoil_lead(gold: Document, export: Document) -> None:
    export["tasks"][2]["leads"][0].update(name="Sở Y tế tỉnh Thái Bình")


def _spoil_partner(gold: Document, export: Document) -> None:
    export["tasks"][0]["partners"][0].update(name="Sở Xây dựng tỉnh Thái Bình")


def _spoil_deadline_kind(gold: Document, export: Document) -> None:
    export["deadlines"][-1].update(kind="during")


def _spoil_doc_type(gold: Document, export: Document) -> None:
    export["metadata"]["doc_type"] = "QĐ"


def _spoil_path(gold: Document, export: Document) -> None:
    export["sections"][-1]["path"] = ["II", "4"]


def _spoil_comparator(gold: Document, export: Document) -> None:
    export["targets"][0]["measures"][0]["comparator"] = "="


@pytest.mark.parametrize(
    ("spoil", "expected"),
    [
        (_spoil_lead, {"leads": [("Sở Tài chính tỉnh Thái Bình", "Sở Y tế tỉnh Thái Bình", 1)]}),
        (_spoil_partner, {"partners": [("Sở Y tế tỉnh Thái Bình", "Sở Xây dựng tỉnh Thái Bình", 1)]}),
        (_spoil_deadline_kind, {"deadline kind": [("by", "during", 1)], "task_deadline kind": [("by", "during", 1)]}),
        (_spoil_doc_type, {"doc_type": [("KH", "QĐ", 1)]}),
        (_spoil_path, {"sections": [("II / 3", "II / 4", 1)], "task_section": [("II / 3", "II / 4", 1)]}),
        (_spoil_comparator, {"measure comparator": [(">=", "=", 1)]}),
        (lambda gold, export: None, {}),
    ],
)
def test_what_was_given_in_place_of_what(
    same: Case, spoil: Callable[[Document, Document], None], expected: dict[str, list[tuple[str, str, int]]]
) -> None:
    spoil(*same)
    assert confusions(_tallies(same)) == {name: [Confusion(*row) for row in rows] for name, rows in expected.items()}


def test_a_lost_deadline_is_not_given_in_place_of_one_on_another_line(same: Case) -> None:
    _, export = same
    lost = export["deadlines"].pop()
    export["deadlines"].append({**lost, "kind": "ongoing", "source_spans": [{"start": 0, "end": 5}]})
    signs = [error.sign for error in side_by_side(_tallies(same)["deadlines"].misses)]
    assert signs == ["-", "+"]


def test_without_lines_the_same_words_are_the_same_place(same: Case) -> None:
    gold, export = same
    export["deadlines"][-1].update(kind="during")
    for row in gold["deadlines"]:
        del row["line"]
    for source in (SOURCE, None):
        (error,) = side_by_side(_tallies(same, source)["deadlines"].misses)
        assert error.sign == "~"


def test_the_most_frequent_confusion_comes_first() -> None:
    tally = Tally()
    for number, (gold, found) in enumerate([("Sở A", "Sở B"), ("Sở C", "Sở D"), ("Sở C", "Sở D")]):
        where = f"task {number}"
        tally.compare("plan", [Entry(gold, gold, where)], [Entry(found, found, where)])
    assert confusions({"leads": tally})["leads"] == [("Sở C", "Sở D", 2), ("Sở A", "Sở B", 1)]


def test_of_several_in_one_place_the_likest_belong_together() -> None:
    tally = Tally()
    gold, found = ["Sở Y tế", "Ban Dân tộc tỉnh"], ["Ban Dân tộc", "Sở Y tế huyện", "Sở Nội vụ"]
    tally.compare("plan", *([Entry(name, name, "task") for name in names] for names in (gold, found)))
    pairs = [
        (error.gold and error.gold.shown, error.found and error.found.shown) for error in side_by_side(tally.misses)
    ]
    assert pairs == [("Sở Y tế", "Sở Y tế huyện"), ("Ban Dân tộc tỉnh", "Ban Dân tộc"), (None, "Sở Nội vụ")]


def test_a_wrong_title_counts_as_missed_and_is_shown_beside_the_right_one(same: Case) -> None:
    same[1]["sections"][0]["title"] = "PHẠM VI"
    tally = _tallies(same)["titles"]
    assert (tally.missed, tally.extra) == (1, 0)
    (error,) = side_by_side(tally.misses)
    assert error.gold
    assert error.found
    assert (error.gold.shown, error.found.shown) == ("MỤC TIÊU", "PHẠM VI")


# --- errors in their texts ---


def test_an_invented_record_is_marked_in_the_exported_text(same: Case) -> None:
    same[0]["deadlines"].pop()
    (miss,) = _tallies(same)["deadlines"].misses
    assert miss.excerpt == ("Bố trí kinh phí thực hiện Kế hoạch ", "trước ngày 30/6/2018", ".")


def test_an_agency_of_a_heading_is_marked_in_the_heading(same: Case) -> None:
    _spoil_lead(*same)
    (found,) = (miss for miss in _tallies(same)["leads"].misses if miss.sign == "+")
    assert found.excerpt == ("2. ", "Sở Tài chính", "")


def test_a_missed_record_is_marked_in_the_golds_own_lines() -> None:
    source = "Giao các sở báo cáo kết quả\nthực hiện trước ngày\n15/12/2025 để tổng hợp.\n- Việc khác."
    row = {"kind": "by", "end": "2025-12-14", "surface": "trước ngày 15/12/2025", "line": 2}
    gold = {"deadlines": [row]}
    (miss,) = score_document("plan", gold, {"text": ""}, source)["deadlines"].misses
    assert miss.excerpt == ("Giao các sở báo cáo kết quả thực hiện ", "trước ngày 15/12/2025", " để tổng hợp.")
    (miss,) = score_document("plan", gold, {"text": ""})["deadlines"].misses
    assert miss.excerpt.marked == "trước ngày 15/12/2025"


@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_lines_of_an_export_are_those_of_its_input(line_end: str) -> None:
    data = SOURCE.replace("\n", line_end).encode()
    export = json.loads(encode(extract_document(data, path="plan.txt")))
    missing: Document = {"deadlines": []}
    misses = score_document("plan", missing, export, data.decode())["deadlines"].misses
    lines = SOURCE.splitlines()
    assert misses
    for miss in misses:
        assert miss.line
        assert miss.excerpt.marked in lines[miss.line - 1]


# --- the command ---


def test_the_table_has_every_kind_and_fits_80_columns(
    same: Case,
    written: Callable[[Case], list[str]],
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    _spoil_lead(*same)
    assert run(written(same)) == OK
    rows = {line.split()[0]: line.split()[1:] for line in capsys.readouterr().out.splitlines() if line.strip()}
    assert rows["leads"] == ["0.750", "0.750", "0.750", "4"]
    assert rows[OVERLAP] == ["1.000", "1.000", "1.000", "3"]
    assert {*KINDS, OVERLAP} - rows.keys() == {"conditions"}


@pytest.mark.parametrize("options", [[], ["--by-doc"], ["--errors", "leads", "--errors", "text"], ["--confusions"]])
def test_nothing_is_cut_off_or_wider_than_the_terminal(
    options: list[str],
    same: Case,
    written: Callable[[Case], list[str]],
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    _spoil_lead(*same)
    assert run([*written(same), *options]) == OK
    printed = capsys.readouterr().out
    assert printed.strip()
    assert max(map(len, printed.splitlines())) <= 80
    assert "…" not in printed


def test_by_doc_errors_and_confusions_name_what_is_wrong(
    same: Case, written: Callable[[Case], list[str]], capsys: pytest.CaptureFixture[str]
) -> None:
    _spoil_lead(*same)
    arguments = written(same)
    assert run([*arguments, "--by-doc"]) == OK
    assert "0.750" in capsys.readouterr().out
    assert run([*arguments, "--errors", "leads"]) == OK
    shown = " ".join(capsys.readouterr().out.split())
    assert "leads: 1 changed ~ plan Bố trí kinh phí" in shown
    assert "gold Sở Tài chính tỉnh Thái Bình found Sở Y tế tỉnh Thái Bình 2. Sở Tài chính" in shown
    assert run([*arguments, "--errors", "partners"]) == OK
    assert capsys.readouterr().out.split() == ["partners:", "no", "errors"]
    assert run([*arguments, "--confusions"]) == OK
    assert "1 Sở Tài chính tỉnh Thái Bình Sở Y tế tỉnh Thái Bình" in " ".join(capsys.readouterr().out.split())


def test_json_says_all_of_it(same: Case, written: Callable[[Case], list[str]], capfdbinary: Any) -> None:
    _spoil_lead(*same)
    arguments = [*written(same), "--json"]
    assert run(arguments) == OK
    found = json.loads(capfdbinary.readouterr().out)
    assert found["figures"]["leads"] == {"precision": 0.75, "recall": 0.75, "f1": 0.75, "gold_rows": 4}
    assert found["documents"]["plan"]["leads"]["f1"] == 0.75
    assert found["confusions"]["leads"][0]["times"] == 1
    assert found["errors"]["leads"][0]["found"]["value"] == "Sở Y tế tỉnh Thái Bình"
    assert run([*arguments, "--errors", "tasks"]) == OK
    assert found["errors"].keys() > json.loads(capfdbinary.readouterr().out)["errors"].keys() == {"tasks"}


def test_doc_measures_one_document(
    same: Case, written: Callable[[Case], list[str]], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = written(same)
    write_whole(tmp_path / "gold/other.json", b"{}")
    assert run(arguments) == WRONG_USAGE
    assert "no document other.json" in capsys.readouterr().err
    assert run([*arguments, "--doc", "plan"]) == OK


@pytest.mark.parametrize(
    ("floors", "status", "says"),
    [
        (["tasks=1"], OK, ""),
        (["leads=0.75", "tasks=0.9"], OK, ""),
        (["leads=0.76"], FAILED, "F1 below its floor: leads 0.750 < 0.76."),
        (["leads=0.8", "tasks=1", "titles=1", "conditions=0.5"], FAILED, "leads 0.750 < 0.8, conditions not measured"),
        ([f"{OVERLAP}=1"], OK, ""),
        (["tsks=0.9"], WRONG_USAGE, "no kind tsks"),
        (["tasks=nine"], WRONG_USAGE, "tasks=nine is no NAME=F1"),
        (["tasks"], WRONG_USAGE, "tasks is no NAME=F1"),
        (["tasks=nan"], WRONG_USAGE, "from 0 to 1"),
        (["tasks=90"], WRONG_USAGE, "from 0 to 1"),
    ],
)
def test_floors(
    floors: list[str],
    status: int,
    says: str,
    same: Case,
    written: Callable[[Case], list[str]],
    capsys: pytest.CaptureFixture[str],
) -> None:
    _spoil_lead(*same)
    options = [part for floor in floors for part in ("--floor", floor)]
    assert run([*written(same), *options]) == status
    message = capsys.readouterr().err
    assert says in message
    assert len(message.splitlines()) == bool(says)


def test_a_floor_that_is_nearly_reached_is_not_told_as_reached() -> None:
    tally = Tally(hit=8996, extra=1004, missed=1004)
    assert below({"tasks": tally}, read_floors(["tasks=0.9"])) == ["tasks 0.899 < 0.9"]


@pytest.mark.parametrize(
    ("options", "says"),
    [
        (["gold", "none"], "no document plan.json below none"),
        (["none", "out"], "no gold files (*.json) in none"),
        (["gold", "out", "--corpus", "none"], "no directory none"),
        (["gold", "out", "--doc", "paln"], "no gold paln.json"),
        (["gold", "out", "--errors", "tsks"], "no kind tsks"),
        (["gold", "out", "--html", "out"], "out is a directory"),
        (["gold", "out", "--html", "/proc/none/page.html"], "Name another file with --html"),
        (["pointing", "out"], "name the texts: --corpus DIR"),
        (["pointing", "out", "--corpus", "texts"], "behind the end of its text"),
        (["lacking", "out"], "number 1 of its tasks has no text"),
        (["broken", "out"], "Cannot read broken"),
        (["gold", "out", "--corpus", "binary"], "is no text"),
    ],
)
def test_errors_are_one_sentence(
    options: list[str],
    says: str,
    same: Case,
    written: Callable[[Case], list[str]],
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    written(same)
    monkeypatch.chdir(tmp_path)
    pointing = {"metadata": {"title": {"at": [900, 0, 900, 5]}}}
    for name, content in (("pointing", pointing), ("lacking", {"tasks": [{"lines": [1, 1]}]})):
        write_whole(Path(name, "plan.json"), json.dumps(content).encode())
    write_whole(Path("broken/plan.json"), b"{")
    write_whole(Path("binary/plan.txt"), bytes(range(128, 256)) * 50)
    assert run(["score", *options]) == WRONG_USAGE
    message = capsys.readouterr().err
    assert says in message
    assert len(message.splitlines()) == 1


# --- the page ---


class _Page(HTMLParser):
    """The tags, the addresses and the words of a page; tags must close in order."""

    VOID = frozenset({"meta"})

    def __init__(self, page: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: set[str] = set()
        self.attributes: list[tuple[str, str]] = []
        self.words = ""
        self.marks: list[str] = []
        self.feed(page)
        assert not self.open

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes += [(name, value or "") for name, value in attrs]
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag
        if tag == "td":
            self.words += " "

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1] == "mark":
            self.marks.append(data)
        if "style" not in self.open:
            self.words += data


def test_the_page_shows_errors_in_their_texts(same: Case, written: Callable[[Case], list[str]], tmp_path: Path) -> None:
    _spoil_lead(*same)
    _spoil_deadline_kind(*same)
    same[1]["text"] += " thừa"
    page = tmp_path / "page.html"
    assert run([*written(same), "--html", str(page)]) == OK
    found = _Page(page.read_text(encoding="utf-8"))
    words = " ".join(found.words.split())
    assert "leads 1 changed" in words
    assert "changed gold Sở Tài chính tỉnh Thái Bình found Sở Y tế tỉnh Thái Bình 2. Sở Tài chính" in words
    assert {"Sở Tài chính", "trước ngày 30/6/2018"} <= set(found.marks)
    assert "1 by during" in words
    assert "invented thừa" in words
    assert {value for name, value in found.attributes if name == "href"} <= {f"#{kind}" for kind in KINDS}


def test_the_page_is_whole_without_errors(same: Case) -> None:
    found = _Page(render_page({"plan": _tallies(same)}, gold="gold", out="out"))
    assert "No value was given in place of another." in found.words
    assert "There are none." in found.words


def test_the_page_needs_nothing_from_elsewhere(same: Case) -> None:
    page = _Page(render_page({"plan": _tallies(same)}, gold="gold", out="out"))
    assert not page.tags & {"script", "link", "img", "iframe", "object"}
    assert not [value for name, value in page.attributes if name == "src" or "://" in value]
    assert ("name", "viewport") in page.attributes


HOSTILE = '<script>alert("1")</script><b onclick=x>&amp;'


def test_words_of_documents_are_escaped(same: Case) -> None:
    gold, export = same
    gold["tasks"][0]["text"] = f"{HOSTILE} trong gold"
    gold["deadlines"][0].update(end="2031-01-01", surface=HOSTILE)
    gold["metadata"]["doc_type"] = HOSTILE
    gold["tasks"][2]["leads"] = [HOSTILE]
    export["sections"][0]["title"] = HOSTILE
    export["text"] = HOSTILE + export["text"]
    html = render_page({HOSTILE: score_document(HOSTILE, gold, export, SOURCE)}, gold=HOSTILE, out=HOSTILE)
    page = _Page(html)
    assert "<script" not in html
    assert not [name for name, _ in page.attributes if name.startswith("on")]
    assert page.words.count(HOSTILE) >= 7
