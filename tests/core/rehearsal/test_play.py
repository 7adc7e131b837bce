"""A rehearsal is worked out from its lines alone: what hurts closes the partner, what helps opens them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fairlead.core.playbook.reader import load_default
from fairlead.core.rehearsal.advice import not_heard_yet, worth_changing
from fairlead.core.rehearsal.partners import PartnerError, moves, partner, partners, read_partner
from fairlead.core.rehearsal.play import LONGEST_LINE, MOST_LINES, play
from tests.core.language.test_playbook_passes import FIRM

KIND = [
    "Thank you for coming. How are you?",
    "Take your time. I have time.",
    "Walk me through it: what did you mean to do, and what did you see?",
    "Let me say it back: so you saw the traffic fall at 14:31.",
    "Customers could not pay for an hour. It was serious.",
    "You made a mistake. It is not who you are, and I still trust you.",
    "Besides more care, what would have prevented this? How much pressure was there?",
    "I will move the date. Would you help to build the better test?",
]
HARD = [
    "What were you thinking? You were careless.",
    "Why didn't you check it? Do that again and you are out.",
]


def states_of(one, lines):
    """The states a partner goes through, worked out from the answers."""
    answers = {answer.says: answer.to for state in one.states for answer in (state.otherwise, *state.answers)}
    return [answers[turn.answer] for turn in play(one, lines)]


def test_there_are_the_five_of_the_playbook():
    assert [one.key for one in partners()] == [
        "devastated",
        "defensive",
        "silent",
        "minimising",
        "overloaded",
    ]
    assert partner("silent") is partners()[2]
    assert partner("angry") is None


@pytest.mark.parametrize("key", [one.key for one in partners()])
def test_kind_words_in_their_order_bring_everybody_to_a_plan(key):
    assert states_of(partner(key), [*KIND, *KIND[1:]])[-1] == "settled"


@pytest.mark.parametrize("key", [one.key for one in partners()])
def test_hard_words_at_the_start_close_everybody(key):
    assert states_of(partner(key), HARD)[-1] not in {"settled", "telling", "seeing", "opening", "breathing"}


@pytest.mark.parametrize("key", [one.key for one in partners()])
def test_every_state_can_be_reached_and_left_with_words(key):
    one = partner(key)
    reached, todo = set(), [one.states[0].key]
    while todo:
        state = todo.pop()
        if state not in reached:
            reached.add(state)
            todo += [answer.to for answer in one.state(state).answers]
    assert reached == {state.key for state in one.states}


def test_the_same_lines_lead_to_the_same_answers():
    for one in partners():
        assert play(one, KIND) == play(one, KIND)
        assert play(one, KIND[:3]) == play(one, KIND)[:3]


@given(st.lists(st.text(max_size=60), max_size=4))
def test_whatever_is_said_gets_an_answer(lines):
    for one in partners():
        assert all(turn.answer for turn in play(one, lines))


def test_a_very_long_rehearsal_is_bounded():
    turns = play(partner("silent"), ["a" * 9_000] * 100)
    assert len(turns) == MOST_LINES
    assert len(turns[0].said) == LONGEST_LINE


def test_the_coach_marks_each_line():
    (first, second) = play(partner("defensive"), HARD)
    assert first.findings
    assert "blame" in first.hurts
    assert second.hurts


def test_at_the_end_the_two_lines_most_worth_changing_are_shown_in_their_order():
    turns = play(partner("devastated"), [HARD[0], *KIND[:3], HARD[1]])
    advice = worth_changing(turns)
    assert [one.turn.said for one in advice] == [HARD[0], HARD[1]]
    assert all(one.reasons for one in advice)
    movements = {movement.key for movement in load_default().movements}
    assert {one.movement for one in advice} <= movements


def test_nothing_to_change_is_a_good_answer():
    assert worth_changing(play(partner("devastated"), KIND)) == ()
    assert not_heard_yet(play(partner("devastated"), KIND)) == ()


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        (["The router looped at 14:27."], "not about them"),
        (["How are you?", "Customers could not pay for an hour."], "before their own account"),
        (["How are you? " + "word " * 70], "words. Under stress"),
    ],
)
def test_a_line_can_be_worth_changing_without_a_hard_word(lines, said):
    (one,) = worth_changing(play(partner("silent"), lines))
    assert any(said in reason for reason in one.reasons)


@pytest.mark.parametrize(
    ("line", "movement"),
    [("These things happen, it is no big deal.", "impact"), ("Be more careful next time.", "systems")],
)
def test_the_better_words_come_from_the_movement_they_belong_to(line, movement):
    advice = worth_changing(play(partner("silent"), ["How are you?", line]))
    assert [one.movement for one in advice] == [movement]


def test_what_they_have_not_heard_yet_is_named():
    assert [key for key, _ in not_heard_yet(play(partner("silent"), KIND[:1]))] == [
        "facts",
        "impact",
        "person",
        "systems",
    ]


def test_the_firm_lines_of_the_playbook_are_not_marked():
    guides = [kind.movement6 for kind in load_default().types]
    lines = [
        line.text for guide in guides for line in (*guide.opening, *guide.asks, *guide.offers, *guide.closing)
    ]
    for turn in play(partner("silent"), lines[:MOST_LINES]):
        assert not turn.hurts, turn.said


@pytest.mark.parametrize("key", [one.key for one in partners()])
@pytest.mark.parametrize("line", FIRM)
def test_fair_is_not_soft_whoever_sits_there(key, line):
    for turn in play(partner(key), [*KIND[:3], line, *KIND[3:], line]):
        assert turn.findings == (), turn.said
    advice = worth_changing(play(partner(key), [*KIND[:4], line]))
    assert line not in [one.turn.said for one in advice]


@pytest.mark.parametrize("key", [one.key for one in partners()])
def test_no_line_that_the_playbook_gives_closes_anybody(key):
    for movement in load_default().movements:
        for line in movement.opening:
            assert states_of(partner(key), [KIND[0], line.text])[-1] not in {"gone", "wall"}, line.text


def test_every_opening_line_of_the_playbook_is_heard_as_what_it_is():
    wanted = {"concern": "concern", "facts": "facts", "person": "person", "systems": "systems"}
    for movement in load_default().movements:
        if movement.key in wanted:
            heard = {
                key for line in movement.opening for key in play(partner("silent"), [line.text])[0].heard
            }
            assert wanted[movement.key] in heard, movement.key


def test_every_move_is_heard_somewhere():
    used = {on for one in partners() for state in one.states for answer in state.answers for on in answer.on}
    assert {key for key, _ in moves()} <= used


SCRIPT = """
key = 'x'
title = 'X'
about = 'x'
opens = 'x'
practise = 'x'
[[states]]
key = 'only'
otherwise = { says = 'x', to = 'only' }
answers = [{ on = ['facts'], says = 'x', to = 'only' }]
"""


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("says = 'x', to = 'only' }]", "says = 'x', to = 'gone' }]", "no state"),
        ("'facts'", "'shouting'", "nothing that"),
    ],
)
def test_a_script_that_leads_nowhere_is_refused(old, new, said):
    assert read_partner(SCRIPT).key == "x"
    with pytest.raises(PartnerError, match=said):
        read_partner(SCRIPT.replace(old, new))
