"""Akoma Ntoso 3.0 (OASIS LegalDocML): each document as `<doc>` with its outline, references and annexes.

    <akomaNtoso><doc name="KH"><meta/><preface/><preamble/><mainBody/><conclusions/><attachments/></doc></akomaNtoso>

It is `<doc>` and not `<act>`, since most plans are no acts and `<act>` forbids the loose text that they have. The text
is the cleaned one, all of it and in order. What records say beyond the outline (tasks, deadlines) is not in it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from lxml import etree

from pipeline.cell_text import one_line
from pipeline.export.account import Account
from pipeline.export.akn_metadata import metadata
from pipeline.export.akn_names import ElementIds
from pipeline.export.akn_outline import Node, Outline, tree
from pipeline.export.akn_text import NAMESPACE, Element, TextBlocks, tag
from pipeline.export.options import Options
from pipeline.results import Result
from schemas import PlanDocument


def write(documents: Iterable[Result], directory: Path, options: Options, account: Account) -> None:
    """Write an XML file for each document."""
    for each in documents:
        root = akoma_ntoso(each)
        target = directory / f"{each.stem}.xml"
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(etree.tostring(root, encoding="utf-8", xml_declaration=True, pretty_print=True))
        account.wrote("documents")
        account.wrote("sections", len(each.document.sections))
        account.wrote("references", sum(1 for _ in root.iter(tag("ref"))))
        account.wrote("annexes", sum(1 for _ in root.iter(tag("attachment"))))


def akoma_ntoso(each: Result) -> Element:
    """The whole document as one element."""
    document = each.document
    blocks, ids = TextBlocks(document), ElementIds()
    outline = Outline(document, blocks, ids)
    roots = tree(document)
    first = next((number for number, node in enumerate(roots) if node.is_annex), len(roots))
    end = roots[first].start if first < len(roots) else len(document.text)
    root = etree.Element(tag("akomaNtoso"), nsmap={None: NAMESPACE})
    made = etree.SubElement(root, tag("doc"), name=one_line(document.metadata.doc_type or "doc"))
    made.append(metadata(each))
    _add_body(made, document, blocks, outline, roots[:first], end)
    if roots[first:]:
        attachments = etree.SubElement(made, tag("attachments"))
        for number, nodes in enumerate(_annexes(roots[first:]), 1):
            attachments.append(_attachment(each, blocks, outline, ids, nodes, number))
    return root


def _add_body(
    made: Element, document: PlanDocument, blocks: TextBlocks, outline: Outline, roots: Sequence[Node], end: int
) -> None:
    """Preface, preamble, body and conclusions of the text before the first annex, which begins at *end*."""
    start = roots[0].start if roots else 0
    basis = _legal_bases_begin(document, start)
    _add(made, "preface", blocks.blocks(0, basis))
    _add(made, "preamble", blocks.blocks(basis, start))
    body = etree.SubElement(made, tag("mainBody"))
    at = _add_roots(body, blocks, outline, roots, start, parent="")
    if roots:
        _add(made, "conclusions", blocks.blocks(at, end))
    else:
        body.extend(blocks.blocks(at, end))
    _never_empty(body)


def _add_roots(
    body: Element, blocks: TextBlocks, outline: Outline, roots: Sequence[Node], at: int, *, parent: str
) -> int:
    """Add *roots* and the text between them; return where the last ends."""
    for node in roots:
        body.extend(blocks.blocks(at, node.start))
        body.append(outline.element(node, parent=parent))
        at = node.end
    return at


def _attachment(
    each: Result, blocks: TextBlocks, outline: Outline, ids: ElementIds, nodes: Sequence[Node], number: int
) -> Element:
    """An annex, with the roots after it that are none, up to the next one."""
    annex, *others = nodes
    name = ids.of("", "att", str(number))
    made = etree.Element(tag("attachment"), eId=name)
    at = outline.head(annex, made)
    doc = etree.SubElement(made, tag("doc"), name="annex")
    doc.append(metadata(each, component=name))
    body = etree.SubElement(doc, tag("mainBody"))
    at = _add_roots(body, blocks, outline, annex.children, at, parent=name)
    body.extend(blocks.blocks(at, annex.end))
    at = _add_roots(body, blocks, outline, others, annex.end, parent=name)
    body.extend(blocks.blocks(at, _end_of(each.document, nodes)))
    _never_empty(body)
    return made


def _annexes(roots: Sequence[Node]) -> list[list[Node]]:
    groups: list[list[Node]] = []
    for node in roots:
        if node.is_annex:
            groups.append([node])
        else:
            groups[-1].append(node)
    return groups


def _end_of(document: PlanDocument, nodes: Sequence[Node]) -> int:
    """Where the text behind *nodes* ends: at the next annex, else with the document."""
    starts = [section.span.start for section in document.sections if section.parent_id is None]
    return min((start for start in starts if start >= nodes[-1].end), default=len(document.text))


def _legal_bases_begin(document: PlanDocument, end: int) -> int:
    """Where the line begins that names the first legal basis, before *end*; else *end*."""
    bases = set(document.metadata.legal_bases)
    places = [citation.span.start for citation in document.citations if citation.id in bases]
    first = min((place for place in places if place < end), default=end)
    return document.text.rfind("\n", 0, first) + 1 if first < end else end


def _add(parent: Element, name: str, blocks: Sequence[Element]) -> None:
    if blocks:
        etree.SubElement(parent, tag(name)).extend(blocks)


def _never_empty(body: Element) -> None:
    if not len(body):
        etree.SubElement(body, tag("p"))
