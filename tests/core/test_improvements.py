"""Where an improvement stands, how strong all of them are, and how often a condition was at work."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fairlead.core.improvements import STRENGTHS, AtWork, Backing, Standing, at_work, standing, strength_mix
from fairlead.core.mechanism_again import WITHIN, Happened, Mend, again

DUE = date(2026, 11, 20)


@pytest.mark.parametrize(
    ("state", "today", "closed", "key", "words"),
    [
        ("open", DUE - timedelta(days=3), None, "open", "due in 3 days"),
        ("open", DUE - timedelta(days=1), None, "open", "due in a day"),
        ("open", DUE, None, "open", "due today"),
        ("open", DUE + timedelta(days=1), None, "late", "late by a day"),
        ("open", DUE + timedelta(days=40), None, "late", "late by 40 days"),
        ("dropped", DUE + timedelta(days=40), None, "dropped", "dropped"),
    ],
)
def test_where_an_improvement_stands(state, today, closed, key, words):
    found = standing(state, due_on=DUE, closed_on=closed, today=today)
    assert (found.key, found.words, found.late) == (key, words, key == "late")


DAY = timedelta(days=1)
PROVED = Backing("proven", "proof", DUE - 9 * DAY, DUE + 21 * DAY)
WAIVED = Backing("", "waiver", None, DUE + 9 * DAY)


@pytest.mark.parametrize(
    ("state", "backing", "today", "stands"),
    [
        # Done is what a proof or a waiver shows, whatever its owner says.
        ("open", PROVED, DUE, ("done", "proved on 11 November 2026", False)),
        ("done", PROVED, DUE + 21 * DAY, ("done", "proved on 11 November 2026", False)),
        ("open", WAIVED, DUE + 9 * DAY, ("done", "waived until 29 November 2026", False)),
        ("dropped", PROVED, DUE, ("dropped", "dropped on 20 November 2026", False)),
        # Until its day, and no longer.
        ("open", PROVED, DUE + 22 * DAY, ("stale", "its proof ran out on 11 December 2026", True)),
        ("done", WAIVED, DUE + 10 * DAY, ("stale", "its waiver ended on 29 November 2026", True)),
        # Called done is not done.
        ("done", Backing(), DUE, ("called", "called done on 20 November 2026, not proved", False)),
        (
            "done",
            Backing("draft"),
            DUE + DAY,
            ("called", "called done on 20 November 2026, not proved", True),
        ),
        # What speaks against it counts once it was done, or is called so; work under way may fail.
        ("open", Backing("broken"), DUE - DAY, ("open", "due in a day", False)),
        ("open", Backing("broken"), DUE + DAY, ("late", "late by a day", True)),
        ("done", Backing("broken"), DUE - DAY, ("failing", "the safeguard accepts what broke things", True)),
        ("open", Backing("flaky", "proof", None, DUE), DUE + DAY, ("failing", "its proof is flaky", True)),
        ("open", Backing("stale", "proof", None, DUE), DUE + DAY, ("stale", "its proof is stale", True)),
        (
            "open",
            Backing("draft", "proof", None, DUE),
            DUE + DAY,
            ("stale", "its proof ran out on 20 November 2026", True),
        ),
    ],
)
def test_done_is_what_is_shown(state, backing, today, stands):
    assert standing(state, due_on=DUE, closed_on=DUE, today=today, backing=backing) == Standing(*stands)


def test_the_mix_stands_beside_what_was_found_elsewhere():
    mix = strength_mix({"stronger": 1, "weaker": 2})
    assert [(s.strength, s.count, s.percent, s.baseline) for s in mix] == [
        ("stronger", 1, 33.3, 8.0),
        ("intermediate", 0, 0.0, 44.0),
        ("weaker", 2, 66.7, 48.0),
    ]
    assert [share.percent for share in strength_mix({})] == [0.0, 0.0, 0.0]


@given(st.dictionaries(st.sampled_from(STRENGTHS), st.integers(1, 10_000), min_size=1))
def test_the_shares_are_a_whole(counts):
    assert abs(sum(share.percent for share in strength_mix(counts)) - 100) < 0.2


def test_a_condition_counts_once_for_an_incident():
    found = [("i1", "O1"), ("i1", "O1"), ("i2", "O1"), ("i2", "A1"), ("i3", "A2")]
    assert at_work(found, of=8) == (AtWork("O1", 2, 8), AtWork("A1", 1, 8), AtWork("A2", 1, 8))


FIRST, SECOND = Happened("a", "m", date(2026, 3, 1)), Happened("b", "m", date(2026, 9, 1))


@pytest.mark.parametrize(
    ("mends", "failed", "words"),
    [
        ([], False, "No improvement had been planned before it happened again."),
        (
            [Mend("a", "open", date(2026, 6, 1)), Mend("a", "open", date(2026, 12, 1))],
            True,
            "2 improvements were not done yet when it happened again, 1 of them late.",
        ),
        (
            [Mend("a", "done", date(2026, 12, 1), date(2026, 10, 1))],
            True,
            "One improvement was not done yet when it happened again.",
        ),
        (
            [Mend("a", "done", date(2026, 6, 1), date(2026, 9, 1)), Mend("b", "open", date(2026, 12, 1))],
            False,
            "One improvement was called done before it happened again. Look again at whether that holds.",
        ),
        (
            [Mend("a", "dropped", date(2026, 6, 1), date(2026, 6, 1))],
            False,
            "One improvement was dropped, and nothing was made instead.",
        ),
    ],
)
def test_how_the_improvements_stood_when_it_happened_again(mends, failed, words):
    for one, other in ((FIRST, SECOND), (SECOND, FIRST)):
        found = again(one, other, mends)
        assert (found.earlier, found.later, found.failed, found.words) == ("a", "b", failed, words)


@pytest.mark.parametrize(
    "other",
    [
        FIRST,
        Happened("c", "n", date(2026, 9, 1)),
        Happened("c", "m", FIRST.on + WITHIN + timedelta(days=1)),
        Happened("c", "m", FIRST.on - WITHIN - timedelta(days=1)),
    ],
)
def test_another_mechanism_another_year_and_itself_are_not_again(other):
    assert again(FIRST, other, []) is None


def test_a_mechanism_nobody_knows_is_never_again():
    assert again(Happened("a", "", FIRST.on), Happened("b", "", FIRST.on), []) is None


def test_a_year_to_the_day_is_still_again():
    assert again(FIRST, Happened("c", "m", FIRST.on + WITHIN), []) is not None
