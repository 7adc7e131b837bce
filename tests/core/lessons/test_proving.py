"""Triggers are proved when they fire on the change that broke things and seldom on others."""

from fairlead.core.lessons.diff import read_diff
from fairlead.core.lessons.lesson import Triggers
from fairlead.core.lessons.proving import prove
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
