"""One shape for every format: tidy words, ids that stay, times that fit."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fairlead.core.importing.merging import merged
from fairlead.core.importing.values import (
    LONGEST_ENTRY,
    LONGEST_TITLE,
    ImportedIncident,
    ImportedTimes,
    checked,
    clean,
    content_id,
    entry_from,
    source_id,
    title_from,
)
from fairlead.core.importing.wire import between_processes, from_wire, to_wire
from tests.core.importing.samples import NOW

HOUR = timedelta(hours=1)


def incident(key="a", *, entries=(), problems=(), title="It broke", zone="UTC", **times):
    return ImportedIncident(key, title, zone, ImportedTimes(**times), entries, problems)


def test_words_reach_no_terminal_as_commands():
    assert clean("a\x1b[31m\0b\r\nc\ud800\u009b") == "a[31mb\nc"
    assert title_from(" a\n b\t") == "a b"
    assert title_from("\x00 \n") is None


def test_what_is_too_long_is_cut_and_shows_it():
    assert len(title_from("word " * 200)) <= LONGEST_TITLE
    assert title_from("word " * 200).endswith("…")
    assert entry_from(NOW, "x" * 10_000).text.endswith("…")
    assert len(entry_from(NOW, "x" * 10_000).text) == LONGEST_ENTRY
    assert entry_from(NOW, " ").text == "(no words beside this time)"


def test_an_id_is_plain_and_short():
    assert source_id("pagerduty", " PT4KHLK ") == "pagerduty:PT4KHLK"
    assert source_id("csv", "a b\x1b") == "csv:a_b_"
    assert source_id("csv", "x" * 999) == content_id("csv", "x" * 999)
    assert content_id("text", "a", "b") != content_id("text", "ab")


def test_times_out_of_order_or_to_come_are_named_and_not_changed():
    given_ = incident(started=NOW - HOUR, resolved=NOW - 2 * HOUR, entries=(entry_from(NOW + HOUR, "a"),) * 2)
    found = checked(given_, now=NOW)
    assert found.times == given_.times
    assert found.problems == (
        "“Resolved” is before the start. Check both times, and the day of each.",
        "2 entries are in the future. Check the day and the zone.",
    )
    assert checked(found, now=NOW) == found


def test_records_of_one_incident_are_put_together():
    first = incident(started=NOW - HOUR, title=None, zone=None, entries=(entry_from(NOW, "late"),))
    second = incident(
        started=NOW - 2 * HOUR,
        resolved=NOW,
        problems=("look",),
        entries=(entry_from(NOW, "late"), entry_from(NOW - HOUR, "early")),
    )
    other = incident("b")
    together, alone = merged([first, other, second])
    assert alone == other
    assert together.times == ImportedTimes(started=NOW - 2 * HOUR, resolved=NOW)
    assert [entry.text for entry in together.entries] == ["early", "late"]
    assert (together.title, together.zone, together.problems) == ("It broke", "UTC", ("look",))


@given(st.integers(1, 5))
def test_the_same_incident_any_number_of_times_is_one(times):
    # In the order of the text, which is not that of time.
    same = incident(started=NOW, entries=(entry_from(NOW, "b"), entry_from(NOW - HOUR, "a")))
    assert merged([same] * times) == (same,)


def test_an_incident_survives_the_wire():
    given_ = incident(started=NOW, entries=(entry_from(NOW, "a"),), problems=("look",), title=None, zone=None)
    content = to_wire(given_)
    assert content["times"] == {
        "started": "2026-11-22T22:00:00Z",
        "detected": None,
        "mitigated": None,
        "resolved": None,
    }
    assert content["entries"] == [{"at": "2026-11-22T22:00:00Z", "text": "a"}]
    assert from_wire(content) == given_


def test_since_when_it_stands_open_passes_between_processes_and_is_printed_nowhere():
    given_ = replace(incident(started=NOW), reopened=NOW)
    assert from_wire(between_processes(given_)) == given_
    assert "reopened" not in to_wire(given_)


def test_an_end_stays_unless_the_incident_stands_open_since_a_later_moment():
    ended = incident(resolved=NOW)
    assert merged([ended, replace(incident(), reopened=NOW - HOUR)])[0].times.resolved == NOW
    together = merged([ended, replace(incident(), reopened=NOW + HOUR)])[0]
    assert (together.times.resolved, together.reopened) == (None, NOW + HOUR)


@pytest.mark.parametrize("content", [{}, {"title": 1, "zone": 1, "times": 5, "entries": [], "problems": []}])
def test_anything_else_on_the_wire_is_refused(content):
    with pytest.raises((KeyError, TypeError, ValueError)):
        from_wire(content)
