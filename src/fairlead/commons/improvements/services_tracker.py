"""What a tracker says of the issue behind an improvement: a state, seen on a day, and nothing that follows from it."""

import uuid

from django.db import transaction

from fairlead.commons.blameless import NamesSomebody, refuse_people
from fairlead.commons.improvements.models import Improvement
from fairlead.core.trackers import Seen
from fairlead.foundation.audit.log import SYSTEM, append
from fairlead.foundation.outbox.queue import put
from fairlead.people.selectors import today


def tracker_saw(*, improvement_id: uuid.UUID, link: str, seen: Seen | None) -> None:
    """Keep what a tracker says of an issue; None says that nothing has changed since.

    A link that was changed meanwhile keeps its own state. An address that names somebody is left out. Whatever it says,
    the improvement stands as it stood: a closed issue has proved nothing.
    """
    moved_to = seen.moved_to if seen else ""
    try:
        refuse_people(tracker_moved_to=moved_to)
    except NamesSomebody:
        moved_to = ""
    with transaction.atomic():
        improvement = (
            Improvement.objects.select_for_update().filter(pk=improvement_id, tracker_link=link).first()
        )
        if improvement is None:
            return
        improvement.tracker_seen_on = today()
        is_new = seen is not None and (improvement.tracker_state, improvement.tracker_moved_to) != (
            seen.state.value,
            moved_to,
        )
        if seen is not None and is_new:
            improvement.tracker_state, improvement.tracker_moved_to = seen.state.value, moved_to
            append(
                actor=SYSTEM,
                action="improvement.tracker",
                subject_type="improvement",
                subject=improvement.pk,
                outcome="done",
                detail={"incident": improvement.incident_id, "state": seen.state.value},
            )
            put(
                "commons_changed",
                what="improvement_tracker",
                incident=improvement.incident_id,
                improvement=improvement.pk,
            )
        improvement.save(update_fields=["tracker_seen_on", "tracker_state", "tracker_moved_to"])
