"""iCalendar feeds, read back with icalendar and with dateutil."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from pathlib import Path

import pytest
from dateutil.rrule import rrulestr
from icalendar import Calendar, Event

from pipeline.export.account import Account
from pipeline.export.calendar_feeds import write
from pipeline.export.occurrences import NoDay, Occurrence, occurrence
from pipeline.export.options import Options
from pipeline.results import Result
from schemas import Deadline
from tests.exported_plan import a_deadline, decree, hostile_plan, small_plan

ISSUED = date(2018, 2, 5)


def feeds(plans: Iterable[Result], directory: Path, options: Options | None = None) -> dict[str, list[Event]]:
    write(plans, directory, options or Options(), Account())
    found = {}
    for file in sorted(directory.rglob("*.ics")):
        content = file.read_bytes()
        assert content.count(b"\n") == content.count(b"\r\n")
        assert max(map(len, content.split(b"\r\n"))) <= 75
        calendar = Calendar.from_ical(content)
        assert not calendar.errors
        found[file.relative_to(directory).as_posix()] = list(calendar.walk("VEVENT"))
    return found


def test_each_lead_agency_has_a_feed_with_its_days(tmp_path: Path) -> None:
    found = feeds([small_plan(), decree()], tmp_path)
    finance = found["agencies/Sở Tài chính tỉnh Thái Bình.ics"]
    assert [(event["DTSTART"].dt, event["DTEND"].dt) for event in finance] == [(date(2018, 6, 29), date(2018, 6, 30))]
    assert finance[0]["SUMMARY"].startswith("Bố trí kinh phí thực hiện Kế hoạch trước ngày 30/6/2018")
    assert finance[0]["SUMMARY"].endswith("– Sở Tài chính tỉnh Thái Bình")
    said = finance[0]["DESCRIPTION"]
    assert "Văn bản: KH 12/KH-UBND – NÂNG CAO CHẤT LƯỢNG NƯỚC SẠCH" in said
    assert "Nguồn: a/small-plan.txt, dòng 35 (II / 2)" in said
    agriculture = found["agencies/Sở Nông nghiệp và Phát triển nông thôn tỉnh Thái Bình.ics"]
    assert "Phối hợp: Sở Y tế tỉnh Thái Bình" in agriculture[0]["DESCRIPTION"]
    (by_month,) = [event for event in agriculture if "RRULE" in event]
    assert by_month["RRULE"].to_ical() == b"FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=-1"
    assert by_month["DTSTART"].dt == date(2018, 3, 31)
    everything = found["all.ics"]
    assert {str(event["UID"]) for events in found.values() for event in events} == {str(e["UID"]) for e in everything}
    assert len({str(event["UID"]) for event in everything}) == len(everything)
    assert "Đã rà soát: có" in next(e for e in everything if "7/QĐ-UBND" in e["DESCRIPTION"])["DESCRIPTION"]


def test_every_event_has_what_rfc_5545_demands_and_no_clock(tmp_path: Path) -> None:
    for event in feeds([small_plan()], tmp_path)["all.ics"]:
        assert {"UID", "DTSTAMP", "DTSTART", "SUMMARY"} <= event.keys()
        assert event["DTSTAMP"].dt.date() == ISSUED
        assert event["DTSTART"].params["VALUE"] == "DATE"
        assert event["TRANSP"] == "TRANSPARENT"


def test_hostile_text_stays_text(tmp_path: Path) -> None:
    found = feeds([hostile_plan()], tmp_path)
    (event,) = found["all.ics"]
    assert "a,b\\n 𝓚ế <script>" in event["SUMMARY"]
    assert set(found) == {"all.ics", *(name for name in found if name.startswith("agencies/Sở Y tế CON rất"))}
    assert all(tmp_path in file.resolve().parents for file in tmp_path.rglob("*"))
    raw = (tmp_path / "all.ics").read_bytes()
    assert not set(raw) & {*range(9), 11, 12, *range(14, 32), 127}


def test_one_agency_alone(tmp_path: Path) -> None:
    found = feeds([small_plan(), decree()], tmp_path, Options(agency="so tai chinh"))
    assert list(found) == ["agencies/Sở Tài chính tỉnh Thái Bình.ics", "all.ics"]


def test_what_has_no_day_is_counted(tmp_path: Path) -> None:
    account = Account()
    write([small_plan()], tmp_path, Options(), account)
    assert account.omitted["tasks without a deadline"] == 1
    assert account.written["events"] == 3


@pytest.mark.parametrize(
    ("deadline", "falls"),
    [
        (a_deadline("by", end=date(2018, 6, 29)), Occurrence(date(2018, 6, 29), date(2018, 6, 29))),
        (
            a_deadline("during", start=date(2018, 4, 1), end=date(2018, 6, 30)),
            Occurrence(date(2018, 6, 30), date(2018, 6, 30)),
        ),
        (
            a_deadline("during", start=date(2018, 4, 1), end=date(2018, 4, 7)),
            Occurrence(date(2018, 4, 1), date(2018, 4, 7)),
        ),
        (a_deadline("from", start=date(2018, 4, 1)), Occurrence(date(2018, 4, 1), date(2018, 4, 1))),
        (a_deadline("relative", due=date(2018, 3, 7)), Occurrence(date(2018, 3, 7), date(2018, 3, 7))),
        (a_deadline("relative", offset="P15D"), NoDay("relative to an undated event")),
        (a_deadline("during"), NoDay("without a year")),
        (a_deadline("ongoing"), NoDay("ongoing")),
        (a_deadline("conditional"), NoDay("conditional")),
        (a_deadline("recurring"), NoDay("recurring at no said interval")),
        (a_deadline("recurring", recurrence="FREQ=DAILY"), NoDay("recurring every day")),
        (
            a_deadline("recurring", recurrence="FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=31"),
            NoDay("recurring, without a day within its bounds"),
        ),
        (
            a_deadline("recurring", recurrence="FREQ=YEARLY", end=date(2018, 6, 1)),
            NoDay("recurring, without a day within its bounds"),
        ),
    ],
)
def test_where_a_deadline_stands(deadline: Deadline, falls: Occurrence | NoDay) -> None:
    assert occurrence(deadline, issued=ISSUED) == falls


@pytest.mark.parametrize(
    ("rule", "days"),
    [
        ("FREQ=YEARLY", ["2018-12-31", "2019-12-31"]),
        ("FREQ=YEARLY;BYMONTH=10,11,12", ["2018-12-31", "2019-12-31"]),
        ("FREQ=YEARLY;BYMONTH=1,2,3,4,10,11,12", ["2018-04-30", "2019-04-30"]),
        ("FREQ=YEARLY;BYMONTH=1,7", ["2018-07-31", "2019-01-31"]),
        ("FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=15", ["2018-12-15", "2019-12-15"]),
        ("FREQ=YEARLY;BYMONTH=1;BYMONTHDAY=5", ["2019-01-05", "2020-01-05"]),
        ("FREQ=MONTHLY", ["2018-02-28", "2018-03-31"]),
        ("FREQ=MONTHLY;BYMONTHDAY=20", ["2018-02-20", "2018-03-20"]),
        ("FREQ=MONTHLY;INTERVAL=3", ["2018-03-31", "2018-06-30"]),
        ("FREQ=MONTHLY;INTERVAL=6", ["2018-06-30", "2018-12-31"]),
        ("FREQ=WEEKLY", ["2018-02-09", "2018-02-16"]),
    ],
)
def test_a_recurrence_falls_on_the_last_day_of_its_periods(rule: str, days: list[str]) -> None:
    found = occurrence(a_deadline("recurring", recurrence=rule), issued=ISSUED)
    assert isinstance(found, Occurrence)
    dates = rrulestr(found.rule or "", dtstart=datetime.combine(found.first, datetime.min.time()))
    assert [day.date().isoformat() for day in dates.xafter(datetime.min, count=2, inc=True)] == days
    assert found.first.isoformat() == days[0]


def test_a_bounded_recurrence_ends() -> None:
    deadline = a_deadline("recurring", recurrence="FREQ=YEARLY", start=date(2018, 1, 1), end=date(2020, 12, 31))
    found = occurrence(deadline, issued=None)
    assert isinstance(found, Occurrence)
    dates = rrulestr(found.rule or "", dtstart=datetime.combine(found.first, datetime.min.time()))
    assert [day.year for day in dates] == [2018, 2019, 2020]


def test_a_recurrence_needs_a_year_to_begin() -> None:
    found = occurrence(a_deadline("recurring", recurrence="FREQ=YEARLY"), issued=None)
    assert found == NoDay("recurring, in a document without a date")
