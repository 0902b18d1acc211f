"""Cleaning: the text of a source becomes the text that the rest of kehoach reads, one small named step after another.

Site chrome, Markdown marks and invisible characters go, hard-wrapped lines are joined, tone marks get one style,
spoiled words are restored. `STEPS` is the whole of it, in order; each step maps its characters back to the input.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Set
from dataclasses import dataclass, field

from pipeline.clean.characters import unify_characters
from pipeline.clean.chrome import drop_chrome, repeats_title
from pipeline.clean.flat_tables import rebuild_flat_tables
from pipeline.clean.frame import drop_frame
from pipeline.clean.labels import move_labels
from pipeline.clean.lines import join_lines
from pipeline.clean.markdown import drop_markdown
from pipeline.clean.openings import mend_openings
from pipeline.clean.page_marks import drop_page_marks
from pipeline.clean.pages import drop_page_breaks
from pipeline.clean.profiles import matching_profiles
from pipeline.clean.properties import SiteProperties, named_properties, read_properties
from pipeline.clean.run_in import break_run_in_lists
from pipeline.clean.scan_tables import find_agency_repairs, rebuild_scan_tables, scan_table_diagnostics
from pipeline.clean.spaces import drop_indents, join_figures, tidy_spaces
from pipeline.clean.specks import drop_specks
from pipeline.clean.splits import split_lines
from pipeline.clean.spoiled_names import find_spoiled_names
from pipeline.clean.tones import place_tones
from pipeline.clean.torn_words import restore_torn_words
from pipeline.mapped_text import Edit, MappedText
from pipeline.read.anchors import Anchors
from pipeline.read.source import SourceDocument, SourceTable
from pipeline.repair import find_repairs
from schemas import Diagnostic, Repair, Span

__all__ = ["STEPS", "CleanText", "SiteProperties", "clean"]

Step = Callable[[MappedText], MappedText]

STEPS: tuple[tuple[str, Step], ...] = (
    ("characters", unify_characters),
    ("chrome", drop_chrome),
    ("markdown", drop_markdown),
    ("page-marks", drop_page_marks),
    ("frame", drop_frame),
    ("specks", drop_specks),
    ("scan-tables", rebuild_scan_tables),
    ("flat-tables", rebuild_flat_tables),
    ("pages", drop_page_breaks),
    ("openings", mend_openings),
    ("splits", split_lines),
    ("spaces", tidy_spaces),
    ("figures", join_figures),
    ("labels", move_labels),
    ("run-in", break_run_in_lists),
    ("lines", join_lines),
    ("indents", drop_indents),
    ("tones", place_tones),
)


@dataclass(frozen=True, slots=True)
class CleanText:
    """The clean text with its way back, what the site said of it, and what was restored in it.

    `anchors` and `tables` are those of the source, in its own offsets.
    """

    text: MappedText
    properties: SiteProperties
    anchors: Anchors = field(default_factory=Anchors)
    tables: tuple[SourceTable, ...] = ()
    repairs: tuple[Repair, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()


def clean(source: SourceDocument, *, without: Set[str] = frozenset()) -> CleanText:
    """Clean the text of *source*; steps named in *without* (and `repairs`) are left out."""
    mapped = source.text
    changed: set[str] = set()
    for name, step in STEPS:
        if name not in without:
            before, mapped = mapped, step(mapped)
            changed |= {name} if mapped is not before else set()
    repairs: tuple[Repair, ...] = ()
    if "repairs" not in without:
        mapped, repairs = _repaired(mapped, changed=changed)
    told = [] if "chrome" in without else list(_site_diagnostics(source.text.text))
    if "frame" in changed:
        told.append(_FRAMED)
    if "scan-tables" in changed:
        told.extend(scan_table_diagnostics(mapped.text))
    return CleanText(
        text=mapped,
        properties=named_properties(source.properties) if source.properties else read_properties(source.text.text),
        anchors=source.anchors,
        tables=source.tables,
        repairs=repairs,
        diagnostics=(*source.diagnostics, *told),
    )


def _site_diagnostics(text: str) -> Iterator[Diagnostic]:
    for profile in matching_profiles(text):
        message = f"lines of the site are left out by the profile “{profile.name}”"
        yield Diagnostic(code="site-chrome", severity="info", message=message)
    if repeats_title(text):
        yield _TITLE_REPEATED


def _repaired(mapped: MappedText, *, changed: Set[str]) -> tuple[MappedText, tuple[Repair, ...]]:
    """Restore spoiled words; the spans of the repairs point into the restored text."""
    mapped, torn = restore_torn_words(mapped)
    found = find_repairs(mapped.text)
    names: list[Repair] = []
    if "openings" in changed or sum(one.rule == "wrong-mark" for one in found) >= _SCANNED:
        names = list(find_spoiled_names(mapped.text))
    if "scan-tables" in changed:
        names = _joined(list(find_agency_repairs(mapped.text)), names)
    if names:
        found = _joined(names, found)
    edits = [Edit(repair.span.start, repair.span.end, repair.after) for repair in found]
    return mapped.edited(edits), tuple(_moved(torn, found))


def _joined(names: list[Repair], words: list[Repair]) -> list[Repair]:
    """All repairs of *names*, and those of *words* that leave them alone, in order."""
    taken = {at for repair in names for at in range(*repair.span)}
    free = [repair for repair in words if taken.isdisjoint(range(*repair.span))]
    return sorted([*names, *free], key=lambda repair: repair.span)


def _moved(torn: Iterable[Repair], found: Iterable[Repair]) -> Iterator[Repair]:
    """All repairs in order, at their places after those of *found*; what one of *found* overlaps gives way to it."""
    shift = covered = 0
    for repair, is_found in sorted([(each, False) for each in torn] + [(each, True) for each in found], key=_by_start):
        start, end = repair.span
        if not is_found and start < covered:
            continue
        yield repair.model_copy(update={"span": Span(start + shift, start + shift + len(repair.after))})
        if is_found:
            shift += len(repair.after) - (end - start)
            covered = end


def _by_start(entry: tuple[Repair, bool]) -> tuple[int, bool]:
    return entry[0].span.start, not entry[1]


_SCANNED = 4  # misread marks tell that a text was scanned
_TITLE_REPEATED = Diagnostic(
    code="site-chrome", severity="info", message="the site's title before the labels of parts is left out"
)
_FRAMED = Diagnostic(
    code="site-chrome", severity="info", message="menu lines, counters or lists around the document are left out"
)
