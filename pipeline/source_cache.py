"""Keep what readers made of inputs, so that other rules extract them again without reading them again.

    SourceCache(directory).get(key)  →  a SourceDocument, or None

Measured on 25 files from public offices, reading a `.doc` takes five times as long as the extraction behind it, a PDF
1.6 times (recognition not counted), a `.docx` 0.7 times, a web page 0.2 times; from here it takes 1 to 45 ms, a
hundredth of that. An entry takes about one byte for each character of text. Plain texts are not kept.

An entry is found by the hash of the input, its format, and the version of all that reads. It is JSON and not a pickle,
since reading it must not run what somebody else has put there. One that is damaged counts as missing.
"""

from __future__ import annotations

import base64
import contextlib
import hashlib
import os
import threading
import zlib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import orjson

from pipeline.mapped_text import MappedText, Offsets
from pipeline.read.anchors import Anchor, Anchors
from pipeline.read.blocks import Place
from pipeline.read.source import SourceCell, SourceDocument, SourceTable
from schemas import Diagnostic

FORM = "1"  # of an entry


@dataclass(frozen=True, slots=True)
class SourceCache:
    """A directory of what was read; it is made when the first input is kept.

    What cannot be written is read again next time: a full disk stops no reading.
    """

    directory: Path

    def get(self, key: str) -> SourceDocument | None:
        """The source kept under *key*, None when there is none that can be read."""
        try:
            return _source(orjson.loads(zlib.decompress(self._file(key).read_bytes())))
        except (OSError, ValueError, TypeError, KeyError, zlib.error):
            return None

    def put(self, key: str, source: SourceDocument) -> None:
        """Keep *source* under *key*, whole or not at all."""
        target = self._file(key)
        part = target.with_name(f".{target.name}.{os.getpid()}.{threading.get_ident()}.part")
        try:
            content = zlib.compress(orjson.dumps(_entry(source), option=orjson.OPT_SERIALIZE_NUMPY), level=1)
            target.parent.mkdir(parents=True, exist_ok=True)
            part.write_bytes(content)
            part.replace(target)
        except (OSError, orjson.JSONEncodeError):  # the latter for text that is no Unicode
            with contextlib.suppress(OSError):
                part.unlink(missing_ok=True)

    def _file(self, key: str) -> Path:
        return self.directory / key[:2] / f"{key}.json.z"


def source_key(data: bytes, *settings: str) -> str:
    """The key of an input with these bytes, read with *settings*."""
    told = orjson.dumps([FORM, hashlib.sha256(data).hexdigest(), *settings])
    return hashlib.sha256(told).hexdigest()


def _entry(source: SourceDocument) -> dict[str, Any]:
    return {
        "text": [source.text.text, _packed(source.text.starts), _packed(source.text.ends), source.text.in_order],
        "decoded": source.decoded,
        "facts": [source.encoding, source.media_type, source.sha256, source.size],
        "diagnostics": [diagnostic.model_dump(mode="json") for diagnostic in source.diagnostics],
        "anchors": [[anchor.start, anchor.end, *anchor.place] for anchor in source.anchors.anchors],
        "tables": [
            [table.start, table.end, table.height, table.width, table.head_rows, [_cell(each) for each in table.cells]]
            for table in source.tables
        ],
        "properties": source.properties,
    }


def _source(entry: Any) -> SourceDocument:
    text, starts, ends, in_order = entry["text"]
    encoding, media_type, sha256, size = entry["facts"]
    mapped = MappedText(_string(text), _unpacked(starts), _unpacked(ends), bool(in_order))
    if not len(mapped.text) == len(mapped.starts) == len(mapped.ends):
        raise ValueError("a map of another length than its text")
    return SourceDocument(
        text=mapped,
        decoded=_string(entry["decoded"]),
        encoding=encoding,
        media_type=_string(media_type),
        sha256=_string(sha256),
        size=int(size),
        diagnostics=tuple(Diagnostic.model_validate_json(orjson.dumps(each)) for each in entry["diagnostics"]),
        anchors=Anchors.of(
            Anchor(start, end, Place(line, element, page, tuple(box) if box else None))
            for start, end, line, element, page, box in entry["anchors"]
        ),
        tables=tuple(
            SourceTable(start, end, height, width, tuple(SourceCell(*each) for each in cells), head_rows)
            for start, end, height, width, head_rows, cells in entry["tables"]
        ),
        properties=tuple((_string(label), _string(value)) for label, value in entry["properties"]),
    )


def _cell(cell: SourceCell) -> tuple[int, ...]:
    return (cell.start, cell.end, cell.row, cell.column, cell.row_span, cell.column_span)


def _packed(offsets: Offsets) -> str:
    """Differences, which are nearly all 1, so that compression leaves little of them."""
    return base64.b85encode(zlib.compress(np.diff(offsets, prepend=0).astype("<i4").tobytes(), level=1)).decode()


def _unpacked(packed: str) -> Offsets:
    differences = np.frombuffer(zlib.decompress(base64.b85decode(packed)), dtype="<i4")
    return np.cumsum(differences, dtype=np.int32)


def _string(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError(value)
    return value
