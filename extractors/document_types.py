"""The types of official documents and their abbreviations: "QĐ" is `Quyết định`, "TTr" is `Tờ trình`.

The table is Phụ lục III of Nghị định 30/2020/NĐ-CP with the legislative and the party's types added. It is shared data,
not an extractor: both the reader of citations and the reader of headers look types up here.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import NamedTuple


class DocumentType(NamedTuple):
    """`symbols` stand in document numbers (`12/QĐ-TTg`), `aliases` are further Vietnamese names."""

    code: str
    name: str
    aliases: tuple[str, ...]
    symbols: tuple[str, ...]
    example: str


@cache
def document_types() -> tuple[DocumentType, ...]:
    """Every row of the table."""
    return tuple(
        DocumentType(code, name, split_list(aliases), split_list(symbols), example)
        for code, name, aliases, symbols, example in data_rows("document_types.tsv")
    )


@cache
def type_codes_by_name() -> dict[str, str]:
    """Codes by casefolded name or alias.

    >>> type_codes_by_name()["tờ trình"]
    'TTr'
    """
    return {name.casefold(): row.code for row in document_types() for name in (row.name, *row.aliases)}


@cache
def type_codes_by_symbol() -> dict[str, str]:
    """Codes by the casefolded symbol of a document number.

    >>> type_codes_by_symbol()["ctr"]
    'CTr'
    """
    return {symbol.casefold(): row.code for row in document_types() for symbol in row.symbols}


def data_rows(name: str) -> list[list[str]]:
    """The rows of a data file, without remarks (`# …`) and without the row of column names."""
    lines = files("extractors").joinpath("data", name).read_text(encoding="utf-8").splitlines()
    rows = [line.split("\t") for line in lines if line.strip() and not line.startswith("#")]
    return rows[1:]


def split_list(cell: str) -> tuple[str, ...]:
    """The values of a cell that holds a comma-separated list."""
    return tuple(value.strip() for value in cell.split(",") if value.strip())
