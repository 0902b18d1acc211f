"""Activities in the order of the text, and which of them the lines of a form bind.

    a) Rà soát hồ sơ
    b) Số hóa tài liệu
    - Chủ trì: Sở Nội vụ
    c) Tập huấn

Sở Nội vụ leads a) and b): a line binds the run of activities before it that have none of their own, and the activity
behind it begins a new run. A line that no activity stands before binds the heading that it is below.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from pipeline.assemble.attribute_values import given_by_fields
from pipeline.assemble.drafting import WITH_ATTRIBUTES, Drafter
from pipeline.assemble.drafts import Attributes, TaskDraft, bound, union
from pipeline.assemble.forms import FormLine, home_section
from pipeline.assemble.lead_ins import LeadIn, LeadIns
from pipeline.assemble.reading import Reading
from pipeline.outline import Block
from schemas import Deadline, Span


@dataclass(slots=True)
class _Run:
    """The activities of one container since the last attribute line, and what attribute lines have given since."""

    container: tuple[str, int | None]
    drafts: list[int]
    given: Attributes | None = None


class Activities:
    """The drafts so far.

    `timed` are the places of those that forms give a time. `_headings` are the drafts of headings that are activities;
    `_passed_over` is the last block that is no directive by its words, which a form below it makes an activity.
    """

    def __init__(self, reading: Reading, drafter: Drafter, lead_ins: LeadIns) -> None:
        self.drafts: list[TaskDraft] = []
        self.timed: set[int] = set()
        self._reading = reading
        self._drafter = drafter
        self._lead_ins = lead_ins
        self._headings: dict[int, int] = {}
        self._run = _Run(("none", None), [])
        self._passed_over: Block | None = None
        self._form_says = False
        self._form_leads = False
        self._form_times = False

    def open_heading(self, block: Block, draft: TaskDraft | None) -> None:
        """Begin a run below the heading *block*, which may itself be the activity that attribute lines follow."""
        if draft is not None:
            self._run = _Run(("none", None), [])
            self._add(block, draft, None)
        self._run = _Run(("below", block.section), [])
        self._passed_over = None

    def take(self, block: Block, draft: TaskDraft | None) -> None:
        """Add *block* to the run of its list; it is a detail of what leads it in where it is no directive."""
        container = container_of(self._reading, block)
        if self._run.container != container or (self._run.given is not None and draft is not None):
            self._run = _Run(container, [])
        self._passed_over = block if draft is None else None
        lead_in = self._lead_ins.leading(block)
        if draft is None:
            if lead_in is not None:
                lead_in.details += 1
            return
        self._add(block, draft, lead_in)
        if draft.rule.endswith(WITH_ATTRIBUTES):
            self._run.given = Attributes()

    def last_stands_in(self, section: int | None) -> bool:
        """Whether the last activity of the run stands in *section*."""
        return any(self.drafts[number].section == section for number in self._run.drafts[-1:])

    def end_run(self) -> None:
        """Let no line of a form bind what stands before it."""
        self._run = _Run(("none", None), [])
        self._passed_over = None

    def stand_above(self, block: Block) -> bool:
        """Whether something stands above *block* that a line of a form can bind: an activity, or its heading."""
        section = home_section(self._reading, block)
        if self._run.drafts or self._passed_over is not None or section is None or section in self._headings:
            return True
        return not self._reading.addressees[section] and self._drafter.heading(section) is not None

    def form_speaks(self, line: FormLine) -> bool:
        """Whether the form that *line* is of gives anything to activities; its first line knows."""
        if line.rows:
            said = [given_by_fields(self._reading, span, fields) for span, fields in line.rows]
            self._form_says = any(given != Attributes() for given in said)
            self._form_leads = any(given.leads for given in said)
            self._form_times = any(field.kind == "time" for _, fields in line.rows for field in fields)
        return self._form_says

    def fill(self, block: Block, line: FormLine) -> None:
        """Let a line of a form bind the activities before it, or, where there are none, the heading that it is below.

        A *further* line of values below one label adds to those before it.
        """
        if line.rows and self._passed_over is not None:
            self._make_activity(self._passed_over)
        self._passed_over = None
        if any(field.kind != "content" or field.value < field.stop for field in line.fields):
            self.heading_as_activity(block)
        given = given_by_fields(self._reading, block.span, line.fields)
        if any(field.kind != "content" for field in line.fields):
            self._run.given = (self._run.given or Attributes()).merged(given)
        if self._run.given and (line.further or given.leads):  # `Chủ trì: …` above `Đồng chủ trì: …`: both lead
            given = self._run.given if line.further else replace(given, leads=self._run.given.leads)
        if not self._form_times:
            given = replace(given, deadlines=union(given.deadlines, self._told_as_content(block, line)))
        for number in self._run.drafts:
            self.drafts[number] = bound(self.drafts[number], given)
            if given.deadlines:
                self.timed.add(number)

    def _told_as_content(self, block: Block, line: FormLine) -> tuple[Deadline, ...]:
        """The times that `Nội dung: …` says: those of the activity, where the form has no line for them."""
        start = block.span.start
        told = (Span(start + field.value, start + field.stop) for field in line.fields if field.kind == "content")
        return tuple(deadline for span in told for deadline in self._reading.deadlines.within(span))

    def heading_as_activity(self, block: Block) -> None:
        """Let the heading above the attribute line *block* be the activity, where none stands between them."""
        section = home_section(self._reading, block)
        if section is None or self._run.drafts or self._run.container == ("heading", section):
            return
        if section not in self._headings:
            addressed = self._reading.addressees[section] and not self._form_leads
            draft = None if addressed else self._drafter.heading(section)
            if draft is None:
                return
            self._headings[section] = len(self.drafts)
            self.drafts.append(draft)
        self._run = _Run(("heading", section), [self._headings[section]])

    def _make_activity(self, block: Block) -> None:
        draft = self._drafter.above_form(block)
        if draft is None:
            return
        if self._run.given is not None:
            self._run = _Run(container_of(self._reading, block), [])
        self._add(block, draft, self._lead_ins.leading(block))

    def _add(self, block: Block, draft: TaskDraft, lead_in: LeadIn | None) -> None:
        self._run.drafts.append(len(self.drafts))
        self.drafts.append(draft)
        self._lead_ins.passed(block, draft)
        # a bullet that leads in those beside it has said its part where details of it stand between
        if lead_in is not None and not (lead_in.flat and lead_in.details):
            lead_in.introduced += 1


def container_of(reading: Reading, block: Block) -> tuple[str, int | None]:
    """Items of one list share the section above them; bullets and paragraphs share the section they stand in."""
    if block.kind == "item" and block.section is not None:
        return ("items", reading.outline.sections[block.section].parent)
    return ("blocks", block.section)
