"""What can be known of a results directory whose ledger is gone: `entries_of_documents(inputs, out, made_by)`.

Each document names its input and the hash of its bytes. Which rules made it is told by `run.json`, which is written
last: a document that is no newer was made by the rules that it names; of any other nobody knows, and it is made again.
"""

from __future__ import annotations

import contextlib
import hashlib
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import orjson

from pipeline.batch import COUNTED
from pipeline.file_names import printable
from pipeline.inputs import Inputs, file_stamp
from pipeline.ledger import DONE, Entry
from pipeline.made_by import MadeBy
from pipeline.store import DOCUMENTS, RUN_REPORT


def entries_of_documents(inputs: Inputs, out: Path, made_by: MadeBy) -> Iterator[Entry]:
    """An entry for each document below *out* that can be read."""
    items = {printable(item.name): item for item in inputs.files}
    until = _last_report(out, made_by)
    for file in sorted((out / DOCUMENTS).rglob("*.json")):
        with contextlib.suppress(OSError, ValueError, KeyError, TypeError, AttributeError):
            newer = file.stat().st_mtime_ns > until
            entry = _entry(file, out, inputs.root)
            known = items.get(entry.path)
            yield replace(entry, made_by=made_by(known)) if known and not newer else entry


def _entry(file: Path, out: Path, root: str) -> Entry:
    content = file.read_bytes()
    document = orjson.loads(content)
    source = document["source"]
    return Entry(
        path=str(source["path"]),
        root=root,
        size=int(source["bytes"]),
        sha256=str(source["sha256"]),
        state=DONE,
        counts=orjson.dumps({kind: len(document[kind]) for kind in COUNTED}).decode(),
        result=printable(file.relative_to(out / DOCUMENTS).as_posix()),
        result_stamp=file_stamp(file),
        result_sha256=hashlib.sha256(content).hexdigest(),
    )


def _last_report(out: Path, made_by: MadeBy) -> int:
    """When `run.json` was written (nanoseconds), if the rules that it names are those of today; else 0."""
    with contextlib.suppress(OSError, ValueError, KeyError, TypeError):
        file = out / RUN_REPORT
        if orjson.loads(file.read_bytes())["made_by"] == made_by.told():
            return file.stat().st_mtime_ns
    return 0
