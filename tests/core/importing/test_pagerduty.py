"""PagerDuty's incidents, log entries and webhooks tell of the same incident, and are put together."""

import json
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fairlead.core.importing import Reading, merged, read_pagerduty
from fairlead.core.importing.pagerduty import NO_ID, NOT_PAGERDUTY
from tests.core.importing.samples import NOW, clocks, sample, shown


def read(*values, **given_):
    text = "\n".join(value if isinstance(value, str) else json.dumps(value) for value in values)
    return read_pagerduty(text.encode(), now=NOW, **given_)


def incident(**more):
    return {"id": "P1", "type": "incident", "title": "It broke", "created_at": "2026-11-20T13:00:00Z"} | more


def entry(kind="annotate_log_entry", **more):
    made = {"type": kind, "summary": "said", "created_at": "2026-11-20T13:10:00Z", "incident": {"id": "P1"}}
    return made | more


def event(kind, at="2026-11-20T14:00:00Z", **data):
    return {"event": {"event_type": kind, "occurred_at": at, "data": incident(**data)}}


def test_incidents_of_the_rest_api_are_read():
    reading = read_pagerduty(sample("pagerduty.json"), now=NOW)
    first, second = reading.incidents
    assert (reading.problems, reading.is_readable) == ((), True)
    assert (first.source_id, first.title, first.zone) == ("pagerduty:PT4KHLK", "Checkout answers 502", "UTC")
    assert clocks(first) == ["20 13:31", "20 13:31", None, "20 14:32"]
    assert clocks(second) == ["20 15:00", "20 15:00", None, None]
    assert first.problems == second.problems == ()


def test_log_entries_become_the_timeline_of_their_incident_in_the_order_of_time():
    files = (read_pagerduty(sample(name), now=NOW) for name in ("pagerduty.json", "pagerduty_log.json"))
    first, second = merged([one for reading in files for one in reading.incidents])
    assert shown(first) == [
        ("13:31", "Triggered through the API. — Checkout answers 502"),
        ("13:52", "Note added. — The route change was rolled back."),
        ("14:32", "Resolved by the website."),
    ]
    assert second.entries == ()


def test_log_entries_alone_tell_the_title_and_the_times():
    (found,) = read_pagerduty(sample("pagerduty_log.json"), now=NOW).incidents
    assert found.title == "Checkout answers 502"
    assert clocks(found) == ["20 13:31", "20 13:31", None, "20 14:32"]


def test_webhooks_one_a_line_are_one_incident():
    (found,) = read_pagerduty(sample("pagerduty_webhooks.jsonl"), now=NOW).incidents
    assert clocks(found) == ["20 13:31", "20 13:31", None, "20 14:32"]
    assert [words for _at, words in shown(found)] == [
        "Incident triggered",
        "Note: The route change was rolled back.",
        "Incident resolved",
    ]


def test_the_same_webhook_a_thousand_times_is_told_once():
    (found,) = read(*[event("incident.resolved")] * 1000).incidents
    assert len(found.entries) == 1


@pytest.mark.parametrize(
    "values",
    [
        [incident()],
        [[incident()]],
        [{"incidents": [incident()]}],
        [{"incident": incident()}],
        [{"incident": incident(), "log_entries": []}],
        [{"event_type": "incident.triggered", "data": incident()}],
    ],
)
def test_an_incident_is_found_in_every_wrapping(values):
    reading = read(*values)
    assert [one.source_id for one in reading.incidents] == ["pagerduty:P1"]
    assert reading.problems == ()


def test_log_entries_inside_an_incident_belong_to_it():
    for value in (
        incident(log_entries=[entry(incident=None)]),
        {"incident": incident(), "log_entries": [entry(incident=None)]},
    ):
        (found,) = read(value).incidents
        assert shown(found) == [("13:10", "said")]


def test_a_log_entry_alone_or_without_words_is_read():
    (found,) = read(
        entry("acknowledge_log_entry", summary=None),
        entry(channel={"type": "auto", "summary": "x"}, note="why"),
    ).incidents
    assert [words for _at, words in shown(found)] == ["acknowledge", "said — why"]


def test_a_resolved_incident_without_its_time_takes_the_last_change():
    (found,) = read(incident(status="resolved", last_status_change_at="2026-11-20T15:00:00Z")).incidents
    assert clocks(found)[3] == "20 15:00"


def test_an_incident_that_is_open_again_is_not_resolved():
    (found,) = read(incident(status="acknowledged", resolved_at="2026-11-20T15:00:00Z")).incidents
    assert clocks(found)[3] is None
    reopened = event("incident.reopened", at="2026-11-20T14:30:00Z")
    (found,) = read(event("incident.resolved"), reopened).incidents
    assert clocks(found)[3] is None
    (found,) = read(
        event("incident.resolved"), reopened, event("incident.resolved", at="2026-11-20T15:00:00Z")
    ).incidents
    assert clocks(found)[3] == "20 15:00"
    (found,) = read({"event": {"event_type": "incident.reopened", "data": incident()}}).incidents
    assert found.entries == ()


def test_a_log_that_ends_before_the_incident_was_opened_again_does_not_resolve_it():
    over = entry("resolve_log_entry", created_at="2026-11-20T14:10:00Z")
    open_again = incident(status="triggered", last_status_change_at="2026-11-20T14:30:00Z")
    (found,) = read(open_again, over).incidents
    assert clocks(found)[3] is None
    (apart,) = merged(read(over).incidents + read(open_again).incidents)  # the two from two files
    assert clocks(apart)[3] is None
    assert found.reopened == datetime(2026, 11, 20, 14, 30, tzinfo=UTC)
    (found,) = read(incident(), over, entry("reopen_log_entry", created_at="2026-11-20T14:20:00Z")).incidents
    assert clocks(found)[3] is None
    (found,) = read(open_again, entry("resolve_log_entry", created_at="2026-11-20T15:00:00Z")).incidents
    assert clocks(found)[3] == "20 15:00"


def test_an_event_without_the_incidents_own_time_takes_its_own():
    (found,) = read(event("incident.triggered", created_at=None)).incidents
    assert clocks(found)[0] == "20 14:00"
    (found,) = read(event("incident.unheard_of", created_at=None)).incidents
    assert (clocks(found)[0], shown(found)) == (None, [("14:00", "incident.unheard_of")])


def test_what_cannot_be_read_is_named_and_the_rest_goes_in():
    reading = read(
        42,
        {"x": 1},
        incident(id=None),
        {"incidents": [7, incident()]},
        entry(incident={}),
        {"event": {"event_type": "pagey.ping", "data": {"type": "ping"}}},
        {"event": {"data": {}}},
    )
    assert [one.source_id for one in reading.incidents] == ["pagerduty:P1"]
    assert reading.problems == (
        f"Record 1: {NOT_PAGERDUTY}",
        f"Record 2: {NOT_PAGERDUTY}",
        f"Record 3: {NO_ID}",
        "Record 4: 1 of its incidents could not be read.",
        "Record 5: it does not say which incident it belongs to.",
        f"Record 6: {NO_ID}",
        f"Record 7: {NOT_PAGERDUTY}",
    )


def test_times_that_cannot_be_read_are_named_beside_the_incident():
    (found,) = read(incident(created_at="soon")).incidents
    assert found.problems[0] == "created_at: “soon” is not a time we can read."
    (found,) = read(entry(created_at=None), entry(created_at="soon")).incidents
    assert found.problems == (
        "Record 1: nothing says when it was.",
        "created_at: “soon” is not a time we can read.",
    )


def test_a_cut_file_keeps_what_stands_before_the_cut():
    reading = read(json.dumps([incident(), incident(id="P2")])[:-20])
    assert [one.source_id for one in reading.incidents] == ["pagerduty:P1"]
    assert reading.problems[0].startswith("It ends in the middle.")


def test_an_empty_list_is_well_and_an_empty_file_is_not():
    for well in ({"incidents": []}, []):
        assert read(well) == Reading()
    assert read(" \n").problems == ("It is empty.",)
    assert not read("<xml/>").is_readable
    assert not read_pagerduty(b"%PDF", now=NOW).is_readable


def test_times_without_a_zone_take_the_given_one():
    (found,) = read(incident(created_at="2026-11-20T14:00:00"), zone="Europe/Berlin").incidents
    assert (clocks(found)[0], found.zone, found.problems) == ("20 13:00", "Europe/Berlin", ())


KEYS = (
    *("id", "type", "incidents", "incident", "log_entries", "event", "data", "created_at", "event_type"),
    *("title", "alerts", "labels", "annotations", "startsAt", "endsAt", "channel"),
)
JUNK = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5) | st.just("2026-11-20T13:00:00Z"),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(KEYS), inner, max_size=4),
    max_leaves=12,
)


@given(JUNK)
def test_no_json_makes_it_fail(value):
    reading = read(value)
    assert reading.is_readable or reading.problems
