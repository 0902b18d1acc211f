"""What tells how sure a record is: `rule:task-table-row`, `lead:from-heading`, `words:long`, `text:damaged`.

Features are short names that a record has or has not. They are read off the finished document alone, so that the
model can be fitted to exported documents and a reviewer can see what made a record doubtful.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

import re2

from pipeline.assemble.directive_verbs import starts_with_directive_verb
from schemas import Agency, Citation, Deadline, PlanDocument, Record, Section, Span, Target, Task


class Features:
    """The features of the records of one *document*."""

    def __init__(self, document: PlanDocument) -> None:
        self.document = document
        self.deadlines: Mapping[str, Deadline] = {deadline.id: deadline for deadline in document.deadlines}
        self.sections: Mapping[str, Section] = {section.id: section for section in document.sections}
        self.repaired = [repair.span.start for repair in document.repairs]
        words = max(document.text.count(" "), 1)
        damage = 1000 * len(document.repairs) / words
        self.damage = "heavy" if damage > DAMAGED else "some" if damage > 1 else "none"
        self.bound = {i for task in document.tasks for i in task.deadline_ids}
        self.out_of_order = _out_of_order(document.sections)
        self.names = [one.span.start for one in document.repairs if one.rule == "agency-name"]
        self.scanned = [one.span for one in document.diagnostics if one.code == "scanned-table" and one.span]

    def _is_restored(self, task: Task) -> bool:
        """Whether a name in the row of *task* was misread."""
        end = self.document.text.find("\n", task.span.end)
        at = bisect_left(self.names, task.span.end)
        return at < len(self.names) and self.names[at] < end

    def of_task(self, task: Task) -> Iterator[str]:
        """Whether all fields of *task* are right."""
        text = task.text
        yield f"rule:{task.rule}"
        yield f"kind:{(task.rule or '').rpartition('-in-')[2]}"
        yield f"damage:{self.damage}"
        if self._repairs_within(task.span):
            yield "text:repaired"
        verb = starts_with_directive_verb(text)
        yield "text:verb" if verb else "text:no-verb"
        yield from _form(text)
        leads = {self.place_of(agency, task) for agency in task.leads} or {"none"}
        yield from (f"lead:{place}" for place in sorted(leads))
        if "own" not in leads and not verb:
            yield "text:no-verb-no-actor"
        yield f"leads:{min(len(task.leads), 4)}"
        yield f"partners:{min(len(task.partners), 4)}"
        for agency in (*task.leads, *task.partners):
            if agency.rule not in SURE_NAMES:
                yield f"name:{agency.rule}"
            if len(agency.name.split()) > LONG_NAME:
                yield "name:long"
        named = len(_AGENCY_WORD.findall(text))
        own = sum(self.place_of(agency, task) == "own" for agency in (*task.leads, *task.partners))
        yield f"unread-names:{min(max(named - own, 0), 3)}"
        coordinated = text.lower().count("phối hợp")
        assigns = _may_say(text, _ASSIGNING_CUES) and _ASSIGNS.search(text) is not None
        if coordinated and not task.partners:
            yield "partners:unread"
        if coordinated > 1:
            yield "partners:several-cues"
        if assigns and "own" not in leads:
            yield "lead:unread"
        if any(_within(task.span, table) for table in self.scanned):
            yield "table:scanned"
            if self._is_restored(task):
                yield "table:restored-names"
        times = list(self._times(task))
        yield from times
        yield from self._surroundings(task)
        place = "+".join(sorted(leads))
        yield f"kind+lead:{(task.rule or '').rpartition('-in-')[2]}:{place}"
        left = (f"unread-names:{max(named - own, 0)}", *times)
        plain = (verb or place == "own") and not coordinated > len(task.partners) and not assigns
        sure = all(agency.rule in SURE_NAMES and len(agency.name.split()) <= LONG_NAME for agency in task.leads)
        if plain and sure and "unread-names:0" in left and "unread-times:0" in left and "condition:unread" not in left:
            yield "plain"
            yield f"plain+lead:{place}"

    def _surroundings(self, task: Task) -> Iterator[str]:
        """Where in the document *task* stands, and how far away those are named who lead it."""
        section = self.sections.get(task.section_id or "")
        path = section.path if section else ()
        yield f"depth:{min(len(path), 5)}"
        if path and path[0].startswith("Phụ lục"):
            yield "place:annex"
        while section is not None:
            if section.id in self.out_of_order:
                yield "path:out-of-order"
            section = self.sections.get(section.parent_id or "")
        away = [task.span.start - agency.span.start for agency in task.leads if agency.span is not None]
        if away and max(away) > FAR:
            yield "lead:far-above"
        if any(agency.collective for agency in task.leads):
            yield "lead:collective"

    def _times(self, task: Task) -> Iterator[str]:
        bound = [self.deadlines[i] for i in task.deadline_ids if i in self.deadlines]
        for deadline in bound:
            yield f"deadline:{deadline.rule}"
            if not _within(deadline.span, task.span):
                yield "deadline:from-elsewhere"
        said = len(_TIME_WORD.findall(task.text)) if _may_say(task.text, _TIME_CUES) else 0
        own = sum(_within(deadline.span, task.span) for deadline in bound)
        yield f"unread-times:{min(max(said - own, 0), 3)}"
        if not task.condition and _may_say(task.text, _EVENT_CUES) and _EVENT_WORD.search(task.text):
            yield "condition:unread"
        if task.condition:
            yield "condition:read"

    def of_role(self, agency: Agency, task: Task, role: str) -> Iterator[str]:
        """Whether *agency* is the lead or partner of *task* that it is said to be."""
        place = self.place_of(agency, task)
        yield f"{role}:{place}"
        yield f"rule:{agency.rule}"
        yield f"{role}:{place}:{agency.rule}"
        yield f"damage:{self.damage}"
        if agency.collective:
            yield "collective"
        words = len(agency.name.split())
        yield "name:long" if words > LONG_NAME else "name:short" if words == 1 else "name:usual"
        if self._repairs_within(agency.span):
            yield "name:repaired"
        yield f"level:{agency.level}"
        yield f"task:{task.rule}"
        if place == "own" and agency.span is not None:
            offset = agency.span.start - task.span.start
            yield "place:first" if offset < 3 else "place:near" if offset < 80 else "place:far"

    def of_deadline(self, deadline: Deadline) -> Iterator[str]:
        """Whether the mention is a deadline and its normal form is right."""
        yield f"rule:{deadline.rule}"
        yield f"kind:{deadline.kind}"
        yield f"damage:{self.damage}"
        yield f"type:{self.document.metadata.doc_type}"
        if deadline.kind in {"by", "during", "from"} and not (deadline.start or deadline.end):
            yield "bounds:none"
        yield "bound" if deadline.id in self.bound else "unbound"

    def of_target(self, target: Target) -> Iterator[str]:
        """Whether the block is a target and its measures are right."""
        yield f"rule:{target.rule}"
        yield f"measures:{min(len(target.measures), 4)}"
        yield f"damage:{self.damage}"
        for measure in target.measures:
            yield f"measure:{measure.rule}"
            if not measure.start and not measure.end:
                yield "measure:no-period"
        figures = len(_FIGURE.findall(target.text))
        yield f"unread-figures:{min(max(figures - len(target.measures), 0), 3)}"
        yield from _form(target.text)

    def of_section(self, section: Section) -> Iterator[str]:
        """Whether path and title are right."""
        yield f"label:{_label_style(section.label)}"
        yield f"level:{min(section.level, 4)}"
        yield f"damage:{self.damage}"
        if section.id in self.out_of_order:
            yield "label:out-of-order"
        yield "title:none" if section.title is None else "title:long" if len(section.title) > 120 else "title:short"

    def of_citation(self, citation: Citation) -> Iterator[str]:
        """Whether the cited document is read right."""
        yield f"rule:{citation.rule}"
        yield f"damage:{self.damage}"
        yield "date:read" if citation.issued_on else "date:none"
        yield "issuer:read" if citation.issuer else "issuer:none"

    def of_record(self, record: Record) -> Iterator[str]:
        """Of records that only their rule tells about: repairs, tables, budgets."""
        yield f"rule:{record.rule}"
        yield f"damage:{self.damage}"

    def place_of(self, agency: Agency, task: Task) -> str:
        """Where the words stand that make *agency* what it is: `own`, `cell`, `heading`, `lead-in`."""
        if agency.span is None:
            return "unplaced"
        if _within(agency.span, task.span):
            return "own"
        if (task.rule or "").endswith("-row"):
            return "cell"
        if agency.span.start > task.span.end:
            return "attribute"
        section = self.sections.get(task.section_id or "")
        while section is not None:
            if section.title and section.span.start <= agency.span.start < section.span.start + len(section.title) + 20:
                return "heading"
            section = self.sections.get(section.parent_id or "")
        return "lead-in"

    def _repairs_within(self, span: Span | None) -> bool:
        if span is None:
            return False
        at = bisect_right(self.repaired, span.start - 1)
        return at < len(self.repaired) and self.repaired[at] < span.end


def _may_say(text: str, cues: Sequence[str]) -> bool:
    """Whether one of *cues* stands in *text*, so that a pattern which needs one is worth its time."""
    lower = text.lower()
    return any(cue in lower for cue in cues)


def _form(text: str) -> Iterator[str]:
    words = text.count(" ") + 1
    yield "words:few" if words < 8 else "words:usual" if words < 60 else "words:many" if words < 120 else "words:crowd"
    if text[:1].islower():
        yield "form:small-letter"
    if text[-1:] == ":":
        yield "form:colon"
    elif text[-1:] not in {".", ";", ",", ")", "”", "/"}:
        yield "form:no-stop"
    inner = len(_SENTENCE.findall(text)) if any(stop in text for stop in _INNER_STOPS) else 0
    yield f"sentences:{min(inner, 3)}"
    if _STRAY.search(text):
        yield "form:stray-marks"
    if _LABEL_INSIDE.search(text):
        yield "form:label-inside"


def _label_style(label: str) -> str:
    if " " in label:
        return label.split()[0]
    if "." in label:
        return "dotted"
    return "arabic" if label.isdigit() else "roman" if label.isupper() else "letter"


def _within(span: Span, outer: Span) -> bool:
    return outer.start <= span.start and span.end <= outer.end


def _out_of_order(sections: Sequence[Section]) -> set[str]:
    """The ids of numbered sections that do not follow the one before them under the same parent."""
    families: dict[str | None, list[Section]] = {}
    for section in sections:
        families.setdefault(section.parent_id, []).append(section)
    return {
        after.id
        for family in families.values()
        for before, after in pairwise(family)
        if before.label.isdigit() and after.label.isdigit() and int(after.label) != int(before.label) + 1
    }


DAMAGED = 8  # repairs in a thousand words
LONG_NAME = 14  # words
FAR = 2500  # characters
SURE_NAMES = frozenset({"registry", "collective", "shared-head", "named-place"})
_AGENCY_WORD = re.compile(
    r"\b(?:Sở|Bộ(?! luật)|UBND|Ủy ban|Công an|Ban (?:Quản|Chỉ|Dân|Tổ)|Chi cục|Cục|Tổng cục|Trung tâm|Văn phòng|Hội|"
    r"Liên đoàn|Đài|Báo|Công ty|Ngân hàng|[Cc]ác (?:sở|cơ quan|đơn vị|địa phương|bộ|cấp|ngành|doanh nghiệp|tổ chức))\b"
)
_ASSIGNS = re.compile(r"(?i)\b(?:có|chịu) trách nhiệm\b|\bgiao\s[A-ZĐ]|\byêu cầu (?:các )?[A-ZĐSs]|\bđề nghị\b")
_ASSIGNING_CUES = ("trách nhiệm", "giao", "yêu cầu", "đề nghị")
_TIME_CUES = (
    *("ngày", "tháng", "năm", "quý", "hằng", "hàng", "định kỳ", "thường xuyên", "giai đoạn", "trước mắt"),
    *(f"{digit}h" for digit in range(10)),
)
_TIME_WORD = re.compile(
    r"(?i)\bnăm \d{4}|\b(?:quý|tháng) (?:[IVX]+|\d)|\bngày \d|\b(?:hằng|hàng) (?:năm|quý|tháng|tuần|ngày)\b|"
    r"\bđịnh kỳ\b|\bthường xuyên\b|\bgiai đoạn \d|\btrước mắt\b|\b\d+ ngày\b|\b\d+ tháng\b|\b\d+h\d*\b"
)
_EVENT_CUES = ("khi", "nếu", "trường hợp")
_EVENT_WORD = re.compile(r"(?i)\b(?:khi|nếu|sau khi|trường hợp)\b")
_FIGURE = re.compile(r"\d+(?:[.,]\d+)*\s?%|\b\d+(?:[.,]\d+)*\b")
_INNER_STOPS = tuple(stop + space for stop in ".!?" for space in " \t\n\f\r\v")
_SENTENCE = re2.compile(r"[.!?]\s+\p{Lu}")
_STRAY = re2.compile(r"[|=_~<>{}\\^]|\.{4}|(?:^|\s)l(?:\s|$)|\p{Ll}\p{Lu}")
_LABEL_INSIDE = re.compile(r"[.;:] (?:[a-zđ]\)|\d{1,2}[.)]|[-+•]) ")
