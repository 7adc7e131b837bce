"""A text in neutral words reads as a sentence, and two people stay two."""

import pytest

from fairlead.core.deidentify.examine import examine
from fairlead.core.deidentify.neutral import in_neutral_words, replaces
from fairlead.core.deidentify.roster import Person

ROSTER = (Person("Priya Nair", "priya.nair@acme.example", ("pnair",)), Person("Jonas Lindqvist"))


@pytest.mark.parametrize(
    ("text", "neutral"),
    [
        ("Priya restarted the router.", "The engineer restarted the router."),
        (
            "Then Priya Nair restarted it, and Priya saw it.",
            "Then the engineer restarted it, and the engineer saw it.",
        ),
        ("Priya called Jonas.", "The engineer called a colleague."),
        ("We asked the engineer Priya to look.", "We asked the engineer to look."),
        ("The DBA Jonas's laptop", "The DBA's laptop"),
        ("Priya's change went out.", "The engineer's change went out."),
        ("- Priya: on it", "- The engineer: on it"),
        ("14:32 pnair: on it", "14:32 the engineer: on it"),
        ("Write to priya.nair@acme.example.", "Write to the team's mailbox."),
        ("She was on it and he hasn't slept.", "They were on it and they haven't slept."),
        ("I told her about it.", "I told them about it."),
        ("It was commit 4f2a91c.", "It was the change."),
        ("It came with the branch `feature/nair-fix`.", "It came with the branch of the change."),
        ("From 10.1.2.3 on core-rtr-02.", "From an internal address on core-rtr-02."),
        ("![photo of the engineer](x.png) Fine.", " Fine."),
        ("Nobody stands here.", "Nobody stands here."),
    ],
)
def test_what_can_be_replaced_as_it_stands_is_replaced(text, neutral):
    assert in_neutral_words(text, examine(text, roster=ROSTER)) == neutral


def test_neutral_words_name_nobody():
    text = (
        "Priya Nair (pnair) called Jonas; jonas said: thanks Priya, cc @pnair, mail priya.nair@acme.example"
    )
    neutral = in_neutral_words(text, examine(text, roster=ROSTER))
    assert [one for one in examine(neutral, roster=ROSTER) if one.level == "direct"] == []


def test_what_needs_another_sentence_is_left_to_a_person():
    text = "The engineer was on sick leave."
    (leave,) = examine(text)
    assert not replaces(leave)
    assert in_neutral_words(text, [leave]) == text


def test_a_finding_inside_one_that_was_replaced_is_passed_over():
    text = "Priya Nair did it."
    (name,) = examine(text, roster=ROSTER)
    inside = examine("Priya Nair did it.", roster=(Person("Nair"),))
    assert in_neutral_words(text, [name, *inside]) == "The engineer did it."
