"""What is kept of a reading is what was read, and a cache that is damaged or cannot be written harms nothing."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from pipeline import readers as readers_module
from pipeline.extract import extract_source
from pipeline.read.source import SourceDocument
from pipeline.readers import Readers
from pipeline.source_cache import SourceCache, source_key
from pipeline.store import encode
from tests.hostile import docx_of, text_pdf

HTML = """<html><body><div class="content"><p>ỦY BAN NHÂN DÂN TỈNH</p><p>Số: 12/KH-UBND</p><p>KẾ HOẠCH</p>
<p>1. Sở Y tế chủ trì trồng chè trước ngày 30/6/2026.</p><table><tr><th>TT</th><th>Nội dung</th></tr>
<tr><td>1</td><td>Trồng chè</td></tr></table></div></body></html>""".encode()
INPUTS = {
    "plan.docx": docx_of("Sở Y tế chủ trì trồng chè trước ngày 30/6/2026."),
    "plan.pdf": text_pdf("So Y te trong che truoc ngay 30/6/2026"),
    "plan.html": HTML,
}


def never(*_: object) -> SourceDocument:
    raise AssertionError("it was read again")


@pytest.mark.parametrize("name", INPUTS)
def test_what_is_kept_is_what_was_read(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with Readers(cache=tmp_path) as readers:
        read = readers.read(INPUTS[name], name=name)
        monkeypatch.setattr(Readers, "_parsed", never)
        kept = readers.read(INPUTS[name], name=name)
        assert readers.read(b"Ke hoach", name="a.txt").decoded == "Ke hoach"
        with pytest.raises(AssertionError, match="again"):
            readers.read(INPUTS[name] + b" ", name=name)
        monkeypatch.setattr(readers_module, "readers_version", lambda: "of tomorrow")
        with pytest.raises(AssertionError, match="again"):
            readers.read(INPUTS[name], name=name)
    for field in ("decoded", "encoding", "media_type", "sha256", "size", "diagnostics", "tables", "properties"):
        assert getattr(kept, field) == getattr(read, field)
    assert kept.anchors == read.anchors
    assert (kept.text.text, kept.text.in_order) == (read.text.text, read.text.in_order)
    assert np.array_equal(kept.text.starts, read.text.starts)
    assert np.array_equal(kept.text.ends, read.text.ends)
    assert encode(extract_source(kept, path=name)) == encode(extract_source(read, path=name))


@pytest.mark.parametrize("harm", [b"", b"not compressed", b"x\x9c\x03\x00\x00\x00\x00\x01"])
def test_a_damaged_entry_is_read_anew(harm: bytes, tmp_path: Path) -> None:
    with Readers(cache=tmp_path) as readers:
        read = readers.read(HTML, name="plan.html")
        (entry,) = (tmp_path / "sources").rglob("*.json.z")
        entry.write_bytes(harm)
        assert readers.read(HTML, name="plan.html").decoded == read.decoded
        assert len(entry.read_bytes()) > len(harm)


def test_a_cache_that_cannot_be_written_stops_no_reading() -> None:
    with Readers(cache=Path("/proc/none")) as readers:
        assert "Sở Y tế" in readers.read(HTML, name="plan.html").decoded


def test_other_settings_are_other_keys(tmp_path: Path) -> None:
    assert source_key(b"a", "pdf") != source_key(b"a", "html") != source_key(b"b", "html")
    assert SourceCache(tmp_path).get(source_key(b"a", "pdf")) is None
