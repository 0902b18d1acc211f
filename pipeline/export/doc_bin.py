"""spaCy DocBin: the texts as tokens with the records as span groups, for training and for rules of one's own.

    docs = list(DocBin().from_disk("documents-0001.spacy").get_docs(extractors.nlp().vocab))
    docs[0].spans["deadlines"]  # label: the kind, kb_id: the normal form, id: the record

Tokens are those of `extractors.nlp()`. A span that begins or ends within a token is widened to it and counted.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice
from pathlib import Path
from typing import Any

import spacy
from spacy.tokens import Doc, DocBin

from extractors.spacy_pipeline import SyllableTokenizer
from pipeline.export.account import Account
from pipeline.export.options import Options
from pipeline.export.spans import GROUPS, marks
from pipeline.results import Result

IN_ONE_FILE = 1_000  # documents; a DocBin is read as a whole


def write(documents: Iterable[Result], directory: Path, options: Options, account: Account) -> None:
    """Write `documents-0001.spacy` and further ones of at most `IN_ONE_FILE` documents."""
    rest = iter(documents)
    number = 0
    while chunk := list(islice(rest, IN_ONE_FILE)):
        number += 1
        tokenizer = SyllableTokenizer(spacy.blank("xx").vocab)
        made = DocBin(store_user_data=True)
        for each in chunk:
            made.add(annotated(each, tokenizer, account))
        (directory / f"documents-{number:04}.spacy").write_bytes(made.to_bytes())
        account.wrote("documents", len(chunk))


def annotated(each: Result, tokenizer: SyllableTokenizer, account: Account) -> Doc:
    """The document as a `Doc` with all span groups, empty ones too; `user_data` says which document it is."""
    document = each.document
    doc = tokenizer(document.text)
    groups: dict[str, list[Any]] = {group: [] for group in GROUPS}
    for mark in marks(document):
        span: Any = doc.char_span(
            mark.start,
            mark.end,
            label=mark.label,
            kb_id=mark.normal_form,
            span_id=mark.record_id,
            alignment_mode="expand",
        )
        if (span.start_char, span.end_char) != (mark.start, mark.end):
            account.wrote("spans widened to whole tokens")
        groups[mark.group].append(span)
    for group, spans in groups.items():
        doc.spans[group] = spans
        account.wrote(f"spans of {group}", len(spans))
    metadata = document.metadata
    doc.user_data = {
        "document_id": document.id,
        "path": document.source.path,
        "reviewed": each.reviewed,
        "doc_type": metadata.doc_type,
        "number": metadata.number,
        "issued_on": metadata.issued_on.isoformat() if metadata.issued_on else None,
    }
    return doc
