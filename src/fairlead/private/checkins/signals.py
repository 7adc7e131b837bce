"""Noting what was seen, and answering beside it."""

import uuid
from datetime import date

from django.db import transaction

from fairlead.core.playbook.reader import load_default
from fairlead.core.refusal import Refused
from fairlead.core.signals import TOO_LITTLE, Seen, missing_for_signal
from fairlead.core.visibility import Act
from fairlead.foundation import clock
from fairlead.foundation.vault.fields import seal_into
from fairlead.private.cases.door import OpenCase, lock, record
from fairlead.private.cases.ids import free_id
from fairlead.private.cases.notices import notify
from fairlead.private.checkins.facts import facts_of
from fairlead.private.checkins.models import Reply, Signal
from fairlead.private.conversations.services import refuse_too_long


def signal_note(
    opened: OpenCase,
    *,
    signal_id: uuid.UUID,
    key: str,
    seen_on: date,
    words: str,
    opportunity: str = "",
    opportunity_on: date | None = None,
) -> Signal:
    """Note something that was seen on a day; the other one is told and can answer. The same id twice is one.

    Raises Refused naming what is missing: "too little" needs the opportunity there was. NotForYou for the wrong hand.
    """
    opened.must(Act.CHECK_IN)
    kind = next((one for one in load_default().signals if one.key == key), None)
    if kind is None:
        raise Refused("Choose what it is closest to.", field="key")
    for text in (words, opportunity):
        refuse_too_long(text)
    with transaction.atomic():
        case = lock(opened)
        existing = Signal.objects.filter(pk=signal_id, case=case).first()
        if existing is not None:
            return existing
        facts = facts_of(case)
        seen = Seen(kind.direction, words, seen_on, opportunity, opportunity_on)
        missing = missing_for_signal(seen, talk_on=facts.follow_up.talk_on, today=facts.today)
        if missing:
            raise Refused(missing[0].words, missing=missing, field=missing[0].code)
        signal = Signal(
            pk=free_id(Signal, signal_id),
            case=case,
            key=key,
            role=opened.role,
            seen_on=seen_on,
            noted_at=clock.now(),
            opportunity_on=opportunity_on if kind.direction == TOO_LITTLE else None,
        )
        seal_into(opened.envelope, signal, words=words.strip())
        if kind.direction == TOO_LITTLE:
            seal_into(opened.envelope, signal, opportunity=opportunity.strip())
        signal.save(force_insert=True)
        record(opened, "signal.noted", signal=signal.pk)
        notify(case, opened.other_mark(), "signal_noted", collected=True)
    return signal


def signal_reply(opened: OpenCase, *, signal: Signal, reply_id: uuid.UUID, words: str) -> Reply:
    """Say beside a signal how one sees it; nothing that stands there changes. The same id twice is one.

    Raises Refused for an empty answer, NotForYou for the wrong hand.
    """
    opened.must(Act.REMARK)
    refuse_too_long(words)
    if not words.strip():
        raise Refused("Write how you see it, in a sentence or more.", field="words")
    with transaction.atomic():
        case = lock(opened)
        existing = Reply.objects.filter(pk=reply_id, signal__case=case).first()
        if existing is not None:
            return existing
        reply = Reply(pk=free_id(Reply, reply_id), signal=signal, role=opened.role, at=clock.now())
        seal_into(opened.envelope, reply, words=words.strip())
        reply.save(force_insert=True)
        record(opened, "signal.answered", signal=signal.pk)
        notify(case, opened.other_mark(), "record_contested", collected=True)
    return reply
