"""Results are written whole or not at all."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.store import StoreError, document_file, encode, read_document, write_whole
from schemas import Metadata, PlanDocument, Source


def a_document() -> PlanDocument:
    source = Source(path="a/b.txt", sha256="0" * 64, media_type="text/plain", encoding="utf-8", bytes=3)
    return PlanDocument(id="kh-0", source=source, text="Kế hoạch", metadata=Metadata(doc_type="KH"))


def test_a_document_comes_back_as_it_was_written(tmp_path: Path) -> None:
    file = document_file(tmp_path, "a/tên có dấu.json")
    write_whole(file, encode(a_document()))
    assert read_document(file) == a_document()
    assert [path.name for path in file.parent.iterdir()] == ["tên có dấu.json"]


def test_the_same_document_gives_the_same_bytes_with_keys_in_contract_order() -> None:
    content = encode(a_document())
    assert content == encode(a_document())
    keys = [line.split('"')[1] for line in content.decode().splitlines() if line.startswith('  "')]
    assert keys[:6] == ["schema_version", "id", "source", "text", "metadata", "sections"]


def test_what_stood_there_stays_when_writing_fails(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = tmp_path / "a.json"
    target.write_bytes(b"old")

    def full_disk(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full_disk)
    with pytest.raises(StoreError, match="No space left"):
        write_whole(target, b"new")
    assert target.read_bytes() == b"old"
    assert [path.name for path in tmp_path.iterdir()] == ["a.json"]


@pytest.mark.parametrize("content", [b"", b"{}", b"not json", b"[1]"])
def test_a_file_that_is_no_document_is_told_apart(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "x.json"
    file.write_bytes(content)
    with pytest.raises(StoreError, match="not a document of kehoach"):
        read_document(file)
