"""The same words harm in one place and do no harm in another: each kind of place has a pair that tells them apart."""

import pytest

from fairlead.core.language import lint


def found(text, audience="commons"):
    return {one.rule for one in lint(text, audience=audience)}


@pytest.mark.parametrize(
    ("harm", "no_harm", "rule"),
    [
        ("The operator failed to answer.", "The operator never failed to answer.", "FL101"),
        ("They messed up.", "They have not messed up.", "FL107"),
        ("The cause was pure negligence.", "The cause was not pure negligence.", "FL104"),
    ],
)
def test_a_no_before_the_words_takes_the_harm_away(harm, no_harm, rule):
    assert rule in found(harm)
    assert rule not in found(no_harm)


def test_a_no_in_another_clause_changes_nothing():
    assert "FL103" in found("We had not slept, and you are so lazy.")


@pytest.mark.parametrize("mark", ['"{}"', "“{}”", "'{}'"])
def test_quoted_words_are_somebody_elses(mark):
    words = "The operator failed to check it."
    assert "FL101" in found(f"On Monday {words}")
    assert "FL101" not in found(f"On Monday the log had {mark.format(words)} in it")


def test_reported_words_are_somebody_elses():
    assert "FL501" in found("Please be more careful with the prompt.")
    assert "FL501" not in found("The policy says to please be more careful with the prompt.")


def test_rejected_words_are_not_meant():
    assert "FL105" in found("Human error caused the loop.")
    assert "FL105" not in found("It is tempting to say human error caused the loop.")


def test_what_makes_small_by_denying_means_what_it_says():
    assert "FL301" in found("The leak was not a big thing.")
    assert "FL105" not in found("Human error is not a cause.")


def test_a_word_with_somebody_is_no_word_that_is_spoken_of():
    assert "FL505" in found("Team lead to have a word with the deployer about concentration.")
    assert "FL104" not in found("The word carelessness explains nobody.")


def test_a_document_that_says_what_is_threatened_with_is_no_report():
    assert "FL601" in found("Do it as the runbook says, or else.", "private")
    assert "FL601" not in found("The policy says that this is your last warning.", "private")


def test_an_answer_of_the_past_is_no_answer_of_today():
    assert "FL501" in found("Tell people to be more careful.")
    assert "FL502" not in found(
        "Telling people to be more careful was our answer in spring, and the loop came back."
    )


def test_who_does_it_decides():
    assert "FL101" in found("The operator failed to answer.")
    assert "FL101" not in found("The load balancer failed to answer.")


def test_an_item_of_a_list_is_as_specific_as_all_of_it():
    assert "FL701" in found("- Improve monitoring.")
    assert "FL701" not in found("- Improve monitoring. Owner: storage, by 3 May.")
