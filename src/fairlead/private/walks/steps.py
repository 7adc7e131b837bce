"""Which question of a walk is asked next, so that a page shows one at a time."""

from dataclasses import dataclass

from fairlead.core.mistake import Suggestion, suggest, unanswered
from fairlead.core.playbook.reader import load_default
from fairlead.core.playbook.schema import WalkQuestion
from fairlead.private.walks.content import REPEAT_TESTS, walk_answers


@dataclass(frozen=True, slots=True)
class Asked:
    """A question that was answered: with the words of the answer, and what it rests on."""

    question: WalkQuestion
    answer: str


@dataclass(frozen=True, slots=True)
class Steps:
    """What was answered so far, in order, and the question now: None when every needed answer is there.

    `suggestion` is there as soon as the answers lead somewhere, even while something is still asked. `lacks_evidence`
    tells that the question now was answered, and what it rests on is not written yet.
    """

    answered: tuple[Asked, ...]
    now: WalkQuestion | None
    suggestion: Suggestion | None
    lacks_evidence: bool = False


def _next_key(answers: dict[str, str]) -> str | None:
    """Return the next question: first the base, then the look back with its six tests, last the pressure."""
    given = walk_answers(answers)
    left = unanswered(given)
    if left and left[0] != "pressure":
        return left[0]
    if not left and suggest(given).exit:
        return None
    if not answers.get("repeat"):
        return "repeat"
    tests = REPEAT_TESTS if answers["repeat"] == "yes" else ()
    return next((key for key in tests if not answers.get(key)), left[0] if left else None)


def steps_of(answers: dict[str, str], evidence: dict[str, str]) -> Steps:
    """Return where a walk stands. An answer that says yes or no is complete once it says what it rests on.

    Raises ValueError for an answer that is not among the choices.
    """
    walk = load_default().walk
    questions: list[WalkQuestion] = []
    for question in walk.questions:
        questions.append(question)
        if question.key == "repeat":
            questions += walk.repeat_tests
    asked: list[Asked] = []
    bare: WalkQuestion | None = None
    for question in questions:
        answer = answers.get(question.key, "")
        if not answer:
            continue
        rests = answer == "unknown" or not question.evidence_prompt or evidence.get(question.key, "").strip()
        if not rests and bare is None:
            bare = question
            continue
        label = next((choice.label for choice in question.answers if choice.key == answer), answer)
        asked.append(Asked(question, label))
    given = walk_answers(answers)
    suggestion = None if unanswered(given) else suggest(given)
    if bare is not None:
        return Steps(tuple(asked), bare, suggestion, lacks_evidence=True)
    key = _next_key(answers)
    return Steps(tuple(asked), next((q for q in questions if q.key == key), None), suggestion)
