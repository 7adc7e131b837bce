"""One question at a time: which one comes next, and when there is nothing more to ask."""

from fairlead.private.walks.content import REPEAT_TESTS
from fairlead.private.walks.steps import steps_of

FIRST = {"concern": "yes", "harm_intended": "no", "health": "no"}
SAID = dict.fromkeys(("concern", "harm_intended", "process_known", "repeat", *REPEAT_TESTS), "It was seen.")


def _now(answers, evidence=SAID):
    now = steps_of(answers, evidence).now
    return now.key if now else None


def test_the_first_question_is_whether_there_is_a_concern_at_all():
    assert _now({}, {}) == "concern"


def test_an_answer_without_what_it_rests_on_keeps_its_question_in_view():
    steps = steps_of({"concern": "yes"}, {})
    assert steps.now.key == "concern"
    assert steps.lacks_evidence


def test_not_known_rests_on_nothing_and_goes_on():
    assert _now({**FIRST, "process_known": "unknown"}) == "repeat"


def test_no_concern_ends_the_walk_and_leaves_nothing_to_ask():
    steps = steps_of({"concern": "no"}, SAID)
    assert steps.now is None
    assert steps.suggestion.exit == "systemic_only"


def test_health_ends_the_walk_whatever_else_was_answered():
    assert steps_of({**FIRST, "health": "yes"}, SAID).suggestion.exit == "health_route"


def test_a_look_back_brings_its_six_tests_and_no_look_back_brings_none():
    honest = {**FIRST, "process_known": "no"}
    assert _now({**honest, "repeat": "no"}) is None
    assert _now({**honest, "repeat": "yes"}) == REPEAT_TESTS[0]
    assert _now({**honest, "repeat": "yes", **dict.fromkeys(REPEAT_TESTS, "yes")}) is None


def test_every_answered_question_stays_on_the_page_in_the_order_of_the_walk():
    steps = steps_of({"process_known": "no", **FIRST}, SAID)
    assert [one.question.key for one in steps.answered] == [
        "concern",
        "harm_intended",
        "health",
        "process_known",
    ]
    assert steps.answered[-1].answer == "No"
