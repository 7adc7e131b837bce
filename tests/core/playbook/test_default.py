"""The playbook we ship: complete against the design, and fit to be said aloud at five in the afternoon."""

import dataclasses
import re

import pytest

from fairlead.core import mistake
from fairlead.core.playbook.contents import all_lines, entries
from fairlead.core.playbook.reader import load_default

PLAYBOOK = load_default()
LINES = tuple(all_lines(PLAYBOOK).values())

# Words that would be marked in a draft, or that nobody says to somebody they respect.
NEVER_SAID = (
    "why did you",
    "didn’t you",
    "should have",
    "could have avoided",
    "if only",
    "careless",
    "sloppy",
    "stupid",
    "your fault",
    "human error",
    "what were you thinking",
    "no big deal",
    "these things happen",
    "don’t worry",
    "do not worry",
    "it’s fine",
    "at least",
    "be more careful",
    "pay attention",
    "or else",
    "one more time",
    "never happen again",
    "just",
    "obviously",
    "simply",
    "learnings",
    "going forward",
    "reach out",
    "growth mindset",
    "hold space",
    "safe space",
    "opportunity to grow",
    "your feelings are valid",
    "closure",
    "touch base",
    "leverage",
)


def keys(items):
    return [item.key for item in items]


def test_the_sixteen_mechanisms_of_the_design_are_there():
    assert [mechanism.label.lower() for mechanism in PLAYBOOK.mechanisms] == [
        "change not tried against production’s conditions",
        "wrong target (a look-alike)",
        "step skipped",
        "review passed without reading",
        "change everywhere at once",
        "rollback not ready",
        "outdated instruction followed",
        "alert missed or ignored",
        "more access than needed",
        "deletion without a checked backup",
        "secret exposed",
        "capacity misjudged",
        "dependency changed underneath",
        "handover lost",
        "two changes met",
        "emergency fix outside the process",
    ]


def test_every_leaf_of_the_design_stands_under_its_question():
    assert {question.key: len(question.leaves) for question in PLAYBOOK.factor_questions} == {
        "A1": 3, "A2": 3, "A3": 4, "A4": 3, "A5": 4, "O1": 4, "O2": 4, "O3": 3, "O4": 4, "X": 2,
    }  # fmt: skip
    labels = {q.key: " ".join(leaf.label.lower() for leaf in q.leaves) for q in PLAYBOOK.factor_questions}
    words = {
        "A1": ["no way to test", "lab differs", "dry run"],
        "A2": ["no review was required", "too much to do", "without reading"],
        "A3": ["canary", "how far it could spread", "bad time", "way back"],
        "A4": ["no alert", "noise", "out of date"],
        "A5": ["destructive", "more rights", "look alike", "second way in"],
        "O1": ["date set from outside", "speed", "interrupted", "tired"],
        "O2": ["never trained", "guide is out of date", "handover", "one person knows"],
        "O3": ["fewer on the rota", "nobody experienced", "more work than"],
        "O4": ["runbook", "two rules", "become normal", "known problem"],
        "X": ["vendor", "regulator"],
    }
    for key, needed in words.items():
        for word in needed:
            assert word in labels[key]


def test_every_question_has_a_worked_improvement_except_the_outside_one():
    assert {example.answers for example in PLAYBOOK.improvement_examples} == {
        question.key for question in PLAYBOOK.factor_questions
    } - {"X"}
    assert "weaker" not in {example.strength for example in PLAYBOOK.improvement_examples}


def test_the_walk_asks_for_exactly_what_the_decision_takes():
    asked = [field.name for field in dataclasses.fields(mistake.WalkAnswers)]
    assert sorted(keys(PLAYBOOK.walk.questions)) == sorted(asked)
    assert keys(PLAYBOOK.walk.repeat_tests) == [
        field.name for field in dataclasses.fields(mistake.RepeatTests)
    ]
    assert [question.number for question in PLAYBOOK.walk.questions] == [
        "0",
        "1",
        "2",
        "3a",
        "3b",
        "3c",
        "4",
        "5",
        "6",
        "7",
        "8",
    ]


def test_every_question_of_the_walk_asks_for_evidence_except_the_one_about_health():
    for question in (*PLAYBOOK.walk.questions, *PLAYBOOK.walk.repeat_tests):
        assert bool(question.evidence_prompt) == (question.key != "health")


def test_no_word_of_the_walk_speaks_of_money():
    for path, text in entries(PLAYBOOK):
        if isinstance(text, str) and path.startswith("walk.questions"):
            assert not re.search(r"\b(cost|money|bill|severity|SEV|press|revenue)\b", text), path


def test_the_follow_up_has_the_cadence_of_the_design():
    assert [(p.first_day, p.last_day, p.every_working_days) for p in PLAYBOOK.cadence] == [
        (1, 7, 2),
        (8, 28, 5),
        (29, 90, 10),
    ]


def test_the_own_pause_is_a_quarter_of_an_hour_and_can_say_not_yet():
    assert PLAYBOOK.own_state.minutes == 15
    for question in PLAYBOOK.own_state.questions:
        assert {answer.ready for answer in question.answers} == {True, False}


def test_each_trap_says_what_it_does_to_both_sides_and_what_to_say_instead():
    effects = " ".join(f"{trap.does_to_people} {trap.does_to_watchers}".lower() for trap in PLAYBOOK.traps)
    for word in ("fear", "afraid", "defending", "hide", "blurs what matters", "stop trying", "still set"):
        assert word in effects
    assert all(trap.say for trap in PLAYBOOK.traps)
    assert "praise in public" in " ".join(trap.instead.lower() for trap in PLAYBOOK.traps)


def test_both_sides_have_the_promises_of_the_design():
    assert [(p.side, p.key) for p in PLAYBOOK.promise_prompts][:6] == [
        ("engineer", "behaviour"),
        ("engineer", "speaking_up"),
        ("engineer", "help_build"),
        ("manager", "improvement"),
        ("manager", "training"),
        ("manager", "trust"),
    ]
    trust = PLAYBOOK.promise_prompts[5].example
    assert "critical work" in trust
    assert "twice a week" in trust


def test_signals_run_in_both_directions():
    by_direction = {}
    for signal in PLAYBOOK.signals:
        by_direction.setdefault(signal.direction, []).append(signal.key)
    assert by_direction["too_far"] == ["paralysis", "avoidance", "confidence", "withdrawal"]
    assert by_direction["too_little"] == ["same_shortcut", "making_light", "no_part_in_fix"]
    assert by_direction["good"]


@pytest.mark.parametrize("number", [1, 2, 3, 4])
def test_every_type_thanks_first_and_offers_perspective_last(number):
    guide = PLAYBOOK.type_guide(number)
    assert guide.always[0].text.startswith("Thank you")
    assert "gap" in " ".join(line.text for line in guide.always)
    assert guide.always[-1].id.endswith("perspective")
    assert (guide.asks, guide.offers) == (guide.movement6.asks, guide.movement6.offers)


def test_only_the_last_two_types_speak_of_hr_or_formal_steps():
    for guide in PLAYBOOK.types:
        text = f"{guide.handling} {' '.join(line.text for line in guide.movement6.closing)}"
        assert bool(re.search(r"\bHR\b|[Ff]ormal", text)) == (guide.number >= 3)


def test_the_notice_of_a_case_says_what_the_engineer_needs_to_know():
    body = PLAYBOOK.notice("case_opened").body
    for words in (
        "It is not discipline",
        "You can see everything",
        "There is no second file",
        "your own words",
        "Nobody else can see it, or even that it exists",
        "{retention_months} months later",
        "{longest_months} months after the last entry",
    ):
        assert words in body


@pytest.mark.parametrize("notice", PLAYBOOK.notices, ids=keys(PLAYBOOK.notices))
def test_a_neutral_subject_gives_nothing_away(notice):
    subject = notice.neutral_subject.lower()
    for word in (
        "case",
        "mistake",
        "incident",
        "promise",
        "contest",
        "evidence",
        "rater",
        "record",
        "talk",
        "outage",
    ):
        assert word not in subject


def test_looking_up_what_is_not_there_says_so():
    with pytest.raises(KeyError, match="nothing"):
        PLAYBOOK.notice("nothing")
    with pytest.raises(KeyError, match="5"):
        PLAYBOOK.type_guide(5)
    assert PLAYBOOK.agree_guide(None) is PLAYBOOK.untyped
    assert PLAYBOOK.agree_guide(2) is PLAYBOOK.type_guide(2).movement6


@pytest.mark.parametrize("line", LINES, ids=[line.id for line in LINES])
def test_a_line_can_be_said_aloud(line):
    spoken = line.text.lower()
    assert [words for words in NEVER_SAID if re.search(rf"\b{re.escape(words)}\b", spoken)] == []
    for sentence in re.split(r"(?<=[.?!])\s+", line.text):
        assert len(sentence.split()) <= 24, sentence
    assert len(line.text.split()) <= 40
    assert not re.search(r"[!;()/*_#—–]", re.sub(r"\{\w+\}", "", line.text))
    assert line.text[-1] in ".?"


def test_what_the_team_hears_and_reads_points_at_nobody():
    spoken = [
        PLAYBOOK.team.subject,
        *PLAYBOOK.team.template,
        *(line.text for line in PLAYBOOK.team.talking_points),
    ]
    spoken += [mechanism.in_a_sentence for mechanism in PLAYBOOK.mechanisms]
    for text in spoken:
        assert not re.search(
            r"\b(he|she|his|her|him|junior|senior|engineer|operator|somebody|someone)\b", text
        ), text


def test_a_mechanism_reads_on_after_it_came_about_through():
    for mechanism in PLAYBOOK.mechanisms:
        assert re.match(r"(a|an|knowledge|something|two) ", mechanism.in_a_sentence)
        assert not mechanism.in_a_sentence.endswith(".")


def test_worry_about_self_harm_is_met_the_same_day_and_nothing_is_written_down():
    steps = " ".join(PLAYBOOK.wellbeing.self_harm_steps).lower()
    assert steps.startswith("the same day")
    assert "write nothing about it in fairlead" in steps
    assert "does not diagnose" in PLAYBOOK.wellbeing.limits


def test_texts_use_typographic_quotes_only():
    for path, text in entries(PLAYBOOK):
        if isinstance(text, str):
            assert not set(text) & {"'", '"', "`"}, path
            assert text == text.strip(), path
