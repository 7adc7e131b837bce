"""Writing a review, publishing it, and setting the template."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import Max

from fairlead.commons.blameless import Place, refuse_people, refuse_to_publish
from fairlead.commons.incidents.models import Incident
from fairlead.commons.reviews.models import Anniversary, Publication, Review, SectionVersion, TemplateVersion
from fairlead.commons.reviews.selectors import as_data, draft_of, template_now
from fairlead.commons.writing import refuse_readers
from fairlead.core.refusal import Refused
from fairlead.core.review.anniversary import next_anniversary
from fairlead.core.review.template import Section, checked, to_data
from fairlead.core.visibility import Actor
from fairlead.foundation import clock
from fairlead.foundation.audit.log import append
from fairlead.foundation.outbox.queue import put

LONGEST_SECTION = 50_000


@dataclass(frozen=True, slots=True)
class Saved:
    """What a save left behind: the version's number, and what other pages wrote since the base version."""

    version: int
    others: tuple[str, ...]


def section_save(
    actor: Actor, *, incident: Incident, key: str, words: str, sitting: uuid.UUID, edit: int, base: int
) -> Saved:
    """Save what one page holds in one section.

    `base` is the version the page began from, `edit` counts the page's saves. The page's own newest version grows in
    place; once another page has written, the words go into a version of their own, so that nobody's words are lost.
    A late save with a lower `edit` changes nothing. Raises Refused for a section that is none, for words that are too
    long, or for somebody who may not write; and NamesSomebody.
    """
    refuse_readers(actor)
    if len(words) > LONGEST_SECTION:
        raise Refused(
            f"This is {len(words):,} characters; at most {LONGEST_SECTION:,} fit. Your words are still on this page.",
            field="words",
        )
    refuse_people(words=words)
    with transaction.atomic():
        review, _ = Review.objects.get_or_create(incident=incident)
        review = Review.objects.select_for_update().get(pk=review.pk)
        versions = review.versions.filter(key=key).order_by("-number")
        if not versions.exists() and key not in {section.key for section in template_now()[1]}:
            raise Refused("There is no such section. Open the page again.")
        head, mine = versions.first(), versions.filter(sitting=sitting).first()
        if mine is not None and edit <= mine.edit:
            return Saved(mine.number, ())
        others = tuple(one.words for one in versions.filter(number__gt=base).exclude(sitting=sitting))
        if mine is None or head is None or mine.pk != head.pk:
            mine = SectionVersion(review=review, key=key, sitting=sitting)
        mine.number = head.number + 1 if head else 1
        mine.edit, mine.words = edit, words
        mine.save()
        _tell(actor, incident, "review.written", section=key, version=mine.number)
    return Saved(mine.number, others)


def review_publish(actor: Actor, *, incident: Incident, seen: str, kept: Mapping[str, str]) -> Publication:
    """Publish the draft as it was seen; publishing again keeps what was published before.

    `seen` is the mark of the draft that was looked at, `kept` why places that may tell who somebody was stay as they
    are. The same draft sent twice is published once. Raises Refused with what is missing, when somebody changed the
    draft meanwhile, or for somebody who may not write; and NamesSomebody and NotYetDecided.
    """
    refuse_readers(actor)
    with transaction.atomic():
        review, _ = Review.objects.get_or_create(incident=incident)
        review = Review.objects.select_for_update().get(pk=review.pk)
        draft, last, today = draft_of(actor, incident), review.publications.first(), clock.now().date()
        if draft is None or draft.seen() != seen:
            raise Refused(
                "Somebody changed the draft while you were reading it. Look at it as it stands now, then publish."
            )
        sections = as_data(draft.document(""))
        if last is not None and last.sections == sections:
            return last
        if missing := draft.missing():
            raise Refused("Something is still missing before everybody reads it.", missing=missing)
        refuse_to_publish(draft.texts(), kept=kept, zone=incident.zone)
        published = Publication.objects.create(
            review=review,
            number=last.number + 1 if last else 1,
            published_on=today,
            title=incident.title,
            sections=sections,
            kept=_still_kept(draft.places(), kept),
        )
        _tell(actor, incident, "review.published", number=published.number, kept=len(published.kept))
        anniversary_plan(review)
    return published


def anniversary_plan(review: Review) -> None:
    """Put the next anniversary of a published review into the outbox; planned twice it comes back once."""
    incident = review.incident
    zone = ZoneInfo(incident.zone)
    now = clock.now().astimezone(zone)
    happened = incident.started_at.astimezone(zone).date() if incident.started_at else now.date()
    years, day = next_anniversary(happened, after=now.date())
    put(
        "review_anniversary",
        run_after=datetime.combine(day, time(), zone).astimezone(UTC),
        key=f"anniversary:{review.pk}:{years}",
        review=review.pk,
        years=years,
        day=day,
    )


def anniversary_come(review_id: uuid.UUID, *, years: int, day: date) -> None:
    """Let a review come back on its day, and plan the next; a review that is gone comes back no more."""
    with transaction.atomic():
        review = Review.objects.filter(pk=review_id).select_related("incident").first()
        if review is not None:
            Anniversary.objects.get_or_create(review=review, years=years, defaults={"day": day})
            anniversary_plan(review)


def template_set(actor: Actor, *, base: int, sections: Sequence[Section]) -> TemplateVersion:
    """Set the sections of reviews, as a new version of the template that began as version `base`.

    Drafts follow it at once; what was published stays as it is. Raises Refused for what is wrong, when somebody else
    set it meanwhile, or for somebody who may not write; and NamesSomebody.
    """
    refuse_readers(actor)
    sections = checked(sections)
    texts = {
        f"{name}-{number}": getattr(section, name)
        for number, section in enumerate(sections)
        for name in ("title", "prompt")
    }
    refuse_people(**texts, keys=" ".join(section.key for section in sections))
    with transaction.atomic():
        newest = TemplateVersion.objects.aggregate(newest=Max("number"))["newest"] or 0
        if newest != base:
            raise Refused(
                "Somebody else changed the template while you were writing. Your words are still here: compare them "
                "with the template in another tab, then save again."
            )
        version = TemplateVersion.objects.create(number=newest + 1, sections=to_data(sections))
        append(
            actor=actor.mark,
            action="review_template.set",
            subject_type="review_template",
            subject=str(version.number),
            outcome="done",
        )
        put("commons_changed", what="review_template_set", template=version.number)
    return version


def _still_kept(places: Sequence[Place], kept: Mapping[str, str]) -> dict[str, str]:
    """Return the reasons that a place of this review still has."""
    return {place.id: kept[place.id] for place in places if place.id in kept}


def _tell(actor: Actor, incident: Incident, action: str, **detail: object) -> None:
    append(
        actor=actor.mark,
        action=action,
        subject_type="incident",
        subject=incident.pk,
        outcome="done",
        detail=detail,
    )
    put("commons_changed", what=action, incident=incident.pk)
