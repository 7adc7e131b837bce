"""Bringing an incident in: one transaction, once each, later reads update what nobody edited."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from fairlead.commons.incidents.models import Incident
from fairlead.commons.incidents.services import incident_change
from fairlead.commons.timeline.models import Entry
from fairlead.commons.timeline.services import entry_drop
from fairlead.core.importing.values import ImportedEntry, ImportedIncident, ImportedTimes
from fairlead.core.refusal import Refused
from fairlead.foundation import clock
from fairlead.sources.intake.batch import bring_all
from fairlead.sources.intake.models import Origin
from fairlead.sources.intake.services import incident_bring
from fairlead.sources.records.models import RawEntry, Source

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 24, 9, tzinfo=UTC)


def at(hour, minute=0):
    return datetime(2026, 11, 20, hour, minute, tzinfo=UTC)


PAGED = ImportedIncident(
    "pagerduty:P1",
    "Queue is stuck",
    None,
    ImportedTimes(started=at(10)),
    (ImportedEntry(at(10), "Triggered"), ImportedEntry(at(10, 5), "Acknowledged by Jonas Lindqvist")),
)


@pytest.fixture(autouse=True)
def _a_morning():
    with clock.fixed(NOW):
        yield


def bring(cast, imported=PAGED, content=b"raw", who="teammate", **more):
    return incident_bring(cast.actor(who), imported=imported, kind="pagerduty", content=content, **more)


def test_clean_lines_are_published_and_the_others_wait_in_the_source(cast):
    brought = bring(cast)
    assert (brought.is_new, brought.published, brought.waiting) == (True, 1, 1)
    assert [entry.words for entry in Entry.objects.all()] == ["Triggered"]
    assert sorted(RawEntry.objects.values_list("state", flat=True)) == ["published", "waiting"]
    assert brought.incident.zone == "America/New_York"  # the organisation's, where none is named


def test_a_line_that_merely_points_at_somebody_waits_too(cast):
    entries = (ImportedEntry(at(10), "He restarted it after his leave"), ImportedEntry(at(10), "Restarted"))
    bring(cast, replace(PAGED, entries=entries))
    assert [entry.words for entry in Entry.objects.all()] == ["Restarted"]


def test_the_same_thing_a_thousand_times_is_one(cast):
    for _ in range(30):
        bring(cast)
    assert (Incident.objects.count(), Source.objects.count(), Entry.objects.count()) == (1, 1, 1)


def test_a_later_read_fills_in_what_nobody_edited(cast):
    incident = bring(cast).incident
    changed = replace(PAGED, title="Queue was stuck", times=ImportedTimes(at(10), None, None, at(11)))
    bring(cast, changed, b"later")
    incident.refresh_from_db()
    assert (incident.title, incident.resolved_at) == ("Queue was stuck", at(11))
    assert Source.objects.count() == 2


def test_what_somebody_edited_is_left_as_it_is(cast):
    incident = bring(cast).incident
    incident_change(
        cast.actor("manager"), incident_id=incident.pk, edition=1, values={"title": "Orders were late"}
    )
    bring(
        cast,
        replace(PAGED, title="Queue was stuck", times=ImportedTimes(at(10), None, None, at(11))),
        b"later",
    )
    incident.refresh_from_db()
    assert (incident.title, incident.resolved_at) == ("Orders were late", at(11))


def test_an_end_before_a_corrected_start_is_left_out(cast):
    incident = bring(cast).incident
    incident_change(cast.actor("manager"), incident_id=incident.pk, edition=1, values={"started_at": at(12)})
    bring(cast, replace(PAGED, times=ImportedTimes(at(10), None, None, at(11))), b"later")
    incident.refresh_from_db()
    assert (incident.started_at, incident.resolved_at) == (at(12), None)


def test_an_entry_that_was_taken_out_stays_out(cast):
    bring(cast)
    entry = Entry.objects.get()
    entry_drop(cast.actor("manager"), entry_id=entry.pk, edition=entry.edition)
    bring(cast, content=b"again")
    assert Entry.objects.get().taken_out


def test_a_title_that_names_somebody_is_put_in_neutral_words(cast):
    brought = bring(cast, replace(PAGED, title="Jonas Lindqvist broke the queue"))
    assert "Jonas" not in brought.incident.title
    assert "broke the queue" in brought.incident.title
    assert (
        bring(cast, replace(PAGED, source_id="x:2", title=None)).incident.title
        == "An incident without a title"
    )


def test_impossible_times_are_left_out_and_the_rest_goes_in(cast):
    wrong = ImportedTimes(started=at(10), resolved=datetime(2099, 1, 1, tzinfo=UTC))
    entries = (ImportedEntry(datetime(2099, 1, 1, tzinfo=UTC), "In the future"), ImportedEntry(at(10), "Now"))
    brought = bring(cast, replace(PAGED, times=wrong, entries=entries))
    assert (brought.incident.started_at, brought.incident.resolved_at) == (at(10), None)
    assert [entry.words for entry in Entry.objects.all()] == ["Now"]


def test_who_may_not_write_brings_nothing(cast):
    with pytest.raises(Refused):
        bring(cast, who="hr")
    assert not Incident.objects.exists()
    assert not Origin.objects.exists()


def test_of_many_the_one_that_cannot_go_in_is_named_and_the_rest_goes_in(cast):
    def content_of(imported):
        if imported.source_id == "x:2":
            raise OSError
        return "", b"raw"

    seen = []
    tally = bring_all(
        cast.actor("teammate"),
        [replace(PAGED, source_id=f"x:{number}") for number in (1, 2, 3)],
        format_="pagerduty",
        content_of=content_of,
        seen=lambda *told: seen.append(told),
    )
    assert (tally.new, [one for one, _ in tally.problems]) == (2, ["x:2"])
    assert seen == [(1, 3), (2, 3), (3, 3)]


def test_a_chat_is_kept_and_nothing_of_it_is_published_by_itself(cast):
    tally = bring_all(
        cast.actor("teammate"),
        [PAGED],
        format_="slack",
        content_of=lambda _: ("", b"raw"),
        seen=lambda *_: None,
    )
    assert (tally.published, tally.waiting) == (0, 2)
    assert not Entry.objects.exists()
