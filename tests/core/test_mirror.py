"""The mirror shows what was done, with days and one suggestion, and adds nothing up."""

from datetime import date

from fairlead.core.mirror import GETS, SAID, Act, Kind, Tendency, mirror

SINCE = date(2026, 6, 1)


def leaning(acts, tendency):
    return next(one for one in mirror(tuple(acts), since=SINCE) if one.tendency is tendency)


def test_nothing_was_seen_and_nothing_is_suggested():
    assert [one.tendency for one in mirror((), since=SINCE)] == list(Tendency)
    for one in mirror((), since=SINCE):
        assert one.observations == ()
        assert one.suggestion == ""
        assert one.gets == GETS[one.tendency]


def test_every_kind_belongs_to_one_tendency_and_is_said_in_words():
    for kind in Kind:
        shown = [one for one in mirror((Act(kind, SINCE),), since=SINCE) if one.observations]
        assert len(shown) == 1
        assert shown[0].observations[0].words == SAID[kind]
        assert shown[0].suggestion


def test_days_come_latest_first_and_older_ones_are_left_out():
    acts = [Act(Kind.PROMISE_OVERDUE, date(2026, month, 2)) for month in (5, 7, 9)]
    (seen,) = leaning(acts, Tendency.IGNORE).observations
    assert seen.days == (date(2026, 9, 2), date(2026, 7, 2))


def test_the_suggestion_answers_what_was_seen_last():
    acts = [Act(Kind.PROMISE_OVERDUE, date(2026, 7, 2)), Act(Kind.CHECK_IN_MISSED, date(2026, 9, 2))]
    assert "Ten minutes tomorrow" in leaning(acts, Tendency.IGNORE).suggestion
    assert "Deliver one of them" in leaning(acts[:1], Tendency.IGNORE).suggestion


def test_what_was_seen_is_never_counted_up_to_a_grade():
    once = mirror((Act(Kind.PREPARED, SINCE),), since=SINCE)
    often = mirror(tuple(Act(Kind.PREPARED, SINCE) for _ in range(9)), since=SINCE)
    assert [one.suggestion for one in once] == [one.suggestion for one in often]
