"""Looking at issues: a few at a time, with what spares the tracker, and not before the moment it names."""

import logging
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from django.conf import settings
from django.db import transaction

from fairlead.commons.improvements.models import Improvement
from fairlead.commons.improvements.services_tracker import tracker_saw
from fairlead.core.trackers import (
    Answer,
    Elsewhere,
    NotUnderstood,
    Question,
    Seen,
    Tracker,
    Unchanged,
    Wait,
    read_answer,
)
from fairlead.foundation import clock
from fairlead.foundation.http import NotAllowedError, NotDeliveredError, get
from fairlead.foundation.outbox.queue import put
from fairlead.integrations.trackers.models import Look, Pause
from fairlead.integrations.trackers.selectors import paused_until, to_look_at, tracker_of, trackers

_HOUR = timedelta(hours=1)
_LATELY = timedelta(
    minutes=45
)  # whoever was looked at in this round is not looked at again; in the next one it is
_AT_ONCE = 4  # issues in one piece of work, so that a slow tracker keeps within the lease
_LONGEST_ETAG = 200
_log = logging.getLogger(__name__)


def rounds_begin() -> None:
    """See to it that every tracker is asked in the next hour. Called when the server starts."""
    with transaction.atomic():
        for tracker in trackers():
            _put_next_hour(tracker)


def _put_next_hour(tracker: Tracker) -> None:
    """Put the round of the next full hour: there is one in each hour, however many servers have started."""
    at = clock.now().replace(minute=0, second=0, microsecond=0) + _HOUR
    _put_round(tracker, at, f"{at:%Y%m%d%H}")


def _put_round(tracker: Tracker, at: datetime, name: str) -> None:
    tool = tracker.tool.value
    put("trackers_round", key=f"trackers:{tool}:{name}", run_after=at, tool=tool)


def round_go(tool: str) -> None:
    """Look at some issues of a tracker, and see to the next round: soon while some are left, else in the next hour."""
    tracker = next((one for one in trackers() if one.tool == tool), None)
    if tracker is None:
        return
    now = clock.now()
    found = [] if paused_until(tracker) else to_look_at(tracker, before=now - _LATELY, most=_AT_ONCE + 1)
    for improvement in found[:_AT_ONCE]:
        if not look(improvement):
            break
    with transaction.atomic():
        soon = paused_until(tracker) or (now + timedelta(minutes=1) if len(found) > _AT_ONCE else None)
        if soon:
            _put_round(tracker, soon, f"{soon:%Y%m%d%H%M}")
        else:
            _put_next_hour(tracker)


def look(improvement: Improvement) -> bool:
    """Ask the tracker of an improvement how its issue stands and keep it; returns whether it may be asked more now."""
    asked, link = tracker_of(improvement.tracker_link), improvement.tracker_link
    told, etag = Unchanged(), ""
    if asked is not None:
        tracker, question = asked
        if paused_until(tracker):
            return False
        before = Look.objects.filter(improvement=improvement, link=link).first()
        told, etag = _ask(tracker, link, question, before.etag if before else "")
        if isinstance(told, Wait):
            Pause.objects.update_or_create(tool=tracker.tool.value, defaults={"until": told.until})
            return False
        if isinstance(told, NotUnderstood):
            _log.warning("%s did not tell the state of an issue (%s).", tracker.tool.value, told.why)
    with transaction.atomic():
        Look.objects.update_or_create(
            improvement=improvement, defaults={"link": link, "etag": etag, "at": clock.now()}
        )
        if asked is not None and isinstance(told, Seen | Unchanged):
            seen = told if isinstance(told, Seen) else None
            tracker_saw(improvement_id=improvement.pk, link=link, seen=seen)
    return told != NotUnderstood("no_answer")


@dataclass(frozen=True, slots=True)
class _Place:
    """Where an issue is asked for, and the mark of the state that is known of it there."""

    address: str
    etag: str


def _ask(tracker: Tracker, link: str, question: Question, etag: str) -> tuple[Answer, str]:
    """Return what the tracker says and the mark of that state. Where the issue has moved, it is asked once more."""
    place, told = _Place(question.address, etag), NotUnderstood("moved_on_and_on")
    here = urlsplit(question.address)
    for _ in range(2):
        there = urlsplit(place.address)
        if (there.scheme, there.netloc) != (here.scheme, here.netloc):
            return NotUnderstood("moved_elsewhere"), ""  # where the token is nobody's business
        conditional = {"If-None-Match": place.etag} if place.etag else {}
        try:
            answer = get(
                place.address,
                hosts=[here.hostname or ""],
                private=settings.FAIRLEAD_PRIVATE_HOSTS,
                headers={**question.headers, **conditional},
            )
        except (NotAllowedError, NotDeliveredError) as error:
            return NotUnderstood("not_allowed" if isinstance(error, NotAllowedError) else "no_answer"), etag
        found = read_answer(
            tracker,
            link,
            status=answer.status,
            headers=answer.headers,
            body=answer.body,
            now=clock.now(),
        )
        if not isinstance(found, Elsewhere):
            mark = answer.headers.get("etag", "") if isinstance(found, Seen) else etag
            return found, mark if len(mark) <= _LONGEST_ETAG else ""
        place = _Place(found.address, "")
    return told, ""
