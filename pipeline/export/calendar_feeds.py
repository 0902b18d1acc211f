"""iCalendar (RFC 5545): one feed for each lead agency and one of all, for Outlook, Google Calendar and Thunderbird.

    DTSTART;VALUE=DATE:20170630 / SUMMARY:Hoàn thành cổng dịch vụ công – Sở Thông tin và Truyền thông tỉnh Phú Thọ

A task is an all-day event on its due day, not a VTODO: Google and Outlook show no VTODO of a subscribed feed. Events
are "free", so that a deadline never makes anybody look busy, and carry no alarm: whoever subscribes sets one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from importlib.metadata import version
from pathlib import Path
from typing import NamedTuple

from icalendar import Calendar, Event, vRecur

from extractors.metadata.folding import folded
from pipeline.cell_text import one_line, shortened
from pipeline.errors import UsageError
from pipeline.export.account import Account
from pipeline.export.file_names import file_names
from pipeline.export.occurrences import NoDay, Occurrence, occurrence
from pipeline.export.options import Options
from pipeline.results import Result
from schemas import Agency, Deadline, Task

LONGEST_SUMMARY = 120
LONGEST_SENTENCE = 2_000
UNDATED = date(1970, 1, 1)
AGENCIES = "agencies"


class Entry(NamedTuple):
    """A task with one of its deadlines and the days on which it falls."""

    of: Result
    task: Task
    deadline: Deadline
    falls: Occurrence


def write(documents: Iterable[Result], directory: Path, options: Options, account: Account) -> None:
    """Write `all.ics` and a feed for each lead agency; with `options.agency` only those that are called so."""
    wanted = folded(options.agency or "")
    everything: list[Event] = []
    feeds: dict[str, list[Event]] = {}
    names: dict[str, str] = {}
    for entry in (entry for each in documents for entry in _entries(each, account)):
        leads = {lead.id: lead.name for lead in entry.task.leads if wanted in folded(lead.name)}
        if wanted and not leads:
            account.left_out("events of other agencies")
            continue
        event = _event(entry)
        everything.append(event)
        account.wrote("events")
        if not entry.task.leads:
            account.wrote("events in all.ics only (no lead agency)")
        for key, name in leads.items():
            names.setdefault(key, name)
            feeds.setdefault(key, []).append(event)
    if wanted and not feeds:
        raise UsageError(f"No lead agency with a dated task is called {options.agency}. Give a part of its full name.")
    (directory / "all.ics").write_bytes(_feed("Kế hoạch", everything))
    _write_feeds(directory / AGENCIES, feeds, file_names(names))
    account.wrote("feeds", len(feeds) + 1)


def _write_feeds(directory: Path, feeds: Mapping[str, Sequence[Event]], names: Mapping[str, str]) -> None:
    directory.mkdir()
    for key, events in feeds.items():
        (directory / f"{names[key]}.ics").write_bytes(_feed(names[key], events))


def _entries(of: Result, account: Account) -> Iterator[Entry]:
    """The dated tasks of a document; what has no day is counted with its reason."""
    deadlines = {deadline.id: deadline for deadline in of.document.deadlines}
    bound: set[str] = set()
    for task in of.document.tasks:
        own = [deadlines[found] for found in task.deadline_ids if found in deadlines]
        bound.update(deadline.id for deadline in own)
        if not own:
            account.left_out("tasks without a deadline")
        for deadline in own:
            falls = occurrence(deadline, issued=of.document.metadata.issued_on)
            if isinstance(falls, NoDay):
                account.left_out(f"deadlines of tasks: {falls.why}")
            else:
                yield Entry(of, task, deadline, falls)
    account.left_out("deadlines that bind no task", len(deadlines.keys() - bound))


def _feed(name: str, events: Iterable[Event]) -> bytes:
    calendar = Calendar()
    calendar.add("PRODID", f"-//kehoach//kehoach {version('kehoach')}//VI")
    calendar.add("VERSION", "2.0")
    calendar.add("CALSCALE", "GREGORIAN")
    calendar.add("METHOD", "PUBLISH")
    calendar.add("NAME", one_line(name))
    calendar.add("X-WR-CALNAME", one_line(name))
    for event in events:
        calendar.add_component(event)
    content: bytes = calendar.to_ical()
    return content


def _event(entry: Entry) -> Event:
    document, task, falls = entry.of.document, entry.task, entry.falls
    event = Event()
    event.add("UID", one_line(f"{document.id}.{task.id}.{entry.deadline.id}@kehoach"))
    event.add("DTSTAMP", datetime.combine(document.metadata.issued_on or UNDATED, datetime.min.time(), tzinfo=UTC))
    event.add("DTSTART", falls.first)
    event.add("DTEND", falls.last + timedelta(days=1))
    if falls.rule:
        event.add("RRULE", vRecur.from_ical(falls.rule))
    event.add("SUMMARY", _summary(task))
    event.add("DESCRIPTION", _description(entry))
    event.add("CATEGORIES", [one_line(text) for text in _categories(entry)])
    event.add("TRANSP", "TRANSPARENT")
    return event


def _summary(task: Task) -> str:
    leads = _names(task.leads)
    text = shortened(task.text, LONGEST_SUMMARY)
    return f"{text} – {shortened(leads, LONGEST_SUMMARY)}" if leads else text


def _description(entry: Entry) -> str:
    document, task = entry.of.document, entry.task
    metadata = document.metadata
    source = one_line(" ".join(filter(None, (metadata.doc_type, metadata.number))))
    lines = [
        ("Chủ trì", _names(task.leads)),
        ("Phối hợp", _names(task.partners)),
        ("Thời hạn", one_line(entry.deadline.surface)),
        ("Điều kiện", one_line(task.condition or "")),
        ("Văn bản", " – ".join(filter(None, (source, one_line(metadata.title or ""))))),
        ("Ngày ban hành", f"{metadata.issued_on:%d/%m/%Y}" if metadata.issued_on else ""),
        ("Nguồn", _place(entry)),
        ("Đã rà soát", "có" if entry.of.reviewed else ""),
    ]
    said = "\n".join(f"{name}: {value}" for name, value in lines if value)
    return f"{shortened(task.text, LONGEST_SENTENCE)}\n\n{said}"


def _place(entry: Entry) -> str:
    """Where the sentence stands: file, then line or page, and the section's path."""
    task, document = entry.task, entry.of.document
    first = next(iter(task.source_spans), None)
    where = f", trang {first.page}" if first and first.page else f", dòng {first.line}" if first and first.line else ""
    path = next((" / ".join(each.path) for each in document.sections if each.id == task.section_id), "")
    return one_line(f"{document.source.path}{where}" + (f" ({path})" if path else ""))


def _categories(entry: Entry) -> Iterator[str]:
    metadata = entry.of.document.metadata
    if metadata.number:
        yield metadata.number
    if metadata.doc_type:
        yield metadata.doc_type
    yield KIND_IN_WORDS[entry.deadline.kind]


def _names(agencies: Iterable[Agency]) -> str:
    return ", ".join(dict.fromkeys(one_line(agency.name) for agency in agencies))


KIND_IN_WORDS = {
    "by": "Thời hạn",
    "during": "Trong kỳ",
    "from": "Bắt đầu",
    "recurring": "Định kỳ",
    "relative": "Thời hạn",
}
