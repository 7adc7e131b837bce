"""Triggers are proved when they fire on the change that broke things and seldom on others."""

import pytest

from fairlead.core.lessons.diff import read_diff
from fairlead.core.lessons.lesson import Triggers
from fairlead.core.lessons.proving import missing_to_show, mutes_itself, prove
from tests.core.lessons.changes import GIT, PLAIN

OWN, OTHER = read_diff(GIT.splitlines()), read_diff(PLAIN.splitlines())
NARROW = Triggers(paths=("network/**",), sections=("router bgp",))


def test_a_narrow_trigger_is_proved():
    proof = prove(NARROW, own=OWN, others=[OTHER] * 19 + [OWN])
    assert (proof.fired, proof.looked_at, proof.rate, proof.problems) == (1, 20, 0.05, ())
    assert len(proof.on_own) == 2


def test_one_that_would_not_have_fired_is_no_lesson_of_this_incident():
    (problem,) = prove(Triggers(paths=("shop/**",)), own=OWN, others=[OTHER]).problems
    assert "does not fire on the change" in problem


def test_one_that_fires_on_everything_is_noise():
    (problem,) = prove(Triggers(paths=("**",)), own=OWN, others=[OTHER, OWN]).problems
    assert "100%" in problem


def test_one_that_was_tried_on_nothing_is_not_proved():
    proof = prove(NARROW, own=OWN, others=[])
    assert proof.rate == 0
    assert "no ordinary change" in proof.problems[0]


def test_what_nobody_has_tried_is_missing():
    assert [one.code for one in missing_to_show(None, None, None)] == ["own_change", "rate"]
    assert missing_to_show(fires_on_own=True, fired=100, looked_at=1000) == ()
    assert [one.code for one in missing_to_show(fires_on_own=True, fired=101, looked_at=1000)] == ["rate"]


@pytest.mark.parametrize(
    ("useful", "not_useful", "mutes"),
    [(0, 2, False), (0, 3, True), (1, 3, True), (2, 4, False), (2, 5, True), (9, 9, False)],
)
def test_a_lesson_that_mostly_disturbs_falls_silent(useful, not_useful, mutes):
    assert mutes_itself(useful, not_useful) is mutes
