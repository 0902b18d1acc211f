"""Targets: every item of a goals section, every row of a target table, and blocks elsewhere that promise a figure."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from extractors.targets import (
    find_indicator,
    find_measures,
    heading_horizon,
    is_allotment,
    is_forecast,
    is_measured_promise,
    is_pledge,
    read_target_table,
)
from extractors.targets.tables import TargetRow
from extractors.targets.years import tells_the_level
from pipeline.assemble.attributes import read_attribute_line
from pipeline.assemble.directives import FEWEST_WORDS, is_form_field
from pipeline.assemble.drafts import TargetDraft, TaskDraft
from pipeline.assemble.goals import goal_places, sets_mark
from pipeline.assemble.reading import Reading
from pipeline.outline import Block, Grid
from schemas import Deadline, Measure, Span


@dataclass(slots=True)
class _LeadIn:
    """A block that leads goals in; a `flat` one, nothing but a time or a line before others of its form, leads in those
    at its own depth, too, as long as nothing deeper has stood below it, and the paragraphs below a bullet.
    """

    block: Block
    flat: bool
    period: Deadline | None
    above: _LeadIn | None
    nested: bool = False

    def opens_sections(self) -> bool:
        """Whether it leads in the sections that follow, as nothing else has stood below it: `Đến năm 2026:`."""
        return self.flat and self.period is not None and not self.nested and self.block.kind == "paragraph"

    def leads(self, block: Block) -> bool:
        """Whether *block*, the next one of its section, stands below this one."""
        deeper = block.kind == "bullet" and self.block.depth < block.depth
        self.nested |= deeper
        plain = block.kind == "item" or (block.kind == "paragraph" and self.block.kind == "bullet")
        beside = plain or (not self.nested and self.block.depth == block.depth)
        return deeper or (self.flat and beside)


def _leading(lead_in: _LeadIn | None, block: Block) -> _LeadIn | None:
    """Which of *lead_in* and those above it leads *block*: below `Đến năm 2026:` may stand `- Về kinh tế:` and more."""
    for _ in range(_MOST_LEVELS):
        if lead_in is None or lead_in.leads(block):
            return lead_in
        lead_in = lead_in.above
    return None


def block_targets(reading: Reading) -> Iterator[TargetDraft]:
    """A target for each item, bullet or paragraph of a goals section that does not only lead in others.

    Its period, where its own words give none, is that of the bullet or paragraph that leads it in, or of a heading; a
    mark among tasks says its own.
    """
    lead_ins: dict[int | None, _LeadIn] = {}
    goals = goal_places(reading)
    filled = _filled_sections(reading)
    blocks = [block for block in reading.outline.blocks if block.zone == "body"]
    for block, following in zip(blocks, [*blocks[1:], None], strict=False):
        home = _parent(reading, block.section) if block.kind in {"item", "heading"} else block.section
        if block.kind == "heading":
            above = lead_ins.get(home)
            if above is not None and block.section is not None and above.opens_sections():
                period = _period(reading, block.span) or above.period
                lead_ins[block.section] = _LeadIn(above.block, flat=True, period=period, above=None)
            if reading.kind_of(block) == "goals" and block.section not in filled:
                yield from _bare_heading(reading, block)
            continue
        timed = reading.only_a_time(block.span) or _only_a_horizon(reading.slice(block.span))
        if block.introduces or timed or _leads_in_lines(reading, block):
            flat = timed or _leads_in_lines(reading, block)
            above = _leading(lead_ins.get(home), block)
            period = _period(reading, block.span) or (above.period if above else None)
            lead_ins[block.section] = _LeadIn(block, flat, period, above)
            sections = {"item", "heading"} if timed else {"item"}
            if flat and following is not None and following.kind in sections:  # a section of its own
                lead_ins[_parent(reading, following.section)] = lead_ins[block.section]
            if block.span in goals and (target := _stated_total(reading, block, period)):
                yield target
        elif block.span in goals and _may_be_goal(reading.slice(block.span)):
            lead_in = _leading(lead_ins.get(home), block)
            period = None if sets_mark(reading, block) else heading_period(reading, block.section)
            period = (lead_in.period if lead_in else None) or period
            target = target_at(reading, block.span, block.section, period=period, rule="goal")
            text = reading.slice(block.span)
            stated = len(text.split(maxsplit=FEWEST_WORDS)) >= FEWEST_WORDS and not _DEFINES.match(text)
            if target.measures or stated:
                yield target


def _parent(reading: Reading, section: int | None) -> int | None:
    return None if section is None else reading.outline.sections[section].parent


def _leads_in_lines(reading: Reading, block: Block) -> bool:
    """Whether *block* leads in lines of its own form: `Đến năm 2030:` or `- Về kinh tế:` above other `-`."""
    return block.kind in {"paragraph", "bullet"} and reading.slice(block.span).endswith(":")


def _only_a_horizon(text: str) -> bool:
    """Whether *text* names nothing but the time of the goals below it: `Định hướng đến năm 2030`, without a mark."""
    bare = _LABEL.sub("", text)
    short = len(bare) < _LONGEST_HORIZON and "20" in bare
    return short and _HORIZON_LINE.fullmatch(bare) is not None and heading_horizon(bare) is not None


def promised_targets(reading: Reading, drafts: Iterable[TaskDraft]) -> Iterator[TargetDraft]:
    """Tasks that promise a measured result are targets, too; the time of their row or attribute is their period.

    What a law demands at least is a condition, no promise.
    """
    if reading.legislates:
        return
    for draft in drafts:
        own = {deadline.span for deadline in reading.deadlines.within(draft.span)}
        period = next((d for d in draft.deadlines if d.span not in own and d.kind in {"by", "during"}), None)
        said = _said(reading, draft.span, period)
        if said.measures and not _is_ruin(said.text) and is_measured_promise(said.text, said.measures, said.deadlines):
            yield said.target(draft.span, draft.section, "measured-promise")


def pledged_targets(reading: Reading, tasks: Iterable[TaskDraft]) -> Iterator[TargetDraft]:
    """Blocks of the body that are neither goals nor tasks and yet pledge a figure: a requirement that says how much."""
    if reading.normative:
        return
    goals = goal_places(reading)
    drafted = sorted(draft.span.start for draft in tasks)
    for block in reading.outline.blocks:
        text = reading.slice(block.span)
        plain = block.zone == "body" and block.section is not None and block.kind != "heading"
        if (
            not plain
            or block.span in goals
            or _any_in(drafted, block.span)
            or reading.kind_of(block) in _PLEDGE_NOTHING
        ):
            continue
        if "|" in text or _PRESENT_STATE.match(text):
            continue
        said = _said(reading, block.span, heading_period(reading, block.section))
        if reading.kind_of(block) == "funding":
            if is_allotment(text, said.measures):
                yield said.target(block.span, block.section, "pledge")
        elif said.measures and (is_pledge(text, said.measures) or _foretold(reading, said)):
            yield said.target(block.span, block.section, "pledge")


def led_targets(reading: Reading) -> Iterator[TargetDraft]:
    """Headings among tasks, and lines that lead them in, that promise a bounded figure: `Trồng trên 80 ha chè:`."""
    if reading.normative:
        return
    goals = goal_places(reading)
    for block in reading.outline.blocks:
        leads = block.zone == "body" and (block.kind == "heading" or block.introduces)
        if not leads or block.span in goals or reading.kind_of(block) not in _LED:
            continue
        said = _said(reading, block.span, heading_period(reading, block.section))
        bounded = any(measure.comparator != "=" for measure in said.measures)
        if bounded and is_measured_promise(said.text, said.measures, said.deadlines):
            yield said.target(block.span, block.section, "led-promise")


def _any_in(starts: Sequence[int], span: Span) -> bool:
    """Whether one of *starts*, in order, stands in *span*."""
    return bisect_left(starts, span.start) < bisect_left(starts, span.end)


def _foretold(reading: Reading, said: _Said) -> bool:
    """Whether *said* tells what something comes to after the document was issued."""
    return is_forecast(said.text, said.measures, after=reading.issued)


def _filled_sections(reading: Reading) -> frozenset[int | None]:
    """The sections that hold something besides their heading."""
    filled = {block.section for block in reading.outline.blocks if block.kind != "heading"}
    filled |= {section.parent for section in reading.outline.sections}
    return frozenset(filled | {grid.section for grid in reading.outline.grids})


def _bare_heading(reading: Reading, block: Block) -> Iterator[TargetDraft]:
    """The target of a goal that was taken for a heading, since nothing but its figure tells them apart."""
    period = heading_period(reading, block.section)
    target = target_at(reading, block.span, block.section, period=period, rule="goal")
    if any(measure.rule not in {"bare", "duration"} for measure in target.measures):
        yield target


def _stated_total(reading: Reading, block: Block, period: Deadline | None) -> TargetDraft | None:
    """The target of a goal that leads in others, where it gives a figure itself: `Có 900 ha rừng, cụ thể như sau:`."""
    period = period or heading_period(reading, block.section)
    target = target_at(reading, block.span, block.section, period=period, rule="goal")
    told = any(m.rule not in {"bare", "duration"} and (m.end or m.comparator != "=") for m in target.measures)
    return target if told and _may_be_goal(reading.slice(block.span)) else None


def target_at(reading: Reading, span: Span, section: int | None, *, period: Deadline | None, rule: str) -> TargetDraft:
    """The target that the words at *span* state."""
    return _said(reading, span, period).target(span, section, rule)


@dataclass(frozen=True, slots=True)
class _Said:
    """A text with its measures and times, whose spans point into it."""

    text: str
    measures: list[Measure]
    deadlines: list[Deadline]

    def target(self, span: Span, section: int | None, rule: str) -> TargetDraft:
        """The target that the text, which stands at *span*, states."""
        indicator = find_indicator(self.text, self.measures, self.deadlines)
        return TargetDraft(span, section, rule, indicator, tuple(_moved(m, span.start) for m in self.measures))


def _said(reading: Reading, span: Span, period: Deadline | None) -> _Said:
    text = reading.slice(span)
    deadlines = _moved_all(reading.deadlines.within(span), span)
    return _Said(text, find_measures(text, deadlines=deadlines, period=period), deadlines)


def grid_targets(reading: Reading, grid: Grid) -> Iterator[TargetDraft] | None:
    """The targets of *grid*, one a row, or None when it is no target table.

    A table without a caption takes the title of its annex for one.
    """
    title = reading.outline.sections[grid.section].title if grid.section is not None else None
    rows = read_target_table(
        [cell.text for cell in grid.header],
        [[cell.text for cell in row] for row in grid.rows],
        caption=grid.caption or title,
    )
    return None if rows is None else _row_targets(reading, grid, rows)


def heading_period(reading: Reading, section: int | None) -> Deadline | None:
    """The period that the nearest heading above gives (`Mục tiêu đến hết năm 2026`, `Tầm nhìn đến năm 2045`)."""
    heads = (reading.outline.sections[above].head for above in reading.ancestors(section))
    return next((period for head in heads if (period := _period(reading, head)) is not None), None)


def _period(reading: Reading, span: Span) -> Deadline | None:
    bounded = (d for d in reading.deadlines.within(span) if d.kind in {"by", "during"})
    dated = next((d for d in bounded if not tells_the_level(reading.text, d)), None)
    return dated or heading_horizon(_LABEL.sub("", reading.slice(span)))


def _may_be_goal(text: str) -> bool:
    attribute = read_attribute_line(text)
    if _COUNTS_GOALS.fullmatch(text):
        return False
    if _PRESENT_STATE.match(text) or is_form_field(text) or _is_ruin(text):
        return False
    return attribute is None or attribute.kind in {"content", "product"}


def _is_ruin(text: str) -> bool:
    """Whether bars make *text* the ruin of a scanned table; one between two words of a sentence is a speck."""
    before, bar, after = text.partition(" | ")
    return bar != "" and ("|" in after or not (before[-1:].islower() and after[:1].islower()))


def _row_targets(reading: Reading, grid: Grid, rows: Sequence[TargetRow]) -> Iterator[TargetDraft]:
    """A target for each row; an indicator whose cell spans rows is one, with the measures of them all."""
    targets: dict[Span, TargetDraft] = {}
    for row in rows:
        cell = grid.rows[row.row][row.column]
        if not cell.paragraphs:
            continue
        span = Span(cell.paragraphs[0].start, cell.paragraphs[-1].end)
        measures = []
        for column, measure in row.measures:
            paragraphs = grid.rows[row.row][column].paragraphs
            place = Span(paragraphs[0].start, paragraphs[-1].end) if paragraphs else None
            if place is not None and measure.raw not in reading.slice(place):  # put together across bars
                place = None
            measures.append(measure.model_copy(update={"span": place}))
        above = targets[span].measures if span in targets else ()
        targets[span] = TargetDraft(span, grid.section, "target-table-row", row.indicator, (*above, *measures))
    yield from targets.values()


def _moved(measure: Measure, by: int) -> Measure:
    if measure.span is None:
        return measure
    return measure.model_copy(update={"span": Span(measure.span.start + by, measure.span.end + by)})


def _moved_all(deadlines: Iterable[Deadline], span: Span) -> list[Deadline]:
    return [d.model_copy(update={"span": Span(d.span.start - span.start, d.span.end - span.start)}) for d in deadlines]


_LABEL = re.compile(r"^(?:Phần |Mục )?\(?(?:[IVXLC]+|\d{1,2}(?:\.\d{1,2})*|[a-zA-ZđĐ])[.)/:]?\s+")
_MOST_LEVELS = 4
_LONGEST_HORIZON = 90
_HORIZON_LINE = re.compile(
    r"(?i)(?:(?:về|các|một số|những|mục tiêu|chỉ tiêu|định hướng|phương hướng|tầm nhìn|phấn đấu|phát triển|cụ thể"
    r"|chủ yếu|tổng quát|cơ bản|đến|tới|hết|cuối|trong|năm|giai đoạn|thời kỳ|đạt|và|sau|như|20\d\d)[,:]?(?: |$)"
    r"|[-–—] )+"
)
_LED = frozenset({"tasks", "unknown", "assignment"})
_PLEDGE_NOTHING = frozenset({"situation", "effect", "scope"})
# What a thing is or consists of, said before its goals: `Nông nghiệp số là hoạt động …`, but `Tỉnh là trung tâm …`.
_DEFINES = re.compile(
    r"(?!mục tiêu|phấn đấu)(?:[^\W\d]+ ){1,6}(?:bao gồm ?:|là (?:hoạt động|quá trình|việc|tổng thể|tập hợp|khái niệm"
    r"|xã hội|nền kinh tế|hình thức|phương thức) )",
    re.IGNORECASE,
)
# What only says how many goals follow: `Các chỉ tiêu xã hội: 07 chỉ tiêu`.
_COUNTS_GOALS = re.compile(
    r"(?i)(?:về |nhóm |các |một số )*(?:chỉ tiêu|mục tiêu)?[^:;.()\d]{0,60}[:(] ?\(?(?:có |gồm )?\d{1,2}"
    r" (?:chỉ tiêu|mục tiêu)[\s).;:]*"
)
_PRESENT_STATE = re.compile(r"(?i)hiện nay|hiện tại|tính đến|đến nay|trong (?:những năm|thời gian) qua|\(|\[\d")
