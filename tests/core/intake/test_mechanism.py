"""A guess how it came about: at most two, each with its words, and never more than a question."""

import pytest

from fairlead.core.intake.mechanism import _cues, mechanism_candidates
from fairlead.core.playbook.reader import load_default

SAID = {
    "untried_in_production": "It passed in the lab; production had an edge case the lab had not.",
    "wrong_target": "The command ran on the wrong host.",
    "step_skipped": "The dry run was skipped that day.",
    "review_without_reading": "The reviewers approved it but did not notice the typo.",
    "everywhere_at_once": "The config was pushed globally within a minute.",
    "rollback_not_ready": "The rollback failed twice.",
    "outdated_instruction": "The runbook was out of date.",
    "alert_missed": "The alert was silenced since Monday.",
    "excess_access": "The script had far too many permissions for its task.",
    "deletion_without_backup": "The table was dropped and there was no backup.",
    "secret_exposed": "An API key was committed to a public repository.",
    "capacity_misjudged": "The brokers ran out of memory under peak load.",
    "dependency_changed": "The TLS certificate had expired.",
    "handover_lost": "The silence was never mentioned in the handover.",
    "changes_met": "Two changes were under way at once.",
    "emergency_outside_process": "The hotfix went around the change process.",
}


def test_every_mechanism_of_the_playbook_has_its_cues_and_no_other():
    assert set(_cues()) == set(SAID) == {one.key for one in load_default().mechanisms}


@pytest.mark.parametrize("key", SAID)
def test_a_plain_sentence_leads_to_its_mechanism(key):
    assert key in [one.key for one in mechanism_candidates(SAID[key])]


def test_each_candidate_shows_the_words_that_led_to_it_and_there_are_two_at_most():
    text = " ".join(SAID.values())
    found = mechanism_candidates(text)
    assert len(found) == 2
    assert all(word in text.lower() for one in found for word in one.words)
    assert all(one.words for one in found)


def test_the_one_with_more_words_for_it_comes_first():
    found = mechanism_candidates(
        "No canary. It passed in the lab, and it was only in production that it broke."
    )
    assert [one.key for one in found] == ["untried_in_production", "everywhere_at_once"]


@pytest.mark.parametrize(
    "text", ["", "The shop was down from 14:27 to 15:32.", "approved " * 40_000, "x" * 400_000]
)
def test_what_points_to_nothing_leads_to_nothing(text):
    assert mechanism_candidates(text) == ()
