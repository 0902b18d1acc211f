"""Write `docs/dataset.md`: every table and column from the row classes, ready questions with answers over `corpus/`.

    python scripts/write_dataset_docs.py

`tests/test_dataset_docs.py` fails when the page is not what this makes, and runs the page's Python.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple, get_args, get_origin, get_type_hints

from pipeline.dataset.answers import in_words
from pipeline.dataset.connect import ask, connect
from pipeline.dataset.frames import schema_of
from pipeline.dataset.questions import question, questions
from pipeline.dataset.rows import TABLES
from pipeline.dataset.search import search
from pipeline.dataset.store import build_dataset
from pipeline.dataset.views import MACROS, VIEWS
from pipeline.runs.inputs import find_inputs
from pipeline.workers.batch import process

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "dataset.md"
SHOWN_ROWS = 3
SHOWN_CHARACTERS = 90


class Worked(NamedTuple):
    """A ready question with values, and the columns that the page shows of its answer."""

    name: str
    values: dict[str, str]
    columns: tuple[str, ...]


def main() -> None:
    with tempfile.TemporaryDirectory() as out:
        read_corpus(Path(out))
        PAGE.write_text(page(Path(out)), encoding="utf-8")


def read_corpus(out: Path) -> None:
    """Read `corpus/` and build its dataset below *out*."""
    for item in find_inputs(ROOT / "corpus").files:
        process(item, out)
    build_dataset(out)


def page(out: Path) -> str:
    """The whole page, with answers over the dataset below *out*."""
    parts = [HEAD, *_tables(), *_views(), *_questions(), *_answers(out), *_search(out), TAIL]
    return "\n\n".join(part.strip("\n") for part in parts) + "\n"


def _tables() -> Iterator[str]:
    yield "## Tables"
    for table, row in TABLES.items():
        hints = get_type_hints(row, include_extras=True)
        lines = [f"| `{name}` | {_type(table, name)} | {_about(hint)} |" for name, hint in hints.items()]
        head = ["| column | type | what it says |", "|---|---|---|"]
        yield f"### `{table}`\n\n{' '.join((row.__doc__ or '').split())}\n\n" + "\n".join([*head, *lines])


def _views() -> Iterator[str]:
    yield "## Views and functions"
    for name, view in VIEWS.items():
        lines = [f"| `{column}` | {about} |" for column, about in view.columns.items()]
        yield f"### `{name}`\n\n{view.about}\n\n" + "\n".join(["| column | what it says |", "|---|---|", *lines])
    lines = [f"| `{name}` | {macro.about} |" for name, macro in MACROS.items()]
    yield "\n".join(["| function | what it gives |", "|---|---|", *lines])


def _questions() -> Iterator[str]:
    yield READY
    lines = []
    for found in questions().values():
        values = ", ".join(f"`{name}` {about} (`{default}`)" for name, default, about in found.parameters)
        lines.append(f"| `{found.name}` | {found.vi} | {found.en} | {values} |")
    yield "\n".join(["| name | câu hỏi | question | `--set` (default) |", "|---|---|---|---|", *lines])


def _answers(out: Path) -> Iterator[str]:
    yield WORKED_HEAD
    with closing(connect(out)) as connection:
        for number, worked in enumerate(WORKED, 1):
            asked = question(worked.name)
            answer = ask(connection, asked.sql, asked.values(worked.values, today=date.min))
            places = [answer.columns.index(column) for column in worked.columns]
            rows = [[row[place] for place in places] for row in answer.rows]
            given = "".join(f' --set {name}="{value}"' for name, value in worked.values.items())
            command = f"    kehoach query output/ --example {worked.name}{given}"
            more = f"\n\n… {len(rows)} rows in all." if len(rows) > SHOWN_ROWS else ""
            yield f"### {number}. {asked.en}\n\n{asked.vi}\n\n{command}\n\n{_grid(worked.columns, rows)}{more}"


def _search(out: Path) -> Iterator[str]:
    yield SEARCH
    rows = []
    for hit in search(out, SEARCHED, limit=SHOWN_ROWS):
        text = "".join(f"**{piece}**" if found else piece for piece, found in hit.snippet())
        rows.append((text, hit.due_on, f"{hit.path}, line {hit.source_line}"))
    yield f'    kehoach search output/ "{SEARCHED}"\n\n' + _grid(("found", "due_on", "place"), rows, longest=400)


def _grid(columns: Sequence[str], rows: Sequence[Sequence[Any]], *, longest: int = SHOWN_CHARACTERS) -> str:
    if not rows:
        return "No rows."
    lines = [f"| {' | '.join(columns)} |", f"|{'---|' * len(columns)}"]
    for row in rows[:SHOWN_ROWS]:
        cells = (in_words(value).replace("|", "\\|") for value in row)
        lines.append(f"| {' | '.join(cell if len(cell) <= longest else cell[:longest] + '…' for cell in cells)} |")
    return "\n".join(lines)


def _type(table: str, column: str) -> str:
    name = str(schema_of(table)[column]).lower()
    return TYPE_NAMES.get(name, name)


def _about(hint: Any) -> str:
    """What the annotation says, also of one that may be null."""
    if not hasattr(hint, "__metadata__"):
        (hint,) = (part for part in get_args(hint) if hasattr(part, "__metadata__")) if get_origin(hint) else (hint,)
    return str(hint.__metadata__[0])


TYPE_NAMES = {
    "string": "text",
    "int64": "integer",
    "float64": "number",
    "boolean": "yes/no",
    "list(string)": "list of text",
    "list(list(string))": "list of lists of text",
}
SEARCHED = "bao cao hang thang"
WORKED = (
    Worked("due-by-quarter", {}, ("quarter", "agency_now", "tasks", "first_task", "place")),
    Worked("overdue", {"as_of": "2022-07-01"}, ("due_on", "days_over", "leads", "text", "place")),
    Worked("due-soon", {"as_of": "2022-06-01", "days": "30"}, ("due_on", "days_left", "leads", "text", "place")),
    Worked("budgets-by-source", {}, ("source", "year", "amount_vnd", "lines", "largest_line", "place")),
    Worked(
        "indicator-across-provinces",
        {"indicator": "tỷ lệ"},
        ("province", "comparator", "value", "unit", "by_day", "indicator", "place"),
    ),
    Worked("most-implemented", {}, ("doc_type", "number", "issued_on", "documents", "place")),
    Worked("coordination-load", {}, ("agency_now", "coordinates", "leads", "first_task", "place")),
    Worked("commune-load", {}, ("province_now", "commune", "as_lead", "as_partner", "first_task", "place")),
    Worked("reports-by-month", {"year": "2023"}, ("month", "said", "leads", "text", "place")),
    Worked("failed-sums", {}, ("failed_checks", "checks", "caption", "unit", "place")),
)
HEAD = """
# The dataset

<!-- Written by scripts/write_dataset_docs.py; change that, or the row classes, and run it. -->

`kehoach run` ends by building a dataset over all documents of the results directory; `kehoach dataset output/` does so
alone. It is made from `documents/*.json`, or from `reviewed/*.json` where a person has corrected a document.

| file | what it is |
|---|---|
| `dataset/<table>/<bucket>.parquet` | the tables below, one row a record, typed; one file up to 2,000 documents, else 2, 4, 8, … of about equal size, a document always in the same |
| `dataset/manifest.json` | which JSON files the tables were made from, so that only buckets with changed documents are written again |
| `kehoach.duckdb` | views of the same names over the files, for DuckDB itself: `cd output && duckdb kehoach.duckdb` |
| `search.sqlite` | the full-text index of tasks and targets |

The directory can be moved as a whole. Two runs over the same documents give the same Parquet files and the same index,
byte by byte; `kehoach.duckdb` bears an identifier that DuckDB draws by lot, and is left alone while its views are the
same. A build that is cut off leaves the former dataset, and the next one completes it.

Dates are days; money is in whole đồng; a value that the text does not give is null or an empty list. A record's own id
is unique in its document, so tables are joined over `document_id` and that id. `place_of(path, line, page, element)` says where a
number can be looked up; `span_start` and `span_end` count in the `text` of the document's JSON (`documents.result`).

    kehoach query output/ "SELECT doc_type, count(*) FROM documents GROUP BY ALL"
    kehoach query output/ --file question.sql --set year=2016 --format csv --to answer.csv
    kehoach query output/ --examples

SQL is DuckDB's; `--format` is `table`, `csv`, `json` or `parquet`. Only one SELECT is run at a time, and it reads the
tables of the dataset and no other file.
"""  # noqa: E501
READY = """
## Ready questions

`kehoach query output/ --example NAME` asks one; its SQL is in `pipeline/dataset/examples/NAME.sql`, to begin one's own
from. Each answer names a document and a place for each row. `today` as a default is the day on which it is asked.
"""
WORKED_HEAD = """
## Ten questions worked out

Over the samples in `corpus/`, after `make run`; the first rows of each answer, some columns left out.
"""
SEARCH = """
## Full-text search

Words are found with or without their diacritics. All of them must be there; those in quotes must stand together, and
nothing else in a query has a meaning. Words with the diacritics of the query, words that stand side by side, and, after
`kehoach run --words`, words that segmentation joined (`chữ_ký`) rank higher. `--due-before`, `--agency`, `--province`,
`--kind tasks` and `--limit` narrow it, `--json` is for programs.
"""
TAIL = '''
## From Python

```python
from pathlib import Path

import polars as pl

from pipeline.dataset.connect import connect

output = Path("output")

# polars reads the files themselves
tasks = pl.scan_parquet(output / "dataset/tasks/*.parquet")
documents = pl.scan_parquet(output / "dataset/documents/*.parquet")
by_year = (
    tasks.join(documents, on="document_id")
    .group_by("year")
    .agg(pl.len().alias("tasks"), pl.col("due_on").count().alias("dated"))
    .sort("year")
    .collect()
)
print(by_year)

# DuckDB through the views
connection = connect(output)
rows = connection.execute(
    """
    SELECT a.name, count(*) AS tasks
    FROM task_agencies a
    WHERE a.role = 'lead'
    GROUP BY a.name
    ORDER BY tasks DESC, a.name
    LIMIT 3
    """
).fetchall()
print(rows)
connection.close()
```

SQL that somebody else wrote goes through `pipeline.dataset.connect.ask`, which refuses all but reading.

## Size and speed

On two cores shared with other work, Python 3.11. 105 real documents (5,000 tasks; 23 MB of JSON): built in 3 s, in
0.03 s when nothing has changed; each ready question in at most 0.15 s, a search in 4 ms, the commands with their start
in 0.6 s. 4,000 documents (0.87 GB of JSON, copies of these by `scripts/multiply_documents.py`): tables in 40 to 50 s,
index in 11 to 13 s; 1 to 2 s when one document has changed; at most 0.65 GB of memory in a process; a search in 0.1 to
0.2 s.

100,000 documents (4.7 million tasks, 8.2 million sections; 22 GB of JSON, copies too, so that the tables, 0.4 GB, are
smaller than those of as many different documents would be), on two cores busy with other work (load 5 to 9):

| step | on the clock (of a core) | memory |
|---|---|---|
| `kehoach dataset`: tables, links, agencies from the JSON files | 20 min (9 min of each core) | 0.5 GB a process |
| full-text index (5 GB) in the same command | 17 min (7 min of one core) | 0.5 GB |
| ready questions, with the command's start | 1 to 9 s (0.6 to 4 s) | 0.8 GB |
| of these `agency-series` | 13 s (4.4 s) | 2.7 GB |
| search for a rare word | 2.4 s (0.8 s) | 0.06 GB |
| search for words that stand in very many tasks | 7 to 23 s (2 to 6 s) | 0.06 GB |

Multiplied as rows (`--tables`) on a quieter machine the same questions took 0.1 to 2.4 s, `agency-series` 4 s, searches
below 0.1 s to 7.5 s, the index 14 min.

## Limits

- A link to a cited document is set only where number, type, date and issuer leave no doubt; numbers begin anew each
  year and in each province, so a citation without a date often stays without a link.
- An agency that was divided has one successor here, the first that the registry names.
- Which lines of a nested budget count (`budget_lines.counts`) is told by their labels and sums; a subtotal that names a
  source and whose parts name none is added to other sources as if it were one.
- The funding source of a budget line (`budget_lines.source`) is told by the words of its label.
'''

if __name__ == "__main__":
    main()
