"""The task register (sổ theo dõi nhiệm vụ): what officials keep by hand under Quyết định 42/2014/QĐ-TTg.

    write_register(Path("output"), Path("register.xlsx"), as_of=date(2016, 12, 1))

The decree counts tasks as done or not, in time or late. The texts say only what was ordered, so that the state of a
task follows from dates alone: `pipeline.register.term` has the rules, and every workbook prints them.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from pipeline.errors import UsageError
from pipeline.register.choice import Choice, chosen
from pipeline.register.rows import RegisterRow, facts_of, register_rows
from pipeline.register.words import Language
from pipeline.results import read_results
from pipeline.store import StoreError, write_whole

MOST_ROWS = 1_000_000  # Excel has 1,048,576


def write_register(out: Path, to: Path, *, as_of: date, choice: Choice | None = None, language: Language = "vi") -> int:
    """Write the register of the documents in *out* to *to*, `.xlsx` or `.csv`; returns the number of its rows.

    Raises `UsageError` for another suffix, an unknown province, no task at all, or more than Excel holds.
    """
    if to.suffix.lower() not in {".xlsx", ".csv"} or to.is_dir():
        raise UsageError(f"Cannot tell how to write {to}. Name a file that ends in .xlsx or .csv with --to.")
    wanted = choice or Choice()
    facts = (found for result in read_results(out) for found in facts_of(result))
    rows = register_rows(chosen(facts, wanted), as_of=as_of)
    if not rows:
        raise UsageError(f"No task in {out} fits{f' {wanted}' if choice else ''}. Widen --agency or --province.")
    if len(rows) > MOST_ROWS:
        raise UsageError(f"{len(rows)} tasks are more than a sheet holds. Narrow them with --agency or --province.")
    try:
        write_whole(to, _encode(rows, to, as_of=as_of, language=language))
    except StoreError as error:
        reason = getattr(error.__cause__, "strerror", None) or error
        raise UsageError(f"Cannot write {to}: {reason}. Name another file with --to.") from error
    return len(rows)


def _encode(rows: Sequence[RegisterRow], to: Path, *, as_of: date, language: Language) -> bytes:
    if to.suffix.lower() == ".csv":
        from pipeline.register.csv_file import encode_csv

        return encode_csv(rows, language=language)
    from pipeline.register.workbook import encode_workbook

    return encode_workbook(rows, as_of=as_of, language=language)
