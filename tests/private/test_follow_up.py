"""The ninety days as they are lived: fixed, moved, held, missed, caught up on, and never gone without a word."""

import uuid
from datetime import timedelta

import pytest

from fairlead.core.refusal import Refused
from fairlead.core.visibility import Act
from fairlead.foundation import clock
from fairlead.foundation.outbox.models import OutboxRow
from fairlead.people.reminding import working_times_set
from fairlead.private.cases.models import Grant, Notice
from fairlead.private.checkins.models import CheckIn, Touched
from fairlead.private.checkins.planning import follow_up_end, replan
from fairlead.private.checkins.selectors import read_checkin, signals_of
from fairlead.private.checkins.services import (
    WorkSaid,
    checkin_move,
    first_checkin_fix,
    leave_drop,
    leave_enter,
    pace_set,
)
from fairlead.private.checkins.signals import signal_note, signal_reply
from fairlead.private.conversations.selectors import text_of
from fairlead.private.conversations.slots import slot_of
from tests.private.ninety import NOTED, SAID, THURSDAY, WELLBEING, Ninety, after, on, work

pytestmark = pytest.mark.django_db
WHOLE_COURSE = [after(n) for n in (4, 6, 13, 20, 27, 41, 55, 69, 83)]


@pytest.fixture(autouse=True)
def _the_afternoon_of_the_talk():
    with clock.fixed(on(THURSDAY, 13)):
        yield


def told(talk: Ninety, who: str) -> list[str]:
    mark = talk.cast.actor(who).mark
    return list(Notice.objects.filter(case=talk.case, mark=mark, read_at=None).values_list("key", flat=True))


# --- laying the days --------------------------------------------------------------------------------------------------


def test_agreeing_lays_the_whole_course_on_the_days_of_the_cadence(cast):
    talk = Ninety(cast)
    assert talk.days("planned") == WHOLE_COURSE
    assert {row.time.hour for row in talk.rows()} == {10}
    assert {row.at.astimezone(clock.now().tzinfo).hour for row in talk.rows()} == {15, 14}, (
        "the clocks change"
    )


def test_laying_them_again_changes_no_row(cast):
    talk = Ninety(cast)
    before, jobs = list(CheckIn.objects.values()), OutboxRow.objects.count()
    for hours in (0, 30, 60):
        with clock.fixed(on(THURSDAY) + timedelta(hours=hours)):
            replan(talk.opened("manager", Act.READ).case)
    assert list(CheckIn.objects.values()) == before
    assert OutboxRow.objects.count() == jobs


def test_until_it_is_agreed_there_is_one_check_in_and_a_missed_one_is_caught_up_on(cast):
    from tests.private.talks import Talk  # noqa: PLC0415 - only here

    with clock.fixed(on(THURSDAY)):
        talk = Talk(cast).held()
        first_checkin_fix(talk.opened("engineer", Act.FIX_CHECKIN), at=on(after(4), 10))
    assert [row.day for row in CheckIn.objects.all()] == [after(4)]
    work(after(5))
    assert [(row.day, row.state) for row in CheckIn.objects.all()] == [
        (after(4), "missed"),
        (after(5), "planned"),
    ]


def test_holding_one_leaves_the_others_where_they_are(cast):
    talk = Ninety(cast)
    for _ in WHOLE_COURSE:
        talk.hold()
    assert talk.days("held") == WHOLE_COURSE
    assert talk.rows("planned") == []


def test_holding_it_twice_is_holding_it_once(cast):
    talk = Ninety(cast)
    row = talk.hold()
    with clock.fixed(on(row.day, 13)):
        talk.record("engineer", row, held=True)
    assert talk.days("held") == [after(4)]


def test_a_missed_one_stays_to_be_seen_and_both_are_told_of_the_day_it_is_caught_up_on(cast):
    talk = Ninety(cast)
    work(after(5))
    assert talk.days("missed") == [after(4)]
    assert talk.days("planned")[:2] == [after(5), after(12)]
    assert "checkin_missed" in told(talk, "manager")
    assert "checkin_missed" in told(talk, "engineer")
    opened = talk.opened("engineer", Act.READ)
    assert read_checkin(opened, talk.rows("missed")[0]).caught_up_on == after(5)


def test_a_server_that_slept_for_weeks_finds_all_that_was_missed_and_one_to_catch_up(cast):
    talk = Ninety(cast)
    work(after(22))
    assert talk.days("missed") == WHOLE_COURSE[:4]
    assert talk.days("planned")[0] == after(22)


def test_one_that_passed_can_still_be_recorded_as_held_on_its_day(cast):
    talk = Ninety(cast)
    work(after(5))
    with clock.fixed(on(after(5), 9)):
        talk.record("engineer", talk.rows("missed")[0], held=True)
    assert (talk.days("held"), talk.days("missed")) == ([after(4)], [])
    assert talk.days("planned") == WHOLE_COURSE[1:]


def test_one_may_be_held_before_its_day_but_only_the_next(cast):
    talk = Ninety(cast)
    first, second = talk.rows("planned")[:2]
    with clock.fixed(on(after(1))):
        with pytest.raises(Refused, match="comes before this one"):
            talk.record("manager", second, held=True)
        talk.record("manager", first, held=True)
        assert talk.days("held") == [after(1)]
        with pytest.raises(Refused, match="today already"):
            talk.record("manager", talk.next(), held=True)


def test_a_clock_that_jumps_ahead_and_back_loses_nothing(cast):
    talk = Ninety(cast)
    work(after(16))
    missed = talk.days("missed")
    assert missed == WHOLE_COURSE[:3]
    with clock.fixed(on(after(5))):
        replan(talk.opened("manager", Act.READ).case)
    assert talk.days("missed") == missed
    assert talk.days("planned")[0] > missed[-1]
    for row in talk.rows("missed"):  # whoever talked on one of these days says so
        with clock.fixed(on(row.day)):
            talk.record("manager", row, held=True)
    assert talk.days("held") == missed


def test_when_the_matter_is_closed_nothing_is_to_come_and_what_was_stays(cast):
    talk = Ninety(cast)
    talk.hold()
    case = talk.opened("manager", Act.READ).case
    follow_up_end(case)
    replan(case)
    assert (talk.days("held"), talk.days("planned")) == ([after(4)], [])


# --- by hand ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("who", "other"), [("manager", "engineer"), ("engineer", "manager")])
def test_either_moves_one_and_the_other_is_told_and_what_follows_counts_from_it(cast, who, other):
    talk = Ninety(cast)
    row = talk.rows("planned")[1]
    with clock.fixed(on(after(4))):
        moved = checkin_move(talk.opened(who, Act.FIX_CHECKIN), checkin=row, at=on(after(7), 15), edition=0)
    assert (moved.day, moved.moved_from, moved.sequence) == (after(7), after(6), 1)
    assert talk.days("planned")[:3] == [after(4), after(7), after(14)]
    assert "checkin_moved" in told(talk, other)
    assert "checkin_moved" not in told(talk, who)


@pytest.mark.parametrize(
    ("at", "why"),
    [
        (on(after(0), 9), "has passed"),
        (on(after(9), 10), "not a working day"),
        (on(after(13), 10), "away then"),
        (on(after(4), 12), "already"),
    ],
)
def test_a_day_that_does_not_go_is_refused_with_the_reason(cast, at, why):
    talk = Ninety(cast)
    with clock.fixed(on(after(1))):
        leave_enter(
            talk.opened("engineer", Act.FIX_CHECKIN),
            leave_id=uuid.uuid4(),
            who="manager",
            first=after(13),
            last=after(14),
        )
        before = talk.days()
        with pytest.raises(Refused, match=why):
            checkin_move(
                talk.opened("manager", Act.FIX_CHECKIN), checkin=talk.rows("planned")[1], at=at, edition=0
            )
    assert talk.days() == before


def test_two_who_move_it_at_once_are_not_overruled_silently(cast):
    talk = Ninety(cast)
    row = talk.rows("planned")[1]
    with clock.fixed(on(after(4))):
        checkin_move(talk.opened("manager", Act.FIX_CHECKIN), checkin=row, at=on(after(7), 15), edition=0)
        with pytest.raises(Refused, match="while you looked"):
            checkin_move(talk.opened("engineer", Act.FIX_CHECKIN), checkin=row, at=on(after(8), 9), edition=0)
    assert talk.days("planned")[1] == after(7)


def test_leave_moves_check_ins_behind_it_and_back_when_it_is_taken_back(cast):
    talk, leave_id = Ninety(cast), uuid.uuid4()
    days = {"leave_id": leave_id, "who": "engineer", "first": after(11), "last": after(22)}
    with clock.fixed(on(after(4))):
        opened = talk.opened("engineer", Act.FIX_CHECKIN)
        leave = leave_enter(opened, **days)
        assert leave_enter(opened, **days) == leave
        assert talk.days("planned")[:3] == [after(4), after(6), after(25)]
        leave_drop(opened, leave=leave)
    assert talk.days("planned") == WHOLE_COURSE


def test_public_holidays_are_those_of_the_engineers_country(cast):
    talk = Ninety(cast, first=after(5))
    with clock.fixed(on(THURSDAY, 13)):
        working_times_set(
            cast.engineer, zone="America/New_York", working_week=range(5), country="US", region=""
        )
        with pytest.raises(Refused, match="not a working day"):
            checkin_move(
                talk.opened("manager", Act.FIX_CHECKIN), checkin=talk.next(), at=on(after(4), 10), edition=0
            )
    work(THURSDAY, 14)
    assert after(4) not in talk.days()


def test_another_working_week_or_zone_lays_the_days_anew(cast):
    talk = Ninety(cast)
    with clock.fixed(on(THURSDAY, 13)):
        working_times_set(cast.engineer, zone="Asia/Tokyo", working_week=[0, 1, 3, 4], country="", region="")
    work(THURSDAY, 14)
    assert not {day.weekday() for day in talk.days()} & {2, 5, 6}
    assert {row.at.hour for row in talk.rows()} == {1}, "ten in the morning in Tokyo"


def test_the_two_choose_their_pace_within_bounds(cast):
    talk = Ninety(cast, first=after(1))
    with clock.fixed(on(THURSDAY, 13)):
        opened = talk.opened("engineer", Act.FIX_CHECKIN)
        pace_set(opened, pace={"week_1": 1, "weeks_2_to_4": 5, "months_2_to_3": 10})
        with pytest.raises(Refused, match="between 1 and 3 working days"):
            pace_set(opened, pace={"week_1": 9})
    assert talk.days("planned")[:5] == [after(n) for n in (1, 4, 5, 6, 13)]
    assert "pace_changed" in told(talk, "manager")


def test_a_new_manager_meets_the_engineer_on_their_first_day(cast):
    talk = Ninety(cast)
    Grant.objects.filter(case=talk.case, role="manager").update(starts_at=on(after(15)))
    with clock.fixed(on(after(4))):
        replan(talk.opened("engineer", Act.READ).case)
    assert talk.days("planned")[:4] == [after(4), after(6), after(13), after(15)]


# --- what is said -----------------------------------------------------------------------------------------------------


def test_both_write_both_read_and_nothing_is_overwritten(cast):
    talk = Ninety(cast)
    row = talk.next()
    for what, words in (
        (SAID, "Better than I feared."),
        (NOTED, "Calmer today."),
        (WELLBEING, "I sleep again."),
    ):
        talk.say(row, words, what=what)
        talk.say(row, words + " And more.", what=what)
    for who in ("manager", "engineer"):
        read = read_checkin(talk.opened(who, Act.READ), row, with_history=True)
        assert read.said.words == "Better than I feared. And more."
        assert [one.words for one in read.said.earlier] == ["Better than I feared."]
        assert (read.noted.words, read.wellbeing.words) == (
            "Calmer today. And more.",
            "I sleep again. And more.",
        )


def test_each_writes_under_their_own_hand_alone(cast):
    talk = Ninety(cast)
    row = talk.next()
    for who, act, what in (
        ("manager", Act.WRITE_NOTES, SAID),
        ("manager", Act.WRITE_NOTES, WELLBEING),
        ("engineer", Act.SAY_HOW, NOTED),
    ):
        with pytest.raises(Refused, match="cannot be done here"):
            talk.write_in(talk.opened(who, act), slot_of(what, row.pk), "Not mine to write.")
    assert text_of(talk.opened("manager", Act.READ), slot_of(SAID, row.pk)).words == ""


def test_promises_are_marked_by_the_side_they_were_made_to_with_what_shows_it(cast):
    talk = Ninety(cast)
    theirs, ours = talk.promise_of("engineer"), talk.promise_of("manager")
    row = talk.hold("manager", touched={theirs.pk: ("kept", "The diff stood in both changes.")})
    theirs.refresh_from_db()
    assert theirs.state == "met"
    with clock.fixed(on(row.day, 13)):
        talk.record("engineer", row, touched={ours.pk: ("not_talked", "")})
        with pytest.raises(Refused, match="what was seen"):
            talk.record("engineer", row, touched={ours.pk: ("kept", " ")})
        with pytest.raises(Refused, match="The side a promise was made to"):
            talk.record("manager", row, touched={ours.pk: ("kept", "I say so myself.")})
        talk.record("engineer", row, touched={ours.pk: ("not_kept", "No budget yet.")})
    assert {t.promise_id: t.how for t in Touched.objects.filter(checkin=row)} == {
        theirs.pk: "kept",
        ours.pk: "not_kept",
    }
    assert "promise_marked" in told(talk, "manager")


def test_a_promise_that_lapsed_and_was_kept_in_the_end_shows_both(cast):
    talk = Ninety(cast)
    ours, row = talk.promise_of("manager"), talk.hold()
    with clock.fixed(on(row.day, 13)):
        for how, shows in (
            ("not_kept", "No budget yet."),
            ("kept", "It came today."),
            ("kept", "It came today."),
        ):
            talk.record("engineer", row, touched={ours.pk: (how, shows)})
    from fairlead.private.promises.selectors import ledger_of  # noqa: PLC0415 - only here

    kept = next(p for p in ledger_of(talk.opened("engineer", Act.READ)) if p.entry.id == str(ours.pk))
    assert kept.evidence == "No budget yet.\n\nIt came today."


def test_the_work_that_was_given_is_kept_as_each_of_the_two_said_it(cast):
    talk, said = Ninety(cast), WorkSaid(uuid.uuid4(), "yes", "The next change on the border.")
    row = talk.hold(work=said)
    with clock.fixed(on(row.day, 13)):
        talk.record("manager", row, work=said)
        talk.record("engineer", row, work=WorkSaid(uuid.uuid4(), "not_yet", "Only tickets so far."))
        with pytest.raises(Refused, match="yes, or not yet"):
            talk.record("engineer", row, work=WorkSaid(uuid.uuid4(), "perhaps", ""))
    work_said = read_checkin(talk.opened("engineer", Act.READ), row).work
    assert [(one.role, one.given) for one in work_said] == [("manager", "yes"), ("engineer", "not_yet")]


# --- signals ----------------------------------------------------------------------------------------------------------


def seen(talk: Ninety, who: str = "manager", **more: object):
    given = {
        "signal_id": uuid.uuid4(),
        "key": "paralysis",
        "seen_on": after(5),
        "words": "Asked three times.",
    }
    return signal_note(talk.opened(who, Act.CHECK_IN), **{**given, **more})


def test_what_was_seen_is_told_to_the_other_one_who_answers_beside_it(cast):
    talk = Ninety(cast)
    with clock.fixed(on(after(6))):
        signal = seen(talk)
        assert "signal_noted" in told(talk, "engineer")
        again = uuid.uuid4()
        for _ in range(2):
            signal_reply(
                talk.opened("engineer", Act.REMARK),
                signal=signal,
                reply_id=again,
                words="The guide asks for it.",
            )
        with pytest.raises(Refused, match="Write how you see it"):
            signal_reply(talk.opened("engineer", Act.REMARK), signal=signal, reply_id=uuid.uuid4(), words=" ")
    [read] = signals_of(talk.opened("manager", Act.READ))
    assert (read.words, read.kind.direction) == ("Asked three times.", "too_far")
    assert [reply.words for reply in read.replies] == ["The guide asks for it."]
    assert "record_contested" in told(talk, "manager")


@pytest.mark.parametrize("key", ["same_shortcut", "making_light", "no_part_in_fix"])
def test_nobody_did_too_little_where_there_was_no_opportunity(cast, key):
    talk = Ninety(cast)
    with clock.fixed(on(after(6))):
        with pytest.raises(Refused) as refused:
            seen(talk, key=key)
        assert {one.code for one in refused.value.missing} == {"opportunity", "opportunity_on"}
        seen(talk, key=key, opportunity="The change on Tuesday.", opportunity_on=after(5))
    [read] = signals_of(talk.opened("engineer", Act.READ))
    assert (read.opportunity, read.opportunity_on) == ("The change on Tuesday.", after(5))


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"words": " "}, "words"),
        ({"seen_on": after(7)}, "seen_on"),
        ({"seen_on": after(-1)}, "seen_on"),
        ({"key": "lazy"}, "key"),
    ],
)
def test_a_signal_is_something_seen_on_a_day_of_the_follow_up(cast, changed, field):
    talk = Ninety(cast)
    with clock.fixed(on(after(6))), pytest.raises(Refused) as refused:
        seen(talk, **changed)
    assert refused.value.field == field
    assert signals_of(talk.opened("manager", Act.READ)) == ()


def test_the_same_form_twice_is_one_signal(cast):
    talk, signal_id = Ninety(cast), uuid.uuid4()
    with clock.fixed(on(after(6))):
        seen(talk, signal_id=signal_id)
        seen(talk, signal_id=signal_id)
    assert len(signals_of(talk.opened("manager", Act.READ))) == 1
