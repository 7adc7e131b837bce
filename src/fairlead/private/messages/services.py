"""Releasing the message to the team from the private side."""

from collections.abc import Mapping

from django.db import transaction

from fairlead.commons.blameless import refuse_people
from fairlead.commons.messages.models import TeamMessage
from fairlead.commons.messages.services import message_release
from fairlead.core.refusal import Missing, Refused
from fairlead.core.steps import missing_for_message
from fairlead.core.visibility import Act
from fairlead.foundation import clock
from fairlead.private.cases.door import OpenCase, lock, record
from fairlead.private.cases.notices import notify
from fairlead.private.conversations.selectors import has_read_message, text_of
from fairlead.private.conversations.slots import MESSAGE
from fairlead.private.messages.models import Release


def missing_to_release(opened: OpenCase) -> tuple[Missing, ...]:
    """Return what is missing before the team is told."""
    return missing_for_message(
        talk_ended=opened.case.talk_ended_at is not None,
        message_written=bool(text_of(opened, MESSAGE).words.strip()),
        message_read=has_read_message(opened),
    )


def team_message_offer(opened: OpenCase) -> None:
    """Give the draft to the engineer to read first. Raises Refused for an empty or naming draft, NotForYou."""
    opened.must(Act.DRAFT_MESSAGE)
    words = text_of(opened, MESSAGE).words
    if not words.strip():
        raise Refused("The message is empty. Write it first.")
    refuse_people(words=words)
    with transaction.atomic():
        lock(opened)
        record(opened, "team_message.offered")
        notify(opened.case, opened.other_mark(), "message_to_read")


def team_message_release(opened: OpenCase, *, kept: Mapping[str, str]) -> TeamMessage:
    """Put the message where the team reads it. `kept` is why places that may tell who somebody was stay as they are.

    Raises Refused while the talk was not held or the engineer has not read it as it stands; NamesSomebody;
    NotYetDecided; NotForYou for the wrong hand.
    """
    opened.must(Act.RELEASE_MESSAGE)
    with transaction.atomic():
        case = lock(opened)
        missing = missing_to_release(opened)
        if missing:
            raise Refused(
                "The team is told after the talk, and the engineer reads the message first.", missing=missing
            )
        if case.incident is None:
            raise Refused("The incident of this talk is gone, so there is nothing to tell about.")
        words = text_of(opened, MESSAGE).words
        release, _ = Release.objects.get_or_create(case=case)
        message = message_release(
            opened.actor, message_id=release.message, incident=case.incident, words=words, kept=kept
        )
        if release.released_at is None:
            release.released_at = clock.now()
            release.save(update_fields=["released_at"])
            record(opened, "team_message.released")
    return message
