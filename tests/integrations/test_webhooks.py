"""Webhooks: authentic, recent and once; each makes an incident with a source for the team, and tells nobody more."""

import hashlib
import hmac
import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.test import Client

from fairlead.commons.incidents.models import Incident
from fairlead.commons.timeline.models import Entry
from fairlead.foundation import clock
from fairlead.integrations.pagerduty.models import Delivery
from fairlead.people.models import Team
from fairlead.sources.records.models import Source
from fairlead.sources.records.selectors import own_sources

pytestmark = pytest.mark.django_db
SAMPLES = Path(__file__).parents[1] / "data" / "importing"
SECRET = "a-secret-of-pagerduty"
BEARER = "a-secret-of-alertmanager"
NOW = datetime(2026, 11, 20, 13, 32, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _secrets(settings, cast):
    settings.FAIRLEAD_PAGERDUTY_SECRETS = ["an-older-secret-still-used", SECRET]
    settings.FAIRLEAD_ALERTMANAGER_SECRET = BEARER
    settings.FAIRLEAD_WEBHOOK_TEAM = "Network"
    with clock.fixed(NOW):
        yield


def event(number=0):
    return (SAMPLES / "pagerduty_webhooks.jsonl").read_bytes().splitlines()[number]


def pagerduty(body, *, secret=SECRET, header=None):
    signed = "v1=" + hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()
    return Client(enforce_csrf_checks=True).post(
        "/hooks/pagerduty/",
        body,
        content_type="application/json",
        headers={"X-PagerDuty-Signature": signed if header is None else header},
    )


def alerts(body, *, bearer=BEARER):
    return Client(enforce_csrf_checks=True).post(
        "/hooks/alertmanager/",
        body,
        content_type="application/json",
        headers={"Authorization": f"Bearer {bearer}"},
    )


def test_an_event_makes_an_incident_with_a_source_that_the_team_reads(cast):
    assert pagerduty(event()).status_code == 202
    incident = Incident.objects.get()
    assert incident.title == "Checkout answers 502"
    assert incident.started_at == datetime(2026, 11, 20, 13, 31, 4, tzinfo=UTC)
    everybody = ("manager", "engineer", "teammate", "other_manager", "hr")
    readers = {who for who in everybody if own_sources(cast.actor(who), incident)}
    assert readers == {"manager", "engineer", "teammate"}


def test_a_machine_that_repeats_itself_with_small_changes_fills_no_disk(monkeypatch):
    monkeypatch.setattr("fairlead.sources.intake.services._MOST_OF_A_MACHINE", 3)
    body = json.loads((SAMPLES / "alertmanager.json").read_bytes())
    for number in range(6):
        assert (
            alerts(json.dumps({**body, "alerts": body["alerts"][:1], "n": number}).encode()).status_code
            == 202
        )
    assert Source.objects.count() == 3


def test_later_events_go_on_with_the_same_incident():
    pagerduty(event())
    with clock.fixed(datetime(2026, 11, 20, 14, 32, 30, tzinfo=UTC)):
        assert pagerduty(event(2)).status_code == 202
    incident = Incident.objects.get()
    assert incident.resolved_at == datetime(2026, 11, 20, 14, 32, 10, tzinfo=UTC)
    assert [entry.words for entry in Entry.objects.all()] == ["Incident triggered", "Incident resolved"]
    assert Source.objects.count() == 2


def later(kind, at):
    told = json.loads(event(2))
    told["event"] |= {"id": f"{kind} {at}", "event_type": kind, "occurred_at": at.isoformat()}
    told["event"]["data"] |= {
        "status": "resolved" if kind.endswith("resolved") else "triggered",
        "resolved_at": None,
    }
    with clock.fixed(at + timedelta(seconds=20)):
        assert pagerduty(json.dumps(told).encode()).status_code == 202


def test_an_incident_that_is_opened_again_is_not_over_until_it_is_resolved_again():
    first, again, at_last = (datetime(2026, 11, 20, 14, minute, tzinfo=UTC) for minute in (32, 40, 55))
    pagerduty(event())
    later("incident.resolved", first)
    assert Incident.objects.get().resolved_at == first
    later("incident.reopened", again)
    assert Incident.objects.get().resolved_at is None
    later("incident.resolved", at_last)
    assert Incident.objects.get().resolved_at == at_last


def test_an_end_that_somebody_corrected_stays_when_it_is_opened_again(cast):
    first, corrected, again = (datetime(2026, 11, 20, 14, minute, tzinfo=UTC) for minute in (32, 30, 40))
    pagerduty(event())
    later("incident.resolved", first)
    Incident.objects.update(resolved_at=corrected)
    later("incident.reopened", again)
    assert Incident.objects.get().resolved_at == corrected


def test_the_same_event_many_times_is_taken_once():
    answers = [pagerduty(event()) for _ in range(20)]
    assert {answer.status_code for answer in answers} == {202}
    assert [answer.json()["incidents"] for answer in answers] == [1, *[0] * 19]
    assert (Incident.objects.count(), Source.objects.count(), Delivery.objects.count()) == (1, 1, 1)


@pytest.mark.slow
def test_the_same_delivery_a_thousand_times_makes_one_incident():
    body = (SAMPLES / "alertmanager.json").read_bytes()
    for _ in range(1000):
        assert pagerduty(event()).status_code == 202
        assert alerts(body).status_code == 202
    assert Incident.objects.filter(title="Checkout answers 502").count() == 1
    assert Incident.objects.count() == 1 + len(json.loads(body)["alerts"])
    assert Source.objects.count() == Incident.objects.count()


@pytest.mark.parametrize(
    "header",
    ["", "v1=0000", "v0=abc", "nonsense", "v1=" + hmac.new(b"wrong", b"", hashlib.sha256).hexdigest()],
)
def test_a_wrong_signature_is_refused_without_a_word(header):
    answer = pagerduty(event(), header=header)
    assert (answer.status_code, answer.content) == (401, b"")
    assert not Incident.objects.exists()


def test_an_old_event_is_refused_in_the_same_bytes_and_so_is_one_without_a_time():
    with clock.fixed(NOW + timedelta(minutes=10)):
        old = pagerduty(event())
    bare = pagerduty(b'{"event": {"id": "01A", "data": {"id": "P1", "title": "x"}}}')
    broken = pagerduty(b'{"event": ')
    deep = pagerduty(b"[" * 100_000)
    for answer in (old, bare, broken, deep):
        assert (answer.status_code, answer.content) == (401, b"")
    assert not Incident.objects.exists()


def test_a_changed_body_under_the_old_signature_is_refused():
    signed = "v1=" + hmac.new(SECRET.encode(), event(), hashlib.sha256).hexdigest()
    assert pagerduty(event().replace(b"502", b"500"), header=signed).status_code == 401


def test_two_signatures_while_a_secret_is_changed_are_fine():
    right = hmac.new(SECRET.encode(), event(), hashlib.sha256).hexdigest()
    assert pagerduty(event(), header=f"v1={'0' * 64},v1={right}").status_code == 202


def test_an_event_that_tells_of_no_incident_is_taken_and_changes_nothing():
    ping = json.dumps(
        {
            "event": {
                "id": "P",
                "event_type": "pagey.ping",
                "occurred_at": NOW.isoformat(),
                "data": {"message": "hi"},
            }
        }
    ).encode()
    assert pagerduty(ping).status_code == 202
    assert not Incident.objects.exists()


def test_deliveries_are_forgotten_when_they_could_no_longer_be_replayed():
    pagerduty(event())
    with clock.fixed(datetime(2026, 11, 20, 14, 32, 30, tzinfo=UTC)):
        pagerduty(event(2))
    assert Delivery.objects.count() == 1


@pytest.mark.parametrize("name", ["alertmanager.json", "grafana.json"])
def test_alerts_become_incidents_once_each(name):
    body = (SAMPLES / name).read_bytes()
    for _ in range(3):
        assert alerts(body).status_code == 202
    assert Incident.objects.count() == len(json.loads(body)["alerts"])


@pytest.mark.parametrize("bearer", ["", "wrong", BEARER + "x"])
def test_alerts_without_the_secret_are_refused_without_a_word(bearer):
    answer = alerts((SAMPLES / "alertmanager.json").read_bytes(), bearer=bearer)
    assert (answer.status_code, answer.content) == (401, b"")
    assert not Incident.objects.exists()


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b"\xff\xfe", b'{"alerts": [', b"[" * 100_000, b"{}"])
def test_a_body_that_is_no_alert_is_named_and_nothing_is_made(body):
    assert alerts(body).status_code in {202, 400}
    assert not Incident.objects.exists()


def test_a_body_beyond_the_limit_is_not_read():
    assert alerts(b" " * (1024 * 1024 + 1)).status_code == 413
    assert pagerduty(b" " * (1024 * 1024 + 1)).status_code == 413


def test_nothing_is_there_without_a_secret_or_without_a_team(settings):
    settings.FAIRLEAD_WEBHOOK_TEAM = ""  # there are two
    assert pagerduty(event()).status_code == 404
    Team.objects.exclude(name="Network").delete()
    assert pagerduty(event()).status_code == 202
    settings.FAIRLEAD_PAGERDUTY_SECRETS, settings.FAIRLEAD_ALERTMANAGER_SECRET = [], ""
    assert pagerduty(event()).status_code == 404
    assert alerts(b"{}").status_code == 404
