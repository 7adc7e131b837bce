"""Writing lessons, and what becomes of them."""

import uuid
from dataclasses import asdict

from django.db import transaction

from fairlead.commons.blameless import refuse_people
from fairlead.commons.incidents.models import Incident
from fairlead.commons.lessons.models import Lesson, LessonAnswer
from fairlead.commons.writing import refuse_readers
from fairlead.core.lessons.change import Change
from fairlead.core.lessons.checking import problems_of
from fairlead.core.lessons.lesson import Lesson as LessonValue
from fairlead.core.lessons.lesson import Triggers
from fairlead.core.lessons.match import Reason, fires
from fairlead.core.lessons.proving import missing_to_show, mutes_itself
from fairlead.core.refusal import Refused
from fairlead.core.visibility import Actor
from fairlead.foundation.audit.log import append
from fairlead.foundation.outbox.queue import put
from fairlead.people.selectors import today


def _tell(actor: Actor, lesson: Lesson, what: str) -> None:
    append(
        actor=actor.mark,
        action=f"lesson.{what}",
        subject_type="lesson",
        subject=lesson.pk,
        outcome="done",
        detail={"incident": lesson.incident_id},
    )
    put("commons_changed", what=f"lesson_{what}", incident=lesson.incident_id, lesson=lesson.pk)


def _held(lesson_id: uuid.UUID, edition: int) -> Lesson:
    """Return the lesson, held until the transaction ends, if it still is in this edition."""
    lesson = Lesson.objects.select_for_update().get(pk=lesson_id)
    if lesson.edition != edition:
        raise Refused(
            "Somebody else changed this lesson while you were writing. Your words are still here: compare them with "
            "the lesson in another tab, then save again.",
            field="edition",
        )
    return lesson


def lesson_write(
    actor: Actor,
    *,
    lesson_id: uuid.UUID,
    incident: Incident,
    title: str,
    know: str,
    triggers: Triggers,
    safeguards: tuple[str, ...] = (),
    edition: int | None = None,
) -> Lesson:
    """Write a lesson under the id its form was given; with an edition, change the one that is there.

    A form sent twice makes one lesson. New triggers are tried in silence again, because what was proved were others.
    Raises Refused for what cannot be matched or told, when somebody else changed it meanwhile, or for somebody who may
    not write; and NamesSomebody.
    """
    refuse_readers(actor)
    value = LessonValue(str(lesson_id), title, know, triggers, safeguards)
    if problems := problems_of(value):
        raise Refused(
            "This lesson cannot be told yet.",
            missing=problems,
            field=problems[0].code if problems[0].code != "triggers" else "paths",
        )
    refuse_people(
        title=title,
        know=know,
        safeguards="\n".join(safeguards),
        **{kind: "\n".join(values) for kind, values in triggers.given()},
    )
    kinds = {kind: list(values) for kind, values in asdict(triggers).items() if values}
    values = {"title": title, "know": know, "safeguards": list(safeguards)}
    with transaction.atomic():
        if Lesson.objects.filter(pk=lesson_id).exclude(incident=incident).exists():
            raise Refused("This lesson belongs to another incident. Open the page again.")
        if edition is None:
            lesson, made = Lesson.objects.get_or_create(
                pk=lesson_id, defaults={"incident": incident, "triggers": kinds, **values}
            )
            if made:
                _tell(actor, lesson, "written")
            return lesson
        lesson = _held(lesson_id, edition)
        if lesson.triggers != kinds:
            lesson.triggers, lesson.standing = kinds, Lesson.Standing.SHADOW
            lesson.fires_on_own = lesson.fired = lesson.looked_at = lesson.tried_on = None
        for name, words in values.items():
            setattr(lesson, name, words)
        lesson.edition += 1
        lesson.save()
        _tell(actor, lesson, "changed")
    return lesson


def lesson_try(actor: Actor, *, lesson_id: uuid.UUID, change: Change) -> tuple[Reason, ...]:
    """Try a lesson on the change that broke things, and return why it fires on it.

    Of the change, only whether it fired is kept: a diff shows who wrote it. Raises Refused for somebody who may not
    write.
    """
    refuse_readers(actor)
    with transaction.atomic():
        lesson = Lesson.objects.select_for_update().get(pk=lesson_id)
        reasons = fires(lesson.value().triggers, change)
        lesson.fires_on_own = bool(reasons)
        lesson.save(update_fields=["fires_on_own"])
        _tell(actor, lesson, "tried")
    return reasons


def lesson_rate(
    actor: Actor,
    *,
    lesson_id: uuid.UUID,
    edition: int,
    fired: int,
    looked_at: int,
    fires_on_own: bool | None = None,
) -> Lesson:
    """Keep on how many ordinary changes of a repository a lesson fired, of how many that were looked at.

    `fires_on_own` says what was seen there on the change that broke things; None leaves what is known of it. Raises
    Refused when the triggers were changed meanwhile, for numbers that cannot be, or for somebody who may not write.
    """
    refuse_readers(actor)
    if not 0 <= fired <= looked_at or not looked_at:
        raise Refused("It fired on more changes than were looked at, or none were.", field="fired")
    with transaction.atomic():
        lesson = _held(lesson_id, edition)
        lesson.fired, lesson.looked_at, lesson.tried_on = fired, looked_at, today()
        if fires_on_own is not None:
            lesson.fires_on_own = fires_on_own
        lesson.save(update_fields=["fires_on_own", "fired", "looked_at", "tried_on"])
        _tell(actor, lesson, "rated")
    return lesson


def lesson_show(actor: Actor, *, lesson_id: uuid.UUID, edition: int) -> Lesson:
    """Show a lesson to everybody who makes such a change. Raises Refused while its triggers are not proved."""
    refuse_readers(actor)
    with transaction.atomic():
        lesson = _held(lesson_id, edition)
        if missing := missing_to_show(lesson.fires_on_own, lesson.fired, lesson.looked_at):
            raise Refused("This lesson is tried in silence until its triggers are proved.", missing=missing)
        _stand(actor, lesson, Lesson.Standing.SHOWN)
    return lesson


def lesson_mute(actor: Actor, *, lesson_id: uuid.UUID, edition: int) -> Lesson:
    """Let a lesson fall silent. Nothing of it is lost. Raises Refused for somebody who may not write."""
    refuse_readers(actor)
    with transaction.atomic():
        lesson = _held(lesson_id, edition)
        _stand(actor, lesson, Lesson.Standing.MUTED)
    return lesson


def _stand(actor: Actor, lesson: Lesson, standing: Lesson.Standing) -> None:
    lesson.standing = standing
    lesson.edition += 1
    lesson.save(update_fields=["standing", "edition"])
    _tell(actor, lesson, standing.value)


def lesson_answer(actor: Actor, *, lesson_id: uuid.UUID, useful: bool) -> None:
    """Keep that a lesson was useful to this person, or not; the last answer counts.

    Anybody who is signed in may say so. A lesson that mostly disturbs falls silent by itself.
    """
    with transaction.atomic():
        lesson = Lesson.objects.select_for_update().get(pk=lesson_id)
        LessonAnswer.objects.update_or_create(lesson=lesson, mark=actor.mark, defaults={"useful": useful})
        given = list(lesson.answers.values_list("useful", flat=True))
        if lesson.standing == Lesson.Standing.SHOWN and mutes_itself(given.count(True), given.count(False)):
            _stand(actor, lesson, Lesson.Standing.MUTED)
