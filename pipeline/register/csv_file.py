"""The register as CSV: UTF-8 with a byte order mark, so that Excel takes it for what it is; dates as ISO 8601.

encode_csv(rows, language="vi") -> b"\\xef\\xbb\\xbfSTT,..."
"""

from __future__ import annotations

import csv
from collections.abc import Sequence
from io import StringIO

from pipeline.cell_text import as_cell, cut_to_cell
from pipeline.register.rows import RegisterRow
from pipeline.register.words import Language, Value, headings, row_values


def encode_csv(rows: Sequence[RegisterRow], *, language: Language) -> bytes:
    """One line of headings, then one for each task."""
    target = StringIO()
    writer = csv.writer(target)
    writer.writerow(headings(language))
    for number, row in enumerate(rows, 1):
        writer.writerow(_cell(value) for value in row_values(row, number=number, language=language))
    return target.getvalue().encode("utf-8-sig")


def _cell(value: Value) -> str:
    return "" if value is None else as_cell(cut_to_cell(value)) if isinstance(value, str) else str(value)
