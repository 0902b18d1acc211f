"""Every part of the road that is given a text, found in the code: a new one is grown and fuzzed without being listed.

    parts()["clean: tones"]("Kế hoạch")
    parts()["deadlines.find_deadlines"]("trước ngày 30/6/2025")

A part of the extractors is each public function whose first argument is a text; one that needs more arguments is called
as `CALLS` says. The assembler's functions that need nothing but a `Reading` are parts too (`draft_parts`); those that
work on one grid are reached through `extract.extract_document`.
"""

from __future__ import annotations

import importlib
import inspect
import pkgutil
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from itertools import pairwise
from types import ModuleType

import extractors
import pipeline.assemble
from extractors.acting import goes_on_to_act, tells_others
from extractors.agencies import find_agencies
from extractors.budgets import read_budget_table
from extractors.citations import find_citations, find_legal_bases, find_replaced
from extractors.conditions import find_condition
from extractors.deadlines import find_deadlines
from extractors.giving import gives_in_passing
from extractors.leading import Chain, is_told_by, last_mark, leading_part, shares_predicate
from extractors.roles import find_roles
from extractors.targets import (
    find_indicator,
    find_measures,
    is_allotment,
    is_forecast,
    is_measured_promise,
    is_pledge,
    read_target_table,
)
from pipeline.assemble.facts import read_facts
from pipeline.assemble.reading import Reading
from pipeline.assemble.survey import survey
from pipeline.clean import STEPS, clean
from pipeline.clean.torn_words import restore_torn_words
from pipeline.errors import UnreadableInputError
from pipeline.extract import extract_document
from pipeline.mapped_text import MappedText
from pipeline.read.html import read_html
from pipeline.read.text import read_text
from pipeline.repair import find_repairs
from pipeline.segment import segment

Part = Callable[[str], object]
COLUMNS = 4


def parts() -> dict[str, Part]:
    """Each part by its name, in the order of the road."""
    return {
        "read.read_text": _or_refused(lambda text: read_text(text.encode("utf-8", "surrogatepass"))),
        "read.read_html": _or_refused(lambda text: read_html(_page(text).encode("utf-8", "surrogatepass"))),
        **{f"clean: {name}": _of_mapped(step) for name, step in STEPS},
        "clean.restore_torn_words": lambda text: restore_torn_words(MappedText.of(text)),
        "repair.find_repairs": find_repairs,
        "segment.segment": segment,
        **dict(extractor_parts()),
        "extract.extract_document": _or_refused(lambda text: extract_document(text.encode(), path="a.txt")),
    }


def extractor_parts() -> Iterator[tuple[str, Part]]:
    """The public functions of the extractors that are given a text."""
    for module in _modules(extractors):
        for name, function in _public_functions(module):
            place = f"{module.__name__.removeprefix('extractors.')}.{name}"
            if place not in NOT_GIVEN_TEXT and takes_text(function):
                yield place, CALLS.get(place, function)


def draft_parts() -> Iterator[tuple[str, Callable[[Reading], object]]]:
    """The assembler's functions that make drafts of a whole reading."""
    for module in _modules(pipeline.assemble):
        for name, function in _public_functions(module):
            if _required(function) == ["Reading"]:
                yield f"{module.__name__.removeprefix('pipeline.')}.{name}", function


def reading_of(text: str) -> Reading:
    """What the assembler starts from."""
    cleaned = clean(read_text(text.encode()), without={"repairs"})
    return survey(cleaned.text.text, segment(cleaned.text.text), read_facts(cleaned))


def takes_text(function: Callable[..., object]) -> bool:
    """Whether *function* is given a text, or the cells of a table."""
    return _required(function)[:1] in (["str"], ["Sequence[str]"])


def _modules(package: ModuleType) -> list[ModuleType]:
    """The modules of *package*, without the insides of its packages."""
    return [
        importlib.import_module(f"{package.__name__}.{found.name}") for found in pkgutil.iter_modules(package.__path__)
    ]


def _public_functions(module: ModuleType) -> Iterator[tuple[str, Callable[..., object]]]:
    shown: Iterable[str] = getattr(module, "__all__", ())
    own = (name for name, thing in vars(module).items() if getattr(thing, "__module__", "") == module.__name__)
    for name in sorted({*shown, *own}):
        if inspect.isfunction(inspect.unwrap(getattr(module, name))) and not name.startswith("_"):
            yield name, getattr(module, name)


def _required(function: Callable[..., object]) -> list[str]:
    """The annotations of the arguments that *function* cannot do without."""
    given = inspect.signature(inspect.unwrap(function)).parameters.values()
    return [str(one.annotation) for one in given if one.default is one.empty and one.kind is not one.VAR_POSITIONAL]


def _of_mapped(step: Callable[[MappedText], MappedText]) -> Part:
    return lambda text: step(MappedText.of(text))


def _or_refused(part: Part) -> Part:
    """*part*, for which it is no fault to refuse a text."""

    def work(text: str) -> object:
        try:
            return part(text)
        except UnreadableInputError:
            return None

    return work


def _page(text: str) -> str:
    """*text* as the body of a web page whose lines are its paragraphs."""
    return "<html><body><h1>KẾ HOẠCH</h1><div>" + text.replace("\n", "</div><div>") + "</div></body></html>"


def _cells(text: str) -> tuple[Sequence[str], list[Sequence[str]]]:
    """Head and rows of a table filled with the lines and words of *text*."""
    words = [word.strip() for word in text.replace("\n", "|").split("|")]
    words = [piece for word in words for piece in ([word] if len(words) > COLUMNS else word.split(" "))]
    words += [""] * (-len(words) % COLUMNS)
    rows = [words[at : at + COLUMNS] for at in range(0, len(words), COLUMNS)]
    return ["Chỉ tiêu", "Đơn vị", "Năm 2025", "Kinh phí"], rows


def _budget_table(text: str) -> object:
    header, rows = _cells(text)
    return read_budget_table(header, rows, unit="triệu đồng", caption="Dự toán kinh phí")


def _target_table(text: str) -> object:
    header, rows = _cells(text)
    return read_target_table(header, rows, caption="Biểu chỉ tiêu")


def _of_neighbours(function: Callable[[str, Chain, Chain], bool]) -> Part:
    """*function* on every two agencies of a text that follow each other."""
    return lambda text: [function(text, first, second) for first, second in pairwise(_chains(text))]


def _chains(text: str) -> list[Chain]:
    return [Chain((agency,), (agency.span,), *agency.span) for agency in find_agencies(text) if agency.span]


# How to call what needs more than a text.
CALLS: dict[str, Part] = {
    "acting.goes_on_to_act": lambda text: goes_on_to_act(text, several=True, closed=True),
    "acting.tells_others": lambda text: tells_others(text, several=True),
    "budgets.read_budget_table": _budget_table,
    "citations.find_legal_bases": lambda text: find_legal_bases(text, find_citations(text)),
    "citations.find_replaced": lambda text: find_replaced(text, find_citations(text)),
    "giving.gives_in_passing": lambda text: gives_in_passing(text, parallel=True, several=True),
    "leading.is_told_by": _of_neighbours(is_told_by),
    "leading.last_mark": lambda text: last_mark(text, len(text)),
    "leading.leading_part": lambda text: [leading_part(text, chain, parallel=True) for chain in _chains(text)],
    "leading.shares_predicate": _of_neighbours(shares_predicate),
    "conditions.find_condition": lambda text: find_condition(text, find_deadlines(text)),
    "roles.find_roles": lambda text: find_roles(text, find_agencies(text)),
    "targets.find_indicator": lambda text: find_indicator(text, find_measures(text), find_deadlines(text)),
    "targets.is_measured_promise": lambda text: is_measured_promise(text, find_measures(text), find_deadlines(text)),
    "targets.is_forecast": lambda text: is_forecast(text, find_measures(text), after=date(2020, 1, 1)),
    "targets.is_allotment": lambda text: is_allotment(text, find_measures(text)),
    "targets.is_pledge": lambda text: is_pledge(text, find_measures(text)),
    "targets.read_target_table": _target_table,
}
# The name of a data file, and a pattern.
NOT_GIVEN_TEXT = frozenset({"document_types.data_rows", "whole_text.whole_text_pattern"})
