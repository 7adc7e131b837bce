"""The entries of a timeline: added once, corrected with what stood before kept, naming nobody."""

import uuid
from datetime import UTC, datetime, timedelta, timezone

import pytest

from fairlead.commons.blameless import NamesSomebody
from fairlead.commons.incidents.services import incident_record
from fairlead.commons.timeline.models import LONGEST_WORDS, Entry
from fairlead.commons.timeline.selectors import earlier_of, entries_of, entry_get
from fairlead.commons.timeline.services import (
    NewEntry,
    entries_add,
    entry_change,
    entry_drop,
    entry_restore,
)
from fairlead.core.refusal import Refused
from fairlead.foundation import clock
from fairlead.foundation.audit.models import AuditEntry
from fairlead.foundation.outbox.models import OutboxRow

pytestmark = pytest.mark.django_db

AT = datetime(2026, 11, 20, 14, 27, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


def an_incident(cast):
    values = {"title": "The shop was down", "zone": "America/New_York", "started_at": AT}
    return incident_record(cast.actor("teammate"), incident_id=uuid.uuid4(), values=values)


@pytest.fixture
def incident(cast):
    return an_incident(cast)


@pytest.fixture
def actor(cast):
    return cast.actor("teammate")


def new(words: str, at: datetime = AT) -> NewEntry:
    return NewEntry(uuid.uuid4(), at, words)


def add(actor, incident, *entries: NewEntry) -> list[Entry]:
    return entries_add(actor, incident=incident, entries=entries)


def written() -> tuple[int, int]:
    return AuditEntry.objects.count(), OutboxRow.objects.count()


def test_entries_are_read_as_they_happened_and_within_a_minute_as_they_came(actor, incident):
    add(actor, incident, new("Third", AT + MINUTE), new("First"), new("Second"))
    add(actor, incident, new("Between", AT + timedelta(seconds=30)), new("Last of the minute", AT + MINUTE))
    assert [entry.words for entry in entries_of(actor, incident)] == [
        "First",
        "Second",
        "Between",
        "Third",
        "Last of the minute",
    ]


def test_what_is_sent_twice_is_added_once_and_told_once(actor, incident):
    batch = [new("Alarm"), new("Rolled back", AT + MINUTE)]
    first = entries_add(actor, incident=incident, entries=batch)
    before = written()
    again = entries_add(actor, incident=incident, entries=[*batch, batch[0]])
    assert again == first == entries_of(actor, incident)
    assert written() == before


def test_one_id_twice_in_one_sending_is_one_entry_with_the_first_words(actor, incident):
    one = new("First words")
    add(actor, incident, one, NewEntry(one.id, AT, "Second words"))
    assert [entry.words for entry in entries_of(actor, incident)] == ["First words"]


def test_a_late_sending_does_not_undo_a_correction_nor_bring_back_what_was_taken_out(actor, incident):
    corrected, dropped = new("Alarn"), new("Wrong")
    add(actor, incident, corrected, dropped)
    entry_change(actor, entry_id=corrected.id, edition=1, at=AT, words="Alarm")
    entry_drop(actor, entry_id=dropped.id, edition=1)
    add(actor, incident, corrected, dropped)
    assert [entry.words for entry in entries_of(actor, incident)] == ["Alarm"]


def test_an_id_of_another_incident_is_refused_and_nothing_of_the_sending_is_kept(cast, actor, incident):
    taken = new("Alarm")
    add(actor, incident, taken)
    other = an_incident(cast)
    before = written()
    with pytest.raises(Refused, match="another incident"):
        add(actor, other, new("Mine"), taken)
    assert entries_of(actor, other) == []
    assert written() == before


def test_a_name_anywhere_refuses_the_whole_sending_and_says_at_which_entry(cast, actor, incident):
    named = new(f"{cast.engineer.name} rolled back")
    with pytest.raises(NamesSomebody) as refused:
        add(actor, incident, new("Alarm"), named)
    assert refused.value.field == str(named.id)
    assert entries_of(actor, incident) == []


@pytest.mark.parametrize(
    ("at", "words", "says"),
    [
        (AT.replace(tzinfo=None), "Alarm", "no zone"),
        (datetime(1969, 12, 31, tzinfo=UTC), "Alarm", "1969"),
        (datetime(2199, 1, 1, tzinfo=UTC), "Alarm", "future"),
        (AT, "  \n ", "Write what happened"),
        (AT, "x" * (LONGEST_WORDS + 1), "10,001"),
    ],
)
def test_what_cannot_be_is_refused_in_a_sentence_at_its_entry(actor, incident, at, words, says):
    one = new(words, at)
    with pytest.raises(Refused, match=says) as refused:
        add(actor, incident, one)
    assert refused.value.field == str(one.id)


def test_a_moment_of_any_zone_is_kept_as_utc_and_a_clock_may_run_five_minutes_ahead(actor, incident):
    berlin = timezone(timedelta(hours=1))
    with clock.fixed(AT):
        [entry] = add(actor, incident, new("Alarm", (AT + 4 * MINUTE).astimezone(berlin)))
    assert entry.at == AT + 4 * MINUTE
    assert entry.at.utcoffset() == timedelta(0)


def test_a_correction_keeps_how_the_entry_read_before(actor, incident):
    [entry] = add(actor, incident, new("Alarn"))
    entry_change(actor, entry_id=entry.pk, edition=1, at=AT, words="Alarm")
    entry_change(actor, entry_id=entry.pk, edition=2, at=AT + MINUTE, words="Alarm")
    now = entry_get(actor, incident, entry.pk)
    assert (now.at, now.words, now.edition) == (AT + MINUTE, "Alarm", 3)
    assert [(one.edition, one.at, one.words) for one in earlier_of(actor, now)] == [
        (2, AT, "Alarm"),
        (1, AT, "Alarn"),
    ]


def test_two_who_correct_at_once_notice_each_other_and_neither_loses_words(actor, incident):
    [entry] = add(actor, incident, new("Alarm"))
    entry_change(actor, entry_id=entry.pk, edition=1, at=AT, words="Alarm in the shop")
    with pytest.raises(Refused, match="Somebody else changed this entry"):
        entry_change(actor, entry_id=entry.pk, edition=1, at=AT, words="Alarm at the till")
    with pytest.raises(Refused, match="Somebody else changed this entry"):
        entry_drop(actor, entry_id=entry.pk, edition=1)
    assert [one.words for one in entries_of(actor, incident)] == ["Alarm in the shop"]


def test_a_correction_sent_twice_is_made_once(actor, incident):
    [entry] = add(actor, incident, new("Alarn"))
    for _ in range(2):
        entry_change(actor, entry_id=entry.pk, edition=1, at=AT, words="Alarm")
    assert entry_get(actor, incident, entry.pk).edition == 2


def test_a_correction_that_names_somebody_is_refused(cast, actor, incident):
    [entry] = add(actor, incident, new("Alarm"))
    with pytest.raises(NamesSomebody):
        entry_change(actor, entry_id=entry.pk, edition=1, at=AT, words=f"{cast.engineer.name} saw the alarm")
    assert entry_get(actor, incident, entry.pk).words == "Alarm"


def test_an_entry_is_taken_out_once_and_put_back_once(actor, incident):
    [entry] = add(actor, incident, new("Alarm"))
    for _ in range(2):
        entry_drop(actor, entry_id=entry.pk, edition=1)
    assert entries_of(actor, incident) == []
    with pytest.raises(Refused):  # whoever still has it open learns that it is gone
        entry_change(actor, entry_id=entry.pk, edition=1, at=AT, words="Another")
    for _ in range(2):
        restored = entry_restore(actor, entry_id=entry.pk)
    assert entries_of(actor, incident) == [restored]
    assert restored.edition == 3


def test_what_names_somebody_by_now_is_not_put_back(cast, actor, incident):
    [entry] = add(actor, incident, new("Alarm"))
    entry_drop(actor, entry_id=entry.pk, edition=1)
    Entry.objects.filter(pk=entry.pk).update(words=f"{cast.engineer.name} saw it")  # as if they joined later
    with pytest.raises(NamesSomebody):
        entry_restore(actor, entry_id=entry.pk)
    assert entries_of(actor, incident) == []


def test_somebody_in_no_team_reads_and_does_not_write(cast, actor, incident):
    [entry] = add(actor, incident, new("Alarm"))
    hr = cast.actor("hr")
    before = written()
    for attempt in (
        lambda: add(hr, incident, new("Mine")),
        lambda: entry_change(hr, entry_id=entry.pk, edition=1, at=AT, words="Mine"),
        lambda: entry_drop(hr, entry_id=entry.pk, edition=1),
        lambda: entry_restore(hr, entry_id=entry.pk),
    ):
        with pytest.raises(Refused):
            attempt()
    assert entries_of(hr, incident) == [entry]
    assert written() == before


def test_every_write_leaves_a_row_in_the_trail_and_in_the_outbox_with_codes_alone(actor, incident):
    before = written()
    [entry, _] = add(actor, incident, new("Alarm"), new("Rolled back", AT + MINUTE))
    entry_change(actor, entry_id=entry.pk, edition=1, at=AT, words="An alarm")
    entry_drop(actor, entry_id=entry.pk, edition=2)
    entry_restore(actor, entry_id=entry.pk)
    assert tuple(now - then for now, then in zip(written(), before, strict=True)) == (4, 4)
    rows = AuditEntry.objects.order_by("sequence")[before[0] :]
    assert [row.action for row in rows] == [
        "entries.added",
        "entry.changed",
        "entry.dropped",
        "entry.restored",
    ]
    assert rows[0].detail == {"incident": str(incident.pk), "count": 2}
    assert all("alarm" not in str(row.detail).lower() for row in rows)


def test_an_incident_that_goes_takes_its_entries_along(actor, incident):
    [entry] = add(actor, incident, new("Alarm"))
    entry_change(actor, entry_id=entry.pk, edition=1, at=AT, words="An alarm")
    incident.delete()
    assert not Entry.objects.exists()


def test_no_field_of_these_tables_can_say_who():
    fields = {
        field.name for model in (Entry, Entry.earlier.rel.related_model) for field in model._meta.fields
    }
    assert fields == {"id", "incident", "at", "place", "words", "edition", "taken_out", "entry"}
