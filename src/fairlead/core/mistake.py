"""The walk that suggests the kind of mistake: the playbook's section 6 as one published function.

A human answers, a human decides; what comes out here is a suggestion with its reasons. What the incident
cost, how grave it was and who wrote about it are not inputs: no signature and no field here can carry them.

**Not known** is read, at every question, as whichever known answer leads to the milder outcome, so a doubt
can never make it worse for the person. In full:

- concern: read as no. Without a known concern there is nothing to classify, and the systemic question stays
  open.
- harm intended: read as no. Nobody is handed to security on a guess.
- health: read as yes. While nobody has looked at illness or exhaustion, no type is given; the walk ends,
  nothing of it is stored, and it can be taken again. The question asks for a sign of it, never for a
  diagnosis.
- process known, workable, leaving it a choice: read as no. Peers the same: read as yes. All four lead to
  honest.
- red line, risk set aside: read as no, which leads away from breach.
- each of the six tests of a repeat: read as not met.
- pressure: read as decisive, which lowers one step. A heavier type waits until somebody has looked at the
  pressure.

Outcomes are ordered: no type (an exit for concern or health) is milder than honest, then shortcut, repeat,
breach. Harm that was intended leaves this tool altogether and stands outside the order.
"""

from dataclasses import dataclass, fields
from enum import IntEnum, StrEnum
from typing import Final, Literal

from fairlead.core.mistake_reasons import REASON_WORDS

Exit = Literal["systemic_only", "leave_tool", "health_route"]


class Answer(StrEnum):
    """An answer to one question of the walk."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


class Pressure(StrEnum):
    """Pressure, staffing, knowledge or process at work; decisive: without it they would have followed the
    process.
    """

    ABSENT = "absent"
    PRESENT = "present"
    DECISIVE = "decisive"
    UNKNOWN = "unknown"


class MistakeType(IntEnum):
    """The kind of mistake; a lower number is the milder one."""

    HONEST = 1
    SHORTCUT = 2
    REPEAT = 3
    BREACH = 4


@dataclass(frozen=True, slots=True)
class RepeatTests:
    """The six tests of a repeat (playbook section 13), against one earlier case. All six must be a known
    yes.
    """

    same_mechanism: Answer
    clear_talk: Answer
    commitments: Answer
    support_delivered: Answer
    improvements_completed: Answer
    unexpired: Answer

    def missed(self) -> tuple[str, ...]:
        """Return the names of the tests that are not a known yes, in the playbook's order."""
        return tuple(test.name for test in fields(self) if getattr(self, test.name) is not Answer.YES)


@dataclass(frozen=True, slots=True)
class WalkAnswers:
    """The answers of one walk about one action. None means not answered yet, which is different from not
    known.

    Questions behind an exit, and those that can no longer change the base, may stay None (see `unanswered`).
    `repeat` is None when no earlier case was found.
    """

    concern: Answer | None = None
    harm_intended: Answer | None = None
    health: Answer | None = None
    process_known: Answer | None = None
    process_workable: Answer | None = None
    chosen: Answer | None = None
    peers_same: Answer | None = None
    red_line: Answer | None = None
    risk_set_aside: Answer | None = None
    repeat: RepeatTests | None = None
    pressure: Pressure | None = None


@dataclass(frozen=True, slots=True)
class Reason:
    """Why the walk turned where it did: a stable code, the question it came from, and a sentence."""

    code: str
    question: str
    words: str


@dataclass(frozen=True, slots=True)
class Suggestion:
    """What the answers lead to.

    `exit` is set when the walk ended early; then `type` and `base` are None, and for "leave_tool" and
    "health_route" the caller stores nothing of the walk. `base` is the type before repeat and pressure.
    `missed_repeat_tests` name what kept a look-back from counting as a repeat; they become debts of the
    organisation. `asks_about_support`: an honest mistake came again in spite of all six tests, so training,
    supervision, fit and load are asked about. `drift`: everybody leaves the process, so the process is the
    finding.
    """

    exit: Exit | None
    type: MistakeType | None
    base: MistakeType | None
    reasons: tuple[Reason, ...]
    missed_repeat_tests: tuple[str, ...] = ()
    asks_about_support: bool = False
    needs_second_rater: bool = False
    drift: bool = False


class WalkNotFinishedError(ValueError):
    """The walk lacks answers it still needs; `questions` names them in order."""

    def __init__(self, questions: tuple[str, ...]) -> None:
        """Keep the names; the text lists them."""
        super().__init__(f"These questions are still open: {', '.join(questions)}.")
        self.questions = questions


_REASONS: Final = {
    (question, turn): Reason(code=f"{question}_{turn}", question=question, words=words)
    for question, turns in REASON_WORDS.items()
    for turn, words in turns.items()
}
# Types that nobody gives alone (playbook section 6).
_NEEDS_SECOND_RATER: Final = frozenset({MistakeType.REPEAT, MistakeType.BREACH})
_ONE_STEP_LOWER: Final = {
    MistakeType.BREACH: MistakeType.SHORTCUT,
    MistakeType.REPEAT: MistakeType.SHORTCUT,
    MistakeType.SHORTCUT: MistakeType.HONEST,
}
# First exit wins, in this order: question, the answers that take the exit, where it leads.
_EXITS: Final[tuple[tuple[str, frozenset[Answer], Exit], ...]] = (
    ("concern", frozenset({Answer.NO, Answer.UNKNOWN}), "systemic_only"),
    ("harm_intended", frozenset({Answer.YES}), "leave_tool"),
    ("health", frozenset({Answer.YES, Answer.UNKNOWN}), "health_route"),
)
# Any of these ends the base questions at honest.
_HONEST: Final[tuple[tuple[str, frozenset[Answer]], ...]] = (
    ("process_known", frozenset({Answer.NO, Answer.UNKNOWN})),
    ("process_workable", frozenset({Answer.NO, Answer.UNKNOWN})),
    ("chosen", frozenset({Answer.NO, Answer.UNKNOWN})),
    ("peers_same", frozenset({Answer.YES, Answer.UNKNOWN})),
)
_BREACH: Final = ("red_line", "risk_set_aside")


def suggest(answers: WalkAnswers) -> Suggestion:
    """Return the type the answers lead to, with the reason for every turn. Nothing is decided by it.

    The function, as published: the first exit wins for concern, harm intended and health. Then the base is
    honest if the process was not known, not workable, not left by choice, or peers would have done the
    same; else breach if it was a red line or a risk knowingly set aside; else shortcut. With all six tests
    of a repeat met, shortcut becomes repeat, breach stays breach, honest stays honest and asks about
    support. Then decisive pressure lowers one step: breach and repeat to shortcut, shortcut to honest. Not
    known is read as the module says.

    Raises WalkNotFinishedError when an answer is missing that could still change the outcome.
    """
    open_questions = unanswered(answers)
    if open_questions:
        raise WalkNotFinishedError(open_questions)
    reasons: list[Reason] = []
    for question, taken_by, leads_to in _EXITS:
        if _says(answers, question, reasons) in taken_by:
            return Suggestion(exit=leads_to, type=None, base=None, reasons=tuple(reasons))
    base = _base(answers, reasons)
    suggested, missed = _after_repeat(base, answers.repeat, reasons)
    asks_about_support = base is MistakeType.HONEST and answers.repeat is not None and not missed
    if suggested is not MistakeType.HONEST:
        pressure = answers.pressure
        reasons.append(_reason("pressure", str(pressure)))
        if pressure in (Pressure.DECISIVE, Pressure.UNKNOWN):
            suggested = _ONE_STEP_LOWER[suggested]
    return Suggestion(
        exit=None,
        type=suggested,
        base=base,
        reasons=tuple(reasons),
        missed_repeat_tests=missed,
        asks_about_support=asks_about_support,
        needs_second_rater=suggested in _NEEDS_SECOND_RATER,
        drift=any(reason.code == "peers_same_yes" for reason in reasons),
    )


def unanswered(answers: WalkAnswers) -> tuple[str, ...]:
    """Return the questions that still need an answer, in the order of the walk; empty when it can be
    suggested from.

    Which ones these are depends on the path. An exit ends the walk: after "no concern" nothing more is
    asked. An answer that makes the base honest ends the base questions, and then pressure cannot lower the
    type any further, so it is not needed for it (it still matters for the contributing factors, which ask
    in their own place). A red line makes it a breach, whatever the risk seen. Behind the first open
    question the path is not known, so only that question is named, except that pressure is always the last.
    `repeat` is never asked for here: None is the answer "no earlier case was found".
    """
    for question, taken_by, _ in _EXITS:
        answer = getattr(answers, question)
        if answer is None:
            return (question,)
        if answer in taken_by:
            return ()
    for question, taken_by in _HONEST:
        answer = getattr(answers, question)
        if answer is None:
            return (question,)
        if answer in taken_by:
            return ()
    last = ("pressure",) if answers.pressure is None else ()
    for question in _BREACH:
        answer = getattr(answers, question)
        if answer is None:
            return (question, *last)
        if answer is Answer.YES:
            break
    return last


def standing_type(first: MistakeType, second: MistakeType | None = None) -> MistakeType:
    """Return the type that stands, from the first rater's decision and the second rater's answer if there
    is one.

    Types 3 and 4 need a second, independent rater. Until that rater has answered (None: not asked yet,
    asked, or their grant ran out), the lower type stands. Lower than 3 or 4 means shortcut: it is the
    highest type one person may give alone, it is the base of every repeat, and it is where a breach lands
    when it is lowered one step. To let honest stand instead would say that no individual talk is needed,
    which neither rater has said.

    Once both have answered, the lower of the two stands. Types 1 and 2 need nobody else and stand at once.
    """
    if second is not None:
        return min(first, second)
    return MistakeType.SHORTCUT if first in _NEEDS_SECOND_RATER else first


def _base(answers: WalkAnswers, reasons: list[Reason]) -> MistakeType:
    for question, taken_by in _HONEST:
        if _says(answers, question, reasons) in taken_by:
            return MistakeType.HONEST
    for question in _BREACH:
        if _says(answers, question, reasons) is Answer.YES:
            return MistakeType.BREACH
    return MistakeType.SHORTCUT


def _after_repeat(
    base: MistakeType, tests: RepeatTests | None, reasons: list[Reason]
) -> tuple[MistakeType, tuple[str, ...]]:
    if tests is None:
        return base, ()
    missed = tests.missed()
    if missed:
        reasons.extend(_reason("repeat", f"missed_{name}") for name in missed)
        return base, missed
    reasons.append(_reason("repeat", f"met_{base.name.lower()}"))
    return (MistakeType.REPEAT if base is MistakeType.SHORTCUT else base), ()


def _says(answers: WalkAnswers, question: str, reasons: list[Reason]) -> Answer:
    answer: Answer = getattr(answers, question)
    reasons.append(_reason(question, answer.value))
    return answer


def _reason(question: str, turn: str) -> Reason:
    return _REASONS[question, turn]
