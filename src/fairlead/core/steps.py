"""The ten steps from the call to the day it is closed: where we are, what is next, and why not yet.

Every guard of the talk is decided here from plain facts, so that a page can show it and a service can refuse by it
with the same words.
"""

from dataclasses import dataclass
from enum import StrEnum

from fairlead.core.refusal import Missing


class Standing(StrEnum):
    """How a step stands."""

    DONE = "done"
    NOW = "now"
    NEXT = "next"


@dataclass(frozen=True, slots=True)
class TalkFacts:
    """What is known about a talk, without a word of what was said in it.

    `open_questions` are the titles of the questions about factors without an answer; `ledger` is what the promises
    still lack; `type_recorded` is true also when the walk ended without a type.
    """

    prepared: bool
    talk_ended: bool
    facts_told: bool
    impact_known: bool
    read_by_engineer: bool
    read_by_manager: bool
    type_recorded: bool
    open_questions: tuple[str, ...]
    factors: int
    factors_without_owner: int
    improvements_above_weaker: int
    decision_day: bool
    ledger: tuple[Missing, ...]
    engineer_promises_settled: bool
    manager_promises_settled: bool
    first_checkin: bool
    agreed: bool


@dataclass(frozen=True, slots=True)
class StepStanding:
    """One step of the spine: its number and key in the playbook, how it stands, and what it waits for."""

    number: int
    key: str
    standing: Standing
    waits_for: tuple[Missing, ...]


_TALK = Missing("talk", "The conversation itself: hold it, then mark it as held on the live card.")
_CHECK_INS = Missing("check_ins", "The check-ins of the ninety days, one after the other.")
_FACTS = Missing("facts", "What happened in the engineer's own words, or your notes of them.")


def missing_for_walk(*, talk_ended: bool, facts_told: bool) -> tuple[Missing, ...]:
    """Return what has to be there before anybody asks what kind of mistake it was: the talk, and the facts."""
    found: list[Missing] = []
    if not talk_ended:
        found.append(_TALK)
    if not facts_told:
        found.append(_FACTS)
    return tuple(found)


def missing_for_systems(facts: TalkFacts) -> tuple[Missing, ...]:
    """Return what the systemic side still lacks (playbook §3 and §7): "be more careful" never closes anything."""
    found: list[Missing] = []
    if not facts.type_recorded:
        found.append(Missing("type", "What kind of mistake it was, decided with reasons."))
    if facts.open_questions:
        names = ", ".join(facts.open_questions)
        found.append(
            Missing("questions", f"An answer to each question about the system. Still open: {names}.")
        )
    if facts.factors == 0:
        found.append(Missing("factor", "At least one condition that made it possible."))
    if facts.factors_without_owner:
        found.append(
            Missing(
                "factor_owner", "An owner above the engineer for each condition that is the organisation's."
            )
        )
    if facts.improvements_above_weaker == 0 and not facts.decision_day:
        found.append(
            Missing(
                "improvement",
                "One improvement stronger than a reminder or a training, or the day on which it will be decided.",
            )
        )
    return tuple(found)


def missing_for_agreed(facts: TalkFacts) -> tuple[Missing, ...]:
    """Return what is missing before the talk can be called agreed; empty when nothing is."""
    found = list(missing_for_walk(talk_ended=facts.talk_ended, facts_told=facts.facts_told))
    if not facts.read_by_engineer:
        found.append(
            Missing("read_by_engineer", "The engineer has not yet read the notes as they stand now.")
        )
    if not facts.read_by_manager:
        found.append(
            Missing(
                "read_by_manager", "The manager has not yet read the engineer's account as it stands now."
            )
        )
    found += missing_for_systems(facts)
    found += facts.ledger
    if not facts.first_checkin:
        found.append(Missing("first_checkin", "The day and time of the first check-in."))
    return tuple(found)


def missing_for_message(
    *, talk_ended: bool, message_written: bool, message_read: bool
) -> tuple[Missing, ...]:
    """Return what is missing before the team is told (playbook §10): the talk comes first, the engineer reads first."""
    found: list[Missing] = []
    if not talk_ended:
        found.append(_TALK)
    if not message_written:
        found.append(Missing("message", "The message itself."))
    elif not message_read:
        found.append(
            Missing(
                "message_read", "The engineer reads the message first, as it stands now, and is fine with it."
            )
        )
    return tuple(found)


def spine(facts: TalkFacts) -> tuple[StepStanding, ...]:
    """Return the ten steps in order. The first that is not done is where we are; the others come after it."""
    talk = () if facts.talk_ended else (_TALK,)
    told = missing_for_walk(talk_ended=facts.talk_ended, facts_told=facts.facts_told)
    impact = Missing("impact", "What it cost, as a range, on the incident's page.")
    ledger = facts.ledger
    waits: tuple[tuple[str, tuple[Missing, ...]], ...] = (
        ("own_state", () if facts.prepared else (Missing("prepared", "A quarter of an hour for yourself."),)),
        ("empathy", talk),
        ("facts", told),
        ("impact", talk if facts.impact_known else (*talk, impact)),
        ("person", talk),
        ("systems", missing_for_systems(facts)),
        ("changes", tuple(m for m in ledger if not facts.engineer_promises_settled)),
        ("support", tuple(m for m in ledger if not facts.manager_promises_settled)),
        ("follow_up", (_CHECK_INS,) if facts.agreed else missing_for_agreed(facts)),
        (
            "closure",
            (
                Missing(
                    "closure", "Comes when the check-ins are held and the promises settled on both sides."
                ),
            ),
        ),
    )
    steps: list[StepStanding] = []
    found_now = False
    for number, (key, missing) in enumerate(waits, start=1):
        done = not missing and (key not in {"changes", "support"} or facts.talk_ended)
        standing = Standing.DONE if done else Standing.NEXT if found_now else Standing.NOW
        found_now = found_now or not done
        steps.append(StepStanding(number, key, standing, missing))
    return tuple(steps)
