"""Reading what one was told, and calling a talk agreed."""

from dataclasses import replace

from django.db import transaction

from fairlead.core.refusal import Refused
from fairlead.core.steps import missing_for_agreed
from fairlead.core.visibility import Act, Actor
from fairlead.foundation import clock
from fairlead.foundation.audit.log import append
from fairlead.foundation.outbox.queue import put
from fairlead.private.cases.door import OpenCase, lock
from fairlead.private.cases.models import Notice
from fairlead.private.cases.notices import ERASED_SOON, notify
from fairlead.private.cases.services import case_agreed
from fairlead.private.checkins.planning import replan
from fairlead.private.talk.facts import talk_facts
from fairlead.private.walks.services import rater_may_begin


def talk_agree(opened: OpenCase) -> None:
    """Call the talk agreed.

    Raises Refused naming everything that is missing, NotForYou for the wrong hand or when it is agreed already.
    """
    opened.must(Act.AGREE)
    with transaction.atomic():
        opened = replace(opened, case=lock(opened))
        opened.must(Act.AGREE)  # once more as it stands now: two clicks at once agree once
        missing = missing_for_agreed(talk_facts(opened))
        if missing:
            raise Refused("Not agreed yet. This is still missing:", missing=missing)
        case_agreed(opened)
        replan(lock(opened))
        notify(opened.case, opened.other_mark(), "agreed")


def notice_read(actor: Actor, notice: Notice) -> None:
    """Note that somebody read what they were told; a second rater may begin once the engineer has."""
    with transaction.atomic():
        first_time = Notice.objects.filter(pk=notice.pk, mark=actor.mark, read_at=None).update(
            read_at=clock.now()
        )
        if first_time:
            append(
                actor=actor.mark,
                action="notice.read",
                subject_type="case",
                subject=notice.case_id,
                outcome="done",
            )
            if notice.key != ERASED_SOON:
                put("case_touched", key=f"read:{notice.pk}", case=notice.case_id, day=clock.now().date())
            if notice.key == "second_rater_announced":
                rater_may_begin(notice)
