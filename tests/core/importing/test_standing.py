"""What of an import can stand: nothing in the future, nothing before its start."""

from datetime import UTC, datetime, timedelta

from fairlead.core.importing.standing import happened, standing_times
from fairlead.core.importing.values import ImportedEntry, ImportedIncident, ImportedTimes

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)


def ago(hours):
    return NOW - timedelta(hours=hours)


def test_times_in_order_stand_as_they_are():
    times = ImportedTimes(ago(3), ago(2), ago(1.5), ago(1))
    assert standing_times(times, now=NOW) == times


def test_what_is_in_the_future_or_out_of_order_is_left_out():
    assert standing_times(ImportedTimes(ago(2), ago(3), None, ago(-4)), now=NOW) == ImportedTimes(ago(2))
    assert standing_times(ImportedTimes(ago(1), None, None, ago(9)), now=NOW).resolved is None


def test_entries_still_to_come_have_not_happened():
    past, coming = ImportedEntry(ago(1), "a"), ImportedEntry(ago(-1), "b")
    incident = ImportedIncident("x:1", None, None, ImportedTimes(), (past, coming))
    assert happened(incident, now=NOW) == (past,)
