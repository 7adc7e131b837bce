"""Alerts of Alertmanager and Grafana become incidents, each known by its fingerprint and its start."""

import json

from hypothesis import given

from fairlead.core.importing import merged, read_alertmanager
from fairlead.core.importing.alertmanager import NO_START, NOT_AN_ALERT
from tests.core.importing.samples import NOW, clocks, sample, shown
from tests.core.importing.test_pagerduty import JUNK


def read(*values, **given_):
    return read_alertmanager("\n".join(map(json.dumps, values)).encode(), now=NOW, **given_)


def body(*alerts, **more):
    return {"version": "4", "alerts": list(alerts)} | more


def alert(**more):
    return {"status": "firing", "fingerprint": "f1", "startsAt": "2026-11-20T13:00:00Z"} | more


def test_each_alert_of_a_webhook_is_an_incident():
    north, south = read_alertmanager(sample("alertmanager.json"), now=NOW).incidents
    assert north.title == "Checkout answers with errors in the north"
    assert north.source_id == "alertmanager:c1a7a3e4b5d60f12@2026-11-20T13:31:04.123456Z"
    assert clocks(north) == ["20 13:31", "20 13:31", None, "20 14:32"]
    assert shown(north) == [
        ("13:31", "Alert fired: CheckoutErrors — More than half of the requests fail."),
        ("14:32", "Alert resolved: CheckoutErrors"),
    ]
    assert south.title == "Checkout answers with errors"
    assert clocks(south)[3] is None
    assert north.problems == south.problems == ()


def test_grafanas_offsets_and_values_are_read():
    (found,) = read_alertmanager(sample("grafana.json"), now=NOW).incidents
    assert found.title == "Queue too long"
    assert clocks(found)[0] == "20 13:31"
    assert "value=44.2" in found.entries[0].text


def test_the_same_webhook_a_thousand_times_is_one_incident():
    reading = read(*[body(alert())] * 1000)
    assert len(merged(reading.incidents)) == 1


def test_firing_and_then_resolved_is_one_incident_with_both_times():
    over = alert(status="resolved", endsAt="2026-11-20T14:00:00Z")
    (found,) = merged(read([body(alert()), body(over)]).incidents)
    assert clocks(found) == ["20 13:00", "20 13:00", None, "20 14:00"]


def test_an_alert_that_fires_again_later_is_another_one():
    reading = read(body(alert(), alert(startsAt="2026-11-21T13:00:00Z")))
    assert len(merged(reading.incidents)) == 2


def test_a_firing_alert_with_an_end_to_come_is_not_resolved():
    assert clocks(read(body(alert(endsAt="2026-11-20T14:00:00Z"))).incidents[0])[3] is None
    told = alert(status=None, endsAt="2026-11-20T14:00:00Z")
    assert clocks(read(body(told)).incidents[0])[3] == "20 14:00"


def test_without_a_fingerprint_the_labels_tell_alerts_apart():
    first, again, other = read(
        body(
            *(alert(fingerprint=None, labels={"alertname": name, "n": 1}) for name in ("a", "a", "b")),
        )
    ).incidents
    assert first.source_id == again.source_id != other.source_id


def test_the_name_comes_from_the_group_when_the_alert_has_none():
    (found,) = read(body(alert(), groupLabels={"alertname": "Disk"})).incidents
    assert found.title == "Disk"
    assert read(body(alert())).incidents[0].title == "an alert without a name"


def test_what_is_missing_is_named_beside_the_alert():
    unknown, undated = read(body(alert(startsAt=None), alert(status="resolved"))).incidents
    assert (unknown.problems, unknown.entries) == ((NO_START,), ())
    assert undated.problems == ("It is resolved, and nothing says when.",)


def test_what_is_not_an_alert_is_named_and_the_rest_goes_in():
    reading = read({"x": 1}, body(alert(), 7))
    assert len(reading.incidents) == 1
    assert reading.problems == (f"Record 1: {NOT_AN_ALERT}", "Record 2: 1 of its alerts could not be read.")


def test_alerts_that_were_cut_off_are_counted():
    assert read(body(alert(), truncatedAlerts=4)).problems == (
        "Record 1: 4 more alerts of the group were not sent (max_alerts).",
    )
    assert read(body(alert(), truncatedAlerts=0)).problems == ()


def test_a_file_that_is_something_else_is_not_readable():
    assert not read({"incidents": []}).is_readable
    assert not read_alertmanager(b"{", now=NOW).is_readable
    assert not read_alertmanager(b"\x89PNG", now=NOW).is_readable
    assert read_alertmanager(b"", now=NOW).problems == ("It is empty.",)
    assert read(body()).is_readable


@given(JUNK)
def test_no_json_makes_it_fail(value):
    reading = read({"alerts": [value]}, value)
    assert reading.is_readable
