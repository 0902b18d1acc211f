"""Both READMEs say what the code does: their example, their Python, their table of cases and their commands."""

from __future__ import annotations

import ast
import json
import re
from datetime import date
from typing import Any

import pytest

from extractors.deadlines import find_deadlines
from pipeline.cli import COMMANDS, app
from pipeline.extract import extract_document
from pipeline.store import encode
from tests.conftest import ROOT

READMES = ("README.md", "README.vi.md")
EXAMPLE = "corpus/ke-hoach/kh-so-hoa-luu-tru.txt"


def text_of(readme: str) -> str:
    return (ROOT / readme).read_text(encoding="utf-8")


def blocks(readme: str, language: str) -> list[str]:
    """The fenced blocks of a language, without the indent of a list that they may stand in."""
    found = re.findall(rf"^( *)```{language}\n(.*?)^ *```$", text_of(readme), re.MULTILINE | re.DOTALL)
    return [re.sub(rf"^{indent}", "", block, flags=re.MULTILINE) for indent, block in found]


def missing(shown: Any, made: Any, path: str = "") -> list[str]:
    """The places where what is *shown* is not in what was *made*; fields and items may be left out, not changed."""
    if isinstance(shown, dict):
        gone = [f"{path}.{key}" for key in shown if key not in made]
        return gone + [
            place for key in shown if key in made for place in missing(shown[key], made[key], f"{path}.{key}")
        ]
    if isinstance(shown, list) and shown and isinstance(shown[0], dict):
        unmatched = [item for item in shown if all(missing(item, candidate) for candidate in made)]
        return [f"{path}: {json.dumps(item, ensure_ascii=False)}" for item in unmatched]
    return [] if shown == made else [f"{path}: {shown!r} is {made!r}"]


@pytest.mark.parametrize("readme", READMES)
def test_the_example_is_what_the_code_makes_of_its_input(readme: str) -> None:
    data = (ROOT / EXAMPLE).read_bytes()
    assert blocks(readme, "text")[0] in data.decode()
    assert f"kehoach extract {EXAMPLE}" in text_of(readme)
    (shown,) = blocks(readme, "json")
    made = json.loads(encode(extract_document(data, path=EXAMPLE.rsplit("/", 1)[-1])))
    assert missing(json.loads(shown), made) == []


def test_a_changed_example_would_be_noticed() -> None:
    made = {"tasks": [{"id": "task-1", "leads": ["a"], "span": [1, 2]}]}
    assert missing({"tasks": [{"id": "task-1", "span": [1, 2]}]}, made) == []
    assert missing({"tasks": [{"id": "task-1", "span": [1, 3]}]}, made)
    assert missing({"tasks": [{"id": "task-1", "name": "a"}]}, made)


@pytest.mark.parametrize("readme", READMES)
def test_the_python_snippet_gives_what_its_last_comment_says(readme: str) -> None:
    (snippet,) = blocks(readme, "python")
    code, said = snippet.rstrip().rsplit("\n# ", 1)
    *statements, last = ast.parse(code).body
    names: dict[str, Any] = {}
    exec(compile(ast.Module(statements, []), readme, "exec"), names)
    assert isinstance(last, ast.Expr)
    assert eval(compile(ast.Expression(last.value), readme, "eval"), names) == ast.literal_eval(said)


@pytest.mark.parametrize("readme", READMES)
def test_the_table_of_cases_is_true(readme: str) -> None:
    context, *rows = blocks(readme, "text")[1].strip().splitlines()
    issued = date.fromisoformat(context.partition("issued: ")[2])
    assert len(rows) == 3
    for row in rows:
        text, expected, *_ = re.split(r"\s{2,}", row)
        found = " | ".join(map(str, find_deadlines(text, issued=issued))) or "-"
        assert (found != expected.removeprefix("! ")) if expected.startswith("!") else (found == expected)


@pytest.mark.parametrize("readme", READMES)
def test_every_command_and_no_other_is_named(readme: str) -> None:
    defined = {command.name or command.callback.__name__ for command in app.registered_commands if command.callback}
    named = set(re.findall(r"^\| `kehoach ([\w-]+)", text_of(readme), re.MULTILINE))
    assert named == defined == set(COMMANDS)


def test_both_name_the_same_commands_options_and_paths() -> None:
    names = r"`(kehoach [^`\n]+|--[\w-]+|(?:pipeline|extractors|schemas|tests|scripts)/[^`\n]*|\w+\.(?:json|py))`"
    english, vietnamese = (set(re.findall(names, text_of(readme))) for readme in READMES)
    assert english
    assert english == vietnamese
    makes = [re.findall(r"^    (make \w+) ", text_of(readme), re.MULTILINE) for readme in READMES]
    assert makes == [["make run", "make test"]] * 2


@pytest.mark.parametrize("readme", READMES)
def test_every_path_that_is_named_exists(readme: str) -> None:
    named = set(re.findall(r"`((?:pipeline|extractors|schemas|tests|scripts|corpus)/[\w./-]*)`", text_of(readme)))
    assert named
    assert [path for path in named if not (ROOT / path).exists()] == []
