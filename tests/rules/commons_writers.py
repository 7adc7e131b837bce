"""For every field of the commons that can hold words: a service that writes it, with the words to write."""

import uuid
from collections.abc import Callable
from datetime import date, timedelta

from django.apps import apps
from django.db import models

from fairlead.commons.debts.services import debt_answer
from fairlead.commons.factors.services import factor_name, question_answer
from fairlead.commons.harmless.services import harmless_declare
from fairlead.commons.impact.services import impact_write
from fairlead.commons.improvements.models import Improvement
from fairlead.commons.improvements.services import (
    decision_day_set,
    improvement_done,
    improvement_drop,
    improvement_plan,
    improvement_reopen,
)
from fairlead.commons.incidents.models import Incident
from fairlead.commons.incidents.services import incident_change, incident_record
from fairlead.commons.lessons.services import lesson_write
from fairlead.commons.messages.services import message_release
from fairlead.commons.proofs.services import proving_report
from fairlead.commons.proofs.services_waivers import waiver_ask, waiver_sign
from fairlead.commons.reviews.models import SectionVersion
from fairlead.commons.reviews.services import review_publish, section_save, template_set
from fairlead.commons.timeline.models import Entry
from fairlead.commons.timeline.services import NewEntry, entries_add, entry_change, entry_restore
from fairlead.core.lessons.lesson import Triggers
from fairlead.core.review.template import Section
from fairlead.core.visibility import Actor
from fairlead.foundation import clock
from fairlead.people.selectors import today
from tests.commons.reports import report, run, runs
from tests.rules.world import World, seen_of_review

Writer = Callable[[World, Actor, str], object]
_DAY = date(2027, 1, 8)

# Fields that hold a code or a number of our own, and what nobody writes through a page.
HOLD_NO_WORDS = {
    "debts.Debt.factor": "a key of the playbook, from our own table",
    "debts.Debt.words": "one of our own sentences",
    "factors.FactorAnswer.question": "a key of the playbook; the service refuses any other",
    "factors.Factor.question": "a key of the playbook; the service refuses any other",
    "factors.Factor.leaf": "a key of the playbook; the service refuses any other",
    "incidents.IncidentService.name": "a part of the services that passed the guard",
    "improvements.Following.mark": "a keyed hash",
    "improvements.Reminder.stage": "a short code of our own",
    "improvements.Improvement.tracker_moved_to": "an address from a tracker; one that names somebody is left out",
    "lessons.LessonAnswer.mark": "a keyed hash",
    "proofs.Proof.name": "the name of a file, letters and digits alone; the API refuses any other",
    "proofs.Proof.head": "a hash",
    "proofs.Proving.hash": "a hash",
    "proofs.Waiver.asked_by": "a keyed hash",
    "proofs.Waiver.signed_by": "a keyed hash",
    "timeline.EarlierEntry.words": "a copy of an entry that passed the guard when it was written",
    "reviews.SectionVersion.key": "a key of the template; the service refuses any other",
    "reviews.Publication.title": "a copy of the incident's title, checked when it is published",
    "reviews.Publication.kept": "ids of places and codes of reasons",
    "impact.RevenueProfile.name": "only the demo writes it",
    "impact.RevenueProfile.zone": "only the demo writes it",
    "impact.RevenueProfile.rates": "only the demo writes it",
}


def _incident(field: str) -> list[Writer]:
    values = {"title": "A loop", "zone": "UTC"}
    return [
        lambda _world, actor, words: incident_record(
            actor, incident_id=uuid.uuid4(), values={**values, field: words}
        ),
        lambda world, actor, words: incident_change(
            actor, incident_id=world.incident.pk, edition=1, values={**values, field: words}
        ),
    ]


def _impact(field: str) -> list[Writer]:
    return [lambda world, actor, words: impact_write(actor, incident=world.incident, values={field: words})]


def _answer(field: str) -> list[Writer]:
    values = {"answer": "unknown", "owner": "Network team", "reason": "", "due_on": _DAY}
    return [
        lambda world, actor, words: question_answer(
            actor, incident=world.incident, question="A1", **{**values, field: words}
        )
    ]


def _factor(field: str) -> list[Writer]:
    return [
        lambda world, actor, words: factor_name(
            actor,
            factor_id=uuid.uuid4(),
            incident=world.incident,
            question="A1",
            leaf="lab_differs",
            **{field: words},
        )
    ]


def _improvement(field: str) -> list[Writer]:
    values = {"words": "A route", "strength": "stronger", "owner": "Network team", "due_on": _DAY}

    def write(world: World, actor: Actor, words: str) -> object:
        return improvement_plan(
            actor,
            improvement_id=uuid.uuid4(),
            incident=world.incident,
            factors=world.incident.factors.all(),
            **{**values, field: words},
        )

    return [write]


def _debt(field: str) -> list[Writer]:
    values = {"owner": "Leadership", "due_on": None, "answer": ""}
    return [
        lambda world, actor, words: debt_answer(
            actor, debt_id=world.debt, edition=1, **{**values, field: words}
        )
    ]


def _closing() -> list[Writer]:
    return [
        lambda world, actor, words, service=service: service(
            actor, improvement_id=world.improvement, edition=1, closing_words=words
        )
        for service in (improvement_done, improvement_drop)
    ]


def _reopen(world: World, actor: Actor, words: str) -> object:
    improvement_done(actor, improvement_id=world.improvement, edition=1, closing_words="It refused it.")
    return improvement_reopen(actor, improvement_id=world.improvement, edition=2, words=words)


def _report(field: str) -> Writer:
    def write(world: World, actor: Actor, words: str) -> object:
        value = {"reasons": [words], "runs": [{**run("good"), "words": words}, *runs()[1:]]}.get(field, words)
        made = report(world.improvement, **{field: value})
        return proving_report(actor, name="drop", report=made)

    return write


def _ask_for_waiver(world: World, actor: Actor, words: str) -> object:
    return waiver_ask(
        actor,
        waiver_id=uuid.uuid4(),
        improvement=Improvement.objects.get(pk=world.improvement),
        code="vendor",
        words=words,
        until=today() + timedelta(days=30),
    )


def _sign_waiver(world: World, actor: Actor, words: str) -> object:
    asked = _ask_for_waiver(world, world.cast.actor("other_manager"), "The vendor mends it.")
    return waiver_sign(actor, waiver_id=asked.pk, signer=words)


def _lesson(field: str) -> list[Writer]:
    values = {"title": "Border", "know": "Two routes", "triggers": Triggers(sections=("router bgp",))}

    def named(words: str) -> dict[str, object]:
        value = {"triggers": Triggers(paths=(words,)), "safeguards": (words,)}.get(field, words)
        return {**values, field: value}

    def write(world: World, actor: Actor, words: str) -> object:
        return lesson_write(actor, lesson_id=uuid.uuid4(), incident=world.incident, **named(words))

    def change(world: World, actor: Actor, words: str) -> object:
        return lesson_write(actor, lesson_id=world.lesson, incident=world.incident, edition=1, **named(words))

    return [write, change]


def _entry() -> list[Writer]:
    at = clock.now() - timedelta(hours=1)

    def add(world: World, actor: Actor, words: str) -> list[Entry]:
        return entries_add(actor, incident=world.incident, entries=[NewEntry(uuid.uuid4(), at, words)])

    def change(world: World, actor: Actor, words: str) -> object:
        entry = add(world, actor, "The alert went off.")[0]
        return entry_change(actor, entry_id=entry.pk, edition=1, at=at, words=words)

    def restore(world: World, actor: Actor, words: str) -> object:
        entry = add(world, actor, "The alert went off.")[0]
        Entry.objects.filter(pk=entry.pk).update(words=words, taken_out=True)  # from before somebody joined
        return entry_restore(actor, entry_id=entry.pk)

    return [add, change, restore]


def _publish_section(world: World, actor: Actor, words: str) -> object:
    SectionVersion.objects.filter(key="lessons").update(words=words)  # from before somebody joined
    return review_publish(actor, incident=world.incident, seen=seen_of_review(world), kept={})


def _publish_incident(world: World, actor: Actor, words: str) -> object:
    Incident.objects.update(what_happened=words)
    world.incident.refresh_from_db()
    return review_publish(actor, incident=world.incident, seen=seen_of_review(world), kept={})


def _template(field: str) -> Writer:
    values = {"key": "lessons", "title": "Lessons", "prompt": ""}
    return lambda _world, actor, words: template_set(
        actor, base=0, sections=[Section(**{**values, field: words})]
    )


WRITERS: dict[str, list[Writer]] = {
    "debts.Debt.owner": _debt("owner"),
    "debts.Debt.answer": _debt("answer"),
    **{
        f"incidents.Incident.{field}": _incident(field)
        for field in (
            "title",
            "customer_saw",
            "what_happened",
            "services",
            "regions",
            "zone",
            "mechanism",
            "mechanism_words",
        )
    },
    **{f"impact.ImpactInputs.{field}": _impact(field) for field in ("reputation_words", "assumptions")},
    **{f"factors.FactorAnswer.{field}": _answer(field) for field in ("reason", "owner")},
    **{f"factors.Factor.{field}": _factor(field) for field in ("words", "raised_by", "owner")},
    **{
        f"improvements.Improvement.{field}": _improvement(field)
        for field in ("words", "owner", "tracker_link")
    },
    "improvements.Improvement.closing_words": _closing(),
    "improvements.ImprovementStep.words": [_reopen, *_closing()],
    "improvements.DecisionDay.owner": [
        lambda world, actor, words: decision_day_set(actor, incident=world.incident, owner=words, due_on=_DAY)
    ],
    **{f"lessons.Lesson.{field}": _lesson(field) for field in ("title", "know", "triggers", "safeguards")},
    "proofs.Proof.title": [_report("title")],
    "proofs.Proving.evidence": [_report(field) for field in ("title", "reasons", "tool_version", "runs")],
    "proofs.Waiver.words": [_ask_for_waiver],
    "proofs.Waiver.signer": [_sign_waiver],
    "timeline.Entry.words": _entry(),
    "reviews.SectionVersion.words": [
        lambda world, actor, words: section_save(
            actor,
            incident=world.incident,
            key="lessons",
            words=words,
            sitting=uuid.uuid4(),
            edit=1,
            base=0,
        )
    ],
    "reviews.Publication.sections": [_publish_section, _publish_incident],
    "reviews.TemplateVersion.sections": [_template(name) for name in ("key", "title", "prompt")],
    "messages_to_teams.TeamMessage.words": [
        lambda world, actor, words: message_release(
            actor, message_id=uuid.uuid4(), incident=world.incident, words=words, kept={}
        )
    ],
    "harmless.HarmlessWord.words": [
        lambda _world, actor, words: harmless_declare(
            actor, word_id=uuid.uuid4(), kind="word", words=words, holders=None
        )
    ],
}


def commons_models() -> list[type[models.Model]]:
    return [
        model
        for config in apps.get_app_configs()
        if config.name.startswith("fairlead.commons.")
        for model in config.get_models()
    ]


def fields_for_words() -> set[str]:
    """Every field of the commons in which a name could stand: texts without a list of choices."""
    return {
        f"{model._meta.app_label}.{model.__name__}.{field.name}"
        for model in commons_models()
        for field in model._meta.get_fields()
        if isinstance(field, models.CharField | models.TextField | models.JSONField | models.BinaryField)
        and not field.choices
    }
