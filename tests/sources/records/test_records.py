"""A source is kept byte for byte for its responders, and for nobody else."""

import uuid
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.http import Http404
from django.urls import reverse

from fairlead.commons.incidents.models import Incident
from fairlead.commons.timeline.models import Entry
from fairlead.core.refusal import Refused
from fairlead.core.visibility import ResponderRole
from fairlead.foundation import clock
from fairlead.foundation.audit.models import AuditEntry
from fairlead.foundation.outbox.worker import work_once
from fairlead.foundation.vault import erasure
from fairlead.foundation.vault.models import DataKey
from fairlead.people.services import retention_set
from fairlead.sources.records.door import open_source, open_sources
from fairlead.sources.records.models import RawEntry, Source
from fairlead.sources.records.publishing import lines_publish
from fairlead.sources.records.selectors import content_of, own_sources, raw_lines, responders_of
from fairlead.sources.records.services import (
    NewRaw,
    draft_keep,
    raw_entries_settle,
    responder_add,
    source_erase_if_due,
    source_keep,
)

pytestmark = pytest.mark.django_db
KEPT = datetime(2026, 11, 20, 17, tzinfo=UTC)
RAW = b"14:27 jonas: pushed it \xff\x00\r\n14:31 priya: loop!"


@pytest.fixture
def incident(db):
    return Incident.objects.create(title="Routing loop", zone="UTC")


def keep(cast, incident, who="teammate", *, source_id=None, content=RAW, kind="text", **more):
    with clock.fixed(KEPT):
        return source_keep(
            cast.actor(who),
            source_id=source_id or uuid.uuid4(),
            incident=incident,
            kind=kind,
            content=content,
            **more,
        )


def line(words, minute=27):
    return NewRaw(id=uuid.uuid4(), at=KEPT.replace(hour=14, minute=minute), words=words)


def work(at):
    with clock.fixed(at):
        while work_once(50):
            pass


def test_whoever_brings_a_source_reads_it_byte_for_byte(cast, incident):
    source = keep(cast, incident, name="jonas.log")
    found = content_of(open_source(cast.actor("teammate"), source.pk))
    assert (found.content, found.name) == (RAW, "jonas.log")


def test_everybody_else_finds_nothing_and_the_trail_knows(cast, incident):
    source = keep(cast, incident)
    for who in ("manager", "engineer", "other_manager", "hr", "director", "operator"):
        with pytest.raises(Http404):
            open_source(cast.actor(who), source.pk)
        with pytest.raises(Http404):
            open_sources(cast.actor(who), incident)
        assert not own_sources(cast.actor(who), incident)
        entry = AuditEntry.objects.order_by("-sequence").first()
        assert (entry.actor, entry.outcome) == (cast.actor(who).mark, "refused")


def test_reading_is_in_the_trail_before_anything_is_unwrapped(cast, incident):
    source = keep(cast, incident)
    open_source(cast.actor("teammate"), source.pk)
    entry = AuditEntry.objects.order_by("-sequence").first()
    assert (entry.action, entry.subject, entry.outcome) == ("source.read", str(source.pk), "granted")


def test_a_responder_lets_a_colleague_in_with_a_role(cast, incident):
    source = keep(cast, incident)
    opened = open_source(cast.actor("teammate"), source.pk)
    responder_add(opened, colleague=cast.manager, role=ResponderRole.COMMANDER)
    responder_add(opened, colleague=cast.manager, role=ResponderRole.SCRIBE)
    assert content_of(open_source(cast.actor("manager"), source.pk)).content == RAW
    assert [(one.name, one.role) for one in responders_of(opened)] == [
        ("Priya Raman", "responder"),
        ("Amara Diallo", "scribe"),
    ]


def test_bringing_something_opens_nothing_that_others_brought(cast, incident):
    keep(cast, incident)
    own = keep(cast, incident, "other_manager", content=b"mine")
    opened = open_sources(cast.actor("other_manager"), incident)
    assert [one.source.pk for one in opened] == [own.pk]


def test_the_same_form_or_the_same_content_twice_is_one_source(cast, incident):
    first = keep(cast, incident)
    assert keep(cast, incident).pk == first.pk
    assert keep(cast, incident, source_id=first.pk, content=b"changed").pk == first.pk
    assert keep(cast, incident, "manager").pk != first.pk
    assert Source.objects.count() == 2


def test_an_id_that_somebody_else_took_is_not_told(cast, incident):
    first = keep(cast, incident)
    other = keep(cast, incident, "manager", source_id=first.pk, content=b"other words")
    assert other.pk != first.pk
    assert content_of(open_source(cast.actor("teammate"), first.pk)).content == RAW


def test_who_may_not_write_the_commons_brings_no_source(cast, incident):
    with pytest.raises(Refused):
        keep(cast, incident, "hr")
    assert not Source.objects.exists()
    assert not DataKey.objects.exists()


def test_raw_entries_are_sealed_and_kept_in_order(cast, incident):
    late, early = line("jonas saw a canaryloop", 31), line("pushed it", 27)
    source = keep(cast, incident, entries=[late, early, late])
    opened = open_source(cast.actor("teammate"), source.pk)
    assert [one.words for one in raw_lines(opened)] == ["pushed it", "jonas saw a canaryloop"]
    raw_entries_settle(opened, entry_ids=[early.id], state=RawEntry.State.PUBLISHED)
    assert [one.id for one in raw_lines(opened, states=("waiting",))] == [late.id]
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM records_rawentry")
        assert b"canaryloop" not in repr(cursor.fetchall()).encode()


def test_on_its_day_the_key_goes_and_the_rows_with_it(cast, incident):
    source = keep(cast, incident, entries=[line("pushed it")])
    assert source.erase_on == (KEPT + timedelta(days=90)).date()
    work(KEPT + timedelta(days=89))
    assert Source.objects.exists()
    work(KEPT + timedelta(days=90))
    assert not Source.objects.exists()
    assert not RawEntry.objects.exists()
    assert not DataKey.objects.exists()
    assert erasure.is_erased(source.pk)
    assert Incident.objects.exists()
    with pytest.raises(Http404):
        open_source(cast.actor("teammate"), source.pk)


def test_erasing_goes_on_after_a_kill_between_its_steps(cast, incident):
    source = keep(cast, incident)
    with clock.fixed(KEPT + timedelta(days=90)):
        erasure.begin(source.pk)
        erasure.key_destroyed(source.pk, source.data_key)
        assert open_sources(cast.actor("teammate"), incident) == []
        assert source_erase_if_due(source.pk)
        assert source_erase_if_due(source.pk)
    assert not Source.objects.exists()


def test_the_operator_says_how_many_days_and_what_is_kept_already_keeps_its_day(cast, incident):
    before = keep(cast, incident)
    client, form = cast.client("operator"), {"months": "6", "source_days": "7"}
    for days in ("0", "366", ""):
        assert client.post(reverse("retention"), {**form, "source_days": days}).status_code == 422
    assert client.post(reverse("retention"), form).status_code == 302
    assert keep(cast, incident, content=b"another").erase_on == (KEPT + timedelta(days=7)).date()
    assert Source.objects.get(pk=before.pk).erase_on == (KEPT + timedelta(days=90)).date()
    with pytest.raises(Refused, match="1 to 365"):
        retention_set(source_days=366)


def test_a_responder_erases_a_source_before_its_day(cast, incident):
    entry = line("pushed it")
    source = keep(cast, incident, entries=[entry, line("jonas saw it", 28)], name="outage.log")
    opened = open_source(cast.actor("teammate"), source.pk)
    lines_publish(opened.actor, opened, chosen={entry.id: "pushed it"}, left_out=set())
    client, address = cast.client("teammate"), reverse("source_erase", args=[source.pk])
    asked = client.get(address).content.decode()
    assert "1 line of it is not in the timeline yet" in asked
    assert "outage.log" in asked
    assert "Thu 18 February 2027" in asked
    assert Source.objects.exists()
    assert client.post(address).status_code == 302
    assert not Source.objects.exists()
    assert not RawEntry.objects.exists()
    assert not DataKey.objects.exists()
    assert erasure.is_erased(source.pk)
    assert [one.words for one in Entry.objects.all()] == ["pushed it"]
    said = AuditEntry.objects.filter(subject=str(source.pk)).values_list("action", "actor")
    assert ("source.erased", cast.actor("teammate").mark) in said
    work(KEPT + timedelta(days=90))  # what was planned for its day finds nothing to do
    assert client.get(address).status_code == client.post(address).status_code == 404


def test_the_log_of_an_incident_that_goes_on_is_not_erased_under_the_pens_of_others(cast, incident):
    log = keep(cast, incident, content=b"", kind="live")
    client, address = cast.client("teammate"), reverse("source_erase", args=[log.pk])
    refused = client.post(address)
    assert refused.status_code == 422
    assert "still goes on" in refused.content.decode()
    assert Source.objects.exists()
    Incident.objects.update(resolved_at=KEPT)
    assert client.post(address).status_code == 302
    assert not Source.objects.exists()


def test_a_draft_is_thrown_away_by_whoever_brought_it(cast):
    draft = draft_keep(cast.actor("teammate"), source_id=uuid.uuid4(), kind="text", content=RAW)
    address = reverse("source_erase", args=[draft.pk])
    assert cast.client("manager").post(address).status_code == 404
    assert cast.client("teammate").get(address).status_code == 200
    assert cast.client("teammate").post(address).headers["Location"] == reverse("incidents")
    assert not Source.objects.exists()
