"""The walk against a second, differently written telling of the playbook, over every combination of
answers.
"""

import dataclasses
import inspect
import re
from dataclasses import fields, replace
from itertools import product

import pytest

from fairlead.core import mistake, mistake_reasons, mistake_table
from fairlead.core.mistake import (
    Answer,
    MistakeType,
    Pressure,
    RepeatTests,
    WalkAnswers,
    WalkNotFinishedError,
    standing_type,
    suggest,
    unanswered,
)

YES, NO, UNKNOWN = Answer.YES, Answer.NO, Answer.UNKNOWN
HONEST, SHORTCUT, REPEAT, BREACH = MistakeType
BASE_QUESTIONS = tuple(field.name for field in fields(WalkAnswers))[:9]
TESTS = tuple(field.name for field in fields(RepeatTests))
LETTER = {YES: "y", NO: "n", UNKNOWN: "u"}
ALL_MET = RepeatTests(*[YES] * 6)
NO_SUPPORT = replace(ALL_MET, support_delivered=NO)

# The oracle: the answers as one string of nine letters, and the playbook's rows as patterns, first match
# wins. "[nu]" where a doubt is read as no, "[yu]" where it is read as yes.
PATTERNS = (
    (r"[nu]", "systemic_only"),
    (r"yy", "leave_tool"),
    (r"y[nu][yu]", "health_route"),
    (r"y[nu]n[nu]", HONEST),
    (r"y[nu]ny[nu]", HONEST),
    (r"y[nu]nyy[nu]", HONEST),
    (r"y[nu]nyyy[yu]", HONEST),
    (r"y[nu]nyyyny", BREACH),
    (r"y[nu]nyyyn[nu]y", BREACH),
    (r"y[nu]nyyyn[nu][nu]$", SHORTCUT),
)
# (base, all six met, pressure lowers) -> the type in the end.
IN_THE_END = {
    (HONEST, False, False): HONEST,
    (HONEST, False, True): HONEST,
    (HONEST, True, False): HONEST,
    (HONEST, True, True): HONEST,
    (SHORTCUT, False, False): SHORTCUT,
    (SHORTCUT, False, True): HONEST,
    (SHORTCUT, True, False): REPEAT,
    (SHORTCUT, True, True): SHORTCUT,
    (BREACH, False, False): BREACH,
    (BREACH, False, True): SHORTCUT,
    (BREACH, True, False): BREACH,
    (BREACH, True, True): SHORTCUT,
}


def expected(letters, repeat, pressure):
    found = next(outcome for pattern, outcome in PATTERNS if re.match(pattern, letters))
    if isinstance(found, str):
        return (found, None, None)
    met = repeat is not None and all(getattr(repeat, name) == "yes" for name in TESTS)
    return (None, found, IN_THE_END[found, met, pressure in {"decisive", "unknown"}])


def every_walk(repeats):
    for base in product(Answer, repeat=9):
        for repeat, pressure in product(repeats, Pressure):
            yield base, repeat, pressure


@pytest.fixture(scope="module")
def outcomes():
    """Every combination of base answers and pressure, with no look-back, a full one, and one that misses a
    test.
    """
    return {
        (base, repeat, pressure): suggest(WalkAnswers(*base, repeat=repeat, pressure=pressure))
        for base, repeat, pressure in every_walk((None, ALL_MET, NO_SUPPORT))
    }


def rank(suggestion):
    """How hard an outcome is on the person; intended harm leaves the tool and is the hardest."""
    if suggestion.exit == "leave_tool":
        return 5
    return 0 if suggestion.type is None else int(suggestion.type)


def test_every_combination_of_answers_agrees_with_the_playbook_written_as_patterns(outcomes):
    assert len(outcomes) == 3**9 * 4 * 3
    for (base, repeat, pressure), got in outcomes.items():
        letters = "".join(LETTER[answer] for answer in base)
        assert (got.exit, got.base, got.type) == expected(letters, repeat, pressure), (
            letters,
            repeat,
            pressure,
        )


def test_every_kind_of_outcome_is_reached(outcomes):
    assert {(got.exit, got.type) for got in outcomes.values()} == {
        ("systemic_only", None),
        ("leave_tool", None),
        ("health_route", None),
        *((None, kind) for kind in MistakeType),
    }


def every_path(given=None):
    """Every way the base questions can be asked and answered, with the questions not asked left open."""
    given = given or WalkAnswers(pressure=Pressure.ABSENT)
    needed = unanswered(given)
    if not needed:
        yield given
        return
    for answer in Answer:
        yield from every_path(replace(given, **{needed[0]: answer}))


def test_every_path_agrees_for_all_729_answers_to_the_six_tests_of_a_repeat():
    paths = list(every_path())
    assert len(paths) == 2 + 1 + 2 * 2 + 2 * (4 * 2 + 1 + 2 * 3)
    for path, answers, pressure in product(paths, product(Answer, repeat=6), Pressure):
        repeat = RepeatTests(*answers)
        got = suggest(replace(path, repeat=repeat, pressure=pressure))
        letters = "".join(LETTER.get(getattr(path, question), "n") for question in BASE_QUESTIONS)
        assert (got.exit, got.base, got.type) == expected(letters, repeat, pressure)


@pytest.mark.parametrize(
    "base", [[YES, NO, NO, YES, YES, YES, NO, NO, NO], [YES, NO, NO, YES, YES, YES, NO, YES, None]]
)
def test_a_repeat_needs_all_six_tests_known_and_met(base):
    for answers in product(Answer, repeat=6):
        repeat = RepeatTests(*answers)
        got = suggest(WalkAnswers(*base, repeat=repeat, pressure=Pressure.PRESENT))
        met = [name for name, answer in zip(TESTS, answers, strict=True) if answer is YES]
        assert set(got.missed_repeat_tests) == set(TESTS) - set(met)
        assert (got.type is REPEAT) == (got.base is SHORTCUT and len(met) == 6)
        assert got.asks_about_support is False


def test_not_known_is_never_harder_than_either_known_answer(outcomes):
    for (base, repeat, pressure), got in outcomes.items():
        for position, answer in enumerate(base):
            if answer is UNKNOWN:
                known = [(*base[:position], other, *base[position + 1 :]) for other in (YES, NO)]
                milder = min(rank(outcomes[other, repeat, pressure]) for other in known)
                assert rank(got) == milder, (BASE_QUESTIONS[position], base)
        if pressure is Pressure.UNKNOWN:
            assert rank(got) == min(rank(outcomes[base, repeat, other]) for other in Pressure)


def test_decisive_pressure_never_raises_the_type_and_present_pressure_changes_nothing(outcomes):
    for (base, repeat, pressure), got in outcomes.items():
        absent = outcomes[base, repeat, Pressure.ABSENT]
        if pressure is Pressure.DECISIVE:
            assert rank(got) <= rank(absent)
        if pressure is Pressure.PRESENT:
            assert (got.type, got.exit) == (absent.type, absent.exit)


def test_a_look_back_that_misses_a_test_gives_what_no_look_back_gives_and_names_the_debt(outcomes):
    for (base, repeat, pressure), got in outcomes.items():
        if repeat == NO_SUPPORT and got.exit is None:
            assert got.type is outcomes[base, None, pressure].type
            assert got.missed_repeat_tests == ("support_delivered",)
            assert "repeat_missed_support_delivered" in {reason.code for reason in got.reasons}


def test_a_second_rater_is_asked_for_exactly_at_types_three_and_four(outcomes):
    for got in outcomes.values():
        assert got.needs_second_rater == (got.type in {REPEAT, BREACH})


def test_an_honest_mistake_that_comes_again_after_everything_was_done_asks_about_support(outcomes):
    for (_, repeat, _), got in outcomes.items():
        assert got.asks_about_support == (got.base is HONEST and repeat == ALL_MET)


def test_drift_is_named_only_when_peers_are_known_to_do_the_same(outcomes):
    for (base, _, _), got in outcomes.items():
        reached_peers = got.exit is None and base[3:6] == (YES, YES, YES)
        assert got.drift == (reached_peers and base[6] is YES)


def test_every_turn_has_a_reason_in_a_sentence_from_the_question_it_belongs_to(outcomes):
    told = set()
    for got in outcomes.values():
        assert got.reasons
        for reason in got.reasons:
            assert reason.code.startswith(reason.question + "_")
            assert reason.words.endswith(".")
        told.update(reason.code for reason in got.reasons)
    every_code = {f"{q}_{turn}" for q, turns in mistake_reasons.REASON_WORDS.items() for turn in turns}
    untold = every_code - told
    assert untold == {f"repeat_missed_{name}" for name in TESTS if name != "support_delivered"}


def test_the_walk_asks_only_what_it_needs_and_the_rest_changes_nothing(outcomes):
    for (base, repeat, pressure), whole in outcomes.items():
        if (repeat, pressure) not in {(None, Pressure.PRESENT), (ALL_MET, Pressure.DECISIVE)}:
            continue
        complete = WalkAnswers(*base, repeat=repeat, pressure=pressure)
        given = WalkAnswers(repeat=repeat)
        while needed := unanswered(given):
            given = replace(given, **{needed[0]: getattr(complete, needed[0])})
        assert suggest(given) == whole


def test_an_open_question_is_named_and_nothing_is_suggested_before_it_is_answered():
    with pytest.raises(WalkNotFinishedError, match="concern") as caught:
        suggest(WalkAnswers())
    assert caught.value.questions == ("concern",)
    up_to_red_line = WalkAnswers(YES, NO, NO, YES, YES, YES, NO)
    assert unanswered(up_to_red_line) == ("red_line", "pressure")
    assert unanswered(replace(up_to_red_line, red_line=NO, pressure=Pressure.ABSENT)) == ("risk_set_aside",)
    assert unanswered(replace(up_to_red_line, red_line=YES)) == ("pressure",)
    assert unanswered(replace(up_to_red_line, peers_same=None)) == ("peers_same",)


@pytest.mark.parametrize("first", MistakeType)
def test_the_lower_of_two_raters_stands(first):
    for second in MistakeType:
        assert standing_type(first, second) is (min(first, second))


@pytest.mark.parametrize(
    ("first", "stands"), [(HONEST, HONEST), (SHORTCUT, SHORTCUT), (REPEAT, SHORTCUT), (BREACH, SHORTCUT)]
)
def test_until_the_second_rater_has_answered_the_heavier_types_do_not_stand(first, stands):
    assert standing_type(first) is stands


def names_of_inputs(module):
    for name, thing in vars(module).items():
        if inspect.isclass(thing) and thing.__module__ == module.__name__ and dataclasses.is_dataclass(thing):
            yield from (f"{name}.{field.name}" for field in fields(thing))
        elif inspect.isfunction(thing) and thing.__module__ == module.__name__:
            yield from (f"{name}.{parameter}" for parameter in inspect.signature(thing).parameters)


def test_no_signature_and_no_field_can_carry_the_bill():
    names = [*names_of_inputs(mistake), *names_of_inputs(mistake_table)]
    assert "WalkAnswers.concern" in names
    assert "suggest.answers" in names
    bill = re.compile(
        r"impact|sever|money|cost|bill|revenue|loss|amount|damage|minutes|duration|reputation|press(?!ure)"
    )
    assert [name for name in names if bill.search(name.lower())] == []
    assert "fairlead.core.impact" not in inspect.getsource(mistake)
