"""Four runs, three answers, one state: an error is never taken for an answer."""

from datetime import UTC, date, datetime, timedelta

import pytest

from fairlead.core.proof import (
    Role,
    Shown,
    Standing,
    State,
    Waiver,
    aged,
    as_expected,
    changed,
    decide,
    differences,
    shown_again,
    together,
    waived,
)
from fairlead.core.verdict import Verdict

ACCEPT, REFUSE, ERROR = (Shown(verdict) for verdict in Verdict)
UNFIT = {shown.verdict: Shown(shown.verdict, fits=False) for shown in (ACCEPT, REFUSE, ERROR)}
NOW = datetime(2026, 11, 20, tzinfo=UTC)


def runs(good=ACCEPT, bad=REFUSE, before=ACCEPT, malformed=ERROR):
    return dict(zip(Role, (good, bad, before, malformed), strict=True))


@pytest.mark.parametrize(
    ("shown", "state"),
    [
        (runs(), "proven"),
        (runs(REFUSE, REFUSE, ACCEPT, REFUSE), "overblocking"),  # always refuses
        (runs(ACCEPT, ACCEPT, ACCEPT, ACCEPT), "broken"),  # always accepts
        (runs(ERROR, ERROR, ERROR, ERROR), "error"),  # crashes
        (runs(bad=UNFIT[Verdict.REFUSE]), "draft"),  # refuses for an unrelated reason
        (runs(before=REFUSE), "draft"),  # something else refuses it as well
        (runs(before=UNFIT[Verdict.ACCEPT]), "draft"),  # nothing shows that it ran
        (runs(malformed=ACCEPT), "error"),
        (runs(malformed=REFUSE), "error"),
        (runs(good=ERROR), "error"),
        (runs(bad=ERROR), "error"),
        (runs(before=ERROR), "error"),
        (runs(good=REFUSE, bad=ACCEPT), "broken"),
    ],
)
def test_runs_make_a_state(shown, state):
    standing = decide(shown)
    assert standing.state == state
    assert bool(standing.reasons) == (state != "proven")


def test_no_mixture_with_an_error_where_an_answer_is_due_is_ever_proven():
    for good in (ACCEPT, REFUSE, ERROR):
        for bad in (ACCEPT, REFUSE, ERROR):
            for before in (ACCEPT, REFUSE, ERROR):
                for malformed in (ACCEPT, REFUSE, ERROR):
                    proven = decide(runs(good, bad, before, malformed)).state is State.PROVEN
                    assert proven == ((good, bad, before, malformed) == (ACCEPT, REFUSE, ACCEPT, ERROR))


def test_a_run_that_answers_differently_makes_it_flaky():
    standing = decide(runs(), [Role.BAD, Role.GOOD])
    assert (standing.state, standing.is_done) == ("flaky", False)


def test_only_what_does_not_show_what_it_must_is_tried_again():
    assert as_expected(Role.GOOD, UNFIT[Verdict.ACCEPT])
    assert not as_expected(Role.BAD, UNFIT[Verdict.REFUSE])
    assert not as_expected(Role.MALFORMED, ACCEPT)


def test_a_proof_grows_old():
    proven = Standing(State.PROVEN)
    assert aged(proven, NOW - timedelta(days=30), NOW, 30) == proven
    assert aged(proven, NOW - timedelta(days=31), NOW, 30).state == "stale"
    broken = Standing(State.BROKEN)
    assert aged(broken, NOW - timedelta(days=99), NOW, 30) == broken


def test_a_proof_of_something_that_changed_is_stale():
    assert changed(Standing(State.PROVEN), []).state == "proven"
    assert changed(Standing(State.PROVEN), ["The safeguard"]).reasons == ("The safeguard has changed since.",)
    assert changed(Standing(State.BROKEN), ["The safeguard"]).state == "broken"


WAIVER = Waiver("vendor", "The vendor mends it in March.", "Security", date(2026, 12, 1))


@pytest.mark.parametrize(
    ("waiver", "said"),
    [
        (Waiver("mood", "x", "Security", date(2026, 12, 1)), "code is not one of"),
        (Waiver("vendor", " ", "Security", date(2026, 12, 1)), "gives no reason"),
        (Waiver("vendor", "x", "", date(2026, 12, 1)), "other than the owner"),
        (Waiver("vendor", "x", "DATABASES ", date(2026, 12, 1)), "other than the owner"),
        (Waiver("vendor", "x", "Security", date(2026, 11, 19)), "ended on 2026-11-19"),
    ],
)
def test_a_waiver_that_is_not_valid_changes_nothing_and_says_why(waiver, said):
    standing = waived(Standing(State.BROKEN, ("It passes.",)), waiver, owner="Databases", today=NOW.date())
    assert standing.state == "broken"
    assert said in standing.reasons[1]


def test_a_valid_waiver_stands_in_until_its_day_and_is_not_needed_by_a_proven_one():
    assert waived(Standing(State.BROKEN), WAIVER, owner="Databases", today=date(2026, 12, 1)).is_done
    assert waived(Standing(State.PROVEN), WAIVER, owner="Databases", today=NOW.date()).state == "proven"
    assert waived(Standing(State.BROKEN), None, owner="Databases", today=NOW.date()).state == "broken"


def told(*seconds, **changed):
    return [*runs(**changed).items(), *seconds]


@pytest.mark.parametrize(
    ("tries", "state"),
    [
        (told(), "proven"),
        (told(bad=ACCEPT), "broken"),
        (told((Role.BAD, ACCEPT), bad=ACCEPT), "broken"),  # tried again, and the same
        (told((Role.BAD, REFUSE), bad=ACCEPT), "flaky"),
        (told((Role.BAD, UNFIT[Verdict.REFUSE])), "flaky"),
    ],
)
def test_who_is_told_decides_by_the_runs(tries, state):
    assert shown_again(tries).state == state


def test_with_a_run_missing_nothing_is_shown():
    assert shown_again(told()[:3]) is None
    assert shown_again([]) is None


@pytest.mark.parametrize(
    ("states", "worst"),
    [
        ([], None),
        (["proven"], "proven"),
        (["proven", "draft"], "draft"),
        (["stale", "error", "broken", "proven"], "broken"),
    ],
)
def test_several_proofs_stand_as_the_worst_of_them(states, worst):
    assert together(State(one) for one in states) == worst


def test_every_state_of_a_proof_has_its_place_among_the_worst():
    for state in set(State) - {State.WAIVED}:
        assert together([state, State.PROVEN]) in {state, State.PROVEN}


def test_what_two_provings_differ_in_is_named():
    same = {"safeguard_before": "s", "safeguard_now": "s"}
    assert differences({"bad": "1"}, {"bad": "1"}, **same) == ()
    assert differences({"bad": "1", "good": "2"}, {"bad": "3", "old": "4"}, **same) == tuple(
        f"The fixture “{name}” is another one than the time before." for name in ("bad", "good", "old")
    )
    assert differences({}, {}, safeguard_before="s", safeguard_now="t") == (
        "The safeguard is another one than the time before.",
    )
