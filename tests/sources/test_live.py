"""The live log: several write at once, each line once, nothing lost, and nobody else learns of it."""

import uuid
from datetime import UTC, datetime, timedelta

import pytest
from django.http import Http404
from django.urls import reverse

from fairlead.commons.blameless import NamesSomebody
from fairlead.commons.incidents.models import Incident
from fairlead.commons.timeline.selectors import entries_of
from fairlead.core.refusal import Refused
from fairlead.core.visibility import ResponderRole
from fairlead.foundation import clock
from fairlead.foundation.audit.models import AuditEntry
from fairlead.people.actors import actor_of
from fairlead.sources.live.models import Line
from fairlead.sources.live.selectors import earlier_readings, lines_since, nothing_new
from fairlead.sources.live.services import (
    line_add,
    line_change,
    log_begin,
    log_start,
    moment_has_come,
    role_take,
)
from fairlead.sources.records.door import open_source
from fairlead.sources.records.models import Source
from fairlead.sources.records.services import responder_add

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 10, 25, 1, 10, tzinfo=UTC)  # 02:10 again in Berlin


@pytest.fixture
def log(cast):
    made = log_start(
        cast.actor("engineer"),
        log_id=uuid.uuid4(),
        incident_id=uuid.uuid4(),
        title="The shop is slow",
        zone="UTC",
    )
    responder_add(open_source(cast.actor("engineer"), made.pk), colleague=cast.teammate)
    return made


@pytest.fixture
def as_(cast, log):
    return lambda name: open_source(cast.actor(name), log.pk)


def texts(opened) -> list[str]:
    return [line.words for line in lines_since(opened)]


def test_something_is_going_on_makes_one_incident_and_one_log_however_often_it_is_sent(cast):
    engineer, ids = cast.actor("engineer"), {"log_id": uuid.uuid4(), "incident_id": uuid.uuid4()}
    logs = {log_start(engineer, **ids, title="The shop is slow", zone="UTC").pk for _ in range(2)}
    assert len(logs) == 1
    incident = Incident.objects.get()
    assert abs(incident.started_at - clock.now()) < timedelta(minutes=1)
    assert open_source(engineer, logs.pop()).role is ResponderRole.COMMANDER


def test_a_title_that_names_somebody_begins_nothing(cast):
    with pytest.raises(NamesSomebody):
        log_start(
            cast.actor("teammate"),
            log_id=uuid.uuid4(),
            incident_id=uuid.uuid4(),
            title=f"{cast.engineer.name} broke the shop",
            zone="UTC",
        )
    assert not Incident.objects.exists()
    assert not Source.objects.exists()


def test_a_line_sent_again_is_there_once_with_its_first_words(as_):
    line = uuid.uuid4()
    for words in ("alarm", "alarm, sent again"):
        line_add(as_("engineer"), line_id=line, at=clock.now(), words=words)
    assert texts(as_("teammate")) == ["alarm"]


def test_lines_stand_as_they_happened_whoever_wrote_them_and_whenever_they_came(as_):
    now = clock.now()
    line_add(as_("engineer"), line_id=uuid.uuid4(), at=now, words="undone")
    line_add(
        as_("teammate"), line_id=uuid.uuid4(), at=now - timedelta(minutes=5), words="alarm, written offline"
    )
    seen = lines_since(as_("engineer"))
    assert [(line.words, line.who, line.number) for line in seen] == [
        ("alarm, written offline", "Priya Raman", 2),
        ("undone", "Jonas Lindqvist", 1),
    ]
    assert [line.number for line in lines_since(as_("engineer"), 1)] == [2]


def test_names_may_stand_in_the_log_and_are_sealed(cast, as_):
    line_add(as_("engineer"), line_id=uuid.uuid4(), at=clock.now(), words=f"{cast.teammate.name} looks at it")
    assert cast.teammate.name.encode() not in bytes(Line.objects.get().entry.words)


@pytest.mark.parametrize("name", ["manager", "other_manager", "hr", "director", "operator"])
def test_nobody_without_a_part_reads_it_nor_learns_that_there_is_something_new(cast, log, name):
    with pytest.raises(Http404):
        open_source(cast.actor(name), log.pk)
    assert not nothing_new(cast.actor(name), log.pk, 10_000)
    client = cast.client(name)
    nothing = client.get(reverse("log_since", args=[uuid.uuid4(), 0]))
    for path in (reverse("log", args=[log.pk]), reverse("log_since", args=[log.pk, 0])):
        answer = client.get(path)
        assert (answer.status_code, answer.content) == (404, nothing.content)


def test_where_nothing_is_new_no_key_is_unwrapped_and_no_decision_is_written(cast, log, as_):
    line_add(as_("engineer"), line_id=uuid.uuid4(), at=clock.now(), words="alarm")
    client = cast.client("teammate")
    from fairlead.foundation.audit.models import AuditEntry  # noqa: PLC0415 - counted here alone

    seen = client.get(reverse("log_since", args=[log.pk, 0])).json()["lines"]
    before = AuditEntry.objects.count()
    assert client.get(reverse("log_since", args=[log.pk, seen[0]["number"]])).json() == {"lines": []}
    assert AuditEntry.objects.count() == before


def test_a_correction_keeps_how_the_line_read_and_two_who_correct_notice_each_other(as_):
    line, now = uuid.uuid4(), clock.now()
    line_add(as_("engineer"), line_id=line, at=now, words="alarn")
    for _ in range(2):  # sent twice, made once
        line_change(as_("teammate"), line_id=line, edition=1, at=now, words="alarm")
    with pytest.raises(Refused, match="Somebody else corrected"):
        line_change(as_("engineer"), line_id=line, edition=1, at=now, words="ALARM")
    opened = as_("engineer")
    assert [(one.words, one.edition, one.number) for one in lines_since(opened)] == [("alarm", 2, 2)]
    assert [(one.words, one.who) for one in earlier_readings(opened, Line.objects.get())] == [
        ("alarn", "Priya Raman")
    ]


def test_a_line_is_dated_back_in_the_hour_that_comes_twice_and_over_midnight(cast, log):
    cast.teammate.zone = "Europe/Berlin"
    cast.teammate.save()
    client = cast.client("teammate")
    for typed, words in (
        (NOW, "02:30 alarm"),
        (NOW, "23:50 change"),
        (NOW + timedelta(minutes=30), "02:30 undone"),
    ):
        with clock.fixed(typed):
            sent = {"words": words, "typed_at": typed.isoformat(), "line_id": str(uuid.uuid4())}
            assert client.post(reverse("log_add", args=[log.pk]), sent).status_code == 302
    lines = lines_since(open_source(cast.actor("teammate"), log.pk))
    assert [(line.words, line.at.strftime("%d %H:%M")) for line in lines] == [
        ("change", "24 21:50"),
        ("alarm", "25 00:30"),
        ("undone", "25 01:30"),
    ]


def test_a_role_is_taken_with_one_tap_and_handed_over_by_it(as_):
    role_take(as_("teammate"), ResponderRole.COMMANDER)
    assert (as_("teammate").role, as_("engineer").role) == (ResponderRole.COMMANDER, ResponderRole.RESPONDER)


def test_only_whoever_leads_says_that_a_moment_has_come_and_only_once(cast, log, as_):
    with pytest.raises(Refused, match="leads"):
        moment_has_come(as_("teammate"), moment="mitigated", line_id=uuid.uuid4(), words="Mitigated")
    moment_has_come(as_("engineer"), moment="mitigated", line_id=uuid.uuid4(), words="Mitigated")
    assert Incident.objects.get().mitigated_at is not None
    assert texts(as_("engineer")) == ["Mitigated"]
    with pytest.raises(Refused):
        moment_has_come(as_("engineer"), moment="mitigated", line_id=uuid.uuid4(), words="Mitigated")
    assert texts(as_("engineer")) == ["Mitigated"]


def test_lines_become_entries_of_the_timeline_in_neutral_words(cast, log, as_):
    line = uuid.uuid4()
    line_add(as_("engineer"), line_id=line, at=clock.now(), words="Jonas undid it")
    client = cast.client("teammate")
    page = client.get(reverse("source", args=[log.incident_id])).content.decode()
    assert str(line) in page
    sent = {"line": [str(line)], f"what-{line}": "publish", f"words-{line}": "The change was undone"}
    assert client.post(reverse("source_publish", args=[log.pk]), sent).status_code == 302
    assert [entry.words for entry in entries_of(actor_of(cast.hr), log.incident)] == ["The change was undone"]
    assert lines_since(as_("engineer"))[0].published


def test_the_same_person_begins_one_log_of_an_incident(cast, log):
    again = log_begin(cast.actor("engineer"), log_id=uuid.uuid4(), incident=log.incident)
    assert again.pk == log.pk


def test_two_who_begin_a_log_of_one_incident_write_in_one(cast, log):
    manager = cast.actor("manager")
    joined = log_begin(manager, log_id=uuid.uuid4(), incident=log.incident)
    assert joined.pk == log.pk
    assert open_source(manager, log.pk).role is ResponderRole.RESPONDER
    assert open_source(cast.actor("engineer"), log.pk).role is ResponderRole.COMMANDER
    assert AuditEntry.objects.filter(action="source.joined", actor=manager.mark).count() == 1


def test_a_log_that_nobody_has_written_in_for_half_a_day_is_not_joined(cast, log):
    manager = cast.actor("manager")
    with clock.fixed(clock.now() + timedelta(hours=13)):
        assert log_begin(manager, log_id=uuid.uuid4(), incident=log.incident).pk != log.pk
        with pytest.raises(Http404):
            open_source(manager, log.pk)


def test_a_line_keeps_a_log_open_to_join(cast, log, as_):
    with clock.fixed(clock.now() + timedelta(hours=13)):
        line_add(as_("engineer"), line_id=uuid.uuid4(), at=clock.now(), words="still slow")
        assert log_begin(cast.actor("manager"), log_id=uuid.uuid4(), incident=log.incident).pk == log.pk


def test_when_the_incident_is_over_the_log_opens_only_for_whoever_is_let_in(cast, log):
    Incident.objects.update(resolved_at=clock.now())
    assert log_begin(cast.actor("manager"), log_id=uuid.uuid4(), incident=log.incident).pk != log.pk


def test_who_may_not_write_joins_no_log(cast, log):
    with pytest.raises(Refused):
        log_begin(cast.actor("director"), log_id=uuid.uuid4(), incident=log.incident)
    with pytest.raises(Http404):
        open_source(cast.actor("director"), log.pk)


@pytest.mark.parametrize("words", ["", "   ", "x" * 5001])
def test_a_line_that_cannot_be_kept_is_given_back_with_the_reason(cast, log, words):
    client = cast.client("teammate")
    sent = {"words": words, "line_id": str(uuid.uuid4())}
    answer = client.post(reverse("log_add", args=[log.pk]), sent, headers={"X-Requested-With": "fetch"})
    assert answer.status_code == 422
    assert answer.json()["problem"]
    assert not Line.objects.exists()


def test_a_line_of_another_log_is_refused(cast, as_):
    line = uuid.uuid4()
    line_add(as_("engineer"), line_id=line, at=clock.now(), words="alarm")
    other = log_start(
        cast.actor("manager"), log_id=uuid.uuid4(), incident_id=uuid.uuid4(), title="Another", zone="UTC"
    )
    with pytest.raises(Refused, match="another log"):
        line_add(open_source(cast.actor("manager"), other.pk), line_id=line, at=clock.now(), words="mine")


def test_a_status_update_that_names_somebody_is_not_drafted(cast, log):
    client, path = cast.client("teammate"), reverse("log_update", args=[log.pk])
    sent = {"state": "identified", "next_in": "30", "customers_see": f"{cast.engineer.name} is undoing it"}
    assert client.post(path, sent).status_code == 422
    draft = client.post(path, sent | {"customers_see": "The shop is slow."}).content.decode()
    assert "We know what causes it" in draft
    assert "Next update at" in draft
