"""What a playbook must keep, whoever adapts it.

An organisation may change words, cadence, mechanisms and the leaves of the factors. It may not drop a
trap, a question, a type, a step or a notice, and no text may hold a placeholder that nobody fills.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from fairlead.core.formal import Requirement
from fairlead.core.playbook.contents import Entry, entries
from fairlead.core.playbook.placeholders import (
    ALLOWED,
    ALLOWED_IN_NOTICE,
    REQUIRED_IN_CLOSURE,
    REQUIRED_IN_NOTICE,
    placeholders,
)
from fairlead.core.playbook.schema import Line, Playbook

STEPS = (
    "own_state",
    "empathy",
    "facts",
    "impact",
    "person",
    "systems",
    "changes",
    "support",
    "follow_up",
    "closure",
)
TRAPS = ("blame", "minimising", "public", "individual_only", "no_talk")
OWN_QUESTIONS = ("calm", "aim", "outcome")
MOVEMENTS = ("concern", "facts", "impact", "person", "systems", "agree")
TYPES = ("honest", "shortcut", "repeat", "breach")
WALK = (
    "concern",
    "harm_intended",
    "health",
    "process_known",
    "process_workable",
    "chosen",
    "peers_same",
    "red_line",
    "risk_set_aside",
    "repeat",
    "pressure",
)
REPEAT_TESTS = (
    "same_mechanism",
    "clear_talk",
    "commitments",
    "support_delivered",
    "improvements_completed",
    "unexpired",
)
EXITS = ("systemic_only", "leave_tool", "health_route")
ANSWERS = frozenset({"yes", "no", "unknown"})
PRESSURES = frozenset({"absent", "present", "decisive", "unknown"})
TECHNICAL = ("A1", "A2", "A3", "A4", "A5")
ORGANISATIONAL = ("O1", "O2", "O3", "O4")
STRENGTHS = ("stronger", "intermediate", "weaker")
SIDES = ("engineer", "manager", "organisation")
DIRECTIONS = ("too_far", "too_little", "good")
SCALE = ("none", "small", "noticeable", "heavy")

GLANCE_WORDS = 8  # more than that cannot be taken in while somebody is speaking
NEUTRAL_SUBJECT_LETTERS = 60  # a phone shows about so much of a subject on a locked screen

_KEY = re.compile(r"[A-Za-z][A-Za-z0-9_.-]*")
# What may be left empty: a note, the evidence for the health question, the words for "none" of a scale.
_MAY_BE_EMPTY = re.compile(r".*\.note|walk\.questions\[\d+\]\.evidence_prompt|statement\..*\.label")


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong at one place of a playbook, and what to do. An empty `path` is the file itself."""

    path: str
    message: str


def first_problem(playbook: Playbook) -> Problem | None:
    """The first thing that keeps this playbook from being used, or None when it is sound."""
    listed = entries(playbook)
    for check in _CHECKS:
        for problem in check(playbook, listed):
            return problem
    return None


def _texts(playbook: Playbook, listed: tuple[Entry, ...]) -> Iterator[Problem]:
    for path, entry in listed:
        if not isinstance(entry, str):
            continue
        if not entry.strip() and not _MAY_BE_EMPTY.fullmatch(path):
            yield Problem(path, "this text is empty. Write it, or remove the whole entry.")
        if path.endswith((".key", ".id")) and not _KEY.fullmatch(entry):
            yield Problem(path, f"“{entry}” is not a usable key. Use letters, digits, dots and underscores.")
        if "{" in entry or "}" in entry:
            yield from _unfilled(playbook, path, entry)


def _unfilled(playbook: Playbook, path: str, text: str) -> Iterator[Problem]:
    allowed: frozenset[str] = frozenset()
    if path.startswith("notices[") and path.endswith("].body"):
        notice = playbook.notices[int(path[len("notices[") : -len("].body")])]
        allowed = ALLOWED_IN_NOTICE.get(notice.key, allowed)
    else:
        for place, names in ALLOWED.items():
            if re.match(rf"{re.escape(place)}(?:[.\[]|$)", path):
                allowed = names
    if strange := sorted(placeholders(text) - allowed):
        named = ", ".join(sorted(f"{{{name}}}" for name in allowed)) or "none"
        written = strange[0] if "{" in strange[0] or "}" in strange[0] else f"{{{strange[0]}}}"
        yield Problem(path, f"the placeholder {written} is not allowed here. Allowed: {named}.")


def _duplicates(playbook: Playbook, listed: tuple[Entry, ...]) -> Iterator[Problem]:
    seen: dict[str, str] = {}
    for path, entry in listed:
        if isinstance(entry, Line):
            if entry.id in seen:
                first = seen[entry.id]
                yield Problem(
                    f"{path}.id", f"the id “{entry.id}” is already used by {first}. Choose another one."
                )
            seen[entry.id] = path
        elif isinstance(entry, tuple):
            yield from _same_keys(path, _keys(entry))  # pyright: ignore[reportUnknownArgumentType]
    leaves = [leaf.key for question in playbook.factor_questions for leaf in question.leaves]
    yield from _same_keys("factor_questions", leaves)


def _same_keys(path: str, keys: list[str]) -> Iterator[Problem]:
    for index, key in enumerate(keys):
        if key in keys[:index]:
            yield Problem(path, f"the key “{key}” stands here twice. Choose another one for the second.")


def _kept(playbook: Playbook, listed: tuple[Entry, ...]) -> Iterator[Problem]:
    """The guarded parts, in the order that the rest of the product relies on."""
    walk = playbook.walk
    yield from _exactly("steps", _keys(playbook.steps), STEPS)
    yield from _exactly("movements", _keys(playbook.movements), MOVEMENTS)
    yield from _exactly("types", _keys(playbook.types), TYPES)
    yield from _exactly("walk.questions", _keys(walk.questions), WALK)
    yield from _exactly("walk.repeat_tests", _keys(walk.repeat_tests), REPEAT_TESTS)
    required = tuple(one.value for one in Requirement)
    yield from _exactly("second_talk.required", _keys(playbook.second_talk.required), required)
    yield from _exactly("strengths", _keys(playbook.strengths), STRENGTHS)
    for scale in ("support", "teams", "reputation"):
        yield from _exactly(f"statement.{scale}", _keys(getattr(playbook.statement, scale)), SCALE)
    yield from _at_least("traps", _keys(playbook.traps), TRAPS)
    yield from _at_least("own_state.questions", _keys(playbook.own_state.questions), OWN_QUESTIONS)
    yield from _at_least("walk.exits", _keys(walk.exits), EXITS)
    yield from _at_least("factor_questions", _keys(playbook.factor_questions), TECHNICAL + ORGANISATIONAL)
    yield from _at_least("notices", _keys(playbook.notices), tuple(ALLOWED_IN_NOTICE))
    for part in ("steps", "movements", "types"):
        for index, item in enumerate(getattr(playbook, part)):
            if item.number != index + 1:
                yield Problem(f"{part}[{index}].number", f"this number has to be {index + 1}.")


def _exactly(path: str, keys: list[str], wanted: tuple[str, ...]) -> Iterator[Problem]:
    if tuple(keys) != wanted:
        yield Problem(path, f"this part is guarded: keep these entries, in this order: {', '.join(wanted)}.")


def _at_least(path: str, keys: list[str], wanted: tuple[str, ...]) -> Iterator[Problem]:
    if missing := [key for key in wanted if key not in keys]:
        yield Problem(
            path, f"this part is guarded: “{missing[0]}” is missing. Put it back; its words may change."
        )


def _meanings(playbook: Playbook, listed: tuple[Entry, ...]) -> Iterator[Problem]:
    """Values that mean something to the code."""
    for index, question in enumerate(playbook.walk.questions):
        wanted = PRESSURES if question.key == "pressure" else ANSWERS
        yield from _answers(f"walk.questions[{index}].answers", _keys(question.answers), wanted)
    for index, question in enumerate(playbook.walk.repeat_tests):
        yield from _answers(f"walk.repeat_tests[{index}].answers", _keys(question.answers), ANSWERS)
    for index, question in enumerate(playbook.factor_questions):
        guarded = question.key in TECHNICAL + ORGANISATIONAL
        if guarded and question.organisational != (question.key in ORGANISATIONAL):
            path = f"factor_questions[{index}].organisational"
            yield Problem(path, "A1 to A5 are technical (false), O1 to O4 organisational (true).")
    factors = _keys(playbook.factor_questions)
    for index, example in enumerate(playbook.improvement_examples):
        yield from _one_of(f"improvement_examples[{index}].answers", example.answers, factors)
        yield from _one_of(f"improvement_examples[{index}].strength", example.strength, STRENGTHS)
    for index, prompt in enumerate(playbook.promise_prompts):
        yield from _one_of(f"promise_prompts[{index}].side", prompt.side, SIDES)
    for index, signal in enumerate(playbook.signals):
        yield from _one_of(f"signals[{index}].direction", signal.direction, DIRECTIONS)


def _answers(path: str, keys: list[str], wanted: frozenset[str]) -> Iterator[Problem]:
    if frozenset(keys) != wanted:
        yield Problem(path, f"this part is guarded: the answers are {', '.join(sorted(wanted))}.")


def _one_of(path: str, value: str, known: list[str] | tuple[str, ...]) -> Iterator[Problem]:
    if value not in known:
        yield Problem(path, f"“{value}” is not known here. Use one of: {', '.join(known)}.")


def _both_sides_promise(playbook: Playbook, listed: tuple[Entry, ...]) -> Iterator[Problem]:
    for side in ("engineer", "manager"):
        if side not in {prompt.side for prompt in playbook.promise_prompts}:
            yield Problem("promise_prompts", f"promises run both ways: add at least one for the {side}.")


def _cadence(playbook: Playbook, listed: tuple[Entry, ...]) -> Iterator[Problem]:
    if playbook.own_state.minutes < 1:
        yield Problem("own_state.minutes", "the timer needs at least one minute.")
    if playbook.cadence[0].first_day != 1:
        yield Problem("cadence[0].first_day", "the follow-up begins on day 1.")
    for index, phase in enumerate(playbook.cadence):
        if phase.last_day < phase.first_day:
            yield Problem(f"cadence[{index}].last_day", "this phase ends before it begins.")
        if phase.closest < 1:
            yield Problem(f"cadence[{index}].closest", "check-ins are at least one working day apart.")
        if not phase.closest <= phase.every_working_days <= phase.widest:
            path = f"cadence[{index}].every_working_days"
            yield Problem(path, "this distance has to lie between “closest” and “widest”, or on one of them.")
    for index, (before, after) in enumerate(pairwise(playbook.cadence), start=1):
        if after.first_day != before.last_day + 1:
            path = f"cadence[{index}].first_day"
            yield Problem(
                path, f"this phase has to begin on day {before.last_day + 1}, right after the one before."
            )


def _short_enough(playbook: Playbook, listed: tuple[Entry, ...]) -> Iterator[Problem]:
    for path, entry in listed:
        if isinstance(entry, str) and path.endswith(".glance") and len(entry.split()) > GLANCE_WORDS:
            yield Problem(path, f"the live card has room for {GLANCE_WORDS} words. Shorten this.")
    for index, notice in enumerate(playbook.notices):
        if len(notice.neutral_subject) > NEUTRAL_SUBJECT_LETTERS:
            path = f"notices[{index}].neutral_subject"
            yield Problem(
                path, f"a neutral subject has at most {NEUTRAL_SUBJECT_LETTERS} letters. Shorten this."
            )


def _notices_say_it(playbook: Playbook, listed: tuple[Entry, ...]) -> Iterator[Problem]:
    for index, notice in enumerate(playbook.notices):
        required = REQUIRED_IN_NOTICE.get(notice.key, frozenset[str]())
        if missing := sorted(required - placeholders(notice.body)):
            message = (
                f"this part is guarded: the text has to say {{{missing[0]}}}. Put it back in your own words."
            )
            yield Problem(f"notices[{index}].body", message)


def _closing_says_it(playbook: Playbook, listed: tuple[Entry, ...]) -> Iterator[Problem]:
    said = frozenset[str]().union(*(placeholders(line.text) for line in playbook.closure.lines))
    if missing := sorted(REQUIRED_IN_CLOSURE - said):
        message = f"this part is guarded: a line has to say {{{missing[0]}}}. Put it back in your own words."
        yield Problem("closure.lines", message)


def _intents(playbook: Playbook, listed: tuple[Entry, ...]) -> Iterator[Problem]:
    known = {entry.id for _, entry in listed if isinstance(entry, Line)}
    for intent in playbook.intents:
        for line in intent.lines:
            if line not in known:
                yield Problem(
                    f"intents.{intent.key}", f"there is no line with the id “{line}”. Name one that exists."
                )


def _keys(items: tuple[object, ...]) -> list[str]:
    return [key for item in items if isinstance(key := getattr(item, "key", None), str)]


_CHECKS: tuple[Callable[[Playbook, tuple[Entry, ...]], Iterator[Problem]], ...] = (
    _texts,
    _duplicates,
    _kept,
    _meanings,
    _both_sides_promise,
    _cadence,
    _short_enough,
    _notices_say_it,
    _closing_says_it,
    _intents,
)
