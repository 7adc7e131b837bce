"""Making promises and answering them."""

from datetime import date
from uuid import UUID

from django.db import transaction

from fairlead.core.ledger import MISSING_WORDS, Action, Side, State, decide
from fairlead.core.ledger import Promise as Entry
from fairlead.core.refusal import Missing, Refused
from fairlead.core.visibility import Act
from fairlead.foundation import clock
from fairlead.foundation.vault.fields import read_from, seal_into
from fairlead.private.cases.door import OpenCase, lock, record
from fairlead.private.cases.ids import free_id
from fairlead.private.cases.notices import notify
from fairlead.private.conversations.services import refuse_too_long
from fairlead.private.promises.models import Promise, PromiseReply
from fairlead.private.promises.selectors import SIDE, as_entry


def _allowed(action: Action, opened: OpenCase, entry: Entry, note: str = "") -> State:
    decision = decide(action, SIDE[opened.role], entry, note)
    if not decision.allowed:
        missing = tuple(Missing(name, MISSING_WORDS[name]) for name in decision.missing)
        raise Refused(decision.reason, missing=missing, field="words")
    return decision.state


def promise_make(
    opened: OpenCase,
    *,
    promise_id: UUID,
    owed_by: str,
    words: str,
    due_on: date | None = None,
    cadence: str = "",
    replaces: Promise | None = None,
) -> Promise:
    """Propose a promise for either side; the other one is told and decides. The same id twice is one promise.

    Raises Refused for what is missing, NotForYou for the wrong hand.
    """
    opened.must(Act.PROMISE)
    refuse_too_long(words)
    side = SIDE[opened.role]
    entry = Entry(
        id=str(promise_id),
        owed_by=Side(owed_by),
        written_by=side,
        words=words.strip(),
        due=due_on,
        cadence=cadence.strip(),
    )
    with transaction.atomic():
        lock(opened)
        existing = Promise.objects.filter(pk=promise_id, case=opened.case).first()
        if existing is not None:
            return existing
        _allowed(Action.PROPOSE, opened, entry)
        if replaces is not None:
            replaces.refresh_from_db()
            replaces.state = _allowed(Action.REPLACE, opened, as_entry(opened, replaces))
            replaces.settled_at = clock.now()
            replaces.save(update_fields=["state", "settled_at"])
        promise = Promise(
            pk=free_id(Promise, promise_id),
            case=opened.case,
            owed_by=entry.owed_by,
            written_by=side,
            due_on=due_on,
            proposed_at=clock.now(),
            replaces=replaces,
        )
        seal_into(opened.envelope, promise, words=entry.words, cadence=entry.cadence)
        promise.save(force_insert=True)
        record(opened, "promise.proposed", promise=promise.pk)
        notify(opened.case, opened.other_mark(), "promise_proposed")
    return promise


def promise_answer(opened: OpenCase, *, promise: Promise, action: str) -> Promise:
    """Accept, decline or withdraw a promise. Raises Refused with the reason when it is not this side's to do."""
    opened.must(Act.PROMISE)
    wanted = {a.value: a for a in (Action.ACCEPT, Action.DECLINE, Action.WITHDRAW)}.get(action)
    if wanted is None:
        raise Refused("A promise can be accepted, declined or withdrawn.")
    with transaction.atomic():
        lock(opened)
        promise.refresh_from_db()
        promise.state = _allowed(wanted, opened, as_entry(opened, promise))
        promise.settled_at = clock.now()
        promise.save(update_fields=["state", "settled_at"])
        record(opened, f"promise.{promise.state}", promise=promise.pk)
        if wanted is not Action.WITHDRAW:
            notify(opened.case, opened.other_mark(), "promise_answered")
    return promise


def promise_mark(opened: OpenCase, *, promise: Promise, kept: bool, shows: str) -> Promise:
    """Mark a promise as kept or not, with what shows it; what was written about it before stays.

    Marking it again the same way changes nothing. Raises Refused when it is the other's to say, or nothing shows it.
    """
    opened.must(Act.PROMISE)
    refuse_too_long(shows)
    action, wanted = (Action.MARK_MET, State.MET) if kept else (Action.MARK_NOT_MET, State.NOT_MET)
    with transaction.atomic():
        lock(opened)
        promise.refresh_from_db()
        if promise.state == wanted:
            return promise
        promise.state = _allowed(action, opened, as_entry(opened, promise), shows)
        promise.settled_at = clock.now()
        before = read_from(opened.envelope, promise, "evidence")
        evidence = f"{before}\n\n{shows.strip()}" if before else shows.strip()
        seal_into(opened.envelope, promise, evidence=evidence)
        promise.save(update_fields=["state", "settled_at", "evidence"])
        record(opened, f"promise.{promise.state}", promise=promise.pk)
        notify(opened.case, opened.other_mark(), "promise_marked", collected=True)
    return promise


def promise_reply(opened: OpenCase, *, promise: Promise, reply_id: UUID, words: str) -> PromiseReply:
    """Say something beside a promise, for example how one sees that it was marked. The same id twice is one.

    Raises Refused for an empty reply, NotForYou for the wrong hand.
    """
    opened.must(Act.REMARK)
    refuse_too_long(words)
    with transaction.atomic():
        lock(opened)
        existing = PromiseReply.objects.filter(pk=reply_id, promise__case=opened.case).first()
        if existing is not None:
            return existing
        promise.refresh_from_db()
        _allowed(Action.REPLY, opened, as_entry(opened, promise), words)
        reply = PromiseReply(
            pk=free_id(PromiseReply, reply_id), promise=promise, role=opened.role, at=clock.now()
        )
        seal_into(opened.envelope, reply, words=words.strip())
        reply.save(force_insert=True)
        record(opened, "promise.replied", promise=promise.pk)
        notify(opened.case, opened.other_mark(), "promise_replied", collected=True)
    return reply
