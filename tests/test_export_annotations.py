"""Label Studio, spaCy DocBin and Web Annotations: every span is where it says it is, read back by others."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from lxml import etree
from spacy.tokens import Doc, DocBin

import extractors
from pipeline.export import doc_bin, label_studio, web_annotations
from pipeline.export.account import Account
from pipeline.export.options import Options
from pipeline.export.spans import GROUPS, marks
from pipeline.results import Result
from schemas import Metadata, PlanDocument, Source, SourceSpan, Span, Target
from tests.exported_plan import HOSTILE, decree, hostile_plan, small_plan

PLANS = (small_plan, decree, hostile_plan)


def read(file: Path) -> Any:
    return json.loads(file.read_bytes())


@pytest.fixture
def tasks(tmp_path: Path) -> list[dict[str, Any]]:
    label_studio.write((plan() for plan in PLANS), tmp_path, Options(), Account())
    found: list[dict[str, Any]] = read(tmp_path / "tasks-0001.json")
    return found


def test_label_studio_gets_code_points(tasks: list[dict[str, Any]]) -> None:
    for task in tasks:
        for region in task["predictions"][0]["result"]:
            if region["type"] == "labels":
                value = region["value"]
                assert task["data"]["text"][value["start"] : value["end"]] == value["text"]
    hostile = tasks[-1]["predictions"][0]["result"]
    assert hostile[0]["value"]["text"] == HOSTILE  # behind a letter that is two code units in JavaScript


def test_label_studio_knows_every_name_that_the_tasks_use(tasks: list[dict[str, Any]]) -> None:
    view = etree.fromstring(label_studio.configuration())
    controls = {each.get("name"): each.get("toName") for each in view.iter("Labels")}
    texts = {each.get("name"): each.get("value").removeprefix("$") for each in view.iter("Text")}
    labels = {each.get("value") for each in view.iter("Label")}
    relations = {each.get("value") for each in view.iter("Relation")}
    used = set()
    for task in tasks:
        ids = {region["id"] for region in task["predictions"][0]["result"] if region["type"] == "labels"}
        for region in task["predictions"][0]["result"]:
            if region["type"] == "labels":
                assert controls[region["from_name"]] == region["to_name"]
                assert texts[region["to_name"]] in task["data"]
                assert set(region["value"]["labels"]) <= labels
                used.update(region["value"]["labels"])
            else:
                assert {region["from_id"], region["to_id"]} <= ids
                assert set(region["labels"]) <= relations
                used.update(region["labels"])
    assert {"Task", "Lead", "Partner", "Deadline", "Target", "Measure", "Citation", "lead", "deadline"} <= used


def test_label_studio_files_are_of_a_size_that_can_be_uploaded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(label_studio, "IN_ONE_FILE", 2)
    label_studio.write((plan() for plan in PLANS), tmp_path, Options(), Account())
    assert [len(read(tmp_path / f"tasks-000{number}.json")) for number in (1, 2)] == [2, 1]


def docs(directory: Path) -> list[Doc]:
    account = Account()
    doc_bin.write((plan() for plan in PLANS), directory, Options(), account)
    return list(DocBin().from_disk(directory / "documents-0001.spacy").get_docs(extractors.nlp("deadlines").vocab))


def test_a_doc_bin_gives_texts_and_spans_back(tmp_path: Path) -> None:
    found = docs(tmp_path)
    for doc, plan in zip(found, PLANS, strict=True):
        document = plan().document
        assert doc.text == document.text
        assert doc.user_data["document_id"] == document.id
        assert tuple(doc.spans) == GROUPS
        for group in GROUPS:
            expected = [mark for mark in marks(document) if mark.group == group]
            assert [span.id_ for span in doc.spans[group]] == [mark.record_id for mark in expected]
            assert [span.label_ for span in doc.spans[group]] == [mark.label for mark in expected]
            for span, mark in zip(doc.spans[group], expected, strict=True):
                assert span.start_char <= mark.start < mark.end <= span.end_char
    (by_june,) = [span for span in found[0].spans["deadlines"] if "30/6/2018" in span.text]
    assert (by_june.text, by_june.label_, by_june.kb_id_) == ("trước ngày 30/6/2018", "by", "by ../2018-06-29")


def test_a_span_within_a_token_is_widened_and_counted(tmp_path: Path) -> None:
    source = Source(path="n.txt", sha256="0" * 64, media_type="text/plain", encoding="utf-8", bytes=1)
    target = Target(id="target-1", span=Span(1, 5), text="án x", section_id=None, indicator=None)
    document = PlanDocument(id="kh-1", source=source, text="Toán xa", metadata=Metadata(), targets=(target,))
    account = Account()
    tokenizer = extractors.nlp("deadlines").tokenizer
    doc = doc_bin.annotated(Result("n.json", document), tokenizer, account)
    assert [span.text for span in doc.spans["targets"]] == ["Toán"]
    assert account.written["spans widened to whole tokens"] == 1


def collections(directory: Path) -> dict[str, Any]:
    web_annotations.write((plan() for plan in PLANS), directory, Options(), Account())
    return {file.relative_to(directory).as_posix(): read(file) for file in directory.rglob("*.jsonld")}


def test_web_annotations_quote_what_stands_in_the_text(tmp_path: Path) -> None:
    found = collections(tmp_path)
    assert sorted(found) == ["a/small-plan.jsonld", "b/xấu.jsonld", "decree.jsonld"]
    for name, content in found.items():
        text = (tmp_path / name).with_suffix(".txt").read_bytes().decode()
        items = content["first"]["items"]
        assert content["total"] == len(items) == len({item["id"] for item in items}) > 0
        for item in items:
            quote, position = item["target"][0]["selector"]
            start, end = position["start"], position["end"]
            assert quote["exact"] == text[start:end]
            assert text[:start].endswith(quote["prefix"])
            assert text[end:].startswith(quote["suffix"])


def test_web_annotations_name_each_mention_page_and_record(tmp_path: Path) -> None:
    items = {item["id"]: item for item in collections(tmp_path)["b/xấu.jsonld"]["first"]["items"]}
    task = items["urn:kehoach:kh-ffff:task-1"]
    assert task["body"][0]["value"] == "task"
    assert json.loads(task["body"][1]["value"])["leads"][0]["surface"] == "Sở ../../Y tế"
    assert task["target"][0]["source"] == "x%E1%BA%A5u.txt"
    assert task["target"][1]["selector"][0]["value"] == "page=2&xywh=72,100.5,228,19.5"
    assert task["target"][1]["source"] == {"id": "urn:sha256:" + "f" * 64, "format": "application/pdf"}
    mentions = items["urn:kehoach:kh-ffff:citation-1"]["target"]
    assert [target["selector"][1]["start"] for target in mentions] == [15, 22]


@pytest.mark.parametrize(
    ("place", "kinds"),
    [
        (SourceSpan(start=1, end=2, element="/html/body/p[2]"), ["XPathSelector"]),
        (SourceSpan(start=1, end=2, line=7), ["FragmentSelector", "TextPositionSelector"]),
        (SourceSpan(start=1, end=2, page=1), ["FragmentSelector"]),
    ],
)
def test_web_annotations_of_each_kind_of_place(place: SourceSpan, kinds: list[str]) -> None:
    document = hostile_plan().document
    task = document.tasks[0].model_copy(update={"source_spans": (place,)})
    each = Result("n.json", document.model_copy(update={"tasks": (task,)}))
    items = web_annotations.collection(each, Account())["first"]["items"]
    (found,) = [item for item in items if item["id"].endswith("task-1")]
    assert [selector["type"] for selector in found["target"][1]["selector"]] == kinds


def test_a_long_section_is_located_and_not_quoted() -> None:
    document = small_plan().document
    long = document.sections[0].model_copy(update={"span": Span(0, len(document.text))})
    text = document.text + "x" * 1_000
    each = Result("n.json", document.model_copy(update={"text": text, "sections": (long,)}))
    long_one = long.model_copy(update={"span": Span(0, 1_001)})
    each = Result("n.json", each.document.model_copy(update={"sections": (long_one,)}))
    first = web_annotations.collection(each, Account())["first"]["items"][0]
    assert first["target"][0]["selector"] == [{"type": "TextPositionSelector", "start": 0, "end": 1_001}]
