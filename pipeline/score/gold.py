"""Gold files: what a careful reader found in a text, written by hand.

Gold for texts that are not ours to publish quotes nothing from them: where a string stands in the text, the file says
`{"at": [line, column, line, column]}`, which is read from the text itself (lines from 1; columns from 0, in code
points, the last one exclusive; the lines as `str.splitlines` cuts them, joined by spaces). Words that the lines of a
table tear apart have several such fours in one `at`, one after the other. What is read from a place has the file's own
repairs of its lines, as exported texts have them, where a line leaves no doubt which of its words was spoiled. A task
or a target without `text` is the whole of its `lines`, less its label or bullet.

    {"lines": [14, 15], "path": ["II", "3"], "condition": {"at": [15, 4, 15, 41]}, ...}
"""

from __future__ import annotations

import unicodedata
from pathlib import Path
from typing import Any

import orjson
import regex as re

from pipeline.errors import UsageError
from pipeline.score.comparable import Row


def read_gold(file: Path, source: str | None) -> Row:
    """The gold in *file* with all its strings, taken from *source*, the text that it is about.

    Raises `UsageError` when it is no gold file, or when it points into a text that is not given.
    """
    gold = read_json(file)
    lines = source.splitlines() if source is not None else None
    try:
        filled: dict[str, Any] = _filled(gold, lines, _repairs_of_lines(gold, lines or []))
    except _TextMissingError as error:
        raise UsageError(
            f"{file} points into {gold.get('doc', file.stem)}, which is not there; name the texts: --corpus DIR."
        ) from error
    except IndexError as error:
        raise UsageError(f"{file} points behind the end of its text; is it another version of the text?") from error
    for kind in ("tasks", "targets"):
        for row in filled.get(kind) or ():
            if "text" not in row and "lines" in row and lines is not None:
                row["text"] = block_text(lines, *row["lines"])
    _check(file, filled)
    return filled


def read_json(file: Path) -> Row:
    """The JSON object in *file*; raises `UsageError` when there is none."""
    try:
        content = orjson.loads(file.read_bytes())
    except (OSError, orjson.JSONDecodeError) as error:
        raise UsageError(f"Cannot read {file}: {error}.") from error
    if not isinstance(content, dict):
        raise UsageError(f"{file} holds no document.")
    return content


def block_text(lines: list[str], first: int, last: int) -> str:
    """Lines *first* to *last* as one block, without its label or bullet.

    >>> block_text(["a) Tổ chức", "tập huấn;"], 1, 2)
    'Tổ chức tập huấn;'
    """
    block: str = _LABEL.sub("", one_line(" ".join(lines[first - 1 : last])))
    return block


def one_line(text: str) -> str:
    """The text in composed form, each run of spaces as one."""
    composed: str = unicodedata.normalize("NFC", text)
    return " ".join(composed.split())


def _check(file: Path, gold: Row) -> None:
    """Raises `UsageError` when a record lacks what it cannot be compared without."""
    for kind, names in _NEEDED.items():
        for number, row in enumerate(gold.get(kind) or (), 1):
            lacking = [name for name in names if row.get(name) is None]
            if lacking:
                raise UsageError(f"{file} is no whole gold: number {number} of its {kind} has no {lacking[0]}.")


class _TextMissingError(Exception):
    """The gold points into a text that was not given."""


def _repairs_of_lines(gold: Row, lines: list[str]) -> dict[int, list[tuple[re.Pattern[str], str]]]:
    """What was spoiled in which line, and its repair; not a word that stands there more often than it was repaired."""
    found: dict[int, dict[str, list[str]]] = {}
    for row in gold.get("repairs") or ():
        found.setdefault(row.get("line", 0), {}).setdefault(row.get("before", ""), []).append(row.get("after", ""))
    sure: dict[int, list[tuple[re.Pattern[str], str]]] = {}
    for number, words in found.items():
        if not 1 <= number <= len(lines):
            continue
        for before, after in words.items():
            word = re.compile(rf"(?<!\w){re.escape(before)}(?!\w)")
            if before and len(set(after)) == 1 and len(word.findall(lines[number - 1])) == len(after):
                sure.setdefault(number, []).append((word, after[0]))
    return sure


def _filled(value: Any, lines: list[str] | None, repairs: dict[int, list[tuple[re.Pattern[str], str]]]) -> Any:
    """*value* with every pointer replaced by the words that it points to."""
    if isinstance(value, list):
        return [_filled(item, lines, repairs) for item in value]
    if not isinstance(value, dict):
        return value
    if value.keys() != {"at"}:
        return {name: _filled(item, lines, repairs) for name, item in value.items()}
    if lines is None:
        raise _TextMissingError
    pieces: list[str] = []
    for first, start, last, end in zip(*[iter(value["at"])] * 4, strict=True):
        for number in range(first, last + 1):
            piece = lines[number - 1][start if number == first else 0 : end if number == last else None]
            for before, after in repairs.get(number, ()):
                piece = before.sub(after.replace("\\", r"\\"), piece)
            pieces.append(piece)
    return one_line(" ".join(pieces))


_NEEDED = {"sections": ("path",), "tasks": ("text",), "targets": ("text",), "repairs": ("before", "after")}
_LABEL = re.compile(
    r"^(?:[-–+*•●▪]\s*|\(?(?:\d+(?:\.\d+)*|\p{Ll}|[IVX]+)[.)/]+\s+|\(\p{Ll}+\)\s*|\(\d+\)\s*|Điều \d+\.\s*)+"
)
