"""What an incident cost: cases worked out by hand, and the properties that no case can show."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone
from fractions import Fraction
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fairlead.core.impact import (
    HourlyProfile,
    ImpactError,
    ImpactInputs,
    Range,
    as_stated,
    estimate,
    exact_revenue,
    hour_parts,
    problems,
    spoken_money,
)
from fairlead.core.impact_story import STORY_ZONE, story_inputs, story_profile

MONDAY = date(2026, 3, 2)


def utc(text):
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def week(**rates):
    """A profile with cents an hour by weekday and hour, such as thu14=6_000; every other hour brings
    nothing.
    """
    days = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
    values = [0] * 168
    for name, rate in rates.items():
        values[days.index(name[:3]) * 24 + int(name[3:])] = rate
    return HourlyProfile(tuple(values))


def outage(started, ended, profile, zone="UTC", **known):
    certain = {"share": Range.exactly(1), "recovered": Range.exactly(0)} | known
    return ImpactInputs(utc(started), utc(ended), zone, "USD", profile=profile, **certain)


def revenue(inputs):
    return estimate(inputs).revenue.likely


def test_one_rate_and_one_hour_cost_exactly_that_rate():
    assert revenue(outage("2026-03-02T10:00", "2026-03-02T11:00", HourlyProfile.flat(12_345))) == 12_345


def test_an_outage_across_two_hours_takes_each_part_at_its_own_rate():
    # 33 of 60 minutes at 6,000 are 3,300; 32 of 60 at 9,000 are 4,800.
    inputs = outage("2026-03-05T14:27", "2026-03-05T15:32", week(thu14=6_000, thu15=9_000))
    assert revenue(inputs) == 3_300 + 4_800
    first, second = estimate(inputs).parts
    assert (first.minutes, first.rate, first.at_full_loss) == (33, 6_000, 3_300)
    assert (second.minutes, second.rate, second.at_full_loss) == (32, 9_000, 4_800)
    assert first.end == second.start == utc("2026-03-05T15:00")


def test_an_outage_across_midnight_takes_the_next_days_rate_from_midnight_on():
    # Sunday 23:30 to Monday 00:15: half an hour at 1,000 and a quarter at 4,000.
    inputs = outage("2026-03-08T23:30", "2026-03-09T00:15", week(sun23=1_000, mon0=4_000))
    assert revenue(inputs) == 500 + 1_000


def test_an_outage_from_friday_into_saturday_changes_to_the_weekend_rate():
    inputs = outage(
        "2026-03-06T22:00", "2026-03-07T02:00", week(fri22=100, fri23=200, sat0=1_000, sat1=2_000)
    )
    assert revenue(inputs) == 3_300


def test_the_profile_follows_the_organisations_clock_and_not_utc():
    # 14:30 in New York in winter is 19:30 UTC; in Kathmandu (+05:45) 10:00 UTC is 15:45.
    new_york = outage("2026-01-08T19:30", "2026-01-08T20:00", week(thu14=8_000), zone="America/New_York")
    assert revenue(new_york) == 4_000
    kathmandu = outage(
        "2026-01-08T10:00", "2026-01-08T10:30", week(thu15=8_000, thu16=400), zone="Asia/Kathmandu"
    )
    assert revenue(kathmandu) == 2_000 + 100


def test_an_hour_skipped_in_spring_is_not_counted():
    # Berlin, 29 March 2026: 01:30 to 03:30 on the wall is one hour, half of it at each rate.
    profile = week(sun1=1_000, sun2=50_000, sun3=4_000)
    assert (
        revenue(outage("2026-03-29T00:30", "2026-03-29T01:30", profile, zone="Europe/Berlin")) == 500 + 2_000
    )


def test_an_hour_that_happens_twice_in_autumn_is_counted_twice():
    # Berlin, 25 October 2026: 01:30 to 03:30 on the wall is three hours, two of them the hour from two to
    # three.
    profile = week(sun1=1_000, sun2=5_000, sun3=4_000)
    inputs = outage("2026-10-24T23:30", "2026-10-25T02:30", profile, zone="Europe/Berlin")
    assert revenue(inputs) == 500 + 5_000 + 5_000 + 2_000
    assert estimate(inputs).minutes == 180


def test_a_clock_change_in_the_middle_of_an_hour_changes_the_rate_at_that_moment():
    # St. John's, 29 October 2006: at 00:01 (02:31 UTC) the clocks went back to 23:01 on the Saturday.
    inputs = outage(
        "2006-10-29T02:30", "2006-10-29T02:32", week(sun0=6_000, sat23=120), zone="America/St_Johns"
    )
    assert [part.minutes for part in hour_parts(inputs)] == [1, 1]
    assert exact_revenue(inputs).likely == 100 + 2


def test_a_clock_change_of_half_an_hour_is_followed():
    # Lord Howe, 4 October 2026: at 02:00 (15:30 UTC the day before) the clocks went to 02:30.
    inputs = outage(
        "2026-10-03T15:00",
        "2026-10-03T16:30",
        week(sun1=1_000, sun2=6_000, sun3=600),
        zone="Australia/Lord_Howe",
    )
    assert [part.minutes for part in hour_parts(inputs)] == [30, 30, 30]
    assert revenue(inputs) == 500 + 3_000 + 300


def test_less_than_a_minute_counts_for_what_it_is():
    inputs = outage("2026-03-05T14:59:50", "2026-03-05T15:00:05.500", week(thu14=3_600, thu15=7_200))
    assert exact_revenue(inputs).likely == 10 + 11
    assert estimate(inputs).minutes == Fraction(31, 120)


def test_times_of_one_zone_are_counted_as_time_that_passed_and_not_as_clocks_on_a_wall():
    berlin = ZoneInfo("Europe/Berlin")
    started = datetime(2026, 10, 25, 2, 50, tzinfo=berlin, fold=0)
    ended = datetime(2026, 10, 25, 2, 10, tzinfo=berlin, fold=1)
    impact = estimate(ImpactInputs(started, ended, "Europe/Berlin", "EUR", profile=HourlyProfile.flat(6_000)))
    assert (impact.minutes, impact.revenue.likely) == (20, 2_000)


def test_an_outage_of_no_length_costs_nothing():
    impact = estimate(outage("2026-03-05T14:00", "2026-03-05T14:00", HourlyProfile.flat(9_999)))
    assert (impact.parts, impact.minutes, impact.total) == ((), 0, Range(0, 0, 0))


def test_the_whole_formula_worked_out_by_hand():
    # One hour at 1,000.00: low 0.5 x (1 - 0.2) = 0.40, likely 0.6 x (1 - 0.1) = 0.54, high 0.8 x (1 - 0) =
    # 0.80.
    inputs = outage(
        "2026-03-05T14:00",
        "2026-03-05T15:00",
        HourlyProfile.flat(100_000),
        share=Range.of("0.5", "0.6", "0.8"),
        recovered=Range.of(0, "0.1", "0.2"),
        support_contacts=Range(100, 200, 300),
        cost_per_contact=450,
        sla_credits=Range(0, 5_000, 20_000),
        staff_hours=Range.of(3, "7.5", 10),
        cost_per_staff_hour=6_000,
    )
    impact = estimate(inputs)
    assert impact.revenue == Range(40_000, 54_000, 80_000)
    assert impact.support == Range(45_000, 90_000, 135_000)
    assert impact.sla == Range(0, 5_000, 20_000)
    assert impact.staff == Range(18_000, 45_000, 60_000)
    assert impact.total == Range(103_000, 194_000, 295_000)


def test_the_total_is_rounded_once_and_not_part_by_part():
    # Three parts of 0.4 each: none of them is a cent, together they are one.
    inputs = outage(
        "2026-03-05T14:00",
        "2026-03-05T15:00",
        HourlyProfile.flat(1),
        share=Range.exactly("0.4"),
        support_contacts=Range.exactly("0.4"),
        cost_per_contact=1,
        staff_hours=Range.exactly("0.4"),
        cost_per_staff_hour=1,
    )
    impact = estimate(inputs)
    assert (impact.revenue.likely, impact.support.likely, impact.staff.likely) == (0, 0, 0)
    assert impact.total.likely == 1


def test_the_storys_afternoon_comes_out_of_the_shops_weekly_curve():
    impact = estimate(story_inputs(date(2026, 11, 19)))
    # By hand: 33 minutes at 175,000 are 96,250; 32 at 190,000 are 101,333.33; nine tenths of both are
    # 177,825.
    assert impact.revenue.likely == 17_782_500
    assert spoken_money(impact.revenue.likely, impact.currency) == "about USD 180,000"
    assert spoken_money(impact.total.likely, impact.currency) == "about USD 180,000"
    assert impact.minutes == 65
    assert [part.start.strftime("%A %H:%M") for part in impact.parts] == ["Thursday 14:27", "Thursday 15:00"]


def test_the_storys_curve_is_round_numbers_and_peaks_in_the_afternoon():
    profile = story_profile()
    assert all(rate % 500_000 == 0 and rate > 0 for rate in profile.rates)
    for weekday in range(5):
        assert max(range(24), key=lambda hour: profile.rate(weekday, hour)) == 15
    worked_back = 18_000_000 * 60 / 65
    assert all(abs(rate - worked_back) > 100_000 for rate in profile.rates)


def test_the_storys_clock_times_hold_in_summer_and_in_winter():
    for day in (date(2026, 1, 15), date(2026, 7, 16)):
        started = story_inputs(day).started.astimezone(ZoneInfo(STORY_ZONE))
        assert (started.hour, started.minute, started.date()) == (14, 27, day)


def test_what_nobody_has_said_is_a_default_and_is_listed_as_one():
    impact = estimate(ImpactInputs(utc("2026-03-02T10:00"), utc("2026-03-02T11:00"), "UTC", "USD"))
    assert {assumption.source for assumption in impact.assumptions} == {"default"}
    assert impact.total == Range(0, 0, 0)
    with_rate = estimate(
        ImpactInputs(
            utc("2026-03-02T10:00"), utc("2026-03-02T11:00"), "UTC", "USD", HourlyProfile.flat(10_000)
        )
    )
    assert with_rate.total == Range(7_000, 10_000, 10_000)


def test_assumptions_say_what_was_said_and_carry_peoples_own_sentences():
    inputs = outage(
        "2026-03-05T14:00",
        "2026-03-05T15:00",
        story_profile(),
        share=Range.of("0.5", "0.625", "0.8"),
        support_contacts=Range(1_400, 1_400, 1_400),
        sla_credits=Range(0, 100_000, 250_050),
        staff_hours=Range.of(2, "2.5", 3),
        cost_per_staff_hour=6_000,
        assumptions=("Half of Europe was asleep.",),
    )
    told = {assumption.key: assumption for assumption in estimate(inputs).assumptions}
    assert told["profile"].value == "USD 15,000 to USD 190,000 an hour"
    assert told["share"].value == "50% to 80%, likely 62.5%"
    assert told["recovered"].value == "0%"
    assert (told["support_contacts"].value, told["support_contacts"].source) == ("1,400 contacts", "default")
    assert told["sla_credits"].value == "USD 0 to USD 2,500.50, likely USD 1,000"
    assert told["staff_hours"].value == "2 to 3, likely 2.5 hours, USD 60 each"
    assert (told["own_1"].text, told["own_1"].source) == ("Half of Europe was asleep.", "stated")
    flat = estimate(replace(inputs, profile=HourlyProfile.flat(50_000))).assumptions[0]
    assert (flat.value, flat.source) == ("USD 500 an hour", "stated")


def test_a_cost_that_was_simply_said_stands_as_it_was_said():
    impact = as_stated(
        utc("2026-03-05T14:00"), utc("2026-03-05T15:05"), "USD", Range(15_000_000, 18_000_000, 20_000_000)
    )
    assert impact.total == impact.revenue == Range(15_000_000, 18_000_000, 20_000_000)
    assert (impact.parts, impact.minutes) == ((), 65)
    (only,) = impact.assumptions
    assert only.value == "USD 150,000 to USD 200,000, likely USD 180,000"
    with pytest.raises(ImpactError) as caught:
        as_stated(utc("2026-03-05T14:00"), utc("2026-03-05T13:00"), "usd", Range(2, 1, 3))
    assert [problem.field for problem in caught.value.problems] == ["ended", "currency", "total"]


FINE = ImpactInputs(utc("2026-03-05T14:00"), utc("2026-03-05T15:00"), "UTC", "USD", HourlyProfile.flat(100))


@pytest.mark.parametrize(
    ("change", "field", "words"),
    [
        ({"ended": utc("2026-03-05T13:59:59")}, "ended", "before the start"),
        ({"ended": utc("2027-03-07T14:00")}, "ended", "longer than a year"),
        ({"started": datetime(2026, 3, 5, 14)}, "started", "no zone"),  # noqa: DTZ001 -- the missing zone is the case
        ({"ended": datetime(2026, 3, 5, 15)}, "ended", "no zone"),  # noqa: DTZ001 -- the missing zone is the case
        ({"zone": "Europe/Nowhere"}, "zone", "not a zone we know"),
        ({"currency": "usd"}, "currency", "three capital letters"),
        ({"currency": "DOLLAR"}, "currency", "three capital letters"),
        ({"currency": "U1D"}, "currency", "three capital letters"),
        ({"currency": "ÄÖÜ"}, "currency", "three capital letters"),
        ({"profile": HourlyProfile((1,) * 24)}, "profile", "24 values"),
        ({"profile": HourlyProfile((1,) * 167 + (-1,))}, "profile", "below zero"),
        ({"share": Range.of(0, "0.5", "1.01")}, "share", "between 0 and 1"),
        ({"share": Range.of("-0.1", 0, 1)}, "share", "below zero"),
        ({"recovered": Range(0, 40, 50)}, "recovered", "between 0 and 1"),
        ({"recovered": Range.of("0.2", "0.1", "0.3")}, "recovered", "in order"),
        ({"support_contacts": Range(1, 3, 2)}, "support_contacts", "in order"),
        ({"cost_per_contact": -1}, "cost_per_contact", "below zero"),
        ({"sla_credits": Range(-1, 0, 0)}, "sla_credits", "below zero"),
        ({"staff_hours": Range(5, 4, 6)}, "staff_hours", "in order"),
        ({"cost_per_staff_hour": -100}, "cost_per_staff_hour", "below zero"),
    ],
)
def test_inputs_that_cannot_be_counted_are_named_with_what_to_do(change, field, words):
    with pytest.raises(ImpactError, match=words) as caught:
        estimate(replace(FINE, **change))
    assert caught.value.field == field


def test_a_form_gets_every_problem_at_once_and_a_sound_one_gets_none():
    broken = replace(FINE, zone="x", share=Range(0, 0, 2), cost_per_contact=-1)
    assert [problem.field for problem in problems(broken)] == ["zone", "share", "cost_per_contact"]
    assert problems(FINE) == ()


ZONES = (
    "UTC",
    "Europe/Berlin",
    "America/New_York",
    "Asia/Kathmandu",
    "Australia/Lord_Howe",
    "America/St_Johns",
)
START = utc("2026-01-01T00:00")
seconds = st.integers(0, 365 * 86_400)
lengths = st.integers(0, 3 * 86_400_000_000).map(lambda micro: timedelta(microseconds=micro))
profiles = st.lists(st.integers(0, 20_000_000), min_size=168, max_size=168).map(tuple).map(HourlyProfile)
shares = st.lists(st.fractions(0, 1, max_denominator=1_000), min_size=3, max_size=3).map(
    lambda x: Range(*sorted(x))
)
counts = st.lists(st.integers(0, 10_000), min_size=3, max_size=3).map(lambda x: Range(*sorted(x)))


@st.composite
def some_inputs(draw):
    started = START + timedelta(seconds=draw(seconds))
    return ImpactInputs(
        started=started,
        ended=started + draw(lengths),
        zone=draw(st.sampled_from(ZONES)),
        currency="USD",
        profile=draw(st.none() | profiles),
        share=draw(st.none() | shares),
        recovered=draw(st.none() | shares),
        support_contacts=draw(st.none() | counts),
        cost_per_contact=draw(st.none() | st.integers(0, 10_000)),
        sla_credits=draw(st.none() | counts),
        staff_hours=draw(st.none() | counts),
        cost_per_staff_hour=draw(st.none() | st.integers(0, 100_000)),
    )


@settings(max_examples=40, deadline=None)
@given(some_inputs(), st.fractions(0, 1), st.integers(-12, 14))
def test_cutting_an_outage_in_two_changes_nothing(inputs, where, offset):
    length = inputs.ended - inputs.started
    cut = inputs.started + timedelta(microseconds=int(where * (length // timedelta(microseconds=1))))
    cut = cut.astimezone(timezone(timedelta(hours=offset)))
    before, after = (exact_revenue(replace(inputs, **ends)) for ends in ({"ended": cut}, {"started": cut}))
    assert before.plus(after) == exact_revenue(inputs)


@settings(max_examples=40, deadline=None)
@given(some_inputs())
def test_low_is_never_above_likely_nor_likely_above_high(inputs):
    impact = estimate(inputs)
    for figure in (impact.revenue, impact.support, impact.sla, impact.staff, impact.total):
        assert 0 <= figure.low <= figure.likely <= figure.high
    assert sum(part.minutes for part in impact.parts) == (impact.minutes if inputs.profile else 0)


@settings(max_examples=20, deadline=None)
@given(st.integers(1, 10**9), seconds, lengths, st.sampled_from(ZONES))
def test_with_one_rate_the_clock_of_the_zone_does_not_matter(rate, second, length, zone):
    started = START + timedelta(seconds=second)
    inputs = ImpactInputs(
        started, started + length, zone, "USD", HourlyProfile.flat(rate), recovered=Range(0, 0, 0)
    )
    assert exact_revenue(inputs).likely == Fraction(length // timedelta(microseconds=1), 3_600_000_000) * rate
