"""What an export tells at its end: what was written where, what was left out, and what a person had reviewed.

Wrote 1,042 events, 118 feeds of 105 documents to output/export/ics/ (119 files, 1.2 MB)
Left out: 3,211 tasks without a deadline
"""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.export.run import Report


def report_in_words(report: Report) -> Iterator[str]:
    """The lines of the summary."""
    written = ", ".join(f"{count:,} {what}" for what, count in report.account.written.items()) or "nothing"
    size = sum(report.files.values())
    files = f"{len(report.files):,} {'file' if len(report.files) == 1 else 'files'}, {_size(size)}"
    yield f"Wrote {written}"
    yield f"of {report.documents:,} documents to {report.out} ({files})"
    for why, count in report.account.omitted.items():
        yield f"Left out: {count:,} {why}"
    if report.reviewed:
        yield f"Reviewed by a person: {len(report.reviewed):,} of the documents"


def _size(size: int) -> str:
    """A size in decimal units.

    >>> _size(999), _size(1_234_567)
    ('999 bytes', '1.2 MB')
    """
    for unit, factor in (("GB", 10**9), ("MB", 10**6), ("kB", 10**3)):
        if size >= factor:
            return f"{size / factor:.1f} {unit}"
    return f"{size} bytes"
