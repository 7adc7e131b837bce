"""A sentence as a manager types it tells its times, its figures, a title and what customers saw; nothing is made up."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from fairlead.core.intake import understand
from tests.core.intake.sentences import SENTENCES

NOW = datetime(2026, 11, 20, 16, 0, tzinfo=UTC)
ZONE = "Europe/Berlin"


def shown(found):
    return {one.key: f"{one.at.astimezone(ZoneInfo(ZONE)):%d %H:%M}" for one in found.moments}


def told(said):
    keys = ("started", "detected", "mitigated", "resolved")
    return {key: getattr(said, key) for key in keys if getattr(said, key) is not None}


def amount(one):
    return f"{one.currency} {one.minor // 100}{' per hour' if one.per_hour else ''}"


@pytest.mark.parametrize("said", SENTENCES, ids=lambda said: said.text[:60])
def test_a_sentence_says_this_and_nothing_more(said):
    found = understand(said.text, now=NOW, zone=ZONE)
    read = {
        "times": shown(found),
        "money": [amount(one) for one in found.money],
        "share": [one.value for one in found.measures if one.key == "share"],
        "title": found.title.value if found.title else None,
        "saw": found.customer_saw.value if found.customer_saw else None,
        "doubt": tuple(one.key for one in found.moments if not one.sure),
    }
    assert read == {
        "times": told(said),
        "money": [said.money] if said.money else [],
        "share": [said.share] if said.share else [],
        "title": said.title,
        "saw": said.saw,
        "doubt": said.doubt,
    }


@pytest.mark.parametrize("said", SENTENCES, ids=lambda said: said.text[:60])
def test_every_finding_of_a_sentence_has_its_place_and_its_reason(said):
    found = understand(said.text, now=NOW, zone=ZONE)
    for one in (*found.moments, *found.money, *found.measures):
        assert one.span is not None
        assert 0 <= one.span.start < one.span.end <= len(said.text)
        assert one.why


@pytest.mark.parametrize("said", SENTENCES, ids=lambda said: said.text[:60])
def test_what_a_sentence_does_not_say_or_says_with_doubt_is_asked(said):
    asked = {question.key for question in understand(said.text, now=NOW, zone=ZONE).missing}
    assert ("started" in asked) == (said.started is None or "started" in said.doubt)
    assert ("resolved" in asked) == (said.resolved is None or "resolved" in said.doubt)
    assert ("cost" in asked) == (said.money is None)


@pytest.mark.parametrize(
    ("text", "started", "resolved"),
    [
        ("down from 02:50 to 02:10 on 25 October 2026", "25 00:50", "25 01:10"),
        ("On 25 October 2026 down since 02:10, back at 03:10", "25 00:10", "25 02:10"),
        ("On 28 March 2026 down since 23:50, fixed by 03:40", "28 22:50", "29 01:40"),
    ],
)
def test_in_a_night_in_which_the_clock_changes_the_true_length_is_counted(text, started, resolved):
    found = understand(text, now=NOW, zone=ZONE)
    assert [f"{one.at:%d %H:%M}" for one in found.moments] == [started, resolved]


@pytest.mark.parametrize(
    ("text", "started", "resolved"),
    [
        ("login broken from noon to midnight yesterday", "19 12:00", "20 00:00"),
        ("search broken from ten to four until five o'clock this afternoon", "20 15:50", "20 17:00"),
        ("search broken from 11:05 pm, back at 2:10 pm yesterday", "19 23:05", "20 14:10"),
        ("last night at 1:30 UTC the shop went down", "20 02:30", None),
        ("the day before yesterday at 14:27 the shop went down", "18 14:27", None),
        ("checkout was down for three quarters of an hour from 14:27", "20 14:27", "20 15:12"),
        ("checkout was down for 2 hours and 10 minutes from 12:00", "20 12:00", "20 14:10"),
        ("after we upgraded from 9.40 to 10.15 the shop was slow", None, None),
        ("the shop was down, 15:32", None, None),
        ("the shop broke at 24:00 yesterday", "20 00:00", None),
    ],
)
def test_times_in_words_are_read_and_versions_are_not(text, started, resolved):
    found = shown(understand(text, now=NOW, zone=ZONE))
    assert (found.get("started"), found.get("resolved")) == (started, resolved)


def test_a_weekday_is_shown_to_be_checked_and_a_long_text_s_weekday_is_not_of_this_week():
    near = understand("Friday 14:27 to 15:32 the shop was down", now=NOW, zone=ZONE)
    assert near.day is not None
    assert near.day.value.isoformat() == "2026-11-20"
    assert any("check the dates" in note for note in near.notes)
    last = understand("Last Friday 14:27 to 15:32 the shop was down", now=NOW, zone=ZONE)
    assert shown(last)["started"] == "13 14:27"
    assert understand("On Tuesday. " + "words " * 400, now=NOW, zone=ZONE).day is None


def test_an_amount_without_a_currency_is_asked_about():
    found = understand("the shop was down, cost us 180k", now=NOW, zone=ZONE)
    assert any("“180k” has no currency" in note for note in found.notes)


@pytest.mark.parametrize("text", ["5 in 0 customers", "nine in 3 customers", "7 in 2 users"])
def test_a_part_that_cannot_be_is_no_share(text):
    assert understand(text, now=NOW).measures == () or all(
        one.key != "share" for one in understand(text, now=NOW).measures
    )


def test_times_at_both_sides_of_a_day_and_inside_each_other_are_left_out_of_a_title():
    found = understand("On Wednesday 18 Nov 2026, 14:27 to 15:32 UTC, checkout was down.", now=NOW, zone=ZONE)
    assert found.title is not None
    assert found.title.value == "Checkout was down"
