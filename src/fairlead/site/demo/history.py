"""What happened here before the story: a year of incidents, so that nothing a visitor opens is empty. All made up."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from fairlead.commons.factors.services import factor_name, question_answer
from fairlead.commons.improvements.models import Improvement
from fairlead.commons.improvements.services import improvement_done, improvement_plan
from fairlead.commons.incidents.models import Incident
from fairlead.commons.incidents.services import incident_record
from fairlead.commons.lessons.models import Lesson
from fairlead.commons.lessons.services import lesson_rate, lesson_show, lesson_try, lesson_write
from fairlead.core.impact_story import STORY_ZONE
from fairlead.core.lessons.diff import read_diff
from fairlead.core.lessons.lesson import Triggers
from fairlead.core.playbook.reader import load_default
from fairlead.core.visibility import Actor
from fairlead.foundation import clock


@dataclass(frozen=True)
class Past:
    """One incident of the past: how many days before the story, when and how long (minutes), and what came of it.

    `factors` are pairs of a question and a leaf of the playbook; `improvements` are words, strength, owner, days until
    due, and what shows that it is done (empty: it is open).
    """

    days: int
    begins: time
    minutes: int
    noticed_after: int
    values: Mapping[str, str]
    factors: tuple[tuple[str, str, str], ...]
    improvements: tuple[tuple[str, str, str, int, str], ...] = field(default=())


PAST = (
    Past(
        days=312,
        begins=time(9, 12),
        minutes=48,
        noticed_after=11,
        values={
            "title": "Payments failed after a database moved to new hardware",
            "customer_saw": "Every third payment failed, with a message that named no reason.",
            "what_happened": "The new hardware had half the connections allowed. The check before the move looked at "
            "the version alone.",
            "services": "Checkout, payments",
            "severity": "sev2",
            "detected_by": "customer",
            "trigger": "change",
            "mechanism": "untried_in_production",
        },
        factors=(
            ("A1", "lab_differs", "The rehearsal ran with a tenth of the load"),
            ("A4", "missing_alert", "No alert on refused connections"),
        ),
        improvements=(
            (
                "The move stops by itself when a limit is lower than before",
                "stronger",
                "Shop platform",
                30,
                "The next two moves ran through it; the second was stopped, and rightly.",
            ),
            (
                "An alert on refused connections",
                "intermediate",
                "Shop platform",
                14,
                "It went off in the next exercise.",
            ),
        ),
    ),
    Past(
        days=171,
        begins=time(22, 40),
        minutes=95,
        noticed_after=3,
        values={
            "title": "A link to a data centre stayed down after planned work",
            "customer_saw": "Pages were slow in one region until midnight.",
            "what_happened": "The way back was written for the old line cards. It was followed to the letter and did "
            "nothing.",
            "services": "Shop",
            "regions": "one region",
            "severity": "sev3",
            "detected_by": "monitoring",
            "trigger": "change",
            "mechanism": "rollback_not_ready",
        },
        factors=(
            ("O2", "outdated_docs", "The guide was two hardware generations old"),
            ("O1", "imposed_deadline", "The date had been promised to a customer"),
        ),
        improvements=(
            (
                "Every change guide is run once a year, with a day on it",
                "intermediate",
                "Network engineering",
                60,
                "",
            ),
            (
                "The release calendar refuses dates with less than two working days for review",
                "stronger",
                "Delivery",
                90,
                "",
            ),
        ),
    ),
    Past(
        days=64,
        begins=time(11, 5),
        minutes=21,
        noticed_after=1,
        values={
            "title": "Search results were empty after an index was built from the wrong snapshot",
            "customer_saw": "Searching found nothing.",
            "what_happened": "Two snapshots had names that differ in one letter. Whoever made the change took it back "
            "two minutes after it went out.",
            "services": "Search",
            "severity": "sev3",
            "detected_by": "maker",
            "trigger": "change",
            "mechanism": "wrong_target",
        },
        factors=(("A5", "look_alike_targets", "Two snapshots with names that differ in one letter"),),
        improvements=(
            ("The build names what it is about to replace, and asks", "stronger", "Shop platform", 40, ""),
            (
                "A note about the two names in the guide",
                "weaker",
                "Shop platform",
                7,
                "It stands on the first page.",
            ),
        ),
    ),
)

LEADERSHIP = "Head of infrastructure"  # what is the organisation's to mend has an owner above the engineer

# What the lesson of the first incident is tried on: the change that moved the database.
_MOVE = """\
--- a/databases/payments.toml
+++ b/databases/payments.toml
@@ -1,3 +1,3 @@
 [pool]
-max_connections = 400
+max_connections = 200
"""


def load_history(actor: Actor, story_day: date) -> list[Incident]:
    """Put the past on record, each incident on its own day, with what was learned from it; oldest first."""
    incidents = [_load(actor, past, story_day - timedelta(days=past.days)) for past in PAST]
    with clock.fixed(_at(story_day - timedelta(days=290), time(10))):
        _lesson(actor, incidents[0])
    return incidents


def _at(day: date, moment: time) -> datetime:
    return datetime.combine(day, moment, ZoneInfo(STORY_ZONE)).astimezone(UTC)


def _load(actor: Actor, past: Past, day: date) -> Incident:
    began = _at(day, past.begins)
    over = began + timedelta(minutes=past.minutes)
    with clock.fixed(over + timedelta(hours=1)):
        incident = incident_record(
            actor,
            incident_id=uuid.uuid4(),
            values={
                "zone": STORY_ZONE,
                "kind": "incident",
                "started_at": began,
                "detected_at": began + timedelta(minutes=past.noticed_after),
                "mitigated_at": over,
                "resolved_at": over,
                **past.values,
            },
        )
    with clock.fixed(_at(day + timedelta(days=3), time(10))):
        factors = [
            factor_name(
                actor,
                factor_id=uuid.uuid4(),
                incident=incident,
                question=question,
                leaf=leaf,
                words=words,
                owner=LEADERSHIP if question.startswith("O") else "",
            )
            for question, leaf, words in past.factors
        ]
        named = {factor.question for factor in factors}
        for question in load_default().factor_questions:
            if question.key not in named | {"X"}:
                reason = "Looked at together; it was not at work here."
                question_answer(actor, incident=incident, question=question.key, answer="no", reason=reason)
        plans = [
            improvement_plan(
                actor,
                improvement_id=uuid.uuid4(),
                incident=incident,
                words=words,
                strength=strength,
                owner=owner,
                due_on=day + timedelta(days=due),
                factors=factors,
            )
            for words, strength, owner, due, _ in past.improvements
        ]
    for plan, (_, _, _, due, shown) in zip(plans, past.improvements, strict=True):
        if shown:
            _done(actor, plan, day + timedelta(days=due - 2), shown)
    return incident


def _done(actor: Actor, plan: Improvement, day: date, shown: str) -> None:
    with clock.fixed(_at(day, time(15))):
        improvement_done(actor, improvement_id=plan.pk, edition=plan.edition, closing_words=shown)


def _lesson(actor: Actor, incident: Incident) -> Lesson:
    lesson = lesson_write(
        actor,
        lesson_id=uuid.uuid4(),
        incident=incident,
        title="A smaller pool fails only under the load of the morning",
        know="Connections are refused one by one, and every third payment fails. Compare with the peak, not with now.",
        triggers=Triggers(paths=("databases/**",), symbols=("max_connections",)),
        safeguards=("pool-limits",),
    )
    lesson_try(actor, lesson_id=lesson.pk, change=read_diff(_MOVE.splitlines()))
    lesson_rate(actor, lesson_id=lesson.pk, edition=1, fired=9, looked_at=1000)
    return lesson_show(actor, lesson_id=lesson.pk, edition=1)
