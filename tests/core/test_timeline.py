"""A timeline to scale: rows in order, lengths with what they mean, labels that do not overlap."""

from datetime import UTC, datetime, timedelta, timezone
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fairlead.core.timeline import MOMENTS, Happening, moment_words, timeline

NEW_YORK, BERLIN = "America/New_York", "Europe/Berlin"
START = datetime(2026, 11, 19, 19, 27, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


def drawn(moments=(), entries=(), *, zone=NEW_YORK, viewer_zone=NEW_YORK):
    """Lay out moments and entries given in minutes after the start."""
    return timeline(
        [(key, START + minutes * MINUTE) for key, minutes in moments],
        [Happening(words, START + minutes * MINUTE, words) for words, minutes in entries],
        zone=zone,
        viewer_zone=viewer_zone,
    )


STORY = [("started", 0), ("detected", 4), ("reported", 6), ("mitigated", 65), ("resolved", 65)]


def test_rows_stand_in_order_with_moments_first_within_a_minute():
    told = drawn(STORY, [("Alarm", 4), ("Undone", 64), ("Deployed", -30)])
    assert [(row.kind, row.words, row.clock) for row in told.rows] == [
        ("entry", "Deployed", "13:57"),
        ("moment", "Started", "14:27"),
        ("moment", "Detected", "14:31"),
        ("entry", "Alarm", "14:31"),
        ("moment", "Reported", "14:33"),
        ("entry", "Undone", "15:31"),
        ("moment", "Mitigated", "15:32"),
        ("moment", "Resolved", "15:32"),
    ]


def test_the_day_is_said_where_it_begins():
    told = drawn([("started", 0), ("resolved", 12 * 60)], [("Midnight", 9 * 60 + 33)])
    assert [row.day for row in told.rows] == ["Thursday 19 November 2026", "Friday 20 November 2026", ""]
    assert [day.words for day in told.line.days] == ["Fri 20 Nov"]


def test_two_zones_stand_side_by_side_only_where_they_differ():
    told = drawn(STORY, viewer_zone=BERLIN)
    assert (told.zone, told.other_zone) == (NEW_YORK, BERLIN)
    assert [(row.clock, row.other) for row in told.rows][:2] == [("14:27", "20:27"), ("14:31", "20:31")]
    same = drawn(STORY, viewer_zone="America/Toronto")
    assert same.other_zone == ""
    assert {row.other for row in same.rows} == {""}


def test_lengths_come_with_what_they_mean_and_stand_to_scale():
    told = drawn(STORY)
    assert [(one.title, one.words) for one in told.figures] == [
        ("Time to detect", "4 min"),
        ("Time to mitigate", "1 h 5 min"),
        ("Time to resolve", "1 h 5 min"),
    ]
    assert [
        "detected − started" in told.figures[0].definition,
        "mitigated − started" in told.figures[1].definition,
    ]
    detect, mitigate, _ = told.line.phases
    assert (detect.end - detect.start) / (mitigate.end - mitigate.start) == pytest.approx(4 / 65, abs=0.001)


def test_a_length_across_the_change_of_clocks_is_the_time_that_passed():
    start = datetime(2026, 10, 25, 0, 30, tzinfo=UTC)  # 02:30 in Berlin, the first time
    told = timeline(
        [("started", start), ("resolved", start + timedelta(hours=1))], [], zone=BERLIN, viewer_zone=BERLIN
    )
    assert [row.clock for row in told.rows] == ["02:30", "02:30 again"]
    assert told.figures[0].words == "1 h"
    assert "The clocks in Europe/Berlin went back" in told.line.note


@pytest.mark.parametrize(
    ("moments", "lengths"),
    [
        ([("detected", 4), ("resolved", 65)], []),
        ([("started", 0), ("detected", 0), ("resolved", 65)], ["at once", "1 h 5 min"]),
        ([("started", 10), ("detected", 4), ("resolved", 65)], ["55 min"]),
    ],
)
def test_a_length_without_a_start_or_below_nothing_is_not_given(moments, lengths):
    assert [one.words for one in drawn(moments).figures] == lengths


@pytest.mark.parametrize(
    ("moments", "lasted"),
    [
        ([("started", 0), ("mitigated", 65), ("resolved", 90)], ("1 h 5 min", "served again")),
        ([("started", 0), ("resolved", 90)], ("1 h 30 min", "until it was over")),
    ],
)
def test_how_long_it_lasted_ends_when_customers_were_served_again(moments, lasted):
    one = drawn(moments).lasted
    assert (one.words, lasted[1] in one.definition) == (lasted[0], True)


@pytest.mark.parametrize("moments", [[("started", 0)], [("resolved", 9)], [("started", 9), ("resolved", 0)]])
def test_how_long_it_lasted_is_not_said_before_it_is_known(moments):
    assert drawn(moments).lasted is None


def test_nothing_known_draws_nothing():
    told = drawn()
    assert (told.rows, told.figures, told.line) == ((), (), None)


def test_one_moment_is_a_row_without_a_line():
    told = drawn([("started", 0)])
    assert told.line is None
    assert [row.words for row in told.rows] == ["Started"]
    assert told.rows[0].position is None


def test_entries_alone_and_a_moment_with_entries_make_a_line():
    assert drawn([], [("Alarm", 0), ("Over", 30)]).line is not None
    assert drawn([("started", 0)], [("Over", 30)]).line.flags[0].words == "Started"
    assert drawn([("started", 0), ("detected", 0)], [("Over", 30)]).line.flags[0].words == "Started, detected"


def test_an_entry_far_off_is_listed_and_counted_and_does_not_squeeze_the_rest():
    year = 365 * 24 * 60
    told = drawn(STORY, [("The route was made", -year), ("Alarm", 5), ("Looked back", 3 * year)])
    assert (told.line.before, told.line.after) == (1, 1)
    assert [row.position is None for row in told.rows if row.kind == "entry"] == [True, False, True]
    assert told.line.scale.end - told.line.scale.start < timedelta(hours=2)


def test_entries_that_would_overlap_are_one_point_that_says_how_many():
    told = drawn(STORY, [("a", 10), ("b", 10), ("c", 10.5), ("d", 40)])
    assert [(one.keys, one.words) for one in told.line.clusters] == [
        (("a", "b", "c"), "3 entries from 14:37 to 14:37:30"),
        (("d",), "15:07 d"),
    ]


def test_moments_of_one_minute_share_a_flag_and_near_ones_stand_in_lanes():
    flags = drawn(STORY).line.flags
    assert [(flag.words, flag.lane) for flag in flags] == [
        ("Started", 0),
        ("Detected", 1),
        ("Reported", 2),
        ("Mitigated, resolved", 0),
    ]
    assert flags[-1].leans_left
    assert drawn(STORY).line.lanes == 3
    assert drawn([], [("a", 0), ("b", 9)]).line.lanes == 0


def test_moments_given_in_any_zone_are_the_same_moments():
    berlin = timezone(timedelta(hours=1))
    here = timeline(
        [("started", START)], [Happening("a", START + MINUTE, "a")], zone=NEW_YORK, viewer_zone=BERLIN
    )
    there = timeline(
        [("started", START.astimezone(berlin))],
        [Happening("a", (START + MINUTE).astimezone(berlin), "a")],
        zone=NEW_YORK,
        viewer_zone=BERLIN,
    )
    assert here == there


def test_a_moment_has_one_word_on_every_page():
    assert [moment_words(key) for key in MOMENTS] == [
        "Started",
        "Detected",
        "Reported",
        "Mitigated",
        "Resolved",
    ]


@given(
    st.dictionaries(st.sampled_from(MOMENTS), st.integers(-3000, 3000), max_size=5),
    st.lists(st.integers(-100_000, 100_000), max_size=30),
    st.sampled_from([NEW_YORK, BERLIN, "Pacific/Apia"]),
)
def test_nothing_is_lost_nothing_overlaps_and_everything_lies_on_the_line(moments, entries, zone):
    told = drawn(
        list(moments.items()), [(str(number), at) for number, at in enumerate(entries)], viewer_zone=zone
    )
    assert len(told.rows) == len(moments) + len(entries)
    assert [row.at for row in told.rows] == sorted(row.at for row in told.rows)
    if told.line is None:
        return
    line = told.line
    assert sum(len(one.keys) for one in line.clusters) + line.before + line.after == len(entries)
    assert sum(len(flag.keys) for flag in line.flags) == len(moments)
    assert all(0 <= flag.position <= 100 and 0 <= flag.tall_position <= 100 for flag in line.flags)
    tall = [flag.tall_position for flag in line.flags]
    assert all(below - above >= 6.9 for above, below in pairwise(tall))
    spots = [one.position for one in line.clusters]
    assert spots == sorted(spots)
