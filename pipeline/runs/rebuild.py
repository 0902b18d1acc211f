"""What can be known of a results directory whose ledger is gone: `entries_of_documents(inputs, out, made_by)`.

Each document names its input and the hash of its bytes. Which rules made it is told by `run.json`, which is written
last: a document that is no newer was made by the rules that it names; of any other nobody knows, and it is made again.
"""

from __future__ import annotations

import contextlib
import hashlib
from collections.abc import Iterator
from dataclasses import replace

import orjson

from pipeline.file_names import printable
from pipeline.runs.inputs import Inputs
from pipeline.runs.ledger import DONE, Entry
from pipeline.runs.made_by import MadeBy
from pipeline.runs.outputs import Kept, Output
from pipeline.store import StoreError
from pipeline.workers.batch import COUNTED


def entries_of_documents(inputs: Inputs, out: Output, made_by: MadeBy) -> Iterator[Entry]:
    """An entry for each document of *out* that can be read."""
    items = {printable(item.name): item for item in inputs.files}
    until = _last_report(out, made_by)
    for kept in out.documents():
        with contextlib.suppress(StoreError, ValueError, KeyError, TypeError, AttributeError):
            entry = _entry(kept, out.read(kept.name), inputs.root)
            known = items.get(entry.path)
            yield replace(entry, made_by=made_by(known)) if known and kept.written <= until else entry


def _entry(kept: Kept, content: bytes, root: str) -> Entry:
    document = orjson.loads(content)
    source = document["source"]
    return Entry(
        path=str(source["path"]),
        root=root,
        size=int(source["bytes"]),
        sha256=str(source["sha256"]),
        state=DONE,
        counts=orjson.dumps({kind: len(document[kind]) for kind in COUNTED}).decode(),
        result=printable(kept.name),
        result_stamp=kept.stamp,
        result_sha256=hashlib.sha256(content).hexdigest(),
    )


def _last_report(out: Output, made_by: MadeBy) -> int:
    """When `run.json` was written (nanoseconds), if the rules that it names are those of today; else 0."""
    with contextlib.suppress(StoreError, ValueError, KeyError, TypeError):
        if (found := out.report()) and orjson.loads(found[0])["made_by"] == made_by.told():
            return found[1]
    return 0
