"""What an organisation may change in a playbook, and what it may not."""

import re
from dataclasses import replace

import pytest

from fairlead.core.playbook.guards import first_problem
from fairlead.core.playbook.reader import PlaybookError, default_text, load_default, read
from fairlead.core.playbook.schema import Choice, Intent, Line


@pytest.fixture
def playbook():
    return load_default()


def swapped(items, index, **changes):
    """The tuple with one entry changed."""
    return (*items[:index], replace(items[index], **changes), *items[index + 1 :])


def without(items, index):
    return (*items[:index], *items[index + 1 :])


def problem_of(playbook):
    problem = first_problem(playbook)
    assert problem is not None
    return problem


def test_the_default_playbook_has_no_problem(playbook):
    assert first_problem(playbook) is None


def test_an_organisation_may_change_words_cadence_mechanisms_and_leaves(playbook):
    adapted = replace(
        playbook,
        id="our-own",
        title="Our way",
        mechanisms=playbook.mechanisms[:2],
        traps=swapped(playbook.traps, 0, title="Shouting"),
        cadence=swapped(playbook.cadence, 0, every_working_days=1),
        factor_questions=swapped(playbook.factor_questions, 0, leaves=(Choice("no_lab", "We have no lab"),)),
        steps=swapped(playbook.steps, 0, title="You first"),
    )
    assert first_problem(adapted) is None


GUARDED = [
    ("steps", 10),
    ("movements", 6),
    ("types", 4),
    ("traps", 5),
    ("strengths", 3),
    ("notices", 42),
    ("walk.questions", 11),
    ("walk.repeat_tests", 6),
    ("walk.exits", 3),
    ("own_state.questions", 3),
    ("second_talk.required", 10),
    ("statement.support", 4),
    ("statement.teams", 4),
    ("statement.reputation", 4),
]


@pytest.mark.parametrize(("part", "count"), GUARDED)
def test_no_entry_of_a_guarded_part_can_be_dropped(playbook, part, count):
    outer, _, inner = part.partition(".")
    holder = getattr(playbook, outer)
    items = getattr(holder, inner) if inner else holder
    assert len(items) == count
    for index in range(count):
        fewer = without(items, index)
        problem = problem_of(
            replace(playbook, **{outer: replace(holder, **{inner: fewer}) if inner else fewer})
        )
        assert problem.path == part
        assert "guarded" in problem.message
        assert items[index].key in problem.message


def test_none_of_the_nine_factor_questions_can_be_dropped_but_the_outside_one_can(playbook):
    questions = playbook.factor_questions
    for index in range(9):
        problem = problem_of(replace(playbook, factor_questions=without(questions, index)))
        assert problem.path == "factor_questions"
        assert f"“{questions[index].key}” is missing" in problem.message
    assert questions[9].key == "X"
    assert first_problem(replace(playbook, factor_questions=questions[:9])) is None


@pytest.mark.parametrize("part", ["steps", "movements", "types"])
def test_the_order_of_the_spine_cannot_be_changed(playbook, part):
    items = getattr(playbook, part)
    assert problem_of(replace(playbook, **{part: (items[1], items[0], *items[2:])})).path == part
    assert problem_of(replace(playbook, **{part: swapped(items, 1, number=7)})).path == f"{part}[1].number"


@pytest.mark.parametrize("key", ["concern", "peers_same", "pressure"])
def test_not_known_cannot_be_taken_away_from_a_question_of_the_walk(playbook, key):
    questions = playbook.walk.questions
    index = [question.key for question in questions].index(key)
    answers = tuple(answer for answer in questions[index].answers if answer.key != "unknown")
    walk = replace(playbook.walk, questions=swapped(questions, index, answers=answers))
    problem = problem_of(replace(playbook, walk=walk))
    assert problem.path == f"walk.questions[{index}].answers"
    assert "unknown" in problem.message


def test_not_known_cannot_be_taken_away_from_a_repeat_test(playbook):
    tests = playbook.walk.repeat_tests
    walk = replace(playbook.walk, repeat_tests=swapped(tests, 3, answers=tests[3].answers[:2]))
    assert problem_of(replace(playbook, walk=walk)).path == "walk.repeat_tests[3].answers"


@pytest.mark.parametrize(("index", "organisational"), [(0, True), (4, True), (5, False), (8, False)])
def test_an_organisational_question_stays_with_its_owner_above_the_engineer(playbook, index, organisational):
    questions = swapped(playbook.factor_questions, index, organisational=organisational)
    problem = problem_of(replace(playbook, factor_questions=questions))
    assert problem.path == f"factor_questions[{index}].organisational"


@pytest.mark.parametrize(
    ("part", "changes", "path"),
    [
        ("improvement_examples", {"answers": "A9"}, "improvement_examples[0].answers"),
        ("improvement_examples", {"strength": "huge"}, "improvement_examples[0].strength"),
        ("promise_prompts", {"side": "nobody"}, "promise_prompts[0].side"),
        ("signals", {"direction": "sideways"}, "signals[0].direction"),
    ],
)
def test_a_value_the_product_does_not_know_is_refused_with_the_known_ones(playbook, part, changes, path):
    problem = problem_of(replace(playbook, **{part: swapped(getattr(playbook, part), 0, **changes)}))
    assert problem.path == path
    assert "Use one of" in problem.message


@pytest.mark.parametrize("side", ["engineer", "manager"])
def test_promises_run_both_ways(playbook, side):
    prompts = tuple(prompt for prompt in playbook.promise_prompts if prompt.side != side)
    problem = problem_of(replace(playbook, promise_prompts=prompts))
    assert problem.path == "promise_prompts"
    assert side in problem.message


@pytest.mark.parametrize(
    ("index", "changes", "path"),
    [
        (0, {"first_day": 2}, "cadence[0].first_day"),
        (0, {"last_day": 0}, "cadence[0].last_day"),
        (1, {"first_day": 9}, "cadence[1].first_day"),
        (1, {"first_day": 7}, "cadence[1].first_day"),
        (2, {"every_working_days": 0}, "cadence[2].every_working_days"),
        (2, {"every_working_days": 16}, "cadence[2].every_working_days"),
        (0, {"closest": 0}, "cadence[0].closest"),
    ],
)
def test_the_follow_up_has_no_gap_and_no_overlap(playbook, index, changes, path):
    assert problem_of(replace(playbook, cadence=swapped(playbook.cadence, index, **changes))).path == path


def test_the_quiet_timer_lasts_at_least_a_minute(playbook):
    own_state = replace(playbook.own_state, minutes=0)
    assert problem_of(replace(playbook, own_state=own_state)).path == "own_state.minutes"


def test_a_live_card_holds_eight_words(playbook):
    eight = replace(
        playbook, movements=swapped(playbook.movements, 2, glance="one two three four five six seven eight")
    )
    nine = replace(playbook, untyped=replace(playbook.untyped, glance="a b c d e f g h i"))
    assert first_problem(eight) is None
    assert problem_of(nine).path == "untyped.glance"


def test_a_neutral_subject_is_short_and_holds_no_placeholder(playbook):
    fits = replace(playbook, notices=swapped(playbook.notices, 0, neutral_subject="n" * 60))
    long = replace(playbook, notices=swapped(playbook.notices, 0, neutral_subject="n" * 61))
    telling = replace(playbook, notices=swapped(playbook.notices, 0, neutral_subject="{manager} wrote"))
    assert first_problem(fits) is None
    assert problem_of(long).path == "notices[0].neutral_subject"
    assert "{manager} is not allowed here. Allowed: none" in problem_of(telling).message


@pytest.mark.parametrize(
    ("key", "placeholder"),
    [
        ("case_opened", "retention_months"),
        ("case_opened", "longest_months"),
        ("second_rater_announced", "rater"),
        ("second_rater_announced", "until"),
    ],
)
def test_a_notice_keeps_saying_who_and_until_when(playbook, key, placeholder):
    index = [notice.key for notice in playbook.notices].index(key)
    body = playbook.notices[index].body.replace(f"{{{placeholder}}}", "some")
    problem = problem_of(replace(playbook, notices=swapped(playbook.notices, index, body=body)))
    assert problem.path == f"notices[{index}].body"
    assert f"{{{placeholder}}}" in problem.message


def test_a_notice_of_an_organisations_own_holds_no_placeholder(playbook):
    own = replace(playbook.notices[0], key="our_own", body="See {link}.")
    problem = problem_of(replace(playbook, notices=(*playbook.notices, own)))
    assert "{link} is not allowed here" in problem.message


@pytest.mark.parametrize("written", ["{name}", "{", "}", "{ manager }", "{{manager}}", "{0}"])
def test_a_placeholder_nobody_fills_is_refused_in_a_line_that_is_said_aloud(playbook, written):
    opening = swapped(playbook.movements[0].opening, 0, text=f"Thank you {written}.")
    problem = problem_of(replace(playbook, movements=swapped(playbook.movements, 0, opening=opening)))
    assert problem.path == "movements[0].opening[0].text"
    assert "placeholder" in problem.message


def test_the_team_message_has_no_placeholder_for_a_person(playbook):
    template = ("On {when}, {engineer} made a change.", *playbook.team.template)
    problem = problem_of(replace(playbook, team=replace(playbook.team, template=template)))
    assert problem.path == "team.template[0]"
    assert (
        "{engineer} is not allowed here. Allowed: {customer_saw}, {duration}, {how}, {improvements}, {when}."
        in (problem.message)
    )


def test_two_lines_cannot_share_an_id(playbook):
    second = Line("opening.how_are_you", "How are you?")
    closure = replace(playbook.closure, lines=(*playbook.closure.lines, second))
    problem = problem_of(replace(playbook, closure=closure))
    assert problem.path == f"closure.lines[{len(playbook.closure.lines)}].id"
    assert "movements[0].opening[2]" in problem.message


@pytest.mark.parametrize(("line", "kept"), [("closure.what_grew", "growth"), ("closure.erased", "erased_on")])
def test_the_closing_always_says_what_has_grown_and_until_when_it_is_kept(playbook, line, kept):
    lines = tuple(one for one in playbook.closure.lines if one.id != line)
    problem = problem_of(replace(playbook, closure=replace(playbook.closure, lines=lines)))
    assert problem.path == "closure.lines"
    assert f"{{{kept}}}" in problem.message


def test_two_entries_of_a_list_cannot_share_a_key(playbook):
    problem = problem_of(replace(playbook, mechanisms=(*playbook.mechanisms, playbook.mechanisms[4])))
    assert problem.path == "mechanisms"
    assert "everywhere_at_once" in problem.message


def test_a_leaf_belongs_to_one_question_only(playbook):
    leaf = playbook.factor_questions[0].leaves[0]
    questions = swapped(playbook.factor_questions, 3, leaves=(leaf,))
    problem = problem_of(replace(playbook, factor_questions=questions))
    assert problem.path == "factor_questions"
    assert leaf.key in problem.message


@pytest.mark.parametrize("key", ["", "two words", "größe", "9lives", "a/b"])
def test_a_key_is_made_of_letters_digits_dots_and_underscores(playbook, key):
    assert (
        problem_of(replace(playbook, mechanisms=swapped(playbook.mechanisms, 0, key=key))).path
        == "mechanisms[0].key"
    )


def test_a_text_cannot_be_empty_except_where_silence_is_meant(playbook):
    empty = replace(playbook, mechanisms=swapped(playbook.mechanisms, 0, hint="  "))
    assert problem_of(empty).path == "mechanisms[0].hint"
    walk = replace(playbook.walk, questions=swapped(playbook.walk.questions, 0, evidence_prompt=""))
    assert first_problem(replace(playbook, walk=walk)) is None


def test_an_intent_names_lines_that_exist(playbook):
    problem = problem_of(replace(playbook, intents=(Intent("closure.closed", ("closure.gone",)),)))
    assert problem.path == "intents.closure.closed"
    assert "closure.gone" in problem.message


def test_a_guard_that_is_broken_in_a_file_is_reported_with_its_line():
    text = default_text()
    broken = re.sub(r"\[\[traps\]\]\nkey = 'no_talk'", "[[traps]]\nkey = 'silence'", text)
    with pytest.raises(PlaybookError) as caught:
        read(broken)
    assert caught.value.path == "traps"
    assert str(caught.value) == (
        "traps: this part is guarded: “no_talk” is missing. Put it back; its words may change."
    )
    duplicate = text.replace("{ id = 'opening.hard_day'", "{ id = 'opening.thank_you'", 1)
    with pytest.raises(PlaybookError) as caught:
        read(duplicate)
    assert text.splitlines()[caught.value.line - 1] == "opening = ["
