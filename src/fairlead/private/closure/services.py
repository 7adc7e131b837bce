"""Excusing, passing on, saying it aloud, answering; with the engineer's yes it is sealed."""

from dataclasses import replace

from django.db import transaction

from fairlead.core.closure import CLOSED_ALONE, erased_on, may_become_debts, missing_to_offer, missing_to_seal
from fairlead.core.recurrence import batch_day
from fairlead.core.refusal import Refused
from fairlead.core.visibility import Act, CaseState, Role
from fairlead.foundation import clock
from fairlead.foundation.vault.fields import read_from, seal_into
from fairlead.foundation.vault.marks import keyed_hash
from fairlead.people.selectors import organisation
from fairlead.private.cases.door import OpenCase, lock, record
from fairlead.private.cases.erasure import plan_erasure
from fairlead.private.cases.models import Grant, Notice
from fairlead.private.cases.notices import notify
from fairlead.private.checkins.facts import facts_of
from fairlead.private.checkins.models import CheckIn
from fairlead.private.checkins.planning import follow_up_end, marks_of_the_two
from fairlead.private.closure.models import Closure, Excused, PassedOn
from fairlead.private.closure.selectors import closure_facts
from fairlead.private.conversations.services import refuse_too_long
from fairlead.private.promises.models import Promise
from fairlead.private.recurrence.filing import file_on
from fairlead.private.recurrence.models import Owed

UNDELIVERED = "support_delivered"  # what was promised and did not come, as the weekly batch knows it


def _as_it_is_now(opened: OpenCase) -> OpenCase:
    """Return the case locked and as it stands now, asking once more whether this may be done."""
    opened = replace(opened, case=lock(opened))
    opened.must(opened.act)
    return opened


def checkin_excuse(opened: OpenCase, *, checkin: CheckIn) -> None:
    """Say that a check-in which did not take place stands in nobody's way; the other one is told.

    Doing it again changes nothing. Raises Refused for one that was held or is to come.
    """
    opened.must(Act.CHECK_IN)
    with transaction.atomic():
        opened = _as_it_is_now(opened)
        row = CheckIn.objects.get(pk=checkin.pk, case=opened.case)
        if row.state == CheckIn.State.HELD or row.day >= facts_of(opened.case).today:
            raise Refused("Only a check-in that has passed without being held can be excused.")
        _, new = Excused.objects.get_or_create(checkin=row, defaults={"role": opened.role, "at": clock.now()})
        if new:
            record(opened, "checkin.excused", checkin=row.pk)
            notify(opened.case, opened.other_mark(), "checkin_excused", collected=True)


def debt_ask(opened: OpenCase, *, promise: Promise) -> None:
    """Ask the engineer whether a promise to them may become a debt of the organisation.

    Asking again changes nothing, unless they said no: then it is asked anew. Raises Refused for a promise that is
    kept or the engineer's own.
    """
    opened.must(Act.CLOSE)
    with transaction.atomic():
        opened = _as_it_is_now(opened)
        if str(promise.pk) not in {one.id for one in may_become_debts(closure_facts(opened).promises)}:
            raise Refused(
                "Only a promise to the engineer that is not kept can become a debt of the organisation."
            )
        row, new = PassedOn.objects.get_or_create(promise=promise, defaults={"asked_at": clock.now()})
        if not new and row.state != PassedOn.State.DECLINED:
            return
        row.state, row.asked_at, row.answered_at = PassedOn.State.ASKED, clock.now(), None
        row.save()
        record(opened, "debt.asked", promise=promise.pk)
        notify(opened.case, opened.other_mark(), "debt_asked")


def debt_answer(opened: OpenCase, *, promise: Promise, agreed: bool) -> None:
    """Say yes or no to a promise becoming a debt of the organisation. Raises Refused when nobody asked."""
    opened.must(Act.ANSWER_CLOSURE)
    wanted = PassedOn.State.AGREED if agreed else PassedOn.State.DECLINED
    with transaction.atomic():
        opened = _as_it_is_now(opened)
        row = PassedOn.objects.filter(promise=promise).first()
        if row is None:
            raise Refused("Nobody has asked for this. The promise stands as it is.")
        if row.state == wanted:
            return
        row.state, row.answered_at = wanted, clock.now()
        row.save()
        record(opened, f"debt.{wanted.value}", promise=promise.pk)
        notify(opened.case, opened.other_mark(), "debt_answered", collected=True)


def closure_say(opened: OpenCase, *, statement: str) -> None:
    """Note that the manager has said it aloud, in these words; the engineer is told and answers.

    Saying it again after a "not yet" asks anew; the same words twice are one. Raises Refused naming everything that
    is missing, NotForYou for the wrong hand.
    """
    opened.must(Act.CLOSE)
    refuse_too_long(statement)
    if not statement.strip():
        raise Refused(
            "Write down what you said. The engineer reads it before they answer.", field="statement"
        )
    with transaction.atomic():
        opened = _as_it_is_now(opened)
        missing = missing_to_offer(closure_facts(opened))
        if missing:
            raise Refused("Not yet. This is still missing:", missing=missing)
        row = Closure.objects.filter(case=opened.case).first() or Closure(case=opened.case)
        before = read_from(opened.envelope, row, "statement") if row.said_at else ""
        if before == statement.strip() and row.answer == Closure.Answer.NONE:
            return
        row.said_at, row.answer = clock.now(), Closure.Answer.NONE
        seal_into(opened.envelope, row, statement=statement.strip())
        row.save()
        record(opened, "closure.said")
        notify(opened.case, opened.other_mark(), "closure_said")


def closure_answer(opened: OpenCase, *, answer: str, words: str) -> bool:
    """Answer what the manager said; returns whether it is closed now.

    With a yes everything is looked at once more, then it is sealed. Raises Refused when nothing was said, when
    something is missing again, or for "I see it differently" without words; NotForYou for the wrong hand.
    """
    opened.must(Act.ANSWER_CLOSURE)
    refuse_too_long(words)
    if answer not in Closure.Answer.values or answer == Closure.Answer.NONE:
        raise Refused("Choose one of the three answers.", field="answer")
    if answer == Closure.Answer.DIFFERENTLY and not words.strip():
        raise Refused("Write how you see it. It stands beside what was said.", field="words")
    with transaction.atomic():
        opened = _as_it_is_now(opened)
        row = Closure.objects.filter(case=opened.case).first()
        if row is None or row.answer == Closure.Answer.NOT_YET:
            raise Refused("Your manager has not said it aloud yet. Nothing waits for your answer.")
        before = read_from(opened.envelope, row, "words")
        row.answer, row.answered_at = answer, clock.now()
        seal_into(opened.envelope, row, words="\n\n".join(part for part in (before, words.strip()) if part))
        row.save()
        record(opened, "closure.answered", answer=answer)
        if answer == Closure.Answer.NOT_YET:
            notify(opened.case, opened.other_mark(), "closure_not_yet")
            return False
        missing = missing_to_seal(closure_facts(opened))
        if missing:
            raise Refused("Something has changed since it was said. This is missing again:", missing=missing)
        _seal(opened, row)
    return True


def closure_alone(opened: OpenCase, *, words: str) -> None:
    """Close a matter as the engineer alone, in the caller's transaction, which has checked that nobody leads it.

    What was promised to them and did not come becomes a debt of the organisation.
    """
    opened.must(Act.GO_ON)
    refuse_too_long(words)
    now = clock.now()
    row = Closure.objects.filter(case=opened.case).first()
    if row is None:
        row = Closure(case=opened.case, said_at=now)
        seal_into(opened.envelope, row, statement=CLOSED_ALONE)
    row.answer, row.answered_at = Closure.Answer.CLOSED, now
    if words.strip():
        seal_into(opened.envelope, row, words=words.strip())
    row.save()
    for owed in may_become_debts(closure_facts(opened).promises):
        PassedOn.objects.update_or_create(
            promise_id=owed.id, defaults={"state": PassedOn.State.AGREED, "asked_at": now, "answered_at": now}
        )
    record(opened, "closure.alone")
    _seal(opened, row)


def _seal(opened: OpenCase, row: Closure) -> None:
    """Seal the case until its day, in the caller's transaction: nothing is written any more, and nobody is reminded."""
    case, now = opened.case, clock.now()
    row.closed_on = facts_of(case).today
    row.save(update_fields=["closed_on"])
    _file_debts(opened)
    follow_up_end(case)
    Notice.objects.filter(case=case, read_at=None).update(read_at=now)
    Grant.objects.filter(case=case, role=Role.SECOND_RATER, ends_at__gt=now).update(ends_at=now)
    case.state = CaseState.SEALED
    case.erase_on = erased_on(row.closed_on, organisation().erase_after_months)
    case.save(update_fields=["state", "erase_on"])
    record(opened, "case.sealed", erase_on=f"{case.erase_on}")
    plan_erasure(case.pk, case.erase_on)
    for mark in marks_of_the_two(case):
        notify(case, mark, "case_closed")


def _file_debts(opened: OpenCase) -> None:
    """Let what was passed on wait for the weekly batch: no date, no person and no way back goes with it."""
    agreed = PassedOn.objects.filter(promise__case=opened.case, state=PassedOn.State.AGREED).count()
    source = keyed_hash("closure.source", opened.case.pk.bytes)
    Owed.objects.bulk_create([Owed(test=UNDELIVERED, source=source) for _ in range(agreed)])
    if agreed:
        file_on(batch_day(clock.now().date()))
