"""Rows of a table become incidents; the header says what is what, or the person does."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fairlead.core.importing import read_table, table
from fairlead.core.importing.cells import EITHER
from fairlead.core.importing.columns import columns_of
from tests.core.importing.samples import NOW, clocks, sample, shown


def read(text, **given_):
    return read_table(text.encode(), now=NOW, **given_)


def first(text, **given_):
    return read(text, **given_).incidents[0]


def started(cell, **given_):
    return first(f"title;started;zone\nIt broke;{cell};UTC\n", **given_)


def test_a_spreadsheet_is_read_row_by_row():
    reading = read_table(sample("incidents.csv"), now=NOW)
    down, formula, unread = reading.incidents
    assert (down.source_id, down.title, down.zone) == (
        "csv:INC-1",
        "Checkout down in all regions",
        "Europe/Berlin",
    )
    assert clocks(down) == ["20 13:27", None, None, "20 14:32"]
    assert shown(down) == [("13:31", "alert"), ("13:52", "rolled back")]
    assert formula.title == '=HYPERLINK("http://example.com")'
    assert clocks(formula) == ["19 22:50", None, None, "19 23:20"]
    assert unread.problems == ("started: “yesterday” is not a time we can read.",)
    assert reading.problems == ()
    assert reading.notes[0].startswith("Columns: title from “Summary”, started from “Started (CET)”")


@pytest.mark.parametrize(
    ("header", "fields"),
    [
        ("Title,Started,Resolved", {"title": 0, "started": 1, "resolved": 2}),
        ("incident_name,start_time,end_time", {"title": 0, "started": 1, "resolved": 2}),
        ("Summary,createdAt,closedAt", {"title": 0, "started": 1, "resolved": 2}),
        ("Description,Name,Date,Begin,End", {"title": 1, "day": 2, "started": 3, "resolved": 4}),
        ("Number,Name,Detected At (UTC),TZ", {"id": 0, "title": 1, "detected": 2, "zone": 3}),
        ("a,b", {}),
    ],
)
def test_columns_are_recognised_by_the_words_of_the_header(header, fields):
    assert {field: column.at for field, column in columns_of(header.split(","), {}).items()} == fields


def test_what_the_person_says_outranks_the_guess():
    found = columns_of(["Title", "What Broke"], {"title": "what broke"})
    assert found["title"].header == "What Broke"
    reading = read("Title,What broke,Begin\na,b,2026-11-20T10:00Z\n", mapping={"title": "What broke"})
    assert reading.incidents[0].title == "b"
    assert reading.notes[0].endswith("Not read: “Title”.")


@pytest.mark.parametrize(
    ("mapping", "problem"),
    [
        ({"titel": "a"}, "There is no field “titel”. There are: title, started,"),
        ({"title": "x"}, "There is no column “x”. There are: a, b."),
    ],
)
def test_a_mapping_to_nothing_says_what_there_is(mapping, problem):
    reading = read("a,b\n1,2\n", mapping=mapping)
    assert not reading.is_readable
    assert reading.problems[0].startswith(problem)


@pytest.mark.parametrize("text", ["", "\n\n", "a,b\n1,2\n", ",,\n1,2\n"])
def test_a_table_without_a_title_is_not_read(text):
    reading = read(text)
    assert not reading.is_readable
    assert reading.incidents == ()


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_every_usual_delimiter_is_recognised(delimiter):
    text = "title,started\r\nIt broke,2026-11-20 14:27Z\r\n\r\n".replace(",", delimiter)
    assert clocks(first(text))[0] == "20 14:27"


@pytest.mark.parametrize(
    ("cell", "clock"),
    [
        ("2026-11-20T14:27:05Z", "20 14:27"),
        ("2026-11-20 14:27", "20 14:27"),
        ("20.11.2026 14:27", "20 14:27"),
        ("20.11.2026, 14:27", "20 14:27"),
        ("11/20/2026 2:27 PM", "20 14:27"),
        ("20/11/2026 14:27", "20 14:27"),
        ("Nov 20, 2026 at 14:27", "20 14:27"),
        ("20 November 2026 14:27 CET", "20 13:27"),
        ("20 November 2026 14:27 ET", "20 19:27"),
        ("20.11.2026 24:00", "21 00:00"),
    ],
)
def test_a_time_is_read_as_people_write_it(cell, clock):
    incident = started(cell)
    assert clocks(incident)[0] == clock
    assert incident.problems == ()


@pytest.mark.parametrize(
    ("cell", "problem"),
    [
        ("soon", "is not a time we can read"),
        ("2026-11-20", "has no clock time"),
        ("14:27", "has no day"),
        ("14:27 or so", "is not a time we can read"),
        ("29 February 10:00", "is not a day that exists"),
        ("29.02.2025 10:00", "is not a time we can read"),
        ("0001-01-01T00:00:00Z", "is not a time we can read"),
        ("20.11.1960 10:00", "cannot be right"),
        ("25.10.2026 02:30 Europe/Berlin", "happened twice"),
        ("2027-01-01T10:00Z", "is in the future"),
    ],
)
def test_a_time_that_is_doubtful_is_named(cell, problem):
    assert any(problem in sentence for sentence in started(cell).problems)


def test_a_clock_alone_takes_the_day_of_the_row_the_time_before_or_the_command_line():
    text = "title,date,start,detected,end\na,2026-11-19,23:50,23:55,00:20\n"
    assert clocks(first(text, zone="UTC")) == ["19 23:50", "19 23:55", None, "20 00:20"]
    given_ = first("title,start\na,10:00\n", zone="UTC", day=date(2026, 11, 18))
    assert clocks(given_)[0] == "18 10:00"
    unread = first("title,date,start\na,someday,10:00\n", zone="UTC", day=date(2026, 11, 18))
    assert unread.problems == ("day: “someday” is not a day we can read.",)
    assert clocks(unread)[0] == "18 10:00"
    after_iso = first("title,start,end\na,2026-11-20T23:50:00Z,00:20\n", zone="UTC")
    assert clocks(after_iso)[3] == "21 00:20"


def test_one_row_that_tells_which_comes_first_tells_it_for_all():
    text = "title,started\na,03/04/2026 10:00Z\nb,{}\n"
    assert first(text.format("25/04/2026 10:00Z")).times.started.month == 4
    assert first(text.format("04/25/2026 10:00Z")).times.started.month == 3
    untold = first(text.format("05/06/2026 10:00Z"))
    assert untold.problems == (f"started: {EITHER}",)
    both = first(text.format("25/04/2026 10:00Z") + "c,04/25/2026 10:00Z\n")
    assert both.problems == (f"started: {EITHER}",)


def test_the_zone_comes_from_the_row_the_command_line_or_the_header():
    assert started("2026-11-20 14:27", zone="Asia/Tokyo").zone == "UTC"
    row = first("title,started,tz\na,2026-11-20 14:27,CET\n")
    assert (row.zone, clocks(row)[0]) == ("Europe/Berlin", "20 13:27")
    header = first("title,started (Asia/Tokyo)\na,2026-11-20 14:27\n")
    assert (header.zone, clocks(header)[0]) == ("Asia/Tokyo", "20 05:27")
    wrong = first("title,started,tz\na,2026-11-20 14:27,Nowhere\n", zone="UTC")
    assert wrong.problems[0].startswith("zone: “Nowhere” is not a zone we know.")
    none = first("title,started\na,2026-11-20 14:27\n")
    assert (none.zone, none.problems) == (None, (table.NO_ZONE,))


def test_a_timeline_without_a_start_takes_the_given_day():
    incident = first("title;log\na;10:00 down\n", zone="UTC", day=date(2026, 11, 18))
    assert [f"{entry.at:%d %H:%M}" for entry in incident.entries] == ["18 10:00"]


def test_a_row_without_an_id_is_known_by_what_is_read_of_it():
    text = "title,started,colour\na,2026-11-20T10:00Z,red\n"
    same = text.replace("red", "green")
    assert first(text).source_id == first(same).source_id
    assert first(text).source_id != first(text.replace("a,2", "b,2")).source_id


def test_rows_that_do_not_fit_are_named_and_the_rest_goes_in():
    reading = read("title,started,end\na,2026-11-20T10:00Z\n,2026-11-20T10:00Z,\n")
    short, nameless = reading.incidents
    assert short.problems == ("Line 2: there are 2 cells where the header has 3.",)
    assert nameless.problems == ("Line 3: there is no title.",)


def test_a_table_without_a_start_says_so_once():
    reading = read("title\na\nb\n")
    assert reading.problems == (table.NO_START,)
    assert len(reading.incidents) == 2


def test_a_quotation_mark_that_is_not_closed_does_not_stop_the_reading():
    rows = "\n".join(f"row {n},2026-11-20T10:00Z" for n in range(20_000))
    reading = read(f'title,started\n"open,2026-11-20T10:00Z\n{rows}\n')
    assert "quotation mark" in reading.problems[0]
    assert len(reading.incidents) > 10_000


def test_many_broken_rows_are_counted_and_not_listed(monkeypatch):
    monkeypatch.setattr(table, "_MOST_PROBLEMS", 1)
    cell = "x" * 140_000
    reading = read("title\n" + f"{cell}\n" * 3)
    assert reading.problems[1].startswith("And ")


def test_a_table_has_an_end(monkeypatch):
    monkeypatch.setattr(table, "MOST_ROWS", 2)
    reading = read("title,started\n" + "a,2026-11-20T10:00Z\n" * 5)
    assert len(reading.incidents) == 2
    assert reading.problems == ("Only the first 2 rows were read.",)


def test_a_workbook_is_not_a_table():
    assert not read_table(b"PK\x03\x04", now=NOW).is_readable


@given(st.text(alphabet='a1/:."=,;\n\r\t |-é', max_size=80))
def test_no_table_makes_it_fail(text):
    reading = read(f"title,started,date,end,log\n{text}")
    assert reading.is_readable


def test_the_names_of_the_columns_are_told_for_a_mapping():
    assert table.header_of(b"Was; Begin ;\n1;2;3\n") == ("Was", "Begin")
    assert table.header_of(b"\x00\x01") == ()
    assert table.header_of(b"") == ()
